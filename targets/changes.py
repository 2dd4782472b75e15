"""Who must know when something else is asked of units from a day on: higher apps register here."""

from collections.abc import Callable, Iterable
from datetime import date

from units.models import Unit

# (unit, first day from which what it is asked is different). Runs inside the transaction of the change.
Follow = Callable[[Iterable[tuple[Unit, date]]], None]

_follows: list[Follow] = []


def register(follow: Follow) -> None:
    """Add a follower; called in ``ready()``. Registering the same one again changes nothing."""
    if follow not in _follows:
        _follows.append(follow)


def tell(places: Iterable[tuple[Unit, date]]) -> None:
    """Say that shares were handed down to these units, or a plan of theirs was amended, from these days on."""
    known = list(places)
    for follow in _follows:
        follow(known)
