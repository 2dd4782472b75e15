"""The self-audit: all totals recomputed from the entries by another way and held against the stored ones.

The engine adds level by level, from children's rows; here every entry is carried up to each unit
above it, and each unit's state is followed through the year (domain: rule 16). Only the reading of
the calendar and of its windows is shared with the engine.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from reports.enums import Basis, ReportState
from reports.progress.models import ProgressEntry
from reports.rollups.models import DirtyMark, Rollup
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator
from units.models import BlocMembership, Unit

from .services import drain_dirty, take_turn
from .windows import Calendar, latest_windows

ATTEMPTS = 3

# ("unit" or "bloc", its id, indicator, period, basis, since or None)
Key = tuple[str, int, int, int, str, int | None]
# amount, numerator, denominator, done_on, reported, carried
Figures = tuple[Decimal | None, Decimal | None, Decimal | None, date | None, int, int]


@dataclass(frozen=True)
class Difference:
    """A stored total that is not what the entries come to; None where one of the two is missing."""

    key: Key
    stored: Figures | None
    expected: Figures | None

    def __str__(self) -> str:
        return f"{self.key}: stored {self.stored}, entries {self.expected}"


def audit_rollups() -> list[Difference]:
    """Every difference between stored totals and entries; expected: none, ever.

    What is marked is brought up to date first. Where somebody writes while the audit reads, it reads again.
    """
    differences: list[Difference] = []
    for _attempt in range(ATTEMPTS):
        drain_dirty()
        with transaction.atomic():
            take_turn()
            differences = _differences()
            if not differences or not DirtyMark.objects.exists():
                break
    return differences


def _differences() -> list[Difference]:
    stored = dict(_stored())
    expected = _Ledger().read()
    keys = sorted(set(stored) | set(expected), key=str)
    return [Difference(key, stored.get(key), expected.get(key)) for key in keys if stored.get(key) != expected.get(key)]


def _stored() -> Iterator[tuple[Key, Figures]]:
    rows = Rollup.objects.order_by().values_list(
        "unit_id", "bloc_id", "indicator_id", "period_id", "basis", "since_id",
        "amount", "numerator", "denominator", "done_on", "reported", "carried",
    )  # fmt: skip
    for unit_id, bloc_id, *line in rows.iterator():
        owner = ("unit", unit_id) if unit_id is not None else ("bloc", bloc_id)
        yield (*owner, *line[:4]), tuple(line[4:])  # type: ignore[misc]


@dataclass
class _Sheet:
    """The running figures of one key."""

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    done_on: date | None = None
    reported: int = 0
    carried: int = 0

    def book(self, entry: "_Entry", *, reported: bool, carried: bool) -> None:
        for name in ("amount", "numerator", "denominator"):
            value = getattr(entry, name)
            if value is not None:
                setattr(self, name, (getattr(self, name) or Decimal(0)) + value)
        self.done_on = entry.done_on
        self.reported += reported
        self.carried += carried

    def figures(self) -> Figures:
        return (self.amount, self.numerator, self.denominator, self.done_on, self.reported, self.carried)


@dataclass(frozen=True)
class _Entry:
    place: int
    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    done_on: date | None = None


@dataclass
class _Ledger:
    """The way of the audit: one pass over the entries, each booked for everyone above."""

    sheets: dict[Key, _Sheet] = field(default_factory=lambda: defaultdict(_Sheet))

    def read(self) -> dict[Key, Figures]:
        self.calendar = Calendar.read()
        self.windows = latest_windows(self.calendar)
        self.units = {unit.path: unit for unit in Unit.objects.order_by()}
        self.kinds = {row.pk: row for row in Indicator.objects.all()}
        self.blocs: dict[int, list[BlocMembership]] = defaultdict(list)
        for membership in BlocMembership.objects.all():
            self.blocs[membership.unit_id].append(membership)
        for basis in Basis.values:
            for (path, indicator_id), entries in self._entries_by_unit(basis).items():
                self._book_unit(self.units[path], self.kinds[indicator_id], basis, entries)
        return {key: sheet.figures() for key, sheet in self.sheets.items()}

    def _entries_by_unit(self, basis: str) -> dict[tuple[str, int], list[ProgressEntry]]:
        rows = ProgressEntry.objects.filter(report__state=ReportState.APPROVED)
        if basis == Basis.PROVISIONAL:
            rows = rows | ProgressEntry.objects.filter(report__state=ReportState.SUBMITTED)
        found: dict[tuple[str, int], list[ProgressEntry]] = defaultdict(list)
        for entry in (
            rows.select_related("report__unit", "report__period")
            .order_by("report__period", "pk")
            .iterator(chunk_size=2000)
        ):
            found[entry.report.unit.path, entry.indicator_id].append(entry)
        return found

    def _book_unit(self, unit: Unit, indicator: Indicator, basis: str, entries: list[ProgressEntry]) -> None:
        place = self.calendar.place
        entries = sorted(entries, key=lambda entry: place[entry.report.period_id])
        if indicator.over_time == OverTime.SUM:
            for entry in entries:
                if entry.amount is not None:
                    said = _Entry(place[entry.report.period_id], entry.amount, None, None)
                    self._book_up(unit, indicator.pk, said.place, basis, None, said)
            return
        for since_id in self.windows.get(indicator.pk, ()):
            self._follow(unit, indicator, basis, since_id, entries)

    def _follow(
        self, unit: Unit, indicator: Indicator, basis: str, since_id: int, entries: list[ProgressEntry]
    ) -> None:
        """The unit's state through the live periods, from the window's first on."""
        is_milestone = indicator.kind == IndicatorKind.MILESTONE
        states = self._milestones(entries, since_id) if is_milestone else self._states(entries, since_id)
        places = [state.place for state in states]
        for at, period in enumerate(self.calendar.live):
            known = bisect_right(places, at)
            if not known or not unit.is_open_on(period.last_day):
                continue
            if is_milestone:
                self._book("unit", unit, unit.pk, indicator.pk, at, basis, since_id, states[known - 1])
            else:
                self._book_up(unit, indicator.pk, at, basis, since_id, states[known - 1])

    def _states(self, entries: list[ProgressEntry], since_id: int) -> list[_Entry]:
        """What the unit said from the window's first period on, oldest first."""
        place = self.calendar.place
        return [
            _Entry(place[entry.report.period_id], entry.amount, entry.numerator, entry.denominator)
            for entry in entries
            if place[entry.report.period_id] >= place[since_id]
            and (entry.amount is not None or entry.numerator is not None)
        ]

    def _milestones(self, entries: list[ProgressEntry], since_id: int) -> list[_Entry]:
        """After each entry, the earliest day on which it was done so far."""
        place, earliest, states = self.calendar.place, None, []
        for entry in entries:
            if place[entry.report.period_id] < place[since_id] or entry.is_done is None:
                continue
            if entry.done_on is not None and (earliest is None or entry.done_on < earliest):
                earliest = entry.done_on
            done = Decimal(0 if earliest is None else 1)
            states.append(_Entry(place[entry.report.period_id], done, None, None, earliest))
        return states

    def _book_up(self, unit: Unit, indicator_id: int, at: int, basis: str, since_id: int | None, said: _Entry) -> None:
        """Book for the unit, for every unit above it, and for the blocs that these are in on the period's last day."""
        day = self.calendar.periods[at].last_day
        for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen):
            above = self.units[unit.path[:end]]
            self._book("unit", unit, above.pk, indicator_id, at, basis, since_id, said)
            for membership in self.blocs.get(above.pk, ()):
                if membership.starts_on <= day and (membership.ends_on is None or day < membership.ends_on):
                    self._book("bloc", unit, membership.bloc_id, indicator_id, at, basis, since_id, said)

    def _book(
        self,
        owner: str,
        by: Unit,
        owner_id: int,
        indicator_id: int,
        at: int,
        basis: str,
        since_id: int | None,
        said: _Entry,
    ) -> None:
        period = self.calendar.periods[at]
        counts = by.is_reporting and by.is_open_on(period.last_day)
        sheet = self.sheets[owner, owner_id, indicator_id, period.pk, basis, since_id]
        sheet.book(said, reported=counts, carried=counts and said.place < at)
