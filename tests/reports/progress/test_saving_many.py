"""Keeping drafts of many reports at once: the checks of one, all or none, in few statements."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import scope
from reports.progress.entries import EntryInput
from reports.progress.errors import EntriesRefused, StaleVersion, WrongState
from reports.progress.models import ProgressEntry, ProgressReport, ReportEvent
from reports.progress.services import Draft, save_draft, save_drafts
from tests.reports.progress.scenes import amount, bring_to, report_of


@pytest.fixture
def blood(resolution) -> int:
    return resolution.blood.indicator_id


@pytest.fixture
def drafts(province, september, blood) -> list[Draft]:
    """12 donors of the Department of Justice, none of the Department of Finance."""
    justice, finance = (report_of(unit, september) for unit in (province.justice, province.finance))
    return [Draft(justice, 0, {blood: amount(12)}), Draft(finance, 0, {blood: amount(0)})]


def kept() -> list[int]:
    return sorted(int(row.amount) for row in ProgressEntry.objects.all())


def test_each_report_takes_its_step_with_its_own_history(drafts, officer):
    saved = save_drafts(actor=officer, drafts=drafts)
    assert [(row.state, row.version) for row in saved] == [("draft", 1), ("draft", 1)]
    assert all(row.saved_at is not None for row in ProgressReport.objects.filter(state="draft"))
    events = ReportEvent.objects.values_list("report", "action", "from_state", "to_state", "actor", "on_behalf")
    assert set(events) == {(row.pk, "save", "not_started", "draft", officer.pk, True) for row in saved}
    assert kept() == [0, 12]


def test_saving_again_writes_history_only_for_reports_in_which_it_is_news(drafts, officer, secretary, blood):
    save_draft(actor=officer, report=drafts[0].report, entries={blood: amount(3)}, narratives={}, version=0)
    drafts[0] = replace(drafts[0], version=1)
    saved = save_drafts(actor=officer, drafts=drafts)
    assert {row.pk: row.events.count() for row in saved} == dict.fromkeys((row.pk for row in saved), 1)
    again = [Draft(row, row.version, {blood: amount(5)}) for row in saved[:1]]
    assert save_drafts(actor=secretary, drafts=again)[0].events.count() == 2


def test_an_unchanged_figure_keeps_who_entered_it_and_an_empty_one_goes(drafts, officer, secretary, blood):
    save_draft(actor=secretary, report=drafts[0].report, entries={blood: amount(12)}, narratives={}, version=0)
    drafts[0] = replace(drafts[0], version=1)
    saved = save_drafts(actor=officer, drafts=drafts)
    assert [row.entered_by for row in ProgressEntry.objects.order_by("report")] == [secretary, officer]
    save_drafts(actor=officer, drafts=[Draft(row, row.version, {blood: EntryInput()}) for row in saved[:1]])
    assert kept() == [0]


@pytest.mark.parametrize("wrong", ["stale", "submitted", "negative", "not asked"])
def test_one_that_cannot_be_kept_and_none_is(wrong, drafts, officer, secretary, resolution, blood):
    expected: type[Exception] = EntriesRefused
    if wrong == "stale":
        drafts[1], expected = replace(drafts[1], version=7), StaleVersion
    elif wrong == "submitted":
        bring_to("submitted", drafts[1].report, secretary=officer, officer=officer)
        drafts[1], expected = replace(drafts[1], version=2), WrongState
    else:
        strange = {blood: amount(-1)} if wrong == "negative" else {resolution.dialogue.indicator_id: amount(1)}
        drafts[1] = replace(drafts[1], entries=strange)
    with pytest.raises(expected):
        save_drafts(actor=officer, drafts=drafts)
    assert kept() == []
    assert ProgressReport.objects.get(pk=drafts[0].report.pk).state == "not_started"


def test_who_may_not_enter_one_of_them_enters_none(drafts, secretary):
    with pytest.raises(PermissionDenied):
        save_drafts(actor=secretary, drafts=drafts)
    assert kept() == []


def test_as_many_statements_for_four_reports_as_for_two(province, september, officer, blood):
    counts = []
    scope.grants_of(officer)  # read once in every request
    for units in (
        [province.justice, province.finance],
        [province.hospital, province.hospital_surgery, province.hospital_medicine, province.college],
    ):
        drafts = [Draft(report_of(unit, september), 0, {blood: amount(1)}) for unit in units]
        with CaptureQueriesContext(connection) as queries:
            save_drafts(actor=officer, drafts=drafts)
        counts.append(len(queries))
    assert counts[0] == counts[1]
