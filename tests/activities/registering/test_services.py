"""A registration's life: who registers, who decides, the whole matrix of states and steps, what is told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.enums import RegistrationState, Scope
from activities.models import Activity, Registration
from activities.registering import services
from activities.registering.rules import Step, open_steps
from activities.services import cancel
from core.models import Notice
from plans.services import close_plan
from plans.versions.amending import amend_plan
from tests.activities.registering.scenes import NOVEMBER, asking, registered
from tests.conftest import person
from tests.making import activity, draft, issue

AGAIN = {"name": "Trồng cây", "window": NOVEMBER, "place": "", "people": None}
STEPS = {
    Step.APPROVE: lambda actor, row: services.approve(actor=actor, registration=row),
    Step.RETURN: lambda actor, row: services.return_registration(actor=actor, registration=row, reason="Trùng ngày"),
    Step.SEND_AGAIN: lambda actor, row: services.send_again(actor=actor, registration=row, **AGAIN),
    Step.WITHDRAW: lambda actor, row: services.withdraw(actor=actor, registration=row),
}
NEXT = {
    (RegistrationState.REGISTERED, Step.APPROVE): RegistrationState.APPROVED,
    (RegistrationState.REGISTERED, Step.RETURN): RegistrationState.RETURNED,
    (RegistrationState.REGISTERED, Step.WITHDRAW): RegistrationState.WITHDRAWN,
    (RegistrationState.RETURNED, Step.SEND_AGAIN): RegistrationState.REGISTERED,
    (RegistrationState.RETURNED, Step.WITHDRAW): RegistrationState.WITHDRAWN,
}
WAY = {
    RegistrationState.REGISTERED: [],
    RegistrationState.APPROVED: [Step.APPROVE],
    RegistrationState.RETURNED: [Step.RETURN],
    RegistrationState.WITHDRAWN: [Step.WITHDRAW],
}


def registered_in(state, item, unit, bloc=None) -> Registration:
    row = registered(item, unit, bloc)
    for step in WAY[state]:
        row = STEPS[step](None, row)
    assert row.state == state
    return row


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", RegistrationState)
def test_matrix_of_states_and_steps(province, state, step):
    row = registered_in(state, asking(province.bloc_union), province.justice)
    before = row.events.count()
    if (state, step) in NEXT:
        STEPS[step](None, row)
        row.refresh_from_db()
        newest = row.events.last()
        assert (newest.from_state, newest.to_state) == (state, row.state) == (state, NEXT[state, step])
    else:
        with pytest.raises(ValidationError) as refused:
            STEPS[step](None, row)
        assert refused.value.code == "wrong_state"
        row.refresh_from_db()
        assert (row.state, row.events.count()) == (state, before)
    assert Activity.objects.filter(registration=row).exists() == (row.state == RegistrationState.APPROVED)


CAST = [
    *("secretary", "neighbour", "hospital_secretary", "officer", "leader", "administrator"),
    *("bloc_head", "top_officer", "outsider", "nobody"),
]
DECIDERS = {"officer", "top_officer"}
MAY = {
    Step.APPROVE: DECIDERS,
    Step.RETURN: DECIDERS,
    Step.SEND_AGAIN: DECIDERS | {"secretary"},
    Step.WITHDRAW: DECIDERS | {"secretary"},
}
MAY_FOR_BLOC = {step: names - {"secretary"} | ({"bloc_head"} - DECIDERS) for step, names in MAY.items()}
MAY_FOR_BLOC |= dict.fromkeys((Step.APPROVE, Step.RETURN), DECIDERS)


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("of_bloc", [False, True])
def test_who_may_take_a_step(province, request, name, step, of_bloc):
    actor = request.getfixturevalue(name)
    state = RegistrationState.RETURNED if step == Step.SEND_AGAIN else RegistrationState.REGISTERED
    item = asking(province.bloc_union)
    who = (province.bloc_union, province.bloc_1) if of_bloc else (province.justice,)
    row = registered_in(state, item, *who)
    may = name in (MAY_FOR_BLOC if of_bloc else MAY)[step]
    assert (step in open_steps(actor, row)) == may
    if may:
        STEPS[step](actor, row)
    else:
        with pytest.raises(PermissionDenied):
            STEPS[step](actor, row)
    row.refresh_from_db()
    assert row.state == (NEXT[state, step] if may else state)


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("of_bloc", [False, True])
def test_who_registers(province, request, name, of_bloc):
    actor, item = request.getfixturevalue(name), asking(province.bloc_union)
    who = (province.bloc_union, province.bloc_1) if of_bloc else (province.justice,)
    if name in DECIDERS | ({"bloc_head"} if of_bloc else {"secretary"}):
        assert registered(item, *who, actor=actor).made_by == actor
    else:
        with pytest.raises(PermissionDenied):
            registered(item, *who, actor=actor)
        assert Registration.objects.count() == 0


def test_approving_makes_an_ordinary_activity_under_the_one_above(province, officer):
    item = asking(province.bloc_union)
    row = services.approve(actor=officer, registration=registered(item, province.justice, name="  Trồng   cây "))
    made = row.activity
    assert (made.name, made.unit, made.scope, made.bloc) == ("Trồng cây", province.justice, Scope.UNIT, None)
    assert (made.plan, made.based_on, made.place, made.state) == (None, item, "Cơ quan", "planned")
    assert list(made.windows.values_list("starts_on", "ends_on", "precision")) == [NOVEMBER]
    assert [event.actor for event in made.events.all()] == [officer]


def test_a_blocs_registration_becomes_the_blocs(province):
    row = services.approve(
        actor=None, registration=registered(asking(province.bloc_union), province.bloc_union, province.bloc_2)
    )
    assert (row.activity.scope, row.activity.bloc, row.activity.unit) == ("bloc", province.bloc_2, province.bloc_union)


def test_the_same_is_registered_once_until_it_is_withdrawn(province):
    item = asking(province.bloc_union)
    first = registered(item, province.justice)
    with pytest.raises(ValidationError) as refused:
        registered(item, province.justice, name="dọn  vệ sinh CƠ QUAN")
    assert set(refused.value.error_dict) == {"name"}
    registered(item, province.finance)
    registered(item, province.bloc_union, province.bloc_1)
    registered(item, province.bloc_union, province.bloc_2)
    registered(item, province.justice, name="Trồng cây")
    services.withdraw(actor=None, registration=first)
    registered(item, province.justice)
    assert Registration.objects.exclude(state="withdrawn").count() == 5


def test_what_asks_nobody_takes_no_registration(province):
    union, justice = province.bloc_union, province.justice
    own = asking(union, "Của Đoàn Khối", scope="issuer", number=1)
    in_draft = activity(union, scope="all_units", plan=draft(union))
    nowhere = activity(union, scope="all_units")
    over = asking(union, "Đã hủy", number=2)
    cancel(actor=None, activity=over, reason="Gộp")
    closed = asking(union, "Đã đóng", number=3)
    close_plan(actor=None, plan=closed.plan)
    for item in (own, in_draft, nowhere, over, closed):
        with pytest.raises(ValidationError) as refused:
            registered(item, justice)
        assert (item.name, refused.value.code) == (item.name, "not_open")
    blocs = asking(union, "Khối 1 làm", scope="bloc", bloc=province.bloc_1, number=4)
    registered(blocs, justice)
    registered(blocs, union, province.bloc_1)
    strangers = [(province.finance, None), (union, province.bloc_2), (province.kgi, None), (union, None)]
    for unit, bloc in strangers:
        with pytest.raises(ValidationError) as refused:
            registered(blocs, unit, bloc)
        assert refused.value.code == "not_asked"
    assert Registration.objects.count() == 2


def test_a_time_outside_the_plan_and_one_that_is_none_are_refused_at_the_time(province):
    item = asking(province.bloc_union)
    first, last, _month = NOVEMBER
    for window in [(first.replace(year=2025), last.replace(year=2025), "month"), (last, first, "day")]:
        with pytest.raises(ValidationError) as refused:
            registered(item, province.justice, window=window)
        assert set(refused.value.error_dict) == {"windows"}


def test_nobody_decides_on_what_he_has_not_seen(province, officer):
    row = registered(asking(province.bloc_union), province.justice)
    services.return_registration(actor=officer, registration=row, reason="Trùng ngày", seen=1)
    services.send_again(actor=None, registration=row, **AGAIN)
    for decide in (
        lambda: services.approve(actor=officer, registration=row, seen=1),
        lambda: services.return_registration(actor=officer, registration=row, reason="x", seen=1),
    ):
        with pytest.raises(ValidationError) as refused:
            decide()
        assert refused.value.code == "sent_anew"
    assert services.approve(actor=officer, registration=row, seen=2).activity.name == "Trồng cây"


def test_a_reason_is_needed(province):
    row = registered(asking(province.bloc_union), province.justice)
    for reason in ("  ", "x" * 1001):
        with pytest.raises(ValidationError) as refused:
            services.return_registration(actor=None, registration=row, reason=reason)
        assert set(refused.value.error_dict) == {"reason"}


def told(*people):
    rows = Notice.objects.filter(recipient__in=people, kind__startswith="activities.").order_by("pk")
    return [(notice.recipient.username, notice.text) for notice in rows]


def test_both_sides_are_told(province, secretary, officer, neighbour, django_capture_on_commit_callbacks):
    item = asking(province.bloc_union)
    with django_capture_on_commit_callbacks(execute=True):
        row = registered(item, province.justice, actor=secretary)
        services.return_registration(actor=officer, registration=row, reason="Trùng ngày")
        services.send_again(actor=secretary, registration=row, **AGAIN)
        services.approve(actor=officer, registration=row)
    assert told(secretary, officer, neighbour) == [
        ("can.bo", "Chi đoàn Sở Tư pháp đăng ký “Dọn vệ sinh cơ quan” theo hoạt động “Ngày Chủ nhật xanh”."),
        ("thu.tuphap", "“Dọn vệ sinh cơ quan” của Chi đoàn Sở Tư pháp bị trả lại: Trùng ngày"),
        ("can.bo", "Chi đoàn Sở Tư pháp đăng ký “Trồng cây” theo hoạt động “Ngày Chủ nhật xanh”."),
        ("thu.tuphap", "“Trồng cây” của Chi đoàn Sở Tư pháp đã được duyệt và có trong lịch hoạt động."),
    ]
    notices = Notice.objects.filter(kind__startswith="activities.")
    assert set(notices.values_list("url", flat=True)) == {f"/activities/registrations/{row.pk}/"}


def test_the_heads_of_a_bloc_are_told(province, bloc_head, officer, django_capture_on_commit_callbacks):
    other = person("khoi.hai", "Trưởng khối số 2", province.bloc_union, "bloc_head", province.bloc_2)
    with django_capture_on_commit_callbacks(execute=True):
        row = registered(asking(province.bloc_union), province.bloc_union, province.bloc_1)
        services.approve(actor=officer, registration=row)
        late = registered(row.item, province.bloc_union, province.bloc_1, name="Trồng cây")
        services.withdraw(actor=bloc_head, registration=late)
    assert [name for name, _text in told(bloc_head, other)] == ["khoi.truong"]
    assert told(officer)[-1][1] == "Khối thi đua số 1 đã rút đăng ký “Trồng cây”."


def test_registrations_go_over_to_the_amended_plan(province, officer):
    item = asking(province.bloc_union)
    waiting = registered(item, province.justice)
    approved = services.approve(actor=None, registration=registered(item, province.finance))
    issue(amend_plan(actor=None, plan=item.plan), number=9)
    newest = item.later_versions.get()
    for row in (waiting, approved):
        row.refresh_from_db()
        assert row.item == newest
    approved.activity.refresh_from_db()
    assert (approved.activity.based_on, approved.activity.plan) == (newest, None)
    assert services.approve(actor=officer, registration=waiting).activity.based_on == newest


def test_what_the_amendment_leaves_out_is_not_approved_but_may_be_returned(province):
    item = asking(province.bloc_union)
    row, other = registered(item, province.justice), registered(item, province.finance)
    amendment = amend_plan(actor=None, plan=item.plan)
    amendment.activities.all().delete()
    issue(amendment, number=9)
    with pytest.raises(ValidationError) as refused:
        services.approve(actor=None, registration=row)
    assert refused.value.code == "not_open"
    assert services.return_registration(actor=None, registration=row, reason="Thôi").state == "returned"
    assert services.withdraw(actor=None, registration=other).state == "withdrawn"
