"""Everything that a look at some targets and units needs: read by ``gathering``, understood by ``figures``."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from reports.progress.asked import Organisation, is_carrier
from reports.progress.deadlines import Deadlines
from reports.progress.models import Period
from reports.rollups.cases import term_of
from reports.rollups.totals import Total
from reports.rollups.windows import Calendar
from targets.calendar import Month, Window
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.models import Allocation, Phase, Target
from targets.selectors import shares_on
from units.models import Bloc, BlocMembership, Unit

from .counting import Counts
from .places import Places
from .stored import Counts as CarrierCounts
from .stored import Series, Shares

NOBODY = CarrierCounts()


class Carriers:
    """Units in the tree's order, to be asked where in the tree they are."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = sorted(units, key=lambda row: row.path)
        self._paths = [row.path for row in self._units]
        self._known = set(self._paths)

    def under(self, unit: Unit) -> list[Unit]:
        """Those at or beneath the unit."""
        first = bisect_left(self._paths, unit.path)
        return self._units[first : bisect_left(self._paths, f"{unit.path}~", first)]

    def stand_above(self, unit: Unit, *, strictly: bool = False) -> bool:
        """Whether one of them is above the unit, or (not ``strictly``) the unit itself."""
        last = len(unit.path) - Unit.steplen * strictly
        return any(unit.path[:end] in self._known for end in range(Unit.steplen, last + 1, Unit.steplen))


