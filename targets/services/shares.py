"""Shares of targets handed down the tree; a change is a later row (domain: rule 14)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from plans.enums import PlanState
from plans.models import Plan
from units.models import Unit

from ..enums import Carrier, IndicatorKind
from ..models import Allocation, Target
from ..rules import can_hand_down
from ..selectors import allocation_in_force
from ..validation import check_bounds


@transaction.atomic
def allocate(
    *,
    actor: User | None,
    target: Target,
    unit: Unit,
    minimum: Decimal,
    effective_on: date,
    handed_by: Unit,
    maximum: Decimal | None = None,
) -> Allocation:
    """Hand ``unit`` its share of a target from ``effective_on`` on (domain: rule 14); a change is a later row.

    ``handed_by`` is the plan's unit, or one beneath it that was handed a share itself. The sum of shares may differ
    from the target. Raises ValidationError at the field that is wrong, PermissionDenied where the actor is no
    officer of ``handed_by``.
    """
    if actor is not None and not can_hand_down.test(actor, handed_by):
        raise PermissionDenied
    plan = _lock_open_plan(target)
    _check_shareable(target)
    _check_line(plan=plan, target=target, unit=unit, handed_by=handed_by, on=effective_on)
    share = Allocation(target=target, unit=unit, minimum=minimum, maximum=maximum, effective_on=effective_on)
    share.handed_by, share.actor, share.at = handed_by, actor, clock.now()
    if Allocation.objects.filter(target=target, unit=unit, effective_on=effective_on).exists():
        raise ValidationError({"effective_on": _("A share from this day is on record already: choose a later day.")})
    check_bounds(kind=target.indicator.kind, minimum=minimum, maximum=maximum)
    share.full_clean()
    share.save()
    return share


def _lock_open_plan(target: Target) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=target.plan_id)
    if plan.state == PlanState.CLOSED:
        raise ValidationError(_("The plan is closed: nothing can be handed down any more."))
    if not Plan.objects.current().filter(pk=plan.pk).exists():
        raise ValidationError(_("This version of the plan is not the one in force."), code="not_in_force")
    return plan


def _check_shareable(target: Target) -> None:
    if target.restates_id is not None:
        raise ValidationError({"target": _("This clause repeats another: hand down the original.")})
    if target.carried_by == Carrier.ISSUER_OWN or target.indicator.kind == IndicatorKind.MILESTONE:
        raise ValidationError({"target": _("Only figures that units below carry are handed down.")})


def _check_line(*, plan: Plan, target: Target, unit: Unit, handed_by: Unit, on: date) -> None:
    """Raises ValidationError where the share does not go down the tree, or outside the time of target and unit."""
    if handed_by.pk != plan.unit_id:
        if not plan.unit.is_above(handed_by):
            raise ValidationError({"handed_by": _("Only the issuing body and units beneath it hand its targets down.")})
        if allocation_in_force(target, handed_by, on) is None:
            raise ValidationError({"handed_by": _("This unit was handed no share that it could hand down further.")})
    if not handed_by.is_above(unit):
        raise ValidationError({"unit": _("Shares go to units beneath the one that hands them down.")})
    if not unit.is_open_on(on):
        raise ValidationError({"unit": _("The unit does not stand on that day.")})
    if on > target.due_on:
        raise ValidationError({"effective_on": _("The target is due before that day.")})
