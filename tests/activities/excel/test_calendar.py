"""The calendar as a workbook: what the view shows, as it is narrowed there, with what was done in it."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from activities.services import mark_done, record_participation
from tests.making import activity, count_queries, draft, issue

HEAD = [
    *("TT", "Hoạt động", "Thời gian", "Ngày đầu", "Ngày cuối", "Đơn vị", "Khối thi đua", "Cấp thực hiện", "Trạng thái"),
    *("Địa điểm", "Văn bản", "Số đơn vị đã thực hiện", "Số người tham gia"),
]
DAY = [(date(2024, 10, 20), date(2024, 10, 20), "day")]


@pytest.fixture
def year(province):
    union = province.bloc_union
    plan = draft(union)
    day = activity(union, "Hiến máu", scope="all_units", plan=plan, place="Bệnh viện")
    activity(union, "Khối 1 làm", scope="bloc", bloc=province.bloc_1, plan=plan, windows=DAY)
    activity(union, "Không ghi", plan=plan, windows=[])
    issue(plan)
    for unit, people in ((province.justice, 20), (province.finance, 30)):
        record_participation(actor=None, activity=day, unit=unit, done_on=date(2024, 3, 9), people=people)
    record_participation(actor=None, activity=day, unit=province.justice, done_on=date(2024, 3, 10))
    mark_done(actor=None, activity=day, done_on=date(2024, 3, 10))
    activity(province.justice, "=Tư pháp làm", scope="unit", windows=DAY)
    return plan


def rows(client, query=""):
    answer = client.get(f"/activities/calendar.xlsx?{query}")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet.title == "Lịch hoạt động"
    head, *found = [[_plain(value) for value in row] for row in sheet.values]
    assert head == HEAD
    return found


def _plain(value):
    return value.date() if hasattr(value, "hour") else value


def names(client, query=""):
    return [row[1] for row in rows(client, query)]


def test_all_columns(client, province, year, officer):
    client.force_login(officer)
    union = "Đoàn Khối các cơ quan tỉnh Quảng Nam"
    first, own, bloc, timeless = rows(client)
    all_units = ["Hoạt động chỉ đạo đồng loạt", "Đã xong", "Bệnh viện", "01-NQ/ĐTN", 2, 50]
    assert first[:7] == [1, "Hiến máu", "Tháng 3/2024", date(2024, 3, 1), date(2024, 3, 31), union, None]
    assert first[9:] == all_units[2:]
    days = [date(2024, 10, 20)] * 2
    assert {own[1], bloc[1]} == {"=Tư pháp làm", "Khối 1 làm"}
    bloc, own = sorted((own, bloc), key=lambda row: row[1] != "Khối 1 làm")
    assert bloc[2:7] == ["Ngày 20/10/2024", *days, union, "Khối thi đua số 1"]
    assert own[2:7] == ["Ngày 20/10/2024", *days, "Chi đoàn Sở Tư pháp", None]
    assert own[10:] == [None, None, None]
    assert timeless[:5] == [4, "Không ghi", "Không ghi thời gian", None, None]


def test_it_is_narrowed_as_the_view_is(client, province, year, officer):
    client.force_login(officer)
    assert names(client, "q=hien+mau") == ["Hiến máu"]
    assert names(client, "state=done") == ["Hiến máu"]
    assert names(client, "year=2023") == []
    assert names(client, f"scope=bloc&plan={year.pk}") == ["Khối 1 làm"]
    assert names(client, "view=board") == ["Hiến máu", "Khối 1 làm", "Không ghi"]
    assert names(client, "view=month&month=3") == ["Hiến máu", "Không ghi"]
    assert names(client, "view=week&week=42") == ["Khối 1 làm", "Không ghi"]
    assert set(names(client, "view=timeline&unit=QNA-KCQ-003")) == {"Hiến máu", "Khối 1 làm", "=Tư pháp làm"}


def test_only_what_does_not_go_together_where_that_is_wished(client, province, year, officer):
    client.force_login(officer)
    assert names(client, "state=troubled") == []
    day = [(date(2024, 5, 19), date(2024, 5, 19), "day")]
    activity(province.bloc_union, "Hội thao", scope="all_units", plan=None, windows=day)
    activity(province.bloc_union, "Hội trại", scope="all_units", plan=None, windows=day)
    for view in ("list", "board", "timeline", "month&month=5", "week&week=20"):
        assert (view, names(client, f"state=troubled&view={view}")) == (view, ["Hội thao", "Hội trại"])
    assert names(client, "state=troubled&q=trai") == ["Hội trại"]
    assert names(client, "state=troubled&view=month&month=6") == []


def test_nobody_sees_more_in_it_than_on_the_page(client, province, year, neighbour, outsider):
    client.force_login(neighbour)
    found = rows(client)
    assert [(row[1], row[11], row[12]) for row in found] == [("Hiến máu", 1, 30), ("Không ghi", None, None)]
    client.force_login(outsider)
    assert rows(client) == []
    assert client.get("/activities/calendar.xlsx?unit=QNA-KCQ").status_code == 404


def test_every_view_offers_it_with_what_is_chosen(client, province, year, officer):
    client.force_login(officer)
    for view in ("board", "month", "week", "timeline", "list"):
        page = client.get(f"/activities/{view}/?q=mau").content.decode()
        assert f'href="/activities/calendar.xlsx?q=mau&amp;view={view}"' in page


def test_it_takes_the_same_number_of_queries_whatever_its_size(client, province, year, officer):
    client.force_login(officer)
    at_few = count_queries(lambda: client.get("/activities/calendar.xlsx"))
    assert at_few <= 15
    for n in range(30):
        activity(province.bloc_union, f"Việc {n}", plan=None)
    assert count_queries(lambda: client.get("/activities/calendar.xlsx")) == at_few
