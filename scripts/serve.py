"""Runs web, worker and beat together on one machine, as scripts/run asks; Ctrl-C stops them all.

A process that dies is started again; one that cannot stay up stops the whole with a word about its log. Standard
library only: the supervisor stays small, and Django is loaded by the processes that need it.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"

# The same commands as in docker-compose.yml, which tests/infra/test_compose.py holds to it.
COMMANDS = {
    "web": ["gunicorn", "doan_portal.wsgi", "--config", "deploy/gunicorn.conf.py"],
    "worker": [
        "celery",
        "--app",
        "doan_portal",
        "worker",
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ],
    "beat": ["celery", "--app", "doan_portal", "beat", "--loglevel", "WARNING"],
}
PATIENCE_SECONDS = 60
STOP_SECONDS = 15
# A process that died this many times, each time within QUICK_SECONDS of its start, is not started again.
QUICK_DEATHS = 5
QUICK_SECONDS = 10
PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Somebody asked the portal to stop."""


def main() -> int:
    port, host = _port(), os.environ.get("HOST") or "127.0.0.1"
    if _answers(host, port):
        return _refuse(f"Port {port} is taken by another program. Choose another one: PORT=8123 scripts/run")
    signal.signal(signal.SIGTERM, _on_signal)
    signal.signal(signal.SIGINT, _on_signal)
    processes: list[Process] = []
    try:
        subprocess.run([BIN / "python", "scripts/prepare.py"], cwd=ROOT, check=True)
        logs = ROOT / (os.environ.get("VAR_DIR") or "var") / "log"
        logs.mkdir(parents=True, exist_ok=True)
        processes = [Process(name, command, logs / f"{name}.log") for name, command in COMMANDS.items()]
        for process in processes:
            process.start()
        return _supervise(processes, host, port)
    except subprocess.CalledProcessError:
        return _refuse("The database could not be made ready; the reason stands above.")
    except Stopped:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _stop(processes)


@dataclass
class Process:
    """One of the portal's processes, with its log and the times it died soon after its start."""

    name: str
    command: list[str]
    log: Path
    quick_deaths: int = 0
    started: float = 0.0
    popen: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                [BIN / self.command[0], *self.command[1:]],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # As in docker-compose.yml: threads of a process share what memory they have freed.
                env={"MALLOC_ARENA_MAX": "2", **os.environ},
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then stops each in order
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
            )

    def revive(self) -> bool:
        """Start it again if it is dead; False if it dies each time."""
        if self.popen.poll() is None:
            return True
        self.quick_deaths = self.quick_deaths + 1 if time.monotonic() - self.started < QUICK_SECONDS else 1
        if self.quick_deaths >= QUICK_DEATHS:
            return False
        print(f"{self.name} ended (code {self.popen.returncode}) and is started again.", flush=True)
        self.start()
        return True


def _supervise(processes: list[Process], host: str, port: int) -> int:
    """Look after the processes for ever; returns only when one of them cannot stay up."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    announced = False
    while True:
        for process in processes:
            if not process.revive():
                return _refuse(f"{process.name} does not stay up. The end of {process.log}:\n{_tail(process.log)}")
        if not announced and _is_ready(host, port):
            announced = True
            _announce(host, port, processes[0].log.parent)
        if not announced and time.monotonic() > deadline:
            return _refuse(f"No page answers after {PATIENCE_SECONDS} s. See {processes[0].log}")
        time.sleep(1 if announced else 0.2)


def _announce(host: str, port: int, logs: Path) -> None:
    print(f"\nThe portal answers at http://{host}:{port}/   (logs: {logs}; Ctrl-C stops it)")
    if os.environ.get("DEMO") == "1":
        print("Demo accounts, password demo-2024:")
        for name, person in (
            ("bithu", "secretary of a grassroots unit, Đoàn Khối các cơ quan tỉnh Quảng Nam"),
            ("canbo", "officer of Đoàn Khối"),
            ("lanhdao", "leader of Đoàn Khối"),
            ("quantri", "administrator"),
            ("canbo.kg", "officer of Tỉnh đoàn Kiên Giang"),
            ("lanhdao.kg", "leader of Tỉnh đoàn Kiên Giang"),
        ):
            print(f"  {name:<11} {person}")
    sys.stdout.flush()


def _stop(processes: list[Process]) -> None:
    """End what was started here, politely first; a job that is cut off starts again at the next run."""
    running = [process.popen for process in processes if hasattr(process, "popen") and process.popen.poll() is None]
    for popen in running:
        popen.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for popen in running:
        try:
            popen.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the supervisor dies, however that happens (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _on_signal(number: int, frame: object) -> NoReturn:
    raise Stopped


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        sys.exit(_refuse(f"PORT must be a number from 1 to 65535, not {value!r}."))
    return int(value)


def _answers(host: str, port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex((host, port)) == 0


def _is_ready(host: str, port: int) -> bool:
    # The portal answers only for the hosts that it knows.
    known_host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].strip(" .*") or "localhost"
    request = urllib.request.Request(f"http://{host}:{port}/healthz", headers={"Host": known_host})
    try:
        with urllib.request.urlopen(request, timeout=2) as response:
            return bool(json.load(response)["database"] == "ok")
    except (OSError, ValueError, urllib.error.URLError):
        return False


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
