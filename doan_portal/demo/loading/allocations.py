"""The shares handed down: five targets over the grassroots units by headcount, one changed in July."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core import clock
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.units import KCQ
from targets.models import Target
from targets.services import allocate
from targets.sharing.splitting import split
from units.models import Unit
from units.selectors import members_beneath

from .world import World, at

HANDED_DOWN = ("1.3c", "1.6a", "1.6b", "1.7", "1.8a")
HANDED_DOWN_ON = date(2024, 1, 15)
# One union hands its share of blood on to its branches.
HANDED_ON, HANDED_ON_BY, HANDED_ON_DAY = "1.7", f"{KCQ}-047", date(2024, 2, 1)
# And the share of the largest college was raised from July on.
CHANGED, CHANGED_FOR, CHANGED_ON, RAISED_BY = "1.7", f"{KCQ}-046", date(2024, 7, 1), 4


def hand_down(world: World) -> None:
    """Hand five targets down on 15/1; a unit whose share comes to nothing is handed none."""
    union = world.units[KCQ]
    units = [unit for unit in world.units.values() if unit.parent_id == union.pk]
    with clock.travel_to(at(HANDED_DOWN_ON, 10, 0)):
        for target in _targets(HANDED_DOWN):
            shares = _by_headcount(target.minimum, union, units)
            _hand(world, target, union, units, shares, HANDED_DOWN_ON)


def hand_on(world: World) -> None:
    """On 1/2 one union hands its share of blood on to its branches."""
    union = world.units[HANDED_ON_BY]
    (target,) = _targets([HANDED_ON])
    share = target.allocations.get(unit=union).minimum
    branches = [unit for unit in world.units.values() if unit.parent_id == union.pk]
    with clock.travel_to(at(HANDED_ON_DAY, 14, 0)):
        shares = _by_headcount(share, union, branches)
        _hand(world, target, union, branches, shares, HANDED_ON_DAY)


def change_share(world: World) -> None:
    """From 1/7 one unit has a larger share of blood."""
    unit = world.units[CHANGED_FOR]
    (target,) = _targets([CHANGED])
    before = target.allocations.get(unit=unit).minimum or Decimal(0)
    with clock.travel_to(at(CHANGED_ON, 8, 30)):
        allocate(
            actor=world.people["canbo"],
            target=target,
            unit=unit,
            minimum=before + RAISED_BY,
            effective_on=CHANGED_ON,
            handed_by=world.units[KCQ],
        )


def _targets(codes: Sequence[str]) -> list[Target]:
    rows = Target.objects.filter(plan__symbol=RESOLUTION.symbol, plan__unit__code=KCQ, code__in=codes)
    return list(rows.select_related("indicator", "plan__unit").order_by("order"))


def _by_headcount(total: Decimal | None, parent: Unit, units: Sequence[Unit]) -> list[Decimal]:
    """Split ``total`` in wholes by the members of each unit and everything beneath it; all of 0 where nobody is."""
    total = total or Decimal(0)
    members = members_beneath(parent, HANDED_DOWN_ON)
    return split(total, [members.get(unit.pk, 0) for unit in units], Decimal(1)) or [Decimal(0)] * len(units)


def _hand(
    world: World, target: Target, handed_by: Unit, units: Sequence[Unit], shares: Sequence[Decimal], day: date
) -> None:
    for unit, share in zip(units, shares, strict=True):
        if share:
            allocate(
                actor=world.people["canbo"],
                target=target,
                unit=unit,
                minimum=share,
                effective_on=day,
                handed_by=handed_by,
            )
