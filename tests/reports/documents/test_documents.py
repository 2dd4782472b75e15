"""From the totals to an issued paper: what it says, who may have it, and that it stays as it was."""

import hashlib
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import jobs
from core.models import Job, JobState, Notice
from reports.documents.building import kind_of, spans_up_to
from reports.documents.context import PeriodicReport
from reports.documents.models import DocumentEvent, OfficialDocument
from reports.documents.services import request_issue, request_report
from reports.enums import DocumentState
from reports.progress.services import reopen_report
from reports.rollups.services import drain_dirty
from targets.calendar import Month, Span
from tests.making import count_queries
from tests.reports.documents.conftest import Q3
from tests.reports.progress.scenes import report_of


def report_in(document) -> PeriodicReport:
    return PeriodicReport.from_snapshot(document.snapshot)


def row_of(document, clause: str):
    return next(row for row in report_in(document).targets if row.clause == clause)


def text_of(document, tmp_path) -> str:
    path = tmp_path / "document.pdf"
    path.write_bytes(document.file.content.open("rb").read())
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def issue(document, leader, number=86, dated=date(2024, 10, 5)):
    request_issue(actor=leader, document=document, number=number, dated=dated)
    document.refresh_from_db()
    jobs.run(document.job_id)
    document.refresh_from_db()
    return document


def test_an_official_paper_counts_approved_reports_only(drafted):
    row = row_of(drafted("official"), "1.1")
    assert (row.to_date.amount, row.in_span.amount) == (Decimal(12), Decimal(12))
    assert (row.minimum, row.maximum, row.percent) == (Decimal(150), Decimal(200), Decimal(8))


def test_a_provisional_paper_counts_submitted_ones_too_and_says_so_on_every_page(made, tmp_path):
    document = made("provisional")
    assert row_of(document, "1.1").to_date.amount == Decimal(32)
    pages = text_of(document, tmp_path).rstrip("\f").split("\f")
    assert len(pages) > 3
    assert all("SỐ LIỆU TẠM TÍNH" in page and "DỰ THẢO" in page for page in pages)


def test_missing_is_a_dash_and_a_restatement_is_not_counted_again(drafted):
    report = report_in(drafted())
    assert [row.clause for row in report.targets] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8"]
    assert row_of(drafted(), "1.2").to_date.kind == "missing"
    assert "2.2" in row_of(drafted(), "1.3").content


def test_the_annex_by_unit_adds_up_to_the_annex_of_targets(drafted):
    report = report_in(drafted("provisional"))
    annex = report.units
    column = [column.clause for column in annex.columns].index("1.1")
    cells = {row.name: row.cells[column] for bloc in annex.blocs for row in bloc.rows}
    assert cells["Chi đoàn Sở Tư pháp"].amount == Decimal(12)
    assert cells["Đoàn cơ sở Bệnh viện Đa khoa"].amount == Decimal(20)
    assert cells["Chi đoàn Sở Tài chính"].kind == "missing"
    assert [(bloc.name, bloc.sums[column].kind) for bloc in annex.blocs] == [
        ("Khối thi đua số 1", "amount"),
        ("Khối thi đua số 2", "missing"),
    ]
    assert annex.blocs[0].sums[column].amount == annex.totals[column].amount == Decimal(32)


def test_what_a_closed_unit_gave_has_a_row_of_its_own_and_the_column_still_adds_up(
    gave_in_july, close_finance, drafted
):
    close_finance(date(2024, 8, 1))
    annex = report_in(drafted()).units
    column = [column.clause for column in annex.columns].index("1.1")
    rows = {row.name: row.cells[column].amount for bloc in annex.blocs for row in bloc.rows}
    assert rows["Chi đoàn Sở Tài chính"] == Decimal(6)
    assert not rows["Chi đoàn Sở Kế hoạch - Tài chính"]
    assert sum(value for value in rows.values() if value) == annex.totals[column].amount == Decimal(18)
    assert [bloc.sums[column].amount for bloc in annex.blocs] == [Decimal(12), Decimal(6)]


def test_who_reported_is_told_by_the_basis(drafted):
    official, provisional = report_in(drafted("official")), report_in(drafted("provisional"))
    assert (official.basis.reported, official.basis.required) == (1, 4)
    assert (provisional.basis.reported, provisional.basis.required) == (2, 4)
    marks = {row.unit: [mark.timeliness for mark in row.marks] for row in official.reporting.rows}
    assert marks["Chi đoàn Sở Tài chính"] == ["missing", "missing", "missing"]


