"""What the pages of activities show: cards, the quarter board with its lane, rows of the list, a plan's part."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.scope import grants_of, visible_units
from core import clock
from core.charts import place
from plans.beside import Beside, Link, Place
from plans.enums import PlanState
from plans.models import Plan, Section
from plans.rules import can_draft
from plans.selectors import is_superseded
from plans.writing.lists import DraftGroup, groups
from units.models import Unit

from .bases import readable_base
from .boxes import LaneItem, Mark, Placed, day_share, place_lane, when_marks
from .enums import ActivityState, Precision, Scope
from .models import Activity, ActivityEvent, Window
from .selectors import current_windows, former_windows, is_overdue, with_details
from .timing import Span, latest_end, quarter_of, touches
from .wording import ROMAN, span_text, time_text

_QUARTER_HEADING = re.compile(r"quý\s+(IV|I{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Card:
    """An activity in words, as it stands on a day."""

    activity: Activity
    when: str
    look: str
    note: str = ""
    clash: str = ""
    marks: Sequence[Mark] = ()
    is_former: bool = False

    @property
    def is_rewritable(self) -> bool:
        """Whether it may be rewritten while its plan is a draft: what has begun is not."""
        return self.activity.state == ActivityState.PLANNED

    @property
    def css(self) -> str:
        """Classes of the card: what asks for something stands in a box, the rest is a line of text."""
        if self.look in (ActivityState.DONE, ActivityState.CANCELLED):
            return f"act--{self.look}"
        dashed = " act--tentative" if self.activity.is_tentative or self.is_former else ""
        overdue = " act--overdue" if self.look == "overdue" else ""
        return f"act--box{dashed}{overdue}"

    @property
    def text(self) -> str:
        """The word beside the shape, where it says more than the state alone."""
        return self.note if self.look == "overdue" else ""


def card_of(activity: Activity, today: date, reason: str = "", *, with_year: bool = False) -> Card:
    """Return an activity with its times (naming the year ``with_year``) and its state, or "overdue", on ``today``."""
    windows = current_windows(activity)
    when = _when(activity, windows, with_year=with_year)
    if is_overdue(activity, today):
        days = (today - (latest_end(windows) or today)).days
        note = ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days}
        return Card(activity, when, "overdue", note=note)
    return Card(activity, when, activity.state, note=reason)


def _when(activity: Activity, windows: Sequence[Window], *, with_year: bool) -> str:
    text = time_text(windows, is_tentative=activity.is_tentative, with_year=with_year)
    former = former_windows(activity)
    if former and activity.state != ActivityState.DONE:
        was = span_text(former[-1], with_year=with_year)
        return _("%(time)s, postponed from %(former)s") % {"time": text, "former": was}
    return text


def reasons_of(activities: Iterable[Activity]) -> dict[int, str]:
    """Return activity id → why it was last postponed or cancelled, in one query."""
    changed = [a.pk for a in activities if a.state in (ActivityState.POSTPONED, ActivityState.CANCELLED)]
    events = ActivityEvent.objects.filter(activity__in=changed).exclude(from_state="")
    wanted = events.filter(to_state__in=[ActivityState.POSTPONED, ActivityState.CANCELLED])
    return {event.activity_id: event.reason for event in wanted.order_by("at", "pk")}


@dataclass(frozen=True)
class Quarter:
    """One column: its cards in time, how many are done, and before which of them today's line stands (null: none)."""

    number: int
    cards: list[Card]
    today_at: int | None

    @property
    def roman(self) -> str:
        return ROMAN[self.number - 1]

    @property
    def done(self) -> int:
        return sum(card.look == ActivityState.DONE for card in self._own)

    @property
    def total(self) -> int:
        return len(self._own)

    @property
    def _own(self) -> list[Card]:
        return [card for card in self.cards if not card.is_former]


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
    today_x: str
    all_year: list[Card]
    timeless: list[Card]
    counts: dict[str, int]

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
        return not self.counts["all"]


