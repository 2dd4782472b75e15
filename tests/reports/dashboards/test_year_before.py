"""How the same month of the year before stood is beside a figure, where it is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import lxml.html
import pytest
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import create_person, grant_role
from plans.models import Plan
from plans.services import create_plan, issue_plan, send_to_leader
from reports.dashboards.wording import against
from reports.progress.models import Period
from reports.progress.services import create_periods
from reports.rollups.selectors import TargetResult
from reports.rollups.services import drain_dirty
from targets.models import Indicator, Target
from targets.services import add_target
from tests.making import count_queries
from tests.reports.rollups.test_forecasting import live_2023, report
from tests.rules.world import NOT_DONE, OPENED, World, amount, done, ratio
from units.models import Unit
from units.services import create_bloc, join_bloc


@contextmanager
def in_2023(world: World) -> Iterator[None]:
    """Months are those of 2023 meanwhile; then the world lives in January 2024."""
    of_2024 = world.periods
    world.periods = {row.month: row for row in create_periods(owner=world.top, year=2023)}
    world.on(date(2023, 1, 2))
    yield
    world.periods = of_2024
    world.on(date(2024, 1, 2))


def plan_of(
    year: int,
    issuer: Unit,
    indicators: list[Indicator],
    carried_by: str = "pooled",
    *,
    until: int | None = None,
    **more: object,
) -> list[Target]:
    """Issue a plan of a year, or of more, with a target for each indicator: of 1 at least, unless told otherwise."""
    plan = create_plan(
        actor=None,
        unit=issuer,
        kind="resolution",
        title=f"Nghị quyết {year}",
        starts_on=date(year, 1, 1),
        ends_on=date(until or year, 12, 31),
    )
    found = [
        add_target(
            plan=plan,
            code=f"{year}.{place}",
            name=f"Chỉ tiêu {indicator.name}",
            indicator=indicator,
            carried_by=carried_by,
            **{**({} if indicator.kind == "milestone" else {"minimum": Decimal(1)}), **more},
        )
        for place, indicator in enumerate(indicators)
    ]
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=Plan.objects.count(), issued_on=date(year, 1, 2), place="Quảng Nam")
    return found


@pytest.fixture
def leader(client, world: World):
    user = create_person(username="lanh.dao", full_name="Lãnh đạo", password=None)
    grant_role(actor=None, user=user, unit=world.body, name=RoleName.LEADER)
    client.force_login(user)
    return client


def plain(words: str) -> str:
    """Without the spaces at which no line is broken."""
    return words.replace("\N{NO-BREAK SPACE}", " ")


def said(client, month: str = "2024-03", *, code: str = "QNA", basis: str = "official") -> dict[str, list[str]]:
    """Target → what stands under its figure."""
    address = reverse("reports:dashboard", args=[code])
    page = client.get(address, {"period": month, "basis": basis}).content.decode()
    rows = lxml.html.fromstring(page).xpath("//table[contains(@class, 'targets')]//tr[td[contains(@class, 'c-v')]]")
    return {
        row.xpath(".//th/a")[0].text_content().strip(): [
            plain(sub.text or "") for sub in row.xpath(".//td[contains(@class, 'c-v')]/span")
        ]
        for row in rows
    }


def test_an_amount_is_held_against_the_same_months(world: World, leader):
    unit, blood, study = world.unit("QNA-001"), world.indicator(name="Máu"), world.indicator("ratio", name="Học")
    live_2023(world, unit, blood, [10, 0, 14, 50, 50, 50, 50, 50, 50, 50, 50, 50])
    gave, learnt = world.target(blood, minimum=200), world.target(study, minimum=100)
    world.issue()
    report(world, unit, blood, [12, 12, 6])
    world.approve(unit, 4, {study: ratio(30, 40)})
    drain_dirty()
    lines = said(leader)
    assert lines[gave.name][-1] == "cùng kỳ năm trước: 24, tăng 25%"
    assert not any("cùng kỳ" in line for line in lines[learnt.name] + said(leader, "2024-04")[learnt.name])
    assert said(leader, "2024-01")[gave.name][-1] == "cùng kỳ năm trước: 10, tăng 20%"
    opened = [
        leader.get(reverse("reports:target", args=[one.pk, "QNA"]), {"period": "2024-03"}) for one in (gave, learnt)
    ]
    assert ["cùng kỳ năm trước: 24, tăng 25%" in plain(page.text) for page in opened] == [True, False]


def test_it_costs_no_query_and_is_silent_where_nothing_is_known(world: World, leader):
    unit, blood = world.unit("QNA-001"), world.indicator(name="Máu")
    gave = world.target(blood, minimum=200)
    world.issue()
    report(world, unit, blood, [12])
    drain_dirty()
    assert not any("cùng kỳ" in line for line in said(leader, "2024-01")[gave.name])
    address = reverse("reports:dashboard", args=["QNA"]) + "?period=2024-01"
    assert count_queries(lambda: leader.get(address)) <= 15


def before(client, target: Target, month: str = "2024-03", **more: str) -> str:
    """What the target's line says of the year before; blank where it says nothing."""
    lines = said(client, month, **more)[target.name]
    found = [line.removeprefix("cùng kỳ năm trước: ") for line in lines if line.startswith("cùng kỳ")]
    assert len(found) <= 1
    return found[0] if found else ""