def test_who_reported_is_listed_bloc_by_bloc(drafted):
    rows = report_in(drafted()).reporting.rows
    assert [row.bloc for row in rows] == [*["Khối thi đua số 1"] * 2, *["Khối thi đua số 2"] * 2]


def test_the_units_own_words_stand_under_the_plans_heading(drafted):
    movements = next(topic for topic in report_in(drafted()).topics if topic.code == "movements")
    assert "Chi đoàn Sở Tư pháp: Đã vận động 5 đoàn viên hiến máu." in movements.paragraphs
    assert not any("bệnh viện" in paragraph for paragraph in movements.paragraphs)


def test_a_draft_stays_as_it_was_when_the_data_changes(made, drafted, periods, province, officer, tmp_path):
    document = made()
    before = text_of(document, tmp_path)
    reopen_report(actor=officer, report=report_of(province.justice, periods[9]), reason="Sửa số liệu")
    drain_dirty()
    document.refresh_from_db()
    assert row_of(document, "1.1").to_date.amount == Decimal(12)
    assert text_of(document, tmp_path) == before
    assert row_of(drafted(), "1.1").to_date.amount == Decimal(7)


def test_issuing_gives_number_date_and_code_and_keeps_every_figure(made, leader, tmp_path, client):
    document = made()
    figures = report_in(document).targets
    issue(document, leader)
    assert (document.state, document.number, document.symbol) == (DocumentState.ISSUED, 86, "BC/ĐTN")
    assert report_in(document).targets == figures
    text = text_of(document, tmp_path)
    assert "Số: 86-BC/ĐTN" in text
    assert "ngày 05 tháng 10 năm 2024" in text
    assert "DỰ THẢO" not in text
    assert len(document.verify_code) == 14
    stored = document.file.content.open("rb").read()
    assert hashlib.sha256(stored).hexdigest() == document.file.sha256
    page = client.get(f"/verify/{document.verify_code}/").content.decode()
    assert document.file.sha256 in page
    assert "86-BC/ĐTN" in page
    assert "hiến máu" not in page.lower()
    assert [event.action for event in DocumentEvent.objects.order_by("pk")] == ["requested", "rendered", "issued"]


def test_strangers_learn_nothing_of_drafts_or_of_codes_that_are_not(drafted, client):
    document = drafted()
    assert client.get("/verify/AAAAAAAAAAAAAA/").status_code == 404
    assert client.get(f"/verify/{document.pk}/").status_code == 404


def test_a_stranger_with_an_unknown_code_reads_what_to_do(drafted, client):
    document = drafted()
    answer = client.get("/verify/AAAAAAAAAAAAAA/")
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Không có văn bản nào mang mã này" in said
    assert "không có số 0, số 1, chữ I và chữ O" in said
    assert document.unit.name not in said


def test_a_number_is_given_once_a_year(drafted, leader):
    issue(drafted(), leader, number=7)
    with pytest.raises(ValidationError) as error:
        request_issue(actor=leader, document=drafted(), number=7, dated=date(2024, 9, 30))
    assert set(error.value.message_dict) == {"number"}


def test_an_issued_document_is_not_issued_again(drafted, leader):
    document = issue(drafted(), leader)
    with pytest.raises(ValidationError):
        request_issue(actor=leader, document=document, number=87, dated=date(2024, 10, 6))


@pytest.mark.parametrize(
    ("who", "asks", "issues"),
    [
        ("leader", True, True),
        ("officer", True, False),
        ("top_leader", True, True),
        ("secretary", False, False),
        ("administrator", False, False),
        ("bloc_head", False, False),
        ("outside_leader", False, False),
        ("nobody", False, False),
    ],
)
def test_who_has_documents_made_and_who_issues_them(who, asks, issues, request, drafted, province):
    user = request.getfixturevalue(who)
    if asks:
        assert request_report(actor=user, unit=province.bloc_union, span=Q3, basis="official").pk
    else:
        with pytest.raises(PermissionDenied):
            request_report(actor=user, unit=province.bloc_union, span=Q3, basis="official")
    document = drafted()
    if issues:
        request_issue(actor=user, document=document, number=1, dated=date(2024, 10, 5))
        assert Job.objects.get(kind="reports.issue_document").params["document_id"] == document.pk
    else:
        with pytest.raises(PermissionDenied):
            request_issue(actor=user, document=document, number=1, dated=date(2024, 10, 5))


