"""A machine that cannot add totals up says so at its start."""

import sqlite3

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from reports.checks import check_sqlite


@pytest.mark.parametrize(("version", "is_enough"), [((3, 38, 5), False), ((3, 39, 0), True), ((3, 40, 1), True)])
def test_an_old_sqlite_is_refused(monkeypatch, version, is_enough):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(connection, "vendor", "sqlite")
    assert [message.id for message in check_sqlite()] == ([] if is_enough else ["reports.E001"])


def test_on_postgresql_it_does_not_matter(monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 7, 0))
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert check_sqlite() == []


def test_commands_do_not_start(monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 38, 5))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with pytest.raises(SystemCheckError, match=r"reports\.E001"):
        call_command("check")
