"""The heat map of units × targets, gathered by bloc, and the blocs ranked by it. Pure but for words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from core.folding import fold
from core.status_looks import TARGET, StatusLook, look
from reports.progress.models import ProgressReport
from reports.rollups.selectors import (
    HeatMap,
    Reporting,
    ReportingCounts,
    StatusCounts,
    TargetResult,
    by_bloc,
    by_target,
    by_unit,
)
from targets.compliance import Status
from targets.figures import HUNDRED
from targets.models import Target
from units.enums import Kind
from units.models import Bloc, Unit

from . import wording
from .choice import Choice

FEW, SOME, MANY = 12, 20, 26
ORDERS = ("red", "name")
# From what needs a look first to what needs none; contributions without a verdict stand after these.
NEED = (
    *(Status.MISSED, Status.BEHIND, Status.AT_RISK, Status.NO_DATA),
    *(Status.NOT_DUE, Status.ON_TRACK, Status.MET, Status.EXCEEDED),
)
NOTHING = StatusCounts()


@dataclass(frozen=True)
class HeatCell:
    """What a unit has of a target; ``url`` is blank where the target asks nothing of it."""

    result: TargetResult
    url: str

    @property
    def text(self) -> str:
        return wording.cell(self.result)

    @property
    def reached(self) -> str:
        """The result alone, for where there is no room for what is asked."""
        return wording.cell_parts(self.result)[0]

    @property
    def asked(self) -> str:
        """What follows it in ``text``: "/5", or blank."""
        return wording.cell_parts(self.result)[1]

    @property
    def need(self) -> tuple[int, Decimal]:
        """Where the cell stands among those of its column: the worst verdict first, then the least reached."""
        if not self.url:
            return len(NEED) + 1, Decimal(0)
        status, reached = self.result.status, self.result.completion
        rank = len(NEED) if status is None else NEED.index(status)
        return rank, (self.result.value or Decimal(0)) if reached is None else reached

    @property
    def look(self) -> StatusLook | None:
        """Null for a contribution without a verdict."""
        return None if self.result.status is None else look(self.result.status, "target")

    @property
    def label(self) -> str:
        """The cell for those who do not see its place and colour."""
        words = f"{self.result.target.code}: {self.text}"
        return f"{words}, {self.look.word}" if self.look else words


@dataclass(frozen=True)
class HeatRow:
    """One unit: its report of the month (null: owes none), a cell for each target of the map, and how they stand."""

    unit: Unit
    url: str
    report: ProgressReport | None
    cells: list[HeatCell]
    counts: StatusCounts = field(default_factory=StatusCounts)

    @property
    def kind(self) -> str:
        return wording.kind_in_short(self.unit.kind)

    @property
    def has_figures(self) -> bool:
        return any(cell.url and cell.result.value is not None for cell in self.cells)


@dataclass(frozen=True)
class HeatGroup:
    """The units of one bloc. ``bloc`` null: those in none, or all of them where ``heading`` is blank."""

    bloc: Bloc | None
    heading: str
    note: str
    rows: list[HeatRow]


@dataclass(frozen=True)
class HeatTable:
    """The whole map; ``columns`` are the targets that concern at least one of the units.

    ``foot`` says of each column how the target stands over all units, ``blocs`` of each bloc how its members do.
    """

    columns: list[Target]
    groups: list[HeatGroup]
    foot: list[tuple[Target, StatusCounts]] = field(default_factory=list)
    blocs: dict[Bloc, StatusCounts] = field(default_factory=dict)

    @property
    def rows(self) -> list[HeatRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def has_foot(self) -> bool:
        """Whether any target is judged at one of the units."""
        return any(counts.judged for _target, counts in self.foot)

    @property
    def has_blocs(self) -> bool:
        return any(group.heading for group in self.groups)

    @property
    def width(self) -> int:
        """How many columns stand beside the unit's name: its report, how it stands where it is judged, the targets."""
        return len(self.columns) + 1 + self.has_foot

    @property
    def density(self) -> str:
        """How close the columns stand on paper: "few" fit upright, more take the sheet lengthwise.

        Of "dense" ones the paper has room for the result alone, without what is asked.
        """
        limits = ((FEW, "few"), (SOME, "some"), (MANY, "many"))
        return next((word for most, word in limits if len(self.columns) <= most), "dense")

    @property
    def statuses(self) -> list[str]:
        """What the key explains, from the best to the worst."""
        return list(TARGET)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The short kinds that stand beside names, with their words."""
        present = {row.unit.kind for row in self.rows}
        return [
            (wording.kind_in_short(kind), str(Kind(kind).label)) for kind in wording.KINDS_IN_SHORT if kind in present
        ]

    def first(self, most: int) -> "HeatTable":
        """The same map with so many units at most, from the top."""
        groups: list[HeatGroup] = []
        for group in self.groups:
            rows = group.rows[: max(most - sum(len(one.rows) for one in groups), 0)]
            groups += [replace(group, rows=rows)] if rows else []
        return replace(self, groups=groups)

    def sorted_by(self, order: str) -> "HeatTable":
        """The same map without blocs: the most red cells on top, by name, or by how a target stands, the worst on top.

        ``order``: one of ``ORDERS``, or the id of a column's target; anything else leaves the map as it is.
        """
        key = _key_of(order, self.columns)
        if key is None or not self.rows:
            return self
        return replace(self, groups=[HeatGroup(None, "", "", sorted(self.rows, key=key))])


def _key_of(order: str, columns: Sequence[Target]) -> Callable[[HeatRow], Any] | None:
    """By what rows are sorted; null for the tree's order."""
    if order == "red":
        return lambda row: -row.counts.red
    if order == "name":
        return lambda row: fold(row.unit.short_name or row.unit.name)
    place = next((place for place, target in enumerate(columns) if str(target.pk) == order), None)
    return None if place is None else lambda row: row.cells[place].need


