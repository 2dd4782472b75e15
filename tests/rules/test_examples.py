"""The worked examples of the domain, E1 to E14, by their number: real services, real engine, real selectors."""

from datetime import date
from decimal import Decimal

import pytest

from reports.rollups.selectors import carrier_results, target_results
from reports.rollups.services import drain_dirty
from targets.figures import display_percent
from targets.services import allocate
from tests.rules.world import END_OF, NOT_DONE, amount, done, ratio
from units.enums import Kind, SuccessionKind
from units.services import close_unit, create_bloc, join_bloc


def test_example_e01_blood_on_track_by_september(world):
    blood, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(blood, minimum=150, maximum=200)
    world.issue()
    world.approve(unit, 3, {blood: amount(60)})
    world.approve(unit, 9, {blood: amount(58)})

    result = world.result(target, 9)

    assert (result.value, result.expected, result.status) == (118, 112, "on_track")
    assert display_percent(result.completion) == Decimal("78.7")
    assert result.in_period == 58


@pytest.mark.parametrize(
    ("reached", "status", "completion"),
    [(104, "at_risk", "69.3"), (70, "behind", "46.7"), (150, "met", "100"), (203, "exceeded", "135.3")],
)
def test_example_e02_same_target_other_values(world, reached, status, completion):
    blood, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(blood, minimum=150, maximum=200)
    world.issue()
    world.approve(unit, 9, {blood: amount(reached)})

    result = world.result(target, 9)

    assert (result.value, result.status) == (reached, status)
    assert display_percent(result.completion) == Decimal(completion)


def office_that_reports_nothing(world):
    """An issuer with no people of its own, so that N is the number of its units."""
    return world.unit("QNA-VP", parent=world.top, kind=Kind.PROVINCE_UNION, is_reporting=False)


def test_example_e03_ratio_two_of_three_reported(world):
    studied = world.indicator("ratio")
    office = office_that_reports_nothing(world)
    first, second, third = world.units(3, parent=office)
    target = world.target(studied, minimum=100, issuer=office)
    world.issue()
    world.approve(first, 9, {studied: ratio(40, 40)})
    world.approve(second, 9, {studied: ratio(10, 20)})

    before_due = world.result(target, 9)

    assert (before_due.numerator, before_due.denominator) == (50, 60)
    assert display_percent(before_due.value) == Decimal("83.3")
    assert (before_due.reported, before_due.required, before_due.status) == (2, 3, "not_due")
    assert world.report_of(third, 9).state == "not_started"

    world.open(12)
    after_due = world.result(target, 12, today=date(2025, 1, 10))
    assert (after_due.numerator, after_due.denominator, after_due.status) == (50, 60, "missed")


def test_example_e04_one_of_sixty_is_not_a_hundred_percent(world):
    studied = world.indicator("ratio")
    office = office_that_reports_nothing(world)
    units = world.units(60, parent=office)
    pooled = world.target(studied, minimum=100, issuer=office)
    each = world.target(studied, "each_unit", minimum=100, required_share=100, issuer=office)
    world.issue()
    world.approve(units[0], 9, {studied: ratio(50, 50)})

    result, share = world.result(pooled, 9), world.result(each, 9)

    assert (result.value, result.reported, result.required, result.status) == (100, 1, 60, "not_due")
    assert (share.numerator, share.denominator, share.status) == (1, 60, "not_due")
    world.open(12)
    assert world.result(pooled, 12, today=date(2025, 1, 10)).status == "missed"


def test_example_e05_congress_by_quarter_two(world):
    congress = world.indicator("milestone")
    units = world.units(10)
    target = world.target(congress, "each_unit", required_share=100, due_on=END_OF[6])
    world.issue()
    for number, unit in enumerate(units[:9]):
        world.approve(unit, 5 if number < 5 else 6, {congress: done(date(2024, 5, 2 + number))})
    world.approve(units[9], 6, {congress: NOT_DONE})

    june = world.result(target, 6)
    assert (june.value, june.status, june.reached_late) == (90, "missed", False)
    assert (june.numerator, june.denominator, june.reported) == (9, 10, 10)
    assert world.result(target, 6, today=END_OF[6]).status == "not_due"

    world.approve(units[9], 7, {congress: done(date(2024, 7, 3))})
    july = world.result(target, 7)
    assert (july.value, july.status, july.reached_late) == (90, "missed", True)
    assert (july.late.made_of.numerator, july.late.made_of.denominator) == (10, 10)
    late = carrier_results(target=target, period=world.periods[7], basis="official")[-1]
    assert (late.unit, late.status, late.reached_late, late.done_on) == (units[9], "missed", True, date(2024, 7, 3))


def test_example_e06_blood_after_the_due_day(world):
    blood, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(blood, minimum=150, due_on=END_OF[6])
    world.issue()
    world.approve(unit, 6, {blood: amount(140)})
    world.approve(unit, 7, {blood: amount(20)})

    result = world.result(target, 7)

    assert (result.value, result.status) == (140, "missed")
    assert (result.late.value, result.reached_late) == (160, True)
    assert result.in_period is None


def test_example_e07_one_class_in_the_year(world):
    classes, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(classes, minimum=1)
    world.issue()
    world.open(1)
    silent = world.result(target, 1)
    assert (silent.value, silent.expected, silent.status) == (None, 0, "no_data")

    world.approve(unit, 1, {classes: amount(0)})
    entered = world.result(target, 1)
    assert (entered.value, entered.expected, entered.status) == (0, 0, "on_track")


