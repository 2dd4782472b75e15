"""The one arithmetic of the totals: rollup of units from their children's rollups and their own entries.

Run from the deepest level up, for what changed as for everything; idempotent, so it may be repeated.
The database does the adding (``statements``); rows that come out the same are not written. Only
``services`` run it, in a transaction and in turn.
"""

from types import TracebackType

from django.db import connection

from . import statements
from .planning import Counting, count_rows, expect_memory, strides
from .statements import Level

# What a rebuild may take of the database's memory for each sorting or grouping.
REBUILD_MEMORY = "128MB"
# So many units and periods are said at once: a thousand units cost as much among very many as among few.
ASKED_AT_ONCE = 12_000
# All ids: blocs are few.
WHOLE = (0, 2**63 - 1)


def forget_states() -> None:
    """Take out the states of windows that are not kept any more."""
    with connection.cursor() as cursor:
        cursor.execute(statements.FORGET)


class Run:
    """The tables of one run. Used as a context: they are made on entering and dropped on leaving.

    A transaction that fails takes them along, so they are dropped only where all went well.
    """

    def __init__(self) -> None:
        self._cursor = connection.cursor()
        self._stored = Counting(self._cursor, "reports_rollup")

    def __enter__(self) -> "Run":
        if connection.vendor == "postgresql":
            # Compiling a statement takes longer than an update that it is for.
            self._say("SET LOCAL jit = off")
        for name, columns in statements.TABLES.items():
            self._say(f"CREATE TEMPORARY TABLE {name} ({columns})")
        return self

    def __exit__(self, failed: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        if failed is None:
            for name in statements.TABLES:
                self._say(f"DROP TABLE {name}")
        self._cursor.close()

    def take_marks(self, *, limit: int) -> int:
        """Take the oldest marks, delete them, and return how many there were."""
        return self._take(statements.TAKE_MARKS, limit=limit)

    def take_all_marks(self) -> int:
        """Take all marks, delete them, and return how many there were."""
        return self._take(statements.TAKE_ALL_MARKS)

    def _take(self, sql: str, **values: int) -> int:
        taken = self._say(sql, **values)
        if taken:
            self._say(statements.DROP_MARKS)
        return taken

    def refresh_marked(self, *, newly_kept_after: int | None) -> None:
        """Bring what is marked, all units above it and their blocs up to date.

        ``newly_kept_after``: states that are kept by rows of ``KeptState`` above this id are said for the
        first time, for all units; None where there are none.
        """
        expect_memory(self._cursor)
        self._say(statements.KEEP_CHANGES)
        self._say(statements.MARK_LATER)
        if newly_kept_after is not None:
            self._say(statements.MARK_NEWLY_KEPT, known=newly_kept_after)
        count_rows(self._cursor, "rollup_marked")
        self._refresh(statements.ASK_MARKED)

    def refresh_all(self) -> None:
        """Say all totals of all units and blocs anew."""
        if connection.vendor == "postgresql":
            self._say(f"SET LOCAL work_mem = '{REBUILD_MEMORY}'")
        self._say(statements.MARK_ALL)
        self._say(statements.KEEP_CHANGES)
        expect_memory(self._cursor)
        self._refresh(statements.ASK_ALL)

    def _refresh(self, ask: str) -> None:
        if self._say(ask) > ASKED_AT_ONCE:
            self._say(statements.INDEX_ASKED)
        count_rows(self._cursor, "rollup_asked")
        self._cursor.execute(statements.DEPTHS)
        below = 0
        for depth, is_above, asked, first, last in self._cursor.fetchall():
            level: Level = "units" if is_above else "leaves"
            # Units above others are read with what stands beneath them.
            for stride in strides(max(asked, below), first, last, most=ASKED_AT_ONCE):
                self._refresh_stride(level, depth, *stride)
            below = asked
        if self._say(statements.ASK_BLOCS):
            count_rows(self._cursor, "rollup_asked")
            self._refresh_stride("blocs", 0, *WHOLE)

    def _refresh_stride(self, level: Level, depth: int, first: int, last: int) -> None:
        """Say what it comes to, and store what of that is not stored."""
        find = statements.find_changes(level, connection.vendor)
        if not self._say(find, depth=depth, first=first, last=last):
            return
        self._say(statements.DELETE_GONE)
        self._say(statements.UPDATE_CHANGED)
        self._stored.grows_by(self._say(statements.insert_new(level)))
        self._say(statements.FORGET_CHANGES[connection.vendor])

    def _say(self, sql: str, **values: int) -> int:
        """Run a statement; return how many rows it wrote."""
        self._cursor.execute(sql, {**statements.VALUES, **values})
        return self._cursor.rowcount
