"""What the demo takes of a small machine's memory, web, worker and beat together, while documents are made."""

import contextlib
import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.running import Portal, ask_for_the_quarter, sign_in

pytestmark = pytest.mark.e2e

LIMIT_MEGABYTES = 700
DOCUMENTS_WITHIN_SECONDS = 240


def resident_megabytes(portal: Portal) -> dict[str, float]:
    """Resident memory of each process of the portal; pages that several share count in each."""
    groups = {process.pid: name for name, process in portal.processes.items()}
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            group = os.getpgid(int(folder.name))
            size = re.search(r"VmRSS:\s+(\d+) kB", (folder / "status").read_text())
            if group in groups and size:
                found[f"{groups[group]} {folder.name}"] = int(size[1]) / 1024
    return found


def test_two_documents_at_once_stay_within_the_memory_of_the_demo(page: Page, portal: Portal) -> None:
    if portal.broker != "files":
        pytest.skip("The limit is the demo's, on one machine.")
    sign_in(page, "lanhdao")
    page.goto("/dashboard/QNA-KCQ/?period=2024-09")
    waiting = [ask_for_the_quarter(page), ask_for_the_quarter(page)]
    deadline, most = time.monotonic() + DOCUMENTS_WITHIN_SECONDS, resident_megabytes(portal)
    while waiting:
        assert time.monotonic() < deadline, f"Not made in time: {waiting}"
        page.goto(waiting[0])
        if page.get_by_role("link", name="Mở kết quả").count():
            waiting.pop(0)
        for _sample in range(5):
            most = max(most, resident_megabytes(portal), key=lambda sizes: sum(sizes.values()))
            time.sleep(0.1)
    print({name: round(size) for name, size in most.items()})
    assert 300 < sum(most.values()) < LIMIT_MEGABYTES, most
