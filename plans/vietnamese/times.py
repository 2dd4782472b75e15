"""Dates and spans in Vietnamese: which times a text names, what days they mean, and which are no times of doing.

Input is bare text (``plans.vietnamese.letters``); offsets are into it. How one date is written is
``plans.vietnamese.time_tokens``, several together ``time_groups``, the days they mean ``time_spans``; which are
anniversaries, awards and references is ``time_roles``. Nothing here knows of documents, sections or activities.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .time_groups import Group
from .time_roles import Role, role_of
from .time_spans import Calendar, Precision, Span, precision_of, windows_of
from .time_tokens import Tape
from .time_words import OPENINGS, WEEKDAY_WORDS

__all__ = ["Bound", "Precision", "Role", "Span", "Time", "times_in"]

# Words that lead up to a date and belong to its phrase.
_LEADS = frozenset(
    {"ngay", "cac", "trong", "vao", "tu", "khoang", "du", "kien", "truoc", "den", "toi", "het", "sang", "chieu", "trua"}
    | {"buoi", "luc", "cham", "nhat", "muon", "la", "sau", "hoi", "thoi", "gian", "diem"}
)

_LATEST = frozenset({"cham", "muon"})  # "chậm nhất", "muộn nhất"; "chấm" is a jury's work
# Before a day these make it the last one: "hạn cuối là 20/5", "hạn nộp: 20/5".
_DEADLINES = frozenset({("han", "cuoi"), ("han", "chot"), ("han", "nop"), ("thoi", "han"), ("han", "cung")})

# Marks that may stand within what leads up: "7 giờ 30, ngày …", "thứ bảy (ngày …)".
_MARKS = frozenset({",", "-", ":", "(", ")"})
_STARTS = _LEADS | OPENINGS | {"chu", "thu", "cn"}
_LEADS_TO_NOTHING = frozenset({"thoi", "gian", "diem", "sau", "nhat", "la", "hoi", "cac", ",", ":", "-", "(", ")"})
_VERB_WORDS = frozenset({"to", "chuc", "dien", "ra", "thuc", "hien", "trien", "khai", "hoan", "thanh", "duoc", "se"})


class Bound(StrEnum):
    """What the words say of the span."""

    WITHIN = "within"
    BY = "by"  # "trước ngày …", "chậm nhất …", "đến hết …": by its end
    SINCE = "since"  # "từ tháng 3" without an end


@dataclass(frozen=True, slots=True)
class Time:
    """One phrase of time; ``start``/``end`` are its place with the words that lead up to it ("Dự kiến tháng 3/2024").

    ``windows`` is empty where the year is unknown or ``impossible`` (31/2) or ``backwards`` (a span that ends before it
    begins: "từ 20/3 đến 12/3"). ``years`` are those that are written.
    ``repeats`` is "month", "quarter" or "week" for "hằng tháng" and the like, else blank.
    """

    start: int
    end: int
    windows: tuple[Span, ...]
    role: Role = Role.DOING
    tentative: bool = False
    bound: Bound = Bound.WITHIN
    precision: Precision = Precision.DAY
    years: tuple[int, ...] = ()
    repeats: str = ""
    impossible: bool = False
    backwards: bool = False
    before: bool = False  # "trước …", not "đến hết …"

    @property
    def is_reference(self) -> bool:
        """Whether it is no time of doing: an anniversary, an award's name, the date of a decree."""
        return self.role is not Role.DOING

    @property
    def starts_on(self) -> date | None:
        return self.windows[0].starts_on if self.windows else None

    @property
    def ends_on(self) -> date | None:
        return max((window.ends_on for window in self.windows), default=None)

    @property
    def due_on(self) -> date | None:
        """The last day that fulfils it: 15/10 for "trước ngày 15/10", 31/5 for "trước tháng 6", 30/6 for "Quý II"."""
        if self.bound is Bound.BY and self.windows and self.precision is not Precision.DAY and self.before:
            return self.windows[0].starts_on - timedelta(days=1)
        return self.ends_on

    def moved(self, offset: int) -> "Time":
        """The same time in a text in which its words stand ``offset`` further on."""
        return Time(
            start=self.start + offset,
            end=self.end + offset,
            windows=self.windows,
            role=self.role,
            tentative=self.tentative,
            bound=self.bound,
            precision=self.precision,
            years=self.years,
            repeats=self.repeats,
            impossible=self.impossible,
            backwards=self.backwards,
            before=self.before,
        )


