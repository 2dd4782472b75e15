"""Who hears that an outcome was corrected or does not count any more: higher apps register what they do then."""

from collections.abc import Callable

from .models import Participation

# The outcome as it is now, its figures written, its activity perhaps cancelled. Runs inside the change's transaction.
Hears = Callable[[Participation], None]

_hear: list[Hears] = []


def register(hears: Hears) -> None:
    """Add a listener; called in ``ready()``. Registering the same one again changes nothing."""
    if hears not in _hear:
        _hear.append(hears)


def tell_all(participation: Participation) -> None:
    """Let every listener hear of the correction."""
    for hears in _hear:
        hears(participation)
