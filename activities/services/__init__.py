"""Every write to activities (``planning``), to their state (``life``) and to what units did in them (``outcomes``)."""

from .life import cancel, mark_done, postpone, start
from .outcomes import record_participation, stamp_of
from .planning import ActivityChanges, ActivityFacts, delete_activity, move_activity, plan_activity, revise_activity

__all__ = [
    "ActivityChanges",
    "ActivityFacts",
    "cancel",
    "delete_activity",
    "mark_done",
    "move_activity",
    "plan_activity",
    "postpone",
    "record_participation",
    "revise_activity",
    "stamp_of",
    "start",
]
