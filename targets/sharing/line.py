"""From which unit a person sees a plan's shares, and which of its targets are handed down at all."""

from dataclasses import dataclass

from accounts.enums import RoleName
from accounts.models import User
from accounts.scope import grants_of, units_for
from core import clock
from plans.models import Plan
from plans.selectors import WORKING_ROLES
from units.models import Unit

from ..enums import Carrier, IndicatorKind
from ..models import Target
from ..rules import can_hand_down


def is_shareable(target: Target) -> bool:
    """Whether shares of it can be handed down: figures that units below carry, counted once."""
    carried_below = target.carried_by != Carrier.ISSUER_OWN and target.indicator.kind != IndicatorKind.MILESTONE
    return carried_below and target.restates_id is None


@dataclass(frozen=True)
class Line:
    """From which unit the table of shares is seen: ``base`` hands down to the units right under it.

    ``may_hand_down``: this person does so for ``base``.
    """

    base: Unit
    receivers: list[Unit]
    may_hand_down: bool


def line_of(plan: Plan, user: User) -> Line | None:
    """Return where the person stands in the line of a plan's shares; null where no unit of theirs is in it.

    The plan's unit where it is in one's reach; else one's own unit beneath it, which sees its own shares only.
    """
    if units_for(user, *WORKING_ROLES).filter(pk=plan.unit_id).exists():
        base = plan.unit
    else:
        own = [grant for grant in grants_of(user) if grant.name in WORKING_ROLES and grant.bloc_id is None]
        # Who is an officer somewhere below hands down further from there.
        own.sort(key=lambda grant: (grant.name != RoleName.OFFICER, grant.path))
        beneath = [grant.unit_id for grant in own if grant.path.startswith(plan.unit.path)]
        if not beneath:
            return None
        base = Unit.objects.get(pk=beneath[0])
    return Line(
        base,
        receivers_of(plan, base),
        can_hand_down.test(user, base) and Plan.objects.current().filter(pk=plan.pk).exists(),
    )


def receivers_of(plan: Plan, base: Unit) -> list[Unit]:
    """Return the units directly beneath ``base`` to which it hands down, in the order of the tree."""
    return list(base.children.open_on(min(clock.today(), plan.ends_on)).order_by("path"))
