"""An issued document whose place another one takes: links both ways, the file as it was, one successor only."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core import jobs
from core.models import JobState
from reports.documents.building import build_report
from reports.documents.context import PeriodicReport, Replaced
from reports.documents.models import OfficialDocument
from reports.documents.services import request_issue, request_replacement
from tests.reports.documents.test_documents import issue, text_of


def bytes_of(document) -> bytes:
    with document.file.content.open("rb") as stored:
        return stored.read()


@pytest.fixture
def issued(drafted, leader):
    return issue(drafted(), leader)


@pytest.fixture
def replacing(issued, officer):
    """Have a draft made that shall take the place of the issued report; without its pages unless they are wanted."""

    def make(*, pages: bool = False) -> OfficialDocument:
        draft = request_replacement(actor=officer, document=issued)
        draft.refresh_from_db()
        if pages:
            jobs.run(draft.job_id)
        else:
            draft.snapshot, draft.file = build_report(draft).to_snapshot(), issued.file
            draft.save(update_fields=["snapshot", "file"])
        return OfficialDocument.objects.get(pk=draft.pk)

    return make


def test_issuing_the_new_one_supersedes_the_old_one_and_keeps_its_file(issued, replacing, leader, tmp_path):
    before, checksum = bytes_of(issued), issued.file.sha256
    new = replacing(pages=True)
    assert (new.supersedes, new.span, new.kind, new.basis) == (issued, issued.span, issued.kind, issued.basis)
    issued.refresh_from_db()
    assert issued.state == "issued"
    issue(new, leader, number=91)
    issued.refresh_from_db()
    assert (new.state, issued.state, issued.number) == ("issued", "superseded", 86)
    assert (bytes_of(issued), issued.file.sha256) == (before, checksum)
    assert PeriodicReport.from_snapshot(new.snapshot).replaces == Replaced(
        number=86, symbol="BC/ĐTN", dated=date(2024, 10, 5)
    )
    words = " ".join(text_of(new, tmp_path).split())
    assert "Báo cáo này thay thế Báo cáo số 86-BC/ĐTN ngày 05/10/2024" in words
    assert list(issued.events.values_list("action", "actor"))[-1] == ("superseded", leader.pk)


def test_the_pages_lead_both_ways_and_the_public_one_names_what_replaced_it(issued, replacing, leader, client):
    new = issue(replacing(), leader, number=91)
    public = client.get(f"/verify/{issued.verify_code}/").content.decode()
    assert "Văn bản này không còn hiệu lực." in public
    assert "Đã được thay thế bằng văn bản số 91-BC/ĐTN ngày 5/10/2024." in public
    assert issued.file.sha256 in public
    assert "không còn hiệu lực" not in client.get(f"/verify/{new.verify_code}/").content.decode()
    client.force_login(leader)
    old_page = client.get(f"/documents/{issued.pk}/").content.decode()
    assert "đã được thay thế bằng văn bản số 91-BC/ĐTN ngày 5/10/2024" in old_page
    assert f'href="/documents/{new.pk}/"' in old_page
    assert "Lập dự thảo thay thế" not in old_page
    new_page = client.get(f"/documents/{new.pk}/").content.decode()
    assert "Thay thế văn bản số 86-BC/ĐTN ngày 5/10/2024." in new_page
    assert f'href="/documents/{issued.pk}/"' in new_page
    register = client.get("/documents/").content.decode()
    assert "Được thay thế bằng số 91-BC/ĐTN ngày 5/10/2024" in register
    assert "Thay thế số 86-BC/ĐTN" in register


def test_a_draft_that_shall_replace_says_nothing_to_strangers_before_it_is_issued(issued, replacing, client):
    replacing()
    assert "không còn hiệu lực" not in client.get(f"/verify/{issued.verify_code}/").content.decode()


def test_of_two_drafts_only_one_takes_the_place(issued, replacing, leader):
    first, second = replacing(), replacing()
    request_issue(actor=leader, document=second, number=92, dated=date(2024, 10, 5))
    issue(first, leader, number=91)
    second.refresh_from_db()
    jobs.run(second.job_id)
    second.refresh_from_db()
    assert (second.state, second.number, second.job.state) == ("draft", None, JobState.FAILED)
    assert second.job.error == "Văn bản kia đã được một văn bản khác thay thế."
    with pytest.raises(ValidationError, match="đã được một văn bản khác thay thế"):
        request_issue(actor=leader, document=second, number=92, dated=date(2024, 10, 5))
    with pytest.raises(ValidationError, match="chưa bị văn bản nào thay thế"):
        replacing()


def test_the_database_keeps_one_successor(issued, replacing, leader):
    first, second = replacing(), replacing()
    issue(first, leader, number=91)
    facts = {"state": "issued", "number": 92, "symbol": "BC/ĐTN", "dated": date(2024, 10, 5)}
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialDocument.objects.filter(pk=second.pk).update(**facts)


def test_what_replaces_is_not_dated_before_what_it_replaces(replacing, leader):
    with pytest.raises(ValidationError) as error:
        request_issue(actor=leader, document=replacing(), number=91, dated=date(2024, 10, 4))
    assert error.value.message_dict == {"dated": ["Ngày này trước ngày của văn bản được thay thế."]}


def test_a_draft_is_not_replaced(drafted, officer):
    with pytest.raises(ValidationError):
        request_replacement(actor=officer, document=drafted())


@pytest.mark.parametrize(("who", "status"), [("officer", 302), ("leader", 302), ("secretary", 404), ("outsider", 404)])
def test_who_may_have_a_replacement_made(who, status, request, issued, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.post(f"/documents/{issued.pk}/replace/").status_code == status
    assert OfficialDocument.objects.filter(supersedes=issued).exists() is (status == 302)
    if status == 404:
        with pytest.raises(PermissionDenied):
            request_replacement(actor=user, document=issued)
