"""Long work as rows: ``queued → running → done / failed / cancelled``.

A broker may lose a message or bring it twice, and a worker may be killed: the row is the truth.
It is claimed by a conditional update; every later write is conditional on the claim, so work that
was taken over by another worker can no longer write. What the work is belongs to the app that
registered its kind.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import health
from .models import Job, JobState, StoredFile

log = logging.getLogger(__name__)

HEARTBEAT_EVERY = timedelta(seconds=5)
SILENT_AFTER = timedelta(seconds=15)
UNSENT_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 3


class JobLost(Exception):
    """Another worker has taken the job over; stop without writing."""


class JobCancelled(Exception):
    """The person who asked for the job called it off; stop."""


class JobFailed(Exception):
    """The job cannot be done, for a reason that its requester should read."""


@dataclass(frozen=True)
class JobOutcome:
    """What a job made. ``commit`` runs in the transaction that marks the job done, hence at most once."""

    result_file: StoredFile | None = None
    result_url: str = ""
    commit: Callable[[], None] | None = None


class JobRun:
    """What a running job sees of its row."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params: dict[str, Any] = job.params

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is. Raises JobLost or JobCancelled where it must stop."""
        self._write(progress_done=min(done, total), progress_total=total, progress_text=text[:250])

    def heartbeat(self) -> None:
        """Say that the worker lives. Raises JobLost or JobCancelled where it must stop."""
        self._write()

    def _write(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.job.pk, claim=self.job.claim, state=JobState.RUNNING)
        if not mine.update(heartbeat_at=timezone.now(), **values):
            cancelled = Job.objects.filter(pk=self.job.pk, state=JobState.CANCELLED).exists()
            raise JobCancelled if cancelled else JobLost


@dataclass(frozen=True)
class JobKind:
    run: Callable[[JobRun], JobOutcome]
    may_see: Callable[[Any, Job], bool]
    left_undone: Callable[[Job], None]


_kinds: dict[str, JobKind] = {}


def register(
    kind: str,
    *,
    run: Callable[[JobRun], JobOutcome],
    may_see: Callable[[Any, Job], bool],
    left_undone: Callable[[Job], None] = lambda _job: None,
) -> None:
    """Name a kind of work, how it is done, and who may see a job of it (asked at every look).

    ``left_undone`` takes away what was kept for a job; called in the transaction in which one fails or is called off.
    """
    _kinds[kind] = JobKind(run=run, may_see=may_see, left_undone=left_undone)


def may_see(user: Any, job: Job) -> bool:
    """Whether the job and what it made exist for this person."""
    return job.kind in _kinds and _kinds[job.kind].may_see(user, job)


def enqueue(*, kind: str, title: str, params: dict[str, Any], requested_by: Any) -> Job:
    """Write the job down; a worker gets it once the transaction is committed.

    Raises KeyError where nobody registered the kind.
    """
    if kind not in _kinds:
        raise KeyError(kind)
    job = Job.objects.create(kind=kind, title=title[:250], params=params, requested_by=requested_by)
    transaction.on_commit(lambda: send(job.pk))
    return job


def send(job_id: int) -> None:
    """Hand the job to the broker. A broker that is down is no error: beat sends it again."""
    from .tasks import run_job

    try:
        run_job.delay(job_id)
    except run_job.OperationalError:
        log.warning("Job %s stays queued: the broker does not answer.", job_id)


def claim(job_id: int) -> Job | None:
    """Take a queued job for this worker; null where there is nothing to take."""
    token, moment = uuid.uuid4(), timezone.now()
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        claim=token,
        started_at=moment,
        heartbeat_at=moment,
        attempts=F("attempts") + 1,
        error="",
    )
    return Job.objects.get(pk=job_id, claim=token) if taken else None


def run(job_id: int) -> None:
    """Claim and do a job, and write down how it ended. Never raises for what the work raises."""
    job = claim(job_id)
    if job is None:
        return
    with override(settings.LANGUAGE_CODE), _Heart(job):
        try:
            outcome = _kinds[job.kind].run(JobRun(job))
            finish(job, outcome)
        except (JobLost, JobCancelled) as stop:
            log.info("Job %s stops: %s.", job.pk, type(stop).__name__)
        except JobFailed as failure:
            fail(job, str(failure))
        except Exception:
            log.exception("Job %s failed.", job.pk)
            fail(job, _("The work stopped because of an error in the portal. The administrator finds it in the log."))


def finish(job: Job, outcome: JobOutcome) -> None:
    """Mark the job done and commit what it made, together. Raises JobLost where it is not ours any more."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING)
        done = mine.update(
            state=JobState.DONE,
            finished_at=timezone.now(),
            progress_done=F("progress_total"),
            result_file=outcome.result_file,
            result_url=outcome.result_url,
        )
        if not done:
            raise JobLost
        if outcome.commit:
            outcome.commit()


