"""Which superior plans ask something of a person's units through their targets (domain: Targets, 2).

Registered with ``plans.askers``. Undated: a plan that once asked something stays readable. Who owes which period is
not here but in ``reports.progress``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from plans.enums import ISSUED_STATES
from units.models import BlocMembership, Unit

from .enums import Carrier, IndicatorKind, Reach
from .models import Target


@dataclass(frozen=True)
class _Shape:
    """What matters of a unit here. ``is_own``: it stands in the person's reach, not above it."""

    path: str
    kind: str
    is_own: bool


@dataclass(frozen=True)
class _Reach:
    """The person's reach: shapes of units in it and above it, whether any reports, and the blocs' members."""

    shapes: list[_Shape]
    reporting: list[str]
    members: list[tuple[str, str]]

    @classmethod
    def of(cls, paths: Sequence[str], above: set[str]) -> "_Reach":
        inside = Q()
        for path in paths:
            inside |= Q(path__startswith=path)
        own = list(Unit.objects.filter(inside).values_list("path", "kind", "is_reporting"))
        shapes = [_Shape(path, kind, True) for path, kind, _reports in own]
        shapes += [_Shape(unit.path, unit.kind, False) for unit in Unit.objects.filter(path__in=above)]
        memberships = BlocMembership.objects.filter(bloc__owner__path__in=above)
        return cls(
            shapes=shapes,
            reporting=[path for path, _kind, reports in own if reports],
            members=list(memberships.values_list("bloc__owner__path", "unit__path")),
        )

    def is_asked(self, target: Target) -> bool:
        issuer = target.plan.unit.path
        if target.carried_by == Carrier.POOLED:
            return any(path.startswith(issuer) for path in self.reporting)
        asks_beneath = target.indicator.kind != IndicatorKind.MILESTONE
        return any(self._holds(path, asks_beneath) for path in self._carriers(target, issuer))

    def _carriers(self, target: Target, issuer: str) -> list[str]:
        """Paths of the target's carriers among the units in the reach and above it."""
        if target.carried_by == Carrier.EACH_BLOC:
            return [unit for owner, unit in self.members if owner == issuer]
        direct = len(issuer) + Unit.steplen
        return [
            shape.path
            for shape in self.shapes
            if shape.path.startswith(issuer)
            and shape.path != issuer
            and (target.carrier_reach == Reach.ALL or len(shape.path) == direct)
            and (not target.carrier_kinds or shape.kind in target.carrier_kinds)
        ]

    def _holds(self, carrier: str, asks_beneath: bool) -> bool:
        """Whether the carrier stands in the reach, or a reporting unit of the reach stands beneath it and is asked."""
        if any(shape.is_own and shape.path == carrier for shape in self.shapes):
            return True
        return asks_beneath and any(path.startswith(carrier) for path in self.reporting)


def plans_that_ask(paths: Sequence[str]) -> Q:
    """Return the condition on ``Plan``: its targets ask something of the units at ``paths`` or beneath them."""
    above = {path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)}
    if not above:
        return Q(pk__in=[])
    targets = Target.objects.counted().filter(plan__unit__path__in=above, plan__state__in=ISSUED_STATES)
    asking = list(targets.exclude(carried_by=Carrier.ISSUER_OWN).select_related("plan__unit", "indicator").order_by())
    if not asking:
        return Q(pk__in=[])
    reach = _Reach.of(paths, above)
    return Q(pk__in={target.plan_id for target in asking if reach.is_asked(target)})
