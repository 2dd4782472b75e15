"""The pages of versions: the chain on the plan's page, beginning and giving up, what changed."""

from datetime import date
from decimal import Decimal

import pytest

from activities.services import mark_done
from plans.models import Plan
from plans.services import add_section, revise_section, send_to_leader
from plans.versions.amending import amend_plan
from plans.versions.differences import differences
from targets.models import Target
from tests.making import activity, count_queries, draft, indicator, issue, target

MARCH = (date(2024, 3, 1), date(2024, 3, 31), "month")
MAY = date(2024, 5, 2)


@pytest.fixture
def plan(province) -> Plan:
    made = draft(province.bloc_union)
    first = add_section(plan=made, number="I", heading="Chỉ tiêu")
    clause = add_section(plan=made, number="1", heading="", text="Đạt từ 150 đến 200 đơn vị máu", parent=first)
    add_section(plan=made, number="2", heading="", text="Mỗi chi đoàn một công trình", parent=first)
    target(made, section=clause)
    target(made, "1.8", on=indicator(province.bloc_union, "Công trình thanh niên", "công trình"), maximum=None)
    activity(province.bloc_union, plan=made, section=clause)
    activity(province.bloc_union, "Tết trồng cây", plan=made)
    return issue(made)


def change(amendment: Plan) -> None:
    """Change one of each, add one of each, take one of each away."""
    clause, gone = amendment.sections.get(address="I/1"), amendment.sections.get(address="I/2")
    revise_section(section=clause, number="1", heading="", text="Đạt từ 180 đến 200 đơn vị máu")
    gone.delete()
    add_section(plan=amendment, number="3", heading="Tổ chức thực hiện")
    Target.objects.filter(plan=amendment, code="1.7").update(minimum=Decimal(180), due_on=date(2024, 9, 30))
    Target.objects.filter(plan=amendment, code="1.8").delete()
    target(amendment, "1.9")
    day = amendment.activities.get(name="Ngày hội hiến máu")
    day.windows.update(starts_on=date(2024, 4, 1), ends_on=date(2024, 4, 30))
    amendment.activities.get(name="Tết trồng cây").delete()
    activity(amendment.unit, "Hội trại", plan=amendment)


def told(old: Plan, new: Plan) -> dict[str, list[tuple[str, str, list[tuple[str, str, str]]]]]:
    return {
        part.title: [
            (
                "changed" if row.is_changed else str(row.change),
                row.code,
                [(fact.label, fact.before, fact.after) for fact in row.told if fact.is_changed],
            )
            for row in part.shown
        ]
        for part in differences(old, new)
    }


def test_what_changed(plan):
    amendment = amend_plan(actor=None, plan=plan)
    assert {title: rows for title, rows in told(plan, amendment).items() if rows} == {}
    change(amendment)
    found = told(plan, amendment)
    assert list(found) == ["Văn bản", "Nội dung", "Chỉ tiêu", "Hoạt động"]
    assert found["Văn bản"] == []
    assert found["Nội dung"] == [
        ("changed", "1", [("", "Đạt từ 150 đến 200 đơn vị máu", "Đạt từ 180 đến 200 đơn vị máu")]),
        ("removed", "2", [("", "Mỗi chi đoàn một công trình", ""), ("Số", "2", "")]),
        ("added", "3", [("", "", "Tổ chức thực hiện"), ("Số", "", "3")]),
    ]
    assert [(kind, code) for kind, code, _facts in found["Chỉ tiêu"]] == [
        ("changed", "1.7"),
        ("removed", "1.8"),
        ("added", "1.9"),
    ]
    assert [(before, after) for _label, before, after in found["Chỉ tiêu"][0][2]] == [
        ("150–200 đơn vị máu", "180–200 đơn vị máu"),
        ("31/12/2024", "30/9/2024"),
    ]
    assert found["Hoạt động"][0][2] == [("Thời gian", "Tháng 3/2024", "Tháng 4/2024")]
    assert [kind for kind, _code, _facts in found["Hoạt động"]] == ["changed", "removed", "added"]


