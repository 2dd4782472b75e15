"""Reminders of activities by the day: when, to whom, once, and no more once it is done, postponed or called off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.enums import RoleName
from accounts.models import Role
from activities.enums import ReminderStep
from activities.models import Activity, ActivityReminder
from activities.reminding.schedule import step_on
from activities.reminding.services import AHEAD, UNRECORDED, remind_of_activities
from activities.selectors import activities_visible_to
from activities.services import cancel, mark_done, postpone, record_participation, start
from activities.tasks import remind_of_activities as task
from activities.timing import Span
from core import clock
from core.models import Notice
from core.pulse import step_after
from plans.versions.amending import amend_plan
from tests.conftest import person
from tests.making import activity, count_queries, draft, issue
from units.services import close_unit

WEEK, DAY, BEGINS, AFTER = ReminderStep
CAMP = [(date(2024, 10, 12), date(2024, 10, 13), "day")]
SEPTEMBER = [(date(2024, 9, 1), date(2024, 9, 30), "month")]


@pytest.fixture
def on(settings):
    """Let the calendar remind on a day of 2024; returns what each person was told: (user name, text, address)."""

    def remind(month: int, day: int) -> list[tuple[str, str, str]]:
        settings.PORTAL_TODAY = date(2024, month, day)
        before = set(Notice.objects.values_list("pk", flat=True))
        remind_of_activities()
        told = Notice.objects.exclude(pk__in=before).filter(kind__in=[AHEAD, UNRECORDED]).order_by("pk")
        return list(told.values_list("recipient__username", "text", "url"))

    return remind


def days_told(on, first: date, last: date) -> list[date]:
    """The days of a stretch, one after another, on which somebody is told something."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if on(day.month, day.day)]


# --- the schedule -----------------------------------------------------------------------------------------------------


def steps(span: Span, first: date, last: date) -> list[tuple[date, ReminderStep]]:
    """The days on which the step is another one than the day before, with the step."""
    found, before = [], None
    for n in range((last - first).days + 1):
        planned = step_on(span, first + timedelta(days=n))
        if planned is not None and planned != before:
            found.append((first + timedelta(days=n), planned.step))
        before = planned or before
    return found


def late(end: date) -> list[tuple[date, ReminderStep]]:
    return [(end + timedelta(days=days), AFTER) for days in (3, 10, 17, 24, 31)]


@pytest.mark.parametrize(
    ("first", "last", "precision", "ahead"),
    [
        (date(2024, 10, 12), date(2024, 10, 13), "day", [(date(2024, 10, 5), WEEK), (date(2024, 10, 11), DAY)]),
        (date(2024, 10, 1), date(2024, 10, 31), "month", [(date(2024, 10, 1), BEGINS)]),
        (date(2024, 5, 1), date(2024, 6, 30), "months", [(date(2024, 5, 1), BEGINS)]),
        (date(2024, 10, 21), date(2024, 10, 31), "part_of_month", [(date(2024, 10, 1), BEGINS)]),
        (date(2024, 10, 1), date(2024, 12, 31), "quarter", [(date(2024, 10, 1), BEGINS)]),
        (date(2024, 1, 1), date(2024, 12, 31), "year", []),
    ],
)
def test_the_days_of_each_precision(first, last, precision, ahead):
    found = steps(Span(first, last, precision), date(2023, 12, 1), date(2025, 3, 31))
    assert found == [*ahead, *late(last)]


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ((10, 4), None),
        ((10, 8), WEEK),  # four days on which the portal slept
        ((10, 12), DAY),  # the very day
        ((10, 13), None),
        ((10, 15), None),
        ((10, 22), AFTER),
        ((11, 13), AFTER),
        ((11, 19), AFTER),
        ((11, 20), None),  # a month after its end nobody is told any more
    ],
)
def test_what_was_missed_is_made_up_for_while_it_is_news(day, step):
    planned = step_on(Span(*CAMP[0]), date(2024, *day))
    assert (planned.step if planned else None) == step


# --- whom and what ----------------------------------------------------------------------------------------------------


def test_who_is_in_charge_hears_it_before_and_after(province, officer, on):
    owner = person("phu.trach", "Trần Thị Bình", province.bloc_union, RoleName.LEADER)
    event = activity(province.bloc_union, "Hội trại", windows=CAMP, owner=owner)
    page = f"/activities/{event.pk}/"
    when = "từ 12/10 đến 13/10/2024"
    assert on(10, 4) == []
    assert on(10, 5) == [("phu.trach", f"Còn 7 ngày đến hoạt động {when}: “Hội trại”.", page)]
    assert on(10, 5) == []
    assert on(10, 11) == [("phu.trach", f"Còn 1 ngày đến hoạt động {when}: “Hội trại”.", page)]
    late = ("phu.trach", f"Hoạt động đã qua thời gian nhưng chưa ghi kết quả: “Hội trại” ({when}).", page)
    assert on(10, 16) == [late]
    assert days_told(on, date(2024, 10, 17), date(2024, 12, 31)) == [
        date(2024, 10, 23),
        date(2024, 10, 30),
        date(2024, 11, 6),
        date(2024, 11, 13),
    ]


