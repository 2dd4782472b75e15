"""What becomes of targets and shares when a plan is amended; registered with ``plans.versions.copiers``.

Entries are made against indicators, so nothing that was reported is touched here (domain: "Report once").
"""

from collections.abc import Mapping

from plans.models import Plan, Section
from plans.versions.copiers import Copier

from . import changes
from .enums import AdjustmentState, Carrier, IndicatorKind
from .models import Adjustment, Allocation, Phase, Target

COPIED = (
    "order",
    "code",
    "name",
    "folded",
    "indicator_id",
    "carried_by",
    "carrier_kinds",
    "carrier_reach",
    "minimum",
    "maximum",
    "required_share",
    "starts_on",
    "due_on",
    "quote",
)


def copy(source: Plan, amendment: Plan, sections: Mapping[int, Section]) -> None:
    """Copy the targets with their phases; originals first, for restatements point at them."""
    copies: dict[int, Target] = {}
    rows = sorted(source.targets.all(), key=lambda target: (target.restates_id is not None, target.order))
    for target in rows:
        facts = {name: getattr(target, name) for name in COPIED}
        copies[target.pk] = Target.objects.create(
            plan=amendment,
            origin=target,
            section=sections.get(target.section_id) if target.section_id is not None else None,
            restates=copies[target.restates_id] if target.restates_id is not None else None,
            **facts,
        )
    phases = Phase.objects.filter(target__in=copies)
    Phase.objects.bulk_create(
        Phase(target=copies[phase.target_id], due_on=phase.due_on, minimum=phase.minimum) for phase in phases
    )


def hand_over(_source: Plan, amendment: Plan) -> None:
    """Let shares go over, dated as they were, to targets that still count the same thing and are still shared out.

    The rows of the earlier version stay with it. A proposal of another figure that still waits goes over itself.
    """
    later = {
        target.origin_id: target
        for target in amendment.targets.counted().filter(origin__isnull=False).select_related("origin", "indicator")
        if target.origin and target.origin.indicator_id == target.indicator_id and _is_shared_out(target)
    }
    shares = Allocation.objects.filter(target__in=later)
    Allocation.objects.bulk_create(
        Allocation(
            target=later[share.target_id],
            unit_id=share.unit_id,
            minimum=share.minimum,
            maximum=share.maximum,
            effective_on=share.effective_on,
            handed_by_id=share.handed_by_id,
            actor_id=share.actor_id,
            at=share.at,
        )
        for share in shares
    )
    _move_open(later)
    changes.tell([(amendment.unit, amendment.starts_on)])


def _move_open(later: Mapping[int | None, Target]) -> None:
    """Let open proposals wait under the new version, where alone they can be settled."""
    waiting = list(Adjustment.objects.filter(target__in=later, state=AdjustmentState.OPEN))
    for adjustment in waiting:
        adjustment.target = later[adjustment.target_id]
    Adjustment.objects.bulk_update(waiting, ["target"])


def _is_shared_out(target: Target) -> bool:
    return target.carried_by != Carrier.ISSUER_OWN and target.indicator.kind != IndicatorKind.MILESTONE


def discard(amendment: Plan) -> None:
    """Delete the draft's targets, restatements before what they repeat."""
    amendment.targets.filter(restates__isnull=False).delete()
    amendment.targets.all().delete()


COPIER = Copier(copy=copy, hand_over=hand_over, discard=discard)
