"""Pages on which an activity of a draft is changed or deleted by hand. Entering one, and its life: ``views``."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, Done, form_page, posted

from . import services
from .forms import RevisionForm, at_first_day
from .models import Activity
from .rules import can_run
from .selectors import activities_visible_to, with_details

NAV_KEY = "board"


def _activity(user: User, activity_id: int) -> Activity:
    """The activity for who may run it; whether its plan is a draft still is asked when something is written."""
    activity = get_object_or_404(with_details(activities_visible_to(user)), pk=activity_id)
    require(activity.plan is not None and can_run.test(user, activity))
    return activity


@login_required
@require_http_methods(FORM_METHODS)
def activity_revise(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Change an activity of a draft."""
    user = signed_in(request)
    activity = _activity(user, activity_id)
    form = RevisionForm(posted(request), user=user, activity=activity)

    def act(values: dict[str, Any]) -> Done:
        windows = None if form.stays else form.windows
        try:
            services.revise_activity(actor=user, activity=activity, windows=windows, **form.facts)
        except ValidationError as error:
            raise at_first_day(error) from error
        return _("The activity has been changed."), reverse("activities:detail", args=[activity.pk])

    context = {"plan": activity.plan, "activity": activity, "nav_key": NAV_KEY}
    return form_page(request, form, act, template="activities/activity_form.html", context=context)


@login_required
@require_http_methods(FORM_METHODS)
def activity_delete(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Ask (GET) and delete an activity of a draft (POST)."""
    user = signed_in(request)
    activity = _activity(user, activity_id)

    def act(values: dict[str, Any]) -> Done:
        services.delete_activity(actor=user, activity=activity)
        return _("The activity has been deleted."), reverse("plans:detail", args=[activity.plan_id])

    context = {
        "plan": activity.plan,
        "nav_key": NAV_KEY,
        "title": _("Delete an activity"),
        "thing": activity.name,
        "explain": _("It is taken out of the draft and out of the calendar."),
        "label": _("Delete the activity"),
        "back": reverse("activities:detail", args=[activity.pk]),
        "back_label": activity.name,
    }
    return form_page(request, forms.Form(posted(request)), act, template="plans/deletion.html", context=context)
