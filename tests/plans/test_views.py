"""Pages of plans: role × action → status, searching, what bad input gets, and queries that do not grow."""

from datetime import date

import pytest

from plans.models import Plan
from plans.services import add_section, send_to_leader
from tests.making import activity, count_queries, draft, indicator, issue, target

CAST = ["secretary", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]


def test_strangers_are_asked_to_sign_in(client, province):
    plan = draft(province.bloc_union)
    for url in ("/plans/", "/plans/new/", f"/plans/{plan.pk}/"):
        answer = client.get(url)
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={url}")


# A draft exists for its officers and leaders only; once issued everyone below reads it.
DRAFT_POSTS = {
    "send": {"officer": 302, "leader": 403},
    "issue": {"officer": 403, "leader": 422},
    "return": {"officer": 403, "leader": 422},
    "close": {"officer": 403, "leader": 302},
    "sections/new": {"officer": 422, "leader": 403},
}


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("action", DRAFT_POSTS)
def test_role_and_action_on_a_draft(client, province, request, name, action):
    plan = draft(province.bloc_union)
    client.force_login(request.getfixturevalue(name))
    assert client.post(f"/plans/{plan.pk}/{action}/").status_code == DRAFT_POSTS[action].get(name, 404)


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("action", DRAFT_POSTS)
def test_role_and_action_on_an_issued_plan(client, province, request, name, action):
    plan = draft(province.bloc_union)
    target(plan)
    issue(plan)
    client.force_login(request.getfixturevalue(name))
    # Who may take the step in another state is refused in words; readers are forbidden; for others it is not there.
    expected = {
        "send": {"officer": 302},
        "issue": {"leader": 422},
        "return": {"leader": 422},
        "close": {"leader": 302},
        "sections/new": {"officer": 422},
    }[action]
    status = expected.get(name, 404 if name in ("outsider", "nobody") else 403)
    assert client.post(f"/plans/{plan.pk}/{action}/").status_code == status
    plan.refresh_from_db()
    assert plan.state == ("closed" if (name, action) == ("leader", "close") else "issued")


def test_only_get_reads_and_only_post_acts(client, province, officer):
    plan = draft(province.bloc_union)
    client.force_login(officer)
    assert client.get(f"/plans/{plan.pk}/send/").status_code == 405
    assert client.post(f"/plans/{plan.pk}/").status_code == 405


def test_from_the_first_word_to_issuing(client, province, officer, leader):
    client.force_login(officer)
    facts = {
        "unit": province.bloc_union.pk,
        "kind": "resolution",
        "title": "Công tác Đoàn năm 2024",
        "starts_on": "1/1/2024",
        "ends_on": "31/12/2024",
    }
    answer = client.post("/plans/new/", facts)
    plan = Plan.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/plans/{plan.pk}/")
    assert (plan.unit, plan.starts_on, plan.created_by) == (province.bloc_union, date(2024, 1, 1), officer)
    client.post(f"/plans/{plan.pk}/sections/new/", {"number": "I", "heading": "Chủ đề năm"})
    client.post(f"/plans/{plan.pk}/send/")
    client.force_login(leader)
    client.post(f"/plans/{plan.pk}/issue/", {"number": "2", "issued_on": "2/1/2024", "place": "Tam Kỳ"})
    plan.refresh_from_db()
    assert (plan.state, plan.symbol, plan.place) == ("issued", "02-NQ/ĐTN", "Tam Kỳ")
    assert "I. Chủ đề năm" in client.get(f"/plans/{plan.pk}/").content.decode()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"starts_on": "hôm qua"}, "Hãy viết ngày, ví dụ 26/3/2024."),
        ({"ends_on": "31/12/2023"}, "Thời hạn kết thúc trước khi bắt đầu."),
        ({"title": ""}, "Trường này là bắt buộc."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, province, officer, facts, sentence):
    client.force_login(officer)
    typed = {"title": "Chương trình riêng", "theme": "Chủ đề giữ lại", "starts_on": "1/1/2024", "ends_on": "31/12/2024"}
    answer = client.post("/plans/new/", {"unit": province.bloc_union.pk, "kind": "programme", **typed, **facts})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Chủ đề giữ lại" in page
    assert Plan.objects.count() == 0


