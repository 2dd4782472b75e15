"""How long totals take: all anew against SQL by hand and against a plain scan, and after 1, 100 and 1,000 approvals.

    python -m benchmarks.rollup --units 2000

PostgreSQL runs as in earnest on this machine. Every piece of work is done by a process of its own, whose memory is
measured, as a worker does it. Seconds of CPU are those of all of PostgreSQL's processes.
"""

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.make_province import make_province
from benchmarks.servers import databases
from benchmarks.telling import close, head

MEMORY = "128MB"  # for each sorting or grouping: as much for the hand as for the engine
TICKS = os.sysconf("SC_CLK_TCK")
DISTURBED = (
    # Bases that differ, reports that do not count, units that closed, moves between blocs, a second window.
    "UPDATE reports_progressreport SET state = 'submitted', approved_at = NULL WHERE id % 20 = 0",
    "UPDATE reports_progressreport SET state = 'draft', approved_at = NULL WHERE id % 33 = 0",
    "UPDATE units_unit SET closed_on = '2024-07-01' WHERE depth = 4 AND id % 100 = 0",
    "UPDATE units_blocmembership SET ends_on = '2024-07-01' WHERE id % 4 = 0",
    "UPDATE targets_target SET starts_on = '2024-06-01' WHERE id = (SELECT MAX(t.id) FROM targets_target t "
    "JOIN targets_indicator i ON i.id = t.indicator_id WHERE i.kind = 'ratio')",
    "VACUUM ANALYZE",
)


@dataclass(frozen=True)
class Took:
    """Seconds of waiting and of PostgreSQL's CPU, the most memory of the process that asked (MB), and its answer."""

    seconds: float
    cpu: float
    memory: float
    answer: Any

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s, {self.cpu:8.2f} s of CPU, worker at most {self.memory:4.0f} MB"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--units", type=int, default=2000)
    words.add_argument("--repeats", type=int, default=30, help="how often one approval is measured")
    asked = words.parse_args()
    with databases() as folder:
        began = time.perf_counter()
        with unchecked():
            make_province(units=asked.units)
        disturb()
        entries = count("reports_progressentry")
        head(units=asked.units, entries=entries, made=f"in {time.perf_counter() - began:.0f} s")
        measure(Bench(folder), asked.units, entries, asked.repeats)


def measure(bench: "Bench", units: int, entries: int, repeats: int) -> None:
    first = bench.tell("all totals, none stored yet", rebuild)
    execute("VACUUM ANALYZE reports_rollup, reports_carriercount")
    rows = count("reports_rollup")
    anew = bench.tell("all totals again, all stored", rebuild)
    bare = bench.tell("by hand, bare tables", by_hand)
    kept = bench.tell("… stored with key and indexes", by_hand_kept)
    wrong = differences()
    scan = bench.tell("SELECT SUM(amount) … GROUP BY", plain_scan)
    shares = count("reports_carriercount")
    print(f"{rows:,} totals, {shares:,} counts of carriers; {wrong} rows differ from those by hand")
    if wrong:
        raise SystemExit("The engine and the hand do not agree.")
    one = bench.took(updates_of_one, repeats)
    one_ms, work_ms = 1000 * median(one.answer[0]), 1000 * one.answer[1] / repeats
    print(f"{'after 1 approval':<34}{one_ms:8.0f} ms (median of {repeats}), {work_ms:.0f} ms of CPU, the worker's too")
    many = {n: bench.tell(f"after {n:,} approvals", update, n) for n in (100, 1000) if n < units}
    audit = bench.tell("self-audit of all totals", audited)
    if audit.answer:
        raise SystemExit(f"The self-audit found {audit.answer} differences.")
    sizes()
    close(
        ratios=_ratios(first, anew, bare, kept, scan),
        units=units,
        entries=entries,
        totals=rows,
        counts_of_carriers=shares,
        rebuild_us_per_entry=round(1e6 * anew.seconds / entries, 2),
        rebuild_us_of_cpu_per_entry=round(1e6 * anew.cpu / entries, 2),
        update_1_ms=round(one_ms, 1),
        update_1_ms_of_cpu=round(work_ms, 1),
        **{f"update_{n}_s": round(took.answer, 2) for n, took in many.items()},
        worker_mb=round(max(took.memory for took in (first, anew, one, *many.values()))),
        audit_s=round(audit.seconds, 1),
        audit_mb=round(audit.memory),
    )


def _ratios(first: Took, anew: Took, bare: Took, kept: Took, scan: Took) -> dict[str, float]:
    """What a rebuild takes against the same by hand, bare and as it is stored, and against a plain sum."""
    hand, hand_cpu = bare.seconds + kept.seconds, bare.cpu + kept.cpu
    return {
        "rebuild_to_hand": round(anew.seconds / hand, 2),
        "rebuild_to_hand_cpu": round(anew.cpu / hand_cpu, 2),
        "rebuild_to_bare_hand": round(anew.seconds / bare.seconds, 2),
        "rebuild_to_bare_hand_cpu": round(anew.cpu / bare.cpu, 2),
        "first_rebuild_to_hand": round(first.seconds / hand, 2),
        "first_rebuild_to_hand_cpu": round(first.cpu / hand_cpu, 2),
        "rebuild_to_scan": round(anew.seconds / scan.seconds, 1),
    }


