"""How an activity comes back, and the days that this makes. Pure; the days are ``dateutil.rrule``'s (RFC 5545)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

from ..enums import Every, Precision
from ..timing import Span

MOST = 60
LAST = -1


@dataclass(frozen=True)
class Rule:
    """A rule with what its ``every`` needs: ``day`` of the month; ``nth`` (-1: the last) and ``weekday`` (Monday 0).

    It begins on ``starts_on`` and ends on ``until`` or after ``times``, whichever comes first; both null: never.
    Each occurrence ``lasts`` so many days.
    """

    every: Every | str
    starts_on: date
    day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    until: date | None = None
    times: int | None = None
    lasts: int = 1

    @property
    def is_endless(self) -> bool:
        return self.until is None and self.times is None


def spans_of(rule: Rule) -> list[Span]:
    """Return the spans that the rule makes, in order of time: at most one more than ``MOST``, so that it is seen.

    The 31st of a shorter month is its last day. Raises ValueError for a rule that never ends.
    """
    if rule.is_endless:
        raise ValueError(rule)
    last = None if rule.until is None else datetime.combine(rule.until, time.min)
    days = rrule(dtstart=datetime.combine(rule.starts_on, time.min), until=last, **_by(rule))
    wanted = MOST + 1 if rule.times is None else min(rule.times, MOST + 1)
    return [_span(day.date(), rule.lasts) for day in islice(days, wanted)]


def _span(first: date, lasts: int) -> Span:
    return Span(first, first + timedelta(days=lasts - 1), Precision.DAY)


def _by(rule: Rule) -> dict[str, Any]:
    """The rule in the words of RFC 5545."""
    if rule.every == Every.WEEK:
        return {"freq": WEEKLY, "byweekday": weekdays[rule.weekday or 0]}
    if rule.every == Every.MONTH_WEEKDAY:
        return {"freq": MONTHLY, "byweekday": weekdays[rule.weekday or 0](rule.nth or 1)}
    day = rule.day or 1
    # Of the 28th to the one asked for, the last that the month has.
    return {"freq": MONTHLY, "bymonthday": range(min(day, 28), day + 1), "bysetpos": LAST}
