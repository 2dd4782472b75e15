"""What the leader's pages read beside the totals: whose unit, which targets, whose reports, when something changed.

Totals are read through ``reports.rollups.selectors``; nothing is added up here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts import scope
from accounts.enums import RoleName
from accounts.models import User
from plans.models import Plan
from reports.enums import BASIS_STATES, Basis
from reports.progress.deadlines import Deadline, Deadlines
from reports.progress.models import Period, ProgressReport, ReportEvent
from reports.progress.states import Action
from targets.calendar import month_meant
from targets.models import Target
from targets.selectors import targets_visible_to
from units.models import Unit
from units.selectors import ancestors_and_self

from .choice import Choice

OWN_ROLES = (RoleName.LEADER, RoleName.OFFICER, RoleName.SECRETARY)
# What changes the totals of a basis; a saved draft changes none.
CHANGING: dict[str, tuple[Action, ...]] = {
    Basis.OFFICIAL: (Action.APPROVE, Action.REOPEN),
    Basis.PROVISIONAL: (Action.SUBMIT, Action.RETURN, Action.APPROVE, Action.REOPEN),
}


def own_unit(user: User) -> Unit | None:
    """Return the unit that the person leads, else works for, else the first of the bloc headed; null where none."""
    grants = [grant for grant in scope.grants_of(user) if grant.bloc_id is None]
    for name in OWN_ROLES:
        places = sorted((grant for grant in grants if grant.name == name), key=lambda grant: grant.path)
        if places:
            return Unit.objects.get(pk=places[0].unit_id)
    return scope.bloc_members_of(user).order_by("path").first()


@dataclass(frozen=True)
class TargetsAt:
    """The targets to show at a unit: those of its own plans, of bodies above, and restatements that count nowhere."""

    own: list[Target]
    superior: list[Target]
    restating: list[Target]

    @property
    def all(self) -> list[Target]:
        return [*self.own, *self.superior]


def targets_at(user: User, unit: Unit, choice: Choice) -> TargetsAt:
    """Return the targets of plans in force of the unit, and of bodies above it, whose term covers the month.

    Only those of plans that exist for the person. Whether one of a body above concerns the unit say the results.
    """
    rows = _targets_of(user, unit).order_by("plan__unit__path", "plan__starts_on", "plan", "order")
    spans = choice.spans
    current = [
        row
        for row in rows
        if month_meant(row.plan.starts_on, spans) <= choice.month <= month_meant(row.plan.ends_on, spans)
    ]
    counted = [row for row in current if row.restates_id is None]
    return TargetsAt(
        own=[row for row in counted if row.plan.unit_id == unit.pk],
        superior=[row for row in counted if row.plan.unit_id != unit.pk],
        restating=[row for row in current if row.restates_id is not None and row.plan.unit_id == unit.pk],
    )


def target_or_404(user: User, unit: Unit, target_id: int) -> Target:
    """Return a target of a plan in force of the unit or of a body above it. Raises ``Http404`` for any other."""
    return get_object_or_404(_targets_of(user, unit), pk=target_id)


def _targets_of(user: User, unit: Unit) -> QuerySet[Target]:
    known = targets_visible_to(user).filter(
        plan__in=Plan.objects.in_force(), plan__unit__in=ancestors_and_self(unit).order_by().values("pk")
    )
    return known.select_related("plan__unit", "indicator", "section", "restates").prefetch_related("phases")


def units_beneath(unit: Unit) -> list[Unit]:
    """Return the units directly under this one, closed ones included, in the tree's order."""
    return list(Unit.objects.filter(parent=unit).order_by("path"))


@dataclass(frozen=True)
class Owed:
    """A report that a unit owes for the month, with its deadline."""

    report: ProgressReport
    deadline: Deadline

    @property
    def is_in_hand(self) -> bool:
        return self.report.state in BASIS_STATES[Basis.PROVISIONAL]

    @property
    def was_late(self) -> bool:
        """Whether it came, but after the due day."""
        first = self.report.first_submitted_at
        return self.is_in_hand and first is not None and first > self.deadline.due_moment


def reports_owed(unit: Unit, period: Period) -> list[Owed]:
    """Return the reports of the units beneath this one that stood on the period's last day, in the tree's order."""
    rows = ProgressReport.objects.filter(period=period, unit__path__startswith=unit.path).exclude(unit=unit)
    deadlines = Deadlines([period])
    reports = rows.select_related("unit").order_by("unit__path")
    return [Owed(row, deadlines.of(row.unit, period)) for row in reports if row.unit.is_open_on(period.last_day)]


def own_reports_of(unit: Unit) -> dict[int, ProgressReport]:
    """Return period id → the unit's own report, of all months."""
    return {row.period_id: row for row in ProgressReport.objects.filter(unit=unit)}


def last_change(unit: Unit, choice: Choice) -> datetime | None:
    """Return when a report in these figures was last handed in, approved or taken back; null: never."""
    period = choice.period
    upto = Q(report__period__year__lt=period.year) | Q(
        report__period__year=period.year, report__period__month__lte=period.month
    )
    events = ReportEvent.objects.filter(
        upto, report__unit__path__startswith=unit.path, action__in=CHANGING[choice.basis]
    )
    newest: datetime | None = events.aggregate(at=Max("at"))["at"]
    return newest
