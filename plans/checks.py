"""What a plan is asked before it is issued: higher apps register their checks here; plans imports none of them."""

from collections.abc import Callable

from .models import Plan

Check = Callable[[Plan], list[str]]

# Whether something that is no plan bears, in that year and unit, the number and symbol that the plan shall get.
NumberCheck = Callable[[Plan], bool]

_checks: list[Check] = []
_number_checks: list[NumberCheck] = []


def register(check: Check) -> None:
    """Add a check; called in ``ready()``. It returns the plan's problems in words, none where it is well.

    Registering the same one again changes nothing.
    """
    if check not in _checks:
        _checks.append(check)


def problems_of(plan: Plan) -> list[str]:
    """Return what every registered check finds wrong with the plan, in the order of registering."""
    return [problem for check in _checks for problem in check(plan)]


def register_numbers(check: NumberCheck) -> None:
    """Add who gives numbers beside the plans; called in ``ready()``. Registering the same one again changes nothing.

    It is asked in the transaction of the issue: number, symbol and day are set and the unit is held.
    """
    if check not in _number_checks:
        _number_checks.append(check)


def is_number_given(plan: Plan) -> bool:
    """Whether anybody registered has given the plan's number, under its symbol and in its year, to something else."""
    return any(check(plan) for check in _number_checks)