def fail(job: Job, why: str) -> None:
    """Mark the job failed, with a sentence for its requester; nothing where it is not ours any more."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.RUNNING)
        if mine.update(state=JobState.FAILED, finished_at=timezone.now(), error=why):
            _leave_undone(job)


def cancel(job: Job) -> bool:
    """Call a job off; false where it had ended already. A running one stops at its next sign of life."""
    with transaction.atomic():
        alive = Job.objects.filter(pk=job.pk, state__in=[JobState.QUEUED, JobState.RUNNING])
        ended = alive.update(state=JobState.CANCELLED, finished_at=timezone.now())
        if ended:
            _leave_undone(job)
    return bool(ended)


def _leave_undone(job: Job) -> None:
    if job.kind in _kinds:  # a kind may have been given up since
        _kinds[job.kind].left_undone(job)


def retry(job: Job) -> bool:
    """Queue a failed or cancelled job again; false where it is in another state."""
    ended = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    queued = ended.update(
        state=JobState.QUEUED, claim=None, attempts=0, error="", finished_at=None, progress_done=0, progress_total=0
    )
    if queued:
        transaction.on_commit(lambda: send(job.pk))
    return bool(queued)


def requeue_silent() -> int:
    """Queue jobs whose worker died again, and send queued ones whose message got lost.

    Returns how many were sent. A job that died ``MOST_ATTEMPTS`` times fails: it may be what kills
    the workers.
    """
    moment = timezone.now()
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=moment - SILENT_AFTER)
    for job in silent.filter(attempts__gte=MOST_ATTEMPTS):
        fail(job, _("The work was broken off %(times)s times and is not tried again.") % {"times": job.attempts})
    silent.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=JobState.QUEUED, claim=None, heartbeat_at=None, progress_done=0, progress_total=0
    )
    ids = list(Job.objects.filter(_unheard(moment), state=JobState.QUEUED).values_list("pk", flat=True))
    for job_id in ids:
        send(job_id)
    # The beat of a queued job is its last sending: a long queue is not sent again at every round.
    Job.objects.filter(pk__in=ids, state=JobState.QUEUED).update(heartbeat_at=moment)
    return len(ids)


def _unheard(moment: datetime) -> Q:
    """Queued jobs whose message may be lost: never sent again since they fell silent, or sent long ago."""
    never = Q(heartbeat_at__isnull=True) & (Q(attempts__gt=0) | Q(created_at__lte=moment - UNSENT_AFTER))
    return never | Q(heartbeat_at__lt=moment - UNSENT_AFTER)


class _Heart:
    """Beats for a job in a thread of its own while one long step (a PDF) runs without a word."""

    def __init__(self, job: Job) -> None:
        self._job_run = JobRun(job)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        # Inside an open transaction (a test, an inline run) the row is not visible to another connection.
        if not connection.in_atomic_block:
            self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(HEARTBEAT_EVERY.total_seconds()):
                self._sign()
        except (JobLost, JobCancelled):
            log.info("Job %s is no longer ours.", self._job_run.job.pk)
        finally:
            connection.close()

    def _sign(self) -> None:
        try:
            self._job_run.heartbeat()
            health.sign_of_life()  # the periodic sign may wait behind this job
        except DatabaseError:
            log.warning("Job %s: a sign of life could not be written.", self._job_run.job.pk)
            connection.close_if_unusable_or_obsolete()
