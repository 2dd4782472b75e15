"""Which activity of the superior plan each activity of a plan makes concrete; counted by ``coverage``."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from plans.enums import PlanState
from plans.models import Plan
from plans.rules import can_draft
from plans.selectors import is_superseded, plans_visible_to
from plans.versions.amending import line_of_ids, version_in_force

from .coverage import newest_rows
from .enums import ActivityState
from .models import Activity
from .selectors import activities_visible_to, with_windows


def own_activities(plan: Plan) -> list[tuple[Activity, int | None]]:
    """Return the activities of the plan's own body, in the plan's order, each with the id of its base as it is now.

    A base named in an earlier version of the superior plan is told by its row in the version in force.
    """
    activities = with_windows(plan.activities.filter(unit=plan.unit_id)).order_by("order", "pk")
    newest = newest_rows(line_of_ids(version_in_force(plan.based_on))) if plan.based_on else {}
    return [(row, None if row.based_on_id is None else newest.get(row.based_on_id)) for row in activities]


def readable_base(plan: Plan, *, user: User | None) -> Plan | None:
    """Return the superior plan in its version in force; null where none is named or it does not exist for the person.

    ``user`` null is the machine itself.
    """
    if plan.based_on is None:
        return None
    base = version_in_force(plan.based_on)
    return base if user is None or plans_visible_to(user).filter(pk=base.pk).exists() else None


def offered_bases(plan: Plan, *, user: User | None) -> list[Activity]:
    """Return the activities of the superior plan, in its version in force, that can be made concrete.

    Only those that exist for the person, and what is named already; ``user`` null is the machine itself.
    """
    base = readable_base(plan, user=user)
    if base is None:
        return []
    rows = with_windows(base.activities.filter(unit=base.unit_id)).exclude(state=ActivityState.CANCELLED)
    if user is not None:
        named = [now for _activity, now in own_activities(plan)]
        rows = rows.filter(Q(pk__in=activities_visible_to(user).values("pk")) | Q(pk__in=named))
    return list(rows.order_by("order", "pk"))


@transaction.atomic
def name_bases(*, actor: User | None, plan: Plan, bases: Mapping[int, Activity | None]) -> int:
    """Say which superior activity each of the plan (by id) makes concrete, null: none; return how many changed.

    Naming is no part of the text: it may be done after issuing, until the plan is closed. Raises PermissionDenied where
    the actor is no officer, ValidationError where the plan is closed or superseded or a base is not offered.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    locked = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.state == PlanState.CLOSED or is_superseded(locked):
        raise ValidationError(_("This version of the plan is not the one in force."), code="not_in_force")
    offered = {activity.pk for activity in offered_bases(plan, user=actor)}
    changed = 0
    for activity in plan.activities.filter(unit=plan.unit_id, pk__in=bases):
        base = bases[activity.pk]
        if base is not None and base.pk not in offered:
            raise ValidationError(_("The plan above has no such activity."), code="not_offered")
        if activity.based_on_id != (base.pk if base else None):
            activity.based_on = base
            activity.save(update_fields=["based_on"])
            changed += 1
    return changed
