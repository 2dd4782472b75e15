"""A number is given once a year for a unit and symbol: to a paper or to a plan, whichever comes first."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core import jobs
from core.models import Job, JobState, StoredFile
from plans.enums import PlanState
from plans.models import Plan
from plans.services import issue_plan, send_to_leader
from plans.versions.amending import amend_plan
from reports.documents.models import OfficialDocument
from reports.documents.numbers import next_number
from reports.documents.plan_papers.services import request_plan_paper
from reports.documents.services import new_document, request_issue
from reports.enums import DocumentKind
from targets.calendar import Span
from tests import making
from tests.making import count_queries
from tests.reports.documents.kinds import made, plan_of
from tests.reports.documents.test_documents import issue

NEW_YEAR, TODAY = date(2024, 1, 2), date(2024, 10, 5)
SYMBOLS = {"dispatch": "CV/ĐTN", "report": "BC/ĐTN"}
# Kinds of plans, with the kind of paper that bears the same symbol.
SAME = [("dispatch", "reminder"), ("report", "monthly")]


def sent(unit, kind: str = "dispatch") -> Plan:
    return send_to_leader(actor=None, plan=making.draft(unit, kind=kind))


@pytest.fixture
def paper(province, leader):
    """A draft for whose number nothing is set: what it says plays no part here."""

    def put(kind: str = "reminder", unit=None) -> OfficialDocument:
        document = new_document(
            unit=unit or province.bloc_union,
            kind=DocumentKind(kind),
            span=Span.parse("2024-09"),
            title="Văn bản tháng 9",
            basis="official",
            actor=leader,
        )
        OfficialDocument.objects.filter(pk=document.pk).update(snapshot={})
        return OfficialDocument.objects.get(pk=document.pk)

    return put


@pytest.fixture
def registered(paper):
    """A paper that stands in the register under its number."""
    stored = StoredFile.objects.create(kind="reports.document", name="a.pdf", size=1, sha256="0" * 64)

    def put(kind: str = "reminder", number: int = 7, dated: date = TODAY, **more) -> OfficialDocument:
        document = paper(kind, **more)
        document.state, document.file, document.number, document.dated = "issued", stored, number, dated
        document.symbol = {"reminder": "CV/ĐTN", "monthly": "BC/ĐTN"}[kind]
        document.save()
        return document

    return put


def refusal(act, **wish) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        act(**wish)
    return refused.value.message_dict


@pytest.mark.parametrize(("plan_kind", "kind"), SAME)
def test_the_register_does_not_give_a_plan_s_number_again(plan_kind, kind, province, paper, leader):
    plan = making.issue(making.draft(province.bloc_union, kind=plan_kind), number=7)
    said = refusal(request_issue, actor=leader, document=paper(kind), number=7, dated=TODAY)
    assert list(said) == ["number"]
    symbol = f"07-{SYMBOLS[plan_kind]}"
    assert said["number"] == [f"Số này đã cấp cho văn bản {symbol} “{plan.title}”, ban hành năm 2024."]
    request_issue(actor=leader, document=paper(kind), number=8, dated=TODAY)


def test_a_closed_plan_and_an_earlier_version_keep_their_numbers(province, paper, leader):
    plan = making.issue(making.draft(province.bloc_union, kind="dispatch"), number=7)
    later = amend_plan(actor=None, plan=plan)
    send_to_leader(actor=None, plan=later)
    later = issue_plan(actor=None, plan=later, number=9, issued_on=date(2024, 6, 3))
    Plan.objects.filter(pk=later.pk).update(state=PlanState.CLOSED)
    for number in (7, 9):
        assert "number" in refusal(request_issue, actor=leader, document=paper(), number=number, dated=TODAY)


@pytest.mark.parametrize(("plan_kind", "kind"), SAME)
def test_a_plan_does_not_take_a_number_of_the_register(plan_kind, kind, province, registered):
    registered(kind)
    plan = sent(province.bloc_union, plan_kind)
    said = refusal(issue_plan, actor=None, plan=plan, number=7, issued_on=NEW_YEAR)
    assert said == {"number": ["Trong năm đã có văn bản mang số và ký hiệu này."]}
    assert issue_plan(actor=None, plan=plan, number=8, issued_on=NEW_YEAR).state == PlanState.ISSUED


def test_the_form_of_the_plan_says_so_beside_the_number(province, registered, leader, client):
    registered()
    plan = sent(province.bloc_union)
    client.force_login(leader)
    answer = client.post(f"/plans/{plan.pk}/issue/", {"number": "7", "issued_on": "02/01/2024", "place": "Tam Kỳ"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"] == ["Trong năm đã có văn bản mang số và ký hiệu này."]


def test_a_number_that_is_promised_to_a_paper_is_no_plan_s(province, paper, leader):
    document, plan = paper(), sent(province.bloc_union)
    request_issue(actor=leader, document=document, number=7, dated=TODAY)
    assert "number" in refusal(issue_plan, actor=None, plan=plan, number=7, issued_on=NEW_YEAR)
    document.refresh_from_db()
    Job.objects.filter(pk=document.job_id).update(state=JobState.FAILED)
    assert issue_plan(actor=None, plan=plan, number=7, issued_on=NEW_YEAR).symbol == "07-CV/ĐTN"


def test_a_job_that_is_tried_again_does_not_take_the_number_that_a_plan_got_meanwhile(drafted, province, leader):
    document = drafted()
    request_issue(actor=leader, document=document, number=7, dated=TODAY)
    document.refresh_from_db()
    Job.objects.filter(pk=document.job_id).update(state=JobState.FAILED)
    issue_plan(actor=None, plan=sent(province.bloc_union, "report"), number=7, issued_on=NEW_YEAR)
    jobs.retry(document.job)
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert (document.state, document.number, document.job.state) == ("draft", None, JobState.FAILED)
    assert "07-BC/ĐTN" in document.job.error


@pytest.mark.parametrize(
    ("borne", "number", "suffix", "is_free"),
    [
        ("7-CV/ĐTN", 7, "ĐTN", False),
        ("007-CV/ĐTN", 7, "ĐTN", False),
        ("07-CV/ĐTN", 70, "ĐTN", True),
        ("17-CV/ĐTN", 7, "ĐTN", True),
        ("07-CV/ĐTN-VP", 7, "ĐTN", True),
        ("07-CV/ĐTN", 7, "ĐTN-VP", True),
        ("07-CV/ĐTN-VP", 7, "ĐTN-VP", False),
        ("07-CV/TĐTN", 7, "ĐTN", True),
        ("07-CV/ĐTN", 7, "Đ.N", True),
    ],
)
def test_numbers_are_compared_as_such_and_symbols_as_written(borne, number, suffix, is_free, province, paper, leader):
    plan = making.draft(province.bloc_union, kind="dispatch")
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=int(borne.partition("-")[0]), symbol=borne, issued_on=NEW_YEAR)
    type(province.bloc_union).objects.filter(pk=province.bloc_union.pk).update(symbol_suffix=suffix)
    wish = {"actor": leader, "document": paper(unit=type(province.bloc_union).objects.get(pk=province.bloc_union.pk))}
    if is_free:
        request_issue(**wish, number=number, dated=TODAY)
    else:
        assert list(refusal(request_issue, **wish, number=number, dated=TODAY)) == ["number"]


def test_another_symbol_unit_or_year_is_free(province, paper, registered, leader):
    making.issue(making.draft(province.bloc_union, kind="dispatch"), number=7)
    making.issue(making.draft(province.kgi, kind="report"), number=7)
    making.issue(making.draft(province.bloc_union, kind="report"), number=7, issued_on=date(2023, 12, 20))
    request_issue(actor=leader, document=paper("monthly"), number=7, dated=TODAY)
    registered("reminder", number=12)
    for plan, dated in (
        (sent(province.bloc_union, "plan"), NEW_YEAR),
        (sent(province.kgi), NEW_YEAR),
        (sent(province.bloc_union), date(2023, 12, 20)),
    ):
        assert issue_plan(actor=None, plan=plan, number=12, issued_on=dated).state == PlanState.ISSUED


def test_a_draft_that_was_read_with_a_number_takes_none(province, paper, leader):
    making.draft(province.bloc_union, kind="dispatch")
    Plan.objects.update(number=7, issued_on=NEW_YEAR)
    request_issue(actor=leader, document=paper(), number=7, dated=TODAY)


def test_a_plan_s_own_paper_gets_the_plan_s_number_also_when_it_was_amended(province, officer, leader):
    plan = plan_of(province.bloc_union)
    first = made(request_plan_paper(actor=officer, plan=plan))
    later = amend_plan(actor=None, plan=plan)
    send_to_leader(actor=None, plan=later)
    later = issue_plan(actor=None, plan=later, number=15, issued_on=date(2024, 6, 3))
    first = issue(first, leader, 2, NEW_YEAR)
    second = issue(made(request_plan_paper(actor=officer, plan=later)), leader, 15, date(2024, 6, 3))
    assert [(one.state, one.number, one.symbol) for one in (first, second)] == [
        ("issued", 2, "NQ/ĐTN"),
        ("issued", 15, "NQ/ĐTN"),
    ]


def test_the_next_number_is_free_under_the_paper_s_own_symbol(province, paper, registered, leader):
    reminder, report = paper(), paper("monthly")
    assert (next_number(reminder, 2024), next_number(report, 2024)) == (1, 1)
    making.issue(making.draft(province.bloc_union, kind="dispatch"), number=7)
    assert (next_number(reminder, 2024), next_number(report, 2024)) == (8, 1)
    registered(number=11)
    registered("monthly", number=86)
    assert (next_number(reminder, 2024), next_number(report, 2024)) == (12, 87)
    request_issue(actor=leader, document=paper(), number=12, dated=TODAY)
    assert next_number(reminder, 2024) == 13
    assert next_number(reminder, 2023) == 1
    assert next_number(paper(unit=province.kgi), 2024) == 1
    assert count_queries(lambda: next_number(reminder, 2024)) == 3


def test_what_the_form_proposes_is_accepted(province, paper, leader, client):
    making.issue(making.draft(province.bloc_union, kind="dispatch"), number=7)
    document = paper()
    client.force_login(leader)
    proposed = client.get(f"/documents/{document.pk}/").context["form"].initial
    request_issue(actor=leader, document=document, **proposed)


@pytest.mark.parametrize("has_plan", [True, False])
def test_to_the_paper_of_a_draft_nothing_is_proposed(has_plan, province, paper, leader, client):
    document = paper("plan")
    if has_plan:
        OfficialDocument.objects.filter(pk=document.pk).update(plan=making.draft(province.bloc_union))
    client.force_login(leader)
    answer = client.get(f"/documents/{document.pk}/")
    assert answer.context["form"].initial == {"number": None, "dated": TODAY}
