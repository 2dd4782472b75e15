"""From the bytes of a workbook to a small table: which row holds the headings, and the rows beneath it.

Only the first sheet is read, row by row, and never further than needed: a table of too many rows is refused, and after
many empty rows in a row reading stops.
"""

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from core.folding import fold

from .opening import WorkbookRefused, broken_words, checked_bytes

__all__ = ["Formula", "Shape", "Table", "WorkbookRefused", "cell_name", "read_table"]

log = logging.getLogger(__name__)

HEADING_ROWS = 20
MAX_COLUMNS = 60
MAX_EMPTY_ROWS = 200
ROWS_BETWEEN_SIGNS = 50

SheetRow = tuple[int, tuple[Any, ...]]


class Formula(str):
    """A formula found in a cell, where formulas are not to be read as what they last came to."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a table has to look like.

    ``names``: column → the headings it goes by, in any language, compared folded. ``required``: the columns without
    which there is no table. ``keyed``: the headings are keys in a hidden row that the portal wrote, between a hidden
    row of marks above and the headings that people see beneath (``core.workbooks.keyed``). ``keeps_formulas``: give a
    formula as ``Formula`` instead of what it last came to.
    """

    names: Mapping[str, Iterable[str]]
    required: Sequence[str]
    max_rows: int
    max_columns: int = MAX_COLUMNS
    keyed: bool = False
    keeps_formulas: bool = False


@dataclass
class Table:
    """The rows beneath the headings: (row number in the sheet, column name → cell). ``notes`` are for the reader.

    ``positions``: column name → its place in the sheet, from 0. Of a keyed table also the ``marks``, the headings that
    people see, by place, with their row, and the keys that are not known, by place.
    """

    columns: list[str]
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    seen_headings: dict[int, str] = field(default_factory=dict)
    seen_row: int = 0
    strange: dict[int, str] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells there are to judge."""
        return len(self.rows) * len(self.columns)


def cell_name(position: int, row: int) -> str:
    """Return a cell's name as Excel shows it, "D17"; ``position`` counts columns from 0."""
    return f"{get_column_letter(position + 1)}{row}"


def read_table(file: IO[bytes], shape: Shape, *, watch: Callable[[int], None] = lambda _rows: None) -> Table:
    """Read the first sheet. Raises WorkbookRefused with a sentence.

    ``watch`` is told now and then how many rows have been read.
    """
    content = checked_bytes(file)
    try:
        # openpyxl warns of parts that it leaves out (validation lists, conditional formats): none is read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(content, shape, watch)
    except WorkbookRefused:
        raise
    except Exception as broken:  # openpyxl raises whatever a crooked part happens to trip over
        log.info("A workbook could not be read: %r", broken)
        raise WorkbookRefused(broken_words()) from broken


def _read(content: bytes, shape: Shape, watch: Callable[[int], None]) -> Table:
    book = load_workbook(BytesIO(content), read_only=True, data_only=not shape.keeps_formulas, keep_links=False)
    try:
        if not book.worksheets:
            raise WorkbookRefused(_("The workbook has no sheet."))
        sheet = book.worksheets[0]
        notes: list[str] = []
        if len(book.worksheets) > 1:
            notes.append(_("Only the first sheet, “%(sheet)s”, is read.") % {"sheet": sheet.title})
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        rows = _until_empty(_cells(sheet, shape), notes.append)
        table = Table(columns=[], notes=notes)
        by_position = _find_headings(rows, shape, table)
        _fill(table, rows, by_position, shape.max_rows, watch)
        return table
    finally:
        book.close()


def _cells(sheet: Any, shape: Shape) -> Iterator[tuple[Any, ...]]:
    if not shape.keeps_formulas:
        yield from sheet.iter_rows(max_col=shape.max_columns, values_only=True)
        return
    for row in sheet.iter_rows(max_col=shape.max_columns):
        yield tuple(Formula(cell.value) if cell.data_type == "f" else cell.value for cell in row)