def times_in(words: str, *, year: int | None, opens: int = 1, month: int | None = None) -> list[Time]:
    """Return the times that a bare text names, in order, not overlapping.

    ``year`` is the year of dates without one (null: they get no windows); ``opens`` is the month in which it begins
    (9 for a school year: then January is the year after). ``month`` completes "ngày 15" under a month's heading.
    Linear in the length; never raises.
    """
    tape = Tape(words)
    calendar = Calendar(year=year, opens=opens)
    found: list[Time] = []
    at = lead = 0
    while at < tape.size:
        word = tape.texts[at]
        if word not in _STARTS and not word.isdecimal() and (lead == at or word not in _MARKS):
            at = lead = at + 1
            continue
        group, after = Group.read(tape, at, month=month)
        if group:
            found.append(_time_of(tape, lead=lead, at=at, group=group, calendar=calendar))
            at = lead = after
            continue
        step = _past_lead(tape, at, running=lead < at)
        if step == at or after > step:
            at = lead = max(after, at + 1)
        else:
            at = step
    return found


def _past_lead(tape: Tape, at: int, *, running: bool) -> int:
    """Return the place behind an hour, a weekday or a word that leads up to a date; the same place for none."""
    for step in (tape.past_hours(at), tape.past_weekday(at)):
        if step > at:
            return step
    word = tape.word(at)
    if word in _LATEST and tape.word(at + 1) != "nhat":
        return at
    if word in _LEADS or (running and word in _MARKS and _after_hour(tape, at)):
        return at + 1
    return at


def _after_hour(tape: Tape, at: int) -> bool:
    """Whether a mark stands behind an hour or a weekday: "7 giờ 30, ngày …", "thứ bảy (ngày …)"."""
    before = tape.word(at - 1)
    if before in ("gio", "h", "g", "phut", "p", "nhat", "cn", "kien", "gian", ",", ")") or tape.word(at) == ")":
        return True
    return before.isdecimal() or (before in WEEKDAY_WORDS and tape.word(at - 2) == "thu")


def _time_of(tape: Tape, *, lead: int, at: int, group: Group, calendar: Calendar) -> Time:
    lead = _trim(tape, lead, at)
    led = tuple(tape.texts[lead:at])
    windows, impossible = windows_of(group, calendar)
    backwards = group.runs_backwards
    place = (tape.starts[lead], tape.ends[group.after - 1])
    bound = Bound.BY if _is_deadline(tape, lead, at, group) else _bound_of(led, group)
    return Time(
        start=place[0],
        end=place[1],
        windows=() if backwards else tuple(windows),
        role=role_of(tape, first=lead, at=at, atoms=group.atoms, ranges=group.ranges, year=calendar.year),
        tentative=_hedged(led) or _hedged(tape.words(group.after, 3)[1:]) or _planned_before(tape, lead),
        bound=bound,
        precision=precision_of(group, windows),
        years=tuple(sorted({atom.year for atom in group.atoms if atom.year})),
        repeats=group.atoms[0].repeats if group.atoms[0].repeats != "school" else "",
        impossible=impossible,
        backwards=backwards,
        before="truoc" in led,
    )


def _trim(tape: Tape, lead: int, at: int) -> int:
    """Drop from the front what leads to nothing: "thời gian", marks, "sau"."""
    while lead < at and tape.word(lead) in _LEADS_TO_NOTHING:
        lead += 1
    return lead


def _hedged(words: tuple[str, ...]) -> bool:
    return "khoang" in words or ("du" in words and "kien" in words[words.index("du") + 1 :])


def _planned_before(tape: Tape, lead: int) -> bool:
    """ "Dự kiến tổ chức vào ngày …": only the verb between."""
    at = lead
    while lead - at < 4 and tape.word(at - 1) in _VERB_WORDS:
        at -= 1
    return at < lead and tape.words(at - 2, 2) == ("du", "kien") and at >= 2


def _is_deadline(tape: Tape, lead: int, at: int, group: Group) -> bool:
    """ "Hạn cuối là 17 giờ ngày 20/5"; a span behind "thời hạn" is when it is done."""
    if any(group.ranges):
        return False
    return any(tape.words(place, 2) in _DEADLINES for place in range(max(lead - 4, 0), at))


def _bound_of(led: tuple[str, ...], group: Group) -> Bound:
    if "truoc" in led or "cham" in led or "muon" in led or "het" in led:
        return Bound.BY
    if led[-1:] == ("den",) or led[-2:] == ("den", "ngay"):
        return Bound.BY
    if led[-1:] == ("tu",) or led[-2:] == ("tu", "ngay"):
        return Bound.WITHIN if any(group.ranges) else Bound.SINCE
    return Bound.WITHIN
