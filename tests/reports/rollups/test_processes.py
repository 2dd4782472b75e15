"""Two workers, and one that is killed, as processes of their own: on PostgreSQL, and on SQLite in a file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from reports.rollups.models import DirtyMark, Rollup
from reports.rollups.services import drain_dirty, mark_dirty, rebuild
from tests.reports.rollups.oracle import expected_rows, stored_rows
from tests.reports.rollups.worker import worker
from tests.rules.world import World, amount, ratio
from units.enums import Kind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    """The test's database as another process reaches it; SQLite's moves from memory into a file for the test."""
    known = connection.settings_dict
    if connection.vendor == "postgresql":
        yield f"postgres://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
        return
    in_memory, name = connection.connection, known["NAME"]
    file = tmp_path / "portal.sqlite3"
    with sqlite3.connect(file) as copy:
        in_memory.backup(copy)
    copy.close()
    connection.connection, known["NAME"] = None, str(file)
    try:
        yield f"sqlite:///{file}"
    finally:
        connection.close()
        connection.connection, known["NAME"] = in_memory, name


@dataclass
class Scene:
    """A body with two unions and three branches, all told for March, and one correction that waits."""

    world: World
    database: str
    var: Path

    def __post_init__(self) -> None:
        unions = self.world.units(2)
        places = [(unions[0], 1), (unions[0], 2), (unions[1], 3)]
        self.branches = [
            self.world.unit(f"{union.code}-{number}", parent=union, kind=Kind.BRANCH) for union, number in places
        ]
        self.given, self.studied = self.world.indicator(), self.world.indicator("ratio")
        for indicator in (self.given, self.studied):
            self.world.target(indicator, minimum=1)
        self.world.issue()
        for unit in self.branches:
            self.world.approve(unit, 3, {self.given: amount(2), self.studied: ratio(1, 2)})
        drain_dirty()
        self.before = stored_rows()
        self.world.correct(self.branches[0], 3, {self.given: amount(7), self.studied: ratio(2, 2)})
        self.marks = set(DirtyMark.objects.values_list("pk", flat=True))

    def worker(self, work: str, held_before: str = ""):
        return worker(work, held_before=held_before, database=self.database, var=self.var)

    def impatient(self) -> None:
        """Wait for others a moment only."""
        with connection.cursor() as cursor:
            moment = "PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else "SET lock_timeout = '50ms'"
            cursor.execute(moment)


@pytest.fixture
def scene(address, settings, tmp_path) -> Scene:
    return Scene(World(settings), address, tmp_path / "var")


def test_an_update_that_is_killed_leaves_the_totals_from_before_and_its_marks(scene):
    with scene.worker("drain", "DROP TABLE") as killed:  # all is written, and the commit comes next
        killed.wait_until_held()
        assert stored_rows() == scene.before
        killed.kill()

    assert stored_rows() == scene.before
    assert set(DirtyMark.objects.values_list("pk", flat=True)) == scene.marks
    assert drain_dirty() == len(scene.marks)
    assert stored_rows() == expected_rows() != scene.before
    assert not DirtyMark.objects.exists()


def test_a_rebuild_that_is_killed_leaves_the_totals_from_before_and_the_marks(scene):
    Rollup.objects.filter(unit=scene.world.body).update(amount=99)
    wrong = stored_rows()

    with scene.worker("rebuild", "UPDATE reports_rollup") as killed:
        killed.wait_until_held()
        assert stored_rows() == wrong
        killed.kill()

    assert stored_rows() == wrong
    assert set(DirtyMark.objects.values_list("pk", flat=True)) == scene.marks
    rebuild()
    assert stored_rows() == expected_rows()
    assert not DirtyMark.objects.exists()


def test_a_second_worker_does_nothing_before_its_turn_and_finds_nothing_left_to_do(scene):
    asked: list[str] = []

    def listen(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with scene.worker("drain", "UPDATE reports_rollup") as first:
        first.wait_until_held()
        scene.impatient()
        for work in (drain_dirty, rebuild):
            with connection.execute_wrapper(listen), pytest.raises(OperationalError):
                work()
        assert not [sql for sql in asked if "rollup" in sql or "mark" in sql]
        assert stored_rows() == scene.before
        assert first.go_on() == str(len(scene.marks))

    assert stored_rows() == expected_rows() != scene.before
    assert drain_dirty() == 0


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="there a writer waits until the worker is done")
def test_whoever_reports_meanwhile_does_not_wait_and_is_not_forgotten(scene):
    with scene.worker("drain", "UPDATE reports_rollup") as first:
        first.wait_until_held()
        scene.impatient()
        mark_dirty(unit=scene.branches[2], period=scene.world.periods[3])
        meanwhile = set(DirtyMark.objects.values_list("pk", flat=True)) - scene.marks
        assert first.go_on() == str(len(scene.marks))

    # The batch was taken before the mark was made, which asked for a drain of its own.
    assert len(meanwhile) == 1
    assert set(DirtyMark.objects.values_list("pk", flat=True)) == meanwhile
    assert drain_dirty() == 1
    assert not DirtyMark.objects.exists()
    assert stored_rows() == expected_rows()
