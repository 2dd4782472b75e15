"""Who follows when two indicators become one: higher apps register how their rows go over."""

from collections.abc import Callable

from .models import Indicator

# (source, into) → how many reported entries went over. Runs inside the merge's transaction; may raise ValidationError.
Follow = Callable[[Indicator, Indicator], int]

_follows: list[Follow] = []


def register(follow: Follow) -> None:
    """Add a follower; called in ``ready()``. It returns how many entries it moved: 0 where its rows are no entries.

    Registering the same one again changes nothing.
    """
    if follow not in _follows:
        _follows.append(follow)


def follow_all(source: Indicator, into: Indicator) -> int:
    """Let everything that hangs on ``source`` go over to ``into``; return how many entries did.

    Higher apps go first: their rows may hold on to those of lower ones.
    """
    return sum(follow(source, into) for follow in reversed(_follows))
