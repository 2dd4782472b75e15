"""Spans of time: what is meant, how it is written, where it is drawn. No database."""

from datetime import date

import pytest

from activities.boxes import LaneItem, day_share, place_lane, when_marks
from activities.enums import Precision
from activities.timing import Span, agrees, latest_end, spread
from activities.wording import span_text, time_text

MEANT = [
    (Precision.DAY, date(2024, 7, 26), None, date(2024, 7, 26), date(2024, 7, 26), "ngày 26/7"),
    (Precision.DAY, date(2024, 8, 10), date(2024, 8, 11), date(2024, 8, 10), date(2024, 8, 11), "từ 10/8 đến 11/8"),
    (Precision.MONTH, date(2024, 2, 14), None, date(2024, 2, 1), date(2024, 2, 29), "tháng 2"),
    (Precision.MONTHS, date(2024, 5, 9), date(2024, 6, 2), date(2024, 5, 1), date(2024, 6, 30), "tháng 5–6"),
    (
        Precision.MONTHS,
        date(2024, 12, 9),
        date(2025, 1, 2),
        date(2024, 12, 1),
        date(2025, 1, 31),
        "tháng 12/2024–1/2025",
    ),
    (Precision.QUARTER, date(2024, 8, 9), None, date(2024, 7, 1), date(2024, 9, 30), "quý III"),
    (Precision.YEAR, date(2024, 8, 9), None, date(2024, 1, 1), date(2024, 12, 31), "cả năm"),
    (Precision.PART_OF_MONTH, date(2024, 10, 4), None, date(2024, 10, 1), date(2024, 10, 10), "đầu tháng 10"),
    (Precision.PART_OF_MONTH, date(2024, 10, 14), None, date(2024, 10, 11), date(2024, 10, 20), "giữa tháng 10"),
    (Precision.PART_OF_MONTH, date(2024, 2, 28), None, date(2024, 2, 21), date(2024, 2, 29), "cuối tháng 2"),
]


@pytest.mark.parametrize(("precision", "first", "last", "starts_on", "ends_on", "words"), MEANT)
def test_a_precision_and_a_day_make_a_span_and_its_words(precision, first, last, starts_on, ends_on, words):
    span = spread(precision, first, last)
    assert span == Span(starts_on, ends_on, precision)
    assert agrees(span)
    assert span_text(span) == words


@pytest.mark.parametrize(
    "span",
    [
        Span(date(2024, 3, 1), date(2024, 3, 30), "month"),
        Span(date(2024, 3, 1), date(2024, 4, 30), "month"),
        Span(date(2024, 3, 1), date(2024, 3, 31), "months"),
        Span(date(2024, 2, 1), date(2024, 4, 30), "quarter"),
        Span(date(2024, 4, 1), date(2025, 3, 31), "year"),
        Span(date(2024, 3, 21), date(2024, 4, 10), "part_of_month"),
        Span(date(2024, 3, 1), date(2024, 3, 31), "lunar"),
    ],
)
def test_days_that_the_precision_does_not_name(span):
    assert not agrees(span)


def test_times_in_one_phrase():
    march, july = spread("month", date(2024, 3, 1)), spread("month", date(2024, 7, 1))
    assert time_text([march, july]) == "Tháng 3 và tháng 7"
    assert time_text([march], is_tentative=True) == "Dự kiến tháng 3"
    assert time_text([march], with_year=True) == "Tháng 3/2024"
    assert time_text([spread("year", date(2024, 3, 1))], with_year=True) == "Cả năm 2024"
    assert time_text([]) == "Không ghi thời gian"
    assert latest_end([july, march]) == date(2024, 7, 31)
    assert latest_end([]) is None


@pytest.mark.parametrize(
    ("span", "tentative", "mark"),
    [
        (spread("month", date(2024, 4, 1)), False, ("0", "12", "w-on")),
        (spread("month", date(2024, 5, 1)), True, ("13.6", "10.8", "w-tent")),
        (spread("months", date(2024, 5, 1), date(2024, 7, 1)), False, ("13", "25", "w-on")),
        (spread("quarter", date(2024, 5, 1)), False, ("0", "38", "w-on")),
        (spread("day", date(2024, 6, 1)), True, ("26", "3", "w-on")),
        (spread("part_of_month", date(2024, 6, 25)), False, ("34", "4", "w-on")),
    ],
)
def test_the_when_box_is_as_precise_as_the_document(span, tentative, mark):
    (drawn,) = when_marks([span], [span.precision], year=2024, quarter=2, tentative=tentative)
    assert (drawn.x, drawn.width, drawn.css) == mark


def test_a_window_outside_the_quarter_leaves_the_box_empty():
    assert when_marks([spread("month", date(2024, 7, 1))], ["month"], year=2024, quarter=2, tentative=False) == []


def test_days_stand_under_their_month_in_the_lane():
    assert day_share(date(2024, 1, 1), 2024) == 0
    assert day_share(date(2024, 7, 1), 2024) == pytest.approx(50)
    assert day_share(date(2024, 12, 31), 2024, ending=True) == pytest.approx(100)
    assert (day_share(date(2023, 5, 1), 2024), day_share(date(2025, 5, 1), 2024)) == (0, 100)


def test_nothing_overlaps_in_the_lane():
    days = [date(2024, 3, 3), date(2024, 3, 8), date(2024, 3, 26), date(2024, 12, 22)]
    items = [LaneItem(n, spread("day", day), "Ngày Đoàn viên") for n, day in enumerate(days)]
    placed, height = place_lane(items, 2024)
    assert [item.row_y for item in placed] == ["28", "56", "84", "28"]
    assert placed[3].anchor == "end"
    assert height == 28 + 3 * 28 + 22


def test_a_bar_with_its_label_on_the_left_keeps_its_room_on_the_right():
    bar = LaneItem(1, spread("months", date(2024, 10, 1), date(2024, 11, 1)), "Hội thi tìm hiểu lịch sử Đoàn các cấp")
    placed, _height = place_lane([bar, LaneItem(2, spread("day", date(2024, 11, 9)), "A")], 2024)
    assert [(item.key, item.anchor, item.row_y) for item in placed] == [(1, "end", "28"), (2, "start", "56")]
