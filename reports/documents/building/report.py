"""The whole context of a periodic report, put together from its parts."""

from dataclasses import dataclass
from typing import Any

from accounts.enums import RoleName
from accounts.models import Role
from core import clock
from core.jobs import JobFailed
from plans.models import Plan
from reports.documents.context import (
    Basis as BasisWords,
)
from reports.documents.context import (
    Head,
    PeriodicReport,
    PlanReference,
    Recipient,
    Signer,
)
from reports.documents.models import OfficialDocument
from reports.documents.words import lowered
from reports.enums import Basis
from reports.progress.models import Period
from reports.rollups.selectors import HeatMap, MonthPoint, TargetResult, bloc_results, history, target_results
from targets.calendar import Span
from targets.models import Target
from units.models import Bloc, Unit
from units.selectors import bloc_by_unit_in_year, top_unit

from . import calendar, narrative, targets
from .reporting import Reporting, reporting_of, units_owing
from .spans import SUBJECT, kind_of, next_span, span_words
from .told_plans import plans_told_in

REPORT_SYMBOL = "BC"
UNITS_NAME = "tổ chức Đoàn trực thuộc"


@dataclass(frozen=True)
class Gathered:
    """Everything read from the database for one report: months, plans, how targets stand, who reported."""

    unit: Unit
    span: Span
    basis: str
    periods: list[Period]
    plans: list[Plan]
    results: list[TargetResult]
    history: dict[int, list[MonthPoint]]
    cells: HeatMap
    blocs: dict[int, Bloc]
    at_blocs: targets.BlocResults
    reporting: Reporting

    @property
    def last(self) -> Period:
        return self.periods[-1]

    @property
    def silent(self) -> list[str]:
        """Units that owed the span's last month and have not given it."""
        missing = self.reporting.required - self.reporting.reported
        return [row.short_name for row in self.cells.units if row.pk in missing]


def symbol_of(unit: Unit, symbol: str = REPORT_SYMBOL) -> str:
    """Return the symbol of the unit's papers of one type, its reports if no other is named: "BC/ĐTN"."""
    return f"{symbol}/{unit.symbol_suffix}"


def build_report(document: OfficialDocument) -> PeriodicReport:
    """Gather what the document reports, as it stands now. Raises JobFailed, in words, where it cannot be told."""
    known = _gather(document)
    return PeriodicReport(draft=True, **_identity(known), **_contents(known))


def _gather(document: OfficialDocument) -> Gathered:
    unit, span, basis = document.unit, Span.parse(document.span), document.basis
    periods = _periods(unit, span)
    last = periods[-1]
    plans = _plans(unit, last)
    chosen = _targets(plans)
    cells = targets.by_unit(targets=chosen, issuer=unit, period=last, basis=basis)
    blocs = bloc_by_unit_in_year(unit, last.last_day, since=targets.counted_since(chosen, last))
    owing = units_owing(unit, periods)
    return Gathered(
        unit=unit,
        span=span,
        basis=basis,
        periods=periods,
        plans=plans,
        results=target_results(targets=chosen, unit=unit, period=last, basis=basis),
        history=history(targets=chosen, unit=unit, period=last, basis=basis),
        cells=cells,
        blocs=blocs,
        at_blocs=bloc_results(targets=chosen, unit=unit, period=last, basis=basis),
        reporting=reporting_of(units=owing, periods=periods, blocs=blocs, basis=basis, now=clock.now()),
    )


def _identity(known: Gathered) -> dict[str, Any]:
    """Who reports what, on which basis, to whom."""
    unit, said = known.unit, known.reporting
    return {
        "kind": kind_of(known.span).value,
        "provisional": known.basis == Basis.PROVISIONAL,
        "head": head_of(unit, symbol_of(unit)),
        "span": span_words(known.span, known.last.last_day),
        "subject": SUBJECT,
        "reporter": f"Ban Thường vụ {unit.name}",
        "reporter_short": f"Ban Thường vụ {unit.short_name}",
        "issuer_short": unit.short_name,
        "plan": plan_reference(known.plans[0]),
        "basis": BasisWords(reported=len(said.reported), required=len(said.required), units_name=UNITS_NAME),
        "recipients": recipients_of(known.plans[0]),
        "archive": "VP",
        "signer": signer_of(unit),
    }


