"""A text as lines: where each one's own words begin and end between spaces and mark-up, and what kind of line it is.

What the words mean (numbers of sections, heads, tables) is not looked at here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from plans.vietnamese.letters import bare

_LINE = re.compile(r"\n{3,}|[^\n]*\n|[^\n]+")
# Where a list lost its line breaks: "- Hội thi A. - Hội thi B; - …" holds an item at each sign behind a stop.
_SIGNED = re.compile(r"\s*(?P<sign>[-–+•])\s")
_NEXT_ITEM = re.compile(r"(?<=[.;]) +(?=(?P<sign>[-–+•]) +[\w“\"])")
_RULE = re.compile(r"[\s\\*\-_=~.·•+—–―#|:…]*")
_PAGE_NUMBER = re.compile(r"[\s\-–—|.]*(?:(?:trang|page)\s*)?(\d{1,3})(?:\s*(?:/|of|tren)\s*\d{1,3})?[\s\-–—|.]*")
_MARK_UP = re.compile(r"(?:\*{1,3}|_{2,3}|<(?:/?(?:b|i|u|strong|em)|br\s*/?)>|\\(?=[-+*.#_!()\[\]<>~|]))")
_SPACES = " \t\r\f\v\u00a0\u200b\ufeff\u3000"
_GAP = re.compile(r"\t[ \t]*|[ \u00a0]{3,}\t?[ ]*")
# A line that is written again is at least so long (letters) and stands so near (lines).
_SHORTEST_TWICE = 30
_TWICE_WITHIN = 4
# A line of a scanned page that is shorter than this says nothing about how wide the page's text runs.
_NARROWEST_PAGE = 40
_WIDEST_PAGE = 130
# No plan is that long: what comes after is left together as one line, so that no text takes long to read.
_MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``left`` and ``right`` bound its own words (equal where it has none); ``end`` is after its line break.

    ``bold`` says that mark-up makes the whole line bold or a heading, ``rule`` that it is drawn, not written,
    ``loose`` that it interrupts what runs around it (page number, running head), ``parting`` that it parts a head in
    bars from its rows ("|---|---|"). ``tabs`` counts those in front: in a table's row each is an empty cell.
    """

    start: int
    end: int
    left: int
    right: int
    words: str
    bare: str
    bold: bool = False
    rule: bool = False
    loose: bool = False
    parting: bool = False
    tabs: int = 0

    @property
    def blank(self) -> bool:
        return self.left == self.right and not self.rule

    @property
    def empty(self) -> bool:
        """Tell whether the line has no words that belong to the document's text."""
        return self.left == self.right or self.loose


def lines_of(text: str, *, pages: Sequence[int] = ()) -> list[Line]:
    """Return the lines of ``text``; together they cover it. ``pages`` are the offsets where pages begin."""
    places = list(islice(_places_in(text), _MOST_LINES))
    if places and places[-1][1] < len(text):
        places[-1] = (places[-1][0], len(text))
    lines = [_line(text, start, end) for start, end in places]
    return _with_loose_lines(lines, pages)


def _places_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines begin and end; one that holds several items of a list is a line for each of them."""
    for found in _LINE.finditer(text):
        start, end = found.span()
        signed = _SIGNED.match(text, start, end)
        for item in _NEXT_ITEM.finditer(text, signed.end(), end) if signed else ():
            if signed and item["sign"] == signed["sign"] and not text[item.end() + 2 : item.end() + 3].islower():
                yield start, item.end()
                start = item.end()
        yield start, end


def cells_of(line: Line) -> list[tuple[int, int]]:
    """Return the places of a line's pieces that tabs, bars or wide gaps keep apart; between bars empty ones too."""
    words = line.words
    if words.startswith("|") or words.count("|") >= 2:
        return _between_bars(line)
    places, at = [], 0
    for gap in _GAP.finditer(words):
        places.append((at, gap.start()))
        # Each further tab of the gap is an empty cell.
        places.extend((gap.start(), gap.start()) for _ in range(gap.group().count("\t") - 1))
        at = gap.end()
    places.append((at, len(words)))
    return [(line.left + start, line.left + end) for start, end in places]


