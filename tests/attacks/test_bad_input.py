"""Nonsense in every query parameter and every field of every form: a page or a refusal in words, never an error page.

What is refused comes back with what was typed, in Vietnamese.
"""

import re
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client

from plans.forms import FactsForm
from plans.heads import version_of
from plans.models import Plan
from reports.documents.models import OfficialDocument
from reports.documents.wording.models import WordingVersion
from reports.progress.models import Period, ProgressReport
from targets.models import Adjustment
from tests.attacks.addresses import fill, own_routes
from tests.attacks.test_routes import ON_DRAFT

HUGE = "1" + "0" * 30  # beyond every number of the database
DIGITS = "9" * 5000  # beyond what Python reads as a number
IN_QUERIES = ["\0", "x\0", "x" * 10_000, HUGE, DIGITS, "-1", "0000", "9999", "2024-13", "%s{{ 7 }}💥"]
IN_FIELDS = ["\0", "x" * 10_000, HUGE, DIGITS, "3000000000", "NaN", "31/12/9999", "0001-01-01", "٣💥"]

QUERIES = {
    "accounts:units": "q page",
    "plans:list": "q state year page",
    "plans:section-add": "under",
    "plans:outline": "moved step",
    "plans:renumber": "beside style",
    "plans:excel-export": "empty",
    "targets:list": "moved step",
    "plans:coverage": "q open",
    "plans:difference": "with",
    "targets:add": "section",
    "targets:indicators": "q open page",
    "targets:allocations": "target",
    "targets:adjustments": "page",
    "activities:board": "unit bloc reach q state scope plan target year month week whole",
    "activities:month": "unit bloc reach q state scope plan target year month week whole",
    "activities:week": "unit bloc reach q state scope plan target year month week whole",
    "activities:timeline": "unit bloc reach q state scope plan target year month week page",
    "activities:comments": "answer page",
    "activities:list": "unit bloc reach q state scope plan target year month week page",
    "activities:create": "plan section",
    "activities:occurrences": "every day nth weekday starts_on until times lasts",
    "activities:filling": "unit missing",
    "activities:recording": "unit occurrence outcome",
    "activities:of-draft": "moved step",
    "activities:feeds": "unit",
    "activities:registrations": "state item page",
    "activities:take-over": "choose",
    "activities:calendar-export": "view unit bloc reach q state scope plan target year month week",
    "reports:own": "year",
    "reports:review": "page report q period bloc beneath level mark order",
    "reports:lateness": "year q page",
    "reports:report": "enter",
    "reports:periods": "year unit",
    "reports:period-days": "unit",
    "reports:dashboard-own": "period basis",
    "reports:dashboard": "period basis show status sort",
    "reports:target": "period basis",
    "reports:documents": "q year kind state page unit span basis",
    "reports:documents-export": "q year kind state",
    "reports:scorecards": "period",
    "reports:dispatch-ask": "month",
    "reports:allocation-paper": "unit",
    "reports:calendar-paper": "unit year",
    "core:notices": "page",
}
ASKED_BY = {
    "reports:own": "secretary",
    "reports:periods": "top_admin",
    "reports:period-days": "top_admin",
    "targets:indicators": "top_officer",
}


def test_queries(place):
    browsers = _browsers(place)
    failed = []
    for name, words in QUERIES.items():
        address = fill(own_routes()[name], _words(place, name))
        for word in words.split():
            for value in IN_QUERIES:
                status = browsers[ASKED_BY.get(name, "officer")].get(address, {word: value}).status_code
                wished = {400} if "\0" in value else {200, 302, 404}
                if status not in wished:
                    failed.append((name, word, value[:20], status))
    assert failed == []


@dataclass(frozen=True)
class Form:
    """A form that is filled rightly as it stands: its route, who sends it, its fields."""

    route: str
    who: str
    fields: dict[str, object]
    words: dict[str, object] = field(default_factory=dict)


