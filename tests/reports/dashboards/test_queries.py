"""The number of queries does not grow with units or with targets."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import create_person, grant_role
from reports.rollups.services import drain_dirty
from tests.rules.world import OPENED, amount
from units.services import create_bloc, join_bloc


def body_with(world, *, units: int, targets: int):
    """Make a body of so many units in two blocs, all with a report of January; return (its target, a leader)."""
    blocs = [create_bloc(owner=world.body, number=n, name=f"Khối {n}") for n in (1, 2)]
    made = world.units(units)
    for place, unit in enumerate(made):
        join_bloc(unit=unit, bloc=blocs[place % 2], on=OPENED)
    carried = ("pooled", "each_unit", "each_bloc")
    found = [
        world.target(world.indicator(), how, minimum="10", required_share=None if how == "pooled" else "100")
        for place in range(targets)
        for how in [carried[place % 3]]
    ]
    world.issue()
    for unit in made:
        world.approve(unit, 1, {target.indicator: amount(1) for target in found})
    drain_dirty()
    world.on(date(2024, 2, 5))
    leader = create_person(username="lanh.dao", full_name="Lãnh đạo", password=None)
    grant_role(actor=None, user=leader, unit=world.body, name=RoleName.LEADER)
    return found[0], leader


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# Measured; more than these is a step back.
DASHBOARD, DRILLDOWN = 46, 65


@pytest.mark.parametrize(("units", "targets"), [(3, 3), (30, 3), (3, 20)])
def test_pages_ask_the_same_number_of_queries(world, client, units, targets):
    target, leader = body_with(world, units=units, targets=targets)
    client.force_login(leader)
    found = (
        queries_of(client, reverse("reports:dashboard", args=["QNA"])),
        queries_of(client, reverse("reports:target", args=[target.pk, "QNA"])),
    )
    assert found == (DASHBOARD, DRILLDOWN)
