"""Which shares of carriers are kept: of each ``each_unit`` target in force, for each month of its plan's term that is
open or past.

What they hang on beside the totals (bounds, phases, kinds, the calendar) is held against what the kept ones were said
from; only where it differs they are said anew for all units. When that is looked at says ``keeping``, the counting is
``carriers``.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from hashlib import blake2s
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from plans.models import Plan
from targets.calendar import Month, Window, month_meant
from targets.compliance import PhaseStep, phased_minimum
from targets.enums import Carrier, OverTime
from targets.models import Target

from .models import CarrierCase, CarrierCount
from .windows import Calendar


class Case(NamedTuple):
    """A share that is kept, as ``CarrierCase`` has it."""

    target_id: int
    period_id: int
    is_late: bool
    upto_id: int
    begins: int
    months: int
    since_id: int | None
    phase: Decimal | None
    facts: str


_SAID_FROM = ("upto", "begins", "months", "since", "phase", "facts", "is_said")


def keep_cases(calendar: Calendar, *, begun: Collection[int], ended: Collection[int]) -> bool:
    """Bring the list of kept shares up to date with these plans; return whether some have to be said anew.

    ``begun`` are the plans in force to be looked at, by their ids; of those ``ended`` none is wanted any more. New
    shares, and those that hang on something that is different now, are left to be said for all units; what is not
    wanted any more is forgotten with its counts.
    """
    wanted = {case[:3]: case for case in wanted_cases(calendar, begun)}
    rows = CarrierCase.objects.filter(target__plan__in=[*begun, *ended])
    found = rows.values_list("target_id", "period_id", "is_late", "facts", "pk")
    known = {(target, period, is_late): (facts, pk) for target, period, is_late, facts, pk in found}
    _forget([pk for key, (_facts, pk) in known.items() if key not in wanted])
    fresh = [case for key, case in wanted.items() if key not in known or known[key][0] != case.facts]
    CarrierCase.objects.bulk_create(
        (CarrierCase(**case._asdict()) for case in fresh),
        update_conflicts=True,
        unique_fields=["target", "period", "is_late"],
        update_fields=_SAID_FROM,
    )
    return bool(fresh)


def _forget(cases: list[int]) -> None:
    if not cases:
        return
    CarrierCount.objects.filter(case__in=cases)._raw_delete(connection.alias)
    CarrierCase.objects.filter(pk__in=cases)._raw_delete(connection.alias)


def wanted_cases(calendar: Calendar, plans: Collection[int] | None = None) -> Iterator[Case]:
    """Every share that is kept of these plans, all of them in force; null: of all that are."""
    for target in _targets(Plan.objects.in_force() if plans is None else plans):
        term, window = term_of(target, calendar), calendar.window_of(target)
        since = calendar.since_of(target) if target.indicator.over_time == OverTime.LATEST else None
        steps = [PhaseStep(month_meant(row.due_on, calendar.spans), row.minimum) for row in target.phases.all()]
        digest = _digest_of(target)
        for period in calendar.live:
            month = Month(period.year, period.month)
            if month not in term:
                continue
            counted = min(month, window.last)
            upto = calendar.by_month.get(counted)
            begins, months = window.first.year * 12 + window.first.month, len(window)
            since_id = since.pk if since else None
            # Nobody carries it in time where the calendar begins after the due period.
            for is_late, last in ((False, upto), (True, period if month > window.last else None)):
                if last is not None:
                    phase = None if is_late else phased_minimum(steps, counted)
                    facts = (last.pk, last.last_day, period.last_day, begins, months, since_id, phase)
                    said_from = _with(digest, facts)
                    yield Case(target.pk, period.pk, is_late, last.pk, begins, months, since_id, phase, said_from)


def term_of(target: Target, calendar: Calendar) -> Window:
    """The months of the plan's term and of the target's window: in these its share is kept."""
    window, plan = calendar.window_of(target), target.plan
    first, last = (month_meant(day, calendar.spans) for day in (plan.starts_on, plan.ends_on))
    return Window(min(first, window.first), max(last, window.last))


def _digest_of(target: Target) -> "blake2s":
    """What every case of a target is said from beside totals, units and what was handed down."""
    indicator = target.indicator
    facts: tuple[Any, ...] = (
        *(target.plan.unit_id, target.carrier_reach, sorted(target.carrier_kinds)),
        *(target.minimum, target.maximum, target.starts_on, target.due_on),
        *(indicator.pk, indicator.kind, indicator.over_time),
    )
    return blake2s("|".join(map(str, facts)).encode(), digest_size=16)


def _with(digest: "blake2s", facts: tuple[Any, ...]) -> str:
    """The digest of a target, and of what one of its cases is said from beside."""
    of_case = digest.copy()
    of_case.update("|".join(map(str, facts)).encode())
    return of_case.hexdigest()


def _targets(plans: QuerySet[Plan] | Collection[int]) -> Iterable[Target]:
    rows = Target.objects.counted().filter(plan__in=plans, carried_by=Carrier.EACH_UNIT)
    of_target = ("carrier_reach", "carrier_kinds", "minimum", "maximum", "starts_on", "due_on")
    of_others = ("plan__unit_id", "plan__starts_on", "plan__ends_on", "indicator__kind", "indicator__over_time")
    return rows.select_related("plan", "indicator").only(*of_target, *of_others).prefetch_related("phases").order_by()
