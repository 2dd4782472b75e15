"""The tables of the paper as a workbook (.xlsx), one annex a sheet: numbers are numbers, days are days.

A table of the page itself is a sheet where the page says so (`sheet`).

A cell keeps the value that the page tells (`data-number`, `data-date`); all else is text and can never be a formula. A
dash is an empty cell: missing, as it is on paper. Charts
are left out: their figures stand in the annex of targets.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.workbooks import put_safely
from reports.documents.words import CARRIED_MARK, EMPTY_CELLS, MISSING, NBSP

from . import tree
from .excel_sheet import furnish, set_up
from .packing import steady
from .tree import Node

FACE = "Times New Roman"
DAY_FORMAT = "dd/mm/yyyy"
MILLIMETRES_IN_A_LETTER = 1.9
NARROWEST, SMALL, LARGE = 6.0, 11, 13
LINE, CELL_PADDING, FILLED = 1.25, 3.0, 1.05  # of a line: its height in sizes, and how much of it words fill
LONGEST_TITLE = 200
TEXT_COLUMNS = 12  # a line of text runs over no more: beyond, nobody sees it
STRONG_ROWS = {"group", "sum", "total"}
TITLES = {"annex-title", "doc-title", "board-title"}  # of an annex, and of a page whose own table it is

_LINE = Side(style="thin")
_RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GREY = PatternFill("solid", fgColor="ECECEC")


@dataclass(frozen=True)
class Look:
    """How a cell of a table looks; its lines are drawn around every one."""

    bold: bool
    italic: bool
    align: str
    shaded: bool


@dataclass
class _Pen:
    """Where the next row of a sheet is written, and over how many columns its lines of text run."""

    sheet: Worksheet
    width: int
    letters: Sequence[float] = ()  # the width of each column
    row: int = 1
    looks: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def dress(self, cell: Cell, look: Look) -> None:
        """Looks are made once and then shared: a workbook of a province has tens of thousands of cells."""
        key = (look, cell.number_format, cell.quotePrefix)
        if key not in self.looks:
            cell.font = Font(name=FACE, size=SMALL, bold=look.bold, italic=look.italic)
            cell.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=True)
            cell.border = _RULED
            if look.shaded:
                cell.fill = _GREY
            self.looks[key] = cell._style
        cell._style = copy(self.looks[key])


def from_html(html: str, *, dated: date, note: str = "") -> bytes:
    """The annexes of the page as .xlsx, empty but for its head where there are none; equal pages give equal bytes.

    `note` stands in the head of every sheet.
    """
    root = tree.read(html)
    page = root.first("body") or root
    book = Workbook()
    book.remove(book.active)
    annexes = [node for node in page.walk() if node.css & {"annex", "sheet"} and "text" not in node.css]
    marks = [mark.text for mark in page.elements if "mark" in mark.css and mark.css - {"mark"} <= page.css]
    for annex in annexes or [Node("section", {"class": "annex"})]:
        _write_annex(book, annex, page, [*([note] if note else []), *marks])
    title = root.first("title")
    book.properties.title = (title.text if title else "")[:LONGEST_TITLE]
    book.properties.creator = book.properties.lastModifiedBy = "; ".join(_issuers(page))[:LONGEST_TITLE]
    book.properties.language = "vi-VN"
    stream = BytesIO()
    book.save(stream)
    return steady(stream.getvalue(), dated=dated)


def _write_annex(book: Workbook, annex: Node, page: Node, notices: list[str]) -> None:
    number = annex.first("h2")
    sheet = book.create_sheet(annex.attributes.get("data-sheet") or (number.text if number else "Phụ lục"))
    tables = [table for table in annex.walk() if table.tag == "table" and "bars" not in table.css]
    widths = _widths(tables)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = max(width / MILLIMETRES_IN_A_LETTER, NARROWEST)
    letters = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, len(widths) + 1)]
    pen = _Pen(sheet, min(max(len(widths), 2), TEXT_COLUMNS), letters)
    _write_head(pen, annex, page, notices)
    title_rows, head_rows = (1, pen.row - 1), (0, 0)
    for node in _parts(annex):
        if node.tag == "table":
            head_rows = _write_table(pen, node)
        else:
            _line(pen, node.text, bold=node.tag == "h3", size=LARGE if node.tag == "h3" else SMALL)
    if any(cell.text == MISSING for table in tables for cell in table.walk() if cell.tag in ("td", "th")):
        _line(pen, EMPTY_CELLS)
    repeated = head_rows if len(tables) == 1 else title_rows
    wide = "wide" in annex.css or "board" in page.css
    set_up(sheet, wide=wide, repeated=repeated, frozen=head_rows[1] + 1 if len(tables) == 1 else 0)
    furnish(sheet, notices)


def _write_head(pen: _Pen, annex: Node, page: Node, notices: list[str]) -> None:
    """Who reports, which annex this is, and what the copy is not."""
    for text in _issuers(page):
        _line(pen, text.upper(), bold=text != _issuers(page)[0] or len(_issuers(page)) == 1)
    for text in notices:
        _line(pen, text, italic=True, align="right")
    of = annex if "annex" in annex.css else page
    title = next((node for node in of.walk() if node.css & TITLES), Node("div"))
    for node in title.elements:
        text, is_with = node.text, bool(node.css & {"with", "based"})
        _line(
            pen,
            text.upper() if node.tag in ("h1", "h2") else text,
            bold=not is_with,
            italic=is_with,
            align="center",
            size=LARGE,
        )
    pen.row += 1


def _issuers(page: Node) -> list[str]:
    """The superior body, where there is one, and the issuing body."""
    return [node.text for node in page.walk() if node.css & {"superior", "issuer"}]


def _parts(annex: Node) -> list[Node]:
    """Headings, tables and notes in their order; drawings, their keys and the annex's own title are left out."""
    parts: list[Node] = []
    for node in annex.elements:
        if "key" in node.css:
            continue
        if node.tag in ("h3", "table", "p"):
            parts.append(node)
        elif not node.css & {"drawn", "annex-title"}:
            parts.extend(_parts(node))
    return parts


