"""Forecasts from the totals: whose months they are made from, and that nothing later is looked at."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import clock
from plans.services import create_plan, issue_plan, send_to_leader
from reports.progress.services import create_periods
from reports.rollups.selectors.forecasting import forecasts_in
from reports.rollups.selectors.gathering import read_facts
from reports.rollups.selectors.judging import Judge
from reports.rollups.services import drain_dirty
from targets.forecast import Forecast, Landing, NoForecast, Outlook, Reason, Why
from targets.models import Indicator, Phase, Target
from targets.services import add_target, allocate
from tests.rules.world import NOT_DONE, OPENED, World, amount, done, ratio
from units.models import Unit
from units.services import create_bloc, join_bloc

D = Decimal


def judge_of(world: World, target: Target, month: int, *, unit: Unit | None = None, basis: str = "official") -> Judge:
    drain_dirty()
    period = world.periods[month]
    world.on(period.due_on + timedelta(days=1))
    where = unit or target.plan.unit
    return Judge(read_facts(targets=[target], units=[where], period=period, basis=basis), clock.now())


def outlook_of(
    world: World, target: Target, month: int, *, unit: Unit | None = None, basis: str = "official"
) -> Outlook | None:
    judge = judge_of(world, target, month, unit=unit, basis=basis)
    result = judge.result(target, unit or target.plan.unit)
    return forecasts_in(judge, [result]).get(target.pk)


def found_for(
    world: World, target: Target, month: int, *, unit: Unit | None = None, basis: str = "official"
) -> Forecast:
    outlook = outlook_of(world, target, month, unit=unit, basis=basis)
    assert isinstance(outlook, Forecast), outlook
    return outlook


def ends(outlook: Forecast) -> tuple[D, D, D]:
    return outlook.low, outlook.likely, outlook.high


@pytest.fixture
def two_units(world: World) -> list[Unit]:
    return world.units(2)


def report(world: World, unit: Unit, indicator: Indicator, amounts: list[int]) -> None:
    for month, value in enumerate(amounts, start=1):
        world.approve(unit, month, {indicator: amount(value)})


def live_2023(world: World, unit: Unit, indicator: Indicator, amounts: list[int], carried_by: str = "pooled") -> None:
    """The year before, with a plan of its own on the same indicator."""
    of_2024 = world.periods
    world.periods = {row.month: row for row in create_periods(owner=world.top, year=2023)}
    world.on(date(2023, 1, 2))
    plan = create_plan(
        actor=None,
        unit=world.body,
        kind="resolution",
        title="Nghị quyết 2023",
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    add_target(plan=plan, code="A", name="A", indicator=indicator, carried_by=carried_by, minimum=D(1))
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=1, issued_on=date(2023, 1, 2), place="Quảng Nam")
    report(world, unit, indicator, amounts)
    world.periods = of_2024
    world.on(date(2024, 1, 2))


def test_pooled_amounts_of_all_units(world: World, two_units):
    target = world.target(world.indicator(), minimum=120)
    world.issue()
    for month, (one, other) in enumerate([(6, 4), (8, 6), (7, 5)], start=1):
        world.approve(two_units[0], month, {target.indicator: amount(one)})
        world.approve(two_units[1], month, {target.indicator: amount(other)})
    outlook = found_for(world, target, 3)
    # 10, 14, 12 of two units and the body, which is silent: 2 of 3, so that at most they are 15, 21, 18. Worse 10, mean
    # 12, better 21; nine months left, and for the upper end 18 silent.
    assert ends(outlook) == (D(36 + 90), D(36 + 108), D(36 + 18 + 189))
    assert (outlook.reported, outlook.required, outlook.needed) == (2, 3, D(84))
    assert (outlook.needed_by, outlook.months_left, outlook.reason) == (date(2024, 12, 31), 9, Reason.PACE)


def test_nothing_later_than_the_month_asked_is_looked_at(world: World, two_units):
    target = world.target(world.indicator(), minimum=120)
    world.issue()
    report(world, two_units[0], target.indicator, [10, 14, 12])
    report(world, two_units[1], target.indicator, [0, 0, 0])
    before = found_for(world, target, 3)
    world.approve(two_units[0], 4, {target.indicator: amount(60)})
    assert found_for(world, target, 3) == before
    assert found_for(world, target, 4).low > before.low


def test_provisional_figures_make_a_provisional_forecast(world: World, two_units):
    target = world.target(world.indicator(), minimum=120)
    world.issue()
    report(world, two_units[0], target.indicator, [10, 14])
    report(world, two_units[1], target.indicator, [0, 0])
    world.submit(two_units[1], 3, {target.indicator: amount(12)})
    world.submit(two_units[0], 3, {target.indicator: amount(0)})
    assert found_for(world, target, 3).months == 2  # March is not heard officially
    assert found_for(world, target, 3, basis="provisional").months == 3


def test_last_year_is_known_without_another_query(world: World, django_assert_num_queries):
    unit = world.unit("QNA-001")
    indicator = world.indicator()
    live_2023(world, unit, indicator, [40, 2, 2, 2, 2, 2, 40, 2, 2, 2, 2, 22])
    target = world.target(indicator, minimum=150)
    world.issue()
    report(world, unit, indicator, [44, 2, 0, 4, 2, 2])
    share_out(world, target, unit)
    judge = judge_of(world, target, 6, unit=unit)
    result = judge.result(target, unit)
    with django_assert_num_queries(0):
        outlook = forecasts_in(judge, [result])[target.pk]
    assert isinstance(outlook, Forecast)
    # As in tests/targets/forecast: last year's rest of 70 at 0.80, 1 + 4/120, 1.28, on top of 54.
    assert (ends(outlook), outlook.reason) == ((D(110), D("126.3333"), D("143.6")), Reason.LAST_YEAR)


def share_out(world: World, target: Target, unit: Unit, minimum: int = 150) -> None:
    allocate(
        actor=None,
        target=target,
        unit=unit,
        minimum=D(minimum),
        effective_on=date(2024, 1, 1),
        handed_by=world.body,
    )


def test_own_work_of_the_issuer_with_its_own_last_year(world: World):
    indicator = world.indicator()
    live_2023(world, world.body, indicator, [1] * 12, "issuer_own")
    target = world.target(indicator, "issuer_own", minimum=12)
    world.issue()
    world.approve(world.body, 1, {indicator: amount(1)})
    outlook = found_for(world, target, 1)
    # As last year: 1 + 11. Against 1 + 1: ∓ 1/2 and 0.15.
    assert ends(outlook) == (D(1) + 11 * D("0.35"), D(12), D(1) + 11 * D("1.65"))
    assert outlook.reason == Reason.LAST_YEAR


def test_phases_bind_a_share_handed_down_in_proportion(world: World):
    unit = world.unit("QNA-001")
    target = world.target(world.indicator(), minimum=240)
    Phase.objects.create(target=target, due_on=date(2024, 6, 30), minimum=60)
    Phase.objects.create(target=target, due_on=date(2024, 12, 31), minimum=240)
    world.issue()
    share_out(world, target, unit, 24)
    report(world, unit, target.indicator, [1, 1, 1])
    outlook = found_for(world, target, 3, unit=unit)
    # 6 of its 24 are asked by June, 1 a month, and 3 a month then: it goes as planned, 3 + 21.
    assert (outlook.likely, outlook.bar, outlook.needed, outlook.reason) == (D(24), D(24), D(21), Reason.PHASES)


def test_a_contribution_without_a_share_has_none(world: World, two_units):
    target = world.target(world.indicator(), minimum=120)
    world.issue()
    report(world, two_units[0], target.indicator, [10, 14, 12])
    assert outlook_of(world, target, 3, unit=two_units[0]) is None


def test_a_limit_and_a_due_day_that_is_over_have_none(world: World, two_units):
    limit = world.target(world.indicator(), maximum=0)
    over = world.target(limit.indicator, minimum=5, due_on=date(2024, 2, 29))
    world.issue()
    report(world, two_units[0], limit.indicator, [0, 0])
    assert outlook_of(world, limit, 2) == NoForecast(Why.LIMIT)
    assert outlook_of(world, over, 2) == NoForecast(Why.DUE_OVER)


def test_ratio_in_percent_with_what_is_missing_in_people(world: World):
    unit = world.unit("QNA-001", is_reporting=True)
    target = world.target(world.indicator("ratio"), "each_unit", minimum=90, required_share=100)
    world.issue()
    world.approve(unit, 1, {target.indicator: ratio(20, 50)})
    world.approve(unit, 2, {target.indicator: ratio(30, 50)})
    outlook = found_for(world, target, 2, unit=unit)
    # 40% and 60%: changes 0, 20: mean 10, ten months of 0.8 and less: 3.5705. 90% of 50 are 45.
    assert ends(outlook) == (D(60), D("95.705"), D(100))
    assert (outlook.needed, outlook.whole, outlook.is_percent) == (D(15), D(50), True)


def test_milestones_by_how_many_have_done_it(world: World):
    units = world.units(4)
    target = world.target(
        world.indicator("milestone"), "each_unit", required_share=100, due_on=date(2024, 6, 30), carrier_reach="direct"
    )
    world.issue()
    for place, unit in enumerate(units):
        world.approve(unit, 1, {target.indicator: NOT_DONE if place else done(date(2024, 1, 10))})
    world.approve(units[1], 2, {target.indicator: done(date(2024, 2, 10))})
    outlook = found_for(world, target, 2)
    # 1 and 1 of four, four months left: 2 + 4 × (2 − √2) / 2, 2 + 4, and no more than four.
    assert (ends(outlook), outlook.needed, outlook.reported) == ((D("3.1716"), D(4), D(4)), D(2), 4)


def test_carriers_by_how_many_hold_their_pace(world: World):
    units = world.units(3)
    target = world.target(world.indicator(), "each_unit", minimum=12, required_share=100)
    world.issue()
    for unit, values in zip(units, ([1, 1, 1], [2, 2, 2], [1, 0, 0]), strict=True):
        report(world, unit, target.indicator, values)
    outlook = found_for(world, target, 3)
    # None has its twelve yet; two of three do one thing a month or more, one does not.
    assert (ends(outlook), outlook.whole, outlook.reason) == ((D(0), D(2), D(2)), D(3), Reason.CARRIERS)
    assert outlook.landing == Landing.BELOW


def test_each_bloc_by_what_its_members_add_up_to(world: World):
    units = world.units(3)
    for number, members in enumerate((units[:2], units[2:]), start=1):
        bloc = create_bloc(owner=world.body, number=number, name=f"Khối {number}")
        for unit in members:
            join_bloc(unit=unit, bloc=bloc, on=OPENED)
    target = world.target(world.indicator(), "each_bloc", minimum=12, required_share=100)
    world.issue()
    for unit, values in zip(units, ([1, 1, 1], [1, 1, 1], [1, 0, 0]), strict=True):
        report(world, unit, target.indicator, values)
    outlook = found_for(world, target, 3)
    # The first bloc has 2 a month, (6 ∓ √6) / 3: 16.65 at least; the second 1, 4, 10.
    assert (ends(outlook), outlook.needed) == ((D(1), D(1), D(1)), D(2))
