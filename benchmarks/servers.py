"""Servers of a run's own on loopback: PostgreSQL, Redis, gunicorn, a worker; at the end they and their folder go."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60
WORKER = ["celery", "--app", "doan_portal", "worker", "--loglevel", "WARNING", "--without-gossip"]
STOP_SECONDS = 20
# The portal lives on this day: the month of September has ended, and is due and not locked yet.
TODAY = "2024-10-02"


@contextmanager
def databases() -> Iterator[Path]:
    """PostgreSQL, durable as in earnest, and Redis; the environment and Django here are set to them.

    Gives the folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="portal-benchmark."))
    try:
        subprocess.run([ROOT / "scripts" / "private_servers", "start", folder, "durable"], cwd=ROOT, check=True)
        addresses = dict(line.split("=", 1) for line in (folder / "addresses").read_text().split())
        os.environ.update(
            DJANGO_SETTINGS_MODULE="benchmarks.settings",
            DEBUG="0",
            DEMO="0",
            SECRET_KEY=secrets.token_urlsafe(40),
            ALLOWED_HOSTS=HOST,
            DATABASE_URL=addresses["TEST_DATABASE_URL"],
            REDIS_URL=addresses["TEST_REDIS_URL"],
            VAR_DIR=str(folder / "var"),
            PORTAL_TODAY=TODAY,
            LOG_LEVEL="WARNING",
        )
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder
    finally:
        subprocess.run([ROOT / "scripts" / "private_servers", "stop", folder], cwd=ROOT, check=False)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def portal(folder: Path, *, processes: int = 2, worker: bool = True) -> Iterator[int]:
    """gunicorn as it serves in earnest, and Celery's worker; gives the port once a page answers."""
    port = free_port()
    surroundings = {**os.environ, "HOST": HOST, "PORT": str(port), "WEB_CONCURRENCY": str(processes)}
    commands = {"web": ["gunicorn", "doan_portal.wsgi", "--config", "deploy/gunicorn.conf.py"]}
    if worker:
        commands["worker"] = WORKER
    with ExitStack() as stack:
        for name, command in commands.items():
            stack.enter_context(_running(command, folder / f"{name}.log", surroundings))
        wait_for(port, folder / "web.log")
        yield port


@contextmanager
def workers(folder: Path, *, processes: int) -> Iterator[int]:
    """Celery's worker alone, with so many processes; gives the id of the main one, once it takes work."""
    from django.utils import timezone

    from core.models import WorkerSign

    began, log = timezone.now(), folder / "worker.log"
    surroundings = {**os.environ, "WORKER_CONCURRENCY": str(processes)}
    with _running(WORKER, log, surroundings) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not WorkerSign.objects.filter(seen_at__gte=began).exists():
            if time.monotonic() > deadline:
                raise SystemExit(f"No worker takes work. The end of its log:\n{log.read_text()[-2000:]}")
            time.sleep(0.2)
        yield process


@contextmanager
def _running(command: list[str], log: Path, surroundings: dict[str, str]) -> Iterator[int]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [BIN / command[0], *command[1:]], cwd=ROOT, env=surroundings, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as some:
        some.bind((HOST, 0))
        port: int = some.getsockname()[1]
        return port


def wait_for(
    port: int, log: Path, *, parts: tuple[str, ...] = ("database",), patience: float = PATIENCE_SECONDS
) -> None:
    """Wait until the portal says that these parts of it are well, up to so many seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as answer:
                state = json.load(answer)
            if all(state[part] == "ok" for part in parts):
                return
        except urllib.error.HTTPError as early:
            early.close()
        except (OSError, ValueError):
            pass
        time.sleep(0.2)
    raise SystemExit(f"No page answers. The end of the log:\n{log.read_text()[-2000:]}")