def _forms(place) -> list[Form]:
    """Every form of the portal with a lawful filling; uploads are in the tests of workbooks."""
    here, words = place.province, place.words
    blood, unit = words["indicator_id"], here.justice.pk
    month = {"code": here.finance.code}
    figures = {"version": 0, f"i{blood}-amount": 5, f"i{blood}-note": "n", "t-movements": "w"}
    november = {"period_id": Period.objects.get(year=2024, month=11).pk}
    share = f"c{words['target_id']}-{unit}"
    recurrence = {"nth": "", "starts_on": "1/1/2024", "until": "30/6/2024", "times": 4, "lasts": 1}
    day = {"precision": "quarter", "starts_on": "1/10/2024", "ends_on": ""}
    wish = {**day, "name": "n", "place": "p", "people": 5}
    registration = words["registration_id"]
    row = {f"{name}_0": value for name, value in day.items()}
    money = {"budget": "b", "budget_amount": "1.000", "coordinating": here.finance.pk}
    money["owner"] = place.people["officer"].pk
    target = {"code": "9", "name": "n", "carried_by": "pooled", "carrier_reach": "direct", "minimum": 5, "maximum": 6}
    days = {"due_on": "2024-10-04", "locks_on": "2024-10-12"}
    other = {f"other-{name}": value for name, value in {"level": "", "unit": "QNA-KCQ-003", **days}.items()}
    rule = {"rule-unit": "QNA-KCQ-003", "rule-level": "", "rule-due_day": 1, "rule-lock_day": 10}
    more_time = {"locks_on": "2024-10-20", "due_on": "2024-10-08", "reason": "r"}
    texts = {"opening": "o", "movements": "m", "causes": "c", "tasks": "t"}
    newcomer = {"code": "QNA-KCQ-003-01", "kind": "branch", "opened_on": "2024-03-01", "name": "Chi đoàn mới"}
    return [
        Form("accounts:role-grant", "administrator", {"username": "can.bo", "name": "leader"}),
        Form(
            "accounts:unit-open", "administrator", {**newcomer, "short_name": "", "members": 5}, {"code": "QNA-KCQ-001"}
        ),
        Form("accounts:unit-rename", "administrator", {"name": "Tên mới", "short_name": "Mới"}),
        Form("accounts:unit-members", "administrator", {"as_of": "2024-09-01", "members": 40}),
        Form("accounts:unit-bloc", "administrator", {"bloc": here.bloc_2.pk, "starts_on": "2024-10-01"}),
        Form(
            "accounts:unit-close",
            "administrator",
            {"closed_on": "2024-10-05", "successor": here.finance.pk, "kind": "merged"},
        ),
        Form(
            "plans:create",
            "officer",
            {
                "unit": here.bloc_union.pk,
                "kind": "resolution",
                "title": "T",
                "theme": "t",
                "starts_on": "1/1/2025",
                "ends_on": "31/12/2025",
                "based_on": "",
            },
        ),
        Form(
            "plans:section-add",
            "officer",
            {"parent": words["section_id"], "number": "1", "heading": "h", "text": "t", "topic": ""},
        ),
        Form("plans:section-revise", "officer", {"parent": "", "number": "1", "heading": "h", "text": "t"}),
        Form("plans:section-move", "officer", {"step": "up"}),
        Form("plans:section-delete", "officer", {"into": ""}),
        Form("plans:renumber", "officer", {"fingerprint": "0" * 64}),
        Form("plans:issue", "leader", {"number": 7, "issued_on": "1/10/2024", "place": "Q"}),
        Form("plans:return", "leader", {"reason": "r"}),
        Form("plans:base", "officer", {"based_on": ""}),
        Form(
            "plans:head",
            "officer",
            {
                "kind": "resolution",
                "title": "T",
                "theme": "t",
                "starts_on": "1/1/2025",
                "ends_on": "31/12/2025",
                "version": version_of(Plan.objects.get(pk=words["draft_id"]), FactsForm.base_fields),
            },
        ),
        Form(
            "targets:add",
            "officer",
            {
                **target,
                "section": words["section_id"],
                "indicator": blood,
                "starts_on": "",
                "due_on": "",
                "restates": "",
            },
        ),
        Form(
            "targets:add",
            "officer",
            {
                **target,
                "carried_by": "each_unit",
                "carrier_kinds": "branch",
                "required_share": 100,
                "new_name": "Cây xanh",
                "new_measure": "cây",
                "new_kind": "amount",
                "new_over_time": "sum",
            },
        ),
        Form(
            "targets:revise",
            "officer",
            {**target, "indicator": blood, "starts_on": "1/2/2024", "due_on": "", "phases": "30/6/2024: 1"},
        ),
        Form("targets:move", "officer", {"step": "up"}),
        Form("targets:recode", "officer", {"fingerprint": "0" * 64}),
        Form("targets:indicator-merge", "top_officer", {"into": blood}),
        Form("targets:allocations", "officer", {share: "5–6", "effective_on": "1/10/2024", "seen": 2**40}),
        Form("targets:propose", "neighbour", {"figure": "4–6", "reason": "r"}, {"unit_code": "QNA-KCQ-004"}),
        Form("targets:adjustment-withdraw", "neighbour", {}),
        Form("targets:adjustment-accept", "officer", {"figure": "4", "effective_on": "1/10/2024", "answer": "a"}),
        Form("targets:adjustment-decline", "officer", {"no-answer": "a"}),
        Form(
            "activities:create",
            "officer",
            {
                **row,
                "unit": here.bloc_union.pk,
                "name": "n",
                "scope": "issuer",
                "bloc": "",
                "repeats": 1,
                "place": "p",
                "indicators": blood,
                **money,
            },
        ),
        Form(
            "activities:revise",
            "officer",
            {**row, "name": "n", "scope": "issuer", "bloc": "", "section": "", "repeats": 1, "indicators": blood}
            | money,
        ),
        Form("activities:arrange", "officer", {"place": "p", **money, "owner": place.people["secretary"].pk}),
        Form("activities:move", "officer", {"step": "up"}),
        Form("activities:revise", "officer", {**row, "name": "n", "indicators": blood, "another_time": "1"}),
        Form("activities:done", "officer", {"done_on": "1/10/2024"}),
        Form("activities:postpone", "officer", {**day, "reason": "r"}),
        Form("activities:cancel", "officer", {"reason": "r"}),
        Form("activities:comments", "officer", {"text": "t", "answers": place.words["comment_id"], "is_for_all": "on"}),
        Form(
            "activities:recording",
            "officer",
            {"unit": unit, "done_on": "1/10/2024", "people": 4, "note": "n", f"figure_{blood}": 5},
        ),
        Form("activities:occurrences", "officer", {**recurrence, "every": "month_day", "day": 5}),
        Form("activities:occurrence-add", "officer", {"starts_on": "1/10/2024", "ends_on": "2/10/2024"}),
        Form(
            "activities:occurrence-move",
            "officer",
            {"starts_on": "1/10/2024", "ends_on": "2/10/2024"},
            {"activity_id": words["divided_id"]},
        ),
        Form("activities:feeds", "officer", {"unit": here.justice.code}),
        Form("activities:register", "secretary", {**wish, "who": f"u{here.justice.pk}"}),
        Form("activities:take-over", "officer", {"activity": words["above_id"]}, {"plan_id": words["based_id"]}),
        Form("activities:registration-again", "secretary", wish, {"registration_id": words["returned_id"]}),
        Form("activities:registration-approve", "officer", {"version": 1}),
        Form("activities:registration-return", "officer", {"version": 1, "reason": "r"}),
        Form("activities:registration-withdraw", "secretary", {}),
        Form("activities:registrations-approve", "officer", {"registration": f"{registration}.1"}),
        Form("activities:registrations-return", "officer", {"registration": f"{registration}.1", "reason": "r"}),
        Form("reports:autosave", "neighbour", figures, month),
        Form("reports:save", "neighbour", figures, month),
        Form("reports:submit", "neighbour", {**figures, "seen": "x"}, month),
        Form("reports:return", "officer", {"reason": "r", "keep": "1", "next": "/reports/review/"}),
        Form("reports:reopen", "officer", {"reason": "r", "next": ""}),
        Form("reports:approve", "officer", {"next": "/", "version": place.report.version}),
        Form("reports:approve-summary", "officer", {"report": place.report.pk, "all": ""}),
        Form("reports:approve-many", "officer", {"report": f"{place.report.pk}.{place.report.version}"}),
        Form("reports:phrases", "officer", {"text": "t", "unit": place.province.bloc_union.pk}),
        Form("reports:periods", "top_admin", {"year": 2026, "due_day": 3, "lock_day": 15, "cut_off": 20}),
        Form("reports:period-days", "top_admin", days),
        Form("reports:period-bounds", "top_admin", {"first_day": "2024-11-01", "last_day": "2024-11-20"}, november),
        Form("reports:period-part", "administrator", other),
        Form("reports:rule-keep", "administrator", rule),
        Form("reports:extension", "officer", more_time, month),
        Form("reports:extension-ask", "neighbour", {"plea": "p"}, month),
        Form("reports:extension-decline", "officer", {"why_not": "w"}, month),
        Form("reports:document-ask", "officer", {"unit": "QNA-KCQ", "span": "2024-09", "basis": "official"}),
        Form("reports:scorecard-ask", "officer", {"month": "2024-09", "basis": "official"}),
        Form("reports:dispatch-ask", "officer", {"unit": "QNA-KCQ", "month": "2024-09"}),
        Form("reports:document-words", "officer", {"seen": 2, **texts, "take": "causes", "checked": "causes"}),
        Form("reports:document-words-prefilled", "officer", {"seen": 2, **texts, "part": "causes"}),
        Form("reports:document-words-restore", "officer", {"seen": 2}),
        Form("reports:document-issue", "leader", {"number": 1, "dated": "2024-10-05"}),
    ]


