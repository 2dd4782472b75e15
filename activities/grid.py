"""The days of a month or a week and what stands on them.

Pure: spans in, days out. What pages show of it is ``activities.month_page`` and ``activities.week_page``.
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


class Stretch(Protocol):
    """Whatever has a first and a last day: a ``Year``, a ``Month``, a ``Week``."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...


S = TypeVar("S", bound=GivenSpan)


class Year(NamedTuple):
    """A calendar year."""

    year: int

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)


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


class Week(NamedTuple):
    """A week from Monday to Sunday, numbered as in ISO 8601: it belongs to the year, and the month, of its Thursday."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week in which a day lies."""
        return cls(*day.isocalendar()[:2])

    @classmethod
    def of_month(cls, month: Month) -> "Week":
        """Return the first week that belongs to the month."""
        return cls.of(date(month.year, month.month, 4))

    @property
    def first(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(7)]

    @property
    def month(self) -> Month:
        """The month to which the week belongs, always one of the week's own year."""
        thursday = self.first + timedelta(days=3)
        return Month(thursday.year, thursday.month)

    def moved(self, by: int) -> "Week":
        """Return the week that lies ``by`` weeks later (earlier where negative)."""
        return Week.of(self.first + timedelta(weeks=by))


def weeks_in(year: int) -> list[Week]:
    """Return the 52 or 53 weeks of a year."""
    return [Week(year, number) for number in range(1, Week.of(date(year, 12, 28)).number + 1)]


def weeks_of(month: Month) -> list[list[date | None]]:
    """Return the month's weeks from Monday to Sunday, seven days each; null for days of the months beside it."""
    weeks = Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    return [[day if day.month == month.month else None for day in week] for week in weeks]


def on_days(spans: Iterable[S], stretch: Stretch) -> tuple[dict[date, list[S]], list[S]]:
    """Return the stretch's days → what stands on them, and apart what was not given to the day; in the order given.

    A span of several days stands on each of its days in the stretch. A month, a part of one, a quarter or a year is
    never put on a day, for the document names none (domain: Activities).
    """
    days: dict[date, list[S]] = defaultdict(list)
    apart = []
    for span in spans:
        if not touches(span, stretch.first, stretch.last):
            continue
        if span.precision != Precision.DAY:
            apart.append(span)
            continue
        first, last = max(span.starts_on, stretch.first), min(span.ends_on, stretch.last)
        for n in range((last - first).days + 1):
            days[first + timedelta(days=n)].append(span)
    return dict(days), apart
