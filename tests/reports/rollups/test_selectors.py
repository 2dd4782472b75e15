"""Reading the totals: a fixed number of queries, views from every seat, phases, restatements, counts of reports."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from reports.progress.services import return_report
from reports.rollups.selectors import (
    carrier_results,
    child_results,
    heat_map,
    history,
    reporting_counts,
    target_results,
)
from reports.rollups.services import drain_dirty
from targets.services import allocate
from tests.rules.world import END_OF, World, amount, ratio
from units.enums import Kind
from units.services import create_bloc, join_bloc

OFFICIAL = "official"
QUERIES = 7  # what issuers entered themselves comes in that of the totals


def share_of(unit, target, minimum, world):
    allocate(
        actor=None,
        target=target,
        unit=unit,
        minimum=Decimal(minimum),
        effective_on=date(2024, 1, 1),
        handed_by=world.body,
    )


@pytest.fixture
def carriers_of_all_kinds(world: World):
    """One target of each carrier on each of three indicators, and one unit that reports."""
    indicators = [world.indicator(), world.indicator("amount", "latest"), world.indicator("ratio")]
    unit = world.unit("QNA-001")
    join_bloc(unit=unit, bloc=create_bloc(owner=world.body, number=1, name="Khối 1"), on=date(2024, 1, 1))
    targets = [
        world.target(indicator, carried_by, minimum=1, required_share=share)
        for indicator in indicators
        for carried_by, share in (("issuer_own", None), ("pooled", None), ("each_unit", 100), ("each_bloc", 100))
    ]
    world.issue()
    said = {indicator: ratio(1, 2) if indicator.kind == "ratio" else amount(1) for indicator in indicators}
    world.approve(unit, 3, said)
    drain_dirty()
    return targets, unit


def test_reading_asks_as_many_queries_for_many_targets_and_units_as_for_few(
    world, carriers_of_all_kinds, django_assert_num_queries
):
    targets, unit = carriers_of_all_kinds
    few = targets[:4]
    more_units = [world.unit(f"QNA-1{number:02d}") for number in range(20)]
    march = {"period": world.periods[3], "basis": OFFICIAL}

    with django_assert_num_queries(QUERIES):
        target_results(targets=few, unit=world.body, **march)
    with django_assert_num_queries(QUERIES):
        target_results(targets=targets, unit=world.body, **march)
    with django_assert_num_queries(QUERIES):
        heat_map(targets=targets, units=[unit, *more_units], **march)
    with django_assert_num_queries(QUERIES):
        history(targets=targets, unit=world.body, **march)
    with django_assert_num_queries(QUERIES):
        carrier_results(target=targets[2], **march)
    with django_assert_num_queries(QUERIES + 1):  # the children
        child_results(target=targets[1], unit=world.body, **march)


def test_nothing_asked_is_nothing_read(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert target_results(targets=[], unit=world.body, period=world.periods[3], basis=OFFICIAL) == []


def test_a_unit_above_the_issuer_sees_the_issuers_result(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    target = world.target(blood, minimum=10)
    world.issue()
    world.approve(unit, 3, {blood: amount(10)})

    result = world.result(target, 3, unit=world.top)

    assert (result.unit, result.value, result.status, result.minimum) == (world.top, 10, "met", 10)


def test_a_target_does_not_concern_other_bodies_nor_units_below_an_own_one(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    other = world.unit("KGI", parent=world.top, kind=Kind.PROVINCE_UNION)
    pooled, own = world.target(blood, minimum=10), world.target(blood, "issuer_own", minimum=1)
    world.issue()
    world.open(3)

    assert [world.result(target, 3, unit=seat).concerned for target, seat in ((pooled, other), (own, unit))] == [
        False,
        False,
    ]
    assert world.result(pooled, 3, unit=unit).concerned


def test_a_part_of_an_amount_is_judged_by_what_was_handed_to_it_only(world):
    blood = world.indicator()
    handed, free = world.units(2)
    target = world.target(blood, minimum=100)
    world.issue()
    share_of(handed, target, 20, world)
    for unit in (handed, free):
        world.approve(unit, 6, {blood: amount(7)})

    judged, unjudged = (world.result(target, 6, unit=unit) for unit in (handed, free))

    assert (judged.value, judged.minimum, judged.expected, judged.status) == (7, 20, 10, "at_risk")
    assert (unjudged.value, unjudged.minimum, unjudged.expected, unjudged.status) == (7, None, None, None)


def test_a_percentage_binds_each_part_as_it_binds_the_whole(world):
    studied = world.indicator("ratio")
    unit = world.unit("QNA-001")
    target = world.target(studied, minimum=80)
    world.issue()
    world.approve(unit, 6, {studied: ratio(4, 5)})

    assert (world.result(target, 6).status, world.result(target, 6, unit=unit).status) == ("not_due", "met")


def test_between_issuer_and_carriers_stands_the_share_of_the_carriers_beneath(world):
    dialogues = world.indicator()
    districts = [world.unit(f"D{n}", kind=Kind.DISTRICT_UNION) for n in (1, 2)]
    grassroots = [world.unit(f"D{n}-{m}", parent=districts[n - 1]) for n in (1, 2) for m in (1, 2)]
    target = world.target(
        dialogues, "each_unit", minimum=1, required_share=100, carrier_kinds=[Kind.BRANCH], carrier_reach="all"
    )
    world.issue()
    for unit in grassroots[:3]:
        world.approve(unit, 3, {dialogues: amount(1)})

    seats = [world.result(target, 3, unit=unit) for unit in (world.body, *districts)]

    assert [(row.numerator, row.denominator, row.status) for row in seats] == [
        (3, 4, "on_track"),
        (2, 2, "met"),
        (1, 2, "on_track"),
    ]


def test_phases_are_asked_of_each_carrier_and_of_the_whole(world):
    talks = world.indicator()
    quick, slow = world.units(2)
    phases = [(END_OF[month], Decimal(month)) for month in range(1, 13)]
    each = world.target(talks, "each_unit", minimum=12, required_share=100, phases=phases)
    pooled = world.target(talks, minimum=24, phases=[(END_OF[6], Decimal(12)), (END_OF[12], Decimal(24))])
    world.issue()
    share_of(slow, pooled, 12, world)
    world.approve(quick, 6, {talks: amount(6)})
    world.approve(slow, 6, {talks: amount(5)})

    share, whole, part = world.result(each, 6), world.result(pooled, 6), world.result(pooled, 6, unit=slow)

    assert [world.result(each, 6, unit=unit).status for unit in (quick, slow)] == ["on_track", "at_risk"]
    assert (share.numerator, share.status) == (0, "behind")  # one of two carriers holds its phases
    assert (whole.value, whole.expected, whole.status) == (11, 12, "at_risk")
    assert (part.value, part.expected, part.status) == (5, 6, "at_risk")


def test_a_restatement_shows_its_original_and_is_asked_nothing(world):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    original = world.target(blood, minimum=10)
    again = world.target(blood, minimum=10, restates=original)
    world.issue()
    world.approve(unit, 3, {blood: amount(10)})
    drain_dirty()

    first, second = target_results(targets=[original, again], unit=world.body, period=world.periods[3], basis=OFFICIAL)

    assert (second.target, second.value, second.status) == (again, first.value, "met")


def test_a_plan_issued_after_the_reports_finds_their_states(world):
    using = world.indicator("amount", "latest")
    unit = world.unit("QNA-001")
    world.target(using, minimum=1)
    world.issue()
    world.approve(unit, 3, {using: amount(8)})
    world.open(5)
    drain_dirty()
    late_plan = world.target(using, minimum=1, starts_on=date(2024, 2, 1))
    world.issue()

    assert [world.result(late_plan, month).value for month in (2, 3, 5)] == [None, 8, 8]


def test_the_target_begins_with_its_period_whatever_the_cut_off(db, settings):
    world = World(settings, cut_off=20)
    blood = world.indicator()
    unit = world.unit("QNA-001")
    target = world.target(blood, minimum=10, starts_on=date(2024, 3, 25), due_on=END_OF[6])
    world.issue()
    for month in (4, 6, 7):
        world.approve(unit, month, {blood: amount(1)})

    assert world.periods[4].first_day == date(2024, 3, 21)
    assert [world.result(target, month).value for month in (4, 6, 7)] == [1, 2, 2]
    assert world.result(target, 6).expected == 10


def test_own_change_of_states_and_shares_in_the_period(world):
    studied, using = world.indicator("ratio"), world.indicator("amount", "latest")
    unit = world.unit("QNA-001")
    learned = world.target(studied, minimum=80)
    stands = world.target(using, "each_unit", minimum=3, required_share=100)
    world.issue()
    world.approve(unit, 3, {studied: ratio(4, 10), using: amount(2)})
    world.approve(unit, 4, {studied: ratio(7, 10), using: amount(3)})
    world.open(5)

    assert [world.result(learned, month).in_period for month in (3, 4, 5)] == [4, 3, 0]
    assert [world.result(stands, month).in_period for month in (3, 4, 5)] == [0, 1, 0]


def test_reports_are_counted_for_the_subtree_and_by_bloc(world):
    blood = world.indicator()
    first, second, third = world.units(3)
    branch = world.unit("QNA-001-01", parent=first)
    blocs = [create_bloc(owner=world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
    for unit, bloc in ((first, 0), (second, 1)):
        join_bloc(unit=unit, bloc=blocs[bloc], on=date(2024, 1, 1))
    world.target(blood, minimum=1)
    world.issue()
    world.approve(branch, 3, {blood: amount(1)})
    world.submit(second, 3, {blood: amount(1)})
    world.draft(third, 3, {blood: amount(1)})
    period = world.periods[3]
    before, after = (
        datetime.combine(period.due_on + timedelta(days=days), datetime.min.time(), timezone(timedelta(hours=7)))
        for days in (0, 1)
    )

    awaited = reporting_counts(unit=world.body, period=period, now=before).total
    counts = reporting_counts(unit=world.body, period=period, now=after)

    assert (awaited.missing, awaited.awaited) == (0, 2)
    total = counts.total
    assert (total.required, total.reported, total.approved, total.submitted) == (4, 2, 1, 1)
    assert (total.on_time, total.late, total.missing, total.awaited, total.returned) == (2, 0, 2, 0, 0)
    assert {bloc: (row.reported, row.required) for bloc, row in counts.blocs.items()} == {
        blocs[0]: (1, 2),
        blocs[1]: (1, 1),
    }

    return_report(actor=world.officer, report=world.report_of(second, 3), reason="Thiếu danh sách.")
    corrected = reporting_counts(unit=world.body, period=period, now=after).total
    assert (corrected.reported, corrected.missing, corrected.returned) == (1, 3, 1)