def test_an_officer_drafts_for_their_own_unit_only(client, province, officer):
    client.force_login(officer)
    facts = {"kind": "plan", "title": "x", "starts_on": "1/1/2024", "ends_on": "31/12/2024"}
    assert client.post("/plans/new/", {**facts, "unit": province.kgi.pk}).status_code == 422
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("name", ["secretary", "leader", "administrator", "nobody"])
def test_only_officers_get_the_form_of_a_draft(client, province, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get("/plans/new/").status_code == 403


def test_a_returned_draft_says_why(client, province, officer, leader):
    plan = send_to_leader(actor=None, plan=draft(province.bloc_union))
    client.force_login(leader)
    assert client.post(f"/plans/{plan.pk}/return/", {"reason": "Thiếu mục III"}).status_code == 302
    client.force_login(officer)
    assert "Thiếu mục III" in client.get(f"/plans/{plan.pk}/").content.decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=hien+mau", {"Kế hoạch hiến máu"}),
        ("q=HIẾN", {"Kế hoạch hiến máu"}),
        ("q=doi", {"Công tác Đội"}),
        ("q=01-NQ", {"Công tác Đội"}),
        ("q=khoi+co+quan", {"Kế hoạch hiến máu", "Công tác Đội", "Nhiệm kỳ"}),
        ("state=draft", {"Kế hoạch hiến máu", "Nhiệm kỳ"}),
        ("year=2025", {"Nhiệm kỳ"}),
        ("year=abc", {"Kế hoạch hiến máu", "Công tác Đội", "Nhiệm kỳ"}),
        ("state=lost", {"Kế hoạch hiến máu", "Công tác Đội", "Nhiệm kỳ"}),
        ("q=khong+co", set()),
    ],
)
def test_the_list_is_searched_without_diacritics_by_state_and_year(client, province, officer, query, titles):
    draft(province.bloc_union, "Kế hoạch hiến máu")
    issue(draft(province.bloc_union, "Công tác Đội"))
    draft(province.bloc_union, "Nhiệm kỳ", ends_on=date(2027, 12, 31))
    client.force_login(officer)
    page = client.get(f"/plans/?{query}").content.decode()
    assert {title for title in ("Kế hoạch hiến máu", "Công tác Đội", "Nhiệm kỳ") if title in page} == titles


def test_the_list_asks_the_same_of_the_database_at_1_and_at_30_rows(client, province, officer):
    draft(province.bloc_union)
    client.force_login(officer)
    at_one = count_queries(lambda: client.get("/plans/"))
    for _n in range(29):
        draft(province.bloc_union)
    assert count_queries(lambda: client.get("/plans/")) == at_one


def test_a_plan_asks_the_same_of_the_database_however_long_it_is(client, province, officer):
    plan = draft(province.bloc_union)

    def grow(n):
        section = add_section(plan=plan, number=str(n), heading=f"Mục {n}")
        target(plan, f"{n}.1", on=indicator(province.qna, f"Chỉ số {n}"), section=section)
        activity(province.bloc_union, f"Hoạt động {n}", plan=plan, section=section)

    grow(1)
    client.force_login(officer)
    at_one = count_queries(lambda: client.get(f"/plans/{plan.pk}/"))
    for n in range(2, 31):
        grow(n)
    assert count_queries(lambda: client.get(f"/plans/{plan.pk}/")) == at_one


def test_the_page_shows_targets_and_activities_beside_their_section(client, province, officer):
    plan = draft(province.bloc_union)
    section = add_section(plan=plan, number="1.7", heading="", text="Vận động hiến máu")
    target(plan, "1.7", section=section)
    activity(province.bloc_union, "Ngày hội hiến máu", plan=plan, section=section)
    target(plan, "9.9", on=indicator(province.qna, "Cây xanh", "cây"))
    client.force_login(officer)
    page = client.get(f"/plans/{plan.pk}/").content.decode()
    assert page.index("Vận động hiến máu") < page.index("150–200 đơn vị máu") < page.index("Ngày hội hiến máu")
    assert page.index("Ngày hội hiến máu") < page.index("Không thuộc mục nào") < page.index("150–200 cây")
