"""Workbooks for tests, good and crooked, made in memory."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(*rows: list[Any], before: int = 0, more_sheets: tuple[str, ...] = ()) -> bytes:
    """A workbook of these rows, after ``before`` empty ones."""
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, start=before + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(row=number, column=column, value=value)
    for title in more_sheets:
        book.create_sheet(title)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one of its parts replaced or added, compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item.filename, old.read(item))
        new.writestr(name, part)
    return stream.getvalue()


def sheet_xml(rows: str) -> bytes:
    """A sheet's part with these row elements, which claims to be as large as Excel allows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SHEET_NAMESPACE}">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def text_row(number: int, *texts: str) -> str:
    """A row element of texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'
