"""What the database counts of a month is what the rules say of each of its reports, on every day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from core import clock
from reports.enums import Timeliness
from reports.progress import reminders
from reports.progress.deadlines import Deadlines, deadline_of, timeliness
from reports.progress.models import ProgressReport
from reports.progress.reminders import heard_by, outstanding_for, owed_among
from reports.progress.rounds import overdue_in, round_of
from reports.progress.selectors import paths_reviewed_by
from reports.progress.services import grant_extension, open_period, remind, return_report, set_deadline
from tests.reports.progress.scenes import bring_to, report_of
from units.enums import Level
from units.services import close_unit

DAYS = [date(2024, 10, 1) + timedelta(days=number) for number in range(26)]


@pytest.fixture
def scene(province, september, secretary, officer, top_officer):
    """September: days of a body and of a level, exceptions with and without a due day, a return, a closed unit."""
    set_deadline(period=september, unit=province.qna, due_on=date(2024, 10, 5), locks_on=date(2024, 10, 14), level=4)
    set_deadline(period=september, unit=province.hospital, due_on=date(2024, 10, 8), locks_on=date(2024, 10, 9))
    more = {"actor": top_officer, "reason": "Bão."}
    grant_extension(report=report_of(province.finance, september), locks_on=date(2024, 10, 20), **more)
    grant_extension(
        report=report_of(province.college, september), due_on=date(2024, 10, 12), locks_on=date(2024, 10, 18), **more
    )
    handed = bring_to("submitted", report_of(province.justice, september), secretary=secretary, officer=officer)
    return_report(actor=officer, report=handed, reason="Thiếu.")
    bring_to("approved", report_of(province.hospital, september), secretary=top_officer, officer=officer)
    close_unit(unit=province.hospital_surgery, on=date(2024, 9, 20))
    return september


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone())


def owed_beneath(officer_unit, period) -> list[ProgressReport]:
    rows = ProgressReport.objects.filter(period=period, unit__path__startswith=officer_unit.path)
    rows = rows.exclude(unit=officer_unit).select_related("unit", "period").order_by("unit__path")
    return [report for report in rows if report.unit.is_open_on(period.last_day)]


@pytest.mark.parametrize("day", DAYS)
def test_the_round_of_each_day(province, scene, officer, day):
    out = [one for one in owed_beneath(province.bloc_union, scene) if one.state not in ("submitted", "approved")]
    never = [report for report in out if report.first_submitted_at is None]
    judged = [timeliness(report, deadline_of(report.unit, scene), at_noon(day)) for report in never]
    overdue = [report for report, word in zip(never, judged, strict=True) if word == Timeliness.MISSING]
    found = round_of(officer, day)
    assert (found.waiting, found.approved, found.back) == (0, 1, 1)
    assert (found.absent, found.not_due) == (len(overdue), len(never) - len(overdue))
    assert list(overdue_in(officer, scene, day)) == overdue


@pytest.mark.parametrize("day", DAYS)
def test_what_can_be_reminded_on_each_day(province, scene, officer, neighbour, day):
    with clock.travel_to(at_noon(day)):
        remind(actor=officer, reports=[report_of(province.justice, scene)])
        beneath = [report.pk for report in owed_beneath(province.bloc_union, scene)]
        owed = [one.report for one in owed_among(ProgressReport.objects.filter(pk__in=beneath), day)]
        found = outstanding_for(officer, day)
        left = [report for report in owed if report.unit != province.justice]
        heard = heard_by(left)
        assert (found.count, found.reminded) == (len(owed), 1)
        assert found.first == [report for report in left if heard[report.pk]]
        assert (found.waiting, found.nobody) == (len(found.first), len(left) - len(found.first))
        assert found.heard_of([report.unit for report in owed]) == {
            report.pk: bool(heard[report.pk]) for report in left
        }
        assert found.to_remind() == found.first + [report for report in left if not heard[report.pk]]


def test_one_click_reminds_so_many_at_most(province, scene, officer, neighbour, monkeypatch):
    monkeypatch.setattr(reminders, "REMINDED_AT_ONCE", 1)
    found = outstanding_for(officer, date(2024, 10, 5))
    assert (found.waiting, found.at_once, len(found.to_remind())) == (2, 1, 1)


def test_a_body_s_days_are_said_once_and_those_of_others_not_at_all(province, scene, officer, top_officer):
    """What each body says goes into the statement: only what concerns those whom the person reviews."""
    set_deadline(period=scene, unit=province.kgi, due_on=date(2024, 10, 4), locks_on=date(2024, 10, 9))

    def said(user) -> list[tuple[str, int | None]]:
        deadlines = Deadlines([scene], of=(), beneath=paths_reviewed_by(user))
        return [(path, level) for path, level, _days in deadlines.said_beneath(scene)]

    hospital, qna, kgi = ((unit.path, None) for unit in (province.hospital, province.qna, province.kgi))
    assert hospital in said(officer)
    assert kgi not in said(officer)
    assert {hospital, kgi} <= set(said(top_officer))
    assert [path for path, level in said(officer) if level is not None] == [qna[0]] * len(Level)


def test_a_new_month_is_the_newest_once_it_is_open(province, scene, periods, officer):
    assert round_of(officer, date(2024, 11, 1)).period == scene
    open_period(period=periods[10])
    assert (round_of(officer, date(2024, 11, 1)).period, outstanding_for(officer, date(2024, 11, 1)).period) == (
        periods[10],
        periods[10],
    )
