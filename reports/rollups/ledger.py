"""The self-audit's own way from entries to totals: what each unit said, booked for every unit above it.

The engine adds level by level, from children's rows; here the tree is walked once, in Python and with ``Decimal``, and
each unit's state is followed through the year (domain: rule 16). Only the reading of the calendar and of its windows
is shared with the engine. Memory holds one way down the tree and the next few units, whatever the tree's size.

A tree may be gone through in parts. A unit of which a part does not hold all that is beneath it is said from what it
handed in itself and from the stored totals of the units right beneath, which are looked at themselves: so a total is
right where all beneath it are.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from reports.enums import Basis, ReportState
from reports.progress.models import ProgressEntry
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator
from units.models import BlocMembership, Unit

from .models import Rollup
from .statements import FIGURES, LINE
from .store import Owner
from .windows import Calendar, latest_windows

# So many units' entries are read at a time.
STRIDE = 50


class Entry(NamedTuple):
    """One counted entry, at its place in the calendar."""

    place: int
    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    is_done: bool | None = None
    done_on: date | None = None


class Key(NamedTuple):
    """What a total of some owner is of; the order is that of the stored rows."""

    indicator: int
    period: int
    basis: str
    since: int | None


class Figures(NamedTuple):
    """What a total says; the order is that of the stored rows."""

    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    done_on: date | None
    reported: int
    carried: int


class Sheet:
    """The running figures of one total."""

    __slots__ = ("amount", "carried", "denominator", "done_on", "numerator", "reported")

    def __init__(self) -> None:
        self.amount: Decimal | None = None
        self.numerator: Decimal | None = None
        self.denominator: Decimal | None = None
        self.done_on: date | None = None
        self.reported = self.carried = 0

    def book(self, entry: Entry, reported: bool, carried: bool) -> None:
        if entry.amount is not None:
            self.amount = entry.amount if self.amount is None else self.amount + entry.amount
        if entry.numerator is not None and entry.denominator is not None:
            self.numerator = entry.numerator + (self.numerator or 0)
            self.denominator = entry.denominator + (self.denominator or 0)
        self.done_on = entry.done_on
        self.reported += reported
        self.carried += carried

    def add(self, total: Figures) -> None:
        """Add the total of a unit beneath."""
        if total.amount is not None:
            self.amount = total.amount + (self.amount or 0)
        if total.numerator is not None and total.denominator is not None:
            self.numerator = total.numerator + (self.numerator or 0)
            self.denominator = total.denominator + (self.denominator or 0)
        self.reported += total.reported
        self.carried += total.carried

    def figures(self) -> Figures:
        return Figures(self.amount, self.numerator, self.denominator, self.done_on, self.reported, self.carried)


Sheets = dict[Key, Sheet]
Account = tuple[Owner, int, dict[Key, Figures]]
"""``unit`` or ``bloc``, its id, all its totals."""


@dataclass
class _Place:
    """A unit on the way down from the top, with its own total's sheets and those of the blocs beneath it."""

    unit: Unit
    memberships: list[BlocMembership]
    sheets: Sheets = field(default_factory=lambda: defaultdict(Sheet))
    blocs: dict[int, Sheets] = field(default_factory=dict)


