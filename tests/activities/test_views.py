"""Pages of activities: what exists for whom, role × action → status, bad input, queries that do not grow."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Activity, Participation
from activities.selectors import activities_visible_to
from activities.services import record_participation
from tests.making import activity, count_queries, draft, indicator, issue

CAST = ["secretary", "neighbour", "officer", "leader", "administrator", "bloc_head", "outsider", "nobody"]
OF_KCQ = {"KCQ làm", "KCQ đồng loạt"}
EXPECTED = {
    "secretary": {*OF_KCQ, "Khối 1", "Tư pháp"},
    "neighbour": {*OF_KCQ, "Khối 2", "Tài chính"},
    "officer": {*OF_KCQ, "Khối 1", "Khối 2", "Tư pháp", "Tài chính", "Bản nháp"},
    "leader": {*OF_KCQ, "Khối 1", "Khối 2", "Tư pháp", "Tài chính", "Bản nháp"},
    "administrator": {*OF_KCQ, "Khối 1", "Khối 2", "Tư pháp", "Tài chính"},
    "bloc_head": {*OF_KCQ, "Khối 1"},
    "outsider": {"KGI làm", "KGI đồng loạt"},
    "nobody": set(),
}


@pytest.fixture
def events(province):
    """An issued plan with all scopes, a draft, a sibling's own, and another province's: all that could leak."""
    plan = draft(province.bloc_union)
    activity(province.bloc_union, "KCQ làm", plan=plan)
    activity(province.bloc_union, "KCQ đồng loạt", plan=plan, scope="all_units")
    activity(province.bloc_union, "Khối 1", plan=plan, scope="bloc", bloc=province.bloc_1)
    activity(province.bloc_union, "Khối 2", plan=plan, scope="bloc", bloc=province.bloc_2)
    activity(province.justice, "Tư pháp", plan=issue(plan), scope="unit")
    activity(province.finance, "Tài chính", scope="unit")
    activity(province.bloc_union, "Bản nháp", plan=draft(province.bloc_union, "Nháp"), scope="all_units")
    plan = draft(province.kgi)
    activity(province.kgi, "KGI làm", plan=plan)
    activity(province.kgi, "KGI đồng loạt", plan=plan, scope="all_units")
    issue(plan)


@pytest.mark.parametrize("name", CAST)
def test_each_of_the_cast_sees_just_these_activities_listed_and_opened(client, events, request, name):
    user = request.getfixturevalue(name)
    assert {event.name for event in activities_visible_to(user)} == EXPECTED[name]
    client.force_login(user)
    listed = client.get("/activities/list/?year=2024").content.decode()
    for event in Activity.objects.all():
        seen = event.name in EXPECTED[name]
        assert (f"/activities/{event.pk}/" in listed) == seen
        assert client.get(f"/activities/{event.pk}/").status_code == (200 if seen else 404)


@pytest.mark.parametrize("name", CAST)
def test_the_board_shows_no_more_than_exists_for_the_person(client, events, request, name):
    client.force_login(request.getfixturevalue(name))
    answer = client.get("/activities/board/")
    assert answer.status_code == 200
    linked = {event.name for event in Activity.objects.all() if f"/activities/{event.pk}/" in answer.content.decode()}
    assert linked <= EXPECTED[name]
    assert ("KCQ đồng loạt" in linked) == ("KCQ đồng loạt" in EXPECTED[name])


def test_a_board_of_a_unit_outside_is_not_there(client, events, outsider):
    client.force_login(outsider)
    for page in ("board", "list"):
        assert client.get(f"/activities/{page}/?unit=QNA-KCQ").status_code == 404
        assert client.get(f"/activities/{page}/?unit=KGI&year=abc&only=x&state=y&scope=z").status_code == 200


POSTS = {
    "start": ({}, 302),
    "done": ({"done_on": "14/3/2024"}, 302),
    "postpone": ({"precision": "month", "starts_on": "3/11/2024", "reason": "Chờ sân"}, 302),
    "cancel": ({"reason": "Gộp"}, 302),
}


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("action", POSTS)
def test_role_and_action_on_the_body_s_activity(client, events, request, name, action):
    event = Activity.objects.get(name="KCQ làm")
    client.force_login(request.getfixturevalue(name))
    typed, done = POSTS[action]
    expected = done if name == "officer" else 403 if event.name in EXPECTED[name] else 404
    assert client.post(f"/activities/{event.pk}/{action}/", typed).status_code == expected
    event.refresh_from_db()
    assert (event.state == "planned") == (name != "officer")


RECORDS = {"secretary": 302, "neighbour": 422, "officer": 302, "outsider": 404, "nobody": 404}


@pytest.mark.parametrize("name", CAST)
def test_role_and_recording_an_outcome(client, events, province, request, name):
    """The neighbour may record for the unit of their own, so the page is theirs; the unit asked for is not offered."""
    event = Activity.objects.get(name="KCQ đồng loạt")
    client.force_login(request.getfixturevalue(name))
    typed = {"unit": province.justice.pk, "done_on": "14/3/2024", "people": "60"}
    assert client.post(f"/activities/{event.pk}/record/", typed).status_code == RECORDS.get(name, 403)
    assert Participation.objects.count() == (RECORDS.get(name) == 302)


def test_an_outcome_with_figures_is_recorded_by_hand(client, events, province, secretary):
    event = Activity.objects.get(name="KCQ đồng loạt")
    blood = indicator(province.qna)
    event.indicators.add(blood)
    client.force_login(secretary)
    typed = {"unit": province.justice.pk, "done_on": "14/3/2024", f"figure_{blood.pk}": "1.047"}
    assert client.post(f"/activities/{event.pk}/record/", typed).status_code == 302
    assert Participation.objects.get().figures.get().amount == 1047
    page = client.get(f"/activities/{event.pk}/").content.decode()
    assert "1.047 đơn vị máu" in page
    refused = client.post(f"/activities/{event.pk}/record/", {**typed, f"figure_{blood.pk}": "rất nhiều"})
    page = refused.content.decode()
    assert (refused.status_code, "Hãy viết một con số" in page, "rất nhiều" in page) == (422, True, True)


def test_the_page_shows_the_newest_outcomes_and_leads_to_all(client, events, province, officer):
    event = Activity.objects.get(name="KCQ đồng loạt")
    client.force_login(officer)
    for day in range(1, 22):
        facts = {"actor": None, "activity": event, "unit": province.justice, "people": day}
        record_participation(**facts, done_on=date(2024, 3, day))
        page = client.get(f"/activities/{event.pk}/") if day > 19 else None
        if day == 20:
            assert (len(page.context["outcomes"]), page.context["has_more_outcomes"]) == (20, False)
    assert [row.people for row in page.context["outcomes"]] == list(range(21, 1, -1))
    text = page.content.decode()
    assert f'<a href="/activities/{event.pk}/units/">Tất cả kết quả, theo đơn vị</a>' in text
    # On a phone one records without going past all of it.
    assert text.index(f'href="/activities/{event.pk}/record/"') < text.index("<dl")


def test_a_sibling_s_outcome_does_not_leak(client, events, province, secretary):
    event = Activity.objects.get(name="KCQ đồng loạt")
    for unit, amount in ((province.justice, 37), (province.finance, 91)):
        record_participation(
            actor=None,
            activity=event,
            unit=unit,
            done_on=date(2024, 3, 14),
            figures={indicator(province.qna): Decimal(amount)},
            note=f"ghi chú của {unit.code}",
        )
    client.force_login(secretary)
    page = client.get(f"/activities/{event.pk}/").content.decode()
    assert ("37 đơn vị máu" in page, "91 đơn vị máu" in page) == (True, False)
    assert (province.justice.code in page, province.finance.code in page) == (True, False)


@pytest.mark.parametrize(
    ("name", "seen"),
    [("secretary", True), ("officer", True), ("leader", True), ("neighbour", False), ("administrator", False)],
)
def test_a_sibling_s_correction_does_not_leak(client, events, province, request, name, seen):
    event = Activity.objects.get(name="KCQ đồng loạt")
    for people in (37, 41):
        facts = {"activity": event, "unit": province.justice, "done_on": date(2024, 3, 14)}
        record_participation(actor=None, people=people, **facts)
    client.force_login(request.getfixturevalue(name))
    page = client.get(f"/activities/{event.pk}/").content.decode()
    assert ("Sửa kết quả của Chi đoàn Sở Tư pháp ngày 14/3/2024; trước đó: 37 người" in page) == seen
    assert ("37 người" in page) == seen


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"starts_on_0": "mai"}, "Hãy viết ngày, ví dụ 26/3/2024."),
        ({"ends_on_0": "1/3/2024"}, "Ngày cuối đứng trước ngày đầu."),
        ({"scope": "bloc"}, "Chỉ hoạt động của khối thi đua mới chọn khối, và phải chọn khối."),
        ({"starts_on_0": "1/3/2030"}, "Thời gian nằm ngoài thời hạn của văn bản."),
    ],
)
def test_a_wrong_activity_is_refused_in_words_and_kept(client, province, officer, facts, sentence):
    plan = issue(draft(province.bloc_union))
    client.force_login(officer)
    typed = {
        "unit": province.bloc_union.pk,
        "name": "Ngày hội giữ lại",
        "scope": "issuer",
        "precision_0": "month",
        "starts_on_0": "14/3/2024",
        "repeats": "1",
    }
    answer = client.post(f"/activities/new/?plan={plan.pk}", {**typed, **facts})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Ngày hội giữ lại" in page) == (422, True, True)
    assert Activity.objects.count() == 0
    assert client.post(f"/activities/new/?plan={plan.pk}", typed).status_code == 302
    made = Activity.objects.get()
    assert (made.plan, made.windows.get().ends_on) == (plan, date(2024, 3, 31))


@pytest.mark.parametrize("name", CAST)
def test_who_gets_the_form_of_an_activity(client, province, request, name):
    client.force_login(request.getfixturevalue(name))
    may = name in ("secretary", "neighbour", "officer", "bloc_head", "outsider")
    assert client.get("/activities/new/").status_code == (200 if may else 403)


def test_a_secretary_enters_the_unit_s_own_and_not_the_body_s(client, province, secretary):
    client.force_login(secretary)
    typed = {"unit": province.justice.pk, "name": "Đọc sách", "scope": "unit", "precision": "day", "repeats": "1"}
    assert client.post("/activities/new/", {**typed, "scope": "all_units"}).status_code == 403
    assert client.post("/activities/new/", typed).status_code == 302
    assert Activity.objects.get().windows.count() == 0


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=hien+mau", {"Hiến máu"}),
        ("q=doi", {"Công tác Đội"}),
        ("state=overdue", {"Hiến máu", "Công tác Đội"}),
        ("scope=all_units", {"Công tác Đội"}),
        ("year=2025", {"Năm sau"}),
        ("state=planned", {"Hiến máu", "Công tác Đội", "Không ghi"}),
    ],
)
def test_the_list_is_searched_without_diacritics(client, province, officer, query, names):
    activity(province.bloc_union, "Hiến máu")
    activity(province.bloc_union, "Công tác Đội", scope="all_units")
    activity(province.bloc_union, "Năm sau", windows=[(date(2025, 1, 1), date(2025, 1, 31), "month")])
    plan = issue(draft(province.bloc_union))
    activity(province.bloc_union, "Không ghi", plan=plan, windows=[])
    client.force_login(officer)
    page = client.get(f"/activities/list/?{query}").content.decode()
    assert {name for name in ("Hiến máu", "Công tác Đội", "Năm sau", "Không ghi") if name in page} == names


@pytest.mark.parametrize("url", ["/activities/list/", "/activities/board/"])
def test_lists_ask_the_same_of_the_database_at_1_and_at_30_rows(client, province, officer, url):
    plan = issue(draft(province.bloc_union))
    activity(province.bloc_union, plan=plan)
    client.force_login(officer)
    at_one = count_queries(lambda: client.get(url))
    assert at_one <= 15
    for n in range(29):
        scope = ("issuer", "all_units", "bloc")[n % 3]
        bloc = province.bloc_1 if scope == "bloc" else None
        activity(province.bloc_union, f"Hoạt động {n}", plan=plan, scope=scope, bloc=bloc)
    assert count_queries(lambda: client.get(url)) == at_one


def test_an_activity_asks_the_same_however_many_units_took_part(client, province, officer):
    event = activity(province.bloc_union, scope="all_units", indicators=[indicator(province.qna)])
    client.force_login(officer)

    def record(unit, day):
        figures = {event.indicators.get(): Decimal(1)}
        record_participation(actor=None, activity=event, unit=unit, done_on=date(2024, 3, day), figures=figures)

    record(province.justice, 1)
    at_one = count_queries(lambda: client.get(f"/activities/{event.pk}/"))
    for day in range(2, 30):
        record(province.grassroots[day % 4], day)
    assert count_queries(lambda: client.get(f"/activities/{event.pk}/")) == at_one
