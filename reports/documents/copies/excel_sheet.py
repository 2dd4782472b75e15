"""How a sheet of the annexes is printed: A4, heads repeated, what it is in the head of every page."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

A4 = 9
INCHES_IN_MM = 1 / 25.4
# A turned sheet that is wider than so many columns runs on over several pages, with names of units on each.
COLUMNS_ON_A_SHEET = 16
NAMES = "A:C"
LONGEST_HEADER = 200


def set_up(sheet: Worksheet, *, wide: bool, repeated: tuple[int, int], frozen: int) -> None:
    """`repeated` are the first and last row of every page's head; rows above `frozen` stay in sight (0: none)."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    fits = sheet.max_column <= COLUMNS_ON_A_SHEET
    sheet.sheet_properties.pageSetUpPr.fitToPage = fits
    if fits:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    else:
        sheet.print_title_cols = NAMES
    sheet.print_title_rows = f"{max(repeated[0], 1)}:{max(repeated[1], 1)}"
    for side, length in (("left", 20 if wide else 30), ("right", 20), ("top", 30 if wide else 20), ("bottom", 20)):
        setattr(sheet.page_margins, side, length * INCHES_IN_MM)
    if frozen:
        sheet.freeze_panes = f"{get_column_letter(3)}{frozen}"


def furnish(sheet: Worksheet, notices: list[str]) -> None:
    """What the copy is not, and its state, above every page; the number of the page below."""
    sheet.oddHeader.center.text = " – ".join(notices).replace("&", "&&")[:LONGEST_HEADER] or None
    sheet.oddFooter.center.text = "&P"
