"""The slow oracle of what is read, where the newest figure counts: amounts as they stand, ratios, milestones.

As ``verdicts``: straight from the entries and the sentences of the domain (Time; rules 1, 2, 4, 7 and 8), without
anything of ``reports.rollups``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.progress.models import Period, ProgressEntry
from targets.models import Target
from tests.reports.rollups.oracle import STATES
from tests.reports.rollups.verdicts import Court, Verdict, holds, is_open
from units.models import BlocMembership, Unit


@dataclass(frozen=True)
class State:
    """Newest figures added up: an amount, or numerator and denominator; how many of how many units gave one."""

    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int
    required: int

    @property
    def has_spoken(self) -> bool:
        return self.amount is not None or self.numerator is not None

    @property
    def value(self) -> Decimal | None:
        """In percent for a ratio, divided once, at the end (rule 1)."""
        if self.numerator is None:
            return self.amount
        return 100 * self.numerator / self.denominator if self.denominator else None

    def reaches(self, minimum: Decimal) -> bool:
        """A ratio only once every required unit has reported (rule 8)."""
        is_proven = self.numerator is None or self.reported >= self.required
        return self.value is not None and self.value >= minimum and is_proven


def state_verdict_of(target: Target, period: Period, basis: str) -> Verdict:
    """How a target on what stands as of a month stands at its issuer when asked for the period."""
    court = _StateCourt(target, period, basis)
    if target.indicator.kind == "milestone":
        return court.milestone()
    if target.carried_by == "pooled":
        whole = court.state(court.beneath(), court.last)
        return Verdict(whole.value, whole.numerator, whole.denominator, whole.reported, whole.required)
    held = court.held_blocs() if target.carried_by == "each_bloc" else court.held_units()
    spoken = sum(state.has_spoken for state, _minimum in held)
    if not spoken:
        return Verdict(None, None, None, 0, len(held))
    reached = sum(state.reaches(minimum) for state, minimum in held)
    return Verdict(Decimal(100 * reached) / len(held), Decimal(reached), Decimal(len(held)), spoken, len(held))


class _StateCourt(Court):
    """As ``Court``, of the newest entry of each unit in the months that count."""

    def __init__(self, target: Target, period: Period, basis: str) -> None:
        super().__init__(target, period, basis)
        rows = ProgressEntry.objects.filter(indicator=target.indicator_id, report__state__in=STATES[basis])
        self.asked = period.month
        self.entries = [row for row in rows.select_related("report__unit", "report__period") if not _is_silent(row)]
        self.last_days = {row.month: row.last_day for row in Period.objects.all()}

    def newest(self, unit: Unit, month: int) -> ProgressEntry | None:
        """What the unit said last from the target's first month on; null where it said nothing."""
        said = [row for row in self.entries if row.report.unit_id == unit.pk]
        counted = [row for row in said if self.first <= row.report.period.month <= month]
        return max(counted, key=lambda row: row.report.period.month, default=None)

    def state(self, units: Iterable[Unit], month: int) -> State:
        """Of those open on the month's last day; who is gone adds nothing any more."""
        day = self.last_days[month]
        there = [unit for unit in units if is_open(unit, day)]
        told = [(unit, row) for unit in there if (row := self.newest(unit, month)) is not None]
        return State(
            _added(row.amount for _unit, row in told),
            _added(row.numerator for _unit, row in told),
            _added(row.denominator for _unit, row in told),
            reported=sum(unit.is_reporting for unit, _row in told),
            required=sum(unit.is_reporting for unit in there),
        )

    # --- Each unit, each bloc ----------------------------------------------------------------

    def held_units(self) -> list[tuple[State, Decimal]]:
        return [(self._own_or_left(unit, self.last), self.minimum(unit)) for unit in self.carrying()]

    def _own_or_left(self, unit: Unit, month: int) -> State:
        """The unit's own subtree; while that is silent, what those had reached whose place it took."""
        own = self.state(self.subtree(unit), month)
        if own.has_spoken:
            return own
        left = self._left_to(unit, month)
        return left if left is not None and left.has_spoken else own

    def _left_to(self, unit: Unit, month: int) -> State | None:
        """The last states of those it took over from by then, added; null where there are none."""
        parts = []
        for link in self.links:
            gone = link.predecessor
            if link.successor_id != unit.pk or link.kind == "split" or gone.closed_on > self.last_days[month]:
                continue
            last = max((m for m, day in self.last_days.items() if m <= month and is_open(gone, day)), default=0)
            if last >= self.first:
                own = self.state(self.subtree(gone), last)
                parts.append(own if own.has_spoken else self._left_to(gone, last) or own)
        return _together(parts) if parts else None

    def held_blocs(self) -> list[tuple[State, Decimal]]:
        """Each bloc with an open member on the last day that counts: what its members and those beneath them said."""
        memberships = BlocMembership.objects.filter(bloc__owner=self.issuer).select_related("unit")
        here = [row for row in memberships if holds(row, self.day) and is_open(row.unit, self.day)]
        return [
            (_together([self.state(self.subtree(row.unit), self.last) for row in here if row.bloc_id == bloc]), minimum)
            for bloc in sorted({row.bloc_id for row in here})
            for minimum in [self.target.minimum]
        ]

    # --- Milestones --------------------------------------------------------------------------

    def milestone(self) -> Verdict:
        """The issuer's own, or how many of those that carry it: done in time by the due day (rule 4)."""
        bodies = [self.issuer] if self.target.carried_by == "issuer_own" else self.carrying()
        told = [done for body in bodies if (done := self._is_done(body)) is not None]
        if not told:
            return Verdict(None, None, None, 0, len(bodies))
        share = Decimal(100 * sum(told)) / len(bodies)
        return Verdict(share, Decimal(sum(told)), Decimal(len(bodies)), len(told), len(bodies))

    def _is_done(self, body: Unit) -> bool | None:
        """From the earliest day on that it gave, or one whose place it took; null where nobody said anything.

        What was done in time may be reported late; who is gone by a month's last day says nothing in it any more.
        """
        bodies = {one.pk: one for one in [body, *self._before(body, self.asked_on)]}
        said = [row for row in self.entries if row.report.unit_id in bodies]
        counted = [
            row
            for row in said
            if self.first <= row.report.period.month <= self.asked
            and is_open(bodies[row.report.unit_id], row.report.period.last_day)
        ]
        days = [row.done_on for row in counted if row.is_done]
        return (bool(days) and min(days) <= self.target.due_on) if counted else None


def _is_silent(row: ProgressEntry) -> bool:
    return row.amount is None and row.numerator is None and row.is_done is None


def _added(parts: Iterable[Decimal | None]) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None


def _together(states: list[State]) -> State:
    return State(
        _added(one.amount for one in states),
        _added(one.numerator for one in states),
        _added(one.denominator for one in states),
        sum(one.reported for one in states),
        sum(one.required for one in states),
    )