@pytest.mark.parametrize(
    ("who", "register", "page"),
    [
        ("leader", 200, 200),
        ("officer", 200, 200),
        ("secretary", 403, 404),
        ("administrator", 403, 404),
        ("bloc_head", 403, 404),
        ("outside_leader", 200, 404),
        ("nobody", 403, 404),
    ],
)
def test_pages_files_and_jobs_of_a_document_exist_in_scope_only(who, register, page, request, drafted, client):
    document = drafted()
    client.force_login(request.getfixturevalue(who))
    assert client.get("/documents/").status_code == register
    assert client.get(f"/documents/{document.pk}/").status_code == page
    assert client.get(f"/files/{document.file_id}/").status_code == page
    assert client.get(f"/jobs/{document.job_id}/").status_code == page
    issued = client.post(f"/documents/{document.pk}/issue/", {"number": "1", "dated": "2024-10-05"}).status_code
    assert issued == {404: 404, 200: 403 if who == "officer" else 302}[page]


def test_the_requester_is_told_when_the_draft_is_ready(made, leader):
    document = made()
    notice = Notice.objects.get(recipient=leader)
    assert notice.url == f"/documents/{document.pk}/"


def test_a_right_that_ended_before_the_job_ran_is_no_right(reported, leader, province):
    document = request_report(actor=leader, unit=province.bloc_union, span=Q3, basis="official")
    document.refresh_from_db()
    leader.roles.update(ended_at="2024-10-05T00:00:00+07:00")
    jobs.run(document.job_id)
    job = Job.objects.get(pk=document.job_id)
    assert (job.state, job.result_file) == (JobState.FAILED, None)


def test_a_span_whose_months_are_not_open_fails_in_words(made):
    document = made(span=Span.parse("2024"))
    assert document.job.state == JobState.FAILED
    assert document.job.error == "Chưa mở đủ các kỳ báo cáo của năm 2024, nên chưa lập được báo cáo."
    assert OfficialDocument.objects.get().snapshot is None


def test_asking_on_the_page_leads_to_the_job_and_a_wrong_span_back_to_the_form(reported, client, leader):
    client.force_login(leader)
    good = {"unit": "QNA-KCQ", "span": "2024-Q3", "basis": "official"}
    response = client.post("/documents/ask/", good)
    document = OfficialDocument.objects.get()
    assert (response.status_code, response.url) == (302, f"/jobs/{document.job_id}/")
    for wrong in ({"span": "2024-13"}, {"unit": "KGI"}, {"basis": "guess"}, {"span": ""}):
        response = client.post("/documents/ask/", {**good, **wrong})
        assert response.status_code == 422
        assert list(response.context["form"].errors) == list(wrong)
    assert OfficialDocument.objects.count() == 1


def test_kinds_and_names_of_spans():
    codes = ["2024-09", "2024-Q3", "2024-H1", "2024-9M", "2024"]
    assert [str(kind_of(Span.parse(code))) for code in codes] == [
        "monthly",
        "quarterly",
        "half-year",
        "nine-month",
        "annual",
    ]
    assert [code for code, _name in spans_up_to([Month(2024, 8), Month(2024, 9)])] == [
        "2024-9M",
        "2024-Q3",
        "2024-09",
        "2024-08",
    ]


def test_a_longer_register_asks_no_more_of_the_database(drafted, client, leader):
    document = drafted()
    client.force_login(leader)
    client.get("/documents/")
    few = count_queries(lambda: client.get("/documents/"))
    others = [
        OfficialDocument(
            unit=document.unit,
            kind="monthly",
            span="2024-09",
            title=f"Báo cáo {number}",
            basis="official",
            created_at=document.created_at,
            file=document.file,
            job=document.job,
        )
        for number in range(29)
    ]
    OfficialDocument.objects.bulk_create(others)
    assert len(client.get("/documents/").context["page"].object_list) == 30
    assert count_queries(lambda: client.get("/documents/")) == few


def test_the_register_is_searched_without_diacritics(drafted, client, leader):
    drafted()
    client.force_login(leader)
    found = [client.get("/documents/", {"q": wish}).context["page"].paginator.count for wish in ("quy iii", "quy iv")]
    assert found == [1, 0]
