"""Proposals held against labels: the rule of the contract, case by case."""

from decimal import Decimal

import pytest

from activities.reading.labels import Label
from activities.reading.matching import Figures, Found, match, units_agree


def label(start, end, low=1, high=None, *, unit="", neutral=False, alt=(), any_bounds=False):
    bounds = () if any_bounds else ((bound(low), bound(high)), *alt)
    return Label(quote="…", place=(start, end), bounds=bounds, unit=unit, neutral=neutral)


def found(start, end, low=1, high=None, *, unit=""):
    return Found(start=start, end=end, bounds=(bound(low), bound(high)), unit=unit)


def bound(value):
    return None if value is None else Decimal(value)


@pytest.mark.parametrize(
    ("labels", "proposals", "pairs", "missed", "wrong", "aside"),
    [
        # Places overlap by a single letter, or only touch.
        ([label(0, 10)], [found(9, 20)], [(0, 0)], [], [], []),
        ([label(0, 10)], [found(10, 20)], [], [0], [0], []),
        # Bounds are the label's, or its alternative's.
        ([label(0, 10, 1, 2)], [found(0, 10, 1, 2)], [(0, 0)], [], [], []),
        ([label(0, 10, 1, 2)], [found(0, 10, 1, None)], [], [0], [0], []),
        ([label(0, 10, 1, 2, alt=((Decimal(1), None),))], [found(0, 10, 1, None)], [(0, 0)], [], [], []),
        # One to one: the same quantity twice is once right and once wrong.
        ([label(0, 10)], [found(0, 10), found(2, 8)], [(0, 0)], [], [1], []),
        ([label(0, 10), label(5, 12)], [found(4, 11)], [(0, 0)], [1], [], []),
        # As many pairs as can be: the first label leaves its proposal to the second.
        ([label(0, 20), label(0, 5)], [found(0, 5), found(15, 20)], [(0, 1), (1, 0)], [], [], []),
        ([label(0, 5), label(0, 20)], [found(15, 20), found(0, 5)], [(0, 1), (1, 0)], [], [], []),
        # Neutral labels: found or not, nothing is counted; but only what they say, and once.
        ([label(0, 10, neutral=True)], [], [], [], [], []),
        ([label(0, 10, neutral=True)], [found(0, 10)], [], [], [], [0]),
        ([label(0, 10, neutral=True)], [found(0, 10, 7)], [], [], [0], []),
        ([label(0, 10, neutral=True, any_bounds=True)], [found(0, 10, 7)], [], [], [], [0]),
        ([label(0, 10, neutral=True)], [found(0, 10), found(0, 9)], [], [], [1], [0]),
        # A firm label comes before a neutral one at the same place.
        ([label(0, 10, neutral=True), label(0, 10)], [found(0, 10)], [(1, 0)], [], [], []),
        # A label whose words are not in the text is missed.
        ([Label(quote="x", place=None, bounds=((Decimal(1), None),))], [], [], [0], [], []),
        ([], [found(0, 10)], [], [], [0], []),
    ],
)
def test_pairs(labels, proposals, pairs, missed, wrong, aside):
    matching = match(labels, proposals)
    assert list(matching.pairs) == pairs
    assert list(matching.missed) == missed
    assert list(matching.wrong) == wrong
    assert list(matching.aside) == aside


def test_activities_match_by_first_and_last_day():
    labels = [Label(quote="…", place=(0, 10), bounds=(("2024-03-01", "2024-07-31"), ("2024-03-26", "2024-03-26")))]
    for bounds, right in (
        (("2024-03-01", "2024-07-31"), True),
        (("2024-03-26", "2024-03-26"), True),
        (("2024-03-01", "2024-03-31"), False),
        ((None, None), False),
    ):
        assert bool(match(labels, [Found(start=0, end=5, bounds=bounds)]).pairs) == right


def test_traps_are_wrong_proposals_beside_every_target():
    labels = [label(0, 10, 5), label(40, 50, neutral=True)]
    proposals = [found(20, 25, 60), found(8, 22, 60), found(42, 52, 60), found(30, 35, 60)]
    matching = match(labels, proposals, traps=[(20, 24), (50, 60)])
    # The second overlaps a target as well, the third an optional one, the fourth no trap.
    assert matching.wrong == (0, 1, 2, 3)
    assert matching.trapped == (0,)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("cây xanh", "cây xanh", True),
        ("cây xanh", "Cay Xanh các loại", True),
        ("%", "%", True),
        ("%", "đoàn viên", False),
        ("đơn vị máu", "đơn vị", True),
        ("hoạt động đối thoại", "hoạt động", True),
        ("hoạt động nâng cao năng lực ngoại ngữ và hội nhập quốc tế", "hoạt động", False),
        ("đoàn viên ưu tú", "đảng viên mới", False),
        ("hộ gia đình thanh niên", "hộ", False),
        ("hộ", "hộ gia đình", True),
        ("", "cây", False),
        ("", "", True),
    ],
)
def test_units_agree_when_half_of_their_words_are_common(one, other, agree):
    assert units_agree(one, other) == agree
    assert units_agree(other, one) == agree


def test_of_two_fitting_proposals_the_one_with_the_label_s_unit_is_the_pair():
    matching = match([label(0, 30, unit="cây xanh")], [found(0, 30, unit="lượt người"), found(0, 9, unit="cây")])
    assert matching.pairs == ((0, 1),)
    assert matching.strange_units == ()


def test_units_that_differ_are_counted_among_pairs():
    matching = match([label(0, 9, unit="cây xanh")], [found(0, 9, unit="lượt người")])
    assert matching.strange_units == ((0, 0),)
    assert matching.figures == Figures(matched=1, units_agreed=0)


def test_figures_add_up():
    figures = Figures(matched=3, missed=1, wrong=2, units_agreed=2) + Figures(matched=3, missed=1, traps=1)
    assert figures == Figures(matched=6, missed=2, wrong=2, units_agreed=2, traps=1)
    assert (figures.precision, figures.recall, figures.f1, figures.units) == (6 / 8, 6 / 8, 12 / 16, 2 / 6)
    assert (Figures().precision, Figures().recall, Figures().f1, Figures().units) == (None, None, None, None)
    assert Figures(missed=4).f1 == 0


def test_a_crowd_on_one_place_is_matched_at_once():
    matching = match([label(0, 9)] * 300, [found(0, 9)] * 300)
    assert len(matching.pairs) == 300
