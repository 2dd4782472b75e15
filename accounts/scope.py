"""Which units may a person see, and where may a person act: roles turned into units, once.

A role at a unit reaches its whole subtree. A bloc head reads the members of the bloc. What is
outside does not exist for the person (404); what is inside without the right to act is 403.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from core import clock
from units.models import BlocMembership, Unit, UnitQuerySet

from .enums import RoleName
from .models import Role, User

READING_ROLES = (RoleName.SECRETARY, RoleName.OFFICER, RoleName.LEADER, RoleName.ADMINISTRATOR)


@dataclass(frozen=True)
class Grant:
    """One role in force: its name and the path of the unit that it hangs on."""

    name: str
    path: str
    unit_id: int
    bloc_id: int | None

    def reaches(self, unit: Unit) -> bool:
        """Whether the unit stands in the subtree of the role's unit."""
        return unit.path.startswith(self.path)


def grants_of(user: User) -> list[Grant]:
    """Return the person's roles in force; read once per user object (that is, per request)."""
    known: list[Grant] | None = getattr(user, "_grants", None)
    if known is None:
        rows = Role.objects.filter(user_id=user.pk, ended_at__isnull=True) if user.is_active else Role.objects.none()
        known = [Grant(*row) for row in rows.order_by("pk").values_list("name", "unit__path", "unit_id", "bloc_id")]
        user._grants = known  # type: ignore[attr-defined]
    return known


def units_for(user: User, *names: str) -> UnitQuerySet:
    """Return every unit that one of the named roles reaches; a bloc head's role reaches none here."""
    paths = [grant.path for grant in grants_of(user) if grant.name in names and grant.bloc_id is None]
    if not paths:
        return Unit.objects.none()
    reach = Q()
    for path in paths:
        reach |= Q(path__startswith=path)
    return Unit.objects.filter(reach)


def bloc_members_of(user: User, day: date | None = None) -> UnitQuerySet:
    """Return the members, on ``day`` (none: today), of the blocs that the person heads."""
    blocs = [grant.bloc_id for grant in grants_of(user) if grant.bloc_id is not None]
    members = BlocMembership.objects.on(day or clock.today()).filter(bloc__in=blocs).values("unit")
    return Unit.objects.filter(pk__in=members)


def visible_units(user: User) -> UnitQuerySet:
    """Return every unit that exists for this person: the list filter of every list of units."""
    reach = Q(pk__in=[])
    for grant in grants_of(user):
        if grant.name in READING_ROLES:
            reach |= Q(path__startswith=grant.path)
    if heads_some_bloc(user):
        reach |= Q(pk__in=bloc_members_of(user).values("pk"))
    return Unit.objects.filter(reach)


def can_see(user: User, unit: Unit) -> bool:
    """Whether the unit exists for this person; agrees with ``visible_units`` by construction."""
    if any(grant.name in READING_ROLES and grant.reaches(unit) for grant in grants_of(user)):
        return True
    return heads_some_bloc(user) and bloc_members_of(user).filter(pk=unit.pk).exists()


def holds(user: User, unit: Unit, *names: str) -> bool:
    """Whether the person holds one of the roles at the unit or above it."""
    return any(grant.name in names and grant.bloc_id is None and grant.reaches(unit) for grant in grants_of(user))


def holds_at(user: User, unit: Unit, *names: str) -> bool:
    """Whether the person holds one of the roles at this very unit."""
    return any(grant.name in names and grant.bloc_id is None and grant.unit_id == unit.pk for grant in grants_of(user))


def holds_strictly_above(user: User, unit: Unit, *names: str) -> bool:
    """Whether the person holds one of the roles at a unit above this one, not at itself."""
    return any(
        grant.name in names and grant.bloc_id is None and grant.reaches(unit) and grant.path != unit.path
        for grant in grants_of(user)
    )


def heads_some_bloc(user: User) -> bool:
    """Whether the person is head or deputy of any bloc."""
    return any(grant.bloc_id is not None for grant in grants_of(user))


def heads_bloc(user: User, bloc_id: int) -> bool:
    """Whether the person is head or deputy of the bloc."""
    return any(grant.bloc_id == bloc_id for grant in grants_of(user))


def get_visible_unit(user: User, code: str) -> Unit:
    """Return the unit of that code. Raises Http404 where there is none in the person's reach."""
    unit = visible_units(user).filter(code=code).first()
    if unit is None:
        raise Http404(code)
    return unit
