"""The calendar of reports: named months, their cut-offs, a target's window, and spans for paper.

Pure: no ORM, no clock. A *month* is only a name (``2024-09``); which days it has is said by the one
calendar of the tree, handed in as ``PeriodSpan`` rows. Names go on where rows end, so a five-year
target can be measured before its last periods exist (domain: Time).
Reading dates out of Vietnamese text is not here but in ``plans.vietnamese``.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """The name of a month. ``str()`` gives ``2024-09``, the form of the contracts."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"not a month: {self.year}-{self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2024-09``. Raises ``ValueError`` for anything else."""
        if not re.fullmatch(r"[12][0-9]{3}-[0-9]{2}", text):
            raise ValueError(f"not a month: {text!r}")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The calendar month of a day, whatever any cut-off says."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> "Month":
        """The month so many later (earlier, when negative)."""
        years, zero_based = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, zero_based + 1)

    def minus(self, other: "Month") -> int:
        """How many months this one is after ``other`` (negative: before it)."""
        return (self.year - other.year) * 12 + self.month - other.month


@dataclass(frozen=True, order=True, slots=True)
class PeriodSpan:
    """One period of the calendar: a named month with its own first and last day.

    ``due_moment`` is aware (the end of the due day in Asia/Ho_Chi_Minh), None where no due day is set.
    Due days may differ by level or unit, so it is the caller who knows whose moment this is, and two
    spans of one period are equal whatever their moments.
    """

    year: int
    month: int
    first_day: date
    last_day: date
    due_moment: datetime | None = field(default=None, compare=False)

    @property
    def name(self) -> Month:
        return Month(self.year, self.month)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def is_past_due(self, now: datetime) -> bool:
        """Whether the due moment has passed at ``now`` (aware); never, where none is set."""
        return self.due_moment is not None and now > self.due_moment


def bounds_a_month(day: date) -> bool:
    """Whether the day is the first or last of a calendar month (so also of quarters and years)."""
    return day.day in (1, monthrange(day.year, day.month)[1])


def period_for_date(day: date, periods: Iterable[PeriodSpan]) -> PeriodSpan | None:
    """The period that a date in a plan means; None where the calendar has none (domain: Time).

    A date that bounds a month means the period of that name, whatever its cut-off: 30/6 is period
    June and 1/7 is period July. The day alone decides, whether it starts or ends something. Any other
    date means the period that contains it.
    """
    if bounds_a_month(day):
        return next((period for period in periods if period.name == Month.of(day)), None)
    return next((period for period in periods if day in period), None)


def month_meant(day: date, periods: Iterable[PeriodSpan]) -> Month:
    """The name of the period that a date means, also where the calendar has no such row yet.

    Without a row the calendar month is assumed; but past the cut-off of a known month it is the next.
    """
    known = tuple(periods)
    month = Month.of(day)
    if bounds_a_month(day):
        return month
    period = period_for_date(day, known)
    if period is not None:
        return period.name
    namesake = next((span for span in known if span.name == month), None)
    if namesake is None:
        return month
    return month.plus(1) if day > namesake.last_day else month.plus(-1)


@dataclass(frozen=True, slots=True)
class Window:
    """The months a target runs through, both ends included. ``len()`` counts them.

    Raises ``ValueError`` when the last comes before the first.
    """

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"window ends before it begins: {self.first} to {self.last}")

    def __len__(self) -> int:
        return self.last.minus(self.first) + 1

    def __iter__(self) -> Iterator[Month]:
        return (self.first.plus(step) for step in range(len(self)))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def counted_at(self, asked: Month) -> "Window | None":
        """The counted window when ``asked``: to the earlier of asked and due; None before the start."""
        return Window(self.first, min(asked, self.last)) if asked >= self.first else None

    def has_ended_at(self, asked: Month) -> bool:
        """Whether the due period has been reached when ``asked`` (its last day is then judged)."""
        return asked >= self.last


def target_window(starts_on: date, due_on: date, periods: Iterable[PeriodSpan]) -> Window:
    """The months of a target from its dates, ``starts_on`` not after ``due_on`` (domain: Time).

    The due period counts whole: a drive from 25/6 to 30/6 under a cut-off on the 20th begins in period
    July but is due in period June, and June is then all it has.
    """
    known = tuple(periods)
    due = month_meant(due_on, known)
    return Window(min(month_meant(starts_on, known), due), due)


# Suffix of the code, first and last month, name on paper.
_SPANS = (
    ("Q1", 1, 3, "quý I năm {year}"),
    ("Q2", 4, 6, "quý II năm {year}"),
    ("Q3", 7, 9, "quý III năm {year}"),
    ("Q4", 10, 12, "quý IV năm {year}"),
    ("H1", 1, 6, "6 tháng đầu năm {year}"),
    ("H2", 7, 12, "6 tháng cuối năm {year}"),
    ("9M", 1, 9, "9 tháng năm {year}"),
    ("", 1, 12, "năm {year}"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A month, quarter, half-year, nine months or year: what a report on paper covers.

    ``str()`` gives the code of the contracts (``2024-09``, ``2024-Q3``, ``2024-H1``, ``2024-9M``,
    ``2024``), ``paper_name`` the words on paper. Raises ``ValueError`` for other stretches of months.
    """

    year: int
    first_month: int
    last_month: int

    def __post_init__(self) -> None:
        is_month = self.first_month == self.last_month and 1 <= self.first_month <= 12
        if not is_month and self._row is None:
            raise ValueError(f"not a span: {self.year}, {self.first_month} to {self.last_month}")

    @property
    def _row(self) -> tuple[str, int, int, str] | None:
        return next((row for row in _SPANS if row[1:3] == (self.first_month, self.last_month)), None)

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read a code of the contracts. Raises ``ValueError`` for anything else."""
        match = re.fullmatch(r"([12][0-9]{3})(?:-(Q[1-4]|H[12]|9M|[0-9]{2}))?", code)
        if match is None:
            raise ValueError(f"not a span: {code!r}")
        year, suffix = int(match[1]), match[2] or ""
        if suffix.isdecimal():
            return cls(year, int(suffix), int(suffix))
        return next(cls(year, first, last) for known, first, last, _name in _SPANS if known == suffix)

    @classmethod
    def of_month(cls, month: Month) -> Self:
        return cls(month.year, month.month, month.month)

    def __str__(self) -> str:
        if self._row is None:
            return str(self.last)
        return f"{self.year:04d}-{self._row[0]}".removesuffix("-")

    @property
    def first(self) -> Month:
        return Month(self.year, self.first_month)

    @property
    def last(self) -> Month:
        """The month a report of this span is asked for: its last."""
        return Month(self.year, self.last_month)

    def months(self) -> tuple[Month, ...]:
        return tuple(Window(self.first, self.last))

    @property
    def paper_name(self) -> str:
        """Vietnamese name in running text on paper; January and February carry their 0, as decree 30 asks."""
        if self._row is not None:
            return self._row[3].format(year=self.year)
        number = f"{self.last_month:02d}" if self.last_month <= 2 else str(self.last_month)
        return f"tháng {number}/{self.year}"