class Ledger:
    """Says every total anew, owner by owner: a unit once all beneath it are done, after it the blocs that it owns."""

    def __init__(self) -> None:
        self._calendar = Calendar.read()
        self._windows = latest_windows(self._calendar)
        self._indicators = {row.pk: row for row in Indicator.objects.all()}
        self._way: list[_Place] = []

    def accounts(self, ids: Sequence[int], unfinished: Collection[int] = ()) -> Iterator[Account]:
        """Of these units, in the order of the tree, and of every bloc of theirs that a unit is or was in.

        ``unfinished``: those of them beneath which there are units that are not among these.
        """
        for first in range(0, len(ids), STRIDE):
            some = ids[first : first + STRIDE]
            units, said, memberships = Unit.objects.in_bulk(some), _entries(some), _memberships(some)
            for pk in some:
                yield from self._leave(units[pk].path, unfinished)
                self._enter(units[pk], memberships[pk])
                self._book_all(units[pk], said[pk])
        yield from self._leave("", unfinished)
        for unit in Unit.objects.filter(pk__in=unfinished):
            yield from self._from_right_beneath(unit)

    def _from_right_beneath(self, unit: Unit) -> Iterator[Account]:
        """The unit and its blocs, by what is stored of the units right beneath it."""
        self._enter(unit, [])
        self._book_all(unit, _entries([unit.pk])[unit.pk])
        place, children = self._way[-1], list(unit.children.values_list("pk", flat=True))
        memberships = _memberships(children)
        for membership in chain.from_iterable(memberships.values()):
            place.blocs.setdefault(membership.bloc_id, defaultdict(Sheet))
        for child, key, total in stored_totals("unit", children):
            indicator, at = self._indicators.get(key.indicator), self._calendar.place.get(key.period)
            if indicator is None or at is None or indicator.kind == IndicatorKind.MILESTONE:
                continue  # what is gone is the child's own difference, a milestone each unit's own
            place.sheets[key].add(total)
            for membership in memberships[child]:
                if _holds(membership, self._calendar.periods[at].last_day):
                    place.blocs[membership.bloc_id][key].add(total)
        yield from self._leave("")

    # --- The way through the tree ------------------------------------------------------------

    def _enter(self, unit: Unit, memberships: list[BlocMembership]) -> None:
        self._way.append(_Place(unit, memberships))
        if len(self._way) > 1:
            for membership in memberships:
                self._way[-2].blocs.setdefault(membership.bloc_id, defaultdict(Sheet))

    def _leave(self, path: str, unfinished: Collection[int] = ()) -> Iterator[Account]:
        """Finish every unit that does not stand above this path."""
        while self._way and not path.startswith(self._way[-1].unit.path):
            place = self._way.pop()
            if place.unit.pk in unfinished:
                continue
            yield "unit", place.unit.pk, _figures(place.sheets)
            for bloc, sheets in place.blocs.items():
                yield "bloc", bloc, _figures(sheets)

    # --- What one unit said ------------------------------------------------------------------

    def _book_all(self, unit: Unit, said: list[tuple[str, int, int, Entry]]) -> None:
        for (basis, indicator_id), entries in self._by_indicator(said):
            self._book_unit(unit, self._indicators[indicator_id], basis, entries)

    def _by_indicator(self, said: list[tuple[str, int, int, Entry]]) -> Iterable[tuple[tuple[str, int], list[Entry]]]:
        """(basis, indicator) → the unit's entries that count, oldest first."""
        found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for state, indicator_id, period_id, entry in said:
            placed = entry._replace(place=self._calendar.place[period_id])
            found[Basis.PROVISIONAL.value, indicator_id].append(placed)
            if state == ReportState.APPROVED:
                found[Basis.OFFICIAL.value, indicator_id].append(placed)
        return [(key, sorted(entries, key=lambda entry: entry.place)) for key, entries in found.items()]

    def _book_unit(self, unit: Unit, indicator: Indicator, basis: str, entries: list[Entry]) -> None:
        if indicator.over_time == OverTime.SUM:
            for entry in entries:
                if entry.amount is not None:
                    self._book(unit, indicator.pk, entry.place, basis, None, entry)
            return
        for since_id in self._windows.get(indicator.pk, ()):
            self._follow(unit, indicator, basis, since_id, entries)

    def _follow(self, unit: Unit, indicator: Indicator, basis: str, since_id: int, entries: list[Entry]) -> None:
        """The unit's state through the live periods, from the window's first on."""
        is_milestone = indicator.kind == IndicatorKind.MILESTONE
        since = self._calendar.place[since_id]
        inside = [entry for entry in entries if entry.place >= since]
        states = _milestones(inside) if is_milestone else _states(inside)
        places = [state.place for state in states]
        for at, period in enumerate(self._calendar.live):
            known = bisect_right(places, at)
            if known and unit.is_open_on(period.last_day):
                self._book(unit, indicator.pk, at, basis, since_id, states[known - 1], is_own_only=is_milestone)

    def _book(
        self,
        unit: Unit,
        indicator_id: int,
        at: int,
        basis: str,
        since_id: int | None,
        entry: Entry,
        *,
        is_own_only: bool = False,
    ) -> None:
        """Book for the unit, for each unit above it, and for the blocs that these are in on the period's last day."""
        period = self._calendar.periods[at]
        reported = unit.is_reporting and unit.is_open_on(period.last_day)
        carried = reported and entry.place < at
        key = Key(indicator_id, period.pk, basis, since_id)
        if is_own_only:
            self._way[-1].sheets[key].book(entry, reported, carried)
            return
        above: _Place | None = None
        for place in self._way:
            place.sheets[key].book(entry, reported, carried)
            for membership in place.memberships:
                if above is not None and _holds(membership, period.last_day):
                    above.blocs[membership.bloc_id][key].book(entry, reported, carried)
            above = place


def stored_totals(owner: Owner, ids: Sequence[int]) -> Iterator[tuple[int, Key, Figures]]:
    """The stored totals of these units, or blocs, one after the other."""
    rows = Rollup.objects.filter(**{f"{owner}__in": ids}).order_by() if ids else Rollup.objects.none()
    for pk, *row in rows.values_list(f"{owner}_id", *LINE, *FIGURES).iterator():
        yield pk, Key(*row[: len(LINE)]), Figures(*row[len(LINE) :])


def _figures(sheets: Sheets) -> dict[Key, Figures]:
    return {key: sheet.figures() for key, sheet in sheets.items()}


def _holds(membership: BlocMembership, day: date) -> bool:
    return membership.starts_on <= day and (membership.ends_on is None or day < membership.ends_on)


def _states(entries: list[Entry]) -> list[Entry]:
    """The entries that say something."""
    return [entry for entry in entries if entry.amount is not None or entry.numerator is not None]


def _milestones(entries: list[Entry]) -> list[Entry]:
    """After each entry, the earliest day on which it was done so far."""
    earliest: date | None = None
    states = []
    for entry in entries:
        if entry.is_done is None:
            continue
        if entry.done_on is not None and (earliest is None or entry.done_on < earliest):
            earliest = entry.done_on
        states.append(Entry(entry.place, Decimal(earliest is not None), None, None, None, earliest))
    return states


def _entries(unit_ids: Sequence[int]) -> dict[int, list[tuple[str, int, int, Entry]]]:
    """Unit id → (state, indicator, period, entry) of all that it handed in; entries have no place yet."""
    handed_in = (ReportState.SUBMITTED, ReportState.APPROVED)
    rows = ProgressEntry.objects.filter(report__unit__in=unit_ids, report__state__in=handed_in).order_by("pk")
    found: dict[int, list[tuple[str, int, int, Entry]]] = defaultdict(list)
    names = ("report__unit_id", "report__state", "indicator_id", "report__period_id")
    for unit_id, state, indicator_id, period_id, *figures in rows.values_list(*names, *Entry._fields[1:]):
        found[unit_id].append((state, indicator_id, period_id, Entry(-1, *figures)))
    return found


def _memberships(unit_ids: Sequence[int]) -> dict[int, list[BlocMembership]]:
    found: dict[int, list[BlocMembership]] = defaultdict(list)
    for row in BlocMembership.objects.filter(unit__in=unit_ids).order_by():
        found[row.unit_id].append(row)
    return found
