"""Reading a plan's calendar: which activities a document plans, when, and for whom.

Pure: an outline in, proposals out. Nothing is stored and nothing of the database is known here; how dates are written
is ``plans.vietnamese.times``, what a document is made of is ``plans.outline``.
"""

from .read import read_activities
from .shapes import ActivityReading, ProposedActivity

__all__ = ["ActivityReading", "ProposedActivity", "read_activities"]
