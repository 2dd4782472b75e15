"""Tables that lost their rows: one cell a line, as converters of word-processor files write them.

"Stt / Nội dung / Thời gian / 1 / Tổ chức … / Tháng 01 / 2 / …": a running number begins a row, the first line of words
is its name, the line that is a time its time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.outline.shapes import Block, Outline, Role
from plans.vietnamese.times import Time

from .dating import Dating

_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.)]?\s*")
_LETTERS = re.compile(r"[a-z]+")
_ENDS = frozenset({Role.RECIPIENTS, Role.SIGNATURE, Role.HEAD, Role.TITLE, Role.ROW, Role.TABLE_HEAD})
_MOST_WORDS_BESIDES = 3
_LEAST_ROWS = 2


@dataclass(slots=True)
class UprightRow:
    """A row: the places of its name and of its time, null where a line for it is missing."""

    number: int
    name: tuple[int, int] | None = None
    time: tuple[int, int] | None = None


def end_of_upright(outline: Outline, at: int) -> int | None:
    """Return the index of the block behind an upright table whose head is block ``at``; null for other blocks."""
    head = outline.blocks[at]
    if head.role is not Role.TABLE_HEAD or len(head.cells) < 2:
        return None
    if "\n" not in outline.text[head.cells[0].end : head.cells[1].start]:
        return None
    end = at + 1
    while end < len(outline.blocks) and not _ends(outline, outline.blocks[end]):
        end += 1
    return end


def _ends(outline: Outline, block: Block) -> bool:
    if block.role in _ENDS:
        return True
    if block.role is not Role.HEADING or block.section is None:
        return False
    number = outline.sections[block.section].number
    return bool(number) and not number.isdecimal() and "." not in number and len(number) <= 4


def upright_rows(outline: Outline, dating: Dating, start: int, end: int, *, section: int | None) -> list[UprightRow]:
    """Return the rows between two places; none where the lines do not go by running numbers."""
    rows: list[UprightRow] = []
    for first, last in _lines(outline.text, start, end):
        words = outline.bare_text[first:last]
        number = _NUMBER.fullmatch(words)
        if number and int(number.group(1)) == (rows[-1].number + 1 if rows else 1):
            rows.append(UprightRow(int(number.group(1))))
        elif (
            rows and rows[-1].time is None and _is_time(words, dating.times(first, last, section=section), start=first)
        ):
            rows[-1].time = (first, last)
        elif rows and rows[-1].name is None:
            rows[-1].name = (first, last)
    return rows if len(rows) >= _LEAST_ROWS else []


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        words = line.group()
        first = start + line.start() + len(words) - len(words.lstrip())
        last = start + line.end() - (len(words) - len(words.rstrip()))
        if first < last:
            yield first, last


def _is_time(words: str, times: list[Time], *, start: int) -> bool:
    """Whether a line is a time and little besides ("Tháng 3", "7h30, ngày 15/4 tại trụ sở")."""
    if not times or not times[0].windows:
        return False
    besides, at = [], 0
    for time in times:
        besides.append(words[at : time.start - start])
        at = time.end - start
    return len(_LETTERS.findall(" ".join([*besides, words[at:]]))) <= _MOST_WORDS_BESIDES
