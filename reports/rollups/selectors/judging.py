"""From figures to results: who is judged, by which bounds, and how it stands.

The verdict itself is ``targets.compliance``. No queries: all from ``Facts``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from reports.progress.asked import is_carrier
from reports.progress.models import Period
from targets.calendar import Month, month_meant
from targets.compliance import (
    Commitment,
    PhaseStep,
    StatusCase,
    carrier_on_pace,
    carrier_reached,
    phased_minimum,
    target_status,
)
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.figures import HUNDRED, Figure
from targets.models import Target
from units.models import Bloc, Unit

from .facts import Facts
from .figures import Standing, counted_to, of_bloc, of_carriers, of_one, share_of
from .results import MonthPoint, TargetResult

Bounds = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Judge:
    """Results of targets at units, as of the period of the facts and the moment ``now``.

    ``shares`` (of blocs), ``standings`` and ``commitments`` keep what was worked out already: months overlap.
    ``tells_status`` false: figures alone are wanted, as for the months of a line.
    """

    facts: Facts
    now: datetime
    shares: dict[tuple[int, int, Month, bool], tuple[Figure, Decimal | None]] = field(default_factory=dict)
    commitments: dict[tuple[int, Decimal | None, Decimal | None], Commitment] = field(default_factory=dict)
    standings: dict[tuple[int, int, Month, bool, bool, bool], Standing] = field(default_factory=dict)
    tells_status: bool = True

    def as_of(self, period: Period) -> "Judge":
        """Judge of an earlier period, from the same facts. Nothing is handed down to blocs, so their shares stay."""
        return Judge(self.facts.as_of(period), self.now, self.shares, standings=self.standings)

    def result(self, shown: Target, unit: Unit) -> TargetResult:
        """How a target stands at a unit: the issuer, one above it, or one beneath it."""
        target = self.facts.targets[shown.pk]
        result = self._result(target, self.seat(target, unit))
        return replace(result, target=shown, unit=unit)

    def seat(self, target: Target, unit: Unit) -> Unit:
        """Who is judged: the issuer where a unit above it looks on."""
        return target.plan.unit if unit.is_above(target.plan.unit) else unit

    def _result(self, target: Target, unit: Unit) -> TargetResult:
        issuer = target.plan.unit
        if unit.pk != issuer.pk and not issuer.is_above(unit):
            return TargetResult(target=target, unit=unit, concerned=False)
        if target.carried_by == Carrier.ISSUER_OWN:
            return self._of_issuer_alone(target, unit)
        if target.carried_by == Carrier.POOLED:
            return self._of_part(target, unit, bounds=self._bounds_of_part(target, unit))
        return self._of_carried(target, unit)

    def _of_issuer_alone(self, target: Target, unit: Unit) -> TargetResult:
        if unit.pk != target.plan.unit_id:
            return TargetResult(target=target, unit=unit, concerned=False)
        return self._of_one(target, unit, (target.minimum, target.maximum))

    def _bounds_of_part(self, target: Target, unit: Unit) -> Bounds | None:
        """What a part of a pooled target is held against; None: nothing was handed to it.

        Quantities bind a part once they are handed down; percentages bind each part as they bind the whole.
        """
        if unit.pk == target.plan.unit_id:
            return target.minimum, target.maximum
        handed = self._handed(target, unit)
        if handed is None and target.indicator.kind == IndicatorKind.RATIO:
            return target.minimum, target.maximum
        return handed

    def _handed(self, target: Target, unit: Unit) -> Bounds | None:
        """The allocation in force on the day of judgement (domain: rule 14); a unit that is gone has none."""
        allocation = self.facts.allocations.get((target.pk, unit.pk))
        if allocation is None or not unit.is_open_on(self.facts.period.last_day):
            return None
        return allocation.minimum, allocation.maximum

    def _of_part(self, target: Target, unit: Unit, *, bounds: Bounds | None) -> TargetResult:
        """A subtree's contribution, with a verdict where it has bounds."""
        if bounds is None:
            standing = self._standing(target, unit, self.facts.asked)
            described = self._described(target, unit, standing, self._added(target, unit, standing))
            return replace(described, concerned=bool(described.required or self.facts.series(target, unit)))
        # A share taken over is judged with what the predecessors gave of it; of a state, only its own counts.
        is_taken_over = self._handed(target, unit) == bounds and target.indicator.over_time == OverTime.SUM
        return self._of_one(target, unit, bounds, inherits=is_taken_over)

    def own_work(self, shown: Target, unit: Unit) -> TargetResult:
        """What the unit entered itself, without what is beneath it and without a verdict (domain: rule 12)."""
        target = self.facts.targets[shown.pk]
        result = self._of_part(target, unit, bounds=None)
        return replace(result, target=shown, required=int(result.required > 0))

    def _of_carried(self, target: Target, unit: Unit) -> TargetResult:
        """``each_unit`` and ``each_bloc``: the share of carriers, one carrier's own test, or a contribution."""
        upto = counted_to(self.facts, target, self.facts.asked, in_time=True)
        is_issuer = unit.pk == target.plan.unit_id
        if target.carried_by == Carrier.EACH_BLOC:
            return self.share(target, unit) if is_issuer else self._of_member(target, unit, upto)
        counts = self.facts.counts_of_carriers(target, unit, self.facts.asked)
        organisation = self.facts.organisation(upto)
        if unit.path in organisation.units and is_carrier(target, unit, organisation):
            result = self._of_one(target, unit, self.bounds_of_carrier(target, unit), inherits=True)
        elif is_issuer or counts.carriers:
            result = self.share(target, unit)
        else:
            return self._of_member(target, unit, upto)
        if counts.carriers or result.is_share:
            return replace(result, carriers=counts.carriers, carriers_reached=counts.reached)
        # Its plan was issued a moment ago and its carriers are not counted yet: the unit by itself.
        standing = self._standing(target, unit, self.facts.asked, inherits=True)
        return replace(result, carriers=1, carriers_reached=int(self.reaches(target, unit, standing)))

    def _of_member(self, target: Target, unit: Unit, upto: Month) -> TargetResult:
        """A unit beneath a carrier or in a bloc: what it contributes, if it is asked at all."""
        if not self.facts.required(target, unit, upto):
            return TargetResult(target=target, unit=unit, concerned=False)
        return self._of_part(target, unit, bounds=self._handed(target, unit))

    def bounds_of_carrier(self, target: Target, carrier: Unit | Bloc) -> Bounds:
        handed = self._handed(target, carrier) if isinstance(carrier, Unit) else None
        return handed or (target.minimum, target.maximum)

    # --- One unit or bloc against bounds -----------------------------------------------------

    def _of_one(self, target: Target, unit: Unit, bounds: Bounds, *, inherits: bool = False) -> TargetResult:
        asked = self.facts.asked
        standing = self._standing(target, unit, asked, inherits=inherits)
        late = (
            self._standing(target, unit, asked, inherits=inherits, in_time=False) if self._may_be_late(target) else None
        )
        before = self._standing(target, unit, asked.plus(-1), inherits=inherits)
        return self.one(target, unit, unit, standing, late=late, before=before, bounds=bounds)

    def _standing(
        self, target: Target, unit: Unit, asked: Month, *, inherits: bool = False, in_time: bool = True
    ) -> Standing:
        """``of_one``, worked out once for each month: what one month ends with the next one begins with."""
        key = (target.pk, unit.pk, asked, inherits, in_time, self.facts.is_own_work)
        if key not in self.standings:
            self.standings[key] = of_one(self.facts, target, unit, asked, inherits=inherits, in_time=in_time)
        return self.standings[key]

    def _may_be_late(self, target: Target) -> bool:
        """Whether the period asked lies after the due period: only then something can be late."""
        return self.tells_status and self.facts.asked > self.facts.window(target).last

    def one(
        self,
        target: Target,
        unit: Unit,
        carrier: Unit | Bloc,
        standing: Standing,
        *,
        late: Standing | None,
        before: Standing,
        bounds: Bounds,
    ) -> TargetResult:
        """One unit's or bloc's figure held against bounds of its own."""
        alone = self.commitment(target, bounds).for_one_carrier()
        phase = self._phase(target, bounds[0], self.facts.asked) if self.tells_status else None
        added_now = self._added(target, carrier, standing, before)
        described = self._described(target, unit, standing, added_now)
        described = replace(described, bloc=carrier if isinstance(carrier, Bloc) else None)
        return self._judged(described, alone, standing.figure, late.figure if late else None, phase=phase)

    # --- The share of carriers ---------------------------------------------------------------

    def share(self, target: Target, unit: Unit) -> TargetResult:
        """The share of carriers in the unit's subtree, against the share required (domain: rule 7)."""
        asked = self.facts.asked
        figure, on_pace = self.share_at(target, unit, asked)
        late = self.share_at(target, unit, asked, in_time=False)[0] if self._may_be_late(target) else None
        before, _on_pace = self.share_at(target, unit, asked.plus(-1))
        added_now = self._difference(target, Standing(figure), Standing(before))
        described = replace(self._described(target, unit, Standing(figure), added_now), is_share=True)
        return self._judged(described, self.commitment(target), figure, late, share_on_pace=on_pace)

    def share_at(
        self, target: Target, unit: Unit, asked: Month, *, in_time: bool = True
    ) -> tuple[Figure, Decimal | None]:
        """The share of carriers when asked for a month, and how many percent of them hold the phases then.

        Each month by the bounds that were in force on its own day of judgement.
        """
        if target.carried_by == Carrier.EACH_UNIT:
            counts = self.facts.counts_of_carriers(target, unit, asked, in_time=in_time)
            is_phased = bool(counts.carriers) and target.pk in self.facts.phases
            return counts.figure, HUNDRED * counts.on_pace / counts.carriers if is_phased else None
        key = (target.pk, unit.pk, asked, in_time)
        if key not in self.shares:
            self.shares[key] = self.share_worked_out(target, unit, asked, in_time=in_time)
        return self.shares[key]

    def share_worked_out(
        self, target: Target, unit: Unit, asked: Month, *, in_time: bool = True
    ) -> tuple[Figure, Decimal | None]:
        """The same from the totals of each carrier or bloc, which the facts must hold."""
        carriers = of_carriers(self.facts, target, unit, asked, in_time=in_time)
        figure = share_of(carriers, lambda carrier, standing: self.reaches(target, carrier, standing))
        return figure, self._share_on_pace(target, carriers, asked)

    def holds_pace(self, target: Target, carrier: Unit | Bloc, standing: Standing, asked: Month) -> bool:
        """Whether one carrier holds what phases or, for a sum, linear pace ask of it by then; of others, as reached."""
        bounds = self.bounds_of_carrier(target, carrier)
        phase, commitment = self._phase(target, bounds[0], asked), self.commitment(target, bounds)
        if phase is not None:
            return carrier_on_pace(standing.figure, phase)
        if target.indicator.over_time != OverTime.SUM or commitment.is_limit:
            return carrier_reached(commitment, standing.figure)
        window, value = self.facts.window(target), standing.figure.value
        counted = window.counted_at(asked)
        minimum = (bounds[0] or Decimal(0)) * (len(counted) if counted else 0)
        return not minimum or (value is not None and value * len(window) >= minimum)

    def bloc_result(self, shown: Target, bloc: Bloc) -> TargetResult:
        """One bloc of an ``each_bloc`` target by itself."""
        target, asked = self.facts.targets[shown.pk], self.facts.asked
        issuer = target.plan.unit

        def standing(month: Month, *, in_time: bool = True) -> Standing:
            upto = counted_to(self.facts, target, month, in_time=in_time)
            return of_bloc(self.facts, target, bloc, self.facts.blocs(target, upto).get(bloc, []), upto)

        bounds = (target.minimum, target.maximum)
        late = standing(asked, in_time=False) if self._may_be_late(target) else None
        before = standing(asked.plus(-1))
        result = self.one(target, issuer, bloc, standing(asked), late=late, before=before, bounds=bounds)
        return replace(result, target=shown)

    def reaches(self, target: Target, carrier: Unit | Bloc, standing: Standing) -> bool:
        """Whether one carrier counts as having reached the target."""
        return carrier_reached(self.commitment(target, self.bounds_of_carrier(target, carrier)), standing.figure)

    def _share_on_pace(
        self, target: Target, carriers: list[tuple[Unit | Bloc, Standing]], asked: Month
    ) -> Decimal | None:
        if not carriers or target.pk not in self.facts.phases:
            return None
        holding = sum(self.holds_pace(target, carrier, standing, asked) for carrier, standing in carriers)
        return HUNDRED * holding / len(carriers)

    # --- What all have in common -------------------------------------------------------------

    def commitment(self, target: Target, bounds: Bounds | None = None) -> Commitment:
        """The target as arithmetic sees it, with bounds of its own or of one that carries it."""
        minimum, maximum = bounds or (target.minimum, target.maximum)
        key = (target.pk, minimum, maximum)
        if key not in self.commitments:
            indicator = target.indicator
            self.commitments[key] = Commitment(
                kind=indicator.kind,
                over_time=indicator.over_time,
                carried_by=target.carried_by,
                minimum=minimum,
                maximum=maximum,
                required_share=target.required_share,
                in_wholes=indicator.is_whole,
            )
        return self.commitments[key]

    def _phase(self, target: Target, minimum: Decimal | None, asked: Month) -> Decimal | None:
        """What the phases up to then ask; of a share handed down, as much of it as they ask of the whole."""
        phases = self.facts.phases.get(target.pk, ())
        steps = [PhaseStep(month_meant(row.due_on, self.facts.calendar.spans), row.minimum) for row in phases]
        phase = phased_minimum(steps, min(asked, self.facts.window(target).last))
        if phase is None or minimum == target.minimum or not target.minimum or minimum is None:
            return phase
        return phase * minimum / target.minimum

    def _described(self, target: Target, unit: Unit, standing: Standing, in_period: Decimal | None) -> TargetResult:
        figure = standing.figure
        return TargetResult(
            target=target,
            unit=unit,
            value=figure.value,
            numerator=figure.made_of.numerator if figure.made_of else None,
            denominator=figure.made_of.denominator if figure.made_of else None,
            in_period=in_period,
            reported=figure.reported,
            required=figure.required,
            carried=figure.carried,
            done_on=standing.done_on,
            inherited=standing.inherited,
        )

    def _added(
        self, target: Target, owner: Unit | Bloc, now: Standing, before: Standing | None = None
    ) -> Decimal | None:
        """What the period asked added: of a sum its own amount, of a state its change; None outside the window."""
        asked = self.facts.asked
        if asked not in self.facts.window(target):
            return None
        if target.indicator.over_time == OverTime.SUM:
            total = self.facts.series(target, owner).get(asked)
            return total.amount if total else None
        if before is None and isinstance(owner, Unit):
            before = self._standing(target, owner, asked.plus(-1))
        return self._difference(target, now, before)

    def _difference(self, target: Target, now: Standing, before: Standing | None) -> Decimal | None:
        if self.facts.asked not in self.facts.window(target) or now.number is None:
            return None
        return now.number - ((before.number if before else None) or Decimal(0))

    def _judged(
        self,
        described: TargetResult,
        commitment: Commitment,
        figure: Figure,
        late: Figure | None,
        *,
        phase: Decimal | None = None,
        share_on_pace: Decimal | None = None,
    ) -> TargetResult:
        if not self.tells_status:
            return described
        target, asked = described.target, self.facts.asked
        window = self.facts.window(target)
        counted = window.counted_at(asked)
        verdict = target_status(
            StatusCase(
                commitment=commitment,
                figure=figure,
                periods_elapsed=len(counted) if counted else 0,
                periods_total=len(window),
                due_period_ended=window.has_ended_at(asked),
                due_moment_passed=self._due_moment_passed(target, described.unit),
                phase_expected=phase,
                share_on_pace=share_on_pace,
                later=late,
            )
        )
        return replace(
            described,
            minimum=commitment.minimum,
            maximum=commitment.maximum,
            status=verdict.status,
            completion=verdict.completion,
            expected=verdict.expected,
            reached_late=verdict.done_late,
            late=late,
        )

    def _due_moment_passed(self, target: Target, unit: Unit) -> bool:
        """By the deadline of the unit that is judged, in the target's due period; before, nothing hangs on it."""
        last = self.facts.window(target).last
        period = self.facts.calendar.by_month.get(last) if last <= self.facts.asked else None
        return period is not None and self.now > self.facts.deadlines.of(unit, period).due_moment


def month_points(judge: Judge, targets: Sequence[Target], unit: Unit) -> dict[int, list[MonthPoint]]:
    """Target id → the result of each month from its first to the one asked."""
    facts = judge.facts
    found: dict[int, list[MonthPoint]] = {target.pk: [] for target in targets}
    for month, row in facts.calendar.by_month.items():
        then = replace(judge, facts=replace(facts, period=row), tells_status=False)
        for target in targets:
            if facts.window(facts.targets[target.pk]).first <= month <= facts.asked:
                result = then.result(target, unit)
                point = MonthPoint(row, result.value, result.numerator, result.denominator, result.in_period)
                found[target.pk].append(point)
    return found
