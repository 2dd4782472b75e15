"""Locks and reasons: every dependency is pinned by hash, names no index, and has its line in docs/dependencies.md."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def declared(*, group: str | None = None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {re.split(r"[\[<>=~! ]", line)[0].lower() for line in lines}


def locked(name: str) -> dict[str, list[str]]:
    """Package names of a lock with their hashes."""
    packages: dict[str, list[str]] = {}
    current = ""
    for line in (ROOT / name).read_text().splitlines():
        if match := re.match(r"([a-z0-9][a-z0-9._-]*)==[^ ;\\]+", line):
            current = match[1]
            packages[current] = []
        packages[current] += re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
    return packages


def test_every_dependency_is_locked_with_hashes() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert declared() <= set(runtime)
    assert declared(group="dev") <= set(dev)
    assert [name for name, hashes in {**runtime, **dev}.items() if not hashes] == []


def test_development_tools_are_not_locked_for_running() -> None:
    assert declared(group="dev") & set(locked("requirements.lock")) == set()


def test_locks_name_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|file:", (ROOT / name).read_text()) == []


def explained(*, after: str, before: str) -> set[str]:
    """Packages with a line in docs/dependencies.md between two of its headings."""
    part = (ROOT / "docs/dependencies.md").read_text().partition(after)[2].partition(before)[0]
    return {match[1] for line in part.splitlines() if (match := re.match(r"\| `([a-z0-9-]+)` \|", line))}


def test_every_dependency_has_its_reason() -> None:
    assert explained(after="## To run", before="## From npm") == declared() | declared(group="dev")


def test_what_comes_from_npm_is_pinned_with_hashes_has_its_reason_and_names_no_registry() -> None:
    asked = json.loads((ROOT / "scripts/node/package.json").read_text())["dependencies"]
    lock = (ROOT / "scripts/node/package-lock.json").read_text()
    packages = {name: row for name, row in json.loads(lock)["packages"].items() if name}
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert [name for name, row in packages.items() if not row.get("integrity")] == []
    assert '"resolved"' not in lock
    assert set(asked) == explained(after="## From npm", before="## From the system")