FILTERS = ("all", "due", Scope.ISSUER, Scope.ALL_UNITS, Scope.BLOC, Scope.UNIT)


def board_page(activities: Sequence[Activity], *, year: int, today: date, only: str = "all") -> Board:
    """Put a year's activities on the board. ``only`` is one of ``FILTERS``; the counts are of all of them."""
    reasons = reasons_of(activities)
    cards = [card_of(activity, today, reasons.get(activity.pk, "")) for activity in activities]
    shown = [card for card in cards if _passes(card, only)]
    together = [card for card in shown if card.activity.scope == Scope.ALL_UNITS]
    apart = [card for card in shown if card.activity.scope != Scope.ALL_UNITS]
    lane, height = _lane(together, year)
    return Board(
        year=year,
        quarters=[_quarter(apart, year, number, today, reasons) for number in range(1, 5)],
        lane=lane,
        lane_height=height,
        lane_cards=[card for card in together if _has_time(card)],
        today_x=place(day_share(today, year)) if today.year == year else "",
        all_year=[card for card in apart if _is_all_year(card)],
        timeless=[card for card in shown if not _has_time(card)],
        counts={name: sum(_passes(card, name) for card in cards) for name in FILTERS},
    )


def _passes(card: Card, only: str) -> bool:
    if only == "all":
        return True
    return card.look == "overdue" if only == "due" else card.activity.scope == only


def _has_time(card: Card) -> bool:
    return bool(current_windows(card.activity))


def _is_all_year(card: Card) -> bool:
    return any(window.precision == Precision.YEAR for window in current_windows(card.activity))


def _lane(cards: Sequence[Card], year: int) -> tuple[list[LaneMark], int]:
    by_key: dict[int, Card] = {}
    items = []
    for card in cards:
        for window in current_windows(card.activity):
            if not touches(window, date(year, 1, 1), date(year, 12, 31)):
                continue
            by_key[window.pk] = card
            label = f"{card.activity.name} · {span_text(window)}"
            items.append(LaneItem(window.pk, Span(window.starts_on, window.ends_on, window.precision), label))
    placed, height = place_lane(items, year)
    return [LaneMark(by_key[item.key], item) for item in placed], height


def _quarter(cards: Sequence[Card], year: int, number: int, today: date, reasons: dict[int, str]) -> Quarter:
    found: list[Row] = []
    for card in cards:
        if not _is_all_year(card):
            found.extend(_in_quarter(card, year, number, reasons))
    found.sort(key=lambda row: (row[0], row[1], row[2].activity.order))
    at = None
    if today.year == year and quarter_of(today) == number:
        at = next((n for n, (_first, last, _card) in enumerate(found) if last >= today), len(found))
    return Quarter(number, [card for _first, _last, card in found], at)


Row = tuple[date, date, Card]


def _in_quarter(card: Card, year: int, number: int, reasons: dict[int, str]) -> list[Row]:
    """The activity's card in this column, where it stands there; and the place that a postponement left empty."""
    windows = current_windows(card.activity)
    listed = _misplaced_in(card.activity, windows, year)
    if listed is None:
        here = [window for window in windows if _column(window, year) == number]
    else:
        here = windows if listed == number else []
    if here:
        clash = "" if listed is None else _clash(listed, here[0])
        return [(here[0].starts_on, here[-1].ends_on, _placed_card(card, here, year, number, clash))]
    return _left_behind(card, year, number, reasons)


def _misplaced_in(activity: Activity, windows: Sequence[Window], year: int) -> int | None:
    """The quarter under which the document lists it although none of its times lies there; null where they agree."""
    plan = activity.plan
    listed = listed_quarter(activity.section) if plan and plan.unit_id == activity.unit_id else None
    if listed is None or not windows or former_windows(activity):
        return None
    return None if any(_column(window, year) == listed for window in windows) else listed