@dataclass
class Facts:
    """The calendar, the units, the stored totals of one basis and what was handed down, as of a period.

    ``day``: that of judgement, on which allocations are in force; the last of the period that was asked for.
    ``own_totals`` are what units entered themselves, without what is beneath them: of the issuers, and
    of the units looked at where that was asked for; ``is_own_work``: nothing else is read (domain: rule 12).
    ``shares``: how many carriers at and beneath a unit have reached theirs; the carriers themselves are there only
    where they were asked for. ``shares_before``: the same of the targets that asked the same of them a year before,
    under the targets that ask it now; empty where nobody asked for it.
    """

    calendar: Calendar
    period: Period
    day: date
    targets: dict[int, Target]
    phases: dict[int, list[Phase]]
    places: Places
    counts: Counts
    deadlines: Deadlines
    handed: list[Allocation]
    unit_totals: Series
    bloc_totals: Series
    own_totals: Series
    shares: Shares
    shares_before: Shares
    is_own_work: bool = False
    _organisations: dict[Month, Organisation] = field(default_factory=dict)
    _required: dict[tuple[int, str, Month], int] = field(default_factory=dict)
    _windows: dict[int, Window] = field(default_factory=dict)
    _terms: dict[int, Window] = field(default_factory=dict)
    _sinces: dict[int, int | None] = field(default_factory=dict)
    _carriers: dict[tuple[int, Month], Carriers] = field(default_factory=dict)
    _last_months: dict[tuple[int, Month], Month | None] = field(default_factory=dict)
    _allocations: dict[date, dict[tuple[int, int], Allocation]] = field(default_factory=dict)

    @property
    def asked(self) -> Month:
        return Month(self.period.year, self.period.month)

    @property
    def predecessors(self) -> dict[int, list[Unit]]:
        return self.places.predecessors

    @property
    def allocations(self) -> dict[tuple[int, int], Allocation]:
        """(target id, unit id) → what the unit was handed, as of the day of judgement (domain: rule 14)."""
        day = self.day
        if day not in self._allocations:
            self._allocations[day] = shares_on(day, self.handed, self.places.units.values(), self.places.takeovers(day))
        return self._allocations[day]

    def window(self, target: Target) -> Window:
        if target.pk not in self._windows:
            self._windows[target.pk] = self.calendar.window_of(target)
        return self._windows[target.pk]

    def as_of(self, period: Period) -> "Facts":
        """The same of an earlier period: judged on its last day."""
        return replace(self, period=period, day=period.last_day)

    def a_year_before(self, target: Target, period: Period) -> "Facts":
        """The same as of a period of the year before, as if the target had run through the same months of that year.

        Only for this target. Shares of carriers are those of the target that asked the same of them then.
        """
        window, term = (
            Window(one.first.plus(-12), one.last.plus(-12)) for one in (self.window(target), self._term(target))
        )
        since = self.calendar.first_from(window.first) if target.indicator.over_time == OverTime.LATEST else None
        return replace(
            self.as_of(period),
            shares=self.shares_before,
            _windows={target.pk: window},
            _terms={target.pk: term},
            _sinces={target.pk: since.pk if since else None},
        )

    def own_work(self) -> "Facts":
        """The same of what units entered themselves, without what is beneath them."""
        return replace(self, is_own_work=True)

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

    def counts_of_carriers(self, target: Target, unit: Unit, month: Month, *, in_time: bool = True) -> CarrierCounts:
        """The carriers of an ``each_unit`` target at and beneath a unit, as they stood when asked for the month.

        After the plan's term, as at its end: nothing is asked any more; ahead of the newest month that was opened or
        reported on, as in that one.
        """
        by_month = self.shares.get((unit.pk, target.pk, not in_time), {})
        last = min(self._term(target).last, self.calendar.horizon or month)
        return by_month.get(min(month, last), NOBODY)

    def _term(self, target: Target) -> Window:
        if target.pk not in self._terms:
            self._terms[target.pk] = term_of(target, self.calendar)
        return self._terms[target.pk]

    def _since(self, target: Target) -> int | None:
        """The key of a state's window; a sum has none."""
        if target.pk not in self._sinces:
            since = self.calendar.since_of(target) if target.indicator.over_time == OverTime.LATEST else None
            self._sinces[target.pk] = since.pk if since else None
        return self._sinces[target.pk]

    def organisation(self, month: Month) -> Organisation:
        """The units that were read as they stood on the last day of a period."""
        if month not in self._organisations:
            day, places = self.last_day(month), self.places
            known = {row.path: row for row in places.units.values() if day is not None and row.is_open_on(day)}
            held = [row for row in places.memberships if day is not None and holds(row, day)]
            self._organisations[month] = Organisation(
                known, places.split_off, {row.unit_id: row.bloc.owner_id for row in held}
            )
        return self._organisations[month]

    def required(self, target: Target, unit: Unit, month: Month) -> int:
        """The N of "n of N": open reporting units of the unit's subtree that the target asks in that month."""
        key = (target.pk, unit.path, month)
        if key not in self._required:
            self._required[key] = self._count_asked(target, unit, month)
        return self._required[key]

    def _count_asked(self, target: Target, unit: Unit, month: Month) -> int:
        """As ``reports.progress.asked.is_asked`` says of each: whoever carries it, and all beneath them."""
        issuer = target.plan.unit
        if target.carried_by == Carrier.ISSUER_OWN:
            stands = self.organisation(month).units.get(issuer.path)
            return int(unit.pk == issuer.pk and stands is not None and stands.is_reporting)
        if target.carried_by == Carrier.POOLED:
            return self.standing(unit, month) if unit.path.startswith(issuer.path) else 0
        carriers = self._those_who_carry(target, month)
        beneath = carriers.under(unit)
        if target.indicator.kind == IndicatorKind.MILESTONE:
            return sum(row.is_reporting for row in beneath)
        if carriers.stand_above(unit):
            return self.standing(unit, month)
        return sum(self.standing(row, month) for row in beneath if not carriers.stand_above(row, strictly=True))

    def standing(self, unit: Unit, month: Month) -> int:
        """How many units that report monthly stand at and beneath the unit on the last day of a month."""
        day = self.last_day(month)
        return 0 if day is None else self.counts.reporting_units(unit.path, day)

    def _those_who_carry(self, target: Target, month: Month) -> "Carriers":
        """The carriers or, for blocs, their members, as of that month, as far as they were read."""
        key = (target.pk, month)
        if key not in self._carriers:
            organisation, issuer = self.organisation(month), target.plan.unit_id
            if target.carried_by == Carrier.EACH_BLOC:
                owners = organisation.bloc_owners
                found = [row for row in organisation.units.values() if owners.get(row.pk) == issuer]
            else:
                found = [row for row in organisation.units.values() if is_carrier(target, row, organisation)]
            self._carriers[key] = Carriers(found)
        return self._carriers[key]

    def carriers(self, target: Target, unit: Unit, month: Month) -> list[Unit]:
        """The carriers of an ``each_unit`` target in the unit's subtree, as of that month, in the tree's order."""
        return self._those_who_carry(target, month).under(unit)

    def last_month_of(self, unit: Unit, asked: Month) -> Month | None:
        """The newest month up to ``asked`` on whose last day the unit was open; None without one."""
        day = self.last_day(asked)
        if day is not None and unit.is_open_on(day):
            return asked
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
        for row in sorted(self.places.memberships, key=lambda row: row.bloc.number):
            is_in = day is not None and holds(row, day) and row.bloc.owner_id == target.plan.unit_id
            if is_in and row.unit.path in organisation.units:
                found[row.bloc].append(row.unit)
        return dict(found)


def holds(membership: BlocMembership, day: date) -> bool:
    """Whether the membership holds on ``day``."""
    return membership.starts_on <= day and (membership.ends_on is None or membership.ends_on > day)
