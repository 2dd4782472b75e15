"""Official paper: what setting it costs beside bare WeasyPrint, in memory for a large annex, and on two workers.

    python -m benchmarks.documents --cards 60 --units 1000 --targets 40

A body with so many units beneath it has its quarterly report made; the annual one is that report with more of the same
rows, issued by the real job. Scorecards are made by the real job too, on one worker process, then on two. The bare
WeasyPrint gets the same HTML, so this is the one place beside ``core.paper`` that imports it.
"""

import argparse
import io
import logging
import os
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks import make_province
from benchmarks.servers import TODAY, databases, workers
from benchmarks.telling import close, head

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import Job
    from reports.documents.context import PeriodicReport
    from reports.documents.models import OfficialDocument
    from units.models import Unit

BARE_LIMIT, QUARTERLY_LIMIT, MEMORY_LIMIT, TWO_WORKERS_LIMIT = 1.15, 6.0, 1500, 1.6
IN_A_BLOC = 25
PATIENCE_SECONDS = 15 * 60


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--cards", type=int, default=60, help="units beneath the body: rows of its report, scorecards")
    words.add_argument("--units", type=int, default=1000, help="rows of the large annex")
    words.add_argument("--targets", type=int, default=40, help="its columns, and those of the quarterly report")
    words.add_argument("--times", type=int, default=5, help="how often the quarterly report is set each way")
    asked = words.parse_args()
    with databases() as folder:
        made = make_province.make_province(units=2 + 4 * asked.cards, months=9)
        _add_up()
        measure(folder, made.places[1].code, asked)


def _add_up() -> None:
    from reports.rollups.services import rebuild

    rebuild()


def measure(folder: Path, code: str, asked: argparse.Namespace) -> None:
    """All four, and the line of JSON at the end."""
    from accounts.models import User
    from units.models import Unit

    body = Unit.objects.get(code=code)
    leader = User.objects.get(username=make_province.username("leader", code))
    assert body.numchild == asked.cards
    head(cards=asked.cards, units=asked.units, targets=asked.targets, times=asked.times)
    told: dict[str, float] = {}
    quarterly = _quarterly(body, asked, told)
    _large_annex(folder, body, leader, _enlarged(quarterly, asked.units, asked.targets, months=12), told)
    _scorecards(folder, body, leader, asked.cards, told)
    limits = {"bare": BARE_LIMIT, "quarterly": QUARTERLY_LIMIT, "memory": MEMORY_LIMIT, "workers": TWO_WORKERS_LIMIT}
    names = ("quarterly_to_bare", "quarterly_to_bare_cpu", "two_workers", "parts_to_bare_memory")
    ratios = {name: told.pop(name) for name in names if name in told}
    close(ratios=ratios, measured=told, limits=limits)


def _quarterly(body: "Unit", asked: argparse.Namespace, told: dict[str, float]) -> "PeriodicReport":
    """Gathered, then set as the portal does and as WeasyPrint alone does, by turns."""
    from reports.documents import papers
    from reports.documents.building import build_report
    from reports.documents.models import OfficialDocument
    from reports.documents.render import report_sheet

    gathering, report = _timed(
        lambda: build_report(OfficialDocument(unit=body, kind="quarterly", span="2024-Q3", basis="official"))
    )
    assert report.units is not None
    assert sum(len(bloc.rows) for bloc in report.units.blocs) == asked.cards
    wide = _enlarged(report, asked.cards, asked.targets, months=3)
    html = report_sheet(wide).html
    taken, used, pages = _by_turns(
        {"portal": lambda: papers.render_pdf(wide), "bare": lambda: _bare(html)}, asked.times
    )
    told |= {
        "quarterly_gathering_s": round(gathering, 2),
        "quarterly_setting_s": round(taken["portal"], 2),
        "quarterly_setting_cpu_s": round(used["portal"], 2),
        "quarterly_s": round(gathering + taken["portal"], 2),
        "quarterly_to_bare": round(taken["portal"] / taken["bare"], 3),
        "quarterly_to_bare_cpu": round(used["portal"] / used["bare"], 3),
    }
    print(f"quarterly report, {asked.cards} units, {asked.targets} targets, {pages} pages")
    print(f"  gathering {gathering:.2f} s; setting {taken['portal']:.2f} s ({used['portal']:.2f} s of CPU)")
    print(f"  both {gathering + taken['portal']:.2f} s (limit {QUARTERLY_LIMIT})")
    print(f"  bare WeasyPrint {taken['bare']:.2f} s ({used['bare']:.2f} s of CPU)")
    print(f"  times the bare {told['quarterly_to_bare']}, of CPU {told['quarterly_to_bare_cpu']} (limit {BARE_LIMIT})")
    return report


