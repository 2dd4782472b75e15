"""Planned events and campaigns, their windows of time, and what each unit did in them.

Rows change only through ``activities.services``.
"""

from .activity import Activity, ActivityEvent, Window
from .feed import CalendarFeed
from .participation import Participation, ParticipationFigure
from .proposal import ActivityProposal
from .registration import Registration, RegistrationEvent

__all__ = [
    "Activity",
    "ActivityEvent",
    "ActivityProposal",
    "CalendarFeed",
    "Participation",
    "ParticipationFigure",
    "Registration",
    "RegistrationEvent",
    "Window",
]
