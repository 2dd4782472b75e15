"""Naming the superior plan that a plan makes concrete, in its draft."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import Plan
from ..rules import can_draft
from ..selectors import possible_bases
from ..services import lock_draft


@transaction.atomic
def name_base(*, actor: User | None, plan: Plan, based_on: Plan | None) -> Plan:
    """Name the plan of a body above that this draft makes concrete; null: none. What it was stays possible.

    Raises PermissionDenied where the actor is no officer, ValidationError where it is no draft, or at ``based_on``
    where that is not a plan in force of a body above, or does not exist for the actor.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    locked = lock_draft(plan=plan)
    if not _is_possible(actor, locked, based_on):
        raise ValidationError({"based_on": _("A plan makes an issued plan of a body above it concrete.")})
    locked.based_on = based_on
    locked.save(update_fields=["based_on"])
    return locked


def _is_possible(actor: User | None, plan: Plan, base: Plan | None) -> bool:
    if base is None or base.pk == plan.based_on_id:
        return True
    return possible_bases(plan.unit, user=actor).filter(pk=base.pk).exists()
