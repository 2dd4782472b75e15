"""The six accounts of the demo, and everyone else who acts in its history and cannot sign in.

All are marked as demo accounts: production refuses to start beside any of them.
"""

from accounts.enums import RoleName
from accounts.models import User
from accounts.services import create_person, grant_role
from doan_portal.demo.facts.people import OFFICERS_ABOVE, PASSWORD, PEOPLE, secretary_name
from doan_portal.demo.facts.shapes import PersonFact
from doan_portal.demo.facts.units import KCQ, UNITS
from units.models import Bloc, Unit

from .world import REPORTERS_WITH_ACCOUNTS, secretary_of

# The secretary of the union is its leader; its own report is written by its office.
OFFICE = "Văn phòng Đoàn Khối các cơ quan"


def gather_people(units: dict[str, Unit]) -> dict[str, User]:
    """Make the accounts, the officers above and a secretary for every unit that reports; return them by username."""
    people = {}
    for fact in PEOPLE:
        people[fact.username] = _person(fact, units, PASSWORD)
    for fact in OFFICERS_ABOVE:
        people[fact.username] = _person(fact, units, None)
    for unit in UNITS:
        if unit.is_reporting and unit.code in units and unit.code not in REPORTERS_WITH_ACCOUNTS:
            secretary = appoint_secretary(units[unit.code])
            people[secretary.username] = secretary
    for bloc in Bloc.objects.filter(owner__code=KCQ).select_related("owner", "head_unit"):
        assert bloc.head_unit is not None  # noqa: S101 - every bloc of the facts has one
        head = people[secretary_of(bloc.head_unit.code)]
        grant_role(actor=None, user=head, unit=bloc.owner, name=RoleName.BLOC_HEAD, bloc=bloc)
    return people


def appoint_secretary(unit: Unit) -> User:
    """Make the secretary of a unit, who acts in the history only."""
    fact = next(fact for fact in UNITS if fact.code == unit.code)
    name = OFFICE if unit.code == KCQ else secretary_name(fact)
    return _person(
        PersonFact(
            username=secretary_of(unit.code), display_name=name[:150], title="BÍ THƯ", role="secretary", unit=unit.code
        ),
        {unit.code: unit},
        None,
    )


def _person(fact: PersonFact, units: dict[str, Unit], password: str | None) -> User:
    user = create_person(
        username=fact.username,
        full_name=fact.display_name,
        title=fact.title,
        password=password,
        # A domain that never exists (RFC 2606): the demo's letters go to the log.
        email=f"{fact.username}@doan.example",
        is_demo=True,
    )
    grant_role(actor=None, user=user, unit=units[fact.unit], name=RoleName(fact.role))
    return user