def test_versions_that_do_not_follow_on_each_other_are_paired(plan):
    second = issue(amend_plan(actor=None, plan=plan), 2, MAY)
    third = amend_plan(actor=None, plan=second)
    assert all(not rows for rows in told(plan, third).values())
    change(third)
    assert told(plan, third) == told(second, third)


def test_the_page_marks_words(client, officer, plan):
    amendment = amend_plan(actor=officer, plan=plan)
    change(amendment)
    client.force_login(officer)
    page = client.get(f"/plans/{amendment.pk}/difference/")
    assert page.status_code == 200
    text = " ".join(page.content.decode().split())
    assert '<del><span class="visually-hidden">[bỏ: </span>150<span class="visually-hidden">]</span></del> ' in text
    assert '<ins><span class="visually-hidden">[thêm: </span>180<span class="visually-hidden">]</span></ins> ' in text
    parts = {part.title: (part.changed, part.added, part.removed) for part in page.context["shown"].parts}
    assert parts == {"Văn bản": (0, 0, 0), "Nội dung": (1, 1, 1), "Chỉ tiêu": (1, 1, 1), "Hoạt động": (1, 1, 1)}


def test_words_are_escaped(client, officer, plan):
    amendment = amend_plan(actor=officer, plan=plan)
    clause = amendment.sections.get(address="I/1")
    revise_section(section=clause, number="1", heading="", text="<script>alert(1)</script>")
    client.force_login(officer)
    assert "<script>alert" not in client.get(f"/plans/{amendment.pk}/difference/").content.decode()


def test_the_difference_is_for_who_reads_both(client, request, plan):
    """A draft exists for officers and leaders; once it is issued, whoever read the first reads both."""
    amendment = amend_plan(actor=None, plan=plan)
    address = f"/plans/{amendment.pk}/difference/"
    before = {"officer": 200, "leader": 200, "secretary": 404, "administrator": 404, "bloc_head": 404, "outsider": 404}
    people = {name: request.getfixturevalue(name) for name in before}

    def found() -> dict[str, int]:
        statuses = {}
        for name, person in people.items():
            client.force_login(person)
            statuses[name] = client.get(address).status_code
        return statuses

    assert found() == before
    issue(amendment, 2, MAY)
    assert found() == {**dict.fromkeys(before, 200), "outsider": 404}
    client.force_login(people["officer"])
    for wrong in (f"/plans/{plan.pk}/difference/", f"{address}?with={amendment.pk}", f"{address}?with=abc"):
        assert client.get(wrong).status_code == 404


def test_a_foreign_version_is_not_compared(client, officer, province, plan):
    amendment = amend_plan(actor=officer, plan=plan)
    foreign = issue(draft(province.kgi), 7)
    client.force_login(officer)
    assert client.get(f"/plans/{amendment.pk}/difference/?with={foreign.pk}").status_code == 404


def test_the_chain_on_the_plan_s_page(client, officer, leader, secretary, plan):
    client.force_login(officer)
    page = client.get(f"/plans/{plan.pk}/")
    assert (page.context["versions"].may_amend, page.context["versions"].may_discard) == (True, False)
    begun = client.post(f"/plans/{plan.pk}/amend/")
    amendment = Plan.objects.get(amends=plan)
    assert begun["Location"] == f"/plans/{amendment.pk}/"
    page = client.get(f"/plans/{amendment.pk}/")
    assert [(row.plan, row.is_shown, row.is_latest) for row in page.context["versions"].versions] == [
        (plan, False, True),
        (amendment, True, False),
    ]
    assert (page.context["versions"].may_amend, page.context["versions"].may_discard) == (False, True)
    again = client.post(f"/plans/{plan.pk}/amend/", follow=True)
    assert "đang có một bản sửa đổi được soạn" in again.content.decode()
    client.force_login(secretary)
    assert [row.plan for row in client.get(f"/plans/{plan.pk}/").context["versions"].versions] == [plan]
    issue(amendment, 2, MAY)
    client.force_login(leader)
    page = client.get(f"/plans/{plan.pk}/")
    assert (page.context["versions"].later, page.context["shown"].actions) == (amendment, set())
    assert "Đã được thay bằng 02-NQ/ĐTN ngày 2/5/2024" in " ".join(page.content.decode().split())


