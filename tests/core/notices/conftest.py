"""Three kinds of notices of the tests' own, one of them urgent, and a portal that told nothing yet."""

import pytest

from core import notices
from core.models import Notice
from core.notices import registry


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch):
    # The cast gets its roles by services that tell.
    monkeypatch.setattr(registry, "_kinds", {"accounts.role": notices.kinds()["accounts.role"]})
    notices.register("test.plain", "Việc thường")
    notices.register("test.other", "Việc khác")
    notices.register("test.soon", "Việc gấp", soon=True)


@pytest.fixture
def quiet(secretary, neighbour):
    """Two people to whom nothing was told: what their roles brought is forgotten."""
    Notice.objects.all().delete()
    return secretary, neighbour
