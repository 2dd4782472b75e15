"""From an outline to a plan's sections: one row for each, in the document's order, with its place in the text.

Read again, a section that is found at the same place keeps its row, and with it every word that a person has changed;
what is found now and was not before is put in between, but for what was deleted by hand; nothing is taken away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from plans.models import Plan, Section
from plans.outline import Block, Outline, Role
from plans.outline import Section as Found
from plans.writing.arranging import LONGEST_ADDRESS

from .pane import after_number

_LONGEST = {"number": 20, "heading": 500}  # letters, as the columns hold
# Far above any number of sections: moves rows out of the way of the unique order while others take their place.
_ASIDE = 1_000_000


def keep_sections(*, plan: Plan, outline: Outline) -> dict[int, Section]:
    """Store what of the outline has no row yet; return the row of every index of ``outline.sections``.

    One that was deleted by hand gives the row of the one above it; null is left out. The plan's row is locked by the
    caller. A constant number of queries.
    """
    standing = list(plan.sections.order_by("order"))
    known = _by_place(standing, outline)
    words = _words_of(outline)
    taken = {row.address for row in standing}
    row_of: dict[int, Section] = {}
    left_out = _left_out(plan, outline, known)
    for index, found in enumerate(outline.sections):
        if index in left_out:
            if (above := _above(found, row_of)) is not None:
                row_of[index] = above
            continue
        row_of[index] = known.get(index) or _row(plan, found, words[index], _free_address(found.address, index, taken))
    fresh = [index for index in row_of if index not in known and index not in left_out]
    if fresh:
        in_order = _in_order(standing, row_of, fresh, outline)
        _write(standing, {index: row_of[index] for index in fresh}, row_of, in_order, outline)
    return row_of


def _by_place(standing: Iterable[Section], outline: Outline) -> dict[int, Section]:
    """Index → the row that was found at the same place; two at one place keep their order."""
    waiting: dict[int, list[Section]] = defaultdict(list)
    for row in standing:
        if row.start is not None:
            waiting[row.start].append(row)
    found = {}
    for index, section in enumerate(outline.sections):
        if waiting[section.start]:
            found[index] = waiting[section.start].pop(0)
    return found


def _above(found: Found, row_of: Mapping[int, Section]) -> Section | None:
    return None if found.parent is None else row_of.get(found.parent)


def _left_out(plan: Plan, outline: Outline, known: Mapping[int, Section]) -> set[int]:
    """Indexes of what was deleted by hand at its place."""
    gone = Counter(plan.left_out)
    found = set()
    for index, section in enumerate(outline.sections):
        if index not in known and gone[section.start]:
            gone[section.start] -= 1
            found.add(index)
    return found


def _row(plan: Plan, found: Found, text: str, address: str) -> Section:
    heading, number = found.heading.strip(), found.number.strip()
    if len(heading) > _LONGEST["heading"]:
        heading, text = "", f"{heading}\n{text}".strip()
    return Section(
        plan=plan,
        number=number[: _LONGEST["number"]],
        address=address,
        heading=heading,
        text=text,
        start=found.start,
        end=found.end,
    )


def _free_address(address: str, index: int, taken: set[str]) -> str:
    free = address[:LONGEST_ADDRESS]
    if free in taken or len(address) > LONGEST_ADDRESS:
        mark = f"#s{index}"
        free = address[: LONGEST_ADDRESS - len(mark)] + mark
    taken.add(free)
    return free


def _in_order(
    standing: list[Section], row_of: Mapping[int, Section], fresh: Iterable[int], outline: Outline
) -> list[Section]:
    """Return all rows, each behind the one above it: a new one follows what comes before it in the document."""
    by_id = {row.pk: row for row in standing}
    below: dict[int | None, list[Section]] = defaultdict(list)
    for row in standing:
        below[id(by_id[row.parent_id]) if row.parent_id else None].append(row)
    for index in fresh:
        above = _above(outline.sections[index], row_of)
        siblings = below[None if above is None else id(above)]
        siblings.insert(_behind(outline.sections[index].start, siblings), row_of[index])
    in_order: list[Section] = []
    waiting = below[None][::-1]
    while waiting:
        row = waiting.pop()
        in_order.append(row)
        waiting += below[id(row)][::-1]
    return in_order


def _behind(start: int, siblings: list[Section]) -> int:
    """Where among its siblings a new row belongs: behind the nearest one that stands before it in the text."""
    before = [place for place, row in enumerate(siblings) if row.start is not None and row.start <= start]
    return before[-1] + 1 if before else 0


def _write(
    standing: list[Section],
    fresh: Mapping[int, Section],
    row_of: Mapping[int, Section],
    in_order: list[Section],
    outline: Outline,
) -> None:
    for row in standing:
        row.order += _ASIDE
    Section.objects.bulk_update(standing, ["order"])
    for order, row in enumerate(in_order, start=1):
        row.order = order
    Section.objects.bulk_update(standing, ["order"])
    Section.objects.bulk_create(fresh.values())
    for index, row in fresh.items():
        row.parent = _above(outline.sections[index], row_of)
        row.depth = 1 if row.parent is None else row.parent.depth + 1
    Section.objects.bulk_update(fresh.values(), ["parent", "depth"])


def _words_of(outline: Outline) -> dict[int, str]:
    """Index → the section's own words: without its number and heading, without what belongs to the sections below."""
    words: dict[int, list[str]] = defaultdict(list)
    for block in outline.blocks:
        if block.section is not None and block.role is not Role.FURNITURE:
            words[block.section].append(_own_words(outline, block, outline.sections[block.section]))
    return {index: "\n".join(filter(None, words[index])) for index in range(len(outline.sections))}


def _own_words(outline: Outline, block: Block, section: Found) -> str:
    start = block.start
    if start == section.start:
        start = after_number(outline.text, start, block.end, section.number)
        heading = section.heading.strip()
        at = outline.text.find(heading, start, block.end) if heading else -1
        if at >= 0:
            start = at + len(heading)
        elif heading:
            start = block.end
    parts, at = [], start
    for first, last in (hole for hole in block.holes if hole[0] >= start):
        parts.append(outline.text[at:first])
        at = last
    parts.append(outline.text[at : block.end])
    text = " ".join(parts)
    if block.role in (Role.ROW, Role.TABLE_HEAD):
        return text.strip("\n ")
    return " ".join(text.split()).lstrip(":*_ " if section.heading else "")
