"""Proposals as a person looks at them: with their label, what speaks against them, and which list they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from plans.enums import ProposalState
from plans.models import FoundContradiction, Plan, Proposal

P_co = TypeVar("P_co", bound=Proposal, covariant=True)

Filter = Literal["all", "open", "doubtful", "clash"]
FILTERS: tuple[Filter, ...] = ("all", "open", "doubtful", "clash")


@dataclass(frozen=True)
class Item(Generic[P_co]):
    """A proposal with its label and the contradictions that lie on its words.

    ``repeats``: it says again what another proposal says, which only a person can settle.
    """

    proposal: P_co
    label: str
    clashes: Sequence[FoundContradiction]
    repeats: bool = False

    @property
    def is_open(self) -> bool:
        return self.proposal.state == ProposalState.OPEN

    @property
    def mark(self) -> str:
        """How it is marked in the document: open, doubtful, clash, accepted, rejected."""
        if not self.is_open:
            return self.proposal.state
        if self.clashes or self.repeats:
            return "clash"
        return "doubtful" if self.proposal.doubts else "open"

    @property
    def filters(self) -> list[Filter]:
        """The lists it stands in, besides the one of all: what is decided stands in no other."""
        if not self.is_open:
            return []
        return ["open", *(["doubtful"] if self.proposal.doubts else []), *(["clash"] if self.mark == "clash" else [])]  # type: ignore[list-item]

    @property
    def is_sure(self) -> bool:
        """Whether it may be accepted together with others, unseen: read without doubt, and nobody has corrected it."""
        return self.mark == "open" and self.proposal.found is not None and self.proposal.wish is None

    @property
    def notes(self) -> list[str]:
        """What makes it doubtful, in the words of the reader; what a contradiction says already is not said twice."""
        known = {clash.kind for clash in self.clashes} | {clash.says for clash in self.clashes}
        return [doubt["says"] for doubt in self.proposal.doubts if not {doubt["code"], doubt["says"]} & known]


@dataclass(frozen=True)
class RowWords:
    """What a row says: ``lead`` in bold, ``rest`` beside it; ``settled`` is told of an accepted one instead."""

    name: str
    lead: str
    rest: Sequence[str]
    settled: Sequence[str]


def counts_of(items: Iterable[Item[Proposal]]) -> dict[str, int]:
    """Return how many stand in each list, by filter."""
    counts: dict[str, int] = dict.fromkeys(FILTERS, 0)
    for item in items:
        for name in ("all", *item.filters):
            counts[name] += 1
    return counts


def progress_of(model: type[Proposal], plan: Plan) -> tuple[int, int]:
    """Return how many proposals of the plan are decided, and how many there are."""
    states = list(model._default_manager.filter(plan=plan).values_list("state", flat=True))
    return sum(state != ProposalState.OPEN for state in states), len(states)
