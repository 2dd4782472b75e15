"""The pages as people use them: form, reading view, queue, lateness, home."""

import json
import re
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.enums import RoleName
from accounts.models import User
from accounts.services import grant_role
from core import clock
from reports.progress.models import PeriodDeadline, ProgressEntry, ProgressReport
from reports.progress.services import open_period, save_draft, submit_report
from targets.services import allocate
from tests.reports.progress.scenes import amount, bring_to, report_of
from units.enums import Kind
from units.services import create_unit

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"


@pytest.fixture
def page(client, secretary, report):
    """The secretary at the form."""
    client.force_login(secretary)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def name(target, field: str = "amount") -> str:
    return f"i{target.indicator_id}-{field}"


def stored(report) -> dict[int, ProgressEntry]:
    return {entry.indicator_id: entry for entry in ProgressEntry.objects.filter(report=report)}


def test_a_month_is_filled_in_and_submitted(page, report, resolution):
    typed = {
        "version": 0,
        name(resolution.blood): " 1.500 ",
        name(resolution.money): "12,5",
        name(resolution.works): "0",
        name(resolution.study, "numerator"): "31",
        name(resolution.study, "denominator"): "32",
        name(resolution.congress, "is_done"): "yes",
        name(resolution.congress, "done_on"): "2024-06-12",
        "t-movements": "Ra quân trồng cây.",
    }
    answer = page.post(f"{ADDRESS}submit/", typed, follow=True)
    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert "Chờ duyệt" in text_of(answer)
    report.refresh_from_db()
    assert report.state == "submitted"
    entries = stored(report)
    assert {key: entry.amount for key, entry in entries.items() if entry.amount is not None} == {
        resolution.blood.indicator_id: 1500,
        resolution.money.indicator_id: Decimal("12.5"),
        resolution.works.indicator_id: 0,
    }
    study = entries[resolution.study.indicator_id]
    assert (study.numerator, study.denominator) == (31, 32)
    assert entries[resolution.congress.indicator_id].done_on == date(2024, 6, 12)
    assert list(report.narratives.values_list("topic", "text")) == [("movements", "Ra quân trồng cây.")]


