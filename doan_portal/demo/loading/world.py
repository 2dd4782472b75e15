"""What is loaded so far, by the names that the facts use: units by code, people by username, indicators by key."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from accounts.models import User
from doan_portal.demo.facts.indicators import INDICATORS
from doan_portal.demo.facts.people import PEOPLE
from doan_portal.demo.facts.units import CENTRE
from targets.models import Indicator
from units.models import Unit

REPORTERS_WITH_ACCOUNTS = {person.unit: person.username for person in PEOPLE if person.role == "secretary"}


@dataclass(frozen=True)
class World:
    """Read anew for every stage, so that roles granted in between are known."""

    units: dict[str, Unit]
    people: dict[str, User]
    indicators: dict[str, Indicator]

    @classmethod
    def read(cls) -> "World":
        """Read everything that a stage may name: three queries."""
        indicators = {(row.name, row.measure): row for row in Indicator.objects.filter(owner__code=CENTRE)}
        return cls(
            units={unit.code: unit for unit in Unit.objects.all()},
            people={user.username: user for user in User.objects.filter(is_demo=True)},
            indicators={
                fact.key: indicators[fact.name, fact.unit_of_measure]
                for fact in INDICATORS
                if (fact.name, fact.unit_of_measure) in indicators
            },
        )

    def actor(self, username: str | None, unit: str) -> User:
        """The person of that name, or (null) whoever reports for the unit."""
        return self.people[username or secretary_of(unit)]


def secretary_of(code: str) -> str:
    """The username of whoever reports for the unit: the demo's secretary, or one made after the unit's code."""
    return REPORTERS_WITH_ACCOUNTS.get(code, code.lower())


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in Asia/Ho_Chi_Minh."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
