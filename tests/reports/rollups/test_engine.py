"""The engine's work: how much it asks of the database, what it writes, and what is seen when it dies half-way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.services import issue_plan, send_to_leader
from plans.versions.amending import amend_plan
from reports.rollups.models import DirtyMark, KeptState, Rollup
from reports.rollups.services import drain_dirty, mark_dirty, rebuild
from targets.services import revise_target
from tests.reports.rollups.oracle import expected_rows, stored_rows
from tests.rules.world import World, amount, ratio
from units.enums import Kind
from units.models import Unit
from units.services import create_bloc, join_bloc

# Statements of one drain, whatever is drained.
CONSTANT = {"sqlite": 20, "postgresql": 26}
# PostgreSQL counts once more what is asked for where blocs are.
OF_BLOCS = {"sqlite": 0, "postgresql": 1}


class Killed(Exception):
    """What the worker dies of."""


@contextmanager
def before(statement: str, happens: Callable[[], Any]):
    """Let something happen before each statement that contains these words."""

    def watch(execute, sql, params, many, context):
        if statement in sql:
            happens()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def die() -> None:
    raise Killed


def branches(world: World, count: int) -> list[Unit]:
    """Branches, two to a grassroots union."""
    unions = world.units((count + 1) // 2)
    return [
        world.unit(f"{unions[number // 2].code}-{number:02d}", parent=unions[number // 2], kind=Kind.BRANCH)
        for number in range(count)
    ]


def told(world: World, units: list[Unit]):
    """Two indicators on which the units have all reported March."""
    blood, studied = world.indicator(is_whole=False), world.indicator("ratio")
    for indicator in (blood, studied):
        world.target(indicator, minimum=1)
    world.issue()
    for unit in units:
        world.approve(unit, 3, {blood: amount(2), studied: ratio(1, 2)})
    drain_dirty()
    return blood, studied


def statements_of_an_update(world: World, unit: Unit) -> list[str]:
    mark_dirty(unit=unit, period=world.periods[3])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        drain_dirty()
    return [query["sql"] for query in queries]


def test_an_update_takes_as_many_statements_among_12_units_as_among_2(world):
    two = branches(world, 2)
    blood, studied = told(world, two)
    among_two = statements_of_an_update(world, two[0])
    union = two[0].parent
    for number in range(10):
        unit = world.unit(f"{union.code}-X{number}", parent=union, kind=Kind.BRANCH)
        world.approve(unit, 3, {blood: amount(1), studied: ratio(1, 1)})
    drain_dirty()

    assert len(statements_of_an_update(world, two[0])) == len(among_two)


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_one_approval_takes_statements_in_proportion_to_its_depth(world, depth):
    """Five statements a depth: find what changed, then take out, renew, add, and forget it."""
    kinds = {3: Kind.DISTRICT_UNION, 4: Kind.GRASSROOTS_UNION, 5: Kind.BRANCH}
    unit = world.body
    for deep in range(3, depth + 1):
        unit = world.unit(f"QNA-{deep}", parent=unit, kind=kinds[deep])
    assert unit.depth == depth
    bloc = create_bloc(owner=world.body, number=1, name="Khối thi đua số 1")
    if depth > 2:
        join_bloc(unit=Unit.objects.get(code="QNA-3"), bloc=bloc, on=date(2024, 1, 1))
    blood, studied = told(world, [unit])

    world.correct(unit, 3, {blood: amount(7), studied: ratio(2, 2)})
    with CaptureQueriesContext(connection) as queries:
        drain_dirty()

    has_bloc = depth > 2
    levels = depth + has_bloc  # the blocs are one level more
    assert len(queries) == CONSTANT[connection.vendor] + OF_BLOCS[connection.vendor] * has_bloc + 5 * levels


def test_of_what_is_the_same_nothing_is_written(world):
    units = branches(world, 2)
    told(world, units)

    drained = statements_of_an_update(world, units[0])
    with CaptureQueriesContext(connection) as queries:
        rebuild()

    written = [sql for sql in drained + [query["sql"] for query in queries] if "reports_rollup SET" in sql]
    assert not written
    assert not [sql for sql in drained if "INSERT INTO reports_rollup" in sql or "DELETE FROM reports_rollup" in sql]


def test_a_total_that_somebody_tampered_with_is_put_right_by_an_update(world):
    units = branches(world, 2)
    told(world, units)
    right = stored_rows()
    Rollup.objects.filter(unit=world.body).update(amount=99, reported=7)

    mark_dirty(unit=units[0], period=world.periods[3])
    drain_dirty()

    assert stored_rows() == right == expected_rows()


@pytest.mark.parametrize("statement", ["INSERT INTO rollup_change", "UPDATE reports_rollup", "DROP TABLE"])
def test_a_worker_that_dies_in_the_middle_leaves_marks_and_the_totals_from_before(world, statement):
    units = branches(world, 3)
    blood, studied = told(world, units)
    old = stored_rows()
    world.correct(units[0], 3, {blood: amount(5), studied: ratio(2, 2)})
    marks = DirtyMark.objects.count()

    with before(statement, die), pytest.raises(Killed):
        drain_dirty()
    assert stored_rows() == old
    assert DirtyMark.objects.count() == marks > 0

    drain_dirty()
    assert stored_rows() == expected_rows() != old


def test_a_rebuild_that_dies_leaves_the_totals_from_before(world):
    units = branches(world, 2)
    told(world, units)
    Rollup.objects.filter(unit=world.body).update(amount=99)
    wrong = stored_rows()

    with before("UPDATE reports_rollup", die), pytest.raises(Killed):
        rebuild()
    assert stored_rows() == wrong

    rebuild()
    assert stored_rows() == expected_rows()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the database in memory has one connection")
def test_readers_see_the_totals_from_before_until_all_are_written(settings):
    world = World(settings)
    units = branches(world, 2)
    blood, studied = told(world, units)
    old = stored_rows()
    world.correct(units[0], 3, {blood: amount(5), studied: ratio(2, 2)})
    seen = []

    def read() -> dict:
        try:
            return stored_rows()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as reader, before("DROP TABLE", lambda: seen.append(reader.submit(read).result())):
        drain_dirty()

    assert seen
    assert all(rows == old for rows in seen)
    assert stored_rows() == expected_rows() != old


def test_decimals_add_up_exactly(world):
    """Small ones beside a large one: added as binary fractions these come to 90000000008.5545."""
    units = world.units(12)
    blood = world.indicator(is_whole=False)
    world.target(blood, minimum=1)
    world.issue()
    for unit in units:
        world.approve(unit, 3, {blood: amount("89999999999.9999" if unit == units[0] else "0.7777")})
    drain_dirty()

    total = Rollup.objects.get(unit=world.body, indicator=blood, basis="official")
    assert total.amount == Decimal("90000000008.5546")


def test_states_of_a_window_that_nobody_asks_for_any_more_are_forgotten(world):
    studied = world.indicator("ratio")
    unit = world.unit("QNA-001")
    target = world.target(studied, minimum=1)
    world.issue()
    world.approve(unit, 3, {studied: ratio(1, 2)})
    drain_dirty()
    assert Rollup.objects.filter(since=world.periods[1]).exists()

    amendment = amend_plan(actor=None, plan=target.plan)
    revise_target(target=amendment.targets.get(), starts_on=world.periods[2].first_day)
    send_to_leader(actor=None, plan=amendment)
    issue_plan(actor=None, plan=amendment, number=99, issued_on=date(2024, 1, 2), place="Quảng Nam")
    drain_dirty()

    assert set(KeptState.objects.values_list("since__month", "period__month")) == {(2, 2), (2, 3)}
    assert set(Rollup.objects.values_list("since__month", flat=True)) == {2}
    assert stored_rows() == expected_rows()
