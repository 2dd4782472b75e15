"""Background work of this room; each task bears its service's name."""

import logging

from celery import shared_task

from .scheduling import draft_by_calendar as draft

log = logging.getLogger(__name__)


@shared_task(name="reports.draft_by_calendar")
def draft_by_calendar() -> None:
    """Have the drafts made that the calendar has for today."""
    log.info("%s reports asked for by the calendar", draft())
