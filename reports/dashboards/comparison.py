"""Two to four units side by side in one month: how each target stands at each of them, and where they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from plans.models import Plan
from reports.progress.models import ProgressReport
from reports.rollups.selectors import RED, Judge, Known, StatusCounts, count_statuses, read_facts
from targets.compliance import Status
from targets.models import Target
from units.models import Unit

from .choice import Choice
from .months import UnitCalendar
from .rows import TargetRow
from .rules import reads_subtree
from .selectors import TargetsAt, phases_of, targets_at

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Beside:
    """One of the units compared: its report of the month (null: it owes none) and how its targets stand in all."""

    unit: Unit
    url: str
    report: ProgressReport | None
    counts: StatusCounts
    red: list[TargetRow]


@dataclass(frozen=True)
class Cell:
    """What a unit has of a target; ``row`` null: the target asks nothing of it."""

    unit: Unit
    row: TargetRow | None


@dataclass(frozen=True)
class Line:
    """One target at each of the units, in their order."""

    target: Target
    url: str
    cells: list[Cell]

    @property
    def statuses(self) -> list[Status]:
        """The verdicts at the units that are judged by it."""
        rows = [cell.row for cell in self.cells if cell.row is not None]
        return [row.result.status for row in rows if row.result.status is not None]

    @property
    def is_shared(self) -> bool:
        """Whether it is judged at two of them or more: only then there is something to compare."""
        return len(self.statuses) >= FEWEST

    @property
    def differs(self) -> bool:
        return len(set(self.statuses)) > 1


@dataclass(frozen=True)
class Offered:
    """Units to choose from under one heading, blank where there are no blocs."""

    heading: str
    units: list[Unit]


@dataclass(frozen=True)
class Comparison:
    """What the page shows. ``columns`` fewer than two: the reader has still to choose; more were asked: ``is_cut``."""

    columns: list[Beside]
    lines: list[Line]
    offered: list[Offered]
    is_cut: bool
    only_differing: bool
    only_plan: Plan | None = None

    @property
    def has_enough(self) -> bool:
        return len(self.columns) >= FEWEST

    @property
    def shared(self) -> list[Line]:
        return [line for line in self.lines if line.is_shared]

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @property
    def alike(self) -> int:
        """On how many of the targets that are judged at two units or more all verdicts are the same."""
        return len(self.shared) - len(self.differing)

    @property
    def wished(self) -> list[Line]:
        """The lines that the reader wishes to see, in the order of their plans."""
        return self.differing if self.only_differing else self.lines

    @property
    def choices(self) -> list[Unit | None]:
        """What stands in each of the fields of the form."""
        chosen: list[Unit | None] = [column.unit for column in self.columns]
        return chosen + [None] * (MOST - len(chosen))


def comparison_of(
    user: User, unit: Unit, choice: Choice, codes: Sequence[str], *, only_differing: bool = False
) -> Comparison | None:
    """Put the units of these codes side by side, as many as there is room for; a fixed number of queries.

    Null where nothing stands beneath the unit, or it is not this reader's to see. Raises ``Http404`` for a code that is
    no unit beneath it.
    """
    if not reads_subtree(user, unit):
        return None
    wished = list(dict.fromkeys(code for code in codes if code))
    chosen = units_beneath(unit, wished[:MOST])
    at = targets_at(user, unit, choice).of_plan(choice.plan)
    judge = _judge(unit, chosen, at, choice)
    children = [row for row in judge.facts.places.units.values() if row.parent_id == unit.pk]
    if not children:
        return None
    lines = _lines(judge, at.own or at.superior, unit, chosen, choice)
    return Comparison(
        columns=_columns(chosen, lines, choice),
        lines=lines,
        offered=_offered(judge, unit, children, chosen),
        is_cut=len(wished) > MOST,
        only_differing=only_differing,
        only_plan=at.only_plan,
    )


def units_beneath(unit: Unit, codes: Sequence[str]) -> list[Unit]:
    """Return the units of these codes in their order. Raises ``Http404`` where one of them is none beneath ``unit``."""
    rows = Unit.objects.filter(code__in=codes, path__startswith=unit.path).exclude(pk=unit.pk) if codes else ()
    found = {row.code: row for row in rows}
    if set(found) != set(codes):
        raise Http404
    return [found[code] for code in codes]


def _judge(unit: Unit, chosen: Sequence[Unit], at: TargetsAt, choice: Choice) -> Judge:
    """What is read for the page: the units compared, and those directly beneath, which are offered."""
    targets = at.own or at.superior
    known = Known(
        calendar=UnitCalendar.of(unit, choice.calendar).calendar,
        targets={target.pk: target for target in targets},
        phases=phases_of(targets),
        more=Q(parent=unit.pk),
    )
    looked_at = [*chosen] or [unit]
    facts = read_facts(targets=targets, units=looked_at, period=choice.period, basis=choice.basis, known=known)
    return Judge(facts, clock.now())


def _lines(judge: Judge, targets: Iterable[Target], body: Unit, units: Sequence[Unit], choice: Choice) -> list[Line]:
    """The targets that ask something of at least one of the units; each opens what it is at the body."""
    lines = [
        Line(target, choice.target_at(target, body), [_cell(judge, target, unit, choice) for unit in units])
        for target in targets
    ]
    return [line for line in lines if any(cell.row for cell in line.cells)]


def _cell(judge: Judge, target: Target, unit: Unit, choice: Choice) -> Cell:
    result = judge.result(target, unit)
    return Cell(unit, TargetRow(result, (), choice.target_at(target, unit)) if result.concerned else None)


def _columns(units: Sequence[Unit], lines: Sequence[Line], choice: Choice) -> list[Beside]:
    owing = [unit.pk for unit in units if unit.is_open_on(choice.period.last_day)]
    reports = {row.unit_id: row for row in ProgressReport.objects.filter(unit__in=owing, period=choice.period)}
    columns = []
    for place, unit in enumerate(units):
        rows = [row for line in lines if (row := line.cells[place].row) is not None]
        red = [row for row in rows if row.result.status in RED]
        counts = count_statuses(row.result for row in rows)
        columns.append(Beside(unit, choice.dashboard_of(unit), reports.get(unit.pk), counts, red))
    return columns


def _offered(judge: Judge, unit: Unit, children: Iterable[Unit], chosen: Sequence[Unit]) -> list[Offered]:
    """The units directly beneath that are open, by bloc; and those chosen that are not among them."""
    day = judge.facts.period.last_day
    blocs = judge.facts.places.blocs_on(unit, day)
    open_ones = sorted((row for row in children if row.is_open_on(day)), key=lambda row: str(row.path))
    groups = [
        Offered(str(bloc), [row for row in open_ones if blocs.get(row.pk) == bloc])
        for bloc in sorted(set(blocs.values()), key=lambda bloc: bloc.number)
    ]
    shown = {row.pk for row in open_ones}
    rest = [row for row in open_ones if row.pk not in blocs]
    groups.append(Offered(_("In no bloc") if blocs else "", rest))
    groups.append(Offered(_("Other units"), [row for row in chosen if row.pk not in shown]))
    return [group for group in groups if group.units]
