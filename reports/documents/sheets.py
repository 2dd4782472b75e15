"""A page of any kind of paper, and what is made of it: PDF, Word, and a workbook of its tables.

What a page says and where it stands is decided by its kind; here all kinds go the same way from HTML to a file.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string

from core import paper
from core.paper_parts import Section, render_in_parts

from . import words
from .context import Head
from .copies import excel
from .parts import Context, SectionsOf

# What XML forbids, and the controls of terminals: no file that we make may hold them. Line and page breaks part words.
_BREAKS = re.compile("[\\x0b\\x0c\\x85\\u2028\\u2029]")
_CONTROLS = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A template with all that it needs. ``dated`` is the only date in a file.

    ``note`` says what a copy is not, empty in a draft. ``sections_of`` divides a page whose tables grow with the
    number of units or activities; null: it is always set at once.
    """

    template: str
    context: Context
    title: str
    dated: date
    note: str = ""
    sections_of: SectionsOf | None = None

    @property
    def html(self) -> str:
        """The whole page in composed (NFC) letters, without control characters; filled anew each time."""
        return self._filled(self.context)

    def sections(self) -> list[Section]:
        """What the page can be set in, one after the other; nothing where it is always set at once."""
        return self.sections_of(self.context, self._filled) if self.sections_of else []

    def _filled(self, context: Context) -> str:
        return clean(render_to_string(self.template, context))


def sheet_of(
    template: str,
    context: Context,
    *,
    title: str,
    dated: date,
    head: Head,
    type_name: str,
    sections_of: SectionsOf | None = None,
) -> Sheet:
    """The page of a template. ``type_name`` is what the paper calls itself: "Báo cáo", "Công văn"."""
    return Sheet(
        template=template,
        context=context,
        title=clean(title),
        dated=dated,
        note=clean(words.copy_text(head, type_name)),
        sections_of=sections_of,
    )


def clean(text: str) -> str:
    """Composed (NFC) letters without control characters."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _BREAKS.sub(" ", text)))


def to_pdf(
    sheet: Sheet,
    *,
    on_progress: Callable[[int], None] | None = None,
    on_part: Callable[[int, int], None] | None = None,
) -> bytes:
    """The page as PDF; equal pages give equal bytes. Raises core.paper.PaperError where paper cannot be made.

    One that can be divided and has more lines than `settings.PAPER_ROWS_A_PART` is set in parts; it looks the same.
    ``on_progress`` is told the number of pages laid out so far, ``on_part`` which part of how many begins; what they
    raise stops the work.
    """
    sections, most = sheet.sections(), settings.PAPER_ROWS_A_PART
    if sum(section.lines for section in sections) > most:
        return render_in_parts(
            sections=sections,
            lines_a_part=most,
            title=sheet.title,
            dated=sheet.dated,
            on_progress=on_progress,
            on_part=on_part,
        )
    return paper.render_pdf(html=sheet.html, title=sheet.title, dated=sheet.dated, on_progress=on_progress)


def to_word(sheet: Sheet) -> bytes:
    """The page as .docx with real styles; equal pages give equal bytes. Drawings are said in words."""
    from .copies import word  # with python-docx, 15 MB that processes without this wish are spared

    return word.from_html(sheet.html, dated=sheet.dated, note=sheet.note)


def to_excel(sheet: Sheet) -> bytes:
    """The page's tables as .xlsx; equal pages give equal bytes."""
    return excel.from_html(sheet.html, dated=sheet.dated, note=sheet.note)
