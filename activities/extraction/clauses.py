"""Cutting an item's words into the activities that they tell of.

Places are offsets into the item's bare words. One item may hold several activities ("Phát động Tết trồng cây; 04 Ngày
Chủ nhật xanh trong năm"), and several sentences may tell of one. What times mean is not asked here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.vietnamese.clauses import segments, trimmed
from plans.vietnamese.times import Precision, Role, Time

from . import wording

# Two activities, each with its time in brackets behind it.
_ANOTHER_IN_BRACKETS = re.compile(r"\s*\)\s*(?:[,;]|va\b)*\s*(?P<name>[^()]+?)\s*\(\s*")
_LONGEST_BETWEEN = 200  # letters
_SHORTEST_NAME = 4  # words; "(tháng 3), ngày cao điểm (26/3)" is a day of the same


@dataclass(frozen=True, slots=True)
class Piece:
    """One activity's words and the times in them."""

    start: int
    end: int
    times: tuple[Time, ...]


def calendar_pieces(words: str, text: str, *, start: int, times: Sequence[Time]) -> list[Piece]:
    """Return the activities of an item of a calendar list: one, unless parts have their own times or events."""
    parts = _parts_of(words, text, start=start, times=times)
    if not parts:
        return []
    inside = _inside(parts, times)
    timed = [[time for time in some if time.role is Role.DOING] for some in inside]
    if led := _led_by_a_time(words, parts, inside):
        return led
    if _one_time_for_all(words, parts, timed) or not _several(words, parts, timed):
        return _by_events(words, parts[0][0], parts[-1][1], [time for some in inside for time in some])
    pieces: list[Piece] = []
    last = None
    for (begin, end), some in zip(parts, inside, strict=True):
        goes_on = not some and (any(timed) or not wording.OPENS_EVENT.match(words, begin))
        if last is not None and goes_on and last.times:
            last = pieces[-1] = Piece(last.start, end, last.times)
            continue
        pieces.extend(_by_events(words, begin, end, some))
        last = pieces[-1]
    return pieces


