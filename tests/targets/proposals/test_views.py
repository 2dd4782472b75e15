"""The step "Targets": decisions with and without JavaScript, what is told when one comes too late."""

import json
import re
from decimal import Decimal

import lxml.html
import pytest
from django.test import Client

from plans.services import send_to_leader
from targets.models import Indicator, Target, TargetProposal
from targets.proposals import services
from targets.proposals.keys import values_of
from targets.services import merge_indicators
from tests.making import count_queries, draft, indicator
from tests.targets.proposals.scenes import (
    AGAIN,
    BLOOD,
    CARE,
    CONGRESS,
    DRIVES,
    TREES,
    WORKS,
    contradiction,
    document,
    found,
    keep,
    known,
    place,
    proposal,
    read_document,
    version,
)

HTMX = {"HTTP_HX_REQUEST": "true"}
TYPED = {
    "name": "Hiến máu tình nguyện",
    "indicator_name": "Máu hiến",
    "measure": "đơn vị máu",
    "kind": "amount",
    "over_time": "sum",
    "carried_by": "pooled",
    "carrier_reach": "direct",
    "minimum": "160",
    "maximum": "1.200",
    "due_on": "31/10/2024",
}


@pytest.fixture
def plan(province):
    return read_document(province.bloc_union)


@pytest.fixture
def desk(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def page(plan) -> str:
    return f"/plans/{plan.pk}/reading/targets/"


def address(plan, words: str, step: str) -> str:
    return f"{page(plan)}{proposal(plan, words).pk}/{step}/"


def press(client, plan, words: str, step: str, *, htmx: bool = True, **form):
    form = {"version": version(plan, words), **form}
    return client.post(address(plan, words, step), form, **(HTMX if htmx else {}))


def row(html: str, plan, words: str) -> str:
    """The list entry of the proposal."""
    key = f"t{proposal(plan, words).pk}"
    return re.search(rf'<li class="prop[^>]*id="prop-{key}".*?</li>', html, re.DOTALL)[0]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_one_says_what_it_would_be(plan, desk):
    contradiction(plan, CARE, "Hai số không cùng đúng.")
    html = desk.get(page(plan)).content.decode()
    assert "1.7 Hiến máu tình nguyện 150–200 đơn vị máu · toàn đơn vị, cộng chung · hết năm 2024" in plain(
        row(html, plan, BLOOD)
    )
    assert "1.2 Đại hội chi đoàn cơ sở 100% · từng chi đoàn cơ sở · hạn 30/6/2024" in plain(row(html, plan, CONGRESS))
    assert f"“{BLOOD}”" in row(html, plan, BLOOD)
    unsure, clash, again = (row(html, plan, words) for words in (DRIVES, CARE, AGAIN))
    assert ("vừa là khoảng" in unsure, 'data-mark="doubtful"' in unsure, 'data-filters="open doubtful"' in unsure) == (
        True,
    ) * 3
    assert ("Hai số không cùng đúng." in clash, 'data-mark="clash"' in clash, 'data-filters="open clash"' in clash) == (
        True,
    ) * 3
    assert "Trùng với mục 1.2" in plain(again)
    assert "Nhận mục 1.2 rồi thì gộp được" in plain(again)
    assert re.findall(r'data-count="(\w+)">(\d+)<', html) == [
        ("all", "7"),
        ("open", "7"),
        ("doubtful", "1"),
        ("clash", "2"),
    ]
    assert "Nhận 4 mục đọc chắc chắn" in html
    assert "Đã xét 0 trong 7 chỉ tiêu tìm thấy" in html


def test_the_words_are_marked_in_the_document(plan, desk):
    key = f"t{proposal(plan, BLOOD).pk}"
    html = desk.get(page(plan)).content.decode()
    assert f'data-hit="{key}"' in html
    assert f'<sup><a href="#prop-{key}">1.7</a></sup>' in html


def test_filters_work_by_links_too(plan, desk):
    html = desk.get(page(plan), {"show": "doubtful"}).content.decode()
    hidden = {words: " hidden>" in row(html, plan, words)[:400].split(">")[0] + ">" for words in (DRIVES, BLOOD)}
    assert hidden == {DRIVES: False, BLOOD: True}
    assert desk.get(page(plan), {"show": "no-such"}).status_code == 200


def test_accepting_answers_with_the_row_and_tells_the_document(plan, desk):
    answer = press(desk, plan, CONGRESS, "accept")
    html = answer.content.decode()
    key = f"t{proposal(plan, CONGRESS).pk}"
    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger"]) == {
        "reading:decided": {"key": key, "state": "accepted", "label": "1.2", "next": None}
    }
    assert "Đã nhận" in plain(row(html, plan, CONGRESS))
    # What repeats it can be merged from now on: that row comes along, and nothing else does.
    assert "Gộp vào 1.2" in plain(row(html, plan, AGAIN))
    assert html.count("<li ") == 2
    assert "Đã xét 1 trong 7 chỉ tiêu tìm thấy" in html
    assert Target.objects.get().code == "1.2"


