"""The portal as docker-compose.yml runs it for real: behind TLS, on PostgreSQL and Redis, without demo accounts."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest

from tests.e2e.running import ROOT, SERVICES, Portal, compose_service, free_port, new_database

pytestmark = pytest.mark.e2e

MAKE_DEMO_ACCOUNT = (
    "from accounts.models import User; "
    "User.objects.create_user('bithu', password='demo-2024', full_name='A', is_demo=True)"
)
REMOVE_DEMO_ACCOUNT = "from accounts.models import User; User.objects.filter(is_demo=True).delete()"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # type: ignore[override]
        return None


def answer(url: str, *, over_tls: bool) -> tuple[int, Message]:
    """Status and headers of a page as the proxy would ask for it."""
    headers = {"Host": "portal.example", "X-Forwarded-For": "203.0.113.7"}
    if over_tls:
        headers["X-Forwarded-Proto"] = "https"
    try:
        with urllib.request.build_opener(NoRedirect).open(urllib.request.Request(url, headers=headers)) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


@pytest.fixture(scope="module")
def production(servers: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """An empty portal on production settings, not started yet."""
    subprocess.run([ROOT / "scripts/setup"], check=True)
    var_dir = tmp_path_factory.mktemp("production")
    port = free_port()
    with new_database(servers["TEST_DATABASE_URL"], f"production_{port}") as database:
        replaced: dict[str, str | None] = {
            "DATABASE_URL": database,
            # A Redis database of its own: messages of the other portals' tests stay theirs.
            "REDIS_URL": servers["TEST_REDIS_URL"].removesuffix("/0") + "/1",
            "VAR_DIR": str(var_dir),
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }
        portal = Portal("redis", f"http://127.0.0.1:{port}", replaced, var_dir)
        portal.run(*compose_service("migrate")["command"])
        yield portal
        portal.stop()


def test_web_and_worker_refuse_to_start_beside_a_demo_account(production: Portal) -> None:
    production.manage("shell", "-c", MAKE_DEMO_ACCOUNT)
    try:
        for service in ("web", "worker"):
            production.start(service)
            assert production.processes[service].wait(timeout=30) != 0
            assert "The database holds demo accounts (bithu)" in production.logged(service)
    finally:
        production.manage("shell", "-c", REMOVE_DEMO_ACCOUNT)


def test_portal_answers_behind_tls(production: Portal) -> None:
    for service in SERVICES:
        production.start(service)
    production.wait_until_well()

    status, headers = answer(f"{production.url}/accounts/login/", over_tls=False)
    assert (status, headers["Location"]) == (301, "https://portal.example/accounts/login/")

    status, headers = answer(f"{production.url}/accounts/login/", over_tls=True)
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Secure" in headers["Set-Cookie"]
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]

    # The health checks of docker-compose.yml, as the containers call them.
    for part in ("database", "broker", "worker"):
        subprocess.run([sys.executable, "deploy/healthy.py", part, production.url], cwd=ROOT, check=True)
