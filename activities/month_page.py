"""What the page of a month shows: the grid of its days, and above it what the documents do not give to the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .grid import Month, on_days, weeks_of
from .models import Activity, Window
from .pages import Card, card_of, reasons_of
from .selectors import current_windows
from .timing import touches
from .wording import time_text


@dataclass(frozen=True)
class Standing:
    """A card where it stands; ``when`` is blank where the day itself says it all."""

    card: Card
    when: str


@dataclass(frozen=True)
class Day:
    """A cell of the grid; ``day`` is null outside the month."""

    day: date | None
    standing: Sequence[Standing]
    is_today: bool

    @property
    def css(self) -> str:
        if self.day is None:
            return "is-out"
        empty = "" if self.standing or self.is_today else "is-empty"
        return "is-today" if self.is_today else empty


@dataclass(frozen=True)
class MonthPage:
    """A month of a unit."""

    month: Month
    weeks: list[list[Day]]
    apart: list[Standing]

    @property
    def is_empty(self) -> bool:
        return not self.apart and not any(day.standing for week in self.weeks for day in week)


def month_page(activities: Sequence[Activity], *, month: Month, today: date) -> MonthPage:
    """Put on the month's grid what ``activities`` have in it, by the times that hold; asks the database once."""
    windows = [(a, window) for a in activities for window in current_windows(a)]
    windows = [(a, window) for a, window in windows if touches(window, month.first, month.last)]
    windows.sort(key=lambda pair: (pair[1].starts_on, pair[1].ends_on, pair[0].order))
    here = list({a.pk: a for a, _window in windows}.values())
    reasons = reasons_of(here)
    cards = {a.pk: card_of(a, today, reasons.get(a.pk, "")) for a in here}
    days, apart = on_days([window for _a, window in windows], month)
    weeks = [
        [
            Day(day, [_on_day(cards[w.activity_id], w) for w in days.get(day, [])] if day else [], day == today)
            for day in week
        ]
        for week in weeks_of(month)
    ]
    shown = {window.activity_id: cards[window.activity_id] for window in apart}
    return MonthPage(month, weeks, [Standing(card, card.when) for card in shown.values()])


def _on_day(card: Card, window: Window) -> Standing:
    tentative = card.activity.is_tentative
    says_itself = window.starts_on == window.ends_on and not tentative
    return Standing(card, "" if says_itself else time_text([window], is_tentative=tentative))
