"""Due days, lock days and timeliness: when a report is on time, late, missing (domain: Time, rule 11).

Late and locked are different settings: after the due day a report is taken and marked late, after
the lock day none is taken any more.

What holds for a unit is told from the top down: the period's own days, which the topmost unit may
replace for a level; then what each body on the way down says for all beneath it. A body beneath the
top orders its own work within the lock of those above: its days never run past that. At last comes
the unit's own exception, which only gives time.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from reports.enums import Timeliness
from reports.progress.models import Period, PeriodDeadline, ProgressReport
from targets.calendar import Month
from units.enums import Level
from units.models import Unit


def end_of(day: date) -> datetime:
    """The last moment of a day in Asia/Ho_Chi_Minh."""
    return timezone.make_aware(datetime.combine(day, time.max))


def day_of_month(name: Month, day: int | None) -> date:
    """That day of the month; in a shorter month, and for null, its last day."""
    longest = monthrange(name.year, name.month)[1]
    return date(name.year, name.month, min(day or longest, longest))


def next_such_day(day: int, after: date) -> date:
    """The first such day of a month after ``after``; in a shorter month its last day."""
    name = Month.of(after)
    found = day_of_month(name, day)
    return found if found > after else day_of_month(name.plus(1), day)


@dataclass(frozen=True)
class Deadline:
    """The two days that hold for one unit in one period."""

    due_on: date
    locks_on: date

    @classmethod
    def after(cls, last_day: date, *, due_day: int, lock_day: int) -> Self:
        """Due on the first ``due_day`` after a period's last day, locked on the ``lock_day`` that follows."""
        due_on = next_such_day(due_day, last_day)
        return cls(due_on, next_such_day(lock_day, due_on))

    @property
    def due_moment(self) -> datetime:
        return end_of(self.due_on)

    def is_locked(self, today: date) -> bool:
        """Whether no first report is taken any more."""
        return today > self.locks_on

    def days_left(self, today: date) -> int:
        """Days until the due day; 0 on the day itself, negative when it has passed."""
        return (self.due_on - today) // timedelta(days=1)

    def within(self, lock: date) -> "Deadline":
        """These days, none of them later than ``lock``."""
        return Deadline(min(self.due_on, lock), min(self.locks_on, lock))

    def extended(self, due_on: date | None, locks_on: date) -> "Deadline":
        """These days with more time. A null due day stays: what comes then is taken, and late."""
        due = max(due_on or self.due_on, self.due_on)
        return Deadline(due, max(locks_on, self.locks_on, due))


Words = dict[tuple[str, int | None], Deadline]
"""(path of a body, level or null for all beneath it) → what it says of one period."""


def days_beneath(path: str, level: int | None, period_days: Deadline, words: Words) -> Deadline:
    """What holds at ``path`` by the words of all bodies from the top down to it; of one body its word for the level."""
    days = period_days
    for end in range(Unit.steplen, len(path) + 1, Unit.steplen):
        said = words.get((path[:end], level)) or words.get((path[:end], None))
        if said is not None:
            days = said if end == Unit.steplen else said.within(days.locks_on)
    return days


class Deadlines:
    """The deadlines of many units in many periods, read in one query.

    ``of``: the only units whose own exceptions are asked for; null for those of all. ``beneath``: the paths of the
    bodies at or beneath which they stand; null where they stand anywhere.
    """

    def __init__(
        self, periods: Iterable[Period], *, of: Iterable[Unit] | None = None, beneath: Iterable[str] | None = None
    ) -> None:
        listed = list(periods)
        self._words: dict[int, Words] = {period.pk: {} for period in listed}
        self._extensions: dict[tuple[int, int], tuple[date | None, date]] = {}
        for period_id, path, number, due_on, locks_on in _said_and_granted(listed, of, beneath) if listed else ():
            if path:
                self._words[period_id][path, number] = Deadline(due_on, locks_on)
            else:
                self._extensions[number, period_id] = due_on, locks_on

    def of(self, unit: Unit, period: Period) -> Deadline:
        """What holds for the unit's own report, its exception included."""
        days = self.ordinary(unit, period)
        more = self._extensions.get((unit.pk, period.pk))
        return days.extended(*more) if more else days

    def ordinary(self, unit: Unit, period: Period) -> Deadline:
        """What would hold for the unit without an exception of its own."""
        return self.beneath(unit, period, unit.level)

    def beneath(self, body: Unit, period: Period, level: int | None = None) -> Deadline:
        """What holds for the units of a level at or beneath a body; null: for those of no particular level."""
        return days_beneath(body.path, level, Deadline(period.due_on, period.locks_on), self._words[period.pk])

    def above(self, body: Unit, period: Period, level: int | None = None) -> Deadline:
        """The same without the body's own words: what those above leave it."""
        path = body.path[: -Unit.steplen]
        return days_beneath(path, level, Deadline(period.due_on, period.locks_on), self._words[period.pk])

    def said_beneath(self, period: Period) -> list[tuple[str, int | None, Deadline]]:
        """Path of a body, level (null: each), days: what holds beneath each body that speaks, the deepest bodies first.

        The first that fits a unit holds for it; where none does, the period's own days. Without exceptions.
        """
        words, own = self._words[period.pk], Deadline(period.due_on, period.locks_on)
        found: list[tuple[str, int | None, Deadline]] = []
        for path in sorted({path for path, _level in words}, key=lambda path: -len(path)):
            days = {level: days_beneath(path, level, own, words) for level in Level}
            is_one = len(set(days.values())) == 1
            found += [(path, None, days[Level.values[0]])] if is_one else [(path, *one) for one in days.items()]  # type: ignore[index]
        return found


