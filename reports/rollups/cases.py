"""Which shares of carriers are kept: of each ``each_unit`` target in force, for each month of its plan's term.

What they hang on beside the totals (bounds, phases, kinds, the calendar) is read here once a drain and held against
what the kept ones were said from; only where it differs they are said anew for all units. The counting is ``carriers``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django.db import connection

from plans.models import Plan
from reports.progress.models import Period
from targets.calendar import Month, Window, month_meant
from targets.compliance import PhaseStep, phased_minimum
from targets.enums import Carrier, OverTime
from targets.models import Target

from .models import CarrierCase, CarrierCount
from .windows import Calendar

_Key = tuple[int, int, bool]
_SAID_FROM = ("upto", "begins", "months", "since", "phase", "facts", "is_said")


@dataclass(frozen=True)
class Kept:
    """Whether there are any shares to keep, and whether some of them have to be said anew for all units."""

    are_kept: bool
    are_unsaid: bool


def keep_cases(calendar: Calendar) -> Kept:
    """Bring the list of kept shares up to date.

    New ones and those that hang on something that is different now are left to be said; what is not wanted any more
    is forgotten with its counts.
    """
    wanted = {_key(case): case for case in wanted_cases(calendar)}
    rows = CarrierCase.objects.values_list("target_id", "period_id", "is_late", "facts", "pk")
    known = {(target, period, is_late): (facts, pk) for target, period, is_late, facts, pk in rows}
    _forget([pk for key, (_facts, pk) in known.items() if key not in wanted])
    fresh = [case for key, case in wanted.items() if key not in known or known[key][0] != case.facts]
    CarrierCase.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["target", "period", "is_late"], update_fields=_SAID_FROM
    )
    return Kept(are_kept=bool(wanted), are_unsaid=bool(fresh))


def _key(case: CarrierCase) -> _Key:
    return case.target_id, case.period_id, case.is_late


def _forget(cases: list[int]) -> None:
    if not cases:
        return
    CarrierCount.objects.filter(case__in=cases)._raw_delete(connection.alias)
    CarrierCase.objects.filter(pk__in=cases)._raw_delete(connection.alias)


def wanted_cases(calendar: Calendar) -> Iterator[CarrierCase]:
    """Every share that is kept, unsaved."""
    for target in _targets():
        term = term_of(target, calendar)
        window = calendar.window_of(target)
        since = calendar.since_of(target) if target.indicator.over_time == OverTime.LATEST else None
        steps = [PhaseStep(month_meant(row.due_on, calendar.spans), row.minimum) for row in target.phases.all()]
        for month, period in calendar.by_month.items():
            if month in term:
                yield from _cases_of(target, window, since, steps, period, month, calendar)


def term_of(target: Target, calendar: Calendar) -> Window:
    """The months of the plan's term and of the target's window: in these its share is kept."""
    window, plan = calendar.window_of(target), target.plan
    first, last = (month_meant(day, calendar.spans) for day in (plan.starts_on, plan.ends_on))
    return Window(min(first, window.first), max(last, window.last))


def _cases_of(
    target: Target,
    window: Window,
    since: Period | None,
    steps: list[PhaseStep],
    period: Period,
    month: Month,
    calendar: Calendar,
) -> Iterator[CarrierCase]:
    """In time, and after the due period also late. Nobody carries it where the calendar begins after the due period."""
    counted = min(month, window.last)
    upto = calendar.by_month.get(counted)
    kept = {"target": target, "period": period, "begins": _place(window.first), "months": len(window), "since": since}
    if upto is not None:
        yield _told(CarrierCase(**kept, is_late=False, upto=upto, phase=phased_minimum(steps, counted)))
    if month > window.last:
        yield _told(CarrierCase(**kept, is_late=True, upto=period))


def _told(case: CarrierCase) -> CarrierCase:
    """With the digest of all that it is said from beside totals, units and what was handed down."""
    target, indicator = case.target, case.target.indicator
    facts: tuple[Any, ...] = (
        *(target.plan.unit_id, target.carrier_reach, sorted(target.carrier_kinds)),
        *(target.minimum, target.maximum, target.starts_on, target.due_on),
        *(indicator.pk, indicator.kind, indicator.over_time),
        *(case.upto_id, case.upto.last_day, case.period.last_day, case.begins, case.months, case.since_id, case.phase),
    )
    case.facts = blake2s("|".join(map(str, facts)).encode(), digest_size=16).hexdigest()
    return case


def _place(month: Month) -> int:
    return month.year * 12 + month.month


def _targets() -> Iterable[Target]:
    rows = Target.objects.counted().filter(plan__in=Plan.objects.in_force(), carried_by=Carrier.EACH_UNIT)
    of_target = ("carrier_reach", "carrier_kinds", "minimum", "maximum", "starts_on", "due_on")
    of_others = ("plan__unit_id", "plan__starts_on", "plan__ends_on", "indicator__kind", "indicator__over_time")
    return rows.select_related("plan", "indicator").only(*of_target, *of_others).prefetch_related("phases").order_by()
