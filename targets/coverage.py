"""Which units below have made a superior plan's targets concrete; registered with ``plans.versions.coverage``."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import clock
from plans.versions.coverage import Answer, Group, Item, Question
from units.models import BlocMembership, Unit
from units.selectors import split_off_units

from .enums import Carrier, Reach
from .models import Target
from .selectors import targets_of
from .wording import bounds_text


@dataclass(frozen=True)
class _Beneath:
    """The open units beneath the issuer: which directly-below unit each stands in, and who is in a bloc."""

    units: list[Unit]
    head_of: Mapping[int, int]
    in_bloc: frozenset[int]
    split_off: set[int]

    @classmethod
    def of(cls, question: Question) -> "_Beneath":
        plan, day = question.plan, min(clock.today(), question.plan.ends_on)
        heads = {unit.path: unit.pk for unit in question.units}
        length = len(plan.unit.path) + Unit.steplen
        known = Unit.objects.under(plan.unit).exclude(pk=plan.unit_id)
        units = [unit for unit in known.open_on(day).order_by("path") if unit.path[:length] in heads]
        members = BlocMembership.objects.on(day).filter(bloc__owner=plan.unit_id).values_list("unit", flat=True)
        return cls(
            units, {unit.pk: heads[unit.path[:length]] for unit in units}, frozenset(members), split_off_units(known)
        )

    def asked(self, target: Target) -> frozenset[int]:
        """Ids of the units directly below in which somebody is asked (domain: Targets, 2)."""
        return frozenset(self.head_of[unit.pk] for unit in self.units if self._carries(target, unit))

    def _carries(self, target: Target, unit: Unit) -> bool:
        if target.carried_by == Carrier.POOLED:
            return unit.is_reporting
        if target.carried_by == Carrier.EACH_BLOC:
            return unit.pk in self.in_bloc
        if target.carried_by != Carrier.EACH_UNIT:
            return False
        is_direct = self.head_of[unit.pk] == unit.pk
        if (target.carrier_reach != Reach.ALL and not is_direct) or (
            target.carrier_kinds and unit.kind not in target.carrier_kinds
        ):
            return False
        return unit.pk not in self.split_off or target.starts_on >= unit.opened_on


def targets_covered(question: Question) -> Group:
    """Return the plan's targets, restatements left out; a target on the same indicator in a unit's plan answers one."""
    beneath = _Beneath.of(question)
    answers: dict[int, dict[int, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    own = Target.objects.counted().filter(plan__in=question.plan_ids).select_related("plan", "indicator")
    for target in own.order_by("plan", "order"):
        words = f"{target.code} {target.name}: {bounds_text(target)}"
        answers[target.indicator_id][target.plan.unit_id].append(
            Answer.in_plan(target.plan_id, words, f"t-{target.pk}")
        )
    items = [
        Item(
            key=f"t{target.pk}",
            code=target.code,
            name=target.name,
            words=bounds_text(target),
            asked=beneath.asked(target),
            answers=answers.get(target.indicator_id, {}),
        )
        for target in targets_of(question.plan)
        if target.restates_id is None
    ]
    return Group(_("Targets"), items)
