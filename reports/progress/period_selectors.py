"""The calendar as those who keep it see it: the topmost unit's administrators the whole, others their own subtree."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts import scope
from accounts.enums import RoleName
from accounts.models import User
from reports.progress.models import DeadlineRule, Extension, Period, PeriodDeadline, ProgressReport
from units.models import Unit
from units.selectors import top_unit

from .deadlines import Deadline, Deadlines

UNITS_OFFERED = 300


@dataclass(frozen=True)
class Keeper:
    """The body whose days are kept here, the owner of the calendar, and every body that the person administers."""

    body: Unit
    owner: Unit
    bodies: tuple[Unit, ...]

    @property
    def keeps_calendar(self) -> bool:
        """Whether periods are made, opened and cut off here; a body beneath only says when its units hand in."""
        return self.body.pk == self.owner.pk


def keeper_for(user: User, code: str) -> Keeper | None:
    """The person as administrator of the body of that code (blank: the first); null for who administers nothing.

    Raises ``Http404`` for a body that is not among the person's.
    """
    places = [grant.unit_id for grant in scope.grants_of(user) if grant.name == RoleName.ADMINISTRATOR]
    bodies = tuple(Unit.objects.filter(pk__in=places)) if places else ()
    if not bodies:
        return None
    body = next((one for one in bodies if code in ("", one.code)), None)
    if body is None:
        raise Http404(code)
    return Keeper(body, top_unit(body), bodies)


@dataclass(frozen=True)
class MonthRow:
    """One period: the days that hold beneath the body, how many parts or reports have others, how many are asked."""

    period: Period
    deadline: Deadline
    others: int
    asked: int


def month_rows(keeper: Keeper, year: int) -> list[MonthRow]:
    """The periods of a year for the body, oldest first; its own word for everyone is no "other" day."""
    beneath = Q(unit__path__startswith=keeper.body.path)
    words = PeriodDeadline.objects.filter(beneath).exclude(unit=keeper.body, level__isnull=True)
    asked = ProgressReport.objects.filter(beneath)
    rows = Period.objects.filter(owner=keeper.owner, year=year).annotate(
        parts=_count(words), extended=_count(asked.filter(extension__isnull=False)), asked=_count(asked)
    )
    listed = list(rows)
    deadlines = Deadlines(listed, of=())
    return [MonthRow(row, deadlines.beneath(keeper.body, row), row.parts + row.extended, row.asked) for row in listed]


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows are a period's, counted apart: joined, each word would be held against each report."""
    of_period = rows.filter(period=OuterRef("pk")).order_by().values("period")
    return Coalesce(Subquery(of_period.annotate(count=Count("pk")).values("count")), 0)


def years_of(owner: Unit) -> list[int]:
    """The years of the calendar, newest first."""
    return list(Period.objects.filter(owner=owner).order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class PartRow:
    """Other days of a part of the tree in one period: the row, and what it comes to within the locks above."""

    row: PeriodDeadline
    deadline: Deadline


def part_rows(keeper: Keeper, period: Period) -> list[PartRow]:
    """Everything said about parts of the body's subtree, in the order of the tree."""
    deadlines = Deadlines([period], of=())
    rows = period.deadlines.filter(unit__path__startswith=keeper.body.path).select_related("unit")
    return [
        PartRow(row, deadlines.beneath(row.unit, period, row.level)) for row in rows.order_by("unit__path", "level")
    ]


def extensions_beneath(keeper: Keeper, period: Period) -> QuerySet[Extension]:
    """Exceptions in force and pleas that wait for an answer, by unit: of whoever hands in to the body.

    Its own report's are the affair of those above; only at the top nobody stands above. A plea has no answer to wait
    for once the report has come.
    """
    rows = Extension.objects.filter(
        report__period=period, report__unit__path__startswith=keeper.body.path, ended_at__isnull=True
    )
    if not keeper.keeps_calendar:
        rows = rows.exclude(report__unit=keeper.body)
    rows = rows.exclude(granted_at__isnull=True, report__first_submitted_at__isnull=False)
    return rows.select_related("report__unit", "report__period", "asked_by", "granted_by").order_by(
        "report__unit__path", "pk"
    )


def rules_beneath(body: Unit) -> QuerySet[DeadlineRule]:
    """The standing days within the body's subtree."""
    return DeadlineRule.objects.filter(unit__path__startswith=body.path).select_related("unit")


def units_offered(body: Unit) -> list[Unit]:
    """The units to choose from by their codes: those directly beneath the body, the first three hundred."""
    return list(Unit.objects.filter(parent=body, closed_on__isnull=True)[:UNITS_OFFERED])
