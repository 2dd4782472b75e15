"""The matrices as the pages keep them: role × unit × action, and state × action. What is refused writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.attachments import Attachment
from reports.enums import ReportState
from reports.progress.models import Evidence, ProgressReport
from reports.progress.services import add_evidence
from tests.conftest import person
from tests.reports.progress.scenes import bring_to, report_of
from tests.reports.progress.test_states import LAWFUL

UNITS = ("QNA-KCQ", "QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-003", "KGI-RACHGIA")
# By unit: n does not exist for the person (404); k it does, and nothing of it is theirs (403); r reads; e enters too;
# v enters and reviews too. Source: domain, "Who may do what".
MATRIX = {
    "secretary": "n n n e n",
    "neighbour": "n n n n n",
    "hospital_secretary": "n e r n n",
    "officer": "r v v v n",
    "leader": "r r r r n",
    "administrator": "k k k k n",
    "bloc_head": "n r n r n",
    "top_leader": "r r r r r",
    "top_officer": "v v v v v",
    "outsider": "n n n n v",
    "nobody": "n n n n n",
}
ENTERING = ("save", "submit", "autosave", "evidence", "evidence/{evidence}/withdraw")
REVIEWING = ("approve", "return", "reopen")
REFUSED = {"n": 404, "k": 403, "r": 403, "e": 403}


@pytest.fixture
def evidence(province, september) -> dict[str, Evidence]:
    """By the unit's code: one file under a report of each unit, one in the other province among them."""
    ProgressReport.objects.create(unit=province.rach_gia, period=september)
    author = person("nguoi.nhap", "Người nhập", province.top, "officer")
    paper = Attachment("bien-ban.pdf", b"%PDF-1.7", "application/pdf")
    reports = ProgressReport.objects.filter(unit__code__in=UNITS, period=september).select_related("unit", "period")
    return {one.unit.code: add_evidence(actor=author, report=one, attachment=paper) for one in reports}


@contextmanager
def undone() -> Iterator[CaptureQueriesContext]:
    """What happens inside is taken back; gives the statements that it made."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as statements:
            yield statements
        transaction.set_rollback(True)


def writes(statements: CaptureQueriesContext) -> list[str]:
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [one["sql"] for one in statements if one["sql"].startswith(verbs)]


def asked(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """(what it takes, method, address) of everything that there is of one report."""
    page = f"/reports/{evidence.report.unit.code}/2024-09/"
    yield "read", "GET", page
    yield "file", "GET", f"/files/{evidence.file_id}/"
    for step in ENTERING:
        yield "enter", "POST", page + step.format(evidence=evidence.pk) + "/"
    for step in REVIEWING:
        yield "review", "POST", page + step + "/"


def expected(what: str, letter: str) -> int | None:
    """The status of a refusal, null where the person is let in. A file says nothing to who does not read it."""
    if what == "file":
        return 404 if letter in "nk" else None
    lets_in = {"read": "rev", "enter": "ev", "review": "v"}[what]
    return None if letter in lets_in else REFUSED[letter]


def test_role_unit_and_action(request, evidence):
    """550 requests; every second unit is asked by htmx, whose parts of pages keep the same gate."""
    wrong = []
    for who, letters in MATRIX.items():
        client = Client()
        client.force_login(request.getfixturevalue(who))
        for place, (code, letter) in enumerate(zip(UNITS, letters.split(), strict=True)):
            by_htmx = {"hx-request": "true"} if place % 2 else {}
            for what, method, address in asked(evidence[code]):
                with undone() as statements:
                    body = ("version=0&reason=r", "application/x-www-form-urlencoded")
                    status = client.generic(method, address, *body, headers=by_htmx).status_code
                refusal = expected(what, letter)
                kept = status in {200, 302, 409} if refusal is None else (status, writes(statements)) == (refusal, [])
                if not kept:
                    wrong.append((who, method, address, status, refusal))
    assert wrong == []


@pytest.mark.parametrize("state", ReportState.values)
def test_state_and_action_through_the_pages(state, client, report, province, secretary, officer):
    """A step that the table does not know changes nothing, writes nothing into the history, and is told."""
    found = bring_to(state, report, secretary=secretary, officer=officer)
    steps = {"save": secretary, "autosave": secretary, "submit": secretary}
    steps |= {"approve": officer, "return": officer, "reopen": officer}
    history = found.events.count()
    for step, actor in steps.items():
        client.force_login(actor)
        with undone():
            answer = client.post(f"/reports/QNA-KCQ-003/2024-09/{step}/", {"version": found.version, "reason": "Sai."})
            after = ProgressReport.objects.get(pk=found.pk)
            action = {"autosave": "save"}.get(step, step)
            wanted = LAWFUL.get((state, action))
            if step == "submit" and (state, "save") in LAWFUL:
                wanted = "submitted"  # the button saves first
            assert (step, after.state) == (step, wanted or state)
            # The same person saving the same draft again is no news.
            is_news = wanted is not None and (state, action) != ("draft", "save")
            assert (step, after.events.count() > history) == (step, is_news)
            assert (step, answer.status_code) == (step, (200 if wanted else 409) if step == "autosave" else 302)


def test_a_report_of_another_subtree_is_in_no_list(client, evidence, province, september, outsider, officer):
    """Own months, queue, lateness, dashboard and home name nothing of the other province."""
    for code, author in (("QNA-KCQ-003", officer), ("KGI-RACHGIA", outsider)):
        one = report_of(evidence[code].report.unit, september)
        bring_to("submitted", one, secretary=author, officer=author)
    for who, foreign in ((outsider, "Sở Tư pháp"), (officer, "Rạch Giá")):
        client.force_login(who)
        for address in ("/", "/reports/", "/reports/review/", "/reports/lateness/", "/dashboard/", "/documents/"):
            page = client.get(address, follow=True)
            assert (address, page.status_code, foreign in page.content.decode()) == (address, 200, False)
