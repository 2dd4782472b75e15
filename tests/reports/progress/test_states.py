"""The life of a report: every state × every action, and what each step leaves behind."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.services import end_role
from core.models import Notice
from reports.enums import ReportState
from reports.progress.errors import ReasonMissing, WrongState
from reports.progress.models import ProgressReport, ReportEvent
from reports.progress.services import (
    approve_report,
    approve_reports,
    reopen_report,
    return_report,
    save_draft,
    submit_report,
)
from reports.progress.states import TRANSITIONS, Action, actions_open_to
from reports.rollups.models import DirtyMark
from tests.reports.progress.scenes import amount, bring_to, report_of

LAWFUL = {
    ("not_started", "save"): "draft",
    ("draft", "save"): "draft",
    ("returned", "save"): "draft",
    ("draft", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "approve"): "approved",
    ("approved", "reopen"): "returned",
}


def act(action: str, report: ProgressReport, *, secretary, officer) -> ProgressReport:
    if action == "save":
        return save_draft(actor=secretary, report=report, entries={}, narratives={}, version=report.version)
    if action == "submit":
        return submit_report(actor=secretary, report=report, version=report.version)
    if action == "approve":
        return approve_report(actor=officer, report=report)
    step = {"return": return_report, "reopen": reopen_report}[action]
    return step(actor=officer, report=report, reason="Xin kiểm tra lại số cây.")


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("state", ReportState.values)
def test_state_and_action(state, action, report, secretary, officer):
    before = bring_to(state, report, secretary=secretary, officer=officer)
    history = before.events.count()
    wanted = LAWFUL.get((state, str(action)))
    if wanted is None:
        with pytest.raises(WrongState) as refused:
            act(action, before, secretary=secretary, officer=officer)
        assert (refused.value.state, refused.value.action) == (state, action)
        before.refresh_from_db()
        assert before.state == state
        assert before.events.count() == history
        return
    after = act(action, before, secretary=secretary, officer=officer)
    stored = ProgressReport.objects.get(pk=report.pk)
    assert after.state == stored.state == wanted
    assert after.version == stored.version == before.version + 1
    last = stored.events.last()
    assert (last.action, last.to_state) == (action, wanted)


def test_table_is_exactly_the_lawful_steps():
    assert {(str(state), str(action)): str(way.to) for (state, action), way in TRANSITIONS.items()} == LAWFUL


def test_history_tells_who_did_what_when_and_why(report, secretary, officer):
    done = bring_to("returned", report, secretary=secretary, officer=officer)
    assert list(done.events.values_list("action", "from_state", "to_state", "actor", "reason", "on_behalf")) == [
        ("save", "not_started", "draft", secretary.pk, "", False),
        ("submit", "draft", "submitted", secretary.pk, "", False),
        ("return", "submitted", "returned", officer.pk, "Thiếu số cây xanh.", False),
    ]
    assert {event.at.date().isoformat() for event in done.events.all()} <= {"2024-10-04", "2024-10-05"}


def test_a_draft_saved_again_by_the_same_person_makes_no_new_history(report, secretary, officer):
    for _time in range(3):
        report = save_draft(actor=secretary, report=report, entries={}, narratives={}, version=report.version)
    assert report.events.count() == 1
    report = save_draft(actor=officer, report=report, entries={}, narratives={}, version=report.version)
    assert list(report.events.values_list("actor", "on_behalf")) == [(secretary.pk, False), (officer.pk, True)]


@pytest.mark.parametrize("step", [return_report, reopen_report])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_sending_back_needs_a_reason(step, reason, report, secretary, officer):
    state = "submitted" if step is return_report else "approved"
    before = bring_to(state, report, secretary=secretary, officer=officer)
    with pytest.raises(ReasonMissing):
        step(actor=officer, report=before, reason=reason)
    before.refresh_from_db()
    assert before.state == state


def test_approval_is_never_by_who_entered(report, officer, top_officer, secretary):
    """An officer who entered for the unit hands the approval to somebody else, also where the secretary submitted."""
    report = save_draft(actor=officer, report=report, entries={}, narratives={}, version=report.version)
    report = submit_report(actor=secretary, report=report, version=report.version)
    with pytest.raises(PermissionDenied):
        approve_report(actor=officer, report=report)
    assert approve_report(actor=top_officer, report=report).state == "approved"


def test_approval_is_never_by_who_submitted(report, officer, secretary):
    report = save_draft(actor=secretary, report=report, entries={}, narratives={}, version=report.version)
    report = submit_report(actor=officer, report=report, version=report.version)
    assert report.events.last().on_behalf is True
    with pytest.raises(PermissionDenied):
        approve_report(actor=officer, report=report)
    assert return_report(actor=officer, report=report, reason="Xin đơn vị tự nộp.").state == "returned"


def test_a_unit_does_not_review_itself(province, september, officer, top_officer, secretary):
    """The bloc union's own report: its officer stands at the unit and not above it."""
    own = report_of(province.bloc_union, september)
    own = bring_to("submitted", own, secretary=top_officer, officer=officer)
    with pytest.raises(PermissionDenied):
        approve_report(actor=officer, report=own)


