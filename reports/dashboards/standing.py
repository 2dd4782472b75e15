"""How a plan stands as a whole, and a unit in all its plans: what their own pages show of the figures.

Both at one unit, in the newest month, on the official basis: what the dashboard of that unit opens with.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from accounts import scope
from accounts.models import User
from core import clock
from core.page_parts import PagePart
from plans.enums import ISSUED_STATES
from plans.models import Plan
from reports.progress.rules import FIGURE_ROLES
from reports.rollups.selectors import Judge, Known, StatusCounts, by_plan, read_facts
from targets.calendar import Month, month_meant
from targets.models import Target
from units.models import Unit

from .choice import Choice, choice_of
from .months import UnitCalendar, calendar_at
from .rows import Count, tally_of
from .rules import can_read_figures, reads_subtree
from .selectors import phases_of, targets_at

TEMPLATE = "reports/dashboards/{}_standing.html"


@dataclass(frozen=True)
class Standing:
    """How the targets of one plan stand at a unit; ``url``: the unit's dashboard with the targets of that plan only."""

    plan: Plan
    unit: Unit
    choice: Choice
    counts: StatusCounts

    @property
    def url(self) -> str:
        return f"{self.choice.dashboard_of(self.unit)}&plan={self.plan.pk}"

    @property
    def is_of_above(self) -> bool:
        """Whether a body above issued the plan."""
        return self.plan.unit_id != self.unit.pk

    @property
    def tally(self) -> list[Count]:
        return tally_of(self.counts)


@dataclass(frozen=True)
class UnitStanding:
    """How a unit stands in the plans in force: its own first, then those of bodies above, from the top down."""

    unit: Unit
    choice: Choice
    standings: list[Standing]

    @property
    def url(self) -> str:
        return self.choice.dashboard_of(self.unit)


def plan_part(plan: Plan, user: User) -> PagePart | None:
    """How the plan stands, for the plan's page: at the body that issued it, or at the reader's own unit beneath.

    Null for drafts and versions that another has replaced, before the term, and for who reads no such figures.
    """
    if plan.state not in ISSUED_STATES:
        return None
    unit = _seat(plan, user)
    choice = None if unit is None else _newest(unit)
    if unit is None or choice is None:
        return None
    choice = _within(choice, plan)
    found = _standings(user, unit, choice, only=plan) if choice else []
    return PagePart(TEMPLATE.format("plan"), found[0]) if found else None


def unit_part(unit: Unit, user: User) -> PagePart | None:
    """How the unit stands, for the unit's page; null where no plan asks anything of it, or it is not to be read."""
    choice = _newest(unit) if can_read_figures(user, unit) else None
    found = _standings(user, unit, choice) if choice else []
    if choice is None or not found:
        return None
    found.sort(key=lambda one: one.is_of_above)
    return PagePart(TEMPLATE.format("unit"), UnitStanding(unit, choice, found))


def _seat(plan: Plan, user: User) -> Unit | None:
    """Where the reader sees the plan: at its body, else at the first unit beneath whose subtree the person reads."""
    if reads_subtree(user, plan.unit):
        return plan.unit
    grants = (grant for grant in scope.grants_of(user) if grant.name in FIGURE_ROLES and grant.bloc_id is None)
    beneath = sorted((grant.path, grant.unit_id) for grant in grants if grant.path.startswith(plan.unit.path))
    return Unit.objects.get(pk=beneath[0][1]) if beneath else None


def _newest(unit: Unit) -> Choice | None:
    return choice_of(QueryDict(), calendar_at(unit), clock.today())


def _within(choice: Choice, plan: Plan) -> Choice | None:
    """The same view at the newest month of the plan's term; null where none has come yet."""
    first, last = (month_meant(day, choice.spans) for day in (plan.starts_on, plan.ends_on))
    months = (one for one in choice.offered if first <= Month(one.period.year, one.period.month) <= last)
    current = next(months, None)
    return None if current is None else replace(choice, current=current)


def _standings(user: User, unit: Unit, choice: Choice, *, only: Plan | None = None) -> list[Standing]:
    """Of each plan whose targets concern the unit, or of one only; a fixed number of queries."""
    at = targets_at(user, unit, choice).all
    targets = [target for target in at if only is None or target.plan_id == only.pk]
    if not targets:
        return []
    known = Known(
        calendar=UnitCalendar.of(unit, choice.calendar).calendar,
        targets={target.pk: target for target in targets},
        phases=phases_of(targets),
    )
    facts = read_facts(targets=targets, units=[unit], period=choice.period, basis=choice.basis, known=known)
    judge = Judge(facts, clock.now())
    counts = by_plan(judge.result(target, unit) for target in targets)
    return [Standing(plan, unit, choice, counts[plan.pk]) for plan in _plans(targets) if plan.pk in counts]


def _plans(targets: Iterable[Target]) -> list[Plan]:
    return list({target.plan_id: target.plan for target in targets}.values())
