"""From letters and their places on a page to pieces: words that stand together on one line, in one column. Pure.

Measures are points, the origin is at the lower left.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# All in heights of a line.
_WIDE_GAP = 1.6  # parts columns wherever it is; words that are spread over a line stand closer
_GAP = 0.45  # parts columns where others begin at the same place, and letters on another baseline
SHIFT = 0.3
_SAME_PLACE = 0.15


class Letter(NamedTuple):
    """One letter and its box. A blank that the file does not draw has no width."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass
class Piece:
    """Letters that stand together on one line."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """The letters' size: their boxes, or twice their mean width where a font says less of itself than it is."""
        wide = 2 * (self.right - self.left) / len(self.text) if len(self.text) > 10 else 0.0
        return max(self.top - self.bottom, wide, 1.0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces_of(lines: list[list[Letter]]) -> list[Piece]:
    """Cut lines where columns part: at wide gaps, at a change of baseline, and where other lines' columns begin."""
    cut = [part for line in lines for part in _cut(line, _parts_clearly)]
    starts = _column_starts(cut)

    def parts_at_column(before: Letter, after: Letter, begun: float) -> bool:
        height = max(after.top - after.bottom, 1.0)
        return after.left - before.right > _GAP * height and any(
            abs(after.left - start) < _SAME_PLACE * height and start - begun > height for start in starts
        )

    return [_piece(part) for line in cut for part in _cut(line, parts_at_column)]


def _cut(line: list[Letter], parts: Callable[[Letter, Letter, float], bool]) -> Iterator[list[Letter]]:
    part: list[Letter] = []
    last: Letter | None = None
    for letter in line:
        if letter.text.isspace():
            part.append(letter)
            continue
        if last is not None and parts(last, letter, part[0].left):
            yield part
            part = []
        elif last is None:
            part = []
        part.append(letter)
        last = letter
    if last is not None:
        yield part


def _parts_clearly(before: Letter, after: Letter, begun: float) -> bool:
    height = max(after.top - after.bottom, 1.0)
    gap = after.left - before.right
    if gap < -height:  # drawn further left without a new line: another cell below, or a mark put on later
        return abs(after.bottom - before.bottom) > SHIFT * height
    return gap > _WIDE_GAP * height or (gap > _GAP * height and abs(after.bottom - before.bottom) > SHIFT * height)


def _column_starts(lines: list[list[Letter]]) -> list[float]:
    """Return where at least two lines begin."""
    places = Counter(round(line[0].left) for line in lines)
    return [float(place) for place, count in places.items() if count + places[place - 1] + places[place + 1] > 1]


def _piece(letters: list[Letter]) -> Piece:
    drawn = [letter for letter in letters if not letter.text.isspace()]
    return Piece(
        text=" ".join("".join(letter.text for letter in letters).split()),
        left=drawn[0].left,
        right=max(letter.right for letter in drawn),
        bottom=drawn[0].bottom,
        top=drawn[0].top,
    )
