"""The dashboard of a unit at a month, put together for its template. What a line says is ``rows``, a cell ``heat``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import Plan
from reports.enums import Timeliness
from reports.progress.models import ProgressReport
from reports.rollups.selectors import (
    HeatMap,
    Reporting,
    ReportingCounts,
    TargetResult,
    heat_map,
    history,
    is_being_added_up,
    reporting_counts,
    target_results,
)
from targets.models import Target
from units.models import Bloc, Unit
from units.selectors import ancestors_and_self, bloc_by_unit

from .agenda import Agenda, agenda_of
from .choice import Choice
from .heat import BlocRank, HeatTable, bloc_ranks, heat_table
from .rows import Group, Headline, TargetRow, by_need, by_section, headline, target_rows, with_status
from .rules import reads_subtree
from .selectors import Owed, TargetsAt, last_change, reports_owed, targets_at, units_beneath

ARRANGEMENTS = ("attention", "all", "section")
LATE_SHOWN = 30


@dataclass(frozen=True)
class Wishes:
    """How the page is to be arranged: ``show`` one of ``ARRANGEMENTS``, ``status`` only that one ("" for all)."""

    show: str = "all"
    status: str = ""
    is_red_first: bool = False


@dataclass(frozen=True)
class LateRow:
    """A unit whose report is not in hand; ``days`` overdue, negative while there is time."""

    owed: Owed
    bloc: str
    days: int

    @property
    def unit(self) -> Unit:
        return self.owed.report.unit


@dataclass(frozen=True)
class BlocDots:
    """One bloc's reports of the month as squares."""

    bloc: Bloc
    counts: ReportingCounts

    @property
    def squares(self) -> list[str]:
        return squares_of(self.counts)


@dataclass(frozen=True)
class Beneath:
    """What stands beneath the unit: its units with their cells, its blocs, whose report is missing or was late."""

    reporting: Reporting
    dots: list[BlocDots]
    heat: HeatTable
    ranks: list[BlocRank]
    late: list[LateRow]
    late_left_out: int
    handed_in_late: list[Owed]
    units: list[Unit]

    @property
    def squares(self) -> list[str]:
        return squares_of(self.reporting.total)

    @property
    def not_in_hand(self) -> int:
        return self.reporting.total.missing + self.reporting.total.awaited


@dataclass(frozen=True)
class Overview:
    """Everything that the page shows. ``beneath`` null: there is nothing beneath, or it is not this reader's to see."""

    unit: Unit
    choice: Choice
    above: list[Unit]
    plans: list[Plan]
    headline: Headline
    groups: list[Group]
    shown: int
    restating: list[Target]
    is_of_superiors: bool
    beneath: Beneath | None
    own_report: ProgressReport | None
    agenda: Agenda
    changed_at: datetime | None
    is_being_added_up: bool
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def has_targets(self) -> bool:
        return bool(self.headline.total or self.groups)


def squares_of(counts: ReportingCounts) -> list[str]:
    """One word of timeliness a report: on time, then late, then those that are not in hand."""
    not_in_hand = counts.missing + counts.awaited
    return [
        *[Timeliness.ON_TIME] * counts.on_time,
        *[Timeliness.LATE] * counts.late,
        *[Timeliness.MISSING] * not_in_hand,
    ]


def overview_of(user: User, unit: Unit, choice: Choice, wishes: Wishes, today: date) -> Overview:
    """Return the dashboard as this reader sees it; a fixed number of queries, whatever the targets and units."""
    at = targets_at(user, unit, choice)
    children = units_beneath(unit) if reads_subtree(user, unit) else []
    cells = heat_map(targets=at.all, units=[unit, *children], period=choice.period, basis=choice.basis)
    rows = _rows(at, unit, cells, choice)
    own = [row for row in rows if row.target.plan.unit_id == unit.pk]
    counted = own or rows
    superior = [row for row in rows if row not in counted]
    listed = [row.target for row in counted]
    return Overview(
        unit=unit,
        choice=choice,
        above=_above(user, unit),
        plans=list({row.target.plan_id: row.target.plan for row in counted}.values()),
        headline=headline(counted, _before(listed, unit, choice)),
        groups=_groups(counted, superior, wishes),
        shown=len(counted),
        restating=at.restating,
        is_of_superiors=bool(rows) and not own,
        beneath=_beneath(unit, children, listed, cells, choice, wishes, today) if children else None,
        own_report=ProgressReport.objects.filter(unit=unit, period=choice.period).first(),
        agenda=agenda_of(user, unit, choice.calendar, today),
        changed_at=last_change(unit, choice),
        is_being_added_up=is_being_added_up(unit),
        wishes=wishes,
    )


