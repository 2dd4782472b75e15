"""From pieces and their places on a page to lines as people read them: whole paragraphs, rows of tables with tabs.

Pure. Pieces come in the order in which the file draws them: column after column, cell after cell. A row is recognised
by a piece that begins higher up and further right than what was drawn before it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from .pdf_pieces import SHIFT, Piece

# All in heights of a line.
_INDENT = 0.5
_PARAGRAPH_SPACE = 0.9
_MOST_ABOVE = 4
_LONG_LINE = 40
# Bullets that word processors draw with letters; what officials type themselves.
_DRAWN = {"o": "+", "•": "-", "▪": "-", "■": "-", "●": "-", "○": "+"}
_MARKER = re.compile(r"(?:[o▪■●○]|\d{1,3}(?:\.\d{1,3})*[.)]?|[IVX]{1,5}[.)]|[a-zđA-ZĐ][.)]|[-+*•–])")
_ITEM = re.compile(rf"{_MARKER.pattern}\s")
_ENDED = (".", ";", ":", "!", "?", "./.", "”", '"')
# Stands for a hyphen at a line's end until it is known whether the word goes on.
BREAK = "\u2010"
_NUMBER = re.compile(r"\W*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
_SIGNING = re.compile(r"\W*n[ơo]i nh[ậâa]n", re.IGNORECASE)


@dataclass
class Cell:
    """Pieces one below the other."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


Row = list[Cell]


class Ending(NamedTuple):
    """The last line of a page, and where its full lines end."""

    piece: Piece
    right: float


def written_pages(pages: list[list[Piece]]) -> list[str]:
    """Return each page's paragraphs and rows, one on a line, without the pages' numbers.

    Every page but the first begins with what parts it from the one before: a line's end, or a blank where a paragraph
    goes on over the pages' border.
    """
    written: list[str] = []
    last: Ending | None = None
    rows_of_pages = [_rows(_in_order(pieces)) for pieces in without_numbers(pages)]
    for before, after in pairwise(rows_of_pages):
        _join_broken_row(before, after)
    for place, found in enumerate(rows_of_pages):
        rows = _without_markers(found)
        right = max((one.right for row in rows for cell in row for one in cell.pieces if _is_long(one)), default=None)
        goes_on = bool(last and rows and len(rows[0]) == 1 and _goes_on_over_pages(last, rows[0][0].pieces[0]))
        text = "\n".join(_lines(rows, right, first=place == 0))
        written.append(text if not place else f" {text}" if goes_on else f"\n{text}")
        if rows:
            last = Ending(rows[-1][0].pieces[-1], right) if len(rows[-1]) == 1 and right is not None else None
    return written


def _lines(rows: list[Row], right: float | None, *, first: bool) -> list[str]:
    written: list[str] = []
    for place, row in enumerate(rows):
        if len(row) == 1:
            written += _paragraphs(row[0].pieces, right)
        elif _is_data(rows, place, in_head=first and all(len(before) > 1 for before in rows[:place])):
            written.append("\t".join(cell.text for cell in row))
        else:
            written += [line for cell in row for line in _beside(cell)]
    return written


def _is_long(piece: Piece) -> bool:
    return len(piece.text) >= _LONG_LINE


# --- From pieces to rows ----------------------------------------------------------------------------------------------


