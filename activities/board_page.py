"""What the quarter board shows: four columns as the resolution prints them, the lane of what all do at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from core.charts import place

from .boxes import LaneItem, Placed, day_share, place_lane, when_marks
from .clash_marks import misplaced_in
from .cutting import Cut, cut
from .enums import ActivityState, Precision, Scope
from .models import Activity, Window
from .pages import Card, card_of, reasons_of
from .selectors import calendar_windows, former_windows
from .timing import Span, quarter_of, touches
from .wording import ROMAN, span_text, time_text

CARDS_A_QUARTER, MARKS_IN_LANE, NAMES_APART, CLASHES_IN_LANE = 30, 12, 20, 5


@dataclass(frozen=True)
class Quarter:
    """One column: its cards in time, how many of them are done and how many count, those left out included.

    ``today_at``: before which card shown today's line stands (null: none). ``before`` and ``after`` are left out.
    """

    number: int
    cards: list[Card]
    today_at: int | None
    done: int
    total: int
    before: int = 0
    after: int = 0

    @property
    def roman(self) -> str:
        return ROMAN[self.number - 1]


@dataclass(frozen=True)
class LaneMark:
    """A simultaneous activity in the lane."""

    card: Card
    placed: Placed


@dataclass(frozen=True)
class Board:
    """The year's board of a unit, as the resolution prints it: four quarters, what all do at once apart."""

    year: int
    quarters: list[Quarter]
    lane: list[LaneMark]
    lane_height: int
    lane_cards: list[Card]
    lane_left_out: int
    lane_clashes: Cut[Card]
    today_x: str
    all_year: Cut[Card]
    timeless: Cut[Card]

    @property
    def months(self) -> list[tuple[int, str, str]]:
        """Number, place in percent and class of each month's line in the lane."""
        return [(n, place((n - 1) * 100 / 12), "w-q" if n % 3 == 1 else "w-line") for n in range(1, 13)]

    @property
    def today_is_late(self) -> bool:
        """Whether today's line stands so far right that its label has to go left of it."""
        return bool(self.today_x) and float(self.today_x) > 90

    @property
    def has_cards(self) -> bool:
        return any(quarter.cards for quarter in self.quarters)

    @property
    def is_empty(self) -> bool:
        rows = (self.lane_cards, self.all_year.shown, self.timeless.shown)
        return not self.has_cards and not any(rows)


def board_page(
    activities: Sequence[Activity],
    *,
    year: int,
    today: date,
    whole: str = "",
    clashes: Mapping[int, Sequence[str]] | None = None,
) -> Board:
    """Put a year's activities on the board. ``whole`` names what is not cut: a quarter ("3"), "lane" or "apart".

    ``clashes``: activity's id → what does not go together (``activities.clash_marks``).
    """
    reasons, clashes = reasons_of(activities), clashes or {}
    cards = [card_of(a, today, reasons.get(a.pk, ""), clashes=clashes.get(a.pk, ())) for a in activities]
    together = [card for card in cards if card.activity.scope == Scope.ALL_UNITS]
    apart = [card for card in cards if card.activity.scope != Scope.ALL_UNITS]
    lane, height, lane_left_out = _lane(together, year, today, is_whole=whole == "lane")
    most = len(cards) if whole == "apart" else NAMES_APART
    return Board(
        year=year,
        quarters=[
            _quarter(apart, year, number, today, reasons, is_whole=whole == str(number)) for number in range(1, 5)
        ],
        lane=lane,
        lane_height=height,
        lane_cards=[card for card in together if _has_time(card)],
        lane_left_out=lane_left_out,
        lane_clashes=cut([card for card in together if card.clashes], CLASHES_IN_LANE),
        today_x=place(day_share(today, year)) if today.year == year else "",
        all_year=cut([card for card in apart if _is_all_year(card)], most),
        timeless=cut([card for card in cards if not _has_time(card)], most),
    )


def _has_time(card: Card) -> bool:
    return bool(calendar_windows(card.activity))


