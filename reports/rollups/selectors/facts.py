"""Everything that a look at some targets and units needs, read in a fixed number of queries.

The number does not grow with targets, units or months. What the rows mean is ``figures``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from reports.progress.asked import Organisation, is_asked, is_carrier
from reports.progress.deadlines import Deadlines
from reports.progress.models import Period
from reports.rollups.store import Line, Owner, rows_for_reading
from reports.rollups.totals import Total
from reports.rollups.windows import Calendar
from targets.calendar import Month, Window
from targets.enums import Carrier, OverTime, Reach
from targets.models import Allocation, Indicator, Phase, Target
from targets.selectors import allocations_in_force
from units.enums import SuccessionKind
from units.models import Bloc, BlocMembership, Succession, Unit

from .own_work import Frame, own_totals

# owner, indicator, since → month → total
Series = dict[tuple[int, int, int | None], dict[Month, Total]]


@dataclass
class Facts:
    """The calendar, the units, the stored totals of one basis and what was handed down, as of a period.

    ``own_totals`` are what units entered themselves, without what is beneath them: of the issuers, and
    of the units looked at where ``is_own_work``; then nothing else is read (domain: rule 12).
    """

    calendar: Calendar
    period: Period
    targets: dict[int, Target]
    phases: dict[int, list[Phase]]
    units: dict[int, Unit]
    predecessors: dict[int, list[Unit]]
    split_off: set[int]
    memberships: list[BlocMembership]
    deadlines: Deadlines
    allocations: dict[tuple[int, int], Allocation]
    unit_totals: Series
    bloc_totals: Series
    own_totals: Series
    is_own_work: bool = False
    _organisations: dict[Month, Organisation] = field(default_factory=dict)
    _required: dict[tuple[int, Month], Counter[str]] = field(default_factory=dict)
    _windows: dict[int, Window] = field(default_factory=dict)
    _sinces: dict[int, int | None] = field(default_factory=dict)
    _carriers: dict[tuple[int, Month], list[Unit]] = field(default_factory=dict)
    _last_months: dict[tuple[int, Month], Month | None] = field(default_factory=dict)

    @property
    def asked(self) -> Month:
        return Month(self.period.year, self.period.month)

    def window(self, target: Target) -> Window:
        if target.pk not in self._windows:
            self._windows[target.pk] = self.calendar.window_of(target)
        return self._windows[target.pk]

    def last_day(self, month: Month) -> date | None:
        """The last day of a period; None where the calendar has no such row."""
        row = self.calendar.by_month.get(month)
        return None if row is None else row.last_day

    def series(self, target: Target, owner: Unit | Bloc) -> dict[Month, Total]:
        """The totals of a unit or a bloc for a target's indicator, by month; of an issuer's own, its entries'."""
        totals = self.bloc_totals if isinstance(owner, Bloc) else self.unit_totals
        if target.carried_by == Carrier.ISSUER_OWN or self.is_own_work:
            totals = self.own_totals
        return totals.get((owner.pk, target.indicator_id, self._since(target)), {})

    def _since(self, target: Target) -> int | None:
        """The key of a state's window; a sum has none."""
        if target.pk not in self._sinces:
            since = self.calendar.since_of(target) if target.indicator.over_time == OverTime.LATEST else None
            self._sinces[target.pk] = since.pk if since else None
        return self._sinces[target.pk]

    def organisation(self, month: Month) -> Organisation:
        """The units as they stood on the last day of a period."""
        if month not in self._organisations:
            day = self.last_day(month)
            known = {row.path: row for row in self.units.values() if day is not None and row.is_open_on(day)}
            owners = {row.unit_id: row.bloc.owner_id for row in self.memberships if day is not None and holds(row, day)}
            self._organisations[month] = Organisation(known, self.split_off, owners)
        return self._organisations[month]

    def required(self, target: Target, unit: Unit, month: Month) -> int:
        """The N of "n of N": open reporting units of the unit's subtree that the target asks in that month."""
        key = (target.pk, month)
        if key not in self._required:
            organisation = self.organisation(month)
            counter: Counter[str] = Counter()
            for row in organisation.units.values():
                if row.is_reporting and is_asked(target, row, organisation):
                    counter.update(row.path[:end] for end in range(Unit.steplen, len(row.path) + 1, Unit.steplen))
            self._required[key] = counter
        return self._required[key][unit.path]

    def carriers(self, target: Target, unit: Unit, month: Month) -> list[Unit]:
        """The carriers of an ``each_unit`` target in the unit's subtree, as of that month, in the tree's order."""
        key = (target.pk, month)
        if key not in self._carriers:
            organisation = self.organisation(month)
            found = [row for row in organisation.units.values() if is_carrier(target, row, organisation)]
            self._carriers[key] = sorted(found, key=lambda row: row.path)
        return [row for row in self._carriers[key] if row.path.startswith(unit.path)]

    def last_month_of(self, unit: Unit, asked: Month) -> Month | None:
        """The newest month up to ``asked`` on whose last day the unit was open; None without one."""
        key = (unit.pk, asked)
        if key not in self._last_months:
            open_in = (
                month
                for month, row in self.calendar.by_month.items()
                if month <= asked and unit.is_open_on(row.last_day)
            )
            self._last_months[key] = max(open_in, default=None)
        return self._last_months[key]

    def blocs(self, target: Target, month: Month) -> dict[Bloc, list[Unit]]:
        """The issuer's blocs with their open members as of that month, by number; none without members."""
        day = self.last_day(month)
        organisation = self.organisation(month)
        found: dict[Bloc, list[Unit]] = defaultdict(list)
        for row in sorted(self.memberships, key=lambda row: row.bloc.number):
            unit = self.units.get(row.unit_id)
            is_in = day is not None and holds(row, day) and row.bloc.owner_id == target.plan.unit_id
            if is_in and unit is not None and unit.path in organisation.units:
                found[row.bloc].append(unit)
        return dict(found)


