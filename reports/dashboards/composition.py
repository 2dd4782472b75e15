"""What one figure of the dashboard is made of: the units, carriers or blocs behind it, own work, and its months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.urls import reverse

from accounts.models import User
from core.templatetags.portal_numbers import vn_signed
from plans.models import Plan
from plans.selectors import plans_visible_to
from reports.progress.models import ProgressReport
from reports.rollups.selectors import (
    MonthPoint,
    ReportingCounts,
    TargetResult,
    carrier_results,
    child_results,
    history,
    is_being_added_up,
    own_result,
    reporting_counts,
    target_results,
)
from targets.enums import Carrier, IndicatorKind
from targets.models import Target
from targets.wording import bounds_text
from units.models import Unit

from . import wording
from .choice import Choice
from .rows import TargetRow
from .rules import reads_subtree
from .selectors import last_change, own_reports_of


class PartsKind(StrEnum):
    """What the parts of a figure are."""

    CHILDREN = "children"
    CARRIERS = "carriers"
    BLOCS = "blocs"


@dataclass(frozen=True)
class Part:
    """One unit, carrier or bloc with what it has of the target; ``url`` opens it, blank: nothing further to open."""

    name: str
    kind: str
    row: TargetRow

    @property
    def result(self) -> TargetResult:
        return self.row.result

    @property
    def is_silent(self) -> bool:
        return self.result.reported == 0 and self.result.required > 0


@dataclass(frozen=True)
class MonthRow:
    """One month: what it added, the figure to date, and the unit's own report of it (null: it owed none)."""

    code: str
    added: str
    figure: str
    value: Decimal | None
    url: str
    report: ProgressReport | None
    report_url: str


@dataclass(frozen=True)
class Shares:
    """What was handed down of a sum, against what is to be reached; ``gap`` above 0: more was (domain: rule 14)."""

    handed: Decimal
    due: Decimal
    units: int

    @property
    def gap(self) -> Decimal:
        return self.handed - self.due


@dataclass(frozen=True)
class Composition:
    """Everything that the page shows. ``parts`` empty and ``own`` null: the figure is the unit's own reports alone."""

    unit: Unit
    choice: Choice
    row: TargetRow
    plan: Plan | None
    parts_kind: PartsKind
    parts: list[Part]
    own: Part | None
    own_report_url: str
    months: list[MonthRow]
    shares: Shares | None
    reporting: ReportingCounts | None
    changed_at: datetime | None
    is_being_added_up: bool

    @property
    def result(self) -> TargetResult:
        return self.row.result

    @property
    def target(self) -> Target:
        return self.row.target

    @property
    def has_reports(self) -> bool:
        """Whether the unit hands in reports itself."""
        return any(month.report for month in self.months)

    @property
    def bounds(self) -> str:
        """The whole commitment in words."""
        return bounds_text(self.target)

    @property
    def carried_by(self) -> str:
        return wording.carried_by(self.target)

    @property
    def silent(self) -> int:
        """How many of those required have not reported."""
        return max(self.result.required - self.result.reported, 0)


def composition_of(user: User, unit: Unit, target: Target, choice: Choice) -> Composition:
    """Return what the target's figure at the unit is made of, as this reader may see it; a fixed number of queries.

    A bloc head reads the member's own figure, not what stands beneath the member.
    """
    result = target_results(targets=[target], unit=unit, period=choice.period, basis=choice.basis)[0]
    points = history(targets=[target], unit=unit, period=choice.period, basis=choice.basis)[target.pk]
    row = TargetRow(result, points, choice.target_at(target, unit))
    kind, parts = _parts(unit, target, choice) if reads_subtree(user, unit) else (PartsKind.CHILDREN, [])
    reports = own_reports_of(unit)
    return Composition(
        unit=unit,
        choice=choice,
        row=row,
        plan=plans_visible_to(user).filter(pk=target.plan_id).first(),
        parts_kind=kind,
        parts=parts,
        own=_own(unit, target, choice) if parts and kind == PartsKind.CHILDREN else None,
        own_report_url=_report_url(unit, reports.get(choice.period.pk), choice.current.code),
        months=[_month(point, row, reports.get(point.period.pk), choice) for point in points],
        shares=_shares(result, parts) if kind == PartsKind.CHILDREN else None,
        reporting=reporting_counts(unit=unit, period=choice.period).total if parts else None,
        changed_at=last_change(unit, choice),
        is_being_added_up=is_being_added_up(unit),
    )


def _parts(unit: Unit, target: Target, choice: Choice) -> tuple[PartsKind, list[Part]]:
    """Carriers or blocs where the figure is their share; else the units directly beneath."""
    original, period, basis = target.restates or target, choice.period, choice.basis
    if original.carried_by == Carrier.EACH_BLOC and original.plan.unit_id == unit.pk:
        blocs = carrier_results(target=target, period=period, basis=basis)
        return PartsKind.BLOCS, [_part(result, choice) for result in blocs]
    if original.carried_by == Carrier.EACH_UNIT:
        results = carrier_results(target=target, period=period, basis=basis)
        carriers = [result for result in results if unit.is_above(result.unit)]
        if carriers:
            return PartsKind.CARRIERS, [_part(result, choice) for result in carriers]
    children = child_results(target=target, unit=unit, period=period, basis=basis)
    return PartsKind.CHILDREN, [_part(result, choice) for result in children]


def _part(result: TargetResult, choice: Choice) -> Part:
    if result.bloc is not None:
        members = f"{choice.dashboard_of(result.unit)}#bloc-{result.bloc.number}"
        return Part(str(result.bloc), "", TargetRow(result, (), members))
    row = TargetRow(result, (), choice.target_at(result.target, result.unit))
    return Part(str(result.unit), wording.kind_in_short(result.unit.kind), row)


def _own(unit: Unit, target: Target, choice: Choice) -> Part | None:
    """The unit's own work beside what is beneath it; null where it neither owes nor has entered anything."""
    result = own_result(target=target, unit=unit, period=choice.period, basis=choice.basis)
    if not result.required and result.value is None and not result.reported:
        return None
    return Part(str(unit), wording.kind_in_short(unit.kind), TargetRow(result, (), ""))


def _report_url(unit: Unit, report: ProgressReport | None, code: str) -> str:
    return reverse("reports:report", args=[unit.code, code]) if report is not None else ""


def _month(point: MonthPoint, row: TargetRow, report: ProgressReport | None, choice: Choice) -> MonthRow:
    code = str(point.period)
    unit, target = row.result.unit, row.target
    address = f"{reverse('reports:target', args=[target.pk, unit.code])}?period={code}&basis={choice.basis}"
    return MonthRow(
        code=code,
        added=vn_signed(point.in_period),
        figure=wording.month_figure(row.result, point),
        value=point.value,
        url=address,
        report=report,
        report_url=_report_url(unit, report, code),
    )


def _shares(result: TargetResult, parts: Sequence[Part]) -> Shares | None:
    """Only sums add up, and only where something was handed down."""
    target = result.target
    if target.indicator.kind != IndicatorKind.AMOUNT or target.carried_by != Carrier.POOLED or result.minimum is None:
        return None
    handed = list(_minima(parts))
    return Shares(sum(handed, Decimal(0)), result.minimum, len(handed)) if handed else None


def _minima(parts: Iterable[Part]) -> Iterable[Decimal]:
    return (part.result.minimum for part in parts if part.result.minimum is not None)
