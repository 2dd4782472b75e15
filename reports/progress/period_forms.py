"""Forms of the page of periods, for administrators of the topmost unit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import SENSIBLE_DAYS
from units.enums import Level
from units.models import Unit

from .models import Period
from .services.days import check_days

CONTROL = {"class": "form-control"}


def _day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput({**CONTROL, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=SENSIBLE_DAYS)


class DaysForm(forms.Form):
    """Due day and lock day of a period."""

    due_on = _day_field(_("Due on"))
    locks_on = _day_field(_("Locks on"))

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period = period

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "due_on" in values and "locks_on" in values:
            check_days(period=self.period, due_on=values["due_on"], locks_on=values["locks_on"])
        return values


class ExceptionForm(DaysForm):
    """Other days for one level or for one unit."""

    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=[("", _("No level")), *Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )
    unit_code = forms.CharField(label=_("or unit code"), max_length=40, required=False, widget=forms.TextInput(CONTROL))
    field_order = ("level", "unit_code", "due_on", "locks_on")

    def clean_unit_code(self) -> Unit | None:
        """Return the unit beneath the calendar's owner. Raises ValidationError where there is none of that code."""
        code = self.cleaned_data["unit_code"]
        if not code:
            return None
        unit = Unit.objects.under(self.period.owner).filter(code=code.upper()).first()
        if unit is None:
            raise ValidationError(_("There is no unit of this code."))
        return unit

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "unit_code" in values and (values["unit_code"] is None) == (values.get("level") is None):
            raise ValidationError(_("Name either a level or a unit."))
        return values


class YearForm(forms.Form):
    """Make the twelve periods of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, widget=forms.NumberInput(CONTROL))
    due_day = forms.IntegerField(
        label=_("Due day of the month after"), min_value=1, max_value=28, widget=forms.NumberInput(CONTROL)
    )
    lock_day = forms.IntegerField(label=_("Lock day"), min_value=1, max_value=28, widget=forms.NumberInput(CONTROL))
    cut_off = forms.IntegerField(
        label=_("Last day of a period"),
        min_value=1,
        max_value=28,
        required=False,
        help_text=_("Empty: the calendar month."),
        widget=forms.NumberInput(CONTROL),
    )
