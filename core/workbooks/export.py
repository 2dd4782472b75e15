"""Writing a workbook: headings in the page's language, text that can never become a formula."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from .resource import PortalResource

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel reads a typed or pasted text that begins so as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
DAY_FORMAT = "d/m/yyyy"


def write_workbook(resource: PortalResource, subjects: Iterable[Any], *, title: str) -> bytes:
    """Return a workbook of one sheet with the resource's columns, which the same resource can import again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    columns = resource.columns
    for position, column in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, str(column.label)) for column in columns.values()])
    for row in resource.export_rows(subjects):
        sheet.append([text_safe(sheet, column.cell(row[name])) for name, column in columns.items()])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = text_safe(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def text_safe(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    """Return a cell in which text stays text: stored as such, and marked so that editing it keeps it text."""
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT
        return cell
    cell = WriteOnlyCell(sheet)
    put_safely(cell, value)
    return cell


def put_safely(cell: Any, value: str) -> None:
    """Put text into a cell of any workbook, where it stays text."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
