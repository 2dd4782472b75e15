"""Storing what a reader found, the first time and again, without touching what people decided or typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from plans.enums import ProposalState
from plans.models import Plan, Proposal, Section

P = TypeVar("P", bound=Proposal)


@dataclass(frozen=True)
class Fresh:
    """What was found now: its place, ``end`` excluded, the index of its section in the outline, what it is to store."""

    start: int
    end: int
    section: int | None
    found: dict[str, Any]
    doubts: list[dict[str, str]]


def overlap(first: Fresh | Proposal, second: Fresh | Proposal) -> int:
    """Return how many characters the two places share."""
    return max(min(first.end, second.end) - max(first.start, second.start), 0)


def section_at(start: int, sections: Iterable[Section]) -> Section | None:
    """Return the innermost of the plan's sections whose span holds the place; null where none does."""
    around = [row for row in sections if row.start is not None and row.end is not None and row.start <= start < row.end]
    return max(around, key=lambda row: (row.depth, row.start or 0), default=None)


def keep_found(
    *,
    model: type[P],
    plan: Plan,
    text: str,
    fresh: Sequence[Fresh],
    sections: Mapping[int, Section],
    is_same: Callable[[Fresh, P], bool],
) -> list[P]:
    """Store what was found, and return for each the row that stands for it: a new one, or one that was there.

    Decided proposals stay as they are, and so do undecided ones with a correction or made by hand; other undecided
    ones make room for what is found now. What is found where a remaining one stands and is the same (``is_same``, asked
    of overlapping ones only) is not proposed again. For callers that hold the plan's row.
    """
    rows = model._default_manager.filter(plan=plan)
    rows.filter(state=ProposalState.OPEN, wish__isnull=True, found__isnull=False).delete()
    kept: list[P] = list(rows.all())
    _find_sections_again(kept, sections)
    standing = [next((row for row in kept if overlap(one, row) and is_same(one, row)), None) for one in fresh]
    made = [
        model(
            plan=plan,
            section=sections.get(one.section) if one.section is not None else None,
            start=one.start,
            end=one.end,
            quote=text[one.start : one.end],
            found=one.found,
            doubts=one.doubts,
        )
        for one, twin in zip(fresh, standing, strict=True)
        if twin is None
    ]
    new = iter(model._default_manager.bulk_create(made))
    return [twin or next(new) for twin in standing]


def _find_sections_again(kept: Iterable[Proposal], sections: Mapping[int, Section]) -> None:
    """Where sections were made anew, what is kept hangs on none: give it the one it lies in."""
    for row in kept:
        if row.section_id is None:
            row.section = section_at(row.start, sections.values())
            if row.section is not None:
                row.save(update_fields=["section"])
