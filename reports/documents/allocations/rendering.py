"""A paper that hands targets down as a page; the grid of all units cut to the turned sheet."""

from collections.abc import Iterator
from typing import Any

from core.paper_parts import Section
from reports.documents import layout, parts, words
from reports.documents.asked import AskedTarget, Share
from reports.documents.building.spans import SUBJECT
from reports.documents.context import Figure, UnitColumn
from reports.documents.layout import Cell, UnitLine, UnitTable
from reports.documents.sheets import Sheet, sheet_of

from .context import Allocation, Grid

TEMPLATE, TYPE_NAME = "reports/paper/allocation.html", "Thông báo"
DONE = "Hoàn thành"


def allocation_sheet(paper: Allocation, *, cut: bool = True) -> Sheet:
    """The paper as it is printed. Not ``cut``, the grid is one table, however wide."""
    return sheet_of(
        TEMPLATE,
        template_context(paper, cut=cut),
        title=document_title(paper),
        dated=paper.head.dated or paper.as_of,
        head=paper.head,
        type_name=TYPE_NAME,
        sections_of=sections_of,
    )


def document_title(paper: Allocation) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    about = f" cho {paper.unit}" if paper.unit else ""
    return f"{TYPE_NAME} giao chỉ tiêu {SUBJECT} {paper.year_label}{about}"


def template_context(paper: Allocation, *, cut: bool) -> dict[str, Any]:
    """What the template needs beyond the paper itself."""
    whom = paper.unit or "các đơn vị trực thuộc"
    return {
        "report": paper,
        "title": document_title(paper),
        "type_name": TYPE_NAME,
        "subject": SUBJECT,
        "groups": [
            (heading, [(number, row, share_text(row)) for number, row in rows])
            for heading, rows in layout.numbered_through(paper.groups)
        ],
        "unit_tables": grid_tables(paper.grid, plan=paper.plan.type_name, cut=cut) if paper.grid else (),
        "closing": [
            f"{paper.issuer_short} đề nghị {whom} xây dựng kế hoạch, tổ chức thực hiện các chỉ tiêu được giao và"
            " báo cáo kết quả hằng tháng theo quy định./."
        ],
        "wide_date": layout.needs_wide_date(paper.head.place),
        "qr": layout.qr_drawing(paper.verification) if paper.verification else None,
        **parts.whole("body", "units"),
    }


def sections_of(context: parts.Context, html: parts.Html) -> list[Section]:
    """The text with its targets, then the grid table by table."""
    return [parts.undivided(context, html, "body"), *parts.by_unit(context, html, "units")]


def share_text(row: AskedTarget) -> str:
    """150–200, ≤ 3, 100%; "Hoàn thành" for what is done or not; a dash where there is no figure of its own."""
    if row.share.is_given:
        return words.bounds_text(row.share.minimum, row.share.maximum, suffix=_sign(row))
    return DONE if row.measured == "milestone" else words.MISSING


def grid_tables(grid: Grid, *, plan: str, cut: bool) -> tuple[UnitTable, ...]:
    """The grid in as many tables as the sheet asks for; its last rows are the sums and what the plan asks."""
    columns = [
        UnitColumn(
            clause=column.clause,
            short_name=column.content,
            unit_of_figure="%" if column.measured == "ratio" else column.measure,
        )
        for column in grid.columns
    ]
    asked = [Share(minimum=column.minimum, maximum=column.maximum) for column in grid.columns]
    longest = max(len(_cell(share).text) for share in (*asked, *grid.sums))
    return layout.column_tables(columns, lambda part: _lines(grid, asked, plan, part), longest=longest, cut=cut)


def _lines(grid: Grid, asked: list[Share], plan: str, part: slice) -> Iterator[UnitLine]:
    def line(css: str, name: str, shares: tuple[Share, ...], number: str = "", kind: str = "") -> UnitLine:
        return UnitLine(
            css=css, number=number, name=name, kind_short=kind, cells=tuple(_cell(share) for share in shares[part])
        )

    number = 0
    for bloc in grid.blocs:
        if bloc.name:
            yield UnitLine(css="group", number="", name=bloc.name, kind_short="", cells=())
        for row in bloc.rows:
            number += 1
            yield line("", row.name, row.shares, str(number), row.kind_short)
    yield line("total", "TỔNG MỨC GIAO", grid.sums)
    yield line("sum", f"CHỈ TIÊU CỦA {plan.upper()}", tuple(asked))


def _cell(share: Share) -> Cell:
    """A share; a single figure is a number in the workbook too. The sign of percent stands in the head."""
    only = share.minimum if share.maximum in (None, share.minimum) else None
    figure = Figure.missing() if only is None else Figure.of_amount(only)
    return Cell(text=words.bounds_text(share.minimum, share.maximum), css="n", figure=figure)


def _sign(row: AskedTarget) -> str:
    return "%" if row.measured == "ratio" else ""
