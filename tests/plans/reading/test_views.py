"""The first step of the reading: who sees what, what may be changed while it is a draft, and at what cost."""

import json

import pytest

from core.models import StoredFile
from plans.models import FoundContradiction, Plan
from plans.reading.services import version_of_head
from plans.services import issue_plan, send_to_leader
from tests.making import NEW_YEAR, count_queries, draft, target

from .scenes import DOCUMENT, done, read_plan, sent

CAST = [
    "secretary",
    "neighbour",
    "officer",
    "leader",
    "administrator",
    "bloc_head",
    "top_officer",
    "outsider",
    "nobody",
]
CONTRADICTING = DOCUMENT.replace("20/11/2024", "20/11/2023")
HEAD = {
    "kind": "resolution",
    "title": "Nghị quyết công tác năm 2024",
    "number": "7",
    "issued_on": "15/1/2024",
    "place": "Tam Kỳ",
    "starts_on": "1/1/2024",
    "ends_on": "31/12/2024",
}


def _issued(plan: Plan) -> Plan:
    target(plan)
    send_to_leader(actor=None, plan=plan)
    return issue_plan(actor=None, plan=plan, number=5, issued_on=NEW_YEAR)


def _posts(plan: Plan) -> dict[str, str]:
    clash = FoundContradiction.objects.filter(plan=plan).first()
    page = f"/plans/{plan.pk}/reading/"
    return {"head": f"{page}head/", "seen": f"{page}contradictions/{clash.pk}/", "again": f"{page}again/"}


@pytest.mark.parametrize("name", CAST)
def test_a_draft_is_read_by_those_who_write_and_sign_it(client, province, request, name):
    plan = read_plan(province.bloc_union, text=CONTRADICTING)
    client.force_login(request.getfixturevalue(name))
    seen = 200 if name in ("officer", "leader", "top_officer") else 404
    assert client.get(f"/plans/{plan.pk}/reading/").status_code == seen
    allowed = {"head": 422, "again": 302, "seen": 302}
    for action, address in _posts(plan).items():
        wished = allowed[action] if name in ("officer", "top_officer") else 403 if name == "leader" else 404
        assert (action, client.post(address).status_code) == (action, wished)


@pytest.mark.parametrize("name", CAST)
def test_an_issued_document_is_read_by_all_who_see_the_plan(client, province, request, name):
    plan = _issued(read_plan(province.bloc_union, text=CONTRADICTING))
    client.force_login(request.getfixturevalue(name))
    answer = client.get(f"/plans/{plan.pk}/reading/")
    assert answer.status_code == (404 if name in ("outsider", "nobody") else 200)
    if answer.status_code == 200:
        page = answer.content.decode()
        assert ("trước ngày 20/11/2023" in page, '<form method="post" action="/plans/' in page) == (True, False)
        assert ("Chỗ mâu thuẫn trong văn bản" in page) == (name in ("officer", "leader", "top_officer"))


def test_a_plan_without_a_document_has_no_reading(client, province, officer):
    plan = draft(province.bloc_union)
    client.force_login(officer)
    assert client.get(f"/plans/{plan.pk}/reading/").status_code == 404
    assert f"/plans/{plan.pk}/reading/" not in client.get(f"/plans/{plan.pk}/").content.decode()


def test_the_page_shows_the_whole_document_its_sections_and_what_was_found(client, province, officer):
    plan = read_plan(province.bloc_union, text=CONTRADICTING)
    client.force_login(officer)
    answer = client.get(f"/plans/{plan.pk}/reading/")
    page = answer.content.decode()
    for index in range(plan.sections.count()):
        assert f'id="sec-{index}"' in page
        assert f'href="#sec-{index}"' in page
    clash = FoundContradiction.objects.get(plan=plan)
    assert clash.says in page
    assert f'data-hit="c{clash.pk}' in page or f" c{clash.pk}" in page
    assert "BCH ĐOÀN KHỐI CÁC CƠ QUAN, 05-CTr/ĐTN, 10/1/2024" in page
    assert answer.context["form"].initial["number"] == 5
    assert f"/plans/{plan.pk}/reading/" in client.get(f"/plans/{plan.pk}/").content.decode()


def test_the_list_of_plans_leads_to_the_upload_for_officers_only(client, officer, leader):
    client.force_login(officer)
    assert "/plans/from-document/" in client.get("/plans/").content.decode()
    client.force_login(leader)
    assert "/plans/from-document/" not in client.get("/plans/").content.decode()


