"""More time for one report: asked for, granted with a reason, taken back; nothing of it is ever lost."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import clock
from core.models import Notice
from reports.progress import deadlines, notices
from reports.progress.errors import ReasonMissing, WrongState
from reports.progress.models import Extension, ProgressReport
from reports.progress.selectors import history_of, waiting_plea
from reports.progress.services import ask_for_time, decline_plea, end_extension, grant_extension, submit_report
from tests.reports.progress.scenes import bring_to, report_of

PAGE = "/reports/QNA-KCQ-003/2024-09/more-time/"
WHY = "Bão số 4, cơ quan nghỉ làm việc."


def days(report: ProgressReport) -> tuple[date, date]:
    found = deadlines.deadline_of(report.unit, report.period)
    return found.due_on, found.locks_on


def on(day: int):
    return clock.travel_to(datetime(2024, 10, day, 9, tzinfo=timezone.get_default_timezone()))


def told(person, kind: str) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(recipient=person, kind=kind).order_by("pk").values_list("text", "url"))


def steps(report: ProgressReport) -> list[tuple[str, str]]:
    return [(step.action, step.reason) for step in history_of(report)]


def test_more_time_opens_the_lock_and_the_report_stays_late(report, secretary, officer, settings):
    grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 20), reason=WHY)
    assert days(report) == (date(2024, 10, 3), date(2024, 10, 20))
    settings.PORTAL_TODAY = date(2024, 10, 18)
    report = bring_to("draft", report, secretary=secretary, officer=officer)
    report = submit_report(actor=secretary, report=report, version=report.version)
    assert deadlines.timeliness_of(report, clock.now()) == "late"


def test_with_a_due_day_what_comes_by_then_is_in_time(report, secretary, officer):
    grant_extension(actor=officer, report=report, due_on=date(2024, 10, 8), locks_on=date(2024, 10, 15), reason=WHY)
    with on(8):
        report = bring_to("submitted", report, secretary=secretary, officer=officer)
    assert deadlines.timeliness_of(report, clock.now()) == "on_time"


def test_a_neighbour_gains_nothing(province, report, officer, september):
    grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 20), reason=WHY)
    assert days(report_of(province.finance, september)) == (date(2024, 10, 3), date(2024, 10, 15))


def test_who_asks_and_who_is_told(report, secretary, officer, top_officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_time(actor=secretary, report=report, plea=f"  {WHY}  ")
    assert told(officer, notices.ASKED_FOR_TIME) == [
        (f"Chi đoàn Sở Tư pháp xin gia hạn nộp báo cáo tháng 9/2024: {WHY}", PAGE)
    ]
    assert told(top_officer, notices.ASKED_FOR_TIME) == []
    with django_capture_on_commit_callbacks(execute=True):
        grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 20), reason="Đồng ý.")
        end_extension(actor=officer, report=report)
    assert [text for text, _url in told(secretary, notices.EXTENDED)] == [
        "Báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp được gia hạn đến hết ngày 20/10/2024: Đồng ý.",
        "Việc gia hạn báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp đã được thu hồi.",
    ]


def test_every_step_stays_in_the_history(report, secretary, officer):
    with on(10):
        ask_for_time(actor=secretary, report=report, plea="Xin đến 18/10.")
    with on(11):
        ask_for_time(actor=secretary, report=report, plea="Xin đến 20/10.")
    with on(12):
        grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 18), reason="Đến 18/10.")
    with on(13):
        grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 25), reason="Đến 25/10.")
    with on(14):
        end_extension(actor=officer, report=report)
        end_extension(actor=officer, report=report)
    assert steps(report) == [
        ("ask_time", "Xin đến 20/10."),
        ("extend", "Đến 18/10."),
        ("extend", "Đến 25/10."),
        ("end_extension", ""),
    ]
    assert days(report) == (date(2024, 10, 3), date(2024, 10, 15))
    assert [row.ended_by for row in report.extensions.all()] == [officer, officer]


def test_a_plea_is_declined_with_a_reason_and_may_be_made_again(
    report, secretary, officer, django_capture_on_commit_callbacks
):
    with on(10):
        ask_for_time(actor=secretary, report=report, plea="Xin đến 30/10.")
    with on(11), django_capture_on_commit_callbacks(execute=True):
        decline_plea(actor=officer, report=report, reason=" Tỉnh đoàn chốt số liệu ngày 15/10. ")
        decline_plea(actor=officer, report=report, reason="Lần nữa.")
    assert days(report) == (date(2024, 10, 3), date(2024, 10, 15))
    assert waiting_plea(report) is None
    assert told(secretary, notices.EXTENDED) == [
        (
            "Không gia hạn báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp: Tỉnh đoàn chốt số liệu ngày 15/10.",
            "/reports/QNA-KCQ-003/2024-09/",
        )
    ]
    with on(12):
        ask_for_time(actor=secretary, report=report, plea="Xin đến 18/10.")
    assert waiting_plea(report).plea == "Xin đến 18/10."
    assert steps(report) == [
        ("ask_time", "Xin đến 30/10."),
        ("decline_time", "Tỉnh đoàn chốt số liệu ngày 15/10."),
        ("ask_time", "Xin đến 18/10."),
    ]


def test_declining_needs_a_reason_and_the_right(report, secretary, officer, leader, neighbour):
    ask_for_time(actor=secretary, report=report, plea=WHY)
    with pytest.raises(ReasonMissing):
        decline_plea(actor=officer, report=report, reason=" ")
    for person in (secretary, leader, neighbour):
        with pytest.raises(PermissionDenied):
            decline_plea(actor=person, report=report, reason=WHY)
    assert waiting_plea(report).plea == WHY


def test_declining_on_the_page(client, report, secretary, officer):
    decline = f"{PAGE}decline/"
    ask_for_time(actor=secretary, report=report, plea=WHY)
    client.force_login(officer)
    refused = client.post(decline, {"why_not": " "})
    assert (refused.status_code, refused.context["decline_form"].errors) == (
        422,
        {"why_not": ["Ghi lý do: đơn vị cần biết vì sao thời hạn giữ nguyên."]},
    )
    assert client.post(decline, {"why_not": "Đã quá hạn chốt."}).url == PAGE
    html = client.get(PAGE).content.decode()
    assert decline not in html
    assert "không gia hạn: “Đã quá hạn chốt.”" in html


def test_who_may_grant(province, report, officer, administrator, top_officer, top_leader, leader, secretary, neighbour):
    day = date(2024, 10, 16)
    for person in (officer, administrator, top_officer):
        day = day.replace(day=day.day + 1)
        assert grant_extension(actor=person, report=report, locks_on=day, reason=WHY).granted_by == person
    for person in (leader, secretary, neighbour):
        with pytest.raises(PermissionDenied):
            grant_extension(actor=person, report=report, locks_on=date(2024, 10, 30), reason=WHY)
        with pytest.raises(PermissionDenied):
            end_extension(actor=person, report=report)
    for person in (officer, neighbour):
        with pytest.raises(PermissionDenied):
            ask_for_time(actor=person, report=report, plea=WHY)


def test_nobody_gives_the_own_unit_more_time(province, september, officer, administrator):
    own = report_of(province.bloc_union, september)
    for person in (officer, administrator):
        with pytest.raises(PermissionDenied):
            grant_extension(actor=person, report=own, locks_on=date(2024, 10, 20), reason=WHY)


def test_a_reason_is_needed_by_the_service_and_by_the_database(report, secretary, officer):
    with pytest.raises(ReasonMissing):
        grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 20), reason="  ")
    with pytest.raises(ReasonMissing):
        ask_for_time(actor=secretary, report=report, plea=" ")
    with pytest.raises(IntegrityError, match="reports_extension_has_day_and_reason"), transaction.atomic():
        Extension.objects.create(report=report, granted_at=clock.now(), locks_on=date(2024, 10, 20))
    Extension.objects.create(report=report, granted_at=clock.now(), locks_on=date(2024, 10, 20), reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(report=report, granted_at=clock.now(), locks_on=date(2024, 10, 21), reason=WHY)


@pytest.mark.parametrize(
    ("locks_on", "due_on", "errors"),
    [
        ("2024-10-15", None, {"locks_on": ["Nếu không gia hạn thì đã là ngày 15/10/2024; hãy chọn ngày muộn hơn."]}),
        (
            "2024-10-14",
            "2024-10-05",
            {"locks_on": ["Nếu không gia hạn thì đã là ngày 15/10/2024; hãy chọn ngày muộn hơn."]},
        ),
        (
            "2024-10-20",
            "2024-10-03",
            {"due_on": ["Nếu không gia hạn thì đã là ngày 3/10/2024; hãy chọn ngày muộn hơn."]},
        ),
        ("2024-10-20", "2024-10-21", {"locks_on": ["Ngày khóa sớm nhất là ngày hạn nộp."]}),
        ("20/10", None, {"locks_on": ["Nhập một ngày hợp lệ."]}),
        ("2024-10-17", None, {"locks_on": ["Ngày này đã qua."]}),
    ],
)
def test_days_that_give_no_time_are_refused_at_the_field(locks_on, due_on, errors, client, officer, report):
    client.force_login(officer)
    with on(18):
        answer = client.post(PAGE, {"locks_on": locks_on, "due_on": due_on or "", "reason": WHY})
    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert not Extension.objects.exists()


def test_what_came_late_can_still_be_counted_as_in_time(report, secretary, officer):
    report = bring_to("submitted", report, secretary=secretary, officer=officer)
    assert deadlines.timeliness_of(report, clock.now()) == "late"
    with pytest.raises(ValidationError):
        grant_extension(actor=officer, report=report, locks_on=date(2024, 10, 20), reason=WHY)
    with pytest.raises(WrongState):
        ask_for_time(actor=secretary, report=report, plea=WHY)
    with on(20):
        grant_extension(actor=officer, report=report, due_on=date(2024, 10, 6), locks_on=date(2024, 10, 15), reason=WHY)
    assert deadlines.timeliness_of(report, clock.now()) == "on_time"


def test_the_pages_from_asking_to_taking_back(client, report, secretary, officer, administrator, settings):
    settings.PORTAL_TODAY = date(2024, 10, 17)
    form = "/reports/QNA-KCQ-003/2024-09/"
    client.force_login(secretary)
    assert f'<a href="{PAGE}">Xin gia hạn</a>' in client.get(form).content.decode()
    assert client.post(f"{PAGE}ask/", {"plea": " "}).status_code == 422
    assert client.post(f"{PAGE}ask/", {"plea": WHY}).url == form
    assert "trả lời sẽ hiện ở đây" in client.get(form).content.decode()
    assert client.post(PAGE, {"locks_on": "2024-10-20", "reason": WHY}).status_code == 403

    client.force_login(administrator)
    assert client.get(form).status_code == 403
    month = client.get(f"/reports/periods/{report.period_id}/days/").content.decode()
    assert WHY in month
    assert PAGE in month
    assert client.get(PAGE).context["may_extend"]

    client.force_login(officer)
    assert PAGE in client.get(form).content.decode()
    assert WHY in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"locks_on": "2024-10-20", "reason": "Đồng ý."}).url == PAGE

    client.force_login(secretary)
    html = client.get(form).content.decode()
    assert "Được gia hạn đến hết ngày 20/10/2024: Đồng ý." in html
    assert " disabled" not in html

    client.force_login(officer)
    assert "gia hạn đến hết ngày 20/10/2024: “Đồng ý.”" in client.get(form).content.decode()
    assert client.post(f"{PAGE}end/").url == PAGE
    report.refresh_from_db()
    assert report.extension is None


def test_the_page_of_days_lists_what_the_administrator_can_answer(
    client, province, september, report, secretary, neighbour, officer, top_officer, administrator
):
    ask_for_time(actor=secretary, report=report, plea="Bão số 4.")
    ask_for_time(actor=neighbour, report=report_of(province.finance, september), plea="Mất điện.")
    own = report_of(province.bloc_union, september)
    grant_extension(actor=top_officer, report=own, locks_on=date(2024, 10, 20), reason="Đại hội.")
    bring_to("submitted", report, secretary=secretary, officer=officer)
    client.force_login(administrator)
    page = client.get(f"/reports/periods/{september.pk}/days/")
    assert [one.report.unit for one in page.context["extensions"]] == [province.finance]
