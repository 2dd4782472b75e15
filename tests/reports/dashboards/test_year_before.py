"""The same months of the year before stand beside a figure, where they are known."""

from decimal import Decimal

import lxml.html
import pytest
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import create_person, grant_role
from reports.dashboards.wording import against
from reports.rollups.services import drain_dirty
from tests.making import count_queries
from tests.reports.rollups.test_forecasting import live_2023, report
from tests.rules.world import World


@pytest.fixture
def leader(client, world: World):
    user = create_person(username="lanh.dao", full_name="Lãnh đạo", password=None)
    grant_role(actor=None, user=user, unit=world.body, name=RoleName.LEADER)
    client.force_login(user)
    return client


def said(client, month: str = "2024-03") -> dict[str, list[str]]:
    """Target → what stands under its figure."""
    page = client.get(reverse("reports:dashboard", args=["QNA"]), {"period": month}).content.decode()
    rows = lxml.html.fromstring(page).xpath("//table[contains(@class, 'targets')]//tr[td[contains(@class, 'c-v')]]")
    return {
        row.xpath(".//th/a")[0].text_content().strip(): [
            sub.text or "" for sub in row.xpath(".//td[contains(@class, 'c-v')]/span")
        ]
        for row in rows
    }


def test_an_amount_is_held_against_the_same_months(world: World, leader):
    unit, blood, study = world.unit("QNA-001"), world.indicator(name="Máu"), world.indicator("ratio", name="Học")
    live_2023(world, unit, blood, [10, 0, 14, 50, 50, 50, 50, 50, 50, 50, 50, 50])
    gave, learnt = world.target(blood, minimum=200), world.target(study, minimum=100)
    world.issue()
    report(world, unit, blood, [12, 12, 6])
    drain_dirty()
    lines = said(leader)
    assert lines[gave.name][-1] == "cùng kỳ năm trước: 24, tăng 25%"
    assert not any("cùng kỳ" in line for line in lines[learnt.name])
    assert said(leader, "2024-01")[gave.name][-1] == "cùng kỳ năm trước: 10, tăng 20%"
    opened = [
        leader.get(reverse("reports:target", args=[one.pk, "QNA"]), {"period": "2024-03"}) for one in (gave, learnt)
    ]
    assert ["cùng kỳ năm trước: 24, tăng 25%" in page.text for page in opened] == [True, False]


def test_it_costs_no_query_and_is_silent_where_nothing_is_known(world: World, leader):
    unit, blood = world.unit("QNA-001"), world.indicator(name="Máu")
    gave = world.target(blood, minimum=200)
    world.issue()
    report(world, unit, blood, [12])
    drain_dirty()
    assert not any("cùng kỳ" in line for line in said(leader, "2024-01")[gave.name])
    address = reverse("reports:dashboard", args=["QNA"]) + "?period=2024-01"
    assert count_queries(lambda: leader.get(address)) <= 15


@pytest.mark.parametrize(
    ("value", "before", "words"),
    [
        (30, 24, "24, tăng 25%"),
        (18, 24, "24, giảm 25%"),
        (24, 24, "24, không đổi"),
        (5, 0, "0"),
        (None, 24, "24"),
        (0, 24, "24, giảm 100%"),
        (1500, 1499, "1.499, tăng 0,1%"),
    ],
)
def test_how_far_it_is(value, before, words):
    assert against(None if value is None else Decimal(value), Decimal(before)) == words
