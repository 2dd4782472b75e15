"""Background work of this app; each task bears its service's name."""

import logging

from celery import shared_task

from .reminding import services

log = logging.getLogger(__name__)


@shared_task(name="activities.remind_of_activities")
def remind_of_activities() -> None:
    """Remind people of activities, as far as the calendar has something for today."""
    log.info("%s reminders of activities", services.remind_of_activities())
