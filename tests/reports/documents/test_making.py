"""A document's job half-way: called off, tried again, failed, delivered twice, taken over. There is one in the end."""

from collections.abc import Callable

import pytest

from core import jobs, paper
from core.models import Job, JobState, StoredFile
from reports.documents import papers, services
from reports.documents.models import OfficialDocument
from reports.documents.services import FILE_KIND, request_report

from .conftest import Q3

SET_WHOLE, SET_IN_PARTS = 500, 10


@pytest.fixture(params=[SET_WHOLE, SET_IN_PARTS])
def asked(request, settings, reported, province, leader) -> OfficialDocument:
    """A report that waits for its worker; the second time it is over the cap, and set section by section."""
    settings.PAPER_ROWS_A_PART = request.param
    document = request_report(actor=leader, unit=province.bloc_union, span=Q3, basis="official")
    document.refresh_from_db()
    return document


@pytest.fixture
def at_page(monkeypatch) -> Callable[[int, Callable[[], object]], list[str]]:
    """Have something happen just before a page is told; what is told stands in the list."""

    def arrange(page: int, happens: Callable[[], object]) -> list[str]:
        told: list[str] = []
        progress = jobs.JobRun.progress

        def spy(run: jobs.JobRun, done: int, total: int, text: str = "") -> None:
            told.append(text)
            if text.casefold().endswith(f"trang {page}"):
                happens()
            progress(run, done, total, text)

        monkeypatch.setattr(jobs.JobRun, "progress", spy)
        return told

    return arrange


def made(document: OfficialDocument) -> tuple[str, int, int]:
    """How its job ended, how often it was rendered, and how many files there are of it."""
    document.refresh_from_db()
    assert document.job is not None
    files = StoredFile.objects.filter(kind=FILE_KIND, subject=str(document.pk))
    return document.job.state, document.events.filter(action="rendered").count(), files.count()


def test_pages_are_told_and_of_a_large_report_its_parts(asked, at_page, settings) -> None:
    told = at_page(0, lambda: None)
    jobs.run(asked.job_id)
    assert made(asked) == (JobState.DONE, 1, 1)
    if settings.PAPER_ROWS_A_PART == SET_WHOLE:
        assert told[1:4] == ["Đang dàn trang", "Trang 1", "Trang 2"]
    else:
        assert told[1:3] == ["Đang dàn trang", "Phần 1/4, trang 1"]
        parts = [text.partition(",")[0] for text in told[2:]]
        assert list(dict.fromkeys(parts)) == ["Phần 1/4", "Phần 2/4", "Phần 3/4", "Phần 4/4"]
    with asked.file.content.open("rb") as content:
        assert paper.page_count(content.read()) == 6


def test_called_off_between_two_pages_it_stops_and_can_be_tried_again(
    asked, at_page, monkeypatch, client, leader
) -> None:
    told = at_page(4, lambda: jobs.cancel(Job.objects.get(pk=asked.job_id)))
    jobs.run(asked.job_id)
    assert told[-1].casefold().endswith("trang 4")
    assert made(asked) == (JobState.CANCELLED, 0, 0)
    assert asked.file is None

    monkeypatch.undo()
    client.force_login(leader)
    again = f'href="/jobs/{asked.job_id}/"'
    assert again in client.get(f"/documents/{asked.pk}/").content.decode()
    assert f'action="/jobs/{asked.job_id}/retry/"' in client.get(f"/jobs/{asked.job_id}/").content.decode()
    client.post(f"/jobs/{asked.job_id}/retry/")
    jobs.run(asked.job_id)
    assert made(asked) == (JobState.DONE, 1, 1)


def test_a_worker_that_was_taken_for_dead_writes_nothing_any_more(asked) -> None:
    silent = jobs.claim(asked.job_id)
    assert silent is not None
    Job.objects.filter(pk=silent.pk).update(state=JobState.QUEUED, claim=None)
    jobs.run(asked.job_id)
    with pytest.raises(jobs.JobLost):
        services.make_draft(jobs.JobRun(silent))
    assert made(asked) == (JobState.DONE, 1, 1)


def test_a_message_that_comes_twice_makes_one_document(asked) -> None:
    jobs.run(asked.job_id)
    jobs.run(asked.job_id)
    assert made(asked) == (JobState.DONE, 1, 1)


def test_a_failure_is_said_in_words_on_the_page_and_can_be_tried_again(asked, monkeypatch, client, leader) -> None:
    def break_down(*_args: object, **_more: object) -> bytes:
        raise paper.PaperError("no room on the sheet at 0x7f")

    monkeypatch.setattr(papers, "render_pdf", break_down)
    jobs.run(asked.job_id)
    assert made(asked) == (JobState.FAILED, 0, 0)
    client.force_login(leader)
    page = client.get(f"/documents/{asked.pk}/").content.decode()
    assert "Công việc dừng lại do lỗi của hệ thống" in page
    assert "0x7f" not in page

    monkeypatch.undo()
    client.post(f"/jobs/{asked.job_id}/retry/")
    jobs.run(asked.job_id)
    assert made(asked) == (JobState.DONE, 1, 1)


def test_the_page_says_what_the_file_was_generated_as(asked, client, leader) -> None:
    jobs.run(asked.job_id)
    client.force_login(leader)
    page = client.get(f"/documents/{asked.pk}/").content.decode()
    assert "Tạo theo chuẩn PDF/A-3a, chưa qua kiểm định" in page
    asked.refresh_from_db()
    asked.file.content.storage.delete(asked.file.content.name)
    page = client.get(f"/documents/{asked.pk}/")
    assert page.status_code == 200
    assert "Tạo theo chuẩn" not in page.content.decode()


def test_several_asked_for_at_once_are_each_made_once(settings, reported, province, leader) -> None:
    documents = [
        request_report(actor=leader, unit=province.bloc_union, span=Q3, basis=basis)
        for basis in ("official", "provisional", "official")
    ]
    for document in [*reversed(documents), *documents]:
        document.refresh_from_db()
        jobs.run(document.job_id)
    assert [made(document) for document in documents] == [(JobState.DONE, 1, 1)] * 3
