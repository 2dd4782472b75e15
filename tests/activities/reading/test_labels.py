"""Labels made by hand, placed in the text."""

import unicodedata
from decimal import Decimal

import pytest

from activities.reading.labels import labels_of

TEXT = (
    "1. Trồng 1.500 cây xanh.\n2. Tổ chức\n01 ngày hội.\nQuý I: Lễ ra quân.\nQuý III: Lễ ra quân. Trồng 1.500 cây xanh."
)


def places(*quotes, sort="activities"):
    return [label.place for label in getattr(labels_of(TEXT, {sort: [{"quote": quote} for quote in quotes]}), sort)]


def shown(place):
    return place and TEXT[place[0] : place[1]]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Lễ ra quân", "Lễ ra quân"),
        (unicodedata.normalize("NFD", "Lễ ra quân"), "Lễ ra quân"),
        ("Tổ chức 01 ngày hội", "Tổ chức\n01 ngày hội"),
        ("tổ chức 01 Ngày hội", "Tổ chức\n01 ngày hội"),
        (" 01 ngày hội ", "01 ngày hội"),
        ("Hội trại", None),
        ("", None),
        ("(", None),
    ],
)
def test_words_are_found_without_regard_to_breaks_case_and_marks(quote, words):
    (place,) = places(quote)
    assert shown(place) == words


def test_the_same_words_twice_are_placed_in_the_order_of_the_labels():
    first, last = TEXT.index("Lễ ra quân"), TEXT.rindex("Lễ ra quân")
    assert [place[0] for place in places("Lễ ra quân", "Lễ ra quân")] == [first, last]
    assert [place[0] for place in places("Quý III", "Lễ ra quân")] == [TEXT.index("Quý III"), last]
    assert [place[0] for place in places("Quý I:", "Lễ ra quân")] == [TEXT.index("Quý I:"), first]
    assert [place[0] for place in places("Lễ ra quân", "Trồng 1.500")] == [first, TEXT.rindex("Trồng")]
    assert places("Không có", "Lễ ra quân") == [None, (first, first + 10)]


def test_a_label_says_its_bounds_and_those_that_are_right_as_well():
    written = {
        "targets": [
            {"quote": "Trồng 1.500 cây xanh", "low": 1500, "high": 1500, "unit": "cây xanh"},
            {"quote": "01 ngày hội", "low": 1, "high": 2, "alt": {"low": 1, "high": None}},
            {"quote": "01 ngày hội", "low": 12.5, "high": None, "alt": [{"low": 1, "high": 1}, {"low": 2}]},
            {"quote": "ngày hội", "low": None, "high": None, "qualitative": True},
            {"quote": "ngày hội", "low": 1, "high": 1, "optional": True},
            {"quote": "ngày hội", "low": 1, "high": 1, "nested": True},
        ]
    }
    labels = labels_of(TEXT, written).targets
    assert [label.bounds for label in labels] == [
        ((Decimal(1500), Decimal(1500)),),
        ((Decimal(1), Decimal(2)), (Decimal(1), None)),
        ((Decimal("12.5"), None), (Decimal(1), Decimal(1)), (Decimal(2), None)),
        (),
        ((Decimal(1), Decimal(1)),),
        ((Decimal(1), Decimal(1)),),
    ]
    assert [label.neutral for label in labels] == [False, False, False, True, True, True]
    assert [label.unit for label in labels] == ["cây xanh", "", "", "", "", ""]


def test_an_activity_without_time_has_bounds_that_are_none():
    (label,) = labels_of(TEXT, {"activities": [{"quote": "Lễ ra quân", "start": None, "end": None}]}).activities
    assert label.bounds == ((None, None),)


def test_traps_stand_at_every_place_of_their_words():
    traps = labels_of(TEXT, {"non_targets": [{"quote": "Lễ ra quân"}, {"quote": "không có"}]}).traps
    assert [TEXT[start:end] for start, end in traps] == ["Lễ ra quân"] * 2
