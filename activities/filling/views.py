"""The filling map of an activity, and the one button that reminds whoever is missing in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import signed_in
from accounts.models import User
from core import clock

from ..earlier import leads_on
from ..enums import Scope
from ..models import Activity
from ..pages import card_of
from ..rules import can_record
from ..selectors import activities_visible_to, with_details, with_standing
from .grid import Grid
from .reminding import Reminded, remind_missing
from .selectors import Part, grid_of, is_open, remindable_by, reminded_on, units_in_reach, widest_part

NAV_KEY = "board"


def _asked(request: HttpRequest, user: User, activity_id: int) -> tuple[Activity, Part]:
    """Return the activity and whose map is asked for (``?unit=``; else the widest that the person may see).

    Raises Http404 for what does not exist for the person, PermissionDenied where no unit taking part is theirs to read.
    """
    activity = get_object_or_404(with_standing(with_details(activities_visible_to(user))), pk=activity_id)
    if code := request.GET.get("unit", ""):
        return activity, Part(get_object_or_404(units_in_reach(user, activity), code=code))
    part = widest_part(user, activity)
    if part is None:
        raise PermissionDenied
    return activity, part


@login_required
@require_safe
@leads_on
def filling_map(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Which units have recorded what; ``?missing=1`` shows only those with something missing."""
    user = signed_in(request)
    activity, part = _asked(request, user, activity_id)
    grid = grid_of(activity, part.top, clock.today(), part.only)
    only_missing = request.GET.get("missing") == "1"
    may_act = is_open(activity)
    remindable = remindable_by(user, grid) if may_act else []
    done = reminded_on(activity, clock.today()) if remindable else set()
    context = {
        "nav_key": NAV_KEY,
        "activity": activity,
        "card": card_of(activity, clock.today(), with_year=True),
        "top": part.top,
        "whose": _whose(part, grid),
        "grid": grid,
        "shown": grid.shown(only_missing=only_missing),
        "only_missing": only_missing,
        "to_remind": [row for row in remindable if row.unit.pk not in done],
        "reminded": done,
        "recordable": _recordable(user, grid) if may_act else set(),
        "openable": _openable(user, activity, part, grid) if activity.scope == Scope.ALL_UNITS else set(),
    }
    return render(request, "activities/filling.html", context)


def _whose(part: Part, grid: Grid) -> str:
    """Whose map it is, for the head of the page."""
    blocs = [group.bloc.name for group in grid.groups if group.bloc]
    return ", ".join(blocs) if part.only is not None and blocs else part.top.name


def _openable(user: User, activity: Activity, part: Part, grid: Grid) -> set[int]:
    """The units of the map whose own map the person may see: all of them, but for the head of a bloc."""
    shown = [row.unit.pk for row in grid.rows]
    if part.only is None:
        return set(shown)
    return set(units_in_reach(user, activity).filter(pk__in=shown).values_list("pk", flat=True))


def _recordable(user: User, grid: Grid) -> set[int]:
    """The units of the map for which the person records."""
    return {row.unit.pk for row in grid.rows if can_record(user, row.unit)}


@login_required
@require_POST
def filling_remind(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Remind whoever is missing in the map; ``?unit=`` as on its page."""
    user = signed_in(request)
    activity, part = _asked(request, user, activity_id)
    _say(request, remind_missing(actor=user, activity=activity, top=part.top))
    return redirect(f"{reverse('activities:filling', args=[activity.pk])}?unit={part.top.code}")


def _say(request: HttpRequest, reminded: Reminded) -> None:
    told, before, nobody = (len(units) for units in (reminded.told, reminded.before, reminded.nobody))
    if told:
        words = ngettext("%(n)s unit has been reminded.", "%(n)s units have been reminded.", told)
        messages.success(request, words % {"n": told})
    if before and not told:
        messages.info(request, _("All of them have been reminded today already."))
    if nobody:
        words = ngettext(
            "%(n)s unit has nobody who could be reminded: %(names)s.",
            "%(n)s units have nobody who could be reminded: %(names)s.",
            nobody,
        )
        names = ", ".join(unit.short_name for unit in reminded.nobody[:5])
        messages.warning(request, words % {"n": nobody, "names": names})
