"""One unit's calendar: every period with the unit's days, its headcount then, and how its own report stands.

For the pages of one unit; the deadlines of many units are ``deadlines.Deadlines``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery

from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Period
from targets.calendar import Month, PeriodSpan
from units.models import Headcount, Unit

from .deadlines import Deadline, Words, days_beneath


@dataclass(frozen=True)
class UnitMonth:
    """One period of one unit.

    ``members``: null where never counted. ``report_id``, ``state``: of the unit's own report, null and blank where
    it owes none.
    """

    period: Period
    deadline: Deadline
    members: int | None
    report_id: int | None
    state: str

    @property
    def name(self) -> Month:
        return Month(self.period.year, self.period.month)

    @property
    def is_said(self) -> bool:
        """Whether the unit's own report is in hand."""
        return self.state in BASIS_STATES[Basis.PROVISIONAL]


def unit_calendar(unit: Unit, owner_id: int, line: Iterable[Unit]) -> list[UnitMonth]:
    """Every period of the owner's calendar as it is for this unit, oldest first: one query.

    ``line``: the unit and the bodies above it, whose words about its days count.
    """
    paths = {one.pk: one.path for one in line}
    rows: dict[Period, list[Any]] = {}
    for row in _rows(unit, owner_id, list(paths)):
        rows.setdefault(row, []).append(row)
    return [_month(unit, group, paths) for group in rows.values()]


def spans_in(calendar: Sequence[UnitMonth]) -> list[PeriodSpan]:
    """The same periods as bare spans."""
    return [
        PeriodSpan(one.period.year, one.period.month, one.period.first_day, one.period.last_day) for one in calendar
    ]


def _rows(unit: Unit, owner_id: int, line: list[int]) -> Any:
    """A period once for each word that a body on the way down says about it, and once where none does."""
    counted = Headcount.objects.filter(unit=unit, as_of__lte=OuterRef("last_day")).order_by("-as_of")
    meant = Q(deadlines__level__isnull=True) | Q(deadlines__level=unit.level)
    return Period.objects.filter(owner_id=owner_id).annotate(
        own=FilteredRelation("reports", condition=Q(reports__unit=unit)),
        said=FilteredRelation("deadlines", condition=meant & Q(deadlines__unit__in=line)),
        own_id=F("own__id"),
        own_state=F("own__state"),
        more_due=F("own__extension__due_on"),
        more_lock=F("own__extension__locks_on"),
        said_at=F("said__unit_id"),
        said_level=F("said__level"),
        said_due=F("said__due_on"),
        said_lock=F("said__locks_on"),
        members=Subquery(counted.values("members")[:1]),
    )


def _month(unit: Unit, rows: list[Any], paths: dict[int, str]) -> UnitMonth:
    period = rows[0]
    words: Words = {
        (paths[row.said_at], row.said_level): Deadline(row.said_due, row.said_lock)
        for row in rows
        if row.said_at is not None
    }
    days = days_beneath(unit.path, unit.level, Deadline(period.due_on, period.locks_on), words)
    if period.more_lock is not None:
        days = days.extended(period.more_due, period.more_lock)
    return UnitMonth(period, days, period.members, period.own_id, period.own_state or "")
