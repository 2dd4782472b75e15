"""Which periods are kept up to date, and since when each ``latest`` state is counted.

The one calendar as the engine needs it. What a target's window is says ``targets.calendar``; adding
up is ``engine``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery

from plans.models import Plan
from reports.progress.models import Period, ProgressReport
from targets.calendar import Month, PeriodSpan, Window, target_window
from targets.enums import OverTime
from targets.models import Target


def a_report() -> Subquery:
    """One of the reports of each period that a query reads, null where there is none.

    The first by its state, which is looked up; as ``EXISTS`` PostgreSQL reads all reports where there is none.
    """
    reports = ProgressReport.objects.filter(period=OuterRef("pk")).order_by("state")
    return Subquery(reports.values("pk")[:1])


@dataclass(frozen=True)
class Calendar:
    """The periods of the tree, oldest first; ``horizon`` is the newest one that is opened or reported on."""

    periods: tuple[Period, ...]
    horizon: Month | None

    @classmethod
    def read(cls) -> "Calendar":
        """Read the calendar and how far it has been opened, in one query."""
        return cls.of(Period.objects.annotate(a_report=a_report()).order_by("year", "month"))

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Calendar":
        """The calendar from periods, oldest first, each with ``a_report``."""
        periods = tuple(rows)
        begun = [Month(row.year, row.month) for row in periods if row.opened_at is not None or row.a_report]
        return cls(periods, max(begun, default=None))

    @cached_property
    def spans(self) -> tuple[PeriodSpan, ...]:
        return tuple(PeriodSpan(row.year, row.month, row.first_day, row.last_day) for row in self.periods)

    @cached_property
    def by_month(self) -> dict[Month, Period]:
        return {Month(row.year, row.month): row for row in self.periods}

    @cached_property
    def place(self) -> dict[int, int]:
        """Period id → its place in the order of time."""
        return {row.pk: number for number, row in enumerate(self.periods)}

    @property
    def live(self) -> list[Period]:
        """The periods up to the horizon: those for which ``latest`` states are kept."""
        return [row for month, row in self.by_month.items() if self.horizon is not None and month <= self.horizon]

    def live_from(self, place: int) -> list[Period]:
        """The live periods from this place on."""
        return [row for row in self.live if self.place[row.pk] >= place]

    def window_of(self, target: Target) -> Window:
        """The months that the target runs through."""
        return target_window(target.starts_on, target.due_on, self.spans)

    def since_of(self, target: Target) -> Period | None:
        """The first period of the target's window; where the calendar begins later, the calendar's first.

        Null where the calendar does not reach the window yet.
        """
        return self.first_from(self.window_of(target).first)

    def first_from(self, month: Month) -> Period | None:
        """The period of a month or, where the calendar begins later, its first; null where it ends before."""
        return next((row for known, row in self.by_month.items() if known >= month), None)


def latest_windows(calendar: Calendar) -> dict[int, set[int]]:
    """Indicator id → ids of the first periods since which targets in force count it, for ``latest`` ones."""
    windows: dict[int, set[int]] = defaultdict(set)
    for target in _latest_targets():
        since = calendar.since_of(target)
        if since is not None:
            windows[target.indicator_id].add(since.pk)
    return dict(windows)


def wanted_states(calendar: Calendar) -> Iterator[tuple[int, int, int]]:
    """(indicator, since, period) of every ``latest`` state that is kept: each window, in its live periods."""
    for indicator_id, sinces in latest_windows(calendar).items():
        for since_id in sinces:
            for period in calendar.live_from(calendar.place[since_id]):
                yield indicator_id, since_id, period.pk


def _latest_targets() -> Iterable[Target]:
    counted = Target.objects.counted().filter(plan__in=Plan.objects.in_force(), indicator__over_time=OverTime.LATEST)
    return counted.only("indicator_id", "starts_on", "due_on").order_by()
