"""Who may do what with a plan, and the one table of a plan's life.

Which plans exist for a person is ``plans.selectors.plans_visible_to``.
"""

from enum import StrEnum

import rules

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of, holds
from units.models import Unit

from .enums import PlanState
from .models import Plan


class Action(StrEnum):
    """A step in a plan's life, as its history names it.

    Not in the table: ``create``, for no state comes before it, and what happens to an issued plan without changing its
    state: an amendment of it was begun, given up, or issued in its place.
    """

    CREATE = "create"
    SEND = "send"
    RETURN = "return"
    ISSUE = "issue"
    CLOSE = "close"
    AMEND = "amend"
    DISCARD = "discard"
    SUPERSEDE = "supersede"


@rules.predicate
def can_draft_at(user: User, unit: Unit) -> bool:
    """Whether the person drafts plans of this unit: its officers (domain: Who may do what)."""
    return holds(user, unit, RoleName.OFFICER)


def drafts_somewhere(user: User) -> bool:
    """Whether the person is an officer anywhere, so that beginning a draft makes sense at all."""
    return any(grant.name == RoleName.OFFICER for grant in grants_of(user))


@rules.predicate
def can_draft(user: User, plan: Plan) -> bool:
    """Whether the person writes the plan's text, targets and activities; the plan's state is another matter."""
    return holds(user, plan.unit, RoleName.OFFICER)


@rules.predicate
def can_issue(user: User, plan: Plan) -> bool:
    """Whether the person signs for the plan's unit: its leaders."""
    return holds(user, plan.unit, RoleName.LEADER)


TRANSITIONS: dict[tuple[PlanState, Action], tuple[PlanState, rules.Predicate]] = {
    (PlanState.DRAFT, Action.SEND): (PlanState.IN_REVIEW, can_draft),
    (PlanState.IN_REVIEW, Action.RETURN): (PlanState.DRAFT, can_issue),
    (PlanState.IN_REVIEW, Action.ISSUE): (PlanState.ISSUED, can_issue),
    (PlanState.ISSUED, Action.CLOSE): (PlanState.CLOSED, can_issue),
}


def open_actions(user: User, plan: Plan) -> set[Action]:
    """Return the steps that the person may take with the plan as it stands; none where a later version stands."""
    if plan.state == PlanState.ISSUED and plan.amendments.issued().exists():
        return set()
    return {
        action
        for (state, action), (_next, rule) in TRANSITIONS.items()
        if state == plan.state and rule.test(user, plan)
    }


def can_edit(user: User, plan: Plan) -> bool:
    """Whether the person may change the text now: a draft only, for issuing freezes it."""
    return plan.state == PlanState.DRAFT and can_draft.test(user, plan)
