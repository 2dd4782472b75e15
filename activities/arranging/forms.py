"""The form of an activity that stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.fields import text_input

from ..models import Activity
from .fields import add_arrangements, stands


class ArrangeForm(forms.Form):
    """Who is in charge, where it is held, who helps and what it costs, of an activity that stands."""

    place = forms.CharField(label=_("Place"), max_length=200, required=False, widget=text_input())

    def __init__(self, *args: Any, user: User, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_arrangements(self, user=user, units=[activity.unit], bloc=activity.bloc, activity=activity)
        self.initial = {"place": activity.place, **stands(activity), **self.initial}
