"""From the walk's drafts to the outline's sections and blocks, in offsets of the text."""

from plans.outline.lines import Line, mark_up_in
from plans.outline.markers import SIGNS, Style
from plans.outline.nature import nature_of
from plans.outline.shapes import Block, Cell, Nature, Role, Section
from plans.outline.walk import Draft, Part, Walk
from plans.vietnamese.letters import bare

_LONGEST_HEADING = 340
_LONGEST_LABEL = 60
# A block with more marks than this is not prose with mark-up.
_MOST_HOLES = 400


def sections_of(text: str, read: Walk) -> tuple[Section, ...]:
    """Return the sections in order. Parents come before their children."""
    first_child: dict[int, int] = {}
    for part in read.parts:
        if part.parent is not None:
            first_child.setdefault(part.parent, part.first)
    followed = {draft.section for draft in read.drafts if draft.role in {Role.TEXT, Role.ROW}}
    sections: list[Section] = []
    taken: dict[str, int] = {}
    for index, part in enumerate(read.parts):
        above = sections[part.parent] if part.parent is not None else None
        end = read.ends.get(index, len(read.lines))
        places = tuple(_offset(read.lines, at) for at in (part.first, end, first_child.get(index, end)))
        leads = index in first_child or index in followed
        sections.append(
            _section(part, _words(text, read.lines, part), above, places, leads=leads, lines=read.lines, taken=taken)
        )
    return tuple(sections)


def _section(
    part: Part,
    words: str,
    above: Section | None,
    places: tuple[int, ...],
    *,
    leads: bool,
    lines: list[Line],
    taken: dict[str, int],
) -> Section:
    heading = words if part.told or _is_heading(part, lines, words, leads=leads) else ""
    start, end, own_end = places
    return Section(
        number=part.marker.number,
        heading=heading.rstrip(" :"),
        start=start,
        end=end,
        own_end=own_end,
        depth=part.depth,
        parent=part.parent,
        address=_address(part, words, above, taken),
        nature=nature_of(
            _telling(bare(words), heading),
            above=above.nature if above else _nature_before(part),
            whole=bool(heading),
        ),
    )


def blocks_of(text: str, read: Walk) -> tuple[Block, ...]:
    """Return the blocks: the drafts, and what lies between them as furniture."""
    blocks: list[Block] = []
    at = 0
    for draft in read.drafts:
        start, end = read.lines[draft.first].start, read.lines[draft.last].end
        if at < start:
            blocks.append(Block(Role.FURNITURE, at, start))
        blocks.append(_block(text, read.lines, draft))
        at = end
    if at < len(text):
        blocks.append(Block(Role.FURNITURE, at, len(text)))
    return tuple(blocks)


def _block(text: str, lines: list[Line], draft: Draft) -> Block:
    start, end = lines[draft.first].start, lines[draft.last].end
    holes = [(line.left, line.right) for line in lines[draft.first : draft.last + 1] if line.loose]
    holes += mark_up_in(text, start, end)
    holes += [
        (line.start, line.left)
        for line in lines[draft.first : draft.last + 1]
        if not text[line.start : line.left].isspace()
    ]
    if draft.after:
        holes.append((lines[draft.first].left, lines[draft.first].left + draft.after))
    if draft.row is not None:
        holes += [(at, at + 1) for at in range(start, end) if text[at] == "|"]
        holes += [(left, right) for left, right, column in draft.row.cells if column in {"stt", "tt", "so tt"}]
    cells = tuple(Cell(*cell) for cell in draft.row.cells) if draft.row is not None else ()
    section = draft.section
    return Block(draft.role, start, end, section, _merged(holes) if len(holes) <= _MOST_HOLES else (), cells)


def _merged(holes: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(holes):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def _offset(lines: list[Line], index: int) -> int:
    if index < len(lines):
        return lines[index].start
    return lines[-1].end if lines else 0


def _nature_before(part: Part) -> Nature:
    """Return what a section without one above it is for as long as its words tell nothing: an annex is a calendar."""
    lists = part.opening is not None and (part.opening.annex or part.opening.kind == "Lịch")
    return Nature.CALENDAR if lists else Nature.NARRATIVE


def _words(text: str, lines: list[Line], part: Part) -> str:
    """Return the words of a section's heading line without number and mark-up."""
    block = part.block
    if part.opening is not None:
        kind = " ".join(lines[block.first].words.split())
        title = part.opening.head.title
        return title if part.marker.number or title.startswith(kind) else f"{kind} {title}".strip()
    words = []
    for index in range(block.first, block.last + 1):
        line = lines[index]
        if not line.empty:
            at, kept = line.left + (block.after if index == block.first else 0), ""
            for start, end in mark_up_in(text, at, line.right):
                kept, at = kept + text[at:start], max(at, end)
            words.append(kept + text[at : line.right])
    return " ".join(" ".join(words).split())


def _is_heading(part: Part, lines: list[Line], words: str, *, leads: bool) -> bool:
    """Tell whether the words are a heading: bold or in capitals, or what leads to something."""
    if not words or len(words) > _LONGEST_HEADING:
        return False
    line = lines[part.block.first]
    if part.marker.style in {Style.PERIOD, Style.BOLD, Style.LEAD, Style.PART} and len(words) <= 200:
        return True
    if words.isupper() or words.endswith(":"):
        return True
    if words.endswith((".", ";", ",")):
        return leads and line.bold
    if part.marker.style in SIGNS:
        return leads and line.bold
    return leads or line.bold


def _telling(words: str, heading: str) -> str:
    """Return the words that tell a section's nature: its heading, or what an item says before its colon."""
    if heading:
        return words
    lead, colon, _ = words.partition(":")
    return lead if colon and len(lead) <= 60 else ""


def _label(part: Part, words: str) -> str:
    label = words.split(":", maxsplit=1)[0] if part.marker.style is Style.PERIOD else words
    return label[:_LONGEST_LABEL].strip(" :").replace("/", "-")


def _address(part: Part, words: str, above: Section | None, taken: dict[str, int]) -> str:
    kind = part.opening.kind if part.opening else ""
    label = part.marker.number or kind or ("-" if part.marker.style in SIGNS else _label(part, words)) or "-"
    path = f"{above.address}/{label}" if above else label
    times = taken.get(path, 0) + 1
    address = path if times == 1 else f"{path} ({times})"
    while address in taken:
        times += 1
        address = f"{path} ({times})"
    taken[address] = 1
    taken[path] = times
    return address