def without_numbers(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Leave out the pages' own numbers: bare, alone at the upper or lower border, and counting with the pages."""
    found = {place: number for place, pieces in enumerate(pages) if (number := _own_number(pieces))}
    offsets = Counter(number[1] - place for place, number in found.items())
    return [
        [piece for piece in pieces if piece is not found[place][0]]
        if place in found and (offsets[found[place][1] - place] > 1 or found[place][1] == place + 1)
        else pieces
        for place, pieces in enumerate(pages)
    ]


def _own_number(pieces: list[Piece]) -> tuple[Piece, int] | None:
    """Return the number that stands alone above or below everything else on the page, if there is one."""
    if len(pieces) < 2:
        return None
    by_height = sorted(pieces, key=lambda piece: piece.middle)
    for border, next_to_it in ((by_height[-1], by_height[-2]), (by_height[0], by_height[1])):
        number = _NUMBER.fullmatch(border.text)
        if number and abs(border.middle - next_to_it.middle) > border.height / 2:
            return border, int(number[1])
    return None


def _in_order(pieces: list[Piece]) -> list[Piece]:
    """Put numbers and dashes that were drawn after everything else in front of the words on their line."""
    ordered: list[Piece] = []
    for piece in pieces:
        place = len(ordered)
        if ordered and piece.middle > ordered[-1].bottom and _MARKER.fullmatch(piece.text):
            place = next((at for at, other in enumerate(ordered) if _heads(piece, other)), place)
        ordered.insert(place, piece)
    return ordered


def _heads(marker: Piece, piece: Piece) -> bool:
    return (
        abs(marker.bottom - piece.bottom) < SHIFT * piece.height
        and 0 < piece.left - marker.right < _MOST_ABOVE * piece.height
    )


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    """Put pieces that stand side by side into rows; what stands alone is a row of one cell."""
    rows: list[Row] = []
    for piece in pieces:
        if rows and len(rows[-1]) > 1 and _continues(rows[-1], piece):
            continue
        if rows and len(rows[-1]) == 1 and (beside := _taken_beside(rows[-1][0], piece)):
            if not rows[-1][0].pieces:
                rows.pop()
            rows.append([beside, Cell([piece])])
        elif rows and len(rows[-1]) == 1 and piece.middle < rows[-1][0].pieces[-1].middle:
            rows[-1][0].pieces.append(piece)
        else:
            rows.append([Cell([piece])])
    return rows


def _continues(row: Row, piece: Piece) -> bool:
    """Take the piece into the row, as a cell of its own or as the last cell's next line, if it belongs there."""
    last, slack = row[-1], piece.height
    line = last.pieces[-1]
    top = max(one.top for cell in row for one in cell.pieces)
    bottom = min(one.bottom for cell in row for one in cell.pieces)
    if piece.left >= last.right - slack / 4 and (
        bottom <= piece.middle <= top or (piece.middle > line.middle and piece.bottom < top + _MOST_ABOVE * slack)
    ):
        row.append(Cell([piece]))
        return True
    aligned = (
        abs(piece.left - last.left) < _INDENT * slack
        or abs(piece.left + piece.right - last.left - last.right) < _INDENT * slack
    )
    if (
        aligned
        and piece.left >= row[-2].right - slack / 4
        and piece.middle < line.middle
        and (piece.middle > bottom or line.bottom - piece.top < _PARAGRAPH_SPACE * slack)
    ):
        last.pieces.append(piece)
        return True
    return False


def _taken_beside(cell: Cell, piece: Piece) -> Cell | None:
    """Take from a stack the last pieces that stand left of this one, if it begins no lower than the last of them."""
    if piece.middle < cell.pieces[-1].bottom:
        return None
    start = len(cell.pieces)
    while start and cell.pieces[start - 1].middle < piece.top:
        start -= 1
    beside = cell.pieces[start:]
    if not beside or max(one.right for one in beside) > piece.left + piece.height / 4:
        return None
    if piece.bottom > beside[0].top + _MOST_ABOVE * piece.height:  # the number of the page, drawn at the end
        return None
    del cell.pieces[start:]
    return Cell(beside)


def _join_broken_row(before: list[Row], after: list[Row]) -> None:
    """Put what a table's last row has on the next page back into it: there nothing stands in the first column."""
    columns = [cell.left for cell in max(before[-3:], key=len, default=[])]
    if len(columns) < 3 or not after or not (len(before[-1]) > 1 or _MARKER.fullmatch(before[-1][0].text)):
        return
    here, there = ([_column(cell, columns) for cell in row] for row in (before[-1], after[0]))
    if None in here or None in there or 0 in there:
        return
    for column, cell in zip(there, after.pop(0), strict=True):
        if column in here:
            before[-1][here.index(column)].pieces += cell.pieces
        else:
            before[-1].append(cell)


def _column(cell: Cell, columns: list[float]) -> int | None:
    """Return which column the cell stands in; null where it begins at none or is wider than it."""
    for place, (left, right) in enumerate(zip(columns, [*columns[1:], float("inf")], strict=True)):
        if abs(cell.left - left) < SHIFT * cell.pieces[0].height and cell.right < right:
            return place
    return None


def _without_markers(rows: list[Row]) -> list[Row]:
    """Put a number or a dash in front of the words beside it where nothing else is in the row, and join stacks."""
    joined: list[Row] = []
    for found in rows:
        row = found
        if len(row) == 2 and len(row[0].pieces) == 1 and _MARKER.fullmatch(row[0].text):
            marker, words = row[0].pieces[0], row[1].pieces
            drawn = _DRAWN.get(marker.text, marker.text)
            head = Piece(f"{drawn} {words[0].text}", marker.left, words[0].right, words[0].bottom, words[0].top)
            row = [Cell([head, *words[1:]])]
        if len(row) == 1 and joined and len(joined[-1]) == 1:
            joined[-1][0].pieces += row[0].pieces
        else:
            joined.append(row)
    return joined


def _is_data(rows: list[Row], place: int, *, in_head: bool) -> bool:
    """Whether a row's cells belong together: three of them, or two beneath or above another such row.

    In the head, beside a list of recipients and standing alone, two cells are two texts side by side.
    """
    row = rows[place]
    if len(row) > 2:
        return True
    beside = [rows[at] for at in (place - 1, place + 1) if 0 <= at < len(rows)]
    return not in_head and not _SIGNING.match(row[0].text) and any(len(other) > 1 for other in beside)


# --- From lines to paragraphs -----------------------------------------------------------------------------------------


def _paragraphs(pieces: list[Piece], right: float | None) -> list[str]:
    """Join lines that the page's width broke; ``right`` is where full lines end (null: there are none)."""
    written: list[str] = []
    first: Piece | None = None
    last: Piece | None = None
    for piece in pieces:
        if last is not None and first is not None and right is not None and _goes_on(first, last, piece, right):
            written[-1] = _glued(written[-1], piece.text)
        else:
            written.append(piece.text)
            first = piece
        last = piece
    return [_without_breaks(line) for line in written]


def _beside(cell: Cell) -> list[str]:
    """Return the lines of a text set beside another: a column of paragraphs, or short lines."""
    columns = any(_is_long(piece) for piece in cell.pieces)
    return _paragraphs(cell.pieces, cell.right) if columns else _short_lines(cell.pieces)


def _short_lines(pieces: list[Piece]) -> list[str]:
    """Join lines only where the next cannot begin one: heads and signatures are set line by line."""
    written: list[str] = []
    for piece in pieces:
        begins = piece.text[:1]
        if written and (begins.islower() or begins.isdigit()) and not _ITEM.match(piece.text):
            written[-1] = _glued(written[-1], piece.text)
        else:
            written.append(piece.text)
    return [_without_breaks(line) for line in written]


def _goes_on(first: Piece, last: Piece, piece: Piece, right: float) -> bool:
    """Whether a line goes on with the next: its first word had no room left, and nothing says a new paragraph."""
    if _had_room(last, piece, right):
        return False
    if last.bottom - piece.top > _PARAGRAPH_SPACE * piece.height or piece.middle > last.middle:
        return False
    new_item = _ITEM.match(piece.text) and last.text.endswith(_ENDED)
    indent = piece.left - last.left
    if indent > _INDENT * piece.height:  # hanging below the words of an item, else a new paragraph's first line
        return bool(last is first and _ITEM.match(first.text) and indent < 4 * piece.height and not new_item)
    return not new_item


def _had_room(last: Piece, piece: Piece, right: float) -> bool:
    """Whether the next line's first word would have stood on the line before it."""
    letter = (last.right - last.left) / max(len(last.text), 1)
    word = piece.text.split(" ", 1)[0]
    return last.right + (len(word) + 1) * letter * 0.85 < right


def _goes_on_over_pages(last: Ending, piece: Piece) -> bool:
    """Whether the last paragraph of a page goes on with the first line of the next."""
    if _had_room(last.piece, piece, last.right) or piece.left > last.piece.left + _INDENT * piece.height:
        return False
    return not (last.piece.text.endswith(_ENDED) and (_ITEM.match(piece.text) or not piece.text[0].islower()))


def _glued(line: str, more: str) -> str:
    """Join two lines of a paragraph; a hyphen that parted a word at the line's end goes."""
    if line.endswith(BREAK) and more[:1].islower():
        return line[: -len(BREAK)] + more
    return f"{line} {more}" if not line.endswith(("-", "/", BREAK)) or line[-2:-1].isspace() else line + more


def _without_breaks(line: str) -> str:
    return line.replace(BREAK, "-")
