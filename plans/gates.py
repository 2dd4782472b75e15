"""The gate call at the top of every view that shows or writes one plan."""

from django.shortcuts import get_object_or_404

from accounts.gates import require
from accounts.models import User

from .models import Plan
from .rules import can_draft
from .selectors import plans_visible_to


def plan_or_404(user: User, plan_id: int) -> Plan:
    """Return the plan where it exists for the person. Raises Http404 otherwise."""
    plans = plans_visible_to(user).select_related("unit", "based_on__unit", "created_by")
    return get_object_or_404(plans, pk=plan_id)


def drafted_plan(user: User, plan_id: int) -> Plan:
    """Return the plan for one of its officers. Raises Http404, and PermissionDenied for its readers.

    Whether it is a draft still is asked when something is written: the refusal says so in words.
    """
    plan = plan_or_404(user, plan_id)
    require(can_draft.test(user, plan))
    return plan
