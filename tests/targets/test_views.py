"""Pages of targets: role × action → status, bad input, shares that do not leak, queries that do not grow."""

from decimal import Decimal

import pytest

from targets.models import Indicator, Target
from targets.services import confirm_indicator
from tests.making import count_queries, draft, indicator, issue, target

CAST = ["secretary", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]


@pytest.fixture
def blood(province):
    goal = target(draft(province.bloc_union))
    issue(goal.plan)
    return goal


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
