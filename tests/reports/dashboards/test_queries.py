"""At most 15 queries a page, those of the request itself included, whatever the units, targets and blocs."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import create_person, grant_role
from plans.versions.amending import amend_plan
from reports.rollups.services import drain_dirty
from targets.services import allocate
from tests.making import activity
from tests.reports.dashboards.test_amendment import put_in_place
from tests.rules.world import OPENED, amount
from units.enums import SuccessionKind
from units.services import close_unit, create_bloc, join_bloc

MOST = 15


def person(name, unit, bloc=None):
    user = create_person(username=f"{name}.{unit.code.lower()}", full_name="Người đọc", password=None)
    grant_role(actor=None, user=user, unit=unit, name=name, bloc=bloc)
    return user


def body_with(world, *, units: int, targets: int):
    """Make a body of so many units in two blocs, all with a report of January; return (its units, its targets)."""
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
    found.append(world.target(world.indicator(), "issuer_own", minimum="1"))
    world.issue()
    for unit in made:
        world.approve(unit, 1, {target.indicator: amount(1) for target in found[:-1]})
    activity(world.body)
    drain_dirty()
    world.on(date(2024, 2, 5))
    return made, found, blocs


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def pages_of(client, unit, target) -> tuple[int, int]:
    return (
        queries_of(client, reverse("reports:dashboard", args=[unit.code])),
        queries_of(client, reverse("reports:target", args=[target.pk, unit.code])),
    )


# Measured; more than these is a step back.
PAGES = {
    "leader of the body, pooled": (14, 13),
    "leader of the body, each unit": (14, 13),
    "leader of the body, each bloc": (14, 13),
    "officer of the body": (15, 14),
    "leader at a member": (13, 12),
    "bloc head at a member": (13, 13),
    "units and targets": (13, 13),
}


@pytest.mark.parametrize(("units", "targets"), [(3, 3), (20, 3), (3, 20)])
def test_pages_ask_the_same_number_of_queries(world, client, units, targets):
    made, targets_of_all, blocs = body_with(world, units=units, targets=targets)
    pooled, each_unit, each_bloc = targets_of_all[:3]
    client.force_login(person(RoleName.LEADER, world.body))
    found = {
        "leader of the body, pooled": pages_of(client, world.body, pooled),
        "leader of the body, each unit": pages_of(client, world.body, each_unit),
        "leader of the body, each bloc": pages_of(client, world.body, each_bloc),
        "leader at a member": pages_of(client, made[0], pooled),
    }
    addresses = (reverse("reports:units", args=["QNA"]), reverse("reports:bloc", args=["QNA", 2]))
    found["units and targets"] = queries_of(client, addresses[0]), queries_of(client, addresses[1])
    client.force_login(person(RoleName.OFFICER, world.body))
    found["officer of the body"] = pages_of(client, world.body, pooled)
    client.force_login(person(RoleName.BLOC_HEAD, world.body, blocs[0]))
    found["bloc head at a member"] = pages_of(client, made[0], pooled)
    assert found == PAGES
    assert max(max(numbers) for numbers in found.values()) <= MOST


def test_shares_handed_down_an_amendment_and_heirs_cost_no_more_than_they_may(world, client):
    """A plan that was amended, shares of it, and a unit that took over from one that took over itself."""
    made, targets, _blocs = body_with(world, units=3, targets=3)
    for unit in made:
        allocate(
            actor=None,
            target=targets[0],
            unit=unit,
            minimum=Decimal(4),
            effective_on=date(2024, 1, 1),
            handed_by=world.body,
        )
    world.on(date(2024, 2, 25))
    put_in_place(amend_plan(actor=None, plan=targets[0].plan))
    heir = made[0]
    for day in (date(2024, 1, 10), date(2024, 1, 20)):
        gone, heir = heir, world.unit(f"{made[0].code}-T{day.day}", parent=world.body, opened_on=day)
        close_unit(unit=gone, on=day, successors=[(heir, SuccessionKind.WHOLE)])
    drain_dirty()
    later = targets[0].later_versions.get()
    client.force_login(person(RoleName.LEADER, world.body))
    assert (pages_of(client, world.body, later), pages_of(client, heir, later)) == ((14, 13), (14, 13))
