"""Who hears that outcomes were corrected or do not count any more: higher apps register what they do then."""

from collections.abc import Callable, Sequence

from .models import Participation

# The outcomes as they are now, their figures written, their activity perhaps cancelled, all that one step changed.
# Runs inside the change's transaction.
Hears = Callable[[Sequence[Participation]], None]

_hear: list[Hears] = []


def register(hears: Hears) -> None:
    """Add a listener; called in ``ready()``. Registering the same one again changes nothing."""
    if hears not in _hear:
        _hear.append(hears)


def tell_all(participations: Sequence[Participation]) -> None:
    """Let every listener hear of what one step changed, once."""
    for hears in _hear:
        hears(participations)
