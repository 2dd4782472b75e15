"""Rules and the days that they make; what becomes of occurrences when the days change. No database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.enums import Every
from activities.occurrences.reconciling import Standing, adopted, reconciled
from activities.occurrences.recurrence import MOST, Rule, spans_of
from activities.timing import Span

NEW_YEAR = date(2024, 1, 1)


def days(rule: Rule) -> list[tuple[int, int]]:
    return [(span.starts_on.day, span.starts_on.month) for span in spans_of(rule)]


@pytest.mark.parametrize(
    ("rule", "wished"),
    [
        (Rule(Every.MONTH_WEEKDAY, NEW_YEAR, nth=1, weekday=6, times=4), [(7, 1), (4, 2), (3, 3), (7, 4)]),
        (Rule(Every.MONTH_WEEKDAY, NEW_YEAR, nth=-1, weekday=5, times=2), [(27, 1), (24, 2)]),
        (Rule(Every.MONTH_DAY, NEW_YEAR, day=15, until=date(2024, 4, 14)), [(15, 1), (15, 2), (15, 3)]),
        (Rule(Every.MONTH_DAY, NEW_YEAR, day=31, times=4), [(31, 1), (29, 2), (31, 3), (30, 4)]),
        (Rule(Every.MONTH_DAY, date(2023, 1, 1), day=29, times=3), [(29, 1), (28, 2), (29, 3)]),
        (Rule(Every.WEEK, date(2024, 3, 1), weekday=6, until=date(2024, 3, 17)), [(3, 3), (10, 3), (17, 3)]),
        # Whichever comes first.
        (Rule(Every.WEEK, date(2024, 3, 1), weekday=6, until=date(2024, 12, 31), times=2), [(3, 3), (10, 3)]),
        (Rule(Every.MONTH_DAY, NEW_YEAR, day=15, until=date(2024, 1, 14)), []),
    ],
)
def test_the_days_of_a_rule(rule, wished):
    assert days(rule) == wished


def test_an_occurrence_of_several_days():
    rule = Rule(Every.MONTH_WEEKDAY, NEW_YEAR, nth=1, weekday=5, times=1, lasts=2)
    assert spans_of(rule) == [Span(date(2024, 1, 6), date(2024, 1, 7), "day")]


def test_a_rule_without_end_makes_nothing_and_a_long_one_stops_where_it_is_too_long():
    with pytest.raises(ValueError, match="Rule"):
        spans_of(Rule(Every.WEEK, NEW_YEAR, weekday=0))
    assert len(spans_of(Rule(Every.WEEK, NEW_YEAR, weekday=0, until=date(2099, 1, 1)))) == MOST + 1


def day(month: int) -> Span:
    return Span(date(2024, month, 1), date(2024, month, 1), "day")


def test_what_is_wished_again_keeps_its_row_and_the_others_move_in_order():
    standing = [Standing(1, day(1), False), Standing(2, day(2), False), Standing(3, day(3), False)]
    changes = reconciled(standing, [day(2), day(5), day(6), day(7)])
    assert changes.order == [(2, day(2)), (1, day(5)), (3, day(6)), (None, day(7))]
    assert changes.gone == []


def test_what_is_recorded_stays_on_its_day_and_the_rest_goes():
    standing = [Standing(1, day(1), True), Standing(2, day(2), False), Standing(3, None, True)]
    changes = reconciled(standing, [])
    assert (changes.order, changes.gone) == ([(1, day(1)), (3, None)], [2])


WHEN = st.none() | st.integers(1, 12).map(day)


@given(st.lists(st.tuples(WHEN, st.booleans()), max_size=6), st.lists(WHEN, max_size=6))
def test_nothing_recorded_is_ever_lost(now, wished):
    standing = [Standing(pk, when, is_recorded) for pk, (when, is_recorded) in enumerate(now)]
    changes = reconciled(standing, wished)
    kept = dict(one for one in changes.order if one[0] is not None)
    assert {row.pk for row in standing if row.is_recorded} <= set(kept)
    assert all(kept[row.pk] == row.when for row in standing if row.is_recorded)
    assert set(kept) | set(changes.gone) == {row.pk for row in standing}
    assert set(kept).isdisjoint(changes.gone)
    left = [when for _pk, when in changes.order]
    for when in wished:
        left.remove(when)  # all that is wished stands


def test_outcomes_from_before_go_to_the_nearest_free_time():
    times = {1: date(2024, 1, 7), 2: date(2024, 2, 4), 3: None}
    loose = [(11, 5, date(2024, 2, 3)), (12, 5, date(2024, 2, 5)), (13, 6, date(2024, 2, 3)), (14, 5, date(2024, 9, 9))]
    assert adopted(times, [(6, 2)], loose) == {11: 2, 12: 1, 13: 1, 14: 3}
    assert adopted({1: None}, [(5, 1)], loose[:1]) == {}
