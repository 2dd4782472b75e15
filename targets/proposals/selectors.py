"""Reading a plan's target proposals, each with its label and what stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plans.enums import ProposalState
from plans.models import Plan, Section
from plans.proposals.contradictions import beside, contradictions_of
from plans.proposals.labels import Place, labels_of, stems_of
from plans.proposals.shelf import Item
from targets.models import Indicator, Target, TargetProposal

from .keys import TargetValues, values_of

# What the code of a target begins with that stands in no section ("chỉ tiêu").
LOOSE = "CT"


@dataclass(frozen=True)
class TargetItem(Item[TargetProposal]):
    """A target proposal with what it says, the catalogue's row that it names, and the one that it says again.

    ``indicator`` is null for a new one, ``original`` for a proposal that repeats none.
    """

    values: TargetValues = field(default_factory=TargetValues)
    indicator: Indicator | None = None
    original: "TargetItem | None" = None

    @property
    def may_merge(self) -> bool:
        """Whether it can be taken as a repetition now: the one that it repeats stands in the plan."""
        return self.original is not None and self.original.proposal.target_id is not None


def items_of(plan: Plan) -> list[TargetItem]:
    """Return every proposal of the plan in the document's order, in a fixed number of queries."""
    rows = TargetProposal.objects.filter(plan=plan)
    rows = rows.select_related("section", "decided_by", "target__indicator", "target__restates", "target__plan__unit")
    proposals = list(rows.order_by("start", "pk"))
    labels = _labels(plan, proposals)
    clashes = beside(proposals, contradictions_of(plan))
    items: dict[int, TargetItem] = {}
    # Originals first: what repeats another points to its item.
    said = {row.pk: values_of(row.found, row.wish) for row in proposals}
    known = _indicators(said.values())
    for row in sorted(proposals, key=lambda one: said[one.pk].restates is not None):
        row.plan = plan
        original = items.get(said[row.pk].restates or 0)
        items[row.pk] = TargetItem(
            proposal=row,
            label=labels[row.pk],
            clashes=clashes.get(row.pk, []),
            repeats=original is not None and original.proposal.state != ProposalState.REJECTED,
            values=said[row.pk],
            indicator=known.get(said[row.pk].indicator or 0),
            original=original,
        )
    return [items[row.pk] for row in proposals]


def _labels(plan: Plan, proposals: Iterable[TargetProposal]) -> dict[int, str]:
    """Return proposal id → its code: that of its target, else the one that it would get; "–" for a rejected one."""
    rows = list(proposals)
    live = [row for row in rows if row.state != ProposalState.REJECTED]
    places = [Place(row.pk, row.section_id, row.target.code if row.target else None) for row in live]
    sections = Section.objects.filter(plan=plan).only("number", "heading", "parent_id")
    stems = stems_of(sections, {place.section for place in places}, loose=LOOSE)
    taken = Target.objects.filter(plan=plan).values_list("code", flat=True)
    return {row.pk: "–" for row in rows} | labels_of(places, stems, taken=set(taken))


def code_for(proposal: TargetProposal) -> str:
    """Return the code that the proposal's target gets."""
    rows = TargetProposal.objects.filter(plan=proposal.plan).select_related("target")
    return _labels(proposal.plan, rows)[proposal.pk]


def _indicators(said: Iterable[TargetValues]) -> dict[int, Indicator]:
    """Return id → indicator for those that are named; one that went over into another gives that one."""
    named = {values.indicator for values in said if values.indicator is not None}
    rows = Indicator.objects.select_related("merged_into").in_bulk(named)
    return {pk: row.merged_into or row for pk, row in rows.items()}
