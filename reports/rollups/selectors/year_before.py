"""What stood at the same month of the year before, beside this year's figure.

No queries: all from ``Facts``, which hold shares of carriers of that year only where ``Known.year_before`` asked.
"""

from targets.enums import OverTime
from targets.models import Target

from .facts import Facts
from .judging import Judge
from .results import TargetResult


def year_before(judge: Judge, result: TargetResult) -> TargetResult | None:
    """How the target stood at the result's unit a year before the month asked, without a verdict.

    Of a sum what the same months of that year had added up to, of a state how it stood, whatever was asked then; of a
    share how many carriers had reached theirs, where the same was asked of them. What has run for longer than a year
    is held against its own state; a sum never is, so that as many months stand against as many.
    Null where nothing of it is known, a ratio of nothing included.
    """
    past = _facts_before(judge.facts, judge.facts.targets[result.target.pk], result)
    if past is None:
        return None
    then = Judge(past, judge.now, tells_status=False).result(result.target, result.unit)
    return then if then.is_share == result.is_share and then.value is not None else None


def _facts_before(facts: Facts, target: Target, result: TargetResult) -> Facts | None:
    """The facts as of that month; null where the calendar does not know it, or not all months of a sum."""
    window, is_sum = facts.window(target), target.indicator.over_time == OverTime.SUM
    if facts.asked < window.first:
        return None
    has_run = window.first <= facts.asked.plus(-12) and (result.is_share or not is_sum)
    period = facts.calendar.by_month.get((min(facts.asked, window.last) if has_run else facts.asked).plus(-12))
    if period is None:
        return None
    if has_run:
        return facts.as_of(period)
    first = facts.last_day(window.first.plus(-12))
    # A unit that was opened later, or a calendar that begins later, would make of part of a year the whole.
    is_whole = first is not None and result.unit.opened_on <= first
    return facts.a_year_before(target, period) if is_whole or not is_sum or result.is_share else None
