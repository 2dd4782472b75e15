"""Several people at the same report at the same moment: one lawful state, a whole history, no deadlock."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import permutations
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from reports.progress.errors import StaleVersion, WrongState
from reports.progress.models import ProgressReport
from reports.progress.services import (
    approve_report,
    approve_reports,
    reopen_report,
    return_report,
    save_draft,
    submit_report,
)
from reports.rollups.audit import audit_rollups
from reports.rollups.models import DirtyMark, Rollup
from tests.conftest import person
from tests.reports.progress.scenes import amount, bring_to, check_history, report_of

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


@dataclass(frozen=True)
class Done:
    """One step that went through: what it was, and the report as it left it; ``typed`` is what a save wrote."""

    action: str
    report: ProgressReport
    typed: int | None = None


@dataclass
class Crowd:
    """Twenty people who each take many steps, in an order of their own, at the same few reports."""

    reports: list[ProgressReport]
    blood: int
    reviewers: list[User]
    writers: list[User]
    done: list[Done] = field(default_factory=list)

    def days(self) -> list[Callable[[], None]]:
        """What each of the twenty does: ten review, ten enter."""
        kinds = [self.approves_many, self.approves_one, self.returns, self.reopens, self.approves_many] * 2
        reviewing = [partial(self.day, kind, number) for number, kind in enumerate(kinds)]
        return reviewing + [partial(self.day, self.enters, number) for number in range(10, 20)]

    def day(self, kind: Callable[[User, list[ProgressReport], int], None], number: int) -> None:
        people = self.writers if kind == self.enters else self.reviewers
        someone = User.objects.get(pk=people[number % len(people)].pk)
        orders = list(permutations(self.reports))
        for hour in range(5):
            kind(someone, list(orders[(number * 5 + hour) % len(orders)]), number * 100 + hour)

    def approves_many(self, actor: User, reports: list[ProgressReport], _number: int) -> None:
        self.done += [Done("approve", row) for row in approve_reports(actor=actor, reports=reports)]

    def approves_one(self, actor: User, reports: list[ProgressReport], _number: int) -> None:
        for report in reports:
            self.take("approve", lambda: approve_report(actor=actor, report=report))  # noqa: B023 - taken at once

    def returns(self, actor: User, reports: list[ProgressReport], _number: int) -> None:
        for report in reports:
            self.take("return", lambda: return_report(actor=actor, report=report, reason="Sai."))  # noqa: B023

    def reopens(self, actor: User, reports: list[ProgressReport], _number: int) -> None:
        for report in reports:
            self.take("reopen", lambda: reopen_report(actor=actor, report=report, reason="Sai."))  # noqa: B023

    def enters(self, actor: User, reports: list[ProgressReport], number: int) -> None:
        """Save and hand in what stands open, as one who has just opened the page."""
        for report in reports:
            entries = {self.blood: amount(number)}
            seen = ProgressReport.objects.get(pk=report.pk).version
            saved = self.take(
                "save",
                lambda: save_draft(actor=actor, report=report, entries=entries, narratives={}, version=seen),  # noqa: B023
                typed=number,
            )
            if saved is not None:
                self.take("submit", lambda: submit_report(actor=actor, report=report, version=saved.version))  # noqa: B023

    def take(self, action: str, step: Callable[[], ProgressReport], typed: int | None = None) -> ProgressReport | None:
        try:
            row = step()
        except (WrongState, StaleVersion):
            return None
        self.done.append(Done(action, row, typed))
        return row


def test_twenty_people_approve_return_reopen_save_and_submit_the_same_reports(
    province, september, resolution, officer, top_officer
):
    """Each report ends in one lawful state, nothing of anybody is lost, and the totals are what the entries come to."""
    units = [province.justice, province.finance, province.college, province.hospital]
    blood = resolution.blood.indicator_id
    reports = [
        bring_to(state, report_of(unit, september), secretary=top_officer, officer=officer, **{f"i{blood}": amount(7)})
        for unit, state in zip(units, ("submitted", "approved", "draft", "submitted"), strict=True)
    ]
    before = {report.pk: report.version for report in reports}
    DirtyMark.objects.all().delete()
    crowd = Crowd(
        reports,
        blood,
        reviewers=[person(f"duyet.{n}", f"Cán bộ {n}", province.bloc_union, "officer") for n in range(4)],
        writers=[person(f"nhap.{n}", f"Người nhập {n}", province.qna, "officer") for n in range(5)],
    )
    assert at_once(crowd.days()) == [""] * 20

    assert {"save", "submit"} <= {done.action for done in crowd.done}
    for report in reports:
        mine = sorted((done for done in crowd.done if done.report == report), key=lambda done: done.report.version)
        assert [done.report.version for done in mine] == list(range(before[report.pk] + 1, mine[-1].report.version + 1))
        stored = ProgressReport.objects.get(pk=report.pk)
        assert (stored.version, stored.state) == (mine[-1].report.version, mine[-1].report.state)
        check_history(report)
        first = {done.report.first_submitted_at for done in mine} | {report.first_submitted_at}
        assert first - {None} == {stored.first_submitted_at}
        typed = [done.typed for done in mine if done.action == "save"]
        assert stored.entries.get(indicator=blood).amount == (typed[-1] if typed else 7)

    changed = Counter(done.report.unit_id for done in crowd.done if done.action != "save")
    assert Counter(DirtyMark.objects.values_list("unit", flat=True)) == changed
    assert audit_rollups() == []
    approved = ProgressReport.objects.filter(state="approved", entries__indicator=blood)
    official = Rollup.objects.filter(unit=province.bloc_union, indicator=blood, period=september, basis="official")
    assert sum(official.values_list("amount", flat=True)) == sum(approved.values_list("entries__amount", flat=True))
