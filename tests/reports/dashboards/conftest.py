"""A body with four units in two blocs, one of them with a branch: what the leader's pages are tried on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from accounts.models import User
from accounts.services import create_person, grant_role
from reports.rollups.services import drain_dirty
from targets.models import Target
from targets.services import allocate
from tests.rules.world import OPENED, World, amount, done, ratio
from units.enums import Kind
from units.models import Bloc, Unit
from units.services import create_bloc, join_bloc


@dataclass
class Scene:
    world: World
    body: Unit
    units: list[Unit]
    branch: Unit
    elsewhere: Unit
    blocs: list[Bloc]
    blood: Target
    congress: Target
    learned: Target
    households: Target
    dialogue: Target
    repeated: Target

    @property
    def targets(self) -> list[Target]:
        return [self.blood, self.congress, self.learned, self.households, self.dialogue]

    def person(self, name: RoleName | None, unit: Unit | None = None, bloc: Bloc | None = None) -> User:
        user = create_person(username=f"p{User.objects.count()}", full_name="Người đọc", password=None)
        if name is not None:
            grant_role(actor=None, user=user, unit=unit or self.body, name=name, bloc=bloc)
        return user


@pytest.fixture
def world(db, settings) -> World:
    return World(settings)


@pytest.fixture
def scene(world) -> Scene:
    """The body's plan with one target of each carrier, and the reports of January and February."""
    units = world.units(4)
    branch = world.unit("QNA-001-01", parent=units[0])
    elsewhere = world.unit("KGI", parent=world.top, kind=Kind.PROVINCE_UNION)
    blocs = [create_bloc(owner=world.body, number=n, name=f"Khối {n}") for n in (1, 2)]
    for place, unit in enumerate(units):
        join_bloc(unit=unit, bloc=blocs[place // 2], on=OPENED)
    blood = world.target(world.indicator(name="Máu"), minimum="120", maximum="150")
    congress = world.target(world.indicator("milestone"), "each_unit", required_share="100", due_on=date(2024, 6, 30))
    learned = world.target(world.indicator("ratio"), minimum="100")
    households = world.target(world.indicator(), "each_bloc", minimum="1", required_share="100")
    dialogue = world.target(world.indicator(), "issuer_own", minimum="1")
    repeated = world.target(blood.indicator, minimum="120", restates=blood)
    world.issue()
    allocate(
        actor=world.officer,
        target=blood,
        unit=units[0],
        minimum=Decimal(24),
        effective_on=date(2024, 1, 1),
        handed_by=world.body,
    )
    made = Scene(
        world, world.body, units, branch, elsewhere, blocs, blood, congress, learned, households, dialogue, repeated
    )
    report_two_months(made)
    world.on(date(2024, 3, 5))
    return made


def report_two_months(scene: Scene) -> None:
    """January: three units and the branch; February: the first two, the second not approved; all on the first day."""
    world, (first, second, third, _fourth) = scene.world, scene.units
    blood, congress, learned = (target.indicator for target in (scene.blood, scene.congress, scene.learned))
    world.approve(first, 1, {blood: amount(4), learned: ratio(30, 30), congress: done(date(2024, 1, 20))})
    world.approve(scene.branch, 1, {blood: amount(3), learned: ratio(5, 10)})
    world.approve(second, 1, {blood: amount(5), scene.households.indicator: amount(1)})
    world.approve(third, 1, {blood: amount(0)})
    world.approve(first, 2, {blood: amount(6)})
    world.submit(second, 2, {blood: amount(20)})
    drain_dirty()
