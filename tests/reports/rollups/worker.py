"""A worker as a process of its own, on the database of a test: it does one piece of work and can be held in the middle.

    python -m tests.reports.rollups.worker drain "UPDATE reports_rollup"

says ``held`` before the first statement that contains these words and goes on when a line comes in; at the end it says
what the work returned. A test kills it where it stands, or lets it finish.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Worker:
    """The process, seen from the test."""

    process: subprocess.Popen[str]

    def wait_until_held(self) -> None:
        assert self._line() == "held"

    def go_on(self) -> str:
        """Let it finish; what its work returned, in words."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.said()

    def said(self) -> str:
        answer = self._line()
        assert self.process.wait(60) == 0
        return answer

    def kill(self) -> None:
        """As the kernel ends a process for want of memory: nothing of it runs any more."""
        self.process.kill()
        assert self.process.wait(60) == -9

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def worker(work: str, *, held_before: str = "", database: str, var: Path) -> Iterator[Worker]:
    """Start a worker on the database of this address; it is gone at the end of the block."""
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database,
        "VAR_DIR": str(var),
        "PYTHONWARNINGS": "ignore",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, work, held_before],
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Worker(process)
    finally:
        process.kill()
        process.communicate()


def main(work: str, held_before: str) -> None:
    import django

    django.setup()

    from django.db import connection

    from reports.rollups import services

    waits = bool(held_before)

    def hold(execute, sql, params, many, context):
        nonlocal waits
        if waits and held_before in sql:
            waits = False
            print("held", flush=True)
            sys.stdin.readline()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hold):
        print({"drain": services.drain_dirty, "rebuild": services.rebuild}[work](), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
