"""Which of the times in an activity's words is its time of doing, and which contradict each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.vietnamese.times import Bound, Precision, Role, Span, Time

from .wording import is_stage

_PEAK = re.compile(r"(?:cao diem|trong tam|trong do)[a-z ,:]{0,12}$")

_ENDS = re.compile(r"(?:hoan thanh|ket thuc|be mac)\s*$")


@dataclass(frozen=True, slots=True)
class Choice:
    """The time of doing: its windows and place, whether it is tentative, and whether other times contradict it."""

    windows: tuple[Span, ...]
    place: tuple[int, int]
    tentative: bool = False
    several: bool = False


def chosen(times: Sequence[Time], *, bare: str, offset: int, calendar: bool) -> Choice | None:
    """Return the time of doing among the times of one activity, null for none.

    ``bare`` is the text around, ``offset`` where it begins (for brackets). In a calendar a day that is named, in
    brackets or with its year ("(26/3/2024)", "(3/2/1930 - 3/2/2024)"), stands in where there is no other time.
    """
    usable = [time for time in times if time.windows and time.role is Role.DOING]
    usable = [time for time in usable if not _is_peak(time, bare, offset)] or usable
    named = [time for time in times if _may_stand_in(time, bare, offset)]
    fine = [time for time in usable if time.precision is not Precision.YEAR]
    if not calendar and all(time.bound is Bound.BY for time in fine):
        return None
    if fine:
        return _merged(fine, named, bare=bare, offset=offset)
    if calendar and usable:
        return _of(usable[0])
    if calendar and named:
        return _of(named[-1])
    return None


def _is_peak(time: Time, bare: str, offset: int) -> bool:
    """ "từ tháng 6 đến tháng 8, cao điểm tháng 7": the second tells of a part of the first."""
    return bool(_PEAK.search(bare[max(time.start - offset - 25, 0) : time.start - offset]))


def _may_stand_in(time: Time, bare: str, offset: int) -> bool:
    if not time.windows or time.role is not Role.NAMED or time.precision is not Precision.DAY:
        return False
    before = bare[max(time.start - offset - 3, 0) : time.start - offset].rstrip()
    return bool(time.years) or before.endswith(("(", "[")) or _closes_an_item(time, bare, offset)


def _closes_an_item(time: Time, bare: str, offset: int) -> bool:
    """ "Gặp mặt cán bộ Đoàn tiêu biểu - 26/3": what is named before the dash takes place on the day behind it."""
    before, behind = bare[max(time.start - offset - 3, 0) : time.start - offset], bare[time.end - offset :][:40]
    return before.rstrip().endswith(("-", ",")) and before[-1:] == " " and not behind.strip(" .;,*_\n")


def _of(time: Time, *, several: bool = False) -> Choice:
    return Choice(time.windows, (time.start, time.end), time.tentative, several)


def _merged(times: list[Time], named: list[Time], *, bare: str, offset: int) -> Choice:
    """Make one of several: a first and a last one, days at several places; else the finer of nested ones."""
    first = times[0]
    if len(times) == 1:
        return _of(first, several=any(_clash(first, other) for other in named))
    if first.bound is Bound.SINCE and (times[1].bound is Bound.BY or _ends_it(times[1], bare, offset)):
        start, end = first.windows[0].starts_on, times[1].windows[-1].ends_on
        if start <= end:
            days = first.precision is times[1].precision is Precision.DAY
            span = Span(start, end, Precision.DAY if days else Precision.MONTHS)
            return Choice((span,), (first.start, times[1].end), first.tentative)
    within = [time for time in times if time.bound is not Bound.BY]
    if 0 < len(within) < len(times):
        return _merged(
            within, [], bare=bare, offset=offset
        )  # "trong quý II, hoàn thành trước 30/6": the first tells all
    tentative = any(time.tentative for time in times)
    if _are_rounds(times, bare, offset):
        windows = tuple(dict.fromkeys(window for time in times for window in time.windows))
        return Choice(windows, (first.start, times[-1].end), tentative)
    if all(time.precision is first.precision for time in times):
        windows = tuple(dict.fromkeys(window for time in times for window in time.windows))
        return Choice(windows, (first.start, times[-1].end), tentative)
    inner = [time for time in times if all(time is other or _inside(time, other) for other in times)]
    best = inner[0] if inner else times[-1]
    return Choice(best.windows, (best.start, best.end), tentative, several=not inner)


def _ends_it(time: Time, bare: str, offset: int) -> bool:
    """ "từ tháng 6, hoàn thành trong tháng 8"."""
    return bool(_ENDS.search(bare[max(time.start - offset - 20, 0) : time.start - offset]))


def _are_rounds(times: list[Time], bare: str, offset: int) -> bool:
    """ "Hội thi: vòng cơ sở trong tháng 5, vòng chung khảo ngày 20/6": each time is one round's."""
    between = (bare[before.end - offset : time.start - offset] for before, time in pairwise(times))
    return all(is_stage(words) for words in between)


def _inside(time: Time, other: Time) -> bool:
    outer = other.windows
    return outer[0].starts_on <= time.windows[0].starts_on and time.windows[-1].ends_on <= outer[-1].ends_on


def _clash(time: Time, named: Time) -> bool:
    """A day with its year beside another time: two times for one activity. An anniversary of old years is none."""
    return len(named.years) == 1 and named.windows[0] != time.windows[0]
