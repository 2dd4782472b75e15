"""The steps of review: return, approve, approve many, reopen; each told to the unit's secretaries."""

from collections.abc import Collection, Mapping
from functools import partial
from types import MappingProxyType

from django.db import transaction

from accounts.models import User
from core import clock, collisions
from reports.enums import ReportState
from reports.progress import notices, rules
from reports.progress.errors import StaleVersion, WrongState
from reports.progress.models import ProgressReport
from reports.progress.states import Action

from . import writer


@collisions.atomic
def return_report(*, actor: User, report: ProgressReport, reason: str, version: int | None = None) -> ProgressReport:
    """Send a submitted report back with a reason, as it was at ``version`` (null: as it is now).

    Raises ``ReasonMissing``, ``PermissionDenied``, ``WrongState``, and ``StaleVersion`` where it was handed in anew.
    """
    return _send_back(actor, report, Action.RETURN, reason, version)


@collisions.atomic
def reopen_report(*, actor: User, report: ProgressReport, reason: str, version: int | None = None) -> ProgressReport:
    """Send an approved report back with a reason; it leaves both bases at once (domain: rule 10).

    ``version`` and what it raises: as ``return_report``.
    """
    return _send_back(actor, report, Action.REOPEN, reason, version)


def _send_back(actor: User, report: ProgressReport, action: Action, reason: str, version: int | None) -> ProgressReport:
    row = writer.locked_one(report)
    writer.way_of(row, action, actor)
    if version is not None:
        writer.check_version(row, version)
    changes = {"approved_at": None, "approved_by": None}
    writer.move(actor=actor, reports=[row], action=action, reason=reason, changes=changes)
    row.sent_back = row.events.last()
    row.save(update_fields=["sent_back"])
    transaction.on_commit(partial(notices.tell_sent_back, row, reason.strip()))
    return row


def approve_report(*, actor: User, report: ProgressReport, version: int | None = None) -> ProgressReport:
    """Approve one submitted report, as it was at ``version`` (null: as it is now).

    Raises ``PermissionDenied``, ``WrongState``, and ``StaleVersion`` where it was handed in anew since.
    """
    seen = {} if version is None else {report.pk: version}
    approved = approve_reports(actor=actor, reports=[report], seen=seen)
    if not approved:
        report.refresh_from_db(fields=["state"])
        if report.state == ReportState.SUBMITTED:
            raise StaleVersion(by=report.submitted_by, at=report.submitted_at)
        raise WrongState(state=report.state, action=Action.APPROVE)
    return approved[0]


@collisions.atomic
def approve_reports(
    *, actor: User, reports: Collection[ProgressReport], seen: Mapping[int, int] = MappingProxyType({})
) -> list[ProgressReport]:
    """Approve many at once and return those approved.

    A report that somebody else has meanwhile approved or returned is left as it is, and so is one that is no longer
    at the version that this person has seen (``seen``: report id → version), or was handed in by this person since
    ``reports`` were read. Raises ``PermissionDenied`` where this
    person may not approve one of them, and then approves none.
    """
    rows = writer.locked(reports)
    rules.know_hands(rows)
    read = {report.pk: report.version for report in reports}
    waiting = [
        row
        for row in rows
        if row.state == ReportState.SUBMITTED
        and row.version == seen.get(row.pk, row.version)
        and (row.version == read[row.pk] or not rules.had_a_hand.test(actor, row))
    ]
    changes = {"approved_at": clock.now(), "approved_by": actor}
    writer.move(actor=actor, reports=waiting, action=Action.APPROVE, changes=changes)
    transaction.on_commit(partial(notices.tell_approved, waiting))
    return waiting
