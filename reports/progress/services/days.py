"""Due days and lock days of a period that exists, and the end of an exception. Who may is asked by the page."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reports.progress.models import Period, PeriodDeadline


def check_days(*, period: Period, due_on: date, locks_on: date) -> None:
    """Raise ValidationError where a report would be due before its period is over, or locked before it is due."""
    if due_on < period.last_day:
        raise ValidationError({"due_on": _("A report is due on the period's last day at the earliest.")})
    if locks_on < due_on:
        raise ValidationError({"locks_on": _("A report is locked on its due day at the earliest.")})


def reschedule_period(*, period: Period, due_on: date, locks_on: date) -> None:
    """Give a period other days for everyone who has no exception. Raises ValidationError as ``check_days``.

    Timeliness is read from these days each time, so past months are judged anew.
    """
    check_days(period=period, due_on=due_on, locks_on=locks_on)
    period.due_on, period.locks_on = due_on, locks_on
    period.save(update_fields=["due_on", "locks_on"])


def remove_deadline(*, deadline: PeriodDeadline) -> None:
    """End an exception: the unit or level has the period's own days again."""
    deadline.delete()
