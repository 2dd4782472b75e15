"""scripts/run on this machine: starts all three processes, starts again what dies, leaves nothing behind at Ctrl-C."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.running import ROOT, free_port

pytestmark = pytest.mark.e2e

PATIENCE_SECONDS = 60


@dataclass
class Run:
    """An empty portal (DEMO=0) started by scripts/run without a terminal."""

    process: subprocess.Popen[bytes]
    port: int
    var_dir: Path
    output: Path

    def health(self) -> dict[str, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
            state: dict[str, str] = json.load(response)
        return state

    def children(self) -> dict[str, int]:
        """Process ids of web, worker and beat by the program and the word that tell them apart."""
        listing = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        names = {"gunicorn": "web", " worker ": "worker", " beat ": "beat"}
        return {
            name: int(line.split()[0]) for line in listing.splitlines() for word, name in names.items() if word in line
        }

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.output.read_text():
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.2)


def environment(var_dir: Path, port: int) -> dict[str, str]:
    machine = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**machine, "DEMO": "0", "VAR_DIR": str(var_dir), "PORT": str(port)}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    var_dir = tmp_path_factory.mktemp("run")
    output, port = var_dir / "output", free_port()
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [ROOT / "scripts/run"],
            env=environment(var_dir, port),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    run = Run(process, port, var_dir, output)
    try:
        run.wait_for(f"The portal answers at http://127.0.0.1:{port}/")
        yield run
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE_SECONDS)


def test_without_a_terminal_it_says_how_to_make_the_first_administrator(run: Run) -> None:
    assert "DEMO=0 scripts/manage create_administrator" in run.output.read_text()


def test_its_secret_is_kept_from_others(run: Run) -> None:
    key = run.var_dir / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) >= 64


def test_what_is_killed_is_started_again(run: Run) -> None:
    before = run.children()
    assert set(before) == {"web", "worker", "beat"}
    for name, pid in before.items():
        os.kill(pid, signal.SIGKILL)
        run.wait_for(f"{name} ended (code -9) and is started again.")
    deadline = time.monotonic() + PATIENCE_SECONDS
    state: dict[str, str] = {}
    while state.get("status") != "ok" and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            state = run.health()
        time.sleep(0.2)
    after = run.children()
    assert state["status"] == "ok"
    assert set(after) == {"web", "worker", "beat"}
    assert set(after.values()).isdisjoint(before.values())


def test_a_second_one_on_the_same_port_is_refused(run: Run) -> None:
    second = subprocess.run(
        [ROOT / "scripts/run"], env=environment(run.var_dir, run.port), capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"Port {run.port} is taken by another program." in second.stderr


def test_ctrl_c_ends_all_of_it(run: Run) -> None:
    children = run.children()
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=PATIENCE_SECONDS) == 0
    assert [name for name, pid in children.items() if Path(f"/proc/{pid}").exists()] == []
