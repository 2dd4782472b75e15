"""What a plan is asked before it is issued: higher apps register their checks here; plans imports none of them."""

from collections.abc import Callable

from .models import Plan

Check = Callable[[Plan], list[str]]

_checks: list[Check] = []


def register(check: Check) -> None:
    """Add a check; called in ``ready()``. It returns the plan's problems in words, none where it is well.

    Registering the same one again changes nothing.
    """
    if check not in _checks:
        _checks.append(check)


def problems_of(plan: Plan) -> list[str]:
    """Return what every registered check finds wrong with the plan, in the order of registering."""
    return [problem for check in _checks for problem in check(plan)]
