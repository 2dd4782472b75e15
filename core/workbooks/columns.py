"""Single cells: what people write in Excel turned into values, and values shown to people. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.fields import Field
from import_export.widgets import Widget

from core.folding import fold
from core.templatetags.portal_numbers import vn_number

from .reading import Formula

ERROR_CELLS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"}
DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
GROUPED = re.compile(r"\d{1,3}([. ]\d{3})+")
LANGUAGES = ("vi", "en")


def plain_text(cell: Any) -> str:
    """Return the cell as people read it: composed letters, single spaces, a whole number without ".0".

    Raises ValueError for a cell that shows an error of Excel, and for a formula where none is read.
    """
    if isinstance(cell, Formula):
        raise ValueError(_("A formula stands here. Write the figure itself (in Excel: Paste Special, Values)."))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(unicodedata.normalize("NFC", "" if cell is None else str(cell)).split())
    if text in ERROR_CELLS:
        raise ValueError(_("The cell shows the error %(error)s.") % {"error": text})
    return text


def is_blank(cell: Any) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


class TextCell(Widget):
    """Text of at most ``longest`` letters."""

    def __init__(self, *, longest: int) -> None:
        super().__init__()
        self.longest = longest

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = plain_text(value)
        if len(text) > self.longest:
            raise ValueError(_("At most %(count)s letters.") % {"count": self.longest})
        return text


class WholeCell(Widget):
    """A whole number of at least 0, as a number or written "1.500"."""

    def __init__(self, *, largest: int = 10_000_000) -> None:
        super().__init__()
        self.largest = largest

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        text = plain_text(value)
        if GROUPED.fullmatch(text) and not isinstance(value, int | float):
            text = re.sub(r"[. ]", "", text)
        if isinstance(value, bool) or not (text.isascii() and text.isdigit()):
            raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
        if len(text) > len(str(self.largest)) or int(text) > self.largest:
            raise ValueError(_("The number is larger than %(most)s.") % {"most": vn_number(self.largest)})
        return int(text)


class DateCell(Widget):
    """A day: a date cell, or written 26/3/2024 (or 2024-03-26)."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = plain_text(value)
        try:
            if found := DAY.fullmatch(text):
                day, month, year = (int(part) for part in found.groups())
                return date(year, month, day)
            if found := ISO_DAY.fullmatch(text):
                year, month, day = (int(part) for part in found.groups())
                return date(year, month, day)
        except ValueError:
            pass
        raise ValueError(_("“%(text)s” is not a day; write it like 26/3/2024.") % {"text": text[:40]})


class ChoiceCell(Widget):
    """One of some named values; the name is taken in either language, or the stored value itself."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.choices = list(choices)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = plain_text(value)
        for stored, label in self.choices:
            if fold(text) in {fold(stored), *(fold(name) for name in names_of(label))}:
                return str(stored)
        known = ", ".join(str(label) for _stored, label in self.choices)
        raise ValueError(_("“%(text)s” is not one of: %(known)s.") % {"text": text[:40], "known": known})

    def show(self, value: str) -> str:
        """Return the value's name in the language of the page."""
        return str(dict(self.choices)[value])


class Column(Field):
    """One column of a workbook. ``label`` is its heading, lazily translated; a blank cell changes nothing."""

    def __init__(self, attribute: str, label: str | Promise, widget: Widget, *, width: int = 16) -> None:
        super().__init__(attribute=attribute, column_name=attribute, widget=widget)
        self.label = label
        self.width = width

    @property
    def headings(self) -> list[str]:
        """All headings by which the column is known, that of the page's language first."""
        return [str(self.label), *names_of(self.label), self.column_name]

    def show(self, value: Any) -> str:
        """Return a value as a person reads it; a dash for none."""
        if value in (None, ""):
            return "–"
        if isinstance(self.widget, ChoiceCell):
            return self.widget.show(value)
        if isinstance(value, date):
            return f"{value.day}/{value.month}/{value.year}"
        return str(vn_number(value)) if isinstance(value, int | Decimal) else str(value)

    def cell(self, value: Any) -> Any:
        """Return a value as it stands in an exported cell: dates and numbers stay what they are."""
        return self.show(value) if isinstance(self.widget, ChoiceCell) and value else value


def names_of(label: str | Promise) -> list[str]:
    """Return a lazily translated word in every language of the portal."""
    names = []
    for language in LANGUAGES:
        with override(language):
            names.append(str(label))
    return names
