"""Unit by unit, how many of a plan's activities were made concrete below; what answers is ``activities.coverage``'s."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from plans.models import Plan
from plans.versions.coverage import Answer, Item, question_of
from units.models import Unit

from ..coverage import activities_covered


@dataclass(frozen=True)
class UnitCovering:
    """One unit: its own plans, what it has made concrete, and what it was asked and has not."""

    unit: Unit
    plans: Sequence[Plan]
    done: Sequence[tuple[Item, Answer]]
    missing: Sequence[Item]

    @property
    def total(self) -> int:
        """How many of the activities ask this unit."""
        return self.count + len(self.missing)

    @property
    def count(self) -> int:
        """How many of those it was asked it has made concrete."""
        return sum(self.unit.pk in item.asked for item, _answer in self.done)

    @property
    def percent(self) -> Decimal | None:
        """Null where nothing asks it."""
        return Decimal(100 * self.count) / self.total if self.total else None


@dataclass(frozen=True)
class Covering:
    """All units directly below in the reader's reach; those with the least first."""

    rows: Sequence[UnitCovering]
    activities: int


def covering_of(plan: Plan, user: User) -> Covering:
    """Return it for an issued plan; a fixed number of queries."""
    question = question_of(plan, user)
    items = activities_covered(question).items
    rows = [_row(unit, question.plans.get(unit.pk, ()), items) for unit in question.units]
    return Covering(sorted(rows, key=lambda row: (row.percent is None, row.percent or 0)), len(items))


def _row(unit: Unit, plans: Sequence[Plan], items: Sequence[Item]) -> UnitCovering:
    done = [(item, item.answers[unit.pk][0]) for item in items if item.answers.get(unit.pk)]
    missing = [item for item in items if unit.pk in item.asked and not item.answers.get(unit.pk)]
    return UnitCovering(unit, plans, done, missing)
