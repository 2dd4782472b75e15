"""The kinds of paper: how each is gathered, read back from its snapshot, and set. Chosen by kind, here only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.jobs import JobFailed
from plans.enums import ISSUED_STATES
from plans.models import Plan
from plans.versions.amending import version_in_force
from reports.enums import DocumentKind
from targets.calendar import Month, Span

from . import building, render, sheets
from .allocations import building as allocations
from .allocations.context import Allocation
from .allocations.rendering import allocation_sheet
from .building.spans import KIND_BY_LENGTH
from .calendars import building as calendars
from .calendars.context import QuarterCalendar
from .calendars.rendering import calendar_sheet
from .context import PeriodicReport
from .dispatches import building as dispatches
from .dispatches.context import Dispatch
from .dispatches.rendering import dispatch_sheet
from .models import OfficialDocument
from .plan_papers import building as plan_papers
from .plan_papers.context import PlanPaper
from .plan_papers.rendering import plan_sheet
from .scorecards import building as scorecards
from .scorecards.context import Scorecard
from .scorecards.rendering import card_sheet, render_scorecard_pdf

Paper = PeriodicReport | Scorecard | Dispatch | PlanPaper | Allocation | QuarterCalendar


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is done with one kind of paper. ``writers``: the ending of a file → what makes it, "pdf" among them."""

    paper: Any  # the class of its context
    build: Callable[[OfficialDocument], Any]
    writers: dict[str, Callable[..., bytes]]
    symbol: Callable[[OfficialDocument], str]
    name: Callable[[OfficialDocument], str]  # of its file, without the ending


def _writers(sheet: Callable[[Any], sheets.Sheet], *, has_tables: bool = True) -> dict[str, Callable[..., bytes]]:
    """The writers of a kind that is one page of HTML."""
    writers: dict[str, Callable[..., bytes]] = {
        "pdf": lambda paper, **more: sheets.to_pdf(sheet(paper), **more),
        "docx": lambda paper: sheets.to_word(sheet(paper)),
    }
    return writers | ({"xlsx": lambda paper: sheets.to_excel(sheet(paper))} if has_tables else {})


def month_of(document: OfficialDocument) -> Month:
    """The month that the document is of, or ends with."""
    return Span.parse(document.span).last


def _plan_of(document: OfficialDocument) -> Plan:
    if document.plan is None:
        raise JobFailed(_("The plan is not there any more."))
    return document.plan


def _about(document: OfficialDocument) -> Any:
    if document.about is None:
        raise JobFailed(_("The unit is not there any more."))
    return document.about


def _symbol(symbol: str) -> Callable[[OfficialDocument], str]:
    return lambda document: building.symbol_of(document.unit, symbol)


def _named(words: str) -> Callable[[OfficialDocument], str]:
    return lambda document: f"{words}-{(document.about or document.unit).code}-{document.span}"


PERIODIC = Kind(
    paper=PeriodicReport,
    build=building.build_report,
    writers={
        **_writers(render.report_sheet),
        "xlsx": lambda paper: sheets.to_excel(render.report_sheet(paper, cut=False)),
    },
    symbol=_symbol(building.REPORT_SYMBOL),
    name=_named("bao-cao"),
)

