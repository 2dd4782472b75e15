"""Figures: adding up, division, shares, rounding for show (domain: rules 1, 2, 4, 17)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.figures import Figure, Ratio, add_amounts, add_ratios, display_percent

D = Decimal
values = st.decimals(0, 10_000, places=4)


def test_rule_01_ratios_add_numerators_and_denominators_and_divide_once() -> None:
    added = add_ratios([Ratio(D(40), D(40)), None, Ratio(D(10), D(20))])
    assert added == Ratio(D(50), D(60))
    figure = Figure.of_ratio(added, reported=2, required=3)
    assert figure.value is not None
    assert display_percent(figure.value) == D("83.3")  # the mean of 100 % and 50 % would be 75


def test_rule_01_division_by_zero_is_no_value() -> None:
    assert Ratio(D(0), D(0)).percent is None
    figure = Figure.of_ratio(Ratio(D(0), D(0)), reported=1, required=1)
    assert figure.value is None
    assert figure.reported == 1


def test_rule_02_missing_is_not_zero() -> None:
    assert add_amounts([None, None]) is None
    assert add_amounts([]) is None
    assert add_amounts([None, D(0)]) == D(0)
    assert add_amounts([D(12), None, D("0.5")]) == D("12.5")
    assert add_ratios([None]) is None
    assert Figure.of_ratio(None, reported=0, required=3).value is None


def test_rule_04_share_of_carriers_counts_the_silent_as_not_done() -> None:
    figure = Figure.of_share(9, reported=9, required=10)
    assert (figure.value, figure.made_of) == (D(90), Ratio(D(9), D(10)))
    assert Figure.of_share(0, reported=0, required=10).value is None
    assert Figure.of_share(0, reported=0, required=0).value is None
    assert Figure.of_share(0, reported=4, required=10).value == D(0)


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        ("99.96", "99.9"),
        ("99.95", "99.9"),
        ("99.94", "99.9"),
        ("99.999999", "99.9"),
        ("100", "100"),
        ("100.04", "100"),
        ("100.05", "100.1"),
        ("78.6666", "78.7"),
        ("33.25", "33.3"),
        ("0", "0"),
        ("0.04", "0"),
        ("1200.0000", "1200"),
    ],
)
def test_rule_17_percent_shows_one_decimal_and_never_a_hundred_too_early(percent: str, shown: str) -> None:
    assert str(display_percent(D(percent))) == shown


@given(st.decimals(0, 200, places=6))
def test_shown_percent_is_near_and_never_a_hundred_too_early(percent: D) -> None:
    shown = display_percent(percent)
    assert abs(shown - percent) <= D("0.1")
    assert percent >= 100 or shown < 100


@given(st.lists(st.none() | st.builds(Ratio, values, values), max_size=6), st.integers(0, 6))
def test_ratios_add_up_the_same_in_any_grouping(parts: list[Ratio | None], cut: int) -> None:
    assert add_ratios([add_ratios(parts[:cut]), add_ratios(parts[cut:])]) == add_ratios(parts)
