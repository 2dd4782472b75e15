"""What the page of a week shows: its seven days, and above them what the documents do not give to the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .cutting import Cut, cut
from .festive_days import new_year_note
from .grid import Week
from .models import Activity
from .month_page import Standing, standing_in

CARDS_A_DAY = 20
CARDS_APART = 24


@dataclass(frozen=True)
class WeekDay:
    """A day of the week with what stands on it."""

    day: date
    standing: Cut[Standing]
    is_today: bool

    @property
    def note(self) -> str:
        """What feast the day belongs to; blank for none."""
        return new_year_note(self.day)


@dataclass(frozen=True)
class WeekPage:
    """A week of a unit."""

    week: Week
    days: list[WeekDay]
    apart: Cut[Standing]

    @property
    def is_empty(self) -> bool:
        return not self.apart.shown and not any(day.standing.shown for day in self.days)


def week_page(activities: Sequence[Activity], *, week: Week, today: date, whole: str = "") -> WeekPage:
    """Put on the week's days what ``activities`` have in it, by the times that hold; asks the database once.

    ``whole`` names what is not cut: a day ("2024-10-05") or "apart".
    """
    days, apart = standing_in(activities, week, today)
    return WeekPage(
        week,
        [
            WeekDay(day, _cut(days.get(day, []), CARDS_A_DAY, is_whole=whole == day.isoformat()), day == today)
            for day in week.days
        ],
        _cut(apart, CARDS_APART, is_whole=whole == "apart"),
    )


def _cut(rows: list[Standing], most: int, *, is_whole: bool) -> Cut[Standing]:
    return Cut(rows) if is_whole else cut(rows, most)
