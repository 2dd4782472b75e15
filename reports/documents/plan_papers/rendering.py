"""The paper of a plan as a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.paper_parts import Section
from reports.documents import layout, parts, words
from reports.documents.sheets import Sheet, sheet_of

from .context import PlanPaper, PlanPart

TEMPLATE = "reports/paper/plan.html"
MOST_BETWEEN = 4  # blocks from the last paragraph back to the one before it


@dataclass(frozen=True)
class Block:
    """One heading (``tag`` h2 or h3) or paragraph (p) of the text."""

    tag: str
    text: str
    css: str = ""


def plan_sheet(paper: PlanPaper) -> Sheet:
    """The plan's text with its tables, as it is printed."""
    return sheet_of(
        TEMPLATE,
        template_context(paper),
        title=document_title(paper),
        dated=paper.head.dated or paper.as_of,
        head=paper.head,
        type_name=paper.type_name,
        sections_of=sections_of,
    )


def document_title(paper: PlanPaper) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"{paper.type_name} {paper.title}"


def template_context(paper: PlanPaper) -> dict[str, Any]:
    """What the template needs beyond the paper itself."""
    blocks = blocks_of(paper.parts)
    tail = closing_of(blocks)
    closing = tail[-1:] if tail and tail[-1].tag == "p" else []
    return {
        "report": paper,
        "title": document_title(paper),
        "about": f"V/v {words.lowered(paper.title)}" if paper.addressed else "",
        "blocks": blocks[: len(blocks) - len(tail)],
        "tail": tail[: len(tail) - len(closing)],
        "closing": [block.text for block in closing],
        "appendices": _appendices(paper.appendices),
        "forms": _forms(paper),
        "target_groups": layout.numbered_through(paper.target_groups),
        "activity_groups": layout.numbered_through(paper.activity_groups),
        "has_timeless": any(not row.time for group in paper.activity_groups for row in group.rows),
        "wide_date": layout.needs_wide_date(paper.head.place),
        "qr": layout.qr_drawing(paper.verification) if paper.verification else None,
        **parts.whole("text", "targets", "activities"),
    }


def sections_of(context: parts.Context, html: parts.Html) -> list[Section]:
    """The text with its own annexes, then the two tables."""
    tables = {"targets": "target_groups", "activities": "activity_groups"}
    divided = [parts.by_group(context, html, name, tables[name]) for name in context["forms"]]
    return [parts.undivided(context, html, "text"), *divided]


def blocks_of(sections: Iterable[PlanPart]) -> list[Block]:
    """The text as it runs: a heading with its number, or the number before the first words."""
    return [block for part in sections for block in _blocks(part)]


def closing_of(blocks: list[Block]) -> list[Block]:
    """What travels with the signature: the last paragraph, or a short one with the paragraph before.

    Headings between the two go along, as far as they are not too many.
    """
    last = len(blocks) - 1
    if last < 0 or (blocks[last].tag == "p" and len(blocks[last].text) >= layout.CLOSING_NEEDS):
        return blocks[last:] if blocks else []
    before = [place for place in range(last) if blocks[place].tag == "p"]
    return blocks[before[-1] :] if before and last - before[-1] <= MOST_BETWEEN else blocks[last:]


def _blocks(part: PlanPart) -> list[Block]:
    lines = [*part.paragraphs, *part.items]
    lead = _lead(part)
    if part.heading:
        title = f"{lead}{part.heading}"
        first = Block("h2", title.upper()) if part.depth == 1 else Block("h3", title, "deep" if part.depth > 2 else "")
        return [first, *(Block("p", line) for line in lines)]
    return [Block("p", f"{lead if position == 0 else ''}{line}") for position, line in enumerate(lines)]


def _lead(part: PlanPart) -> str:
    """ "1.7. ", "a) ", for a dash "- "; nothing for what stands before all numbers."""
    if part.number:
        return f"{part.number}. " if part.number[-1].isalnum() else f"{part.number} "
    return "- " if part.depth > 1 and not part.heading else ""


def _appendices(sections: tuple[PlanPart, ...]) -> list[dict[str, Any]]:
    """Each annex of the plan's own with its text; what stands beneath it belongs to it."""
    found: list[dict[str, Any]] = []
    for part in sections:
        if part.depth == 1:
            lines = [Block("p", line) for line in (*part.paragraphs, *part.items)]
            found.append({"number": part.number, "what": part.heading, "blocks": lines})
        elif found:
            found[-1]["blocks"] += _blocks(part)
    return found


def _forms(paper: PlanPaper) -> dict[str, int]:
    """The numbers of the two tables: of those that have something in them."""
    present = {"targets": bool(paper.target_groups), "activities": bool(paper.activity_groups)}
    return {name: number for number, name in enumerate((n for n, there in present.items() if there), start=1)}
