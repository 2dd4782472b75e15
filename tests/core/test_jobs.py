"""Long jobs: claimed once, lost never, and every end written down in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """A kind of job whose work is set by the test."""
    monkeypatch.setattr(jobs, "_kinds", {})

    def use(work, may_see=lambda user, job: job.requested_by_id == user.pk):
        jobs.register("test.work", run=work, may_see=may_see)

    use(lambda run: jobs.JobOutcome())
    return use


@pytest.fixture
def sent(monkeypatch):
    """Which jobs were handed to the broker."""
    from core.tasks import run_job

    ids = []
    monkeypatch.setattr(run_job, "delay", ids.append)
    return ids


def make_job(django_capture_on_commit_callbacks=None, **values):
    return jobs.enqueue(kind="test.work", title="Việc thử", params={"n": 3}, requested_by=values.get("user"))


def test_a_job_is_sent_only_after_the_commit(kind, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = make_job()
        assert sent == []
    assert sent == [job.pk]


def test_a_broker_that_is_down_leaves_the_job_queued(kind, monkeypatch, django_capture_on_commit_callbacks):
    from core.tasks import run_job

    def broken(_id):
        raise run_job.OperationalError("no broker")

    monkeypatch.setattr(run_job, "delay", broken)
    with django_capture_on_commit_callbacks(execute=True):
        job = make_job()
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_an_unknown_kind_is_refused(kind):
    with pytest.raises(KeyError):
        jobs.enqueue(kind="other", title="", params={}, requested_by=None)


def test_the_same_message_twice_does_the_work_once(kind):
    calls = []
    kind(lambda run: calls.append(run.params) or jobs.JobOutcome(result_url="/documents/1/"))
    job = make_job()
    jobs.run(job.pk)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (calls, job.state, job.result_url, job.attempts) == ([{"n": 3}], JobState.DONE, "/documents/1/", 1)


def test_progress_is_written_and_full_at_the_end(kind):
    seen = []

    def work(run):
        run.progress(2, 5, "Đang dựng trang 2")
        seen.append(Job.objects.values_list("progress_done", "progress_total", "progress_text").get())
        return jobs.JobOutcome()

    kind(work)
    job = make_job()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert seen == [(2, 5, "Đang dựng trang 2")]
    assert (job.progress_done, job.progress_total) == (5, 5)


def test_a_failure_in_words_reaches_the_requester_and_an_accident_does_not_show_its_trace(kind):
    def refuse(run):
        raise jobs.JobFailed("Kỳ này chưa có số liệu.")

    kind(refuse)
    job = make_job()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Kỳ này chưa có số liệu.")

    def accident(run):
        raise ZeroDivisionError("secret detail")

    kind(accident)
    assert jobs.retry(job)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error != ""
    assert "secret" not in job.error


def test_a_cancelled_job_stops_at_its_next_sign_and_commits_nothing(kind):
    written = []

    def work(run):
        jobs.cancel(run.job)
        run.progress(1, 2)
        return jobs.JobOutcome(commit=lambda: written.append(1))

    kind(work)
    job = make_job()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, written) == (JobState.CANCELLED, [])


def test_a_worker_that_was_written_off_commits_nothing_when_it_comes_back(kind):
    written = []

    def work(run):
        Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
        jobs.requeue_silent()
        return jobs.JobOutcome(commit=lambda: written.append("ghost"))

    kind(work)
    job = make_job()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, written) == (JobState.QUEUED, [])
    kind(lambda run: jobs.JobOutcome(commit=lambda: written.append("second")))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, written, job.attempts) == (JobState.DONE, ["second"], 2)


def test_what_a_commit_cannot_write_leaves_the_job_undone(kind):
    def work(run):
        def broken():
            raise ValueError

        return jobs.JobOutcome(commit=broken)

    kind(work)
    job = make_job()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_url) == (JobState.FAILED, "")


def test_silent_jobs_are_sent_again_and_living_ones_left_alone(kind, sent):
    silent, living, lost, fresh = (make_job() for _ in range(4))
    for job in (silent, living):
        jobs.claim(job.pk)
    Job.objects.filter(pk=silent.pk).update(heartbeat_at=timezone.now() - timedelta(seconds=16))
    Job.objects.filter(pk=lost.pk).update(created_at=timezone.now() - timedelta(seconds=31))
    sent.clear()
    assert jobs.requeue_silent() == 2
    assert set(sent) == {silent.pk, lost.pk}
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {
        silent.pk: JobState.QUEUED,
        living.pk: JobState.RUNNING,
        lost.pk: JobState.QUEUED,
        fresh.pk: JobState.QUEUED,
    }


def test_a_job_that_waits_in_a_long_queue_is_not_sent_at_every_round(kind, sent):
    job = make_job()
    Job.objects.update(created_at=timezone.now() - timedelta(seconds=31))
    sent.clear()
    assert [jobs.requeue_silent(), jobs.requeue_silent()] == [1, 0]
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=31))
    assert jobs.requeue_silent() == 1
    assert sent == [job.pk, job.pk]


def test_a_job_that_was_asked_for_again_is_sent_even_if_its_message_got_lost(kind, sent):
    job = make_job()
    claimed = jobs.claim(job.pk)
    jobs.fail(claimed, "Hỏng.")
    assert jobs.retry(job) is True
    sent.clear()
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=31))
    assert jobs.requeue_silent() == 1
    assert sent == [job.pk]


def test_a_job_that_kills_its_workers_is_given_up(kind, sent):
    job = make_job()
    for _attempt in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(job.pk) is not None
        Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        jobs.requeue_silent()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "3" in job.error


def test_pages_of_a_job_exist_for_its_requester_alone(kind, client, secretary, neighbour):
    job = make_job(user=secretary)
    client.force_login(neighbour)
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    client.force_login(secretary)
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
