"""The days of a month as a drawing: weeks from Monday, marked days framed, due days on black."""

from calendar import Calendar
from dataclasses import dataclass

from .context import MarkedMonth

COLUMN, ROW = 11.0, 3.55  # mm
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
SUNDAY = 6


@dataclass(frozen=True)
class Day:
    """One day: the middle of its figure, from the upper left corner, in mm."""

    text: str
    x: str
    y: str
    left: str
    top: str
    css: str  # "has", "due", "sun" or nothing


@dataclass(frozen=True)
class MonthDrawing:
    width: str
    height: str
    weekdays: list[tuple[str, str]]  # name and place
    days: list[Day]


def weeks_of(month: MarkedMonth) -> int:
    """How many weeks the month touches: 4 to 6."""
    return len(Calendar().monthdayscalendar(month.year, month.month))


def month_drawing(month: MarkedMonth, lines: int) -> MonthDrawing:
    """Draw the month with room for so many weeks, so that several of them stand level."""
    weeks = Calendar().monthdayscalendar(month.year, month.month)
    return MonthDrawing(
        width=f"{COLUMN * 7:.1f}",
        height=f"{ROW * (lines + 1):.2f}",
        weekdays=[(name, _middle(place)) for place, name in enumerate(WEEKDAYS)],
        days=[
            _day(month, day, line, place)
            for line, week in enumerate(weeks, start=1)
            for place, day in enumerate(week)
            if day
        ],
    )


def _day(month: MarkedMonth, day: int, line: int, place: int) -> Day:
    css = "due" if day in month.due_days else "has" if day in month.days else "sun" if place == SUNDAY else ""
    top = line * ROW
    return Day(str(day), _middle(place), f"{top + 2.75:.2f}", f"{place * COLUMN + 2:.2f}", f"{top + 0.1:.2f}", css)


def _middle(place: int) -> str:
    return f"{(place + 0.5) * COLUMN:.2f}"
