"""Reminding units of their reports, by the calendar and by hand: a row a reminder, and a line to whom it reaches.

Rows and lines are written in one transaction that holds the period, so that what runs twice tells once.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from accounts.models import User
from core import clock, collisions, notices
from reports.enums import ReminderStep
from reports.progress import rules
from reports.progress.models import Period, ProgressReport, Reminder
from reports.progress.notices import DUE_DAY, OVERDUE, REMINDED
from reports.progress.reminder_lines import lines_to_officers, lines_to_secretaries
from reports.progress.reminders import (
    due_reminders,
    heard_by,
    owed_among,
    periods_to_remind_of,
    reminded_by_hand_on,
)
from reports.progress.schedule import Planned


@dataclass(frozen=True)
class Reminded:
    """What came of reminding by hand. ``told``: whose unit heard it; ``nobody``: for whom there was nobody to tell."""

    told: list[ProgressReport]
    nobody: list[ProgressReport]


def remind_by_calendar() -> int:
    """Tell the units what the calendar has for today, and the officers above who is overdue or cannot be told.

    Returns how many reports were reminded of. May be repeated: what was told is not told again.
    """
    today = clock.today()
    return sum(_remind_in(period, today) for period in periods_to_remind_of(today))


@collisions.atomic
def _remind_in(period: Period, today: date) -> int:
    _hold([period.pk])
    due = due_reminders(period, today)
    heard = heard_by([one.owed.report for one in due])
    _keep([(one.owed.report, one.planned) for one in due], heard)
    notices.tell_each(kind=DUE_DAY, lines=lines_to_secretaries(heard, [one.owed for one in due], today))
    notices.tell_each(kind=OVERDUE, lines=lines_to_officers(heard, due))
    return len(due)


@collisions.atomic
def remind(*, actor: User, reports: Collection[ProgressReport]) -> Reminded:
    """Remind the units of these reports in the officer's name, each report once a day.

    Left out: what was handed in or locked meanwhile, what an officer reminded of today already. Raises
    ``PermissionDenied`` where this person may not remind of one of them, and then reminds of none.
    """
    if not all(rules.can_remind.test(actor, report) for report in reports):
        raise PermissionDenied
    _hold({report.period_id for report in reports})
    today = clock.today()
    owed = owed_among(ProgressReport.objects.filter(pk__in=[report.pk for report in reports]), today)
    done = reminded_by_hand_on(today, [one.report for one in owed])
    waiting = [one for one in owed if one.report.pk not in done]
    heard = heard_by([one.report for one in waiting])
    told = [one for one in waiting if heard[one.report.pk]]
    _keep([(one.report, Planned(ReminderStep.BY_HAND, today)) for one in told], heard, actor)
    notices.tell_each(kind=REMINDED, lines=lines_to_secretaries(heard, told, today, actor))
    return Reminded([one.report for one in told], [one.report for one in waiting if not heard[one.report.pk]])


def _hold(periods: Iterable[int]) -> None:
    """Let others who remind in these periods wait until the transaction ends; who hands in is not held up."""
    rows = Period.objects.select_for_update(no_key=True).filter(pk__in=list(periods))
    list(rows.order_by("pk").values_list("pk"))


def _keep(
    reminders: Sequence[tuple[ProgressReport, Planned]], heard: dict[int, list[User]], actor: User | None = None
) -> None:
    """Write the rows in the order of the reports, as whoever holds many reports takes them."""
    moment = clock.now()
    Reminder.objects.bulk_create(
        Reminder(
            report=report,
            step=planned.step,
            day=planned.day,
            at=moment,
            actor=actor,
            people=len(heard[report.pk]),
        )
        for report, planned in sorted(reminders, key=lambda one: one[0].pk)
    )
