"""Shares of carriers, kept with the totals: each carrier held against its bounds, and counted level by level.

Run after the totals, in their transaction, for what changed as for everything; idempotent. A carrier's verdict needs
its own totals and those that it inherits; how many stand how at a unit is its own verdict and its children's counts.
The database does it (``asked_statements``, ``carrier_statements``). Which shares are kept is ``cases``.
"""

from collections.abc import Iterable
from types import TracebackType

from django.db import connection

from . import asked_statements as asks
from . import carrier_statements as statements
from .models import CarrierCase
from .planning import Counting, count_rows, expect_memory, strides

# So many cases of units are judged at once: a thousand units cost as much among very many as among few.
CASES_AT_ONCE = 200_000


def refresh(*, are_unsaid: bool) -> None:
    """Say anew what is marked in the engine's run, with all above it and whoever inherits from it.

    ``are_unsaid``: there are cases besides that have to be said for all units.
    """
    with _Run() as run:
        run.judge(asks.ASK if are_unsaid else asks.ASK_TOUCHED)
        run.add_up()


def rebuild() -> None:
    """Say all cases for all units."""
    CarrierCase.objects.filter(is_said=True).update(is_said=False)
    with _Run() as run:
        run.judge(asks.ASK_UNSAID)
        run.add_up()


class _Run:
    """The tables of one run, dropped on leaving; a transaction that fails takes them along."""

    def __init__(self) -> None:
        self._cursor = connection.cursor()
        self._kept = Counting(self._cursor, "reports_carriercount")

    def __enter__(self) -> "_Run":
        return self

    def __exit__(self, failed: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        if failed is None:
            self._drop(statements.TABLES)
        self._cursor.close()

    def judge(self, asked: str) -> None:
        """Find the carriers that are asked for, and hold each against its bounds, a stride of units at a time."""
        expect_memory(self._cursor)
        self._make("carrier_asked", asked)
        self._make("carrier_case", asks.read_cases(connection.vendor))
        self._say(statements.MAKE_VERDICTS)
        self._cursor.execute(asks.EXTENT)
        number, first, last = self._cursor.fetchone()
        if is_large := number > CASES_AT_ONCE:
            for index in asks.INDEXES:
                self._say(index)
        for stride in strides(number, first, last, most=CASES_AT_ONCE):
            self._judge_stride(*stride)
        if is_large:
            self._say(asks.INDEX_VERDICTS)
        count_rows(self._cursor, "carrier_verdict")

    def _judge_stride(self, first: int, last: int) -> None:
        self._make("carrier_own", asks.FIND_CARRIERS, first=first, last=last)
        self._make("carrier_source", asks.FIND_SOURCES)
        self._say(statements.find_verdicts(connection.vendor))
        self._drop(statements.TABLES_OF_A_STRIDE)

    def add_up(self) -> None:
        """Count them, from the deepest level up."""
        self._cursor.execute(asks.DEPTHS)
        below = 0
        for depth, is_above, number, first, last in self._cursor.fetchall():
            for one, other in strides(max(number, below), first, last, most=CASES_AT_ONCE):
                adding = statements.add_up(is_above=bool(is_above))
                self._kept.grows_by(self._say(adding, depth=depth, first=one, last=other))
            below = number
        self._say(statements.SAID)

    def _make(self, table: str, sql: str, **values: int) -> None:
        self._say(sql, **values)
        count_rows(self._cursor, table)

    def _drop(self, tables: Iterable[str]) -> None:
        for name in tables:
            self._say(f"DROP TABLE {name}")

    def _say(self, sql: str, **values: int) -> int:
        """Run a statement; return how many rows it wrote."""
        self._cursor.execute(sql, {**asks.VALUES, **values})
        return self._cursor.rowcount
