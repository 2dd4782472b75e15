"""The dashboard of a unit at a month, put together for its template. What a line says is ``rows``, a cell ``heat``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from plans.models import Plan
from reports.enums import Timeliness
from reports.rollups.selectors import (
    Judge,
    Known,
    Owed,
    Reporting,
    ReportingCounts,
    TargetResult,
    forecasts_in,
    month_points,
    read_facts,
    reporting_of,
    reports_late,
    year_before,
)
from targets.models import Target
from units.models import Bloc, Unit

from .agenda import Agenda, agenda_of
from .choice import Choice
from .heat import BlocRank, HeatTable, bloc_ranks
from .mapping import UnitMap
from .months import OwnReport, UnitCalendar
from .rows import Group, Headline, TargetRow, by_need, by_section, headline, target_rows, with_status
from .rules import reads_subtree
from .selectors import TargetsAt, phases_of, targets_at

ARRANGEMENTS = ("attention", "all", "section")
LATE_SHOWN = 30


@dataclass(frozen=True)
class Wishes:
    """How the page is to be arranged: ``show`` one of ``ARRANGEMENTS``, ``status`` only that one ("" for all).

    Of the map, ``target``: only the one of that id; ``sort``: one of ``heat.ORDERS`` or the id of a target, "" by bloc.
    """

    show: str = "all"
    status: str = ""
    target: str = ""
    sort: str = ""


@dataclass(frozen=True)
class LateRow:
    """A unit whose report is not in hand; ``days`` overdue, negative while there is time."""

    owed: Owed
    bloc: str
    days: int

    @property
    def unit(self) -> Unit:
        return self.owed.unit


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
    """What stands beneath the unit: its units, its blocs, whose report is missing or was late.

    The map of units and targets is worked out when it is asked for: it is a page of its own.
    """

    reporting: Reporting
    dots: list[BlocDots]
    map: UnitMap
    late: list[LateRow]
    handed_in_late: list[Owed]
    units: list[Unit]

    @property
    def squares(self) -> list[str]:
        return squares_of(self.reporting.total)

    @property
    def not_in_hand(self) -> int:
        return self.reporting.total.missing + self.reporting.total.awaited

    @property
    def late_left_out(self) -> int:
        return self.not_in_hand - len(self.late)

    @property
    def handed_in_late_left_out(self) -> int:
        return self.reporting.total.late - len(self.handed_in_late)

    @property
    def heat(self) -> HeatTable:
        return self.map.heat

    @property
    def ranks(self) -> list[BlocRank]:
        return bloc_ranks(self.map.by_bloc, self.reporting)


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
    own_report: OwnReport | None
    agenda: Agenda
    changed_at: datetime | None
    is_being_added_up: bool
    wishes: Wishes = field(default_factory=Wishes)
    only_plan: Plan | None = None

    @property
    def has_targets(self) -> bool:
        return bool(self.headline.counts.total or self.groups)


SQUARES_SHOWN = 200


def squares_of(counts: ReportingCounts) -> list[str]:
    """One word of timeliness a report: on time, then late, then those that are not in hand; of very many, a share."""
    parts = {
        Timeliness.ON_TIME: counts.on_time,
        Timeliness.LATE: counts.late,
        Timeliness.MISSING: counts.missing + counts.awaited,
    }
    each = max(1, -(-sum(parts.values()) // SQUARES_SHOWN))
    return [word for word, number in parts.items() for _square in range(-(-number // each))]


def overview_of(user: User, unit: Unit, choice: Choice, wishes: Wishes, today: date) -> Overview:
    """Return the dashboard as this reader sees it; a fixed number of queries, whatever the targets and units."""
    months = UnitCalendar.of(unit, choice.calendar)
    at = targets_at(user, unit, choice).of_plan(choice.plan)
    seen = _Seen.of(unit, choice, months, at, is_subtree=reads_subtree(user, unit))
    rows = seen.rows(at.all)
    own = [row for row in rows if row.target.plan.unit_id == unit.pk]
    counted = own or rows
    superior = [row for row in rows if row not in counted]
    listed = [row.target for row in counted]
    return Overview(
        unit=unit,
        choice=choice,
        above=[row for row in seen.above if reads_subtree(user, row)],
        plans=list({row.target.plan_id: row.target.plan for row in counted}.values()),
        headline=headline(counted, seen.before(listed)),
        groups=_groups(counted, superior, wishes),
        shown=len(counted),
        restating=at.restating,
        is_of_superiors=bool(rows) and not own,
        beneath=_beneath(seen, listed, wishes, today) if seen.children else None,
        own_report=months.own_report(choice.period),
        agenda=agenda_of(user, unit, months.deadlines, today),
        changed_at=months.changed_at(choice.period, choice.basis),
        is_being_added_up=months.is_being_added_up,
        wishes=wishes,
        only_plan=at.only_plan,
    )


@dataclass(frozen=True)
class _Seen:
    """What was read for the page: once, and handed on."""

    unit: Unit
    choice: Choice
    judge: Judge
    children: list[Unit]

    @classmethod
    def of(cls, unit: Unit, choice: Choice, months: UnitCalendar, at: TargetsAt, *, is_subtree: bool) -> "_Seen":
        now = clock.now()
        known = Known(
            calendar=months.calendar,
            targets={target.pk: target for target in at.all},
            phases=phases_of(at.all),
            more=Q(parent=unit.pk) if is_subtree else None,
            reporting=now if is_subtree else None,
            year_before=True,
        )
        facts = read_facts(targets=at.all, units=[unit], period=choice.period, basis=choice.basis, known=known)
        children = [row for row in facts.places.units.values() if is_subtree and row.parent_id == unit.pk]
        return cls(unit, choice, Judge(facts, now), sorted(children, key=lambda row: row.path))

    def rows(self, targets: Sequence[Target]) -> list[TargetRow]:
        results = [self.judge.result(target, self.unit) for target in targets]
        months = month_points(self.judge, targets, self.unit)
        before = {result.target.pk: year_before(self.judge, result) for result in results}
        return target_rows(results, months, forecasts_in(self.judge, results), before, self.choice)

    @property
    def above(self) -> list[Unit]:
        """The units above, the topmost first."""
        known = {row.path: row for row in self.judge.facts.places.units.values()}
        return [known[self.unit.path[:end]] for end in range(Unit.steplen, len(self.unit.path), Unit.steplen)]

    @property
    def blocs(self) -> dict[int, Bloc]:
        """Unit id → its bloc on the month's last day, of the unit's own blocs."""
        organisation = self.judge.facts.places
        return organisation.blocs_on(self.unit, self.choice.period.last_day)

    def before(self, targets: Sequence[Target]) -> dict[int, TargetResult]:
        """Target id → its result in the month before, which may lie before the calendar: then nothing."""
        period = self.judge.facts.calendar.by_month.get(self.choice.month.plus(-1))
        if period is None:
            return {}
        then = self.judge.as_of(period)
        return {target.pk: then.result(target, self.unit) for target in targets}


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


def _beneath(seen: _Seen, targets: list[Target], wishes: Wishes, today: date) -> Beneath:
    unit, period, facts = seen.unit, seen.choice.period, seen.judge.facts
    reporting = reporting_of(unit, period, facts.counts, facts.places.memberships)
    blocs = seen.blocs
    missing, late = reports_late(unit, period, facts.deadlines, most=LATE_SHOWN)
    return Beneath(
        reporting=reporting,
        dots=[BlocDots(bloc, counts) for bloc, counts in reporting.blocs.items()],
        map=UnitMap(seen.choice, unit, seen.children, targets, blocs, reporting, wishes.sort),
        late=_late(unit, seen.children, missing, blocs, today),
        handed_in_late=late,
        units=[child for child in seen.children if child.is_open_on(period.last_day)],
    )


def _late(unit: Unit, children: list[Unit], missing: list[Owed], blocs: dict[int, Bloc], today: date) -> list[LateRow]:
    """The reports that are not in hand, the longest overdue first."""
    bloc_at = {child.path: _("Bloc %(n)s") % {"n": blocs[child.pk].number} for child in children if child.pk in blocs}
    step = len(unit.path) + Unit.steplen
    return [LateRow(one, bloc_at.get(one.unit.path[:step], ""), (today - one.due_on).days) for one in missing]
