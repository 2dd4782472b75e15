"""The page on which an activity's occurrences are set: by a rule whose days are seen first, or one by one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.gates import require, signed_in
from accounts.models import User
from core.form_pages import FORM_METHODS, UNPROCESSABLE, refuse, take_step

from ..models import Activity
from ..rules import can_run
from ..selectors import activities_visible_to, calendar_windows, with_details
from ..timing import Span
from ..wording import span_text
from . import services
from .forms import DaysForm, RuleForm
from .selectors import occurrences_page, rule_of

NAV_KEY = "board"


def _activity_or_refuse(user: User, activity_id: int) -> Activity:
    """Return the activity. Raises Http404 where it does not exist for the person, PermissionDenied for readers."""
    activity = get_object_or_404(with_details(activities_visible_to(user)), pk=activity_id)
    require(can_run.test(user, activity))
    return activity


@login_required
@require_http_methods(FORM_METHODS)
def occurrences_view(request: HttpRequest, activity_id: int) -> HttpResponse:
    """An activity's occurrences. A rule in the address shows the days that it makes; sent, it makes them."""
    user = signed_in(request)
    activity = _activity_or_refuse(user, activity_id)
    sent = request.POST if request.method == "POST" else request.GET
    if "every" not in sent and request.method != "POST":
        return _page(request, activity)
    form = RuleForm(sent)
    spans = _spans(activity, form)
    if request.method == "POST" and spans:
        try:
            services.set_recurrence(actor=user, activity=activity, rule=form.rule)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The days have been set."))
            return redirect("activities:occurrences", activity.pk)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return _page(request, activity, status, rule_form=form, spans=spans)


def _spans(activity: Activity, form: RuleForm) -> list[Span]:
    """The days that the typed rule makes; none where it is refused, which then stands at its fields."""
    if not form.is_valid():
        return []
    try:
        return services.checked_rule(activity, form.rule)
    except ValidationError as error:
        refuse(form, error)
        return []


def _page(request: HttpRequest, activity: Activity, status: int = 200, **bound: Any) -> HttpResponse:
    """Draw the page; ``bound`` forms keep what was typed, ``spans`` are the days of the rule that is looked at."""
    spans = bound.get("spans") or []
    first = next((window.starts_on for window in calendar_windows(activity)), None)
    rule = rule_of(activity)
    start = vars(rule) if rule else {"starts_on": first, "times": activity.repeats if activity.repeats > 1 else None}
    context = {
        "nav_key": NAV_KEY,
        "activity": activity,
        "page": occurrences_page(signed_in(request), activity),
        "rule_form": RuleForm(initial={"lasts": 1, **start}),
        "days_form": DaysForm(),
        "moved": None,
        **bound,
        "spans": [span_text(span, with_year=True) for span in spans],
        "differs": bool(spans) and activity.repeats > 1 and len(spans) != activity.repeats,
    }
    return render(request, "activities/occurrences.html", context, status=status)


def _change(
    request: HttpRequest,
    activity: Activity,
    act: Callable[[], object],
    done: str,
    form: DaysForm | None = None,
    **more: Any,
) -> HttpResponse:
    """Change the occurrences; a refusal comes back with what was typed."""
    return take_step(
        request,
        act,
        done=done,
        then=reverse("activities:occurrences", args=[activity.pk]),
        forms_of={} if form is None else {"days_form": form},
        again=partial(_page, request, activity, **more),
    )


@login_required
@require_POST
def occurrences_number(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Divide an activity into as many times as it has, without days."""
    user = signed_in(request)
    activity = _activity_or_refuse(user, activity_id)
    done = _("The times can be recorded one by one now.")
    return _change(request, activity, lambda: services.number_occurrences(actor=user, activity=activity), done)


@login_required
@require_POST
def occurrence_add(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Add an occurrence on a day, or one without a day."""
    user = signed_in(request)
    activity = _activity_or_refuse(user, activity_id)
    form = DaysForm(request.POST)
    return _change(
        request,
        activity,
        lambda: services.add_occurrence(actor=user, activity=activity, when=form.when),
        _("One more has been added."),
        form,
    )


@login_required
@require_POST
def occurrence_move(request: HttpRequest, activity_id: int, occurrence_id: int) -> HttpResponse:
    """Give an occurrence other days."""
    user = signed_in(request)
    activity = _activity_or_refuse(user, activity_id)
    occurrence = get_object_or_404(activity.occurrences.select_related("activity"), pk=occurrence_id)
    form = DaysForm(request.POST, auto_id=f"move{occurrence_id}_%s")
    return _change(
        request,
        activity,
        lambda: services.move_occurrence(actor=user, occurrence=occurrence, when=form.when),
        _("The day has been changed."),
        form,
        moved=occurrence_id,
    )


@login_required
@require_POST
def occurrence_remove(request: HttpRequest, activity_id: int, occurrence_id: int) -> HttpResponse:
    """Remove an occurrence in which nobody took part."""
    user = signed_in(request)
    activity = _activity_or_refuse(user, activity_id)
    occurrence = get_object_or_404(activity.occurrences.select_related("activity"), pk=occurrence_id)
    done = _("It has been removed.")
    return _change(request, activity, lambda: services.remove_occurrence(actor=user, occurrence=occurrence), done)
