"""On which days the calendar reminds a unit: before the due day, on it, after it, before the lock."""

from datetime import date, timedelta

import pytest

from reports.progress.deadlines import Deadline
from reports.progress.schedule import step_on

DUE = date(2024, 10, 3)


def told(locks_on: date, *, came_before: bool = False, first: int = -5, last: int = 16) -> list[tuple[int, str]]:
    """Each step at the first day, counted from the due day, on which it is told."""
    found: list[tuple[int, str]] = []
    planned = None
    for number in range(first, last):
        now = step_on(Deadline(DUE, locks_on), DUE + timedelta(days=number), came_before=came_before)
        if now is not None and now != planned:
            found.append((number, now.step.value))
        planned = now
    return found


@pytest.mark.parametrize(
    ("locks_on", "steps"),
    [
        (date(2024, 10, 15), [(-3, "before"), (0, "due"), (1, "after"), (8, "after"), (11, "locks")]),
        # Nothing is taken after the due day: nothing to remind of.
        (DUE, [(-3, "before"), (0, "due")]),
        # The due day is the day before the lock: said once.
        (date(2024, 10, 4), [(-3, "before"), (0, "due"), (1, "after")]),
        # The day after is the day before the lock, which is the more pressing.
        (date(2024, 10, 5), [(-3, "before"), (0, "due"), (1, "locks")]),
        # The second week's reminder would fall on the day before the lock.
        (date(2024, 10, 12), [(-3, "before"), (0, "due"), (1, "after"), (8, "locks")]),
        # Weekly as long as anything is taken.
        (date(2024, 10, 18), [(-3, "before"), (0, "due"), (1, "after"), (8, "after"), (14, "locks"), (15, "after")]),
    ],
)
def test_the_days_of_a_report_that_never_came(locks_on, steps):
    assert told(locks_on) == steps


def test_no_lock_day_threatens_what_was_handed_in_once():
    assert told(date(2024, 10, 15), came_before=True) == [(-3, "before"), (0, "due"), (1, "after"), (8, "after")]


@pytest.mark.parametrize(
    ("woke", "steps"),
    [
        (-2, [(-2, "before"), (0, "due")]),
        (2, [(2, "after")]),
        (10, [(10, "after"), (11, "locks")]),
        (12, [(12, "locks")]),
        (13, []),
    ],
)
def test_a_portal_that_slept_tells_the_newest_step_only(woke, steps):
    assert told(date(2024, 10, 15), first=woke, last=woke + 3) == steps