def _by_turns(ways: dict[str, Callable[[], bytes]], times: int) -> tuple[dict[str, float], dict[str, float], int]:
    """Make a PDF in each way so many times; by way the median seconds, and of CPU, and how many pages all have."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    cpu: dict[str, list[float]] = {way: [] for way in ways}
    sizes: set[int] = set()
    for _time in range(times + 1):
        for way, make in ways.items():
            began, worked = time.perf_counter(), time.process_time()
            pdf = make()
            seconds[way].append(time.perf_counter() - began)
            cpu[way].append(time.process_time() - worked)
            sizes.add(_pages(pdf))
    (pages,) = sizes
    # The first time warms up.
    taken, used = ({way: median(found[1:]) for way, found in rows.items()} for rows in (seconds, cpu))
    return taken, used, pages


def _bare(html: str) -> bytes:
    """What WeasyPrint itself does with the page, in the same variant."""
    from django.conf import settings
    from weasyprint import HTML

    from core.paper import _fetcher

    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # by itself it tells every page
    pdf: bytes = HTML(string=html, url_fetcher=_fetcher()).write_pdf(pdf_variant=settings.PAPER_PDF_VARIANT)
    return pdf


def _large_annex(folder: Path, body: "Unit", leader: "User", report: "PeriodicReport", told: dict[str, float]) -> None:
    """A draft whose frozen figures are the large report's, issued by the job of a real worker."""
    from reports.documents import services
    from reports.documents.models import OfficialDocument
    from targets.calendar import Span

    with workers(folder, processes=1) as main_process:
        small = services.request_report(actor=leader, unit=body, span=Span.parse("2024-Q3"), basis="official")
        seconds = _await(_job_of(small))
        OfficialDocument.objects.filter(pk=small.pk).update(snapshot=report.to_snapshot())
        services.request_issue(actor=leader, document=small, number=1, dated=date.fromisoformat(TODAY))
        memory = _Memory(main_process)
        taken = _await(_job_of(small), memory.look)
    small.refresh_from_db()
    assert small.file is not None
    with small.file.content.open("rb") as content:
        pdf = content.read()
    pages = _check_annex(pdf, report)
    told |= {"small_job_s": round(seconds, 1), "annex_job_s": round(taken, 1), "annex_pages": pages}
    told |= {"annex_memory_mb": memory.most, "annex_mb": round(len(pdf) / 2**20, 1)}
    print(f"issuing the report with the large annex: {pages} pages, {len(pdf) / 2**20:.1f} MB, {taken:.0f} s as a job")
    print(f"  memory of the worker process at most {memory.most} MB (limit {MEMORY_LIMIT})")


def _scorecards(folder: Path, body: "Unit", leader: "User", cards: int, told: dict[str, float]) -> None:
    """The ZIP on one worker process, then on two; the second of two tries each, when all is imported."""
    from core.models import Job
    from reports.documents.scorecards.services import request_all_scorecards
    from targets.calendar import Month

    files: dict[int, Any] = {}
    taken: dict[int, float] = {}
    load = os.getloadavg()[0]
    for processes in (1, 2):
        with workers(folder, processes=processes):
            for _try in range(2):
                job = request_all_scorecards(actor=leader, body=body, month=Month(2024, 9), basis="official")
                taken[processes] = _await(job)
        files[processes] = Job.objects.select_related("result_file").get(pk=job.pk).result_file
    with files[2].content.open("rb") as stored, zipfile.ZipFile(io.BytesIO(stored.read())) as archive:
        assert {_pages(archive.read(name)) for name in archive.namelist()} == {1}
        assert len(archive.namelist()) == cards
    assert files[1].sha256 == files[2].sha256
    told |= {"cards_one_s": round(taken[1], 1), "cards_two_s": round(taken[2], 1)}
    told["two_workers"] = round(taken[1] / taken[2], 2)
    print(f"{cards} scorecards: one worker process {taken[1]:.1f} s, two {taken[2]:.1f} s, load {load:.1f}")
    print(f"  {told['two_workers']} times as fast (limit {TWO_WORKERS_LIMIT}), the same ZIP byte for byte")


