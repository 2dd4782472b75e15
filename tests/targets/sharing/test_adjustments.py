"""Another figure proposed by a unit: role × step, settling three ways, notices, history, one open at a time."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import RoleName
from core.models import Notice
from plans.services import close_plan
from plans.versions.amending import amend_plan
from targets.models import Adjustment, Allocation
from targets.selectors import allocation_in_force
from targets.services import accept_adjustment, decline_adjustment, propose_adjustment, withdraw_adjustment
from tests.conftest import person
from tests.making import draft, issue, target
from tests.targets.sharing.scenes import JULY, TODAY, D, give, issued_targets

WHY = "Chi đoàn chỉ còn 20 đoàn viên."


@pytest.fixture
def goals(province):
    made = issued_targets(province)
    give(made["blood"], province.justice, 40)
    return made


@pytest.fixture
def blood(goals):
    return goals["blood"]


@pytest.fixture
def own_leader(province):
    return person("bi.thu.tp", "Bí thư Sở Tư pháp", province.justice, RoleName.LEADER)


def wish(blood, unit, low=30, high=None, actor=None, reason=WHY):
    most = None if high is None else D(high)
    return propose_adjustment(actor=actor, target=blood, unit=unit, minimum=D(low), maximum=most, reason=reason)


def accept(adjustment, low=30, high=None, actor=None, on=TODAY, answer=""):
    most = None if high is None else D(high)
    return accept_adjustment(
        actor=actor, adjustment=adjustment, minimum=D(low), maximum=most, effective_on=on, answer=answer
    )


def address(blood, unit):
    return f"/allocations/{blood.plan_id}/shares/{blood.pk}/{unit.code}/"


def told() -> set[tuple[str, str]]:
    return {(notice.recipient.username, notice.kind) for notice in Notice.objects.select_related("recipient")}


# --- the steps -------------------------------------------------------------------------------------------------------


def test_proposing_changes_no_share_and_tells_the_officers(
    django_capture_on_commit_callbacks, province, blood, secretary, officer, leader, neighbour
):
    with django_capture_on_commit_callbacks(execute=True):
        made = wish(blood, province.justice, 30, 35, actor=secretary)
    assert (made.state, made.asked_of, made.made_by, made.minimum, made.maximum) == (
        *("open", province.bloc_union, secretary),
        *(30, 35),
    )
    assert allocation_in_force(blood, province.justice, TODAY).minimum == 40
    assert told() == {("can.bo", "targets.adjustment_asked")}
    (notice,) = Notice.objects.all()
    expected = f"Chi đoàn Sở Tư pháp đề nghị điều chỉnh “1.1 Chỉ tiêu 1.1” thành 30–35 đơn vị máu: {WHY}"
    assert (notice.text, notice.url) == (expected, address(blood, province.justice))


def test_accepting_hands_the_figure_down_from_a_day_on(
    django_capture_on_commit_callbacks, province, blood, secretary, officer, own_leader
):
    made = wish(blood, province.justice, 30, actor=secretary)
    with django_capture_on_commit_callbacks(execute=True):
        settled = accept(made, 30, actor=officer)
    assert (settled.state, settled.settled_by) == ("accepted", officer)
    share = allocation_in_force(blood, province.justice, TODAY)
    assert (share, share.minimum, share.effective_on, share.actor) == (settled.allocation, 30, TODAY, officer)
    assert allocation_in_force(blood, province.justice, date(2024, 10, 4)).minimum == 40
    assert told() == {("thu.tuphap", "targets.adjustment_settled"), ("bi.thu.tp", "targets.adjustment_settled")}


def test_a_third_figure_takes_a_reason(province, blood, secretary, officer):
    made = wish(blood, province.justice, 30, actor=secretary)
    with pytest.raises(ValidationError) as refused:
        accept(made, 35, actor=officer)
    assert set(refused.value.message_dict) == {"answer"}
    assert Allocation.objects.count() == 1
    settled = accept(made, 35, actor=officer, answer="Chia đôi phần chênh lệch.")
    assert (settled.state, settled.allocation.minimum, settled.answer) == ("changed", 35, "Chia đôi phần chênh lệch.")


def test_declining_takes_a_reason_and_leaves_the_share(
    django_capture_on_commit_callbacks, province, blood, secretary, officer
):
    made = wish(blood, province.justice, 30, actor=secretary)
    with pytest.raises(ValidationError):
        decline_adjustment(actor=officer, adjustment=made, answer=" ")
    with django_capture_on_commit_callbacks(execute=True):
        settled = decline_adjustment(actor=officer, adjustment=made, answer="Chỉ tiêu chung không đổi.")
    assert (settled.state, settled.allocation) == ("declined", None)
    assert Allocation.objects.count() == 1
    assert "không được chấp nhận: Chỉ tiêu chung không đổi." in Notice.objects.get().text


def test_one_is_open_at_a_time_and_all_stay(province, blood, secretary, own_leader, officer):
    first = wish(blood, province.justice, 30, actor=secretary)
    with pytest.raises(ValidationError) as refused:
        wish(blood, province.justice, 20, actor=own_leader)
    assert refused.value.code == "open"
    withdraw_adjustment(actor=own_leader, adjustment=first)
    second = wish(blood, province.justice, 20, actor=own_leader)
    decline_adjustment(actor=officer, adjustment=second, answer="Không.")
    for again in (
        lambda: accept(second, 20),
        lambda: decline_adjustment(actor=None, adjustment=first, answer="x"),
        lambda: withdraw_adjustment(actor=None, adjustment=second),
    ):
        with pytest.raises(ValidationError) as refused:
            again()
        assert refused.value.code == "settled"
    assert [one.state for one in Adjustment.objects.order_by("pk")] == ["withdrawn", "declined"]
    assert Allocation.objects.count() == 1


def test_the_database_itself_keeps_one_open(province, blood):
    facts = {"target": blood, "unit": province.justice, "asked_of": province.bloc_union, "minimum": 1, "reason": "x"}
    Adjustment.objects.create(**facts, made_at="2024-10-05T08:00+07:00")
    for state, more in (("open", {}), ("declined", {}), ("accepted", {"settled_at": "2024-10-05T08:00+07:00"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.create(**facts, made_at="2024-10-05T08:00+07:00", state=state, **more)


def test_what_cannot_be_proposed(province, goals, blood, secretary):
    for low, high, reason, field in (
        (40, None, WHY, "minimum"),
        (-1, None, WHY, "minimum"),
        (9, 8, WHY, "maximum"),
        (30, None, "  ", "reason"),
        (30, None, "x" * 1001, "reason"),
    ):
        with pytest.raises(ValidationError) as refused:
            wish(blood, province.justice, low, high, actor=secretary, reason=reason)
        assert set(refused.value.message_dict) == {field}
    with pytest.raises(ValidationError):
        wish(goals["trees"], province.justice, actor=secretary)  # nothing was handed down of it
    close_plan(actor=None, plan=blood.plan)
    with pytest.raises(ValidationError):
        wish(blood, province.justice, actor=secretary)
    assert Adjustment.objects.count() == 0


def test_further_down_the_one_who_handed_down_settles(province, blood, officer):
    give(blood, province.hospital, 10)
    give(blood, province.hospital_surgery, 6, by=province.hospital)
    body = person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER)
    made = wish(blood, province.hospital_surgery, 5)
    assert made.asked_of == province.hospital
    share = accept(made, 5, actor=body).allocation
    assert (share.handed_by, share.unit) == (province.hospital, province.hospital_surgery)
    upwards = wish(blood, province.hospital, 8, actor=body)
    with pytest.raises(PermissionDenied):
        accept(upwards, 8, actor=body)
    assert accept(upwards, 8, actor=officer).state == "accepted"


def test_what_waits_goes_over_to_the_next_version(province, blood, secretary, officer):
    settled = decline_adjustment(actor=None, adjustment=wish(blood, province.justice, 20), answer="Không.")
    waiting = wish(blood, province.justice, 30, actor=secretary)
    amendment = amend_plan(actor=None, plan=blood.plan)
    issue(amendment, 2, JULY)
    waiting.refresh_from_db()
    settled.refresh_from_db()
    assert (waiting.target.plan, settled.target.plan) == (amendment, blood.plan)
    assert accept(waiting, 30, actor=officer).allocation.target.plan == amendment


# --- who may ---------------------------------------------------------------------------------------------------------

CAST = ["secretary", "own_leader", "neighbour", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]
PROPOSES = {"secretary": 302, "own_leader": 302, "officer": 403, "leader": 403}
SETTLES = {"secretary": 403, "own_leader": 403, "officer": 302, "leader": 403}


@pytest.mark.parametrize("who", CAST)
def test_role_and_step(client, province, blood, request, who):
    client.force_login(request.getfixturevalue(who))
    url, plan = address(blood, province.justice), f"/allocations/{blood.plan_id}/adjustments/"
    answer = client.post(f"{url}propose/", {"figure": "30", "reason": WHY})
    assert answer.status_code == PROPOSES.get(who, 404)
    made = Adjustment.objects.first() or wish(blood, province.justice)
    day = {"figure": "30", "effective_on": "5/10/2024"}
    for step, form, statuses in (
        ("decline", {"no-answer": "Không."}, SETTLES),
        ("accept", day, SETTLES),
        ("withdraw", {}, PROPOSES),
    ):
        Adjustment.objects.filter(pk=made.pk).update(state="open", settled_at=None, allocation=None)
        assert client.post(f"{plan}{made.pk}/{step}/", form).status_code == statuses.get(who, 404), step
    seen = client.get(plan)
    visible = {"secretary", "own_leader", "officer", "leader"}
    assert seen.status_code == (200 if who in {*visible, "neighbour"} else 404)
    if seen.status_code == 200:
        assert (WHY in seen.content.decode()) == (who in visible)


def test_an_adjustment_of_another_plan_is_not_reached(client, province, blood, secretary):
    made = wish(blood, province.justice, actor=secretary)
    other = issued_other(province)
    client.force_login(secretary)
    assert client.post(f"/allocations/{other.pk}/adjustments/{made.pk}/withdraw/").status_code == 404
    assert client.post(f"/allocations/{blood.plan_id}/adjustments/{made.pk + 1}/withdraw/").status_code == 404


def issued_other(province):
    plan = draft(province.bloc_union, "Kế hoạch khác")
    target(plan)
    return issue(plan, 5)


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_officer_sees_it_beside_the_cell_and_on_the_list(client, province, blood, secretary, officer):
    wish(blood, province.justice, 30, 35, actor=secretary)
    client.force_login(officer)
    page = f"/allocations/{blood.plan_id}/"
    for url in (page, f"{page}?target={blood.pk}"):
        assert "đề nghị 30–35" in client.get(url).content.decode()
    listed = client.get(f"{page}adjustments/").content.decode()
    assert "30–35 đơn vị máu" in listed
    share = client.get(address(blood, province.justice)).content.decode()
    assert 'value="30–35"' in share
    assert 'value="5/10/2024"' in share
    assert WHY in share


def test_what_is_refused_comes_back_filled(client, province, blood, secretary, officer):
    client.force_login(secretary)
    url = address(blood, province.justice)
    for form, sentence in (
        ({"figure": "ba mươi", "reason": WHY}, "Hãy viết một con số, ví dụ 1.500 hoặc 12,5."),
        ({"figure": "40", "reason": WHY}, "Đây chính là mức đang được giao."),
    ):
        answer = client.post(f"{url}propose/", form)
        html = answer.content.decode()
        assert (answer.status_code, sentence in html, f'value="{form["figure"]}"' in html) == (422, True, True)
    made = wish(blood, province.justice, 30, actor=secretary)
    client.force_login(officer)
    step = f"/allocations/{blood.plan_id}/adjustments/{made.pk}"
    answer = client.post(f"{step}/accept/", {"figure": "30", "effective_on": "1/1/2024"})
    assert (answer.status_code, "Đã có mức giao áp dụng từ ngày này" in answer.content.decode()) == (422, True)
    answer = client.post(f"{step}/accept/", {"figure": "33", "effective_on": "5/10/2024"})
    assert (answer.status_code, "Cho biết lý do." in answer.content.decode()) == (422, True)
    assert Allocation.objects.count() == 1


def test_the_page_keeps_how_each_was_settled(client, province, blood, secretary, officer):
    accept(wish(blood, province.justice, 30, actor=secretary), 35, actor=officer, answer="Chia đôi.")
    client.force_login(secretary)
    html = client.get(address(blood, province.justice)).content.decode()
    for words in ("Đã giao mức khác", "từ 35 đơn vị máu", "Chia đôi.", WHY, "Cán bộ Đoàn Khối"):
        assert words in html
