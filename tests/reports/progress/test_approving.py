"""Approving many at once: what the summary says before, and what then happens."""

import re

import pytest

from reports.enums import ReportState
from reports.progress.models import ProgressReport
from reports.progress.services import open_period, reopen_report, return_report, save_draft, submit_report
from tests.making import count_queries
from tests.reports.progress.scenes import amount, bring_to, report_of
from tests.reports.progress.test_pages import text_of

SUMMARY, APPROVE = "/reports/review/summary/", "/reports/review/approve/"


@pytest.fixture
def reviewer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def scene(province, periods, resolution, officer, top_officer):
    """Waiting: the college (August, one figure), Justice (two figures), Finance (odd), the hospital (entered by the
    officer)."""
    blood, works = resolution.blood.indicator_id, resolution.works.indicator_id
    for month in (6, 7, 8):
        open_period(period=periods[month])
    for month in (6, 7):
        earlier = report_of(province.finance, periods[month])
        bring_to("approved", earlier, secretary=top_officer, officer=officer, **{f"i{blood}": amount(1)})

    def waiting(unit, month, by=top_officer, **said):
        return bring_to("submitted", report_of(unit, periods[month]), secretary=by, officer=officer, **said)

    return {
        "college": waiting(province.college, 8, **{f"i{blood}": amount(0)}),
        "justice": waiting(province.justice, 9, **{f"i{blood}": amount(1), f"i{works}": amount(2)}),
        "finance": waiting(province.finance, 9, **{f"i{blood}": amount(40)}),
        "hospital": waiting(province.hospital, 9, by=officer, **{f"i{blood}": amount(1)}),
    }


def states(scene) -> dict[str, str]:
    return {name: ProgressReport.objects.get(pk=report.pk).state for name, report in scene.items()}


def names(group) -> set[str]:
    return {one.report.unit.code for one in group.waiting}


def test_the_summary_says_what_will_happen(reviewer, scene, periods):
    answer = reviewer.post(SUMMARY, {"all": "1"})
    summary = answer.context["summary"]
    assert names(summary.plain) == {"QNA-KCQ-002", "QNA-KCQ-003"}
    assert names(summary.odd) == {"QNA-KCQ-004"}
    assert names(summary.own) == {"QNA-KCQ-001"}
    assert (summary.plain.figures, summary.plain.indicators) == (3, 2)  # an entered 0 is a figure
    assert summary.plain.months == [(periods[8], 1), (periods[9], 1)]
    assert (summary.odd.figures, summary.odd.indicators) == (1, 1)
    assert [unit.code for unit in summary.above] == ["TW", "QNA", "QNA-KCQ"]
    said = text_of(answer)
    assert "Máu hiến: 40, cao hơn hẳn các tháng trước. Các tháng trước: T6: 1; T7: 1." in said
    assert "Số tổng hợp chính thức thay đổi ở: Trung ương Đoàn, Tỉnh đoàn Quảng Nam, Đoàn Khối" in said
    boxes = dict(re.findall(r'name="report" value="([0-9.]+)"( checked)?', answer.content.decode()))
    ticked = {value for value, checked in boxes.items() if checked}
    assert ticked == {f"{scene[name].pk}.{scene[name].version}" for name in ("college", "justice")}
    assert set(boxes) - ticked == {f"{scene['finance'].pk}.{scene['finance'].version}"}
    assert set(states(scene).values()) == {ReportState.SUBMITTED}


def test_the_summary_is_of_the_chosen_ones_or_of_the_filter(reviewer, scene):
    chosen = reviewer.post(SUMMARY, {"report": [scene["justice"].pk, scene["finance"].pk, 999999, "x"]})
    assert names(chosen.context["summary"].plain) == {"QNA-KCQ-003"}
    filtered = reviewer.post(f"{SUMMARY}?period=2024-09&mark=plain", {"all": "1"})
    assert names(filtered.context["summary"].plain) == {"QNA-KCQ-003"}
    assert filtered.context["summary"].odd.waiting == ()
    assert 'action="/reports/review/approve/?period=2024-09&amp;mark=plain"' in filtered.content.decode()
    nothing = reviewer.post(f"{SUMMARY}?period=2024-09", {})
    assert (nothing.status_code, nothing["Location"]) == (302, "/reports/review/?period=2024-09")


def test_what_was_ticked_is_approved_and_the_filter_stays(reviewer, scene):
    ticked = [f"{scene[name].pk}.{scene[name].version}" for name in ("college", "finance", "hospital")]
    answer = reviewer.post(f"{APPROVE}?q=chi+doan", {"report": ticked}, follow=True)
    assert answer.redirect_chain == [("/reports/review/?q=chi+doan", 302)]
    assert states(scene) == {
        "college": "approved", "justice": "submitted", "finance": "approved", "hospital": "submitted",
    }  # fmt: skip
    said = text_of(answer)
    assert "Đã duyệt 2 báo cáo." in said
    assert "Bệnh viện Đa khoa" in said


def test_what_changed_since_it_was_shown_is_left_alone(reviewer, scene, officer, top_officer):
    seen = {name: f"{report.pk}.{report.version}" for name, report in scene.items()}
    for name, report in list(scene.items())[:2]:
        back = return_report(actor=officer, report=report, reason="Thiếu.")
        draft = save_draft(actor=top_officer, report=back, entries={}, narratives={}, version=back.version)
        if name == "college":
            submit_report(actor=top_officer, report=draft, version=draft.version)
    answer = reviewer.post(APPROVE, {"report": [seen["college"], seen["justice"], seen["finance"]]}, follow=True)
    assert (states(scene)["college"], states(scene)["justice"], states(scene)["finance"]) == (
        "submitted", "draft", "approved",
    )  # fmt: skip
    assert "2 báo cáo đã thay đổi sau khi bạn xem nên được giữ nguyên." in text_of(answer)


@pytest.mark.parametrize(("state", "step"), [("submitted", "return"), ("approved", "reopen")])
def test_what_was_handed_in_anew_is_not_sent_back_by_who_saw_the_one_before(
    state, step, client, report, secretary, officer, top_officer
):
    seen = bring_to(state, report, secretary=secretary, officer=officer)
    back = {"return": return_report, "reopen": reopen_report}[step](actor=officer, report=seen, reason="Thiếu.")
    bring_to(state, back, secretary=secretary, officer=officer)
    client.force_login(top_officer)
    asked = {"reason": "Thiếu số cây xanh.", "version": seen.version}
    answer = client.post(f"/reports/QNA-KCQ-003/2024-09/{step}/", asked, follow=True)
    now = ProgressReport.objects.get(pk=report.pk)
    assert now.state == state
    assert f'name="version" value="{now.version}"' in answer.content.decode()
    assert "vừa nộp lại báo cáo" in text_of(answer)
    client.post(f"/reports/QNA-KCQ-003/2024-09/{step}/", {**asked, "version": now.version})
    assert ProgressReport.objects.get(pk=report.pk).state == "returned"


def test_the_summary_takes_the_same_number_of_queries_for_one_and_for_many(reviewer, scene):
    one = count_queries(lambda: reviewer.post(SUMMARY, {"report": [scene["finance"].pk]}))
    september = [scene[name].pk for name in ("justice", "finance", "hospital")]
    assert count_queries(lambda: reviewer.post(SUMMARY, {"report": september})) == one
