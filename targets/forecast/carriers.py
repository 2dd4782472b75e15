"""Shares of carriers that have bounds of their own (domain: rule 7): of blocs one by one, of units by their counts.

Of sixty carriers that each do one thing a month, none has reached its twelve before December, and then all have, so
the months of the share would say nothing. So each bloc is forecast by itself, and of units it is counted how many hold
the pace that leads to their bounds. Where each has to do one thing in the year, it is the other way round: a carrier's
own months are empty until it is done, and how many come to it a month says where the share lands. So the likely figure
and the upper end are the greater of the two. The lower end counts the blocs that reach theirs even as in their worse
months, and the units that have reached theirs already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from targets.compliance import Commitment

from .cases import Forecast, ForecastCase, MonthSoFar, NoForecast, Outlook, Reason, Why, carriers_asked
from .method import forecast


@dataclass(frozen=True, slots=True)
class CarrierOutlook:
    """One carrier: whether it has reached its bounds, and where it lands (null: not asked, as it stays reached)."""

    has_reached: bool
    outlook: Outlook | None = None

    @property
    def speaks(self) -> bool:
        """Whether it is known where it stands: also one that has reported, but not begun."""
        return self.has_reached or self.outlook == NoForecast(Why.NOT_BEGUN) or isinstance(self.outlook, Forecast)

    def lands(self, end: str) -> bool:
        """Whether it reaches its bounds at one end of its range: "low", "likely" or "high"."""
        if not isinstance(self.outlook, Forecast):
            return self.has_reached
        figure: Decimal = getattr(self.outlook, end)
        return figure >= self.outlook.bar


@dataclass(frozen=True, slots=True, kw_only=True)
class CountCase:
    """A share of very many carriers, of which only is known how many stand how.

    ``months`` as in ``ShareCase``. Of ``carriers``, ``reported`` have said anything, ``reached`` have reached their
    bounds, and ``on_pace`` hold what is expected of them by now: going on like that they reach them by the due day.
    """

    commitment: Commitment
    months: tuple[MonthSoFar, ...]
    months_left: int
    due_on: date
    carriers: int
    reported: int
    reached: int
    on_pace: int

    @property
    def as_things_done(self) -> ForecastCase:
        """The same share as if reaching the bounds were a thing done or not."""
        return _as_things_done(self, Decimal(self.reached), Decimal(self.carriers))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCase:
    """``months``: how many carriers had reached their bounds at each month's end, with how many had reported."""

    commitment: Commitment
    carriers: Sequence[CarrierOutlook]
    months: tuple[MonthSoFar, ...]
    months_left: int
    due_on: date

    @property
    def speaking(self) -> list[CarrierOutlook]:
        return [carrier for carrier in self.carriers if carrier.speaks]

    @property
    def as_things_done(self) -> ForecastCase:
        """The same share as if reaching the bounds were a thing done or not."""
        reached = sum(carrier.has_reached for carrier in self.carriers)
        return _as_things_done(self, Decimal(reached), Decimal(len(self.carriers)))


def _as_things_done(case: CountCase | ShareCase, reached: Decimal, whole: Decimal) -> ForecastCase:
    return ForecastCase(
        commitment=replace(case.commitment, kind="milestone", over_time="latest", minimum=None, maximum=None),
        months=case.months,
        months_left=case.months_left,
        due_on=case.due_on,
        reached=reached,
        whole=whole,
    )


def forecast_counts(case: CountCase) -> Outlook:
    """How many of very many carriers will have reached their bounds at the due day, or why that is not said.

    The lower end is those that have; likely are those that hold their pace, or as many as come to it by the share's own
    months where that is more; silent ones count nowhere but at the upper end.
    """
    why = _why_not_counted(case)
    if why is not None:
        return NoForecast(why)
    likely = max(case.reached, case.on_pace)
    landing = _Landing(case.carriers, case.reported, case.reached, low=case.reached, likely=likely, high=likely)
    return _forecast_of(case, landing)


def _why_not_counted(case: CountCase) -> Why | None:
    reasons = (
        (Why.LIMIT, case.commitment.is_limit),
        (Why.NOT_STARTED, not case.months),
        (Why.DUE_OVER, case.months_left == 0),
        (Why.NO_DATA, not case.reported),
        (Why.FEW_REPORTS, 2 * case.reported < case.carriers),
        (Why.NOT_BEGUN, not case.reached and not case.on_pace),
    )
    return next((why for why, holds in reasons if holds), None)


def forecast_share(case: ShareCase) -> Outlook:
    """How many carriers will have reached their bounds at the due day, or why that is not said.

    Silent carriers count nowhere but at the upper end, there in the proportion of those that speak.
    """
    why = _why_not(case)
    if why is not None:
        return NoForecast(why)
    speaking = case.speaking
    low, likely, high = (sum(one.lands(end) for one in speaking) for end in ("low", "likely", "high"))
    reached = sum(one.has_reached for one in case.carriers)
    landing = _Landing(len(case.carriers), len(speaking), reached, low=low, likely=likely, high=high)
    return _forecast_of(case, landing)


@dataclass(frozen=True, slots=True)
class _Landing:
    """How many carriers there are, speak, have reached their bounds, and come to them by themselves at each end."""

    carriers: int
    reported: int
    reached: int
    low: int
    likely: int
    high: int


def _forecast_of(case: CountCase | ShareCase, landing: _Landing) -> Forecast:
    """The range, raised to where the share's own months lead."""
    whole, likely, high = Decimal(landing.carriers), Decimal(landing.likely), Decimal(landing.high)
    trend = forecast(case.as_things_done)
    if isinstance(trend, Forecast):
        likely, high = max(likely, trend.likely), max(high, trend.high)
    bar = carriers_asked(case.commitment, whole)
    return Forecast(
        low=Decimal(landing.low),
        likely=likely,
        high=max(likely, min(high * whole / landing.reported, whole)),
        bar=bar,
        needed=max(bar - landing.reached, Decimal(0)),
        needed_by=case.due_on,
        months_left=case.months_left,
        reason=Reason.CARRIERS,
        months=sum(month.is_heard for month in case.months),
        reported=landing.reported,
        required=landing.carriers,
        in_wholes=True,
        whole=whole,
    )


def _why_not(case: ShareCase) -> Why | None:
    reasons = (
        (Why.LIMIT, case.commitment.is_limit),
        (Why.NOT_STARTED, not case.months),
        (Why.DUE_OVER, case.months_left == 0),
        (_of_most_silent(case), not case.carriers or 2 * len(case.speaking) < len(case.carriers)),
        (Why.NOT_BEGUN, all(one.outlook == NoForecast(Why.NOT_BEGUN) for one in case.speaking)),
    )
    return next((why for why, holds in reasons if holds), None)


def _of_most_silent(case: ShareCase) -> Why:
    """Why most of those that do not speak have no forecast."""
    silent = [one.outlook.why for one in case.carriers if isinstance(one.outlook, NoForecast) and not one.speaks]
    return max(silent, key=silent.count, default=Why.NO_DATA)
