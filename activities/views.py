"""Pages of the calendar: the quarter board, the month, the list, an activity with its life and its outcomes."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gates import require, signed_in, unit_or_404
from accounts.models import User
from accounts.scope import units_for
from core import clock
from core.form_pages import FORM_METHODS, UNPROCESSABLE, Done, form_page, posted, refuse
from plans.models import Plan
from plans.selectors import plans_visible_to

from . import services
from .enums import ActivityState, Scope
from .forms import ActivityForm, CancelForm, DoneForm, OutcomeForm, PostponeForm, activity_form, at_first_day
from .grid import Month
from .models import Activity
from .month_page import month_page
from .pages import FILTERS, board_page, card_of, own_units, reasons_of, units_offered
from .rules import RECORDING_ROLES, can_rewrite, can_run, is_standing, open_actions, planning_grants
from .selectors import (
    activities_visible_to,
    board,
    concerning,
    in_year,
    participations_visible_to,
    search_activities,
    standing,
    units_taking_part,
    with_details,
)

ACTIVITIES_A_PAGE = 50
NAV_KEY = "board"


def _year(request: HttpRequest) -> int:
    """The year asked, or this one; what is no year is this one too."""
    text = request.GET.get("year", "")
    return int(text) if _is_year(text) else clock.today().year


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(19|20|21)[0-9]{2}", text))


@login_required
@require_safe
def board_view(request: HttpRequest) -> HttpResponse:
    """The year of a unit by quarters, as the resolution prints it; ``?unit=&year=&only=``."""
    user = signed_in(request)
    offered = units_offered(own_units(user))
    code = request.GET.get("unit", "")
    unit = unit_or_404(user, code) if code else next(iter(offered), None)
    year = _year(request)
    only = request.GET.get("only", "all")
    activities = board(unit, year, activities_visible_to(user)) if unit else []
    context = {
        "unit": unit,
        "offered": offered,
        "years": range(year - 1, year + 2),
        "only": only if only in FILTERS else "all",
        "board": board_page(activities, year=year, today=clock.today(), only=only if only in FILTERS else "all"),
        "plans": {a.plan_id: a.plan for a in activities if a.plan and a.plan.unit == unit}.values(),
        "may_add": bool(planning_grants(user)),
    }
    return render(request, "activities/board.html", context)


def _month_or_404(request: HttpRequest) -> Month:
    """The month asked, each part that is not asked being today's. Raises Http404 for what is no month or year."""
    year = request.GET.get("year") or str(clock.today().year)
    month = request.GET.get("month") or str(clock.today().month)
    if not (_is_year(year) and re.fullmatch(r"0?[1-9]|1[0-2]", month)):
        raise Http404
    return Month(int(year), int(month))


@login_required
@require_safe
def month_view(request: HttpRequest) -> HttpResponse:
    """A month of a unit as a grid of days; ``?unit=&year=&month=``. What is given less exactly stands above it."""
    user = signed_in(request)
    month = _month_or_404(request)
    offered = units_offered(own_units(user))
    code = request.GET.get("unit", "")
    unit = unit_or_404(user, code) if code else next(iter(offered), None)
    activities = board(unit, month.year, activities_visible_to(user)) if unit else []
    context = {
        "nav_key": NAV_KEY,
        "unit": unit,
        "offered": offered,
        "month": month,
        "beside": [near if _is_year(str(near.year)) else None for near in (month.moved(-1), month.moved(1))],
        "years": range(month.year - 1, month.year + 2),
        "months": range(1, 13),
        "weekdays": list(WEEKDAYS.values()),
        "page": month_page(activities, month=month, today=clock.today()),
        "may_add": bool(planning_grants(user)),
    }
    return render(request, "activities/month.html", context)


