"""When the calendar reminds a unit of its report: pure, days in, a step out.

Kept few, so that a reminder is read: before the due day, on it, the day after and then weekly, and before the lock.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from reports.enums import ReminderStep

from .deadlines import Deadline

# Three days, so that a weekend lies within them.
DAYS_BEFORE = 3
DAYS_BETWEEN = 7
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Planned:
    """A step, and the day of the calendar that it is for."""

    step: ReminderStep
    day: date


def plan_of(deadline: Deadline, *, came_before: bool) -> list[Planned]:
    """All steps for one unit in one period, in the order of their days.

    ``came_before``: the report was handed in once and lies with the unit again, so no lock day threatens it.
    """
    due, locks = deadline.due_on, deadline.locks_on
    steps = [Planned(ReminderStep.BEFORE, due - DAYS_BEFORE * DAY), Planned(ReminderStep.DUE, due)]
    after = (locks - due).days
    steps += [Planned(ReminderStep.AFTER, due + number * DAY) for number in range(1, after + 1, DAYS_BETWEEN)]
    if locks - DAY > due and not came_before:
        steps.append(Planned(ReminderStep.LOCKS, locks - DAY))
    return sorted(steps, key=lambda planned: planned.day)


def step_on(deadline: Deadline, today: date, *, came_before: bool) -> Planned | None:
    """The newest step whose day has come; null before the first, and once the lock day is over.

    A day on which the portal slept is made up for by the next, without telling what time has overtaken. Of two steps
    for one day it is the one before the lock.
    """
    if deadline.is_locked(today):
        return None
    reached = [planned for planned in plan_of(deadline, came_before=came_before) if planned.day <= today]
    return reached[-1] if reached else None