def _said_and_granted(
    periods: list[Period], of: Iterable[Unit] | None, beneath: Iterable[str] | None
) -> QuerySet[Any, tuple[Any, ...]]:
    """Period, path of the body that speaks, level and days; of a unit's exception the path is blank, its id follows."""
    said = PeriodDeadline.objects.filter(period__in=periods).order_by()
    granted = ProgressReport.objects.filter(period__in=periods, extension__locks_on__isnull=False).order_by()
    if beneath is not None:
        paths = list(beneath)
        above = {path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)}
        within = (Q(unit__path__startswith=path) for path in paths)
        said = said.filter(reduce(or_, within, Q(unit__path__in=above)))
    if of is not None:
        granted = granted.filter(unit__in=[unit.pk for unit in of])
    return said.values_list("period_id", "unit__path", "level", "due_on", "locks_on").union(
        granted.values_list("period_id", Value(""), "unit_id", "extension__due_on", "extension__locks_on"), all=True
    )


def still_taking(today: date) -> Q:
    """The condition on periods in which some unit may still hand in, be it by an exception."""
    said = PeriodDeadline.objects.filter(period=OuterRef("pk"), locks_on__gte=today)
    extended = ProgressReport.objects.filter(period=OuterRef("pk"), extension__locks_on__gte=today)
    return Q(locks_on__gte=today) | Q(Exists(said)) | Q(Exists(extended))


def deadline_of(unit: Unit, period: Period) -> Deadline:
    """The deadline of one unit in one period."""
    return Deadlines([period], of=[unit]).of(unit, period)


def deadline_of_report(report: ProgressReport) -> Deadline:
    """The deadline of one report; only what is said about its unit is read."""
    unit, period = report.unit, report.period
    line = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    rows = PeriodDeadline.objects.filter(period=period, unit__path__in=line).order_by()
    said = rows.values_list("unit__path", "level", "due_on", "locks_on")
    words: Words = {(path, level): Deadline(due_on, locks_on) for path, level, due_on, locks_on in said}
    days = days_beneath(unit.path, unit.level, Deadline(period.due_on, period.locks_on), words)
    more = report.extension
    return days.extended(more.due_on, more.locks_on) if more and more.locks_on else days


def ordinary_deadline_of(unit: Unit, period: Period) -> Deadline:
    """The same without the unit's own exception."""
    return Deadlines([period], of=()).ordinary(unit, period)


def due_moment(unit: Unit, period: Period) -> datetime:
    """The end of the due day of this unit in Asia/Ho_Chi_Minh."""
    return deadline_of(unit, period).due_moment


def timeliness(report: ProgressReport | None, deadline: Deadline, now: datetime) -> Timeliness | None:
    """On time, late, missing or not required; null while nothing is due and nothing came.

    Judged by the first submission: a report that was returned and sent again stays on time.
    No report row means that the unit was not asked for one.
    """
    if report is None:
        return Timeliness.NOT_REQUIRED
    if report.first_submitted_at is not None:
        in_time = report.first_submitted_at <= deadline.due_moment
        return Timeliness.ON_TIME if in_time else Timeliness.LATE
    return Timeliness.MISSING if now > deadline.due_moment else None


def timeliness_of(report: ProgressReport, now: datetime) -> Timeliness | None:
    """``timeliness`` of one report, reading its deadline."""
    if not report.unit.is_open_on(report.period.last_day):
        return Timeliness.NOT_REQUIRED
    return timeliness(report, deadline_of(report.unit, report.period), now)
