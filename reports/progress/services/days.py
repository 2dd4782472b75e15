"""The due and lock day of a period that exists, for everyone or for a part of the tree. Who may is asked by the page.

What one unit is granted with a reason is ``extensions``; what holds every month is ``standing_days``.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reports.progress.deadlines import Deadlines
from reports.progress.models import DeadlineRule, Period, PeriodDeadline
from units.models import Unit


def check_days(*, period: Period, due_on: date, locks_on: date) -> None:
    """Raise ValidationError where a report would be due before its period is over, or locked before it is due."""
    if due_on < period.last_day:
        raise ValidationError({"due_on": _("A report is due on the period's last day at the earliest.")})
    if locks_on < due_on:
        raise ValidationError({"locks_on": _("A report is locked on its due day at the earliest.")})


def reschedule_period(*, period: Period, due_on: date, locks_on: date) -> None:
    """Give a period other days for everyone of whom nothing else is said. Raises ValidationError as ``check_days``.

    Timeliness is read from these days each time, so past months are judged anew.
    """
    check_days(period=period, due_on=due_on, locks_on=locks_on)
    period.due_on, period.locks_on = due_on, locks_on
    period.save(update_fields=["due_on", "locks_on"])


@transaction.atomic
def set_deadline(
    *, period: Period, unit: Unit, due_on: date, locks_on: date, level: int | None = None, by: Unit | None = None
) -> PeriodDeadline:
    """Give a unit and all beneath it, or one level there, other days in a period. ``by``: the body that says so.

    Raises ValidationError as ``check_days`` and ``check_speaker``, and where the lock day would be past that of the
    bodies above (the topmost unit is bound by none); ``ValueError`` for the topmost unit without a level: those are the
    period's own.
    """
    if unit.depth == 1 and level is None:
        raise ValueError("the days of everyone are the period's own")
    check_days(period=period, due_on=due_on, locks_on=locks_on)
    check_lock(period=period, unit=unit, level=level, locks_on=locks_on)
    said = PeriodDeadline.objects.filter(period=period, unit=unit, level=level)
    check_speaker(said=said.select_related("said_by").first(), by=by)
    values = {"due_on": due_on, "locks_on": locks_on, "rule": None, "said_by": by}
    row, _made = PeriodDeadline.objects.update_or_create(period=period, unit=unit, level=level, defaults=values)
    return row


def check_speaker(*, said: PeriodDeadline | DeadlineRule | None, by: Unit | None) -> None:
    """Raise ValidationError where a body above ``by`` said it: its word is not replaced or taken back from beneath."""
    if said is None or said.said_by is None or by is None or not said.said_by.is_above(by):
        return
    words = _("%(unit)s set these days; only it and the bodies above it change them.")
    raise ValidationError(words % {"unit": said.said_by.short_name})


def check_lock(*, period: Period, unit: Unit, level: int | None, locks_on: date, field: str = "locks_on") -> None:
    """Raise ValidationError at ``field`` where the lock day is past the one that the bodies above leave."""
    latest = Deadlines([period], of=()).above(unit, period, level).locks_on
    if unit.depth > 1 and locks_on > latest:
        words = _("The month %(month)s is locked after %(day)s by the body above; a day beneath it cannot be later.")
        told = {"month": f"{period.month}/{period.year}", "day": f"{latest.day}/{latest.month}/{latest.year}"}
        raise ValidationError({field: words % told})


def remove_deadline(*, deadline: PeriodDeadline, by: Unit | None = None) -> None:
    """Take other days back: what the bodies above say holds again. Raises ValidationError as ``check_speaker``."""
    check_speaker(said=deadline, by=by)
    deadline.delete()
