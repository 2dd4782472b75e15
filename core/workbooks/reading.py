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

from core.folding import fold

from .opening import WorkbookRefused, broken_words, checked_bytes

__all__ = ["Table", "WorkbookRefused", "read_table"]

log = logging.getLogger(__name__)

HEADING_ROWS = 20
MAX_COLUMNS = 60
MAX_EMPTY_ROWS = 200

SheetRow = tuple[int, tuple[Any, ...]]


@dataclass
class Table:
    """The rows beneath the headings: (row number in the sheet, column name → cell). ``notes`` are for the reader."""

    columns: list[str]
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_table(file: IO[bytes], *, names: Mapping[str, Iterable[str]], required: Sequence[str], max_rows: int) -> Table:
    """Read the first sheet. ``names``: column → the headings it goes by, in any language, compared folded.

    ``required`` are the columns without which there is no table. Raises WorkbookRefused with a sentence.
    """
    content = checked_bytes(file)
    try:
        # openpyxl warns of parts that it leaves out (validation lists, conditional formats): none is read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(content, names=names, required=required, max_rows=max_rows)
    except WorkbookRefused:
        raise
    except Exception as broken:  # openpyxl raises whatever a crooked part happens to trip over
        log.info("A workbook could not be read: %r", broken)
        raise WorkbookRefused(broken_words()) from broken


def _read(content: bytes, *, names: Mapping[str, Iterable[str]], required: Sequence[str], max_rows: int) -> Table:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise WorkbookRefused(_("The workbook has no sheet."))
        sheet = book.worksheets[0]
        notes: list[str] = []
        if len(book.worksheets) > 1:
            notes.append(_("Only the first sheet, “%(sheet)s”, is read.") % {"sheet": sheet.title})
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        rows = _until_empty(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), notes.append)
        table = Table(columns=[], notes=notes)
        by_position = _find_headings(rows, names=names, required=required, table=table)
        _fill(table, rows, by_position, max_rows)
        return table
    finally:
        book.close()


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


def _find_headings(
    rows: Iterator[SheetRow], *, names: Mapping[str, Iterable[str]], required: Sequence[str], table: Table
) -> dict[int, str]:
    """Find the row of headings among the first rows and return position → column."""
    known = {fold(heading).strip(): column for column, headings in names.items() for heading in headings}
    best: set[str] = set()
    for number, cells in rows:
        texts = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
        found = [known.get(fold(text)) for text in texts]
        here = {column for column in found if column}
        if set(required) <= here:
            _check_headings(found, texts, table)
            return {position: column for position, column in enumerate(found) if column}
        best = max(best, here, key=len)
        if number >= HEADING_ROWS:
            break
    first_names = {column: next(iter(headings)) for column, headings in names.items()}
    missing = ", ".join(f"“{first_names[column]}”" for column in required if column not in best)
    raise WorkbookRefused(
        _("No row of headings was found in the first sheet. These columns are missing: %(columns)s.")
        % {"columns": missing}
    )


def _check_headings(found: list[str | None], texts: list[str], table: Table) -> None:
    table.columns = [column for column in found if column]
    for position, column in enumerate(found):
        if column and column in found[:position]:
            raise WorkbookRefused(_("The heading “%(heading)s” stands twice.") % {"heading": texts[position]})
    strange = [text for column, text in zip(found, texts, strict=True) if text and not column]
    if strange:
        shown = ", ".join(f"“{text[:60]}”" for text in strange[:10])
        table.notes.append(_("These columns are not read: %(columns)s.") % {"columns": shown})


def _fill(table: Table, rows: Iterator[SheetRow], by_position: dict[int, str], max_rows: int) -> None:
    for number, cells in rows:
        values = {column: cells[position] for position, column in by_position.items()}
        if all(value is None or not str(value).strip() for value in values.values()):
            continue
        if len(table.rows) >= max_rows:
            raise WorkbookRefused(
                _("The sheet holds more than %(count)s rows. Split it into several workbooks.") % {"count": max_rows}
            )
        table.rows.append((number, values))
    if not table.rows:
        raise WorkbookRefused(_("There is no row beneath the headings."))
