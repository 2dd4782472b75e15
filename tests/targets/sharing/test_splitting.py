"""Splitting by largest remainder: cases worked by hand, and what holds for every figure and every weights."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from targets.sharing.splitting import Bounds, split, split_bounds, step_of

D = Decimal
ONE = D(1)


def numbers(*values: object) -> list[Decimal]:
    return [D(str(value)) for value in values]


# --- worked by hand --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "weights", "step", "parts"),
    [
        # 150 over four: 37.5 each; two are left over, and of equal remainders the first have them.
        (150, [1, 1, 1, 1], 1, [38, 38, 37, 37]),
        # Members 240, 180, 32, 40 of 492: 73.17, 54.88, 9.76, 12.20; the two left over go to .88 and .76.
        (150, [240, 180, 32, 40], 1, [73, 55, 10, 12]),
        # Fewer pieces than units: 0.4, 0.6, 1.0; the one left over goes to the second.
        (2, [2, 3, 5], 1, [0, 1, 1]),
        (2, [1, 5, 1], 1, [0, 2, 0]),
        (10, [3, 7], 1, [3, 7]),
        (0, [3, 7], 1, [0, 0]),
        (7, [0, 5, 0], 1, [0, 7, 0]),
        # A hundredth is the piece: 33.33 each, and the one left over.
        (100, [1, 1, 1], "0.01", ["33.34", "33.33", "33.33"]),
        ("0.0001", [1, 1], "0.0001", ["0.0001", 0]),
        # Weights may be results with decimals: 12.5 and 37.5 of 50.
        (10, ["12.5", "37.5"], 1, [3, 7]),
    ],
)
def test_split(total, weights, step, parts):
    assert split(D(str(total)), numbers(*weights), D(str(step))) == numbers(*parts)


def test_without_any_weight_there_is_nothing_to_split_by():
    assert split(D(150), [0, 0], ONE) is None
    assert split(D(150), [], ONE) is None
    assert split_bounds(Bounds(D(150), D(200)), [0, 0], is_whole=True) is None


def test_a_range_is_split_as_minimum_and_room_above_it():
    # 150 over three: 50 each. 50 more: 16.67 each, two left over.
    assert split_bounds(Bounds(D(150), D(200)), [1, 1, 1], is_whole=True) == [
        Bounds(D(50), D(67)),
        Bounds(D(50), D(67)),
        Bounds(D(50), D(66)),
    ]


def test_a_limit_is_split_itself_and_a_limit_of_nothing_is_nothing_for_everybody():
    assert split_bounds(Bounds(None, D(5)), [1, 1], is_whole=True) == [Bounds(None, D(3)), Bounds(None, D(2))]
    assert split_bounds(Bounds(None, D(0)), [1, 1], is_whole=True) == [Bounds(None, D(0)), Bounds(None, D(0))]


@pytest.mark.parametrize(
    ("bounds", "is_whole", "step"),
    [
        (Bounds(D("150.0000"), D("200.0000")), True, "1"),
        (Bounds(D(100)), False, "0.01"),
        (Bounds(D("12.5"), None), True, "0.1"),
        (Bounds(D("12.125"), D(13)), False, "0.001"),
        (Bounds(None, D("0.12345")), False, "0.0001"),
    ],
)
def test_the_smallest_piece(bounds, is_whole, step):
    assert step_of(bounds, is_whole=is_whole) == D(step)


# --- what holds always -----------------------------------------------------------------------------------------------

WEIGHTS = st.lists(st.integers(0, 5000), min_size=1, max_size=40)
TOTALS = st.integers(0, 200_000)
STEPS = st.sampled_from(numbers(1, "0.1", "0.01", "0.0001"))


@given(TOTALS, WEIGHTS, STEPS)
def test_the_parts_come_to_the_figure_and_each_is_less_than_a_step_from_its_exact_share(pieces, weights, step):
    assume(sum(weights))
    total = pieces * step
    parts = split(total, weights, step)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(part) - Fraction(total) * weight / sum(weights)) < Fraction(step)
        assert part >= 0
        assert part % step == 0


@given(TOTALS, WEIGHTS)
def test_who_weighs_more_never_has_less(pieces, weights):
    assume(sum(weights))
    parts = split(D(pieces), weights, ONE)
    by_weight = sorted(zip(weights, parts, strict=True))
    for (lighter, less), (heavier, more) in pairwise(by_weight):
        assert lighter == heavier or less <= more


@given(TOTALS, WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_the_units_decides_between_equal_remainders_only(pieces, weights, chance):
    assume(sum(weights))
    remainders = [pieces * weight % sum(weights) for weight in weights]
    order = list(range(len(weights)))
    chance.shuffle(order)
    parts = split(D(pieces), weights, ONE)
    shuffled = split(D(pieces), [weights[place] for place in order], ONE)
    for place, part in zip(order, shuffled, strict=True):
        assert part == parts[place] or remainders.count(remainders[place]) > 1


@given(TOTALS, TOTALS, WEIGHTS, st.booleans())
def test_both_bounds_come_to_theirs_and_no_maximum_lies_below_its_minimum(low, room, weights, is_whole):
    assume(sum(weights))
    parts = split_bounds(Bounds(D(low), D(low + room)), weights, is_whole=is_whole)
    assert sum(part.minimum for part in parts) == low
    assert sum(part.maximum for part in parts) == low + room
    assert all(part.minimum <= part.maximum for part in parts)
