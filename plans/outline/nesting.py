"""Which section an item belongs under, found from the styles of the markers and not from a fixed list.

The open sections are a stack. A marker goes where its number follows best; a style that is not open starts a new level
below the section whose children bore it before, or else below the nearest one that outranks it. Numbers may run on from
one heading to the next ("Tháng 9: 1, 2; Tháng 10: 3, 4").
"""

from dataclasses import dataclass, field

from plans.outline.markers import SIGNS, Marker, Style

_RANKS = {
    Style.LETTER: 10,
    Style.ROMAN: 10,
    Style.BOLD: 14,
    Style.PERIOD: 15,
    Style.LEAD: 16,
    Style.NUMBER: 20,
    Style.DOTTED: 30,
    Style.CLOSED: 40,
    Style.BRACKETED: 40,
    Style.SMALL: 40,
    Style.STAR: 50,
    Style.DASH: 51,
    Style.PLUS: 52,
    Style.DOT: 53,
}
_UNNUMBERED = frozenset({Style.PERIOD, Style.BOLD, Style.LEAD})
_PART_RANKS = {"annex": 0, "phan": 1, "chuong": 2, "muc": 3, "dieu": 4}
_EXACT, _INTRODUCED, _RESTART, _SKIP, _SAME, _OPENS, _BACK = 100, 92, 80, 40, 35, 20, 10
_LOOKS_ALIKE = 8
# What a reading must score to be believed, by how far-fetched it is (``Marker.cost``).
_ENOUGH = {0: 0, 1: 30, 2: 90}
_AFTER_BROKEN_LINE = 75
_DEEPEST = 12


@dataclass
class Level:
    """One open section: its marker, whether it looks like a heading, whether it is ``bare`` (nothing followed it)."""

    marker: Marker
    index: int
    heading: bool
    bare: bool = True

    @property
    def rank(self) -> int:
        return rank_of(self.marker)


@dataclass(frozen=True)
class Place:
    """Where an item goes: below ``stack[:height]``. ``restarts`` where it begins the numbers anew beside its like."""

    marker: Marker
    height: int
    score: float
    restarts: bool = False


