"""What the page of a month shows: the grid of its days, and above it what the documents do not give to the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .cutting import Cut, cut
from .festive_days import new_year_note
from .grid import Month, Stretch, Week, on_days, weeks_of
from .models import Activity, Window
from .pages import Card, card_of, reasons_of
from .selectors import calendar_windows
from .timing import touches
from .wording import time_text

CARDS_A_DAY = 6
CARDS_APART = 24


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
    left_out: int = 0

    @property
    def week(self) -> Week | None:
        """The week that shows all of the day."""
        return Week.of(self.day) if self.day else None

    @property
    def note(self) -> str:
        """What feast the day belongs to; blank for none."""
        return new_year_note(self.day) if self.day else ""

    @property
    def css(self) -> str:
        if self.day is None:
            return "is-out"
        empty = "" if self.standing or self.is_today or self.note else "is-empty"
        return "is-today" if self.is_today else empty


@dataclass(frozen=True)
class MonthPage:
    """A month of a unit."""

    month: Month
    weeks: list[list[Day]]
    apart: Cut[Standing]

    @property
    def is_empty(self) -> bool:
        return not self.apart.shown and not any(day.standing for week in self.weeks for day in week)


def month_page(activities: Sequence[Activity], *, month: Month, today: date, whole: str = "") -> MonthPage:
    """Put on the month's grid what ``activities`` have in it, by the times that hold; asks the database once.

    ``whole`` is "apart" where all that stands on no day is to be shown.
    """
    days, apart = standing_in(activities, month, today)
    weeks = [[_cell(day, days.get(day, []) if day else [], today) for day in week] for week in weeks_of(month)]
    return MonthPage(month, weeks, Cut(apart) if whole == "apart" else cut(apart, CARDS_APART))


def _cell(day: date | None, standing: list[Standing], today: date) -> Day:
    shown = cut(standing, CARDS_A_DAY)
    return Day(day, shown.shown, day == today, shown.left_out)


def standing_in(
    activities: Sequence[Activity], stretch: Stretch, today: date
) -> tuple[dict[date, list[Standing]], list[Standing]]:
    """Return the stretch's days → what stands on them, and apart what was not given to the day, both in time."""
    windows = [(a, window) for a in activities for window in calendar_windows(a)]
    windows = [(a, window) for a, window in windows if touches(window, stretch.first, stretch.last)]
    windows.sort(key=lambda pair: (pair[1].starts_on, pair[1].ends_on, pair[0].order))
    here = list({a.pk: a for a, _window in windows}.values())
    reasons = reasons_of(here)
    cards = {a.pk: card_of(a, today, reasons.get(a.pk, "")) for a in here}
    days, apart = on_days([window for _a, window in windows], stretch)
    shown = {window.activity_id: cards[window.activity_id] for window in apart}
    return (
        {day: [_on_day(cards[w.activity_id], w) for w in found] for day, found in days.items()},
        [Standing(card, card.when) for card in shown.values()],
    )


def _on_day(card: Card, window: Window) -> Standing:
    tentative = card.activity.is_tentative
    says_itself = window.starts_on == window.ends_on and not tentative
    return Standing(card, "" if says_itself else time_text([window], is_tentative=tentative))
