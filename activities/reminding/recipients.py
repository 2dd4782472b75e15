"""Who hears a reminder: the person in charge, else who may run the activity; and who records for a unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.enums import RoleName
from accounts.models import Role, User
from accounts.scope import READING_ROLES
from units.models import Unit

from ..enums import Scope
from ..models import Activity


@dataclass(frozen=True)
class _Held:
    name: str
    user_id: int
    unit_id: int
    path: str
    bloc_id: int | None


class Recipients:
    """The people of all bodies whose accounts are not closed, by their roles in force, read in one query."""

    def __init__(self) -> None:
        roles = Role.objects.filter(ended_at__isnull=True, user__is_active=True).order_by("pk")
        rows = roles.values_list("name", "user_id", "unit_id", "unit__path", "bloc_id")
        self._by_path: dict[str, list[_Held]] = defaultdict(list)
        for row in rows:
            held = _Held(*row)
            self._by_path[held.path].append(held)

    def of(self, activity: Activity) -> list[int]:
        """Return the ids of those who are reminded of an activity, each once; nobody is an empty list.

        Who is in charge, as long as holding a role at the unit; else who may run it there, else the officers of the
        nearest body above that has any.
        """
        here = self._by_path.get(activity.unit.path, [])
        if any(held.user_id == activity.owner_id and _reads(held, activity) for held in here):
            return [activity.owner_id] if activity.owner_id is not None else []
        if running := _unique(held.user_id for held in here if _runs(held, activity)):
            return running
        return self._officers_above(activity.unit)

    def _officers_above(self, unit: Unit) -> list[int]:
        for end in range(len(unit.path) - Unit.steplen, 0, -Unit.steplen):
            held_there = self._by_path.get(unit.path[:end], [])
            if officers := _unique(held.user_id for held in held_there if held.name == RoleName.OFFICER):
                return officers
        return []

    def who_record_beneath(self, unit: Unit) -> dict[int, list[int]]:
        """Return id of each unit strictly beneath that has a secretary → the ids of its secretaries."""
        found: dict[int, list[int]] = defaultdict(list)
        for path, all_held in self._by_path.items():
            if path.startswith(unit.path) and path != unit.path:
                for held in all_held:
                    if held.name == RoleName.SECRETARY:
                        found[held.unit_id].append(held.user_id)
        return dict(found)


def _reads(held: _Held, activity: Activity) -> bool:
    return held.name in READING_ROLES or (held.bloc_id is not None and held.bloc_id == activity.bloc_id)


def _runs(held: _Held, activity: Activity) -> bool:
    """Agrees with ``activities.rules.can_run`` for who holds the role at the very unit."""
    if held.name == RoleName.OFFICER:
        return True
    if activity.scope == Scope.BLOC:
        return held.bloc_id is not None and held.bloc_id == activity.bloc_id
    return activity.scope == Scope.UNIT and held.name == RoleName.SECRETARY


def _unique(ids: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(ids))


def users_of(ids: Iterable[int]) -> dict[int, User]:
    """Return the users by id, in one query."""
    return User.objects.in_bulk(set(ids))
