"""The reminder dispatch: to whom, what it reads, how it is issued, who has one made."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import jobs
from core.models import JobState
from core.paper import page_count
from reports.documents.dispatches.building import build_dispatch, late_units
from reports.documents.dispatches.context import Dispatch, LateUnit
from reports.documents.dispatches.rendering import dispatch_sheet, render_dispatch_pdf
from reports.documents.dispatches.services import request_dispatch
from reports.documents.models import OfficialDocument
from reports.progress.models import ProgressReport
from reports.progress.services import set_deadline
from targets.calendar import Month
from tests.reports.documents.test_documents import issue, text_of

SEPTEMBER = Month(2024, 9)
DUE = date(2024, 10, 3)


def test_those_are_late_whose_due_day_has_passed_without_a_report(reported, province):
    """Justice and the hospital have sent theirs; branches two levels beneath are their own union's affair."""
    assert late_units(province.bloc_union, SEPTEMBER) == [
        LateUnit(unit="Đoàn cơ sở Trường Cao đẳng Y tế", bloc="Khối thi đua số 2", due_on=DUE, days_late=2),
        LateUnit(unit="Chi đoàn Sở Tài chính", bloc="Khối thi đua số 2", due_on=DUE, days_late=2),
    ]


def test_a_unit_with_a_later_due_day_is_not_late(reported, province, periods):
    more = {"due_on": date(2024, 10, 8), "locks_on": date(2024, 10, 15)}
    set_deadline(period=periods[9], unit=province.finance, **more)
    assert [row.unit for row in late_units(province.bloc_union, SEPTEMBER)] == ["Đoàn cơ sở Trường Cao đẳng Y tế"]


def test_it_is_made_issued_and_reads_as_a_dispatch(reported, province, officer, leader, tmp_path):
    document = request_dispatch(actor=officer, body=province.bloc_union, month=SEPTEMBER)
    document.refresh_from_db()
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert document.job.state == JobState.DONE, document.job.error
    assert document.file.name == "cong-van-don-doc-QNA-KCQ-2024-09.pdf"
    frozen = Dispatch.from_snapshot(document.snapshot)
    assert len(frozen.units) == 2
    ProgressReport.objects.update(first_submitted_at="2024-10-05T08:00+07:00")
    issue(document, leader, number=15)
    assert (document.state, document.number, document.symbol) == ("issued", 15, "CV/ĐTN")
    text = text_of(document, tmp_path)
    assert unicodedata.is_normalized("NFC", text)
    words = " ".join(text.split())
    for part in (
        "Số: 15-CV/ĐTN",
        "Kính gửi:",
        "- Đoàn cơ sở Trường Cao đẳng Y tế;",
        "chưa nhận được báo cáo của 2 đơn vị",
        "(Kèm theo Công văn số 15-CV/ĐTN ngày 05/10/2024",
        "Khối thi đua số 2",
        "03/10/2024",
        "- Như trên;",
    ):
        assert part in words
    assert "DỰ THẢO" not in words
    assert "“V/v đôn đốc gửi báo cáo công tác" in words
    assert "CÔNG VĂN" not in text


def test_many_are_addressed_by_the_list_and_the_head_of_the_table_stands_on_every_page(reported, province, tmp_path):
    one = build_dispatch(body=province.bloc_union, month=SEPTEMBER)
    many = replace(one, units=tuple(replace(one.units[0], unit=f"Chi đoàn số {n}") for n in range(60)))
    assert "Kính gửi: Các đơn vị có tên trong danh sách kèm theo" in dispatch_sheet(many).html
    pdf = render_dispatch_pdf(many)
    assert page_count(pdf) == 3
    assert render_dispatch_pdf(many) == pdf
    alone = replace(one, units=one.units[:1])
    assert "Kính gửi: Đoàn cơ sở Trường Cao đẳng Y tế" in dispatch_sheet(alone).html


def test_where_nobody_is_late_nothing_is_made(reported, province, officer, client):
    ProgressReport.objects.update(first_submitted_at="2024-10-05T08:00+07:00")
    with pytest.raises(ValidationError):
        request_dispatch(actor=officer, body=province.bloc_union, month=SEPTEMBER)
    client.force_login(officer)
    answer = client.post("/documents/reminders/ask/", {"unit": "QNA-KCQ", "month": "2024-09"})
    assert answer.status_code == 422
    assert "Không có đơn vị trực thuộc nào chậm gửi báo cáo tháng này." in answer.content.decode()
    assert OfficialDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "get", "post"),
    [
        ("officer", 200, 302),
        ("leader", 200, 302),
        ("outsider", 200, 422),
        ("secretary", 403, 403),
        ("nobody", 403, 403),
    ],
)
def test_who_has_one_made(who, get, post, request, reported, province, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get("/documents/reminders/ask/").status_code == get
    form = {"unit": "QNA-KCQ", "month": "2024-09"}
    assert client.post("/documents/reminders/ask/", form).status_code == post
    assert OfficialDocument.objects.filter(kind="reminder").exists() is (post == 302)
    if post != 302:
        with pytest.raises(PermissionDenied):
            request_dispatch(actor=user, body=province.bloc_union, month=SEPTEMBER)


def test_the_page_of_who_is_late_leads_there_for_those_who_may(reported, client, officer, secretary):
    link = "/documents/reminders/ask/?month=2024-09"
    for user, leads in ((officer, True), (secretary, False)):
        client.force_login(user)
        assert (link in client.get("/reports/lateness/").content.decode()) is leads
