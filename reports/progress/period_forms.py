"""Forms of the pages of periods, for administrators of the topmost unit and of bodies beneath it."""

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


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day from the browser's own picker, of a sensible year."""
    widget = forms.DateInput({**CONTROL, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=SENSIBLE_DAYS, **more)


def _number_field(label: Any, highest: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=highest,
        widget=forms.NumberInput({**CONTROL, "inputmode": "numeric"}),
        **more,
    )


class DaysForm(forms.Form):
    """Due day and lock day of a period."""

    due_on = day_field(_("Due on"))
    locks_on = day_field(_("Locks on"))

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period = period

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "due_on" in values and "locks_on" in values:
            check_days(period=self.period, due_on=values["due_on"], locks_on=values["locks_on"])
        return values


class BoundsForm(forms.Form):
    """First and last day of a period."""

    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))


class PartForm(forms.Form):
    """A part of the body's subtree: a unit with all beneath it, one level there, or one level everywhere."""

    unit = forms.CharField(
        label=_("Unit, with all beneath it"),
        max_length=40,
        required=False,
        help_text=_("By its code. Blank: all units here."),
        widget=forms.TextInput({**CONTROL, "list": "units-offered", "autocomplete": "off"}),
    )
    level = forms.TypedChoiceField(
        label=_("Only one level"),
        choices=[("", _("all levels")), *Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args: Any, body: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def clean_unit(self) -> Unit:
        """Return the unit, blank being the body itself. Raises ValidationError where there is none of that code."""
        code = self.cleaned_data["unit"].strip()
        if not code:
            return self.body
        unit = Unit.objects.under(self.body).filter(code=code.upper()).first()
        if unit is None:
            raise ValidationError(_("There is no unit of this code."))
        return unit

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        unit = values.get("unit")
        if unit is not None and unit.depth == 1 and "level" in values and values["level"] is None:
            raise ValidationError(_("Name a unit or a level: the days of everyone are the calendar's own."))
        return values


class PartDaysForm(PartForm, DaysForm):
    """Other days in one period for a part."""

    field_order = ("unit", "level", "due_on", "locks_on")


class RuleForm(PartForm):
    """Standing days of a part, as days of the month."""

    due_day = _number_field(_("Due day of the month after"), 31)
    lock_day = _number_field(_("Lock day"), 31)
    field_order = ("unit", "level", "due_day", "lock_day")


class YearForm(forms.Form):
    """Make the twelve periods of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, widget=forms.NumberInput(CONTROL))
    due_day = _number_field(_("Due day of the month after"), 28)
    lock_day = _number_field(_("Lock day"), 28)
    cut_off = _number_field(_("Last day of a period"), 28, required=False, help_text=_("Empty: the calendar month."))
