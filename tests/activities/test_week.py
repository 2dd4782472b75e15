"""The week: from Monday to Sunday, what stands on which day, what stands above on none, and what is no week."""

import re
from datetime import date

import pytest

from activities.grid import Month, Week, weeks_in
from activities.selectors import board
from activities.services import postpone
from activities.timing import Span, spread
from activities.week_page import CARDS_A_DAY, CARDS_APART, week_page
from tests.making import activity

FORTY = Week(2024, 40)  # 30/9 to 6/10
TODAY = date(2024, 10, 5)


def days(first, last):
    return Span(date(2024, *first), date(2024, *last), "day")


def shown(unit, week=FORTY, whole=""):
    page = week_page(board(unit, week.year), week=week, today=TODAY, whole=whole)
    on = {cell.day.day: [(s.card.activity.name, s.when) for s in cell.standing.shown] for cell in page.days}
    return {day: found for day, found in on.items() if found}, [
        (s.card.activity.name, s.when) for s in page.apart.shown
    ]


def test_a_week_runs_from_monday_to_sunday_and_belongs_to_its_thursday():
    assert (FORTY.first, FORTY.last, FORTY.month) == (date(2024, 9, 30), date(2024, 10, 6), Month(2024, 10))
    assert [day.weekday() for day in FORTY.days] == [0, 1, 2, 3, 4, 5, 6]
    assert (Week.of(date(2024, 9, 29)), Week.of(date(2024, 10, 6))) == ((2024, 39), (2024, 40))
    assert (Week.of(date(2024, 12, 30)), Week.of(date(2021, 1, 3))) == ((2025, 1), (2020, 53))
    assert (Week(2024, 52).moved(1), Week(2021, 1).moved(-1)) == ((2025, 1), (2020, 53))
    assert [len(weeks_in(year)) for year in (2020, 2024, 2026)] == [53, 52, 53]


@pytest.mark.parametrize("month", [Month(2023, 1), Month(2024, 2), Month(2024, 9), Month(2024, 12)])
def test_the_first_week_of_a_month_belongs_to_it(month):
    week = Week.of_month(month)
    assert (week.month, week.moved(-1).month) == (month, month.moved(-1))


def test_the_week_is_as_precise_as_the_document(province):
    kcq = province.bloc_union
    activity(kcq, "Tháng 9", windows=[spread("month", date(2024, 9, 1))])
    activity(kcq, "Tháng 10", windows=[spread("month", TODAY)])
    activity(kcq, "Đầu tháng", windows=[spread("part_of_month", date(2024, 10, 2))], is_tentative=True)
    activity(kcq, "Giữa tháng", windows=[spread("part_of_month", date(2024, 10, 12))])
    activity(kcq, "Hai tháng", windows=[spread("months", date(2024, 9, 1), TODAY)])
    activity(kcq, "Cả quý", windows=[spread("quarter", TODAY)])
    activity(kcq, "Cả năm", windows=[spread("year", TODAY)])
    activity(kcq, "Không ghi", windows=[])
    activity(kcq, "Thứ hai", windows=[days((9, 30), (9, 30))])
    activity(kcq, "Vắt hai tuần", windows=[days((10, 5), (10, 8))])
    activity(kcq, "Chủ nhật", windows=[days((10, 6), (10, 6))], is_tentative=True)
    activity(kcq, "Tuần sau", windows=[days((10, 7), (10, 7))])
    moved = activity(kcq, "Lùi", windows=[days((10, 2), (10, 2))])
    postpone(actor=None, activity=moved, windows=[days((10, 9), (10, 9))], reason="chờ sân")
    over = ("Vắt hai tuần", "Từ 5/10 đến 8/10")
    assert shown(kcq) == (
        {30: [("Thứ hai", "")], 5: [over], 6: [over, ("Chủ nhật", "Dự kiến ngày 6/10")]},
        [
            ("Cả năm", "Cả năm"),
            ("Tháng 9", "Tháng 9"),
            ("Hai tháng", "Tháng 9–10"),
            ("Đầu tháng", "Dự kiến đầu tháng 10"),
            ("Tháng 10", "Tháng 10"),
            ("Cả quý", "Quý IV"),
        ],
    )
    assert shown(kcq, Week(2024, 41))[0] == {
        7: [over, ("Tuần sau", "")],
        8: [over],
        9: [("Lùi", "")],
    }


