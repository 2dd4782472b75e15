"""What does not go together in a calendar: it is marked and never forbidden. Pure: spans in, clashes out.

A large activity is one that all units do at once, or one of the issuing body's own with which other units help: who is
bound by the one cannot be at the other. Two such of one body clash where days that were given to the day meet; a
campaign of more than ``MOST_DAYS`` days leaves room for others and clashes with none. Which activities these are, and
the words, is ``activities.clash_marks``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .enums import Precision
from .grid import GivenSpan
from .timing import HasDays, last_of_month, touches

MOST_DAYS = 14


@dataclass(frozen=True)
class Large:
    """Days of a large activity of the unit ``body``; ``key`` is the activity's."""

    key: int
    name: str
    body: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Meeting:
    """Another large activity, and the days that both have."""

    key: int
    name: str
    first: date
    last: date


def is_of_days(span: GivenSpan) -> bool:
    """Whether the span was given to the day and is short enough to bind people."""
    return span.precision == Precision.DAY and (span.ends_on - span.starts_on).days < MOST_DAYS


def meetings(rows: Iterable[Large]) -> dict[int, list[Meeting]]:
    """Return activity's key → the others of the same body whose days it shares, each once, by day."""
    bodies: dict[int, list[Large]] = defaultdict(list)
    for row in rows:
        bodies[row.body].append(row)
    found: dict[int, dict[int, Meeting]] = defaultdict(dict)
    for own in bodies.values():
        own.sort(key=lambda row: (row.starts_on, row.ends_on, row.key))
        for one, other in _overlapping(own):
            first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
            found[one.key].setdefault(other.key, Meeting(other.key, other.name, first, last))
            found[other.key].setdefault(one.key, Meeting(one.key, one.name, first, last))
    return {key: sorted(met.values(), key=lambda one: (one.first, one.key)) for key, met in found.items()}


def _overlapping(rows: Sequence[Large]) -> Iterable[tuple[Large, Large]]:
    """Pairs of different activities that share a day; the rows come sorted by their first day."""
    open_rows: list[Large] = []
    for row in rows:
        open_rows = [one for one in open_rows if one.ends_on >= row.starts_on]
        yield from ((one, row) for one in open_rows if one.key != row.key)
        open_rows.append(row)


def is_outside_quarter(quarter: int, spans: Sequence[HasDays]) -> bool:
    """Whether none of the spans has a day in the quarter (1 to 4) of a year that it touches; false where none is."""
    return bool(spans) and not any(_touches_quarter(quarter, span) for span in spans)


def _touches_quarter(quarter: int, span: HasDays) -> bool:
    years = range(span.starts_on.year, span.ends_on.year + 1)
    return any(
        touches(span, date(year, 3 * quarter - 2, 1), last_of_month(date(year, 3 * quarter, 1))) for year in years
    )


def first_missed(due: Iterable[tuple[date, str]], spans: Sequence[HasDays]) -> tuple[date, str] | None:
    """Return the earliest of the due days (each with its target's code) after which all spans begin; null for none."""
    if not spans:
        return None
    begins = min(span.starts_on for span in spans)
    return min((one for one in due if one[0] < begins), default=None)
