"""docker-compose.yml: valid by the compose schema, no secret in it, health checks, the commands of scripts/run."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yml"
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE_FILE.read_text())
    return loaded


def test_file_is_valid_by_the_compose_schema() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE_FILE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_services_are_all_that_the_portal_needs(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"migrate", "web", "worker", "beat", "postgres", "redis", "proxy"}


def test_every_lasting_service_has_a_health_check(compose: dict[str, Any]) -> None:
    with_check = {name for name, service in compose["services"].items() if "healthcheck" in service}
    assert with_check == set(compose["services"]) - {"migrate"}


def test_commands_are_those_of_scripts_run(compose: dict[str, Any]) -> None:
    spec = importlib.util.spec_from_file_location("serve", ROOT / "scripts/serve.py")
    assert spec is not None
    assert spec.loader is not None
    serve = importlib.util.module_from_spec(spec)
    sys.modules["serve"] = serve
    spec.loader.exec_module(serve)
    assert {name: compose["services"][name]["command"] for name in serve.COMMANDS} == serve.COMMANDS


def test_no_secret_has_a_value_in_the_file(compose: dict[str, Any]) -> None:
    text = COMPOSE_FILE.read_text()
    interpolated = re.findall(r"\$\{(\w+)([^}]*)\}", text)
    asked = {name for name, rest in interpolated if rest.startswith(":?")}
    assert asked >= SECRETS
    # Neither a default (":-…") for a secret, nor a password written into an address.
    assert {name for name, rest in interpolated if rest.startswith(":-")}.isdisjoint(SECRETS)
    assert re.findall(r"://[^/\s$]*:[^/\s$@]+@", text) == []
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if name in SECRETS:
                assert value.startswith(f"${{{name}:?")


def test_only_the_proxy_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert {name for name, service in compose["services"].items() if "ports" in service} == {"proxy"}


def test_data_lies_in_volumes(compose: dict[str, Any]) -> None:
    mounted = {
        mount.split(":")[0]
        for service in compose["services"].values()
        for mount in service.get("volumes", [])
        if not mount.startswith("./")
    }
    assert mounted == set(compose["volumes"]) == {"files", "database", "broker", "certificates"}


def test_every_file_that_the_deployment_names_is_there(compose: dict[str, Any]) -> None:
    named = {"deploy/gunicorn.conf.py", "deploy/healthy.py", "deploy/Caddyfile", "deploy/env.example", "manage.py"}
    assert {name for name in named if not (ROOT / name).is_file()} == set()
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes --requirement requirements.lock" in dockerfile
    assert "USER portal" in dockerfile


def test_example_environment_names_what_compose_asks_for_and_gives_no_secret() -> None:
    given = dict(line.split("=", 1) for line in _settings_lines("deploy/env.example"))
    asked = set(re.findall(r"\$\{(\w+):\?", COMPOSE_FILE.read_text()))
    assert asked <= set(given)
    assert {name: given[name] for name in SECRETS} == dict.fromkeys(SECRETS, "")


def _settings_lines(path: str) -> list[str]:
    return [line for line in (ROOT / path).read_text().splitlines() if line and not line.startswith("#")]
