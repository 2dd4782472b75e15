"""Who has to be reminded of what: reports that lie with their units, and what was reminded already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from reports.enums import ReminderStep
from reports.progress.models import Period, ProgressReport, Reminder
from units.models import Unit

from .day_columns import lock_day
from .deadlines import Deadline, Deadlines, still_taking
from .recipients import REACHED, SECRETARIES, is_reached, secretaries_of
from .rounds import owed_for
from .schedule import Planned, step_on
from .selectors import newest_month, paths_reviewed_by, reviewed_by
from .states import OPEN_FOR_ENTRY

OVERDUE_STEPS = (ReminderStep.AFTER, ReminderStep.LOCKS)
REMINDED_AT_ONCE = 1000
UNITS_NAMED = 12


@dataclass(frozen=True)
class Owed:
    """A report that lies with its unit and may still be handed in."""

    report: ProgressReport
    deadline: Deadline

    @property
    def came_before(self) -> bool:
        """Whether it was handed in once and was sent back, so that it is neither late nor locked any more."""
        return self.report.first_submitted_at is not None


@dataclass(frozen=True)
class Due:
    """A report of which the calendar reminds today.

    ``is_first``: its unit was never reminded of it; ``is_newly_overdue``: nor since it became overdue.
    """

    owed: Owed
    planned: Planned
    is_first: bool
    is_newly_overdue: bool


@dataclass(frozen=True)
class Outstanding:
    """What one officer can remind of in the newest month, in numbers of reports that still have to come.

    ``waiting``: those that can be reminded now; ``reminded``: those of which an officer reminded today; ``nobody``:
    those for whose unit nobody would hear it. ``rows``: all of them, with ``is_reminded`` and ``is_heard``.
    """

    period: Period
    rows: QuerySet[Any]
    waiting: int
    reminded: int
    nobody: int

    @property
    def count(self) -> int:
        """How many reports still have to come."""
        return self.waiting + self.reminded + self.nobody

    @property
    def at_once(self) -> int:
        """How many of those waiting one click reminds."""
        return min(self.waiting, REMINDED_AT_ONCE)

    @cached_property
    def first(self) -> list[ProgressReport]:
        """Some of those waiting, by unit, to be named."""
        rows = self.rows.filter(is_reminded=False, is_heard=True)
        return list(rows.select_related("unit").order_by("unit__path", "pk")[:UNITS_NAMED])

    def heard_of(self, units: Iterable[Unit]) -> dict[int, bool]:
        """Ids of these units' reports that were not reminded of today → whether somebody would hear a reminder."""
        rows = self.rows.filter(is_reminded=False, unit__in=[unit.pk for unit in units])
        return dict(rows.values_list("pk", "is_heard"))

    def to_remind(self) -> list[ProgressReport]:
        """What one click reminds of, by unit: those waiting, then those that nobody hears, to say so."""
        rows = self.rows.filter(is_reminded=False).select_related("unit")
        return list(rows.order_by("-is_heard", "unit__path", "pk")[:REMINDED_AT_ONCE])


def periods_to_remind_of(today: date) -> list[Period]:
    """Opened periods in which some unit may still hand in."""
    return list(Period.objects.filter(still_taking(today), opened_at__isnull=False))


def owed_among(reports: QuerySet[ProgressReport], today: date) -> list[Owed]:
    """Those of the reports that lie with a unit that owes them and may still be handed in, in the order of the tree.

    A unit that was gone before the month's end owes nothing; one that missed the lock day cannot hand in any more.
    """
    rows = reports.filter(state__in=OPEN_FOR_ENTRY).select_related("unit", "period").order_by("unit__path", "pk")
    with_units = [report for report in rows if report.unit.is_open_on(report.period.last_day)]
    deadlines = Deadlines({report.period for report in with_units}, of=[report.unit for report in with_units])
    owed = [Owed(report, deadlines.of(report.unit, report.period)) for report in with_units]
    return [one for one in owed if one.came_before or not one.deadline.is_locked(today)]


