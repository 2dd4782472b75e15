"""Who may do what with an activity, and the one table of an activity's life.

Which activities exist for a person is ``activities.selectors.activities_visible_to``.
"""

from enum import StrEnum

import rules

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import Grant, grants_of, heads_bloc, holds
from plans.models import Plan
from plans.rules import can_edit
from units.models import Bloc, Unit

from .enums import ActivityState, Scope
from .models import Activity


class Action(StrEnum):
    """A step in an activity's life. ``plan`` stands before the table: it has no state to start from."""

    PLAN = "plan"
    START = "start"
    DONE = "done"
    POSTPONE = "postpone"
    CANCEL = "cancel"


RECORDING_ROLES = (RoleName.SECRETARY, RoleName.OFFICER)
PLANNING_ROLES = (RoleName.SECRETARY, RoleName.OFFICER, RoleName.BLOC_HEAD)


def planning_grants(user: User) -> list[Grant]:
    """Return those roles of the person under which some activity may be entered; none: the page is not theirs."""
    return [grant for grant in grants_of(user) if grant.name in PLANNING_ROLES]


def can_plan(user: User, unit: Unit, scope: Scope | str, bloc: Bloc | None = None) -> bool:
    """Whether the person enters such an activity (domain: Who may do what).

    Officers of the unit enter all of them; a bloc's own also its head; a unit's own also its secretary.
    """
    if holds(user, unit, RoleName.OFFICER):
        return True
    if scope == Scope.BLOC:
        return bloc is not None and heads_bloc(user, bloc.pk)
    return scope == Scope.UNIT and holds(user, unit, RoleName.SECRETARY)


@rules.predicate
def can_run(user: User, activity: Activity) -> bool:
    """Whether the person starts, finishes, postpones or cancels the activity: whoever may enter it."""
    return can_plan(user, activity.unit, activity.scope, activity.bloc)


def can_record(user: User, unit: Unit) -> bool:
    """Whether the person records what the unit did: its secretary, or an officer on its behalf."""
    return holds(user, unit, *RECORDING_ROLES)


_OPEN = (ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.POSTPONED)

TRANSITIONS: dict[tuple[ActivityState, Action], tuple[ActivityState, rules.Predicate]] = {
    (ActivityState.PLANNED, Action.START): (ActivityState.UNDER_WAY, can_run),
    (ActivityState.POSTPONED, Action.START): (ActivityState.UNDER_WAY, can_run),
    **{(state, Action.DONE): (ActivityState.DONE, can_run) for state in _OPEN},
    **{(state, Action.POSTPONE): (ActivityState.POSTPONED, can_run) for state in _OPEN},
    **{(state, Action.CANCEL): (ActivityState.CANCELLED, can_run) for state in _OPEN},
}


def is_standing(activity: Activity) -> bool:
    """Whether the activity lives here: not in an earlier version of a plan, nor in an amendment not issued yet."""
    if activity.plan_id is None:
        return True
    known: bool | None = getattr(activity, "stands", None)  # selectors.for_page
    return Plan.objects.current().filter(pk=activity.plan_id).exists() if known is None else known


def open_actions(user: User, activity: Activity) -> set[Action]:
    """Return the steps that the person may take with the activity as it stands."""
    return steps_of(user, activity) if is_standing(activity) else set()


def steps_of(user: User, activity: Activity) -> set[Action]:
    """Return the steps that the person may take with an activity that stands."""
    return {
        action
        for (state, action), (_next, rule) in TRANSITIONS.items()
        if state == activity.state and rule.test(user, activity)
    }


def can_rewrite(user: User, activity: Activity) -> bool:
    """Whether the person may change or delete the activity now: an officer, while its plan is a draft."""
    return activity.plan is not None and can_edit(user, activity.plan) and can_run.test(user, activity)
