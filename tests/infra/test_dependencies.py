"""Locks and reasons: every dependency is pinned by hash, names no index, and has its line in docs/dependencies.md."""

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


def test_every_dependency_has_its_reason() -> None:
    packages, _, _ = (ROOT / "docs/dependencies.md").read_text().partition("## From the system")
    explained = {match[1] for line in packages.splitlines() if (match := re.match(r"\| `([a-z0-9-]+)` \|", line))}
    assert explained == declared() | declared(group="dev")
