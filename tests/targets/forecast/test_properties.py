"""What holds of every forecast, tried at random."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from targets.compliance import Commitment
from targets.forecast import Forecast, ForecastCase, Landing, MonthSoFar, forecast
from targets.forecast.wording import shown_ends

D = Decimal


def hundredths(most: int) -> st.SearchStrategy[D]:
    """Amounts to two places; much quicker to draw than ``st.decimals``."""
    return st.integers(0, most * 100).map(lambda number: D(number).scaleb(-2))


amounts = hundredths(1000)
FOUR_PLACES = D("0.0001")


@st.composite
def months(draw: st.DrawFn, most: int | None = None) -> MonthSoFar:
    required = draw(st.integers(0, 5))
    value = draw(st.none() | (amounts if most is None else hundredths(most)))
    return MonthSoFar(value, draw(st.integers(0, required)), required)


@st.composite
def cases(draw: st.DrawFn) -> ForecastCase:
    kind = draw(st.sampled_from(["sum", "latest", "ratio", "milestone"]))
    commitment = Commitment(
        kind=kind if kind in ("ratio", "milestone") else "amount",
        over_time="sum" if kind == "sum" else "latest",
        carried_by="each_unit" if kind == "milestone" else "pooled",
        minimum=None if kind == "milestone" else draw(amounts),
        in_wholes=draw(st.booleans()),
    )
    most = {"ratio": 100, "milestone": 20}.get(kind)
    so_far = draw(st.lists(months(most), min_size=1, max_size=11))
    if kind == "milestone":  # what is done stays done
        so_far = [replace(month, value=None if month.value is None else D(place)) for place, month in enumerate(so_far)]
    left = draw(st.integers(1, 6))
    shape = st.lists(amounts, min_size=len(so_far) + left, max_size=len(so_far) + left)
    known = [month.value for month in so_far if month.value is not None]
    reached = None if not known else sum(known, D(0)) if kind == "sum" else known[-1]
    return ForecastCase(
        commitment=commitment,
        months=tuple(so_far),
        months_left=left,
        due_on=date(2024, 12, 31),
        reached=reached,
        whole=D(20) if kind == "milestone" else None,
        last_year=tuple(draw(st.just([]) | shape)),
        planned=tuple(draw(st.just([]) | shape)),
    )


def with_more(case: ForecastCase, more: D) -> ForecastCase:
    """The same case with more reached in the newest month that is known."""
    place = max(index for index, month in enumerate(case.months) if month.value is not None)
    month = case.months[place]
    grown = replace(month, value=(month.value or D(0)) + more)
    return replace(
        case,
        months=(*case.months[:place], grown, *case.months[place + 1 :]),
        reached=(case.reached or D(0)) + more,
    )


@given(cases())
def test_ends_are_in_order_and_within_what_there_can_be(case: ForecastCase) -> None:
    outlook = forecast(case)
    if isinstance(outlook, Forecast):
        assert 0 <= outlook.low <= outlook.likely <= outlook.high
        assert case.most is None or outlook.high <= case.most
        low, high = shown_ends(outlook)
        assert low <= outlook.low <= outlook.high <= high


@given(cases())
def test_sums_and_things_done_never_land_below_what_is_reached(case: ForecastCase) -> None:
    outlook = forecast(case)
    if isinstance(outlook, Forecast) and case.is_added_up:
        assert case.reached is not None
        assert outlook.low >= case.reached


@given(cases(), amounts)
def test_more_reached_lowers_no_end(case: ForecastCase, more: D) -> None:
    before = forecast(case)
    if isinstance(before, Forecast):
        after = forecast(with_more(case, more))
        assert isinstance(after, Forecast)
        assert (after.low >= before.low, after.likely >= before.likely, after.high >= before.high) == (True,) * 3
        assert after.needed <= before.needed


@given(cases(), st.sampled_from([D("0.5"), D(2), D(10), D(1000)]))
def test_measuring_in_other_units_changes_nothing(case: ForecastCase, scale: D) -> None:
    """For what is not counted in wholes: hours or minutes, the forecast is the same."""
    commitment = replace(case.commitment, in_wholes=False)
    case = replace(case, commitment=commitment)
    if commitment.kind != "amount":
        return
    scaled = replace(
        case,
        commitment=replace(commitment, minimum=(commitment.minimum or D(0)) * scale),
        months=tuple(
            replace(month, value=None if month.value is None else month.value * scale) for month in case.months
        ),
        reached=None if case.reached is None else case.reached * scale,
        last_year=tuple((amount or D(0)) * scale for amount in case.last_year),
        planned=tuple(amount * scale for amount in case.planned),
    )
    one, other = forecast(case), forecast(scaled)
    assert type(one) is type(other)
    if isinstance(one, Forecast) and isinstance(other, Forecast):
        for end in ("low", "likely", "high"):
            assert abs(getattr(one, end) * scale - getattr(other, end)) <= FOUR_PLACES * max(scale, 1)


@given(cases())
def test_nothing_is_needed_once_it_is_reached(case: ForecastCase) -> None:
    outlook = forecast(case)
    if isinstance(outlook, Forecast) and case.reached is not None and case.bar is not None:
        assert (outlook.needed == 0) == (case.reached >= case.bar)
        if case.is_added_up and outlook.needed == 0:
            assert outlook.landing == Landing.REACHES


@given(cases())
def test_silence_widens_the_range(case: ForecastCase) -> None:
    """The same months with all reports in hand have no wider range, sums at least; the lower end is no higher."""
    if case.commitment.over_time != "sum":
        return
    whole = replace(case, months=tuple(replace(month, reported=month.required) for month in case.months))
    heard = replace(
        case,
        months=tuple(
            month if month.is_heard else MonthSoFar(month.value, month.required, month.required)
            for month in case.months
        ),
    )
    complete, part = forecast(whole), forecast(heard)
    if isinstance(complete, Forecast) and isinstance(part, Forecast):
        assert (part.low, part.likely) == (complete.low, complete.likely)
        assert part.high >= complete.high
