"""First and last day of a period: where one ends the next begins, without a gap and without a day counted twice."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from core import collisions
from reports.progress.deadlines import day_of_month
from reports.progress.models import Period, PeriodDeadline, ProgressReport
from reports.rollups.services import mark_many_dirty
from targets.calendar import Month
from units.models import BlocMembership, Unit

from .periods import open_period
from .standing_days import apply_rules

DAY = timedelta(days=1)


@collisions.atomic
def move_bounds(*, period: Period, first_day: date, last_day: date) -> list[Period]:
    """Give a period another first and last day; the months beside it end and begin accordingly. Returns what changed.

    The last day lies in the month that names the period. Raises ValidationError for other days, where a report of one
    of these months was handed in already, and where one would be due before its period is over.
    """
    calendar = {_name(row): row for row in _locked(period)}
    name = _name(period)
    _check_in_month(name, first_day, last_day)
    row, before, after = calendar[name], calendar.get(name.plus(-1)), calendar.get(name.plus(1))
    ended = {one.pk: one.last_day for one in calendar.values()}
    changed = []
    if row.first_day != first_day:
        row.first_day = first_day
        if before is not None:
            before.last_day = first_day - DAY
        changed += [row, before]
    if row.last_day != last_day:
        row.last_day = last_day
        if after is not None:
            after.first_day = last_day + DAY
        changed += [row, after]
    moved = [one for one in calendar.values() if one in changed]
    _check_untouched(moved)
    _check_due(moved)
    for one in moved:
        one.save(update_fields=["first_day", "last_day"])
    _follow(moved, ended)
    return moved


def _locked(period: Period) -> Iterable[Period]:
    rows = Period.objects.select_for_update(of=("self",)).select_related("owner")
    return rows.filter(owner=period.owner_id).order_by("pk")


def _name(period: Period) -> Month:
    return Month(period.year, period.month)


def _check_in_month(name: Month, first_day: date, last_day: date) -> None:
    """The month before may end on any of its days, and so may this one."""
    earliest, latest = day_of_month(name.plus(-1), 2), day_of_month(name, 1)
    if not earliest <= first_day <= latest:
        words = _("The first day lies between %(earliest)s and %(latest)s.")
        raise ValidationError({"first_day": words % {"earliest": _said(earliest), "latest": _said(latest)}})
    if Month.of(last_day) != name:
        words = _("The last day lies in %(month)s, the month that names the period.")
        raise ValidationError({"last_day": words % {"month": f"{name.month}/{name.year}"}})


def _check_untouched(periods: list[Period]) -> None:
    handed_in = ProgressReport.objects.filter(period__in=periods, first_submitted_at__isnull=False)
    known = handed_in.order_by("period").values_list("period__month", "period__year").first()
    if known is not None:
        words = _("Reports of %(month)s were handed in already; its first and last day stay as they are.")
        raise ValidationError(words % {"month": "{}/{}".format(*known)})


def _check_due(periods: list[Period]) -> None:
    """A rule's days follow by themselves while the month is not open; those that a person chose do not."""
    for period in periods:
        chosen = PeriodDeadline.objects.filter(period=period)
        if period.opened_at is None:
            chosen = chosen.filter(rule__isnull=True)
        earliest = min([period.due_on, *chosen.values_list("due_on", flat=True)])
        if earliest < period.last_day:
            words = _("%(month)s would be due on %(day)s, before it is over. Change its due day first.")
            raise ValidationError(words % {"month": f"{period.month}/{period.year}", "day": _said(earliest)})


def _follow(periods: list[Period], ended: Mapping[int, date]) -> None:
    """Standing days follow; whoever is there on the new last day owes what is open; states carried over count anew.

    ``ended``: period id → its last day before.
    """
    apply_rules(periods)
    for period in periods:
        if period.opened_at is not None:
            open_period(period=period)
        units = _changed_between(*sorted((ended[period.pk], period.last_day)))
        mark_many_dirty((unit, period) for unit in units)


def _changed_between(first: date, last: date) -> Iterable[Unit]:
    """The units that were closed, or changed their bloc, after ``first`` and until ``last``."""
    days = (first + DAY, last)
    moved = BlocMembership.objects.filter(Q(starts_on__range=days) | Q(ends_on__range=days))
    return Unit.objects.filter(Q(closed_on__range=days) | Q(pk__in=moved.values("unit")))


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
