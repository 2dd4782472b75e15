"""Background work of this room; each task bears its service's name."""

import logging

from celery import shared_task

from . import audit, services

log = logging.getLogger(__name__)


@shared_task(name="reports.drain_dirty")
def drain_dirty() -> None:
    services.drain_dirty()


@shared_task(name="reports.audit_rollups")
def audit_rollups() -> None:
    differences = audit.audit_rollups()
    if not differences:
        log.info("The totals agree with the entries.")
    for difference in differences:
        log.error("Totals differ from entries: %s", difference)