def _enlarged(report: "PeriodicReport", units: int, targets: int, *, months: int) -> "PeriodicReport":
    """The same report with so many units and targets, all of them late each month; its own rows over and over."""
    from reports.documents.context import BlocOfUnits, ReportingMark, ReportingRow

    annex, reporting = report.units, report.reporting
    assert annex is not None
    assert reporting is not None

    def wide(cells: Any) -> Any:
        return tuple(cells[n % len(cells)] for n in range(targets)) if cells else ()

    rows = [row for bloc in annex.blocs for row in bloc.rows]
    many = [
        replace(
            rows[n % len(rows)], name=f"{rows[n % len(rows)].name} số {n + 1}", cells=wide(rows[n % len(rows)].cells)
        )
        for n in range(units)
    ]
    blocs = tuple(
        BlocOfUnits(
            name=f"Cụm thi đua số {1 + first // IN_A_BLOC}",
            rows=tuple(many[first : first + IN_A_BLOC]),
            sums=wide(annex.totals),
            reported=len(many[first : first + IN_A_BLOC]),
        )
        for first in range(0, units, IN_A_BLOC)
    )
    bloc_of = {row.name: bloc.name for bloc in blocs for row in bloc.rows}
    marks = tuple(ReportingMark(timeliness="late", days_late=1 + month) for month in range(months))
    late = tuple(ReportingRow(unit=row.name, bloc=bloc_of[row.name], marks=marks) for row in many)
    columns = tuple(replace(annex.columns[n % len(annex.columns)], clause=f"1.{n + 1}") for n in range(targets))
    return replace(
        report,
        target_groups=(replace(report.target_groups[0], rows=wide(report.targets)),),
        units=replace(annex, columns=columns, blocs=blocs, totals=wide(annex.totals), own_cells=wide(annex.own_cells)),
        reporting=replace(reporting, months=tuple(range(1, months + 1)), rows=late),
    )


def _check_annex(pdf: bytes, report: "PeriodicReport") -> int:
    """The last unit stands in the annexes of units and of reporting, every page has its number; how many pages."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    for number, text in enumerate(texts[1:], start=2):
        assert str(number) in text.split(), f"page {number} has no number"
    whole = " ".join(" ".join(texts).split())
    annex = report.units
    assert annex is not None
    last = sum(len(bloc.rows) for bloc in annex.blocs)
    assert whole.count(f"số {last} ") >= 2
    return len(texts)


def _pages(pdf: bytes) -> int:
    from core.paper import page_count

    return page_count(pdf)


class _Memory:
    """The most memory that any process of a worker has held so far, in MB."""

    def __init__(self, main_process: int) -> None:
        self._main = main_process
        self.most = 0

    def look(self) -> None:
        for child in Path(f"/proc/{self._main}/task/{self._main}/children").read_text().split():
            with suppress(FileNotFoundError, ProcessLookupError):
                lines = Path(f"/proc/{child}/status").read_text().splitlines()
                held = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
                self.most = max(self.most, held // 1024)


def _job_of(document: "OfficialDocument") -> "Job":
    document.refresh_from_db()
    assert document.job is not None
    return document.job


def _await(job: "Job", look: Callable[[], None] = lambda: None) -> float:
    """Wait until a worker has done the job; seconds from its claim to its end. Raises SystemExit where it failed."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        look()
        job.refresh_from_db()
        if job.finished_at:
            if job.state != "done":
                raise SystemExit(f"{job.title}: {job.state}. {job.error}")
            assert job.started_at is not None
            return (job.finished_at - job.started_at).total_seconds()
        time.sleep(0.1)
    raise SystemExit(f"{job.title}: not done after {PATIENCE_SECONDS} s.")


def _timed(make: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    made = make()
    return time.perf_counter() - began, made


if __name__ == "__main__":
    main()
