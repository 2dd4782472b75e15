"""How targets stand as a whole: results counted by status, by plan, unit, bloc and target. Pure; no queries.

One function counts for every screen, so that two of them never differ.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from targets.compliance import Status
from units.models import Bloc

from .results import TargetResult

GOOD = (Status.MET, Status.EXCEEDED, Status.ON_TRACK)
RED = (Status.MISSED, Status.BEHIND)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class StatusCounts:
    """How many results have which status. ``numbers``: by status, none of 0.

    ``unjudged``: contributions without a verdict, which ``total`` leaves out.
    """

    numbers: Mapping[Status, int] = field(default_factory=dict)
    unjudged: int = 0

    def of(self, status: Status) -> int:
        return self.numbers.get(status, 0)

    @property
    def total(self) -> int:
        """Those with a status, not due yet included."""
        return sum(self.numbers.values())

    @property
    def judged(self) -> int:
        """Those whose time has come: red, at risk, silent, and the good ones."""
        return self.total - self.of(Status.NOT_DUE)

    @property
    def good(self) -> int:
        """Met, exceeded or on track."""
        return sum(self.of(status) for status in GOOD)

    @property
    def red(self) -> int:
        """Missed or behind."""
        return sum(self.of(status) for status in RED)

    @property
    def share(self) -> Fraction | None:
        """Good of judged, exactly; null where there is nothing to judge."""
        return Fraction(self.good, self.judged) if self.judged else None

    @property
    def by_word(self) -> dict[str, int]:
        """By stored status, as charts and pages take it."""
        return {str(status): number for status, number in self.numbers.items()}


def count_statuses(results: Iterable[TargetResult]) -> StatusCounts:
    """Count results by status; those that ask nothing of their unit do not count."""
    counts = Counter(result.status for result in results if result.concerned)
    unjudged = counts.pop(None, 0)
    return StatusCounts({status: number for status, number in counts.items() if status is not None}, unjudged)


def count_by(results: Iterable[TargetResult], key: Callable[[TargetResult], Key | None]) -> dict[Key, StatusCounts]:
    """Count results apart by a key, in the order in which the keys come; null keys count nowhere."""
    parts: dict[Key, list[TargetResult]] = defaultdict(list)
    for result in results:
        found = key(result)
        if found is not None and result.concerned:
            parts[found].append(result)
    return {found: count_statuses(part) for found, part in parts.items()}


def by_plan(results: Iterable[TargetResult]) -> dict[int, StatusCounts]:
    """Plan id → how its targets stand, of results at one unit."""
    return count_by(results, lambda result: result.target.plan_id)


def by_unit(results: Iterable[TargetResult]) -> dict[int, StatusCounts]:
    """Unit id → how the unit stands over all the targets that concern it."""
    return count_by(results, lambda result: result.unit.pk)


def by_target(results: Iterable[TargetResult]) -> dict[int, StatusCounts]:
    """Target id → how the target stands over the units: in how many it has which status."""
    return count_by(results, lambda result: result.target.pk)


def by_bloc(results: Iterable[TargetResult], blocs: Mapping[int, Bloc]) -> dict[Bloc, StatusCounts]:
    """Bloc → how all targets stand at all its members. ``blocs``: unit id → its bloc; who is in none counts nowhere."""
    return count_by(results, lambda result: blocs.get(result.unit.pk))
