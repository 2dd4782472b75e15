"""Workbooks as people fill them in: taken from the portal, typed into, brought back."""

import io
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell


class Filled:
    """A workbook of the portal. Columns go by their keys in the hidden row, rows by what stands in one column."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]
        first_keys = ("#unit_code", "#name")
        self.key_row = next(
            row[0].row for row in self.sheet.iter_rows() if any(cell.value in first_keys for cell in row)
        )
        self.keys = {cell.value.removeprefix("#"): cell.column for cell in self.sheet[self.key_row] if cell.value}
        self.heading_row = self.key_row + 1

    def rows(self) -> dict[str, int]:
        """What names a row → its number."""
        column = self.keys.get("unit_code") or self.keys["name"]
        return {self.sheet.cell(row, column).value: row for row in range(self.heading_row + 1, self.sheet.max_row + 1)}

    def cell(self, row: str, key: str) -> Cell:
        return self.sheet.cell(self.rows()[row], self.keys[key])

    def put(self, row: str, key: str, value: Any) -> str:
        """Type into a cell; gives its name."""
        cell = self.cell(row, key)
        cell.value = value
        return cell.coordinate

    def content(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def file(self) -> io.BytesIO:
        return io.BytesIO(self.content())
