"""Cells of monthly figures: a number as Excel or a person writes it, and a milestone's day or "not done yet". Pure."""

from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from import_export.widgets import Widget

from core.folding import fold
from core.workbooks import Column, DateCell
from core.workbooks.columns import names_of, plain_text
from reports.progress.figures import read_figure

NOT_YET: Final = "no"
# What is written in a milestone's cell while it is not done.
NOT_YET_WORD = pgettext_lazy("milestone in a workbook", "not yet")
_SAME_WORDS = ("chưa xong", "chưa thực hiện", "không", NOT_YET)
EXCEL_DIGITS = 15  # as many as Excel keeps; what follows is noise of binary fractions


class FigureCell(Widget):
    """A number, or one written in Việt Nam's way ("1.500", "12,5"). What is nonsense is judged by ``entries``."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        if isinstance(value, float) and isfinite(value):
            return Decimal(f"{value:.{EXCEL_DIGITS}g}")
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        try:
            return read_figure(plain_text(value))
        except ValidationError as wrong:
            raise ValueError(wrong.messages[0]) from wrong


class MilestoneCell(Widget):
    """The day on which it was done, or the word that says that it is not (``NOT_YET``)."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | str:
        if isinstance(value, str) and fold(plain_text(value)) in _not_yet_words():
            return NOT_YET
        try:
            return DateCell().clean(value)
        except ValueError as wrong:
            shown = plain_text(value)[:40]
            words = _("“%(text)s” is neither a day (like 26/3/2024) nor “%(word)s”.")
            raise ValueError(words % {"text": shown, "word": NOT_YET_WORD}) from wrong


def _not_yet_words() -> set[str]:
    return {fold(word) for word in (*names_of(NOT_YET_WORD), *names_of(gettext_lazy("Not done yet")), *_SAME_WORDS)}


class MilestoneColumn(Column):
    """A column of days, in which not done is a word."""

    def show(self, value: Any) -> str:
        return str(NOT_YET_WORD) if value == NOT_YET else super().show(value)

    def cell(self, value: Any) -> Any:
        return str(NOT_YET_WORD) if value == NOT_YET else value