def due_reminders(period: Period, today: date) -> list[Due]:
    """What the calendar has to remind of today in this period and has not yet."""
    told: dict[int, set[Planned]] = {}
    rows = Reminder.objects.filter(report__period=period).exclude(step=ReminderStep.BY_HAND)
    for report_id, step, day in rows.order_by().values_list("report", "step", "day"):
        told.setdefault(report_id, set()).add(Planned(ReminderStep(step), day))
    found = []
    for owed in owed_among(ProgressReport.objects.filter(period=period), today):
        planned = step_on(owed.deadline, today, came_before=owed.came_before)
        before = told.get(owed.report.pk, set())
        if planned is not None and planned not in before:
            found.append(Due(owed, planned, not before, _is_newly_overdue(owed, planned, before)))
    return found


def _is_newly_overdue(owed: Owed, planned: Planned, before: Iterable[Planned]) -> bool:
    """The unit has not handed in by its due day, and this was not told yet; a later due day tells it anew."""
    told = any(one.step in OVERDUE_STEPS and one.day > owed.deadline.due_on for one in before)
    return planned.step in OVERDUE_STEPS and not owed.came_before and not told


def reminded_by(user: User) -> Q:
    """The condition on reports that this person may remind of; agrees with ``rules.can_remind``.

    What a person reviews, without the topmost unit's own report, which its leader reviews.
    """
    return reviewed_by(user) & Q(unit__depth__gt=1)


def reminded_by_hand_on(day: date, reports: Iterable[ProgressReport]) -> set[int]:
    """The ids of those reports of which an officer reminded on that day."""
    rows = Reminder.objects.filter(report__in=list(reports), step=ReminderStep.BY_HAND, day=day)
    return set(rows.values_list("report", flat=True))


def outstanding_for(user: User, today: date) -> Outstanding | None:
    """What this person can remind of in the newest opened month; null where there is nothing at all."""
    reports = ProgressReport.objects.filter(reminded_by(user))
    period = newest_month(reports)
    if period is None:
        return None
    rows = _still_owed(user, reports, period, today)
    kinds = {
        "waiting": Q(is_reminded=False, is_heard=True),
        "reminded": Q(is_reminded=True),
        "nobody": Q(is_reminded=False, is_heard=False),
    }
    return Outstanding(
        period, rows, **rows.aggregate(**{name: Count("pk", filter=kind) for name, kind in kinds.items()})
    )


def _still_owed(user: User, reports: QuerySet[ProgressReport], period: Period, today: date) -> QuerySet[Any]:
    """``owed_among`` for many thousands: chosen by the database, with ``is_reminded`` (by hand today), ``is_heard``."""
    heard = Role.objects.filter(SECRETARIES, REACHED, unit=OuterRef("unit"))
    reminded = Reminder.objects.filter(report=OuterRef("pk"), step=ReminderStep.BY_HAND, day=today)
    locks = lock_day(period, Deadlines([period], of=(), beneath=paths_reviewed_by(user)))
    rows = reports.filter(owed_for(period), period=period, state__in=OPEN_FOR_ENTRY).order_by().annotate(locks=locks)
    rows = rows.filter(Q(first_submitted_at__isnull=False) | Q(locks__gte=today))
    return rows.annotate(is_reminded=Exists(reminded), is_heard=Exists(heard))


def heard_by(reports: Sequence[ProgressReport]) -> dict[int, list[User]]:
    """Report id → the unit's secretaries whom a reminder reaches."""
    secretaries = secretaries_of(reports)
    return {report.pk: [one for one in secretaries[report.unit_id] if is_reached(one)] for report in reports}


def last_reminders(units: Sequence[Unit], period: Period) -> dict[int, Reminder]:
    """Unit id → the last reminder of this month that reached somebody, in one query."""
    rows = Reminder.objects.filter(report__period=period, report__unit__in=units, people__gt=0)
    return {row.report.unit_id: row for row in rows.select_related("report")}
