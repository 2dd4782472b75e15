"""What does not go together: found purely, marked for who may know, chosen by, told when saving, never forbidden."""

import re
from datetime import date

import pytest

from activities.clash_marks import marks_of
from activities.clashes import Large, Meeting, first_missed, is_of_days, is_outside_quarter, meetings
from activities.models import Activity
from activities.selectors import with_details
from activities.services import cancel, mark_done, postpone
from activities.timing import Span
from plans.services import add_section
from tests.making import activity, draft, indicator, issue, target

from .test_calendar import VIEWS, named


def day(month, first, last=None):
    return Span(date(2024, month, first), date(2024, month, last or first), "day")


def large(key, first, last, body=1):
    return Large(key, f"Việc {key}", body, date(2024, 5, first), date(2024, 5, last))


def marks(user=None) -> dict[str, list[str]]:
    """Name → what is marked, of all activities there are."""
    rows = list(with_details(Activity.objects.order_by("pk")))
    found = marks_of(user, rows)
    return {row.name: found[row.pk] for row in rows if row.pk in found}


# --- pure -------------------------------------------------------------------------------------------------------------


def test_large_ones_of_one_body_meet_on_the_days_that_they_share():
    rows = [large(1, 1, 3), large(2, 3, 5), large(3, 5, 5), large(4, 6, 6), large(5, 1, 9, body=2), large(1, 5, 5)]
    first, second, third = date(2024, 5, 3), date(2024, 5, 5), date(2024, 5, 5)
    assert meetings(rows) == {
        1: [Meeting(2, "Việc 2", first, first), Meeting(3, "Việc 3", second, second)],
        2: [Meeting(1, "Việc 1", first, first), Meeting(3, "Việc 3", third, third)],
        3: [Meeting(1, "Việc 1", second, second), Meeting(2, "Việc 2", second, second)],
    }
    assert meetings([]) == {}


def test_a_campaign_binds_nobody():
    assert [is_of_days(day(5, 1, last)) for last in (1, 14, 15)] == [True, True, False]
    assert not is_of_days(Span(date(2024, 5, 1), date(2024, 5, 31), "month"))


@pytest.mark.parametrize(
    ("spans", "outside"),
    [
        ([], False),
        ([day(9, 30)], True),
        ([day(10, 1)], False),
        ([Span(date(2024, 9, 1), date(2024, 10, 31), "months")], False),
        ([Span(date(2024, 1, 1), date(2024, 12, 31), "year")], False),
        ([Span(date(2024, 12, 30), date(2025, 1, 2), "day")], False),
        ([day(3, 1), day(11, 1)], False),
        ([day(3, 1), day(9, 1)], True),
    ],
)
def test_outside_the_fourth_quarter(spans, outside):
    assert is_outside_quarter(4, spans) is outside


def test_past_a_due_day_is_what_begins_after_it():
    due = [(date(2024, 6, 30), "1.7"), (date(2024, 5, 31), "1.8"), (date(2024, 12, 31), "1.9")]
    assert first_missed(due, [day(7, 1)]) == (date(2024, 5, 31), "1.8")
    assert first_missed(due[:1], [day(6, 30, 30)]) is None
    assert first_missed(due[:1], [day(6, 1), day(8, 1)]) is None
    assert first_missed(due, []) is first_missed([], [day(7, 1)]) is None


# --- marked -----------------------------------------------------------------------------------------------------------


def test_two_large_ones_of_a_body_on_one_day(province):
    kcq = province.bloc_union
    activity(kcq, "Ra quân", scope="all_units", windows=[day(11, 5)])
    activity(kcq, "Hội trại", windows=[day(11, 4, 6)], coordinating=[province.justice])
    activity(kcq, "Họp Ban Chấp hành", windows=[day(11, 5)])
    activity(kcq, "Tháng cao điểm", scope="all_units", windows=[Span(date(2024, 11, 1), date(2024, 11, 30), "month")])
    activity(province.qna, "Của tỉnh", scope="all_units", windows=[day(11, 5)])
    off = activity(kcq, "Đã hủy", scope="all_units", windows=[day(11, 5)])
    cancel(actor=None, activity=off, reason="Gộp")
    held = activity(kcq, "Đã làm", scope="all_units", windows=[day(11, 5)])
    mark_done(actor=None, activity=held, done_on=date(2024, 10, 1))
    words = "Trùng ngày với hoạt động lớn khác của cùng đơn vị: “{}” (ngày 5/11)."
    assert marks() == {"Ra quân": [words.format("Hội trại")], "Hội trại": [words.format("Ra quân")]}


def test_a_clash_with_many_names_two(province):
    for n in range(5):
        activity(province.bloc_union, f"Việc {n}", scope="all_units", windows=[day(11, 5)])
    assert marks()["Việc 4"] == [
        "Trùng ngày với hoạt động lớn khác của cùng đơn vị: “Việc 0” (ngày 5/11); “Việc 1” (ngày 5/11)"
        " và 2 hoạt động khác."
    ]