def _parts_of(words: str, text: str, *, start: int, times: Sequence[Time]) -> list[tuple[int, int]]:
    """Return the sentences and the parts between semicolons; the rounds of a contest stay with it."""
    parts = segments(words, text, start=start)
    joined: list[tuple[int, int]] = []
    for (begin, end), some in zip(parts, _inside(parts, times), strict=True):
        if (
            joined
            and some
            and wording.is_stage(words[begin : some[0].start])
            and wording.is_contest(words, joined[-1][0])
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _inside(places: list[tuple[int, int]], times: Sequence[Time]) -> list[list[Time]]:
    """Return the times that begin in each place. Both are in order and do not overlap."""
    found: list[list[Time]] = []
    at = 0
    for begin, end in places:
        while at < len(times) and times[at].start < begin:
            at += 1
        first = at
        while at < len(times) and times[at].start < end:
            at += 1
        found.append(list(times[first:at]))
    return found


def _led_by_a_time(words: str, parts: list[tuple[int, int]], inside: list[list[Time]]) -> list[Piece]:
    """ "Quý I: Hội nghị A; tổ chức B; kỷ niệm C": one time in front, several activities behind it. Empty for others."""
    anchors = [time for time in inside[0] if is_anchor(time)]
    if len(parts) < 2 or len(anchors) != 1 or any(is_anchor(time) for some in inside[1:] for time in some):
        return []
    time = anchors[0]
    if len(words[parts[0][0] : time.start].strip(" (*_")) > 1:
        return []
    if ":" not in words[time.end : time.end + 40] or not all(_is_event_part(words, *part) for part in parts):
        return []
    return [
        Piece(begin, end, (time, *some) if at else tuple(some))
        for at, ((begin, end), some) in enumerate(zip(parts, inside, strict=True))
    ]


def _is_event_part(words: str, start: int, end: int) -> bool:
    return bool(wording.EVENT.search(words, start, end)) and not wording.is_detail(words[start:end])


def _one_time_for_all(words: str, parts: list[tuple[int, int]], timed: list[list[Time]]) -> bool:
    """ "Ngày hội A; trao giải B (Tháng 10)": one time in brackets at the end is for the whole."""
    if any(timed[:-1]) or len(timed[-1]) != 1:
        return False
    time, end = timed[-1][0], parts[-1][1]
    return words[: time.start].rstrip().endswith(("(", "[")) and len(words[time.end : end].strip(" )].")) < 3


def _several(words: str, parts: list[tuple[int, int]], timed: list[list[Time]]) -> bool:
    if len(parts) < 2:
        return False
    if any(timed[1:]):
        return True
    return not timed[0] and all(wording.OPENS_EVENT.match(words, begin) for begin, _ in parts)


def narrative_pieces(words: str, text: str, *, start: int, times: Sequence[Time]) -> list[Piece]:
    """Return the sentences with an event and a time; "Thời gian: …" behind an event's sentence belongs to it."""
    parts = _parts_of(words, text, start=start, times=times)
    inside = _inside(parts, times)
    if parts and (led := _led_by_a_time(words, parts, inside)):
        return led
    pieces: list[Piece] = []
    before: tuple[int, int] | None = None
    for (begin, end), some in zip(parts, inside, strict=True):
        of_the_one_before = before and wording.time_label(words[begin : begin + 120]) is not None
        first = before[0] if before and of_the_one_before else begin
        if some and wording.EVENT.search(words, first, end):
            pieces.extend(piece for piece in _by_events(words, first, end, some) if piece.times)
        before = (begin, end)
    return [piece for piece in pieces if wording.EVENT.search(words_besides(words, piece))]


def words_besides(words: str, piece: Piece) -> str:
    """The piece's words without its times, so that "ngày" of a date is no event."""
    kept, at = [], piece.start
    for time in piece.times:
        kept.append(words[at : time.start])
        at = time.end
    return " ".join([*kept, words[at : piece.end]])


def _by_events(words: str, start: int, end: int, times: list[Time]) -> list[Piece]:
    """Cut between two times where an event of its own stands: "Lễ ra quân (1/3), Ngày hội việc làm (10/3)"."""
    anchors = [time for time in times if is_anchor(time)]
    if len(anchors) < 2:
        return [Piece(start, end, tuple(times))]
    leads = not wording.EVENT.search(words, start, anchors[0].start)
    cuts = [start]
    for before, time in pairwise(anchors):
        between = words[before.end : time.start]
        if _tells_another(between) and not wording.is_stage(between):
            cuts.append(time.start if leads else _cut_behind(words, before.end, time.start))
    cuts.append(end)
    places = [_without_and(words, *place) for cut in pairwise(cuts) if (place := trimmed(words, *cut))]
    return [Piece(*place, tuple(some)) for place, some in zip(places, _inside(places, times), strict=True)]


def _tells_another(between: str) -> bool:
    """Whether the words between two times name another activity for the second: "(10/3) và Ngày hội đọc sách (…"."""
    named = _ANOTHER_IN_BRACKETS.fullmatch(between) if len(between) <= _LONGEST_BETWEEN else None
    if named and wording.EVENT.match(named["name"]) and len(named["name"].split()) >= _SHORTEST_NAME:
        return True
    return bool(wording.OTHER_EVENT.search(between)) and not wording.PEAK.search(between)


def is_anchor(time: Time) -> bool:
    """Whether a time can be an activity's own: a time of doing, finer than a year."""
    return time.role is Role.DOING and time.precision is not Precision.YEAR


def _cut_behind(words: str, at: int, limit: int) -> int:
    """Return the place behind a time, its closing bracket and the comma after it."""
    while at < limit and words[at] in " )],;.-:":
        at += 1
    return at


def _without_and(words: str, start: int, end: int) -> tuple[int, int]:
    return (start + 3, end) if words.startswith("va ", start) and start + 3 < end else (start, end)
