"""Steps after a commit that stand for however much the transaction did."""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, connections, transaction


def once_committed(step: Callable[[], None], using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the step once the transaction is committed, once however often it is asked for; without one at once.

    What it raises is logged and stops no other step.
    """
    connection = connections[using]
    if not connection.in_atomic_block or all(waiting[1] is not step for waiting in connection.run_on_commit):
        transaction.on_commit(step, using=using, robust=True)
