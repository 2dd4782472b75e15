"""The view that a reader has chosen: which month, on which basis, of which plan; and the addresses that keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from reports.enums import Basis
from reports.progress.models import Period
from targets.calendar import Month, PeriodSpan
from targets.models import Target
from units.models import Bloc, Unit


@dataclass(frozen=True)
class MonthChoice:
    """A month that can be looked at."""

    period: Period

    @property
    def code(self) -> str:
        return str(self.period)


@dataclass(frozen=True)
class Choice:
    """One month of the calendar and one basis. ``offered``: the months that have ended or were opened, newest first.

    ``plan``: the id of the one plan whose targets are wanted, "" for all of them.
    """

    calendar: tuple[Period, ...]
    offered: tuple[MonthChoice, ...]
    current: MonthChoice
    basis: str
    plan: str = ""

    @property
    def period(self) -> Period:
        return self.current.period

    @property
    def month(self) -> Month:
        return Month(self.period.year, self.period.month)

    @property
    def spans(self) -> list[PeriodSpan]:
        return [PeriodSpan(row.year, row.month, row.first_day, row.last_day) for row in self.calendar]

    @property
    def previous(self) -> MonthChoice | None:
        """The month before, as far as the calendar reaches."""
        return next((one for one in self.offered if one.code == str(self.month.plus(-1))), None)

    @property
    def next(self) -> MonthChoice | None:
        return next((one for one in self.offered if one.code == str(self.month.plus(1))), None)

    @property
    def is_provisional(self) -> bool:
        return self.basis == Basis.PROVISIONAL

    @property
    def query(self) -> str:
        return self.query_in(self.current.code)

    def query_in(self, code: str) -> str:
        """The words of an address that keep this view, in the month of that code."""
        return urlencode({"period": code, "basis": self.basis, **({"plan": self.plan} if self.plan else {})})

    def dashboard_of(self, unit: Unit) -> str:
        """Address of a unit's dashboard in this view."""
        return f"{reverse('reports:dashboard', args=[unit.code])}?{self.query}"

    def bloc_at(self, owner: Unit, bloc: Bloc, target: Target) -> str:
        """Address of what the members of a bloc have of a target, in this view."""
        address = reverse("reports:bloc", args=[owner.code, bloc.number])
        return f"{address}?{self.query}&target={target.pk}"

    def target_at(self, target: Target, unit: Unit) -> str:
        """Address of what a target's figure at a unit is made of, in this view."""
        return f"{reverse('reports:target', args=[target.pk, unit.code])}?{self.query}"


def choice_of(asked: QueryDict, calendar: Sequence[Period], today: date) -> Choice | None:
    """Return the view asked by ``?period=``, ``?basis=`` and ``?plan=``: by default the newest month, official.

    Null where the calendar has no month yet and none is asked. Raises ``Http404`` for what is no month, for one that
    has neither ended nor been opened, and for an unknown basis.
    """
    basis = asked.get("basis", Basis.OFFICIAL)
    if basis not in Basis.values:
        raise Http404(basis)
    offered = [MonthChoice(row) for row in calendar if row.opened_at is not None or row.last_day < today]
    offered.reverse()
    wished = asked.get("period")
    if wished is None and not offered:
        return None
    code = offered[0].code if wished is None else _month_code(wished)
    current = next((one for one in offered if one.code == code), None)
    if current is None:
        raise Http404(code)
    plan = asked.get("plan", "")
    return Choice(tuple(calendar), tuple(offered), current, basis, plan if plan.isdecimal() else "")


def _month_code(text: str) -> str:
    try:
        return str(Month.parse(text))
    except ValueError as error:
        raise Http404(text) from error
