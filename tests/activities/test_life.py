"""An activity's life: the whole matrix of states and actions, who may take a step, what is recorded."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities import services
from activities.enums import ActivityState, Scope
from activities.rules import Action, open_actions
from tests.making import activity

NOVEMBER = [(date(2024, 11, 1), date(2024, 11, 30), "month")]
STEPS = {
    Action.START: lambda actor, event: services.start(actor=actor, activity=event),
    Action.DONE: lambda actor, event: services.mark_done(actor=actor, activity=event, done_on=date(2024, 3, 14)),
    Action.POSTPONE: lambda actor, event: services.postpone(
        actor=actor, activity=event, windows=NOVEMBER, reason="Chờ sân"
    ),
    Action.CANCEL: lambda actor, event: services.cancel(actor=actor, activity=event, reason="Gộp vào hè"),
}
OPEN = {ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.POSTPONED}
NEXT = {
    (ActivityState.PLANNED, Action.START): ActivityState.UNDER_WAY,
    (ActivityState.POSTPONED, Action.START): ActivityState.UNDER_WAY,
    **{(state, Action.DONE): ActivityState.DONE for state in OPEN},
    **{(state, Action.POSTPONE): ActivityState.POSTPONED for state in OPEN},
    **{(state, Action.CANCEL): ActivityState.CANCELLED for state in OPEN},
}
WAY = {
    ActivityState.PLANNED: [],
    ActivityState.UNDER_WAY: [Action.START],
    ActivityState.DONE: [Action.DONE],
    ActivityState.POSTPONED: [Action.POSTPONE],
    ActivityState.CANCELLED: [Action.CANCEL],
}


def activity_in(state, unit, **more):
    event = activity(unit, **more)
    for action in WAY[state]:
        event = STEPS[action](None, event)
    assert event.state == state
    return event


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("state", ActivityState)
def test_matrix_of_states_and_actions(province, state, action):
    event = activity_in(state, province.bloc_union)
    before, windows = event.events.count(), event.windows.count()
    if (state, action) in NEXT:
        STEPS[action](None, event)
        event.refresh_from_db()
        assert event.state == NEXT[state, action]
        newest = event.events.last()
        assert (newest.from_state, newest.to_state) == (state, event.state)
    else:
        with pytest.raises(ValidationError) as refused:
            STEPS[action](None, event)
        assert refused.value.code == "wrong_state"
        event.refresh_from_db()
        assert (event.state, event.events.count(), event.windows.count()) == (state, before, windows)


CAST = ["secretary", "neighbour", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]
MAY = {
    Scope.ISSUER: {"officer"},
    Scope.ALL_UNITS: {"officer"},
    Scope.BLOC: {"officer", "bloc_head"},
    Scope.UNIT: {"officer", "secretary"},
}


def event_of(province, scope, actor=None):
    unit = province.justice if scope == Scope.UNIT else province.bloc_union
    return activity(unit, scope=scope, bloc=province.bloc_1 if scope == Scope.BLOC else None, actor=actor)


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("scope", Scope)
def test_who_may_enter_may_also_run_an_activity(province, request, name, scope):
    person = request.getfixturevalue(name)
    if name in MAY[scope]:
        event = event_of(province, scope, person)
        assert open_actions(person, event) == {Action.START, Action.DONE, Action.POSTPONE, Action.CANCEL}
        assert services.start(actor=person, activity=event).events.last().actor == person
        return
    with pytest.raises(PermissionDenied):
        event_of(province, scope, person)
    event = event_of(province, scope)
    assert open_actions(person, event) == set()
    for step in STEPS.values():
        with pytest.raises(PermissionDenied):
            step(person, event)
    event.refresh_from_db()
    assert (event.state, event.events.count()) == (ActivityState.PLANNED, 1)


def test_postponing_keeps_the_old_windows(province):
    event = activity_in(ActivityState.POSTPONED, province.bloc_union)
    rows = list(event.windows.values_list("starts_on", "precision", "superseded"))
    assert rows == [(date(2024, 3, 1), "month", True), (date(2024, 11, 1), "month", False)]
    assert event.events.last().reason == "Chờ sân"


def test_done_keeps_its_day(province):
    assert activity_in(ActivityState.DONE, province.bloc_union).done_on == date(2024, 3, 14)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (lambda e: services.mark_done(actor=None, activity=e, done_on=date(2024, 10, 6)), "done_on"),
        (lambda e: services.postpone(actor=None, activity=e, windows=NOVEMBER, reason=" "), "reason"),
        (lambda e: services.postpone(actor=None, activity=e, windows=[], reason="Chờ sân"), "windows"),
        (
            lambda e: services.postpone(
                actor=None, activity=e, windows=[(date(2024, 11, 2), date(2024, 11, 1), "day")], reason="Chờ sân"
            ),
            "windows",
        ),
        (lambda e: services.cancel(actor=None, activity=e, reason=""), "reason"),
    ],
)
def test_a_step_without_what_it_needs_is_refused_and_changes_nothing(province, step, field):
    event = activity(province.bloc_union)
    with pytest.raises(ValidationError) as refused:
        step(event)
    assert set(refused.value.error_dict) == {field}
    event.refresh_from_db()
    assert (event.state, event.windows.filter(superseded=True).count()) == (ActivityState.PLANNED, 0)
