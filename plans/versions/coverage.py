"""Which units directly below have made a superior plan concrete in their own: item by item, in percent.

What an item is and how a unit's plan answers it, the apps above register: targets by the same indicator, activities by
``based_on``. Who is asked to answer is theirs to say too.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse

from accounts.models import User
from accounts.scope import READING_ROLES, units_for
from core import clock
from core.folding import fold
from units.models import Unit

from ..models import Plan
from .amending import line_of_ids


@dataclass(frozen=True)
class Question:
    """A superior plan and who could have made it concrete.

    ``line``: ids of the plan and the versions before it. ``units``: those directly below, open and in the reader's
    reach. ``plans``: unit id → its own plans in force that are based on the line and run in the plan's term.
    """

    plan: Plan
    line: Sequence[int]
    units: Sequence[Unit]
    plans: Mapping[int, Sequence[Plan]]

    @property
    def plan_ids(self) -> list[int]:
        return [plan.pk for plans in self.plans.values() for plan in plans]


@dataclass(frozen=True)
class Answer:
    """What a unit has of its own that makes the item concrete, mostly in its plan; ``url`` is where it stands."""

    words: str
    url: str

    @classmethod
    def in_plan(cls, plan_id: int, words: str, anchor: str) -> "Answer":
        """What stands in a plan of the unit, at a place of the plan's page."""
        return cls(words, f"{reverse('plans:detail', args=[plan_id])}#{anchor}")


@dataclass(frozen=True)
class Item:
    """A target or an activity of the superior plan: which units are asked, and what answers it, by unit id."""

    key: str
    code: str
    name: str
    words: str
    asked: frozenset[int]
    answers: Mapping[int, Sequence[Answer]]

    @property
    def done(self) -> int:
        """How many of the units asked have made it concrete."""
        return len(self.asked & self.answers.keys())

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def unasked(self) -> int:
        """How many units have it in their plans without being asked."""
        return len(self.answers.keys() - self.asked)

    @property
    def percent(self) -> Decimal | None:
        """Null where nobody below is asked."""
        return Decimal(100 * self.done) / self.total if self.total else None


@dataclass(frozen=True)
class Group:
    """One app's items."""

    title: str
    items: Sequence[Item]

    @property
    def asking(self) -> list[Item]:
        """Items that ask some unit below; what the body does itself is no unit's to make concrete."""
        return [item for item in self.items if item.total]

    @property
    def resting(self) -> list[Item]:
        return [item for item in self.items if not item.total]


Provider = Callable[[Question], Group]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; called in ``ready()``. Registering the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


@dataclass(frozen=True)
class UnitLine:
    """A unit in an opened item: the plan that it has, and what of it answers."""

    unit: Unit
    plans: Sequence[Plan]
    answers: Sequence[Answer]
    is_asked: bool


@dataclass(frozen=True)
class Coverage:
    """The page: groups with the items that were searched for, and the opened item with its units."""

    question: Question
    groups: Sequence[Group]
    opened: Item | None
    lines: Sequence[UnitLine]

    @property
    def without_plan(self) -> list[Unit]:
        """Units that have no plan of their own based on this one."""
        return [unit for unit in self.question.units if unit.pk not in self.question.plans]

    @property
    def with_plan(self) -> list[tuple[Unit, Sequence[Plan]]]:
        plans = self.question.plans
        return [(unit, plans[unit.pk]) for unit in self.question.units if unit.pk in plans]

    @property
    def units_count(self) -> int:
        return len(self.question.units)

    @property
    def is_found(self) -> bool:
        return any(group.items for group in self.groups)


def coverage_of(plan: Plan, user: User, *, wish: str = "", opened: str = "") -> Coverage:
    """Return how far the units in the person's reach have made an issued plan concrete; a fixed number of queries.

    ``wish`` narrows to items whose code or name holds the words, diacritics or not; ``opened`` is an item's key.
    """
    question = question_of(plan, user)
    groups = [provider(question) for provider in _providers]
    chosen = next((item for group in groups for item in group.items if item.key == opened), None)
    shown = [replace(group, items=[item for item in group.items if _holds(item, wish)]) for group in groups]
    return Coverage(question, shown, chosen, _lines(question, chosen) if chosen else [])


def question_of(plan: Plan, user: User) -> Question:
    """Return who is asked about an issued plan: the units directly below in the person's reach, and their plans."""
    line = line_of_ids(plan)
    reach = units_for(user, *READING_ROLES).filter(parent=plan.unit_id)
    units = list(reach.open_on(min(clock.today(), plan.ends_on)).order_by("path"))
    own = Plan.objects.in_force().filter(
        unit__in=units, based_on__in=line, starts_on__lte=plan.ends_on, ends_on__gte=plan.starts_on
    )
    plans: dict[int, list[Plan]] = defaultdict(list)
    for one in own.order_by("issued_on", "pk"):
        plans[one.unit_id].append(one)
    return Question(plan, line, units, dict(plans))


def _holds(item: Item, wish: str) -> bool:
    folded = fold(f"{item.code} {item.name}")
    return all(word in folded for word in fold(wish).split())


def _lines(question: Question, item: Item) -> list[UnitLine]:
    """Units that are asked, and those that answer without being asked; who has not answered comes first."""
    lines = [
        UnitLine(unit, question.plans.get(unit.pk, ()), item.answers.get(unit.pk, ()), unit.pk in item.asked)
        for unit in question.units
        if unit.pk in item.asked or unit.pk in item.answers
    ]
    return sorted(lines, key=lambda line: bool(line.answers))
