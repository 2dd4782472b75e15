"""A page of any kind of paper, and what is made of it: PDF, Word, and a workbook of its tables.

What a page says and where it stands is decided by its kind; here all kinds go the same way from HTML to a file.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from core import paper

from . import words
from .context import Head
from .copies import excel

# What XML forbids, and the controls of terminals: no file that we make may hold them. Line and page breaks part words.
_BREAKS = re.compile("[\\x0b\\x0c\\x85\\u2028\\u2029]")
_CONTROLS = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page as HTML. ``dated`` is the only date in a file; ``note`` says what a copy is not, empty in a draft."""

    html: str
    title: str
    dated: date
    note: str = ""


def sheet_of(template: str, context: dict[str, Any], *, title: str, dated: date, head: Head, type_name: str) -> Sheet:
    """Set a template. ``type_name`` is what the paper calls itself: "Báo cáo", "Công văn"."""
    return Sheet(
        html=clean(render_to_string(template, context)),
        title=clean(title),
        dated=dated,
        note=clean(words.copy_text(head, type_name)),
    )


def clean(text: str) -> str:
    """Composed (NFC) letters without control characters."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _BREAKS.sub(" ", text)))


def to_pdf(sheet: Sheet, *, on_progress: Callable[[int], None] | None = None) -> bytes:
    """The page as PDF; equal pages give equal bytes. Raises core.paper.PaperError where paper cannot be made.

    ``on_progress`` is told the number of pages laid out so far; what it raises stops the work.
    """
    return paper.render_pdf(html=sheet.html, title=sheet.title, dated=sheet.dated, on_progress=on_progress)


def to_word(sheet: Sheet) -> bytes:
    """The page as .docx with real styles; equal pages give equal bytes."""
    from .copies import word  # with python-docx, 15 MB that processes without this wish are spared

    return word.from_html(sheet.html, dated=sheet.dated, note=sheet.note)


def to_excel(sheet: Sheet) -> bytes:
    """The page's tables as .xlsx; equal pages give equal bytes."""
    return excel.from_html(sheet.html, dated=sheet.dated, note=sheet.note)
