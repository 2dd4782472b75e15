"""Tables of an annex: where they are, their heads (also repeated ones), their rows and cells.

Four shapes are known: cells kept apart by tabs or wide gaps, by bars (Markdown), one cell a line (``stacked``),
and rows written on as plain lines under a head. What the cells say is not read here.
"""

import re
from collections.abc import Container
from dataclasses import replace

from plans.outline.columns import (
    COLUMNS,
    COUNT,
    COUNTERS,
    LONGEST_NAME,
    MOST_COLUMNS,
    SURE,
    TIMES,
    TOTALS,
    Row,
    column_name,
    is_column,
    is_phase,
)
from plans.outline.lines import Line, cells_of
from plans.outline.stacked import stacked_at
from plans.vietnamese.times import times_in

_LONGEST_LINE = 5_000
_SEPARATOR = re.compile(r"[\s|:\-]+")
_FIGURE = re.compile(r"[\d.,%\s-]+")
_FEWEST_FIGURED = 3
_FEWEST_ROWS = 2
# The longest first, for heads that lost the gaps between their names.
_KNOWN = sorted(
    {
        *(*COLUMNS, *SURE, *TIMES),
        *("don vi phu trach", "don vi phoi hop", "noi dung cong viec", "noi dung hoat dong"),
    },
    key=len,
    reverse=True,
)


def rows_of(lines: list[Line], *, first: int, stops: Container[int]) -> list[Row]:
    """Return the rows of all tables from line ``first`` on, in order. ``stops`` are lines that end a table."""
    rows: list[Row] = []
    ends = [at for at in range(first, len(lines)) if at in stops]
    for start, end in zip([first, *ends], [*ends, len(lines)], strict=True):
        part = lines[start:end]
        index = 0
        while index < len(part):
            found = _table_at(part, index)
            rows.extend(replace(row, first=row.first + start, last=row.last + start) for row in found)
            index = found[-1].last + 1 if found else index + 1
    return rows


def _table_at(lines: list[Line], index: int) -> list[Row]:
    line = lines[index]
    if line.empty or len(line.words) > _LONGEST_LINE:
        return []
    columns = _head_cells(line) or _barred_head(lines, index) or _head_over_figures(lines, index)
    if columns:
        return _ruled(lines, index, columns)
    if stacked := stacked_at(lines, index):
        return stacked
    if written := _written_head(line):
        return _written_on(lines, index, written)
    return _headless(lines, index)


def _bare_cells(line: Line) -> list[str]:
    return [line.bare[start - line.left : end - line.left] for start, end in cells_of(line)]


def _head_cells(line: Line) -> list[str]:
    """Return the names of the columns where the line is a table's head in cells; none where it is not."""
    cells = _bare_cells(line)
    names = [column_name(cell) for cell in cells]
    written = [name for name in names if name]
    if not 2 <= len(written) <= MOST_COLUMNS:
        return []
    columns = sum(is_column(name) for name in written)
    known = columns + sum(is_phase(name) or name in TOTALS for name in written)
    sure = any(name in SURE for name in written) and not any(COUNT.fullmatch(name) for name in written)
    told = sure and columns >= 2 and known * 2 >= len(written)
    return names if told and max(map(len, written)) <= LONGEST_NAME else []


def _barred_head(lines: list[Line], index: int) -> list[str]:
    """Return the names in a line between bars that a line of strokes follows; whatever they are, it is a head."""
    if index + 1 >= len(lines) or not lines[index + 1].parting or not lines[index].words.startswith("|"):
        return []
    return _names_if_short(lines[index])


def _head_over_figures(lines: list[Line], index: int) -> list[str]:
    """Return the names in a line of cells above two lines of as many, which hold figures in all cells but the first."""
    names = _names_if_short(lines[index])
    if len(names) < _FEWEST_FIGURED or any(any(map(str.isdigit, name)) for name in names):
        return []
    below = lines[index + 1 : index + 3]
    figured = [line for line in below if not line.empty and _is_figured(_bare_cells(line), len(names))]
    return names if len(figured) == _FEWEST_ROWS else []


