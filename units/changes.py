"""Who must know when the organisation changes on a day: higher apps register here; units imports none of them."""

from collections.abc import Callable
from datetime import date

from .models import Unit

# (unit, first day on which it stands differently). Runs inside the transaction of the change.
Follow = Callable[[Unit, date], None]

_follows: list[Follow] = []


def register(follow: Follow) -> None:
    """Add a follower; called in ``ready()``. Registering the same one again changes nothing."""
    if follow not in _follows:
        _follows.append(follow)


def tell(unit: Unit, day: date) -> None:
    """Say that the unit was closed, or put into or out of a bloc, on ``day``."""
    for follow in _follows:
        follow(unit, day)
