"""Two indicators become one: entries follow, totals follow, nothing is counted twice."""

from datetime import date
from decimal import Decimal

from reports.progress.models import ProgressEntry
from reports.rollups.models import Rollup
from reports.rollups.services import drain_dirty
from targets.services import merge_indicators
from tests.reports.rollups.oracle import expected_rows, stored_rows
from tests.rules.world import amount, done, ratio


def test_entries_and_totals_follow_and_amounts_of_one_report_are_added(world):
    blood, same = world.indicator(), world.indicator()
    both, only = world.units(2)
    target = world.target(blood, minimum=1)
    world.target(same, minimum=1)
    world.issue()
    world.approve(both, 3, {blood: amount(2), same: amount(3)})
    world.approve(only, 4, {same: amount("40")})
    drain_dirty()

    record = merge_indicators(actor=None, source=same, into=blood)

    assert record.entries_moved == 2
    assert not ProgressEntry.objects.filter(indicator=same).exists()
    assert [world.result(target, month).value for month in (3, 4)] == [5, 45]
    assert not Rollup.objects.filter(indicator=same).exists()
    assert stored_rows() == expected_rows()


def test_of_ratios_and_milestones_the_one_that_stays_keeps_its_own(world):
    pairs = [(world.indicator(kind), world.indicator(kind)) for kind in ("ratio", "milestone")]
    unit = world.unit("QNA-001")
    for into, source in pairs:
        for indicator in (into, source):
            minimum = 1 if indicator.kind == "ratio" else None
            world.target(
                indicator,
                "pooled" if minimum else "each_unit",
                minimum=minimum,
                required_share=None if minimum else 100,
            )
    world.issue()
    (learned, other_learned), (elected, other_elected) = pairs
    world.approve(
        unit,
        3,
        {
            learned: ratio(4, 5),
            other_learned: ratio(1, 9),
            elected: done(date(2024, 3, 1)),
            other_elected: done(date(2024, 3, 7)),
        },
    )
    for into, source in pairs:
        merge_indicators(actor=None, source=source, into=into)
    drain_dirty()

    kept = {entry.indicator_id: entry for entry in ProgressEntry.objects.all()}
    assert (kept[learned.pk].numerator, kept[learned.pk].denominator) == (4, 5)
    assert kept[learned.pk].note == f"Chỉ số “{other_learned.name}” đã gộp vào chỉ số này, số đã báo: 1/9."
    assert kept[elected.pk].done_on == date(2024, 3, 1)
    assert kept[elected.pk].note.endswith(": 7/3/2024.")
    assert stored_rows() == expected_rows()


def test_a_silent_entry_gives_way(world):
    blood, same = world.indicator(), world.indicator()
    unit = world.unit("QNA-001")
    target = world.target(blood, minimum=1)
    world.target(same, minimum=1)
    world.issue()
    report = world.approve(unit, 3, {same: amount(3)})
    ProgressEntry.objects.create(report=report, indicator=blood, note="Chưa có số")

    merge_indicators(actor=None, source=same, into=blood)

    entry = ProgressEntry.objects.get(report=report)
    assert (entry.indicator, entry.amount, entry.note) == (blood, Decimal(3), "Chưa có số")
    assert world.result(target, 3).value == 3
