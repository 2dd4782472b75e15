"""How a forecast is made: every step can be worked by hand (``tests/targets/forecast``).

**Sums, and things done.** What is reached, and for each month to come what such a month usually brings, times a factor.

*Without anything to compare with* a month is a month, and the factor is the pace: the mean of the months so far. The
lower end takes as many of the worst of them as there are months to come, but half of them at most (of an odd number the
middle one is in neither half), the upper end as many of the best. For months that scatter evenly this holds the outcome
about four times in five. Where nothing at all was reached so far there is no pace: congresses are held in the second
quarter, and nothing of that is seen in March.

*With last year*, known in every month of the window, a month usually brings what it brought then. The likely factor is
1 + (so far this year − so far last year) / all of last year: a year is believed to go on as last year's, and at this
year's own rate the more, the more of the year is over. Actuaries forecast claims still to be reported so
(R. Bornhuetter and R. Ferguson, "The Actuary and IBNR", 1972; the weight is G. Benktander's, 1976). The lower end
doubles what single months fell short of last year's, the upper end what they went beyond it, each against those months,
of which quiet ones count as mean ones, for the little that they bring says little, and one mean month more, so that a
single month does not carry the whole year. And no year repeats another: both ends lie ``UNLIKE`` farther out.

*With phases* and no last year, a month usually brings what the plan asks of it, but a plan is a wish and not
experience: the likely factor is what was reached of what the plan asks so far, and until it asks something there is no
forecast. The ends are as with last year.

Things counted in wholes come by chance, one at a time, and scatter by the root of their number: where nine were
reached, six or twelve would have been no surprise, and where none was, one. Neither end of a pace is nearer than that.

**States** (members using the app, a ratio) go on from the newest by the mean change of a month so far; the ends take
the worst change and the best, for states go by leaps. The last ones are the hardest to win, so each month to come
brings ``DAMPED`` of the one before it (E. Gardner and E. McKenzie, "Forecasting trends in time series", 1985). Beside
the changes stands one month without change, so that a single step does not carry the whole year.

**In all of them.** Reports that are not in hand: the lower end takes what is there; the upper end takes the silent to
have done as the others, at most doubling a month. A month with less than half of its reports says nothing of the pace
(``is_heard``); its rest counts for the upper end, and for the likely figure only where it is the newest, whose reports
are still coming in. Every step is monotone: where more was reached, no end is lower (so the ends are no standard
deviations). Sums never land below what is reached, nothing below 0, nothing above what there is.

How good it is: docs/performance.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from targets.calendar import Window
from targets.compliance import PhaseStep
from targets.figures import HUNDRED

from .cases import ZERO, Forecast, ForecastCase, MonthSoFar, NoForecast, Outlook, Reason, Why

ONE = Decimal(1)
FOUR_PLACES = Decimal("0.0001")
LEAST_MONTHS = 2  # heard, to speak of a pace; with last year beside them, 1
DAMPED = Decimal("0.8")
UNLIKE = Decimal("0.15")  # of what a month usually brings; see docs/performance.md


@dataclass(frozen=True, slots=True)
class Range:
    low: Decimal
    likely: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Usual:
    """What each month of the window usually brings; for a pace, 1: a month is a month."""

    months: tuple[Decimal, ...]
    reason: Reason


def forecast(case: ForecastCase) -> Outlook:
    """Where the target lands, or why that is not said. For shares of carriers with bounds: ``forecast_share``."""
    usual = _usual(case)
    why = _why_not(case, usual)
    if why is not None or case.bar is None or case.reached is None:
        return NoForecast(why or Why.NO_DATA)
    ends = _of_sum(case, usual, case.reached) if case.is_added_up else _of_state(case)
    missing = max(case.bar - case.reached, ZERO)
    return Forecast(
        low=_kept(case, min(ends.low, ends.likely)),
        likely=_kept(case, ends.likely),
        high=_kept(case, max(ends.high, ends.likely)),
        bar=case.bar,
        needed=missing * case.whole / HUNDRED if case.commitment.kind == "ratio" and case.whole else missing,
        needed_by=case.due_on,
        months_left=case.months_left,
        reason=usual.reason,
        months=sum(month.is_heard for month in case.months),
        reported=case.months[-1].reported,
        required=case.months[-1].required,
        in_wholes=case.in_wholes,
        is_percent=case.commitment.kind == "ratio",
        whole=case.whole,
    )


def planned_months(steps: Iterable[PhaseStep], window: Window) -> tuple[Decimal, ...]:
    """What phases ask of each month of the window: the way from step to step in even parts; empty without phases."""
    months: list[Decimal] = []
    asked = ZERO
    for step in sorted(steps, key=lambda step: step.month):
        ahead = min(step.month, window.last).minus(window.first) + 1 - len(months)
        if ahead > 0:
            months += [max(step.minimum - asked, ZERO) / ahead] * ahead
            asked = max(step.minimum, asked)
    return (*months, *[ZERO] * (len(window) - len(months))) if months else ()


def _usual(case: ForecastCase) -> Usual:
    """Last year where every month of it is known (a part says nothing of the rest), else the phases, else a pace."""
    if case.commitment.over_time == "sum":
        last_year = tuple(amount for amount in case.last_year if amount is not None)
        if len(last_year) == len(case.last_year) and any(last_year):
            return Usual(last_year, Reason.LAST_YEAR)
        if any(case.planned):
            return Usual(case.planned, Reason.PHASES)
    return Usual((ONE,) * (len(case.months) + case.months_left), Reason.PACE)


def _why_not(case: ForecastCase, usual: Usual) -> Why | None:
    """Return why there is no forecast, the first reason that holds; null where there is one."""
    heard = sum(month.is_heard for month in case.months)
    asked = [usual for month, usual in zip(case.months, usual.months, strict=False) if month.is_heard]
    reasons = {
        Why.LIMIT: case.commitment.is_limit,
        Why.ONE_THING: case.is_milestone and not case.commitment.is_by_share,
        Why.NOT_STARTED: not case.months,
        Why.DUE_OVER: case.months_left == 0,
        Why.NO_DATA: case.reached is None or all(month.value is None for month in case.months),
        Why.FEW_REPORTS: heard == 0,
        Why.TOO_EARLY: usual.reason != Reason.LAST_YEAR and (heard < LEAST_MONTHS or not any(asked)),
        Why.NOT_BEGUN: usual.reason == Reason.PACE and case.is_added_up and not case.reached,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _kept(case: ForecastCase, value: Decimal) -> Decimal:
    """Within what there can be, to 4 places (domain: rule 17)."""
    kept = max(value, ZERO)
    return (kept if case.most is None else min(kept, case.most)).quantize(FOUR_PLACES)


def _of_sum(case: ForecastCase, usual: Usual, reached: Decimal) -> Range:
    months = list(zip(_additions(case), usual.months, strict=False))
    heard = [(month, least) for month, least in months if month.is_heard]
    said = [(month.value or ZERO, least) for month, least in heard]
    at_most = [((month.value or ZERO) / month.in_hand, least) for month, least in heard]
    factor = _pace(said, at_most, case) if usual.reason == Reason.PACE else _growth(said, at_most, usual, case)
    to_come = sum(usual.months[len(months) :], ZERO)
    unheard = [one for one in months if not one[0].is_heard]
    newest = [one for one in months[-1:] if not one[0].is_heard]
    silent = sum((more - amount for (more, _usual), (amount, _same) in zip(at_most, said, strict=True)), ZERO)
    return Range(
        reached + to_come * factor.low,
        reached + to_come * factor.likely + _rest(newest, factor.likely),
        reached + to_come * factor.high + _rest(unheard, factor.high) + silent,
    )


def _additions(case: ForecastCase) -> list[MonthSoFar]:
    """What each month added; of things done, the difference to the last month that is known."""
    if not case.is_milestone:
        return list(case.months)
    done, found = ZERO, []
    for month in case.months:
        added = None if month.value is None else month.value - done
        done = done if month.value is None else month.value
        found.append(MonthSoFar(added, month.reported, month.required))
    return found


def _rest(unheard: Sequence[tuple[MonthSoFar, Decimal]], factor: Decimal) -> Decimal:
    """What these months would bring beyond what is known of them."""
    return sum((max(usual * factor - (month.value or ZERO), ZERO) for month, usual in unheard), ZERO)


Pairs = Sequence[tuple[Decimal, Decimal]]  # what a month brought, and what it usually brings


def _pace(said: Pairs, at_most: Pairs, case: ForecastCase) -> Range:
    amounts = [amount for amount, _one in said]
    by_chance = max(ONE, max(sum(amounts, ZERO), ZERO).sqrt()) if case.in_wholes else ZERO
    pace = _spread(
        amounts, [amount for amount, _one in at_most], max(min(len(amounts) // 2, case.months_left), 1), by_chance
    )
    return Range(max(pace.low, ZERO), max(pace.likely, ZERO), max(pace.high, ZERO))


def _spread(values: Sequence[Decimal], upper: Sequence[Decimal], few: int, by_chance: Decimal) -> Range:
    """The mean of the ``few`` least values, of all, and of the ``few`` greatest of ``upper``.

    The ends are no nearer than if so much more or less had come in all.
    """
    mean, worse, better = _mean(values), _mean(sorted(values)[:few]), _mean(sorted(upper)[-few:])
    scatter = by_chance / len(values)
    return Range(min(worse, mean - scatter), mean, max(better, mean + scatter))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values)


def _growth(said: Pairs, at_most: Pairs, usual: Usual, case: ForecastCase) -> Range:
    """How far this year goes beyond what is usual: 1 is "as usual"."""
    a_mean = _mean(usual.months)
    weight = a_mean + sum((max(least, a_mean) for _amount, least in said), ZERO)
    is_known = usual.reason == Reason.LAST_YEAR
    behind = sum((max(least - amount, ZERO) for amount, least in said), ZERO)
    beyond = sum((max(amount - least, ZERO) for amount, least in at_most), ZERO)
    change = sum((amount - least for amount, least in said), ZERO)
    against = sum(usual.months, ZERO) if is_known else sum((least for _amount, least in said), ZERO)
    grain = ONE if case.in_wholes else ZERO
    return Range(
        max(ONE - (2 * behind + grain) / weight - UNLIKE, ZERO),
        max(ONE + change / against, ZERO),
        ONE + (2 * beyond + grain) / weight + UNLIKE,
    )


def _of_state(case: ForecastCase) -> Range:
    known = [(place, month) for place, month in enumerate(case.months) if month.is_heard]
    changes = [ZERO]
    for (earlier, before), (later, after) in pairwise(known):
        steps = later - earlier
        changes += [((after.value or ZERO) - (before.value or ZERO)) / steps] * steps
    drift = _spread(changes, changes, 1, ONE if case.in_wholes else ZERO)
    place, newest = known[-1]
    ahead = DAMPED * (ONE - DAMPED ** (len(case.months) - 1 - place + case.months_left)) / (ONE - DAMPED)
    value = newest.value or ZERO
    low, high = value, value / newest.in_hand
    if case.commitment.kind == "ratio":  # the silent have nothing of it, or all
        low = value * newest.in_hand
        high = low + HUNDRED * (1 - newest.in_hand)
    return Range(low + ahead * drift.low, value + ahead * drift.likely, high + ahead * drift.high)
