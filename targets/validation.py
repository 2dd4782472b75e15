"""What makes a target sound: kind × carrier × bounds × time (domain: Targets); each check raises at its field.

Writing is ``targets.services``; the database's constraints guard the same facts a second time.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plans.models import Plan
from units.enums import Kind

from .enums import Carrier, IndicatorKind
from .models import Target

SHARED_OUT = (Carrier.EACH_UNIT, Carrier.EACH_BLOC)
HUNDRED = Decimal(100)


def check_target(target: Target, phases: Sequence[tuple[date, Decimal]]) -> None:
    """All that makes a target sound, before it is written; ``phases`` are (by when, how much in all)."""
    kind = target.indicator.kind
    check_place(target)
    check_carrier(
        kind=kind,
        carried_by=target.carried_by,
        required_share=target.required_share,
        carrier_kinds=target.carrier_kinds,
    )
    check_bounds(kind=kind, minimum=target.minimum, maximum=target.maximum)
    check_term(plan=target.plan, starts_on=target.starts_on, due_on=target.due_on)
    check_phases(target, phases)


def check_place(target: Target) -> None:
    """The code is free in the plan; the section is the plan's; a restatement repeats an original on its indicator."""
    plan_id, restates = target.plan_id, target.restates
    if Target.objects.filter(plan=plan_id, code=target.code).exclude(pk=target.pk).exists():
        raise ValidationError({"code": _("The plan has a target of this code already.")})
    if target.section is not None and target.section.plan_id != plan_id:
        raise ValidationError({"section": _("The section belongs to another plan.")})
    if restates is None:
        return
    if restates.plan_id != plan_id or restates.restates_id is not None:
        raise ValidationError({"restates": _("A restatement repeats an original target of the same plan.")})
    if restates.indicator_id != target.indicator_id:
        raise ValidationError({"restates": _("A restatement is on the same indicator as its original.")})
    if target.pk is not None and (restates.pk == target.pk or target.restated_by.exists()):
        raise ValidationError({"restates": _("This target is an original itself: others repeat it.")})


def check_carrier(
    *, kind: str, carried_by: Carrier | str, required_share: Decimal | None, carrier_kinds: Sequence[str]
) -> None:
    """A milestone is the issuer's or each unit's; a share is asked where each carrier is tested, and only there."""
    if carried_by not in Carrier.values:
        raise ValidationError({"carried_by": _("Choose who carries the target.")})
    if kind == IndicatorKind.MILESTONE and carried_by not in (Carrier.ISSUER_OWN, Carrier.EACH_UNIT):
        raise ValidationError({"carried_by": _("A milestone is carried by the issuing body itself or by each unit.")})
    if carried_by in SHARED_OUT and required_share is None:
        raise ValidationError({"required_share": _("Say which share of the carriers must reach it, in percent.")})
    if carried_by not in SHARED_OUT and required_share is not None:
        raise ValidationError({"required_share": _("A share is asked only where each unit or bloc is tested.")})
    if required_share is not None and not 0 < required_share <= HUNDRED:
        raise ValidationError({"required_share": _("A share lies above 0 and at most at 100 percent.")})
    if carrier_kinds and carried_by != Carrier.EACH_UNIT:
        raise ValidationError({"carrier_kinds": _("Kinds of units are named only where each unit carries the target.")})
    if unknown := set(carrier_kinds) - set(Kind.values):
        raise ValidationError({"carrier_kinds": _("Unknown kind: %(kind)s.") % {"kind": ", ".join(sorted(unknown))}})


def check_bounds(*, kind: str, minimum: Decimal | None, maximum: Decimal | None) -> None:
    """Bounds not negative, in order, within 0 to 100 for a ratio; none for a milestone, at least one otherwise."""
    if kind == IndicatorKind.MILESTONE:
        if minimum is not None or maximum is not None:
            raise ValidationError({"minimum": _("A milestone is done or not: it has no figures.")})
        return
    if minimum is None and maximum is None:
        raise ValidationError({"minimum": _("Give a minimum, a maximum or both.")})
    for name, bound in (("minimum", minimum), ("maximum", maximum)):
        if bound is not None and bound < 0:
            raise ValidationError({name: _("A figure cannot be negative.")})
        if bound is not None and kind == IndicatorKind.RATIO and bound > HUNDRED:
            raise ValidationError({name: _("A ratio lies between 0 and 100 percent.")})
    if minimum is not None and maximum is not None and maximum < minimum:
        raise ValidationError({"maximum": _("The maximum lies below the minimum.")})


def check_term(*, plan: Plan, starts_on: date, due_on: date) -> None:
    """The target runs forward and within the plan's term."""
    if due_on < starts_on:
        raise ValidationError({"due_on": _("The due day lies before the start.")})
    if starts_on < plan.starts_on:
        raise ValidationError({"starts_on": _("The target starts before the plan's term.")})
    if due_on > plan.ends_on:
        raise ValidationError({"due_on": _("The due day lies after the plan's term.")})


def check_phases(target: Target, phases: Sequence[tuple[date, Decimal]]) -> None:
    """Phases rise with time, lie within the target's, and ask no more than the target in all."""
    if not phases:
        return
    if target.indicator.kind == IndicatorKind.MILESTONE or target.minimum is None:
        raise ValidationError({"phases": _("Phases need a minimum to lead up to.")})
    days = [day for day, _least in phases]
    steps = [least for _day, least in phases]
    if days != sorted(set(days)) or steps != sorted(steps) or steps[0] < 0:
        raise ValidationError({"phases": _("Phases rise with time, one for a day.")})
    if days[0] < target.starts_on or days[-1] > target.due_on:
        raise ValidationError({"phases": _("Phases lie between the target's start and its due day.")})
    if steps[-1] > target.minimum:
        raise ValidationError({"phases": _("Phases ask in all no more than the target.")})
