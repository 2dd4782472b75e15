"""The whole context of a periodic report, put together from its parts."""

from dataclasses import dataclass

from accounts.enums import RoleName
from accounts.models import Role
from core import clock
from core.jobs import JobFailed
from plans.enums import PlanState
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
from reports.enums import Basis
from reports.progress.models import Period
from reports.rollups.selectors import HeatMap, MonthPoint, TargetResult, heat_map, history, target_results
from targets.calendar import Span
from targets.models import Target
from units.models import Unit
from units.selectors import bloc_by_unit, top_unit

from . import calendar, narrative, reporting, targets
from .spans import SUBJECT, kind_of, next_span, span_words

REPORT_SYMBOL = "BC"


@dataclass(frozen=True)
class Standing:
    """How the issuer's targets stand at the end of the span, by themselves and by unit."""

    results: list[TargetResult]
    history: dict[int, list[MonthPoint]]
    cells: HeatMap


def symbol_of(unit: Unit) -> str:
    """Return the symbol of the unit's reports, without the number: "BC/ĐTN"."""
    return f"{REPORT_SYMBOL}/{unit.symbol_suffix}"


def build_report(document: OfficialDocument) -> PeriodicReport:
    """Gather what the document reports, as it stands now. Raises JobFailed, in words, where it cannot be told."""
    unit, span, basis = document.unit, Span.parse(document.span), document.basis
    periods = _periods(unit, span)
    plans = _plans(unit, periods[-1])
    standing = _standing(unit, plans, periods[-1], basis)
    groups = targets.target_groups(plans, standing.results, standing.history, span)
    rows = [row for group in groups for row in group.rows]
    by_code = {row.clause: row for row in rows}
    told = [(result, by_code[result.target.code]) for result in standing.results]
    blocs = bloc_by_unit(unit, periods[-1].last_day)
    said = reporting.reporting_of(
        units=standing.cells.units, periods=periods, blocs=blocs, basis=basis, now=clock.now()
    )
    coming = calendar.upcoming_rows(calendar.activities_of(unit, next_span(span)))
    silent = [row.short_name for row in standing.cells.units if row.pk in said.required - said.reported]
    return PeriodicReport(
        kind=kind_of(span).value,  # type: ignore[arg-type]
        draft=True,
        provisional=basis == Basis.PROVISIONAL,
        head=_head(unit),
        span=span_words(span, periods[-1].last_day),
        subject=SUBJECT,
        reporter=f"Ban Thường vụ {unit.name}",
        reporter_short=f"Ban Thường vụ {unit.short_name}",
        issuer_short=unit.short_name,
        plan=_plan_reference(plans[0]),
        basis=BasisWords(
            reported=len(said.reported), required=len(said.required), units_name="tổ chức Đoàn trực thuộc"
        ),
        topics=narrative.topics(unit=unit, periods=periods, basis=basis, rows=told, history=standing.history),
        strengths=narrative.strengths(rows),
        weaknesses=narrative.weaknesses(rows, silent),
        causes=(),
        tasks=narrative.tasks(rows, coming),
        target_groups=groups,
        units=targets.unit_annex(
            issuer=unit,
            results=standing.results,
            cells=standing.cells,
            blocs=blocs,
            reported=said.reported,
            period=periods[-1],
            basis=basis,
        ),
        activities=calendar.activity_rows(calendar.activities_of(unit, span)),
        next_activities=coming,
        reporting=said.annex,
        recipients=_recipients(plans[0]),
        archive="VP",
        signer=_signer(unit),
    )


def _periods(unit: Unit, span: Span) -> list[Period]:
    months = [(month.year, month.month) for month in span.months()]
    rows = Period.objects.filter(owner=top_unit(unit), year=span.year, opened_at__isnull=False).order_by("month")
    periods = [row for row in rows if (row.year, row.month) in months]
    if len(periods) < len(months):
        raise JobFailed(f"Chưa mở đủ các kỳ báo cáo của {span.paper_name}, nên chưa lập được báo cáo.")
    return periods


def _plans(unit: Unit, period: Period) -> list[Plan]:
    """Return the unit's issued plans with targets whose term covers the period, oldest first."""
    rows = Plan.objects.filter(
        unit=unit,
        state__in=[PlanState.ISSUED, PlanState.CLOSED],
        starts_on__lte=period.last_day,
        ends_on__gte=period.first_day,
        targets__isnull=False,
    )
    plans = list(rows.distinct().order_by("issued_on", "pk"))
    if not plans:
        raise JobFailed(f"{unit.name} chưa ban hành chương trình có chỉ tiêu cho kỳ này, nên chưa lập được báo cáo.")
    return plans


def _standing(unit: Unit, plans: list[Plan], period: Period, basis: str) -> Standing:
    wanted = (
        Target.objects.counted().filter(plan__in=plans).select_related("plan__unit", "indicator", "section__parent")
    )
    chosen = list(wanted.order_by("plan__issued_on", "plan", "order"))
    children = list(unit.children.order_by("path"))
    units = [row for row in children if row.is_open_on(period.last_day)]
    return Standing(
        results=target_results(targets=chosen, unit=unit, period=period, basis=basis),
        history=history(targets=chosen, unit=unit, period=period, basis=basis),
        cells=heat_map(targets=chosen, units=units, period=period, basis=basis),
    )


def _head(unit: Unit) -> Head:
    return Head(
        superior_name=unit.superior_paper_name,
        issuer_name=unit.paper_name or f"BCH {unit.name}",
        number=None,
        symbol=symbol_of(unit),
        place=unit.place_of_issue,
        dated=None,
    )


def _plan_reference(plan: Plan) -> PlanReference:
    title = plan.title
    return PlanReference(
        type_name=str(plan.get_kind_display()),
        number=plan.symbol or None,
        dated=plan.issued_on,
        issued_by=f"Ban Thường vụ {plan.unit.name}",
        about=title[:1].lower() + title[1:],
    )


def _recipients(plan: Plan) -> tuple[Recipient, ...]:
    """The plan's own recipients; the line for the archive is the report's own."""
    rows = [row for row in plan.recipients if not row["name"].startswith("Lưu")]
    return tuple(Recipient(name=row["name"], role=row.get("role", "")) for row in rows)


def _signer(unit: Unit) -> Signer:
    """The leader's title as it stands under a signature; the name is written by whoever signs."""
    role = Role.objects.filter(unit=unit, name=RoleName.LEADER, ended_at__isnull=True).select_related("user").first()
    title = (role.user.title if role and role.user.title else "Bí thư").upper()
    capacity = ("TM. BAN THƯỜNG VỤ",) if title == "BÍ THƯ" else ("TM. BAN THƯỜNG VỤ", "KT. BÍ THƯ")
    return Signer(capacity=capacity, title=title, name="")