@login_required
@require_safe
def list_view(request: HttpRequest) -> HttpResponse:
    """Activities as a list, by time; found by words without diacritics, by state, by who does them, by unit."""
    user = signed_in(request)
    asked = {word: request.GET.get(word, "").strip() for word in ("q", "state", "scope", "unit")}
    year = _year(request)
    activities = in_year(standing(activities_visible_to(user)), year)
    if asked["unit"]:
        activities = concerning(activities, unit_or_404(user, asked["unit"]))
    states = [*ActivityState.choices, ("overdue", _("Overdue"))]
    found = search_activities(
        activities,
        wish=asked["q"],
        state=asked["state"] if asked["state"] in dict(states) else "",
        scope=asked["scope"] if asked["scope"] in Scope.values else "",
        today=clock.today(),
    )
    first = Min("windows__starts_on", filter=Q(windows__superseded=False))
    ordered = with_details(found).annotate(first=first).order_by(F("first").asc(nulls_last=True), "plan", "order", "pk")
    page = Paginator(ordered, ACTIVITIES_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    reasons = reasons_of(rows)
    context = {
        "nav_key": NAV_KEY,
        "page": page,
        "cards": [card_of(activity, clock.today(), reasons.get(activity.pk, "")) for activity in rows],
        "asked": asked,
        "year": year,
        "years": range(year - 1, year + 2),
        "states": states,
        "scopes": Scope.choices,
        "offered": [(unit.code, unit.name) for unit in units_offered(own_units(user))],
        "may_add": bool(planning_grants(user)),
    }
    return render(request, "activities/activity_list.html", context)


def _activity_or_404(user: User, activity_id: int) -> Activity:
    return get_object_or_404(with_details(activities_visible_to(user)), pk=activity_id)


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
        return _("The activity has been entered."), reverse("activities:detail", args=[activity.pk])

    context = {"plan": plan, "nav_key": NAV_KEY}
    return form_page(request, form, act, template="activities/activity_form.html", context=context)


@login_required
@require_safe
def activity_detail(request: HttpRequest, activity_id: int) -> HttpResponse:
    """An activity: its times, its state, what the units did, its history."""
    user = signed_in(request)
    return _activity_page(request, user, _activity_or_404(user, activity_id))


def _activity_page(
    request: HttpRequest, user: User, activity: Activity, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """Draw an activity's page; ``bound`` forms keep what was typed into them."""
    may_record = units_taking_part(activity) & units_for(user, *RECORDING_ROLES)
    outcomes = participations_visible_to(user).filter(activity=activity).select_related("unit", "recorded_by")
    is_open = activity.state != ActivityState.CANCELLED and is_standing(activity)
    context = {
        "nav_key": NAV_KEY,
        "card": card_of(activity, clock.today(), with_year=True),
        "activity": activity,
        "actions": open_actions(user, activity),
        "may_rewrite": can_rewrite(user, activity),
        "indicators": list(activity.indicators.all()),
        "outcomes": outcomes.prefetch_related("figures__indicator").order_by("done_on", "unit"),
        "events": activity.events.select_related("actor"),
        "reads_plan": activity.plan_id is not None and plans_visible_to(user).filter(pk=activity.plan_id).exists(),
        "done_form": DoneForm(),
        "postpone_form": PostponeForm(),
        "cancel_form": CancelForm(),
        "outcome_form": OutcomeForm(activity=activity, user=user) if is_open and may_record.exists() else None,
    }
    return render(request, "activities/activity_detail.html", {**context, **bound}, status=status)


def _take_step(
    request: HttpRequest, activity: Activity, step: Callable[[], object], done: str, **bound: forms.Form
) -> HttpResponse:
    """Take one step of the activity's life, its right already asked; a refusal comes back with what was typed."""
    if all(form.is_valid() for form in bound.values()):
        try:
            step()
        except ValidationError as error:
            if not bound:
                messages.error(request, " ".join(error.messages))
                return redirect("activities:detail", activity.pk)
            for form in bound.values():
                refuse(form, at_first_day(error))
        else:
            messages.success(request, done)
            return redirect("activities:detail", activity.pk)
    return _activity_page(request, signed_in(request), activity, status=UNPROCESSABLE, **bound)


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


@login_required
@require_POST
def outcome_record(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Record what a unit did in an activity; for its secretary, or an officer on its behalf."""
    user = signed_in(request)
    activity = _activity_or_404(user, activity_id)
    require((units_taking_part(activity) & units_for(user, *RECORDING_ROLES)).exists())
    form = OutcomeForm(request.POST, activity=activity, user=user)
    return _take_step(
        request,
        activity,
        lambda: services.record_participation(
            actor=user,
            activity=activity,
            figures=form.figures,
            **{name: form.cleaned_data[name] for name in ("unit", "done_on", "people", "note")},
        ),
        _("The outcome has been recorded. It is offered to the month's report."),
        outcome_form=form,
    )
