"""A portal of real processes for browser tests: started by the commands of docker-compose.yml, killed, stopped."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
SERVICES = ("web", "worker", "beat")
DEMO_PASSWORD = "demo-2024"
START_SECONDS = 90
# What deploy/env.example asks for, filled in for a test.
DOTENV = {
    "SITE_HOST": "portal.example",
    "SECRET_KEY": "only-for-tests-" * 4,
    "POSTGRES_PASSWORD": "unused",
    "REDIS_PASSWORD": "unused",
}


def compose_service(name: str) -> dict[str, Any]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    service: dict[str, Any] = compose["services"][name]
    return service


def compose_environment(name: str, given: dict[str, str]) -> dict[str, str]:
    """The environment of a service as docker-compose.yml gives it, when ``.env`` holds the given values."""

    def fill_in(match: re.Match[str]) -> str:
        variable, default = match[1], match[2]
        if variable not in given and default is None:
            raise KeyError(f"docker-compose.yml asks for {variable}")
        return given.get(variable) or default

    pattern = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")
    return {key: pattern.sub(fill_in, value) for key, value in compose_service(name)["environment"].items()}


@dataclass
class Portal:
    """A running portal, started by the commands of docker-compose.yml in their environment.

    ``broker`` is "files" or "redis"; ``replaced`` are the values that differ on one machine: addresses, folders, and
    what makes it the demo. None takes a variable away.
    """

    broker: str
    url: str
    replaced: dict[str, str | None]
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def environment(self, service: str) -> dict[str, str]:
        machine = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        values = {**machine, **compose_environment(service, DOTENV), **self.replaced}
        return {name: value for name, value in values.items() if value is not None}

    def start(self, service: str) -> None:
        program, *arguments = compose_service(service)["command"]
        with (self.logs / f"{service}.log").open("ab") as log:
            self.processes[service] = subprocess.Popen(
                [BIN / program, *arguments],
                cwd=ROOT,
                env=self.environment(service),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, service: str) -> None:
        """End the service's main process as a crash would."""
        self.processes[service].kill()
        self.processes[service].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def manage(self, *arguments: str) -> str:
        """What a manage.py command prints, run against this portal's database."""
        return self.run("python", "manage.py", *arguments)

    def run(self, program: str, *arguments: str) -> str:
        """What a program of the virtual environment prints, run to its end in the environment of ``web``."""
        done = subprocess.run(
            [BIN / program, *arguments],
            cwd=ROOT,
            env=self.environment("web"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def health(self) -> dict[str, str]:
        request = urllib.request.Request(f"{self.url}/healthz", headers={"Host": "localhost"})
        with urllib.request.urlopen(request, timeout=5) as response:
            state: dict[str, str] = json.load(response)
        return state

    def logged(self, service: str) -> str:
        return (self.logs / f"{service}.log").read_text()

    def wait_until_well(self) -> None:
        """Return when database, broker and worker are all ok; fail with the logs' ends otherwise."""
        deadline = time.monotonic() + START_SECONDS
        state: Any = None
        while time.monotonic() < deadline and all(process.poll() is None for process in self.processes.values()):
            with contextlib.suppress(OSError):
                state = self.health()
                if state["status"] == "ok":
                    return
            time.sleep(0.3)
        pytest.fail(f"The portal is not well: {state}\n{self.log_ends()}")

    def log_ends(self) -> str:
        return "\n".join(f"== {log.name}\n{log.read_text()[-1500:]}" for log in sorted(self.logs.glob("*.log")))


def sign_in(page: Page, username: str) -> None:
    """Sign a demo account in through the sign-in page; afterwards the page shows the person's own work."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def ask_for_the_quarter(page: Page) -> str:
    """Ask for the official report of the third quarter of Đoàn Khối, as its leader; the address of its job."""
    page.goto("/documents/")
    page.get_by_label("Đơn vị", exact=True).select_option("QNA-KCQ")
    page.get_by_label("Kỳ", exact=True).select_option("2024-Q3")
    page.get_by_label("Chính thức").check()
    page.get_by_role("button", name="Lập báo cáo").click()
    page.wait_for_url(re.compile(r"/jobs/\d+/"))
    return page.url


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@contextlib.contextmanager
def new_database(server: str, name: str) -> Iterator[str]:
    """An empty PostgreSQL database beside the one that ``server`` names; dropped afterwards."""

    def run(statement: str) -> None:
        connection = psycopg2.connect(server)
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(statement)

    run(f"CREATE DATABASE {name}")
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        run(f"DROP DATABASE {name} WITH (FORCE)")