def test_leaving_one_out_gives_its_neighbours_new_labels(plan, desk):
    html = press(desk, plan, DRIVES, "reject").content.decode()
    assert {words: re.search('data-label="([^"]+)"', row(html, plan, words))[1] for words in (DRIVES, CARE, TREES)} == {
        DRIVES: "–", CARE: "1.3a", TREES: "1.3b",
    }  # fmt: skip


def test_every_decision_as_a_plain_form(plan, desk):
    for words, step, state in [
        (CONGRESS, "accept", "accepted"),
        (AGAIN, "merge", "accepted"),
        (AGAIN, "reopen", "open"),
        (DRIVES, "reject", "rejected"),
        (DRIVES, "reopen", "open"),
    ]:
        answer = press(desk, plan, words, step, htmx=False)
        assert (answer.status_code, answer["Location"]) == (302, f"{page(plan)}#prop-t{proposal(plan, words).pk}")
        assert (words, proposal(plan, words).state) == (words, state)
    answer = press(desk, plan, BLOOD, "correct", htmx=False, **TYPED)
    assert answer.status_code == 302
    target = proposal(plan, BLOOD).target
    assert (target.minimum, target.maximum, str(target.due_on)) == (160, 1200, "2024-10-31")


def test_a_correction_unfolds_in_its_row_and_folds_up(plan, desk):
    number = proposal(plan, BLOOD).pk
    whole = desk.get(page(plan), {"open": number}).content.decode()
    alone = desk.get(page(plan), {"open": number}, **HTMX).content.decode()
    folded = desk.get(page(plan), {"row": number}, **HTMX).content.decode()
    assert whole.count("<form") > alone.count("<form") == 1
    assert ('name="minimum"' in row(whole, plan, BLOOD), 'name="minimum"' in alone, 'name="minimum"' in folded) == (
        True,
        True,
        False,
    )
    assert alone.count("<li ") == folded.count("<li ") == 1
    assert 'value="150"' in alone
    for odd in ("0", "999999", "9" * 40, "x", "²"):
        assert desk.get(page(plan), {"open": odd}, **HTMX).status_code in (200, 404)
        assert desk.get(page(plan), {"open": odd}).status_code == 200


def test_a_wrong_correction_comes_back_as_it_was_typed(plan, desk):
    for htmx in (True, False):
        answer = press(desk, plan, BLOOD, "correct", htmx=htmx, **{**TYPED, "minimum": "160x", "name": "Gõ dở"})
        html = row(answer.content.decode(), plan, BLOOD)
        assert answer.status_code == 422
        assert ('value="160x"' in html, 'value="Gõ dở"' in html, 'aria-invalid="true"' in html) == (True,) * 3
    assert Target.objects.count() == 0


def test_what_the_service_refuses_stands_at_its_field(plan, desk):
    answer = press(desk, plan, BLOOD, "correct", **{**TYPED, "due_on": "1/3/2025"})
    html = row(answer.content.decode(), plan, BLOOD)
    assert answer.status_code == 422
    assert re.search(r'id="t\d+_due_on_error"', html)
    assert 'value="1/3/2025"' in html