def _left_behind(card: Card, year: int, number: int, reasons: dict[int, str]) -> list[Row]:
    """A dashed card where a postponed activity stood before, saying to when it moved."""
    activity = card.activity
    former = [window for window in former_windows(activity) if _column(window, year) == number]
    if not former or activity.state != ActivityState.POSTPONED:
        return []
    to = {"time": time_text(current_windows(activity)).lower(), "reason": reasons.get(activity.pk, "")}
    when = time_text(former, is_tentative=activity.is_tentative)
    ghost = Card(activity, when, "postponed", _("to %(time)s: %(reason)s") % to, is_former=True)
    return [(former[0].starts_on, former[-1].ends_on, _placed_card(ghost, former, year, number, ""))]


def _column(window: Window, year: int) -> int:
    """The quarter in which a window stands: that of its first day in the year; 0 where it is in none."""
    first = max(window.starts_on, date(year, 1, 1))
    return quarter_of(first) if first.year == year and window.ends_on >= first else 0


def _placed_card(card: Card, windows: Sequence[Window], year: int, number: int, clash: str) -> Card:
    marks = when_marks(
        windows,
        [window.precision for window in windows],
        year=year,
        quarter=number,
        tentative=card.activity.is_tentative,
    )
    return Card(card.activity, card.when, card.look, card.note, clash, marks, card.is_former)


def listed_quarter(section: Section | None) -> int | None:
    """Return the quarter that the section's heading names ("Quý IV"); null where it names none."""
    found = _QUARTER_HEADING.search(section.heading) if section else None
    return ROMAN.index(found[1].upper()) + 1 if found else None


def _clash(listed: int, window: Window) -> str:
    words = {"listed": ROMAN[listed - 1], "time": span_text(window), "real": ROMAN[quarter_of(window.starts_on) - 1]}
    return _("Listed under quarter %(listed)s but dated %(time)s, which is quarter %(real)s.") % words


def beside_sections(plan: Plan, user: User) -> Beside:
    """Return the activities' part of a plan's page: those of the plan's own body."""
    activities = list(with_details(plan.activities.filter(unit=plan.unit_id)).order_by("order", "pk"))
    by_section: dict[int | None, list[Card]] = defaultdict(list)
    for activity in activities:
        by_section[activity.section_id].append(card_of(activity, clock.today()))
    links = []
    if can_draft.test(user, plan) and plan.state != PlanState.CLOSED and not is_superseded(plan):
        add = f"{reverse('activities:create')}?plan={plan.pk}"
        links.append(Link(_("Add an activity"), add, place=Place.ADD))
        if readable_base(plan, user=user) is not None:
            bases = reverse("activities:bases", args=[plan.pk])
            links.append(Link(_("What the activities make concrete"), bases, place=Place.MORE))
    count = activity_count(len(activities))
    return Beside(template="activities/beside_row.html", count=count, by_section=by_section, links=links)


def draft_groups(plan: Plan) -> list[DraftGroup]:
    """Return the draft's activities section by section, as they are moved."""
    return groups(with_details(plan.activities.all()), lambda activity: card_of(activity, clock.today()))


def activity_count(count: int) -> str:
    """Return "2 hoạt động"."""
    return ngettext("%(n)s activity", "%(n)s activities", count) % {"n": count}


def own_units(user: User) -> list[Unit]:
    """Return the units at which the person holds a role and that exist for them, the highest first."""
    own = {grant.unit_id for grant in grants_of(user)}
    mine = list(visible_units(user).filter(pk__in=own).order_by("path"))
    return mine or list(visible_units(user).order_by("path")[:1])


def units_offered(user_units: Iterable[Unit]) -> list[Unit]:
    """Return the units that a page offers to look at: one's own and those right under them."""
    own = list(user_units)
    beneath = Unit.objects.filter(parent__in=[unit.pk for unit in own]).order_by("path")
    return [*own, *(unit for unit in beneath if unit.pk not in {mine.pk for mine in own})]
