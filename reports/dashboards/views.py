"""The leader's pages: the dashboard of a unit at a month, and what one figure of it is made of."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.gates import require, signed_in, unit_or_404
from accounts.keeping import kept_for_roles
from accounts.models import User
from core import clock, pulse
from core.status_looks import TARGET
from reports.documents.scorecards.selectors import makes_of
from reports.progress.rules import reviews_any
from reports.rollups.selectors import is_being_added_up
from targets.models import Indicator
from targets.selectors import latest_version_of
from units.models import Unit

from .choice import Choice, choice_of
from .comparison import comparison_of
from .composition import composition_of
from .heat import ORDERS
from .months import calendar_at
from .overview import ARRANGEMENTS, Wishes, overview_of
from .rules import can_read_figures
from .selectors import own_unit, target_or_404
from .units_page import units_page_of

NAV_KEY = "dashboard"


def _no_period(request: HttpRequest, unit: Unit) -> HttpResponse:
    return render(request, "reports/dashboards/no_period.html", {"unit": unit, "nav_key": NAV_KEY})


def _choice(request: HttpRequest, unit: Unit, indicator: Indicator | None = None) -> Choice | None:
    return choice_of(request.GET, calendar_at(unit, indicator), clock.today())


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Lead to the dashboard of the person's own unit at the newest month."""
    unit = own_unit(signed_in(request))
    if unit is None:
        raise PermissionDenied
    choice = _choice(request, unit)
    return redirect(choice.dashboard_of(unit) if choice else reverse("reports:dashboard", args=[unit.code]))


@login_required
@require_safe
def dashboard(request: HttpRequest, code: str) -> HttpResponse:
    """Where a unit's subtree stands; ``?period=&basis=&plan=`` choose, ``?show=&status=&sort=`` arrange."""
    word = pulse.now()
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_read_figures(user, unit))
    if _asks_too_early(request, unit):
        return HttpResponse(status=204)
    return kept_for_roles(request, partial(_dashboard, request, user, unit), word=word, nav_key=NAV_KEY)


def _asks_too_early(request: HttpRequest, unit: Unit) -> bool:
    """Whether a page that waits for new figures (``fresh.html``) asks while they are still being added up."""
    return request.headers.get("HX-Target") == "main" and is_being_added_up(unit)


def _dashboard(request: HttpRequest, user: User, unit: Unit) -> HttpResponse:
    choice = _choice(request, unit)
    if choice is None:
        return _no_period(request, unit)
    shown = overview_of(user, unit, choice, _wishes(request), clock.today())
    context = {
        "shown": shown,
        "choice": choice,
        "unit": unit,
        "may_review": reviews_any(user),
        "makes_scorecards": makes_of(user, unit) is not None,
        "nav_key": NAV_KEY,
    }
    return render(request, "reports/dashboards/dashboard.html", context)


@login_required
@require_safe
def units(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """How each target stands at each unit beneath, or at the members of the bloc of that number; blocs ranked by it.

    ``?period=&basis=&plan=`` choose, ``?sort=`` is an order of the units (``red``, ``name`` or a target's id),
    ``?all=1`` shows every unit, ``?target=`` one target alone.
    """
    word = pulse.now()
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_read_figures(user, unit))
    return kept_for_roles(request, partial(_units, request, user, unit, number), word=word, nav_key=NAV_KEY)


def _units(request: HttpRequest, user: User, unit: Unit, number: int | None) -> HttpResponse:
    choice = _choice(request, unit)
    if choice is None:
        return _no_period(request, unit)
    wishes, is_whole = _wishes(request), request.GET.get("all") == "1"
    shown = units_page_of(user, unit, choice, wishes, is_whole=is_whole, bloc_number=number)
    if shown is None:
        return redirect(choice.dashboard_of(unit))
    context = {"shown": shown, "choice": choice, "unit": unit, "wishes": wishes, "nav_key": NAV_KEY}
    return render(request, "reports/dashboards/units_page.html", context)


@login_required
@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Units beneath a body side by side, one ``?unit=`` for each; ``?period=&basis=&plan=`` choose.

    ``?show=differ`` leaves only the targets at which they stand differently.
    """
    word = pulse.now()
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_read_figures(user, unit))
    return kept_for_roles(request, partial(_compare, request, user, unit), word=word, nav_key=NAV_KEY)


def _compare(request: HttpRequest, user: User, unit: Unit) -> HttpResponse:
    choice = _choice(request, unit)
    if choice is None:
        return _no_period(request, unit)
    only_differing = request.GET.get("show") == "differ"
    shown = comparison_of(user, unit, choice, request.GET.getlist("unit"), only_differing=only_differing)
    if shown is None:
        return redirect(choice.dashboard_of(unit))
    context = {"shown": shown, "choice": choice, "unit": unit, "nav_key": NAV_KEY}
    return render(request, "reports/dashboards/comparison.html", context)


def _wishes(request: HttpRequest) -> Wishes:
    """How to arrange the page; what is not known is as if not asked."""
    show, status = request.GET.get("show", ""), request.GET.get("status", "")
    target, sort = request.GET.get("target", ""), request.GET.get("sort", "")
    return Wishes(
        show=show if show in ARRANGEMENTS else "all",
        status=status if status in TARGET else "",
        target=target if target.isdecimal() else "",
        sort=sort if sort in ORDERS or sort.isdecimal() else "",
    )


@login_required
@require_safe
def drilldown(request: HttpRequest, target_id: int, code: str) -> HttpResponse:
    """What a target's figure at a unit is made of; ``?period=&basis=`` choose, ``?all=1`` shows every part.

    The address of a target that was amended leads on to the version in force.
    """
    word = pulse.now()
    user = signed_in(request)
    unit = unit_or_404(user, code)
    require(can_read_figures(user, unit))
    if _asks_too_early(request, unit):
        return HttpResponse(status=204)
    return kept_for_roles(request, partial(_drilldown, request, user, unit, target_id), word=word, nav_key=NAV_KEY)


def _drilldown(request: HttpRequest, user: User, unit: Unit, target_id: int) -> HttpResponse:
    try:
        target = target_or_404(user, unit, target_id)
    except Http404:
        later = target_or_404(user, unit, latest_version_of(target_id))
        address = reverse("reports:target", args=[later.pk, unit.code])
        return redirect(f"{address}?{request.GET.urlencode()}")
    choice = _choice(request, unit, target.indicator)
    if choice is None:
        return _no_period(request, unit)
    shown = composition_of(user, unit, target, choice, is_whole=request.GET.get("all") == "1")
    context = {"shown": shown, "choice": choice, "unit": unit, "target": target, "nav_key": NAV_KEY}
    return render(request, "reports/dashboards/drilldown.html", context)
