"""How long an approval takes until it stands on the leader's dashboard, in the portal as it starts by one command.

    python -m benchmarks.visible --times 20

The demo on SQLite with the broker of files, as ``scripts/run`` starts it, in a folder of its own. An officer approves
one waiting report after the other by its page; the leader's dashboard is opened again and again until the new figure
stands there. Counted are the seconds from the click to the answer that shows it, the pages' own time included.
"""

import argparse
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from pathlib import Path
from statistics import median

import django

from benchmarks.browsers import Browser, Failed, token_in
from benchmarks.servers import HOST, ROOT, STOP_SECONDS, free_port, wait_for
from benchmarks.telling import close, head, p95

LIMIT_SECONDS = 2
START_SECONDS, PATIENCE_SECONDS = 300, 30
OFFICER, LEADER, PASSWORD = "canbo", "lanhdao", "demo-2024"
VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass(frozen=True)
class Approval:
    """A waiting report, a target in whose figure one of its entries counts, and where that figure stands."""

    report: str
    dashboard: str
    target: int
    amount: Decimal

    def figure(self, page: str) -> Decimal:
        """The target's figure to date, in its row of the dashboard."""
        cell = re.search(rf'<a class="v" href="/targets/{self.target}/at/[^"]*">([^<]*)</a>', page)
        if cell is None:
            raise Failed(f"{self.dashboard}: no row of target {self.target}")
        written = unescape(cell[1]).replace(".", "").replace(",", ".")
        return Decimal(0) if written == "–" else Decimal(written)


def main() -> None:
    words = argparse.ArgumentParser(description="From an approval to the leader's dashboard, on one machine.")
    words.add_argument("--times", type=int, default=20, help="how many reports are approved, one after the other")
    times = words.parse_args().times
    with tempfile.TemporaryDirectory(prefix="portal-benchmark.") as folder, _demo(Path(folder)) as port:
        waiting = _waiting()[:times]
        officer, leader = Browser(port), Browser(port)
        officer.sign_in(OFFICER, PASSWORD)
        leader.sign_in(LEADER, PASSWORD)
        head(approvals=len(waiting), database="sqlite", broker="files")
        seconds = [_seconds(one, officer, leader) for one in waiting]
        bare = [leader.get("page", one.dashboard).seconds for one in waiting]
    _tell(seconds, bare)


@contextmanager
def _demo(folder: Path) -> Iterator[int]:
    """The demo as ``scripts/run`` starts it; settings here are those of its database. Gives the port."""
    port = free_port()
    taken = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
    for name in taken:
        os.environ.pop(name, None)
    os.environ.update(DEMO="1", HOST=HOST, VAR_DIR=str(folder), PORT=str(port))
    with (folder / "run.log").open("wb") as log:
        portal = subprocess.Popen([ROOT / "scripts" / "run"], cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_for(port, folder / "run.log", parts=("database", "worker"), patience=START_SECONDS)
            os.environ["DJANGO_SETTINGS_MODULE"] = "doan_portal.settings"
            django.setup()
            yield port
        finally:
            portal.send_signal(signal.SIGTERM)
            portal.wait(2 * STOP_SECONDS)


def _waiting() -> list[Approval]:
    """Reports that the officer may approve, each with the largest entry that a target of the officer's body pools."""
    from accounts.models import User
    from reports.dashboards.selectors import own_unit
    from reports.progress.models import ProgressEntry
    from reports.progress.selectors import reports_awaiting_review
    from targets.models import Target

    officer = User.objects.get(username=OFFICER)
    body = own_unit(officer)
    reports = reports_awaiting_review(officer).filter(unit__parent=body)
    pooled = Target.objects.counted().filter(plan__unit=body, carried_by="pooled", indicator__over_time="sum")
    targets = dict(pooled.values_list("indicator", "pk"))
    found = []
    for report in reports.order_by("period", "unit"):
        entries = ProgressEntry.objects.filter(report=report, indicator__in=targets, amount__gt=0)
        entry = entries.order_by("-amount").first()
        if entry is not None and body is not None:
            month = str(report.period)
            dashboard = f"/dashboard/{body.code}/?period={month}&basis=official"
            address = f"/reports/{report.unit.code}/{month}/"
            found.append(Approval(address, dashboard, targets[entry.indicator_id], Decimal(entry.amount or 0)))
    return found


def _seconds(one: Approval, officer: Browser, leader: Browser) -> float:
    """From the click until the leader's page shows the figure; raises ``Failed`` where it never does."""
    page = officer.get("report", one.report)
    version = VERSION.search(page.text)
    form = [("csrfmiddlewaretoken", token_in(page)), ("version", version[1] if version else "")]
    wished = one.figure(leader.get("dashboard", one.dashboard).text) + one.amount
    began = time.perf_counter()
    officer.post("approve", f"{one.report}approve/", form, wished=302)
    while one.figure(leader.get("dashboard", one.dashboard).text) != wished:
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise Failed(f"{one.report}: the dashboard never showed {wished}")
    return time.perf_counter() - began


def _tell(seconds: list[float], page: list[float]) -> None:
    print(f"from the click to the dashboard: median {median(seconds):.2f} s, p95 {p95(seconds):.2f} s")
    print(f"at most {max(seconds):.2f} s; limit {LIMIT_SECONDS} s; the dashboard alone {median(page):.2f} s")
    close(
        ratios={"of_limit_p95": round(p95(seconds) / LIMIT_SECONDS, 2), "of_limit_max": max(seconds) / LIMIT_SECONDS},
        limit_seconds=LIMIT_SECONDS,
        seconds=[round(one, 2) for one in seconds],
    )


if __name__ == "__main__":
    main()
