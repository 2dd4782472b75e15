"""What units propose instead of their shares: proposing, withdrawing, and how the body that handed down settles it.

Settling with a figure makes a share by ``shares.allocate``, dated like every other; both sides are told on commit.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from units.models import Unit

from ..enums import AdjustmentState
from ..models import Adjustment, Allocation, Target
from ..rules import can_ask_adjustment, can_settle
from ..selectors import allocation_in_force
from ..sharing import notices
from ..validation import check_bounds
from .shares import allocate, lock_plan

LONGEST = 1000  # letters of a reason or an answer


@transaction.atomic
def propose_adjustment(
    *,
    actor: User | None,
    target: Target,
    unit: Unit,
    minimum: Decimal | None,
    maximum: Decimal | None,
    reason: str,
) -> Adjustment:
    """Propose other bounds for the share that the unit has today, with a reason.

    Raises PermissionDenied where the actor does not act for the unit, ValidationError at the field that is wrong, and
    where the unit was handed no share or has proposed something already.
    """
    if actor is not None and not can_ask_adjustment.test(actor, unit):
        raise PermissionDenied
    lock_plan(target.plan_id)
    share = allocation_in_force(target, unit, clock.today())
    if share is None:
        raise ValidationError(_("The unit was handed no share of this target."))
    if Adjustment.objects.filter(target=target, unit=unit, state=AdjustmentState.OPEN).exists():
        raise ValidationError(_("The unit has proposed a figure already. It can be withdrawn."), code="open")
    check_bounds(kind=target.indicator.kind, minimum=minimum, maximum=maximum)
    if (minimum, maximum) == (share.minimum, share.maximum):
        raise ValidationError({"minimum": _("This is the share as it stands.")})
    made = Adjustment(target=target, unit=unit, asked_of=share.handed_by, minimum=minimum, maximum=maximum)
    made.reason, made.made_by, made.made_at = _reason(reason, "reason"), actor, clock.now()
    made.clean_fields(exclude=("target", "unit", "asked_of", "made_by"))
    made.save()
    transaction.on_commit(partial(notices.tell_asked, made))
    return made


@transaction.atomic
def withdraw_adjustment(*, actor: User | None, adjustment: Adjustment) -> Adjustment:
    """Take a proposal back, by whoever acts for the unit. Raises ValidationError where it is settled already."""
    if actor is not None and not can_ask_adjustment.test(actor, adjustment.unit):
        raise PermissionDenied
    return _settle(actor, _lock_open(adjustment), AdjustmentState.WITHDRAWN, notices.tell_withdrawn)


@transaction.atomic
def decline_adjustment(*, actor: User | None, adjustment: Adjustment, answer: str) -> Adjustment:
    """Let the share stand as it is, with a reason.

    Raises PermissionDenied where the actor does not hand down for the body, ValidationError where it is settled
    already or the reason is missing.
    """
    _check_settler(actor, adjustment)
    locked = _lock_open(adjustment)
    locked.answer = _reason(answer, "answer")
    return _settle(actor, locked, AdjustmentState.DECLINED, notices.tell_settled)


@transaction.atomic
def accept_adjustment(
    *,
    actor: User | None,
    adjustment: Adjustment,
    minimum: Decimal | None,
    maximum: Decimal | None,
    effective_on: date,
    answer: str = "",
) -> Adjustment:
    """Hand down another share: the one proposed, or a third one, which takes a reason.

    Raises as ``decline_adjustment``, and what ``allocate`` raises.
    """
    _check_settler(actor, adjustment)
    locked = _lock_open(adjustment)
    is_proposed = (minimum, maximum) == (locked.minimum, locked.maximum)
    locked.answer = answer.strip()[:LONGEST] if is_proposed else _reason(answer, "answer")
    locked.allocation = _hand(actor, locked, minimum, maximum, effective_on)
    state = AdjustmentState.ACCEPTED if is_proposed else AdjustmentState.CHANGED
    return _settle(actor, locked, state, notices.tell_settled)


def _hand(
    actor: User | None, adjustment: Adjustment, minimum: Decimal | None, maximum: Decimal | None, on: date
) -> Allocation:
    return allocate(
        actor=actor,
        target=adjustment.target,
        unit=adjustment.unit,
        minimum=minimum,
        maximum=maximum,
        effective_on=on,
        handed_by=adjustment.asked_of,
    )


def _check_settler(actor: User | None, adjustment: Adjustment) -> None:
    if actor is not None and not can_settle.test(actor, adjustment):
        raise PermissionDenied


def _lock_open(adjustment: Adjustment) -> Adjustment:
    """Lock the row. Raises ValidationError where it waits no longer."""
    rows = Adjustment.objects.select_for_update(of=("self",))
    locked = rows.select_related("target__indicator", "target__plan__unit", "unit", "asked_of", "made_by").get(
        pk=adjustment.pk
    )
    if locked.state != AdjustmentState.OPEN:
        raise ValidationError(_("The proposal was settled already or withdrawn."), code="settled")
    return locked


def _settle(
    actor: User | None, adjustment: Adjustment, state: AdjustmentState, tell: Callable[[Adjustment], None]
) -> Adjustment:
    adjustment.state, adjustment.settled_by, adjustment.settled_at = state, actor, clock.now()
    adjustment.save(update_fields=["state", "settled_by", "settled_at", "answer", "allocation"])
    transaction.on_commit(partial(tell, adjustment))
    return adjustment


def _reason(text: str, field: str) -> str:
    said = text.strip()
    if not said:
        raise ValidationError({field: _("Say why.")})
    if len(said) > LONGEST:
        raise ValidationError({field: _("At most %(count)s letters.") % {"count": LONGEST}})
    return said
