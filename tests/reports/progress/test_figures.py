"""Figures as they are typed in Việt Nam."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from reports.progress.figures import read_figure, written


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("   ", None),
        ("0", "0"),
        ("12", "12"),
        (" 12 ", "12"),
        ("1500", "1500"),
        ("1.500", "1500"),
        ("1 500", "1500"),
        ("1\u00a0500", "1500"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("1.500,25", "1500.25"),
        ("0,0001", "0.0001"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("-0", "0"),
        ("007", "7"),
    ],
)
def test_read(typed, read):
    assert read_figure(typed) == (None if read is None else Decimal(read))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "1.5",
            "It is not clear what 1.5 means: decimals take a comma (1,5), and a point only parts thousands (1.500).",
        ),
        (
            "0.25",
            "It is not clear what 0.25 means: decimals take a comma (0,25), and a point only parts thousands (1.500).",
        ),
        ("1,500.00", "Thousands are parted by points and decimals take a comma: 1.500 or 12,5."),
        ("1,500,000", "Thousands are parted by points and decimals take a comma: 1.500 or 12,5."),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(typed, sentence):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        read_figure(typed)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    "typed", ["N/A", "12 cây", "mười", "1e5", "1.50.0", "12,", ",5", "--3", "-", "½", "٣", "=1+1", "1/2"]
)
def test_words_are_refused(typed):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        read_figure(typed)
    assert refused.value.messages == [
        "Only a number is written here, for example 12 or 1.500 or 12,5. Leave it blank if there is no figure yet."
    ]


@pytest.mark.parametrize("typed", ["1" + "0" * 30, "-" + "9" * 5000, "9" * 31 + ",5"])
def test_a_number_without_end_is_too_large(typed):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        read_figure(typed)
    assert refused.value.messages == ["The figure is too large. Please check it."]


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), ("0", "0"), ("1500.0000", "1500"), ("12.5000", "12,5"), ("100", "100")]
)
def test_written_is_read_back(value, text):
    figure = None if value is None else Decimal(value)
    assert written(figure) == text
    assert read_figure(text) == figure
