"""The one arithmetic of the totals: rollup of units from their children's rollups and their own entries.

Run from the deepest level up, for what changed as for everything; idempotent, so it may be repeated.
Rows that come out the same are not written. Only ``services`` run it; the pure sums are ``totals``,
what is stored is ``store``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Period, ProgressEntry
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator
from units.models import BlocMembership, Unit

from . import store
from .store import Line, chunks
from .totals import Said, Total, added, own_amount, own_milestone, own_state
from .windows import Calendar

Entries = dict[tuple[int, int, Basis], list[Said]]


@dataclass(frozen=True)
class Frame:
    """What a run is about: the calendar, the windows of ``latest`` figures, the periods to be written."""

    calendar: Calendar
    windows: dict[int, set[int]]
    periods: tuple[Period, ...]

    @property
    def period_ids(self) -> list[int]:
        return [period.pk for period in self.periods]

    @cached_property
    def horizon(self) -> int:
        """The place of the newest period for which states are kept; -1 where none is."""
        return max((self.calendar.place[period.pk] for period in self.calendar.live), default=-1)

    @property
    def last(self) -> int:
        """The place of the newest period to be written."""
        return max(self.calendar.place[pk] for pk in self.period_ids)


def refresh(frame: Frame, units: Iterable[int]) -> None:
    """Bring the totals of these units, of all above them and of their blocs up to date in the frame's periods."""
    if not frame.periods:
        return
    levels = _with_ancestors(units)
    indicators = Indicator.objects.in_bulk()
    for depth in sorted(levels, reverse=True):
        for chunk in chunks(levels[depth]):
            _refresh_units(frame, chunk, indicators)
    touched = [unit.pk for level in levels.values() for unit in level]
    for pks in chunks(touched):
        _refresh_blocs(frame, pks)


def _with_ancestors(units: Iterable[int]) -> dict[int, list[Unit]]:
    """Depth → the units and their ancestors of that depth."""
    paths: set[str] = set()
    for pks in chunks(list(units)):
        for path in Unit.objects.filter(pk__in=pks).order_by().values_list("path", flat=True):
            paths |= {path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)}
    levels: dict[int, list[Unit]] = defaultdict(list)
    for some in chunks(sorted(paths)):
        for unit in Unit.objects.filter(path__in=some):
            levels[unit.depth].append(unit)
    return levels


def _refresh_units(frame: Frame, units: Sequence[Unit], indicators: dict[int, Indicator]) -> None:
    """One level, or a part of it: own entries and the children's rows, which are up to date already."""
    parts: dict[Line, list[Total]] = defaultdict(list)
    for line, total in own_totals(frame, units, indicators):
        parts[line].append(total)
    milestones = [pk for pk, row in indicators.items() if row.kind == IndicatorKind.MILESTONE]
    unit_ids = [unit.pk for unit in units]
    for line, total in store.rows_of_children(unit_ids, frame.period_ids, without=milestones):
        parts[line].append(total)
    fresh = {line: _together(line, totals, milestones) for line, totals in parts.items()}
    store.replace("unit", unit_ids, frame.period_ids, fresh)


def _together(line: Line, totals: list[Total], milestones: list[int]) -> Total:
    # A milestone is the unit's own only and is not added up (domain: rule 4).
    return totals[0] if line.indicator in milestones else added(totals)


def own_totals(frame: Frame, units: Sequence[Unit], indicators: dict[int, Indicator]) -> Iterator[tuple[Line, Total]]:
    """What the units' own entries come to, line by line, without anything from beneath them."""
    by_id = {unit.pk: unit for unit in units}
    for (unit_id, indicator_id, basis), said in _entries(frame, list(by_id), indicators).items():
        unit, indicator = by_id[unit_id], indicators[indicator_id]
        for period in frame.periods:
            is_open = unit.is_open_on(period.last_day)
            counts = is_open and unit.is_reporting
            at = frame.calendar.place[period.pk]
            if indicator.over_time == OverTime.SUM:
                total = own_amount(said, at=at, counts=counts)
                if total is not None:
                    yield Line(unit_id, indicator_id, period.pk, basis, None), total
                continue
            if not is_open or at > frame.horizon:
                continue
            reads = own_milestone if indicator.kind == IndicatorKind.MILESTONE else own_state
            for since_id in frame.windows.get(indicator_id, ()):
                total = reads(said, since=frame.calendar.place[since_id], at=at, counts=counts)
                if total is not None:
                    yield Line(unit_id, indicator_id, period.pk, basis, since_id), total


def _entries(frame: Frame, unit_ids: Sequence[int], indicators: Iterable[int]) -> Entries:
    """The counted entries of these units up to the last period, by unit, indicator and basis."""
    fields = ("amount", "numerator", "denominator", "is_done", "done_on")
    rows = ProgressEntry.objects.filter(
        report__unit__in=unit_ids,
        report__state__in=BASIS_STATES[Basis.PROVISIONAL],
        indicator__in=list(indicators),
    )
    found: Entries = defaultdict(list)
    for unit_id, period_id, state, indicator_id, *figures in rows.order_by().values_list(
        "report__unit_id", "report__period_id", "report__state", "indicator_id", *fields
    ):
        place = frame.calendar.place[period_id]
        if place > frame.last:
            continue
        said = Said(place, *figures)
        for basis, states in BASIS_STATES.items():
            if state in states:
                found[unit_id, indicator_id, basis].append(said)
    return found


def _refresh_blocs(frame: Frame, unit_ids: Sequence[int]) -> None:
    """Every bloc that one of these units is or was in, from its members' rows.

    A period counts for the bloc that the unit is in on its last day (domain: Time; example E10).
    """
    blocs = set(BlocMembership.objects.filter(unit__in=unit_ids).values_list("bloc_id", flat=True))
    memberships = list(BlocMembership.objects.filter(bloc__in=blocs))
    milestones = list(Indicator.objects.filter(kind=IndicatorKind.MILESTONE).values_list("pk", flat=True))
    members = defaultdict(list)
    for membership in memberships:
        members[membership.unit_id].append(membership)
    last_days = {period.pk: period.last_day for period in frame.periods}
    parts: dict[Line, list[Total]] = defaultdict(list)
    for line, total in store.rows_of_units(list(members), frame.period_ids, without=milestones):
        day = last_days[line.period]
        for membership in members[line.owner]:
            if membership.starts_on <= day and (membership.ends_on is None or membership.ends_on > day):
                parts[line._replace(owner=membership.bloc_id)].append(total)
    fresh = {line: added(totals) for line, totals in parts.items()}
    store.replace("bloc", list(blocs), frame.period_ids, fresh)
