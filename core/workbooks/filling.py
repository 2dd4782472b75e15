"""Writing a workbook to be filled in: protected headings and names, open cells to type in, hidden marks and keys.

What is written here is known again by ``core.workbooks.keyed``. Protection has no password: it keeps slips away, and
who takes it off is met by the checks when the workbook comes back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from .export import text_safe
from .keyed import key_of

TITLE_LENGTH = 31  # Excel's limit for the name of a sheet
HEADING_HEIGHT, LINE_HEIGHT = 78, 15  # points
FONT = "Calibri"
FIT_ON_PAPER = 12  # columns; more would be too small to read, and go on to further sheets of paper
A4 = "9"  # Excel's number for it
_LINE = Side(style="thin", color="BFC5CC")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GREY, _YELLOW, _BLUE = (PatternFill("solid", fgColor=color) for color in ("EEF0F2", "FFFBE0", "DCE9F7"))


@dataclass(frozen=True)
class FillColumn:
    """One column. ``key`` is the resource's column (blank: only to read). ``rule`` is what Excel itself refuses."""

    heading: str | Promise
    width: int
    key: str = ""
    hidden: bool = False
    rule: DataValidation | None = None


@dataclass(frozen=True)
class FillCell:
    """One cell: its value (null: blank), whether it may be typed in, how it is shown; figures in words stand right."""

    value: Any
    may_fill: bool = False
    number_format: str = ""
    to_right: bool = False


@dataclass(frozen=True)
class FillSheet:
    """The whole sheet. ``words`` are lines above the table; the first ``frozen`` columns stay in sight."""

    title: str
    words: Sequence[str]
    marks: Sequence[str]
    columns: Sequence[FillColumn]
    frozen: int
    name: str = ""

    @property
    def heading_row(self) -> int:
        """The row of headings: after the title, the words, the marks and the keys. Figures begin beneath."""
        return len(self.words) + 4


def write_filling(sheet: FillSheet, rows: Iterable[Sequence[FillCell]]) -> bytes:
    """Return the workbook; rows may be thousands."""
    book = Workbook(write_only=True)
    page = book.create_sheet((sheet.name or sheet.title)[:TITLE_LENGTH])
    head = sheet.heading_row
    _prepare(page, sheet, head)
    page.append([_styled(page, sheet.title, font=Font(name=FONT, bold=True, size=14))])
    for line in sheet.words:
        page.append([_styled(page, line, font=Font(name=FONT, italic=True))])
    page.append([text_safe(page, mark) for mark in sheet.marks])
    page.append([text_safe(page, key_of(column.key)) if column.key else None for column in sheet.columns])
    page.append([_heading(page, str(column.heading)) for column in sheet.columns])
    looks = _Looks(page)
    last = head
    for row in rows:
        last += 1
        if (lines := _lines(sheet, row)) > 1:
            page.row_dimensions[last].height = LINE_HEIGHT * lines
        page.append([looks.dress(cell) for cell in row])
    _close(page, sheet, head, last)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(sheet: FillSheet, row: Sequence[FillCell]) -> int:
    """How many lines the longest text of a row takes; not every program finds the height by itself."""
    texts = ((cell.value, column.width) for cell, column in zip(row, sheet.columns, strict=True))
    return max((ceil(len(text) / width) for text, width in texts if isinstance(text, str)), default=1)


def _prepare(page: WriteOnlyWorksheet, sheet: FillSheet, head: int) -> None:
    """What has to be said before the first row."""
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=len(sheet.columns) <= FIT_ON_PAPER)
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{head + 1}"
    for position, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(position)].width = column.width
        page.column_dimensions[get_column_letter(position)].hidden = column.hidden
    page.row_dimensions[head - 2].hidden = True
    page.row_dimensions[head - 1].hidden = True
    page.row_dimensions[head].height = HEADING_HEIGHT


def _close(page: WriteOnlyWorksheet, sheet: FillSheet, head: int, last: int) -> None:
    """What holds for the rows as a whole: protection, rules of typing, the filter, paper."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.autoFilter = False
    page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{last}"
    for position, column in enumerate(sheet.columns, start=1):
        if column.rule is not None and last > head:
            letter = get_column_letter(position)
            column.rule.add(f"{letter}{head + 1}:{letter}{last}")
            page.data_validations.append(column.rule)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.print_title_rows = f"{head}:{head}"
    page.print_title_cols = f"A:{get_column_letter(sheet.frozen)}"


def _styled(page: WriteOnlyWorksheet, text: str, *, font: Font) -> WriteOnlyCell:
    cell = text_safe(page, text)
    cell.font = font
    return cell


def _heading(page: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _styled(page, text, font=Font(name=FONT, bold=True))
    cell.fill, cell.border = _BLUE, _BORDER
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    return cell


class _Looks:
    """Cells that look alike share one style: setting it anew in 40,000 cells would take most of the time."""

    def __init__(self, page: WriteOnlyWorksheet) -> None:
        self._page = page
        self._known: dict[tuple[bool, str, bool, bool], Any] = {}

    def dress(self, cell: FillCell) -> WriteOnlyCell:
        is_text = isinstance(cell.value, str)
        made = text_safe(self._page, cell.value) if is_text else WriteOnlyCell(self._page, cell.value)
        shown = "@" if is_text and not cell.may_fill else cell.number_format or "General"
        look = (cell.may_fill, shown, bool(made.quotePrefix), cell.to_right)
        if look not in self._known:
            made.number_format = shown
            made.fill, made.border = _YELLOW if cell.may_fill else _GREY, _BORDER
            made.protection = Protection(locked=not cell.may_fill)
            made.alignment = Alignment(vertical="top", wrap_text=True, horizontal="right" if cell.to_right else None)
            self._known[look] = made._style
        made._style = self._known[look]
        return made


def number_rule(*, whole: bool, most: int, title: str, words: str) -> DataValidation:
    """Excel takes numbers from 0 to ``most`` only, and says ``words`` otherwise."""
    kind = "whole" if whole else "decimal"
    return _rule(
        DataValidation(type=kind, operator="between", formula1="0", formula2=str(most), allow_blank=True), title, words
    )


def day_rule(*, column: int, row: int, word: str, title: str, words: str) -> DataValidation:
    """Excel takes a day or the ``word``. ``column`` (from 1) and ``row`` are of the first cell it holds for."""
    cell = f"{get_column_letter(column)}{row}"
    formula = f'OR(ISNUMBER({cell}),LOWER({cell})="{word}")'
    rule = _rule(DataValidation(type="custom", formula1=formula, allow_blank=True), title, words)
    rule.promptTitle, rule.prompt, rule.showInputMessage = title, words, True
    return rule


def _rule(rule: DataValidation, title: str, words: str) -> DataValidation:
    rule.errorTitle, rule.error, rule.showErrorMessage = title[:32], words[:250], True
    return rule
