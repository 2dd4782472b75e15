"""What stood at the same month of the year before, beside this year's figure."""

from decimal import Decimal

from targets.enums import IndicatorKind, OverTime

from .facts import Facts
from .results import TargetResult


def year_before(facts: Facts, result: TargetResult) -> Decimal | None:
    """The amount that the same months of the year before had added up to, whatever their plan asked; no query.

    Null where nothing of them is known, and for what is no sum of amounts: a state, a ratio, a share of carriers.
    """
    target = facts.targets[result.target.pk]
    indicator = target.indicator
    if result.is_share or indicator.kind != IndicatorKind.AMOUNT or indicator.over_time != OverTime.SUM:
        return None
    series = facts.series(target, result.bloc or result.unit)
    months = facts.window(target).counted_at(facts.asked) or ()
    then = [series[month.plus(-12)].amount for month in months if month.plus(-12) in series]
    known = [amount for amount in then if amount is not None]
    return sum(known, Decimal(0)) if known else None
