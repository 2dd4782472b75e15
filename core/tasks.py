"""Celery's entry points of this app: ids in, a service called, nothing decided here."""

from celery import shared_task

from . import health, jobs, notices


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="core.requeue_silent_jobs")
def requeue_silent_jobs() -> None:
    jobs.requeue_silent()


@shared_task(name="core.worker_heartbeat")
def worker_heartbeat() -> None:
    health.sign_of_life()


@shared_task(name="core.send_notice_digests")
def send_notice_digests() -> None:
    notices.send_digests()


@shared_task(name="core.forget_old_notices")
def forget_old_notices() -> None:
    notices.forget_old()
