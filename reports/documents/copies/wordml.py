"""WordprocessingML as text: paragraphs, tables, sections. Written as text because large annexes have many cells.

Lengths are given in millimetres and written in twentieths of a point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from .tree import Run

TWIPS_IN_MM = 1440 / 25.4

SHORT_EDGE, LONG_EDGE = 210.0, 297.0


@dataclass(frozen=True)
class Paper:
    """A4 and its margins: top, right, bottom, left (official-documents: Page); `edge`: of what stands in a margin."""

    is_turned: bool
    margins: tuple[float, float, float, float]
    edge: float = 9.0

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return (LONG_EDGE if self.is_turned else SHORT_EDGE) - self.margins[1] - self.margins[3]


UPRIGHT = Paper(False, (20.0, 20.0, 20.0, 30.0))
# Turned, its bound edge becomes the upper one; a calendar hangs on a wall and is not bound.
WIDE = Paper(True, (30.0, 20.0, 20.0, 20.0))
BOARD = Paper(True, (12.0, 12.0, 12.0, 12.0), edge=4.0)


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Lines of text under a style; `align` is said where it is not the style's."""

    style: str
    lines: Sequence[Sequence[Run]]
    align: str = ""
    bold: bool = False
    keep_next: bool = False
    new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    content: str  # paragraphs as XML
    columns: int = 1
    rows: int = 1
    shaded: bool = False
    ruled: bool = False  # a strong line above
    tight: bool = False  # words of the head that only just fit
    top: bool = False  # its text begins above, where others stand in the middle


@dataclass(frozen=True, kw_only=True)
class Row:
    cells: Sequence[Cell]
    is_head: bool = False


@dataclass
class _Grid:
    """Where cells that reach down into later rows stand: column → (rows to come, columns)."""

    reaching: dict[int, tuple[int, int]] = field(default_factory=dict)

    def begin(self, column: int, cell: Cell) -> str:
        """Note a cell; the mark it bears where it reaches down."""
        if cell.rows == 1:
            return ""
        self.reaching[column] = (cell.rows - 1, cell.columns)
        return '<w:vMerge w:val="restart"/>'

    def reached(self, column: int) -> int:
        """How many columns here belong to a cell of an earlier row; 0 where a cell of this row stands."""
        rows_to_come, columns = self.reaching.pop(column, (0, 0))
        if rows_to_come > 1:
            self.reaching[column] = (rows_to_come - 1, columns)
        return columns


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_IN_MM)


def paragraph(said: Paragraph) -> str:
    look = f'<w:pStyle w:val="{said.style}"/>'
    look += "<w:keepNext/>" if said.keep_next else ""
    look += "<w:pageBreakBefore/>" if said.new_page else ""
    look += f'<w:jc w:val="{said.align}"/>' if said.align else ""
    lines = ("".join(_run(run, bold=said.bold or run.bold) for run in line) for line in said.lines)
    return f"<w:p><w:pPr>{look}</w:pPr>{'<w:r><w:br/></w:r>'.join(lines)}</w:p>"


def empty_paragraph(style: str, inside: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{inside}</w:pPr></w:p>'


def table(style: str, widths: Sequence[float], rows: Iterable[Row]) -> str:
    """A table of fixed columns; heads are repeated on every page, and no row is split."""
    columns = [twips(width) for width in widths]
    grid, reach = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns), _Grid()
    body = "".join(_row(row, columns, reach) for row in rows)
    look = f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def section(sheet: Paper, *, first: bool) -> str:
    """The sheet of a section. Only the first has a first page of its own."""
    width, height = (LONG_EDGE, SHORT_EDGE) if sheet.is_turned else (SHORT_EDGE, LONG_EDGE)
    top, right, bottom, left = sheet.margins
    turned = ' w:orient="landscape"' if sheet.is_turned else ""
    return (
        f'<w:sectPr><w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" '
        f'w:left="{twips(left)}" w:header="{twips(sheet.edge)}" w:footer="{twips(sheet.edge)}" '
        f'w:gutter="0"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )


def sides(millimetres: float) -> str:
    """The room left and right of a cell's text."""
    return "".join(f'<w:{side} w:w="{twips(millimetres)}" w:type="dxa"/>' for side in ("left", "right"))


def _run(run: Run, *, bold: bool) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def _row(row: Row, columns: Sequence[int], grid: _Grid) -> str:
    parts, column, cells = [], 0, iter(row.cells)
    while column < len(columns):
        reached = grid.reached(column)
        if reached:
            cell, merged = Cell(content=empty_paragraph("TableCell"), columns=reached), "<w:vMerge/>"
        else:
            cell = next(cells)
            merged = grid.begin(column, cell)
        parts.append(_cell(cell, sum(columns[column : column + cell.columns]), merged=merged))
        column += cell.columns
    head = "<w:tblHeader/>" if row.is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(parts)}</w:tr>"


def _cell(cell: Cell, width: int, *, merged: str) -> str:
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    look += merged
    if cell.ruled:
        look += '<w:tcBorders><w:top w:val="single" w:sz="10" w:space="0" w:color="000000"/></w:tcBorders>'
    look += '<w:shd w:val="clear" w:color="auto" w:fill="ECECEC"/>' if cell.shaded else ""
    look += f"<w:tcMar>{sides(0.2)}</w:tcMar>" if cell.tight else ""
    look += f'<w:vAlign w:val="{"top" if cell.top else "center"}"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{cell.content}</w:tc>"
