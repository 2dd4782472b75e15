"""Planned events and campaigns, their windows of time, what each unit did in them, files and comments.

Rows change only through ``activities.services``.
"""

from .activity import Activity, ActivityEvent, Window
from .comment import Comment
from .feed import CalendarFeed
from .file import ActivityFile
from .occurrence import Occurrence, OutcomeReminder, Recurrence
from .participation import Participation, ParticipationFigure
from .proposal import ActivityProposal
from .registration import Registration, RegistrationEvent
from .reminder import ActivityReminder

__all__ = [
    "Activity",
    "ActivityEvent",
    "ActivityFile",
    "ActivityProposal",
    "ActivityReminder",
    "CalendarFeed",
    "Comment",
    "Occurrence",
    "OutcomeReminder",
    "Participation",
    "ParticipationFigure",
    "Recurrence",
    "Registration",
    "RegistrationEvent",
    "Window",
]
