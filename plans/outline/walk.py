"""The walk down a document's lines: which of them are head, heading, text, row or foot, and which section each is in.

What comes out are drafts in numbers of lines; ``sections`` makes the outline's sections and blocks of them.
"""

import re
from dataclasses import dataclass, field, replace

from plans.outline.columns import Row
from plans.outline.head import Opening, opening_at, opens_head, untitled_at
from plans.outline.joining import breaks_off, completes, goes_on, is_heading, quotes
from plans.outline.lines import Line, page_width
from plans.outline.markers import SIGNS, Marker, Style, markers_at
from plans.outline.nesting import Nesting, Place, starts
from plans.outline.shapes import Role
from plans.outline.tables import rows_of
from plans.outline.tail import Foot, begins_foot, foot_at

_CLOSING = re.compile(r"(?:tren day la|tren co so (?:ke hoach|chuong trinh) nay)\b")
_MOST_LATER_HEAD_LINES = 10
_LONGEST_LOOK_AHEAD = 6
_LONGEST_LEAD = 70
_LONGEST_BOLD = 220


@dataclass
class Draft:
    """Lines ``first`` to ``last`` are one block. ``after`` is where its own words begin in its first line's words."""

    role: Role
    first: int
    last: int
    section: int | None = None
    after: int = 0
    row: Row | None = None


@dataclass
class Part:
    """A section in the making. ``heading_block`` is its heading's draft, ``run`` changes where numbers begin anew."""

    marker: Marker
    first: int
    parent: int | None
    depth: int
    block: Draft
    run: int = 0
    opening: Opening | None = None
    words: str = ""
    told: bool = False


@dataclass
class Walk:
    """All that was found on the way down."""

    lines: list[Line]
    drafts: list[Draft] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    feet: list[Foot] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)

    @property
    def beginning(self) -> str:
        """The bare words of the first lines: where the year stands if neither title nor date has one."""
        return " ".join(line.bare for line in self.lines[:60])[:4000]


def walk(text: str, lines: list[Line]) -> Walk:
    """Go down the lines once."""
    walker = _Walker(Walk(lines))
    walker.run()
    return walker.read


