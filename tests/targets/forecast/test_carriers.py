"""Shares of carriers with bounds of their own: each forecast by itself, or counted where they are many; by hand."""

from decimal import Decimal
from typing import Any

import pytest

from targets.compliance import Commitment
from targets.forecast import (
    CarrierOutlook,
    CountCase,
    Forecast,
    Landing,
    NoForecast,
    Outlook,
    Reason,
    ShareCase,
    Why,
    forecast_counts,
    forecast_share,
)
from targets.forecast import forecast as forecast_one
from tests.targets.cases import EACH_ONE

from .making import DUE, case_of, ends, months_of, reached_of

D = Decimal
EACH_TWELVE = Commitment(
    kind="amount", over_time="sum", carried_by="each_unit", minimum=D(12), required_share=D(80), in_wholes=True
)
NONE_EACH = Commitment(
    kind="amount", over_time="sum", carried_by="each_unit", maximum=D(0), required_share=D(100), in_wholes=True
)


def carrier(commitment: Commitment, months: str, left: int) -> CarrierOutlook:
    alone = commitment.for_one_carrier()
    reached = reached_of(alone, months_of(months))
    return CarrierOutlook(
        reached is not None and reached >= (alone.minimum or 0), forecast_one(case_of(alone, months, left))
    )


def share_of(commitment: Commitment, carriers: list[str], left: int, months: str) -> Outlook:
    """The share of these carriers, of which so many had reached their bounds by ``months``."""
    made = [carrier(commitment, one, left) for one in carriers]
    return forecast_share(
        ShareCase(commitment=commitment, carriers=made, months=months_of(months), months_left=left, due_on=DUE)
    )


def test_each_carrier_lands_by_its_own_pace():
    # Twelve a year, nine months left. 1 a month, (3 ∓ √3) / 3: 6.8, 12, 17.2: from likely on. 2 a month: 6 + 10.65 at
    # least. One in three months: 1, 4, 1 + 9 × 1: never.
    outlook = share_of(EACH_TWELVE, ["1 1 1", "2 2 2", "1 0 0"], 9, "0:3/3 0:3/3 0:3/3")
    assert isinstance(outlook, Forecast)
    assert ends(outlook) == (D(1), D(2), D(2))
    # 80% of three are 2.4, so three; none has its twelve in March, as one a month does not before December.
    assert (outlook.bar, outlook.needed, outlook.whole) == (D(3), D(3), D(3))
    assert (outlook.landing, outlook.reason, outlook.is_rough) == (Landing.BELOW, Reason.CARRIERS, False)


def test_who_needs_one_thing_comes_to_it_at_the_pace_of_all():
    # Of six carriers three have done it in four months, two months left. None of the others has begun, so by itself
    # none does. Of all: added 1 1 0 1, mean 3/4, better two 1, (3 + √3) / 4 = 1.183: 3 + 2 × 0.75, 3 + 2 × 1.183.
    outlook = share_of(EACH_ONE, ["1 0 0 0", "0 1 0 0", "0 0 0 1"] + ["0 0 0 0"] * 3, 2, "1:6/6 2:6/6 2:6/6 3:6/6")
    assert isinstance(outlook, Forecast)
    assert ends(outlook) == (D(3), D("4.5"), D("5.366"))
    assert (outlook.needed, outlook.reported) == (D(3), 6)


def test_silent_carriers_count_at_the_upper_end_in_proportion():
    # Two of three speak: 1 a month lands from likely on, 2 a month at every end. At the upper end 2 / 2 of three.
    outlook = share_of(EACH_TWELVE, ["1 1 1", "2 2 2", "- - -"], 9, "0:2/3 0:2/3 0:2/3")
    assert isinstance(outlook, Forecast)
    assert ends(outlook) == (D(1), D(2), D(3))
    assert (outlook.reported, outlook.required) == (2, 3)


@pytest.mark.parametrize(
    ("commitment", "carriers", "left", "months", "why"),
    [
        (NONE_EACH, ["0 0", "0 0"], 4, "2 2", Why.LIMIT),
        (EACH_ONE, ["1 0", "0 0"], 0, "1 1", Why.DUE_OVER),
        (EACH_ONE, [], 12, "", Why.NOT_STARTED),
        (EACH_ONE, [], 4, "-", Why.NO_DATA),
        (EACH_ONE, ["- -", "- -", "0 0"], 4, "0 0", Why.NO_DATA),
        (EACH_ONE, ["0", "0", "1"], 11, "1", Why.TOO_EARLY),
        (EACH_ONE, ["0 0", "0 0", "- -"], 4, "0 0", Why.NOT_BEGUN),
    ],
)
def test_no_forecast(commitment, carriers, left, months, why):
    assert share_of(commitment, carriers, left, months) == NoForecast(why)


# --- Many carriers, of which only is known how many stand how -------------------------------------


def counted(carriers: int, reported: int, reached: int, on_pace: int, months: str = "0 0 0", **more: Any) -> Outlook:
    facts = {"months_left": 9, "due_on": DUE, **more}
    case = CountCase(
        commitment=EACH_TWELVE,
        months=months_of(months),
        carriers=carriers,
        reported=reported,
        reached=reached,
        on_pace=on_pace,
        **facts,
    )
    return forecast_counts(case)


def test_of_many_those_that_hold_their_pace_are_likely_to_reach_it() -> None:
    outlook = counted(60, 60, 0, 45)
    assert isinstance(outlook, Forecast)
    assert (outlook.low, outlook.likely, outlook.high) == (0, 45, 45)
    assert (outlook.bar, outlook.needed, outlook.reason, outlook.whole) == (48, 48, Reason.CARRIERS, 60)


def test_of_many_silent_ones_count_at_the_upper_end_only() -> None:
    outlook = counted(60, 30, 10, 15)
    assert isinstance(outlook, Forecast)
    assert (outlook.low, outlook.likely, outlook.high) == (10, 15, 30)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ((60, 0, 0, 0), Why.NO_DATA),
        ((60, 29, 10, 10), Why.FEW_REPORTS),
        ((60, 60, 0, 0), Why.NOT_BEGUN),
    ],
)
def test_of_many_there_is_no_forecast_where_too_little_is_known(facts, why) -> None:
    assert counted(*facts) == NoForecast(why)


def test_of_many_there_is_no_forecast_outside_the_window() -> None:
    assert counted(60, 60, 10, 10, months_left=0) == NoForecast(Why.DUE_OVER)
    assert counted(60, 60, 10, 10, months="") == NoForecast(Why.NOT_STARTED)
