"""Which days a date, a list or a range means, as exactly as it was given."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .time_groups import Group
from .time_tokens import Atom, Grain


class Precision(StrEnum):
    """How exactly a span was given (contracts: Vocabularies)."""

    DAY = "day"
    MONTH = "month"
    MONTHS = "months"
    QUARTER = "quarter"
    YEAR = "year"
    PART_OF_MONTH = "part_of_month"


_PRECISIONS = {
    Grain.DAY: Precision.DAY,
    Grain.PART: Precision.PART_OF_MONTH,
    Grain.MONTH: Precision.MONTH,
    Grain.QUARTER: Precision.QUARTER,
    Grain.HALF: Precision.MONTHS,
    Grain.YEAR: Precision.YEAR,
}


@dataclass(frozen=True, slots=True)
class Span:
    """A window of time, both days included."""

    starts_on: date
    ends_on: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which year a month is in where the words do not say: a school year begins in ``opens``."""

    year: int | None
    opens: int = 1

    def year_of(self, month: int) -> int | None:
        if self.year is None:
            return None
        return self.year if month >= self.opens else self.year + 1


def windows_of(group: Group, calendar: Calendar) -> tuple[list[Span], bool]:
    """Return the group's windows, and whether one of its dates does not exist."""
    windows: list[Span] = []
    for index, atom in enumerate(group.atoms):
        if _unknown_year(atom, calendar):
            return [], False
        span = _span_of(atom, calendar)
        if span is None:
            return [], True
        if index and group.ranges[index - 1]:
            windows[-1] = _joined(windows[-1], span, said=atom.year is not None)
        else:
            windows.append(span)
    return windows, False


def _unknown_year(atom: Atom, calendar: Calendar) -> bool:
    return atom.year is None and calendar.year is None


def _joined(left: Span, right: Span, *, said: bool) -> Span:
    """Make one span of two; one that would end before it begins runs over the year's end."""
    ends_on = right.ends_on
    if ends_on < left.starts_on and not said:
        ends_on = _next_year(ends_on)
    if ends_on < left.starts_on:
        return left if left.starts_on.year - ends_on.year < 5 else right
    if right.ends_on.year - left.starts_on.year >= 5:  # an anniversary: what counts is its last day
        return right
    precisions = {left.precision, right.precision}
    if precisions == {Precision.DAY}:
        return Span(left.starts_on, ends_on, Precision.DAY)
    return Span(left.starts_on, ends_on, Precision.MONTHS)


def _next_year(day: date) -> date:
    if (day.month, day.day) == (2, 28):
        return date(day.year + 1, 2, monthrange(day.year + 1, 2)[1])
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _span_of(atom: Atom, calendar: Calendar) -> Span | None:
    """Return the days of an atom; null where they do not exist."""
    match atom.grain:
        case Grain.DAY:
            return _day_span(atom, calendar)
        case Grain.MONTH | Grain.PART:
            return _month_span(atom, calendar)
        case Grain.QUARTER:
            return _months(
                atom, calendar, first=((atom.quarter or 1) - 1) * 3 + 1, count=3, precision=Precision.QUARTER
            )
        case Grain.HALF:
            return _months(atom, calendar, first=((atom.quarter or 1) - 1) * 6 + 1, count=6, precision=Precision.MONTHS)
    return _year_span(atom, calendar)


def _day_span(atom: Atom, calendar: Calendar) -> Span | None:
    month, day = atom.month or 0, atom.day or 0
    year = atom.year or calendar.year_of(month) or 0
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Span(date(year, month, day), date(year, month, day), Precision.DAY)


def _month_span(atom: Atom, calendar: Calendar) -> Span | None:
    month = atom.month or 0
    if not 1 <= month <= 12:
        return None
    year = atom.year or calendar.year_of(month) or 1
    last = monthrange(year, month)[1]
    if atom.part is None:
        return Span(date(year, month, 1), date(year, month, last), Precision.MONTH)
    first, end = atom.part
    return Span(date(year, month, first), date(year, month, end or last), Precision.PART_OF_MONTH)


def _months(atom: Atom, calendar: Calendar, *, first: int, count: int, precision: Precision) -> Span:
    year = atom.year or calendar.year_of(first) or 1
    end = first + count - 1
    return Span(date(year, first, 1), date(year, end, monthrange(year, end)[1]), precision)


def _year_span(atom: Atom, calendar: Calendar) -> Span | None:
    year = atom.year or calendar.year or 1
    opens = 9 if atom.repeats == "school" and calendar.opens == 1 else calendar.opens
    if atom.year and atom.repeats != "school":
        opens = 1
    start = date(year, opens, 1)
    return Span(start, _next_year(start) - timedelta(days=1), Precision.YEAR)


def precision_of(group: Group, windows: list[Span]) -> Precision:
    if windows:
        return windows[0].precision
    return _PRECISIONS[group.atoms[0].grain]
