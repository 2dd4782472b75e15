"""What officials type: figures and days as Vietnamese write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from plans.fields import DayField, FigureField, read_figure


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1500", "1500"),
        ("1.500", "1500"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("1.500,25", "1500.25"),
        (" 150 ", "150"),
        ("0", "0"),
        ("0,125", "0.125"),
    ],
)
def test_a_figure_is_read_as_vietnamese_write_it(text, figure):
    assert read_figure(text) == Decimal(figure)


@pytest.mark.parametrize(
    "text", ["abc", "1.5", "12.50", "1,500", "-3", "1e9", "NaN", "١٥", "1.2.3", "150 đơn vị", ",5"]
)
def test_what_is_no_figure_or_two_is_refused(text):
    with pytest.raises(ValidationError):
        read_figure(text)


def test_an_empty_figure_is_null_and_not_zero():
    assert FigureField(required=False).clean("") is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_reads_the_same_in_both_languages(language):
    with translation.override(language):
        assert DayField().clean("5/10/2024") == date(2024, 10, 5)
        assert DayField().clean("2024-10-05") == date(2024, 10, 5)


@pytest.mark.parametrize("text", ["31/2/2024", "hôm nay", "10/2024"])
def test_what_is_no_day_is_refused_in_words(text):
    with pytest.raises(ValidationError) as refused:
        DayField().clean(text)
    assert refused.value.messages == ["Hãy viết ngày, ví dụ 26/3/2024."]