def holds(membership: BlocMembership, day: date) -> bool:
    """Whether the membership holds on ``day``."""
    return membership.starts_on <= day and (membership.ends_on is None or membership.ends_on > day)


def read_facts(
    *, targets: Iterable[Target], units: Sequence[Unit], period: Period, basis: str, is_own_work: bool = False
) -> Facts:
    """Read all that judging these targets at these units takes. A restating target brings its original."""
    originals = _originals(targets)
    calendar = Calendar.read()
    scope = _common_path([unit.path for unit in units])
    successions = list(Succession.objects.select_related("predecessor", "successor"))
    predecessors = _predecessors(successions)
    roots = [scope, *_paths_of_predecessors(scope, predecessors, successions)]
    known = Unit.objects.filter(_around(roots, "path")).order_by().in_bulk()
    memberships = list(BlocMembership.objects.filter(_around(roots, "unit__path")).select_related("bloc"))
    wanted = _owners(originals.values(), units, known, predecessors)
    rows = _Rows(calendar, period, list(originals.values()), basis)
    return Facts(
        calendar=calendar,
        period=period,
        targets=originals,
        phases=_phases(originals.values()),
        units=known,
        predecessors=predecessors,
        split_off={row.successor_id for row in successions if row.kind == SuccessionKind.SPLIT},
        memberships=memberships,
        deadlines=Deadlines(calendar.periods),
        allocations=allocations_in_force(originals.values(), [known[pk] for pk in wanted], period.last_day),
        unit_totals=rows.stored("unit", wanted),
        bloc_totals=rows.stored("bloc", sorted({row.bloc_id for row in memberships})),
        own_totals=rows.own(_own_workers(originals.values(), units if is_own_work else (), known, predecessors)),
        is_own_work=is_own_work,
    )


@dataclass(frozen=True)
class _Rows:
    """Totals of one basis up to a period, for the indicators of some targets."""

    calendar: Calendar
    period: Period
    targets: list[Target]
    basis: str

    @property
    def periods(self) -> list[Period]:
        place = self.calendar.place
        return [row for row in self.calendar.periods if place[row.pk] <= place[self.period.pk]]

    @property
    def indicators(self) -> dict[int, Indicator]:
        return {target.indicator_id: target.indicator for target in self.targets}

    def stored(self, owner: Owner, ids: Sequence[int]) -> Series:
        periods = [row.pk for row in self.periods]
        return self._series(rows_for_reading(owner, ids, indicators=self.indicators, periods=periods, basis=self.basis))

    def own(self, units: Sequence[Unit]) -> Series:
        windows: dict[int, set[int]] = defaultdict(set)
        for target in self.targets:
            since = self.calendar.since_of(target)
            if since is not None:
                windows[target.indicator_id].add(since.pk)
        frame = Frame(self.calendar, windows, tuple(self.periods), self.basis)
        return self._series(own_totals(frame, units, self.indicators))

    def _series(self, rows: Iterable[tuple[Line, Total]]) -> Series:
        months = {row.pk: month for month, row in self.calendar.by_month.items()}
        found: Series = defaultdict(dict)
        for line, total in rows:
            found[line.owner, line.indicator, line.since][months[line.period]] = total
        return dict(found)


