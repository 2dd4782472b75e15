"""Reporting the month: a thousand reports through the real pages, twenty people at once, held against the bare page.

    python -m benchmarks.submitting --units 1001 --clients 20

Each unit's secretary signs in at the real page. Then all open the bare page (the measure), all open the form and fill
it in, all autosave, all submit, all read the receipt: so many at once, and each step by itself. PostgreSQL, Redis,
gunicorn and a worker that adds up the totals run as in earnest on this machine, and the clients too.
"""

import argparse
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from benchmarks import make_province
from benchmarks.browsers import Browser, Failed, Round, at_once, token_in
from benchmarks.figures import KINDS, Said, said, total
from benchmarks.make_province import Made, Place
from benchmarks.servers import databases, portal
from benchmarks.telling import close, head, p95, table

MONTH = 9
LIMIT = 5  # p95 as a multiple of the bare page's
FIELD = re.compile(r'name="i(\d+)-(amount|numerator|denominator|is_done|note)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
PATIENCE_SECONDS = 600


@dataclass
class Secretary:
    """One unit's secretary at a browser of her own."""

    unit: Place
    browser: Browser
    indicators: dict[int, int]  # id → place in KINDS
    typed: list[tuple[str, str]] = field(default_factory=list)
    version: str = ""
    receipt: str = ""

    @property
    def address(self) -> str:
        return f"/reports/{self.unit.code}/2024-{MONTH:02d}/"

    def signs_in(self) -> Browser:
        name = make_province.username("secretary", self.unit.code)
        self.browser.sign_in(name, make_province.PASSWORD)
        return self.browser

    def opens_the_bare_page(self) -> Browser:
        page = self.browser.get("bare", "/bare/")
        if 'id="main"' not in page.text:
            raise Failed("the bare page has no frame")
        return self.browser

    def opens_the_form(self) -> Browser:
        """And types: what is sent later is every field that the page shows."""
        page = self.browser.get("form", self.address)
        version = VERSION.search(page.text)
        if version is None:
            raise Failed(f"{self.address}: no form")
        self.typed = [("csrfmiddlewaretoken", token_in(page)), *self._typed(page.text)]
        self.version = version[1]
        return self.browser

    def autosaves(self) -> Browser:
        kept = self.browser.post("autosave", f"{self.address}autosave/", [*self.typed, ("version", self.version)])
        told = json.loads(kept.text)
        if told["errors"] or not told["saved"]:
            raise Failed(f"{self.address}: {told['errors']}")
        self.version = str(told["version"])
        return self.browser

    def submits(self) -> Browser:
        handed_in = [*self.typed, ("version", self.version)]
        self.receipt = self.browser.post("submit", f"{self.address}submit/", handed_in, wished=302).place
        return self.browser

    def reads_the_receipt(self) -> Browser:
        if "Chờ duyệt" not in unescape(self.browser.get("receipt", self.receipt).text):
            raise Failed(f"{self.address}: the receipt does not say that it waits for review")
        return self.browser

    def _typed(self, page: str) -> Iterator[tuple[str, str]]:
        """Every field that the page shows, filled in; what was done before has none."""
        asked = {(int(indicator), name) for indicator, name in FIELD.findall(page)}
        if {indicator for indicator, _name in asked} - set(self.indicators):
            raise Failed(f"{self.address}: asks for something unknown")
        for indicator, name in sorted(asked):
            yield f"i{indicator}-{name}", _written(said(self.unit.number, self.indicators[indicator], MONTH), name)
        yield "t-movements", "Ra quân Ngày Chủ nhật xanh, dọn vệ sinh tuyến đường trước trụ sở."


def _written(figure: Said, name: str) -> str:
    value = getattr(figure, name, None)
    if name == "is_done":
        return "yes" if value else "no"
    return "" if value is None else str(value)


# One after the other, each by all: a figure is then of that step alone.
STEPS = (Secretary.opens_the_form, Secretary.autosaves, Secretary.submits, Secretary.reads_the_receipt)


def main() -> None:
    words = argparse.ArgumentParser(description="Hand in the month's reports of a made-up organisation.")
    words.add_argument("--units", type=int, default=1001, help="one of them is the topmost, which hands nothing in")
    words.add_argument("--clients", type=int, default=20)
    words.add_argument("--bare", type=int, default=1000, help="at least so many requests of the bare page")
    asked = words.parse_args()
    with databases() as folder:
        made = _make(asked.units)
        with portal(folder) as port:
            measure(made, port, clients=asked.clients, bare=asked.bare)


def _make(units: int) -> Made:
    from reports.rollups.services import rebuild

    made = make_province.make_province(units=units, months=MONTH - 1, waiting="not_started")
    rebuild()
    return made


def measure(made: Made, port: int, *, clients: int, bare: int) -> None:
    people = [
        Secretary(unit, Browser(port), dict(zip(made.indicators, range(len(KINDS)), strict=True)))
        for unit in made.reporting
    ]
    head(reports=len(people), clients=clients, indicators=len(KINDS), months_before=MONTH - 1)
    arriving = at_once(clients, people, Secretary.signs_in)
    at_once(clients, people[: 5 * clients], Secretary.opens_the_bare_page)  # to warm up
    # Half of the measure before and half after, so that it stands for the machine as it was on both sides.
    looks = (people * -(-bare // len(people)))[: -(-bare // 2)]
    before = at_once(clients, looks, Secretary.opens_the_bare_page)
    rounds = [at_once(clients, people, step) for step in STEPS]
    drained = _wait_for_totals()
    after = at_once(clients, looks, Secretary.opens_the_bare_page)
    failures = [one for some in (arriving, before, *rounds, after) for one in some.failures]
    wrong = _wrong(made)
    _tell(before.seconds["bare"] + after.seconds["bare"], rounds, failures=failures, wrong=wrong, drained=drained)
    if failures or wrong:
        raise SystemExit(1)


def _wait_for_totals() -> float:
    """Seconds until the worker has added up everything that was handed in."""
    from reports.rollups.models import DirtyMark

    began = time.perf_counter()
    while DirtyMark.objects.exists():
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise SystemExit("The totals do not follow.")
        time.sleep(0.1)
    return time.perf_counter() - began


def _wrong(made: Made) -> list[str]:
    """What is not as it must be: reports, their history, their figures, the totals over them."""
    from django.db.models import Sum

    from reports.progress.models import Period, ProgressEntry, ProgressReport, ReportEvent
    from reports.rollups.audit import audit_rollups
    from reports.rollups.models import Rollup

    period = Period.objects.get(month=MONTH)
    submitted = ProgressReport.objects.filter(period=period, state="submitted").count()
    steps = ReportEvent.objects.filter(report__period=period, action="submit").count()
    found = [] if submitted == steps == len(made.reporting) else [f"{submitted} submitted, {steps} steps"]
    entries = ProgressEntry.objects.filter(report__period=period)
    sums = dict(entries.order_by().values_list("indicator").annotate(Sum("amount")))
    top = Rollup.objects.filter(unit=1, period=period, basis="provisional", since=None)
    totals = dict(top.values_list("indicator", "amount"))
    for place, indicator in enumerate(made.indicators):
        if KINDS[place].over_time == "sum":
            wished = total(made.reporting[0].number, made.reporting[-1].number, place, MONTH)
            if not sums.get(indicator) == totals.get(indicator) == wished:
                found.append(f"{KINDS[place].name}: {sums.get(indicator)}, {totals.get(indicator)}, wished {wished}")
    return found + [str(difference) for difference in audit_rollups()[:5]]


def _tell(bare: list[float], rounds: list[Round], *, failures: list[str], wrong: list[str], drained: float) -> None:
    steps = {what: times for some in rounds for what, times in some.seconds.items()}
    ratios = table({"bare": bare, **steps}, against="bare")
    print(f"{sum(map(len, steps.values()))} requests of reporting in {sum(one.whole for one in rounds):.1f} s")
    print(f"totals complete {drained:.1f} s after the last")
    for line in [*failures[:5], *wrong[:5]]:
        print(line)
    print(f"submitting: p95 {ratios.get('submit_p95')} times the bare page's; limit {LIMIT}")
    print(f"{len(failures)} errors, {len(wrong)} wrong figures")
    close(
        ratios=ratios,
        limit=LIMIT,
        errors=len(failures),
        wrong=len(wrong),
        p95_seconds={what: round(p95(times), 4) for what, times in {"bare": bare, **steps}.items()},
        totals_after=round(drained, 2),
    )


if __name__ == "__main__":
    main()
