"""``kill -9`` at the worst moment: a document that is being made is made once, and what was saved is there.

What is killed is a whole service, as a machine or a container dies; and the worker's main process alone, whose
children must not go on as strangers. scripts/run and compose start again what died; here the test does.
"""

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.e2e.running import Portal, ask_for_the_quarter, sign_in

pytestmark = pytest.mark.e2e

DONE_WITHIN_SECONDS = 60
COUNT_RESULTS = (
    "from core.models import StoredFile; from reports.documents.models import DocumentEvent; "
    "print(DocumentEvent.objects.filter(document={0}, action='rendered').count(), "
    "StoredFile.objects.filter(kind='reports.document', subject='{0}').count())"
)


def gone(pid: int) -> bool:
    """Whether the process has ended; one that nobody has collected yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def children(pid: int) -> list[int]:
    """The processes that any thread of this one started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]


def kill_group(portal: Portal, service: str) -> None:
    os.killpg(portal.processes[service].pid, signal.SIGKILL)
    portal.processes[service].wait()


def kill_main_process(portal: Portal, service: str) -> None:
    family = children(portal.processes[service].pid)
    assert family != []
    portal.kill(service)
    deadline = time.monotonic() + 10
    while not all(gone(child) for child in family):
        assert time.monotonic() < deadline, f"Children of the dead {service} live on: {family}"
        time.sleep(0.1)


@pytest.mark.parametrize("kill", [kill_group, kill_main_process])
def test_a_document_whose_worker_is_killed_is_made_once(
    page: Page, portal: Portal, kill: Callable[[Portal, str], None]
) -> None:
    sign_in(page, "lanhdao")
    job = ask_for_the_quarter(page)
    expect(page.locator("#job").get_by_text(re.compile(r"Trang \d+"))).to_be_visible(timeout=60_000)

    kill(portal, "worker")
    time.sleep(1)
    page.goto(job)
    expect(page.get_by_role("link", name="Mở kết quả")).to_have_count(0)
    portal.start("worker")
    restarted = time.monotonic()

    opened = page.get_by_role("link", name="Mở kết quả")
    opened.wait_for(timeout=DONE_WITHIN_SECONDS * 1000)
    print(f"{portal.broker}, {kill.__name__}: done {time.monotonic() - restarted:.1f} s after the restart")
    opened.click()
    expect(page.get_by_role("link", name="Tải PDF")).to_be_visible()
    document = page.url.rstrip("/").rpartition("/")[2]
    assert portal.manage("shell", "-c", COUNT_RESULTS.format(document)).split()[-2:] == ["1", "1"]


def test_a_draft_that_was_saved_outlives_a_killed_web(page: Page, portal: Portal) -> None:
    sign_in(page, "bithu")
    address = page.url.split("?")[0]
    form = {name: page.locator(f"#report [name={name}]").input_value() for name in ("csrfmiddlewaretoken", "version")}
    text = str(page.locator("#report textarea").first.get_attribute("name"))

    killer = threading.Timer(2, kill_group, (portal, "web"))
    killer.start()
    saved = tried = 0
    while killer.is_alive() or portal.processes["web"].poll() is None:
        tried += 1
        try:
            answer = page.request.post(f"{address}autosave/", form={**form, text: f"Lần lưu {tried}"})
        except Error:  # the connection broke
            break
        assert answer.status == 200
        form["version"], saved = str(answer.json()["version"]), tried
    killer.join()
    assert saved > 0

    portal.start("web")
    portal.wait_until_well()
    page.goto(address)
    # The last one may have been on its way; every one that was answered is there.
    assert page.locator(f"#report [name={text}]").input_value() in {f"Lần lưu {saved}", f"Lần lưu {tried}"}