# Many thousand requests: in parts, so that two processes share them.
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_every_field_of_every_form(place, part):
    failed = []
    browsers = _browsers(place)
    for form in _forms(place)[part::PARTS]:
        for name in form.fields:
            for value in [*IN_FIELDS, None]:
                response = _send(browsers, place, form, {name: value})
                if response.status_code not in {200, 302, 404, 409, 422}:
                    failed.append((form.route, name, str(value)[:20], response.status_code))
    assert failed == []


def test_every_form_takes_what_is_right(place):
    """Otherwise the test above would try nothing."""
    browsers = _browsers(place)
    statuses = {form.route: _send(browsers, place, form, {}).status_code for form in _forms(place)}
    # Asking for another row or for earlier words shows the form again; a calendar's address is shown by the answer
    # that made it.
    # One indicator only: there is nothing to merge it with.
    assert {route: status for route, status in statuses.items() if status != 302} == {
        "activities:feeds": 200,
        "activities:revise": 200,
        "reports:approve-summary": 200,
        "reports:autosave": 200,
        "reports:document-words-prefilled": 200,
        "targets:indicator-merge": 422,
    }


ENGLISH = re.compile(r"\b(Enter|Ensure|Select|This field|This value|valid choice|characters|cannot|must be)\b")


def test_words_in_a_number_are_kept_and_refused_in_vietnamese(place):
    """Every field of a figure, a number or a day: 422, what was typed, and no sentence of the framework in English."""
    browsers, typed = _browsers(place), "mười hai & <3>"
    numbers = re.compile(
        r"^c\d+-|members|number|minimum|maximum|_share|people|figure|amount|year|day|cut_off|repeats|(?<!based)_on(?:_[0-9])?$|as_of|dated"
    )
    failed, tried = [], 0
    for form in _forms(place):
        for name in (name for name in form.fields if numbers.search(name)):
            if form.route in {"plans:section-add", "plans:section-revise", "reports:autosave"}:
                continue  # a section's number is free text; autosaving answers JSON
            if "another_time" in form.fields:
                continue  # asking for another row judges nothing
            tried += 1
            response = _send(browsers, place, form, {name: typed})
            page = response.content.decode()
            if response.status_code != 422 or "mười hai &amp; &lt;3&gt;" not in page or "<3>" in page:
                failed.append((form.route, name, response.status_code))
            failed += [(form.route, name, said) for said in ENGLISH.findall(page)]
    assert failed == []
    assert tried == 73


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"\xff\xfe" * 100, "application/x-www-form-urlencoded", 422),
        (b"{bad", "application/json", 422),
        (b"xx", "multipart/form-data", 400),
        (b"xx", "multipart/form-data; boundary=yy", 422),
        (b"title=1", "application/x-www-form-urlencoded; charset=utf-16", 400),
        ("&".join(f"a{n}=1" for n in range(6000)).encode(), "application/x-www-form-urlencoded", 400),
        (b"title=" + b"x" * (21 * 1024 * 1024), "application/x-www-form-urlencoded", 400),
    ],
)
def test_bodies_that_no_browser_sends(place, body, content_type, status):
    browser = _browsers(place)["officer"]
    assert browser.post("/plans/new/", body, content_type=content_type).status_code == status


