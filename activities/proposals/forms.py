"""The correction of an activity proposal, as it is typed: half of it is kept, only the whole is accepted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.enums import Scope
from activities.window_rows import WindowRowsForm, is_of_window, window_initial
from plans.fields import select, text_input
from units.models import Bloc

from .keys import TYPED, ActivityValues, typed_of
from .selectors import ActivityItem


class ActivityProposalForm(WindowRowsForm):
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
        self.add_rows(len(self._values.windows) + 1)

    def clean(self) -> dict[str, Any]:
        """A bloc goes with a bloc's own activity only."""
        cleaned = super().clean()
        if cleaned.get("scope") != Scope.BLOC:
            cleaned["bloc"] = None
        return cleaned

    @property
    def values(self) -> ActivityValues:
        """What was typed, whole; what the form does not show stays as it was."""
        return replace(self._values, **self._typed_values())

    def _typed_values(self) -> dict[str, Any]:
        names = ("name", "scope", "repeats", "is_tentative", "place")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        bloc = self.cleaned_data.get("bloc")
        return {**found, "bloc": bloc.pk if bloc else None, "windows": tuple(self.windows)}

    @property
    def wish(self) -> dict[str, Any]:
        """What was typed so far, as it is stored: values where they are some, words beside them where they are none."""
        self.is_valid()
        broken = {name.rpartition("_")[2] for name in self.errors if is_of_window(name)}
        typed = {
            # PostgreSQL stores no null character in a text.
            name: str(self.data.get(name, "")).replace("\0", "")
            for name in self.fields
            if (name in self.errors and name not in self.cleaned_data)
            or (is_of_window(name) and name.rpartition("_")[2] in broken)
        }
        stored = replace(self._values, **self._typed_values()).as_json()
        return {**stored, TYPED: typed} if typed else stored


def _initial(item: ActivityItem) -> dict[str, Any]:
    """What stands in the form at first: what the proposal says, half-typed words where there are some."""
    values = item.values
    plain = {name: getattr(values, name) for name in ActivityProposalForm.base_fields}
    return {**plain, **window_initial(values.windows), **typed_of(item.proposal.wish)}


def form_of(item: ActivityItem, data: Mapping[str, Any] | None) -> ActivityProposalForm:
    """Return the form of a proposal; bound where ``data`` are given."""
    return ActivityProposalForm(data, item=item)
