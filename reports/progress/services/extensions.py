"""More time for one report: the unit asks, an officer above grants or declines it with a reason, and may take it back.

Every row stays; ``ProgressReport.extension`` is the one in force.
"""

from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from reports.progress import notices, rules
from reports.progress.deadlines import ordinary_deadline_of
from reports.progress.errors import ReasonMissing, WrongState
from reports.progress.models import Extension, ProgressReport
from reports.progress.selectors import waiting_plea
from reports.progress.states import OPEN_FOR_ENTRY

from . import writer

ASK, GRANT, DECLINE, END = "ask_time", "extend", "decline_time", "end_extension"


@collisions.atomic
def ask_for_time(*, actor: User, report: ProgressReport, plea: str) -> Extension:
    """Ask those above for more time; a second plea before an answer replaces the words of the first.

    Raises ``PermissionDenied``; ``WrongState`` where the report was handed in; ``ReasonMissing``.
    """
    row = writer.locked_one(report)
    if not rules.is_its_secretary.test(actor, row):
        raise PermissionDenied(ASK)
    if row.first_submitted_at is not None or row.state not in OPEN_FOR_ENTRY:
        raise WrongState(state=row.state, action=ASK)
    if not plea.strip():
        raise ReasonMissing(ASK)
    waiting = waiting_plea(row) or Extension(report=row)
    waiting.asked_by, waiting.asked_at, waiting.plea = actor, clock.now(), plea.strip()
    waiting.save()
    transaction.on_commit(partial(notices.tell_asked_for_time, row, waiting.plea))
    return waiting


@collisions.atomic
def grant_extension(
    *, actor: User | None, report: ProgressReport, locks_on: date, reason: str, due_on: date | None = None
) -> Extension:
    """Take the report until the end of ``locks_on``; with ``due_on``, in time until the end of that day.

    Answers what the unit asked, and takes the place of an exception granted before. Without an actor it is the demo
    or a carrying over that grants. Raises ``PermissionDenied``, ``ReasonMissing``, ValidationError at a field.
    """
    row = writer.locked_one(report)
    if actor is not None and not rules.can_extend.test(actor, row):
        raise PermissionDenied(GRANT)
    if not reason.strip():
        raise ReasonMissing(GRANT)
    check_extension(report=row, locks_on=locks_on, due_on=due_on)
    moment = clock.now()
    row.extensions.filter(granted_at__isnull=False, ended_at__isnull=True).update(ended_at=moment, ended_by=actor)
    granted = waiting_plea(row) or Extension(report=row)
    granted.granted_by, granted.granted_at, granted.reason = actor, moment, reason.strip()
    granted.due_on, granted.locks_on = due_on, locks_on
    granted.save()
    _put_in_force(row, granted)
    transaction.on_commit(partial(notices.tell_extended, row, granted))
    return granted


@collisions.atomic
def decline_plea(*, actor: User, report: ProgressReport, reason: str) -> None:
    """Answer what the unit asked: the days stay as they are, for this reason; where nothing waits, nothing happens.

    The unit may ask again. Raises ``PermissionDenied``, ``ReasonMissing``.
    """
    row = writer.locked_one(report)
    if not rules.can_extend.test(actor, row):
        raise PermissionDenied(DECLINE)
    if not reason.strip():
        raise ReasonMissing(DECLINE)
    waiting = waiting_plea(row)
    if waiting is None:
        return
    waiting.ended_at, waiting.ended_by, waiting.reason = clock.now(), actor, reason.strip()
    waiting.save(update_fields=["ended_at", "ended_by", "reason"])
    transaction.on_commit(partial(notices.tell_declined, row, waiting.reason))


@collisions.atomic
def end_extension(*, actor: User, report: ProgressReport) -> None:
    """Take the exception in force back: the ordinary days hold again; without one nothing happens.

    A report that came meanwhile stays. Raises ``PermissionDenied``.
    """
    row = writer.locked_one(report)
    if not rules.can_extend.test(actor, row):
        raise PermissionDenied(END)
    if row.extension is None:
        return
    row.extension.ended_at, row.extension.ended_by = clock.now(), actor
    row.extension.save(update_fields=["ended_at", "ended_by"])
    _put_in_force(row, None)
    transaction.on_commit(partial(notices.tell_extension_ended, row))


def check_extension(*, report: ProgressReport, locks_on: date, due_on: date | None) -> None:
    """Raise ValidationError where these days would give the unit no more time than it has without an exception."""
    ordinary = ordinary_deadline_of(report.unit, report.period)
    if due_on is not None and due_on <= ordinary.due_on:
        raise ValidationError({"due_on": _later(ordinary.due_on)})
    if due_on is not None and locks_on < due_on:
        raise ValidationError({"locks_on": _("A report is locked on its due day at the earliest.")})
    if locks_on < ordinary.locks_on or (due_on is None and locks_on == ordinary.locks_on):
        raise ValidationError({"locks_on": _later(ordinary.locks_on)})
    if report.first_submitted_at is not None and due_on is None:
        words = _("The report has come already: only another due day would change whether it was in time.")
        raise ValidationError({"due_on": words})
    if report.first_submitted_at is None and locks_on < clock.today():
        raise ValidationError({"locks_on": _("This day has passed.")})


def _later(day: date) -> str:
    return _("Without an exception it is %(day)s; choose a later day.") % {"day": f"{day.day}/{day.month}/{day.year}"}


def _put_in_force(report: ProgressReport, extension: Extension | None) -> None:
    report.extension = extension
    report.save(update_fields=["extension"])
