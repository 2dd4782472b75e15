"""What the machine must bring for the totals to be added up; said at the start and not by the first statement."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connection

# FULL JOIN and IS DISTINCT FROM (``reports.rollups.statements``).
OLDEST_SQLITE = (3, 39)


def check_sqlite(app_configs: Sequence[Any] | None = None, **_options: Any) -> list[CheckMessage]:
    """An error where the database is SQLite and its library is older than the statements of the totals need."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} is too old: the totals need 3.39 or newer.",
            hint="Use a Python that brings a newer SQLite, or PostgreSQL by DATABASE_URL.",
            id="reports.E001",
        )
    ]