# --- What is measured, each in a process of its own ----------------------------------------------


def rebuild() -> None:
    from reports.rollups import services

    services.rebuild()


def updates_of_one(repeats: int) -> tuple[list[float], float]:
    """Approve one report after the other; the seconds of each drain, and the CPU of both sides for all of them."""
    seconds, cpu = [], 0.0
    for _time in range(repeats):
        approve(1)
        before = time.process_time() + cpu_of_connection()
        seconds.append(drained())
        cpu += time.process_time() + cpu_of_connection() - before
    return seconds, cpu


def update(approvals: int) -> float:
    """Approve so many reports at once; return the seconds of the drain."""
    approve(approvals)
    return drained()


def approve(number: int) -> None:
    """Let reports of the last month be approved that were handed in, or were corrected."""
    from django.db.models import F, Max

    from reports.progress.models import ProgressEntry, ProgressReport
    from reports.rollups import services

    month = ProgressReport.objects.aggregate(last=Max("period__month"))["last"]
    reports = ProgressReport.objects.filter(period__month=month, unit__depth__gte=3).exclude(state="draft")
    some = random.sample(list(reports.values_list("pk", flat=True)), number)
    ProgressReport.objects.filter(pk__in=some).update(state="approved", approved_at=F("submitted_at"))
    ProgressEntry.objects.filter(report__in=some, amount__isnull=False).update(amount=F("amount") + 1)
    services.mark_many_dirty(
        (row.unit, row.period) for row in ProgressReport.objects.filter(pk__in=some).select_related("unit", "period")
    )


def drained() -> float:
    from reports.rollups import services

    began = time.perf_counter()
    services.drain_dirty()
    return time.perf_counter() - began


def audited() -> int:
    """The nightly check of everything, as beat asks for it; how many totals differ."""
    from reports.rollups.audit import audit_rollups

    return len(audit_rollups(most=10))


def by_hand() -> None:
    from benchmarks import cascade

    cascade.cascade(MEMORY)


def by_hand_kept() -> None:
    from benchmarks import cascade

    cascade.keep()


def plain_scan() -> None:
    execute("SELECT indicator_id, SUM(amount), SUM(numerator), SUM(denominator) FROM reports_progressentry GROUP BY 1")


def differences() -> int:
    from benchmarks import cascade

    found = cascade.differences()
    cascade.drop()
    return found


# --- How -----------------------------------------------------------------------------------------


class Bench:
    """Runs work in processes of its own and reads what it cost."""

    def __init__(self, folder: Path) -> None:
        self._postmaster = int((folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])

    def tell(self, what: str, work: Callable[..., Any], *given: Any) -> Took:
        took = self.took(work, *given)
        print(f"{what:<34}{took}", flush=True)
        return took

    def took(self, work: Callable[..., Any], *given: Any) -> Took:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=set_up) as process:
            process.submit(set_up).result()
            before = self._cpu()
            seconds, memory, answer = process.submit(timed, work, *given).result()
        return Took(seconds, self._cpu() - before, memory, answer)

    def _cpu(self) -> float:
        """Seconds of CPU of all PostgreSQL's processes, those that have ended included."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                pid, rest = stat.read_text().split(" (", 1)
            except OSError:
                continue
            fields = rest.rsplit(") ", 1)[1].split()
            if int(pid) == self._postmaster:
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == self._postmaster:
                ticks += sum(map(int, fields[11:13]))
        return ticks / TICKS


def set_up() -> None:
    import django

    django.setup()


def timed(work: Callable[..., Any], *given: Any) -> tuple[float, float, Any]:
    """Seconds, the most memory of this process in MB, and what the work returns."""
    began = time.perf_counter()
    answer = work(*given)
    seconds = time.perf_counter() - began
    # Not getrusage: that begins with the memory of the process which started this one.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return seconds, int(status["VmHWM"].split()[0]) / 1024, answer


def cpu_of_connection() -> float:
    """Seconds of CPU that PostgreSQL has spent for this connection."""
    from django.db import connection

    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def disturb() -> None:
    for statement in DISTURBED:
        execute(statement)


@contextmanager
def unchecked() -> Iterator[None]:
    """Meanwhile no foreign key is looked up, for what is made is right."""
    execute("SET session_replication_role = replica")
    yield
    execute("RESET session_replication_role")


def execute(statement: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def count(table: str) -> int:
    return int(execute(f"SELECT COUNT(*) FROM {table}")[0][0])


def sizes() -> None:
    """Print how large the tables of facts and totals are, and their indexes."""
    for name, table, indexes in execute(
        "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relname IN "
        "('reports_progressreport', 'reports_progressentry', 'reports_rollup', 'reports_carriercount') ORDER BY relname"
    ):
        print(f"{name:<34}{table / 2**20:8.0f} MB, indexes {indexes / 2**20:6.0f} MB")


if __name__ == "__main__":
    main()
