"""The page of units and targets: what every unit beneath a body, or every member of one bloc, has of each target."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from accounts.models import User
from core import clock
from plans.models import Plan
from reports.rollups.selectors import Judge, Known, Reporting, read_facts, reporting_of
from targets.models import Target
from units.models import Bloc, Unit

from .choice import Choice
from .heat import BlocRank, HeatTable, bloc_ranks
from .mapping import UnitMap
from .months import UnitCalendar
from .overview import Wishes
from .rules import reads_subtree
from .selectors import phases_of, targets_at

ROWS_SHOWN = 40


@dataclass(frozen=True)
class UnitsPage:
    """What the page shows. ``heat`` is as long as the reader wishes; ``bloc`` null: all units."""

    map: UnitMap
    reporting: Reporting
    bloc: Bloc | None
    is_whole: bool
    only_plan: Plan | None = None
    only_target: Target | None = None

    @property
    def heat(self) -> HeatTable:
        return self.map.heat if self.is_whole else self.map.heat.first(ROWS_SHOWN)

    @property
    def left_out(self) -> int:
        """How many units the table does not show."""
        return len(self.map.by_bloc.rows) - len(self.heat.rows)

    @property
    def total(self) -> int:
        return len(self.map.by_bloc.rows)

    @property
    def ranks(self) -> list[BlocRank]:
        """The blocs ranked; of one bloc there is nothing to rank."""
        return [] if self.bloc else bloc_ranks(self.map.by_bloc, self.reporting)


def units_page_of(
    user: User, unit: Unit, choice: Choice, wishes: Wishes, *, is_whole: bool, bloc_number: int | None = None
) -> UnitsPage | None:
    """Return the page as this reader sees it; null where nothing stands beneath, or it is not this reader's to see.

    Raises ``Http404`` for a bloc that the unit does not have in that month. A fixed number of queries.
    """
    if not reads_subtree(user, unit):
        return None
    at = targets_at(user, unit, choice).of_plan(choice.plan).of_target(wishes.target)
    targets, now = at.own or at.superior, clock.now()
    known = Known(
        calendar=UnitCalendar.of(unit, choice.calendar).calendar,
        targets={target.pk: target for target in targets},
        phases=phases_of(targets),
        children_of=unit,
        reporting=now,
    )
    facts = read_facts(targets=targets, units=[unit], period=choice.period, basis=choice.basis, known=known)
    children = sorted((row for row in facts.places.units.values() if row.parent_id == unit.pk), key=_path)
    blocs = facts.places.blocs_on(unit, choice.period.last_day)
    bloc = _bloc(blocs.values(), bloc_number)
    shown = [child for child in children if bloc is None or blocs.get(child.pk) == bloc]
    reporting = reporting_of(unit, choice.period, facts.counts, facts.places.memberships)
    drawn = UnitMap(choice, unit, shown, targets, blocs, reporting, wishes.sort, Judge(facts, now))
    if not children:
        return None
    return UnitsPage(drawn, reporting, bloc, is_whole or bloc is not None, at.only_plan, at.only_target)


def _path(unit: Unit) -> str:
    return str(unit.path)


def _bloc(blocs: Iterable[Bloc], number: int | None) -> Bloc | None:
    if number is None:
        return None
    found = next((bloc for bloc in blocs if bloc.number == number), None)
    if found is None:
        raise Http404(number)
    return found
