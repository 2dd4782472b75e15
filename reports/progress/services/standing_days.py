"""Standing days of a body: kept once, written into every period that is not open yet.

A month that is open keeps the days that it was opened with, so nothing that was handed in is judged anew.
"""

from collections.abc import Iterable

from django.db import transaction

from reports.progress.deadlines import Deadline
from reports.progress.models import DeadlineRule, Period, PeriodDeadline
from units.models import Unit
from units.selectors import top_unit

from .days import check_lock


@transaction.atomic
def keep_rule(*, unit: Unit, due_day: int, lock_day: int, level: int | None = None) -> DeadlineRule:
    """Say on which days of the month a unit and all beneath it, or one level there, hand in from now on.

    Due on the first ``due_day`` after a period's last day, locked on the ``lock_day`` that follows. The same unit and
    level again is a correction. Raises ValidationError where a month to come would be locked later than the bodies
    above lock it; ``ValueError`` for the topmost unit without a level: those days are chosen with the year's periods.
    """
    if unit.depth == 1 and level is None:
        raise ValueError("the days of everyone are chosen with the periods")
    ahead = _periods_ahead(top_unit(unit))
    for period in ahead:
        days = Deadline.after(period.last_day, due_day=due_day, lock_day=lock_day)
        check_lock(period=period, unit=unit, level=level, locks_on=days.locks_on, field="lock_day")
    rule, _made = DeadlineRule.objects.update_or_create(
        unit=unit, level=level, defaults={"due_day": due_day, "lock_day": lock_day}
    )
    apply_rules(ahead)
    return rule


@transaction.atomic
def end_rule(*, rule: DeadlineRule) -> None:
    """Take a rule back. Months that are open keep its days."""
    ahead = _periods_ahead(top_unit(rule.unit))
    for row in rule.rows.filter(period__in=ahead):
        row.delete()
    rule.delete()


def apply_rules(periods: Iterable[Period]) -> None:
    """Write what the rules say into those of the periods that are not open; days that a person chose stay."""
    ahead = [period for period in periods if period.opened_at is None]
    rows = PeriodDeadline.objects.filter(period__in=ahead)
    known = {(row.period_id, row.unit_id, row.level): row for row in rows}
    rules = list(DeadlineRule.objects.select_related("unit"))
    for period in ahead:
        for rule in (one for one in rules if one.unit.path.startswith(period.owner.path)):
            row = known.get((period.pk, rule.unit_id, rule.level))
            if row is None:
                row = PeriodDeadline(period=period, unit_id=rule.unit_id, level=rule.level, rule=rule)
            if row.rule_id is not None:
                _write(row, Deadline.after(period.last_day, due_day=rule.due_day, lock_day=rule.lock_day))


def _write(row: PeriodDeadline, days: Deadline) -> None:
    """One row at a time, so that the log of reference data sees it."""
    if (row.due_on, row.locks_on) != (days.due_on, days.locks_on):
        row.due_on, row.locks_on = days.due_on, days.locks_on
        row.save()


def _periods_ahead(owner: Unit) -> list[Period]:
    return list(Period.objects.filter(owner=owner, opened_at__isnull=True).select_related("owner"))
