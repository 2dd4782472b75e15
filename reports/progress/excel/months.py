"""What the workbooks hold: reports of one month with all that judges a figure, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts import scope
from accounts.models import User
from reports.progress import rules
from reports.progress.asked import TOPIC_ORDER, Asked, asked_of, asking_once
from reports.progress.entries import EntryInput
from reports.progress.models import Period, ProgressEntry, ProgressReport
from reports.progress.standing import done_before
from reports.progress.states import OPEN_FOR_ENTRY
from targets.calendar import Month
from targets.models import Indicator
from units.selectors import top_unit

from .cells import NOT_YET


@dataclass(frozen=True)
class UnitMonth:
    """One report by indicator: what is asked, what stands in it, which milestones an earlier report told."""

    report: ProgressReport
    asked: dict[int, Asked]
    entries: dict[int, EntryInput]
    done: dict[int, tuple[Month, date]]

    def entry(self, indicator_id: int) -> EntryInput:
        return self.entries.get(indicator_id, EntryInput())

    def milestone(self, indicator_id: int) -> Any:
        """The day on which it was done, this month or before; ``NOT_YET``; null where nothing is said."""
        if indicator_id in self.done:
            return self.done[indicator_id][1]
        entry = self.entry(indicator_id)
        return NOT_YET if entry.is_done is False else entry.done_on

    def may_fill(self, user: User) -> bool:
        """Whether this person may type figures into it as it stands."""
        return self.report.state in OPEN_FOR_ENTRY and bool(rules.can_enter.test(user, self.report))

    def takes(self, indicator_id: int) -> bool:
        """Whether the unit is still to say something of this figure."""
        return indicator_id in self.asked and indicator_id not in self.done


def period_or_404(user: User, month: str) -> Period:
    """The opened month of the calendar by which this person's units report. Raises ``Http404``."""
    first = scope.units_for(user, *rules.FIGURE_ROLES).first()
    try:
        name = Month.parse(month)
    except ValueError as error:
        raise Http404(month) from error
    found = None
    if first is not None:
        calendar = Period.objects.filter(owner=top_unit(first), opened_at__isnull=False)
        found = calendar.filter(year=name.year, month=name.month).first()
    if found is None:
        raise Http404(month)
    return found


def reports_in_reach(user: User, period: Period) -> QuerySet[ProgressReport]:
    """The month's reports whose figures the person reads by a role of his own, in the order of the tree."""
    reach = scope.units_for(user, *rules.FIGURE_ROLES)
    reports = ProgressReport.objects.filter(period=period, unit__in=reach.values("pk"))
    return reports.select_related("unit", "period__owner").order_by("unit__path")


def months_of(reports: Iterable[ProgressReport]) -> list[UnitMonth]:
    """Read what stands in these reports of one period. The versions are read first: who saves meanwhile is noticed."""
    listed = list(reports)
    if not listed:
        return []
    entries: dict[int, dict[int, EntryInput]] = defaultdict(dict)
    for row in ProgressEntry.objects.filter(report__in=listed):
        entries[row.report_id][row.indicator_id] = EntryInput.of(row)
    done: dict[int, dict[int, tuple[Month, date]]] = defaultdict(dict)
    for (unit_id, indicator_id), when in done_before([one.unit for one in listed], listed[0].period).items():
        done[unit_id][indicator_id] = when
    with asking_once() if len(listed) > 1 else nullcontext():
        return [UnitMonth(report, _asked(report), entries[report.pk], done[report.unit_id]) for report in listed]


def _asked(report: ProgressReport) -> dict[int, Asked]:
    return {one.indicator.pk: one for one in asked_of(report.unit, report.period)}


def indicators_of(months: Iterable[UnitMonth]) -> list[Indicator]:
    """Every figure that is asked of one of the units, by topic and then in the order of the plans."""
    places: dict[int, tuple[Any, ...]] = {}
    found: dict[int, Indicator] = {}
    for month in months:
        for key, asked in month.asked.items():
            place = _place(asked)
            places[key] = min(places.get(key, place), place)
            found[key] = asked.indicator
    return [found[key] for key in sorted(places, key=places.__getitem__)]


def _place(asked: Asked) -> tuple[Any, ...]:
    first = min((target.plan.unit.path, target.plan_id, target.order) for target in asked.targets)
    return (TOPIC_ORDER[asked.indicator.topic], *first, asked.indicator.pk)
