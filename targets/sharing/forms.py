"""What is typed once for the whole grid. Its fields are read by ``typed``: they are thousands."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from plans.fields import DayField
from plans.models import Plan

BIGGEST_ID = 2**62


class HandingForm(forms.Form):
    """From which day on the shares are in force; ``seen`` is the newest allocation that the person had before them."""

    effective_on = DayField(label=_("In force from"))
    seen = forms.IntegerField(min_value=0, max_value=BIGGEST_ID, widget=forms.HiddenInput)


def first_day(plan: Plan) -> date:
    """Today, within the plan's term."""
    return min(max(clock.today(), plan.starts_on), plan.ends_on)
