"""Fixtures of the browser tests, which all run twice: on SQLite with the file broker, on PostgreSQL with Redis.

Tests here speak HTTP only; what they need in the database is the demo province.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.running import ROOT, SERVICES, Portal, free_port, new_database

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Addresses of a private PostgreSQL and Redis: those of scripts/test, or ones started for this run."""
    if "TEST_DATABASE_URL" in os.environ:
        yield {name: os.environ[name] for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL")}
        return
    # Not pytest's own folder: the account that owns PostgreSQL may not enter it, nor is its path short enough.
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/portal-e2e.XXXXXX"], text=True).strip())
    try:
        subprocess.run([ROOT / "scripts/private_servers", "start", folder], check=True)
        lines = (folder / "addresses").read_text().split()
        yield dict(line.split("=", 1) for line in lines)
    finally:
        subprocess.run([ROOT / "scripts/private_servers", "stop", folder], check=True)
        subprocess.run(["rm", "-rf", folder], check=True)


@pytest.fixture(scope="session")
def fresh_postgres(servers: dict[str, str]) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with new_database(servers["TEST_DATABASE_URL"], f"e2e_{os.getpid()}") as address:
        yield address


@pytest.fixture(scope="session", params=["files", "redis"])
def portal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demo portal, on each pair of database and broker."""
    subprocess.run([ROOT / "scripts/setup"], check=True)
    var_dir = tmp_path_factory.mktemp(request.param)
    port = free_port()
    replaced: dict[str, str | None] = {
        "DEMO": "1",
        "ALLOWED_HOSTS": None,
        "BEHIND_TLS_PROXY": None,
        "DATABASE_URL": None,
        "REDIS_URL": None,
        "VAR_DIR": str(var_dir),
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    if request.param == "files":
        # As few processes as scripts/run starts on one machine.
        replaced |= {"WEB_CONCURRENCY": None, "WORKER_CONCURRENCY": None}
    else:
        replaced["DATABASE_URL"] = request.getfixturevalue("fresh_postgres")
        replaced["REDIS_URL"] = request.getfixturevalue("servers")["TEST_REDIS_URL"]
    portal = Portal(request.param, f"http://127.0.0.1:{port}", replaced, var_dir)
    portal.manage("migrate", "--no-input")
    portal.manage("load_demo")
    try:
        for service in SERVICES:
            portal.start(service)
        portal.wait_until_well()
        yield portal
    finally:
        portal.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A new person's browser window at the portal; whatever the page's scripts complain of fails the test."""
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None)
    yield page
    context.close()
    assert complaints == []
