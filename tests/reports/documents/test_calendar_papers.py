"""A quarter's calendar on paper: three months side by side, what all do at once apart, days as exact as they are."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from activities.services import cancel, plan_activity, postpone
from core.jobs import JobFailed
from core.paper import page_count
from reports.documents import papers
from reports.documents.calendars.building import build_calendar
from reports.documents.calendars.context import CalendarGroup, Event, MarkedMonth, MonthEvents, QuarterCalendar
from reports.documents.calendars.drawing import month_drawing
from reports.documents.calendars.services import request_calendar
from reports.documents.models import OfficialDocument
from targets.calendar import Span
from tests.reports.documents.kinds import Q4, autumn, made
from tests.reports.documents.test_documents import issue, text_of
from tests.reports.progress.conftest import periods  # noqa: F401 - a fixture is used by name

TOGETHER, OWN, DUE = "Hoạt động chỉ đạo đồng loạt", "Hoạt động của Đoàn Khối các cơ quan", "Hạn gửi báo cáo"


@pytest.fixture
def activities(province):
    return autumn(province.bloc_union)


def groups_of(calendar: QuarterCalendar) -> dict[str, tuple[list[list[tuple[str, str]]], list[tuple[str, str]]]]:
    """Heading → time and name of each month's events, and of those that run across."""
    return {
        group.heading: (
            [[(event.time, event.name) for event in month.events] for month in group.months],
            [(event.time, event.name) for event in group.across],
        )
        for group in calendar.groups
    }


def test_each_stands_in_its_month_on_its_side_as_exact_as_it_is(activities, province):
    assert groups_of(build_calendar(body=province.bloc_union, span=Q4)) == {
        TOGETHER: (
            [[("10/10", "Hưởng ứng Ngày Chuyển đổi số")], [("Trong tháng", "Vệ sinh công sở")], []],
            [],
        ),
        OWN: ([[], [("09–10/11", "Hội thao")], [("Trong tháng", "Tập huấn")]], [("Quý IV", "Tình nguyện mùa đông")]),
    }


def test_what_is_not_certain_is_marked_and_only_known_days_are_framed(activities, province):
    calendar = build_calendar(body=province.bloc_union, span=Q4)
    tentative = [e.name for g in calendar.groups for m in g.months for e in m.events if e.tentative]
    assert tentative == ["Tập huấn"]
    assert [(month.month, month.days, month.due_days) for month in calendar.months] == [
        (10, (10,), ()),
        (11, (9, 10), ()),
        (12, (), ()),
    ]


def test_a_moved_one_says_from_when_and_a_cancelled_one_is_gone(activities, province):
    fair, course = activities[2], activities[3]
    postpone(actor=None, activity=fair, windows=[(date(2024, 12, 7), date(2024, 12, 7), "day")], reason="Mưa lũ")
    cancel(actor=None, activity=course, reason="Không có kinh phí")
    own = next(g for g in build_calendar(body=province.bloc_union, span=Q4).groups if g.heading == OWN)
    assert [[(e.time, e.name, e.note) for e in m.events] for m in own.months] == [
        [],
        [],
        [("07/12", "Hội thao", "chuyển từ ngày 09–10/11")],
    ]


def test_blocs_stand_apart_with_their_names(activities, province):
    window = (date(2024, 10, 1), date(2024, 10, 10), "part_of_month")
    plan_activity(unit=province.bloc_union, name="Về nguồn", scope="bloc", bloc=province.bloc_1, windows=[window])
    calendar = build_calendar(body=province.bloc_union, span=Q4)
    blocs = calendar.groups[2]
    assert (blocs.heading, blocs.months[0].events) == (
        "Hoạt động của các khối thi đua",
        (Event(time="Đầu tháng", name="Về nguồn", note="Khối thi đua số 1"),),
    )


def test_due_days_of_reports_stand_below(activities, province, periods):  # noqa: F811
    calendar = build_calendar(body=province.bloc_union, span=Q4)
    assert groups_of(calendar)[DUE] == (
        [
            [("03/10", "Báo cáo tháng 9/2024")],
            [("03/11", "Báo cáo tháng 10/2024")],
            [("03/12", "Báo cáo tháng 11/2024")],
        ],
        [],
    )
    assert [month.due_days for month in calendar.months] == [(3,), (3,), (3,)]


