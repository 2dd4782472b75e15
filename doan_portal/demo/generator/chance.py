"""Chance that falls the same way on every machine: whole numbers only, one stream for each subject.

A stream of its own for every subject keeps a change in one part of the year from stirring all others.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded stream of whole numbers. Lists go in and come out in order; no sets, no floats."""

    def __init__(self, seed: int, subject: str) -> None:
        self._random = Random(f"{seed}/{subject}")  # noqa: S311 - a made-up year, no secret

    def number(self, least: int, most: int) -> int:
        """A whole number from ``least`` to ``most``, both included."""
        return least + self._random.randrange(most - least + 1)

    def percent(self, share: int) -> bool:
        """True in ``share`` of 100 cases."""
        return self._random.randrange(100) < share

    def pick(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self._random.randrange(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """``count`` different ones, in the order in which they stood."""
        places = list(range(len(things)))
        for place in range(count):
            other = place + self._random.randrange(len(places) - place)
            places[place], places[other] = places[other], places[place]
        return [things[place] for place in sorted(places[:count])]

    def weighted(self, things: Sequence[T], weights: Sequence[int]) -> T:
        """One of the things, as often as its weight says."""
        left = self._random.randrange(sum(weights))
        for thing, weight in zip(things, weights, strict=True):
            if left < weight:
                return thing
            left -= weight
        raise AssertionError("the weights add up to more than their parts")

    def scatter(self, total: int, things: Sequence[T], weights: Sequence[int], portions: Sequence[int]) -> dict[T, int]:
        """Hand out exactly ``total``, portion by portion, more often to the heavier."""
        shares: dict[T, int] = {}
        while total > 0:
            thing = self.weighted(things, weights)
            portion = min(total, self.pick(portions))
            shares[thing] = shares.get(thing, 0) + portion
            total -= portion
        return shares
