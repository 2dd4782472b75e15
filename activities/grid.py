"""The days of a month's grid and what stands on them.

Pure: spans in, days out. What the page shows of it is ``activities.month_page``.
"""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar

from .enums import Precision
from .timing import HasDays, last_of_month, touches


class GivenSpan(HasDays, Protocol):
    """A span of days with how precisely it was given: a ``Span`` or a stored window."""

    @property
    def precision(self) -> Precision | str: ...


S = TypeVar("S", bound=GivenSpan)


class Month(NamedTuple):
    """A calendar month; ``month`` is 1 to 12."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return last_of_month(self.first)

    @property
    def code(self) -> str:
        """The month as the portal writes spans in addresses: "2024-10"."""
        return f"{self.year}-{self.month:02}"

    def moved(self, by: int) -> "Month":
        """Return the month that lies ``by`` months later (earlier where negative)."""
        count = self.year * 12 + self.month - 1 + by
        return Month(count // 12, count % 12 + 1)


def weeks_of(month: Month) -> list[list[date | None]]:
    """Return the month's weeks from Monday to Sunday, seven days each; null for days of the months beside it."""
    weeks = Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    return [[day if day.month == month.month else None for day in week] for week in weeks]


def on_days(spans: Iterable[S], month: Month) -> tuple[dict[date, list[S]], list[S]]:
    """Return the month's days → what stands on them, and apart what was not given to the day; in the order given.

    A span of several days stands on each of its days in the month. A month, a part of one, a quarter or a year is
    never put on a day, for the document names none (domain: Activities).
    """
    days: dict[date, list[S]] = defaultdict(list)
    apart = []
    for span in spans:
        if not touches(span, month.first, month.last):
            continue
        if span.precision != Precision.DAY:
            apart.append(span)
            continue
        first, last = max(span.starts_on, month.first), min(span.ends_on, month.last)
        for n in range((last - first).days + 1):
            days[first + timedelta(days=n)].append(span)
    return dict(days), apart
