"""The correction of an activity proposal, as it is typed: half of it is kept, only the whole is accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.enums import Precision, Scope
from activities.timing import Span, spread
from plans.fields import DayField, select, text_input
from units.models import Bloc

from .keys import TYPED, ActivityValues, typed_of
from .selectors import ActivityItem

MOST_WINDOWS = 24
WINDOW = ("precision", "starts_on", "ends_on")
# Whose last day is the person's own: the others follow from a day in them.
OWN_END = (Precision.DAY, Precision.PART_OF_MONTH)


class ActivityProposalForm(forms.Form):
    """What the activity is to be; one row of three fields for each window of time, and an empty one."""

    name = forms.CharField(label=_("Activity"), max_length=300, widget=text_input())
    scope = forms.ChoiceField(label=_("Who does it"), choices=Scope.choices, widget=select())
    bloc = forms.ModelChoiceField(
        label=_("Bloc"), queryset=Bloc.objects.none(), required=False, empty_label=_("no bloc"), widget=select()
    )
    repeats = forms.IntegerField(
        label=_("How many times"),
        min_value=1,
        max_value=366,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )
    is_tentative = forms.BooleanField(
        label=_("The time is tentative"), required=False, widget=forms.CheckboxInput({"class": "form-check-input"})
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False, widget=text_input())

    def __init__(self, *args: Any, item: ActivityItem, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"a{item.proposal.pk}_%s", "initial": _initial(item), **kwargs})
        self._values = item.values
        self.fields["bloc"].queryset = Bloc.objects.filter(owner=item.proposal.plan.unit_id)  # type: ignore[attr-defined]
        self.rows = min(self._rows_asked(), MOST_WINDOWS)
        for number in range(self.rows):
            self.fields[f"precision_{number}"] = forms.ChoiceField(
                label=_("Time"), choices=Precision.choices, required=False, widget=select()
            )
            self.fields[f"starts_on_{number}"] = DayField(label=_("First day"), required=False)
            self.fields[f"ends_on_{number}"] = DayField(label=_("Last day"), required=False)

    def _rows_asked(self) -> int:
        """As many windows as were sent, or as the proposal has, and an empty one."""
        if self.is_bound:
            sent = [name.removeprefix("starts_on_") for name in self.data if name.startswith("starts_on_")]
            return max((int(one) + 1 for one in sent if one in _NUMBERS), default=1)
        return len(self._values.windows) + 1

    @property
    def window_rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each window, for the template."""
        for number in range(self.rows):
            yield [self[f"{name}_{number}"] for name in WINDOW]

    def clean(self) -> dict[str, Any]:
        """A bloc goes with a bloc's own activity only; each window runs forward."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("scope") != Scope.BLOC:
            cleaned["bloc"] = None
        for number in range(self.rows):
            first, last = cleaned.get(f"starts_on_{number}"), cleaned.get(f"ends_on_{number}")
            if last and not first and f"starts_on_{number}" not in self.errors:
                self.add_error(f"starts_on_{number}", _("Say from when."))
            if first and last and last < first:
                self.add_error(f"ends_on_{number}", _("The end lies before the start."))
        return cleaned

    @property
    def values(self) -> ActivityValues:
        """What was typed, whole; what the form does not show stays as it was."""
        return replace(self._values, **self._typed_values())

    def _typed_values(self) -> dict[str, Any]:
        names = ("name", "scope", "repeats", "is_tentative", "place")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        bloc = self.cleaned_data.get("bloc")
        windows = (self._window(number) for number in range(self.rows))
        return {**found, "bloc": bloc.pk if bloc else None, "windows": tuple(span for span in windows if span)}

    def _window(self, number: int) -> Span | None:
        precision, first, last = (self.cleaned_data.get(f"{name}_{number}") for name in WINDOW)
        if first is None or (last is not None and last < first):
            return None
        precision = precision or Precision.DAY.value
        if precision in OWN_END and last is not None:
            return Span(first, last, precision)
        return spread(precision, first, last)

    @property
    def wish(self) -> dict[str, Any]:
        """What was typed so far, as it is stored: values where they are some, words beside them where they are none."""
        self.is_valid()
        broken = {name.rpartition("_")[2] for name in self.errors if name.rpartition("_")[0] in WINDOW}
        typed = {
            # PostgreSQL stores no null character in a text.
            name: str(self.data.get(name, "")).replace("\0", "")
            for name in self.fields
            if (name in self.errors and name not in self.cleaned_data)
            or (name.rpartition("_")[0] in WINDOW and name.rpartition("_")[2] in broken)
        }
        stored = replace(self._values, **self._typed_values()).as_json()
        return {**stored, TYPED: typed} if typed else stored


_NUMBERS = {str(number) for number in range(MOST_WINDOWS)}


def _initial(item: ActivityItem) -> dict[str, Any]:
    """What stands in the form at first: what the proposal says, half-typed words where there are some."""
    values = item.values
    plain: dict[str, str | int | date | bool | None] = {
        name: getattr(values, name) for name in ActivityProposalForm.base_fields
    }
    for number, span in enumerate(values.windows):
        plain |= {f"precision_{number}": str(span.precision), f"starts_on_{number}": span.starts_on}
        # One day, a month, a quarter: the last day follows and need not be typed.
        if span != spread(span.precision, span.starts_on):
            plain[f"ends_on_{number}"] = span.ends_on
    return {**plain, **typed_of(item.proposal.wish)}


def form_of(item: ActivityItem, data: Mapping[str, Any] | None) -> ActivityProposalForm:
    """Return the form of a proposal; bound where ``data`` are given."""
    return ActivityProposalForm(data, item=item)
