"""Typed reading of environment variables for settings.py: a bad value stops the start with a clear sentence.

Only parsing lives here; what each variable means and its default are in settings.py.
"""

import datetime
import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; the default if it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def required(name: str, why: str) -> str:
    """The variable, which must be set; ImproperlyConfigured says why it is needed."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set: {why} (To work on the portal itself set DEBUG=1; to look at the demo run scripts/run.)"
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    """True for 1, False for 0; anything else is refused, so that a typing slip never weakens a setting."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def listing(name: str, default: str = "") -> list[str]:
    """The comma-separated values, without empty ones."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """A whole number between lowest and highest, both included."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise ImproperlyConfigured(f"{name} must be a whole number from {lowest} to {highest}, not {value!r}.")
    return int(value)


def choice(name: str, default: str, *, among: Collection[str]) -> str:
    """One of the given values, in lower case; the default if it is unset or empty."""
    value = text(name, default).lower()
    if value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
    return value


def day(name: str, default: str = "") -> datetime.date | None:
    """A day written YYYY-MM-DD; None if it is unset and has no default."""
    value = text(name, default)
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a day written YYYY-MM-DD, not {value!r}.") from error


def url(name: str, default: str, *, schemes: set[str]) -> str:
    """An address whose scheme is one of the given ones; the default if it is unset."""
    value = text(name, default)
    if value and value.partition("://")[0] not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with one of {', '.join(sorted(f'{s}://' for s in schemes))}.")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for the database that the address names: PostgreSQL or SQLite, nothing else."""
    value = url(name, default, schemes={"postgres", "postgresql", "sqlite"})
    try:
        config: dict[str, Any] = environ.Env.db_url_config(value)
    except (ValueError, TypeError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is not a database address.") from error
    if not config.get("NAME"):
        raise ImproperlyConfigured(f"{name} does not name a database.")
    return config


def email(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for an address such as smtp+tls://name:password@host:587."""
    value = url(name, default, schemes={"consolemail", "smtp", "smtp+tls", "smtp+ssl", "filemail", "dummymail"})
    return dict(environ.Env.email_url_config(value))


def stored_secret(path: Path) -> str:
    """The random key kept in a file that only its owner may read; made at the first call."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        # A link fails when the file is there already: of two processes that start at once, the first one's key stays.
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
