"""Duties to send something in by a day: reports, registrations, lists. Kept apart from targets and activities.

Pure: an outline in, duties out. "gửi báo cáo về Ban Thường vụ trước ngày 25/11/2024" is one with a day, "trước ngày 20
hằng tháng" one that comes again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plans.outline.shapes import Block, Contradiction, Nature, Outline, Role
from plans.vietnamese.clauses import segments, trimmed
from plans.vietnamese.times import Bound, Precision, Time, times_in

_SENT = re.compile(
    r"\b(?:bao cao(?! vien)|gui|nop|dang ky|tong hop|danh sach|ho so|de cuong|phieu|bien ban|ke hoach"
    r"|chuong trinh cong tac)\b"
)
_SENDS = re.compile(r"\b(?:gui|nop|bao cao(?! vien)|dang ky|chuyen)\b")
_LIMITED = re.compile(r"\b(?:han|thoi han|cham nhat|muon nhat|truoc|den het|khong qua)\b")
_ROUND = {"thang": "monthly", "quy": "quarterly", "tuan": "weekly", "nam": "yearly"}
_LED = r"(?:(?:truoc|cham nhat|muon nhat|vao|tu|den)\s+){0,3}"
_EVERY = r"(?:hang|moi|dinh ky)\s+(?:hang\s+)?"
_ROUNDS = r"(?:thang|quy|tuan|nam)\b"
_RECURRING = re.compile(
    rf"{_LED}(?:cac\s+)?(?:ngay\s+)?(?<![\d/.-])(?P<day>\d{{1,2}})\s+(?:cua\s+)?{_EVERY}(?P<round>{_ROUNDS})"
    rf"|{_LED}ngay\s+(?P<last>\d{{1,2}})\s+(?:cua\s+)?thang\s+cuoi\s+(?:cua\s+)?(?:moi\s+|hang\s+)?quy\b"
    rf"|{_EVERY}(?P<only>{_ROUNDS})[^.;]{{0,60}}?\b(?:truoc|cham nhat|vao)\s+ngay\s+(?P<then>\d{{1,2}})"
    r"(?!\s*[/.-]?\s*\d)(?!\s*thang)"
    rf"|{_LED}(?:thu\s+[a-z0-9]+|chu\s+nhat)\s+(?:hang|moi)\s+(?P<week>tuan)\b"
)
_EVERY_YEAR = re.compile(r"\s*(?:hang|moi)\s+nam\b")
_LATE_IN_YEAR = 150  # days: a date without year in a paper of December is meant for the next year


@dataclass(frozen=True)
class Duty:
    """Something to be sent in. ``due_on`` is its last day; null where it recurs.

    ``recurring`` is "monthly:20", "quarterly:15" (a day of the quarter's last month), "yearly:15/6" or "weekly".
    """

    start: int
    end: int
    due_on: date | None
    recurring: str | None = None


def read_duties(outline: Outline) -> tuple[Duty, ...]:
    """Return the duties of a document in order. Never raises; results of the past hold none."""
    found: list[Duty] = []
    for block in outline.blocks:
        if block.role in (Role.HEADING, Role.TEXT, Role.ROW) and not _is_past(outline, block):
            found.extend(_duties_of(outline, block))
    return tuple(found)


def duty_contradictions(outline: Outline, duties: Sequence[Duty]) -> tuple[Contradiction, ...]:
    """Return the deadlines that had passed when the document was dated."""
    dated = outline.head.dated
    if dated is None:
        return ()
    return tuple(
        Contradiction(
            "due_before_document",
            outline.text[duty.start : duty.end],
            duty.start,
            duty.end,
            f"Hạn {_day(duty.due_on)} trước ngày ban hành văn bản ({_day(dated)}).",
        )
        for duty in duties
        if duty.due_on is not None and duty.due_on < dated
    )


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _is_past(outline: Outline, block: Block) -> bool:
    return block.section is not None and outline.sections[block.section].nature is Nature.REVIEW


def _duties_of(outline: Outline, block: Block) -> Iterator[Duty]:
    words = outline.readable(block)
    if not _SENT.search(words):
        return
    text = outline.text[block.start : block.end]
    before: tuple[int, int] | None = None
    for place in segments(words, text, start=0):
        said = words[place[0] : place[1]]
        about = place if _SENT.search(said) else _joined(words, before, place)
        before = place
        if about is None:
            continue
        for limit in _limits(outline, words, place, sends=about != place):
            start = about[0] if about != place else limit.start
            yield Duty(block.start + start, block.start + limit.end, limit.due_on, limit.recurring)


def _joined(words: str, before: tuple[int, int] | None, place: tuple[int, int]) -> tuple[int, int] | None:
    """ "Gửi báo cáo về Văn phòng. Thời hạn: trước ngày 15/3": the limit belongs to the sentence before."""
    if before is None or not _SENDS.search(words, *before) or not _LIMITED.search(words, place[0], place[0] + 40):
        return None
    return before[0], place[1]


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit's place in its sentence, and its day or round."""

    start: int
    end: int
    due_on: date | None
    recurring: str | None


def _limits(outline: Outline, words: str, place: tuple[int, int], *, sends: bool) -> list[_Limit]:
    """Return the limits in a sentence, each from the one before on. ``sends``: it is known to be about sending."""
    start, end = place
    said = words[start:end]
    rounds = [_Limit(match.start(), match.end(), None, _round_of(match)) for match in _RECURRING.finditer(said)]
    found = sorted([*rounds, *_days(outline, said, rounds, sends=sends)], key=lambda one: one.start)
    limits, begin = [], 0
    for at, limit in enumerate(found):
        following = found[at + 1].start if at + 1 < len(found) else len(said)
        leads = not _SENT.search(said, begin, limit.start) and not sends
        own = trimmed(said, begin, following if leads else limit.end)
        if own:
            limits.append(replace(limit, start=start + own[0], end=start + own[1]))
        begin = following if leads else limit.end
    return limits


def _days(outline: Outline, said: str, rounds: list[_Limit], *, sends: bool) -> Iterator[_Limit]:
    covered = bytearray(len(said) + 1)
    for limit in rounds:
        covered[limit.start : limit.end] = b"\1" * (limit.end - limit.start)
    for time in times_in(said, year=_year(outline)):
        due_on = _due_on(outline, time)
        if due_on is None or any(covered[time.start : time.end]) or not _limits_sending(time, said, sends):
            continue
        every = _EVERY_YEAR.match(said, time.end)
        if every:
            yield _Limit(time.start, every.end(), None, f"yearly:{due_on.day}/{due_on.month}")
        else:
            yield _Limit(time.start, time.end, due_on, None)


def _limits_sending(time: Time, said: str, sends: bool) -> bool:
    """Whether a time is a limit for sending, not a time of doing or of what is reported on."""
    if not time.windows or time.repeats or time.precision is Precision.YEAR:
        return False
    if time.is_reference and time.bound is not Bound.BY:
        return False
    if time.bound is Bound.BY:
        return sends or bool(_SENT.search(said))
    plain = len(time.windows) == 1 and time.windows[0].starts_on == time.windows[0].ends_on
    if sends:
        return plain
    before = said[max(0, time.start - 60) : time.start]
    return (
        plain
        and bool(_SENDS.search(said, 0, time.start))
        and bool(_LIMITED.search(before) or re.search(r"\b(?:gui|nop)\b", before))
    )


def _round_of(match: re.Match[str]) -> str:
    day = match.group("day") or match.group("last") or match.group("then")
    kind = match.group("round") or match.group("only") or match.group("week") or "quy"
    return f"{_ROUND[kind]}:{int(day)}" if day else _ROUND[kind]


def _year(outline: Outline) -> int | None:
    head = outline.head
    return head.year or (head.dated.year if head.dated else None)


def _due_on(outline: Outline, time: Time) -> date | None:
    """Return the limit's day; without a written year the first such day after the document's date, if that is soon."""
    due_on, dated = time.due_on, outline.head.dated
    if due_on is None or time.years or dated is None or due_on >= dated:
        return due_on
    try:
        later = due_on.replace(year=due_on.year + 1)
    except ValueError:
        return due_on
    return later if 0 <= (later - dated).days <= _LATE_IN_YEAR else due_on
