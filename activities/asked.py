"""What a view of the calendar is asked for, read out of its address, with what the form of wishes offers there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.gates import unit_or_404
from accounts.models import User
from accounts.scope import READING_ROLES, grants_of, units_for, visible_units
from core import clock
from plans.models import Plan
from plans.selectors import plans_visible_to
from targets.models import Target
from targets.selectors import targets_visible_to
from units.models import Bloc, BlocMembership, Unit

from .enums import ActivityState, Scope
from .grid import Stretch
from .models import Activity
from .pages import own_units, units_offered
from .selectors import activities_visible_to, reached, within
from .wishes import SUBTREE, TROUBLED, Wishes

STATES: list[tuple[str, str | Promise]] = [
    *ActivityState.choices,
    ("overdue", _("Overdue")),
    (TROUBLED, _("Something does not go together")),
]

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Asked:
    """The wishes, and among what else one may choose: in words of the form, one's units and what stands at them."""

    wishes: Wishes
    units: Sequence[Unit]
    blocs: Sequence[Bloc]
    plans: Sequence[Plan]
    targets: Sequence[Target]


def asked_of(user: User, query: QueryDict, stretch: Stretch, *, needs_unit: bool) -> Asked:
    """Return what is asked. Where a unit is needed and none is named, it is the person's own.

    A word that is no choice is passed over. Raises Http404 for a unit, bloc, plan or target that does not exist for
    the person; a bloc that does, but of another unit, is passed over: that unit was chosen later.
    """
    units = _offered(user)
    unit = _unit(user, query.get("unit", "").strip(), units)
    wishes = replace(_words(query), unit=unit or (units[0] if needs_unit and units else None))
    blocs = _blocs_of(wishes.unit) if wishes.unit else []
    wishes = replace(wishes, bloc=_bloc(user, query.get("bloc", ""), blocs))
    plans = _plans_in(user, within(reached(activities_visible_to(user), wishes, clock.today()), *_ends(stretch)))
    wishes = replace(wishes, plan=_one(query.get("plan", ""), plans, plans_visible_to(user).select_related("unit")))
    targets = _targets_of([wishes.plan] if wishes.plan else plans)
    known = targets_visible_to(user).select_related("plan")
    wishes = replace(wishes, target=_one(query.get("target", ""), targets, known))
    return Asked(
        wishes,
        _with(units, wishes.unit),
        _with(blocs, wishes.bloc),
        _with(plans, wishes.plan),
        _with(targets, wishes.target),
    )


def _offered(user: User) -> list[Unit]:
    """The units at which the person holds a role and those right under them; mostly in one query."""
    held = {grant.unit_id for grant in grants_of(user)}
    rows = list(Unit.objects.filter(Q(pk__in=held) | Q(parent__in=held)).order_by("path"))
    reading = [grant for grant in grants_of(user) if grant.name in READING_ROLES]
    own = [unit for unit in rows if unit.pk in held and any(grant.reaches(unit) for grant in reading)]
    if not own:
        return units_offered(own_units(user))
    keys = {unit.pk for unit in own}
    return [*own, *(unit for unit in rows if unit.parent_id in keys and unit.pk not in keys)]


def _ends(stretch: Stretch) -> tuple[date, date]:
    return stretch.first, stretch.last


def _with(offered: Sequence[M], chosen: M | None) -> list[M]:
    """What is offered, and what is chosen from elsewhere after it."""
    return [*offered, chosen] if chosen and chosen not in offered else list(offered)


def _unit(user: User, code: str, offered: Sequence[Unit]) -> Unit | None:
    if not code:
        return None
    return next((unit for unit in offered if unit.code == code), None) or unit_or_404(user, code)


def _words(query: QueryDict) -> Wishes:
    """The wishes that name no row; what is no choice is blank."""
    state, scope = query.get("state", ""), query.get("scope", "")
    return Wishes(
        whole=query.get("reach") == SUBTREE,
        q=query.get("q", "").strip(),
        state=state if state in dict(STATES) else "",
        scope=scope if scope in Scope.values else "",
    )


def _one(text: str, offered: Sequence[M], known: QuerySet[M]) -> M | None:
    """The row of that number, null where none is asked. Raises Http404 where it is not among the ``known``."""
    if not text:
        return None
    pk = int(text) if re.fullmatch("[0-9]{1,18}", text) else 0
    return next((row for row in offered if row.pk == pk), None) or get_object_or_404(known, pk=pk)


def _blocs_of(unit: Unit) -> list[Bloc]:
    """The blocs of the units under it, and the one that it is in today."""
    inside = BlocMembership.objects.on(clock.today()).filter(unit=unit).values("bloc")
    return list(Bloc.objects.filter(Q(owner=unit) | Q(pk__in=inside)).order_by("owner__path", "number"))


def _bloc(user: User, text: str, offered: Sequence[Bloc]) -> Bloc | None:
    headed = [grant.bloc_id for grant in grants_of(user) if grant.bloc_id is not None]
    members = BlocMembership.objects.filter(unit__in=visible_units(user)).values("bloc")
    owned = Q(owner__in=units_for(user, *READING_ROLES))
    chosen = _one(text, offered, Bloc.objects.filter(owned | Q(pk__in=headed) | Q(pk__in=members)))
    return chosen if chosen in offered else None


def _plans_in(user: User, activities: QuerySet[Activity]) -> list[Plan]:
    """The readable plans in which the activities stand, those of the highest bodies first."""
    found = plans_visible_to(user).filter(pk__in=activities.values("plan"))
    return list(found.select_related("unit").order_by("unit__path", "pk"))


def _targets_of(plans: Sequence[Plan]) -> list[Target]:
    """The plans' targets whose indicator an activity names."""
    named = Activity.indicators.through.objects.values("indicator")
    found = Target.objects.filter(plan__in=[plan.pk for plan in plans], indicator__in=named)
    return list(found.select_related("plan").order_by("plan__unit__path", "plan", "order"))
