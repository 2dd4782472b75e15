"""The month: what stands on which day, what stands on none, whose it is, and what it asks of the database."""

import re
from datetime import date

import pytest

from activities.grid import Month, on_days, weeks_of
from activities.month_page import month_page
from activities.selectors import board
from activities.services import postpone
from activities.timing import Span, spread
from tests.making import activity, count_queries, draft, issue

OCTOBER = Month(2024, 10)
TODAY = date(2024, 10, 5)


def days(first, last):
    return Span(date(2024, *first), date(2024, *last), "day")


def test_weeks_begin_on_monday_and_leave_out_other_months_days():
    weeks = weeks_of(OCTOBER)
    assert [[day and day.day for day in week] for week in weeks] == [
        [None, 1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12, 13],
        [14, 15, 16, 17, 18, 19, 20],
        [21, 22, 23, 24, 25, 26, 27],
        [28, 29, 30, 31, None, None, None],
    ]
    assert [len(weeks_of(Month(2021, 2))), len(weeks_of(Month(2024, 9)))] == [4, 6]


def test_months_beside_over_the_turn_of_the_year():
    assert (Month(2024, 1).moved(-1), Month(2024, 12).moved(1)) == ((2023, 12), (2025, 1))
    assert (Month(2024, 2).last, Month(2024, 2).code) == (date(2024, 2, 29), "2024-02")


def test_what_is_given_to_the_day_stands_on_each_of_its_days_in_the_month():
    one, over, before = days((10, 2), (10, 2)), days((9, 29), (10, 2)), days((9, 29), (9, 30))
    after = days((10, 31), (11, 3))
    on, apart = on_days([one, over, before, after], OCTOBER)
    assert on == {date(2024, 10, 1): [over], date(2024, 10, 2): [one, over], date(2024, 10, 31): [after]}
    assert apart == []


def test_what_is_not_given_to_the_day_stands_on_none():
    names = ("month", "part_of_month", "months", "quarter", "year")
    spans = [spread(name, date(2024, 10, 1), date(2024, 11, 1)) for name in names]
    assert on_days([*spans, spread("month", date(2024, 9, 1))], OCTOBER) == ({}, spans)


def shown(unit, month=OCTOBER):
    page = month_page(board(unit, month.year), month=month, today=TODAY)
    cells = [cell for week in page.weeks for cell in week if cell.standing]
    on = {cell.day.day: [(s.card.activity.name, s.when) for s in cell.standing] for cell in cells}
    return on, [(s.card.activity.name, s.when) for s in page.apart.shown]


def test_the_page_is_as_precise_as_the_document(province):
    kcq = province.bloc_union
    activity(kcq, "Tháng", windows=[spread("month", TODAY)])
    activity(kcq, "Đầu tháng", windows=[spread("part_of_month", date(2024, 10, 2))], is_tentative=True)
    activity(kcq, "Cả quý", windows=[spread("quarter", TODAY)])
    activity(kcq, "Một ngày", windows=[days((10, 20), (10, 20))])
    activity(kcq, "Dự kiến", windows=[days((10, 21), (10, 21))], is_tentative=True)
    activity(kcq, "Hai ngày", windows=[days((10, 10), (10, 11))])
    moved = activity(kcq, "Lùi", windows=[days((10, 15), (10, 15))])
    postpone(actor=None, activity=moved, windows=[days((11, 2), (11, 2))], reason="chờ sân")
    both = [("Hai ngày", "Từ 10/10 đến 11/10")]
    assert shown(kcq) == (
        {10: both, 11: both, 20: [("Một ngày", "")], 21: [("Dự kiến", "Dự kiến ngày 21/10")]},
        [("Đầu tháng", "Dự kiến đầu tháng 10"), ("Tháng", "Tháng 10"), ("Cả quý", "Quý IV")],
    )
    assert shown(kcq, Month(2024, 11)) == ({2: [("Lùi", "")]}, [("Cả quý", "Quý IV")])


def test_the_month_drawn_marks_today_and_dashes_the_tentative(client, province, officer):
    event = activity(province.bloc_union, "Dự kiến", windows=[days((10, 21), (10, 21))], is_tentative=True)
    client.force_login(officer)
    page = client.get("/activities/month/?year=2024&month=10").content.decode()
    assert re.findall(r'class="is-today"><time datetime="([^"]+)"', page) == ["2024-10-05"]
    assert page.count(f'href="/activities/{event.pk}/"') == 1
    assert page.count('<li class="act act--box act--tentative">') == 1
    assert re.findall(r'href="([^"]+)" rel="(?:prev|next)"', page) == [
        "?year=2024&amp;month=9",
        "?year=2024&amp;month=11",
    ]


@pytest.mark.parametrize("asked", ["month=13", "month=0", "month=abcd", "year=abcd", "year=0000", "month=٣"])
def test_what_is_no_month_is_not_there(client, officer, asked):
    client.force_login(officer)
    assert client.get(f"/activities/month/?{asked}").status_code == 404


@pytest.mark.parametrize(("asked", "beside"), [("year=1900&month=1", "next"), ("year=2199&month=12", "prev")])
def test_the_first_and_the_last_month_lead_nowhere_further(client, officer, asked, beside):
    client.force_login(officer)
    page = client.get(f"/activities/month/?{asked}").content.decode()
    assert re.findall(r'rel="(prev|next)"', page) == [beside]


def test_another_province_s_month_is_not_there(client, province, outsider, officer):
    names = {"officer": "Của Đoàn Khối", "outsider": "Của Kiên Giang"}
    for unit, name in ((province.bloc_union, names["officer"]), (province.kgi, names["outsider"])):
        activity(unit, name, windows=[days((10, 8), (10, 8))])
    for user, unit, other, seen in (
        (officer, "QNA-KCQ", "KGI", "officer"),
        (outsider, "KGI", "QNA-KCQ", "outsider"),
    ):
        client.force_login(user)
        answer = client.get(f"/activities/month/?unit={unit}&year=2024&month=10")
        page = answer.content.decode()
        assert (answer.status_code, {who for who in names if names[who] in page}) == (200, {seen})
        assert client.get(f"/activities/month/?unit={other}&year=2024&month=10").status_code == 404


def test_the_month_asks_the_same_of_the_database_at_1_and_at_30_activities(client, province, officer):
    plan = issue(draft(province.bloc_union))
    url = "/activities/month/?year=2024&month=10"
    activity(province.bloc_union, plan=plan, windows=[days((10, 8), (10, 9))])
    client.force_login(officer)
    at_one = count_queries(lambda: client.get(url))
    assert at_one <= 15
    for n in range(29):
        scope = ("issuer", "all_units", "bloc")[n % 3]
        bloc = province.bloc_1 if scope == "bloc" else None
        window = days((10, n + 1), (10, n + 2)) if n % 2 else spread("month", TODAY)
        activity(province.bloc_union, f"Hoạt động {n}", plan=plan, scope=scope, bloc=bloc, windows=[window])
    assert count_queries(lambda: client.get(url)) == at_one
