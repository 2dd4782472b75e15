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
_MOST_BETWEEN_PAGES = 5  # lines
# "C. HOẠT ĐỘNG LỚN": the heading of a section, in capitals.
_SECTION = re.compile(r"(?:[A-Z]|[IVX]{1,5})\s?[.)/-]\s*[^\W\d_]{2}.{6}")
_AS_DIGITS = str.maketrans("lIO", "110")


def stacked_at(lines: list[Line], index: int) -> list[Row]:
    """Return the head and the rows of the table that begins with a line; none where none does."""
    names, at = _names(lines, index)
    columns = [column_name(line.bare) for line in names]
    counted = bool(columns) and columns[0] in COUNTERS
    if len(columns) < (2 if counted else 3) or not (counted or columns[0] in TIMES):
        return []
    rows = [_head(names, index, at)]
    number = 1
    while at < len(lines):
        line = lines[at]
        label = _label(line, number, counted=counted, full=len(rows) > 1)
        if label and not (counted and _is_page_number(lines, at, label, number, columns)):
            last = _end(lines, at, label + 1, columns)
            rows.append(_row(lines, at, last, columns))
            at, number = last, label + 1
        elif again := _head_again(lines, at, columns):
            rows.append(again)
            at = again.last
        elif line.words and not line.loose and not _head_is_near(lines, at, columns):
            break
        at += 1
    return rows if len(rows) > 1 else []


def _head(names: list[Line], index: int, after: int) -> Row:
    return Row(index, after - 1, tuple((line.left, line.right, column_name(line.bare)) for line in names), head=True)


def _head_again(lines: list[Line], index: int, columns: list[str]) -> Row | None:
    """Return the head of the same table where it is written again, as on the top of a page."""
    if column_name(lines[index].bare) != columns[0]:
        return None
    names, after = _names(lines, index)
    return _head(names, index, after) if [column_name(line.bare) for line in names] == columns else None


def _head_is_near(lines: list[Line], index: int, columns: list[str]) -> bool:
    """Tell whether a line stands between a page's end and the head written again: its number, a running title."""
    near = range(index + 1, min(index + _MOST_BETWEEN_PAGES, len(lines)))
    return any(_head_again(lines, at, columns) for at in near)


def _is_page_number(lines: list[Line], index: int, label: int, number: int, columns: list[str]) -> bool:
    """Tell whether a number that looks like a row's stands where a page ends: the head comes again before it is full.

    Then the row of that number is still to come, or the number is not the one that is due.
    """
    near = range(index + 1, min(index + len(columns), len(lines)))
    again = next((head for at in near if (head := _head_again(lines, at, columns))), None)
    if again is None:
        return False
    following = next((line for line in lines[again.last + 1 :][:_MOST_BETWEEN_PAGES] if line.words), None)
    return label != number or (following is not None and following.words.strip(" .)/") == str(label))


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


def _label(line: Line, number: int, *, counted: bool, full: bool) -> int:
    """Return the number of the row that a line opens, 0 where it opens none.

    ``full``: the row above has all its cells, so that a number left out or written twice opens one too.
    """
    if not counted:
        return number if _TIME.match(line.bare) else 0
    if not COUNT.fullmatch(line.words):
        return 0
    label = line.words.strip(" .)/").translate(_AS_DIGITS)
    if not label.isdigit() or label.startswith("0"):
        return 0
    known = (number, number + 1, number - 1) if full else (number,)
    return int(label) if int(label) in known else 0


def _end(lines: list[Line], first: int, number: int, columns: list[str]) -> int:
    """Return the last line of a row: before the next one opens, else where all columns are filled."""
    last = filled = first
    cells = 1
    for at in range(first + 1, min(len(lines), first + _LONGEST_ROW)):
        line = lines[at]
        if not line.words:
            continue
        if _label(line, number, counted=columns[0] in COUNTERS, full=cells >= len(columns)):
            return last
        if _head_again(lines, at, columns) or (_SECTION.match(line.words) and line.words.isupper()):
            return filled
        cells += not _is_more(lines[last], line)
        last = at
        if cells <= len(columns):
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
