"""Pages on which the activities of a draft are ordered, changed and deleted by hand; entering and living: ``views``."""

from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, Done, form_page, posted
from plans.gates import drafted_plan
from plans.rules import can_draft
from plans.writing.pages import ordered_list, take_step
from plans.writing.placing import STEPS

from . import services
from .clash_notes import tell_clashes
from .forms import RevisionForm, activity_form, at_first_day
from .models import Activity
from .pages import draft_groups
from .rules import can_run
from .selectors import activities_visible_to, with_details

NAV_KEY = "board"


@login_required
@require_safe
def activity_list(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The activities of a draft, as they are ordered and changed."""
    plan = drafted_plan(signed_in(request), plan_id)
    return ordered_list(request, plan, draft_groups(plan), template="activities/draft_list.html", tab="activities")


@login_required
@require_POST
def activity_move(request: HttpRequest, plan_id: int, activity_id: int) -> HttpResponse:
    """Let an activity change places with its neighbour in its section: ``step`` is up or down."""
    user = signed_in(request)
    plan = drafted_plan(user, plan_id)
    activity = get_object_or_404(plan.activities.select_related("plan"), pk=activity_id)

    def move(step: str) -> None:
        services.move_activity(actor=user, activity=activity, step=step)

    return take_step(request, activity.pk, move, steps=STEPS, back=reverse("activities:of-draft", args=[plan.pk]))


def _back(user: User, activity: Activity, otherwise: str) -> str:
    """The list of the draft for who writes it; others enter what is their own, and have no such list."""
    if activity.plan is not None and can_draft.test(user, activity.plan):
        return reverse("activities:of-draft", args=[activity.plan_id])
    return otherwise


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
    form = activity_form(partial(RevisionForm, user=user, activity=activity), posted(request))

    def act(values: dict[str, Any]) -> Done:
        try:
            services.revise_activity(actor=user, activity=activity, windows=form.windows, **form.facts)
        except ValidationError as error:
            raise at_first_day(error, "starts_on_0") from error
        tell_clashes(request, activity)
        detail = reverse("activities:detail", args=[activity.pk])
        return _("The activity has been changed."), _back(user, activity, detail)

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
        page = reverse("plans:detail", args=[activity.plan_id])
        return _("The activity has been deleted."), _back(user, activity, page)

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
