"""Two transactions of which only one can go on: the database ends the other, which is then taken again from its start.

Locks are taken in one order wherever many are (``reports.progress.services.writer``); this is the net below.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

ATTEMPTS = 3
# PostgreSQL's deadlock_detected and serialization_failure.
COLLISIONS = frozenset({"40P01", "40001"})

Given = ParamSpec("Given")
Result = TypeVar("Result")


def is_collision(error: BaseException) -> bool:
    """Whether the database ended this transaction in favour of another one; the same step may succeed at once."""
    return getattr(error.__cause__, "pgcode", None) in COLLISIONS


def is_busy(error: BaseException) -> bool:
    """Whether the step failed for what others did at the same moment only; SQLite waits long before it says so."""
    return is_collision(error) or getattr(error.__cause__, "sqlite_errorname", None) == "SQLITE_BUSY"


def atomic(step: Callable[Given, Result]) -> Callable[Given, Result]:
    """Decorate a service: one transaction, taken again where the database ended it for another one's sake.

    The step must read again what it writes, and its arguments must stand being read twice. Inside another transaction
    nothing is taken again: that one is over as a whole. Raises ``OperationalError`` where ``ATTEMPTS`` met a collision.
    """

    @wraps(step)
    def taken(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        for _again in range(ATTEMPTS - 1):
            try:
                with transaction.atomic():
                    return step(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or not is_collision(error):
                    raise
        with transaction.atomic():
            return step(*args, **kwargs)

    return taken
