"""Handing a report in. What only looks odd does not stand in its way (``reports.progress.warnings``)."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from reports.progress import notices
from reports.progress.asked import asked_of
from reports.progress.deadlines import deadline_of_report
from reports.progress.errors import Problem, SubmissionBlocked
from reports.progress.models import ProgressReport
from reports.progress.sheet import Sheet
from reports.progress.standing import stored_entries
from reports.progress.states import Action

from . import writer
from .saving import entry_problems


@collisions.atomic
def submit_report(*, actor: User, report: ProgressReport, version: int, sheet: Sheet | None = None) -> ProgressReport:
    """Hand the draft in and return it as it is now; the first time decides whether it is on time.

    ``sheet``: that version laid out, where the caller has read it; what it says is not asked for again.
    Raises ``SubmissionBlocked`` for nonsense and after the lock day, ``StaleVersion``,
    ``PermissionDenied``, ``WrongState``.
    """
    row = writer.locked_one(report)
    writer.way_of(row, Action.SUBMIT, actor)
    writer.check_version(row, version)
    problems = _lock_problems(row, sheet) + _stored_problems(row, sheet)
    if problems:
        raise SubmissionBlocked(problems)
    moment = clock.now()
    changes = {
        "submitted_at": moment,
        "submitted_by": actor,
        "first_submitted_at": row.first_submitted_at or moment,
        "sent_back": None,
    }
    writer.move(actor=actor, reports=[row], action=Action.SUBMIT, changes=changes)
    transaction.on_commit(partial(notices.tell_on_behalf, [row], actor, submitted=True))
    return row


def _lock_problems(report: ProgressReport, sheet: Sheet | None) -> list[Problem]:
    """After the lock day no first report is taken; one that was taken before may still be corrected."""
    if report.first_submitted_at is not None:
        return []
    deadline = sheet.deadline if sheet else deadline_of_report(report)
    if not deadline.is_locked(clock.today()):
        return []
    day = deadline.locks_on
    words = _("This month was locked after %(day)s. Ask the body above for an exception; what you entered is kept.")
    return [Problem(None, "", words % {"day": f"{day.day}/{day.month}/{day.year}"})]


def _stored_problems(report: ProgressReport, sheet: Sheet | None) -> list[Problem]:
    """The stored figures held against the rules once more: a target may have moved since they were saved.

    One that nobody asks any more, since the plan was amended, stays as it is: the form does not show it.
    """
    asked = asked_of(report.unit, report.period)
    stored = sheet.entries if sheet else stored_entries(report)
    still = {one.indicator.pk for one in asked}
    entries = {indicator: entry for indicator, entry in stored.items() if indicator in still}
    return entry_problems(report, entries, asked)
