"""The filling map: units by occurrences, what each has recorded, what is missing, and the totals. Pure.

Missing is not zero (domain: Numbers, rule 2): a total says how many of how many units it is made of, and is null where
nobody counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from targets.models import Indicator
from units.models import Bloc, Unit

# Where an activity has no occurrences, and for outcomes that belong to none.
ONLY = None


@dataclass(frozen=True)
class Column:
    """An occurrence, or the whole activity (``key`` null). ``is_due``: it is time that it is recorded."""

    key: int | None
    title: str
    when: str
    is_due: bool


@dataclass(frozen=True)
class Amount:
    """What was counted on an indicator."""

    indicator: Indicator
    amount: Decimal


@dataclass(frozen=True)
class Recorded:
    """What a unit and those beneath it recorded of one column.

    ``people`` is null where nobody counted them; ``own`` is the pk of the unit's own outcome, null where only units
    beneath recorded; ``count`` is how many outcomes there are; ``last_on`` the last day on which it was held.
    """

    count: int
    people: int | None
    last_on: date
    own: int | None
    amounts: Sequence[Amount] = ()


@dataclass(frozen=True)
class Cell:
    """Where a unit meets a column; ``recorded`` is null where there is nothing."""

    column: Column
    recorded: Recorded | None

    @property
    def is_missing(self) -> bool:
        return self.recorded is None and self.column.is_due


@dataclass(frozen=True)
class Row:
    """A unit; ``is_asked``: it has to record. The issuing body itself and closed units do not."""

    unit: Unit
    cells: list[Cell]
    is_asked: bool

    @property
    def is_missing(self) -> bool:
        return self.is_asked and any(cell.is_missing for cell in self.cells)

    @property
    def missing(self) -> list[Column]:
        """What it has to record."""
        return [cell.column for cell in self.cells if cell.is_missing] if self.is_asked else []

    @property
    def is_complete(self) -> bool:
        """Whether it has recorded whatever it is time for, something at least."""
        return not self.is_missing and any(cell.recorded for cell in self.cells)


@dataclass
class Total:
    """A column over several units: ``done`` of the ``asked`` have recorded; ``people`` null where nobody counted."""

    column: Column
    done: int = 0
    asked: int = 0
    people: int | None = None
    amounts: dict[Indicator, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def figures(self) -> list[Amount]:
        """The amounts for the page: a template that asks a ``defaultdict`` for its items makes a key of that name."""
        return [Amount(indicator, amount) for indicator, amount in self.amounts.items()]

    def add(self, row: Row, cell: Cell) -> None:
        """Count one unit's cell."""
        self.asked += row.is_asked
        if cell.recorded is None:
            return
        self.done += row.is_asked
        if cell.recorded.people is not None:
            self.people = (self.people or 0) + cell.recorded.people
        for one in cell.recorded.amounts:
            self.amounts[one.indicator] += one.amount


@dataclass(frozen=True)
class Group:
    """The units of a bloc; ``bloc`` is null for those in none."""

    bloc: Bloc | None
    rows: list[Row]

    @cached_property
    def totals(self) -> list[Total]:
        return totals_of(self.rows)

    @property
    def asked(self) -> list[Row]:
        return [row for row in self.rows if row.is_asked]

    @property
    def done(self) -> int:
        """How many of the asked units have recorded whatever it is time for."""
        return sum(row.is_complete for row in self.asked)


@dataclass(frozen=True)
class Grid:
    """The whole map by blocs."""

    columns: list[Column]
    groups: list[Group]

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def totals(self) -> list[Total]:
        return totals_of(self.rows)

    @property
    def asked(self) -> int:
        """How many units have to record."""
        return sum(row.is_asked for row in self.rows)

    @property
    def done(self) -> int:
        """How many of them have recorded whatever it is time for."""
        return sum(row.is_complete for row in self.rows if row.is_asked)

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.is_missing]

    def shown(self, *, only_missing: bool) -> list[tuple[Group, list[Row]]]:
        """Return the groups with the rows that are shown; totals stay those of all rows."""
        found = [(group, [row for row in group.rows if row.is_missing or not only_missing]) for group in self.groups]
        return [(group, rows) for group, rows in found if rows]


def totals_of(rows: Iterable[Row]) -> list[Total]:
    """Return a total for each column of the rows; none where there are no rows."""
    found: dict[int, Total] = {}
    for row in rows:
        for number, cell in enumerate(row.cells):
            found.setdefault(number, Total(cell.column)).add(row, cell)
    return list(found.values())
