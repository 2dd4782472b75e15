"""The slow oracle of what is read: how targets on amounts that are added up stand at their issuer.

Those on what stands as of a month are ``states``. Straight from the entries and the sentences of the domain
(Targets, 2; Time; rules 7 and 14), without stored totals and without anything of ``reports.rollups``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.progress.models import Period, ProgressEntry
from targets.models import Allocation, Target
from tests.reports.rollups.oracle import STATES
from units.models import BlocMembership, Succession, Unit

Bounds = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Verdict:
    """Value, numerator and denominator of a share, n and N of "n of N reported"."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int
    required: int


def verdict_of(target: Target, period: Period, basis: str) -> Verdict:
    """How the target stands at its issuer when asked for the period."""
    court = Court(target, period, basis)
    if target.carried_by == "pooled":
        units = court.beneath()
        spoken = sum(court.has_spoken(unit) for unit in units)
        return Verdict(court.amount(units), None, None, spoken, len([unit for unit in units if court.is_there(unit)]))
    carriers = court.blocs() if target.carried_by == "each_bloc" else court.carriers()
    spoken = sum(carrier.value is not None for carrier in carriers)
    if not spoken:  # missing is not zero (rule 2)
        return Verdict(None, None, None, 0, len(carriers))
    reached = sum(carrier.reaches for carrier in carriers)
    share = Decimal(100 * reached) / len(carriers)
    return Verdict(share, Decimal(reached), Decimal(len(carriers)), spoken, len(carriers))


@dataclass(frozen=True)
class _Carrier:
    value: Decimal | None
    minimum: Decimal

    @property
    def reaches(self) -> bool:
        return self.value is not None and self.value >= self.minimum


class Court:
    """One target, asked for one period: only months from its first to the earlier of the two last ones count."""

    def __init__(self, target: Target, period: Period, basis: str) -> None:
        self.target, self.issuer = target, target.plan.unit
        self.asked_on = period.last_day
        self.first, self.last = target.starts_on.month, min(period.month, target.due_on.month)
        self.day = Period.objects.get(month=self.last).last_day
        said = ProgressEntry.objects.filter(
            indicator=target.indicator_id, report__state__in=STATES[basis], amount__isnull=False
        )
        self.said = list(said.select_related("report__unit", "report__period"))
        self.units = list(Unit.objects.all())
        self.links = list(Succession.objects.select_related("predecessor", "successor"))
        self.shares = list(Allocation.objects.filter(target=target))

    def is_there(self, unit: Unit) -> bool:
        """Whether the unit owes the last month that counts."""
        return (
            unit.is_reporting and unit.opened_on <= self.day and (unit.closed_on is None or self.day < unit.closed_on)
        )

    def beneath(self) -> list[Unit]:
        return self.subtree(self.issuer)

    def amount(self, units: Iterable[Unit]) -> Decimal | None:
        """What these units themselves gave in the months that count; null where none said anything."""
        ids = {unit.pk for unit in units}
        given = [
            entry.amount
            for entry in self.said
            if entry.report.unit_id in ids and self.first <= entry.report.period.month <= self.last
        ]
        return sum(given, Decimal(0)) if given else None

    def has_spoken(self, unit: Unit) -> bool:
        if not self.is_there(unit) or self.last < self.first:
            return False
        return any(entry.report.unit_id == unit.pk and entry.report.period.month == self.last for entry in self.said)

    # --- Each unit ---------------------------------------------------------------------------

    def carriers(self) -> list[_Carrier]:
        found = []
        for unit in self.carrying():
            # Of each that it took over from, what that one's own subtree had given.
            left = [self.amount(self.subtree(one)) for one in self._before(unit, self.day)]
            found.append(_Carrier(_sum([self.amount(self.subtree(unit)), *left]), self.minimum(unit)))
        return found

    def carrying(self) -> list[Unit]:
        """The units that the target holds one by one: there on the last day that counts, of those that it reaches."""
        split = {link.successor_id for link in self.links if link.kind == "split"}
        return [
            unit
            for unit in self.beneath()
            if (unit.pk != self.issuer.pk if self.target.carrier_reach == "all" else unit.parent == self.issuer)
            and self.is_there(unit)
            and not (unit.pk in split and self.target.starts_on < unit.opened_on)
        ]

    def subtree(self, unit: Unit) -> list[Unit]:
        return [one for one in self.units if one.path.startswith(unit.path)]

    def _before(self, unit: Unit, day: date) -> list[Unit]:
        """Everyone whose place the unit took by the day, through any number of steps, each once."""
        found: dict[int, Unit] = {}
        waiting = [unit]
        while waiting:
            heir = waiting.pop()
            for link in self.links:
                gone = link.predecessor
                if link.successor_id == heir.pk and link.kind != "split" and gone.pk not in found:
                    found[gone.pk] = gone
                    waiting.append(gone)
        return [gone for gone in found.values() if gone.closed_on is not None and gone.closed_on <= day]

    def minimum(self, unit: Unit) -> Decimal:
        """Its share in force on the day of judgement, where it has one and stands then; else the target's."""
        share = self._share(unit) if is_open(unit, self.asked_on) else None
        return self.target.minimum if share is None else share

    def _share(self, unit: Unit) -> Decimal | None:
        handed = [one for one in self.shares if one.unit_id == unit.pk and one.effective_on <= self.asked_on]
        own = max(handed, key=lambda one: one.effective_on, default=None)
        parts = [] if own is None else [own.minimum]
        for link in self.links:
            gone = link.predecessor
            if link.successor_id != unit.pk or link.kind == "split" or gone.closed_on > self.asked_on:
                continue
            if own is None or own.effective_on < gone.closed_on:
                parts.append(self._share(gone))
        return _sum(parts)

    # --- Each bloc ---------------------------------------------------------------------------

    def blocs(self) -> list[_Carrier]:
        """Each bloc that has a member on the last day that counts: what its members of each month gave in it."""
        memberships = list(BlocMembership.objects.filter(bloc__owner=self.issuer).select_related("unit"))
        now = {row.bloc_id for row in memberships if holds(row, self.day) and is_open(row.unit, self.day)}
        return [_Carrier(self._of_bloc([r for r in memberships if r.bloc_id == pk]), self.target.minimum) for pk in now]

    def _of_bloc(self, memberships: list[BlocMembership]) -> Decimal | None:
        given = []
        for entry in self.said:
            period = entry.report.period
            members = [row.unit.path for row in memberships if holds(row, period.last_day)]
            if self.first <= period.month <= self.last:
                given += [entry.amount for path in members if entry.report.unit.path.startswith(path)]
        return _sum(given)


def is_open(unit: Unit, day: date) -> bool:
    return unit.opened_on <= day and (unit.closed_on is None or day < unit.closed_on)


def holds(row: BlocMembership, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day < row.ends_on)


def _sum(parts: Iterable[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None
