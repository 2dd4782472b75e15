"""Pages of targets: role × action → status, bad input, shares that do not leak, queries that do not grow."""

import re
from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from targets.models import Allocation, Indicator, Target
from targets.pages import line_of
from targets.selectors import allocations_visible_to, targets_visible_to
from targets.services import allocate, confirm_indicator
from tests.conftest import person
from tests.making import count_queries, draft, indicator, issue, target
from units.enums import Kind
from units.services import create_unit

CAST = ["secretary", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]


@pytest.fixture
def blood(province):
    goal = target(draft(province.bloc_union))
    issue(goal.plan)
    return goal


def give(goal, unit, minimum, by=None):
    return allocate(
        actor=None,
        target=goal,
        unit=unit,
        minimum=Decimal(minimum),
        effective_on=date(2024, 1, 1),
        handed_by=by or goal.plan.unit,
    )


# --- adding a target by hand -----------------------------------------------------------------------------------------

TYPED = {
    "code": "1.7",
    "name": "Hiến máu tình nguyện",
    "new_name": "Máu hiến",
    "new_measure": "đơn vị máu",
    "new_kind": "amount",
    "new_over_time": "sum",
    "carried_by": "pooled",
    "carrier_reach": "direct",
    "minimum": "1.500",
    "maximum": "2.000,5",
}


