"""Cells of a plan's workbooks: figures, text of several lines, several choices, choices by their first words. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.widgets import Widget

from core.folding import fold
from core.workbooks import ChoiceCell, Column, TextCell, WholeCell
from core.workbooks.columns import names_of, plain_text

from ..fields import read_figure

# What one cell of Excel holds at most; a longer text is left out of the workbook, and a blank cell changes nothing.
MOST_LETTERS = 32_767


class LinesCell(TextCell):
    """Text of several lines; of spaces one is kept, at the ends of lines none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = tidy_lines(value) if isinstance(value, str) and "\n" in value.strip() else plain_text(value)
        if len(text) > self.longest:
            raise ValueError(_("At most %(count)s letters.") % {"count": self.longest})
        return text


def tidy_lines(text: str) -> str:
    """Return a text as ``LinesCell`` reads it, so that the two can be compared."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    return "\n".join(lines).strip()


class LinesColumn(Column):
    """A column of ``LinesCell``."""

    def cell(self, value: Any) -> Any:
        return None if value and len(value) > MOST_LETTERS else super().cell(value)


class FigureCell(Widget):
    """A figure not below zero: a number, or written 1.500 or 12,5."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _stored(Decimal(str(value)))
        try:
            return read_figure(plain_text(value).removesuffix("%"))
        except ValidationError as wrong:
            raise ValueError(wrong.messages[0]) from wrong


def _stored(value: Decimal) -> Decimal:
    """A number of Excel as the portal keeps it. Raises ValueError where it has no such figure."""
    if not value.is_finite() or value < 0 or value > 10**12 or value != round(value, 4):
        raise ValueError(_("Write a figure such as 1.500 or 12,5."))
    return value


class WordsCell(ChoiceCell):
    """A choice that is also known by its first words: "Toàn đơn vị" for "Toàn đơn vị, cộng chung"."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        words = fold(plain_text(value))
        meant = [
            stored
            for stored, label in self.choices
            if any(re.match(rf"{re.escape(words)}\b", fold(name)) for name in names_of(label))
        ]
        return str(meant[0]) if words and len(meant) == 1 else super().clean(value)


class ChoicesCell(ChoiceCell):
    """Several choices, parted by commas or semicolons, as a list in the order of the choices."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:  # type: ignore[override]
        parts = [part for part in re.split(r"[,;]", plain_text(value)) if part.strip()]
        chosen = {super(ChoicesCell, self).clean(part) for part in parts}
        return [stored for stored, _label in self.choices if stored in chosen]

    def show(self, value: Sequence[str]) -> str:
        labels = dict(self.choices)
        return ", ".join(str(labels[one]) for one in value) or "–"


def plan_key() -> Column:
    """The column by which a workbook says of which document its rows are."""
    return Column("plan_key", gettext_lazy("Document number in the portal"), WholeCell(largest=10**12), width=12)


YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
