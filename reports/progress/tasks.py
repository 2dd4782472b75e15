"""Background work of this room; each task bears its service's name."""

import logging

from celery import shared_task

from core import clock

from .selectors import periods_to_open
from .services import open_period
from .services import remind_by_calendar as remind

log = logging.getLogger(__name__)


@shared_task(name="reports.open_periods")
def open_periods() -> None:
    """Open every period that has ended, and add who came to owe one that is open and not locked yet."""
    for period in periods_to_open(clock.today()):
        log.info("period %s is open, %s reports added", period, open_period(period=period))


@shared_task(name="reports.remind_by_calendar")
def remind_by_calendar() -> None:
    """Remind units of their reports, as far as the calendar has a reminder for today."""
    log.info("%s reports reminded of", remind())