def test_hidden_fields_do_not_count(plan, desk, province):
    """A share typed for each unit and then carried together; figures of a milestone."""
    blood = indicator(province.bloc_union)
    press(
        desk,
        plan,
        BLOOD,
        "correct",
        **{**TYPED, "required_share": "80", "carrier_kinds": ["branch"], "indicator": blood.pk},
    )
    target = proposal(plan, BLOOD).target
    assert (target.required_share, target.carrier_kinds, target.indicator) == (None, [], blood)
    made = {**TYPED, "kind": "milestone", "carried_by": "each_unit", "carrier_kinds": ["grassroots_branch"]}
    press(desk, plan, CARE, "correct", **made)
    target = proposal(plan, CARE).target
    assert (target.minimum, target.maximum, target.required_share, target.indicator.over_time) == (
        None,
        None,
        100,
        "latest",
    )


def test_a_plain_accept_that_cannot_be_unfolds_and_says_why(province, desk):
    plan = document(province.bloc_union)
    keep(plan, found(BLOOD, measure=""))
    answer = press(desk, plan, BLOOD, "accept")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Đơn vị tính:" in plain(html)
    assert 'name="measure"' in html


def test_typing_is_kept_and_taken_up_again(plan, desk):
    answer = press(desk, plan, BLOOD, "wish", **{**TYPED, "minimum": "17", "due_on": "31/1"})
    told = answer.json()
    assert answer.status_code == 200
    assert (told["version"], told["saved"].startswith("đã lưu ")) == (version(plan, BLOOD), True)
    kept = proposal(plan, BLOOD)
    assert (kept.state, kept.wish["minimum"], kept.wish["due_on"], kept.wish["typed"]) == (
        "open",
        "17",
        None,
        {"due_on": "31/1"},
    )
    html = row(desk.get(page(plan), {"open": kept.pk}).content.decode(), plan, BLOOD)
    assert ('value="17"' in html, 'value="31/1"' in html) == (True, True)
    folded = row(desk.get(page(plan)).content.decode(), plan, BLOOD)
    assert "Đang sửa dở: phần đã gõ vẫn được giữ." in folded
    assert press(desk, plan, BLOOD, "accept").status_code == 422
    assert press(desk, plan, BLOOD, "forget").status_code == 200
    assert (proposal(plan, BLOOD).wish, Target.objects.count()) == (None, 0)


def test_an_indicator_that_was_merged_gives_the_one_it_went_into(province, desk):
    """Neither a new one is offered nor proposed: the form sent back as it came is the target on the merged one."""
    source, into = (indicator(province.bloc_union, name) for name in ("Máu hiến", "Máu hiến tình nguyện"))
    plan = document(province.bloc_union)
    keep(plan, found(BLOOD, indicator=known(source)))
    merge_indicators(actor=None, source=source, into=into)
    html = desk.get(page(plan), {"open": proposal(plan, BLOOD).pk}, **HTMX).content.decode()
    form = {name: value for name, value in lxml.html.fromstring(html).forms[0].fields.items() if value is not None}
    assert form["indicator"] == str(into.pk)
    assert press(desk, plan, BLOOD, "correct", **form).status_code == 200
    assert (Target.objects.get().indicator, Indicator.objects.count()) == (into, 2)


def test_a_null_character_is_not_kept(plan, desk):
    """PostgreSQL stores none in a text."""
    answer = press(desk, plan, BLOOD, "wish", **{**TYPED, "name": "Hiến\0 máu", "due_on": "31\0/1"})
    assert (answer.status_code, proposal(plan, BLOOD).wish["typed"]) == (200, {"name": "Hiến máu", "due_on": "31/1"})


