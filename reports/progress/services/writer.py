"""The one writer of a report's state: row lock, table, rule, update, history, marks for the totals.

All of it in the caller's transaction, for one report as for a thousand, in one set of statements.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F

from accounts.models import User
from core import clock
from reports.enums import BASIS_STATES, Basis, ReportState
from reports.progress import rules
from reports.progress.errors import ReasonMissing, StaleVersion, WrongState
from reports.progress.models import ProgressReport, ReportEvent
from reports.progress.states import REASON_NEEDED, TRANSITIONS, Action, Transition, rule_of
from reports.rollups.services import mark_many_dirty

COUNTED = frozenset(BASIS_STATES[Basis.PROVISIONAL])


def locked(reports: Iterable[ProgressReport]) -> list[ProgressReport]:
    """Read the reports again and hold their rows until the transaction ends.

    Always in the same order, so that two people who act on many at once wait and never deadlock.
    """
    rows = ProgressReport.objects.select_for_update(of=("self",)).select_related("unit", "period")
    return list(rows.filter(pk__in=[report.pk for report in reports]).order_by("pk"))


def locked_one(report: ProgressReport) -> ProgressReport:
    """Read one report again and hold its row until the transaction ends; unit and period are the given one's."""
    row = ProgressReport.objects.select_for_update().get(pk=report.pk)
    row.unit, row.period = report.unit, report.period
    return row


def check_version(report: ProgressReport, version: int) -> None:
    """Raise ``StaleVersion`` where somebody changed the locked report since ``version`` was read."""
    if report.version != version:
        last = report.events.select_related("actor").last()
        raise StaleVersion(by=last.actor if last else None, at=report.saved_at or (last.at if last else None))


def way_of(report: ProgressReport, action: Action, actor: User) -> Transition:
    """The step from the report's state. Raises ``PermissionDenied``, then ``WrongState``."""
    if not rule_of(action).test(actor, report):
        raise PermissionDenied(action)
    way = TRANSITIONS.get((ReportState(report.state), action))
    if way is None:
        raise WrongState(state=report.state, action=action)
    return way


def move(
    *,
    actor: User,
    reports: list[ProgressReport],
    action: Action,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    is_news: bool = True,
) -> None:
    """Take every locked report one step, or none of them.

    ``changes`` are further columns of the report; ``is_news`` false leaves out the history row (a
    draft saved again by the same person). The reports given are brought up to date.
    Raises ``PermissionDenied``, ``WrongState``, and ``ReasonMissing`` for a step that needs a reason.
    """
    if action in REASON_NEEDED and not reason.strip():
        raise ReasonMissing(action)
    before = {report.pk: ReportState(report.state) for report in reports}
    after = {report.pk: way_of(report, action, actor).to for report in reports}
    if not reports:
        return
    values = {**(changes or {}), "state": next(iter(after.values()))}
    ProgressReport.objects.filter(pk__in=list(after)).update(version=F("version") + 1, **values)
    for report in reports:
        report.version += 1
        for name, value in values.items():
            setattr(report, name, value)
    if is_news:
        _write_history(actor, reports, action, reason.strip(), before)
    counted = [report for report in reports if {before[report.pk], after[report.pk]} & COUNTED]
    if counted:
        mark_many_dirty((report.unit, report.period) for report in counted)


def _write_history(
    actor: User, reports: list[ProgressReport], action: Action, reason: str, before: dict[int, ReportState]
) -> None:
    moment = clock.now()
    enters = action in rules.ENTERING_ACTIONS
    ReportEvent.objects.bulk_create(
        ReportEvent(
            report=report,
            action=action,
            from_state=before[report.pk],
            to_state=report.state,
            actor=actor,
            on_behalf=enters and not rules.is_its_secretary.test(actor, report),
            at=moment,
            reason=reason,
        )
        for report in reports
    )
