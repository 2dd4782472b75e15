"""Standing days of a body: kept once, written into every period that is not open yet.

A month that is open keeps the days that it was opened with, so nothing that was handed in is judged anew.
"""

from collections.abc import Iterable

from django.db import transaction

from reports.progress.deadlines import Deadline
from reports.progress.models import DeadlineRule, Period, PeriodDeadline
from units.models import Unit
from units.selectors import top_unit

from .days import check_lock, check_speaker


@transaction.atomic
def keep_rule(
    *, unit: Unit, due_day: int, lock_day: int, level: int | None = None, by: Unit | None = None
) -> DeadlineRule:
    """Say on which days of the month a unit and all beneath it, or one level there, hand in from now on.

    Due on the first ``due_day`` after a period's last day, locked on the ``lock_day`` that follows. The same unit and
    level again is a correction. ``by``: the body that says so. Raises ValidationError as ``days.check_speaker``, and
    where a month to come would be locked later than the bodies above lock it; ``ValueError`` for the topmost unit
    without a level: those days are chosen with the year's periods.
    """
    if unit.depth == 1 and level is None:
        raise ValueError("the days of everyone are chosen with the periods")
    ahead = _periods_ahead(top_unit(unit))
    for period in ahead:
        days = Deadline.after(period.last_day, due_day=due_day, lock_day=lock_day)
        check_lock(period=period, unit=unit, level=level, locks_on=days.locks_on, field="lock_day")
    said = DeadlineRule.objects.filter(unit=unit, level=level).select_related("said_by")
    check_speaker(said=said.first(), by=by)
    values = {"due_day": due_day, "lock_day": lock_day, "said_by": by}
    rule, _made = DeadlineRule.objects.update_or_create(unit=unit, level=level, defaults=values)
    apply_rules(ahead)
    return rule


@transaction.atomic
def end_rule(*, rule: DeadlineRule, by: Unit | None = None) -> None:
    """Take a rule back. Months that are open keep its days. Raises ValidationError as ``days.check_speaker``."""
    check_speaker(said=rule, by=by)
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
                _write(row, rule, Deadline.after(period.last_day, due_day=rule.due_day, lock_day=rule.lock_day))


def _write(row: PeriodDeadline, rule: DeadlineRule, days: Deadline) -> None:
    """One row at a time, so that the log of reference data sees it."""
    if (row.due_on, row.locks_on, row.said_by_id) != (days.due_on, days.locks_on, rule.said_by_id):
        row.due_on, row.locks_on, row.said_by_id = days.due_on, days.locks_on, rule.said_by_id
        row.save()


def _periods_ahead(owner: Unit) -> list[Period]:
    return list(Period.objects.filter(owner=owner, opened_at__isnull=True).select_related("owner"))
