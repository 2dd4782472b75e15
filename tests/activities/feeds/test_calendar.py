"""The file: the same days as the database for every precision, words that survive, and what programs need."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from activities.enums import ActivityState, Scope
from activities.feeds.calendar import Entry, calendar_file
from activities.models import Activity, ActivityEvent, Window
from activities.services import cancel, mark_done, postpone, start
from activities.timing import Span, spread
from core import clock
from plans.models import Plan
from plans.services import add_section
from tests.activities.feeds.scenes import Shown, events, feed_of, fetch, properties, shown, window_of
from tests.making import activity, draft, issue
from units.models import Unit


def day(text: str) -> date:
    return date.fromisoformat(text)


SPANS = {
    "Một ngày": (spread("day", day("2024-07-26")), ""),
    "Ba ngày": (spread("day", day("2024-02-28"), day("2024-03-01")), ""),
    "Đêm giao thừa": (spread("day", day("2024-12-31"), day("2025-01-01")), ""),
    "Tết Giáp Thìn": (spread("day", day("2024-02-08"), day("2024-02-14")), ""),
    "Tháng hai nhuận": (spread("month", day("2024-02-10")), "Tháng 2/2024"),
    "Hai tháng": (spread("months", day("2024-05-01"), day("2024-06-01")), "Tháng 5–6/2024"),
    "Qua năm": (spread("months", day("2024-12-01"), day("2025-02-01")), "Tháng 12/2024–2/2025"),
    "Quý": (spread("quarter", day("2024-10-05")), "Quý IV/2024"),
    "Năm": (spread("year", day("2024-05-05")), "Cả năm 2024"),
    "Đầu tháng": (spread("part_of_month", day("2024-09-03")), "Đầu tháng 9/2024"),
    "Giữa tháng": (spread("part_of_month", day("2024-09-13")), "Giữa tháng 9/2024"),
    "Cuối tháng": (spread("part_of_month", day("2024-02-23")), "Cuối tháng 2/2024"),
}


def test_the_same_days_as_the_database_at_every_precision(province, secretary):
    for name, (span, _words) in SPANS.items():
        activity(province.justice, name, scope="unit", windows=[span])
    stored = {row.activity.name: (row.starts_on, row.ends_on) for row in Window.objects.select_related("activity")}
    assert stored == {name: (span.starts_on, span.ends_on) for name, (span, _words) in SPANS.items()}
    found = shown(feed_of(secretary))
    assert {event.summary: (event.first, event.last) for event in found} == {
        (f"{name} · {words}" if words else name): stored[name] for name, (_span, words) in SPANS.items()
    }
    assert {event.status for event in found} == {"CONFIRMED"}


def test_the_end_is_the_day_after_and_days_carry_no_time(province, secretary):
    activity(province.justice, scope="unit", windows=[SPANS["Đêm giao thừa"][0]])
    lines = fetch(feed_of(secretary)).content.decode().split("\r\n")
    assert {"DTSTART;VALUE=DATE:20241231", "DTEND;VALUE=DATE:20250102", "X-WR-TIMEZONE:Asia/Ho_Chi_Minh"} <= set(lines)


def test_every_time_of_an_activity_is_an_event(province, secretary):
    spans = [spread("month", day("2024-03-01")), spread("month", day("2024-07-01"))]
    activity(province.justice, "Ngày hội", scope="unit", windows=spans)
    activity(province.justice, "Chưa rõ", scope="unit", windows=[])
    found = properties(feed_of(secretary))
    assert set(found) == {"Ngày hội · Tháng 3/2024", "Ngày hội · Tháng 7/2024"}
    assert {"Thời gian: Tháng 3/2024 và tháng 7/2024" in event["DESCRIPTION"] for event in found.values()} == {True}


def test_what_is_tentative_off_or_moved(province, secretary):
    unit, july = province.justice, spread("day", day("2024-07-26"))
    activity(unit, "Dự kiến thôi", scope="unit", windows=[july], is_tentative=True)
    off = activity(unit, "Không làm nữa", scope="unit", windows=[july])
    cancel(actor=None, activity=off, reason="Mưa bão")
    moved = activity(unit, "Dời lại", scope="unit", windows=[july])
    postpone(actor=None, activity=moved, windows=[spread("day", day("2024-11-02"))], reason="Trùng lịch")
    token = feed_of(secretary)
    assert shown(token) == [
        Shown("Dự kiến thôi · Dự kiến ngày 26/7/2024", day("2024-07-26"), day("2024-07-26"), "TENTATIVE"),
        Shown("Đã hủy: Không làm nữa", day("2024-07-26"), day("2024-07-26"), "CANCELLED"),
        Shown("Dời lại", day("2024-11-02"), day("2024-11-02"), "CONFIRMED"),
    ]
    told = {name: event["DESCRIPTION"].split("\n") for name, event in properties(token).items()}
    assert "Trạng thái: Đã hủy · Mưa bão" in told["Đã hủy: Không làm nữa"]
    assert "Trạng thái: Lùi lịch · Trùng lịch" in told["Dời lại"]


def test_all_of_an_event(province, officer, settings):
    settings.PORTAL_URL = "https://portal.example"
    with clock.travel_to(datetime(2024, 1, 2, 2, 30, tzinfo=UTC)):
        plan = draft(province.bloc_union)
        section = add_section(plan=plan, number="1.2", heading="Tình nguyện")
        made = activity(province.bloc_union, plan=plan, section=section, place="Hội trường, tầng 2", repeats=2)
        issue(plan)
    with clock.travel_to(datetime(2024, 3, 20, 2, 30, tzinfo=UTC)):
        start(actor=None, activity=made)
    with clock.travel_to(datetime(2024, 4, 1, 2, 30, tzinfo=UTC)):
        mark_done(actor=None, activity=made, done_on=day("2024-03-30"))
    address = f"https://portal.example/activities/{made.pk}/"
    found = properties(feed_of(officer))["Ngày hội hiến máu · Tháng 3/2024"]
    assert {name: found[name] for name in found if name not in {"DTSTART", "DTEND", "SUMMARY"}} == {
        "UID": f"window-{window_of(made).pk}@portal.example",
        "DTSTAMP": "20240401T023000Z",
        "LAST-MODIFIED": "20240401T023000Z",
        "SEQUENCE": "2",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "CATEGORIES": "Đã xong,Cấp ban hành",
        "URL": address,
        "LOCATION": "Hội trường, tầng 2",
        "DESCRIPTION": "\n".join(
            [
                "Thời gian: Tháng 3/2024",
                "Cấp thực hiện: Cấp ban hành · Đoàn Khối các cơ quan tỉnh Quảng Nam",
                "Số lần: 2",
                "Trạng thái: Đã xong",
                "Ngày hoàn thành: 30/3/2024",
                f"Văn bản: {Plan.objects.get(pk=plan.pk).symbol} · Công tác Đoàn năm 2024",
                "Mục: 1.2 Tình nguyện",
                address,
            ]
        ),
    }


def test_an_event_keeps_its_name_and_counts_its_changes(province, secretary):
    made = activity(province.justice, scope="unit", windows=[spread("day", day("2024-10-20"))])
    token = feed_of(secretary)
    before = properties(token)["Ngày hội hiến máu"]
    start(actor=None, activity=made)
    after = properties(token)["Ngày hội hiến máu"]
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], "0", "1")


def test_the_calendar_has_a_name_and_says_how_often_to_come(province, secretary, hospital_secretary):
    activity(province.justice, scope="unit")
    own = Calendar.from_ical(fetch(feed_of(secretary)).content)
    unit = Calendar.from_ical(fetch(feed_of(secretary, province.justice)).content)
    assert [str(one["X-WR-CALNAME"]) for one in (own, unit)] == [
        "Hoạt động Đoàn: Bí thư Chi đoàn Sở Tư pháp",
        "Hoạt động Đoàn: Chi đoàn Sở Tư pháp",
    ]
    lines = fetch(feed_of(hospital_secretary)).content.decode().split("\r\n")
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", "VERSION:2.0"} <= set(lines)


def test_a_calendar_without_events_is_a_lawful_file(province, secretary):
    content = fetch(feed_of(secretary)).content
    assert events(content) == []
    assert [part.name for part in Calendar.from_ical(content).subcomponents] == ["VTIMEZONE"]


def test_the_name_of_a_calendar_is_escaped(province, secretary):
    Unit.objects.filter(pk=province.justice.pk).update(short_name="Tư pháp, Nội vụ; Thanh tra")
    content = fetch(feed_of(secretary, province.justice)).content
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if "NAME:" in line and "TZ" not in line] == [
        r"NAME:Hoạt động Đoàn: Tư pháp\, Nội vụ\; Thanh tra",
        r"X-WR-CALNAME:Hoạt động Đoàn: Tư pháp\, Nội vụ\; Thanh tra",
    ]


HARD = 'Ngày hội "Thanh niên", hiến máu; tháng Ba \\ đợt 1: 🩸 ' + "Đoàn Khối các cơ quan tỉnh Quảng Nam, " * 6


def test_long_vietnamese_names_are_folded_and_escaped(province, secretary):
    made = activity(province.justice, HARD, scope="unit", windows=[spread("day", day("2024-10-20"))], place="A\\,B;C")
    content = fetch(feed_of(secretary)).content
    assert [event.summary for event in events(content)] == [made.name]
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def entry(name: str, span: Span, **facts) -> Entry:
    """An activity that stands in no database."""
    made = Activity(pk=7, name=name, unit=Unit(pk=1, name="Đơn vị"), scope=Scope.UNIT, **facts)
    made.all_windows = [Window(pk=3, activity=made, **span._asdict())]  # type: ignore[attr-defined]
    made.all_occurrences = []  # type: ignore[attr-defined]
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    history = [ActivityEvent(activity=made, from_state="planned", to_state=made.state, at=moment, reason=name)]
    return Entry(made, history, reads_plan=True)


PRECISIONS = st.sampled_from(["day", "month", "months", "quarter", "year", "part_of_month"])
DAYS = st.dates(date(1990, 1, 1), date(2098, 12, 31))


@given(precision=PRECISIONS, days=st.tuples(DAYS, DAYS))
def test_any_span_comes_back_as_it_is(precision, days):
    span = spread(precision, min(days), max(days))
    content = calendar_file([entry("Tên", span)], name="Lịch", site="https://portal.example")
    assert [(event.first, event.last) for event in events(content)] == [(span.starts_on, span.ends_on)]


# What PostgreSQL and a form take: no null character, no lone surrogate.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300)


@given(words=WORDS)
def test_any_words_come_back_but_for_what_no_file_may_hold(words):
    cancelled = entry(words, spread("day", date(2024, 1, 1)), state=ActivityState.CANCELLED, place=words)
    content = calendar_file([cancelled], name=words, site="https://portal.example")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert len(events(content)) == 1
    kept = " ".join(_kept(words).split())
    assert (str(event["SUMMARY"]), str(event.get("LOCATION", ""))) == (f"Đã hủy: {kept}".strip(), kept)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def _kept(words: str) -> str:
    return "".join(" " if 127 <= ord(one) < 160 or ord(one) < 32 else one for one in words)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_follow_the_reader_s_language(language, client, province, secretary, settings):
    activity(province.justice, scope="unit")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    content = client.get(f"/activities/feed/{feed_of(secretary)}.ics").content
    assert (
        events(content)[0].summary
        == {
            "vi": "Ngày hội hiến máu · Tháng 3/2024",
            "en": "Ngày hội hiến máu · Month 3/2024",
        }[language]
    )
