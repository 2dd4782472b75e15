"""The steps "Activities" and "Issuing": decisions with and without JavaScript, the way to the leader."""

import json
import re
from dataclasses import replace

import lxml.html
import pytest
from django.test import Client

from activities.models import Activity, ActivityProposal
from activities.proposals import services
from activities.proposals.keys import values_of
from plans.models import Plan
from plans.services import send_to_leader
from tests.activities.proposals.scenes import (
    BLOC,
    BLOOD,
    MONTH,
    SONGS,
    TEXT,
    TREES,
    VISITS,
    contradiction,
    document,
    found,
    keep,
    month,
    proposal,
    read_document,
    version,
    windows_of,
)
from tests.making import count_queries, target

HTMX = {"HTTP_HX_REQUEST": "true"}
TYPED = {
    "name": "Ngày hội hiến máu",
    "scope": "issuer",
    "repeats": "1",
    "place": "Hội trường",
    "precision_0": "day",
    "starts_on_0": "9/3/2024",
    "ends_on_0": "10/3/2024",
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
    return f"/plans/{plan.pk}/reading/activities/"


def sending(plan) -> str:
    return f"/plans/{plan.pk}/reading/sending/"


def press(client, plan, words: str, step: str, *, htmx: bool = True, **form):
    form = {"version": version(plan, words), **form}
    return client.post(f"{page(plan)}{proposal(plan, words).pk}/{step}/", form, **(HTMX if htmx else {}))


def row(html: str, plan, words: str) -> str:
    key = f"a{proposal(plan, words).pk}"
    return re.search(rf'<li class="prop[^>]*id="prop-{key}".*?</li>', html, re.DOTALL)[0]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_one_says_when_for_whom_and_how_often(plan, desk):
    contradiction(plan, "(dự kiến tháng 9/2024)")
    html = desk.get(page(plan)).content.decode()
    assert "Quý I.1 Ngày hội hiến máu Tháng 3 · Cấp ban hành" in plain(row(html, plan, BLOOD))
    assert "Trồng cây Tháng 2 và tháng 3 · 4 lần · Đồng loạt mọi đơn vị" in plain(row(html, plan, TREES))
    assert "Dự kiến tháng 9" in plain(row(html, plan, SONGS))
    assert "Đặt dưới Quý IV nhưng ghi tháng 9." in row(html, plan, SONGS)
    assert "Không ghi thời gian" in plain(row(html, plan, MONTH))
    assert re.findall(r'data-count="(\w+)">(\d+)<', html) == [
        ("all", "5"),
        ("open", "5"),
        ("doubtful", "1"),
        ("clash", "1"),
    ]


def test_accepting_answers_with_the_row_and_tells_the_document(plan, desk):
    answer = press(desk, plan, BLOOD, "accept")
    key = f"a{proposal(plan, BLOOD).pk}"
    assert json.loads(answer["HX-Trigger"])["reading:decided"]["key"] == key
    assert answer.content.decode().count("<li ") == 1
    assert "Đã nhận" in plain(answer.content.decode())
    assert Activity.objects.get().plan == plan


def test_every_decision_as_a_plain_form(plan, desk):
    for words, step, state in [
        (TREES, "accept", "accepted"),
        (TREES, "reopen", "open"),
        (MONTH, "reject", "rejected"),
        (MONTH, "reopen", "open"),
        (BLOOD, "correct", "accepted"),
    ]:
        answer = press(desk, plan, words, step, htmx=False, **(TYPED if step == "correct" else {}))
        assert answer["Location"] == f"{page(plan)}#prop-a{proposal(plan, words).pk}"
        assert (words, proposal(plan, words).state) == (words, state)
    assert windows_of(proposal(plan, BLOOD)) == [("2024-03-09", "2024-03-10", "day")]
    assert Activity.objects.get().place == "Hội trường"


@pytest.mark.parametrize(
    ("typed", "windows"),
    [
        (("month", "15/3/2024", ""), [("2024-03-01", "2024-03-31", "month")]),
        (("months", "1/5/2024", "3/6/2024"), [("2024-05-01", "2024-06-30", "months")]),
        (("quarter", "20/8/2024", ""), [("2024-07-01", "2024-09-30", "quarter")]),
        (("year", "20/8/2024", ""), [("2024-01-01", "2024-12-31", "year")]),
        (("part_of_month", "12/10/2024", ""), [("2024-10-11", "2024-10-20", "part_of_month")]),
        (("part_of_month", "1/10/2024", "15/10/2024"), [("2024-10-01", "2024-10-15", "part_of_month")]),
        (("day", "26/7/2024", ""), [("2024-07-26", "2024-07-26", "day")]),
        (("month", "", ""), []),
    ],
)
def test_a_time_as_precise_as_it_was_typed(plan, desk, typed, windows):
    form = dict(zip(("precision_0", "starts_on_0", "ends_on_0"), typed, strict=True))
    assert press(desk, plan, BLOOD, "correct", **{**TYPED, **form}).status_code == 200
    assert windows_of(proposal(plan, BLOOD)) == windows


def test_what_stands_in_the_form_is_what_was_found(plan, desk):
    """Every window survives the form: sending it back as it came changes nothing."""
    for words in (TREES, SONGS, BLOOD, MONTH):
        html = desk.get(page(plan), {"open": proposal(plan, words).pk}, **HTMX).content.decode()
        form = {name: value for name, value in lxml.html.fromstring(html).forms[0].fields.items() if value is not None}
        before = values_of(proposal(plan, words).found, None)
        assert press(desk, plan, words, "correct", **form).status_code == 200
        assert (words, proposal(plan, words).wish) == (words, None)
        assert [span[:2] for span in windows_of(proposal(plan, words))] == [
            (str(span.starts_on), str(span.ends_on)) for span in before.windows
        ]


def test_wrong_and_half_typed_times(plan, desk):
    wrong = {
        **TYPED,
        "starts_on_0": "9/3/2024",
        "ends_on_0": "1/3/2024",
        "starts_on_1": "31/2/2024",
        "precision_1": "day",
    }
    answer = press(desk, plan, BLOOD, "correct", **wrong)
    html = row(answer.content.decode(), plan, BLOOD)
    assert answer.status_code == 422
    assert ('value="31/2/2024"' in html, 'value="1/3/2024"' in html) == (True, True)
    kept = press(desk, plan, BLOOD, "wish", **{**TYPED, "starts_on_1": "31/", "precision_1": "month"})
    assert kept.json()["version"] == version(plan, BLOOD)
    wish = proposal(plan, BLOOD).wish
    assert wish["windows"] == [["2024-03-09", "2024-03-10", "day"]]
    assert wish["typed"] == {"starts_on_1": "31/", "ends_on_1": "", "precision_1": "month"}
    html = row(desk.get(page(plan), {"open": proposal(plan, BLOOD).pk}).content.decode(), plan, BLOOD)
    assert ('value="31/"' in html, 'value="9/3/2024"' in html) == (True, True)
    assert press(desk, plan, BLOOD, "accept").status_code == 422
    assert Activity.objects.count() == 0


def test_a_null_character_is_not_kept(plan, desk):
    """PostgreSQL stores none in a text."""
    typed = {**TYPED, "name": "Ngày\0 hội", "starts_on_1": "31\0/", "precision_1": "month"}
    answer = press(desk, plan, BLOOD, "wish", **typed)
    kept = {"name": "Ngày hội", "starts_on_1": "31/", "ends_on_1": "", "precision_1": "month"}
    assert (answer.status_code, proposal(plan, BLOOD).wish["typed"]) == (200, kept)


def test_more_rows_than_any_activity_has_are_cut(plan, desk):
    many = {f"starts_on_{number}": "9/3/2024" for number in range(200)}
    odd = {"starts_on_x": "1", "starts_on_-1": "1", "starts_on_" + "9" * 50: "1", "starts_on_²": "1"}
    answer = press(desk, plan, BLOOD, "correct", **{**TYPED, **many, **odd})
    assert answer.status_code == 422
    assert "starts_on_24" not in answer.content.decode()


def test_a_bloc_s_own_unfolds_and_asks_for_the_bloc(plan, desk, province):
    answer = press(desk, plan, BLOC, "accept")
    assert (answer.status_code, "Khối thi đua số 1" in answer.content.decode()) == (422, True)
    typed = {**TYPED, "scope": "bloc", "bloc": province.bloc_1.pk, "starts_on_0": "", "ends_on_0": ""}
    assert press(desk, plan, BLOC, "correct", **typed).status_code == 200
    assert proposal(plan, BLOC).activity.bloc == province.bloc_1


def test_a_stale_save_is_told(plan, desk, top_officer):
    seen = version(plan, BLOOD)
    services.reject(actor=top_officer, proposal=proposal(plan, BLOOD), version=None)
    answer = press(desk, plan, BLOOD, "correct", **{**TYPED, "version": seen, "name": "Của tôi"})
    html = row(answer.content.decode(), plan, BLOOD)
    assert (answer.status_code, 'value="Của tôi"' in html, "vừa xét mục này" in html) == (409, True, True)


def test_adding_one_and_all_sure_ones(plan, desk):
    answer = desk.post(f"{page(plan)}add/", {"quote": VISITS})
    added = proposal(plan, VISITS)
    assert answer["Location"] == f"{page(plan)}?open={added.pk}#prop-a{added.pk}"
    done = desk.post(f"{page(plan)}accept-sure/", follow=True)
    assert "Đã nhận 3 hoạt động." in done.content.decode()
    start = TEXT.index(BLOOD)
    assert desk.post(f"{page(plan)}add/", {"start": start, "end": start}).status_code == 422


def test_as_many_queries_for_thirty_as_for_one(province, desk):
    def read(count: int) -> Plan:
        plan = document(province.bloc_union, title=f"Chương trình {count}")
        one = found(BLOOD, 3, month(3))
        keep(plan, *[replace(one, start=n, end=n + 1, name=f"Hoạt động {n}") for n in range(count)])
        services.accept(actor=None, proposal=ActivityProposal.objects.filter(plan=plan).first(), version=None)
        return plan

    counts = []
    for plan in (read(2), read(30)):
        last = ActivityProposal.objects.filter(plan=plan).last()
        desk.get(page(plan))
        counts.append(
            (
                count_queries(lambda: desk.get(page(plan))),  # noqa: B023
                count_queries(lambda: desk.get(page(plan), {"open": last.pk})),  # noqa: B023
                count_queries(lambda: desk.post(f"{page(plan)}{last.pk}/reject/", {"version": ""}, **HTMX)),  # noqa: B023
                count_queries(lambda: desk.get(sending(plan))),  # noqa: B023
            )
        )
    assert counts[0] == counts[1]


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
    seen = contradiction(plan, "(dự kiến tháng 9/2024)")
    assert client.get(page(plan)).status_code == status
    assert client.get(sending(plan)).status_code == status
    assert press(client, plan, BLOOD, "accept").status_code == status
    assert client.post(f"{sending(plan)}seen/{seen.pk}/").status_code == (302 if status == 200 else status)
    seen.refresh_from_db()
    assert (seen.seen_at is not None) == (status == 200)


def test_the_last_step_says_what_is_left(plan, desk):
    seen = contradiction(plan, "(dự kiến tháng 9/2024)")
    press(desk, plan, BLOOD, "accept")
    html = plain(desk.get(sending(plan)).content.decode())
    for words in ("1 hoạt động", "Hoạt động: đã xét 1 trong 5", "Đặt dưới Quý IV nhưng ghi tháng 9."):
        assert words in html
    desk.post(f"{sending(plan)}seen/{seen.pk}/")
    for words in (MONTH, TREES, SONGS, BLOC):
        press(desk, plan, words, "reject")
    html = plain(desk.get(sending(plan)).content.decode())
    assert "Đã xét hết các mục tìm thấy." in html
    assert "Đặt dưới Quý IV" not in html


def test_the_last_step_says_what_would_keep_the_plan_from_being_issued(province, desk):
    plan = document(province.bloc_union)
    target(plan, code="2.1", carried_by="each_unit", carrier_kinds=["district_union"], required_share=100)
    assert "Chỉ tiêu 2.1" in plain(desk.get(sending(plan)).content.decode())


def test_a_contradiction_of_another_plan_does_not_exist_here(plan, desk, province):
    other = read_document(province.bloc_union, title="Chương trình khác")
    foreign = contradiction(other, "(dự kiến tháng 9/2024)")
    assert desk.post(f"{sending(plan)}seen/{foreign.pk}/").status_code == 404


def test_after_the_draft_the_steps_lead_to_the_plan(plan, desk):
    seen = contradiction(plan, "(dự kiến tháng 9/2024)")
    send_to_leader(actor=None, plan=plan)
    for address in (page(plan), sending(plan)):
        answer = desk.get(address, follow=True)
        assert (answer.request["PATH_INFO"], "không còn là dự thảo" in answer.content.decode()) == (
            f"/plans/{plan.pk}/",
            True,
        )
    desk.post(f"{sending(plan)}seen/{seen.pk}/")
    seen.refresh_from_db()
    assert seen.seen_at is None
