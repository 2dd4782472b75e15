"""What it takes to issue an amendment, and how it takes the place of the version before.

From then on the earlier version is readable and counts nowhere (``Plan.objects.in_force``).
"""

from django.utils.translation import gettext as _

from accounts.models import User

from ..enums import PlanState
from ..models import Plan
from ..rules import Action
from ..versions import copiers
from .drafts import record


def problems_of_amendment(plan: Plan) -> list[str]:
    """Return what forbids issuing the plan as an amendment; the version before is locked until it has its successor."""
    if plan.amends_id is None:
        return []
    source = Plan.objects.select_for_update(of=("self",)).get(pk=plan.amends_id)
    if source.state != PlanState.ISSUED:
        return [_("The plan that this one amends is closed.")]
    if source.issued_on and plan.issued_on and plan.issued_on < source.issued_on:
        return [_("An amendment is not dated before the version that it amends.")]
    return []


def take_place(*, plan: Plan, actor: User | None) -> None:
    """Let an amendment that was just issued stand for the version before; for any other plan nothing happens."""
    source = plan.amends
    if source is None:
        return
    copiers.hand_over_all(source, plan)
    record(plan=source, action=Action.SUPERSEDE, before=source.state, actor=actor, reason=plan.symbol)
