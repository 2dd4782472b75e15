"""Forms of registering: what is wished, and why it is sent back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plans.fields import select, text_area, text_input

from ..forms import TimeForm
from ..models import Activity, Registration
from ..selectors import current_windows
from ..window_rows import window_initial
from .selectors import Registrant
from .services import LONGEST, Facts


class RegistrationForm(TimeForm):
    """What is registered, in whose name; one window of time."""

    name = forms.CharField(label=_("Activity"), max_length=300, widget=text_input())
    place = forms.CharField(label=_("Place"), max_length=200, required=False, widget=text_input())
    people = forms.IntegerField(
        label=_("People expected"),
        min_value=0,
        max_value=10_000_000,
        required=False,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )

    field_order = ("who", "name", "precision", "starts_on", "ends_on", "place", "people")

    def __init__(self, *args: Any, registrants: Sequence[Registrant] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._registrants = {one.key: one for one in registrants}
        if registrants:
            choices = [(one.key, one.name) for one in registrants]
            self.fields["who"] = forms.ChoiceField(label=_("Who does it"), choices=choices, widget=select())
            self.order_fields(self.field_order)

    @property
    def registrant(self) -> Registrant:
        """In whose name it is registered."""
        return self._registrants[self.cleaned_data["who"]]

    @property
    def facts(self) -> Facts:
        """Arguments for the services, without who registers. Raises ValidationError where the time is no time."""
        windows = self.windows
        if not windows:
            raise ValidationError({"starts_on": _("Say from when.")})
        values = self.cleaned_data
        return {"name": values["name"], "window": windows[0], "place": values["place"], "people": values["people"]}


class ReturnForm(forms.Form):
    """Why a registration is sent back."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=text_area(2))
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())


def initial_of(item: Activity) -> dict[str, Any]:
    """Return what stands in a new registration's form: the name and the first time of the activity above."""
    return {"name": item.name, **_time(window_initial(current_windows(item)[:1]))}


def initial_again(registration: Registration) -> dict[str, Any]:
    """Return what stands in the form of one that was returned: what was sent."""
    said = {name: getattr(registration, name) for name in ("name", "place", "people")}
    times = {name: getattr(registration, name) for name in ("precision", "starts_on", "ends_on")}
    return {**said, **times}


def _time(rows: Any) -> dict[str, Any]:
    return {name.removesuffix("_0"): value for name, value in rows.items()}
