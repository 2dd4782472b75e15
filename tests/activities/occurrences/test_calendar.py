"""Where occurrences stand in the calendar's views, in what is overdue, and in the file that a phone fetches."""

import re
from datetime import date

import pytest
from icalendar import Calendar

from activities.models import Activity
from activities.occurrences.services import add_occurrence, move_occurrence, set_recurrence
from activities.selectors import calendar_windows, is_overdue, search_activities, within
from activities.services import record_participation
from activities.timing import Span
from tests.activities.feeds.scenes import feed_of, fetch, shown
from tests.activities.occurrences.scenes import FIRST_SUNDAYS, divided, sundays
from tests.making import activity, count_queries


def cell(page: str, day: str) -> str:
    """What stands on a day of the week's page."""
    return page.split(f'id="d{day}"')[1].split("</section>", maxsplit=1)[0]


def test_the_week_and_the_month_show_an_occurrence_on_its_day(client, province, secretary):
    divided(province.bloc_union)
    client.force_login(secretary)
    week = client.get("/activities/week/?year=2024&week=9").content.decode()  # 26/2 to 3/3
    assert "Ngày Chủ nhật xanh" in cell(week, "2024-03-03")
    assert week.count("Ngày Chủ nhật xanh") == 1
    month = client.get("/activities/month/?year=2024&month=2").content.decode()
    assert month.count("Ngày Chủ nhật xanh") == 1
    for month in (5, 12):
        empty = client.get(f"/activities/month/?year=2024&month={month}").content.decode()
        assert "Ngày Chủ nhật xanh" not in empty


def test_the_board_the_time_line_and_the_list_say_the_days(client, province, secretary):
    divided(province.bloc_union)
    client.force_login(secretary)
    board = client.get("/activities/board/?year=2024").content.decode()
    for day in ("7/1", "4/2", "3/3", "7/4"):
        assert f"Ngày Chủ nhật xanh · ngày {day}" in board
    line = client.get("/activities/timeline/?year=2024").content.decode()
    assert len(re.findall(r'<circle class="w-on" cx=', line.split("<tbody")[1])) == 4
    listed = client.get("/activities/list/?year=2024").content.decode()
    assert "Ngày 7/1, ngày 4/2, ngày 3/3 và ngày 7/4" in listed


def test_many_days_are_said_by_the_first_and_the_last(client, province, secretary):
    event = sundays(province.bloc_union, repeats=12)
    twelve = FIRST_SUNDAYS.__class__(**{**vars(FIRST_SUNDAYS), "times": 12})
    set_recurrence(actor=None, activity=event, rule=twelve)
    client.force_login(secretary)
    assert "12 lần, từ 7/1 đến 1/12" in client.get("/activities/list/?year=2024").content.decode()


def test_the_window_stands_beside_while_a_time_has_no_day(province):
    event = divided(province.bloc_union)
    add_occurrence(actor=None, activity=event, when=None)
    times = [(window.starts_on, str(window.precision)) for window in calendar_windows(event)]
    assert times == [
        (date(2024, 1, 1), "year"),
        *((date(2024, month, day), "day") for month, day in ((1, 7), (2, 4), (3, 3), (4, 7))),
    ]


@pytest.mark.parametrize("today", [date(2024, 4, 7), date(2024, 4, 8), date(2025, 1, 1)])
@pytest.mark.parametrize("more", ["divided", "one without a day", "no window"])
def test_overdue_by_list_and_by_rule_agree(province, today, more):
    event = divided(province.bloc_union, windows=[] if more == "no window" else [Span(*WINDOW)])
    if more == "one without a day":
        add_occurrence(actor=None, activity=event, when=None)
    wished = today > (date(2024, 12, 31) if more == "one without a day" else date(2024, 4, 7))
    assert is_overdue(event, today) == wished
    found = search_activities(Activity.objects.all(), state="overdue", today=today)
    assert list(found) == ([event] if wished else [])


WINDOW = (date(2024, 1, 1), date(2024, 12, 31), "year")


def test_an_activity_without_window_is_found_by_its_days(province):
    event = divided(province.bloc_union, windows=[])
    found = [list(within(Activity.objects.all(), date(2024, month, 1), date(2024, month, 28))) for month in (1, 5)]
    assert found == [[event], []]


def test_the_phone_has_an_event_a_time_and_both_parsers_agree(province, secretary):
    event = divided(province.bloc_union)
    move_occurrence(
        actor=None, occurrence=event.occurrences.get(number=2), when=Span(date(2024, 2, 3), date(2024, 2, 4), "day")
    )
    found = [(one.summary, one.first, one.last) for one in shown(feed_of(secretary))]
    assert found == [
        ("Ngày Chủ nhật xanh (lần 1/4)", date(2024, 1, 7), date(2024, 1, 7)),
        ("Ngày Chủ nhật xanh (lần 2/4)", date(2024, 2, 3), date(2024, 2, 4)),
        ("Ngày Chủ nhật xanh (lần 3/4)", date(2024, 3, 3), date(2024, 3, 3)),
        ("Ngày Chủ nhật xanh (lần 4/4)", date(2024, 4, 7), date(2024, 4, 7)),
    ]


def uids(token: str) -> dict[str, date]:
    return {str(e["UID"]): e["DTSTART"].dt for e in Calendar.from_ical(fetch(token).content).walk("VEVENT")}


def test_other_days_keep_the_names_of_the_events(province, secretary):
    event, token = divided(province.bloc_union), feed_of(secretary)
    before = uids(token)
    set_recurrence(actor=None, activity=event, rule=FIRST_SUNDAYS.__class__(**{**vars(FIRST_SUNDAYS), "nth": 2}))
    after = uids(token)
    assert set(before) == set(after)
    assert sorted(after.values()) == [date(2024, 1, 14), date(2024, 2, 11), date(2024, 3, 10), date(2024, 4, 14)]


def test_the_window_is_an_event_while_a_time_has_no_day(province, secretary):
    event = divided(province.bloc_union)
    add_occurrence(actor=None, activity=event, when=None)
    assert len(shown(feed_of(secretary))) == 5


def test_the_views_ask_no_more_for_divided_activities(client, province, secretary):
    activity(province.bloc_union, "Một", scope="all_units", plan=divided(province.bloc_union).plan)
    client.force_login(secretary)
    views = ("board", "month", "week", "timeline", "list")
    few = {view: count_queries(lambda view=view: client.get(f"/activities/{view}/?year=2024")) for view in views}
    for _number in range(3):
        event = divided(province.bloc_union)
        record_participation(
            actor=None,
            activity=event,
            unit=province.justice,
            done_on=date(2024, 1, 7),
            occurrence=event.occurrences.get(number=1),
        )
    many = {view: count_queries(lambda view=view: client.get(f"/activities/{view}/?year=2024")) for view in views}
    assert many == few
    assert max(few.values()) <= 15
