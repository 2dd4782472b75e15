"""Pages of an activity: entering it, its life, its outcomes. The calendar is ``activities.calendar_views``."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, Done, form_page, posted, take_step
from plans.models import Plan
from plans.selectors import plans_visible_to

from . import services
from .activity_page import activity_context
from .arranging.selectors import with_arrangements
from .clash_notes import tell_clashes
from .forms import ActivityForm, CancelForm, DoneForm, PostponeForm, activity_form, at_first_day
from .models import Activity
from .rules import can_run, planning_grants
from .selectors import (
    activities_visible_to,
    for_page,
)

NAV_KEY = "board"


def _activity_or_404(user: User, activity_id: int) -> Activity:
    return get_object_or_404(with_arrangements(for_page(activities_visible_to(user), user)), pk=activity_id)


def _asked_plan(user: User, text: str) -> Plan | None:
    if not text:
        return None
    plan_id = int(text) if re.fullmatch("[0-9]{1,18}", text) else 0
    return get_object_or_404(plans_visible_to(user).select_related("unit"), pk=plan_id)


@login_required
@require_http_methods(FORM_METHODS)
def activity_create(request: HttpRequest) -> HttpResponse:
    """Enter an activity, of a plan where ``?plan=`` names one."""
    user = signed_in(request)
    require(bool(planning_grants(user)))
    plan = _asked_plan(user, request.GET.get("plan", ""))
    make = partial(ActivityForm, user=user, plan=plan)
    form = activity_form(make, posted(request), {"section": request.GET.get("section")})

    def act(values: dict[str, Any]) -> Done:
        try:
            activity = services.plan_activity(actor=user, plan=plan, windows=form.windows, **form.facts)
        except ValidationError as error:
            raise at_first_day(error, "starts_on_0") from error
        tell_clashes(request, activity)
        return _("The activity has been entered."), reverse("activities:detail", args=[activity.pk])

    context = {"plan": plan, "nav_key": NAV_KEY}
    return form_page(request, form, act, template="activities/activity_form.html", context=context)


@login_required
@require_safe
def activity_detail(request: HttpRequest, activity_id: int) -> HttpResponse:
    """An activity: its times, its state, what the units did, its history."""
    user = signed_in(request)
    return _activity_page(request, _activity_or_404(user, activity_id))


def _activity_page(request: HttpRequest, activity: Activity, status: int = 200, **bound: forms.Form) -> HttpResponse:
    """Draw an activity's page; ``bound`` forms keep what was typed into them."""
    forms_shown = {"done_form": DoneForm(), "postpone_form": PostponeForm(), "cancel_form": CancelForm(), **bound}
    context = {"nav_key": NAV_KEY, **activity_context(signed_in(request), activity), **forms_shown}
    return render(request, "activities/activity_detail.html", context, status=status)


def _take_step(
    request: HttpRequest, activity: Activity, step: Callable[[], object], done: str, **bound: forms.Form
) -> HttpResponse:
    """Take one step of the activity's life, its right already asked; a refusal comes back with what was typed."""
    return take_step(
        request,
        step,
        done=done,
        also=partial(tell_clashes, request, activity),
        then=reverse("activities:detail", args=[activity.pk]),
        forms_of=bound,
        again=partial(_activity_page, request, activity),
        place=at_first_day,
    )


def _runnable_or_refuse(user: User, activity_id: int) -> Activity:
    """Return the activity. Raises Http404 where it does not exist for the person, PermissionDenied for readers."""
    activity = _activity_or_404(user, activity_id)
    require(can_run.test(user, activity))
    return activity


@login_required
@require_POST
def activity_start(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Mark that an activity has begun."""
    user = signed_in(request)
    activity = _runnable_or_refuse(user, activity_id)
    done = _("The activity is under way.")
    return _take_step(request, activity, lambda: services.start(actor=user, activity=activity), done)


@login_required
@require_POST
def activity_done(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Mark an activity done on a day."""
    user = signed_in(request)
    activity = _runnable_or_refuse(user, activity_id)
    form = DoneForm(request.POST)
    return _take_step(
        request,
        activity,
        lambda: services.mark_done(actor=user, activity=activity, done_on=form.cleaned_data["done_on"]),
        _("The activity is done."),
        done_form=form,
    )


@login_required
@require_POST
def activity_postpone(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Move an activity to a new time, with the reason."""
    user = signed_in(request)
    activity = _runnable_or_refuse(user, activity_id)
    form = PostponeForm(request.POST)
    return _take_step(
        request,
        activity,
        lambda: services.postpone(
            actor=user, activity=activity, windows=form.windows, reason=form.cleaned_data["reason"]
        ),
        _("The activity has been postponed."),
        postpone_form=form,
    )


@login_required
@require_POST
def activity_cancel(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Call an activity off, with the reason."""
    user = signed_in(request)
    activity = _runnable_or_refuse(user, activity_id)
    form = CancelForm(request.POST)
    return _take_step(
        request,
        activity,
        lambda: services.cancel(actor=user, activity=activity, reason=form.cleaned_data["reason"]),
        _("The activity has been cancelled."),
        cancel_form=form,
    )
