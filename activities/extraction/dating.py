"""Which times hold for a place of the document: the year, and the month or quarter of the headings above it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from plans.outline.shapes import Block, Outline, Role
from plans.vietnamese.time_spans import Calendar
from plans.vietnamese.times import Precision, Span, Time, times_in

from . import wording

_YEAR_SAID = re.compile(r"(?<![a-z])nam\s+(20\d\d)(?!\d)")
# What may stand before the time in a heading that is a time: "Các hoạt động trong tháng 3", "Đợt 1 (tháng 1 - 3)".
_BEFORE_TIME = re.compile(
    r"(?:\W|\d|\b(?:cac|hoat|dong|cong|tac|trong|chuong|trinh|nhiem|vu|tam|noi|dung|ke|hoach|chu|diem|dot|giai|doan|lich"
    r"|cu|the|cao|thuc|hien|cua|mot|so|trien|khai|thoi|gian|du|kien|tai|he|dip|tuan|tu|i|ii|iii|iv|v|vi)\b)*"
)
_SCHOOL_OPENS = 7


@dataclass(frozen=True, slots=True)
class Period:
    """The time of a heading and where it stands."""

    windows: tuple[Span, ...]
    place: tuple[int, int]
    precision: Precision

    @property
    def is_day(self) -> bool:
        return self.precision is Precision.DAY

    @property
    def month(self) -> int | None:
        return self.windows[0].starts_on.month if self.precision is Precision.MONTH else None


class Dating:
    """Times in a document, completed by its year and its headings."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._lines: dict[int | None, Period] = {}
        self._years: dict[int, int | None] = {}
        self._periods: dict[int, Period | None] = {}

    @cached_property
    def year(self) -> int | None:
        """The plan's year: the first of its term; for a term of many years, the year of the document."""
        head = self.outline.head
        if head.starts_on and head.ends_on and head.ends_on.year - head.starts_on.year > 1 and head.dated:
            return head.dated.year
        return head.year or (head.dated.year if head.dated else None)

    @cached_property
    def opens(self) -> int:
        """The month in which the plan's year begins: 9 for a school year, so that March is the year after."""
        head = self.outline.head
        if head.starts_on and head.ends_on and head.ends_on.year == head.starts_on.year + 1:
            return head.starts_on.month if head.starts_on.month >= _SCHOOL_OPENS else 1
        return 1

    def times(self, start: int, end: int, *, section: int | None, month: int | None = None) -> list[Time]:
        """Return the times between two places of the document, with places in it."""
        words = self.outline.bare_text[start:end].replace("\n", " ").replace("\r", " ")
        return self.times_of(words, start=start, section=section, month=month)

    def times_of(self, words: str, *, start: int, section: int | None, month: int | None = None) -> list[Time]:
        """Return the times of bare words that stand at ``start``; ``month`` completes "ngày 15" under "Tháng 3"."""
        found = times_in(words, year=self.year_for(section), opens=self.opens, month=month)
        return [time.moved(start) for time in found]

    def year_for(self, section: int | None) -> int | None:
        """The year of a section: said in a heading above it and near the plan's, else the plan's."""
        unknown = []
        while section is not None and section not in self._years:
            unknown.append(section)
            section = self.outline.sections[section].parent
        year = self._years[section] if section is not None else self.year
        for below in reversed(unknown):
            year = self._years[below] = self._year_said(below) or year
        return year

    def year_of(self, month: int, section: int | None) -> int | None:
        """The year in which a month lies of which the words do not say the year; null where none is known."""
        return Calendar(year=self.year_for(section), opens=self.opens).year_of(month)

    def _year_said(self, section: int) -> int | None:
        if self.year is None or self.opens != 1:
            return None
        own = self.outline.sections[section]
        if own.heading and own.own_end < own.end:
            said = {int(year) for year in _YEAR_SAID.findall(self.outline.bare_text[own.start : own.start + 200])}
            if len(said) == 1 and 0 < abs(min(said) - self.year) <= 1:
                return min(said)
        return None

    # The time of the heading above.

    def period_of_words(self, words: str, *, start: int, section: int | None) -> Period | None:
        """Return the time that a short line is, and nothing else besides: "Tháng 3:", "QUÝ I"."""
        return self._period_of(words, start=start, section=section, whole=True) if len(words) <= 80 else None

    def hear(self, block: Block) -> bool:
        """Take a plain line that is nothing but a time as the heading of what follows. True if it is one."""
        section = block.section
        period = self.period_of_words(self.outline.readable(block), start=block.start, section=section)
        if period:
            self._lines[section] = period
        return period is not None

    def period(self, section: int | None) -> Period | None:
        """Return the time of the nearest heading above that is a time, null for none."""
        if section in self._lines:
            return self._lines[section]
        for above in self._chain(section):
            found = self.period_of_heading(above)
            if found:
                return found
        return None

    def _chain(self, section: int | None) -> Iterable[int]:
        while section is not None:
            yield section
            section = self.outline.sections[section].parent

    def period_of_heading(self, index: int) -> Period | None:
        if index not in self._periods:
            section = self.outline.sections[index]
            block = self._first_blocks.get(index)
            below = section.own_end < section.end or (block is not None and block.end < section.end - 1)
            found = None
            if block is not None and below and block.role is not Role.ROW:
                words = self.outline.readable(block)
                found = self._period_of(words, start=block.start, section=section.parent, whole=False)
            self._periods[index] = found
        return self._periods[index]

    @cached_property
    def _first_blocks(self) -> dict[int, Block]:
        first: dict[int, Block] = {}
        for block in self.outline.blocks:
            if block.section is not None and block.role in (Role.HEADING, Role.TEXT):
                first.setdefault(block.section, block)
        return first

    def _period_of(self, words: str, *, start: int, section: int | None, whole: bool) -> Period | None:
        """Return the time that a heading is, not one that it merely mentions."""
        words = words[:200]
        times = [time for time in times_in(words, year=self.year_for(section), opens=self.opens) if time.windows]
        if not times or (times[0].precision is Precision.DAY and times[0].is_reference):
            return None
        first = times[0]
        if not _BEFORE_TIME.fullmatch(words[: first.start]):
            return None
        rest = words[first.end :].strip(" :.*_)-(")
        if first.precision is Precision.YEAR and (rest or not _is_all_year(words, first)):
            return None
        if rest and (whole or not _goes_on_as_heading(words[first.end :])):
            return None
        return Period(first.windows, (start + first.start, start + first.end), first.precision)


def _is_all_year(words: str, time: Time) -> bool:
    """ "* Cả năm:", "Các hoạt động thường xuyên"; "Hoạt động trong năm 2024" only names the plan's year."""
    alone = not any(letter.isalpha() for letter in words[: time.start])
    return (alone and not time.years) or "thuong xuyen" in words[time.start : time.end]


def _goes_on_as_heading(rest: str) -> bool:
    """ "Tháng 9: Truyền thống nhà trường", "Tháng 3 (26 ngày)": a topic, not an event's sentence."""
    return not wording.OPENS_EVENT.match(rest.strip(" :.*_)-(\"'")) or rest.rstrip(" *_").endswith(":")
