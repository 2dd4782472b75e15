"""Drafts that the calendar asks for: which bodies want one today, and asking for them exactly once."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError

from accounts.enums import RoleName
from accounts.models import Role
from core import clock
from reports.progress.deadlines import Deadlines
from reports.progress.models import Period
from targets.calendar import Month, Span
from units.models import Unit

from .building import kind_of, plans_told_in
from .models import OfficialDocument
from .schedule import is_time, spans_to_draft
from .services import schedule_report

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """A body and the span that it reports on."""

    unit: Unit
    span: Span


def draft_by_calendar() -> int:
    """Ask for the drafts of today; returns how many. May be repeated: what was asked for is not asked for again."""
    return sum(_draft(wanted) for wanted in drafts_wanted(clock.today()))


def _draft(wanted: Wanted) -> bool:
    try:
        return schedule_report(unit=wanted.unit, span=wanted.span) is not None
    except IntegrityError:  # another worker was a moment earlier; the database keeps one
        log.info("%s of unit %s is drafted already", wanted.span, wanted.unit.pk)
        return False


def drafts_wanted(today: date) -> list[Wanted]:
    """Return what is to be drafted today and is not there yet, in the order of months and of the tree.

    A body wants a draft the day after the last due day of the units directly beneath it, if it has a plan in force with
    targets and an officer of its own.
    """
    opened = list(Period.objects.filter(opened_at__isnull=False, year__gte=today.year - 1).select_related("owner"))
    deadlines = Deadlines(opened, of=[])
    names = {(period.owner_id, period.year, period.month) for period in opened}
    found = []
    for period in opened:
        if not any(is_time(day, today) for day in _due_days(period, deadlines)):
            continue
        months = {Month(year, month) for owner, year, month in names if owner == period.owner_id}
        spans = [span for span in spans_to_draft(Month(period.year, period.month)) if months.issuperset(span.months())]
        bodies = [body for body in _bodies(period, deadlines) if is_time(body.due_on, today)]
        found += list(_not_there([body.unit for body in bodies], spans))
    return found


def _due_days(period: Period, deadlines: Deadlines) -> set[date]:
    return {period.due_on, *(days.due_on for _path, _level, days in deadlines.said_beneath(period))}


@dataclass(frozen=True)
class _Body:
    """A body that drafts reports, and the last due day of the units directly beneath it."""

    unit: Unit
    due_on: date


def _bodies(period: Period, deadlines: Deadlines) -> list[_Body]:
    """Three queries, however many bodies there are."""
    officers = Role.objects.filter(name=RoleName.OFFICER, ended_at__isnull=True, user__is_active=True)
    within = Unit.objects.under(period.owner).open_on(period.last_day)
    units = within.filter(pk__in=plans_told_in(period).values("unit")).filter(pk__in=officers.values("unit"))
    days: dict[int | None, list[date]] = defaultdict(list)
    for child in within.filter(parent__in=units):
        days[child.parent_id].append(deadlines.ordinary(child, period).due_on)
    return [_Body(unit, max(days[unit.pk])) for unit in units if unit.pk in days]


def _not_there(units: Sequence[Unit], spans: Sequence[Span]) -> Iterator[Wanted]:
    codes = [str(span) for span in spans]
    rows = OfficialDocument.objects.filter(unit__in=units, span__in=codes).order_by()
    there = set(rows.values_list("unit_id", "kind", "span"))
    for unit in units:
        for span in spans:
            if (unit.pk, kind_of(span), str(span)) not in there:
                yield Wanted(unit, span)