def test_the_topmost_report_is_approved_by_its_leader(province, resolution, top_leader, top_officer):
    """Nobody stands above the top: officers there do not approve it, its leader does."""
    from accounts.services import grant_role
    from reports.progress.models import Period
    from reports.progress.services import create_periods

    period = create_periods(owner=province.top, year=2024)[8]
    assert isinstance(period, Period)
    own = ProgressReport.objects.create(unit=province.top, period=period)
    grant_role(actor=None, user=top_officer, unit=province.top, name="secretary")
    writer = type(top_officer).objects.get(pk=top_officer.pk)
    own = save_draft(actor=writer, report=own, entries={}, narratives={}, version=0)
    own = submit_report(actor=writer, report=own, version=own.version)
    with pytest.raises(PermissionDenied):
        approve_report(actor=writer, report=own)
    assert approve_report(actor=top_leader, report=own).state == "approved"


def test_reopening_clears_the_approval_and_keeps_the_first_submission(report, secretary, officer):
    approved = bring_to("approved", report, secretary=secretary, officer=officer)
    first = approved.first_submitted_at
    assert (approved.approved_by, approved.submitted_by) == (officer, secretary)
    reopened = reopen_report(actor=officer, report=approved, reason="Số cây sai.")
    assert (reopened.approved_at, reopened.approved_by) == (None, None)
    again = bring_to("submitted", reopened, secretary=secretary, officer=officer)
    assert again.first_submitted_at == first
    assert again.submitted_at > first


def test_only_steps_that_change_the_totals_mark_them(report, resolution, secretary, officer):
    def marks() -> list[tuple[int, int]]:
        return list(DirtyMark.objects.values_list("unit", "period"))

    DirtyMark.objects.all().delete()
    here = (report.unit_id, report.period_id)
    report = save_draft(
        actor=secretary,
        report=report,
        entries={resolution.blood.indicator_id: amount(3)},
        narratives={},
        version=report.version,
    )
    assert marks() == []
    report = submit_report(actor=secretary, report=report, version=report.version)
    assert marks() == [here]
    report = approve_report(actor=officer, report=report)
    assert marks() == [here] * 2
    reopen_report(actor=officer, report=report, reason="Sai.")
    assert marks() == [here] * 3


def test_many_are_approved_at_once_and_who_was_faster_is_left_alone(
    province, september, secretary, officer, top_officer, django_capture_on_commit_callbacks
):
    units = [province.justice, province.finance, province.college]
    waiting = [
        bring_to("submitted", report_of(unit, september), secretary=top_officer, officer=officer) for unit in units
    ]
    return_report(actor=officer, report=waiting[2], reason="Thiếu.")
    with django_capture_on_commit_callbacks(execute=True):
        approved = approve_reports(actor=officer, reports=waiting)
    assert [report.unit for report in approved] == units[:2]
    assert set(ReportEvent.objects.filter(action="approve").values_list("report", "actor")) == {
        (report.pk, officer.pk) for report in waiting[:2]
    }
    assert ProgressReport.objects.get(pk=waiting[2].pk).state == "returned"


def test_many_are_approved_all_or_none_where_one_is_out_of_reach(province, september, officer, top_officer, secretary):
    waiting = [
        bring_to("submitted", report_of(unit, september), secretary=top_officer, officer=officer)
        for unit in (province.justice, province.bloc_union)
    ]
    with pytest.raises(PermissionDenied):
        approve_reports(actor=officer, reports=waiting)
    assert set(ProgressReport.objects.filter(pk__in=[one.pk for one in waiting]).values_list("state", flat=True)) == {
        "submitted"
    }


def test_the_secretary_is_told_of_return_and_approval(report, secretary, officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bring_to("returned", report, secretary=secretary, officer=officer)
    told = Notice.objects.get(kind="reports.returned")
    assert told.recipient == secretary
    assert told.url == "/reports/QNA-KCQ-003/2024-09/"
    assert "Thiếu số cây xanh." in told.text
    report.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        bring_to("approved", report, secretary=secretary, officer=officer)
    assert Notice.objects.get(kind="reports.approved").recipient == secretary


def test_who_submitted_and_has_left_is_not_told_of_the_return(
    report, secretary, officer, top_officer, django_capture_on_commit_callbacks
):
    bring_to("submitted", report, secretary=officer, officer=top_officer)
    end_role(actor=None, role=officer.roles.get())
    with django_capture_on_commit_callbacks(execute=True):
        return_report(actor=top_officer, report=report, reason="Thiếu số cây xanh.")
    assert Notice.objects.get(kind="reports.returned").recipient == secretary


@pytest.mark.parametrize(
    ("state", "secretarys", "officers"),
    [
        ("not_started", {"save"}, {"save"}),
        ("draft", {"save", "submit"}, {"save", "submit"}),
        ("submitted", set(), {"return", "approve"}),
        ("returned", {"save"}, {"save"}),
        ("approved", set(), {"reopen"}),
    ],
)
def test_actions_open_to(state, secretarys, officers, report, secretary, officer, leader):
    report = bring_to(state, report, secretary=secretary, officer=officer)
    assert actions_open_to(secretary, report) == secretarys
    assert actions_open_to(officer, report) == officers
    assert actions_open_to(leader, report) == set()