def test_a_unit_reads_what_all_do_at_once(activities, province):
    calendar = build_calendar(body=province.hospital, span=Q4)
    assert list(groups_of(calendar)) == [TOGETHER]


def test_where_nothing_is_planned_there_is_no_paper(activities, province):
    with pytest.raises(JobFailed, match="Chưa có hoạt động nào trong quý II năm 2024"):
        build_calendar(body=province.bloc_union, span=Span.parse("2024-Q2"))


def test_a_month_is_drawn_week_by_week_with_its_marks():
    drawing = month_drawing(MarkedMonth(year=2024, month=11, days=(3, 9), due_days=(3,)), 5)
    days = {day.text: day for day in drawing.days}
    assert len(drawing.days) == 30
    assert (days["1"].x, days["4"].x) == ("49.50", "5.50")  # a Friday, a Monday
    assert [days[day].css for day in ("3", "9", "10", "11")] == ["due", "has", "sun", ""]


def test_it_fits_one_sheet_and_runs_on_with_its_head_where_it_must(activities, province):
    calendar = build_calendar(body=province.bloc_union, span=Q4)
    assert page_count(papers.render_pdf(calendar)) == 1
    many = tuple(Event(time="Trong tháng", name=f"Hoạt động số {n}") for n in range(90))
    months = (MonthEvents(events=many), MonthEvents(), MonthEvents())
    long = replace(calendar, groups=(CalendarGroup(heading=OWN, months=months),))
    assert page_count(papers.render_pdf(long)) == 4


def test_it_is_issued_under_its_number(activities, province, officer, leader, tmp_path):
    document = made(request_calendar(actor=officer, body=province.bloc_union, span=Q4))
    assert (document.title, document.file.name) == (
        "Lịch hoạt động quý IV năm 2024",
        "lich-hoat-dong-QNA-KCQ-2024-Q4.pdf",
    )
    assert "DỰ THẢO" in text_of(document, tmp_path)
    issue(document, leader, number=30)
    assert (document.state, document.number, document.symbol) == ("issued", 30, "TB/ĐTN")
    words = " ".join(text_of(document, tmp_path).split())
    for part in ("Số: 30-TB/ĐTN", "LỊCH HOẠT ĐỘNG QUÝ IV NĂM 2024", "ngày 05 tháng 10 năm 2024", document.verify_code):
        assert part in words
    assert "DỰ THẢO" not in words


def test_the_workbook_has_a_row_an_event(activities, province):
    book = load_workbook(BytesIO(papers.render_copy(build_calendar(body=province.bloc_union, span=Q4), "xlsx")))
    rows = [row for row in book["Lịch hoạt động"].iter_rows(values_only=True) if any(row)]
    assert rows[rows.index(("Tháng 10", "Tháng 11", "Tháng 12")) + 1 :] == [
        (TOGETHER, None, None),
        ("10/10: Hưởng ứng Ngày Chuyển đổi số", "Trong tháng: Vệ sinh công sở", None),
        (OWN, None, None),
        (None, "09–10/11: Hội thao", "Dự kiến trong tháng: Tập huấn"),
        ("Quý IV: Tình nguyện mùa đông", None, None),
    ]


@pytest.mark.parametrize(
    ("who", "get", "post"),
    [
        ("officer", 200, 302), ("leader", 200, 302), ("top_officer", 200, 302), ("outsider", 200, 422),
        ("secretary", 403, 403), ("administrator", 403, 403), ("nobody", 403, 403),
    ],
)  # fmt: skip
def test_who_has_it_made(who, get, post, request, activities, province, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get("/documents/calendars/").status_code == get
    assert client.post("/documents/calendars/", {"unit": "QNA-KCQ", "quarter": "2024-Q4"}).status_code == post
    assert OfficialDocument.objects.exists() is (post == 302)
    if post != 302:
        with pytest.raises(PermissionDenied):
            request_calendar(actor=user, body=province.bloc_union, span=Q4)


def test_the_calendar_leads_there_for_those_who_may(activities, client, officer, secretary):
    for user, leads in ((officer, True), (secretary, False)):
        client.force_login(user)
        page = client.get("/activities/board/?year=2024").content.decode()
        assert ('href="/documents/calendars/?unit=QNA-KCQ&amp;year=2024"' in page) is leads
