"""Writing occurrences: by a rule, by hand, numbered; what is refused; what is recorded is never lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from activities.models import Occurrence, Participation, Recurrence
from activities.occurrences.services import (
    add_occurrence,
    move_occurrence,
    number_occurrences,
    remove_occurrence,
    set_recurrence,
)
from activities.services import cancel, mark_done, postpone, record_participation
from activities.timing import Span
from plans.versions.amending import amend_plan
from tests.activities.occurrences.scenes import FIRST_SUNDAYS, days_of, divided, sundays
from tests.making import activity, indicator, issue

SUNDAYS = [(1, date(2024, 1, 7)), (2, date(2024, 2, 4)), (3, date(2024, 3, 3)), (4, date(2024, 4, 7))]
LAST_SUNDAYS = replace(FIRST_SUNDAYS, nth=-1)  # 28/1, 25/2, 31/3, 28/4
CAST = ["secretary", "neighbour", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]


def one_day(day: date) -> Span:
    return Span(day, day, "day")


def recorded(event, unit, number: int | None, on: date, **more) -> Participation:
    occurrence = None if number is None else event.occurrences.get(number=number)
    return record_participation(actor=None, activity=event, unit=unit, done_on=on, occurrence=occurrence, **more)


def refused(act) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        act()
    return error.value.message_dict if hasattr(error.value, "error_dict") else {"": error.value.messages}


def test_a_rule_makes_the_days_and_says_so_in_the_history(province, officer):
    event = sundays(province.bloc_union)
    rows = set_recurrence(actor=officer, activity=event, rule=FIRST_SUNDAYS)
    assert [(row.number, row.starts_on) for row in rows] == days_of(event) == SUNDAYS
    assert event.events.last().reason == ("Định ngày: Chủ nhật đầu tiên trong mỗi tháng, từ ngày 1/1/2024, 4 lần")
    assert Recurrence.objects.get().nth == 1


@pytest.mark.parametrize("name", CAST)
def test_only_who_runs_the_activity_sets_its_days(province, request, name):
    event, actor = sundays(province.bloc_union), request.getfixturevalue(name)
    if name == "officer":
        set_recurrence(actor=actor, activity=event, rule=FIRST_SUNDAYS)
    else:
        with pytest.raises(PermissionDenied):
            set_recurrence(actor=actor, activity=event, rule=FIRST_SUNDAYS)
    assert event.occurrences.count() == (4 if name == "officer" else 0)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"times": None}, "until", "Chưa rõ lặp lại đến khi nào: hãy ghi ngày cuối hoặc số lần."),
        ({"until": date(2023, 12, 31)}, "until", "Ngày cuối đứng trước ngày đầu."),
        ({"until": date(2024, 1, 6)}, "until", "Từ ngày đầu đến ngày cuối không có ngày nào phù hợp."),
        ({"times": 61}, "until", "Vượt quá 60 lần. Hãy chọn ngày kết thúc sớm hơn."),
        ({"times": 13}, "starts_on", "Ngày 5/1/2025 nằm ngoài thời hạn của văn bản (từ 1/1/2024 đến 31/12/2024)."),
        (
            {"starts_on": date(2023, 12, 1)},
            "starts_on",
            "Ngày 3/12/2023 nằm ngoài thời hạn của văn bản (từ 1/1/2024 đến 31/12/2024).",
        ),
        ({"lasts": 31}, "lasts", "Lần trước kéo dài sang lần sau."),
        ({"weekday": None}, "weekday", "Hãy chọn vào thứ mấy."),
        ({"nth": None}, "nth", "Hãy chọn lần thứ mấy trong tháng."),
        ({"every": "month_day"}, "day", "Hãy ghi vào ngày nào trong tháng."),
    ],
)
def test_a_wrong_rule_is_refused_at_its_field_and_nothing_is_written(province, changes, field, words):
    event = sundays(province.bloc_union)
    history = event.events.count()
    said = refused(lambda: set_recurrence(actor=None, activity=event, rule=replace(FIRST_SUNDAYS, **changes)))
    assert said == {field: [words]}
    assert (event.occurrences.count(), Recurrence.objects.count(), event.events.count()) == (0, 0, history)


def test_another_rule_keeps_what_is_recorded(province):
    event = divided(province.bloc_union)
    held = recorded(event, province.justice, 2, date(2024, 2, 11), people=30)
    before = {row.number: row.pk for row in event.occurrences.all()}
    set_recurrence(actor=None, activity=event, rule=LAST_SUNDAYS)
    assert [day for _number, day in days_of(event)] == [
        date(2024, 1, 28),
        date(2024, 2, 4),  # recorded
        date(2024, 2, 25),
        date(2024, 3, 31),
        date(2024, 4, 28),
    ]
    held.refresh_from_db()
    assert (held.occurrence_id, held.occurrence.number, held.people, held.done_on) == (
        before[2],
        2,
        30,
        date(2024, 2, 11),
    )
    # Those that moved are the same rows: a phone shows them as moved, not as new.
    assert set(before.values()) < set(event.occurrences.values_list("pk", flat=True))
    assert Recurrence.objects.get().nth == -1


def test_the_same_rule_again_changes_no_row(province):
    event = divided(province.bloc_union)
    before = list(event.occurrences.values_list("pk", "number", "starts_on"))
    set_recurrence(actor=None, activity=event, rule=FIRST_SUNDAYS)
    assert list(event.occurrences.values_list("pk", "number", "starts_on")) == before


def test_only_the_count_is_known(province, officer):
    event = sundays(province.bloc_union)
    number_occurrences(actor=officer, activity=event)
    assert days_of(event) == [(1, None), (2, None), (3, None), (4, None)]
    assert refused(lambda: number_occurrences(actor=officer, activity=event)) == {
        "": ["Hoạt động đã được chia thành từng lần."]
    }


def test_outcomes_from_before_belong_to_the_nearest_time(province):
    event = sundays(province.bloc_union)
    first = recorded(event, province.justice, None, date(2024, 2, 3))
    second = recorded(event, province.justice, None, date(2024, 4, 8))
    set_recurrence(actor=None, activity=event, rule=FIRST_SUNDAYS)
    numbers = dict(Participation.objects.values_list("pk", "occurrence__number"))
    assert numbers == {first.pk: 2, second.pk: 4}


def test_by_hand_in_order_of_time(province, officer):
    event = sundays(province.bloc_union)
    for day in (date(2024, 6, 2), date(2024, 3, 3)):
        add_occurrence(actor=officer, activity=event, when=one_day(day))
    add_occurrence(actor=officer, activity=event, when=None)
    assert days_of(event) == [(1, date(2024, 3, 3)), (2, date(2024, 6, 2)), (3, None)]
    move_occurrence(
        actor=officer, occurrence=event.occurrences.get(number=3), when=Span(date(2024, 1, 6), date(2024, 1, 7), "day")
    )
    assert days_of(event) == [(1, date(2024, 1, 6)), (2, date(2024, 3, 3)), (3, date(2024, 6, 2))]
    remove_occurrence(actor=officer, occurrence=event.occurrences.get(number=2))
    assert days_of(event) == [(1, date(2024, 1, 6)), (2, date(2024, 6, 2))]


def test_wrong_days_by_hand_are_refused_at_their_field(province, officer):
    event = divided(province.bloc_union)
    before = days_of(event)
    second = event.occurrences.get(number=2)
    backwards = Span(date(2024, 5, 2), date(2024, 5, 1), "day")
    next_year = one_day(date(2025, 1, 5))
    for act in (
        lambda when: add_occurrence(actor=officer, activity=event, when=when),
        lambda when: move_occurrence(actor=officer, occurrence=second, when=when),
    ):
        assert list(refused(lambda act=act: act(backwards))) == ["ends_on"]
        assert list(refused(lambda act=act: act(next_year))) == ["starts_on"]
        assert refused(lambda act=act: act(one_day(date(2024, 4, 7)))) == {"starts_on": ["Ngày này đã có một lần."]}
    assert days_of(event) == before


def test_what_is_recorded_is_not_removed(province, officer):
    event = divided(province.bloc_union)
    recorded(event, province.justice, 1, date(2024, 1, 7))
    assert refused(lambda: remove_occurrence(actor=officer, occurrence=event.occurrences.get(number=1))) == {
        "": ["Đã có đơn vị ghi kết quả của lần này nên không bỏ được."]
    }
    assert event.occurrences.count() == 4


@pytest.mark.parametrize("end", ["done", "cancelled"])
def test_what_has_ended_keeps_its_days(province, officer, end):
    event = divided(province.bloc_union)
    if end == "done":
        mark_done(actor=None, activity=event, done_on=date(2024, 4, 7))
    else:
        cancel(actor=None, activity=event, reason="Mưa bão")
    refused(lambda: set_recurrence(actor=officer, activity=event, rule=LAST_SUNDAYS))
    refused(lambda: add_occurrence(actor=officer, activity=event, when=None))
    assert days_of(event) == SUNDAYS


def test_postponing_takes_the_days_from_what_nobody_recorded(province):
    event = divided(province.bloc_union)
    recorded(event, province.justice, 1, date(2024, 1, 7))
    autumn = [(date(2024, 10, 1), date(2024, 12, 31), "quarter")]
    postpone(actor=None, activity=event, windows=autumn, reason="Mưa")
    assert days_of(event) == [(1, date(2024, 1, 7)), (2, None), (3, None), (4, None)]
    assert Recurrence.objects.count() == 0


def test_one_outcome_a_unit_and_time(province, secretary):
    event = divided(province.bloc_union)
    blood = indicator(province.qna)
    first = recorded(event, province.justice, 1, date(2024, 1, 8), people=20, figures={blood: Decimal(5)})
    again = recorded(event, province.justice, 1, date(2024, 1, 14), people=25, figures={blood: Decimal(6)})
    other = recorded(event, province.justice, 2, date(2024, 1, 14))  # two on one day
    assert (again.pk, again.done_on, again.people) == (first.pk, date(2024, 1, 14), 25)
    assert other.pk != first.pk
    assert first.figures.get().amount == 6
    assert event.events.filter(reason__contains="20 người").count() == 1  # what stood before the correction
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(
            activity=event,
            unit=province.justice,
            occurrence=event.occurrences.get(number=1),
            done_on=date(2024, 2, 2),
            recorded_at=first.recorded_at,
        )


def test_which_time_must_be_said_and_be_the_activity_s_own(province):
    event = divided(province.bloc_union)
    other = activity(province.bloc_union, "Khác", scope="all_units")
    foreign = add_occurrence(actor=None, activity=other, when=None)[0]
    on = date(2024, 1, 7)
    assert refused(lambda: recorded(event, province.justice, None, on)) == {"occurrence": ["Hãy chọn đây là lần nào."]}
    assert list(
        refused(
            lambda: record_participation(
                actor=None, activity=event, unit=province.justice, done_on=on, occurrence=foreign
            )
        )
    ) == ["occurrence"]
    assert Participation.objects.count() == 0


def test_an_amendment_takes_the_occurrences_along(province, officer):
    event = divided(province.bloc_union)
    held = recorded(event, province.justice, 2, date(2024, 2, 4), people=30)
    rows = set(event.occurrences.values_list("pk", flat=True))
    amendment = amend_plan(actor=None, plan=event.plan)
    copied = amendment.activities.get(origin=event)
    refused(lambda: add_occurrence(actor=officer, activity=copied, when=None))
    issue(amendment, 99, date(2024, 5, 2))
    assert (event.occurrences.count(), days_of(copied)) == (0, SUNDAYS)
    assert set(copied.occurrences.values_list("pk", flat=True)) == rows
    assert Recurrence.objects.get().activity == copied
    held.refresh_from_db()
    assert (held.activity, held.occurrence.activity, held.occurrence.number) == (copied, copied, 2)


def test_the_database_refuses_half_a_day(province):
    event = sundays(province.bloc_union)
    for facts in (
        {"starts_on": date(2024, 1, 7), "precision": "day"},
        {"precision": "day"},
        {"starts_on": date(2024, 1, 7), "ends_on": date(2024, 1, 6), "precision": "day"},
        {"starts_on": date(2024, 1, 7), "ends_on": date(2024, 1, 7), "precision": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Occurrence.objects.create(activity=event, number=1, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recurrence.objects.create(activity=event, every="week", starts_on=date(2024, 1, 1), weekday=0)