KINDS: dict[str, Kind] = {
    **{kind.value: PERIODIC for kind in KIND_BY_LENGTH.values()},
    DocumentKind.SCORECARD: Kind(
        paper=Scorecard,
        build=lambda document: scorecards.build_scorecard(
            issuer=document.unit, unit=_about(document), month=month_of(document), basis=document.basis
        ),
        writers={**_writers(card_sheet, has_tables=False), "pdf": render_scorecard_pdf},
        symbol=_symbol(scorecards.SYMBOL),
        name=_named("phieu-danh-gia"),
    ),
    DocumentKind.REMINDER: Kind(
        paper=Dispatch,
        build=lambda document: dispatches.build_dispatch(body=document.unit, month=month_of(document)),
        writers=_writers(dispatch_sheet),
        symbol=_symbol(dispatches.SYMBOL),
        name=_named("cong-van-don-doc"),
    ),
    DocumentKind.PLAN: Kind(
        paper=PlanPaper,
        build=lambda document: plan_papers.build_plan_paper(_plan_of(document)),
        writers=_writers(plan_sheet),
        symbol=lambda document: plan_papers.symbol_of_plan(_plan_of(document)),
        name=_named("van-ban"),
    ),
    DocumentKind.ALLOCATION: Kind(
        paper=Allocation,
        build=lambda document: allocations.build_allocation(
            plan=_plan_of(document), body=document.unit, unit=document.about
        ),
        writers={
            **_writers(allocation_sheet),
            "xlsx": lambda paper: sheets.to_excel(allocation_sheet(paper, cut=False)),
        },
        symbol=_symbol(allocations.SYMBOL),
        name=_named("giao-chi-tieu"),
    ),
    DocumentKind.CALENDAR: Kind(
        paper=QuarterCalendar,
        build=lambda document: calendars.build_calendar(body=document.unit, span=Span.parse(document.span)),
        writers=_writers(calendar_sheet),
        symbol=_symbol(calendars.SYMBOL),
        name=_named("lich-hoat-dong"),
    ),
}
_BY_PAPER: dict[Any, Kind] = {kind.paper: kind for kind in KINDS.values()}


def build(document: OfficialDocument) -> Paper:
    """Gather what the document says now. Raises JobFailed, in words, where that cannot be told."""
    paper: Paper = KINDS[document.kind].build(document)
    return paper


def thaw(document: OfficialDocument, snapshot: dict[str, Any]) -> Paper:
    """Read back what was frozen. Raises SnapshotError where that is no snapshot of this kind."""
    paper: Paper = KINDS[document.kind].paper.from_snapshot(snapshot)
    return paper


def render_pdf(
    paper: Paper,
    *,
    on_progress: Callable[[int], None] | None = None,
    on_part: Callable[[int, int], None] | None = None,
) -> bytes:
    """Set the paper as PDF, told and refused as by ``sheets.to_pdf``."""
    return _BY_PAPER[type(paper)].writers["pdf"](paper, on_progress=on_progress, on_part=on_part)


def copies_of(kind: str) -> frozenset[str]:
    """The endings of the copies that there are of a kind beside the PDF: "docx", "xlsx"."""
    return frozenset(KINDS[kind].writers) - {"pdf"}


def render_copy(paper: Paper, ending: str) -> bytes:
    """The paper in another form; equal papers give equal bytes. Raises KeyError for an ending it does not have."""
    return _BY_PAPER[type(paper)].writers[ending](paper)


def symbol_of(document: OfficialDocument) -> str:
    """The symbol under which the document is numbered: "BC/ĐTN"."""
    return KINDS[document.kind].symbol(document)


def file_name(document: OfficialDocument, ending: str = "pdf") -> str:
    """The name under which the file is downloaded."""
    return f"{KINDS[document.kind].name(document)}.{ending}"


def number_borne(document: OfficialDocument) -> tuple[int, date] | None:
    """The number and day that an issued plan has given its paper already; null for every other paper."""
    plan = document.plan if document.kind == DocumentKind.PLAN else None
    if plan is None or plan.state not in ISSUED_STATES or plan.number is None or plan.issued_on is None:
        return None
    return plan.number, plan.issued_on


def check_issue(document: OfficialDocument, *, number: int, dated: date) -> None:
    """Raise ValidationError where a plan's paper is not the plan's as it was issued."""
    if document.kind != DocumentKind.PLAN:
        return
    borne = number_borne(document)
    if borne is None or thaw(document, document.snapshot or {}).draft:
        raise ValidationError(_("This is the paper of a draft. Make it anew once the plan has been issued."))
    if (number, dated) != borne:
        raise ValidationError(_("The paper of a plan bears the number and the date of the plan."))


def plan_to_replace_with(document: OfficialDocument) -> Plan | None:
    """The plan of a paper that takes this one's place: the version in force.

    Raises ValidationError where it would be the paper of the very same plan again.
    """
    plan = document.plan and version_in_force(document.plan)
    if document.kind == DocumentKind.PLAN and (plan is None or plan == document.plan):
        raise ValidationError(_("The plan has not been amended since; its paper stands."))
    return plan
