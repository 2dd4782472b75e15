"""Pages that people open most, held against the bare page: one after the other, as an office uses them, and anew.

    python -m benchmarks.pages --units 100 --units 2000

For each size PostgreSQL, Redis, gunicorn and a worker run as in earnest on this machine; eight months are approved and
September waits. Dashboards and figures are kept as long as nothing changes (``core.kept_pages``), so in use something
changes before every hundredth opening, and anew before each. Every answer is checked for what it has to say. With
several sizes the growth from the smallest to the largest is told, each page held against the bare page of its own run,
and that of making the totals beforehand (for each entry) and after an approval.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import count
from statistics import median

from benchmarks import make_province, rollup
from benchmarks.browsers import Browser, Failed, at_once
from benchmarks.make_province import Made
from benchmarks.servers import databases, portal
from benchmarks.telling import close, head, p95, table

LIMIT, GROWTH_LIMIT = 5, 1.5
KINDS_OPENED = ("pooled", "each_unit", "milestone", "ratio")
BASIS = "basis=provisional"
APPROVALS = 30
TOTALS = ("built_us_of_cpu_per_entry", "update_1_ms", "update_1_ms_of_cpu")


@dataclass(frozen=True)
class Page:
    """A page, who opens it, and what has to stand in it."""

    name: str
    reader: str
    address: str
    says: str


@dataclass(frozen=True)
class Manner:
    """How pages are opened: by how many at once, each page so often or oftener, a change before every so manieth."""

    name: str
    clients: int
    times: int
    change_every: int | None = None


@dataclass
class Reader:
    """One person at a browser of their own, who opens one page again and again."""

    page: Page
    browser: Browser

    def signs_in(self) -> Browser:
        self.browser.sign_in(self.page.reader, make_province.PASSWORD)
        return self.browser

    def looks(self, page: Page) -> Browser:
        answer = self.browser.get(page.name, page.address)
        if page.says not in unescape(answer.text):
            raise Failed(f"{page.address}: does not say {page.says!r}")
        return self.browser


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--units", type=int, action="append", help="size of the organisation; several to see the growth")
    words.add_argument("--times", type=int, default=30, help="how often each page is opened in each manner")
    asked = words.parse_args()
    sizes = sorted(set(asked.units or [100]))
    if len(sizes) == 1:
        with databases() as folder:
            with rollup.unchecked():
                made = make_province.make_province(units=sizes[0], months=8, waiting="submitted")
            totals = _add_up(rollup.Bench(folder))
            with portal(folder) as port:
                measure(pages_of(made), port, asked.times, units=len(made.places), **totals)
        return
    _grow(sizes, asked.times)


def _add_up(bench: rollup.Bench) -> dict[str, float]:
    """Make all totals, then approve one report after the other: what the first cost PostgreSQL, a drain both sides."""
    entries = rollup.count("reports_progressentry")
    built = bench.tell(f"all totals of {entries:,} entries", rollup.rebuild)
    rollup.execute("VACUUM ANALYZE")
    one = bench.took(rollup.updates_of_one, APPROVALS)
    told = {
        "built_us_of_cpu_per_entry": round(1e6 * built.cpu / entries, 1),
        "update_1_ms": round(1000 * median(one.answer[0]), 1),
        "update_1_ms_of_cpu": round(1000 * one.answer[1] / APPROVALS, 1),
    }
    print(told, flush=True)
    return told


def _grow(sizes: list[int], times: int) -> None:
    """Each size by a run of its own; then what came of it, side by side."""
    found = {}
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.pages", "--units", str(size), "--times", str(times)]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        *told, last = run.stdout.splitlines()
        print("\n".join(told), flush=True)
        found[size] = json.loads(last)
    small, large = (found[size]["ratios"] for size in (sizes[0], sizes[-1]))
    growth = {name: round(large[name] / small[name], 2) for name in small}
    growth |= {name: round(found[sizes[-1]][name] / found[sizes[0]][name], 2) for name in TOTALS}
    print(f"growth from {sizes[0]} to {sizes[-1]} units, each against the bare page of its run; limit {GROWTH_LIMIT}")
    for name, times_as_much in growth.items():
        print(f"{name:<32}{times_as_much:>8.2f}")
    ratios = {f"growth_{name}": value for name, value in growth.items()}
    close(ratios={**large, **ratios}, by_units={str(size): one["ratios"] for size, one in found.items()}, limit=LIMIT)


def pages_of(made: Made) -> list[Page]:
    """Topmost unit, a province, a grassroots unit: their pages for those who work there."""
    top, province = made.places[0], made.places[1]
    grassroots = next(place for place in made.places if place.depth == 3)
    leader = partial(make_province.username, "leader")
    pages = [
        Page("dashboard top", leader(top.code), f"/dashboard/{top.code}/?{BASIS}", 'id="h-targets"'),
        Page("dashboard body", leader(province.code), f"/dashboard/{province.code}/?{BASIS}", 'id="h-targets"'),
        Page("units body", leader(province.code), f"/dashboard/{province.code}/units/?{BASIS}", 'class="heat'),
    ]
    for kind, target in _targets(province.number).items():
        address = f"/targets/{target}/at/{province.code}/?{BASIS}"
        pages.append(Page(f"drill {kind}", leader(province.code), address, 'id="h-parts"'))
    officer = make_province.username("officer", top.code)
    secretary = make_province.username("secretary", grassroots.code)
    return [
        *pages,
        Page("queue", officer, "/reports/review/", grassroots.code),
        Page("form", secretary, f"/reports/{grassroots.code}/2024-09/", "2024"),
    ]


def _targets(body: int) -> dict[str, int]:
    """One target of each shape of the body's own plan, else of the topmost's."""
    from targets.models import Target

    shapes = {
        "pooled": {"carried_by": "pooled", "indicator__kind": "amount"},
        "each_unit": {"carried_by": "each_unit", "indicator__kind": "amount"},
        "milestone": {"indicator__kind": "milestone"},
        "ratio": {"indicator__kind": "ratio"},
    }
    found = {}
    for kind, facts in shapes.items():
        rows = Target.objects.filter(plan__unit__in=(body, 1), **facts).order_by("-plan__unit", "order")
        found[kind] = rows.values_list("pk", flat=True)[0]
    return found


def measure(pages: list[Page], port: int, times: int, **sizes: float) -> None:
    """In each manner, the bare page before and after each page. ``sizes`` are told."""
    head(times=times, **sizes)
    ratios: dict[str, float] = {}
    failures: list[str] = []
    seconds: dict[str, float] = {}
    for manner in (Manner("alone", 1, times), Manner("in use", 4, 500, 100), Manner("anew", 1, times, 1)):
        rows = _round(pages, port, manner, failures)
        print(f"{manner.name}: {manner.clients} at a time")
        told = table(rows, against="bare")
        ratios |= {f"{name} {manner.name}".replace(" ", "_"): value for name, value in told.items()}
        seconds |= {f"{name} {manner.name}": round(p95(found), 4) for name, found in rows.items()}
    for line in failures[:5]:
        print(line)
    print(f"{len(failures)} errors; limit {LIMIT} times the bare page's p95")
    close(ratios=ratios, limit=LIMIT, errors=len(failures), p95_seconds=seconds, **sizes)
    if failures:
        raise SystemExit(1)


def _round(pages: list[Page], port: int, manner: Manner, failures: list[str]) -> dict[str, list[float]]:
    """Each page by as many people of its reader's account as there are clients; the bare page between the pages."""
    rows: dict[str, list[float]] = {"bare": []}
    for page in pages:
        readers = [Reader(page, Browser(port)) for _client in range(manner.clients)]
        failures += at_once(manner.clients, readers, Reader.signs_in).failures
        bare = Page("bare", page.reader, "/bare/", 'id="main"')
        each = max(manner.times // manner.clients, 3)
        for one, many in ((bare, max(each // 2, 2)), (page, 1), (page, each), (bare, max(each // 2, 2))):
            look: Callable[[Reader], Browser] = partial(
                _looks, page=one, change_every=manner.change_every, seen=count()
            )
            found = at_once(manner.clients, readers * many, look)
            failures += found.failures
            if one is page and many == 1:
                continue  # to warm up
            rows.setdefault(one.name, []).extend(found.seconds.get(one.name, []))
    return rows


def _looks(reader: Reader, *, page: Page, change_every: int | None, seen: "count[int]") -> Browser:
    """``seen`` counts the openings of all readers."""
    if change_every is not None and next(seen) % change_every == 0:
        from core import pulse

        pulse.change()
    return reader.looks(page)


if __name__ == "__main__":
    main()
