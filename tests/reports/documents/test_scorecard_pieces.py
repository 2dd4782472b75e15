"""A ZIP of scorecards that several workers make together: whoever dies or comes late, there is one, and it is whole."""

import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone

from core import jobs
from core.models import Job, JobState, Notice, StoredFile
from reports.documents import tasks
from reports.documents.scorecards import pieces, services
from reports.documents.scorecards.context import Scorecard
from reports.documents.scorecards.models import ScorecardPiece
from reports.documents.scorecards.selectors import units_beneath
from reports.documents.scorecards.services import ALL, help_with_scorecards, request_all_scorecards
from targets.calendar import Month

SEPTEMBER = Month(2024, 9)
NAMES = [f"QNA-KCQ-00{number}" for number in (1, 2, 3, 4)]


@pytest.fixture(autouse=True)
def one_page_at_a_time(monkeypatch) -> None:
    """A helper's while is over after one page."""
    monkeypatch.setattr(services, "HELP_SECONDS", 0.0)


@pytest.fixture
def job(reported, province, officer) -> Job:
    return request_all_scorecards(actor=officer, body=province.bloc_union, month=SEPTEMBER, basis="official")


@pytest.fixture
def rendering(monkeypatch) -> Callable[[dict[int, Callable[[], object]]], list[str]]:
    """Pages are the units' names; before the n-th one is made something happens. The list says which were made."""

    def arrange(happens: dict[int, Callable[[], object]]) -> list[str]:
        made: list[str] = []

        def page(card: Scorecard) -> bytes:
            made.append(card.unit)
            happens.get(len(made), lambda: None)()
            return card.unit.encode()

        monkeypatch.setattr(services, "render_scorecard_pdf", page)
        return made

    return arrange


def outcome(job: Job) -> tuple[str, list[str], int]:
    """State, the codes of the units in the ZIP (none without a ZIP), and how many pieces are left."""
    job.refresh_from_db()
    assert StoredFile.objects.filter(kind=ALL).count() == (job.state == JobState.DONE)
    names: list[str] = []
    if job.result_file:
        with job.result_file.content.open("rb") as stored, zipfile.ZipFile(BytesIO(stored.read())) as archive:
            names = [name[:11] for name in archive.namelist()]
            assert len({archive.read(name) for name in archive.namelist()}) == len(names)
    return job.state, names, ScorecardPiece.objects.count()


def laid_out(job: Job, province) -> Job:
    """The job as a worker holds it that has shared its pieces out and not made any."""
    claimed = jobs.claim(job.pk)
    assert claimed is not None
    pieces.lay_out(claimed, units_beneath(province.bloc_union, SEPTEMBER))
    return claimed


def test_a_helper_s_page_is_in_the_zip_and_none_is_made_twice(job, rendering) -> None:
    helped: list[bool] = []
    made = rendering({1: lambda: helped.append(help_with_scorecards(job.pk))})
    jobs.run(job.pk)
    assert outcome(job) == (JobState.DONE, NAMES, 0)
    assert (helped, len(made), len(set(made))) == ([True], 4, 4)


def test_made_together_it_is_the_same_zip_as_made_alone(job, rendering, officer, province) -> None:
    made = rendering({1: lambda: [help_with_scorecards(job.pk) for _page in range(2)]})
    jobs.run(job.pk)
    alone = request_all_scorecards(actor=officer, body=province.bloc_union, month=SEPTEMBER, basis="official")
    rendering({})
    jobs.run(alone.pk)
    job.refresh_from_db()
    alone.refresh_from_db()
    assert made[0] != made[1]
    assert job.result_file.sha256 == alone.result_file.sha256


def test_a_page_whose_helper_died_is_taken_again_after_a_while(job, rendering, province, monkeypatch) -> None:
    made, waited = rendering({1: lambda: pieces.claim(job.pk)}), []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        silent_since = timezone.now() - jobs.SILENT_AFTER - timedelta(seconds=1)
        ScorecardPiece.objects.filter(pdf__isnull=True).update(claimed_at=silent_since)

    monkeypatch.setattr(services.time, "sleep", sleep)
    jobs.run(job.pk)
    assert outcome(job) == (JobState.DONE, NAMES, 0)
    assert len(waited) == 1
    assert made[-1] == province.college.name  # the second one, which the helper had taken


def test_a_helper_that_comes_back_late_changes_nothing(job, rendering, province) -> None:
    claimed = laid_out(job, province)
    late = pieces.claim(claimed.pk)
    assert late is not None
    ScorecardPiece.objects.filter(pk=late.pk).update(claimed_at=timezone.now() - timedelta(minutes=1))
    again = pieces.claim(claimed.pk)
    assert again is not None
    assert again.pk == late.pk
    assert pieces.keep(again, b"mine")
    assert not pieces.keep(late, b"too late")
    pieces.give_back(late)
    assert bytes(ScorecardPiece.objects.get(pk=late.pk).pdf) == b"mine"


