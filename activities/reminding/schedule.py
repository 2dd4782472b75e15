"""When the calendar reminds of a window of time: pure, days in, a step out.

Kept few, so that a reminder is read. What was given to the day: a week and a day before. What was given to the month,
to part of one or to the quarter: on the first day of that month or quarter; a whole year has no beginning to prepare
for. After any window of which nothing was recorded: three days later, then weekly, four times.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..enums import Precision, ReminderStep
from ..grid import GivenSpan
from ..timing import Span

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
DAYS_AFTER = 3
WEEKS_AFTER = 4
# How long before its beginning (the end of a month is told of on the 1st) and after its end a window is told of.
FURTHEST_AHEAD = 31 * DAY
LONGEST_AFTER = DAYS_AFTER * DAY + (WEEKS_AFTER + 1) * WEEK


@dataclass(frozen=True)
class Planned:
    """A step, the day of the calendar that it is for, and the window that it is about."""

    step: ReminderStep
    day: date
    span: Span


def plan_of(window: GivenSpan) -> list[Planned]:
    """Return all steps of one window, in the order of their days."""
    span = Span(window.starts_on, window.ends_on, window.precision)
    after = span.ends_on + DAYS_AFTER * DAY
    later = [(ReminderStep.UNRECORDED, after + number * WEEK) for number in range(WEEKS_AFTER + 1)]
    return [Planned(step, day, span) for step, day in (*_ahead(span), *later)]


def _ahead(span: Span) -> list[tuple[ReminderStep, date]]:
    match span.precision:
        case Precision.YEAR:
            return []
        case Precision.DAY:
            first = span.starts_on
            return [(ReminderStep.WEEK_AHEAD, first - WEEK), (ReminderStep.DAY_AHEAD, first - DAY)]
    return [(ReminderStep.BEGINS, span.starts_on.replace(day=1))]


def step_on(window: GivenSpan, today: date) -> Planned | None:
    """Return the newest step whose day has come; null before the first, and for one that time has overtaken.

    A day on which the portal slept is made up for within a week; what lies ahead is told until it begins, of a month
    or a quarter while it lasts.
    """
    reached = [planned for planned in plan_of(window) if planned.day <= today]
    if not reached:
        return None
    newest = reached[-1]
    return newest if today <= _holds_until(newest) else None


def _holds_until(planned: Planned) -> date:
    within_a_week = planned.day + WEEK - DAY
    match planned.step:
        case ReminderStep.UNRECORDED:
            return within_a_week
        case ReminderStep.BEGINS:
            return min(within_a_week, planned.span.ends_on)
    return planned.span.starts_on
