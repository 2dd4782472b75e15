"""Taking activities of the superior plan over into a draft that is based on it, each of them once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, collisions
from plans.models import Plan
from plans.rules import can_draft
from plans.services import lock_draft
from plans.versions.amending import line_of_ids
from targets.models import Indicator
from units.models import BlocMembership
from units.selectors import top_unit

from ..bases import readable_base
from ..coverage import newest_rows
from ..enums import ActivityState, Scope
from ..models import Activity, Window
from ..selectors import activities_visible_to, current_windows, with_windows
from ..services import plan_activity
from ..timing import touches


@dataclass(frozen=True)
class Candidate:
    """An activity of the superior plan. ``taken``: what in the draft makes it concrete already, null for nothing.

    ``concerns``: it asks the draft's unit, with all others or in its bloc. ``windows`` are those that lie in the
    draft's term; ``fits``: there is one, or no time was given at all.
    """

    activity: Activity
    taken: Activity | None
    concerns: bool
    windows: Sequence[Window]
    fits: bool

    @property
    def is_open(self) -> bool:
        """Whether it can be taken over now."""
        return self.taken is None and self.fits


def candidates_for(plan: Plan, base: Plan, *, user: User | None) -> list[Candidate]:
    """Return the activities of the superior plan ``base`` (in its version in force), in its order.

    Only those that exist for the person, and what was taken already; ``user`` null is the machine itself.
    """
    taken = _taken(plan, base)
    rows = with_windows(base.activities.filter(unit=base.unit_id)).exclude(state=ActivityState.CANCELLED)
    if user is not None:
        rows = rows.filter(Q(pk__in=activities_visible_to(user).values("pk")) | Q(pk__in=taken))
    day = min(clock.today(), plan.ends_on)
    blocs = set(BlocMembership.objects.on(day).filter(unit=plan.unit_id).values_list("bloc", flat=True))
    return [_candidate(plan, row, taken.get(row.pk), blocs) for row in rows.order_by("order", "pk")]


def _taken(plan: Plan, base: Plan) -> dict[int, Activity]:
    """Superior activity, as it stands in the version in force → the draft's first one that makes it concrete."""
    newest = newest_rows(line_of_ids(base))
    found: dict[int, Activity] = {}
    for own in plan.activities.filter(unit=plan.unit_id, based_on__in=newest).order_by("order", "pk"):
        if own.based_on_id is not None:
            found.setdefault(newest[own.based_on_id], own)
    return found


def _candidate(plan: Plan, activity: Activity, taken: Activity | None, blocs: Collection[int]) -> Candidate:
    windows = current_windows(activity)
    inside = [window for window in windows if touches(window, plan.starts_on, plan.ends_on)]
    concerns = activity.scope == Scope.ALL_UNITS or activity.bloc_id in blocs
    return Candidate(activity, taken, concerns, inside, fits=bool(inside) or not windows)


@collisions.atomic
def take_over(*, actor: User | None, plan: Plan, chosen: Collection[int]) -> int:
    """Copy the chosen activities (by id) into the draft, based on their originals; return how many.

    What was taken already is passed over. A copy is an activity of the draft like any other. Raises PermissionDenied
    for who does not write the draft; ValidationError where it is no draft, an activity is not offered, or lies outside
    the draft's term.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    locked = lock_draft(plan=plan)
    base = readable_base(locked, user=actor)
    offered = candidates_for(locked, base, user=actor) if base else []
    if set(chosen) - {one.activity.pk for one in offered}:
        raise ValidationError(_("The plan above has no such activity."), code="not_offered")
    wanted = [one for one in offered if one.activity.pk in set(chosen) and one.taken is None]
    for one in wanted:
        if not one.fits:
            words = _("“%(name)s” lies outside the plan's term.") % {"name": one.activity.name}
            raise ValidationError(words, code="outside")
        _copy(actor, locked, one)
    return len(wanted)


def _copy(actor: User | None, plan: Plan, candidate: Candidate) -> None:
    source = candidate.activity
    made = plan_activity(
        actor=actor,
        plan=plan,
        unit=plan.unit,
        name=source.name,
        scope=_scope_in(plan, source),
        is_tentative=source.is_tentative,
        repeats=source.repeats,
        place=source.place,
        windows=[(window.starts_on, window.ends_on, window.precision) for window in candidate.windows],
        indicators=_indicators(plan, source),
    )
    made.based_on = source
    made.save(update_fields=["based_on"])


def _scope_in(plan: Plan, source: Activity) -> Scope:
    """What all units above do at once, all units beneath this one do too, where it has any; the rest it does itself."""
    passes_on = source.scope == Scope.ALL_UNITS and plan.unit.numchild > 0
    return Scope.ALL_UNITS if passes_on else Scope.ISSUER


def _indicators(plan: Plan, source: Activity) -> list[Indicator]:
    """Those that the draft's own catalogue has."""
    known = source.indicators.filter(owner=top_unit(plan.unit), merged_into__isnull=True)
    return list(known)
