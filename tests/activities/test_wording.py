"""Times in words, and back again."""

from datetime import date

import pytest

from activities.enums import Precision
from activities.said_times import said_times, written_times
from activities.timing import Span
from activities.wording import time_text

MARCH = Span(date(2024, 3, 1), date(2024, 3, 31), Precision.MONTH)
JULY = Span(date(2024, 7, 1), date(2024, 7, 31), Precision.MONTH)
DAY = Span(date(2024, 11, 17), date(2024, 11, 17), Precision.DAY)


@pytest.mark.parametrize(
    ("windows", "text"),
    [
        ([], "Không ghi thời gian"),
        ([DAY], "Ngày 17/11"),
        ([MARCH, JULY], "Tháng 3 và tháng 7"),
        ([MARCH, JULY, DAY], "Tháng 3, tháng 7 và ngày 17/11"),
    ],
)
def test_several_times_are_one_phrase(windows, text):
    assert time_text(windows) == text


def test_several_times_are_read_again():
    text = written_times([MARCH, JULY, DAY])
    assert text == "Tháng 3/2024, tháng 7/2024 và ngày 17/11/2024"
    assert said_times(text, year=2024).windows == [MARCH, JULY, DAY]