def test_the_head_is_saved_and_what_is_wrong_stands_at_its_field(client, province, officer):
    plan = read_plan(province.bloc_union)
    client.force_login(officer)
    address, version = f"/plans/{plan.pk}/reading/head/", version_of_head(plan)
    wrong = client.post(address, {**HEAD, "title": "", "number": "0", "version": version})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"title", "number"})
    assert 'value="Tam Kỳ"' in wrong.content.decode()
    backwards = client.post(address, {**HEAD, "ends_on": "31/12/2023", "version": version})
    assert (backwards.status_code, set(backwards.context["form"].errors)) == (422, {"ends_on"})
    assert client.post(address, {**HEAD, "version": version})["Location"] == f"/plans/{plan.pk}/reading/"
    plan.refresh_from_db()
    assert (plan.kind, plan.title, plan.number, plan.place) == ("resolution", HEAD["title"], 7, "Tam Kỳ")


def test_the_head_is_saved_while_it_is_typed_and_a_stale_save_is_told(client, province, officer):
    plan = read_plan(province.bloc_union)
    client.force_login(officer)
    address, version = f"/plans/{plan.pk}/reading/head/", version_of_head(plan)

    def autosave(**more):
        answer = client.post(address, {**HEAD, "version": version, **more}, headers={"X-Autosave": "1"})
        return answer.status_code, json.loads(answer.content)

    half = autosave(title="")
    assert (half[0], set(half[1]["errors"])) == (422, {"title"})
    status, saved = autosave()
    plan.refresh_from_db()
    assert (status, saved["version"], plan.title) == (200, version_of_head(plan), HEAD["title"])
    assert saved["texts"] == {"title": HEAD["title"], "kind": "Nghị quyết"}
    status, told = autosave(title="Người khác")
    assert (status, told) == (409, {"clash": "Người khác vừa sửa các ô này. Cổng không ghi đè lên nội dung đó."})
    plan.refresh_from_db()
    assert plan.title == HEAD["title"]


def test_after_the_draft_nothing_of_it_is_changed(client, province, officer):
    plan = read_plan(province.bloc_union, text=CONTRADICTING)
    version = version_of_head(plan)
    posts = _posts(plan)
    send_to_leader(actor=officer, plan=plan)
    client.force_login(officer)
    assert client.post(posts["head"], {**HEAD, "version": version}).status_code == 409
    for action in ("again", "seen"):
        page = client.post(posts[action], follow=True).content.decode()
        assert "Chỉ sửa được khi văn bản còn là dự thảo." in page
    plan.refresh_from_db()
    assert (plan.title, plan.readings.count()) == ("Công tác Đoàn và phong trào thanh niên năm 2024", 1)
    assert FoundContradiction.objects.get(plan=plan).seen_by is None


def test_a_contradiction_is_noted_as_seen(client, province, officer):
    plan = read_plan(province.bloc_union, text=CONTRADICTING)
    client.force_login(officer)
    clash = FoundContradiction.objects.get(plan=plan)
    answer = client.post(_posts(plan)["seen"])
    clash.refresh_from_db()
    assert (clash.seen_by, answer["Location"]) == (officer, f"/plans/{plan.pk}/reading/#prop-c{clash.pk}")


def test_a_contradiction_of_another_plan_is_not_there(client, province, officer):
    plan = read_plan(province.bloc_union)
    other = FoundContradiction.objects.get(plan=read_plan(province.bloc_union, text=CONTRADICTING))
    client.force_login(officer)
    assert client.post(f"/plans/{plan.pk}/reading/contradictions/{other.pk}/").status_code == 404


def test_the_original_is_offered_to_those_who_may_have_it(client, province, officer, secretary):
    client.force_login(officer)
    done(sent(client))
    plan = Plan.objects.get()
    address = f"/files/{StoredFile.objects.get().pk}/"
    assert address in client.get(f"/plans/{plan.pk}/reading/").content.decode()
    _issued(plan)
    client.force_login(secretary)
    assert address not in client.get(f"/plans/{plan.pk}/reading/").content.decode()


def test_the_cost_does_not_grow_with_the_document(client, province, officer):
    client.force_login(officer)
    small = read_plan(province.bloc_union, text=CONTRADICTING)
    items = "".join(f"- Các đơn vị gửi danh sách đợt {n} trước ngày {n}/1/2023.\n" for n in range(1, 29))
    large = read_plan(province.bloc_union, text=CONTRADICTING.replace("- Giao", f"{items}- Giao"))
    assert FoundContradiction.objects.filter(plan=large).count() == 29
    client.get(f"/plans/{small.pk}/reading/")
    few = count_queries(lambda: client.get(f"/plans/{small.pk}/reading/"))
    assert count_queries(lambda: client.get(f"/plans/{large.pk}/reading/")) == few


def test_making_the_plan_costs_the_same_for_any_length(province):
    long = CONTRADICTING.replace("1.2. ", "".join(f"1.2. Việc thứ {n}.\n" for n in range(60)) + "1.2. ")
    read_plan(province.bloc_union)
    few = count_queries(lambda: read_plan(province.bloc_union))
    assert count_queries(lambda: read_plan(province.bloc_union, text=long)) <= few + 2