def test_a_ratio_is_held_against_numerators_and_denominators_of_that_month(world: World, leader):
    one, other = world.units(2)
    study = world.indicator("ratio")
    with in_2023(world):
        plan_of(2023, world.body, [study], minimum=Decimal(100))
        world.approve(one, 2, {study: ratio(10, 40)})
        world.approve(one, 3, {study: ratio(20, 40)})
        world.submit(other, 3, {study: ratio(36, 60)})
        world.approve(one, 4, {study: ratio(40, 40)})
    (learnt,) = plan_of(2024, world.body, [study], minimum=Decimal(100))
    world.approve(one, 3, {study: ratio(30, 40)})
    world.submit(other, 3, {study: ratio(27, 50)})
    drain_dirty()
    # 30/40 against 20/40; with what is not approved yet 57/90 = 63.33% against 56/100.
    assert before(leader, learnt) == "20/40 (50%), tăng 25 điểm phần trăm"
    assert before(leader, learnt, basis="provisional") == "56/100 (56%), tăng 7,3 điểm phần trăm"
    assert before(leader, learnt, "2024-02") == "10/40 (25%)"  # nobody has said anything this year
    assert before(leader, learnt, "2024-01") == ""


def test_a_state_is_held_against_the_state_of_that_month(world: World, leader):
    unit, app = world.unit("QNA-001"), world.indicator(over_time="latest")
    with in_2023(world):
        plan_of(2023, world.body, [app], minimum=Decimal(100))
        world.approve(unit, 1, {app: amount(80)})
        world.approve(unit, 4, {app: amount(90)})
    (users,) = plan_of(2024, world.body, [app], minimum=Decimal(100))
    world.approve(unit, 3, {app: amount(60)})
    world.approve(unit, 4, {app: amount(99)})
    drain_dirty()
    assert before(leader, users) == "80, giảm 25%"
    assert before(leader, users, "2024-04") == "90, tăng 10%"


def test_how_many_units_had_done_it_by_that_month_and_each_of_them(world: World, leader):
    first, second, third, fourth = world.units(4)
    congress = world.indicator("milestone")
    asked = {"required_share": Decimal(100)}
    with in_2023(world):
        plan_of(2023, world.body, [congress], "each_unit", **asked, due_on=date(2023, 6, 30))
        world.approve(first, 2, {congress: done(date(2023, 2, 12))})
        world.approve(second, 2, {congress: NOT_DONE})
        world.submit(third, 3, {congress: done(date(2023, 3, 20))})
        world.approve(fourth, 4, {congress: done(date(2023, 4, 2))})
    (held,) = plan_of(2024, world.body, [congress], "each_unit", **asked, due_on=date(2024, 6, 30))
    for unit in (first, second):
        world.approve(unit, 3, {congress: done(date(2024, 3, 8))})
    world.submit(third, 3, {congress: done(date(2024, 3, 9))})
    world.open(4)
    drain_dirty()
    assert before(leader, held) == "1/4 (25%), tăng 25 điểm phần trăm"
    assert before(leader, held, basis="provisional") == "2/4 (50%), tăng 25 điểm phần trăm"
    assert before(leader, held, "2024-04") == "2/4 (50%), không đổi"
    of_units = [before(leader, held, code=unit.code) for unit in (first, second, third, fourth)]
    assert of_units == ["xong ngày 12/2/2023", "chưa xong", "", ""]
    assert before(leader, held, code=third.code, basis="provisional") == "xong ngày 20/3/2023"


