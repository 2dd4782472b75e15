"""Tables of a Word file: their rows and cells, and whether a table shows data or only sets things side by side."""

from typing import Any

from .wordml import by_id, qn, through, value, whole

_NO_LINE = {"", "nil", "none"}
_MOST_LAYOUT_ROWS = 4


def rows_of(table: Any) -> list[Any]:
    """Return the rows that are not tracked as deleted."""
    return [row for row in through(table, "w:tr") if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]


def cells_of(row: Any) -> list[Any]:
    """Return the row's cells, each once, however many columns it spans."""
    return list(through(row, "w:tc"))


def columns_before(row: Any) -> int:
    """Return how many columns the row leaves free at its left."""
    return min(whole(value(row.find(qn("w:trPr")), "w:gridBefore")), 20)


def columns_of(cell: Any) -> int:
    """Return how many columns the cell spans."""
    return min(max(1, whole(value(cell.find(qn("w:tcPr")), "w:gridSpan"))), 60)


class Layouts:
    """Tells tables that hold the head or the signature of a document from those that hold data."""

    def __init__(self, styles: Any | None) -> None:
        self._styles = by_id(styles, "w:style", "w:styleId")

    def is_layout(self, table: Any, rows: list[list[list[str]]]) -> bool:
        """Whether the cells (lists of lines) are to be read one after the other.

        So it is without visible lines where at most two columns are used and there are few rows, or where a single
        row holds paragraphs side by side; with lines only where these are two.
        """
        used = max((sum(1 for cell in row if any(line.strip() for line in cell)) for row in rows), default=0)
        if len(rows) == 1 and used < 2:
            return True
        side_by_side = len(rows) == 1 and all(len(cell) > 1 for cell in rows[0])
        if self._has_lines(table):
            return side_by_side and used == 2
        return side_by_side or (used <= 2 and len(rows) <= _MOST_LAYOUT_ROWS)

    def _has_lines(self, table: Any) -> bool:
        properties = table.find(qn("w:tblPr"))
        if properties is not None and (own := properties.find(qn("w:tblBorders"))) is not None:
            return _any_line(own)
        if any(_any_line(borders) for borders in table.iter(qn("w:tcBorders"))):
            return True
        name, seen = value(properties, "w:tblStyle"), 0
        while name in self._styles and seen < 20:
            style = self._styles[name]
            borders = style.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
            if borders is not None:
                return _any_line(borders)
            name, seen = value(style, "w:basedOn"), seen + 1
        return False


def _any_line(borders: Any) -> bool:
    return any(side.get(qn("w:val"), "") not in _NO_LINE for side in borders)
