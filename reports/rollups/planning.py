"""How PostgreSQL is helped to find its way: what lies in memory, and very many units cut into strides."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

# What reading a page costs where it lies in memory, as what was written lately does: as much wherever it is.
IN_MEMORY = 0.1


def expect_memory(cursor: Any) -> None:
    """Have PostgreSQL expect, until the transaction ends, what it reads in memory, where its index is soonest."""
    if connection.vendor == "postgresql":
        cursor.execute(f"SET LOCAL seq_page_cost = {IN_MEMORY}")
        cursor.execute(f"SET LOCAL random_page_cost = {IN_MEMORY}")


def count_rows(cursor: Any, table: str) -> None:
    """Have PostgreSQL count what is in a table; what this transaction put there it does not know otherwise."""
    if connection.vendor == "postgresql":
        cursor.execute(f"ANALYZE {table}")


class Counting:
    """Has PostgreSQL count a table that grows: again whenever so much has come that it is read another way."""

    UNNOTICED = 20_000

    def __init__(self, cursor: Any, table: str) -> None:
        self._cursor, self._table = cursor, table
        self._counted, self._new = 0, 0

    def grows_by(self, rows: int) -> None:
        self._new += rows
        if self._new > max(self.UNNOTICED, self._counted):
            count_rows(self._cursor, self._table)
            self._counted, self._new = self._counted + self._new, 0


def strides(asked: int, first: int | None, last: int | None, *, most: int) -> Iterator[tuple[int, int]]:
    """Ranges of ids, each with some ``most`` of the ``asked`` rows that lie between the ids ``first`` and ``last``.

    None where nothing is asked.
    """
    if first is None or last is None:
        return
    width = max((last - first + 1) * most // asked, 1)
    for start in range(first, last + 1, width):
        yield start, min(start + width - 1, last)
