"""What the reading of a calendar gives. All places are offsets into the document's text, ``end`` excluded."""

from dataclasses import dataclass

from plans.outline.shapes import Contradiction, Doubt
from plans.vietnamese.times import Span


@dataclass(frozen=True)
class ProposedActivity:
    """One planned event, shown to a person beside the words it came from.

    ``start``/``end`` is its place; ``time`` the place of the words that tell when, which may stand in a heading above,
    null for none; ``windows`` may be empty. ``scope`` is a stored value (contracts: Vocabularies). ``repeats`` is how
    often it takes place in its window ("04 Ngày Chủ nhật xanh": 4). ``name`` is short enough for the portal's screens;
    ``section`` is an index in ``Outline.sections``.
    """

    start: int
    end: int
    time: tuple[int, int] | None
    windows: tuple[Span, ...]
    tentative: bool
    scope: str
    repeats: int
    name: str
    section: int | None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class ActivityReading:
    """All that was found, in the document's order."""

    proposals: tuple[ProposedActivity, ...]
    contradictions: tuple[Contradiction, ...]
