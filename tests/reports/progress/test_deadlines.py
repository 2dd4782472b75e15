"""On time, late, missing, not required are four things (domain: rule 11)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.progress.deadlines import Deadline, Deadlines, deadline_of, deadline_of_report, timeliness, timeliness_of
from reports.progress.models import Period, ProgressReport
from reports.progress.services import create_periods, grant_extension, set_deadline
from reports.progress.unit_calendar import unit_calendar
from tests.reports.progress.scenes import report_of
from units.enums import Level
from units.models import Unit
from units.selectors import ancestors_and_self
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


def due(unit, period) -> date:
    return deadline_of(unit, period).due_on


def test_the_nearest_word_on_the_way_down_holds_and_of_one_body_that_for_the_level(province, september):
    def say(unit, day: int, level=None) -> None:
        set_deadline(period=september, unit=unit, level=level, due_on=date(2024, 10, day), locks_on=date(2024, 10, 15))

    say(province.top, 9, level=Level.GRASSROOTS)
    assert [due(unit, september).day for unit in (province.justice, province.hospital_surgery, province.qna)] == [
        9,
        3,
        3,
    ]
    say(province.qna, 8)
    assert [due(unit, september).day for unit in (province.justice, province.qna, province.rach_gia)] == [8, 8, 3]
    say(province.bloc_union, 7, level=Level.GRASSROOTS)
    say(province.bloc_union, 6)
    assert [due(unit, september).day for unit in (province.justice, province.hospital_surgery)] == [7, 6]
    say(province.hospital, 2)
    assert [due(unit, september).day for unit in (province.hospital, province.hospital_surgery)] == [2, 2]


def test_a_body_beneath_stays_within_the_lock_above_whatever_was_said_first(province, september):
    with pytest.raises(ValidationError) as refused:
        set_deadline(period=september, unit=province.qna, due_on=date(2024, 10, 16), locks_on=date(2024, 10, 16))
    assert refused.value.message_dict == {
        "locks_on": ["Cấp trên khóa kỳ 9/2024 sau ngày 15/10/2024; ngày khóa ở cấp dưới không thể muộn hơn."]
    }
    set_deadline(period=september, unit=province.bloc_union, due_on=date(2024, 10, 12), locks_on=date(2024, 10, 14))
    set_deadline(period=september, unit=province.qna, due_on=date(2024, 10, 5), locks_on=date(2024, 10, 10))
    found = deadline_of(province.justice, september)
    assert (found.due_on, found.locks_on) == (date(2024, 10, 10), date(2024, 10, 10))


def test_the_topmost_unit_may_give_a_level_later_days_than_everyone(province, september):
    set_deadline(
        period=september,
        unit=province.top,
        level=Level.PROVINCE,
        due_on=date(2024, 10, 10),
        locks_on=date(2024, 10, 25),
    )
    assert deadline_of(province.qna, september).locks_on == date(2024, 10, 25)
    assert deadline_of(province.justice, september).locks_on == date(2024, 10, 15)
    with pytest.raises(ValueError, match="period's own"):
        set_deadline(period=september, unit=province.top, due_on=date(2024, 10, 10), locks_on=date(2024, 10, 25))


def test_one_unit_read_alone_has_the_days_of_many_read_together(province, september, officer):
    set_deadline(
        period=september,
        unit=province.top,
        level=Level.GRASSROOTS,
        due_on=date(2024, 10, 9),
        locks_on=date(2024, 10, 20),
    )
    set_deadline(
        period=september,
        unit=province.bloc_union,
        level=Level.GRASSROOTS,
        due_on=date(2024, 10, 2),
        locks_on=date(2024, 10, 18),
    )
    set_deadline(period=september, unit=province.kgi, due_on=date(2024, 10, 1), locks_on=date(2024, 10, 1))
    grant_extension(
        actor=officer,
        report=report_of(province.justice, september),
        due_on=date(2024, 10, 22),
        locks_on=date(2024, 10, 24),
        reason="Bão.",
    )
    calendar = list(Period.objects.all())
    together = Deadlines(calendar)
    for unit in Unit.objects.all():
        alone = unit_calendar(unit, province.top.pk, ancestors_and_self(unit))
        assert [month.deadline for month in alone] == [together.of(unit, period) for period in calendar]
    for report in ProgressReport.objects.all():
        assert deadline_of_report(report) == together.of(report.unit, report.period)
    assert together.of(province.justice, september) == Deadline(date(2024, 10, 22), date(2024, 10, 24))
    assert together.of(province.finance, september) == Deadline(date(2024, 10, 2), date(2024, 10, 18))


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


def test_the_next_year_begins_where_the_last_one_ended(province):
    create_periods(owner=province.top, year=2024, cut_off=20)
    january = create_periods(owner=province.top, year=2025)[0]
    assert (january.first_day, january.last_day) == (date(2024, 12, 21), date(2025, 1, 31))
    december = create_periods(owner=province.top, year=2023, cut_off=15)[11]
    assert (december.first_day, december.last_day) == (date(2023, 11, 16), date(2023, 12, 20))
