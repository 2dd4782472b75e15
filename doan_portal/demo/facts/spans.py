"""Short spellings for the spans of time in which the plans give their activities; pure."""

from calendar import monthrange
from datetime import date

from doan_portal.demo.facts.shapes import YEAR_ENDS_ON, YEAR_STARTS_ON, WindowFact

YEAR = YEAR_STARTS_ON.year


def _last_day(month: int) -> date:
    return date(YEAR, month, monthrange(YEAR, month)[1])


def day(day_of_month: int, month: int) -> WindowFact:
    """One day of 2024."""
    on = date(YEAR, month, day_of_month)
    return WindowFact(starts_on=on, ends_on=on, precision="day")


def month(number: int) -> WindowFact:
    """One month of 2024, known to the month only."""
    return WindowFact(starts_on=date(YEAR, number, 1), ends_on=_last_day(number), precision="month")


def months(first: int, last: int) -> WindowFact:
    """A span of whole months of 2024, both ends included."""
    return WindowFact(starts_on=date(YEAR, first, 1), ends_on=_last_day(last), precision="months")


def quarter(number: int) -> WindowFact:
    """A quarter of 2024 (1 to 4)."""
    return WindowFact(starts_on=date(YEAR, 3 * number - 2, 1), ends_on=_last_day(3 * number), precision="quarter")


def year() -> WindowFact:
    """The whole of 2024."""
    return WindowFact(starts_on=YEAR_STARTS_ON, ends_on=YEAR_ENDS_ON, precision="year")