def test_a_stale_save_is_told_and_keeps_what_was_typed(plan, desk, top_officer):
    seen = version(plan, BLOOD)
    services.reject(actor=top_officer, proposal=proposal(plan, BLOOD), version=None)
    for htmx in (True, False):
        answer = press(desk, plan, BLOOD, "correct", htmx=htmx, **{**TYPED, "name": "Của tôi", "version": seen})
        html = row(answer.content.decode(), plan, BLOOD)
        assert answer.status_code == 409
        assert ('value="Của tôi"' in html, "Cán bộ Trung ương Đoàn vừa xét mục này" in html) == (True, True)
    typing = press(desk, plan, BLOOD, "wish", **{**TYPED, "version": seen})
    assert (typing.status_code, "vừa xét mục này" in typing.json()["clash"]) == (409, True)
    pressed = press(desk, plan, BLOOD, "accept", version=seen)
    assert (pressed.status_code, "vừa xét mục này" in pressed.content.decode()) == (409, True)
    assert (proposal(plan, BLOOD).state, Target.objects.count()) == ("rejected", 0)


def test_what_comes_after_the_draft_is_told(plan, desk):
    send_to_leader(actor=None, plan=plan)
    assert desk.get(page(plan))["Location"] == f"/plans/{plan.pk}/"
    for step in ("accept", "merge", "reject", "correct", "forget"):
        answer = press(desk, plan, BLOOD, step, **TYPED)
        assert (step, answer.status_code, "còn là dự thảo" in answer.content.decode()) == (step, 409, True)
        page_of_plan = desk.post(address(plan, BLOOD, step), {**TYPED, "version": ""}, follow=True)
        assert (step, page_of_plan.request["PATH_INFO"]) == (step, f"/plans/{plan.pk}/")
    assert press(desk, plan, BLOOD, "wish", **TYPED).status_code == 409
    for end in ("accept-sure/", "add/"):
        answer = desk.post(page(plan) + end, {"quote": WORKS}, follow=True)
        assert (answer.status_code, answer.request["PATH_INFO"]) == (200, f"/plans/{plan.pk}/")
    assert set(TargetProposal.objects.values_list("state", flat=True)) == {"open"}
    assert Target.objects.count() == 0


def test_all_sure_ones_at_once(plan, desk):
    answer = desk.post(f"{page(plan)}accept-sure/", follow=True)
    assert "Đã nhận 5 chỉ tiêu." in answer.content.decode()
    assert Target.objects.count() == 5


def test_adding_by_marking_and_by_copying(plan, desk):
    start, end = place(WORKS)
    answer = desk.post(f"{page(plan)}add/", {"start": start, "end": end, "quote": WORKS})
    added = proposal(plan, WORKS)
    assert answer["Location"] == f"{page(plan)}?open={added.pk}#prop-t{added.pk}"
    services.reject(actor=None, proposal=added, version=None)
    copied = desk.post(f"{page(plan)}add/", {"quote": "cham soc  05 công trình\nthanh niên"})
    newest = TargetProposal.objects.latest("pk")
    assert (copied.status_code, newest.quote, newest.start) == (302, WORKS, start)
    html = desk.get(page(plan), {"open": newest.pk}).content.decode()
    assert "Thêm tay" in html


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"quote": "không có trong văn bản"}, "Văn bản không có câu chữ này"),
        ({"quote": "trong Quý II/2024"}, "có ở nhiều chỗ"),
        ({}, "Hãy bôi chọn câu chữ"),
        ({"start": "x", "end": "9"}, "add_quote"),
        ({"start": "5", "end": "99999999999999999999", "quote": ""}, "add_quote"),
    ],
)
def test_what_cannot_be_added_is_said(plan, desk, form, says):
    answer = desk.post(f"{page(plan)}add/", form)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert TargetProposal.objects.filter(found__isnull=True).count() == 0


