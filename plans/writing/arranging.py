"""The tree of a plan's sections and the ways to move in it. Pure: rows in, places out; ``plans.services`` writes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 120  # characters, as the column holds


class Step(StrEnum):
    """One step of a section, with all beneath it."""

    UP = "up"  # before the one above it
    DOWN = "down"  # behind the next one
    IN = "in"  # under the one above it
    OUT = "out"  # behind the one that it stands under


@dataclass(frozen=True)
class Row:
    """A section as it stands; ``parent`` null: right under the plan."""

    pk: int
    parent: int | None
    number: str
    address: str


@dataclass(frozen=True)
class Place:
    """Where a section shall stand. ``order`` counts from 1 through the whole plan."""

    pk: int
    parent: int | None
    order: int
    depth: int
    number: str
    address: str


class Arrangement:
    """All sections of one plan; ``rows`` come in the document's order, each behind the one that it stands under."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.pk: row for row in rows}
        self._parent = {pk: row.parent for pk, row in self._rows.items()}
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for pk, parent in self._parent.items():
            self._children[parent].append(pk)
        self.numbers = {pk: row.number for pk, row in self._rows.items()}

    def children(self, parent: int | None) -> list[int]:
        """Return the sections right under one (null: under the plan), in order."""
        return self._children.get(parent, [])

    def parent(self, pk: int) -> int | None:
        return self._parent[pk]

    def open_steps(self, pk: int) -> set[Step]:
        """Return the steps that lead somewhere."""
        beside = self.children(self._parent[pk])
        steps = set()
        if beside[0] != pk:
            steps |= {Step.UP, Step.IN}
        if beside[-1] != pk:
            steps.add(Step.DOWN)
        if self._parent[pk] is not None:
            steps.add(Step.OUT)
        return steps

    def take(self, pk: int, step: Step) -> None:
        """Take a step. Raises ValidationError where it leads nowhere."""
        if step not in self.open_steps(pk):
            raise ValidationError(_("The section cannot be moved that way: there is nothing beyond it."), code="edge")
        parent = self._parent[pk]
        at = self.children(parent).index(pk)
        match step:
            case Step.UP:
                self._put(pk, parent, at - 1)
            case Step.DOWN:
                self._put(pk, parent, at + 1)
            case Step.IN:
                above = self.children(parent)[at - 1]
                self._put(pk, above, len(self.children(above)))
            case Step.OUT:
                outer = self._parent[parent] if parent is not None else None
                self._put(pk, outer, self.children(outer).index(parent) + 1 if parent is not None else 0)

    def put_under(self, pk: int, parent: int | None) -> None:
        """Make the section the last one under ``parent`` (null: the plan itself); where it stands there, it stays.

        Raises ValidationError at ``parent`` where that is the section itself or lies beneath it.
        """
        if parent == self._parent[pk]:
            return
        if parent is not None and pk in (parent, *self._above(parent)):
            raise ValidationError({"parent": _("A section cannot stand under itself or under one of its own parts.")})
        self._put(pk, parent, len(self.children(parent)))

    def _above(self, pk: int) -> Iterator[int]:
        above = self._parent[pk]
        while above is not None:
            yield above
            above = self._parent[above]

    def _put(self, pk: int, parent: int | None, at: int) -> None:
        self._children[self._parent[pk]].remove(pk)
        self._children[parent].insert(at, pk)
        self._parent[pk] = parent

    def places(self) -> list[Place]:
        """Return where every section stands now, in order.

        Who kept number and way keeps the address; the others get a free one ("1.2#2" where the number is repeated).
        Raises ValidationError at ``parent`` where one would lie too deep.
        """
        walk = list(self._walk(None, 1))
        addresses: dict[int | None, str] = {pk: self._rows[pk].address for pk, _depth in walk if self._keeps(pk)}
        taken = set(addresses.values())
        for pk, _depth in walk:
            if pk not in addresses:
                above = self._parent[pk]
                addresses[pk] = free_address(self.numbers[pk], addresses[above] if above is not None else "", taken)
                taken.add(addresses[pk])
        return [
            Place(pk, self._parent[pk], order, depth, self.numbers[pk], addresses[pk])
            for order, (pk, depth) in enumerate(walk, start=1)
        ]

    def _walk(self, parent: int | None, depth: int) -> Iterator[tuple[int, int]]:
        for pk in self.children(parent):
            yield pk, depth
            yield from self._walk(pk, depth + 1)

    def _keeps(self, pk: int) -> bool:
        """Whether number, parent and the way down to it are as they were."""
        for one in (pk, *self._above(pk)):
            row = self._rows[one]
            if (row.parent, row.number) != (self._parent[one], self.numbers[one]):
                return False
        return True


def free_address(number: str, above: str, taken: Iterable[str]) -> str:
    """Return the way down to a section of this number under ``above`` (blank: the plan); "-" stands for no number.

    A repeated number gets a running mark ("1.2#2"). Raises ValidationError at ``parent`` where it becomes too long.
    """
    known = set(taken)
    stem = f"{above}/{number or '-'}" if above else number or "-"
    address, count = stem, 1
    while address in known:
        count += 1
        address = f"{stem}#{count}"
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError({"parent": _("The sections are nested too deeply.")})
    return address
