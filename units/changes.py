"""Who must know when the organisation changes on a day: higher apps register here; units imports none of them."""

from collections.abc import Callable
from datetime import date

from .models import Unit

# (unit, first day on which it stands differently). Runs inside the transaction of the change.
Follow = Callable[[Unit, date], None]

# A unit that was opened, or whose origin was recorded. Runs likewise.
Greet = Callable[[Unit], None]

_follows: list[Follow] = []
_greets: list[Greet] = []


def register(follow: Follow) -> None:
    """Add a follower; called in ``ready()``. Registering the same one again changes nothing."""
    if follow not in _follows:
        _follows.append(follow)


def tell(unit: Unit, day: date) -> None:
    """Say that the unit was closed, or put into or out of a bloc, on ``day``."""
    for follow in _follows:
        follow(unit, day)


def register_opening(greet: Greet) -> None:
    """Add one who must know of new units; called in ``ready()``. Registering again changes nothing."""
    if greet not in _greets:
        _greets.append(greet)


def tell_opened(unit: Unit) -> None:
    """Say that the unit stands from its ``opened_on`` on, or that it was split off from another then."""
    for greet in _greets:
        greet(unit)
