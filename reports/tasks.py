"""Every background task of the app, gathered for Celery from the rooms that own them."""

from reports.documents.tasks import draft_by_calendar, help_with_scorecards
from reports.progress.tasks import open_periods, remind_by_calendar
from reports.rollups.tasks import audit_rollups, drain_dirty

__all__ = [
    "audit_rollups",
    "draft_by_calendar",
    "drain_dirty",
    "help_with_scorecards",
    "open_periods",
    "remind_by_calendar",
]
