"""What the time line shows: a line for each activity of a year, its times drawn as precisely as they were given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.charts import place
from units.models import Unit

from .boxes import Bar, bars_of, day_share
from .extraction.lunar_year import NEW_YEARS, name_of
from .festive_days import new_year_days
from .models import Activity
from .pages import Card, card_of, reasons_of
from .selectors import calendar_windows


@dataclass(frozen=True)
class Line:
    """An activity with its times in words (the card's) and as bars; no bar where none of them lies in the year."""

    card: Card
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Group:
    """The lines of one unit."""

    unit: Unit
    lines: list[Line]


@dataclass(frozen=True)
class Feast:
    """The days of the lunar new year: ``first`` is its first one, ``x`` and ``width`` are in percent of the year."""

    name: str
    first: date
    x: str
    width: str


@dataclass(frozen=True)
class Timeline:
    """A year's lines by unit. ``today_x`` is today's place in percent of the year, blank in other years."""

    year: int
    groups: list[Group]
    today_x: str
    feast: Feast | None = None

    @property
    def months(self) -> list[tuple[int, str, str]]:
        """Number, place in percent and class of each month's line."""
        return [(n, place((n - 1) * 100 / 12), "w-q" if n % 3 == 1 else "w-line") for n in range(1, 13)]

    @property
    def today_is_late(self) -> bool:
        """Whether today's line stands so far right that its label has to go left of it."""
        return bool(self.today_x) and float(self.today_x) > 65


def timeline_page(activities: Sequence[Activity], *, year: int, today: date) -> Timeline:
    """Draw activities, which come sorted by unit; asks the database once."""
    reasons = reasons_of(activities)
    groups: list[Group] = []
    for activity in activities:
        if not groups or groups[-1].unit != activity.unit:
            groups.append(Group(activity.unit, []))
        groups[-1].lines.append(_line(card_of(activity, today, reasons.get(activity.pk, "")), year))
    return Timeline(year, groups, place(day_share(today, year)) if today.year == year else "", _feast(year))


def _feast(year: int) -> Feast | None:
    days = new_year_days(year)
    if days is None:
        return None
    start, end = day_share(days[0], year), day_share(days[1], year, ending=True)
    return Feast(name_of(year), NEW_YEARS[year], place(start), place(end - start))


def _line(card: Card, year: int) -> Line:
    windows = calendar_windows(card.activity)
    precisions = [window.precision for window in windows]
    return Line(card, bars_of(windows, precisions, year=year, tentative=card.activity.is_tentative))
