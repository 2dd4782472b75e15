"""An officer enters for a unit that has no computer: found, marked, told, and approved by somebody else."""

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Notice
from reports.progress.models import ProgressEntry, ProgressReport
from reports.progress.services import approve_reports, return_report, save_draft, submit_report
from tests.reports.progress.scenes import bring_to
from tests.reports.progress.test_pages import name, text_of

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"


def test_from_the_page_of_a_missing_report_to_somebody_elses_approval(
    client, report, resolution, secretary, officer, top_officer, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    page = client.get(ADDRESS)
    assert "Đơn vị chưa nhập báo cáo này. Đơn vị không có máy tính thì bạn nhập thay được" in text_of(page)
    assert f'href="{ADDRESS}?enter=1"' in page.content.decode()
    form = client.get(f"{ADDRESS}?enter=1")
    assert "Bạn đang nhập thay Chi đoàn Sở Tư pháp" in text_of(form)
    assert "Gửi báo cáo thay đơn vị" in text_of(form)
    with django_capture_on_commit_callbacks(execute=True):
        saved = client.post(f"{ADDRESS}save/", {"version": 0, name(resolution.blood): "5"})
        again = client.post(f"{ADDRESS}save/", {"version": 1, name(resolution.blood): "6"})
    assert (saved["Location"], again["Location"]) == (f"{ADDRESS}?enter=1", f"{ADDRESS}?enter=1")
    with django_capture_on_commit_callbacks(execute=True):
        receipt = client.post(f"{ADDRESS}submit/", {"version": 2, name(resolution.blood): "6"}, follow=True)
    said = text_of(receipt)
    assert "Đã nộp thay Chi đoàn Sở Tư pháp lúc" in said
    assert "Cán bộ Đoàn Khối nộp thay đơn vị lúc" in said
    assert "Cán bộ Đoàn Khối nhập số liệu thay đơn vị" in said
    assert "Cán bộ Đoàn Khối nộp báo cáo thay đơn vị" in said
    assert list(report.events.values_list("action", "on_behalf")) == [("save", True), ("submit", True)]
    assert set(ProgressEntry.objects.filter(report=report).values_list("amount", "entered_by")) == {(6, officer.pk)}
    assert list(Notice.objects.order_by("pk").values_list("recipient", "kind", "text", "url")) == [
        (secretary.pk, "reports.on_behalf", f"Cán bộ Đoàn Khối {did} Chi đoàn Sở Tư pháp.", ADDRESS)
        for did in ("đang nhập báo cáo tháng 9/2024 thay", "đã nộp báo cáo tháng 9/2024 thay")
    ]
    queue = client.get("/reports/review/")
    assert "Bạn nhập" in text_of(queue)
    assert "approve" not in queue.context["open_to"]
    assert client.post(f"{ADDRESS}approve/").status_code == 403
    client.force_login(top_officer)
    assert "nhập thay đơn vị" in text_of(client.get("/reports/review/"))
    assert client.post(f"{ADDRESS}approve/").status_code == 302
    assert ProgressReport.objects.get(pk=report.pk).approved_by == top_officer


def test_the_units_own_work_tells_nobody(report, secretary, officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bring_to("submitted", report, secretary=secretary, officer=officer)
    assert not Notice.objects.exists()


def test_who_may_reopen_reads_what_it_means(client, report, secretary, officer, leader):
    bring_to("approved", report, secretary=secretary, officer=officer)
    words = "Mở lại báo cáo thì số liệu tháng này rút ngay khỏi mọi tổng hợp"
    for who, reads in ((officer, True), (leader, False), (secretary, False)):
        client.force_login(who)
        assert (words in text_of(client.get(ADDRESS))) is reads, who


def test_what_one_handed_in_oneself_since_it_was_read_is_passed_over(report, secretary, officer):
    read = bring_to("submitted", report, secretary=secretary, officer=officer)
    version = read.version
    sent_back = return_report(actor=officer, report=ProgressReport.objects.get(pk=read.pk), reason="Thiếu số liệu.")
    draft = save_draft(actor=officer, report=sent_back, entries={}, narratives={}, version=sent_back.version)
    now = submit_report(actor=officer, report=draft, version=draft.version)
    read.version = version
    assert approve_reports(actor=officer, reports=[read]) == []
    with pytest.raises(PermissionDenied):
        approve_reports(actor=officer, reports=[now])
