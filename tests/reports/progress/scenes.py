"""What the tests of monthly reports share: the resolution's targets, and walking a report to a state."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from core import clock
from plans.models import Plan
from reports.enums import ReportState
from reports.progress.entries import EntryInput
from reports.progress.models import Period, ProgressReport
from reports.progress.services import approve_report, return_report, save_draft, submit_report
from reports.progress.states import TRANSITIONS
from targets.models import Indicator, Target
from targets.services import propose_indicator
from units.models import Unit


@dataclass(frozen=True)
class Resolution:
    """The targets by what they count; ``indicator`` of each is what is reported."""

    plan: Plan
    blood: Target  # pooled amount, 150 to 200
    study: Target  # pooled ratio of members, 100 %
    congress: Target  # each grassroots branch, a milestone due 30/6
    dialogue: Target  # the issuer's own, from 1
    households: Target  # each bloc, 1 to 2
    works: Target  # each grassroots unit of either kind, from 1
    money: Target  # pooled amount, not counted in wholes
    app: Target  # pooled, as it stands now


def indicator_of(top: Unit, name: str, kind: str = "amount", over_time: str = "sum", **more) -> Indicator:
    more = {"measure": "việc", "topic": "movements", **more}
    return propose_indicator(owner=top, name=name, kind=kind, over_time=over_time, **more)


def report_of(unit: Unit, period: Period) -> ProgressReport:
    return ProgressReport.objects.select_related("unit", "period").get(unit=unit, period=period)


def amount(value: int | str) -> EntryInput:
    return EntryInput(amount=Decimal(value))


def bring_to(
    state: str, report: ProgressReport, *, secretary: User, officer: User, **entries: EntryInput
) -> ProgressReport:
    """Walk the report to a state through the services, with the entries given by indicator id (``i12=…``).

    A month that is locked by now is handed in two days after its end.
    """
    if report.period.locks_on < clock.today():
        moment = datetime.combine(report.period.last_day + timedelta(days=2), time(9))
        with clock.travel_to(timezone.make_aware(moment)):
            return _bring_to(state, report, secretary, officer, entries)
    return _bring_to(state, report, secretary, officer, entries)


def _bring_to(
    state: str, report: ProgressReport, secretary: User, officer: User, entries: dict[str, EntryInput]
) -> ProgressReport:
    said = {int(name[1:]): entry for name, entry in entries.items()}
    if state != ReportState.NOT_STARTED:
        report = save_draft(actor=secretary, report=report, entries=said, narratives={}, version=report.version)
    if state in (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.APPROVED):
        report = submit_report(actor=secretary, report=report, version=report.version)
    if state == ReportState.RETURNED:
        report = return_report(actor=officer, report=report, reason="Thiếu số cây xanh.")
    if state == ReportState.APPROVED:
        report = approve_report(actor=officer, report=report)
    return report


def check_history(report: ProgressReport) -> None:
    """Every step leads on from the one before, by the table, to the state that the report is in."""
    steps = list(report.events.values_list("from_state", "action", "to_state"))
    state = "not_started"
    for before, action, after in steps:
        assert before == state
        assert TRANSITIONS[before, action].to == after
        state = after
    assert state == ProgressReport.objects.get(pk=report.pk).state
