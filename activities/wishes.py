"""What a view of the calendar is asked for: whose activities, which of them, and where in time one looks. Pure.

Every view has the same; how they are read out of an address is ``activities.asked``, what fits them is
``activities.selectors.wished``.
"""

from dataclasses import dataclass, replace

from plans.models import Plan
from targets.models import Target
from units.models import Bloc, Unit

SUBTREE = "subtree"
# Said in the place of a state: what is marked by ``activities.clash_marks``.
TROUBLED = "troubled"


@dataclass(frozen=True)
class Wishes:
    """Null or blank: no such wish.

    ``unit`` is null where everything that exists for the person is looked at; ``whole``: with what the units beneath
    (or the members of ``bloc``) planned themselves. ``state`` is a value of ``ActivityState``, "overdue" or "troubled".
    """

    unit: Unit | None = None
    bloc: Bloc | None = None
    whole: bool = False
    q: str = ""
    state: str = ""
    scope: str = ""
    plan: Plan | None = None
    target: Target | None = None

    @property
    def sort(self) -> str:
        """What alone is looked at: "overdue", a scope, "all"; blank where states and scopes are mixed otherwise."""
        if self.state:
            return self.state if self.state == "overdue" and not self.scope else ""
        return self.scope or "all"

    @property
    def of_every_sort(self) -> "Wishes":
        """The same, whatever the state and whoever does it."""
        return replace(self, state="", scope="")

    @property
    def words(self) -> dict[str, str]:
        """The words of an address that asks for the same, without those that wish for nothing."""
        words = {
            "unit": self.unit.code if self.unit else "",
            "bloc": str(self.bloc.pk) if self.bloc else "",
            "reach": SUBTREE if self.whole else "",
            "q": self.q,
            "state": self.state,
            "scope": self.scope,
            "plan": str(self.plan.pk) if self.plan else "",
            "target": str(self.target.pk) if self.target else "",
        }
        return {word: value for word, value in words.items() if value}


@dataclass(frozen=True)
class Moment:
    """Where in time one looks. ``month`` and ``week`` (ISO 8601) are null where no address has named one yet."""

    year: int
    month: int | None = None
    week: int | None = None

    @property
    def words(self) -> dict[str, str]:
        """The words of an address that looks there."""
        words = {"year": self.year, "month": self.month, "week": self.week}
        return {word: str(value) for word, value in words.items() if value is not None}