@pytest.mark.parametrize(
    ("of_2023", "is_known"),
    [
        ({}, True),
        ({"minimum": Decimal(2)}, False),
        ({"maximum": Decimal(5)}, False),
        ({"carrier_kinds": ["grassroots_union"]}, False),
        ({"due_on": date(2023, 11, 30)}, False),
    ],
)
def test_units_are_counted_only_where_the_same_was_asked_of_them(world: World, leader, of_2023, is_known):
    one, _other = world.units(2)
    talk = world.indicator()
    asked = {"minimum": Decimal(1), "required_share": Decimal(100)}
    with in_2023(world):
        plan_of(2023, world.body, [talk], "each_unit", **{**asked, **of_2023})
        world.approve(one, 3, {talk: amount(2)})
    (talks,) = plan_of(2024, world.body, [talk], "each_unit", **asked)
    world.open(3)
    drain_dirty()
    assert before(leader, talks) == ("1/2 (50%)" if is_known else "")
    # What the unit itself had added up to is a figure, whatever was asked of it.
    assert before(leader, talks, code=one.code) == "2"


def test_a_plan_of_another_body_is_not_the_same(world: World, leader):
    (unit,) = world.units(1)
    talk = world.indicator()
    asked = {"minimum": Decimal(1), "required_share": Decimal(100), "carrier_reach": "all"}
    with in_2023(world):
        plan_of(2023, world.top, [talk], "each_unit", **asked)
        world.approve(unit, 3, {talk: amount(2)})
    (talks,) = plan_of(2024, world.body, [talk], "each_unit", **asked)
    world.open(3)
    drain_dirty()
    assert before(leader, talks) == ""


def test_blocs_are_counted_by_what_they_had_added_up_to(world: World, leader):
    units, help_given = world.units(4), world.indicator()
    for place in (0, 1):
        bloc = create_bloc(owner=world.body, number=place + 1, name=f"Khối {place + 1}")
        for unit in units[2 * place : 2 * place + 2]:
            join_bloc(unit=unit, bloc=bloc, on=OPENED)
    with in_2023(world):
        plan_of(2023, world.body, [help_given])
        world.approve(units[0], 1, {help_given: amount(1)})
        world.approve(units[1], 3, {help_given: amount(1)})
        world.approve(units[2], 4, {help_given: amount(2)})
    asked = {"minimum": Decimal(2), "required_share": Decimal(100)}
    (helped,) = plan_of(2024, world.body, [help_given], "each_bloc", **asked)
    world.approve(units[0], 3, {help_given: amount(1)})
    world.open(4)
    drain_dirty()
    # By this year's measure: both reports of the first bloc until March 2023, none of it yet this year.
    assert before(leader, helped) == "1/2 (50%), giảm 50 điểm phần trăm"
    assert before(leader, helped, "2024-04") == "2/2 (100%), giảm 100 điểm phần trăm"
    assert before(leader, helped, "2024-02") == "0/2 (0%)"


def test_own_work_of_the_issuer_is_held_against_its_own(world: World, leader):
    title, rate = world.indicator("milestone"), world.indicator("ratio")
    unit = world.unit("QNA-001")
    with in_2023(world):
        plan_of(2023, world.body, [rate])
        plan_of(2023, world.body, [title], "issuer_own")
        world.approve(world.body, 3, {title: done(date(2023, 3, 3)), rate: ratio(3, 4)})
        world.approve(unit, 3, {rate: ratio(0, 4)})
    titled, rated = plan_of(2024, world.body, [title, rate], "issuer_own")
    world.approve(world.body, 3, {title: NOT_DONE, rate: ratio(2, 4)})
    drain_dirty()
    assert before(leader, titled) == "xong ngày 3/3/2023"
    assert before(leader, rated) == "3/4 (75%), giảm 25 điểm phần trăm"


def test_what_has_run_for_longer_is_held_against_its_own_state(world: World, leader):
    unit, rate, meetings = world.unit("QNA-001"), world.indicator("ratio"), world.indicator()
    with in_2023(world):
        (rated,) = plan_of(2023, world.body, [rate], minimum=Decimal(100), until=2025)
        (met,) = plan_of(
            2023, world.body, [meetings], "each_unit", minimum=Decimal(3), required_share=Decimal(100), until=2025
        )
        world.approve(unit, 3, {rate: ratio(1, 4), meetings: amount(3)})
    world.approve(unit, 3, {rate: ratio(3, 4)})
    drain_dirty()
    assert before(leader, rated) == "1/4 (25%), tăng 50 điểm phần trăm"
    assert before(leader, met) == "1/1 (100%), không đổi"
    # At the unit a sum stands against as many months: those from January 2022 on, of which nothing is known.
    assert before(leader, met, code=unit.code) == ""


def test_part_of_a_year_is_not_taken_for_the_whole(world: World, leader):
    old, young = world.unit("QNA-001"), world.unit("QNA-002", opened_on=date(2023, 3, 1))
    blood = world.indicator()
    with in_2023(world):
        plan_of(2023, world.body, [blood])
        for unit in (old, young):
            world.approve(unit, 3, {blood: amount(10)})
    (gave,) = plan_of(2024, world.body, [blood])
    world.open(3)
    drain_dirty()
    assert [before(leader, gave, code=unit.code) for unit in (world.body, old, young)] == ["20", "10", ""]


