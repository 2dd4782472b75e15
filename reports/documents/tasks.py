"""Background work of this room; each task bears its service's name."""

import logging

from celery import shared_task

from .scheduling import draft_by_calendar as draft
from .scorecards import services as scorecards

log = logging.getLogger(__name__)


@shared_task(name="reports.draft_by_calendar")
def draft_by_calendar() -> None:
    """Have the drafts made that the calendar has for today."""
    log.info("%s reports asked for by the calendar", draft())


@shared_task(name="reports.help_with_scorecards")
def help_with_scorecards(job_id: int) -> None:
    """Make some pages of a ZIP, and come again behind whatever else waits: no work stands still for a whole ZIP."""
    if scorecards.help_with_scorecards(job_id):
        help_with_scorecards.delay(job_id)
