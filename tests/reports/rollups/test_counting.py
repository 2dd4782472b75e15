"""Reports counted by the database stand as each one's own deadline says, whoever set it."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from reports.progress.deadlines import Deadlines, timeliness
from reports.progress.models import Extension, PeriodDeadline, ProgressReport
from reports.rollups.models import LastChange
from reports.rollups.selectors import reporting_counts, reports_late
from reports.rollups.services import drain_dirty, rebuild
from tests.rules.world import amount
from units.enums import Level
from units.services import close_unit


@pytest.fixture
def reported(world):
    """Four units with a branch each; days of the top's for a level, of the body, of one unit, and an exception."""
    blood = world.indicator()
    world.target(blood, minimum=1)
    world.issue()
    units = world.units(4)
    branches = [world.unit(f"{unit.code}-01", parent=unit) for unit in units]
    period = world.open(3)
    day = period.due_on
    for body, level, shift in (
        (world.top, Level.BRANCH, 2),
        (world.body, None, -2),
        (units[1], None, -3),
        (units[1], Level.BRANCH, 9),
    ):
        due = day + timedelta(days=shift)
        PeriodDeadline.objects.create(
            period=period, unit=body, level=level, due_on=due, locks_on=period.locks_on + timedelta(days=shift)
        )
    close_unit(unit=branches[3], on=date(2024, 3, 20))
    for place, unit in enumerate([*units[:3], *branches[:3]]):
        report = world.submit(unit, 3, {blood: amount(1)})
        came = timezone.make_aware(datetime.combine(day + timedelta(days=place - 3), datetime.max.time()))
        ProgressReport.objects.filter(pk=report.pk).update(first_submitted_at=came)
    late = world.report_of(units[3], 3)
    late.extension = Extension.objects.create(
        report=late,
        granted_at=timezone.now(),
        due_on=day + timedelta(days=5),
        locks_on=period.locks_on + timedelta(days=9),
        reason="Mưa lũ",
    )
    late.save()
    return period


@pytest.mark.parametrize("shift", [-9, -3, -2, -1, 0, 1, 2, 3, 5, 6, 12])
def test_the_database_counts_as_each_report_is_judged(world, reported, shift):
    now = timezone.make_aware(datetime.combine(reported.due_on + timedelta(days=shift), datetime.min.time()))
    deadlines, judged = Deadlines([reported]), Counter()
    for report in ProgressReport.objects.filter(period=reported).select_related("unit"):
        if report.unit == world.body or not report.unit.is_open_on(reported.last_day):
            continue
        deadline = deadlines.of(report.unit, reported)
        in_hand = report.state in ("submitted", "approved")
        found = timeliness(report, deadline, now) if in_hand else None
        judged[str(found) if in_hand else "missing" if now > deadline.due_moment else "awaited"] += 1
    counts = reporting_counts(unit=world.body, period=reported, now=now).total
    assert counts.required == judged.total() == 7
    assert {name: getattr(counts, name) for name in ("on_time", "late", "missing", "awaited")} == {
        name: judged[name] for name in ("on_time", "late", "missing", "awaited")
    }
    missing, late = reports_late(world.body, reported, deadlines, most=30)
    assert (len(missing), len(late)) == (counts.missing + counts.awaited, counts.late)
    assert all(one.due_on == deadlines.of(one.unit, reported).due_on for one in [*missing, *late])


def test_last_changes_are_the_same_kept_one_by_one_and_made_anew(world, reported):
    drain_dirty()
    kept = set(LastChange.objects.values_list("unit__code", "period__month", "basis", "at"))
    assert {code for code, *_rest in kept} >= {"TW", "QNA", "QNA-001", "QNA-001-01"}
    LastChange.objects.all().delete()
    rebuild()
    assert set(LastChange.objects.values_list("unit__code", "period__month", "basis", "at")) == kept
