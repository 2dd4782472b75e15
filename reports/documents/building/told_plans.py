"""Which plans a period's papers tell of."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q

from plans.models import Plan, PlanQuerySet
from reports.progress.models import Period
from targets.calendar import Month, PeriodSpan, month_meant


def plans_told_in(period: Period) -> PlanQuerySet:
    """Return the plans in force with targets whose term covers the period, one of many targets many times.

    A term's day that bounds a month means the period of that name, whatever its cut-off (domain: Time).
    """
    return Plan.objects.in_force().filter(_begun(period), _not_over(period), targets__isnull=False)


def _begun(period: Period) -> Q:
    """``month_meant(starts_on) <= period``: all days before the first of two ends, some of those between them."""
    month = Month(period.year, period.month)
    early, late = sorted([period.last_day, _first(month.plus(1)) - timedelta(days=1)])
    between = _days(early + timedelta(days=1), late, period, lambda meant: meant <= month)
    return Q(starts_on__lte=early) | Q(starts_on__in=between)


def _not_over(period: Period) -> Q:
    """``period <= month_meant(ends_on)``: all days from the second of two beginnings, some of those between them."""
    month = Month(period.year, period.month)
    early, late = sorted([period.first_day, _first(month)])
    between = _days(early, late - timedelta(days=1), period, lambda meant: meant >= month)
    return Q(ends_on__gte=late) | Q(ends_on__in=between)


def _first(month: Month) -> date:
    return date(month.year, month.month, 1)


def _days(first: date, last: date, period: Period, fits: Callable[[Month], bool]) -> list[date]:
    """The days from first to last, both included, whose month fits; none where first is after last."""
    span = PeriodSpan(period.year, period.month, period.first_day, period.last_day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if fits(month_meant(day, [span]))]
