"""A periodic report as a page, from which PDF, Word and Excel are made (`sheets`).

Putting together only: places come from `layout` and `punctuality`, words from `words`, drawings from `charts`.
Word and Excel are made from the page itself (`copies`), so that no word of theirs can differ from the paper's.
"""

from dataclasses import replace
from typing import Any

from core.paper_parts import Section

from . import charts, layout, parts, punctuality
from .context import PeriodicReport, Status
from .sheets import Sheet, sheet_of

TEMPLATE, TYPE_NAME = "reports/paper/periodic.html", "Báo cáo"


def report_sheet(report: PeriodicReport, *, cut: bool = True) -> Sheet:
    """The report as it is printed. Not ``cut``, the annex by unit is one table, however wide."""
    return sheet_of(
        TEMPLATE,
        template_context(report, cut=cut),
        title=document_title(report),
        dated=report.head.dated or report.span.ends_on,
        head=report.head,
        type_name=TYPE_NAME,
        sections_of=sections_of,
    )


def document_title(report: PeriodicReport) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"{TYPE_NAME} kết quả {report.subject} {report.span.label}"


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
        **parts.whole("body", "targets", "units", "activities", "reporting"),
    }


def _annex_context(report: PeriodicReport, *, cut: bool) -> dict[str, Any]:
    span = report.span
    reached = span.label if span.to_date == span.label else f"{span.short} và {span.to_date}"
    return {
        "target_annex_title": f"Kết quả thực hiện các chỉ tiêu {reached}",
        "target_lines": layout.target_lines(report),
        "has_other_plans": any(group.other_plan for group in report.target_groups),
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


def sections_of(context: parts.Context, html: parts.Html) -> list[Section]:
    """The report's sections in their order: its text, then its annexes, that by unit table by table."""
    annexes = context["annexes"]
    sections = [parts.undivided(context, html, "body")]
    if "targets" in annexes:
        sections.append(parts.undivided(context, html, "targets"))
    if "units" in annexes:
        sections += parts.by_unit(context, html, "units")
    if "activities" in annexes:
        sections.append(_activities(context, html))
    if "reporting" in annexes:
        sections.append(_reporting(context, html))
    return sections


def _activities(context: parts.Context, html: parts.Html) -> Section:
    tables: list[layout.ActivityTable] = context["activity_tables"]
    count = sum(len(table.rows) for table in tables)

    def part(first: int, last: int) -> str:
        shown, before = [], 0
        for table in tables:
            start, stop = max(first - before, 0), min(last - before, len(table.rows))
            if start < stop:
                shown.append(replace(table, rows=table.rows[start:stop], before=before, first=start))
            before += len(table.rows)
        sliced = parts.sliced(context, "activities", first, begins=first == 0, ends=last == count)
        return html({**sliced, "activity_tables": shown})

    return Section(lines=count, html=part)


def _reporting(context: parts.Context, html: parts.Html) -> Section:
    tables: punctuality.ReportingTables = context["reporting"]
    count = len(tables.faulty)

    def part(first: int, last: int) -> str:
        shown = replace(tables, faulty=tables.faulty[first:last])
        sliced = parts.sliced(context, "reporting", first, begins=first == 0, ends=last == count)
        return html({**sliced, "reporting": shown})

    return Section(lines=count, html=part)
