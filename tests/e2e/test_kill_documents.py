"""``kill -9`` of a worker in the middle of every kind of work that makes paper: another does it, once."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.running import Portal, ask_for_the_quarter, sign_in
from tests.e2e.test_kill import children, kill_group

pytestmark = pytest.mark.e2e

DONE_WITHIN_SECONDS = 180
RESULT = "Mở kết quả"
COUNT = (
    "from core.models import Job, Notice, StoredFile; "
    "from reports.documents.models import DocumentEvent, OfficialDocument; "
    "from reports.documents.scorecards.models import ScorecardPiece; "
    "job = Job.objects.get(pk={job}); document = OfficialDocument.objects.filter(job=job).first(); "
    "files = StoredFile.objects.filter(created_at__gte=job.created_at); "
    "print(job.state, job.attempts, "
    "DocumentEvent.objects.filter(document=document, action='rendered').count(), files.count(), "
    "ScorecardPiece.objects.count(), "
    "Notice.objects.filter(url=job.result_url).count())"
)


@dataclass(frozen=True)
class Work:
    """What is asked for, by what its job page shows that it is half-way, and how many events a document of it has."""

    ask: Callable[[Page], str]
    half_way: str
    events: int


def ask_for_a_dispatch(page: Page) -> str:
    page.goto("/documents/reminders/ask/")
    page.locator("#id_unit").select_option("QNA-KCQ")
    page.locator("#id_month").select_option("2024-09")
    return asked(page)


def ask_for_all_scorecards(page: Page) -> str:
    page.goto("/documents/scorecards/QNA-KCQ/")
    page.locator("#id_month").select_option("2024-09")
    return asked(page, "button[formaction$='/all/']")


def asked(page: Page, button: str = "main form button[type=submit]") -> str:
    page.locator(button).click()
    page.wait_for_url(re.compile(r"/jobs/\d+/"))
    return page.url


IN_PARTS = Work(ask_for_the_quarter, r"Phần [2-9]/\d+, trang \d+", events=1)
DISPATCH = Work(ask_for_a_dispatch, r"Đang dàn trang|Trang \d+", events=1)
SCORECARDS = Work(ask_for_all_scorecards, r"<span>[1-9]\d*/\d+</span>", events=0)


@pytest.fixture
def portal_in_parts(portal: Portal) -> Iterator[Portal]:
    """The portal with a worker that sets every report in parts."""
    kill_group(portal, "worker")
    portal.replaced["PAPER_ROWS_A_PART"] = "100"
    portal.start("worker")
    portal.wait_until_well()
    yield portal
    kill_group(portal, "worker")
    del portal.replaced["PAPER_ROWS_A_PART"]
    portal.start("worker")
    portal.wait_until_well()


@pytest.fixture
def portal_at_rest(portal: Portal) -> Iterator[Portal]:
    """The portal without a worker: what is asked for waits."""
    kill_group(portal, "worker")
    yield portal
    portal.start("worker")
    portal.wait_until_well()


def wait_until(page: Page, job: str, pattern: str) -> str:
    """Look at the job's page, many times a second, until it says so or the job has ended; what it says then."""
    deadline = time.monotonic() + DONE_WITHIN_SECONDS
    while time.monotonic() < deadline:
        said = page.request.get(job, headers={"HX-Request": "true"}).text()
        if re.search(pattern, said) or "hx-get" not in said:
            return said
        time.sleep(0.02)
    raise AssertionError(f"{job} never said {pattern}")


def made_once(page: Page, portal: Portal, job: str, work: Work) -> None:
    """The result is there, of the second attempt: one document, one file, one notice, no piece left over."""
    assert RESULT in wait_until(page, job, RESULT)
    number = job.rstrip("/").rpartition("/")[2]
    told = portal.manage("shell", "-c", COUNT.format(job=number)).split()[-6:]
    assert told == ["done", "2", str(work.events), "1", "0", "1"]


@pytest.mark.parametrize("work", [IN_PARTS, DISPATCH, SCORECARDS], ids=["in parts", "dispatch", "scorecards"])
def test_what_a_killed_worker_was_making_is_made_once(page: Page, portal_in_parts: Portal, work: Work) -> None:
    portal = portal_in_parts
    sign_in(page, "lanhdao")
    job = work.ask(page)
    assert RESULT not in wait_until(page, job, work.half_way)
    kill_group(portal, "worker")
    time.sleep(1)
    assert RESULT not in page.request.get(job).text()
    portal.start("worker")
    made_once(page, portal, job, work)


def test_scorecards_outlive_one_of_two_processes_that_make_them(page: Page, portal: Portal) -> None:
    if portal.broker == "files":
        pytest.skip("One machine has one worker process.")
    sign_in(page, "lanhdao")
    job = ask_for_all_scorecards(page)
    assert RESULT not in wait_until(page, job, SCORECARDS.half_way)
    victim = children(portal.processes["worker"].pid)[0]
    os.kill(victim, signal.SIGKILL)
    assert RESULT in wait_until(page, job, RESULT)
    number = job.rstrip("/").rpartition("/")[2]
    state, attempts, *counts = portal.manage("shell", "-c", COUNT.format(job=number)).split()[-6:]
    assert (state, counts) == ("done", ["0", "1", "0", "1"])
    assert attempts in {"1", "2"}  # the helper was killed, or the one that leads


@pytest.mark.parametrize("lacking", [[], ["HTMLFormElement.prototype.requestSubmit"]], ids=["new", "old browser"])
def test_work_is_called_off_by_one_who_thinks_before_confirming(
    page: Page, portal_at_rest: Portal, lacking: list[str]
) -> None:
    """The page tells the state anew each second; what was asked of the person still stands when it is answered."""
    for name in lacking:
        page.add_init_script(f"delete {name}")
    sign_in(page, "lanhdao")
    ask_for_the_quarter(page)
    stop = page.get_by_role("button", name="Dừng")
    stop.focus()
    told_twice(page)
    expect(stop).to_be_focused()
    stop.press("Enter")
    told_twice(page)
    page.locator("#confirm-yes").click()
    page.get_by_text("Việc đã dừng.").wait_for()


def told_twice(page: Page) -> None:
    for _second in range(2):
        page.wait_for_event("requestfinished", lambda request: "/jobs/" in request.url)


def test_a_document_is_called_off_half_way_and_tried_again(page: Page, portal_in_parts: Portal) -> None:
    sign_in(page, "lanhdao")
    job = ask_for_the_quarter(page)
    assert RESULT not in wait_until(page, job, IN_PARTS.half_way)
    page.get_by_role("button", name="Dừng").click()
    page.locator("#confirm-yes").click()
    page.get_by_text("Việc đã dừng.").wait_for()
    time.sleep(2)
    assert RESULT not in page.request.get(job).text()
    page.get_by_role("button", name="Thử lại").click()
    assert RESULT in wait_until(page, job, RESULT)
    number = job.rstrip("/").rpartition("/")[2]
    assert portal_in_parts.manage("shell", "-c", COUNT.format(job=number)).split()[-6:] == [
        "done",
        "1",
        "1",
        "1",
        "0",
        "1",
    ]
