"""A periodic report as HTML, and from that same HTML as PDF, Word and Excel.

Putting together only: places come from `layout` and `punctuality`, words from `words`, drawings from `charts`.
Word and Excel are made from the page itself (`copies`), so that no word of theirs can differ from the paper's.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from core import paper
from core.paper_parts import render_in_parts

from . import charts, layout, parts, punctuality, words
from .context import PeriodicReport, Status
from .copies import excel
from .sheets import clean

TEMPLATE = "reports/paper/periodic.html"
# Everything is shown, from its heading to its note; `parts` shows less at a time.
WHOLE = {
    "shown": ("body", "targets", "units", "activities", "reporting"),
    "in_parts": False,
    "first": 0,
    "begins": True,
    "ends": True,
}


def render_html(report: PeriodicReport, *, cut: bool = True) -> str:
    """The whole document as HTML in composed (NFC) letters, without control characters.

    Not `cut`, the annex by unit is one table, however wide.
    """
    return _html(template_context(report, cut=cut))


def _html(context: dict[str, Any]) -> str:
    return clean(render_to_string(TEMPLATE, context))


def render_document_pdf(
    report: PeriodicReport,
    *,
    on_progress: Callable[[int], None] | None = None,
    on_part: Callable[[int, int], None] | None = None,
) -> bytes:
    """The document as PDF; equal reports give equal bytes. Raises core.paper.PaperError where paper cannot be made.

    One whose annexes have more rows than `settings.PAPER_ROWS_A_PART` is set in parts; it looks the same.
    `on_progress` is told the number of pages laid out so far, `on_part` which part of how many begins; what they raise
    stops the work.
    """
    context, rows = template_context(report), settings.PAPER_ROWS_A_PART
    title, dated = clean(document_title(report)), _day_of(report)
    if parts.lines_in(context) > rows:
        return render_in_parts(
            sections=parts.sections_of(context, _html),
            lines_a_part=rows,
            title=title,
            dated=dated,
            on_progress=on_progress,
            on_part=on_part,
        )
    return paper.render_pdf(html=_html(context), title=title, dated=dated, on_progress=on_progress)


def render_document_docx(report: PeriodicReport) -> bytes:
    """The document as a Word file with real styles; equal reports give equal bytes. Drawings are said in words."""
    from .copies import word  # with python-docx, 15 MB that processes without this wish are spared

    return word.from_html(render_html(report), dated=_day_of(report), note=clean(words.copy_text(report.head)))


def render_document_xlsx(report: PeriodicReport) -> bytes:
    """The annexes as a workbook, one a sheet; equal reports give equal bytes."""
    html = render_html(report, cut=False)
    return excel.from_html(html, dated=_day_of(report), note=clean(words.copy_text(report.head)))


def _day_of(report: PeriodicReport) -> date:
    return report.head.dated or report.span.ends_on


def document_title(report: PeriodicReport) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"Báo cáo kết quả {report.subject} {report.span.label}"


def template_context(report: PeriodicReport, *, cut: bool = True) -> dict[str, Any]:
    """What the templates need beyond the report itself."""
    topics = layout.numbered_topics(report)
    closing, tasks = layout.closing_and_tasks(report)
    return {
        "report": report,
        "title": document_title(report),
        "wide_date": layout.needs_wide_date(report.head.place),
        "topics": topics,
        "tally": layout.tally_table(report) if report.targets else None,
        "on_track": _count(report, "on_track"),
        "lagging": _count(report, "at_risk", "behind", "missed"),
        "tasks": tasks,
        "closing": closing,
        "qr": layout.qr_drawing(report.verification) if report.verification else None,
        "annexes": layout.annex_numbers(report),
        **_annex_context(report, cut=cut),
        "bars_number": sum(len(topic.charts) for topic in topics) + 1,
        **WHOLE,
    }


def _annex_context(report: PeriodicReport, *, cut: bool) -> dict[str, Any]:
    span = report.span
    reached = span.label if span.to_date == span.label else f"{span.short} và {span.to_date}"
    return {
        "target_annex_title": f"Kết quả thực hiện các chỉ tiêu {reached}",
        "target_lines": layout.target_lines(report),
        "has_carried": any(row.to_date.carried or row.in_span.carried for row in report.targets),
        "bars": [(row, charts.target_bar(row)) for row in report.targets],
        "bars_fit_a_page": len(report.targets) <= layout.BARS_PER_PAGE,
        "legend_hatching": charts.hatching(left=0.2, width=7.6, top=0.4, height=2.6),
        "unit_annex_title": layout.unit_annex_title(report),
        "unit_tables": layout.unit_tables(report.units, report.basis.required, cut=cut) if report.units else (),
        "units_have_carried": report.units is not None and layout.has_carried(report.units),
        "activity_annex_title": f"Hoạt động trong {span.label} và dự kiến {span.next_label}",
        "activity_tables": layout.activity_tables(report),
        "reporting_annex_title": f"Chấp hành chế độ báo cáo tháng trong {span.label}",
        "reporting": punctuality.reporting_tables(report.reporting) if report.reporting else None,
    }


def _count(report: PeriodicReport, *statuses: Status) -> int:
    return sum(row.status in statuses for row in report.targets)
