"""Where targets are expected to land: what ``targets.forecast`` is asked, from ``Facts``.

No queries: the totals of the year before are read with those of this year. Nothing later than the month asked is
looked at, whatever is known by now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.rollups.totals import Total
from targets.calendar import Month, Window, month_meant
from targets.compliance import Commitment, PhaseStep
from targets.enums import Carrier, IndicatorKind, OverTime
from targets.figures import Figure, Ratio
from targets.forecast import (
    CarrierOutlook,
    CountCase,
    ForecastCase,
    MonthSoFar,
    Outlook,
    ShareCase,
    forecast,
    forecast_counts,
    forecast_share,
    planned_months,
)
from targets.models import Target
from units.models import Bloc, Unit

from .facts import Facts
from .figures import Standing, of_bloc, of_carriers, of_one
from .judging import Bounds, Judge
from .results import TargetResult


def forecasts_in(judge: Judge, results: Iterable[TargetResult]) -> dict[int, Outlook]:
    """Target id → where it lands at its result's unit; without those that nothing judges there.

    ``results`` are the judge's own, one a target.
    """
    forecaster = Forecaster(judge)
    found = {result.target.pk: forecaster.outlook(result) for result in results}
    return {target_id: outlook for target_id, outlook in found.items() if outlook is not None}


@dataclass(frozen=True)
class Forecaster:
    """Forecasts for results of the judge, as of the month asked."""

    judge: Judge

    @property
    def facts(self) -> Facts:
        return self.judge.facts

    def outlook(self, result: TargetResult) -> Outlook | None:
        """Where the target lands at the result's unit or bloc; null where nothing judges it there."""
        if result.status is None:
            return None
        target = self.facts.targets[result.target.pk]
        seat = self.judge.seat(target, result.unit)
        if result.is_share:
            return self._share(target, seat, result)
        ratio = (
            Ratio(result.numerator, result.denominator) if result.numerator is not None and result.denominator else None
        )
        figure = Figure(result.value, result.reported, result.required, made_of=ratio)
        return forecast(self._case_of_one(target, result.bloc or seat, figure, (result.minimum, result.maximum)))

    # --- One unit or bloc ---------------------------------------------------------------------

    def _case_of_one(self, target: Target, owner: Unit | Bloc, figure: Figure, bounds: Bounds) -> ForecastCase:
        return self._case(
            target,
            self.judge.commitment(target, bounds).for_one_carrier(),
            tuple(self._so_far(target, owner, month) for month in self._months(target)),
            reached=figure.value,
            whole=figure.made_of.denominator if figure.made_of else None,
            last_year=self._last_year(target, owner),
            planned=self._planned(target, bounds[0]),
        )

    def _so_far(self, target: Target, owner: Unit | Bloc, month: Month) -> MonthSoFar:
        """Of a sum what the month added, else how it stood."""
        if target.indicator.over_time == OverTime.SUM:
            total = self.facts.series(target, owner).get(month)
            reported, required = total.reported if total else 0, self._required(target, owner, month)
            return MonthSoFar(_amount(total), reported, required)
        standing = (
            of_bloc(self.facts, target, owner, self._members(target, owner, month), month)
            if isinstance(owner, Bloc)
            else of_one(self.facts, target, owner, month)
        )
        return MonthSoFar(standing.figure.value, standing.figure.reported, standing.figure.required)

    def _required(self, target: Target, owner: Unit | Bloc, month: Month) -> int:
        units = self._members(target, owner, month) if isinstance(owner, Bloc) else [owner]
        return sum(self.facts.required(target, unit, month) for unit in units)

    def _members(self, target: Target, bloc: Bloc, month: Month) -> list[Unit]:
        return self.facts.blocs(target, month).get(bloc, [])

    def _last_year(self, target: Target, owner: Unit | Bloc) -> tuple[Decimal | None, ...]:
        """What the same months added before; of a window beyond a year, the newest that is known by the month asked."""
        if target.indicator.over_time != OverTime.SUM:
            return ()
        series = self.facts.series(target, owner)
        return tuple(_amount(series.get(self._year_before(month))) for month in self.facts.window(target))

    def _year_before(self, month: Month) -> Month:
        earlier = month.plus(-12)
        while earlier > self.facts.asked:
            earlier = earlier.plus(-12)
        return earlier

    def _planned(self, target: Target, minimum: Decimal | None) -> tuple[Decimal, ...]:
        """What the phases ask of each month; of a share handed down, as much of it as they ask of the whole."""
        spans = self.facts.calendar.spans
        part = minimum / target.minimum if minimum and target.minimum else Decimal(1)
        phases = self.facts.phases.get(target.pk, ())
        steps = [PhaseStep(month_meant(row.due_on, spans), row.minimum * part) for row in phases]
        return planned_months(steps, self.facts.window(target))

    # --- Shares of carriers -------------------------------------------------------------------

    def _share(self, target: Target, unit: Unit, result: TargetResult) -> Outlook:
        commitment = self.judge.commitment(target)
        months = tuple(self._share_so_far(target, unit, month) for month in self._months(target))
        if target.indicator.kind == IndicatorKind.MILESTONE:
            case = self._case(target, commitment, months, reached=result.numerator, whole=result.denominator)
            return forecast(case)
        if target.carried_by == Carrier.EACH_UNIT:
            return self._counted(target, unit, months)
        return forecast_share(
            ShareCase(
                commitment=commitment,
                carriers=[] if commitment.is_limit else self._blocs(target, unit),
                months=months,
                months_left=self._months_left(target),
                due_on=target.due_on,
            )
        )

    def _share_so_far(self, target: Target, unit: Unit, month: Month) -> MonthSoFar:
        figure, _on_pace = self.judge.share_at(target, unit, month)
        return MonthSoFar(figure.made_of.numerator if figure.made_of else None, figure.reported, figure.required)

    def _counted(self, target: Target, unit: Unit, months: tuple[MonthSoFar, ...]) -> Outlook:
        """Units may be very many: how many stand how says it, and no carrier's own months are read."""
        counts = self.facts.counts_of_carriers(target, unit, self.facts.asked)
        return forecast_counts(
            CountCase(
                commitment=self.judge.commitment(target),
                months=months,
                months_left=self._months_left(target),
                due_on=target.due_on,
                carriers=counts.carriers,
                reported=counts.reported,
                reached=counts.reached,
                on_pace=counts.on_pace,
            )
        )

    def _blocs(self, target: Target, unit: Unit) -> list[CarrierOutlook]:
        standings = of_carriers(self.facts, target, unit, self.facts.asked)
        return [self._carrier(target, carrier, standing) for carrier, standing in standings]

    def _carrier(self, target: Target, carrier: Unit | Bloc, standing: Standing) -> CarrierOutlook:
        has_reached = self.judge.reaches(target, carrier, standing)
        if has_reached and target.indicator.over_time == OverTime.SUM:
            return CarrierOutlook(has_reached)
        bounds = self.judge.bounds_of_carrier(target, carrier)
        return CarrierOutlook(has_reached, forecast(self._case_of_one(target, carrier, standing.figure, bounds)))

    # --- What all have in common --------------------------------------------------------------

    def _case(
        self,
        target: Target,
        commitment: Commitment,
        months: tuple[MonthSoFar, ...],
        *,
        reached: Decimal | None,
        whole: Decimal | None,
        last_year: tuple[Decimal | None, ...] = (),
        planned: tuple[Decimal, ...] = (),
    ) -> ForecastCase:
        return ForecastCase(
            commitment=commitment,
            months=months,
            months_left=self._months_left(target),
            due_on=target.due_on,
            reached=reached,
            whole=whole,
            last_year=last_year,
            planned=planned,
        )

    def _months(self, target: Target) -> Window | tuple[()]:
        return self.facts.window(target).counted_at(self.facts.asked) or ()

    def _months_left(self, target: Target) -> int:
        window = self.facts.window(target)
        counted = window.counted_at(self.facts.asked)
        return len(window) - (len(counted) if counted else 0)


def _amount(total: Total | None) -> Decimal | None:
    return None if total is None else total.amount
