"""The questions that screens and documents ask of the totals, each in a fixed number of queries.

Nothing is added up over a subtree here but stored totals; who may see a figure is asked before, by views.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core import clock
from reports.progress.models import Period
from reports.rollups.models import CarrierCount
from targets.enums import Carrier
from targets.models import Target
from units.models import Bloc, Unit

from .figures import of_carriers
from .gathering import Known, read_facts
from .judging import Judge, month_points
from .results import HeatMap, MonthPoint, TargetResult


def target_results(
    *, targets: Sequence[Target], unit: Unit, period: Period, basis: str, now: datetime | None = None
) -> list[TargetResult]:
    """How the targets stand at ``unit`` in ``period``, in their order (domain: Status of a target).

    At the issuer, or a unit above it: the target itself. Beneath it: a carrier's own test, a part
    against what was handed to it, or a contribution without a verdict. ``now`` (default: the clock's)
    decides only whether the due moment has passed.
    """
    return heat_map(targets=targets, units=[unit], period=period, basis=basis, now=now).row(unit)


def heat_map(
    *, targets: Sequence[Target], units: Sequence[Unit], period: Period, basis: str, now: datetime | None = None
) -> HeatMap:
    """How each target stands at each unit; cells that a target does not concern are there too."""
    if not targets or not units:
        return HeatMap(list(units), list(targets), {})
    facts = read_facts(targets=targets, units=units, period=period, basis=basis)
    return cells_of(Judge(facts, now or clock.now()), targets, units)


def cells_of(judge: Judge, targets: Sequence[Target], units: Sequence[Unit]) -> HeatMap:
    """The heat map from facts that were read before."""
    cells = {(unit.pk, target.pk): judge.result(target, unit) for unit in units for target in targets}
    return HeatMap(list(units), list(targets), cells)


def child_results(
    *, target: Target, unit: Unit, period: Period, basis: str, now: datetime | None = None
) -> list[TargetResult]:
    """What the units directly beneath ``unit`` have of a target, in the tree's order; with ``own_result`` it is all.

    Closed units are there as long as they have a figure, open ones where the target concerns them.
    """
    children = list(Unit.objects.filter(parent=unit).order_by("path"))
    if not children:
        return []
    facts = read_facts(targets=[target], units=children, period=period, basis=basis)
    return children_in(Judge(facts, now or clock.now()), target, children)


def children_in(judge: Judge, target: Target, children: Sequence[Unit]) -> list[TargetResult]:
    """``child_results`` from facts that were read before."""
    day = judge.facts.period.last_day
    results = [judge.result(target, child) for child in children]
    return [
        row for row in results if row.concerned and (row.value is not None or row.reported or row.unit.is_open_on(day))
    ]


def own_result(*, target: Target, unit: Unit, period: Period, basis: str) -> TargetResult:
    """What the unit entered itself: its own work, without a verdict (domain: rule 12)."""
    facts = read_facts(targets=[target], units=[unit], period=period, basis=basis, known=Known(own=[unit]))
    return own_in(Judge(facts, clock.now()), target, unit)


def own_in(judge: Judge, target: Target, unit: Unit) -> TargetResult:
    """``own_result`` from facts that were read before, the unit's own entries with them."""
    return Judge(judge.facts.own_work(), judge.now).own_work(target, unit)


def carrier_results(*, target: Target, period: Period, basis: str, now: datetime | None = None) -> list[TargetResult]:
    """Every carrier of an ``each_*`` target by itself, as of the last month that counts; none for other targets.

    Units in the tree's order, blocs by their number (``bloc`` is set, ``unit`` is the issuer).
    """
    issuer, known = target.plan.unit, Known(carriers=True)
    facts = read_facts(targets=[target], units=[issuer], period=period, basis=basis, known=known)
    return carriers_in(Judge(facts, now or clock.now()), target, issuer)


def carriers_in(judge: Judge, target: Target, unit: Unit) -> list[TargetResult]:
    """``carrier_results`` from facts that were read before, the carriers with them, of the unit's subtree."""
    original = judge.facts.targets[target.pk]
    if original.carried_by not in (Carrier.EACH_UNIT, Carrier.EACH_BLOC):
        return []
    carriers = [carrier for carrier, _standing in of_carriers(judge.facts, original, unit, judge.facts.asked)]
    return [
        judge.bloc_result(target, carrier) if isinstance(carrier, Bloc) else judge.result(target, carrier)
        for carrier in carriers
    ]


def bloc_results(
    *, targets: Sequence[Target], unit: Unit, period: Period, basis: str, now: datetime | None = None
) -> dict[tuple[int, int], TargetResult]:
    """(bloc id, target id) → what each bloc of the issuer ``unit`` has of its ``each_bloc`` targets by itself.

    As of the last month that counts: blocs without members then are not there. No query where there is no such target.
    """
    asked = [target for target in targets if target.carried_by == Carrier.EACH_BLOC]
    if not asked:
        return {}
    judge = Judge(read_facts(targets=asked, units=[unit], period=period, basis=basis), now or clock.now())
    found = [(target, row) for target in asked for row in carriers_in(judge, target, unit)]
    return {(row.bloc.pk, target.pk): row for target, row in found if row.bloc is not None}


def number_of_carriers(target: Target, unit: Unit, period: Period, basis: str) -> int:
    """How many carriers of an ``each_unit`` target stand at and beneath the unit, asked for the month. One query."""
    rows = CarrierCount.objects.filter(case__target=target, case__period=period, case__is_late=False)
    return rows.filter(unit=unit, basis=basis).values_list("carriers", flat=True).first() or 0


def shares_in(judge: Judge, target: Target, children: Sequence[Unit]) -> list[TargetResult]:
    """Of an ``each_unit`` target: the share of carriers at and beneath each of the units, where there are any.

    A unit that is the only one is held against the bounds itself.
    """
    original, asked = judge.facts.targets[target.pk], judge.facts.asked
    found = []
    for child in children:
        carriers = judge.facts.counts_of_carriers(original, child, asked).carriers
        if carriers > 1:
            found.append(replace(judge.share(original, child), target=target))
        elif carriers:
            found.append(judge.result(target, child))
    return found


def history(*, targets: Sequence[Target], unit: Unit, period: Period, basis: str) -> dict[int, list[MonthPoint]]:
    """Target id → its figures at ``unit`` month by month, from the target's first month to ``period``."""
    if not targets:
        return {}
    facts = read_facts(targets=targets, units=[unit], period=period, basis=basis)
    return month_points(Judge(facts, clock.now()), targets, unit)
