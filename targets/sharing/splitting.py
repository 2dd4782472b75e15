"""Splitting a figure over units by weights so that the parts always come to the figure itself. Pure.

By largest remainder: each part is its exact share rounded down, and what is left over goes one step each to the largest
remainders; of equal ones the earlier unit has it. So no part is a step or more away from its exact share, a heavier
unit never has less than a lighter one, and the order of the units decides between equal remainders only.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

MOST_PLACES = 4  # domain: rule 17
PLACES = 2  # of what is not counted in wholes, unless the figure itself has more

Weight = int | Decimal


class Bounds(NamedTuple):
    """Minimum and maximum in the indicator's measure, null where open."""

    minimum: Decimal | None
    maximum: Decimal | None = None


def split(total: Decimal, weights: Sequence[Weight], step: Decimal) -> list[Decimal] | None:
    """Return a multiple of ``step`` for each weight, in their order; null where no weight is above 0.

    ``total`` is a multiple of ``step``, and neither it nor a weight is negative. Weight 0 gets 0.
    """
    whole = sum(Fraction(weight) for weight in weights)
    if not whole:
        return None
    steps = int(total / step)
    exact = [divmod(steps * Fraction(weight), whole) for weight in weights]
    parts = [down for down, _remainder in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: -exact[place][1])
    for place in by_remainder[: steps - sum(parts)]:
        parts[place] += 1
    return [part * step for part in parts]


def split_bounds(bounds: Bounds, weights: Sequence[Weight], *, is_whole: bool) -> list[Bounds] | None:
    """Return the bounds of each weight; their minima and their maxima come to those of ``bounds``.

    Of a range, the minimum is split, and then the room above it: so no maximum lies below its minimum. A limit (only a
    maximum) is split itself. Null where no weight is above 0.
    """
    step = step_of(bounds, is_whole=is_whole)
    low, high = bounds
    minima = None if low is None else split(low, weights, step)
    rooms = None if high is None else split(high - (low or 0), weights, step)
    if minima is None and rooms is None:
        return None
    none: list[None] = [None] * len(weights)
    return [
        Bounds(least, None if room is None else (least or Decimal(0)) + room)
        for least, room in zip(minima or none, rooms or none, strict=True)
    ]


def step_of(bounds: Bounds, *, is_whole: bool) -> Decimal:
    """Return the smallest piece that is handed out: 1 for what is counted in wholes, 0.01 otherwise.

    Finer, to 0.0001, where the figure itself is: else its parts could not come to it.
    """
    places = [0 if is_whole else PLACES, *(_places(bound) for bound in bounds if bound is not None)]
    return Decimal(1).scaleb(-min(max(places), MOST_PLACES))


def _places(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(0, -int(exponent))