def test_who_is_asked_nothing_any_more_still_reads_the_version_before(client, secretary, plan):
    """And is told that another one stands, without a way to a page that does not exist for them."""
    amendment = amend_plan(actor=None, plan=plan)
    amendment.targets.update(carried_by="issuer_own")
    issue(amendment, 2, MAY)
    client.force_login(secretary)
    page = client.get(f"/plans/{plan.pk}/")
    assert (page.status_code, page.context["versions"].later, page.context["versions"].reads_later) == (
        200,
        amendment,
        False,
    )
    assert f'href="/plans/{amendment.pk}/' not in page.content.decode()
    assert client.get(f"/plans/{amendment.pk}/").status_code == 404


def test_the_list_tells_earlier_versions_apart(client, officer, plan):
    client.force_login(officer)
    amendment = amend_plan(actor=officer, plan=plan)
    assert client.get("/plans/").content.decode().count("Bản trước") == 0
    issue(amendment, 2, MAY)
    page = client.get("/plans/")
    assert [(row, row.is_earlier) for row in page.context["page"]] == [(plan, True), (amendment, False)]
    assert page.content.decode().count("Bản trước") == 1


def test_giving_up_leads_back(client, officer, plan):
    amendment = amend_plan(actor=officer, plan=plan)
    client.force_login(officer)
    assert client.post(f"/plans/{amendment.pk}/discard/")["Location"] == f"/plans/{plan.pk}/"
    assert client.get(f"/plans/{amendment.pk}/").status_code == 404
    own = draft(plan.unit, "Đọc nhầm tệp")
    page = client.post(f"/plans/{own.pk}/discard/", follow=True)
    assert (page.redirect_chain[-1][0], "Đã xóa dự thảo “Đọc nhầm tệp”." in page.content.decode()) == ("/plans/", True)
    waiting = send_to_leader(actor=None, plan=amend_plan(actor=officer, plan=plan))
    assert client.post(f"/plans/{waiting.pk}/discard/")["Location"] == f"/plans/{waiting.pk}/"
    assert Plan.objects.filter(amends=plan).count() == 1


def test_what_was_done_is_marked_once_on_the_board_and_in_the_list(client, officer, plan):
    amendment = amend_plan(actor=officer, plan=plan)
    mark_done(actor=officer, activity=plan.activities.get(name="Ngày hội hiến máu"), done_on=date(2024, 3, 9))
    client.force_login(officer)
    for _stage in ("draft", "issued"):
        cards = client.get("/activities/list/?year=2024").context["cards"]
        assert sorted((card.activity.name, card.look) for card in cards) == [
            ("Ngày hội hiến máu", "done"),
            ("Tết trồng cây", "overdue"),
        ]
        if amendment.state == "draft":
            amendment = issue(amendment, 2, MAY)
    old = plan.activities.get(name="Ngày hội hiến máu")
    page = client.get(f"/activities/{old.pk}/")
    assert (page.status_code, page.context["actions"], page.context["may_record"]) == (200, set(), False)


def test_queries_do_not_grow_with_the_plan(client, officer, plan):
    amendment = amend_plan(actor=officer, plan=plan)
    client.force_login(officer)
    address = f"/plans/{amendment.pk}/difference/"
    client.get(address)
    few = count_queries(lambda: client.get(address))
    for number in range(20):
        add_section(plan=amendment, number=f"{number + 5}", heading="Thêm")
        target(amendment, f"2.{number}", on=indicator(amendment.unit, f"Việc {number}"))
        activity(amendment.unit, f"Hoạt động {number}", plan=amendment)
    assert count_queries(lambda: client.get(address)) == few
