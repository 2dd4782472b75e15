"""Who is told about a report: the unit's secretaries, and the officers of the nearest body above that has any."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from accounts.enums import RoleName
from accounts.models import Role, User
from reports.progress.models import ProgressReport
from units.models import Unit

# The same two conditions for those who ask the database: the roles of ``secretaries_of``, and of them the reached.
SECRETARIES = Q(name=RoleName.SECRETARY, ended_at__isnull=True, user__is_active=True)
REACHED = ~Q(user__email="") | ~Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def secretaries_of(reports: Iterable[ProgressReport]) -> dict[int, list[User]]:
    """Unit id → who enters its reports and whose account is not closed, in one query; nobody is an empty list."""
    found: dict[int, list[User]] = defaultdict(list)
    roles = Role.objects.filter(SECRETARIES, unit__in=[report.unit_id for report in reports])
    for role in roles.select_related("user").order_by("pk"):
        found[role.unit_id].append(role.user)
    return found


def is_reached(user: User) -> bool:
    """Whether a notice can come before the person's eyes: they sign in, or they have an e-mail address."""
    return bool(user.email) or user.has_usable_password()


class OfficersAbove:
    """The officers of all bodies, read in one query."""

    def __init__(self) -> None:
        self._by_path: dict[str, list[User]] = defaultdict(list)
        roles = Role.objects.filter(name=RoleName.OFFICER, ended_at__isnull=True, user__is_active=True)
        for role in roles.select_related("user", "unit").order_by("pk"):
            if is_reached(role.user):
                self._by_path[role.unit.path].append(role.user)

    def of(self, unit: Unit) -> list[User]:
        """Those of the nearest body strictly above that has any; nobody where none has.

        The next one only, so that a province is not told what its districts look after.
        """
        for end in range(len(unit.path) - Unit.steplen, 0, -Unit.steplen):
            if officers := self._by_path.get(unit.path[:end]):
                return officers
        return []


def reviewers_of(units: Collection[Unit]) -> dict[int, list[User]]:
    """Unit id → who decides about its reports, in two queries at most; nobody is an empty list.

    They are the officers of the nearest body above, for a topmost unit its leaders.
    """
    found: dict[int, list[User]] = defaultdict(list)
    if below := [unit for unit in units if unit.depth > 1]:
        officers = OfficersAbove()
        found.update({unit.pk: officers.of(unit) for unit in below})
    if topmost := [unit.pk for unit in units if unit.depth == 1]:
        roles = Role.objects.filter(unit__in=topmost, name=RoleName.LEADER, ended_at__isnull=True, user__is_active=True)
        for role in roles.select_related("user").order_by("pk"):
            found[role.unit_id].append(role.user)
    return found