def _rows(at: TargetsAt, unit: Unit, cells: HeatMap, choice: Choice) -> list[TargetRow]:
    if not at.all:
        return []
    months = history(targets=at.all, unit=unit, period=choice.period, basis=choice.basis)
    return target_rows(cells.row(unit), months, choice)


def _before(targets: Sequence[Target], unit: Unit, choice: Choice) -> dict[int, TargetResult]:
    """Target id → its result in the month before, which may lie before the calendar: then nothing."""
    month = choice.month.plus(-1)
    period = next((row for row in choice.calendar if (row.year, row.month) == (month.year, month.month)), None)
    if period is None:
        return {}
    results = target_results(targets=targets, unit=unit, period=period, basis=choice.basis)
    return {result.target.pk: result for result in results}


def _above(user: User, unit: Unit) -> list[Unit]:
    """The units above that exist for the reader, the topmost first."""
    return [row for row in ancestors_and_self(unit) if row.pk != unit.pk and reads_subtree(user, row)]


def _groups(counted: Sequence[TargetRow], superior: Sequence[TargetRow], wishes: Wishes) -> list[Group]:
    chosen = with_status(counted, wishes.status)
    groups = by_section(chosen) if wishes.show == "section" else by_need(chosen)
    if wishes.status:
        return groups
    if wishes.show == "attention":
        return groups[:1] if groups and groups[0].heading == _("Needs attention") else []
    if superior:
        groups.append(Group(_("Targets of bodies above"), list(superior), is_quiet=True))
    return groups


def _beneath(
    unit: Unit,
    children: list[Unit],
    targets: list[Target],
    cells: HeatMap,
    choice: Choice,
    wishes: Wishes,
    today: date,
) -> Beneath:
    reporting = reporting_counts(unit=unit, period=choice.period)
    blocs = bloc_by_unit(unit, choice.period.last_day)
    owed = reports_owed(unit, choice.period)
    reports = {one.report.unit_id: one.report for one in owed}
    by_bloc = heat_table(
        cells=cells, units=children, targets=targets, reports=reports, blocs=blocs, reporting=reporting, choice=choice
    )
    late = _late(unit, children, owed, blocs, today)
    return Beneath(
        reporting=reporting,
        dots=[BlocDots(bloc, counts) for bloc, counts in reporting.blocs.items()],
        heat=by_bloc.reddest_first() if wishes.is_red_first else by_bloc,
        ranks=bloc_ranks(by_bloc, reporting),
        late=late[:LATE_SHOWN],
        late_left_out=max(len(late) - LATE_SHOWN, 0),
        handed_in_late=[one for one in owed if one.was_late],
        units=[child for child in children if child.is_open_on(choice.period.last_day)],
    )


def _late(unit: Unit, children: list[Unit], owed: list[Owed], blocs: dict[int, Bloc], today: date) -> list[LateRow]:
    """The reports that are not in hand, the longest overdue first."""
    bloc_at = {child.path: _("Bloc %(n)s") % {"n": blocs[child.pk].number} for child in children if child.pk in blocs}
    step = len(unit.path) + Unit.steplen
    rows = [
        LateRow(one, bloc_at.get(one.report.unit.path[:step], ""), -one.deadline.days_left(today))
        for one in owed
        if not one.is_in_hand
    ]
    return sorted(rows, key=lambda row: -row.days)
