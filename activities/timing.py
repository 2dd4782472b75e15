"""Spans of time as precise as they were given. Pure: dates in, truth out; their words are ``activities.wording``."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from .enums import Precision


class Span(NamedTuple):
    """A window of time, both days included; ``precision`` says how it was given ("Tháng 3": month)."""

    starts_on: date
    ends_on: date
    precision: Precision | str


class HasDays(Protocol):
    """Whatever runs from a day to a day: a ``Span`` or a stored window."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


def last_of_month(day: date) -> date:
    """Return the last day of the calendar month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def quarter_of(day: date) -> int:
    """Return 1 to 4."""
    return (day.month + 2) // 3


def months_in(span: HasDays) -> int:
    """Return how many calendar months the span touches."""
    return (span.ends_on.year - span.starts_on.year) * 12 + span.ends_on.month - span.starts_on.month + 1


def agrees(span: Span) -> bool:
    """Whether the days are those that the precision names: a quarter runs from its first month's 1st to its end."""
    whole = span.starts_on.day == 1 and span.ends_on == last_of_month(span.ends_on)
    months = months_in(span)
    match span.precision:
        case Precision.MONTH:
            return whole and months == 1
        case Precision.MONTHS:
            return whole and months > 1
        case Precision.QUARTER:
            return whole and months == 3 and span.starts_on.month % 3 == 1
        case Precision.YEAR:
            return whole and months == 12 and span.starts_on.month == 1
        case Precision.PART_OF_MONTH:
            return months == 1
    return span.precision == Precision.DAY


def spread(precision: Precision | str, first: date, last: date | None = None) -> Span:
    """Return the span that someone means who names a precision and a day in it (and, where it runs on, a last one).

    A month is the whole month of ``first``; part of a month the third that ``first`` lies in.
    """
    last = last or first
    match precision:
        case Precision.MONTH:
            return Span(first.replace(day=1), last_of_month(first), precision)
        case Precision.MONTHS:
            return Span(first.replace(day=1), last_of_month(last), precision)
        case Precision.QUARTER:
            start = first.replace(month=3 * quarter_of(first) - 2, day=1)
            return Span(start, last_of_month(start.replace(month=start.month + 2)), precision)
        case Precision.YEAR:
            return Span(first.replace(month=1, day=1), first.replace(month=12, day=31), precision)
        case Precision.PART_OF_MONTH:
            third = min((first.day - 1) // 10, 2)
            end = last_of_month(first) if third == 2 else first.replace(day=10 * third + 10)
            return Span(first.replace(day=10 * third + 1), end, precision)
    return Span(first, last, precision)


def touches(span: HasDays, first: date, last: date) -> bool:
    """Whether the span shares a day with ``first`` to ``last``, both included."""
    return span.starts_on <= last and span.ends_on >= first


def latest_end(spans: Iterable[HasDays]) -> date | None:
    """Return the last day of all the spans; null where there are none (no time was given)."""
    return max((span.ends_on for span in spans), default=None)
