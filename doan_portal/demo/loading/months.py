"""A month of reporting: opened on the first of the next one, then typed in, submitted, reviewed, step by step."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from core import clock
from doan_portal.demo.facts.units import CENTRE, KCQ
from doan_portal.demo.generator import LAST_MONTH, Action, Figure, Step
from reports.progress.asked import asking_once
from reports.progress.entries import EntryInput
from reports.progress.models import Period, ProgressReport
from reports.progress.services import (
    approve_reports,
    grant_extension,
    open_period,
    remind_by_calendar,
    reopen_report,
    return_report,
    save_draft,
    submit_report,
)

from .world import World, at

# The secretary's own unit was given four more days for September.
EXTENDED, EXTENDED_TO, EXTENDED_AT = f"{KCQ}-018", date(2024, 10, 7), (date(2024, 10, 3), 15, 20)
EXTENDED_WHY = "Bí thư đi tập huấn tại Hà Nội đến hết ngày 4/10."

Reports = dict[tuple[str, int], ProgressReport]


def open_month(month: int) -> None:
    """Open the period as soon as the month is over."""
    period = Period.objects.select_related("owner").get(owner__code=CENTRE, year=2024, month=month)
    with clock.travel_to(at(date(2024, month + 1, 1), 0, 5)):
        open_period(period=period)


def extend_deadline(world: World) -> None:
    """Give one unit four days more for September."""
    report = ProgressReport.objects.select_related("period").get(
        period__owner__code=CENTRE, period__year=2024, period__month=LAST_MONTH, unit=world.units[EXTENDED]
    )
    with clock.travel_to(at(*EXTENDED_AT)):
        grant_extension(
            actor=world.people["canbo"],
            report=report,
            due_on=EXTENDED_TO,
            locks_on=report.period.locks_on,
            reason=EXTENDED_WHY,
        )


def play(world: World, steps: Iterable[Step]) -> None:
    """Take the steps in the order of time; what a reviewer approves in one sitting is approved together.

    The calendar reminds on the morning of each day on which something happens.
    """
    listed = list(steps)
    reports = _reports_of(listed)
    day = None
    with asking_once():
        for (moment, action, actor), group in groupby(listed, key=lambda step: (step.at, step.action, step.actor)):
            if moment.date() != day:
                day = moment.date()
                with clock.travel_to(at(day, 6, 0)):
                    remind_by_calendar()
            with clock.travel_to(_aware(moment)):
                _take_together(world, action, actor, list(group), reports)


def _take_together(world: World, action: Action, actor: str | None, steps: list[Step], reports: Reports) -> None:
    if action is Action.APPROVE:
        _approve(world, actor, steps, reports)
        return
    for step in steps:
        reports[step.unit, step.month] = _take(world, step, reports[step.unit, step.month])


def last_moment(steps: list[Step]) -> datetime:
    """When the last of the steps was taken, aware."""
    return _aware(steps[-1].at)


def _aware(moment: datetime) -> datetime:
    return timezone.make_aware(moment)


def _reports_of(steps: list[Step]) -> Reports:
    rows = ProgressReport.objects.filter(
        period__owner__code=CENTRE, period__year=2024, period__month__in={step.month for step in steps}
    )
    return {(row.unit.code, row.period.month): row for row in rows.select_related("unit", "period")}


def _take(world: World, step: Step, report: ProgressReport) -> ProgressReport:
    actor = world.actor(step.actor, step.unit)
    if step.action is Action.SAVE:
        return save_draft(
            actor=actor,
            report=report,
            entries={world.indicators[key].pk: _entry(figure) for key, figure in step.figures.items()},
            narratives=step.narratives,
            version=report.version,
        )
    if step.action is Action.SUBMIT:
        return submit_report(actor=actor, report=report, version=report.version)
    if step.action is Action.RETURN:
        return return_report(actor=actor, report=report, reason=step.reason)
    return reopen_report(actor=actor, report=report, reason=step.reason)


def _approve(world: World, actor: str | None, steps: list[Step], reports: Reports) -> None:
    waiting = [reports[step.unit, step.month] for step in steps]
    approved = approve_reports(actor=world.actor(actor, steps[0].unit), reports=waiting)
    assert len(approved) == len(waiting)  # noqa: S101 - the script approves only what was submitted
    for report in approved:
        reports[report.unit.code, report.period.month] = report


def _entry(figure: Figure) -> EntryInput:
    values = asdict(figure)
    for name in ("amount", "numerator", "denominator"):
        if values[name] is not None:
            values[name] = Decimal(values[name])
    return EntryInput(**values)
