"""The kinds of paper: how each is gathered, read back from its snapshot, and set. Chosen by kind, here only."""

from collections.abc import Callable
from typing import Any

from reports.enums import DocumentKind
from targets.calendar import Month, Span

from . import building, render
from .context import PeriodicReport
from .dispatches import building as dispatches
from .dispatches.context import Dispatch
from .dispatches.rendering import render_dispatch_pdf
from .models import OfficialDocument
from .scorecards import building as scorecards
from .scorecards.context import Scorecard
from .scorecards.rendering import render_scorecard_pdf

Paper = PeriodicReport | Scorecard | Dispatch


def month_of(document: OfficialDocument) -> Month:
    """The month that the document is of, or ends with."""
    return Span.parse(document.span).last


def build(document: OfficialDocument) -> Paper:
    """Gather what the document says now. Raises JobFailed, in words, where that cannot be told."""
    if document.kind == DocumentKind.SCORECARD and document.about is not None:
        return scorecards.build_scorecard(
            issuer=document.unit, unit=document.about, month=month_of(document), basis=document.basis
        )
    if document.kind == DocumentKind.REMINDER:
        return dispatches.build_dispatch(body=document.unit, month=month_of(document))
    return building.build_report(document)


def thaw(document: OfficialDocument, snapshot: dict[str, Any]) -> Paper:
    """Read back what was frozen. Raises SnapshotError where that is no snapshot of this kind."""
    if document.kind == DocumentKind.SCORECARD:
        return Scorecard.from_snapshot(snapshot)
    if document.kind == DocumentKind.REMINDER:
        return Dispatch.from_snapshot(snapshot)
    return PeriodicReport.from_snapshot(snapshot)


def render_pdf(
    paper: Paper,
    *,
    on_progress: Callable[[int], None] | None = None,
    on_part: Callable[[int, int], None] | None = None,
) -> bytes:
    """Set the paper as PDF. Raises core.paper.PaperError where it cannot be made. Only periodic reports have parts."""
    if isinstance(paper, Scorecard):
        return render_scorecard_pdf(paper, on_progress=on_progress)
    if isinstance(paper, Dispatch):
        return render_dispatch_pdf(paper, on_progress=on_progress)
    return render.render_document_pdf(paper, on_progress=on_progress, on_part=on_part)


def symbol_of(document: OfficialDocument) -> str:
    """The symbol under which the document is numbered: "BC/ĐTN"."""
    if document.kind == DocumentKind.SCORECARD:
        return building.symbol_of(document.unit, scorecards.SYMBOL)
    if document.kind == DocumentKind.REMINDER:
        return building.symbol_of(document.unit, dispatches.SYMBOL)
    return building.symbol_of(document.unit)


def file_name(document: OfficialDocument) -> str:
    """The name under which the file is downloaded."""
    if document.kind == DocumentKind.SCORECARD and document.about is not None:
        return f"phieu-danh-gia-{document.about.code}-{document.span}.pdf"
    if document.kind == DocumentKind.REMINDER:
        return f"cong-van-don-doc-{document.unit.code}-{document.span}.pdf"
    return f"bao-cao-{document.unit.code}-{document.span}.pdf"