def _names_if_short(line: Line) -> list[str]:
    names = [column_name(cell) for cell in _bare_cells(line)]
    fits = 2 <= len(names) <= MOST_COLUMNS and any(names) and max(map(len, names)) <= LONGEST_NAME
    return names if fits else []


def _is_figured(cells: list[str], width: int) -> bool:
    return len(cells) == width and bool(cells[0]) and all(_FIGURE.fullmatch(cell) for cell in cells[1:])


def _ruled(lines: list[Line], index: int, columns: list[str]) -> list[Row]:
    """Read a table whose cells are kept apart in each line. A line of one piece goes on with the row above it."""
    rows = [_row(lines, index, index, columns, head=True)]
    at = index + 1
    while at < len(lines):
        line = lines[at]
        if line.empty or line.rule or _SEPARATOR.fullmatch(line.words):
            at += 1
            continue
        names = _head_cells(line)
        cells = [cell for cell in cells_of(line) if cell[0] < cell[1]]
        if names:
            columns = names
            rows.append(_row(lines, at, at, columns, head=True))
        elif _fills_up(line, at, cells, rows[-1], columns):
            rows[-1] = _filled_up(rows[-1], cells, at, columns)
        elif len(cells) >= 2 or "|" in line.words[:1] or _stands_under_a_name(line, at, rows[-1], columns):
            rows.append(_row(lines, at, at, columns))
        elif _goes_on(lines, at, rows[-1], columns):
            rows[-1] = _longer(rows[-1], line, at)
        else:
            break
        at += 1
    return rows if len(rows) > 1 else []


def _stands_under_a_name(line: Line, at: int, row: Row, columns: list[str]) -> bool:
    """Tell whether the one cell of a line is a row's own, with empty cells before it, and no more of the row above.

    One tab alone begins a paragraph, too: it counts only where the first column is what rows share ("Tháng").
    """
    least = 1 if columns[0] in TIMES else 2
    return at == row.last + 1 and least <= line.tabs < len(columns) and not line.words[:1].islower()


def _fills_up(line: Line, at: int, cells: list[tuple[int, int]], row: Row, columns: list[str]) -> bool:
    """Tell whether a line goes on with a row whose last cell was broken in two: no number, and room for its cells."""
    if row.head or at != row.last + 1 or len(cells) < 2 or columns[0] not in COUNTERS:
        return False
    if line.tabs or "|" in line.words[:1]:
        return False
    return not _counted(line, cells[0]) and len(row.cells) + len(cells) - 1 <= len(columns)


def _filled_up(row: Row, cells: list[tuple[int, int]], at: int, columns: list[str]) -> Row:
    start, _, column = row.cells[-1]
    longer = (start, cells[0][1], column)
    names = columns[len(row.cells) :]
    more = tuple((left, right, name) for (left, right), name in zip(cells[1:], names, strict=False))
    return Row(row.first, at, (*row.cells[:-1], longer, *more))


def _row(lines: list[Line], first: int, last: int, columns: list[str], *, head: bool = False) -> Row:
    line = lines[first]
    places = [*[(line.left, line.left)] * min(line.tabs, len(columns) - 1), *cells_of(line)]
    written = [place for place in places if place[0] < place[1]]
    lost = columns[0] in COUNTERS and len(written) == len(columns) - 1 and len(places) < len(columns)
    if not head and lost and not _counted(line, written[0]):
        places = [(line.left, line.left), *places]  # the row's number was lost
    elif not head and columns[0] in TIMES and len(written) == len(columns) - 1 == len(places):
        places = [*_parted_behind_time(line, places[0]), *places[1:]]
    cells = tuple(
        (start, end, columns[number] if number < len(columns) else "")
        for number, (start, end) in enumerate(places)
        if start < end
    )
    told = [cell for cell in cells if cell[2] not in COUNTERS]
    return Row(first, last, cells, head=head, group=not head and len(columns) > 2 and len(told) == 1)


