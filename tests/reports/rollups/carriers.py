"""Shares of carriers as they are kept, and as they come out in Python carrier by carrier from the stored totals."""

from django.db.models import Max, Q

from core import clock
from plans.models import Plan
from reports.enums import Basis
from reports.progress.models import Period
from reports.rollups.models import CarrierCount
from reports.rollups.selectors import Judge, Known, read_facts
from reports.rollups.selectors.figures import of_carriers
from targets.models import Target
from units.models import Unit

# target, unit's code, month, late, basis → carriers, reached, reported, carried, on pace
Counts = dict[tuple[int, str, int, bool, str], tuple[int, ...]]


def kept_counts() -> Counts:
    """All kept counts; where no carrier is left there is none."""
    rows = CarrierCount.objects.filter(carriers__gt=0).select_related("unit", "case__period")
    return {
        (row.case.target_id, row.unit.code, row.case.period.month, row.case.is_late, row.basis): (
            *(row.carriers, row.reached, row.reported, row.carried),
            row.on_pace,
        )
        for row in rows
    }


def worked_out_counts() -> Counts:
    """The same of all targets in force, units and months of 2024 up to the newest one that was opened or reported on;

    the targets' terms must be that year's.
    """
    wanted = Target.objects.counted().filter(plan__in=Plan.objects.in_force(), carried_by="each_unit")
    targets = list(wanted.select_related("plan__unit", "indicator"))
    begun = Period.objects.filter(Q(opened_at__isnull=False) | Q(reports__isnull=False))
    newest = begun.aggregate(month=Max("month", default=0))["month"]
    units, periods = list(Unit.objects.all()), list(Period.objects.filter(month__lte=newest).order_by("month"))
    found: Counts = {}
    for basis in Basis.values:
        if not targets or not periods:
            break
        facts = read_facts(targets=targets, units=units, period=periods[-1], basis=basis, known=Known(carriers=True))
        for period in periods:
            judge = Judge(facts, clock.now()).as_of(period)
            for target in targets:
                late = [False, True] if judge.facts.asked > facts.window(target).last else [False]
                for unit in units:
                    for is_late in late:
                        counts = _counted(judge, target, unit, is_late)
                        if counts[0]:
                            found[target.pk, unit.code, period.month, is_late, basis] = counts
    return found


def _counted(judge: Judge, target: Target, unit: Unit, is_late: bool) -> tuple[int, ...]:
    if not (unit == target.plan.unit or target.plan.unit.is_above(unit)):
        return (0,)
    asked = judge.facts.asked
    carriers = of_carriers(judge.facts, target, unit, asked, in_time=not is_late)
    figure, _on_pace = judge.share_worked_out(target, unit, asked, in_time=not is_late)
    reached = sum(judge.reaches(target, carrier, standing) for carrier, standing in carriers)
    on_pace = 0 if is_late else sum(judge.holds_pace(target, *carrier, asked) for carrier in carriers)
    return figure.required, reached, figure.reported, figure.carried, on_pace
