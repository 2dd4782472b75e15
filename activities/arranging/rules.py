"""Who changes the arrangements of an activity that stands."""

import rules

from accounts.models import User
from plans.enums import ISSUED_STATES

from ..enums import ActivityState
from ..models import Activity
from ..rules import can_run


def is_arranged_apart(activity: Activity) -> bool:
    """Whether the activity is one whose arrangements change without its plan: not called off, its plan issued."""
    is_issued = activity.plan is None or activity.plan.state in ISSUED_STATES
    return is_issued and activity.state != ActivityState.CANCELLED


@rules.predicate
def can_arrange(user: User, activity: Activity) -> bool:
    """Whether the person changes the arrangements of an activity that stands: whoever may run it."""
    return is_arranged_apart(activity) and can_run.test(user, activity)
