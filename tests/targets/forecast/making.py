"""Short ways to write a case of the forecast, and its answer, for the tests."""

from datetime import date
from decimal import Decimal

from targets.compliance import Commitment
from targets.forecast import Forecast, ForecastCase, MonthSoFar, NoForecast, Why, forecast

D = Decimal
DUE = date(2024, 12, 31)


def months_of(text: str) -> tuple[MonthSoFar, ...]:
    """Read "12 9:3/4 -": a month of 12 that all reported, one of 9 that 3 of 4 reported, one that nobody reported."""
    found = []
    for word in text.split():
        value, _colon, share = word.partition(":")
        reported, _slash, required = (share or ("0/1" if value == "-" else "1/1")).partition("/")
        found.append(MonthSoFar(None if value == "-" else D(value), int(reported), int(required)))
    return tuple(found)


def amounts_of(text: str) -> tuple[D | None, ...]:
    return tuple(None if word == "-" else D(word) for word in text.split())


def reached_of(commitment: Commitment, months: tuple[MonthSoFar, ...]) -> D | None:
    """What stands at the end of these months: a sum added up, a state the newest known."""
    known = [month.value for month in months if month.value is not None]
    if not known:
        return None
    return sum(known, D(0)) if commitment.over_time == "sum" else known[-1]


def case_of(
    commitment: Commitment,
    months: str,
    left: int,
    *,
    last_year: str = "",
    planned: str = "",
    whole: str | None = None,
    due_on: date = DUE,
) -> ForecastCase:
    so_far = months_of(months)
    return ForecastCase(
        commitment=commitment,
        months=so_far,
        months_left=left,
        due_on=due_on,
        reached=reached_of(commitment, so_far),
        whole=None if whole is None else D(whole),
        last_year=amounts_of(last_year),
        planned=tuple(amount or D(0) for amount in amounts_of(planned)),
    )


def found_for(case: ForecastCase) -> Forecast:
    outlook = forecast(case)
    assert isinstance(outlook, Forecast), outlook
    return outlook


def why_none(case: ForecastCase) -> Why:
    outlook = forecast(case)
    assert isinstance(outlook, NoForecast), outlook
    return outlook.why


def ends(outlook: Forecast) -> tuple[D, D, D]:
    return outlook.low, outlook.likely, outlook.high
