"""How far the newest month has come among the units that a person reviews: counted by the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from reports.enums import ReportState
from reports.progress.models import Period, ProgressReport

from .day_columns import due_day
from .deadlines import Deadlines
from .selectors import newest_month, paths_reviewed_by, reviewed_by

IN_HAND = Q(state__in=(ReportState.SUBMITTED, ReportState.APPROVED))
NEVER_CAME = ~IN_HAND & Q(first_submitted_at__isnull=True)


@dataclass(frozen=True)
class Round:
    """Numbers of reports of one month. ``waiting`` and ``approved`` are in hand.

    ``absent``: overdue, and never came; ``not_due``: never came and still have time; ``back``: came and lie with the
    unit again to be mended.
    """

    period: Period
    waiting: int
    approved: int
    absent: int
    not_due: int
    back: int


def round_of(user: User, today: date) -> Round | None:
    """The newest opened month of the units that the person reviews; null where none is open.

    A unit that was closed before the month's end owes nothing and is not counted among those outstanding.
    """
    reviewed = ProgressReport.objects.filter(reviewed_by(user))
    period = newest_month(reviewed)
    if period is None:
        return None
    owed, is_past = owed_for(period), Q(due__lt=today)
    kinds = {
        "waiting": Q(state=ReportState.SUBMITTED),
        "approved": Q(state=ReportState.APPROVED),
        "absent": owed & NEVER_CAME & is_past,
        "not_due": owed & NEVER_CAME & ~is_past,
        "back": owed & ~IN_HAND & ~NEVER_CAME,
    }
    rows = _with_due_day(user, reviewed, period)
    return Round(period, **rows.aggregate(**{name: Count("pk", filter=kind) for name, kind in kinds.items()}))


def overdue_in(user: User, period: Period, today: date) -> QuerySet[ProgressReport]:
    """The reports of the month that are overdue and never came, by unit: as many as ``Round.absent`` counts."""
    rows = _with_due_day(user, ProgressReport.objects.filter(reviewed_by(user)), period)
    absent = rows.filter(owed_for(period), NEVER_CAME, due__lt=today)
    return absent.select_related("unit", "period").order_by("unit__path", "pk")


def owed_for(period: Period) -> Q:
    """The condition on reports of the month that their units owe: they were there on its last day."""
    is_open = Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=period.last_day)
    return is_open & Q(unit__opened_on__lte=period.last_day)


def _with_due_day(user: User, reports: QuerySet[ProgressReport], period: Period) -> QuerySet[Any]:
    deadlines = Deadlines([period], of=(), beneath=paths_reviewed_by(user))
    return reports.filter(period=period).order_by().annotate(due=due_day(period, deadlines))