@dataclass
class Nesting:
    """The open sections, and under what each style was seen first."""

    stack: list[Level] = field(default_factory=list)
    _parents: dict[tuple[Style, str], tuple[Style, str] | None] = field(default_factory=dict)
    _last: dict[tuple[tuple[Style, str], tuple[Style, str]], Level] = field(default_factory=dict)

    def place(self, readings: list[Marker], *, heading: bool, broken: bool) -> Place | None:
        """Return the best place for an item; none where no reading of it is believed.

        ``heading``: it looks like a heading. ``broken``: the line before it stops in the middle of a sentence.
        """
        places = [self._best(marker, heading) for marker in readings]
        places = [place for place in places if place.score >= self._enough(place.marker, broken)]
        return max(places, key=lambda place: place.score - place.marker.cost * _LOOKS_ALIKE, default=None)

    def open(self, place: Place, *, index: int, heading: bool) -> None:
        """Close what the item ends and open it."""
        self.close(down_to=place.height)
        if self.stack:
            self.stack[-1].bare = False
        self._parents.setdefault(place.marker.family, self.stack[-1].marker.family if self.stack else None)
        self.stack.append(Level(place.marker, index, heading))

    def close(self, *, down_to: int = 0) -> None:
        """Close all sections, or all but the first ``down_to``."""
        for above, level in zip(self.stack[max(down_to - 1, 0) :], self.stack[max(down_to, 1) :], strict=False):
            self._last[above.marker.family, level.marker.family] = level
        del self.stack[down_to:]

    @staticmethod
    def _enough(marker: Marker, broken: bool) -> int:
        if broken and marker.style not in SIGNS:
            return max(_ENOUGH[marker.cost], _AFTER_BROKEN_LINE)
        return _ENOUGH[marker.cost]

    def _best(self, marker: Marker, heading: bool) -> Place:
        places = [self._new(marker), *self._going_on(marker, heading)]
        for height in range(len(self.stack) - 1, -1, -1):
            level = self.stack[height]
            if level.marker.family == marker.family:
                score = _follows(level.marker, marker)
                alike = _LOOKS_ALIKE if level.heading == heading else -_LOOKS_ALIKE
                distance = (len(self.stack) - height) / 2
                restarts = score == _BACK and starts(marker)
                places.append(Place(marker, height, score + alike - distance, restarts))
        return max(places, key=lambda place: place.score)

    def _new(self, marker: Marker) -> Place:
        height = min(self._height_for(marker), _DEEPEST)
        alike = any(level.marker.family == marker.family for level in self.stack[height:])
        if self.stack and self.stack[-1].marker.family == marker.family and not self.stack[-1].heading:
            return Place(marker, height, 0)  # the numbers of a plain list begin again: no list inside its last item
        score = _INTRODUCED if self._introduced(marker) else _RESTART if starts(marker) else _OPENS
        return Place(marker, height, score if not alike else _BACK - 1)

    def _going_on(self, marker: Marker, heading: bool) -> list[Place]:
        """Return the place under a heading without items yet, whose like before it ended with the number before."""
        if not self.stack or not self.stack[-1].bare or self.stack[-1].marker.style not in _UNNUMBERED:
            return []
        last = self._last.get((self.stack[-1].marker.family, marker.family))
        if last is None or not marker.value or _follows(last.marker, marker) != _EXACT:
            return []
        alike = _LOOKS_ALIKE if last.heading == heading else -_LOOKS_ALIKE
        return [Place(marker, len(self.stack), _EXACT + alike)]

    def _height_for(self, marker: Marker) -> int:
        if marker.style is Style.DOTTED and (height := self._height_of_prefix(marker.value[:-1])):
            return height
        if self._introduced(marker):
            return len(self.stack)
        family = self._parents.get(marker.family)
        # A sign belongs to the nearest number, whatever number it stood under at first; only signs nest as they did.
        if family is not None and (marker.style not in SIGNS or family[0] in SIGNS):
            for height in range(len(self.stack), 0, -1):
                if self.stack[height - 1].marker.family == family:
                    return height
        return self._outranked(marker)

    def _introduced(self, marker: Marker) -> bool:
        """Tell whether a heading stands right above: what follows it is inside it."""
        if not self.stack:
            return False
        top = self.stack[-1]
        inner = top.rank < rank_of(marker) or top.marker.style in SIGNS or _is_loose(marker)
        return top.bare and top.heading and inner and starts(marker)

    def _height_of_prefix(self, prefix: tuple[int, ...]) -> int:
        """Return the height of the open section that a dotted number names by its beginning; 0 where there is none."""
        for height in range(len(self.stack), 0, -1):
            marker = self.stack[height - 1].marker
            if marker.value == prefix and marker.style in {Style.DOTTED, Style.NUMBER, Style.ROMAN, Style.PART}:
                return height
        return 0

    def _outranked(self, marker: Marker) -> int:
        """Return the height of the nearest open section that outranks a new style."""
        height, rank = len(self.stack), rank_of(marker)
        loose = _is_loose(marker)
        while height:
            level = self.stack[height - 1]
            if loose and level.heading and level.rank < _RANKS[Style.STAR] and level.marker.family != marker.family:
                break
            other = level.rank == rank and level.marker.family != marker.family
            if level.rank < rank or (other and (level.heading or marker.style in SIGNS)):
                break
            height -= 1
        return height


def rank_of(marker: Marker) -> int:
    """Return how high a style stands where the document itself has not shown it yet; smaller is higher."""
    if marker.style is Style.PART:
        return _PART_RANKS.get(marker.kind, _RANKS[Style.LEAD])
    return _RANKS[marker.style] + (len(marker.value) if marker.style is Style.DOTTED else 0)


def _is_loose(marker: Marker) -> bool:
    """Tell whether a heading may stand at any depth: without number, or "Đợt 1", "Nội dung 2"."""
    return marker.style in _UNNUMBERED or (marker.style is Style.PART and marker.kind not in _PART_RANKS)


def starts(marker: Marker) -> bool:
    """Tell whether a marker can be the first of its level."""
    return not marker.value or marker.value[-1] == 1 or marker.style is Style.PERIOD


def _follows(before: Marker, after: Marker) -> int:
    """Return how well one number follows another of the same style."""
    if not after.value or after.style is Style.PERIOD:
        return _EXACT
    if before.value[:-1] != after.value[:-1]:
        group = before.value[:-2] == after.value[:-2] and after.value[-2:] == (before.value[-2] + 1, 1)
        return _EXACT - _LOOKS_ALIKE if group else _BACK
    step = after.value[-1] - before.value[-1]
    if step == 1 or (after.style is Style.SMALL and step == 2 and before.number == "d"):
        return _EXACT
    if step == 0:
        return _SAME
    return _SKIP - step if 1 < step <= 5 else _BACK