def heat_table(
    *,
    cells: HeatMap,
    units: Sequence[Unit],
    targets: Sequence[Target],
    reports: dict[int, ProgressReport],
    blocs: dict[int, Bloc],
    reporting: Reporting,
    choice: Choice,
) -> HeatTable:
    """Lay the cells out: units by bloc in the tree's order.

    A closed unit stays as long as a figure of it does (domain: rule 13).
    """
    columns = [target for target in targets if any(cells.cells[unit.pk, target.pk].concerned for unit in units)]
    rows = [_row(cells, unit, columns, reports.get(unit.pk), choice) for unit in units]
    day = choice.period.last_day
    shown = [row for row in rows if row.unit.is_open_on(day) or (row.has_figures and row.unit.opened_on <= day)]
    results = [cell.result for row in shown for cell in row.cells]
    at_units, of_targets = by_unit(results), by_target(results)
    return HeatTable(
        columns,
        _groups([replace(row, counts=at_units.get(row.unit.pk, NOTHING)) for row in shown], blocs, reporting),
        [(target, of_targets.get(target.pk, NOTHING)) for target in columns],
        by_bloc(results, blocs),
    )


def _row(
    cells: HeatMap, unit: Unit, columns: Iterable[Target], report: ProgressReport | None, choice: Choice
) -> HeatRow:
    found = []
    for target in columns:
        result = cells.cells[unit.pk, target.pk]
        found.append(HeatCell(result, choice.target_at(target, unit) if result.concerned else ""))
    return HeatRow(unit, choice.dashboard_of(unit), report, found)


def _groups(rows: Sequence[HeatRow], blocs: dict[int, Bloc], reporting: Reporting) -> list[HeatGroup]:
    if not blocs:
        return [HeatGroup(None, "", "", list(rows))] if rows else []
    groups = [
        HeatGroup(bloc, str(bloc), _note(counts.reported, counts.required), found)
        for bloc, counts in reporting.blocs.items()
        if (found := [row for row in rows if blocs.get(row.unit.pk) == bloc])
    ]
    rest = [row for row in rows if row.unit.pk not in blocs]
    return [*groups, HeatGroup(None, _("In no bloc"), "", rest)] if rest else groups


def _note(reported: int, required: int) -> str:
    return _("%(reported)s/%(required)s reports") % {"reported": reported, "required": required}


@dataclass(frozen=True)
class BlocRank:
    """A bloc's place by the share of its members' targets that are met or on track; equal shares share a place.

    ``counts`` are those of the map's cells: every target at every member.
    """

    place: int
    bloc: Bloc
    units: int
    counts: StatusCounts
    reported: int
    required: int

    @property
    def percent(self) -> Decimal | None:
        """Null where there is nothing to judge."""
        return HUNDRED * self.counts.good / self.counts.judged if self.counts.judged else None


def bloc_ranks(table: HeatTable, reporting: Reporting) -> list[BlocRank]:
    """Rank the blocs of the map; one without anything to judge stands last."""
    unplaced = [
        _unplaced(group.bloc, len(group.rows), table.blocs.get(group.bloc, NOTHING), reporting.blocs[group.bloc])
        for group in table.groups
        if group.bloc is not None
    ]
    unplaced.sort(key=lambda rank: (-_share(rank), rank.bloc.number))
    ranks: list[BlocRank] = []
    for number, rank in enumerate(unplaced, start=1):
        is_equal = bool(ranks) and _share(ranks[-1]) == _share(rank)
        ranks.append(replace(rank, place=ranks[-1].place if is_equal else number))
    return ranks


def _share(rank: BlocRank) -> Fraction:
    """Below 0 where there is nothing to judge."""
    share = rank.counts.share
    return Fraction(-1) if share is None else share


def _unplaced(bloc: Bloc, units: int, counts: StatusCounts, reports: ReportingCounts) -> BlocRank:
    return BlocRank(0, bloc, units, counts, reports.reported, reports.required)