def test_what_does_not_exist_for_the_person_is_not_named(province, officer, secretary):
    plan = draft(province.bloc_union)
    activity(province.bloc_union, "Công khai", plan=plan, scope="all_units", windows=[day(11, 5)])
    issue(plan)
    hidden = draft(province.bloc_union, "Bản nháp")
    activity(province.bloc_union, "Còn kín", plan=hidden, scope="all_units", windows=[day(11, 5)])
    assert (set(marks(officer)), set(marks(secretary))) == ({"Công khai", "Còn kín"}, set())


def test_listed_under_another_quarter(province):
    plan = draft(province.bloc_union)
    fourth = add_section(plan=plan, number="", heading="Quý IV")
    activity(province.bloc_union, "Liên hoan", plan=plan, section=fourth, windows=[day(9, 20)])
    activity(province.bloc_union, "Hội nghị", plan=plan, section=fourth, windows=[day(10, 20)])
    issue(plan)
    moved = activity(province.bloc_union, "Hội thi", plan=plan, section=fourth, windows=[day(10, 21)])
    postpone(actor=None, activity=moved, windows=[day(9, 22)], reason="Sớm hơn")
    assert marks() == {"Liên hoan": ["Xếp ở Quý IV nhưng ghi ngày 20/9, thuộc Quý III."]}


@pytest.fixture
def late(province):
    """An activity postponed past the day on which the target of its plan is due."""
    blood = indicator(province.qna)
    plan = draft(province.bloc_union)
    target(plan, "1.7", on=blood, due_on=date(2024, 9, 30))
    event = activity(province.bloc_union, "Hiến máu", plan=plan, indicators=[blood], windows=[day(9, 9)])
    issue(plan)
    postpone(actor=None, activity=event, windows=[day(11, 9)], reason="Mưa bão")
    return event


def test_postponed_past_the_due_day_of_a_target(province, late):
    words = ["Lùi sang ngày 9/11/2024, quá hạn 30/9/2024 của chỉ tiêu 1.7."]
    assert marks() == {"Hiến máu": words}
    postpone(actor=None, activity=late, windows=[day(9, 30)], reason="Sớm hơn")
    assert marks() == {}


def test_a_target_of_another_plan_is_none_of_its_own(province, late):
    other = draft(province.bloc_union, "Khác")
    target(other, "2.1", on=indicator(province.qna), due_on=date(2024, 6, 30))
    issue(other, number=2)
    assert marks()["Hiến máu"] == ["Lùi sang ngày 9/11/2024, quá hạn 30/9/2024 của chỉ tiêu 1.7."]


def test_a_helper_who_does_not_read_the_plan_is_told_nothing_of_its_targets(province, late, outsider):
    late.coordinating.add(province.kgi)
    assert marks(outsider) == {}


# --- on pages ---------------------------------------------------------------------------------------------------------


def test_the_mark_stands_on_page_board_and_list_in_words(client, province, officer, late):
    client.force_login(officer)
    activity(province.bloc_union, "Ra quân", scope="all_units", windows=[day(11, 5)])
    activity(province.bloc_union, "Tổng kết", scope="all_units", windows=[day(11, 5)])
    words = "quá hạn 30/9/2024 của chỉ tiêu 1.7"
    for address in (f"/activities/{late.pk}/", "/activities/board/", "/activities/list/"):
        page = client.get(address).content.decode()
        assert re.search(rf'class="clash[^>]*>.*?{words}', page, re.DOTALL), address
    board = client.get("/activities/board/").content.decode()
    assert board.count("Trùng ngày với hoạt động lớn khác") == 2  # beneath the lane, each once


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_marked_can_be_chosen_in_every_view(client, province, officer, late, view):
    activity(province.bloc_union, "Ra quân", windows=[day(11, 9)])
    client.force_login(officer)
    moment = "year=2024&month=11&week=45&unit=QNA-KCQ"
    assert named(client, view, f"{moment}&state=troubled") == {"Hiến máu"}
    assert named(client, view, moment) == {"Hiến máu", "Ra quân"}
    page = client.get(f"/activities/{view}/?{moment}&state=troubled").content.decode()
    assert "<li><span>Có vướng mắc</span>" in page


def test_who_saves_is_told_and_it_is_saved(client, province, officer):
    client.force_login(officer)
    activity(province.bloc_union, "Ra quân", scope="all_units", windows=[day(11, 5)])
    sent = {"unit": province.bloc_union.pk, "name": "Tổng kết", "scope": "all_units", "repeats": 1}
    sent |= {"precision_0": "day", "starts_on_0": "5/11/2024"}
    page = client.post("/activities/new/", sent, follow=True).content.decode()
    assert re.search(r'class="note note--look">.*?Trùng ngày với .*?“Ra quân” \(ngày 5/11\)', page, re.DOTALL)
    made = Activity.objects.get(name="Tổng kết")
    moved = {"precision": "day", "starts_on": "6/11/2024", "reason": "Tránh trùng"}
    page = client.post(f"/activities/{made.pk}/postpone/", moved, follow=True).content.decode()
    assert (made.windows.count(), "note--look" in page) == (2, False)