def test_what_a_dead_leader_left_is_not_made_again(job, rendering, province, officer) -> None:
    made = rendering({})
    laid_out(job, province)
    assert [help_with_scorecards(job.pk) for _page in range(3)] == [True, True, True]
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    jobs.requeue_silent()
    jobs.run(job.pk)
    assert outcome(job) == (JobState.DONE, NAMES, 0)
    assert len(made) == 4
    assert Notice.objects.filter(recipient=officer, kind="reports.document").count() == 1


def test_called_off_nothing_is_left_and_helpers_go_home(job, rendering) -> None:
    made = rendering({2: lambda: jobs.cancel(Job.objects.get(pk=job.pk))})
    jobs.run(job.pk)
    assert outcome(job) == (JobState.CANCELLED, [], 0)
    assert len(made) == 2
    assert help_with_scorecards(job.pk) is False
    assert len(made) == 2


def test_a_helper_whose_page_is_wanted_no_more_keeps_nothing(job, rendering, province) -> None:
    claimed = laid_out(job, province)
    rendering({1: lambda: jobs.cancel(Job.objects.get(pk=claimed.pk))})
    assert help_with_scorecards(job.pk) is False
    assert outcome(job) == (JobState.CANCELLED, [], 0)


def test_what_breaks_down_at_a_helper_the_leader_says(job, rendering, caplog) -> None:
    def break_down() -> None:
        raise RuntimeError("no sheet")

    helped: list[bool] = []
    rendering({1: lambda: helped.append(help_with_scorecards(job.pk)), 2: break_down, 3: break_down})
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (helped, outcome(job)) == ([False], (JobState.FAILED, [], 0))
    assert job.error.startswith("Công việc dừng lại do lỗi của hệ thống.")
    rendering({})
    assert jobs.retry(job)
    jobs.run(job.pk)
    assert outcome(job) == (JobState.DONE, NAMES, 0)


def test_a_helper_makes_pages_for_a_while(job, rendering, province, monkeypatch) -> None:
    made = rendering({})
    laid_out(job, province)
    monkeypatch.setattr(services, "HELP_SECONDS", 60.0)
    assert help_with_scorecards(job.pk) is False  # there was nothing more to be made
    assert len(made) == 4


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_without_a_leader_nobody_helps(job, rendering, province, state) -> None:
    made = rendering({})
    laid_out(job, province)
    Job.objects.filter(pk=job.pk).update(state=state)
    assert (help_with_scorecards(job.pk), made) == (False, [])


def test_a_job_of_another_kind_gets_no_help(job, rendering, province) -> None:
    made = rendering({})
    laid_out(job, province)
    Job.objects.filter(pk=job.pk).update(kind="reports.render_document")
    assert (help_with_scorecards(job.pk), made) == (False, [])


def test_a_helper_comes_again_behind_other_work_as_long_as_it_was_of_use(job, rendering, province, monkeypatch) -> None:
    rendering({})
    laid_out(job, province)
    sent: list[int] = []
    monkeypatch.setattr(tasks.help_with_scorecards, "delay", sent.append)
    for _page in range(5):
        tasks.help_with_scorecards(job.pk)
    assert sent == [job.pk] * 4


@pytest.mark.parametrize(("most", "asked"), [(7, 3), (2, 2)])
def test_helpers_are_asked_but_never_more_than_there_are_pages(
    most, asked, job, rendering, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    rendering({})
    sent: list[int] = []
    monkeypatch.setattr(services, "MOST_HELPERS", most)
    monkeypatch.setattr(tasks.help_with_scorecards, "delay", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run(job.pk)
    assert sent == [job.pk] * asked


def test_a_broker_that_does_not_answer_only_costs_the_help(
    job, rendering, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    def refuse(_job_id: int) -> None:
        raise tasks.help_with_scorecards.OperationalError

    rendering({})
    monkeypatch.setattr(tasks.help_with_scorecards, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run(job.pk)
    assert outcome(job) == (JobState.DONE, NAMES, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer; its tests share a connection")
def test_two_workers_at_the_same_moment_take_different_pages(job, province) -> None:
    claimed = laid_out(job, province)
    barrier, taken = threading.Barrier(2), []

    def take() -> None:
        try:
            for _page in range(2):
                barrier.wait(timeout=10)
                piece = pieces.claim(claimed.pk)
                assert piece is not None
                taken.append(piece.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=take) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(ScorecardPiece.objects.values_list("pk", flat=True))
    assert pieces.claim(claimed.pk) is None
