"""What each unit is asked by the two plans, read from the facts alone (domain: Targets, 2).

The portal holds every entry against its own reading of the same rule, so a slip here cannot pass.
"""

from functools import cache

from doan_portal.demo.facts.indicators import INDICATORS
from doan_portal.demo.facts.orientation_kgi import ORIENTATION
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.shapes import IndicatorFact, PlanFact, TargetFact, UnitFact
from doan_portal.demo.facts.units import BRANCHES, GRASSROOTS, KCQ, KGI_ATTACHED, KGI_DISTRICTS, UNITS

INDICATOR = {indicator.key: indicator for indicator in INDICATORS}
UNIT = {unit.code: unit for unit in UNITS}
KIEN_GIANG = KGI_DISTRICTS + KGI_ATTACHED
REPORTING = (UNIT[KCQ], *GRASSROOTS, *BRANCHES, *KIEN_GIANG)


@cache
def asked_of(code: str) -> tuple[IndicatorFact, ...]:
    """The indicators that the unit is asked every month, in the order of the plans."""
    keys: dict[str, None] = {}
    for plan in (RESOLUTION, ORIENTATION):
        for target in plan.targets:
            if target.restates is None and _asks(plan, target, UNIT[code]):
                keys[target.indicator] = None
    return tuple(INDICATOR[key] for key in keys)


def _asks(plan: PlanFact, target: TargetFact, unit: UnitFact) -> bool:
    if unit.code == plan.issuer:
        return target.carried_by in ("issuer_own", "pooled")
    if target.carried_by == "issuer_own" or not unit.code.startswith(f"{plan.issuer}-"):
        return False
    if target.carried_by == "pooled":
        return True
    carrier = _carrier_above(plan, unit)
    if target.carrier_kinds and carrier.kind not in target.carrier_kinds:
        return False
    return carrier is unit or INDICATOR[target.indicator].kind != "milestone"


def _carrier_above(plan: PlanFact, unit: UnitFact) -> UnitFact:
    """The unit itself, or the one above it, that stands directly under the issuer."""
    while unit.parent != plan.issuer:
        assert unit.parent is not None  # noqa: S101 - everything here stands under an issuer
        unit = UNIT[unit.parent]
    return unit
