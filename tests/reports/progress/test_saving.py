"""Saving a draft, submitting it, and the nonsense that blocks both (domain: The report workflow)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from reports.progress.entries import EntryInput
from reports.progress.errors import EntriesRefused, StaleVersion, SubmissionBlocked
from reports.progress.models import ProgressEntry
from reports.progress.services import reopen_report, save_draft, submit_report
from tests.reports.progress.scenes import amount, bring_to, report_of


def save(report, actor, entries=None, narratives=None, version=None):
    return save_draft(
        actor=actor,
        report=report,
        entries=entries or {},
        narratives=narratives or {},
        version=report.version if version is None else version,
    )


def ratio(part, whole) -> EntryInput:
    return EntryInput(numerator=Decimal(part), denominator=Decimal(whole))


def test_zero_is_kept_and_null_is_no_entry(report, resolution, secretary):
    report = save(
        report, secretary, {resolution.blood.indicator_id: amount(0), resolution.money.indicator_id: EntryInput()}
    )
    assert list(report.entries.values_list("indicator", "amount")) == [(resolution.blood.indicator_id, Decimal(0))]


def test_a_note_without_a_figure_is_kept_as_not_reported(report, resolution, secretary):
    report = save(report, secretary, {resolution.blood.indicator_id: EntryInput(note="Chờ bệnh viện xác nhận")})
    assert list(report.entries.values_list("amount", "note")) == [(None, "Chờ bệnh viện xác nhận")]


def test_what_is_not_named_stays_and_what_is_emptied_goes(report, resolution, secretary):
    blood, money = resolution.blood.indicator_id, resolution.money.indicator_id
    report = save(
        report, secretary, {blood: amount(3), money: amount("12.5")}, {"movements": "Ra quân.", "children": "Trại hè."}
    )
    report = save(report, secretary, {money: EntryInput()}, {"children": "  "})
    assert list(report.entries.values_list("indicator", "amount")) == [(blood, Decimal(3))]
    assert list(report.narratives.values_list("topic", "text")) == [("movements", "Ra quân.")]


def test_each_figure_remembers_who_entered_it(report, resolution, secretary, officer):
    blood, money = resolution.blood.indicator_id, resolution.money.indicator_id
    report = save(report, secretary, {blood: amount(3), money: amount(5)})
    report = save(report, officer, {blood: amount(3), money: amount(6)})
    assert dict(report.entries.values_list("indicator", "entered_by")) == {blood: secretary.pk, money: officer.pk}


def test_the_second_of_two_people_is_told_and_nothing_is_lost(report, resolution, secretary, officer):
    opened = report.version
    save(report, secretary, {resolution.blood.indicator_id: amount(3)}, version=opened)
    with pytest.raises(StaleVersion) as refused:
        save(report, officer, {resolution.blood.indicator_id: amount(9)}, version=opened)
    assert refused.value.by == secretary
    assert ProgressEntry.objects.get(report=report).amount == 3


NONSENSE = [
    ("blood", amount(-1), "amount", "The figure cannot be negative."),
    (
        "blood",
        amount("1.5"),
        "amount",
        "This is counted in whole numbers. One thousand five hundred is written 1500 or 1.500.",
    ),
    ("blood", amount("1e30"), "amount", "The figure is too large. Please check it."),
    ("money", amount("0.00001"), "amount", "At most 4 decimals."),
    ("study", ratio(33, 32), "numerator", "The first number cannot be greater than the total."),
    ("study", EntryInput(numerator=Decimal(3)), "denominator", "Both numbers are needed. The total is missing."),
    ("study", EntryInput(denominator=Decimal(3)), "numerator", "Both numbers are needed. The first is missing."),
    ("study", ratio(-3, 32), "numerator", "The figure cannot be negative."),
    ("congress", EntryInput(is_done=True), "done_on", "On which day was it done?"),
    (
        "congress",
        EntryInput(is_done=True, done_on=date(1900, 1, 1)),
        "done_on",
        "This day is before the start, 1/1/2024.",
    ),
    (
        "congress",
        EntryInput(is_done=True, done_on=date(2024, 10, 1)),
        "done_on",
        "This day is after the reporting period, which ends on 30/9/2024. Report it next month.",
    ),
    (
        "congress",
        EntryInput(is_done=False, done_on=date(2024, 5, 1)),
        "done_on",
        "A day is given, but it is not marked as done.",
    ),
    ("blood", ratio(1, 2), "amount", "This is not a figure of the kind that is asked here."),
    ("dialogue", amount(1), "", "This is not asked of the unit in this month."),
]


@pytest.mark.parametrize(("target", "entry", "field", "sentence"), NONSENSE)
def test_nonsense_is_refused_and_nothing_is_written(target, entry, field, sentence, report, resolution, secretary):
    indicator = getattr(resolution, target).indicator_id
    good = resolution.works.indicator_id
    with translation.override("en"), pytest.raises(EntriesRefused) as refused:
        save(report, secretary, {indicator: entry, good: amount(1)})
    assert [(one.indicator_id, one.field, one.message) for one in refused.value.problems] == [
        (indicator, field, sentence)
    ]
    assert not report.entries.exists()
    report.refresh_from_db()
    assert (report.state, report.version) == ("not_started", 0)


@pytest.mark.parametrize(
    ("target", "entry"),
    [
        ("study", ratio(0, 0)),
        ("study", ratio(32, 32)),
        ("money", amount("0.0001")),
        ("congress", EntryInput(is_done=True, done_on=date(2024, 1, 1))),
        ("congress", EntryInput(is_done=True, done_on=date(2024, 9, 30))),
        ("congress", EntryInput(is_done=False)),
    ],
)
def test_the_bounds_themselves_are_taken(target, entry, report, resolution, secretary):
    report = save(report, secretary, {getattr(resolution, target).indicator_id: entry})
    report = submit_report(actor=secretary, report=report, version=report.version)
    assert EntryInput.of(report.entries.get()) == entry


def test_submitting_looks_at_the_stored_figures_again(report, resolution, secretary):
    """A target may have moved since the draft was saved."""
    indicator = resolution.congress.indicator_id
    report = save(report, secretary, {indicator: EntryInput(is_done=True, done_on=date(2024, 3, 1))})
    type(resolution.congress).objects.filter(pk=resolution.congress.pk).update(starts_on=date(2024, 4, 1))
    with pytest.raises(SubmissionBlocked) as refused:
        submit_report(actor=secretary, report=report, version=report.version)
    assert [(one.indicator_id, one.field) for one in refused.value.problems] == [(indicator, "done_on")]


def test_submitting_a_page_that_somebody_changed_is_refused(report, resolution, secretary, officer):
    report = save(report, secretary)
    opened = report.version
    save(report, officer, {resolution.blood.indicator_id: amount(2)})
    with pytest.raises(StaleVersion):
        submit_report(actor=secretary, report=report, version=opened)


def test_after_the_lock_day_no_first_report_is_taken(province, periods, secretary, settings):
    """September locks after 15/10; the day itself is late but taken."""
    report = save(report_of(province.justice, periods[9]), secretary)
    settings.PORTAL_TODAY = date(2024, 10, 16)
    with translation.override("en"), pytest.raises(SubmissionBlocked) as refused:
        submit_report(actor=secretary, report=report, version=report.version)
    assert [one.message for one in refused.value.problems] == [
        "This month was locked after 15/10/2024. Ask the body above for an exception; what you entered is kept."
    ]
    settings.PORTAL_TODAY = date(2024, 10, 15)
    assert submit_report(actor=secretary, report=report, version=report.version).state == "submitted"


def test_a_report_taken_before_the_lock_may_be_corrected_after_it(report, secretary, officer, settings):
    """E11: March approved, corrected in July."""
    approved = bring_to("approved", report, secretary=secretary, officer=officer)
    settings.PORTAL_TODAY = date(2024, 12, 20)
    reopened = reopen_report(actor=officer, report=approved, reason="Nhầm số.")
    assert bring_to("submitted", reopened, secretary=secretary, officer=officer).state == "submitted"
