"""Pages of the calendar: the quarter board, the month, the list. One activity's pages are ``activities.views``."""

import re

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.gates import signed_in, unit_or_404
from accounts.models import User
from accounts.scope import grants_of, visible_units
from core import clock
from units.models import Unit

from .board_page import FILTERS, board_page
from .enums import ActivityState, Scope
from .grid import Month
from .month_page import month_page
from .pages import card_of, reasons_of, units_offered
from .rules import planning_grants
from .selectors import activities_visible_to, board, concerning, in_year, search_activities, standing, with_details

ACTIVITIES_A_PAGE = 50
NAV_KEY = "board"


def _own_units(user: User) -> list[Unit]:
    """The units at which the person holds a role and that exist for them, the highest first."""
    own = {grant.unit_id for grant in grants_of(user)}
    mine = list(visible_units(user).filter(pk__in=own).order_by("path"))
    return mine or list(visible_units(user).order_by("path")[:1])


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
    offered = units_offered(_own_units(user))
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
    offered = units_offered(_own_units(user))
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
        "offered": [(unit.code, unit.name) for unit in units_offered(_own_units(user))],
        "may_add": bool(planning_grants(user)),
    }
    return render(request, "activities/activity_list.html", context)
