"""Where shares meet results: a limit handed down is judged as a limit; last year's results are what to split by."""

from datetime import date
from decimal import Decimal

import pytest

from plans.services import create_plan
from reports.rollups.past import results_a_year_before
from reports.rollups.services import drain_dirty
from targets.models import Target
from targets.services import add_target, allocate
from targets.sharing.results import results_before
from tests.making import count_queries
from tests.rules.world import World, amount


def test_a_limit_handed_down_is_judged_as_a_limit(world: World):
    """A minimum of 0 beside it would have been met from the first day on."""
    relapses = world.indicator()
    within, beyond = world.units(2)
    target = world.target(relapses, minimum=None, maximum=5)
    world.issue()
    for unit in (within, beyond):
        allocate(
            actor=None,
            target=target,
            unit=unit,
            minimum=None,
            maximum=Decimal(2),
            effective_on=date(2024, 1, 1),
            handed_by=world.body,
        )
    world.approve(within, 6, {relapses: amount(2)})
    world.approve(beyond, 6, {relapses: amount(3)})
    held = [world.result(target, 6, unit=unit) for unit in (within, beyond)]
    assert [(row.value, row.minimum, row.maximum, row.status) for row in held] == [
        (2, None, 2, "on_track"),
        (3, None, 2, "missed"),
    ]


def next_year(world: World, indicator) -> Target:
    """The same indicator in a plan of 2025; it need not be issued."""
    plan = create_plan(
        actor=None,
        unit=world.body,
        kind="resolution",
        title="Nghị quyết 2025",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    facts = {"code": "1", "name": "Hiến máu", "indicator": indicator, "carried_by": "pooled", "minimum": Decimal(200)}
    return add_target(plan=plan, **facts)


@pytest.fixture
def blood(world: World):
    return world.indicator()


def test_what_each_unit_reached_by_the_end_of_last_year_s_target(world: World):
    blood = world.indicator(is_whole=False)
    units = first, second, silent = world.units(3)
    beneath = world.unit("QNA-001-01", parent=first)
    last = world.target(blood, minimum=100)
    world.issue()
    world.approve(first, 3, {blood: amount(7)})
    world.approve(beneath, 4, {blood: amount("2.5")})
    world.approve(second, 4, {blood: amount(0)})
    world.submit(silent, 5, {blood: amount(9)})  # not official
    drain_dirty()
    past = results_a_year_before(next_year(world, blood), units)
    assert dict(past.values) == {first.pk: Decimal("9.5"), second.pk: 0}
    assert past.of == f"“{last.code} {last.name}” trong năm 2024"
    assert results_before(next_year(world, blood), units) == past


def test_of_another_year_or_another_indicator_there_is_nothing(world: World, blood):
    (unit,) = world.units(1)
    target = world.target(blood, minimum=100)
    world.issue()
    world.approve(unit, 3, {blood: amount(7)})
    drain_dirty()
    assert results_a_year_before(target, [unit]) is None
    assert results_a_year_before(next_year(world, world.indicator()), [unit]) is None


def test_the_issuer_s_own_target_goes_before_one_above(world: World, blood):
    (unit,) = world.units(1)
    world.target(blood, minimum=500, issuer=world.top)
    world.issue()
    world.approve(unit, 3, {blood: amount(7)})
    drain_dirty()
    wish = next_year(world, blood)
    above = results_a_year_before(wish, [unit])
    assert dict(above.values) == {unit.pk: 7}
    own = world.target(blood, minimum=100)
    world.issue()
    drain_dirty()
    assert results_a_year_before(wish, [unit]).of != above.of
    assert own.code in results_a_year_before(wish, [unit]).of


def test_many_units_ask_no_more_of_the_database_than_one(world: World, blood):
    one, *more = world.units(20)
    world.target(blood, minimum=100)
    world.issue()
    world.approve(one, 3, {blood: amount(7)})
    drain_dirty()
    wish = next_year(world, blood)
    few, many = (
        count_queries(lambda asked=asked: results_a_year_before(wish, asked)) for asked in ([one], [one, *more])
    )
    assert few == many
