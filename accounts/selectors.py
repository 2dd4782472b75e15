"""Reading units as the pages of the organisation show them."""

from dataclasses import dataclass

from core import clock
from units.models import Bloc, BlocMembership, Headcount, Unit, UnitQuerySet
from units.selectors import ancestors_and_self, headcounts_on, search_units

from .models import Role, RoleEvent, User
from .scope import visible_units


@dataclass(frozen=True)
class UnitRow:
    """One line of the list: the unit, how deep it stands below the first, its bloc, its members or null."""

    unit: Unit
    indent: int
    bloc: Bloc | None
    members: int | None


def unit_rows(units: list[Unit]) -> list[UnitRow]:
    """Return the rows of a page of the list, in a constant number of queries."""
    today = clock.today()
    members = headcounts_on(units, today)
    blocs = {
        row.unit_id: row.bloc for row in BlocMembership.objects.on(today).filter(unit__in=units).select_related("bloc")
    }
    shallowest = min((unit.depth for unit in units), default=1)
    return [UnitRow(unit, unit.depth - shallowest, blocs.get(unit.pk), members.get(unit.pk)) for unit in units]


def units_listed(user: User, wish: str) -> UnitQuerySet:
    """Return what the list of units shows this person, narrowed by the words of a search."""
    return search_units(visible_units(user), wish)


def visible_way_to(user: User, unit: Unit) -> list[Unit]:
    """Return those units above the unit, top first, that exist for the person."""
    return list(ancestors_and_self(unit).exclude(pk=unit.pk) & visible_units(user))


def roles_at(unit: Unit) -> list[Role]:
    """Return the roles in force at the unit itself."""
    return list(Role.objects.filter(unit=unit, ended_at__isnull=True).select_related("user", "bloc"))


def people_at(unit_id: int, *names: str) -> list[User]:
    """Return those who hold one of the roles at the unit itself and whose account is not closed."""
    people = User.objects.filter(
        is_active=True, roles__unit=unit_id, roles__name__in=names, roles__ended_at__isnull=True
    )
    return list(people.distinct())


def role_events_at(unit: Unit, most: int = 20) -> list[RoleEvent]:
    """Return the newest grants and endings at the unit itself."""
    return list(RoleEvent.objects.filter(role__unit=unit).select_related("role__user", "actor")[:most])


def headcount_history(unit: Unit) -> list[Headcount]:
    """Return the unit's headcounts, newest first."""
    return list(unit.headcounts.order_by("-as_of"))
