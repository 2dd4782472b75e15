"""The pages of both workbooks: who may, from taking one out to applying it, and large ones as jobs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Role
from core import jobs
from core.models import Job, JobState, Notice, StoredFile
from core.workbooks import background
from reports.progress.models import ProgressEntry, ReportEvent
from reports.progress.services import save_draft
from tests.reports.progress.excel.filled import Filled
from tests.reports.progress.scenes import amount

JUSTICE, FINANCE = "QNA-KCQ-003", "QNA-KCQ-004"
MONTH, UNIT = "/reports/excel/2024-09/", f"/reports/{JUSTICE}/2024-09/excel/"
NOBODY = {"administrator": 403, "bloc_head": 403, "nobody": 403}
EXPORTS = {
    MONTH + "workbook/": dict.fromkeys(["secretary", "neighbour", "officer", "leader", "top_officer", "outsider"], 200)
    | NOBODY,
    UNIT + "workbook/": dict.fromkeys(["secretary", "officer", "leader", "bloc_head", "top_officer"], 200)
    | {"administrator": 403, "neighbour": 404, "outsider": 404, "nobody": 404},
}
IMPORTS = {
    MONTH: dict.fromkeys(["secretary", "neighbour", "officer", "top_officer", "outsider"], 200)
    | NOBODY
    | {"leader": 403},
    UNIT: dict.fromkeys(["secretary", "officer", "top_officer"], 200)
    | {"leader": 403, "bloc_head": 403, "administrator": 403, "neighbour": 404, "outsider": 404, "nobody": 404},
}


@pytest.fixture
def blood(resolution) -> str:
    return f"i{resolution.blood.indicator.pk}_amount"


def upload(client, address: str, book: Filled, name="thang-9.xlsx"):
    return client.post(address, {"file": SimpleUploadedFile(name, book.content())})


def agree(client, address: str):
    page = client.get(address)
    return client.post(address, {"fingerprint": page.context["preview"].fingerprint})


def test_who_takes_a_workbook_out_and_who_brings_one_in(request, client, report):
    for address, answers in {**EXPORTS, **IMPORTS}.items():
        for who, answer in answers.items():
            client.force_login(request.getfixturevalue(who))
            assert (address, who, client.get(address).status_code) == (address, who, answer)


def test_a_month_that_is_not_open_has_no_workbook(client, officer, report):
    client.force_login(officer)
    for month in ("2024-10", "2024-13", "thang-9"):
        assert client.get(f"/reports/excel/{month}/").status_code == 404
        assert client.get(f"/reports/excel/{month}/workbook/").status_code == 404


def test_the_form_and_the_matrix_lead_to_the_workbooks(client, secretary, officer, leader, report):
    client.force_login(secretary)
    assert f'href="{UNIT}"' in client.get(f"/reports/{JUSTICE}/2024-09/").content.decode()
    client.force_login(officer)
    assert f'href="{MONTH}"' in client.get("/reports/lateness/").content.decode()
    client.force_login(leader)
    assert f'href="{MONTH}workbook/"' in client.get("/reports/lateness/").content.decode()


def test_a_secretary_brings_the_month_in(client, secretary, report):
    client.force_login(secretary)
    response = client.get(UNIT + "workbook/")
    assert response["Content-Disposition"] == 'attachment; filename="bao-cao-2024-09-qna-kcq-003.xlsx"'
    book = Filled(response.content)
    book.put("Máu hiến", "figure", 12)
    check = upload(client, UNIT, book)
    assert check.status_code == 302
    page = client.get(check.url).content.decode()
    assert "Số trong tháng (tỷ lệ: số đạt)" in page
    done = agree(client, check.url)
    assert done.url == f"/reports/{JUSTICE}/2024-09/"
    assert ProgressEntry.objects.get().amount == 12
    assert StoredFile.objects.count() == 0


def test_an_officer_is_led_back_to_the_form_that_he_fills_in(client, officer, report, unit_book):
    client.force_login(officer)
    book = unit_book(officer)
    book.put("Máu hiến", "figure", 12)
    assert agree(client, upload(client, UNIT, book).url).url == f"/reports/{JUSTICE}/2024-09/?enter=1"
    assert ReportEvent.objects.get().on_behalf


def test_errors_name_the_cell_on_the_page(client, officer, month_book, blood):
    client.force_login(officer)
    book = month_book(officer)
    cell = book.put(JUSTICE, blood, -1)
    check = upload(client, MONTH, book)
    page = client.get(check.url)
    assert page.context["preview"].may_apply is False
    assert f'data-label="Ô">{cell}</td>' in page.content.decode()
    assert client.post(check.url, {"fingerprint": page.context["preview"].fingerprint}).status_code == 409
    assert ProgressEntry.objects.count() == 0


def test_an_old_or_foreign_file_is_refused_where_it_is_chosen(client, officer, report):
    client.force_login(officer)
    old = SimpleUploadedFile("thang-9.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    response = client.post(MONTH, {"file": old})
    assert response.status_code == 422
    assert "Đây là tệp Excel cũ (.xls)" in response.content.decode()
    assert StoredFile.objects.count() == 0


def test_a_workbook_is_only_its_uploaders(client, officer, top_officer, month_book, blood):
    client.force_login(officer)
    book = month_book(officer)
    book.put(JUSTICE, blood, 12)
    check = upload(client, MONTH, book)
    client.force_login(top_officer)
    assert client.get(check.url).url == MONTH


# --- Large ones -------------------------------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch, client, officer, month_book, blood):
    """A filled workbook that counts as large, chosen by the officer; gives the job that looks at it."""
    monkeypatch.setattr(background, "LARGE", 10)
    client.force_login(officer)
    book = month_book(officer)
    book.put(JUSTICE, blood, 12)
    book.put(FINANCE, blood, 0)
    response = upload(client, MONTH, book)
    job = Job.objects.get()
    assert response.url == f"/jobs/{job.pk}/"
    return job


def run(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def applying(client, look: Job) -> Job:
    """Agree to the differences that a job found; gives the job that applies them."""
    response = agree(client, run(look).result_url)
    job = Job.objects.exclude(pk=look.pk).get(state=JobState.QUEUED)
    assert response.url == f"/jobs/{job.pk}/"
    return job


def test_a_large_workbook_is_looked_at_and_applied_by_jobs(client, officer, large):
    run(large)
    assert (large.state, large.progress_done, large.progress_total) == (JobState.DONE, 14, 14)
    assert ProgressEntry.objects.count() == 0
    assert [(row.name, len(row.changes)) for row in client.get(large.result_url).context["preview"].changed] == [
        ("Chi đoàn Sở Tư pháp", 1),
        ("Chi đoàn Sở Tài chính", 1),
    ]
    job = run(applying(client, large))
    assert (job.state, job.result_url) == (JobState.DONE, "/reports/lateness/")
    assert sorted(row.amount for row in ProgressEntry.objects.all()) == [0, 12]
    assert set(ReportEvent.objects.values_list("action", "on_behalf", "actor")) == {("save", True, officer.pk)}
    assert StoredFile.objects.count() == 0
    assert [notice.text for notice in Notice.objects.order_by("pk")] == [
        "Đã đối chiếu xong tệp “thang-9.xlsx”, mời xem các điểm khác.",
        "Đã ghi xong tệp “thang-9.xlsx”: 2 dòng.",
    ]


def test_while_a_job_is_at_work_its_page_is_shown(client, large):
    file = StoredFile.objects.get()
    assert client.get(f"{MONTH}{file.pk}/").url == f"/jobs/{large.pk}/"
    job = applying(client, large)
    assert client.get(large.result_url).url == f"/jobs/{job.pk}/"
    assert client.post(large.result_url, {"give_up": "1"}).url == f"/jobs/{job.pk}/"
    assert Job.objects.count() == 2


def test_a_worker_that_was_killed_applies_once_with_the_next(client, large):
    job = applying(client, large)
    killed = jobs.claim(job.pk)
    outcome = background.apply_workbook(jobs.JobRun(killed))
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    jobs.requeue_silent()
    assert run(job).state == JobState.DONE
    # The first worker was only slow: what it was about to write no longer counts.
    with pytest.raises(jobs.JobLost):
        jobs.finish(killed, outcome)
    run(job)
    assert (ReportEvent.objects.count(), ProgressEntry.objects.count()) == (2, 2)


def test_what_changed_since_is_shown_again_instead_of_written(client, officer, report, large, resolution):
    job = applying(client, large)
    figures = {resolution.blood.indicator.pk: amount(7)}
    save_draft(actor=officer, report=report, entries=figures, narratives={}, version=0)
    run(job)
    assert (job.state, job.result_url) == (JobState.DONE, large.result_url)
    page = client.get(job.result_url)
    assert page.context["stale"]
    assert [change.old for row in page.context["preview"].changed for change in row.changes] == ["7", "–"]
    assert ProgressEntry.objects.get().amount == 7
    assert Notice.objects.order_by("pk").last().text == (
        "Chưa ghi tệp “thang-9.xlsx” vì trong cổng đã có thay đổi. Xin xem lại các điểm khác."
    )
    # Agreed to as it is now, it is written.
    agree(client, job.result_url)
    run(Job.objects.get(state=JobState.QUEUED))
    assert sorted(row.amount for row in ProgressEntry.objects.all()) == [0, 12]


def test_who_lost_the_role_meanwhile_changes_nothing(client, officer, large):
    job = applying(client, large)
    Role.objects.filter(user=officer).update(ended_at=timezone.now())
    run(job)
    assert (job.state, job.error) == (JobState.FAILED, "Bạn không còn quyền nạp tệp này.")
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    assert ProgressEntry.objects.count() == 0


def test_a_job_is_seen_by_who_asked_for_it_only(client, large, top_officer, leader):
    for person in (top_officer, leader):
        client.force_login(person)
        assert client.get(f"/jobs/{large.pk}/").status_code == 404


def test_looking_that_is_called_off_leaves_nothing(client, large):
    client.post(f"/jobs/{large.pk}/cancel/")
    assert StoredFile.objects.count() == 0
    page = client.get(f"/jobs/{large.pk}/").content.decode()
    assert f'href="{MONTH}"' in page


def test_applying_that_is_called_off_can_be_agreed_to_again(client, large):
    job = applying(client, large)
    client.post(f"/jobs/{job.pk}/cancel/")
    assert run(job).state == JobState.CANCELLED
    assert ProgressEntry.objects.count() == 0
    agree(client, large.result_url)
    run(Job.objects.get(state=JobState.QUEUED))
    assert ProgressEntry.objects.count() == 2