def _is_all_year(card: Card) -> bool:
    return any(window.precision == Precision.YEAR for window in calendar_windows(card.activity))


def _lane(cards: Sequence[Card], year: int, today: date, *, is_whole: bool) -> tuple[list[LaneMark], int, int]:
    """The marks about today, the lane's height and how many marks are left out."""
    by_key: dict[int, Card] = {}
    items: list[LaneItem] = []
    for card in cards:
        for window in calendar_windows(card.activity):
            if not touches(window, date(year, 1, 1), date(year, 12, 31)):
                continue
            key = len(items)
            by_key[key] = card
            label = " · ".join(part for part in (card.activity.name, span_text(window), card.text) if part)
            items.append(LaneItem(key, Span(window.starts_on, window.ends_on, window.precision), label))
    items.sort(key=lambda item: (item.span.starts_on, item.span.ends_on, item.key))
    now = sum(item.span.ends_on < today for item in items) if today.year == year else None
    shown = cut(items, len(items) if is_whole else MARKS_IN_LANE, now)
    placed, height = place_lane(shown.shown, year)
    return [LaneMark(by_key[item.key], item) for item in placed], height, shown.left_out


def _quarter(
    cards: Sequence[Card], year: int, number: int, today: date, reasons: dict[int, str], *, is_whole: bool
) -> Quarter:
    found: list[Row] = []
    for card in cards:
        if not _is_all_year(card):
            found.extend(_in_quarter(card, year, number, reasons))
    found.sort(key=lambda row: (row[0], row[1], row[2].activity.order))
    at = None
    if today.year == year and quarter_of(today) == number:
        at = next((n for n, (_first, last, _card) in enumerate(found) if last >= today), len(found))
    own = [card for _first, _last, card in found if not card.is_former]
    shown = cut(found, len(found) if is_whole else CARDS_A_QUARTER, at)
    return Quarter(
        number,
        [card for _first, _last, card in shown.shown],
        None if at is None else at - shown.before,
        done=sum(card.look == ActivityState.DONE for card in own),
        total=len(own),
        before=shown.before,
        after=shown.after,
    )


Row = tuple[date, date, Card]


def _in_quarter(card: Card, year: int, number: int, reasons: dict[int, str]) -> list[Row]:
    """The activity's card in this column, where it stands there; and the place that a postponement left empty."""
    windows = calendar_windows(card.activity)
    listed = misplaced_in(card.activity)
    if listed is None:
        here = [window for window in windows if _column(window, year) == number]
    else:
        here = windows if listed == number else []
    if here:
        return [(here[0].starts_on, here[-1].ends_on, _placed_card(card, here, year, number))]
    return _left_behind(card, year, number, reasons)


def _left_behind(card: Card, year: int, number: int, reasons: dict[int, str]) -> list[Row]:
    """A dashed card where a postponed activity stood before, saying to when it moved."""
    activity = card.activity
    former = [window for window in former_windows(activity) if _column(window, year) == number]
    if not former or activity.state != ActivityState.POSTPONED:
        return []
    to = {"time": time_text(calendar_windows(activity)).lower(), "reason": reasons.get(activity.pk, "")}
    when = time_text(former, is_tentative=activity.is_tentative)
    ghost = Card(activity, when, "postponed", _("to %(time)s: %(reason)s") % to, is_former=True)
    return [(former[0].starts_on, former[-1].ends_on, _placed_card(ghost, former, year, number))]


def _column(window: Window, year: int) -> int:
    """The quarter in which a window stands: that of its first day in the year; 0 where it is in none."""
    first = max(window.starts_on, date(year, 1, 1))
    return quarter_of(first) if first.year == year and window.ends_on >= first else 0


def _placed_card(card: Card, windows: Sequence[Window], year: int, number: int) -> Card:
    marks = when_marks(
        windows,
        [window.precision for window in windows],
        year=year,
        quarter=number,
        tentative=card.activity.is_tentative,
    )
    return replace(card, marks=marks)
