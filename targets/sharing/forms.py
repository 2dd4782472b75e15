"""Forms of handing down: what is typed once for the whole grid, and proposing and settling another share.

The grid's own fields are read by ``typed``: they are thousands.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from plans.fields import DayField, text_area, text_input
from plans.models import Plan

from ..models import Target
from .bounds import read_bounds
from .splitting import Bounds

BIGGEST_ID = 2**62
LONGEST = 1000  # letters of a reason


class HandingForm(forms.Form):
    """From which day on the shares are in force; ``seen`` is the newest allocation that the person had before them."""

    effective_on = DayField(label=_("In force from"))
    seen = forms.IntegerField(min_value=0, max_value=BIGGEST_ID, widget=forms.HiddenInput)


def first_day(plan: Plan) -> date:
    """Today, within the plan's term."""
    return min(max(clock.today(), plan.starts_on), plan.ends_on)


class FigureForm(forms.Form):
    """Bounds of a share in one field, read as in the target's column."""

    figure = forms.CharField(label=pgettext_lazy("handed down", "Share"), max_length=60, widget=text_input())

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["figure"].help_text = _("Such as 1.500 or 12,5; a range such as 150–200.")

    def clean_figure(self) -> Bounds:
        bounds = read_bounds(self.cleaned_data["figure"], self.target)
        if bounds is None:
            raise ValidationError(gettext("Write a figure such as 1.500 or 12,5, or a range such as 150–200."))
        return bounds

    def add_error(self, field: str | None, error: Any) -> None:
        """Bounds are one field here."""
        super().add_error("figure" if field in ("minimum", "maximum") else field, error)


class ProposeForm(FigureForm):
    """Another figure than the share in force, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=text_area(3))


class AcceptForm(FigureForm):
    """The figure proposed, or another one; from which day on; a word for the unit."""

    effective_on = DayField(label=_("In force from"))
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST,
        required=False,
        help_text=_("Needed where you set another figure than the one proposed."),
        widget=text_area(2),
    )


class DeclineForm(forms.Form):
    """Why the share stands as it is."""

    prefix = "no"

    answer = forms.CharField(label=_("Why it is declined"), max_length=LONGEST, widget=text_area(2))
