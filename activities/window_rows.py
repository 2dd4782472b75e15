"""Rows of a form, one for each window of time: how precisely it is known, a day in it, a last day where it runs on."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.fields import DayField, select

from .enums import Precision
from .models import Window
from .timing import Span, spread

MOST_WINDOWS = 24
WINDOW = ("precision", "starts_on", "ends_on")
# Whose last day is the person's own: the others follow from a day in them.
OWN_END = (Precision.DAY, Precision.PART_OF_MONTH)
_NUMBERS = {str(number) for number in range(MOST_WINDOWS)}


class WindowRowsForm(forms.Form):
    """A form with rows of three fields; a row without a first day is no window. ``rows`` is how many there are."""

    rows = 0

    def add_rows(self, number: int) -> None:
        """Give the form its rows: as many as were sent, else ``number``, one at least."""
        sent = [name.removeprefix("starts_on_") for name in self.data if name.startswith("starts_on_")]
        asked = max((int(one) + 1 for one in sent if one in _NUMBERS), default=1) if self.is_bound else number
        self.rows = min(max(asked, 1), MOST_WINDOWS)
        for row in range(self.rows):
            self.fields[f"precision_{row}"] = forms.ChoiceField(
                label=_("Time"), choices=Precision.choices, required=False, widget=select()
            )
            self.fields[f"starts_on_{row}"] = DayField(label=_("First day"), required=False)
            self.fields[f"ends_on_{row}"] = DayField(label=_("Last day"), required=False)

    @property
    def window_rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each window, for the template."""
        for row in range(self.rows):
            yield [self[f"{name}_{row}"] for name in WINDOW]

    def clean(self) -> dict[str, Any]:
        """Each window runs forward."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in range(self.rows):
            first, last = cleaned.get(f"starts_on_{row}"), cleaned.get(f"ends_on_{row}")
            if last and not first and f"starts_on_{row}" not in self.errors:
                self.add_error(f"starts_on_{row}", _("Say from when."))
            if first and last and last < first:
                self.add_error(f"ends_on_{row}", _("The end lies before the start."))
        return cleaned

    @property
    def windows(self) -> list[Span]:
        """The windows that were typed whole."""
        found = (self._window(row) for row in range(self.rows))
        return [span for span in found if span]

    def _window(self, row: int) -> Span | None:
        precision, first, last = (self.cleaned_data.get(f"{name}_{row}") for name in WINDOW)
        if first is None or (last is not None and last < first):
            return None
        precision = precision or Precision.DAY.value
        if precision in OWN_END and last is not None:
            return Span(first, last, precision)
        return spread(precision, first, last)


def is_of_window(name: str) -> bool:
    """Whether a field of this name belongs to a row."""
    return name.rpartition("_")[0] in WINDOW


def window_initial(spans: Iterable[Span | Window]) -> Mapping[str, Any]:
    """Return what stands in the rows at first."""
    initial: dict[str, Any] = {}
    for row, span in enumerate(spans):
        initial |= {f"precision_{row}": str(span.precision), f"starts_on_{row}": span.starts_on}
        # One day, a month, a quarter: the last day follows and need not be typed.
        if (span.starts_on, span.ends_on) != spread(span.precision, span.starts_on)[:2]:
            initial[f"ends_on_{row}"] = span.ends_on
    return initial