def test_a_proposal_of_another_plan_does_not_exist_here(plan, desk, province):
    other = read_document(province.bloc_union, title="Chương trình khác")
    foreign = TargetProposal.objects.get(plan=other, quote=BLOOD)
    for step in ("accept", "correct", "wish", "forget", "merge", "reject", "reopen"):
        assert desk.post(f"{page(plan)}{foreign.pk}/{step}/", TYPED, **HTMX).status_code == 404
        assert desk.post(f"{page(plan)}{10**18}/{step}/", TYPED, **HTMX).status_code == 404
    assert set(TargetProposal.objects.values_list("state", flat=True)) == {"open"}


def test_a_plan_without_a_document_has_no_such_page(desk, province):
    assert desk.get(f"/plans/{draft(province.bloc_union).pk}/reading/targets/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("top_officer", 200),
        ("leader", 403),
        ("secretary", 404),
        ("administrator", 404),
        ("outsider", 404),
    ],
)
def test_who_sees_and_who_decides(plan, who, status, request):
    client = Client()
    client.force_login(request.getfixturevalue(who))
    assert client.get(page(plan)).status_code == status
    assert press(client, plan, BLOOD, "accept").status_code == status
    assert press(client, plan, BLOOD, "reopen", **({} if status == 200 else {"version": ""})).status_code == status
    assert client.post(f"{page(plan)}accept-sure/").status_code == (302 if status == 200 else status)


def test_as_many_queries_for_thirty_as_for_one(province, desk):
    def read(count: int):
        plan = document(province.bloc_union, title=f"Chương trình {count}")
        words = [f"{BLOOD[:20]}"[: 6 + number % 14] for number in range(count)]
        start = place(BLOOD)[0]
        rows = [found(BLOOD, doubts=()) for _word in words]
        from dataclasses import replace

        keep(plan, *[replace(one, start=start, end=start + 5 + number) for number, one in enumerate(rows)])
        services.accept(actor=None, proposal=TargetProposal.objects.filter(plan=plan).first(), version=None)
        contradiction(plan, DRIVES)
        return plan

    one, thirty = read(2), read(30)
    assert TargetProposal.objects.filter(plan=thirty).count() == 30
    counts = []
    for plan in (one, thirty):
        last = TargetProposal.objects.filter(plan=plan).last()
        desk.get(page(plan))
        counts.append(
            (
                count_queries(lambda: desk.get(page(plan))),  # noqa: B023
                count_queries(lambda: desk.get(page(plan), {"open": last.pk})),  # noqa: B023
                count_queries(lambda: desk.post(f"{page(plan)}{last.pk}/reject/", {"version": ""}, **HTMX)),  # noqa: B023
                count_queries(lambda: desk.post(f"{page(plan)}{last.pk}/wish/", {"version": "", **TYPED})),  # noqa: B023
            )
        )
    assert counts[0] == counts[1]


def test_words_of_the_document_are_shown_as_words(province, desk):
    """A document that holds markup: nothing of it becomes part of the page."""
    plan = document(province.bloc_union)
    keep(plan, found(BLOOD, name="<script>alert(1)</script>", measure="<b>", indicator_name="<i>"))
    html = desk.get(page(plan), {"open": proposal(plan, BLOOD).pk}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert values_of(proposal(plan, BLOOD).found, None).minimum == Decimal(150)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_second_one_is_put_beside_with_what_was_typed(desk, plan, htmx):
    answer = press(desk, plan, BLOOD, "split", htmx=htmx, **TYPED)
    twin = TargetProposal.objects.get(quote=BLOOD, found__isnull=True)
    assert (answer["HX-Redirect"] if htmx else answer.url) == f"{page(plan)}?open={twin.pk}#prop-t{twin.pk}"
    assert {row.wish["minimum"] for row in TargetProposal.objects.filter(quote=BLOOD)} == {"160"}
    shown = desk.get(page(plan), {"open": twin.pk}).content.decode()
    assert "Đoạn này nay có hai mục" in shown
    assert 'data-do="split"' in shown
    late = desk.post(f"{page(plan)}{proposal(plan, CARE).pk}/split/", {"version": "x"}, follow=True)
    assert "Có người vừa sửa mục này" in late.content.decode()
    assert TargetProposal.objects.filter(quote=CARE).count() == 1
