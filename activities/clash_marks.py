"""Which activities are marked for what does not go together, in words for the person who looks; see ``clashes``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.templatetags.portal_numbers import vn_date
from targets.models import Target
from targets.selectors import targets_visible_to

from .clashes import Large, Meeting, first_missed, is_of_days, is_outside_quarter, meetings
from .enums import ActivityState, Precision, Scope
from .listing import listed_quarter
from .models import Activity, Window
from .selectors import OPEN_STATES, activities_visible_to, current_windows, former_windows, standing
from .timing import Span, quarter_of
from .wording import ROMAN, span_text, time_text

NAMED = 2
LARGE = Q(scope=Scope.ALL_UNITS) | Q(
    scope=Scope.ISSUER, pk__in=Activity.coordinating.through.objects.values("activity")
)

Marks = dict[int, list[str]]


def marks_of(user: User | None, activities: Sequence[Activity]) -> Marks:
    """Return activity's id → what does not go together, in words; those without such are left out.

    Two queries at most. Only activities and targets that exist for the person are named; ``user`` null: all of them.
    """
    marks: Marks = defaultdict(list)
    for found in (_listed_elsewhere(activities), _same_days(user, activities), _past_due(user, activities)):
        for key, words in found.items():
            marks[key].append(words)
    return dict(marks)


# --- listed under another quarter -------------------------------------------------------------------------------------


def _listed_elsewhere(activities: Iterable[Activity]) -> dict[int, str]:
    found = {}
    for activity in activities:
        listed = misplaced_in(activity)
        if listed is not None and activity.state != ActivityState.CANCELLED:
            found[activity.pk] = _says_listed(listed, current_windows(activity)[0])
    return found


def misplaced_in(activity: Activity) -> int | None:
    """Return the quarter under which its document lists it although it has no day there; null where they agree.

    What was postponed moved on purpose.
    """
    plan = activity.plan
    listed = listed_quarter(activity.section) if plan and plan.unit_id == activity.unit_id else None
    if listed is None or former_windows(activity):
        return None
    return listed if is_outside_quarter(listed, current_windows(activity)) else None


def _says_listed(listed: int, window: Window) -> str:
    words = {"listed": ROMAN[listed - 1], "time": span_text(window), "real": ROMAN[quarter_of(window.starts_on) - 1]}
    return _("Listed under quarter %(listed)s but dated %(time)s, which is quarter %(real)s.") % words


# --- two large ones on the same days ----------------------------------------------------------------------------------


def _same_days(user: User | None, activities: Sequence[Activity]) -> dict[int, str]:
    days = [
        (activity.unit_id, window)
        for activity in activities
        if activity.state in OPEN_STATES and activity.scope in (Scope.ALL_UNITS, Scope.ISSUER)
        for window in current_windows(activity)
        if is_of_days(window)
    ]
    if not days:
        return {}
    first, last = min(window.starts_on for _unit, window in days), max(window.ends_on for _unit, window in days)
    met = meetings(_large(user, {unit for unit, _window in days}, first, last))
    return {activity.pk: _says_met(met[activity.pk]) for activity in activities if activity.pk in met}


def _large(user: User | None, bodies: set[int], first: date, last: date) -> Iterable[Large]:
    """The large activities of these bodies that are still to be held, by their short spans of days in the stretch."""
    known = standing(Activity.objects.all() if user is None else activities_visible_to(user))
    large = known.filter(LARGE, unit__in=bodies, state__in=OPEN_STATES)
    windows = Window.objects.filter(
        superseded=False, precision=Precision.DAY, starts_on__lte=last, ends_on__gte=first, activity__in=large
    )
    rows = windows.order_by("pk").values_list("activity", "activity__name", "activity__unit", "starts_on", "ends_on")
    for key, name, body, starts_on, ends_on in rows:
        if is_of_days(Span(starts_on, ends_on, Precision.DAY)):
            yield Large(key, name, body, starts_on, ends_on)


def _says_met(met: Sequence[Meeting]) -> str:
    names = "; ".join(f"“{one.name}” ({span_text(Span(one.first, one.last, Precision.DAY))})" for one in met[:NAMED])
    if len(met) > NAMED:
        words = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", len(met) - NAMED)
        names = words % {"names": names, "count": len(met) - NAMED}
    return _("On the same days as another large activity of the body: %(names)s.") % {"names": names}


# --- postponed past the due day of a target ---------------------------------------------------------------------------


def _past_due(user: User | None, activities: Sequence[Activity]) -> dict[int, str]:
    moved = [a for a in activities if a.plan_id is not None and a.state in OPEN_STATES and former_windows(a)]
    if not moved:
        return {}
    due = _due_days(user, moved)
    found = {}
    for activity in moved:
        windows = current_windows(activity)
        missed = first_missed(due.get(activity.pk, ()), windows)
        if missed is not None:
            words = {"time": time_text(windows, with_year=True).lower(), "due": vn_date(missed[0]), "code": missed[1]}
            found[activity.pk] = _("Postponed to %(time)s, past %(due)s, when target %(code)s is due.") % words
    return found


def _due_days(user: User | None, activities: Iterable[Activity]) -> dict[int, list[tuple[date, str]]]:
    """Activity's id → due day and code of each target in its plan that its outcome counts for."""
    plans = {activity.pk: activity.plan_id for activity in activities}
    targets = Target.objects.all() if user is None else targets_visible_to(user)
    served = targets.filter(plan__in=set(plans.values()), indicator__activities__in=list(plans))
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = served.order_by("due_on", "order").values_list("indicator__activities", "plan", "due_on", "code")
    for key, plan, due_on, code in rows:
        if plans.get(key) == plan:
            found[key].append((due_on, code))
    return found
