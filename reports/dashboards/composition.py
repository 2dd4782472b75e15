"""What one figure of the dashboard is made of: the units, carriers or blocs behind it, own work, and its months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.urls import reverse

from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_signed
from plans.models import Plan
from reports.enums import Timeliness
from reports.progress.asked import is_asked
from reports.progress.models import Period
from reports.rollups.selectors import (
    RED,
    Judge,
    Known,
    MonthPoint,
    Owed,
    ReportingCounts,
    TargetResult,
    carriers_in,
    children_in,
    count_statuses,
    forecasts_in,
    month_points,
    number_of_carriers,
    own_in,
    read_facts,
    reports_late,
    shares_in,
    year_before,
)
from targets.calendar import Month
from targets.enums import Carrier, IndicatorKind, Reach
from targets.models import Target
from targets.wording import bounds_text
from units.models import Unit

from . import wording
from .choice import Choice
from .forecasts import expected_of
from .months import OwnReport, UnitCalendar
from .rows import Count, TargetRow, tally_of
from .rules import reads_subtree
from .selectors import phases_of

LATE_SHOWN = 30
PARTS_SHOWN = 40


class PartsKind(StrEnum):
    """What the parts of a figure are. ``SHARES``: children, each with the carriers at and beneath it."""

    CHILDREN = "children"
    CARRIERS = "carriers"
    SHARES = "shares"
    BLOCS = "blocs"


@dataclass(frozen=True)
class Part:
    """One unit, carrier or bloc with what it has of the target; ``url`` opens it, blank: nothing further to open.

    ``reports``: how the month's reports of the part and all beneath it stand; null where the part is own work.
    """

    name: str
    kind: str
    row: TargetRow
    reports: ReportingCounts | None = None

    @property
    def result(self) -> TargetResult:
        return self.row.result

    @property
    def is_silent(self) -> bool:
        return self.result.reported == 0 and self.result.required > 0

    @property
    def is_red(self) -> bool:
        return self.result.status in RED


@dataclass(frozen=True)
class MonthRow:
    """One month: what it added, the figure to date, and the unit's own report of it (null: it owed none).

    ``before``: how it stood a year before that month, blank where that is not known. ``entered``: what that report
    says at ``entry_url``, blank where nothing; ``is_missing``: and the unit was asked.
    ``timeliness`` null: nothing is due yet and nothing came.
    """

    code: str
    added: str
    figure: str
    before: str
    value: Decimal | None
    url: str
    report: OwnReport | None
    report_url: str
    entry_url: str
    entered: str
    is_missing: bool
    timeliness: Timeliness | None


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
    plan: Plan
    parts_kind: PartsKind
    parts: list[Part]
    own: Part | None
    own_report_url: str
    months: list[MonthRow]
    shares: Shares | None
    reporting: ReportingCounts | None
    late: list[Owed]
    late_left_out: int
    changed_at: datetime | None
    is_being_added_up: bool
    is_whole: bool = False

    @property
    def parts_shown(self) -> list[Part]:
        """All of them in order; of very many the red ones first, and only so many unless the reader wishes all."""
        if self.is_whole or len(self.parts) <= PARTS_SHOWN:
            return self.parts
        return sorted(self.parts, key=lambda part: not part.is_red)[:PARTS_SHOWN]

    @property
    def tally(self) -> list[Count]:
        """How the parts stand: only statuses that one of them has; none where nothing judges them."""
        return [one for one in tally_of(count_statuses(part.result for part in self.parts)) if one.number]

    @property
    def parts_left_out(self) -> int:
        return len(self.parts) - len(self.parts_shown)

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
    def has_year_before(self) -> bool:
        """Whether of any of the months is known how it was a year before."""
        return any(month.before for month in self.months)

    @property
    def has_entries(self) -> bool:
        """Whether the target asks the unit for an entry of its own in any of the months, or it made one."""
        return any(month.entered or month.is_missing for month in self.months)

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


def composition_of(user: User, unit: Unit, target: Target, choice: Choice, *, is_whole: bool = False) -> Composition:
    """Return what the target's figure at the unit is made of, as this reader may see it; a fixed number of queries.

    A bloc head reads the member's own figure, not what stands beneath the member.
    """
    opened = _Opened.of(unit, target, choice, is_subtree=reads_subtree(user, unit))
    judge, months = opened.judge, opened.months
    row = opened.row()
    kind, parts = opened.parts() if opened.is_subtree else (PartsKind.CHILDREN, [])
    own_report = months.own_report(choice.period)
    missing = opened.missing() if parts else []
    reporting = judge.facts.counts.beneath(unit) if parts else None
    return Composition(
        unit=unit,
        choice=choice,
        row=row,
        plan=target.plan,
        parts_kind=kind,
        parts=parts,
        own=opened.own() if parts and kind == PartsKind.CHILDREN else None,
        own_report_url=_report_url(unit, own_report, choice.current.code),
        months=[opened.month(point, row) for point in row.points],
        shares=_shares(row.result, parts) if kind == PartsKind.CHILDREN else None,
        reporting=reporting,
        late=missing,
        late_left_out=reporting.missing + reporting.awaited - len(missing) if reporting else 0,
        changed_at=months.changed_at(choice.period, choice.basis),
        is_being_added_up=months.is_being_added_up,
        is_whole=is_whole,
    )


@dataclass(frozen=True)
class _Opened:
    """What was read for the page: once, and handed on."""

    unit: Unit
    target: Target
    choice: Choice
    months: UnitCalendar
    judge: Judge
    is_subtree: bool
    lists_carriers: bool

    @classmethod
    def of(cls, unit: Unit, target: Target, choice: Choice, *, is_subtree: bool) -> "_Opened":
        now, months = clock.now(), UnitCalendar.of(unit, choice.calendar, target.indicator)
        original = target.restates or target
        lists_carriers = is_subtree and _are_few(original, unit, choice)
        known = Known(
            calendar=months.calendar,
            targets={target.pk: original},
            phases=phases_of([original]),
            children_of=unit if is_subtree else None,
            own=[unit],
            every_month=True,
            carriers=lists_carriers,
            reporting=now if is_subtree else None,
            year_before=True,
        )
        facts = read_facts(targets=[target], units=[unit], period=choice.period, basis=choice.basis, known=known)
        return cls(unit, target, choice, months, Judge(facts, now), is_subtree, lists_carriers)

    def row(self) -> TargetRow:
        result = self.judge.result(self.target, self.unit)
        points = month_points(self.judge, [self.target], self.unit)[self.target.pk]
        expected = expected_of(forecasts_in(self.judge, [result]).get(self.target.pk), self.target, self.choice)
        before = year_before(self.judge, result)
        return TargetRow(result, points, self.choice.target_at(self.target, self.unit), expected, before)

    def parts(self) -> tuple[PartsKind, list[Part]]:
        """Carriers or blocs where the figure is their share; else, or of many carriers, the units directly beneath."""
        original = self.judge.facts.targets[self.target.pk]
        if original.carried_by == Carrier.EACH_BLOC and original.plan.unit_id == self.unit.pk:
            return PartsKind.BLOCS, [self._part(one) for one in carriers_in(self.judge, self.target, self.unit)]
        if self.lists_carriers:
            results = carriers_in(self.judge, self.target, self.unit)
            carriers = [result for result in results if self.unit.is_above(result.unit)]
            if carriers:
                return PartsKind.CARRIERS, [self._part(result) for result in carriers]
        units = self.judge.facts.places.units.values()
        children = sorted((row for row in units if row.parent_id == self.unit.pk), key=lambda row: row.path)
        if original.carried_by == Carrier.EACH_UNIT and not self.lists_carriers:
            shares = shares_in(self.judge, self.target, children)
            if shares:
                return PartsKind.SHARES, [self._part(result) for result in shares]
        return PartsKind.CHILDREN, [self._part(one) for one in children_in(self.judge, self.target, children)]

    def _part(self, result: TargetResult) -> Part:
        counts, choice = self.judge.facts.counts, self.choice
        if result.bloc is not None:
            blocs = self.judge.facts.places.blocs_on(self.unit, choice.period.last_day)
            members = [self.judge.facts.places.units[pk] for pk, bloc in blocs.items() if bloc == result.bloc]
            address = choice.bloc_at(result.unit, result.bloc, result.target) if members else ""
            row = TargetRow(result, (), address)
            return Part(str(result.bloc), "", row, counts.beneath(self.unit, members))
        row = TargetRow(result, (), choice.target_at(result.target, result.unit))
        kind = wording.kind_in_short(result.unit.kind)
        return Part(str(result.unit), kind, row, counts.beneath(self.unit, [result.unit]))

    def own(self) -> Part | None:
        """The unit's own work beside what is beneath it; null where it neither owes nor has entered anything."""
        result = own_in(self.judge, self.target, self.unit)
        if not result.required and result.value is None and not result.reported:
            return None
        return Part(str(self.unit), wording.kind_in_short(self.unit.kind), TargetRow(result, (), ""))

    def missing(self) -> list[Owed]:
        """Whose report of the month is not in hand beneath the unit, the longest overdue first."""
        return reports_late(self.unit, self.choice.period, self.judge.facts.deadlines, most=LATE_SHOWN)[0]

    def month(self, point: MonthPoint, row: TargetRow) -> MonthRow:
        code, report = str(point.period), self.months.own_report(point.period)
        address = reverse("reports:target", args=[row.target.pk, self.unit.code])
        return MonthRow(
            code=code,
            added=vn_signed(point.in_period),
            figure=wording.month_figure(row.result, point),
            before=self._before(point, row),
            value=point.value,
            url=f"{address}?{self.choice.query_in(code)}",
            report=report,
            report_url=_report_url(self.unit, report, code),
            entry_url=f"{_report_url(self.unit, report, code)}#i{row.target.indicator_id}",
            entered="" if report is None or report.entry.is_silent else wording.entry(report.entry),
            is_missing=report is not None and report.entry.is_silent and self._is_asked(point),
            timeliness=self._timeliness(report, point.period),
        )

    def _before(self, point: MonthPoint, row: TargetRow) -> str:
        """The figure of a year before that month; blank where nothing is known."""
        then = year_before(self.judge.as_of(point.period), row.result)
        return "" if then is None else wording.past_figure(then)

    def _is_asked(self, point: MonthPoint) -> bool:
        """Whether the target asked the unit itself for an entry of the month; what is done stays done."""
        original, period = self.judge.facts.targets[self.target.pk], point.period
        if original.indicator.kind == IndicatorKind.MILESTONE and point.value:
            return False
        organisation = self.judge.facts.organisation(Month(period.year, period.month))
        return self.unit.path in organisation.units and is_asked(original, self.unit, organisation)

    def _timeliness(self, report: OwnReport | None, period: Period) -> Timeliness | None:
        if report is None:
            return None
        if not self.unit.is_open_on(period.last_day):
            return Timeliness.NOT_REQUIRED
        return report.timeliness(self.judge.facts.deadlines.of(self.unit, period), self.judge.now)


def _are_few(target: Target, unit: Unit, choice: Choice) -> bool:
    """Whether the carriers of an ``each_unit`` target are so few that each has a line: direct ones always have one."""
    if target.carried_by != Carrier.EACH_UNIT:
        return False
    if target.carrier_reach == Reach.DIRECT:
        return True
    return number_of_carriers(target, unit, choice.period, choice.basis) <= PARTS_SHOWN


def _report_url(unit: Unit, report: OwnReport | None, code: str) -> str:
    return reverse("reports:report", args=[unit.code, code]) if report is not None else ""


def _shares(result: TargetResult, parts: Sequence[Part]) -> Shares | None:
    """Only sums add up, and only where something was handed down."""
    target = result.target
    if target.indicator.kind != IndicatorKind.AMOUNT or target.carried_by != Carrier.POOLED or result.minimum is None:
        return None
    handed = list(_minima(parts))
    return Shares(sum(handed, Decimal(0)), result.minimum, len(handed)) if handed else None


def _minima(parts: Iterable[Part]) -> Iterable[Decimal]:
    return (part.result.minimum for part in parts if part.result.minimum is not None)