def test_example_e08_successor_speaks_for_itself(world):
    studied = world.indicator("ratio")
    gone = world.unit("QNA-001")
    target = world.target(studied, minimum=100)
    world.issue()
    world.approve(gone, 3, {studied: ratio(40, 40)})
    world.open(4)
    heir = world.unit("QNA-002", opened_on=date(2024, 5, 1))
    close_unit(unit=gone, on=date(2024, 5, 1), successors=[(heir, SuccessionKind.WHOLE)])
    world.approve(heir, 5, {studied: ratio(38, 38)})

    may, april = world.result(target, 5), world.result(target, 4)

    assert (may.numerator, may.denominator, may.carried) == (38, 38, 0)
    assert (april.numerator, april.denominator, april.carried) == (40, 40, 1)


def test_example_e09_successor_inherits_a_sum(world):
    blood = world.indicator()
    gone = world.unit("QNA-001")
    pooled = world.target(blood, minimum=100)
    each = world.target(blood, "each_unit", minimum=15, required_share=100)
    world.issue()
    for month in range(1, 5):
        world.approve(gone, month, {blood: amount(3)})
    heir = world.unit("QNA-002", opened_on=date(2024, 5, 1))
    close_unit(unit=gone, on=date(2024, 5, 1), successors=[(heir, SuccessionKind.WHOLE)])
    world.approve(heir, 5, {blood: amount(5)})

    assert world.result(pooled, 5).value == 17
    own = world.result(each, 5, unit=heir)
    assert (own.value, own.inherited, own.status) == (17, 12, "met")
    share = world.result(each, 5)
    assert (share.numerator, share.denominator, share.status) == (1, 1, "met")


def test_example_e10_a_gift_stays_with_the_bloc_of_its_month(world):
    households, unit = world.indicator(), world.unit("QNA-001")
    blocs = [create_bloc(owner=world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
    neighbours = [world.unit(f"QNA-1{number}") for number in range(2)]
    for bloc, neighbour in zip(blocs, neighbours, strict=True):
        join_bloc(unit=neighbour, bloc=bloc, on=date(2024, 1, 1))
    join_bloc(unit=unit, bloc=blocs[0], on=date(2024, 1, 1))
    target = world.target(households, "each_bloc", minimum=1, maximum=2, required_share=100)
    world.issue()
    world.approve(unit, 3, {households: amount(1)})
    join_bloc(unit=unit, bloc=blocs[1], on=date(2024, 7, 1))
    world.approve(unit, 8, {households: amount(1)})
    world.open(9)
    drain_dirty()

    results = carrier_results(target=target, period=world.periods[9], basis="official")

    assert [(row.bloc, row.value) for row in results] == [(blocs[0], 1), (blocs[1], 1)]
    share = world.result(target, 9)
    assert (share.numerator, share.denominator, share.status) == (2, 2, "met")


def test_example_e11_a_correction_changes_its_month_and_all_after(world):
    blood, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(blood, minimum=150)
    world.issue()
    for month, given in ((1, 10), (2, 20), (3, 30), (6, 7)):
        world.approve(unit, month, {blood: amount(given)})
    before = [world.result(target, month).value for month in range(1, 8)]
    world.correct(unit, 3, {blood: amount(25)})

    after = [world.result(target, month).value for month in range(1, 8)]

    assert before == [10, 30, 60, 60, 60, 67, 67]
    assert after == [10, 30, 55, 55, 55, 62, 62]


def test_example_e12_two_targets_on_one_indicator(world):
    blood, unit = world.indicator(), world.unit("QNA-001")
    year = world.target(blood, minimum=150)
    campaign = world.target(blood, minimum=60, starts_on=date(2024, 3, 1), due_on=date(2024, 5, 31))
    world.issue()
    for month, given in ((1, 20), (3, 30), (4, 10)):
        world.approve(unit, month, {blood: amount(given)})
    drain_dirty()

    results = target_results(targets=[year, campaign], unit=world.body, period=world.periods[4], basis="official")

    assert [result.value for result in results] == [60, 40]


def test_example_e13_the_allocation_in_force_counts(world):
    blood, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(blood, minimum=150)
    world.issue()
    for minimum, day in ((5, date(2024, 1, 1)), (8, date(2024, 7, 1))):
        allocate(actor=None, target=target, unit=unit, minimum=Decimal(minimum), effective_on=day, handed_by=world.body)
    world.approve(unit, 6, {blood: amount(6)})
    world.open(9)

    september, june = world.result(target, 9, unit=unit), world.result(target, 6, unit=unit)

    assert (september.value, september.minimum, september.completion) == (6, 8, 75)
    assert (june.value, june.minimum, june.status) == (6, 5, "met")


def test_example_e14_a_limit_is_missed_from_the_month_it_broke(world):
    poor_again, unit = world.indicator(), world.unit("QNA-001")
    target = world.target(poor_again, maximum=0)
    world.issue()
    for month in (5, 6):
        world.approve(unit, month, {poor_again: amount(0)})
    world.approve(unit, 7, {poor_again: amount(1)})
    world.open(8)

    statuses = [world.result(target, month).status for month in (4, 5, 6, 7, 8)]

    assert statuses == ["no_data", "on_track", "on_track", "missed", "missed"]
