"""Who does an activity and with what: in forms, on the page of what stands, in its history, in Excel, in versions."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import RoleName
from accounts.models import Role
from activities.arranging.services import arrange_activity
from activities.history import lines_of
from activities.models import Activity
from activities.resources import ActivityResource, activities_to_export
from activities.selectors import activities_visible_to, concerning
from activities.services import cancel, mark_done, plan_activity, postpone, revise_activity, start
from core.workbooks import preview, write_workbook
from plans.versions.amending import amend_plan
from plans.versions.differences import differences
from tests.conftest import person
from tests.making import activity, count_queries, draft, issue

from .test_drafting import bring_in, errors

CAST = ["secretary", "neighbour", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]
NOVEMBER = [(date(2024, 11, 1), date(2024, 11, 30), "month")]


@pytest.fixture
def colleague(province):
    return person("dong.nghiep", "Trần Thị Bình", province.bloc_union, RoleName.OFFICER)


def helping(event) -> set[str]:
    return {unit.code for unit in event.coordinating.all()}


def told(event) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """What each line of the history says: what, why, what changed from what to what."""
    return [
        (line.what, line.reason, [(str(one.label), one.before, one.after) for one in line.changes])
        for line in lines_of(event.events.all())
    ]


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*CAST, "stranger"])
def test_in_charge_is_who_holds_a_role_at_the_very_unit(province, request, name):
    who = person("la", "Người lạ") if name == "stranger" else request.getfixturevalue(name)
    facts = {"unit": province.bloc_union, "name": "Hội trại", "scope": "issuer", "owner": who}
    if name in {"officer", "leader", "administrator"}:
        assert plan_activity(**facts).owner == who
        return
    with pytest.raises(ValidationError) as refused:
        plan_activity(**facts)
    assert set(refused.value.error_dict) == {"owner"}


def test_a_bloc_s_activity_may_be_in_the_charge_of_its_head(province, bloc_head):
    facts = {"unit": province.bloc_union, "name": "Hội thao", "scope": "bloc", "owner": bloc_head}
    assert plan_activity(bloc=province.bloc_1, **facts).owner == bloc_head
    with pytest.raises(ValidationError):
        plan_activity(bloc=province.bloc_2, **facts)


def test_who_left_stays_named_until_another_is(province, officer, colleague):
    event = activity(province.bloc_union, owner=colleague)
    Role.objects.filter(user=colleague).update(ended_at="2024-09-01T00:00:00Z")
    assert arrange_activity(actor=officer, activity=event, place="Sân vận động").owner == colleague
    other = activity(province.bloc_union, "Khác")
    with pytest.raises(ValidationError):
        arrange_activity(actor=officer, activity=other, owner=colleague)


def test_helping_units_exist_for_the_person_and_are_not_the_unit_itself(province, officer):
    event = activity(province.bloc_union)
    for unit in (province.kgi, province.qna, province.bloc_union):
        with pytest.raises(ValidationError) as refused:
            arrange_activity(actor=officer, activity=event, coordinating=[province.justice, unit])
        assert set(refused.value.error_dict) == {"coordinating"}
    assert helping(event) == set()
    arrange_activity(actor=None, activity=event, coordinating=[province.kgi])
    arrange_activity(actor=officer, activity=event, coordinating=[province.kgi, province.justice])
    assert helping(event) == {"KGI", "QNA-KCQ-003"}


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal("0.5"), Decimal(10) ** 12 + 1])
def test_a_budget_is_a_sum_of_whole_dong(province, amount):
    event = activity(province.bloc_union)
    for write in (
        lambda: activity(province.bloc_union, "Khác", budget_amount=amount),
        lambda: arrange_activity(actor=None, activity=event, budget_amount=amount),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert set(refused.value.error_dict) == {"budget_amount"}
    assert arrange_activity(actor=None, activity=event, budget_amount=Decimal(0)).budget_amount == 0


# --- who sees it ------------------------------------------------------------------------------------------------------


def test_a_helping_unit_sees_the_activity_and_nobody_else_does(client, province, secretary, neighbour, outsider):
    event = activity(province.finance, "Của Tài chính", scope="unit", coordinating=[province.justice])
    hidden = activity(province.finance, "Riêng", scope="unit")
    unborn = activity(
        province.bloc_union, "Nháp", plan=draft(province.bloc_union), scope="unit", coordinating=[province.justice]
    )
    for who, seen in ((secretary, {event}), (neighbour, {event, hidden}), (outsider, set())):
        assert set(activities_visible_to(who)) == seen
        client.force_login(who)
        for one in (event, hidden, unborn):
            assert client.get(f"/activities/{one.pk}/").status_code == (200 if one in seen else 404)
    assert set(concerning(Activity.objects.all(), province.justice)) == {event, unborn}
    client.force_login(secretary)
    assert client.post(f"/activities/{event.pk}/arrange/", {"place": "x"}).status_code == 403


def test_the_calendar_of_a_helping_unit_shows_it(client, province, secretary):
    event = activity(province.finance, "Của Tài chính", scope="unit", coordinating=[province.justice])
    client.force_login(secretary)
    for view in ("board", "list", "timeline"):
        assert f"/activities/{event.pk}/" in client.get(f"/activities/{view}/?year=2024").content.decode()


# --- what stands is changed on its page, and its history says so ------------------------------------------------------


@pytest.mark.parametrize("name", CAST)
def test_role_and_arranging_an_issued_plan_s_activity(client, province, request, name):
    plan = draft(province.bloc_union)
    event = activity(province.bloc_union, plan=plan, scope="all_units")
    issue(plan)
    client.force_login(request.getfixturevalue(name))
    expected = 302 if name == "officer" else 404 if name in {"outsider", "nobody"} else 403
    assert client.post(f"/activities/{event.pk}/arrange/", {"place": "Hội trường B"}).status_code == expected
    event.refresh_from_db()
    assert event.place == ("Hội trường B" if name == "officer" else "")
    if expected != 404:
        shown = f'href="/activities/{event.pk}/arrange/"' in client.get(f"/activities/{event.pk}/").content.decode()
        assert shown == (name == "officer")


def test_what_changed_stands_in_the_history(client, province, officer, colleague):
    plan = draft(province.bloc_union)
    event = activity(province.bloc_union, plan=plan, place="Hội trường A", owner=officer)
    issue(plan)
    client.force_login(officer)
    typed = {"owner": colleague.pk, "place": " Sân  vận động", "budget": "Quỹ Đoàn", "budget_amount": "12.500.000"}
    sent = {**typed, "coordinating": [province.justice.pk, province.finance.pk]}
    assert client.post(f"/activities/{event.pk}/arrange/", sent).status_code == 302
    assert told(event)[-1] == (
        "Điều chỉnh việc tổ chức",
        "",
        [
            ("Người phụ trách", "Cán bộ Đoàn Khối", "Trần Thị Bình"),
            ("Địa điểm", "Hội trường A", "Sân vận động"),
            ("Đơn vị phối hợp", "", "Chi đoàn Sở Tư pháp; Chi đoàn Sở Tài chính"),
            ("Dự trù kinh phí", "", "Quỹ Đoàn"),
            ("Số tiền dự trù", "", "12.500.000 đồng"),
        ],
    )
    assert event.events.last().actor == officer
    page = client.get(f"/activities/{event.pk}/").content.decode()
    for words in ("Hội trường A → Sân vận động", "12.500.000 đồng", "Trần Thị Bình", "Đơn vị phối hợp"):
        assert words in page
    assert client.post(f"/activities/{event.pk}/arrange/", sent).status_code == 302
    assert event.events.count() == 2  # nothing changed: nothing to tell


def test_the_steps_of_a_life_say_what_was_before_and_after(province):
    event = activity(province.bloc_union)
    start(actor=None, activity=event)
    postpone(actor=None, activity=event, windows=NOVEMBER, reason="Chờ sân")
    mark_done(actor=None, activity=event, done_on=date(2024, 10, 2))
    off = activity(province.bloc_union, "Hội thi")
    cancel(actor=None, activity=off, reason="Gộp vào hè")
    assert told(event) == [
        ("Đưa vào lịch hoạt động", "", []),
        ("Kế hoạch → Đang diễn ra", "", []),
        ("Đang diễn ra → Lùi lịch", "Chờ sân", [("Thời gian", "Tháng 3/2024", "Tháng 11/2024")]),
        ("Lùi lịch → Đã xong", "", [("Ngày hoàn thành", "", "2/10/2024")]),
    ]
    assert told(off)[-1] == ("Kế hoạch → Đã hủy", "Gộp vào hè", [])


def test_a_draft_is_revised_and_what_was_called_off_is_left(province, officer):
    drafted = activity(province.bloc_union, plan=draft(province.bloc_union))
    off = activity(province.bloc_union)
    cancel(actor=None, activity=off, reason="Gộp")
    for event in (drafted, off):
        with pytest.raises(ValidationError):
            arrange_activity(actor=officer, activity=event, place="Khác")
    with pytest.raises(PermissionDenied):
        arrange_activity(actor=person("la", "Người lạ"), activity=drafted, place="Khác")


def test_a_wrong_sum_comes_back_with_what_was_typed(client, province, officer):
    event = activity(province.bloc_union)
    client.force_login(officer)
    for typed in ("mười triệu", "12,5"):
        answer = client.post(f"/activities/{event.pk}/arrange/", {"budget_amount": typed})
        assert (answer.status_code, f'value="{typed}"' in answer.content.decode()) == (422, True)


# --- forms of drafts --------------------------------------------------------------------------------------------------


def test_the_forms_have_them(client, province, officer, colleague):
    client.force_login(officer)
    sent = {
        "unit": province.bloc_union.pk,
        "name": "Hội trại",
        "scope": "issuer",
        "repeats": 1,
        "owner": colleague.pk,
        "coordinating": [province.justice.pk],
        "budget": "Xã hội hóa",
        "budget_amount": "5.000.000",
    }
    plan = draft(province.bloc_union)
    assert client.post(f"/activities/new/?plan={plan.pk}", sent).status_code == 302
    event = Activity.objects.get()
    assert (event.owner, helping(event)) == (colleague, {"QNA-KCQ-003"})
    assert (event.budget, event.budget_amount) == ("Xã hội hóa", 5_000_000)
    form = client.get(f"/activities/{event.pk}/revise/").context["form"]
    assert {unit.code for unit in form.fields["coordinating"].queryset} == {f"QNA-KCQ-00{n}" for n in range(1, 5)}
    assert set(form.fields["owner"].queryset) == {officer, colleague}
    typed = {"name": "Hội trại", "scope": "issuer", "repeats": 1, "budget_amount": form["budget_amount"].value()}
    assert client.post(f"/activities/{event.pk}/revise/", typed).status_code == 302
    event.refresh_from_db()
    assert (event.owner, helping(event), event.budget, event.budget_amount) == (None, set(), "", 5_000_000)


def test_only_what_is_named_of_a_draft_changes(province, colleague):
    facts = {"owner": colleague, "coordinating": [province.justice], "budget": "Quỹ"}
    event = activity(province.bloc_union, plan=draft(province.bloc_union), **facts)
    revise_activity(actor=None, activity=event, name="Khác")
    event.refresh_from_db()
    assert (event.owner, helping(event), event.budget) == (colleague, {"QNA-KCQ-003"}, "Quỹ")


# --- Excel ------------------------------------------------------------------------------------------------------------


def test_a_draft_s_workbook_has_them_out_and_in(province, officer, colleague):
    plan = draft(province.bloc_union)
    facts = {"owner": colleague, "coordinating": [province.justice, province.finance]}
    event = activity(province.bloc_union, plan=plan, budget="Quỹ", budget_amount=Decimal(500000), **facts)
    content = io.BytesIO(write_workbook(ActivityResource(plan), activities_to_export(plan), title="Hoạt động"))
    assert [str(row.state) for row in preview(ActivityResource(plan), content, user=officer).rows] == ["unchanged"]
    row = {"key": event.pk, "owner": "can bo doan khoi", "coordinating": "qna-kcq-001, QNA-KCQ-004"}
    new = {"name": "Mới", "scope": "Cấp ban hành", "owner": "dong.nghiep", "budget_amount": "1.200.000"}
    bring_in(officer, plan, {**row, "budget": "Xã hội hóa"}, new)
    event.refresh_from_db()
    assert (event.owner, helping(event), event.budget) == (officer, {"QNA-KCQ-001", "QNA-KCQ-004"}, "Xã hội hóa")
    made = Activity.objects.get(name="Mới")
    assert (made.owner, helping(made), made.budget_amount) == (colleague, set(), 1_200_000)


def test_an_older_workbook_still_comes_in(province, officer, colleague):
    plan = draft(province.bloc_union)
    event = activity(province.bloc_union, plan=plan, owner=colleague, coordinating=[province.justice], budget="Quỹ")
    bring_in(officer, plan, {"key": event.pk, "place": "Sân vận động"})
    event.refresh_from_db()
    assert (event.place, event.owner, helping(event)) == ("Sân vận động", colleague, {"QNA-KCQ-003"})


def test_wrong_cells_are_named(province, officer):
    plan = draft(province.bloc_union)
    for name in ("hai", "ba"):
        person(name, "Lê Văn Hai", province.bloc_union, RoleName.OFFICER)
    new = {"name": "Mới", "scope": "Cấp ban hành"}
    rows = [{"owner": "Không Ai"}, {"owner": "Lê Văn Hai"}, {"coordinating": "KGI"}, {"coordinating": "X-1"}]
    found = errors(officer, plan, *({**new, **row} for row in [*rows, {"budget_amount": "12,5"}]))
    units = "Mã các đơn vị phối hợp"
    assert found == [
        (2, "Người phụ trách", "Không có ai mang tên này được giao vai trò tại đơn vị."),
        (3, "Người phụ trách", "Có hai người trùng tên. Hãy ghi tên đăng nhập."),
        (4, units, "Không có đơn vị “KGI”."),
        (5, units, "Không có đơn vị “X-1”."),
        (6, "Số tiền dự trù (đồng)", "Hãy ghi số tiền theo đồng, không có phần lẻ, ví dụ 12.500.000."),
    ]


# --- versions ---------------------------------------------------------------------------------------------------------


def test_an_amendment_has_them_and_says_what_it_changes(province, officer, colleague):
    plan = draft(province.bloc_union)
    activity(province.bloc_union, plan=plan, owner=officer, coordinating=[province.justice], budget="Quỹ")
    issue(plan)
    amendment = amend_plan(actor=None, plan=plan)
    made = amendment.activities.get()
    assert (made.owner, helping(made), made.budget) == (officer, {"QNA-KCQ-003"}, "Quỹ")
    revise_activity(actor=None, activity=made, owner=colleague, coordinating=[], budget_amount=Decimal(700))
    part = differences(plan, amendment)[-1]
    facts = {fact.label: (fact.before, fact.after) for row in part.shown for fact in row.told if fact.label}
    assert facts == {
        "Người phụ trách": ("Cán bộ Đoàn Khối", "Trần Thị Bình"),
        "Đơn vị phối hợp": ("Chi đoàn Sở Tư pháp", ""),
        "Số tiền dự trù": ("", "700 đồng"),
    }


def test_what_was_arranged_meanwhile_goes_over_unless_the_amendment_says_otherwise(province, officer, colleague):
    plan = draft(province.bloc_union)
    event = activity(province.bloc_union, plan=plan, owner=officer, place="A", budget="Quỹ")
    issue(plan)
    amendment = amend_plan(actor=None, plan=plan)
    revise_activity(actor=None, activity=amendment.activities.get(), place="C")
    facts = {"owner": colleague, "place": "B", "coordinating": [province.justice]}
    arrange_activity(actor=None, activity=event, **facts)
    issue(amendment, number=2, issued_on=date(2024, 10, 1))
    made = amendment.activities.get()
    assert (made.owner, made.place, helping(made), made.budget) == (colleague, "C", {"QNA-KCQ-003"}, "Quỹ")
    assert told(made)[-1][0] == "Điều chỉnh việc tổ chức"


def test_a_page_asks_the_same_however_many_help(client, province, officer):
    event = activity(province.bloc_union)
    client.force_login(officer)
    at_none = count_queries(lambda: client.get(f"/activities/{event.pk}/"))
    arrange_activity(actor=None, activity=event, owner=officer, coordinating=province.grassroots)
    assert count_queries(lambda: client.get(f"/activities/{event.pk}/")) == at_none