def mark_up_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of bold, italic and escape marks between two offsets."""
    return [found.span() for found in _MARK_UP.finditer(text, start, end)]


def page_width(lines: Sequence[Line]) -> int | None:
    """Return how many letters a full line has where lines were broken at the page's edge; none where they were not."""
    written = [line for line in lines if not line.empty and not line.rule]
    lengths = sorted(len(line.words) for line in written if len(line.words) >= _NARROWEST_PAGE)
    if len(lengths) < 3:
        return None
    width = lengths[len(lengths) * 9 // 10]
    broken = sum(_runs_on(one, other) for one, other in pairwise(written))
    if width > _WIDEST_PAGE or broken * 8 < len(lengths):
        return None
    return width


def _runs_on(line: Line, following: Line) -> bool:
    return line.end == following.start and line.words[-1:] not in ".;:!?" and following.words[:1].islower()


def _line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    if _RULE.fullmatch(raw):
        drawn = raw.strip(_SPACES + "\n")
        barred = drawn.startswith("|")
        return Line(start, end, start, start, "", "", rule=bool(drawn) and not barred, parting=barred and "-" in drawn)
    left, right, bold = _bounds(text, start, end)
    words = text[left:right]
    return Line(start, end, left, right, words, bare(words), bold=bold, tabs=text.count("\t", start, left))


def _bounds(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Return where a line's words begin and end without the marks around them, and whether those make it bold."""
    left, right = start, end
    while right > left and text[right - 1] in _SPACES + "\n*_\\":
        right -= 1
    if right > left and text[right - 1] == "|" and text.count("|", left, right) == 1:
        right = left + len(text[left : right - 1].rstrip())  # one cell of a converted head
    closed = text[right:end].strip(_SPACES + "\n")
    bold = opened = False
    while left < right:
        if text[left] in _SPACES:
            left += 1
        elif text[left] == "#":
            left, bold = left + 1, True
        elif text.startswith(("**", "__"), left):
            left, opened = left + 2, True
        elif _is_mark(text, left, end, opened=opened):
            left += 1
        else:
            break
    inner_closed = right - left > 2 and text.find("**", left, right) >= right - 3 > 0
    return left, right, bold or (opened and (closed[:2] in {"**", "__"} or inner_closed))


def _is_mark(text: str, at: int, end: int, *, opened: bool) -> bool:
    """Tell whether a character before a line's words is mark-up: an italic star, a quotation's or an escape's sign."""
    following = text[at + 1 : at + 2]
    if text[at] == "*":
        return opened or (following not in _SPACES and "*" in text[at + 1 : end])
    if text[at] == "\\":
        return following in {"-", "+", "*", "#"}
    return text[at] == ">" and following in {" ", "\t"}


def _between_bars(line: Line) -> list[tuple[int, int]]:
    places, at = [], 0
    for index, letter in enumerate(line.words):
        if letter == "|":
            if index:
                places.append((at, index))
            at = index + 1
    if at < len(line.words):
        places.append((at, len(line.words)))
    return [_trimmed(line.words, line.left, start, end) for start, end in places]


def _trimmed(words: str, shift: int, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start] in _SPACES + "*":
        start += 1
    while end > start and words[end - 1] in _SPACES + "*":
        end -= 1
    return shift + start, shift + end


def _with_loose_lines(lines: list[Line], pages: Sequence[int]) -> list[Line]:
    """Mark page numbers, heads and feet that come again on page after page, and lines that were written twice."""
    starts = set(pages)
    repeated = _running_heads(lines, starts)
    marked: list[Line] = []
    for index, line in enumerate(lines):
        loose = bool(line.words) and (
            _is_page_number(lines, index, starts) or line.bare.strip() in repeated or _is_written_twice(lines, index)
        )
        marked.append(replace(line, loose=True) if loose else line)
    return marked


def _is_written_twice(lines: list[Line], index: int) -> bool:
    """Tell whether a line in the middle of a sentence says no more than one just above: a page's last line, again."""
    words = lines[index].bare.rstrip()
    if len(words) < _SHORTEST_TWICE or not lines[index].words[0].islower() or not any(mark in words for mark in ",;"):
        return False
    above = lines[max(0, index - _TWICE_WITHIN) : index]
    return any(line.bare.startswith(words) for line in above)


def _is_page_number(lines: list[Line], index: int, starts: set[int]) -> bool:
    line = lines[index]
    if len(line.bare) > 20 or not _PAGE_NUMBER.fullmatch(line.bare):
        return False
    if not line.bare.isdigit():
        return True
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    if before is None or after is None or line.start in starts or after.start in starts:
        return True
    return before.left == before.right or after.left == after.right or _splits(before, after)


def _splits(before: Line, after: Line) -> bool:
    """Tell whether what lies between two lines interrupts a sentence."""
    if before.words[-1:] in tuple(".;:!?") or len(before.words) < 25:
        return False
    is_span = before.words[-1:] in tuple("-–/(") and after.words[:1].isdigit()  # "(15/5/1941 - | 3 | 15/5/2024)"
    return is_span or after.words[:1].islower()


def _running_heads(lines: list[Line], starts: set[int]) -> frozenset[str]:
    """Return the words that stand first or last on three pages or more."""
    edges: Counter[str] = Counter()
    written = [line for line in lines if line.words]
    for before, after in pairwise(written):
        if any(place in starts for place in range(before.end, min(after.start + 1, before.end + 40))):
            edges.update({before.bare.strip(), after.bare.strip()})
    return frozenset(words for words, times in edges.items() if times >= 3 and 5 <= len(words) <= 120)
