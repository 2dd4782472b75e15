"""Rows of a calendar's table: which cell names the activity, which tells when, and which rows are headings."""

import re
from dataclasses import dataclass

from plans.outline.shapes import Block, Cell, Outline
from plans.vietnamese.clauses import segments

from . import wording

_NAME_COLUMNS = (
    "hoat dong",
    "noi dung",
    "cong viec",
    "chuong trinh",
    "dau viec",
    "su kien",
    "ten ",
    "nhiem vu",
    "cong tac",
)
_TIME_COLUMNS = ("thoi gian", "thoi diem", "thang", "ngay", "quy", "tien do", "lich", "tuan", "thoi han")
_NOT_ACTIVITIES = re.compile(
    r"chi tieu|so luong giao|^diem|tong diem|ket qua|don vi tinh|^dvt|ho va ten|ho ten|chuc vu"
)
_NUMBER_ONLY = re.compile(r"[\s(]*(?:\d{1,3}|[ivx]{1,5}|[a-z])?[\s.)/*_-]*")
# What stands for a month, a quarter or a day by itself in a column of that name.
_NUMBERS = {
    "thang": re.compile(r"\s*\d{1,2}(?:\s*(?:/\s*\d{4}|[-,]\s*\d{1,2}(?:\s*/\s*\d{4})?))?\s*"),
    "quy": re.compile(r"\s*(?:[ivx]{1,3}|\d)(?:\s*[-,]\s*(?:[ivx]{1,3}|\d))*(?:\s*/\s*\d{4})?\s*"),
    "ngay": re.compile(r"\s*\d{1,2}(?:\s*[-,]\s*\d{1,2})*\s*"),
}
_BULLET = re.compile(r"(?:^|(?<=\s))[-+•]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:^|(?<=\s))\d{1,2}[.)]\s+(?=\S)")
_RULE = re.compile(r"[\s:|_*-]*")


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of a row that tell of an activity; null where the row has none."""

    name: Cell | None
    time: Cell | None
    time_first: bool = False  # the table's time stands before its names: an empty one means the row above's


def cells_of(outline: Outline, row: Block) -> RowCells | None:
    """Return a row's name and time cells, told by the head of the table; null for tables of other things."""
    heads = [cell.column for cell in row.cells]
    if any(_NOT_ACTIVITIES.search(head) for head in heads if head):
        return None
    time = next((at for at, head in enumerate(heads) if _is_time_head(head)), None)
    names = [at for at, head in enumerate(heads) if at != time and any(word in f"{head} " for word in _NAME_COLUMNS)]
    if time is None:
        time = next((at for at, cell in enumerate(row.cells) if _looks_like_time(outline, cell)), None)
    if not names or _blank(outline, row.cells[names[0]]):
        rest = [at for at, cell in enumerate(row.cells) if at != time and not _blank(outline, cell)]
        names = sorted(rest, key=lambda at: row.cells[at].start - row.cells[at].end)[:1]
    name_cell = row.cells[names[0]] if names else None
    time_cell = row.cells[time] if time is not None else None
    return RowCells(name_cell, time_cell, time is not None and bool(names) and time < names[0])


def _is_time_head(head: str) -> bool:
    return head.startswith(_TIME_COLUMNS) or "thoi gian" in head


def _looks_like_time(outline: Outline, cell: Cell) -> bool:
    words = outline.bare_text[cell.start : cell.end].strip(" *_\n")
    return len(words) <= 60 and bool(
        re.match(
            r"(?:tu |du kien |ngay |trong |khoang |dau |giua |cuoi )*(?:thang|quy|ngay|ca nam|\d{1,2}\s*[/-])", words
        )
    )


def _blank(outline: Outline, cell: Cell) -> bool:
    words = outline.bare_text[cell.start : cell.end]
    return bool(_NUMBER_ONLY.fullmatch(words)) or bool(_RULE.fullmatch(words))


def filled(outline: Outline, row: Block) -> list[Cell]:
    """Return the cells that hold words, not mere numbers."""
    return [cell for cell in row.cells if not _blank(outline, cell)]


def time_words(outline: Outline, cell: Cell) -> tuple[str, int]:
    """Return the bare words of a time cell and where they stand; "9" under "Tháng" is read as "tháng 9"."""
    words = outline.bare_text[cell.start : cell.end].replace("\n", " ").replace("\r", " ")
    for kind, number in _NUMBERS.items():
        if cell.column.startswith(kind) and kind not in words and number.fullmatch(words):
            return f"{kind} {words}", cell.start - len(kind) - 1
    return words, cell.start


def parts_of(outline: Outline, cell: Cell, *, several: bool) -> list[tuple[int, int]]:
    """Return the activities that share a cell: its bulleted or numbered lines, else the whole.

    ``several``: the table goes by months, so that what semicolons part are activities too.
    """
    words = outline.bare_text[cell.start : cell.end]
    for bullet in (_BULLET, _NUMBERED):
        starts = [match.start() for match in bullet.finditer(words)]
        if len(starts) > 1 and not words[: starts[0]].strip():
            ends = [*starts[1:], len(words)]
            return [
                _stripped(outline, cell.start + start, cell.start + end)
                for start, end in zip(starts, ends, strict=True)
            ]
    if several:
        places = segments(words, outline.text[cell.start : cell.end], start=0)
        if len(places) > 1 and all(wording.OPENS_EVENT.match(words, start) for start, _ in places):
            return [(cell.start + start, cell.start + end) for start, end in places]
    return [_stripped(outline, cell.start, cell.end)]


def _stripped(outline: Outline, start: int, end: int) -> tuple[int, int]:
    words = outline.bare_text[start:end]
    begin = wording.opening(words)
    stop = len(words.rstrip(" \n\t;,*_"))
    return (start + begin, start + stop) if begin < stop else (start, end)
