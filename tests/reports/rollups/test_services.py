"""Marks, drains, rebuilds: nothing is lost, nothing is done twice, nothing depends on the broker."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from reports.progress import services as progress
from reports.progress.models import ProgressEntry, ProgressReport, ReportEvent
from reports.progress.services import writer
from reports.rollups import merging
from reports.rollups.models import DirtyMark, Rollup, SelfAudit
from reports.rollups.services import DRAIN_ASKED, DRAIN_TOOK, drain_dirty, mark_dirty, rebuild, send_drain
from reports.rollups.tasks import audit_rollups
from reports.rollups.tasks import drain_dirty as drain_task
from targets.services import merge_indicators
from tests.reports.rollups.oracle import expected_rows, stored_rows
from tests.rules.world import World, amount, ratio
from units.services import close_unit, create_bloc, join_bloc


@pytest.fixture(autouse=True)
def nothing_asked_for():
    """The tests of one process share a cache."""
    cache.clear()


def settle() -> None:
    """Add up what units mark that open, and ask for no drain on their account."""
    drain_dirty()
    connection.run_on_commit.clear()


def test_marks_are_written_in_the_writers_transaction(world, django_capture_on_commit_callbacks):
    unit = world.unit("QNA-001")
    settle()

    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        mark_dirty(unit=unit, period=world.periods[3])
        transaction.set_rollback(True)

    assert not DirtyMark.objects.exists()
    assert callbacks == []


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_no_mark_and_sends_no_message(settings, monkeypatch):
    world, sent = World(settings), []
    monkeypatch.setattr(drain_task, "apply_async", lambda **options: sent.append(options))
    unit = world.unit("QNA-001")
    drain_dirty()
    sent.clear()

    @transaction.atomic
    def write() -> None:
        mark_dirty(unit=unit, period=world.periods[3])
        DirtyMark.objects.create(unit_id=unit.pk + 1000, period=world.periods[3])  # the database looks at its commit

    with pytest.raises(IntegrityError):
        write()

    assert not DirtyMark.objects.exists()
    assert sent == []
    mark_dirty(unit=unit, period=world.periods[3])
    assert len(sent) == 1


def test_a_step_whose_mark_cannot_be_written_is_not_taken(world, monkeypatch):
    """Through every door of the reports: either the report moved and its totals are marked, or nothing happened."""
    blood = world.indicator()
    world.target(blood, minimum=1)
    world.issue()
    units = world.units(4)
    waiting, other, approved = (
        world.submit(units[0], 3, {blood: amount(2)}),
        world.submit(units[1], 3, {blood: amount(2)}),
        world.approve(units[2], 3, {blood: amount(2)}),
    )
    draft = world.draft(units[3], 3, {blood: amount(2)})
    indicator = world.indicator()
    before = _facts()

    def refuse(_places):
        raise RuntimeError

    monkeypatch.setattr(writer, "mark_many_dirty", refuse)
    monkeypatch.setattr(merging, "mark_many_dirty", refuse)
    doors = [
        lambda: progress.submit_report(actor=world.clerk, report=draft, version=draft.version),
        lambda: progress.approve_report(actor=world.officer, report=waiting),
        lambda: progress.approve_reports(actor=world.officer, reports=[waiting, other]),
        lambda: progress.return_report(actor=world.officer, report=waiting, reason="Sai"),
        lambda: progress.reopen_report(actor=world.officer, report=approved, reason="Sai"),
        lambda: merge_indicators(actor=None, source=blood, into=indicator),
    ]
    for door in doors:
        with pytest.raises(RuntimeError):
            door()
        assert _facts() == before


def _facts():
    """All states, histories and entries there are."""
    return (
        list(ProgressReport.objects.order_by("pk").values_list("pk", "state", "version")),
        ReportEvent.objects.count(),
        list(ProgressEntry.objects.order_by("pk").values_list("pk", "indicator", "amount")),
        DirtyMark.objects.count(),
    )


def test_one_commit_asks_for_one_drain(world, django_capture_on_commit_callbacks):
    units = world.units(3)
    settle()

    with django_capture_on_commit_callbacks() as callbacks:
        for unit in units:
            mark_dirty(unit=unit, period=world.periods[3])

    assert callbacks.count(send_drain) == 1
    assert DirtyMark.objects.count() == 3


def test_a_drain_that_has_not_begun_is_not_asked_for_again(world, monkeypatch):
    sent: list[float] = []
    monkeypatch.setattr(drain_task, "apply_async", lambda *, retry, countdown: sent.append(countdown))
    for _commit in range(3):
        send_drain()
    assert len(sent) == 1
    drain_dirty()
    for _commit in range(3):
        send_drain()
    assert len(sent) == 2
    assert max(sent) <= 1  # seconds: an approval is in the figures within two


@pytest.mark.parametrize(("took", "after"), [(0.0, 0.1), (0.05, 0.4), (0.1, 0.8), (0.2, 1.5), (0.5, 1.2), (3.0, 1.0)])
def test_where_drains_take_long_the_next_one_waits(took, after, monkeypatch):
    sent: list[float] = []
    monkeypatch.setattr(drain_task, "apply_async", lambda *, retry, countdown: sent.append(countdown))
    cache.set(DRAIN_TOOK, took)
    send_drain()
    assert sent == [after]


@pytest.mark.parametrize(("marks", "rests"), [(3, False), (4, True)])
def test_after_a_few_marks_the_next_drain_does_not_wait(marks, rests, world):
    cache.set(DRAIN_TOOK, 3.0)
    for number in range(marks):
        mark_dirty(unit=world.unit(f"QNA-90{number}"), period=world.periods[3])
    DirtyMark.objects.exclude(period=world.periods[3]).delete()
    assert drain_dirty() == marks
    took = cache.get(DRAIN_TOOK)
    assert (took is not None and took < 3) is rests


def test_a_broker_that_is_down_does_not_break_the_request(
    world, settings, tmp_path, django_capture_on_commit_callbacks
):
    transport = current_app.conf.broker_transport_options
    broken = {**transport, "data_folder_out": str(tmp_path / "nowhere" / "at-all")}
    current_app.conf.broker_transport_options = broken
    try:
        with django_capture_on_commit_callbacks(execute=True):
            mark_dirty(unit=world.body, period=world.periods[3])
    finally:
        current_app.conf.broker_transport_options = transport
    assert DirtyMark.objects.count() == 1


def test_what_the_broker_did_not_take_is_asked_for_again(monkeypatch):
    def refuse(**_options):
        raise drain_task.OperationalError

    monkeypatch.setattr(drain_task, "apply_async", refuse)
    send_drain()
    assert cache.get(DRAIN_ASKED) is None


def test_what_the_broker_lost_is_drained_by_beat(world, settings, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(**_options):
        raise drain_task.OperationalError

    monkeypatch.setattr(drain_task, "apply_async", refuse)
    blood = world.indicator()
    world.target(blood, minimum=1)
    world.issue()
    with django_capture_on_commit_callbacks(execute=True):
        world.approve(world.unit("QNA-001"), 3, {blood: amount(2)})
    assert not Rollup.objects.exists()

    beat = settings.CELERY_BEAT_SCHEDULE["drain-dirty"]
    assert beat["schedule"] <= 15  # seconds
    current_app.tasks[beat["task"]]()

    assert stored_rows() == expected_rows() != {}
    assert not DirtyMark.objects.exists()


def test_draining_works_marks_off_in_batches_and_only_once(world):
    blood = world.indicator()
    units = world.units(3)
    target = world.target(blood, minimum=1)
    world.issue()
    for unit in units:
        world.approve(unit, 3, {blood: amount(2)})
    waiting = DirtyMark.objects.count()

    assert drain_dirty(limit=2) == waiting
    assert drain_dirty() == 0
    assert world.result(target, 3).value == 6


def test_draining_twice_writes_nothing_the_second_time(world):
    blood, studied = world.indicator(), world.indicator("ratio")
    unit = world.unit("QNA-001")
    for indicator in (blood, studied):
        world.target(indicator, minimum=1)
    world.issue()
    world.approve(unit, 3, {blood: amount(2), studied: ratio(1, 2)})
    drain_task()
    before = list(Rollup.objects.order_by("pk").values())

    drain_task()  # the same message once more
    mark_dirty(unit=unit, period=world.periods[3])
    drain_task()
    rebuild()

    assert list(Rollup.objects.order_by("pk").values()) == before


def test_a_report_reopened_leaves_no_row_behind(world):
    blood, studied = world.indicator(), world.indicator("ratio")
    unit = world.unit("QNA-001")
    for indicator in (blood, studied):
        world.target(indicator, minimum=1)
    world.issue()
    report = world.approve(unit, 3, {blood: amount(2), studied: ratio(1, 2)})
    world.open(4)
    drain_dirty()
    assert Rollup.objects.exists()

    progress.reopen_report(actor=world.officer, report=report, reason="Sai")
    drain_dirty()
    assert not Rollup.objects.exists()


def test_states_are_carried_into_a_period_that_is_opened(world):
    studied = world.indicator("ratio")
    unit = world.unit("QNA-001")
    world.target(studied, minimum=1)
    world.issue()
    world.approve(unit, 3, {studied: ratio(1, 2)})
    drain_dirty()
    progress.open_period(period=world.periods[4])
    progress.open_period(period=world.periods[5])

    drain_dirty()

    rows = Rollup.objects.filter(unit=world.body, basis="official").order_by("period__month")
    assert [(row.period.month, row.numerator, row.carried) for row in rows] == [(3, 1, 0), (4, 1, 1), (5, 1, 1)]


def test_closing_and_moving_between_blocs_bring_the_totals_up_to_date(world):
    studied, given = world.indicator("ratio"), world.indicator()
    goes, moves = world.units(2)
    blocs = [create_bloc(owner=world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
    for unit in (goes, moves):
        join_bloc(unit=unit, bloc=blocs[0], on=date(2024, 1, 1))
    for indicator in (studied, given):
        world.target(indicator, minimum=1)
    world.issue()
    for unit in (goes, moves):
        for month in (3, 4, 5):
            world.approve(unit, month, {studied: ratio(1, 2), given: amount(1)})
    drain_dirty()

    close_unit(unit=goes, on=date(2024, 5, 1))
    join_bloc(unit=moves, bloc=blocs[1], on=date(2024, 4, 1))
    assert DirtyMark.objects.exists()
    drain_dirty()

    assert stored_rows() == expected_rows()
    may = Rollup.objects.get(unit=world.body, indicator=studied, period=world.periods[5], basis="official")
    assert (may.numerator, may.denominator) == (1, 2)
    of_blocs = Rollup.objects.filter(bloc__isnull=False, indicator=given, basis="official")
    assert {(row.bloc.number, row.period.month, row.amount) for row in of_blocs} == {
        (1, 3, 2),
        (1, 4, 1),
        (2, 4, 1),
        (2, 5, 1),
    }


def test_the_audit_task_logs_what_differs(world, caplog):
    blood = world.indicator()
    unit = world.unit("QNA-001")
    world.target(blood, minimum=1)
    world.issue()
    world.approve(unit, 3, {blood: amount(2)})
    drain_dirty()
    audit_rollups()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]

    SelfAudit.objects.all().delete()  # another night
    Rollup.objects.filter(unit=unit).update(amount=3)
    audit_rollups()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "2 totals differ from the entries; manage.py audit_rollups lists them."
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time by itself")
def test_two_workers_draining_at_once_take_turns(settings):
    world = World(settings)
    blood, studied = world.indicator(), world.indicator("ratio")
    units = world.units(6)
    for indicator in (blood, studied):
        world.target(indicator, minimum=1)
    world.issue()
    for unit in units:
        for month in (2, 3):
            world.approve(unit, month, {blood: amount(month), studied: ratio(month, 4)})

    def work(_number: int) -> int:
        try:
            return drain_dirty(limit=1)
        finally:
            connection.close()

    marks = DirtyMark.objects.count()
    with ThreadPoolExecutor(3) as workers:
        drained = list(workers.map(work, range(3)))

    assert sum(drained) == marks
    assert stored_rows() == expected_rows()
