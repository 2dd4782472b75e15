"""The time line: which bar for which precision, whose lines stand under whom, today's line, pages."""

import re
from datetime import date

from activities.boxes import bars_of
from activities.calendar_views import LINES_A_PAGE
from activities.models import Activity
from activities.selectors import by_time, within
from activities.services import postpone
from activities.timeline_page import timeline_page
from activities.timing import Span, spread
from tests.making import activity

TODAY = date(2024, 10, 5)


def day(month, number, year=2024):
    return Span(date(year, month, number), date(year, month, number), "day")


def drawn(*windows, tentative=False):
    bars = bars_of(windows, [window.precision for window in windows], year=2024, tentative=tentative)
    return [(bar.x, bar.width, bar.css) for bar in bars]


def test_each_precision_has_a_bar_of_its_own():
    """Months are a twelfth, 8.33 %, wide each; what is given to the month never begins with a mark on the 1st."""
    assert drawn(spread("month", date(2024, 4, 9))) == [("25", "8.33", "w-sim")]
    assert drawn(spread("months", date(2024, 5, 1), date(2024, 6, 1))) == [("33.33", "16.67", "w-sim")]
    assert drawn(spread("quarter", date(2024, 5, 1))) == [("25", "25", "w-sim")]
    assert drawn(spread("year", date(2024, 5, 1))) == [("0", "100", "w-sim")]
    assert drawn(spread("part_of_month", date(2024, 4, 12))) == [("27.78", "2.78", "w-sim")]
    assert drawn(Span(date(2024, 4, 1), date(2024, 4, 15), "day")) == [("25", "4.17", "w-on")]
    assert drawn(day(4, 1)) == [("25.14", "", "w-on")]


def test_the_tentative_is_dashed_and_other_years_are_cut_off():
    assert drawn(day(4, 1), spread("month", date(2024, 7, 1)), tentative=True) == [
        ("25.14", "", "w-sim-t"),
        ("50", "8.33", "w-sim-t"),
    ]
    assert drawn(Span(date(2023, 12, 1), date(2024, 1, 31), "months")) == [("0", "8.33", "w-sim")]
    assert drawn(day(4, 1, year=2023)) == []


def lines(year=2024):
    inside = within(Activity.objects.all(), date(year, 1, 1), date(year, 12, 31))
    found = list(by_time(inside, "unit__path"))
    return [
        (group.unit.short_name, [(line.card.activity.name, line.card.when, len(line.bars)) for line in group.lines])
        for group in timeline_page(found, year=year, today=TODAY).groups
    ]


def test_lines_stand_by_unit_and_time_with_what_has_none_last(province):
    kcq, justice = province.bloc_union, province.justice
    activity(justice, "Của Tư pháp", scope="unit", windows=[day(1, 9)])
    activity(kcq, "Không ghi", windows=[])
    activity(kcq, "Hai lần", windows=[spread("month", date(2024, 3, 1)), spread("month", date(2024, 7, 1))])
    activity(kcq, "Ngày", windows=[day(2, 3)])
    activity(kcq, "Năm sau", windows=[day(2, 3, year=2025)])
    moved = activity(kcq, "Lùi", windows=[day(1, 2)])
    postpone(actor=None, activity=moved, windows=[day(11, 2)], reason="chờ sân")
    assert lines() == [
        (
            "Đoàn Khối các cơ quan",
            [
                ("Ngày", "Ngày 3/2", 1),
                ("Hai lần", "Tháng 3 và tháng 7", 2),
                ("Lùi", "Ngày 2/11, lùi từ ngày 2/1", 1),
                ("Không ghi", "Không ghi thời gian", 0),
            ],
        ),
        (justice.short_name, [("Của Tư pháp", "Ngày 9/1", 1)]),
    ]


def test_today_s_line_stands_in_this_year_only(province):
    assert [timeline_page([], year=year, today=TODAY).today_x for year in (2023, 2024, 2025)] == ["", "76.08", ""]


def test_the_line_says_in_words_what_it_draws(client, province, officer):
    activity(province.bloc_union, "Hội thi", windows=[spread("quarter", date(2024, 5, 1))], is_tentative=True)
    client.force_login(officer)
    page = client.get("/activities/timeline/").content.decode()
    assert re.findall(r'role="img" aria-label="([^"]+)">', page) == ["Dự kiến quý II"]
    assert '<td role="cell">Dự kiến quý II</td>' in page
    assert re.findall(r'<rect class="(w-[^"]+)" x="25%"', page) == ["w-sim-t"]
    assert page.count('<line class="w-today" x1="76.08%" x2="76.08%"') == 2
    assert "Hôm nay 5/10" in page
    assert "w-today" not in client.get("/activities/timeline/?year=2025").content.decode()


def test_many_lines_come_in_pages(client, province, officer):
    for n in range(LINES_A_PAGE + 2):
        activity(province.bloc_union, f"Việc {n:02}")
    client.force_login(officer)
    counts = [
        client.get(f"/activities/timeline/?page={page}").content.decode().count('role="img"') for page in (1, 2, "x")
    ]
    assert counts == [LINES_A_PAGE, 2, LINES_A_PAGE]
    page = client.get("/activities/timeline/").content.decode()
    assert page.count(f'hint">1–{LINES_A_PAGE} trong {LINES_A_PAGE + 2}<') == 2  # under the lines, and for the paper
