"""Several people at the same report at the same moment: one lawful state, a whole history, no deadlock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from reports.progress.errors import StaleVersion, WrongState
from reports.progress.models import ProgressReport
from reports.progress.services import approve_report, approve_reports, return_report, save_draft, submit_report
from reports.progress.states import TRANSITIONS
from tests.reports.progress.scenes import bring_to, report_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection"
    ),
]


def at_once(steps: list[Callable[[], object]]) -> list[str]:
    """Take all steps in threads that start together; the name of what each met, blank where it went through."""
    gate = Barrier(len(steps))

    def take(step: Callable[[], object]) -> str:
        try:
            gate.wait(timeout=20)
            step()
        except (WrongState, StaleVersion) as late:
            return type(late).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(take, steps))


def check_history(report: ProgressReport) -> None:
    """Every step leads on from the one before, by the table, to the state that the report is in."""
    steps = list(report.events.values_list("from_state", "action", "to_state"))
    state = "not_started"
    for before, action, after in steps:
        assert before == state
        assert TRANSITIONS[before, action].to == after
        state = after
    assert state == ProgressReport.objects.get(pk=report.pk).state


def test_twenty_reviewers_of_one_report(report, secretary, officer):
    waiting = bring_to("submitted", report, secretary=secretary, officer=officer)
    approve = partial(approve_report, actor=officer, report=waiting)
    send_back = partial(return_report, actor=officer, report=waiting, reason="Thiếu.")
    met = at_once([approve, send_back] * 10)
    assert sorted(met) == [""] + ["WrongState"] * 19
    check_history(waiting)


def test_twenty_savers_of_one_draft(report, secretary, officer):
    def save(actor: User) -> None:
        save_draft(actor=actor, report=report, entries={}, narratives={}, version=0)

    met = at_once([partial(save, actor) for actor in [secretary, officer] * 10])
    assert sorted(met) == [""] + ["StaleVersion"] * 19
    report.refresh_from_db()
    assert report.version == 1
    check_history(report)


def test_many_at_once_in_opposite_orders(province, september, officer, top_officer):
    """Two people approve the same reports, chosen in opposite orders, while the unit hands one in again."""
    units = [province.justice, province.finance, province.college, province.hospital]
    waiting = [
        bring_to("submitted", report_of(unit, september), secretary=top_officer, officer=officer) for unit in units
    ]
    forwards = partial(approve_reports, actor=officer, reports=waiting)
    backwards = partial(approve_reports, actor=officer, reports=waiting[::-1])
    resubmit = partial(submit_report, actor=top_officer, report=waiting[1], version=waiting[1].version)
    met = at_once([forwards, backwards, resubmit, forwards, backwards])
    assert sorted(met) == ["", "", "", "", "WrongState"]
    for report in waiting:
        check_history(report)
        assert report.events.filter(action="approve").count() == 1