def _parted_behind_time(line: Line, place: tuple[int, int]) -> list[tuple[int, int]]:
    """Part a cell of times that ran into the next one: "Dự kiến tháng 4/2024 Ngày hội sách"."""
    start, end = place
    words = line.bare[start - line.left : end - line.left]
    time = next(iter(times_in(words, year=None)), None)
    rest = words[time.end :] if time and time.start == 0 else ""
    name = end - len(rest.lstrip())
    if time is None or not rest.startswith(" ") or not line.words[name - line.left : end - line.left][:1].isupper():
        return [place]
    return [(start, start + time.end), (name, end)]


def _counted(line: Line, place: tuple[int, int]) -> bool:
    return bool(COUNT.fullmatch(line.bare[place[0] - line.left : place[1] - line.left]))


def _goes_on(lines: list[Line], at: int, row: Row, columns: list[str]) -> bool:
    """Tell whether a line without gaps is more of the row above: in small letters, or between two rows."""
    line = lines[at]
    if row.head or at != row.last + 1 or len(line.words) > 200:
        return False
    following = next((other for other in lines[at + 1 : at + 4] if not other.empty), None)
    if following is None:
        return line.words[:1].islower()
    counted = len(cells_of(following)) >= 2 and len(columns) >= 2
    return line.words[:1].islower() or counted


def _longer(row: Row, line: Line, at: int) -> Row:
    start, _, column = row.cells[-1] if row.cells else (line.left, line.right, "")
    return Row(row.first, at, (*row.cells[:-1], (start, line.right, column)))


def _written_head(line: Line) -> list[str]:
    """Return the columns of a head that lost its gaps ("Stt Tên hoạt động Thời gian"): nothing but names of columns."""
    if len(line.bare) > 100 or not line.bare.startswith(("stt ", "tt ")):
        return []
    rest, names = " ".join(line.bare.split()), []
    while rest:
        name = next((name for name in _KNOWN if rest == name or rest.startswith(name + " ")), None)
        if name is None:
            return []
        names.append(name)
        rest = rest[len(name) :].strip(" /,-")
    return names if len(names) >= 2 else []


def _written_on(lines: list[Line], index: int, columns: list[str]) -> list[Row]:
    """Read rows that begin with the next number and run on over lines until the one after it."""
    rows = [Row(index, index, ((lines[index].left, lines[index].right, ""),), head=True)]
    expected = None
    at = index + 1
    while at < len(lines):
        line = lines[at]
        number = _leading_number(line)
        if line.empty or line.rule:
            pass
        elif _written_head(line) == columns:
            rows.append(Row(at, at, ((line.left, line.right, ""),), head=True))
        elif number is not None and (expected is None or number == expected):
            rows.append(_numbered_row(line, at))
            expected = number + 1
        elif not rows[-1].head and at - rows[-1].last <= 1 and len(line.words) <= 160 and not line.words.isupper():
            rows[-1] = _longer(rows[-1], line, at)
        else:
            break
        at += 1
    return rows if len(rows) > 1 else []


def _leading_number(line: Line) -> int | None:
    found = re.match(r"(\d{1,3})\s*[.)/]?\s+(?=\S)", line.words)
    return int(found[1]) if found else None


def _numbered_row(line: Line, at: int) -> Row:
    found = re.match(r"(\d{1,3})\s*[.)/]?\s+", line.words)
    after = found.end() if found else 0
    return Row(
        at, at, ((line.left, line.left + len(line.words[:after].rstrip()), "stt"), (line.left + after, line.right, ""))
    )


def _headless(lines: list[Line], index: int) -> list[Row]:
    """Read rows of cells without a head: three or more in a run, as wide as each other, or counted."""
    line = lines[index]
    cells = [cell for cell in cells_of(line) if cell[0] < cell[1]]
    if len(cells) < 3 or len(cells) > MOST_COLUMNS:
        return []
    rows, at = [], index
    while at < len(lines):
        line = lines[at]
        if line.empty or line.rule or _SEPARATOR.fullmatch(line.words):
            at += 1
            continue
        width = len([cell for cell in cells_of(line) if cell[0] < cell[1]])
        if width != len(cells):
            break
        rows.append(_row(lines, at, at, [""] * width))
        at += 1
    counted = sum(_counted(lines[row.first], (row.cells[0][0], row.cells[0][1])) for row in rows)
    return rows if len(rows) >= 2 and counted * 2 >= len(rows) else []