def _contents(known: Gathered) -> dict[str, Any]:
    """The figures in tables, and the words made of them."""
    by_target = targets.target_rows(known.plans, known.results, known.history, known.span)
    groups = targets.target_groups(known.plans[0], known.results, by_target)
    rows = [row for group in groups for row in group.rows]
    told = [(result, by_target[result.target.pk]) for result in known.results]
    coming = calendar.upcoming_rows(calendar.activities_of(known.unit, next_span(known.span)))
    return {
        "topics": narrative.topics(
            unit=known.unit, periods=known.periods, basis=known.basis, rows=told, history=known.history
        ),
        "strengths": narrative.strengths(rows),
        "weaknesses": narrative.weaknesses(rows, known.silent),
        "causes": (),
        "tasks": narrative.tasks(rows, coming),
        "target_groups": groups,
        "units": targets.unit_annex(
            results=known.results,
            cells=known.cells,
            blocs=known.blocs,
            at_blocs=known.at_blocs,
            reporting=known.reporting,
        ),
        "activities": calendar.activity_rows(calendar.activities_of(known.unit, known.span)),
        "next_activities": coming,
        "reporting": known.reporting.annex,
    }


def _periods(unit: Unit, span: Span) -> list[Period]:
    months = [(month.year, month.month) for month in span.months()]
    rows = Period.objects.filter(owner=top_unit(unit), year=span.year, opened_at__isnull=False).order_by("month")
    periods = [row for row in rows if (row.year, row.month) in months]
    if len(periods) < len(months):
        raise JobFailed(f"Chưa mở đủ các kỳ báo cáo của {span.paper_name}, nên chưa lập được báo cáo.")
    return periods


def _plans(unit: Unit, period: Period) -> list[Plan]:
    """Return the unit's plans of which the period's report tells, oldest first."""
    plans = list(plans_told_in(period).filter(unit=unit).distinct().order_by("issued_on", "pk"))
    if not plans:
        raise JobFailed(f"{unit.name} chưa ban hành chương trình có chỉ tiêu cho kỳ này, nên chưa lập được báo cáo.")
    return plans


def _targets(plans: list[Plan]) -> list[Target]:
    rows = Target.objects.counted().filter(plan__in=plans)
    return list(
        rows.select_related("plan__unit", "indicator", "section__parent").order_by("plan__issued_on", "plan", "order")
    )


def head_of(unit: Unit, symbol: str) -> Head:
    """Return the head of a paper that the unit issues, without number and date."""
    return Head(
        superior_name=unit.superior_paper_name,
        issuer_name=unit.paper_name or f"BCH {unit.name}",
        number=None,
        symbol=symbol,
        place=unit.place_of_issue,
        dated=None,
    )


def plan_reference(plan: Plan) -> PlanReference:
    """Return how a paper names the plan that it answers to."""
    return PlanReference(
        type_name=str(plan.get_kind_display()),
        number=plan.symbol or None,
        dated=plan.issued_on,
        issued_by=f"Ban Thường vụ {plan.unit.name}",
        about=lowered(plan.title),
    )


def recipients_of(plan: Plan) -> tuple[Recipient, ...]:
    """Return the plan's own recipients; the line for the archive is the paper's own."""
    rows = [row for row in plan.recipients if not row["name"].startswith("Lưu")]
    return tuple(Recipient(name=row["name"], role=row.get("role", "")) for row in rows)


def signer_of(unit: Unit) -> Signer:
    """The leader's title as it stands under a signature; the name is written by whoever signs."""
    role = Role.objects.filter(unit=unit, name=RoleName.LEADER, ended_at__isnull=True).select_related("user").first()
    title = (role.user.title if role and role.user.title else "Bí thư").upper()
    capacity = ("TM. BAN THƯỜNG VỤ",) if title == "BÍ THƯ" else ("TM. BAN THƯỜNG VỤ", "KT. BÍ THƯ")
    return Signer(capacity=capacity, title=title, name="")
