"""Planned events and campaigns, their windows of time, and what each unit did in them.

Rows change only through ``activities.services``.
"""

from .activity import Activity, ActivityEvent, Window
from .feed import CalendarFeed
from .occurrence import Occurrence, OutcomeReminder, Recurrence
from .participation import Participation, ParticipationFigure
from .proposal import ActivityProposal

__all__ = [
    "Activity",
    "ActivityEvent",
    "ActivityProposal",
    "CalendarFeed",
    "Occurrence",
    "OutcomeReminder",
    "Participation",
    "ParticipationFigure",
    "Recurrence",
    "Window",
]
