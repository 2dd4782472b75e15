"""Forms of occurrences: the rule in words, and the days of one of them."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from plans.fields import DayField, select

from ..enums import Every, Precision
from ..timing import Span
from .reconciling import When
from .recurrence import Rule
from .wording import NTH_NAMES

LONGEST = 31


def _number(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput({"class": "form-control", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, required=False, widget=widget, help_text=help_text
    )


def _choice(label: Any, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "–"), *choices], coerce=int, empty_value=None, required=False, widget=select()
    )


class RuleForm(forms.Form):
    """How an activity comes back. What the chosen way does not need is passed over."""

    every = forms.ChoiceField(label=_("How does it come back?"), choices=Every.choices, widget=select())
    day = _number(_("Day of the month"), 31, _("For “each month on a day of the month”."))
    nth = _choice(_("Which one of the month"), NTH_NAMES.items())
    weekday = _choice(_("Weekday"), WEEKDAYS.items())
    starts_on = DayField(label=_("From"))
    until = DayField(label=_("Until"), required=False)
    times = _number(_("or so many times"), 1000, _("Say until when or how many times."))
    lasts = _number(_("Each lasts, in days"), LONGEST)

    @property
    def rule(self) -> Rule:
        """The rule as it was typed, not judged yet."""
        facts: dict[str, Any] = {name: self.cleaned_data.get(name) for name in ("every", "starts_on", "until", "times")}
        every = facts["every"]
        if every == Every.MONTH_DAY:
            facts["day"] = self.cleaned_data.get("day")
        else:
            facts["weekday"] = self.cleaned_data.get("weekday")
        if every == Every.MONTH_WEEKDAY:
            facts["nth"] = self.cleaned_data.get("nth")
        return Rule(**facts, lasts=self.cleaned_data.get("lasts") or 1)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was sent, to be sent again once the days are seen."""
        return [(name, self.data.get(name, "")) for name in self.fields]


class DaysForm(forms.Form):
    """The days of an occurrence; without a first day it has none yet."""

    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Only where it runs on."))

    def clean(self) -> dict[str, Any]:
        """It runs forward, from a day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Say from when."))
        if first and last and last < first:
            self.add_error("ends_on", _("The end lies before the start."))
        return cleaned

    @property
    def when(self) -> When:
        """The span that was meant."""
        first = self.cleaned_data.get("starts_on")
        return None if first is None else Span(first, self.cleaned_data.get("ends_on") or first, Precision.DAY)
