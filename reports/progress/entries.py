"""One entry as a person gives it, and the nonsense that blocks it. Pure: no ORM queries, no clock.

Reading figures out of what was typed is ``figures``; what only looks odd is ``warnings``.
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from targets.enums import IndicatorKind
from targets.models import Indicator

from .errors import Problem
from .models import ProgressEntry

BIGGEST = Decimal(10) ** 12
FIGURE_FIELDS: dict[str, tuple[str, ...]] = {
    IndicatorKind.AMOUNT: ("amount",),
    IndicatorKind.RATIO: ("numerator", "denominator"),
    IndicatorKind.MILESTONE: ("is_done", "done_on"),
}


@dataclass(frozen=True, slots=True)
class EntryInput:
    """What a unit says of one indicator. All null is "not reported"; 0 is an entered zero.

    Amount: ``amount`` of this period. Ratio: ``numerator`` of ``denominator`` as they stand now.
    Milestone: ``is_done``, with ``done_on`` where it is.
    """

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_done: bool | None = None
    done_on: date | None = None
    note: str = ""

    @classmethod
    def of(cls, entry: ProgressEntry) -> "EntryInput":
        """The same figures as a stored entry."""
        return cls(**{field.name: getattr(entry, field.name) for field in fields(cls)})

    @property
    def is_silent(self) -> bool:
        """Whether no figure is given: missing, not zero (domain: rule 2)."""
        return self.amount is None and self.numerator is None and self.denominator is None and self.is_done is None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep: neither a figure nor a note."""
        return self.is_silent and not self.note


def problems_of(indicator: Indicator, entry: EntryInput, *, starts_on: date, last_day: date) -> list[Problem]:
    """What blocks this entry (domain: "A submission blocks on nonsense"); empty where nothing does.

    ``starts_on``: of the earliest target that asks it; ``last_day``: of the period.
    """
    said = [(name, message) for name, message in _wrong_shape(indicator, entry)]
    if not said:
        said = _WRONG[IndicatorKind(indicator.kind)](indicator, entry, starts_on, last_day)
    return [Problem(indicator.pk, name, message) for name, message in said]


def _wrong_shape(indicator: Indicator, entry: EntryInput) -> list[tuple[str, str]]:
    own = FIGURE_FIELDS[indicator.kind]
    foreign = [
        name
        for names in FIGURE_FIELDS.values()
        for name in names
        if name not in own and getattr(entry, name) is not None
    ]
    return [(own[0], _("This is not a figure of the kind that is asked here."))] if foreign else []


def _wrong_number(name: str, value: Decimal | None, indicator: Indicator) -> list[tuple[str, str]]:
    if value is None:
        return []
    if value < 0:
        return [(name, _("The figure cannot be negative."))]
    if value > BIGGEST:
        return [(name, _("The figure is too large. Please check it."))]
    if indicator.is_whole and value != value.to_integral_value():
        return [(name, _("This is counted in whole numbers. One thousand five hundred is written 1500 or 1.500."))]
    if value != round(value, 4):
        return [(name, _("At most 4 decimals."))]
    return []


def _wrong_amount(indicator: Indicator, entry: EntryInput, starts_on: date, last_day: date) -> list[tuple[str, str]]:
    return _wrong_number("amount", entry.amount, indicator)


def _wrong_ratio(indicator: Indicator, entry: EntryInput, starts_on: date, last_day: date) -> list[tuple[str, str]]:
    part, whole = entry.numerator, entry.denominator
    said = _wrong_number("numerator", part, indicator) + _wrong_number("denominator", whole, indicator)
    if said:
        return said
    if part is None and whole is not None:
        return [("numerator", _("Both numbers are needed. The first is missing."))]
    if part is not None and whole is None:
        return [("denominator", _("Both numbers are needed. The total is missing."))]
    if part is not None and whole is not None and part > whole:
        return [("numerator", _("The first number cannot be greater than the total."))]
    return []


def _wrong_milestone(indicator: Indicator, entry: EntryInput, starts_on: date, last_day: date) -> list[tuple[str, str]]:
    if entry.is_done and entry.done_on is None:
        return [("done_on", _("On which day was it done?"))]
    if entry.done_on is None:
        return []
    if not entry.is_done:
        return [("done_on", _("A day is given, but it is not marked as done."))]
    if entry.done_on < starts_on:
        return [("done_on", _("This day is before the start, %(day)s.") % {"day": _vietnamese(starts_on)})]
    if entry.done_on > last_day:
        words = _("This day is after the reporting period, which ends on %(day)s. Report it next month.")
        return [("done_on", words % {"day": _vietnamese(last_day)})]
    return []


def _vietnamese(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


_WRONG = {
    IndicatorKind.AMOUNT: _wrong_amount,
    IndicatorKind.RATIO: _wrong_ratio,
    IndicatorKind.MILESTONE: _wrong_milestone,
}