def test_without_anybody_in_charge_who_may_run_it_hears_it(province, officer, leader, secretary, bloc_head, on):
    activity(province.bloc_union, "Của Đoàn Khối", windows=CAMP)
    activity(province.bloc_union, "Của khối", scope="bloc", bloc=province.bloc_1, windows=CAMP)
    activity(province.justice, "Của Tư pháp", scope="unit", windows=CAMP)
    activity(province.finance, "Của Tài chính", scope="unit", windows=CAMP)  # has nobody: the officers above
    told = {(who, name) for who, text, _url in on(10, 5) for name in text.split("“")[1:]}
    assert {(who, name.split("”")[0]) for who, name in told} == {
        ("can.bo", "Của Đoàn Khối"),
        ("can.bo", "Của khối"),
        ("khoi.truong", "Của khối"),
        ("thu.tuphap", "Của Tư pháp"),
        ("can.bo", "Của Tài chính"),
    }


def test_who_left_the_unit_is_not_told_any_more(province, officer, on):
    owner = person("da.chuyen", "Người đã chuyển", province.bloc_union, RoleName.LEADER)
    activity(province.bloc_union, windows=CAMP, owner=owner)
    Role.objects.filter(user=owner).update(ended_at="2024-10-01T00:00:00Z")
    assert [who for who, _text, _url in on(10, 5)] == ["can.bo"]


def test_a_month_is_told_of_on_its_first_day_in_one_line(province, officer, on):
    october = [(date(2024, 10, 1), date(2024, 10, 31), "month")]
    for n in range(6):
        activity(province.bloc_union, f"Việc {n}", windows=october)
    names = "“Việc 0”, “Việc 1”, “Việc 2”, “Việc 3” và 2 hoạt động khác"
    months = "/activities/month/?year=2024&month=10"
    assert on(9, 30) == []
    assert on(10, 1) == [("can.bo", f"Hoạt động của tháng 10/2024: {names}.", months)]
    assert on(10, 2) == []


def test_nothing_is_told_of_a_draft(province, officer, on):
    plan = draft(province.bloc_union)
    activity(province.bloc_union, windows=CAMP, plan=plan)
    assert on(10, 5) == []
    issue(plan)
    assert len(on(10, 5)) == 1


# --- when it stops ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        lambda event: mark_done(actor=None, activity=event, done_on=date(2024, 10, 1)),
        lambda event: cancel(actor=None, activity=event, reason="Gộp"),
        lambda event: postpone(
            actor=None, activity=event, windows=[(date(2025, 9, 1), date(2025, 9, 30), "month")], reason="Mưa"
        ),
    ],
)
def test_it_stops_once_it_is_done_called_off_or_postponed(province, officer, on, step):
    event = activity(province.bloc_union, windows=SEPTEMBER)
    assert len(on(10, 3)) == 1
    step(event)
    assert days_told(on, date(2024, 10, 4), date(2024, 11, 30)) == []


def test_a_new_time_is_told_of_anew(province, officer, on):
    event = activity(province.bloc_union, "Hội trại", windows=SEPTEMBER)
    postpone(actor=None, activity=event, windows=CAMP, reason="Mưa")
    assert days_told(on, date(2024, 10, 1), date(2024, 10, 16)) == [
        date(2024, 10, 5),
        date(2024, 10, 11),
        date(2024, 10, 16),
    ]


def test_what_was_recorded_is_not_asked_for(province, officer, on):
    event = activity(province.bloc_union, windows=SEPTEMBER)
    record_participation(actor=None, activity=event, unit=province.bloc_union, done_on=date(2024, 8, 30))
    assert on(10, 3) == []


def test_each_of_several_times_wants_its_own_outcome(province, officer, on):
    march, july = ([(date(2024, month, 1), date(2024, month, 31), "month")] for month in (3, 7))
    event = activity(province.bloc_union, windows=march + july)
    record_participation(actor=None, activity=event, unit=province.bloc_union, done_on=date(2024, 3, 26))
    assert days_told(on, date(2024, 3, 10), date(2024, 8, 2)) == [date(2024, 7, 1)]
    assert len(on(8, 3)) == 1


def test_what_has_begun_is_not_announced(province, officer, on):
    event = activity(province.bloc_union, windows=CAMP)
    start(actor=None, activity=event)
    assert days_told(on, date(2024, 10, 1), date(2024, 10, 16)) == [date(2024, 10, 16)]


# --- simultaneous ones ------------------------------------------------------------------------------------------------


@pytest.fixture
def together(province, officer, secretary, neighbour, hospital_secretary):
    plan = draft(province.bloc_union)
    both = [
        activity(province.bloc_union, name, plan=plan, scope="all_units", windows=SEPTEMBER)
        for name in ("Ra quân", "Học tập")
    ]
    issue(plan)
    return both


