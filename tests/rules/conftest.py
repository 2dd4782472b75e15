import pytest

from tests.rules.world import World


@pytest.fixture
def world(db, settings) -> World:
    return World(settings)