def test_a_target_is_added_with_a_new_indicator_and_vietnamese_figures(client, province, officer):
    plan = draft(province.bloc_union)
    client.force_login(officer)
    assert client.post(f"/plans/{plan.pk}/targets/new/", TYPED).status_code == 302
    made = Target.objects.get()
    assert (made.minimum, made.maximum, made.indicator.name) == (Decimal(1500), Decimal("2000.5"), "Máu hiến")
    assert made.indicator.owner == province.top


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"minimum": "nhiều"}, "Hãy viết một con số, ví dụ 1.500 hoặc 12,5."),
        ({"minimum": "3.000"}, "Mức tối đa thấp hơn mức tối thiểu."),
        ({"new_name": ""}, "Cần điền khi là chỉ số mới."),
        ({"carried_by": "each_unit"}, "Cho biết bao nhiêu phần trăm đơn vị phải đạt."),
        ({"due_on": "31/2/2024"}, "Hãy viết ngày, ví dụ 26/3/2024."),
        ({"due_on": "1/1/2026"}, "Hạn nằm sau thời hạn của văn bản."),
    ],
)
def test_a_refused_target_leaves_nothing_behind_and_keeps_what_was_typed(client, province, officer, facts, sentence):
    plan = draft(province.bloc_union)
    client.force_login(officer)
    answer = client.post(f"/plans/{plan.pk}/targets/new/", {**TYPED, **facts})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Hiến máu tình nguyện" in page) == (422, True, True)
    assert (Target.objects.count(), Indicator.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", CAST)
def test_only_officers_add_targets(client, province, request, name):
    plan = draft(province.bloc_union)
    client.force_login(request.getfixturevalue(name))
    expected = {"officer": 200, "leader": 403}.get(name, 404)
    assert client.get(f"/plans/{plan.pk}/targets/new/").status_code == expected


# --- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*CAST, "top_leader", "top_officer"])
def test_only_officers_of_the_top_open_the_catalogue(client, province, request, name):
    blood, other = indicator(province.qna), indicator(province.qna, "Hiến máu", "đơn vị")
    client.force_login(request.getfixturevalue(name))
    keeps = name == "top_officer"
    for url in ("/targets/indicators/", f"/targets/indicators/{blood.pk}/"):
        assert client.get(url).status_code == (200 if keeps else 403)
    assert client.post(f"/targets/indicators/{blood.pk}/confirm/").status_code == (302 if keeps else 403)
    merge = client.post(f"/targets/indicators/{other.pk}/merge/", {"into": blood.pk})
    assert merge.status_code == (302 if keeps else 403)
    blood.refresh_from_db()
    other.refresh_from_db()
    assert (blood.confirmed_at is not None, other.merged_into == blood) == (keeps, keeps)


def test_merging_without_a_choice_is_refused_in_words(client, province, top_officer):
    blood = indicator(province.qna)
    client.force_login(top_officer)
    answer = client.post(f"/targets/indicators/{blood.pk}/merge/", {"into": blood.pk})
    assert answer.status_code == 422
    blood.refresh_from_db()
    assert blood.merged_into is None


@pytest.mark.parametrize(
    ("query", "names"), [("q=hien+mau", {"Hiến máu"}), ("q=cay", {"Trồng cây"}), ("open=1", {"Trồng cây"})]
)
def test_the_catalogue_is_searched_without_diacritics(client, province, top_officer, query, names):
    confirm_indicator(actor=None, indicator=indicator(province.qna, "Hiến máu", "đơn vị"))
    indicator(province.qna, "Trồng cây", "cây")
    client.force_login(top_officer)
    page = client.get(f"/targets/indicators/?{query}").content.decode()
    assert {name for name in ("Hiến máu", "Trồng cây") if name in page} == names


def test_the_catalogue_asks_the_same_of_the_database_at_1_and_at_30_rows(client, province, top_officer):
    indicator(province.qna)
    client.force_login(top_officer)
    at_one = count_queries(lambda: client.get("/targets/indicators/"))
    for n in range(29):
        indicator(province.qna, f"Chỉ số {n}")
    assert count_queries(lambda: client.get("/targets/indicators/")) == at_one


# --- shares handed down ----------------------------------------------------------------------------------------------

READS = {"secretary": 200, "officer": 200, "leader": 200, "administrator": 404, "bloc_head": 404}
HANDS = {"secretary": 404, "officer": 302, "leader": 403, "administrator": 404, "bloc_head": 404}


@pytest.mark.parametrize("name", CAST)
def test_role_and_action_on_shares(client, province, blood, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(f"/allocations/{blood.plan_id}/").status_code == READS.get(name, 404)
    assert client.get(f"/allocations/{blood.plan_id}/?target={blood.pk}").status_code == READS.get(name, 404)
    prefix = f"u{province.justice.pk}"
    typed = {f"{prefix}-minimum": "5", f"{prefix}-effective_on": "1/1/2024"}
    url = f"/allocations/{blood.plan_id}/hand-down/{blood.pk}/{province.justice.code}/"
    assert client.post(url, typed).status_code == HANDS.get(name, 404)
    assert Allocation.objects.count() == (name == "officer")


@pytest.mark.parametrize(
    ("minimum", "day", "sentence"),
    [
        ("năm", "1/1/2024", "Hãy viết một con số, ví dụ 1.500 hoặc 12,5."),
        ("5", "mai", "Hãy viết ngày, ví dụ 26/3/2024."),
        ("6", "1/1/2024", "Đã có mức giao áp dụng từ ngày này: hãy chọn ngày muộn hơn."),
    ],
)
def test_a_refused_share_says_so_in_its_row(client, province, blood, officer, minimum, day, sentence):
    give(blood, province.justice, 5)
    client.force_login(officer)
    prefix = f"u{province.justice.pk}"
    url = f"/allocations/{blood.plan_id}/hand-down/{blood.pk}/{province.justice.code}/"
    answer = client.post(url, {f"{prefix}-minimum": minimum, f"{prefix}-effective_on": day})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, f'value="{minimum}"' in page) == (422, True, True)
    assert Allocation.objects.count() == 1


def test_the_sum_stands_against_the_target(client, province, blood, officer):
    for unit, share in ((province.justice, 40), (province.finance, 70)):
        give(blood, unit, share)
    client.force_login(officer)
    page = client.get(f"/allocations/{blood.plan_id}/?target={blood.pk}").content.decode()
    assert "110 đơn vị máu" in page
    assert "còn thiếu 40" in page
    assert "2/4" in page


def test_a_superior_plan_shows_a_unit_its_own_share_only(client, province, blood, secretary):
    """The neighbour's share is made first; it must not be seen, nor the sum that it is part of."""
    give(blood, province.justice, 37)
    give(blood, province.finance, 91)
    client.force_login(secretary)
    for url in (f"/allocations/{blood.plan_id}/", f"/allocations/{blood.plan_id}/?target={blood.pk}"):
        page = client.get(url).content.decode()
        assert "từ 37 đơn vị máu" in page
        # As numbers: a form's token may hold any digits.
        assert re.findall(r"\b(?:91|128)\b", page) == []
        assert province.finance.name not in page
    assert [share.minimum for share in allocations_visible_to(secretary)] == [37]


@pytest.mark.parametrize("name", ["outsider", "outside_leader", "nobody"])
def test_another_province_sees_neither_targets_nor_shares(client, province, blood, request, name):
    give(blood, province.justice, 37)
    user = request.getfixturevalue(name)
    client.force_login(user)
    assert targets_visible_to(user).count() == 0
    assert allocations_visible_to(user).count() == 0
    assert client.get(f"/allocations/{blood.plan_id}/").status_code == 404


def test_an_officer_further_down_hands_the_unit_s_own_share_down(client, province, blood):
    give(blood, province.hospital, 10)
    user = person("can.bo.bv", "Cán bộ Đoàn Bệnh viện", province.hospital, RoleName.OFFICER)
    line = line_of(blood.plan, user)
    assert (line.base, line.may_hand_down) == (province.hospital, True)
    assert line.receivers == [province.hospital_surgery, province.hospital_medicine]
    client.force_login(user)
    prefix = f"u{province.hospital_surgery.pk}"
    url = f"/allocations/{blood.plan_id}/hand-down/{blood.pk}/{province.hospital_surgery.code}/"
    client.post(url, {f"{prefix}-minimum": "4", f"{prefix}-effective_on": "1/7/2024"})
    share = Allocation.objects.get(unit=province.hospital_surgery)
    assert (share.minimum, share.handed_by, share.actor) == (4, province.hospital, user)


def test_a_target_of_another_plan_is_not_opened(client, province, blood, officer):
    other = target(draft(province.bloc_union))
    client.force_login(officer)
    assert client.get(f"/allocations/{blood.plan_id}/?target={other.pk}").status_code == 404
    assert client.get(f"/allocations/{blood.plan_id}/?target=x").status_code == 404


def test_shares_ask_the_same_of_the_database_for_4_units_and_for_34(client, province, blood, officer):
    give(blood, province.justice, 5)
    client.force_login(officer)
    url = f"/allocations/{blood.plan_id}/?target={blood.pk}"
    before = count_queries(lambda: client.get(url))
    for n in range(30):
        unit = create_unit(
            code=f"QNA-KCQ-1{n:02d}",
            name=f"Chi đoàn {n}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
        give(blood, unit, 1)
    assert count_queries(lambda: client.get(url)) == before