def test_units_that_have_recorded_nothing_are_told_in_one_line(province, together, on):
    done_on = date(2024, 9, 9)
    record_participation(actor=None, activity=together[0], unit=province.justice, done_on=done_on)
    for event in together:
        record_participation(actor=None, activity=event, unit=province.finance, done_on=done_on)
    late = "/activities/list/?year=2024&state=overdue"
    one = f"/activities/{together[1].pk}/"
    tail = "chưa ghi kết quả hoạt động đồng loạt:"
    assert sorted(on(10, 3)) == [
        (
            "thu.benhvien",
            f"Đoàn cơ sở Bệnh viện Đa khoa {tail} “Ra quân” (tháng 9/2024), “Học tập” (tháng 9/2024).",
            late,
        ),
        ("thu.tuphap", f"Chi đoàn Sở Tư pháp {tail} “Học tập” (tháng 9/2024).", one),
    ]
    assert on(10, 3) == []
    record_participation(actor=None, activity=together[1], unit=province.justice, done_on=done_on)
    assert [who for who, _text, _url in on(10, 10)] == ["thu.benhvien"]


def test_who_enters_for_several_units_is_told_which(province, together, secretary, on):
    from accounts.services import grant_role

    grant_role(actor=None, user=secretary, unit=province.college, name=RoleName.SECRETARY)
    for event in together:
        for unit in (province.finance, province.hospital):
            record_participation(actor=None, activity=event, unit=unit, done_on=date(2024, 9, 9))
    record_participation(actor=None, activity=together[1], unit=province.justice, done_on=date(2024, 9, 9))
    (line,) = [text for who, text, _url in on(10, 3) if who == "thu.tuphap"]
    assert line == (
        "Các đơn vị đồng chí phụ trách chưa ghi kết quả hoạt động đồng loạt:"
        " “Ra quân” (tháng 9/2024, Chi đoàn Sở Tư pháp),"
        " “Ra quân” (tháng 9/2024, Đoàn cơ sở Trường Cao đẳng Y tế),"
        " “Học tập” (tháng 9/2024, Đoàn cơ sở Trường Cao đẳng Y tế)."
    )


def test_units_are_told_of_nothing_that_does_not_exist_for_them(province, officer, secretary, on):
    """A simultaneous activity of no plan is the body's own affair: the units beneath do not see it."""
    event = activity(province.bloc_union, scope="all_units", windows=SEPTEMBER)
    assert event not in activities_visible_to(secretary)
    assert [who for who, _text, _url in on(10, 3)] == ["can.bo"]


def test_a_unit_that_is_gone_owes_nothing(province, together, on):
    close_unit(unit=province.justice, on=date(2024, 9, 15))
    assert "thu.tuphap" not in {who for who, _text, _url in on(10, 3)}


def test_all_is_over_once_the_body_marks_it_done(province, together, on):
    for event in together:
        mark_done(actor=None, activity=event, done_on=date(2024, 9, 30))
    assert on(10, 3) == []


# --- once -------------------------------------------------------------------------------------------------------------


def test_rows_say_what_was_told_and_to_how_many(province, together, on):
    on(10, 3)
    rows = ActivityReminder.objects.filter(activity=together[0]).values_list("unit__code", "step", "day", "people")
    day = date(2024, 10, 3)
    assert set(rows) == {
        ("QNA-KCQ", "unrecorded", day, 1),
        ("QNA-KCQ-001", "unrecorded", day, 1),
        ("QNA-KCQ-003", "unrecorded", day, 1),
        ("QNA-KCQ-004", "unrecorded", day, 1),
    }
    assert step_after('INSERT INTO "activities_activityreminder" ("day") VALUES (1)') is None


def test_an_amendment_does_not_tell_it_again(province, officer, on):
    plan = draft(province.bloc_union)
    activity(province.bloc_union, windows=CAMP, plan=plan)
    issue(plan)
    assert len(on(10, 5)) == 1
    issue(amend_plan(actor=None, plan=plan), number=2, issued_on=date(2024, 10, 5))
    assert on(10, 6) == []
    assert len(on(10, 11)) == 1


def test_a_unit_with_nobody_is_kept_and_not_asked_again(province, on):
    activity(province.kgi, windows=CAMP)
    assert on(10, 5) == on(10, 6) == []
    assert ActivityReminder.objects.get().people == 0


def test_the_task_asks_the_same_however_many_there_are(province, together, settings):
    settings.PORTAL_TODAY = date(2024, 10, 3)
    at_two = count_queries(task)
    ActivityReminder.objects.all().delete()
    for n in range(20):
        activity(province.bloc_union, f"Việc {n}", plan=together[0].plan, scope="all_units", windows=SEPTEMBER)
    assert count_queries(task) == at_two
    assert Activity.objects.count() == 22


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer; its tests share a connection")
def test_four_workers_at_once_tell_once(province, officer):
    for name in ("Ra quân", "Học tập"):
        activity(province.bloc_union, name, windows=SEPTEMBER)
    gate = Barrier(4)

    def work(_number: int) -> int:
        try:
            gate.wait(timeout=20)
            with clock.travel_to(datetime(2024, 10, 3, 6, tzinfo=timezone.get_default_timezone())):
                return remind_of_activities()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == [0, 0, 0, 2]
    assert Notice.objects.filter(kind=UNRECORDED, recipient=officer).count() == 1
