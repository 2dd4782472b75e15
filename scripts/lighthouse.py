"""Runs Lighthouse over the pages that people use most, signed in as in the demo; called by ``scripts/lighthouse``.

A browser is started and signed in; Lighthouse joins it by its debugging port. Each page is looked at on a phone and at
a desk. Prints two scores a page and what was marked down; the exit code is 1 where one is below ``LEAST``.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "var/node/node_modules/.bin/lighthouse"
CHROMIUM = os.environ.get("CHROME_PATH") or "/usr/bin/chromium"
PASSWORD = "demo-2024"  # noqa: S105  the demo's, as README.md tells
LEAST = 95
CATEGORIES = ("accessibility", "best-practices")
SCREENS: dict[str, list[str]] = {"phone": [], "desk": ["--preset=desktop"]}
START_SECONDS, PAGE_SECONDS, DOCUMENT_SECONDS = 240, 180, 120
BODY = "QNA-KCQ"
COMPARED = "&".join(f"unit={BODY}-00{number}" for number in range(1, 5))
# Who looks at what; "" is where the first page leads: a secretary's month, a leader's dashboard.
PAGES = {
    "bithu": {"month form": ""},
    "lanhdao": {
        "dashboard": "",
        "heat map": f"/dashboard/{BODY}/units/?all=1",
        "comparison": f"/dashboard/{BODY}/compare/?{COMPARED}",
        "quarter board": "/activities/board/",
        "document": "/documents/",
    },
}


def main() -> int:
    given = sys.argv[1:]
    if len(given) > 1 or any(word.startswith("-") for word in given):
        print("usage: scripts/lighthouse [ADDRESS OF A DEMO THAT RUNS]", file=sys.stderr)
        return 2
    with given_demo(given[0].rstrip("/")) if given else own_demo() as address:
        low = sum(look_as(who, address) for who in PAGES)
    print(f"lighthouse: {low} scores below {LEAST}" if low else f"lighthouse: every score is {LEAST} or more")
    return 1 if low else 0


# --- The portal ----------------------------------------------------------------------------------


@contextmanager
def given_demo(address: str) -> Iterator[str]:
    yield address


@contextmanager
def own_demo() -> Iterator[str]:
    """A demo in a folder of its own; stopped and forgotten afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="portal-lighthouse.") as folder:
        environment = {**os.environ, "DEMO": "1", "VAR_DIR": folder, "PORT": str(port)}
        started = subprocess.Popen([ROOT / "scripts/run"], env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(address, started)
            yield address
        finally:
            started.send_signal(signal.SIGTERM)
            started.wait()


def wait_for(address: str, started: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and started.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:  # not yet; urllib's errors are of its kind
            time.sleep(1)
        else:
            return
    sys.exit("lighthouse: the demo did not start")


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


# --- The pages -----------------------------------------------------------------------------------


def look_as(who: str, address: str) -> int:
    """Look at the person's pages; how many scores are too low."""
    port = free_port()
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--remote-debugging-port={port}"]
    with tempfile.TemporaryDirectory(prefix="portal-chromium.") as profile, sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=flags, base_url=address, locale="vi-VN"
        )
        page = browser.new_page()
        first = sign_in(page, who)
        low = 0
        for name, path in PAGES[who].items():
            wished = document_page(page) if name == "document" else page_at(page, path or first)
            low += sum(is_low(name, screen, measure(wished, port, screen)) for screen in SCREENS)
        browser.close()
    return low


def sign_in(page: Page, who: str) -> str:
    """Sign in; the address where that leads."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page.url


def page_at(page: Page, path: str) -> str:
    """The full address; a page that does not answer would get full marks for its error."""
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        sys.exit(f"lighthouse: {path} answers {answer and answer.status}")
    return page.url


def document_page(page: Page) -> str:
    """The page of the newest official report, which is made where there is none."""
    newest = page.locator("main table.data a[href^='/documents/']").first
    page.goto("/documents/")
    if not newest.count():
        page.get_by_role("button", name="Lập báo cáo").click()
        page.locator("#job a.btn-primary").wait_for(timeout=DOCUMENT_SECONDS * 1000)
        page.goto("/documents/")
    return page_at(page, newest.get_attribute("href") or "")


# --- The scores ----------------------------------------------------------------------------------


def measure(address: str, port: int, screen: str) -> dict[str, Any]:
    """What Lighthouse says of a page in the browser that listens at the port."""
    command = [
        *(str(LIGHTHOUSE), address, f"--port={port}", f"--only-categories={','.join(CATEGORIES)}", *SCREENS[screen]),
        *("--disable-storage-reset", "--output=json", "--quiet"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PAGE_SECONDS, check=False)
    if done.returncode:
        sys.exit(f"lighthouse: {address}\n{done.stderr}")
    said: dict[str, Any] = json.loads(done.stdout)
    if said["finalDisplayedUrl"].partition("#")[0] != address.partition("#")[0]:
        sys.exit(f"lighthouse: {address} led to {said['finalDisplayedUrl']}")
    return said


def is_low(name: str, screen: str, said: dict[str, Any]) -> bool:
    """Print the scores of a page and what lowered them; whether one is too low."""
    scores = {category: round(100 * (said["categories"][category]["score"] or 0)) for category in CATEGORIES}
    print(f"{name:15}{screen:7}" + "  ".join(f"{category} {score}" for category, score in scores.items()), flush=True)
    for category in CATEGORIES:
        for reference in said["categories"][category]["auditRefs"]:
            audit = said["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"    {audit['id']}: {audit['title']}")
                for item in audit.get("details", {}).get("items", [])[:5]:
                    node = item.get("node") or {}
                    print(f"        {node.get('snippet') or json.dumps(item, ensure_ascii=False)[:200]}")
    return min(scores.values()) < LEAST


if __name__ == "__main__":
    sys.exit(main())
