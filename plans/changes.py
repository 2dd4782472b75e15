"""Who must know that a plan was issued: higher apps register here."""

from collections.abc import Callable

from .models import Plan

# Runs inside the transaction of the issue, when the plan stands in force.
Follow = Callable[[Plan], None]

_follows: list[Follow] = []


def register(follow: Follow) -> None:
    """Add a follower; called in ``ready()``. Registering the same one again changes nothing."""
    if follow not in _follows:
        _follows.append(follow)


def tell_issued(plan: Plan) -> None:
    """Say that the plan asks from now on."""
    for follow in _follows:
        follow(plan)