def _originals(targets: Iterable[Target]) -> dict[int, Target]:
    """Target id → the target that counts for it: itself, or the one that it restates."""
    rows = Target.objects.filter(pk__in=[target.pk for target in targets])
    related = ("plan__unit", "indicator", "restates__plan__unit", "restates__indicator")
    found = rows.select_related(*related).order_by()
    return {row.pk: row.restates or row for row in found}


def _phases(targets: Iterable[Target]) -> dict[int, list[Phase]]:
    """Target id → its phases, in the order of time."""
    found: dict[int, list[Phase]] = defaultdict(list)
    for row in Phase.objects.filter(target__in=[target.pk for target in targets]).order_by("due_on"):
        found[row.target_id].append(row)
    return dict(found)


def _common_path(paths: Sequence[str]) -> str:
    """The path of the lowest place above which all these lie, themselves included."""
    first, last = min(paths), max(paths)
    steps = range(Unit.steplen, min(len(first), len(last)) + 1, Unit.steplen)
    return max((first[:end] for end in steps if first[:end] == last[:end]), default="")


def _predecessors(successions: Iterable[Succession]) -> dict[int, list[Unit]]:
    """Unit id → units whose results it inherits directly; a unit split off inherits nothing (domain: Time)."""
    found: dict[int, list[Unit]] = defaultdict(list)
    for row in successions:
        if row.kind != SuccessionKind.SPLIT:
            found[row.successor_id].append(row.predecessor)
    return dict(found)


def _paths_of_predecessors(
    scope: str, predecessors: dict[int, list[Unit]], successions: Iterable[Succession]
) -> list[str]:
    inside = {row.successor_id for row in successions if row.successor.path.startswith(scope)}
    return [unit.path for pk in inside for unit in all_predecessors(pk, predecessors)]


def all_predecessors(unit_id: int, predecessors: dict[int, list[Unit]]) -> list[Unit]:
    """Every unit whose results this one inherits, through any number of steps."""
    found: dict[int, Unit] = {}
    waiting = list(predecessors.get(unit_id, ()))
    while waiting:
        unit = waiting.pop()
        if unit.pk not in found:
            found[unit.pk] = unit
            waiting.extend(predecessors.get(unit.pk, ()))
    return list(found.values())


def _around(roots: Sequence[str], path: str) -> Q:
    """The condition on units beneath these roots and above them."""
    above = {root[:end] for root in roots for end in range(Unit.steplen, len(root), Unit.steplen)}
    return reduce(or_, (Q((f"{path}__startswith", root)) for root in roots)) | Q((f"{path}__in", above))


def _owners(
    targets: Iterable[Target], units: Iterable[Unit], known: dict[int, Unit], predecessors: dict[int, list[Unit]]
) -> list[int]:
    """Ids of the units whose totals are read: those looked at, issuers, carriers, and whom these inherit from."""
    wanted = {unit.pk for unit in units} | {target.plan.unit_id for target in targets}
    for target in targets:
        if target.carried_by == Carrier.EACH_UNIT:
            issuer = target.plan.unit
            wanted |= {
                unit.pk
                for unit in known.values()
                if (issuer.is_above(unit) if target.carrier_reach == Reach.ALL else unit.parent_id == issuer.pk)
                and (not target.carrier_kinds or unit.kind in target.carrier_kinds)
            }
    wanted |= {unit.pk for pk in set(wanted) for unit in all_predecessors(pk, predecessors)}
    return sorted(wanted & set(known))


def _own_workers(
    targets: Iterable[Target], units: Iterable[Unit], known: dict[int, Unit], predecessors: dict[int, list[Unit]]
) -> list[Unit]:
    """Whose own entries are read: the issuers' of ``issuer_own`` targets with their predecessors', and these units'."""
    issuers = {target.plan.unit_id for target in targets if target.carried_by == Carrier.ISSUER_OWN} & set(known)
    issuers |= {row.pk for pk in set(issuers) for row in all_predecessors(pk, predecessors)}
    return [known[pk] for pk in sorted((issuers | {unit.pk for unit in units}) & set(known))]
