"""Who registers, who decides, and the one table of a registration's life.

Which registrations exist for a person is ``registering.selectors.registrations_visible_to``.
"""

from enum import StrEnum

import rules

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import holds
from plans.enums import PlanState
from plans.selectors import is_superseded

from ..enums import ActivityState, RegistrationState, Scope
from ..models import Activity, Registration
from ..rules import can_plan

ASKING = (Scope.ALL_UNITS, Scope.BLOC)
OPEN = (ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.POSTPONED)


class Step(StrEnum):
    """A step of a registration. The first one, registering, stands before the table."""

    APPROVE = "approve"
    RETURN = "return"
    SEND_AGAIN = "send_again"
    WITHDRAW = "withdraw"


def is_open_for_registration(item: Activity) -> bool:
    """Whether units or blocs may register under it: it asks them, is not over, and its plan is in force."""
    plan = item.plan
    if plan is None or plan.state != PlanState.ISSUED or plan.unit_id != item.unit_id:
        return False
    return item.scope in ASKING and item.state in OPEN and not is_superseded(plan)


@rules.predicate
def can_decide(user: User, registration: Registration) -> bool:
    """Whether the person approves or returns: an officer of the body whose activity it stands under."""
    return decides_on(user, registration.item)


def decides_on(user: User, item: Activity) -> bool:
    """Whether what is registered under the activity is this person's to decide."""
    return holds(user, item.unit, RoleName.OFFICER)


@rules.predicate
def can_speak(user: User, registration: Registration) -> bool:
    """Whether the person corrects or withdraws it: who enters such an activity for the unit or the bloc."""
    scope = Scope.UNIT if registration.bloc is None else Scope.BLOC
    return can_plan(user, registration.unit, scope, registration.bloc)


_WAITING, _RETURNED = RegistrationState.REGISTERED, RegistrationState.RETURNED

TRANSITIONS: dict[tuple[RegistrationState, Step], tuple[RegistrationState, rules.Predicate]] = {
    (_WAITING, Step.APPROVE): (RegistrationState.APPROVED, can_decide),
    (_WAITING, Step.RETURN): (_RETURNED, can_decide),
    (_RETURNED, Step.SEND_AGAIN): (_WAITING, can_speak),
    (_WAITING, Step.WITHDRAW): (RegistrationState.WITHDRAWN, can_speak),
    (_RETURNED, Step.WITHDRAW): (RegistrationState.WITHDRAWN, can_speak),
}


def open_steps(user: User, registration: Registration) -> set[Step]:
    """Return the steps that the person may take with the registration as it stands."""
    return {
        step
        for (state, step), (_next, rule) in TRANSITIONS.items()
        if state == registration.state and rule.test(user, registration)
    }
