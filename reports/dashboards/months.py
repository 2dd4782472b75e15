"""The calendar as one unit stands in it: its own report of each month, and when its totals changed last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from reports.enums import BASIS_STATES, Basis, Timeliness
from reports.progress.deadlines import Deadline, Words, days_beneath
from reports.progress.entries import FIGURE_FIELDS, EntryInput
from reports.progress.models import Evidence, Period, PeriodDeadline, ProgressEntry
from reports.rollups.models import DirtyMark, LastChange
from reports.rollups.windows import Calendar, a_report
from targets.models import Indicator
from units.models import Unit

IN_HAND = BASIS_STATES[Basis.PROVISIONAL]
FIGURES = [name for names in FIGURE_FIELDS.values() for name in names]


def calendar_at(unit: Unit, indicator: Indicator | None = None) -> list[Period]:
    """The months of the calendar, oldest first, each with what ``UnitCalendar`` tells of it. One query.

    ``indicator``: what the unit itself entered of it is read, and pieces of evidence are counted that speak of it, or
    of the report as a whole.
    """
    changes = LastChange.objects.filter(unit=unit, period=OuterRef("pk")).order_by()
    marks = DirtyMark.objects.filter(unit__path__startswith=unit.path)
    about = Q(indicator=indicator) | Q(indicator__isnull=True) if indicator is not None else Q(pk__in=[])
    shown = Evidence.objects.filter(about, report=OuterRef("mine"), withdrawn_at__isnull=True).order_by()
    rows = Period.objects.filter(owner__path=unit.path[: Unit.steplen]).annotate(
        a_report=a_report(),
        is_waiting=Exists(marks),
        mine=FilteredRelation("reports", condition=Q(reports__unit=unit)),
        state=F("mine__state"),
        more_due_on=F("mine__extension__due_on"),
        more_locks_on=F("mine__extension__locks_on"),
        came_at=F("mine__first_submitted_at"),
        **_said_down_to(unit),
        **{f"{basis}_at": Subquery(changes.filter(basis=basis).values("at")[:1]) for basis in Basis.values},
    )
    if indicator is not None:
        said = ProgressEntry.objects.filter(report=OuterRef("mine"), indicator=indicator).order_by()
        rows = rows.annotate(
            pieces=Subquery(shown.values("report").annotate(n=Count("pk")).values("n")[:1]),
            **{f"said_{name}": Subquery(said.values(name)[:1]) for name in FIGURES},
        )
    return list(rows.order_by("year", "month"))


def _said_down_to(unit: Unit) -> dict[str, Subquery]:
    """What each body from the top down to the unit says of a period's days, as JSON; its word for the level first."""
    rows = PeriodDeadline.objects.filter(Q(level=unit.level) | Q(level__isnull=True), period=OuterRef("pk"))
    days = rows.order_by(F("level").asc(nulls_last=True)).values(days=JSONObject(due_on="due_on", locks_on="locks_on"))
    return {f"said_at_{path}": Subquery(days.filter(unit__path=path)[:1]) for path in _line(unit)}


def _line(unit: Unit) -> list[str]:
    """The paths from the top down to the unit."""
    return [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]


@dataclass(frozen=True)
class OwnReport:
    """How the unit's own report of a month stands; ``pieces`` of evidence lie with it.

    ``entry``: what it says of the indicator; silent as long as it is not handed in, and where none was asked about.
    """

    state: str
    came_at: datetime | None
    pieces: int
    entry: EntryInput = field(default_factory=EntryInput)

    def timeliness(self, deadline: Deadline, now: datetime) -> Timeliness | None:
        """As ``reports.progress.deadlines.timeliness`` has it."""
        if self.came_at is not None:
            return Timeliness.ON_TIME if self.came_at <= deadline.due_moment else Timeliness.LATE
        return Timeliness.MISSING if now > deadline.due_moment else None


@dataclass(frozen=True)
class UnitCalendar:
    """What ``calendar_at`` read of the unit, understood."""

    unit: Unit
    rows: Sequence[Any]

    @classmethod
    def of(cls, unit: Unit, rows: Iterable[Period], indicator: Indicator | None = None) -> "UnitCalendar":
        """Of months that were read before, by whatever question."""
        listed = list(rows)
        is_known = all(hasattr(row, "is_waiting") for row in listed)
        return cls(unit, listed if is_known else calendar_at(unit, indicator))

    @property
    def calendar(self) -> Calendar:
        return Calendar.of(self.rows)

    @property
    def deadlines(self) -> list[tuple[Period, Deadline]]:
        """The months, oldest first, with the days that hold for the unit's own report, its exception included."""
        return [(row, self._deadline(row)) for row in self.rows]

    def _deadline(self, row: Any) -> Deadline:
        day, words = date.fromisoformat, Words()
        for path in _line(self.unit):
            if said := getattr(row, f"said_at_{path}"):
                words[path, None] = Deadline(day(said["due_on"]), day(said["locks_on"]))
        days = days_beneath(self.unit.path, self.unit.level, Deadline(row.due_on, row.locks_on), words)
        return days.extended(row.more_due_on, row.more_locks_on) if row.more_locks_on else days

    @property
    def is_being_added_up(self) -> bool:
        """Whether something beneath the unit, itself included, has changed and is not in its totals yet."""
        return any(row.is_waiting for row in self.rows)

    def own_report(self, period: Period) -> OwnReport | None:
        """The unit's own report of a month; null where it owes none."""
        row = next((row for row in self.rows if row.pk == period.pk), None)
        if row is None or row.state is None:
            return None
        figures: dict[str, Any] = {name: getattr(row, f"said_{name}", None) for name in FIGURES if row.state in IN_HAND}
        return OwnReport(row.state, row.came_at, getattr(row, "pieces", None) or 0, EntryInput(**figures))

    def changed_at(self, period: Period, basis: str) -> datetime | None:
        """When a report up to this month last changed the unit's totals; null: never."""
        upto = (period.year, period.month)
        times = [getattr(row, f"{basis}_at") for row in self.rows if (row.year, row.month) <= upto]
        return max((at for at in times if at is not None), default=None)