def test_the_months_of_a_figure_each_have_the_year_before(world: World, leader):
    unit, study, blood = world.unit("QNA-001"), world.indicator("ratio"), world.indicator()
    with in_2023(world):
        plan_of(2023, world.body, [study], minimum=Decimal(100))
        world.approve(unit, 2, {study: ratio(10, 40)})
        world.approve(unit, 3, {study: ratio(20, 40)})
    learnt, gave = plan_of(2024, world.body, [study, blood], minimum=Decimal(100))
    world.approve(unit, 3, {study: ratio(30, 40)})
    drain_dirty()
    assert months_before(leader, learnt) == ["", "10/40 (25%)", "20/40 (50%)"]
    assert months_before(leader, gave) is None


def months_before(client, target: Target) -> list[str] | None:
    """What the table of months says of the year before; null where it has no such column."""
    page = client.get(reverse("reports:target", args=[target.pk, "QNA"]), {"period": "2024-03"}).content.decode()
    (table,) = lxml.html.fromstring(page).xpath("//table[contains(@class, 'months__table')]")
    heads = [head.text_content() for head in table.xpath(".//thead//th")]
    if "Cùng kỳ năm trước" not in heads:
        return None
    place = heads.index("Cùng kỳ năm trước")
    return [row.xpath("./th|./td")[place].text_content() for row in table.xpath(".//tbody/tr")]


def test_a_year_before_costs_no_query(world: World, leader):
    units, talk, rate = world.units(3), world.indicator(), world.indicator("ratio")

    def dashboard_and_figure(target: Target) -> tuple[int, int]:
        pages = reverse("reports:dashboard", args=["QNA"]), reverse("reports:target", args=[target.pk, "QNA"])
        one, other = (count_queries(lambda page=page: leader.get(f"{page}?period=2024-03")) for page in pages)
        return one, other

    with in_2023(world):
        pass
    asked = {"minimum": Decimal(1), "required_share": Decimal(100)}
    (talks,) = plan_of(2024, world.body, [talk], "each_unit", **asked)
    plan_of(2024, world.body, [rate])
    world.approve(units[0], 3, {talk: amount(1), rate: ratio(1, 2)})
    drain_dirty()
    without = dashboard_and_figure(talks)
    of_2024 = world.periods
    world.periods = {row.month: row for row in Period.objects.filter(year=2023)}
    plan_of(2023, world.body, [talk], "each_unit", **asked)
    plan_of(2023, world.body, [rate])
    world.approve(units[0], 3, {talk: amount(1), rate: ratio(1, 2)})
    world.periods = of_2024
    drain_dirty()
    world.on(date(2024, 4, 2))
    assert before(leader, talks) == "1/3 (33,3%), không đổi"
    assert dashboard_and_figure(talks) == without == (14, 13)


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
        (10001, 10000, "10.000, gần như không đổi"),
        (1, 5000, "5.000, giảm 99,9%"),
    ],
)
def test_how_far_it_is(value, before, words):
    now, then = (of_value(Indicator(kind="amount"), number) for number in (value, before))
    assert plain(against(now, then)) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ((30, 40), (20, 40), "20/40 (50%), tăng 25 điểm phần trăm"),
        ((0, 40), (20, 40), "20/40 (50%), giảm 50 điểm phần trăm"),
        ((1, 2), (20, 40), "20/40 (50%), không đổi"),
        ((2001, 4000), (1, 2), "1/2 (50%), gần như không đổi"),
        ((2002, 4000), (1, 2), "1/2 (50%), tăng 0,1 điểm phần trăm"),
        ((1, 2), (0, 40), "0/40 (0%), tăng 50 điểm phần trăm"),
        ((0, 0), (20, 40), "20/40 (50%)"),
    ],
)
def test_how_far_a_percentage_is(now, before, words):
    of_ratio = (of_percentage(Indicator(kind="ratio"), *part) for part in (now, before))
    assert plain(against(*of_ratio)) == words


def of_value(indicator: Indicator, value: int | None) -> TargetResult:
    number = None if value is None else Decimal(value)
    return TargetResult(target=Target(indicator=indicator), unit=Unit(), value=number)


def of_percentage(indicator: Indicator, numerator: int, denominator: int) -> TargetResult:
    value = Decimal(100) * numerator / denominator if denominator else None
    return TargetResult(
        target=Target(indicator=indicator),
        unit=Unit(),
        value=value,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
    )
