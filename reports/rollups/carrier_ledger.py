"""The self-audit's own way to the counts of carriers: each one judged in Python, as a figure on a screen is.

A few units at a time: their own verdicts, and what is kept of the units right beneath them, which are looked at
themselves. So a count is right where all beneath it are, and memory holds a few units whatever the size. The totals
that verdicts are made from have their own ``ledger``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Sum

from core import clock
from plans.models import Plan
from reports.enums import Basis
from reports.progress.asked import is_carrier
from targets.enums import Carrier
from targets.models import Target
from units.models import Unit

from .cases import Case, wanted_cases
from .ledger import STRIDE
from .models import CarrierCase, CarrierCount
from .selectors.facts import Facts
from .selectors.figures import counted_to, has_spoken, of_one
from .selectors.gathering import Known, read_facts
from .selectors.judging import Judge
from .windows import Calendar

_CASE = ("case__target_id", "case__target__indicator_id", "case__period_id", "basis", "case__is_late")


class CaseKey(NamedTuple):
    """What a count at some unit is of; the order is that of ``_CASE``."""

    target: int
    indicator: int
    period: int
    basis: str
    is_late: bool


class CarrierFigures(NamedTuple):
    """What a count says."""

    carriers: int
    reached: int
    reported: int
    carried: int
    on_pace: int


Counted = dict[CaseKey, CarrierFigures]
NOBODY = CarrierFigures(0, 0, 0, 0, 0)


class CarrierLedger:
    """Says every count anew, a few units at a time."""

    def __init__(self) -> None:
        self._calendar = Calendar.read()
        self._cases: dict[int, list[Case]] = defaultdict(list)
        for case in wanted_cases(self._calendar):
            self._cases[case.target_id].append(case)
        rows = Target.objects.counted().filter(plan__in=Plan.objects.in_force(), carried_by=Carrier.EACH_UNIT)
        self._targets = list(rows.select_related("plan__unit", "indicator").order_by("pk"))

    def accounts(self, ids: Sequence[int]) -> Iterator[tuple[int, Counted, Counted]]:
        """(Unit's id, what is kept of it, what it comes to) of each of these units; without those of nobody."""
        for first in range(0, len(ids) if self._targets else 0, STRIDE):
            yield from self._of(list(Unit.objects.filter(pk__in=ids[first : first + STRIDE])))

    def _of(self, units: Sequence[Unit]) -> Iterator[tuple[int, Counted, Counted]]:
        ids = [unit.pk for unit in units]
        kept, said = _kept("unit_id", ids), _kept("unit__parent_id", ids)
        for basis in Basis.values:
            known = Known(calendar=self._calendar, targets={target.pk: target for target in self._targets})
            period = self._calendar.periods[-1]
            facts = read_facts(targets=self._targets, units=units, period=period, basis=basis, known=known)
            for target in self._targets:
                for case in self._cases[target.pk]:
                    key = CaseKey(target.pk, target.indicator_id, case.period_id, basis, case.is_late)
                    for unit_id, own in _verdicts(facts, target, case, units):
                        before = said[unit_id].get(key, NOBODY)
                        said[unit_id][key] = CarrierFigures(*map(sum, zip(before, own, strict=True)))
        yield from ((pk, kept[pk], said[pk]) for pk in ids)


def _verdicts(facts: Facts, target: Target, case: Case, units: Sequence[Unit]) -> Iterator[tuple[int, CarrierFigures]]:
    """(Unit's id, its own verdict) of those of the units that carry the target."""
    judge = Judge(facts, clock.now()).as_of(facts.calendar.periods[facts.calendar.place[case.period_id]])
    asked, in_time = judge.facts.asked, not case.is_late
    organisation = facts.organisation(counted_to(facts, target, asked, in_time=in_time))
    for unit in units:
        if unit.path not in organisation.units or not is_carrier(target, unit, organisation):
            continue
        standing = of_one(judge.facts, target, unit, asked, inherits=True, in_time=in_time)
        yield (
            unit.pk,
            CarrierFigures(
                carriers=1,
                reached=int(judge.reaches(target, unit, standing)),
                reported=int(has_spoken(standing)),
                carried=int(standing.figure.carried > 0),
                on_pace=int(in_time and judge.holds_pace(target, unit, standing, asked)),
            ),
        )


def _kept(owner: str, ids: Sequence[int]) -> dict[int, Counted]:
    """Unit's id → the kept counts of it, or added up of those right beneath it as far as its issuer asks them."""
    sums = {f"all_{name}": Sum(name) for name in CarrierFigures._fields}
    rows = CarrierCount.objects.filter(**{f"{owner}__in": ids}, carriers__gt=0).order_by()
    if owner != "unit_id":
        rows = rows.exclude(unit=F("case__target__plan__unit"))
    found: dict[int, Counted] = {pk: {} for pk in ids}
    for pk, *row in rows.values_list(owner, *_CASE).annotate(**sums).iterator():
        found[pk][CaseKey(*row[: len(_CASE)])] = CarrierFigures(*row[len(_CASE) :])
    return found


def orphans() -> Iterator[tuple[int, CaseKey, CarrierFigures]]:
    """Counts of units or cases that are gone."""
    unit, case = Unit.objects.filter(pk=OuterRef("unit_id")), CarrierCase.objects.filter(pk=OuterRef("case_id"))
    rows = CarrierCount.objects.exclude(Q(Exists(unit.order_by())) & Q(Exists(case))).order_by("pk")
    for row in rows.iterator():
        key = CaseKey(target=0, indicator=0, period=0, basis=row.basis, is_late=False)
        yield row.unit_id, key, CarrierFigures(*(getattr(row, name) for name in CarrierFigures._fields))
