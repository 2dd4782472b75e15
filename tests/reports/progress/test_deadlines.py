"""On time, late, missing, not required are four things (domain: rule 11)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from reports.progress.deadlines import due_moment, timeliness, timeliness_of
from reports.progress.models import Period
from reports.progress.services import create_periods, set_deadline
from tests.reports.progress.scenes import report_of
from units.services import close_unit

DUE = datetime(2024, 10, 3, 23, 59, 59, 999999, tzinfo=timezone.get_default_timezone())
LATER = DUE + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("submitted", "now", "result"),
    [
        (None, DUE, None),
        (None, LATER, "missing"),
        (DUE, LATER, "on_time"),
        (LATER, LATER, "late"),
    ],
)
def test_timeliness(submitted, now, result, report):
    report.first_submitted_at = submitted
    assert timeliness_of(report, now) == result


def test_not_required_without_a_report_and_where_the_unit_is_closed(report, september):
    assert timeliness(None, september, DUE) == "not_required"
    close_unit(unit=report.unit, on=date(2024, 9, 30))
    assert timeliness_of(report_of(report.unit, september), LATER) == "not_required"


def test_the_units_own_row_wins_over_its_level_and_that_over_the_period(report, september):
    unit = report.unit
    assert due_moment(unit, september) == DUE
    set_deadline(period=september, level=unit.level, due_on=date(2024, 10, 5), locks_on=date(2024, 10, 20))
    assert due_moment(unit, september) == DUE + timedelta(days=2)
    set_deadline(period=september, unit=unit, due_on=date(2024, 10, 7), locks_on=date(2024, 10, 20))
    assert due_moment(unit, september) == DUE + timedelta(days=4)
    assert due_moment(unit.parent, september) == DUE


def test_the_calendar_of_a_year(province):
    made = create_periods(owner=province.top, year=2024)
    february, december = made[1], made[11]
    assert (february.first_day, february.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (february.due_on, february.locks_on) == (date(2024, 3, 3), date(2024, 3, 15))
    assert (december.due_on, december.locks_on) == (date(2025, 1, 3), date(2025, 1, 15))
    assert [period.pk for period in create_periods(owner=province.top, year=2024)] == [period.pk for period in made]
    assert Period.objects.count() == 12


def test_a_calendar_with_an_earlier_cut_off(province):
    made = create_periods(owner=province.top, year=2024, cut_off=20, due_day=25, lock_day=28)
    assert (made[0].first_day, made[0].last_day) == (date(2023, 12, 21), date(2024, 1, 20))
    assert (made[0].due_on, made[0].locks_on) == (date(2024, 1, 25), date(2024, 1, 28))


def test_only_the_topmost_unit_owns_a_calendar(province):
    with pytest.raises(ValueError, match="topmost"):
        create_periods(owner=province.qna, year=2024)


@pytest.mark.parametrize("more", [{}, {"level": 4, "unit": True}])
def test_a_deadline_is_for_one_unit_or_one_level(more, report, september):
    if more.get("unit"):
        more = {**more, "unit": report.unit}
    with pytest.raises(ValueError, match="one unit or for one level"):
        set_deadline(period=september, due_on=date(2024, 10, 3), locks_on=date(2024, 10, 4), **more)
