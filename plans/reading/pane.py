"""The document as the screen draws it: blocks of text nodes that know their place, with marks over them.

Pure: an outline and marks in, plain values out; the template escapes. Marks that overlap are cut into pieces, so that
the page's elements never cross; a piece carries the keys of all its marks, the shortest mark first.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plans.outline import Block, Cell, Outline, Role

LONGEST_HEADING = 200  # characters: what is longer is a clause, whatever the outline calls it
DEEPEST_HEADING = 4  # <h2> to <h4>
MARK_CSS = {"open": "", "doubtful": "is-doubt", "clash": "is-clash", "accepted": "is-ok", "rejected": "is-no"}
_LINE_BY_LINE = (Role.HEAD, Role.TITLE, Role.RECIPIENTS, Role.SIGNATURE)
_POINTS = ".):/"
_MARKUP = "#*_>~`\\"  # of Markdown, before a number
_MARKS_OF_NUMBER = f"{_POINTS}-–—+*_•●▪·"


@dataclass(frozen=True)
class Mark:
    """A place to show. ``key`` links it with its proposal on the page ("t12"), ``state`` is a key of ``MARK_CSS``.

    ``label`` is the small word behind it ("1.3a"). ``end`` is excluded.
    """

    start: int
    end: int
    key: str
    state: str = "open"
    label: str = ""


@dataclass(frozen=True)
class Label:
    """The small link behind a mark, to its proposal."""

    key: str
    words: str


@dataclass(frozen=True)
class Node:
    """A run of text that begins at ``start`` of the document's text.

    ``keys`` are the marks over it, the shortest first; ``anchors`` those that begin here; ``labels`` those that end.
    """

    start: int
    text: str
    keys: tuple[str, ...] = ()
    css: str = ""
    anchors: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    is_hole: bool = False

    @property
    def hit(self) -> str:
        return " ".join(self.keys)

    @property
    def is_markup(self) -> bool:
        """Whether the run is no more than the marks of a writing program ("**"); it is kept, and not shown."""
        return self.is_hole and bool(self.text.strip()) and not any(letter.isalnum() for letter in self.text)


@dataclass(frozen=True)
class Row:
    """A row of a table; a row that was not told into cells has one."""

    is_head: bool
    cells: tuple[tuple[Node, ...], ...]
    section: int | None = None


@dataclass(frozen=True)
class PaneBlock:
    """One block as drawn. ``kind``: heading, clause, table, title, head, text, recipients, signature, furniture.

    ``level`` is the heading's (2 to 4). ``section`` is the index of the section that begins here, ``page`` the page
    that does (the second and later ones of a PDF); both are null elsewhere.
    """

    kind: str
    nodes: tuple[Node, ...] = ()
    number: tuple[Node, ...] = ()
    level: int = 0
    rows: tuple[Row, ...] = field(default=())
    section: int | None = None
    page: int | None = None


def document_pane(outline: Outline, marks: Sequence[Mark] = (), pages: Sequence[int] = ()) -> list[PaneBlock]:
    """Return the whole document as drawn blocks. ``pages``: offsets where pages begin; marks beyond the text are cut.

    The texts of all nodes, in order, are the document's text but for what stands between the cells of a row.
    """
    drawer = _Drawer(outline, marks, pages)
    return list(drawer.blocks())


class _Drawer:
    """Holds the text cut at every mark; draws block by block."""

    def __init__(self, outline: Outline, marks: Sequence[Mark], pages: Sequence[int]) -> None:
        self.outline, self.text = outline, outline.text
        self.pieces = list(_pieces(len(outline.text), marks))
        self.begins = [start for start, _end, _marks in self.pieces]
        self.starts = {section.start: index for index, section in enumerate(outline.sections)}
        self.pages = list(pages)

    def blocks(self) -> Iterator[PaneBlock]:
        rows: list[Row] = []
        for block in self.outline.blocks:
            if block.role in (Role.ROW, Role.TABLE_HEAD):
                rows.append(self._row(block))
                continue
            if rows and not (block.role is Role.FURNITURE and self._is_blank(block)):
                yield PaneBlock("table", rows=tuple(rows))
                rows = []
            if block.role in _LINE_BY_LINE:
                yield from self._lines(block)
            elif not self._is_blank(block):
                yield self._block(block)
        if rows:
            yield PaneBlock("table", rows=tuple(rows))

    def _is_blank(self, block: Block) -> bool:
        return not self.text[block.start : block.end].strip()

    def _lines(self, block: Block) -> Iterator[PaneBlock]:
        """A head, a title, a signature: their lines are meant as lines."""
        start = block.start
        for line in self.text[block.start : block.end].splitlines(keepends=True):
            if line.strip():
                yield PaneBlock(block.role.value, self._nodes(start, start + len(line), block.holes))
            start += len(line)

    def _block(self, block: Block) -> PaneBlock:
        section = self.starts.get(block.start) if block.role is Role.HEADING else None
        page = self._page(block)
        if section is None:
            kind = "text" if block.role is Role.HEADING else block.role.value
            return PaneBlock(kind, self._nodes(block.start, block.end, block.holes), page=page)
        found = self.outline.sections[section]
        at, upto, words = _number(self.text, block.start, block.end, found.number)
        marks = upto + len(self.text[upto:words].rstrip())
        number = self._nodes(block.start, words, [(block.start, at), (upto, marks)])
        nodes = self._nodes(words, block.end, block.holes)
        if found.heading and block.end - block.start <= LONGEST_HEADING:
            level = min(found.depth + 2, DEEPEST_HEADING)
            return PaneBlock("heading", nodes, number, level=level, section=section, page=page)
        return PaneBlock("clause", nodes, number, section=section, page=page)

    def _page(self, block: Block) -> int | None:
        """The number of the page that begins inside the block or at its start; null for the first page."""
        at = bisect_right(self.pages, block.end - 1)
        return at if at > 1 and self.pages[at - 1] >= block.start else None

    def _row(self, block: Block) -> Row:
        cells = block.cells or (Cell(block.start, block.end, ""),)
        drawn = tuple(self._nodes(cell.start, cell.end, block.holes) for cell in cells)
        return Row(block.role is Role.TABLE_HEAD, drawn, self.starts.get(block.start))

    def _nodes(self, start: int, end: int, holes: Sequence[tuple[int, int]]) -> tuple[Node, ...]:
        """Cut ``start..end`` at marks and holes."""
        found = []
        for first, last, is_hole in _around(start, end, holes):
            at = max(bisect_right(self.begins, first) - 1, 0)
            while at < len(self.pieces) and self.pieces[at][0] < last:
                node = self._node(max(self.pieces[at][0], first), min(self.pieces[at][1], last), at, is_hole)
                found.append(node)
                at += 1
        return tuple(found)

    def _node(self, start: int, end: int, at: int, is_hole: bool) -> Node:
        marks = self.pieces[at][2]
        return Node(
            start=start,
            text=self.text[start:end],
            keys=tuple(mark.key for mark in marks),
            css=MARK_CSS[marks[0].state] if marks else "",
            anchors=tuple(mark.key for mark in marks if mark.start == start),
            labels=tuple(Label(mark.key, mark.label) for mark in marks if mark.end == end and mark.label),
            is_hole=is_hole,
        )


def _pieces(length: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """Cut ``0..length`` wherever a mark begins or ends; every piece with the marks over it, the shortest first."""
    known = sorted((mark for mark in marks if mark.start < min(mark.end, length)), key=lambda mark: mark.start)
    cuts = sorted({0, length, *(mark.start for mark in known), *(min(mark.end, length) for mark in known)})
    waiting = iter(known)
    over: list[Mark] = []
    upcoming = next(waiting, None)
    for start, end in pairwise(cuts):
        over = [mark for mark in over if mark.end > start]
        while upcoming is not None and upcoming.start <= start:
            over.append(upcoming)
            upcoming = next(waiting, None)
        yield start, end, tuple(sorted(over, key=lambda mark: (mark.end - mark.start, mark.key)))


def _around(start: int, end: int, holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Split ``start..end`` at its holes; true where a part is one."""
    at = start
    for first, last in holes:
        if last <= max(at, first) or first >= end:
            continue
        if at < first:
            yield at, first, False
        yield max(at, first), min(last, end), True
        at = min(last, end)
    if at < end:
        yield at, end, False


def after_number(text: str, start: int, end: int, number: str) -> int:
    """Return where the words begin behind an item's number ("1.1. ", "- ", "#### **1.** "), at most ``end``."""
    return _number(text, start, end, number)[2]


def _number(text: str, start: int, end: int, number: str) -> tuple[int, int, int]:
    """Return where an item's number begins, where it ends with its point, and where the words behind it begin."""
    at = _skip(text, start, end, _MARKUP)
    if not number or not text.startswith(number, at):
        at = _skip(text, start, end, "")
        words = _skip(text, at, end, _MARKS_OF_NUMBER)
        return at, words, words
    upto = at + len(number)
    while upto < end and text[upto] in _POINTS:
        upto += 1
    return at, min(upto, end), min(_skip(text, upto, end, _MARKS_OF_NUMBER), end)


def _skip(text: str, at: int, end: int, marks: str) -> int:
    while at < end and (text[at].isspace() or text[at] in marks):
        at += 1
    return at
