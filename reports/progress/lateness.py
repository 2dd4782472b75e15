"""Who is late: units × months with on time, late, missing, not required, and the rate of reporting.

Reads who owed a report from the reports themselves: opening a period made one for everyone who owed it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.enums import Timeliness
from reports.progress.models import Period, ProgressReport, Reminder
from units.models import BlocMembership, Unit

from .deadlines import Deadlines, timeliness
from .reminders import last_reminders
from .states import OPEN_FOR_ENTRY

IN_NO_BLOC = (1_000_000, "")  # after all blocs
HANDED_IN = (Timeliness.ON_TIME, Timeliness.LATE)


@dataclass(frozen=True)
class Cell:
    """One unit in one month. ``timeliness`` null: nothing is due yet and nothing came."""

    period: Period
    report: ProgressReport | None
    timeliness: Timeliness | None

    @property
    def lies_with_unit(self) -> bool:
        """Whether the unit has still, or again, to hand it in."""
        if self.report is None or self.timeliness == Timeliness.NOT_REQUIRED:
            return False
        return self.report.state in OPEN_FOR_ENTRY


@dataclass(frozen=True)
class Tally:
    """How many owed a report, how many handed one in, how many of those in time."""

    owed: int
    handed_in: int
    in_time: int

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Tally":
        """Count what is due; a month that is not due yet counts once it was handed in."""
        due = [cell.timeliness for cell in cells if cell.timeliness not in (None, Timeliness.NOT_REQUIRED)]
        return cls(len(due), sum(one in HANDED_IN for one in due), due.count(Timeliness.ON_TIME))


@dataclass(frozen=True)
class UnitRow:
    """One unit with a cell for each month, and when it was reminded last of the newest (null: never)."""

    unit: Unit
    cells: tuple[Cell, ...]
    reminder: Reminder | None = None

    @property
    def tally(self) -> Tally:
        return Tally.of(self.cells)

    @property
    def newest(self) -> Cell:
        """The cell of the newest month."""
        return self.cells[-1]


@dataclass(frozen=True)
class BlocRows:
    """The units of one bloc; a blank name gathers those in none."""

    name: str
    rows: tuple[UnitRow, ...]

    @property
    def tallies(self) -> list[Tally]:
        return _by_month(self.rows)


@dataclass(frozen=True)
class Matrix:
    """The whole picture of a year for a set of units."""

    periods: tuple[Period, ...]
    blocs: tuple[BlocRows, ...]

    @property
    def tallies(self) -> list[Tally]:
        return _by_month([row for bloc in self.blocs for row in bloc.rows])


def _by_month(rows: Sequence[UnitRow]) -> list[Tally]:
    return [Tally.of(cells) for cells in zip(*(row.cells for row in rows), strict=True)]


def matrix_of(units: Sequence[Unit], periods: Sequence[Period], now: datetime) -> Matrix:
    """The matrix of these units over these opened periods, gathered by bloc: four queries."""
    reports = {
        (report.unit_id, report.period_id): report
        for report in ProgressReport.objects.filter(unit__in=units, period__in=periods)
    }
    deadlines = Deadlines(periods, of=units)
    reminders = last_reminders(units, periods[-1]) if periods else {}
    blocs = _bloc_names(units, max((period.last_day for period in periods), default=None))
    gathered: dict[tuple[int, str], list[UnitRow]] = defaultdict(list)
    for unit in units:
        cells = tuple(_cell(unit, period, reports.get((unit.pk, period.pk)), deadlines, now) for period in periods)
        gathered[blocs.get(unit.pk, IN_NO_BLOC)].append(UnitRow(unit, cells, reminders.get(unit.pk)))
    return Matrix(
        tuple(periods),
        tuple(BlocRows(name, tuple(rows)) for (_number, name), rows in sorted(gathered.items(), key=_place)),
    )


def _place(one: tuple[tuple[int, str], list[UnitRow]]) -> tuple[int, str]:
    return one[0]


def _cell(unit: Unit, period: Period, report: ProgressReport | None, deadlines: Deadlines, now: datetime) -> Cell:
    if report is None or not unit.is_open_on(period.last_day):
        return Cell(period, report, Timeliness.NOT_REQUIRED)
    return Cell(period, report, timeliness(report, deadlines.of(unit, period), now))


def _bloc_names(units: Sequence[Unit], day: date | None) -> dict[int, tuple[int, str]]:
    """Unit id → number and name of the bloc that it is in on that day."""
    if day is None:
        return {}
    rows = BlocMembership.objects.on(day).filter(unit__in=units)
    return {
        unit_id: (number, name) for unit_id, number, name in rows.values_list("unit_id", "bloc__number", "bloc__name")
    }
