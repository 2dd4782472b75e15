"""Tables that were written one cell a line: the names of the columns first, then row after row.

A row begins with the next number, or, in a table without numbers, with a time. Tables in cells are read by ``tables``.
"""

import re

from plans.outline.columns import COUNT, COUNTERS, MOST_COLUMNS, TIMES, Row, column_name, is_column
from plans.outline.lines import Line

_TIME = re.compile(
    r"(?:tu |du kien |dau |giua |cuoi )?(?:thang|quy|tuan|ngay) ?[\divx]|\d{1,2}\s?[/-]\s?\d{1,2}|ca nam"
)
_LONGEST_ROW = 60
_LONGEST_TIME = 6  # words


def stacked_at(lines: list[Line], index: int) -> list[Row]:
    """Return the head and the rows of the table that begins with a line; none where none does."""
    names, at = _names(lines, index)
    columns = [column_name(line.bare) for line in names]
    counted = bool(columns) and columns[0] in COUNTERS
    if len(columns) < (2 if counted else 3) or not (counted or columns[0] in TIMES):
        return []
    rows = [Row(index, at - 1, tuple((line.left, line.right, column_name(line.bare)) for line in names), head=True)]
    while at < len(lines):
        line = lines[at]
        number = len(rows)
        if line.words and _opens(line, number, counted=counted):
            last = _end(lines, at, number + 1, len(columns), counted=counted)
            rows.append(_row(lines, at, last, columns))
            at = last
        elif line.words and not line.loose:
            break
        at += 1
    return rows if len(rows) > 1 else []


def _names(lines: list[Line], index: int) -> tuple[list[Line], int]:
    """Return the lines that name columns, and the line after them."""
    names: list[Line] = []
    at = index
    while at < len(lines) and len(names) < MOST_COLUMNS:
        if lines[at].words:
            if not is_column(lines[at].bare):
                break
            names.append(lines[at])
        at += 1
    return names, at


def _opens(line: Line, number: int, *, counted: bool) -> bool:
    if counted:
        return bool(COUNT.fullmatch(line.words)) and line.bare.strip(" .)/") == str(number)
    return bool(_TIME.match(line.bare))


def _end(lines: list[Line], first: int, number: int, width: int, *, counted: bool) -> int:
    """Return the last line of a row: before the next one opens, else where all columns are filled."""
    last = filled = first
    cells = 1
    for at in range(first + 1, min(len(lines), first + _LONGEST_ROW)):
        line = lines[at]
        if not line.words:
            continue
        if _opens(line, number, counted=counted):
            return last
        cells += not _is_more(lines[last], line)
        last = at
        if cells <= width:
            filled = at
    return filled


def _is_more(before: Line, line: Line) -> bool:
    """Tell whether a line is more of the cell above it."""
    return line.words[:1].islower() or before.words.endswith((",", "-", "–"))


def _row(lines: list[Line], first: int, last: int, columns: list[str]) -> Row:
    written = [line for line in lines[first : last + 1] if line.words]
    places: list[tuple[int, int]] = []
    words: list[str] = []
    for number, line in enumerate(written):
        if number > 1 and _is_more(written[number - 1], line):
            places[-1] = (places[-1][0], line.right)
        else:
            places.append((line.left, line.right))
            words.append(line.bare)
    names = _columns_of(words, columns)
    return Row(first, last, tuple((left, right, name) for (left, right), name in zip(places, names, strict=True)))


def _columns_of(words: list[str], columns: list[str]) -> list[str]:
    """Name the cells of a row. Of a short one the last columns are blank; a time stands in the column of times."""
    if len(words) > len(columns):
        return [columns[0], *[""] * (len(words) - 1)]
    names: list[str] = []
    at = 0
    for number, said in enumerate(words):
        blanks_left = len(columns) - at > len(words) - number
        if blanks_left and number > 1 and len(said.split()) <= _LONGEST_TIME and _TIME.match(said):
            at = next((place for place in range(at, len(columns)) if columns[place] in TIMES), at)
        names.append(columns[at] if at < len(columns) else "")
        at += 1
    return names
