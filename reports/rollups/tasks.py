"""Background work of this room; each task bears its service's name."""

import logging

from celery import shared_task

from . import nightly, services

log = logging.getLogger(__name__)


@shared_task(name="reports.drain_dirty")
def drain_dirty() -> None:
    services.drain_dirty()


@shared_task(name="reports.audit_rollups")
def audit_rollups() -> None:
    kept = nightly.audit_tonight()
    if kept is None:
        return
    if kept.differences:
        log.error("%s totals differ from the entries; manage.py audit_rollups lists them.", kept.differences)
    else:
        log.info("The totals agree with the entries.")
