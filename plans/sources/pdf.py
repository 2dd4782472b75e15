"""PDF files with a text layer: the letters of each page and where they stand. What they form stands in ``pdf_layout``.

PDFium gives letters in the order in which the file draws them, which word processors keep in reading order.
"""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from .pdf_layout import BREAK, written_pages
from .pdf_pieces import Letter, pieces_of
from .shapes import MAX_LETTERS, Refused

# A page with fewer letters shows a number or a stamp at most.
_FEW_LETTERS = 20
_MOST_PAGES = 1000
_LINE_ENDS = {0x00, 0x0A, 0x0D}
# What PDFium gives for a hyphen at a line's end, and for letters that it cannot name.
_SYMBOLS = range(0xF020, 0xF100)  # fonts of symbols: bullets
_HYPHEN, _NAMELESS = 0x02, {0xFFFE, 0xFFFF}


def pdf_pages(content: bytes) -> list[str]:
    """Return the text of each page, all but the first with what parts it from the one before (see ``pdf_layout``).

    Raises Refused ("encrypted", "scan", "too_long").
    """
    document = _opened(content)
    if len(document) > _MOST_PAGES:
        raise Refused("too_long")
    pages, pictures, letters = [], 0, 0
    for page in document:
        pieces = pieces_of(_lines(page))
        pages.append(pieces)
        found = sum(len(piece.text) for piece in pieces)
        letters += found
        if letters > MAX_LETTERS:
            raise Refused("too_long")
        if found < _FEW_LETTERS and _has_picture(page):
            pictures += 1
        page.close()
    if pictures * 2 > len(pages):
        raise Refused("scan")
    return written_pages(pages)


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as failed:
        locked = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise Refused("encrypted" if failed.err_code in locked else "broken") from failed


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lines(page: pypdfium2.PdfPage) -> list[list[Letter]]:
    """Return the page's letters, cut where PDFium sees a new line."""
    textpage = page.get_textpage()
    raw, box = textpage.raw, pdfium.FS_RECTF()
    into_box = ctypes.byref(box)
    lines: list[list[Letter]] = [[]]
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in _LINE_ENDS:
            lines.append([])
        elif pdfium.FPDFText_GetLooseCharBox(raw, index, into_box):
            lines[-1].append(Letter(_letter(code), box.left, box.right, box.bottom, box.top))
    return lines


def _letter(code: int) -> str:
    if code == _HYPHEN:
        return BREAK
    if code in _SYMBOLS:
        return "-"
    return "\ufffd" if code in _NAMELESS or code > 0x10FFFF else chr(code)