def test_a_week_over_the_turn_of_the_year_has_both_years(client, province, officer):
    for name, day in (("Cuối năm", date(2024, 12, 30)), ("Đầu năm", date(2025, 1, 5)), ("Sau đó", date(2025, 1, 6))):
        activity(province.bloc_union, name, windows=[Span(day, day, "day")])
    client.force_login(officer)
    page = client.get("/activities/week/?year=2025&week=1").content.decode()
    assert [name in page for name in ("Cuối năm", "Đầu năm", "Sau đó")] == [True, True, False]
    assert "Hoạt động tuần 1, từ 30/12 đến 5/1/2025" in page
    assert re.findall(r'href="([^"]+)" rel="(?:prev|next)"', page) == [
        "?year=2024&amp;week=52",
        "?year=2025&amp;week=2",
    ]


def test_a_long_day_is_cut_and_says_how_much_is_left(province, client, officer):
    for n in range(CARDS_A_DAY + 3):
        activity(province.bloc_union, f"Việc {n:02}", windows=[days((10, 1), (10, 1))])
    for n in range(CARDS_APART + 2):
        activity(province.bloc_union, f"Tháng {n:02}", windows=[spread("month", TODAY)])
    on, apart = shown(province.bloc_union)
    assert (len(on[1]), len(apart)) == (CARDS_A_DAY, CARDS_APART)
    assert len(shown(province.bloc_union, whole="2024-10-01")[0][1]) == CARDS_A_DAY + 3
    assert len(shown(province.bloc_union, whole="apart")[1]) == CARDS_APART + 2
    client.force_login(officer)
    page = client.get("/activities/week/").content.decode()
    assert re.findall(r'<a href="([^"]+)">(Còn \d+ hoạt động nữa)', page) == [
        ("?whole=apart#apart", "Còn 2 hoạt động nữa"),
        ("?whole=2024-10-01#d2024-10-01", "Còn 3 hoạt động nữa"),
    ]


def test_the_week_drawn_begins_on_monday_and_marks_today(client, province, officer):
    activity(province.bloc_union, "Dự kiến", windows=[days((10, 6), (10, 6))], is_tentative=True)
    client.force_login(officer)
    page = client.get("/activities/week/").content.decode()
    headings = re.findall(r"<h3 [^>]*><time [^>]*>([^<]+)</time>([^<]*)</h3>", page)
    assert [name for name, _today in headings] == [
        "Thứ 2 30/9",
        "Thứ 3 1/10",
        "Thứ 4 2/10",
        "Thứ 5 3/10",
        "Thứ 6 4/10",
        "Thứ 7 5/10",
        "Chủ nhật 6/10",
    ]
    assert [name for name, today in headings if "hôm nay" in today] == ["Thứ 7 5/10"]
    assert page.count('<li class="act act--box act--tentative">') == 1
    assert page.count('class="week__day is-today"') == 1


@pytest.mark.parametrize("asked", ["week=54", "week=0", "week=abcd", "year=abcd", "year=0000", "week=٣"])
def test_what_is_no_week_is_not_there(client, officer, asked):
    client.force_login(officer)
    assert client.get(f"/activities/week/?{asked}").status_code == 404


def test_a_week_53_of_a_year_without_one_is_its_last(client, officer):
    client.force_login(officer)
    titles = [
        re.search(r"<h1>([^<]+)</h1>", client.get(f"/activities/week/?{asked}").content.decode())[1]
        for asked in ("year=2024&week=53", "year=2020&week=53", "year=2023")
    ]
    assert titles == [
        "Hoạt động tuần 52, từ 23/12 đến 29/12/2024",
        "Hoạt động tuần 53, từ 28/12 đến 3/1/2021",
        "Hoạt động tuần 40, từ 2/10 đến 8/10/2023",
    ]


@pytest.mark.parametrize(("asked", "beside"), [("year=1900&week=1", ["next"]), ("year=2199&week=52", ["prev"])])
def test_the_first_and_the_last_week_lead_nowhere_further(client, officer, asked, beside):
    client.force_login(officer)
    page = client.get(f"/activities/week/?{asked}").content.decode()
    assert re.findall(r'rel="(prev|next)"', page) == beside