class _Walker:
    def __init__(self, read: Walk) -> None:
        self.read = read
        self.lines = read.lines
        self.nesting = Nesting()
        self.width = page_width(self.lines)
        self.current: Draft | None = None
        self.above: list[int] = []  # the part of the text (annex) that sections stand in
        self.runs: dict[tuple[int | None, tuple[Style, str]], int] = {}
        self.after_tail = False
        self.rows: dict[int, Row] = {}
        self.markers: dict[int, list[Marker]] = {}
        self.feet: set[int] = set()
        self.heads: set[int] = set()
        self.table_height: int | None = None

    def run(self) -> None:
        index = self._main_head()
        self.feet = {at for at in range(index, len(self.lines)) if begins_foot(self.lines[at])}
        self.heads = {at for at in range(index, len(self.lines)) if opens_head(self.lines[at], after_foot=False)}
        self.rows = {row.first: row for row in rows_of(self.lines, first=index, stops=self.feet | self.heads)}
        while index < len(self.lines):
            index = self._step(index)
        self._close(down_to=0, at=len(self.lines))

    def _main_head(self) -> int:
        """Take the first head of the text, with what a web page puts before it; return the line after it."""
        written = [at for at, line in enumerate(self.lines[:200]) if not line.empty and not line.rule][:25]
        for at in written:
            if any(marker.style is Style.ROMAN for marker in markers_at(self.lines[at])):
                break
            if opening := opening_at(self.lines, at):
                return self._take_main(opening, written[0])
        for at in written[:6]:
            if opening := untitled_at(self.lines, at):
                return self._take_main(opening, written[0])
        return 0

    def _take_main(self, opening: Opening, first: int) -> int:
        if opening.annex or opening.kind == "Lịch":
            self._open_part(opening, first)
        self._take_head(opening, first=first)
        return opening.last + 1

    def _take_head(self, opening: Opening, *, first: int) -> None:
        self.read.openings.append(opening)
        if opening.title > first:
            self.read.drafts.append(Draft(Role.HEAD, first, min(opening.title - 1, opening.last), self._section()))
        if opening.last >= opening.title:
            self.read.drafts.append(Draft(Role.TITLE, opening.title, opening.last, self._section()))
        self.current = None

    def _section(self) -> int | None:
        if self.nesting.stack:
            return self.nesting.stack[-1].index
        return self.above[-1] if self.above else None

    def _step(self, index: int) -> int:
        line = self.lines[index]
        if index in self.rows:
            return self._take_row(self.rows[index])
        if line.empty or line.rule:
            return index + 1
        opens = index in self.heads or (self.after_tail and opens_head(line, after_foot=True))
        if opens and (after := self._next_document(index)):
            return after
        if index in self.feet:
            return self._take_foot(index)
        self.after_tail = False
        self._leave_table(index)
        self._take_line(index)
        return index + 1

    def _next_document(self, index: int) -> int | None:
        opening = opening_at(self.lines, index, most=_MOST_LATER_HEAD_LINES)
        if opening is None:
            return None
        if opening.title > opening.last and not self.after_tail:
            self.heads.difference_update(range(index, opening.last + 1))  # no head after all: not to be read again
            return None
        self._close(down_to=0, at=index)
        self._end_part(index)
        if opening.last >= opening.title:
            self._open_part(opening, index)
        self._take_head(opening, first=index)
        self.after_tail = False
        return opening.last + 1

    def _open_part(self, opening: Opening, first: int) -> None:
        name = opening.annex
        marker = Marker(Style.PART, name, (), 0, "annex")
        draft = Draft(Role.TITLE, opening.title, opening.last)
        self.above = [len(self.read.parts)]
        self.read.parts.append(Part(marker, first, None, 0, draft, opening=opening, told=True))

    def _end_part(self, at: int) -> None:
        for index in self.above:
            self.read.ends[index] = at
        self.above = []

    def _take_foot(self, index: int) -> int:
        self._close(down_to=0, at=index)
        self._end_part(index)
        ends = frozenset(
            at
            for at in range(index, min(len(self.lines), index + 70))
            if opens_head(self.lines[at], after_foot=True) and not self._signed(at)
        )
        foot = foot_at(self.lines, index, ends=ends)
        self.read.feet.append(foot)
        for at, role in foot.roles:
            last = self.read.drafts[-1] if self.read.drafts else None
            if last is not None and last.role is role and last.first >= index:
                last.last = at
            else:
                self.read.drafts.append(Draft(role, at, at))
        self.current, self.after_tail = None, True
        return foot.last + 1

    def _signed(self, index: int) -> bool:
        """Tell whether a line of place and date belongs to the signature below it."""
        following = next((line for line in self.lines[index + 1 : index + 4] if not line.empty), None)
        return following is not None and begins_foot(following)

    def _take_row(self, row: Row) -> int:
        self.current, self.after_tail = None, False
        if self.table_height is None:
            self.table_height = len(self.nesting.stack)
        group = self._group(row)
        if group is not None:
            self._open(group, row.first, heading=True)
            self.read.drafts[-1].last = row.last
            self.current = None
        else:
            role = Role.TABLE_HEAD if row.head else Role.ROW
            self.read.drafts.append(Draft(role, row.first, row.last, self._section(), row=row))
        return row.last + 1

    def _group(self, row: Row) -> Place | None:
        """Return where a row goes that is a heading inside its table ("Quý I", "A. Cấp tỉnh")."""
        marker = self._group_marker(row) if row.group else None
        if marker is None:
            return None
        place = self.nesting.place([marker], heading=True, broken=False)
        return place if place is None or place.height >= (self.table_height or 0) else None

    def _group_marker(self, row: Row) -> Marker | None:
        line, (start, end, column) = self.lines[row.first], row.cells[-1]
        words, at = line.words[start - line.left : end - line.left], start - line.left
        if len(words) > 120:
            return None
        cell = Line(start, end, start, end, words, line.bare[at : end - line.left])
        number = line.words[:at].strip(" .)/|\t")
        readings = [*markers_at(cell), *markers_at(Line(0, 0, 0, 0, number + ". X", number.lower() + ". x"))]
        for marker in readings:
            if marker.style is Style.PERIOD or (marker.style in {Style.ROMAN, Style.LETTER} and not marker.cost):
                return replace(marker, after=at + marker.after if marker in markers_at(cell) else at)
        return Marker(Style.BOLD, number, (), at, "row") if words.isupper() and column != "stt" else None

    def _leave_table(self, index: int) -> None:
        if self.table_height is not None:
            self._close(down_to=self.table_height, at=index)
            self.table_height = None

    def _take_line(self, index: int) -> None:
        line = self.lines[index]
        before = self.current
        last = self.lines[before.last] if before else None
        gap = self._gap(before.last, index) if before else 0
        broken = last is not None and breaks_off(last, gap=gap, width=self.width)
        spans = last is not None and gap == 0 and completes(last, line)
        place = (
            None if spans else self._place(index, broken=broken, quoting=broken and last is not None and quotes(last))
        )
        if place is not None:
            self._open(place, index, heading=self._looks_like_heading(index))
        elif before is not None and last is not None and self._joins(before, last, line, gap):
            before.last = index
        elif _CLOSING.match(line.bare):
            self._close(down_to=0, at=index)
            self._text(index)
        elif (heading := self._unnumbered(index, broken=broken)) is not None:
            self._open(heading, index, heading=True)
        else:
            self._text(index)

    def _gap(self, last: int, index: int) -> int:
        """Return how many lines lie between two; none where a page ends there, as far as they are joined."""
        between = self.lines[last + 1 : index]
        return sum(1 for line in between if not line.loose) if not any(line.loose for line in between) else 0

    def _joins(self, before: Draft, last: Line, line: Line, gap: int) -> bool:
        if before.role is Role.HEADING and before.first == before.last and before.after >= len(last.words):
            return True  # "Phần thứ nhất" alone: its words stand on the next line
        return goes_on(last, line, gap=gap, width=self.width)

    def _place(self, index: int, *, broken: bool, quoting: bool) -> Place | None:
        line = self.lines[index]
        readings = self._readings(index)
        if broken:
            readings = [marker for marker in readings if not quoting and self._survives_break(marker, line)]
        if not readings:
            return None
        return self.nesting.place(readings, heading=self._looks_like_heading(index), broken=broken)

    def _readings(self, index: int) -> list[Marker]:
        if index not in self.markers:
            self.markers[index] = markers_at(self.lines[index])
        return self.markers[index]

    def _following(self, index: int, most: int) -> int | None:
        """Return the next line with words, within ``most`` lines."""
        return next(
            (at for at in range(index + 1, min(len(self.lines), index + most)) if not self.lines[at].empty), None
        )

    def _looks_like_heading(self, index: int) -> bool:
        last, length = self._paragraph(index)
        sign = any(marker.style in SIGNS for marker in self._readings(index))
        following = self._following(last, 8)
        opens = following is not None and (not (readings := self._readings(following)) or any(map(starts, readings)))
        return is_heading(self.lines[index], self.lines[last], length=length, opens=opens and not sign)

    def _paragraph(self, index: int) -> tuple[int, int]:
        """Return the last line of the paragraph that begins with a line, as far as one looks ahead, and its length."""
        last, length = index, len(self.lines[index].words)
        for _ in range(_LONGEST_LOOK_AHEAD):
            following = last + 1
            if following >= len(self.lines) or self.lines[following].empty or self._readings(following):
                break
            if not goes_on(self.lines[last], self.lines[following], gap=0, width=self.width):
                break
            last, length = following, length + len(self.lines[following].words)
        return last, length

    @staticmethod
    def _survives_break(marker: Marker, line: Line) -> bool:
        following = line.words[marker.after : marker.after + 1]
        if marker.style is Style.PERIOD:
            return line.bold or line.words.isupper()
        return marker.style not in SIGNS or following.isupper()

    def _unnumbered(self, index: int, *, broken: bool) -> Place | None:
        """Return the place of a heading without number: bold, in capitals, or a short line that opens a list."""
        line = self.lines[index]
        words = line.words.rstrip()
        if len(words) > _LONGEST_BOLD or words.endswith((".", ";", ",")) or not any(map(str.isalpha, words)):
            return None
        if line.bold or (words.isupper() and len(words) >= 6):
            marker = Marker(Style.BOLD, "", (), 0, "bold" if line.bold else "capitals")
        elif (
            not broken
            and words.endswith(":")
            and len(words) <= _LONGEST_LEAD
            and words[0].isupper()
            and self._opens_list(index)
        ):
            marker = Marker(Style.LEAD, "", (), 0)
        else:
            return None
        return self.nesting.place([marker], heading=True, broken=False)

    def _opens_list(self, index: int) -> bool:
        following = self._following(index, 4)
        return following is not None and bool(self._readings(following))

    def _text(self, index: int) -> None:
        if self.nesting.stack:
            self.nesting.stack[-1].bare = False
        self.current = Draft(Role.TEXT, index, index, self._section())
        self.read.drafts.append(self.current)

    def _open(self, place: Place, index: int, *, heading: bool) -> None:
        self._close(down_to=place.height, at=index)
        parent = self._section()
        number = len(self.read.parts)
        key = (parent, place.marker.family)
        if place.restarts:
            self.runs[key] = self.runs.get(key, 0) + 1
        self.current = Draft(Role.HEADING, index, index, number, after=place.marker.after)
        self.read.drafts.append(self.current)
        depth = len(self.nesting.stack) + len(self.above)
        self.read.parts.append(Part(place.marker, index, parent, depth, self.current, run=self.runs.get(key, 0)))
        self.nesting.open(place, index=number, heading=heading)

    def _close(self, *, down_to: int, at: int) -> None:
        for level in self.nesting.stack[down_to:]:
            self.read.ends[level.index] = at
        self.nesting.close(down_to=down_to)
        if down_to == 0 and at == len(self.lines):
            self._end_part(at)
