"""The calendar of reports: which period a date means, windows of targets, spans (domain: Time)."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.calendar import (
    Month,
    PeriodSpan,
    Span,
    Window,
    month_meant,
    period_for_date,
    target_window,
)

HO_CHI_MINH = timezone(timedelta(hours=7))
months = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))


def calendar_months(year: int = 2024) -> list[PeriodSpan]:
    """Twelve periods of whole calendar months."""
    return [PeriodSpan(year, number, date(year, number, 1), last_day(Month(year, number))) for number in range(1, 13)]


def cut_off_on_the_20th(year: int = 2024) -> list[PeriodSpan]:
    """Twelve periods from the 21st of the month before to the 20th."""
    return [
        PeriodSpan(
            year,
            number,
            last_day(Month(year, number).plus(-1)).replace(day=21),
            date(year, number, 20),
        )
        for number in range(1, 13)
    ]


def last_day(month: Month) -> date:
    following = month.plus(1)
    return date(following.year, following.month, 1) - timedelta(days=1)


def test_month_parses_and_prints_the_code() -> None:
    assert Month.parse("2024-09") == Month(2024, 9)
    assert str(Month(2024, 9)) == "2024-09"


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2024-9", "2024", "09-2024", "", "２０２４-09", "2024-09\n"])
def test_month_refuses_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


def test_month_steps_over_the_year() -> None:
    assert Month(2024, 11).plus(3) == Month(2025, 2)
    assert Month(2024, 2).plus(-2) == Month(2023, 12)
    assert Month(2025, 2).minus(Month(2024, 11)) == 3


@given(months, st.integers(-500, 500))
def test_month_plus_and_minus_are_inverse(month: Month, step: int) -> None:
    assert month.plus(step).minus(month) == step
    assert (month.plus(step) > month) == (step > 0)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2024, 6, 30), 6),  # the last day of a month: its period, though after the cut-off
        (date(2024, 3, 31), 3),
        (date(2024, 2, 29), 2),
        (date(2024, 7, 1), 7),
        (date(2024, 1, 1), 1),
        (date(2024, 12, 31), 12),  # the year's end, which no row of the calendar contains
        (date(2024, 6, 20), 6),
        (date(2024, 6, 21), 7),
        (date(2024, 2, 28), 3),  # not the last day in a leap year
        (date(2024, 5, 19), 5),
    ],
)
def test_date_means_the_period_it_bounds_else_the_one_that_contains_it(day: date, month: int) -> None:
    period = period_for_date(day, cut_off_on_the_20th())
    assert period is not None
    assert period.name == Month(2024, month)
    assert month_meant(day, cut_off_on_the_20th()) == Month(2024, month)


def test_date_beyond_the_calendar_means_no_period() -> None:
    assert period_for_date(date(2025, 6, 30), cut_off_on_the_20th()) is None
    assert period_for_date(date(2025, 6, 12), cut_off_on_the_20th()) is None


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_every_day_of_a_plain_calendar_means_its_calendar_month(day: date) -> None:
    period = period_for_date(day, calendar_months())
    assert period is not None
    assert period.name == Month(day.year, day.month)


def test_month_meant_without_rows_is_the_calendar_month() -> None:
    assert month_meant(date(2029, 6, 25), []) == Month(2029, 6)


def test_month_meant_after_the_last_known_cut_off_is_the_next_month() -> None:
    assert month_meant(date(2024, 12, 25), cut_off_on_the_20th()) == Month(2025, 1)


def test_month_meant_before_a_late_first_day_is_the_month_before() -> None:
    opens_on_the_6th = [PeriodSpan(2024, 1, date(2024, 1, 6), date(2024, 2, 5))]
    assert month_meant(date(2024, 1, 3), opens_on_the_6th) == Month(2023, 12)


def test_periods_are_ordered_by_their_names() -> None:
    periods = calendar_months(2025)[:2] + calendar_months(2024)
    assert [str(period.name) for period in sorted(periods)][-3:] == ["2024-12", "2025-01", "2025-02"]


def test_due_moment_passes_after_the_moment_not_at_it() -> None:
    moment = datetime(2024, 6, 25, 23, 59, 59, tzinfo=HO_CHI_MINH)
    june = PeriodSpan(2024, 6, date(2024, 6, 1), date(2024, 6, 30), moment)
    assert not june.is_past_due(moment)
    assert june.is_past_due(datetime(2024, 6, 25, 17, 0, 0, tzinfo=UTC))
    assert not PeriodSpan(2024, 6, date(2024, 6, 1), date(2024, 6, 30)).is_past_due(moment)


def test_window_of_a_year_counts_up_to_the_period_asked() -> None:
    window = target_window(date(2024, 1, 1), date(2024, 12, 31), cut_off_on_the_20th())
    assert len(window) == 12
    assert window.counted_at(Month(2024, 9)) == Window(Month(2024, 1), Month(2024, 9))
    assert not window.has_ended_at(Month(2024, 11))
    assert window.has_ended_at(Month(2024, 12))


def test_window_never_counts_past_the_due_period() -> None:
    window = target_window(date(2024, 1, 1), date(2024, 6, 30), calendar_months())
    assert window.counted_at(Month(2024, 7)) == Window(Month(2024, 1), Month(2024, 6))
    assert window.has_ended_at(Month(2024, 7))


def test_window_counts_nothing_before_the_first_period() -> None:
    window = target_window(date(2024, 3, 1), date(2024, 5, 31), calendar_months())
    assert window.counted_at(Month(2024, 2)) is None
    assert window.counted_at(Month(2024, 3)) == Window(Month(2024, 3), Month(2024, 3))
    assert [str(month) for month in window] == ["2024-03", "2024-04", "2024-05"]
    assert Month(2024, 4) in window
    assert Month(2024, 6) not in window


def test_window_of_five_years_needs_no_rows_for_them() -> None:
    window = target_window(date(2024, 1, 1), date(2028, 12, 31), calendar_months())
    assert len(window) == 60


def test_window_of_a_short_drive_after_the_cut_off_is_its_due_period() -> None:
    window = target_window(date(2024, 6, 25), date(2024, 6, 30), cut_off_on_the_20th())
    assert window == Window(Month(2024, 6), Month(2024, 6))


def test_window_refuses_to_run_backwards() -> None:
    with pytest.raises(ValueError, match="window ends before it begins"):
        Window(Month(2024, 6), Month(2024, 5))


@pytest.mark.parametrize(
    ("code", "first", "last", "paper_name"),
    [
        ("2024-09", 9, 9, "tháng 9/2024"),
        ("2024-01", 1, 1, "tháng 01/2024"),
        ("2024-02", 2, 2, "tháng 02/2024"),
        ("2024-03", 3, 3, "tháng 3/2024"),
        ("2024-12", 12, 12, "tháng 12/2024"),
        ("2024-Q1", 1, 3, "quý I năm 2024"),
        ("2024-Q2", 4, 6, "quý II năm 2024"),
        ("2024-Q3", 7, 9, "quý III năm 2024"),
        ("2024-Q4", 10, 12, "quý IV năm 2024"),
        ("2024-H1", 1, 6, "6 tháng đầu năm 2024"),
        ("2024-H2", 7, 12, "6 tháng cuối năm 2024"),
        ("2024-9M", 1, 9, "9 tháng năm 2024"),
        ("2024", 1, 12, "năm 2024"),
    ],
)
def test_span_reads_prints_and_names_itself(code: str, first: int, last: int, paper_name: str) -> None:
    span = Span.parse(code)
    assert str(span) == code
    assert span.paper_name == paper_name
    assert span.months() == tuple(Month(2024, number) for number in range(first, last + 1))
    assert (span.first, span.last) == (Month(2024, first), Month(2024, last))


def test_span_of_a_month_is_that_month() -> None:
    assert Span.of_month(Month(2024, 9)) == Span.parse("2024-09")


@pytest.mark.parametrize(
    "code", ["", "24", "2024-Q5", "2024-H3", "2024-13", "2024-00", "2024-6M", "2024-", "2024-q3", "2024\n"]
)
def test_span_refuses_what_is_no_span(code: str) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span.parse(code)


def test_span_refuses_months_that_have_no_name() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(2024, 2, 5)
