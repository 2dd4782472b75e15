"""When a target is due, and how often within the plan's term: "trong Quý II/2024", "trước 15/10", "01 lần/tháng"."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from plans.outline.shapes import Head
from plans.vietnamese.phrases import Token, phrases
from plans.vietnamese.times import Bound, Precision, Time
from targets.extraction.passages import Passage
from targets.extraction.telling import Chosen

_MONTHS_OF = {"thang": 1, "quy": 3, "nam": 12, "ky": 6}
_EVERY = phrases("mỗi tháng,hằng tháng,hàng tháng,hằng quý,hàng quý,mỗi quý,hằng năm,hàng năm,mỗi năm,mỗi học kỳ")
_FROM = ("tu",)
_MOST_STEPS = 60


@dataclass(frozen=True)
class Rhythm:
    """So much every ``months`` months."""

    months: int


def due_of(passage: Passage, clause: tuple[int, int], sentence: tuple[int, int]) -> Time | None:
    """Return the time by which the clause asks for it: one inside it, else the one that opens the sentence."""
    inside = passage.times_between(*_offsets(passage.tokens, clause))
    opening = passage.tokens[sentence[0]].start
    named = [time for time in inside or passage.times_between(opening, opening + 1) if not time.repeats]
    return next((time for time in named if time.bound is Bound.BY), named[0] if named else None)


def due_on(time: Time | None, head: Head) -> date | None:
    """Return the last day, null where it is the plan's term itself or nothing is said."""
    if time is None or time.due_on is None or (time.precision is Precision.YEAR and time.due_on == head.ends_on):
        return None
    return None if time.due_on == head.ends_on else time.due_on


def starts_on(passage: Passage, time: Time | None) -> date | None:
    """Return the first day of "từ … đến …"; a time that only bounds the end says nothing of the start."""
    if time is None or time.bound is not Bound.WITHIN or time.starts_on == time.ends_on:
        return None
    words = passage.words[time.start : time.end].split()
    return time.starts_on if words and words[0] in _FROM else None


def rhythm_of(tokens: Sequence[Token], chosen: Chosen, clause: tuple[int, int]) -> Rhythm | None:
    """Return how often the figure is owed: "/tháng", "(01 lần/quý)", "mỗi quý"."""
    quantity = chosen.inner or chosen.quantity
    if quantity.rate is not None:
        words = [
            token.text for token in tokens[quantity.number.after : quantity.after] if token.start >= quantity.rate[0]
        ]
        return next((Rhythm(_MONTHS_OF[word]) for word in words if word in _MONTHS_OF), None)
    at = _EVERY.within(tokens, clause[0], clause[1])
    if at is None:
        return None
    words = [token.text for token in tokens[at : at + _EVERY.at(tokens, at)]]
    return next((Rhythm(_MONTHS_OF[word]) for word in reversed(words) if word in _MONTHS_OF), None)


def steps_of(rhythm: Rhythm, head: Head, each: Decimal) -> tuple[tuple[date, Decimal], ...]:
    """Return (by when, how much in all) at the end of every full span of the plan's term; none where it is unknown."""
    if head.starts_on is None or head.ends_on is None:
        return ()
    steps: list[tuple[date, Decimal]] = []
    end = _end_after(head.starts_on, rhythm.months)
    while end <= head.ends_on and len(steps) < _MOST_STEPS:
        steps.append((end, each * (len(steps) + 1)))
        end = _end_after(end + timedelta(days=1), rhythm.months)
    return tuple(steps)


def _end_after(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months - 1
    year, month = divmod(index, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _offsets(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    return tokens[span[0]].start, tokens[span[1] - 1].end
