"""Drafts that the calendar asks for: on which day, of which bodies, once, and who is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.services import end_role
from core import clock, jobs
from core.models import JobState, Notice
from doan_portal import settings as portal_settings
from plans.models import Plan
from reports.documents.models import DocumentEvent, OfficialDocument
from reports.documents.schedule import is_time, spans_to_draft
from reports.documents.scheduling import draft_by_calendar, drafts_wanted
from reports.documents.services import request_issue, request_report
from reports.documents.tasks import draft_by_calendar as task
from reports.progress.services import set_deadline
from targets.calendar import Month, Span
from tests.making import count_queries
from units.enums import Kind
from units.services import create_unit

SEPTEMBER = Span.parse("2024-09")


def drafted_on(month: int, day: int) -> int:
    with clock.travel_to(datetime(2024, month, day, 6, tzinfo=timezone.get_default_timezone())):
        return draft_by_calendar()


def drafts() -> list[tuple[str, str, str, str]]:
    rows = OfficialDocument.objects.order_by("pk")
    return list(rows.values_list("unit__code", "kind", "span", "basis"))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 10, 3), False),
        (date(2024, 10, 4), True),
        (date(2024, 10, 10), True),
        (date(2024, 10, 11), False),
    ],
)
def test_it_is_time_from_the_day_after_the_due_day_for_a_week(today, expected):
    assert is_time(date(2024, 10, 3), today) is expected


@pytest.mark.parametrize(
    ("month", "codes"),
    [(1, ["2024-01"]), (3, ["2024-03", "2024-Q1"]), (8, ["2024-08"]), (12, ["2024-12", "2024-Q4"])],
)
def test_the_month_and_after_a_quarter_s_last_month_the_quarter(month, codes):
    assert [str(span) for span in spans_to_draft(Month(2024, month))] == codes


@pytest.mark.parametrize(("day", "asked"), [(3, 0), (4, 2), (10, 2), (11, 0)])
def test_the_month_s_and_the_quarter_s_report_are_drafted_after_the_due_day(day, asked, reported, officer):
    assert drafted_on(10, day) == asked
    assert (
        drafts()
        == [
            ("QNA-KCQ", "monthly", "2024-09", "provisional"),
            ("QNA-KCQ", "quarterly", "2024-Q3", "provisional"),
        ][:asked]
    )


def test_what_runs_twice_asks_once(reported, officer):
    task()
    task()
    assert drafted_on(10, 6) == 0
    assert len(drafts()) == 2


def test_the_draft_is_made_and_the_officers_of_the_body_are_told(reported, officer, leader, top_officer):
    draft_by_calendar()
    document = OfficialDocument.objects.get(kind="monthly")
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert (document.job.state, document.created_by, document.automatic) == (JobState.DONE, None, True)
    assert document.snapshot["report"]["provisional"] is True
    notices = Notice.objects.filter(kind="reports.scheduled_document")
    assert list(notices.values_list("recipient__username", "text", "url")) == [
        (
            "can.bo",
            "Đã lập tự động dự thảo “Báo cáo kết quả công tác Đoàn và phong trào thanh thiếu nhi tháng 9/2024” của Đoàn"
            " Khối các cơ quan; số liệu tạm tính.",
            f"/documents/{document.pk}/",
        )
    ]
    assert list(DocumentEvent.objects.filter(document=document).values_list("action", "actor")) == [
        ("scheduled", None),
        ("rendered", None),
    ]


def test_a_draft_of_the_calendar_is_issued_as_any_other(reported, officer, leader, client):
    draft_by_calendar()
    document = OfficialDocument.objects.get(kind="monthly")
    jobs.run(document.job_id)
    client.force_login(leader)
    assert "Được lập tự động theo lịch" in client.get(f"/documents/{document.pk}/").content.decode()
    request_issue(actor=leader, document=document, number=3, dated=date(2024, 10, 5))
    document.refresh_from_db()
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert (document.state, document.number, document.issued_by) == ("issued", 3, leader)


def test_no_draft_where_one_exists_in_whatever_state(reported, officer, leader, province):
    request_report(actor=leader, unit=province.bloc_union, span=SEPTEMBER, basis="official")
    assert draft_by_calendar() == 1
    assert drafts()[1:] == [("QNA-KCQ", "quarterly", "2024-Q3", "provisional")]


def test_a_body_without_an_officer_gets_none(reported, officer):
    end_role(actor=None, role=officer.roles.get())
    assert draft_by_calendar() == 0


def test_a_body_whose_plan_is_over_or_has_no_targets_gets_none(reported, periods, officer, top_officer):
    Plan.objects.update(ends_on=date(2024, 8, 31))
    assert drafts_wanted(date(2024, 10, 5)) == []


def test_a_quarter_whose_months_were_not_all_opened_is_left_out(reported, officer, periods):
    type(periods[8]).objects.filter(pk=periods[8].pk).update(opened_at=None)
    assert [str(wanted.span) for wanted in drafts_wanted(date(2024, 10, 5))] == ["2024-09"]


def test_the_last_due_day_of_the_units_beneath_decides(reported, officer, province, periods):
    set_deadline(
        period=periods[9],
        unit=province.justice,
        due_on=date(2024, 10, 8),
        locks_on=date(2024, 10, 15),
    )
    assert drafts_wanted(date(2024, 10, 8)) == []
    assert [str(wanted.span) for wanted in drafts_wanted(date(2024, 10, 9))] == ["2024-09", "2024-Q3"]


def test_the_database_keeps_one_of_a_kind_and_span(reported, officer, province):
    draft_by_calendar()
    first = OfficialDocument.objects.get(kind="monthly")
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection")
def test_two_workers_at_the_same_moment_ask_once(reported, officer):
    barrier = Barrier(2)

    def work(_number: int) -> int:
        try:
            barrier.wait()
            return draft_by_calendar()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        asked = list(pool.map(work, range(2)))
    assert sum(asked) == 2
    assert len(drafts()) == 2


def test_looking_for_drafts_asks_the_same_of_the_database_however_many_units_there_are(reported, officer, province):
    few = count_queries(lambda: drafts_wanted(date(2024, 10, 5)))
    assert few <= 8
    for number in range(20):
        create_unit(
            code=f"QNA-KCQ-9{number:02d}",
            name=f"Chi đoàn số {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
    assert count_queries(lambda: drafts_wanted(date(2024, 10, 5))) == few


def test_beat_asks_for_it_every_morning():
    assert portal_settings.CELERY_BEAT_SCHEDULE["draft-by-calendar"]["task"] == task.name
