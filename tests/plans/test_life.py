"""A plan's life: the whole matrix of states and actions, who may take a step, what is recorded and told."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.models import Notice
from plans import services
from plans.enums import PlanState
from plans.rules import Action
from tests.making import draft, issue, milestone, target

STEPS = {
    Action.SEND: lambda actor, plan: services.send_to_leader(actor=actor, plan=plan),
    Action.RETURN: lambda actor, plan: services.return_to_draft(actor=actor, plan=plan, reason="Sửa mục II"),
    Action.ISSUE: lambda actor, plan: services.issue_plan(
        actor=actor, plan=plan, number=2, issued_on=date(2024, 1, 2), place="Tam Kỳ"
    ),
    Action.CLOSE: lambda actor, plan: services.close_plan(actor=actor, plan=plan),
}
NEXT = {
    (PlanState.DRAFT, Action.SEND): PlanState.IN_REVIEW,
    (PlanState.IN_REVIEW, Action.RETURN): PlanState.DRAFT,
    (PlanState.IN_REVIEW, Action.ISSUE): PlanState.ISSUED,
    (PlanState.ISSUED, Action.CLOSE): PlanState.CLOSED,
}
WAY = {
    PlanState.DRAFT: [],
    PlanState.IN_REVIEW: [Action.SEND],
    PlanState.ISSUED: [Action.SEND, Action.ISSUE],
    PlanState.CLOSED: [Action.SEND, Action.ISSUE, Action.CLOSE],
}


def plan_in(state, unit):
    plan = draft(unit)
    for action in WAY[state]:
        plan = STEPS[action](None, plan)
    assert plan.state == state
    return plan


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("state", PlanState)
def test_matrix_of_states_and_actions(province, state, action):
    plan = plan_in(state, province.bloc_union)
    before = plan.events.count()
    if (state, action) in NEXT:
        assert STEPS[action](None, plan).state == NEXT[state, action]
        plan.refresh_from_db()
        assert plan.state == NEXT[state, action]
        newest = plan.events.last()
        assert (newest.action, newest.from_state, newest.to_state) == (action, state, plan.state)
    else:
        with pytest.raises(ValidationError) as refused:
            STEPS[action](None, plan)
        assert refused.value.code == "wrong_state"
        plan.refresh_from_db()
        assert (plan.state, plan.events.count()) == (state, before)


MAY = {Action.SEND: {"officer"}, Action.RETURN: {"leader"}, Action.ISSUE: {"leader"}, Action.CLOSE: {"leader"}}
CAST = ["secretary", "officer", "leader", "administrator", "bloc_head", "outsider", "outside_leader", "nobody"]


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize(("state", "action"), NEXT)
def test_only_the_right_role_takes_a_step(province, request, name, state, action):
    person = request.getfixturevalue(name)
    plan = plan_in(state, province.bloc_union)
    if name in MAY[action]:
        assert STEPS[action](person, plan).events.last().actor == person
    else:
        with pytest.raises(PermissionDenied):
            STEPS[action](person, plan)
        plan.refresh_from_db()
        assert plan.state == state


def test_history_says_who_when_why(province, officer, leader):
    plan = draft(province.bloc_union, actor=officer)
    services.send_to_leader(actor=officer, plan=plan)
    services.return_to_draft(actor=leader, plan=plan, reason="Thiếu chỉ tiêu hiến máu")
    rows = list(plan.events.values_list("action", "from_state", "to_state", "actor__username", "reason"))
    assert rows == [
        ("create", "", "draft", "can.bo", ""),
        ("send", "draft", "in_review", "can.bo", ""),
        ("return", "in_review", "draft", "lanh.dao", "Thiếu chỉ tiêu hiến máu"),
    ]


def test_returning_needs_a_reason(province, leader):
    plan = plan_in(PlanState.IN_REVIEW, province.bloc_union)
    with pytest.raises(ValidationError) as refused:
        services.return_to_draft(actor=leader, plan=plan, reason="  ")
    assert set(refused.value.error_dict) == {"reason"}
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_REVIEW


def test_issuing_makes_the_symbol_and_takes_the_unit_s_place(province):
    plan = issue(draft(province.bloc_union), number=2)
    assert (plan.symbol, plan.number, plan.place, plan.issued_on) == ("02-NQ/ĐTN", 2, "Quảng Nam", date(2024, 1, 2))


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"number": 0}, "number"), ({"number": 1}, "number"), ({"issued_on": date(2024, 10, 6)}, "issued_on")],
)
def test_issuing_refuses_a_wrong_number_or_day(province, facts, field):
    issue(draft(province.bloc_union), number=1)
    plan = draft(province.bloc_union)
    services.send_to_leader(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        services.issue_plan(actor=None, plan=plan, **{"number": 2, "issued_on": date(2024, 2, 1), **facts})
    assert set(refused.value.error_dict) == {field}
    plan.refresh_from_db()
    assert (plan.state, plan.number, plan.symbol) == (PlanState.IN_REVIEW, None, "")


def test_the_same_number_is_free_for_another_unit_and_another_year(province):
    issue(draft(province.bloc_union), number=1)
    assert issue(draft(province.kgi), number=1).state == PlanState.ISSUED
    assert issue(draft(province.bloc_union), number=1, issued_on=date(2023, 12, 20)).state == PlanState.ISSUED


def test_issuing_asks_what_other_apps_registered(province):
    """Targets registered a check: a target that no unit would carry cannot be issued."""
    plan = draft(province.kgi)
    target(
        plan,
        "2.2",
        on=milestone(province.kgi),
        carried_by="each_unit",
        carrier_kinds=["grassroots_branch"],
        required_share=100,
        minimum=None,
        maximum=None,
    )
    services.send_to_leader(actor=None, plan=plan)
    with pytest.raises(ValidationError) as refused:
        services.issue_plan(actor=None, plan=plan, number=1, issued_on=date(2024, 1, 2))
    assert refused.value.messages == ["Chỉ tiêu 2.2: không có đơn vị nào bên dưới thực hiện."]
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_REVIEW


def test_whose_turn_it_is_is_told(province, officer, leader, secretary, django_capture_on_commit_callbacks):
    plan = draft(province.bloc_union, "Công tác năm 2024")
    with django_capture_on_commit_callbacks(execute=True):
        services.send_to_leader(actor=officer, plan=plan)
        services.return_to_draft(actor=leader, plan=plan, reason="Sửa")
    told = list(Notice.objects.order_by("pk").values_list("recipient__username", "url"))
    assert told == [("lanh.dao", f"/plans/{plan.pk}/"), ("can.bo", f"/plans/{plan.pk}/")]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"kind": "letter"}, "kind"),
        ({"ends_on": date(2023, 12, 31)}, "ends_on"),
    ],
)
def test_a_draft_with_a_wrong_field_is_refused(province, facts, field):
    with pytest.raises(ValidationError) as refused:
        draft(province.bloc_union, **{"title": "Công tác năm 2024", **facts})
    assert set(refused.value.error_dict) == {field}


def test_a_plan_makes_only_an_issued_plan_of_a_body_above_concrete(province):
    above = draft(province.qna)
    beside = issue(draft(province.kgi))
    for base in (above, beside):
        with pytest.raises(ValidationError) as refused:
            draft(province.bloc_union, based_on=base)
        assert set(refused.value.error_dict) == {"based_on"}
    assert draft(province.bloc_union, based_on=issue(above)).based_on_id == above.pk


@pytest.mark.parametrize("name", ["secretary", "leader", "administrator", "outsider", "nobody"])
def test_only_officers_begin_a_draft(province, request, name):
    with pytest.raises(PermissionDenied):
        draft(province.bloc_union, actor=request.getfixturevalue(name))