def test_addresses_that_no_page_gives(place):
    browser = _browsers(place)["officer"]
    for address, status in {
        "/plans/?q=%ff%fe": 200,
        f"/plans/{'9' * 30}/": 404,
        f"/plans/{DIGITS}/": 404,
        "/plans/%ff/": 404,
        "/plans/%00/": 404,
        "/units/%00/": 404,
        f"/verify/{'A' * 5000}/": 404,
        "/reports/QNA-KCQ-003/2024-13/": 404,
        "/reports/QNA-KCQ-003/abcd/": 404,
    }.items():
        assert (address, browser.get(address).status_code) == (address, status)
    cookie = r'sessionid="\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'
    assert browser.get("/plans/", headers={"cookie": cookie}).status_code == 400


def _browsers(place) -> dict[str, Client]:
    browsers = {who: Client(raise_request_exception=False) for who in place.people}
    for who, browser in browsers.items():
        browser.force_login(place.people[who])
    return browsers


def _words(place, route: str) -> dict[str, object]:
    on_draft = route in {*ON_DRAFT, "plans:issue", "plans:return"}
    return {**place.words, **(place.draft_words if on_draft else {})}


def _send(browsers: dict[str, Client], place, form: Form, changes: dict[str, object]):
    """The answer to the form with these changes (null: left out), at a moment when its step is open; then undone."""
    data = {name: value for name, value in {**form.fields, **changes}.items() if value is not None}
    address = fill(own_routes()[form.route], {**_words(place, form.route), **form.words})
    with transaction.atomic():
        _open_the_way(place, form.route)
        response = browsers[form.who].post(address, data)
        transaction.set_rollback(True)
    return response


def _open_the_way(place, route: str) -> None:
    if route == "plans:return":
        Plan.objects.filter(pk=place.words["draft_id"]).update(state="in_review")
    if route == "plans:issue":
        draft = Plan.objects.filter(pk=place.words["draft_id"])
        draft.update(state="in_review", starts_on="2024-01-01")
    if route == "targets:propose":
        Adjustment.objects.filter(pk=place.words["adjustment_id"]).update(
            state="withdrawn", settled_at="2024-10-04T09:00Z"
        )
    if route == "reports:reopen":
        reports = ProgressReport.objects.filter(pk=place.report.pk)
        reports.update(state="approved", approved_at="2024-10-04T09:00Z")
    if route == "reports:document-issue":
        OfficialDocument.objects.filter(pk=place.words["document_id"]).update(snapshot={}, job=None)
        WordingVersion.objects.filter(document=place.words["document_id"]).delete()
