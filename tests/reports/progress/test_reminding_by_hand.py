"""An officer reminds units by one click: whom, how often, what the pages say of it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.enums import RoleName
from core import clock
from core.models import Notice
from reports.progress import rules
from reports.progress.models import ProgressReport, Reminder
from reports.progress.reminders import outstanding_for, reminded_by
from reports.progress.services import grant_extension, open_period, remind, set_deadline
from tests.conftest import person
from tests.making import count_queries
from tests.reports.progress.scenes import bring_to, report_of
from tests.reports.progress.test_reminding import lines_to, on, reminded
from units.enums import Kind
from units.services import close_unit, create_unit

ONE = "/reports/QNA-KCQ-003/2024-09/remind/"
ALL = "/reports/lateness/remind/"
TODAY = date(2024, 10, 5)
JUSTICE = (
    "Cán bộ Đoàn Khối nhắc: Báo cáo tháng 9/2024 của Chi đoàn Sở Tư pháp quá hạn 2 ngày (hạn nộp 3/10);"
    " cổng còn nhận đến hết ngày 15/10."
)


@pytest.fixture
def page(client, officer, september):
    client.force_login(officer)
    return client


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_one_unit_is_reminded(page, secretary, neighbour, officer, report):
    answer = page.post(ONE, follow=True)
    assert answer.redirect_chain == [("/reports/lateness/", 302)]
    assert said(answer) == ["Đã nhắc 1 đơn vị: Chi đoàn Sở Tư pháp."]
    assert (lines_to(secretary), lines_to(neighbour)) == ([JUSTICE], [])
    row = Reminder.objects.get()
    assert (row.report, row.step, row.day, row.actor, row.people) == (report, "by_hand", TODAY, officer, 1)


def test_all_of_the_newest_month_are_reminded(page, secretary, neighbour, officer):
    answer = page.post(ALL, {"next": "/reports/lateness/?year=2024"}, follow=True)
    assert answer.redirect_chain == [("/reports/lateness/?year=2024", 302)]
    assert said(answer) == [
        "Đã nhắc 2 đơn vị: Chi đoàn Sở Tư pháp, Chi đoàn Sở Tài chính.",
        "Chưa nhắc được: Đoàn cơ sở Bệnh viện Đa khoa, Chi đoàn Khối Ngoại, Chi đoàn Khối Nội, Đoàn cơ sở Trường Cao"
        " đẳng Y tế. Đơn vị chưa có người dùng cổng; xin gọi điện hoặc nhập thay.",
    ]
    assert lines_to(secretary) == [JUSTICE]
    assert len(lines_to(neighbour)) == 1
    assert Reminder.objects.count() == 2


def test_a_reminder_leads_to_no_other_site(page):
    assert page.post(ONE, {"next": "//evil.example/"})["Location"] == "/reports/lateness/"


def test_not_twice_on_one_day_and_again_on_the_next(page, secretary):
    page.post(ONE)
    nothing = "Không có đơn vị nào cần nhắc: báo cáo đã nộp, đã khoá, hoặc hôm nay đã nhắc rồi."
    assert said(page.post(ONE, follow=True))[-1] == nothing
    assert "1 đơn vị đã nhắc hôm nay" in words_of(page.get("/reports/lateness/"))
    page.post(ALL)
    assert lines_to(secretary) == [JUSTICE]
    with clock.travel_to(on(10, 6)):
        page.post(ONE)
    assert len(lines_to(secretary)) == 2


def test_the_calendar_and_the_officer_do_not_hinder_each_other(page, secretary, september):
    reminded(on(10, 5))
    page.post(ONE)
    sent = Reminder.objects.filter(report__unit__code="QNA-KCQ-003").order_by("pk")
    assert [row.step for row in sent] == ["after", "by_hand"]
    assert len(lines_to(secretary)) == 2


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_was_handed_in_meanwhile_is_left_alone(state, page, report, secretary, officer):
    bring_to(state, report, secretary=secretary, officer=officer)
    page.post(ONE)
    page.post(ALL)
    assert lines_to(secretary) == []


def test_a_unit_gone_or_locked_is_not_reminded(page, province, september, secretary, neighbour, officer):
    close_unit(unit=province.justice, on=date(2024, 9, 30))
    set_deadline(period=september, unit=province.finance, due_on=date(2024, 10, 3), locks_on=date(2024, 10, 4))
    for _again in range(2):
        page.post(ALL)
    assert (lines_to(secretary), lines_to(neighbour)) == ([], [])
    assert Reminder.objects.count() == 0


def test_an_older_month_can_be_reminded_of_by_its_own_address(page, province, periods, secretary, officer):
    open_period(period=periods[8])
    august = report_of(province.justice, periods[8])
    grant_extension(actor=officer, report=august, locks_on=date(2024, 12, 31), reason="Bão số 4.")
    page.post("/reports/QNA-KCQ-003/2024-08/remind/")
    assert lines_to(secretary) == [
        "Cán bộ Đoàn Khối nhắc: Báo cáo tháng 8/2024 của Chi đoàn Sở Tư pháp quá hạn 32 ngày (hạn nộp 3/9);"
        " cổng còn nhận đến hết ngày 31/12."
    ]


def test_nobody_reminds_above_or_beside(province, september, officer, secretary):
    for unit in (province.bloc_union, province.rach_gia):
        ProgressReport.objects.get_or_create(unit=unit, period=september)
        with pytest.raises(PermissionDenied):
            remind(actor=officer, reports=[report_of(province.justice, september), report_of(unit, september)])
    assert Reminder.objects.count() == 0
    assert lines_to(secretary) == []


def test_the_filter_and_the_rule_agree(
    province, september, officer, top_officer, leader, top_leader, secretary, administrator, bloc_head, outsider, nobody
):
    ProgressReport.objects.get_or_create(unit=province.top, period=september)
    ProgressReport.objects.get_or_create(unit=province.rach_gia, period=september)
    for user in (officer, top_officer, leader, top_leader, secretary, administrator, bloc_head, outsider, nobody):
        reports = list(ProgressReport.objects.select_related("unit"))
        by_rule = {report.pk for report in reports if rules.can_remind.test(user, report)}
        by_filter = set(ProgressReport.objects.filter(reminded_by(user)).values_list("pk", flat=True))
        # The topmost unit's own report is below nobody, whoever reviews it.
        assert by_filter == by_rule
        assert rules.reminds_any(user) == bool(by_rule)


def test_a_leader_looks_and_cannot_remind(client, leader, officer, secretary, report):
    remind(actor=officer, reports=[report])
    client.force_login(leader)
    answer = client.get("/reports/lateness/")
    assert "Đã nhắc hôm nay" in words_of(answer)
    assert "/remind/" not in answer.content.decode()
    assert client.post(ONE).status_code == 403
    assert client.post(ALL).status_code == 403


def test_the_page_offers_what_can_be_reminded_and_says_what_was(page, province, september, secretary, neighbour):
    with clock.travel_to(on(10, 4)):
        page.post("/reports/QNA-KCQ-004/2024-09/remind/")
    answer = page.get("/reports/lateness/")
    html, words = answer.content.decode(), words_of(answer)
    assert set(re.findall(r'formaction="([^"]+)"', html)) == {ONE, "/reports/QNA-KCQ-004/2024-09/remind/"}
    assert "6 đơn vị còn phải nộp báo cáo tháng 9/2024." in words
    assert "4 đơn vị trong đó chưa có người dùng cổng" in words
    assert 'data-confirm="Nhắc 2 đơn vị nộp báo cáo tháng 9/2024?"' in html
    assert 'data-confirm-detail="Chi đoàn Sở Tư pháp, Chi đoàn Sở Tài chính.' in html
    assert words.count("Đã nhắc 4/10") == 1


def test_the_queue_offers_it_too(page, report, province, september, secretary, neighbour, officer):
    bring_to("submitted", report, secretary=secretary, officer=officer)
    html = page.get("/reports/review/").content.decode()
    assert f'action="{ALL}"' in html
    assert 'data-confirm="Nhắc 1 đơn vị nộp báo cáo tháng 9/2024?"' in html


def test_the_history_of_a_report_tells_its_reminders(client, report, secretary, officer, leader):
    reminded(on(10, 3))
    remind(actor=officer, reports=[report])
    with clock.travel_to(on(10, 6)):
        bring_to("submitted", report, secretary=secretary, officer=officer)
    client.force_login(leader)
    words = words_of(client.get("/reports/QNA-KCQ-003/2024-09/"))
    newest_first = (
        "6/10, 6:00 Bí thư Chi đoàn Sở Tư pháp gửi báo cáo",
        "Cán bộ Đoàn Khối nhắc đơn vị nộp",
        "3/10, 6:00 Cổng tự động nhắc đơn vị nộp",
    )
    places = [words.index(one) for one in newest_first]
    assert places == sorted(places)


def test_the_history_says_where_nobody_was_there(client, report, leader):
    reminded(on(10, 3))
    client.force_login(leader)
    assert "Đến kỳ nhắc, nhưng đơn vị chưa có người dùng cổng" in words_of(client.get("/reports/QNA-KCQ-003/2024-09/"))


def test_thirty_units_ask_no_more_of_the_database_than_one(page, province, september, officer, secretary):
    page.get("/reports/lateness/")
    looking = count_queries(lambda: page.get("/reports/lateness/"))
    few = outstanding_for(officer, TODAY)
    reminding = count_queries(lambda: remind(actor=officer, reports=few.to_remind()[: few.waiting]))
    for number in range(30):
        unit = create_unit(
            code=f"QNA-KCQ-9{number:02d}",
            name=f"Chi đoàn số {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
        ProgressReport.objects.create(unit=unit, period=september)
        person(f"thu.{number}", f"Bí thư số {number}", unit, RoleName.SECRETARY)
    Notice.objects.all().delete()
    assert count_queries(lambda: page.get("/reports/lateness/")) == looking
    many = outstanding_for(officer, TODAY)
    assert many.waiting == 30
    assert count_queries(lambda: remind(actor=officer, reports=many.to_remind()[:30])) == reminding


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection")
def test_two_officers_at_once_remind_once(report, secretary, officer, top_officer):
    gate = Barrier(6)

    def work(number: int) -> int:
        try:
            gate.wait(timeout=20)
            return len(remind(actor=(officer, top_officer)[number % 2], reports=[report]).told)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(work, range(6))) == [0, 0, 0, 0, 0, 1]
    assert len(lines_to(secretary)) == 1