def _until_empty(rows: Iterable[tuple[Any, ...]], note: Callable[[str], None]) -> Iterator[SheetRow]:
    """Give the rows that hold something, numbered as in Excel; stop after many empty ones."""
    empty = 0
    for number, cells in enumerate(rows, start=1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            empty = 0
            yield number, cells
            continue
        empty += 1
        if empty >= MAX_EMPTY_ROWS:
            note(
                _("Reading stopped at row %(row)s, after %(count)s empty rows; nothing below was read.")
                % {"row": number, "count": MAX_EMPTY_ROWS}
            )
            return


def _texts(cells: tuple[Any, ...]) -> list[str]:
    return [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]


def _find_headings(rows: Iterator[SheetRow], shape: Shape, table: Table) -> dict[int, str]:
    """Find the row of headings among the first rows and return position → column."""
    known = {fold(heading).strip(): column for column, headings in shape.names.items() for heading in headings}
    best: set[str] = set()
    above: list[str] = []
    for number, cells in rows:
        texts = _texts(cells)
        found = [known.get(fold(text)) for text in texts]
        here = {column for column in found if column}
        if set(shape.required) <= here:
            _check_headings(found, texts, table)
            if shape.keyed:
                _look_around(table, above, rows)
            elif table.strange:
                _note_strange(table)
            return {position: column for column, position in table.positions.items()}
        best, above = max(best, here, key=len), texts
        if number >= HEADING_ROWS:
            break
    raise WorkbookRefused(_no_headings(shape, best))


def _no_headings(shape: Shape, best: set[str]) -> str:
    if shape.keyed:
        return _(
            "This is not the workbook that is taken from this page, or its hidden rows were deleted. "
            "Take the workbook here, fill it in and choose it again."
        )
    first_names = {column: next(iter(headings)) for column, headings in shape.names.items()}
    missing = ", ".join(f"“{first_names[column]}”" for column in shape.required if column not in best)
    words = _("No row of headings was found in the first sheet. These columns are missing: %(columns)s.")
    return words % {"columns": missing}


def _check_headings(found: list[str | None], texts: list[str], table: Table) -> None:
    table.columns = [column for column in found if column]
    for position, column in enumerate(found):
        if column and column in found[:position]:
            raise WorkbookRefused(_("The heading “%(heading)s” stands twice.") % {"heading": texts[position]})
    table.positions = {column: position for position, column in enumerate(found) if column}
    table.strange = {
        position: text for position, (column, text) in enumerate(zip(found, texts, strict=True)) if text and not column
    }


def _note_strange(table: Table) -> None:
    shown = ", ".join(f"“{text[:60]}”" for text in list(table.strange.values())[:10])
    table.notes.append(_("These columns are not read: %(columns)s.") % {"columns": shown})


def _look_around(table: Table, above: list[str], rows: Iterator[SheetRow]) -> None:
    """Keep the marks above the keys and the headings beneath them."""
    table.marks = tuple(text for text in above if text)
    table.seen_row, cells = next(rows, (0, ()))
    table.seen_headings = {position: text for position, text in enumerate(_texts(cells)) if text}


def _fill(
    table: Table,
    rows: Iterator[SheetRow],
    by_position: dict[int, str],
    max_rows: int,
    watch: Callable[[int], None],
) -> None:
    for number, cells in rows:
        values = {column: cells[position] for position, column in by_position.items()}
        if all(value is None or not str(value).strip() for value in values.values()):
            continue
        if len(table.rows) >= max_rows:
            raise WorkbookRefused(
                _("The sheet holds more than %(count)s rows. Split it into several workbooks.") % {"count": max_rows}
            )
        table.rows.append((number, values))
        if len(table.rows) % ROWS_BETWEEN_SIGNS == 0:
            watch(len(table.rows))
    if not table.rows:
        raise WorkbookRefused(_("There is no row beneath the headings."))
