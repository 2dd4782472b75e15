"""What units entered themselves, without anything from beneath them (domain: rule 12).

Made from the entries, for the few units that a screen asks; stored totals are made by ``engine``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.progress.models import Period
from reports.rollups.store import Line
from reports.rollups.totals import Said, Total, own_amount, own_milestone, own_state
from reports.rollups.windows import Calendar
from targets.enums import IndicatorKind, OverTime
from targets.models import Indicator
from units.models import Unit

# unit, indicator → what was said
Entries = dict[tuple[int, int], list[Said]]


@dataclass(frozen=True)
class Frame:
    """What is asked: the calendar, the windows of ``latest`` figures, the periods, and the basis."""

    calendar: Calendar
    windows: dict[int, set[int]]
    periods: tuple[Period, ...]
    basis: str

    @cached_property
    def horizon(self) -> int:
        """The place of the newest period for which states are kept; -1 where none is."""
        return max((self.calendar.place[period.pk] for period in self.calendar.live), default=-1)


def own_totals(
    frame: Frame, units: Sequence[Unit], indicators: dict[int, Indicator], entries: Entries
) -> Iterator[tuple[Line, Total]]:
    """What the units' own counted entries come to, line by line."""
    by_id = {unit.pk: unit for unit in units}
    for (unit_id, indicator_id), said in entries.items():
        unit, indicator = by_id[unit_id], indicators[indicator_id]
        for period in frame.periods:
            for since_id, total in _of_period(frame, unit, indicator, period, said):
                yield Line(unit_id, indicator_id, period.pk, frame.basis, since_id), total


def _of_period(
    frame: Frame, unit: Unit, indicator: Indicator, period: Period, said: list[Said]
) -> Iterator[tuple[int | None, Total]]:
    """The unit's total of one period, for each window that an indicator's states are counted in."""
    place = frame.calendar.place
    is_open, at = unit.is_open_on(period.last_day), place[period.pk]
    counts = is_open and unit.is_reporting
    found: dict[int | None, Total | None] = {}
    if indicator.over_time == OverTime.SUM:
        found[None] = own_amount(said, at=at, counts=counts)
    elif is_open and at <= frame.horizon:
        reads = own_milestone if indicator.kind == IndicatorKind.MILESTONE else own_state
        for since_id in frame.windows.get(indicator.pk, ()):
            found[since_id] = reads(said, since=place[since_id], at=at, counts=counts)
    yield from ((since_id, total) for since_id, total in found.items() if total is not None)
