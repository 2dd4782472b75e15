"""What the leader's pages read beside the totals: whose unit it is, and which targets are shown there.

Totals are read through ``reports.rollups.selectors``; nothing is added up here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Q
from django.http import Http404

from accounts import scope
from accounts.enums import RoleName
from accounts.models import User
from plans.models import Plan
from targets.calendar import month_meant
from targets.models import Phase, Target
from targets.selectors import targets_visible_to
from units.models import Unit
from units.selectors import ancestors_and_self

from .choice import Choice

OWN_ROLES = (RoleName.LEADER, RoleName.OFFICER, RoleName.SECRETARY)


def own_unit(user: User) -> Unit | None:
    """Return the unit that the person leads, else works for, else the first of the bloc headed; null where none."""
    grants = [grant for grant in scope.grants_of(user) if grant.bloc_id is None]
    for name in OWN_ROLES:
        places = sorted((grant for grant in grants if grant.name == name), key=lambda grant: grant.path)
        if places:
            return Unit.objects.get(pk=places[0].unit_id)
    return scope.bloc_members_of(user).order_by("path").first()


@dataclass(frozen=True)
class TargetsAt:
    """The targets to show at a unit: those of its own plans, of bodies above, and restatements that count nowhere.

    ``only_plan``, ``only_target``: to what they were narrowed, where that left others out.
    """

    own: list[Target]
    superior: list[Target]
    restating: list[Target]
    only_plan: Plan | None = None
    only_target: Target | None = None

    @property
    def all(self) -> list[Target]:
        return [*self.own, *self.superior]

    def of_plan(self, plan_id: str) -> "TargetsAt":
        """Those of one plan; all of them where none is asked, or none of that plan is here."""
        kept = self._where(lambda row: str(row.plan_id) == plan_id)
        return self if kept is None else replace(kept, only_plan=kept.all[0].plan)

    def of_target(self, target_id: str) -> "TargetsAt":
        """One target alone; all of them where none is asked, or that one is not here."""
        kept = self._where(lambda row: str(row.pk) == target_id)
        return self if kept is None else replace(kept, only_target=kept.all[0])

    def _where(self, holds: Callable[[Target], bool]) -> "TargetsAt | None":
        """Those for which it holds; null where that leaves none, or all."""
        own, superior, restating = (
            [row for row in rows if holds(row)] for rows in (self.own, self.superior, self.restating)
        )
        kept = replace(self, own=own, superior=superior, restating=restating)
        return kept if 0 < len(kept.all) < len(self.all) else None


def targets_at(user: User, unit: Unit, choice: Choice) -> TargetsAt:
    """Return the targets of plans in force of the unit, and of bodies above it, whose term covers the month.

    Only those of plans that exist for the person. Whether one of a body above concerns the unit say the results.
    """
    rows = _read_targets(user, unit, Q())
    spans = choice.spans
    current = [
        row
        for row in rows
        if month_meant(row.plan.starts_on, spans) <= choice.month <= month_meant(row.plan.ends_on, spans)
    ]
    counted = [row for row in current if row.restates_id is None]
    return TargetsAt(
        own=[row for row in counted if row.plan.unit_id == unit.pk],
        superior=[row for row in counted if row.plan.unit_id != unit.pk],
        restating=[row for row in current if row.restates_id is not None and row.plan.unit_id == unit.pk],
    )


def target_or_404(user: User, unit: Unit, target_id: int) -> Target:
    """Return a target of a plan in force of the unit or of a body above it. Raises ``Http404`` for any other.

    One that restates another brings it along.
    """
    rows = {row.pk: row for row in _read_targets(user, unit, Q(pk=target_id) | Q(restated_by=target_id))}
    if target_id not in rows:
        raise Http404(target_id)
    return rows[target_id]


def _read_targets(user: User, unit: Unit, wanted: Q) -> list[Target]:
    """Targets of plans in force of the unit and of bodies above it, as far as they exist for the person.

    One query, and one more where a target restates one that is in none of these plans. Each with its phases: one row
    a phase, which saves asking for them separately.
    """
    known = targets_visible_to(user).filter(
        wanted, plan__in=Plan.objects.in_force(), plan__unit__in=ancestors_and_self(unit).order_by().values("pk")
    )
    rows: Iterable[Any] = (
        known.select_related("plan__unit", "indicator", "section")
        .defer("plan__text", "plan__recipients")
        .annotate(phase=F("phases__pk"), phase_due=F("phases__due_on"), phase_minimum=F("phases__minimum"))
        .order_by("plan__unit__path", "plan__starts_on", "plan", "order", "phases__due_on")
    )
    found: dict[int, Target] = {}
    phases: dict[int, list[Phase]] = defaultdict(list)
    for row in rows:
        found.setdefault(row.pk, row)
        if row.phase is not None and all(one.pk != row.phase for one in phases[row.pk]):
            phases[row.pk].append(
                Phase(pk=row.phase, target_id=row.pk, due_on=row.phase_due, minimum=row.phase_minimum)
            )
    for target in found.values():
        # As if by ``prefetch_related``.
        vars(target)["_prefetched_objects_cache"] = {"phases": phases[target.pk]}
    _bind_restated(found)
    return list(found.values())


def _bind_restated(found: dict[int, Target]) -> None:
    """Give each target that restates another that one; a query more where one stands in none of the plans read."""
    restating = {target.pk: target.restates_id for target in found.values() if target.restates_id is not None}
    elsewhere = set(restating.values()) - set(found)
    others = Target.objects.filter(pk__in=elsewhere).select_related("plan__unit", "indicator").defer("plan__text")
    known = {**found, **({other.pk: other for other in others} if elsewhere else {})}
    for pk, restated in restating.items():
        found[pk].restates = known[restated]


def phases_of(targets: Iterable[Target]) -> dict[int, list[Phase]]:
    """Return target id → its phases in the order of time, of targets that brought them along."""
    return {target.pk: list(target.phases.all()) for target in targets if target.phases.all()}