def test_nonsense_gets_a_sentence_at_the_field_and_keeps_what_was_typed(page, report, resolution):
    answer = page.post(
        f"{ADDRESS}submit/",
        {
            "version": 0,
            name(resolution.blood): "mười hai",
            name(resolution.money): "1.5",
            name(resolution.households): "-2",
            name(resolution.works): "3",
            name(resolution.study, "numerator"): "40",
            name(resolution.study, "denominator"): "32",
            name(resolution.congress, "is_done"): "yes",
            name(resolution.congress, "done_on"): "2024-10-04",
        },
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert {key: list(said) for key, said in form.errors.items()} == {
        name(resolution.blood): ["Ô này chỉ ghi số, ví dụ 12 hoặc 1.500 hoặc 12,5. Chưa có số thì để trống."],
        name(resolution.money): [
            "Chưa rõ 1.5 là bao nhiêu: số lẻ viết bằng dấu phẩy (1,5), dấu chấm chỉ để tách hàng nghìn (1.500)."
        ],
        name(resolution.households): ["Số liệu không thể âm."],
        name(resolution.study, "numerator"): ["Số đạt được không thể lớn hơn tổng số."],
        name(resolution.congress, "done_on"): [
            "Ngày này nằm sau kỳ báo cáo, kỳ kết thúc ngày 30/9/2024. Xin báo cáo vào tháng sau."
        ],
    }
    html = answer.content.decode()
    for typed in ("mười hai", "1.5", "-2", "40", "2024-10-04"):
        assert f'value="{typed}"' in html
    report.refresh_from_db()
    assert report.state == "draft"
    assert {key: entry.amount for key, entry in stored(report).items()} == {resolution.works.indicator_id: 3}
    assert answer.context["form"].data["version"] == str(report.version)


@pytest.mark.parametrize("typed", ["9" * 31, "1e30", "N/A", "<script>alert(1)</script>", "\x00", "=1+1", "９"])
def test_whatever_is_typed_never_breaks_the_page(typed, page, report, resolution):
    answer = page.post(
        f"{ADDRESS}save/", {"version": 0, name(resolution.blood): typed, name(resolution.congress, "done_on"): typed}
    )
    assert answer.status_code == 422
    assert not stored(report)


@pytest.mark.parametrize("version", ["", "-1", "abc", "99"])
def test_a_page_without_a_right_version_overwrites_nothing(version, page, report, resolution):
    answer = page.post(f"{ADDRESS}save/", {"version": version, name(resolution.blood): "5"})
    assert answer.status_code == 409
    assert not stored(report)


def test_the_form_tells_null_from_zero_and_shows_earlier_and_new_to_date(
    page, province, periods, report, resolution, secretary, officer
):
    for month, count in ((7, 3), (8, 1)):
        open_period(period=periods[month])
        bring_to(
            "approved",
            report_of(province.justice, periods[month]),
            secretary=secretary,
            officer=officer,
            **{f"i{resolution.blood.indicator_id}": amount(count)},
        )
    lines = {line.indicator.pk: line for line in page.get(ADDRESS).context["sheet"].lines}
    blood = lines[resolution.blood.indicator_id]
    assert (blood.earlier, blood.entry.amount, blood.to_date) == (4, None, None)
    save_draft(
        actor=secretary, report=report, entries={resolution.blood.indicator_id: amount(0)}, narratives={}, version=0
    )
    answer = page.get(ADDRESS)
    blood = {line.indicator.pk: line for line in answer.context["sheet"].lines}[resolution.blood.indicator_id]
    assert (blood.earlier, blood.entry.amount, blood.to_date) == (4, 0, 4)
    assert "Đã nhập 0: tháng này không phát sinh" in text_of(answer)
    assert "Hết tháng 8" in text_of(answer)


def test_the_own_share_is_shown_and_judged(page, province, report, resolution, secretary):
    allocate(
        actor=None,
        target=resolution.blood,
        unit=province.justice,
        minimum=Decimal(5),
        effective_on=date(2024, 1, 1),
        handed_by=province.bloc_union,
    )
    save_draft(
        actor=secretary, report=report, entries={resolution.blood.indicator_id: amount(6)}, narratives={}, version=0
    )
    lines = {line.indicator.pk: line for line in page.get(ADDRESS).context["sheet"].lines}
    blood, works, money = (
        lines[target.indicator_id] for target in (resolution.blood, resolution.works, resolution.money)
    )
    assert (blood.aim.minimum, blood.value, blood.status, blood.expected) == (5, 6, "met", 3)
    assert (works.aim.minimum, works.aim.handed, works.status) == (1, None, "no_data")
    assert (money.aim, money.status) == (None, None)


def test_a_milestone_done_in_an_earlier_month_is_not_asked_again(
    page, province, periods, report, resolution, secretary, officer
):
    from reports.progress.entries import EntryInput

    open_period(period=periods[6])
    done = EntryInput(is_done=True, done_on=date(2024, 6, 12))
    bring_to(
        "approved",
        report_of(province.justice, periods[6]),
        secretary=secretary,
        officer=officer,
        **{f"i{resolution.congress.indicator_id}": done},
    )
    answer = page.get(ADDRESS)
    assert "Xong 12/6/2024" in text_of(answer)
    assert name(resolution.congress, "is_done") not in answer.context["form"].fields
    assert 'href="/reports/QNA-KCQ-003/2024-06/"' in answer.content.decode()


def test_what_looks_odd_is_shown_once_before_it_is_submitted(
    page, province, periods, report, resolution, secretary, officer
):
    for month in (7, 8):
        open_period(period=periods[month])
        bring_to(
            "approved",
            report_of(province.justice, periods[month]),
            secretary=secretary,
            officer=officer,
            **{f"i{resolution.blood.indicator_id}": amount(1)},
        )
    first = page.post(f"{ADDRESS}submit/", {"version": 0, name(resolution.blood): "90"})
    assert first.status_code == 200
    assert "90, cao hơn hẳn các tháng trước." in text_of(first)
    report.refresh_from_db()
    assert report.state == "draft"
    seen = re.findall(r'name="seen" value="([^"]+)"', first.content.decode())
    version = first.context["form"].data["version"]
    changed = page.post(f"{ADDRESS}submit/", {"version": version, "seen": seen, name(resolution.blood): "95"})
    assert changed.status_code == 200
    seen = re.findall(r'name="seen" value="([^"]+)"', changed.content.decode())
    version = changed.context["form"].data["version"]
    last = page.post(f"{ADDRESS}submit/", {"version": version, "seen": seen, name(resolution.blood): "95"})
    assert last.status_code == 302
    report.refresh_from_db()
    assert report.state == "submitted"


def test_autosave_answers_with_version_errors_and_how_lines_stand(page, report, resolution):
    answer = page.post(f"{ADDRESS}autosave/", {"version": 0, name(resolution.blood): "4", name(resolution.money): "x"})
    said = answer.json()
    report.refresh_from_db()
    assert (answer.status_code, said["version"], report.state) == (200, 1, "draft")
    assert re.fullmatch(r"Đã lưu \d{1,2}:\d\d", said["saved"])
    assert list(said["errors"]) == [name(resolution.money)]
    assert set(said["lines"]) == {
        str(target.indicator_id)
        for target in (
            resolution.blood,
            resolution.study,
            resolution.congress,
            resolution.households,
            resolution.works,
            resolution.money,
            resolution.app,
        )
    }
    assert {key: entry.amount for key, entry in stored(report).items()} == {resolution.blood.indicator_id: 4}


def test_the_second_of_two_people_is_told_what_differs_and_chooses(page, report, resolution, officer):
    base = {name(resolution.blood): "2", name(resolution.works): "1", "t-movements": "Cũ."}
    first = {resolution.blood: 2, resolution.works: 1}
    report = save_draft(
        actor=officer,
        report=report,
        entries={target.indicator_id: amount(value) for target, value in first.items()},
        narratives={"movements": "Cũ."},
        version=0,
    )
    others = {resolution.blood: 3, resolution.works: 7, resolution.households: 4}
    save_draft(
        actor=officer,
        report=report,
        entries={target.indicator_id: amount(value) for target, value in others.items()},
        narratives={"movements": "Của cán bộ."},
        version=1,
    )
    typed = {
        "version": 1,
        "base": json.dumps(base),
        name(resolution.blood): "9",  # both changed it
        name(resolution.works): "1",  # only the other did
        name(resolution.households): "",  # the other wrote it first
        name(resolution.money): "2,5",  # only this person did
        "t-movements": "Của tôi.",
    }
    auto = page.post(f"{ADDRESS}autosave/", typed)
    assert auto.status_code == 409
    assert auto.json()["clash"].startswith("Cán bộ Đoàn Khối đã sửa báo cáo này lúc")
    answer = page.post(f"{ADDRESS}save/", typed)
    assert answer.status_code == 409
    assert [part.name for part in answer.context["taken"]] == ["Hộ nghèo được giúp", "Công trình thanh niên"]
    assert [part.name for part in answer.context["both"]] == ["Máu hiến", "Các phong trào hành động cách mạng"]
    assert stored(report)[resolution.blood.indicator_id].amount == 3

    shown = answer.context["form"].data
    assert {key: shown[key] for key in typed if key not in ("version", "base")} == {
        **{key: text for key, text in typed.items() if key not in ("version", "base")},
        name(resolution.works): "7",
        name(resolution.households): "4",
    }
    again = page.post(f"{ADDRESS}save/", {**shown.dict(), "take": [resolution.blood.indicator_id]})
    assert again.status_code == 302
    assert {key: entry.amount for key, entry in stored(report).items()} == {
        resolution.blood.indicator_id: 3,
        resolution.works.indicator_id: 7,
        resolution.households.indicator_id: 4,
        resolution.money.indicator_id: Decimal("2.5"),
    }
    assert report.narratives.get().text == "Của tôi."


@pytest.mark.parametrize("base", ["", "{", "[1]", "9", '{"a": {}}', "[" * 90_000])
def test_a_base_that_no_page_made_is_none(base, page, report, resolution, officer):
    entries = {resolution.blood.indicator_id: amount(3)}
    save_draft(actor=officer, report=report, entries=entries, narratives={}, version=0)
    answer = page.post(f"{ADDRESS}save/", {"version": 0, "base": base, name(resolution.blood): "9"})
    assert answer.status_code == 409
    assert [part.key for part in answer.context["both"]] == [str(resolution.blood.indicator_id)]


def test_a_page_left_open_while_the_report_moved_on_changes_nothing(page, report, resolution, secretary, officer):
    bring_to("approved", report, secretary=secretary, officer=officer)
    for step in ("save", "submit"):
        answer = page.post(f"{ADDRESS}{step}/", {"version": 0, name(resolution.blood): "5"}, follow=True)
        assert "Báo cáo hiện ở trạng thái “Đã duyệt”, nên không có gì thay đổi." in text_of(answer)
    assert page.post(f"{ADDRESS}autosave/", {"version": 0}).status_code == 409
    assert not stored(report)


def test_the_returned_report_says_why_and_by_whom(page, report, secretary, officer):
    bring_to("returned", report, secretary=secretary, officer=officer)
    said = text_of(page.get(ADDRESS))
    assert "Cán bộ Đoàn Khối trả lại lúc" in said
    assert "Thiếu số cây xanh." in said


def test_an_officer_enters_on_behalf(client, report, resolution, officer):
    client.force_login(officer)
    assert "Nhập thay đơn vị" in text_of(client.get(ADDRESS))
    answer = client.get(f"{ADDRESS}?enter=1")
    assert "Bạn đang nhập thay Chi đoàn Sở Tư pháp" in text_of(answer)
    saved = client.post(f"{ADDRESS}save/", {"version": 0, name(resolution.blood): "5"})
    assert saved["Location"] == f"{ADDRESS}?enter=1"
    assert report.events.get().on_behalf is True


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_approval_never_leads_to_another_site(elsewhere, client, report, secretary, officer, top_officer):
    bring_to("submitted", report, secretary=secretary, officer=officer)
    client.force_login(officer)
    assert client.post(f"{ADDRESS}approve/", {"next": elsewhere})["Location"] == ADDRESS


def test_returning_without_a_reason_stays_at_the_report(client, report, secretary, officer):
    bring_to("submitted", report, secretary=secretary, officer=officer)
    client.force_login(officer)
    for more, template in (
        ({}, "reports/progress/reading.html"),
        ({"next": "/reports/review/"}, "reports/progress/review.html"),
    ):
        answer = client.post(f"{ADDRESS}return/", {"reason": "  ", **more})
        assert answer.status_code == 422
        assert template in [one.name for one in answer.templates]
        assert "Xin ghi lý do, để đơn vị biết cần sửa gì." in text_of(answer)
    assert ProgressReport.objects.get(pk=report.pk).state == "submitted"


def test_lateness_tells_the_four_apart(client, province, periods, officer, leader, top_officer):
    open_period(period=periods[8])
    for unit, day in ((province.justice, 3), (province.finance, 4)):
        with clock.travel_to(datetime(2024, 9, day, 23, 59, tzinfo=timezone.get_default_timezone())):
            found = save_draft(
                actor=top_officer, report=report_of(unit, periods[8]), entries={}, narratives={}, version=0
            )
            submit_report(actor=top_officer, report=found, version=found.version)
    ProgressReport.objects.filter(unit=province.hospital_surgery, period=periods[8]).delete()
    client.force_login(leader)
    matrix = client.get("/reports/lateness/").context["matrix"]
    august = {row.unit.code: row.cells[0].timeliness for bloc in matrix.blocs for row in bloc.rows}
    assert august == {
        "QNA-KCQ": "missing",
        "QNA-KCQ-001": "missing",
        "QNA-KCQ-001-01": "not_required",
        "QNA-KCQ-001-02": "missing",
        "QNA-KCQ-002": "missing",
        "QNA-KCQ-003": "on_time",
        "QNA-KCQ-004": "late",
    }
    assert [bloc.name for bloc in matrix.blocs] == ["Khối thi đua số 1", "Khối thi đua số 2", ""]
    assert [(tally.owed, tally.handed_in, tally.in_time) for tally in matrix.tallies] == [(6, 2, 1), (7, 0, 0)]


def test_lateness_finds_units_without_diacritics(client, province, september, officer):
    client.force_login(officer)
    found = client.get("/reports/lateness/", {"q": "tu phap"}).context["page"].object_list
    assert [unit.code for unit in found] == ["QNA-KCQ-003"]
    assert "Không có đơn vị nào tên như vậy" in text_of(client.get("/reports/lateness/", {"q": "zzz"}))


@pytest.mark.parametrize("asked", ["2024", "2023", "x", "²", ""])
def test_years_that_do_not_exist_fall_back(asked, client, report, secretary, officer):
    for user, address in ((secretary, "/reports/"), (officer, "/reports/lateness/")):
        client.force_login(user)
        answer = client.get(address, {"year": asked})
        assert (answer.status_code, answer.context["year"]) == (200, 2024)


@pytest.mark.parametrize(
    ("who", "goes_to"),
    [
        ("secretary", ADDRESS),
        ("leader", "/dashboard/QNA-KCQ/"),
        ("administrator", "/units/"),
        ("officer", None),
        ("nobody", None),
        ("bloc_head", None),
    ],
)
def test_home_is_a_persons_own_work(who, goes_to, request, client, report):
    client.force_login(request.getfixturevalue(who))
    answer = client.get("/")
    assert answer.status_code == (302 if goes_to else 200)
    assert answer.get("Location") == goes_to


def test_home_of_a_secretary_is_the_newest_month_that_is_not_approved(client, province, periods, secretary, officer):
    open_period(period=periods[8])
    bring_to("approved", report_of(province.justice, periods[9]), secretary=secretary, officer=officer)
    client.force_login(secretary)
    assert client.get("/")["Location"] == "/reports/QNA-KCQ-003/2024-08/"
    bring_to("approved", report_of(province.justice, periods[8]), secretary=secretary, officer=officer)
    assert client.get("/")["Location"] == ADDRESS


def test_home_of_someone_with_two_roles_has_a_section_for_each(client, province, report, secretary, officer):
    grant_role(actor=None, user=officer, unit=province.justice, name=RoleName.SECRETARY)
    both = User.objects.get(pk=officer.pk)
    client.force_login(both)
    answer = client.get("/")
    assert [work.report for work in answer.context["own"]] == [report]
    assert {report.unit.code for report in answer.context["review"].missing} == {
        "QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-001-02", "QNA-KCQ-002", "QNA-KCQ-003", "QNA-KCQ-004",
    }  # fmt: skip


def test_who_has_not_handed_in_is_counted_as_the_list_names_them(
    client, province, september, officer, secretary, top_officer
):
    PeriodDeadline.objects.create(
        period=september, unit=province.finance, due_on=date(2024, 10, 20), locks_on=date(2024, 10, 25)
    )
    bring_to("returned", report_of(province.justice, september), secretary=secretary, officer=officer)
    bring_to("submitted", report_of(province.college, september), secretary=top_officer, officer=officer)
    client.force_login(officer)
    with clock.travel_to(datetime(2024, 10, 6, 8, tzinfo=timezone.get_default_timezone())):
        home = client.get("/")
        queue = client.get("/reports/review/")
    missing = [report.unit.code for report in home.context["review"].missing]
    assert missing == ["QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-001-02"]
    words = "Tháng 9/2024: 1 chờ duyệt · 0 đã duyệt · 3 chưa nộp · 1 chưa đến hạn · 1 đang sửa lại"
    assert words in text_of(home)
    assert words in text_of(queue)
    assert "3 đơn vị chưa nộp:" in text_of(queue)


def test_home_says_how_many_are_overdue_beyond_the_list(client, province, september, officer):
    for number in range(100, 108):
        create_unit(
            code=f"QNA-KCQ-{number}",
            name=f"Chi đoàn {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2024, 1, 1),
        )
    open_period(period=september)
    client.force_login(officer)
    with clock.travel_to(datetime(2024, 10, 6, 8, tzinfo=timezone.get_default_timezone())):
        home = client.get("/")
    assert home.context["review"].month.absent == 14
    assert len(home.context["review"].missing) == 10
    assert "và 4 đơn vị khác" in text_of(home)


def queries_of(client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_lists_take_the_same_number_of_queries_at_1_row_and_at_30(client, province, periods, officer, top_officer):
    september = periods[9]
    bring_to("submitted", report_of(province.justice, september), secretary=top_officer, officer=officer)
    client.force_login(officer)
    addresses = ["/reports/review/", "/reports/review/?q=chi+doan", "/reports/lateness/", "/"]
    at_one = [queries_of(client, address) for address in addresses]
    for number in range(100, 130):
        create_unit(
            code=f"QNA-KCQ-{number}",
            name=f"Chi đoàn {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2024, 1, 1),
        )
        open_period(period=september) if number == 129 else None
    for number in range(100, 129):
        found = ProgressReport.objects.select_related("unit", "period").get(
            unit__code=f"QNA-KCQ-{number}", period=september
        )
        bring_to("submitted", found, secretary=top_officer, officer=officer)
    assert len(client.get("/reports/review/").context["queue"].waiting) == 30
    assert [queries_of(client, address) for address in addresses] == at_one


def test_own_months_take_the_same_number_of_queries_at_1_and_at_12(client, periods, report, secretary):
    client.force_login(secretary)
    at_one = queries_of(client, "/reports/")
    for period in periods.values():
        open_period(period=period)
    assert len(client.get("/reports/").context["glances"][0].months) == 12
    assert queries_of(client, "/reports/") == at_one


def test_a_report_that_somebody_hands_in_between_saving_and_submitting(
    page, report, resolution, secretary, officer, monkeypatch
):
    """The button saves and hands in: who comes in between is told of, no error page."""

    def after_another(**asked):
        submit_report(actor=officer, report=asked["report"], version=asked["version"])
        return submit_report(**asked)

    monkeypatch.setattr(sys.modules["reports.progress.views.report"], "submit_report", after_another)
    answer = page.post(f"{ADDRESS}submit/", {"version": 0, name(resolution.blood): "3"}, follow=True)
    assert "Báo cáo hiện ở trạng thái “Chờ duyệt”, nên không có gì thay đổi." in text_of(answer)
    assert list(report.events.values_list("action", "actor")) == [("save", secretary.pk), ("submit", officer.pk)]


def test_handing_in_what_is_saved_already_saves_nothing_again(page, report, resolution, secretary):
    typed = {name(resolution.blood): "3", "t-movements": "Ra quân."}
    version = page.post(f"{ADDRESS}autosave/", {**typed, "version": 0}).json()["version"]
    page.post(f"{ADDRESS}submit/", {**typed, "version": version})
    report.refresh_from_db()
    assert (report.state, report.version) == ("submitted", version + 1)


def test_a_save_whose_answer_was_lost_is_no_conflict_when_it_comes_again(page, report, resolution):
    """Neither with a line that cannot be read yet, nor as the submission that was pressed before the answer came."""
    sent = {"version": 0, name(resolution.blood): "3", name(resolution.money): "x", "t-movements": "Ra quân."}
    answers = [page.post(f"{ADDRESS}autosave/", sent) for _time in range(2)]
    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [(200, 1), (200, 1)]
    assert list(answers[1].json()["errors"]) == [name(resolution.money)]
    other_words = {**sent, "t-movements": "Chữ khác."}
    assert page.post(f"{ADDRESS}autosave/", other_words).status_code == 409
    assert page.post(f"{ADDRESS}submit/", {**sent, name(resolution.money): ""}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.version) == ("submitted", 2)


def test_a_save_that_comes_again_after_another_person_changed_the_report_is_a_conflict(
    page, report, resolution, officer
):
    sent = {"version": 0, name(resolution.blood): "3"}
    assert page.post(f"{ADDRESS}autosave/", sent).status_code == 200
    entries = {resolution.works.indicator_id: amount(1)}
    save_draft(actor=officer, report=report, entries=entries, narratives={}, version=1)
    said = page.post(f"{ADDRESS}autosave/", sent)
    assert (said.status_code, said.json()["clash"][:16]) == (409, "Cán bộ Đoàn Khối")


def test_a_save_that_comes_again_while_the_first_is_being_written_is_no_conflict(page, report, resolution, monkeypatch):
    def after_itself(**asked):
        save_draft(**asked)
        return save_draft(**asked)

    monkeypatch.setattr(sys.modules["reports.progress.views.report"], "save_draft", after_itself)
    answer = page.post(f"{ADDRESS}autosave/", {"version": 0, name(resolution.blood): "3"})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
