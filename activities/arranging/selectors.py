"""Who may be put in charge of an activity, which units may be named as helping, and both in words."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.scope import READING_ROLES, visible_units
from core import clock
from core.templatetags.portal_numbers import vn_number
from units.models import Bloc, Unit, UnitQuerySet

from ..history import THINGS
from ..models import Activity


def people_in_charge(units: Collection[int], bloc: Bloc | None = None) -> QuerySet[User]:
    """Return who may be put in charge of an activity of one of the units: who reads it by a role at that very unit.

    Of a bloc's activity also its head and deputy; nobody whose account is closed.
    """
    roles = Role.objects.filter(unit__in=units, ended_at__isnull=True)
    known = roles.filter(Q(name__in=READING_ROLES) | Q(bloc=bloc, bloc__isnull=False))
    return User.objects.filter(is_active=True, pk__in=known.values("user")).order_by("full_name", "pk")


def units_to_ask(user: User, units: Iterable[Unit]) -> UnitQuerySet:
    """Return the units that a form offers as helping an activity of ``units``: those around them.

    The units right under them, beside them and above them, as far as they exist for the person and are open.
    """
    near = Q(pk__in=[])
    for unit in units:
        above = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
        near |= Q(parent=unit.pk) | Q(path__in=above)
        if unit.parent_id is not None:
            near |= Q(parent=unit.parent_id)
    return visible_units(user).filter(near).open_on(clock.today())


def with_arrangements(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Fetch who is in charge and the units that help, too."""
    return activities.select_related("owner").prefetch_related("coordinating")


def facts_of(activity: Activity, coordinating: Iterable[Unit]) -> dict[str, str]:
    """Return what the arrangements are in words, by the names of ``activities.history.THINGS``; blank for none."""
    return {
        "owner": str(activity.owner or ""),
        "place": activity.place,
        "coordinating": names_of(coordinating),
        "budget": activity.budget,
        "budget_amount": money_text(activity.budget_amount),
    }


def names_of(units: Iterable[Unit]) -> str:
    """Return "Chi đoàn Sở Tư pháp; Chi đoàn Sở Tài chính" in the order of the tree; blank for none."""
    return "; ".join(unit.name for unit in sorted(units, key=lambda unit: unit.path))


def money_text(amount: Decimal | None) -> str:
    """Return "12.500.000 đồng"; blank for none."""
    return "" if amount is None else _("%(amount)s đồng") % {"amount": vn_number(amount)}


def arranged_of(activity: Activity) -> list[tuple[str | Promise, str]]:
    """Return what is known of the arrangements, each with its label."""
    facts = facts_of(activity, activity.coordinating.all())
    return [(THINGS[thing], words) for thing, words in facts.items() if words]
