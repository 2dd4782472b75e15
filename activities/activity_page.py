"""What the page of one activity shows a person."""

from typing import Any

from django.db.models import Prefetch

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import bloc_members_of, grants_of, heads_some_bloc, holds, units_for
from core import clock
from core.attachments import ACCEPTED
from plans.selectors import WORKING_ROLES

from .arranging.rules import can_arrange
from .arranging.selectors import arranged_of
from .clash_marks import marks_of
from .comments.page import comments_shown
from .earlier import in_later_version
from .enums import ActivityState, Scope
from .files.history import history
from .files.page import activity_files, with_files
from .files.selectors import events_read_by, files_about
from .models import Activity, ParticipationFigure
from .occurrences.selectors import occurrences_page
from .pages import card_of
from .registering.pages import concerns
from .rules import RECORDING_ROLES, can_rewrite, is_standing, steps_of
from .selectors import participations_visible_to, units_taking_part

# On the activity's page; those of all units stand in the filling map.
MOST_OUTCOMES = 20
MANY = (Scope.ALL_UNITS, Scope.BLOC)


def activity_context(user: User, activity: Activity) -> dict[str, Any]:
    """Return what the template needs beside its forms; ``activity`` as ``selectors.for_page`` fetches it."""
    stands = is_standing(activity)
    is_open = activity.state != ActivityState.CANCELLED and stands
    clashes = marks_of(user, [activity]).get(activity.pk, ())
    return {
        "activity": activity,
        "later": None if stands else in_later_version(user, activity.pk),
        "card": card_of(activity, clock.today(), with_year=True, clashes=clashes),
        "actions": steps_of(user, activity) if stands else set(),
        "may_rewrite": can_rewrite(user, activity),
        "indicators": list(activity.indicators.all()),
        "occurrences": occurrences_page(user, activity),
        "reads_units": activity.scope in MANY
        and (_reaches_some(user, activity, *WORKING_ROLES) or _heads_some(user, activity)),
        "arranged": arranged_of(activity),
        "may_arrange": stands and can_arrange.test(user, activity),
        "concerns_registering": concerns(activity),
        "may_import": activity.scope in MANY and holds(user, activity.unit, RoleName.OFFICER),
        "may_record": is_open and _reaches_some(user, activity, *RECORDING_ROLES),
        **_recorded(user, activity),
    }


def _reaches_some(user: User, activity: Activity, *roles: RoleName) -> bool:
    """Whether one of the roles reaches a unit that takes part; asks the database for blocs only."""
    if activity.scope == Scope.ALL_UNITS:
        paths = [grant.path for grant in grants_of(user) if grant.name in roles and grant.bloc_id is None]
        top = activity.unit.path
        return any(path.startswith(top) or top.startswith(path) for path in paths)
    if activity.scope == Scope.BLOC:
        return (units_taking_part(activity) & units_for(user, *roles)).exists()
    return holds(user, activity.unit, *roles)


def _heads_some(user: User, activity: Activity) -> bool:
    """Whether a unit that takes part is in a bloc that the person heads."""
    return heads_some_bloc(user) and (units_taking_part(activity) & bloc_members_of(user)).exists()


def _recorded(user: User, activity: Activity) -> dict[str, Any]:
    """What people recorded, kept and said of the activity, as far as this person reads it."""
    kept = files_about(activity, user)
    figures = Prefetch("figures", queryset=ParticipationFigure.objects.select_related("indicator"))
    outcomes = participations_visible_to(user).filter(activity=activity).order_by("-done_on", "unit__path", "-pk")
    outcomes = outcomes.select_related("unit", "recorded_by", "occurrence").prefetch_related(figures)
    if activity.scope in MANY:
        outcomes = outcomes[: MOST_OUTCOMES + 1]
    shown = list(outcomes)
    has_more = activity.scope in MANY and len(shown) > MOST_OUTCOMES
    return {
        "outcomes": with_files(activity, user, shown[:MOST_OUTCOMES] if has_more else shown, kept),
        "has_more_outcomes": has_more,
        "history": history(events_read_by(user, activity), kept),
        "files": activity_files(activity, user, kept),
        "accepted": ACCEPTED,
        "comments": comments_shown(user, activity),
    }
