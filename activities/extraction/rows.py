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
_NO_TIME_COLUMNS = ("quy mo", "quy dinh", "quy che", "quy trinh", "quy cach", "lich su", "ngay cong")
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
_TIME_CELL = re.compile(
    r"(?:tu |du kien |trong |khoang |dau |giua |cuoi |den |truoc |sang |chieu |toi )*"
    r"(?:(?:thang|tuan|ngay) ?\d|quy ?[ivx1-4]|ca nam|\d{1,2}\s*[/-]|\d{1,2} thang|thuong xuyen)"
)
_BULLET = re.compile(r"(?:^|(?<=\s))[-+•]\s+(?=\S)")
_LONGEST_NAME = 160
_WIDEST_GAP = 8
_COUNTERS = frozenset({"stt", "tt", "so tt", "so"})
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
    if head.startswith(_NO_TIME_COLUMNS):
        return False
    return head.startswith(_TIME_COLUMNS) or "thoi gian" in head


def _looks_like_time(outline: Outline, cell: Cell) -> bool:
    words = outline.bare_text[cell.start : cell.end].strip(" *_\n")
    return len(words) <= 60 and bool(_TIME_CELL.match(words))


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


def is_numbered(row: Block) -> bool:
    """Tell whether a row has a running number of its own."""
    return bool(row.cells) and row.cells[0].column in _COUNTERS and row.cells[0].end > row.cells[0].start


def goes_on(outline: Outline, row: Block, name: Cell) -> bool:
    """Tell whether a row without number only goes on with the words of the one above, in small letters."""
    return not is_numbered(row) and outline.text[name.start : name.start + 1].islower()


def parts_of(outline: Outline, cell: Cell, *, several: bool) -> list[tuple[int, int]]:
    """Return the activities that share a cell: its bulleted or numbered lines, else the whole.

    ``several``: the table goes by months, so that what semicolons part are activities too.
    """
    words, text = outline.bare_text[cell.start : cell.end], outline.text[cell.start : cell.end]
    for bullet in (_BULLET, _NUMBERED):
        starts = _bulleted(words, text, bullet)
        if len(starts) > 1 and not words[: starts[0]].strip():
            ends = [*starts[1:], len(words)]
            return [
                _stripped(outline, cell.start + start, cell.start + end)
                for start, end in zip(starts, ends, strict=True)
            ]
    if several:
        places = segments(words, text, start=0)
        if len(places) > 1 and all(_opens_event(words, text, start) for start, _ in places):
            return [(cell.start + start, cell.start + end) for start, end in places]
    return [_stripped(outline, cell.start, cell.end)]


def _opens_event(words: str, text: str, start: int) -> bool:
    """Tell whether an activity of its own begins here; one in small letters goes on with the one before."""
    return bool(wording.OPENS_EVENT.match(words, start)) and not text[start].islower()


def _bulleted(words: str, text: str, bullet: re.Pattern[str]) -> list[int]:
    """Return where the lines of a cell begin: bullets outside of names and brackets, before a capital letter.

    Where some stand behind a point or a semicolon, or on lines of their own, the others are mere dashes.
    """
    found = [match for match in bullet.finditer(words) if not text[match.end()].islower()]
    found = [match for match in found if not _is_inside(text, match.start())]
    sure = [match for match in found if _begins_line(text, match.start())]
    return [match.start() for match in (sure if len(sure) > 1 else found)]


def _begins_line(text: str, at: int) -> bool:
    before = text[max(0, at - _WIDEST_GAP) : at]
    return at == 0 or "\n" in before or before.rstrip()[-1:] in tuple(";.:")


def _is_inside(text: str, at: int) -> bool:
    """Tell whether a place stands between quotation marks or brackets that were opened shortly before it."""
    near = text[max(0, at - _LONGEST_NAME) : at]
    return any(near.rfind(opening) > near.rfind(closing) for opening, closing in (("“", "”"), ("(", ")")))


def _stripped(outline: Outline, start: int, end: int) -> tuple[int, int]:
    words = outline.bare_text[start:end]
    begin = wording.opening(words)
    stop = len(words.rstrip(" \n\t;,*_"))
    return (start + begin, start + stop) if begin < stop else (start, end)
