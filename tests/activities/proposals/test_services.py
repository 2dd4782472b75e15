"""Deciding on activity proposals: exact activities and windows, every state × step, nothing lost."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, ActivityProposal
from activities.proposals import services
from activities.proposals.keys import ActivityValues, values_of
from activities.services import mark_done
from activities.timing import Span
from plans.models import FoundContradiction
from plans.proposals.contradictions import look_at_beside
from plans.services import send_to_leader
from tests.activities.proposals.scenes import (
    BLOC,
    BLOOD,
    MONTH,
    SONGS,
    TEXT,
    TREES,
    VISITS,
    contradiction,
    document,
    everything,
    found,
    item,
    keep,
    month,
    proposal,
    read_document,
    version,
    windows_of,
)
from tests.making import count_queries


@pytest.fixture
def plan(province):
    return read_document(province.bloc_union)


def accept(plan, words, actor=None, values=None):
    return services.accept(actor=actor, proposal=proposal(plan, words), version=version(plan, words), values=values)


def refusal(act) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value


def test_an_accepted_month_keeps_its_precision(plan, officer, province):
    row = accept(plan, BLOOD, actor=officer)
    activity = row.activity
    assert (activity.name, activity.unit, activity.plan, activity.section.number) == (
        "Ngày hội hiến máu", province.bloc_union, plan, "1",
    )  # fmt: skip
    assert (activity.scope, activity.is_tentative, activity.repeats, activity.quote) == ("issuer", False, 1, BLOOD)
    assert windows_of(row) == [("2024-03-01", "2024-03-31", "month")]
    assert (row.state, row.decided_by, row.found["time_quote"]) == ("accepted", officer, "tháng 3/2024")


def test_two_windows_several_times_for_all_units(plan):
    row = accept(plan, TREES)
    assert windows_of(row) == [("2024-02-01", "2024-02-29", "month"), ("2024-03-01", "2024-03-31", "month")]
    assert (row.activity.repeats, row.activity.scope) == (4, "all_units")


def test_a_tentative_one_and_one_without_time(plan):
    assert accept(plan, SONGS).activity.is_tentative is True
    assert windows_of(accept(plan, MONTH)) == []


def test_a_bloc_s_own_asks_for_its_bloc(plan, province):
    assert set(refusal(lambda: accept(plan, BLOC)).message_dict) == {"bloc"}
    values = values_of(proposal(plan, BLOC).found, None)
    foreign = replace(values, bloc=10**6)
    assert set(refusal(lambda: accept(plan, BLOC, values=foreign)).message_dict) == {"bloc"}
    row = accept(plan, BLOC, values=replace(values, bloc=province.bloc_1.pk))
    assert (row.activity.bloc, row.activity.scope) == (province.bloc_1, "bloc")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"repeats": 0}, "repeats"),
        ({"windows": (Span(date(2024, 3, 2), date(2024, 3, 30), "month"),)}, "windows"),
        ({"windows": (month(3), month(3))}, "windows"),
        ({"windows": (Span(date(2026, 3, 1), date(2026, 3, 31), "month"),)}, "windows"),
        ({"scope": "other"}, "scope"),
    ],
)
def test_what_is_no_activity_is_refused_at_its_field_and_changes_nothing(plan, wrong, field):
    values = replace(values_of(proposal(plan, BLOOD).found, None), **wrong)
    assert set(refusal(lambda: accept(plan, BLOOD, values=values)).message_dict) == {field}
    assert (Activity.objects.count(), proposal(plan, BLOOD).state) == (0, "open")


def test_labels_tell_the_quarter(plan):
    assert {words: item(plan, words).label for words in (BLOOD, MONTH, TREES, SONGS)} == {
        BLOOD: "Quý I.1", MONTH: "Quý I.2a", TREES: "Quý I.2b", SONGS: "Quý IV.1",
    }  # fmt: skip


STEPS = {
    "accept": services.accept,
    "reject": services.reject,
    "reopen": services.reopen,
    "wish": lambda **given: services.save_wish(wish=ActivityValues(name="x").as_json(), **given),
}
NEXT = {
    ("open", "accept"): "accepted",
    ("open", "reject"): "rejected",
    ("open", "wish"): "open",
    ("accepted", "reopen"): "open",
    ("rejected", "reopen"): "open",
}


def bring_to(plan, words, state):
    if state == "accepted":
        accept(plan, words)
    if state == "rejected":
        services.reject(actor=None, proposal=proposal(plan, words), version=None)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ["open", "accepted", "rejected"])
def test_every_state_and_step(plan, state, step):
    bring_to(plan, BLOOD, state)
    row = proposal(plan, BLOOD)

    def act():
        return STEPS[step](actor=None, proposal=row, version=version(plan, BLOOD))

    wished = NEXT.get((state, step))
    if wished is None:
        assert refusal(act).code == "wrong_state"
        assert proposal(plan, BLOOD).state == state
    else:
        act()
        after = proposal(plan, BLOOD)
        assert (after.state, after.activity is not None) == (wished, wished == "accepted")


@pytest.mark.parametrize("step", STEPS)
def test_who_may(plan, step, officer, leader, secretary, administrator, outsider, top_officer, nobody):
    bring_to(plan, BLOOD, "accepted" if step == "reopen" else "open")
    for person in (leader, secretary, administrator, outsider, nobody):
        with pytest.raises(PermissionDenied):
            STEPS[step](actor=person, proposal=proposal(plan, BLOOD), version=None)
    for person in (officer, top_officer):
        STEPS[step](actor=person, proposal=proposal(plan, BLOOD), version=None)
        if step in ("accept", "reject"):
            services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
        if step == "reopen":
            accept(plan, BLOOD)


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_decided_once_the_plan_is_no_draft(plan, step, officer):
    send_to_leader(actor=None, plan=plan)
    assert refusal(lambda: STEPS[step](actor=officer, proposal=proposal(plan, BLOOD), version=None)).code == "not_draft"
    assert refusal(lambda: services.accept_sure(actor=officer, plan=plan)).code == "not_draft"
    start = TEXT.index(VISITS)
    adding = refusal(lambda: services.add_from_selection(actor=officer, plan=plan, start=start, end=start + 5))
    assert adding.code == "not_draft"
    assert Activity.objects.count() == 0


def test_a_stale_save_is_told_and_changes_nothing(plan, officer, top_officer):
    seen = version(plan, BLOOD)
    services.reject(actor=officer, proposal=proposal(plan, BLOOD), version=seen)
    late = refusal(lambda: services.accept(actor=top_officer, proposal=proposal(plan, BLOOD), version=seen))
    assert (late.code, "Cán bộ Đoàn Khối" in late.messages[0], Activity.objects.count()) == ("stale", True, 0)


def test_taking_back_keeps_what_was_typed_and_what_was_changed_by_hand(plan):
    values = replace(values_of(proposal(plan, BLOOD).found, None), name="Hiến máu", windows=(month(4), month(3)))
    accept(plan, BLOOD, values=values)
    row = services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
    assert (row.activity, values_of(row.found, row.wish), Activity.objects.count()) == (None, values, 0)
    activity = accept(plan, BLOOD).activity
    activity.place = "Hội trường"
    activity.save()
    row = services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
    assert (values_of(row.found, row.wish).place, row.found["place"]) == ("Hội trường", "")


def test_what_has_begun_is_not_taken_back(plan):
    activity = accept(plan, BLOOD).activity
    mark_done(actor=None, activity=activity, done_on=date(2024, 3, 9))
    with pytest.raises(ValidationError):
        services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
    assert (proposal(plan, BLOOD).state, Activity.objects.count()) == ("accepted", 1)


def test_all_that_is_sure_at_once(plan, officer):
    contradiction(plan, "(dự kiến tháng 9/2024)")
    done = services.accept_sure(actor=officer, plan=plan)
    assert {row.quote for row in done} == {BLOOD, TREES}
    # Left: without a time, contradicted, and a bloc's own that names no bloc, now with the reason.
    left = ActivityProposal.objects.filter(state="open").order_by("start")
    assert [row.quote for row in left] == [MONTH, SONGS, BLOC]
    assert [doubt["code"] for doubt in left[2].doubts] == ["refused"]


def test_deciding_looks_at_the_contradiction_beside_it(plan, officer):
    row = contradiction(plan, "(dự kiến tháng 9/2024)")
    services.reject(actor=officer, proposal=proposal(plan, SONGS), version=None)
    row.refresh_from_db()
    assert row.seen_by == officer


def test_contradictions_are_looked_for_once_however_many_are_accepted(province):
    """What is sure has none beside it; one elsewhere in the document is not compared with every proposal each time."""

    def asked(count: int) -> int:
        plan = document(province.bloc_union, title=f"Chương trình {count}")
        one = found(BLOOD, 3, month(3))
        keep(plan, *[replace(one, start=n, end=n + 1, name=f"Hoạt động {n}") for n in range(count)])
        contradiction(plan, "(dự kiến tháng 9/2024)")
        with CaptureQueriesContext(connection) as queries:
            assert len(services.accept_sure(actor=None, plan=plan)) == count
        return sum(FoundContradiction._meta.db_table in query["sql"] for query in queries)

    assert (asked(3), asked(12)) == (1, 1)


def test_where_nothing_is_unseen_no_proposal_is_read(plan):
    row, among = proposal(plan, BLOOD), ActivityProposal.objects.filter(plan=plan)
    assert count_queries(lambda: look_at_beside(actor=None, passage=row, among=among)) == 1


def test_adding_from_a_selection(plan, officer):
    start = TEXT.index(VISITS)
    row = services.add_from_selection(actor=officer, plan=plan, start=start - 2, end=start + len(VISITS) + 1)
    assert (row.quote, row.found, row.state) == (f"- {VISITS}.", None, "open")
    assert values_of(row.found, row.wish).name == VISITS
    assert (accept(plan, row.quote).activity.name, row.section.number) == (VISITS, "2")


def test_reading_again_leaves_every_decision(plan):
    accept(plan, BLOOD)
    services.reject(actor=None, proposal=proposal(plan, SONGS), version=None)
    services.save_wish(
        actor=None, proposal=proposal(plan, MONTH), wish=ActivityValues(name="Sửa dở").as_json(), version=None
    )
    kept = {words: proposal(plan, words).pk for words in (BLOOD, SONGS, MONTH)}
    # The words of a decided one are read a little otherwise now, with another time.
    keep(plan, found(BLOOD[8:], 3, month(4)), *everything()[1:])
    assert {words: proposal(plan, words).pk for words in kept} == kept
    assert ActivityProposal.objects.filter(plan=plan).count() == 5
    assert proposal(plan, MONTH).wish["name"] == "Sửa dở"


def test_a_clause_that_holds_two_activities_is_split(plan, officer):
    first = proposal(plan, BLOOD)
    typed = replace(values_of(first.found, None), name="Ngày hội").as_json()
    twin = services.split(actor=officer, proposal=first, version=version(plan, BLOOD), wish=typed)
    first.refresh_from_db()
    assert (first.wish, twin.wish, twin.found, twin.quote) == (typed, typed, None, BLOOD)
    keep(plan, *everything())
    assert [row.pk for row in ActivityProposal.objects.filter(quote=BLOOD).order_by("pk")] == [first.pk, twin.pk]