def _line(
    pen: _Pen, text: str, *, bold: bool = False, italic: bool = False, align: str = "left", size: int = SMALL
) -> None:
    """Text over the whole width."""
    cell = pen.sheet.cell(pen.row, 1)
    put_safely(cell, text.replace(NBSP, " "))
    cell.font = Font(name=FACE, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal=align, vertical="top", wrap_text=True)
    pen.sheet.merge_cells(start_row=pen.row, end_row=pen.row, start_column=1, end_column=pen.width)
    letters = sum(pen.sheet.column_dimensions[get_column_letter(n)].width for n in range(1, pen.width + 1))
    pen.sheet.row_dimensions[pen.row].height = size * 1.4 * (len(text) // max(int(letters * 0.95), 1) + 1)
    pen.row += 1


def _write_table(pen: _Pen, table: Node) -> tuple[int, int]:
    """Write the table; the first and last row of its head."""
    first = pen.row
    heads = [row for part in table.elements if part.tag == "thead" for row in part.elements]
    bodies = [row for part in table.elements if part.tag == "tbody" for row in part.elements]
    taken: set[tuple[int, int]] = set()
    for row in heads:
        _write_row(pen, row, taken, is_head=True)
    for row in bodies:
        _write_row(pen, row, taken, is_head=False)
    pen.row += 1
    return first, first + len(heads) - 1


def _write_row(pen: _Pen, row: Node, taken: set[tuple[int, int]], *, is_head: bool) -> None:
    column, lines = 1, 1
    for node in row.elements:
        while (pen.row, column) in taken:
            column += 1
        across, down = int(node.attributes.get("colspan", 1)), int(node.attributes.get("rowspan", 1))
        cell = pen.sheet.cell(pen.row, column)
        _put(cell, node)
        pen.dress(cell, _look(node, row, is_head=is_head))
        if across > 1 or down > 1:
            taken.update((pen.row + y, column + x) for y in range(down) for x in range(across))
            last_row, last_column = pen.row + down - 1, column + across - 1
            pen.sheet.merge_cells(start_row=pen.row, end_row=last_row, start_column=column, end_column=last_column)
        if down == 1:
            lines = max(lines, _lines_in(pen, node, column, across))
        column += across
    if lines > 1:  # not every program finds the height by itself
        pen.sheet.row_dimensions[pen.row].height = lines * SMALL * LINE + CELL_PADDING
    pen.row += 1


def _lines_in(pen: _Pen, node: Node, column: int, across: int) -> int:
    """How many lines the text of a cell takes, rather one too many."""
    letters = sum(pen.letters[column - 1 : column - 1 + across]) * FILLED
    return sum(ceil(len(tree.run_text(line)) / letters) for line in tree.lines_of(node)) if letters else 1


def _put(cell: Cell, node: Node) -> None:
    text = "\n".join(tree.run_text(line) for line in tree.lines_of(node)).replace(NBSP, " ")
    carried = f'"{CARRIED_MARK}"' if text.endswith(CARRIED_MARK) else ""
    if "data-number" in node.attributes:
        value = Decimal(node.attributes["data-number"])
        cell.value = int(value) if value == value.to_integral_value() else value
        decimals = len(text.rstrip(CARRIED_MARK).partition(",")[2])
        cell.number_format = f"#,##0{'.' + '0' * decimals if decimals else ''}{carried}"
    elif "data-date" in node.attributes:
        cell.value = date.fromisoformat(node.attributes["data-date"])
        cell.number_format = DAY_FORMAT + carried
    elif text and text != MISSING:
        put_safely(cell, text)


def _look(node: Node, row: Node, *, is_head: bool) -> Look:
    is_numbering = "cols" in row.css
    bold = node.first("b")
    is_strong = (is_head and not is_numbering) or bool(row.css & STRONG_ROWS) or (bold and bold.text == node.text)
    align = "center" if is_head or "c" in node.css else "right" if "n" in node.css else "left"
    return Look(bold=bool(is_strong), italic=is_numbering, align=align, shaded="group" in row.css)


def _widths(tables: list[Node]) -> list[float]:
    """Millimetres a column: the widest of the tables that stand under each other."""
    each = [
        [
            float(column.attributes["style"].removeprefix("width:").removesuffix("mm"))
            for column in table.walk()
            if column.tag == "col"
        ]
        for table in tables
    ]
    longest = max((len(widths) for widths in each), default=0)
    return [max(widths[n] for widths in each if n < len(widths)) for n in range(longest)]
