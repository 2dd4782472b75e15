"""Which proposals stay: items without time only where the list they stand in is a calendar, and nothing twice."""

from collections import Counter
from collections.abc import Sequence

from plans.outline.shapes import Nature, Outline

from .shapes import ProposedActivity

_LEAST_TIMED = 0.33


def sifted(outline: Outline, proposals: Sequence[ProposedActivity]) -> list[ProposedActivity]:
    """Return the proposals without those of lists in which hardly anything is dated, and without repetitions."""
    timed: Counter[int | None] = Counter()
    everything: Counter[int | None] = Counter()
    roots = [_calendar_root(outline, proposal.section) for proposal in proposals]
    for proposal, root in zip(proposals, roots, strict=True):
        everything[root] += 1
        timed[root] += bool(proposal.windows)
    seen: set[tuple[int, int]] = set()
    kept = []
    for proposal, root in zip(proposals, roots, strict=True):
        place = (proposal.start, proposal.end)
        if place in seen or (not proposal.windows and timed[root] < everything[root] * _LEAST_TIMED):
            continue
        seen.add(place)
        kept.append(proposal)
    return kept


def _calendar_root(outline: Outline, section: int | None) -> int | None:
    """Return the outermost section of the calendar that a section is in."""
    root = section
    while section is not None:
        if outline.sections[section].nature is Nature.CALENDAR:
            root = section
        section = outline.sections[section].parent
    return root
