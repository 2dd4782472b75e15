"""The life of a monthly report as one table: (state, action) → (next state, rule).

What is not in the table cannot happen. The only reader that writes is
``reports.progress.services.writer``. Source: domain, "The report workflow".
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.models import User
from reports.enums import ReportState

from . import rules
from .models import ProgressReport


class Action(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Transition:
    """Where an action leads, and the predicate that says who may take it."""

    to: ReportState
    rule: Any


TRANSITIONS: dict[tuple[ReportState, Action], Transition] = {
    (ReportState.NOT_STARTED, Action.SAVE): Transition(ReportState.DRAFT, rules.can_enter),
    (ReportState.DRAFT, Action.SAVE): Transition(ReportState.DRAFT, rules.can_enter),
    (ReportState.RETURNED, Action.SAVE): Transition(ReportState.DRAFT, rules.can_enter),
    (ReportState.DRAFT, Action.SUBMIT): Transition(ReportState.SUBMITTED, rules.can_submit),
    (ReportState.SUBMITTED, Action.RETURN): Transition(ReportState.RETURNED, rules.can_return),
    (ReportState.SUBMITTED, Action.APPROVE): Transition(ReportState.APPROVED, rules.can_approve),
    (ReportState.APPROVED, Action.REOPEN): Transition(ReportState.RETURNED, rules.can_reopen),
}

REASON_NEEDED = frozenset({Action.RETURN, Action.REOPEN})
OPEN_FOR_ENTRY = frozenset(state for state, action in TRANSITIONS if action is Action.SAVE)


def rule_of(action: Action) -> Any:
    """Return the predicate of an action; it is the same in every state that allows it."""
    return next(way.rule for (_state, known), way in TRANSITIONS.items() if known is action)


def actions_open_to(user: User, report: ProgressReport) -> set[Action]:
    """Return what this person can do with the report as it stands."""
    return {
        action for (state, action), way in TRANSITIONS.items() if state == report.state and way.rule.test(user, report)
    }
