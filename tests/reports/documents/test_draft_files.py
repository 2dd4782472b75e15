"""What is kept while a draft is made again and again: one file, one unread line; and of what is issued, every byte."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from core import clock, files, jobs, notices
from core.models import JobState, Notice, StoredFile
from reports.documents import services
from reports.documents.models import OfficialDocument
from reports.documents.services import FILE_KIND, request_replacement
from reports.documents.wording.services import gather_again
from tests.reports.documents.test_documents import issue

MORNING = datetime(2024, 10, 5, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def again(officer, django_capture_on_commit_callbacks):
    """Have a draft made once more."""

    def make(document: OfficialDocument, *, actor=officer) -> OfficialDocument:
        gather_again(actor=actor, document=document)
        return run(document, django_capture_on_commit_callbacks)

    return make


def run(document: OfficialDocument, committing) -> OfficialDocument:
    document.refresh_from_db()
    with committing(execute=True):
        jobs.run(document.job_id)
    return OfficialDocument.objects.select_related("file", "job").get(pk=document.pk)


def stored_of(document: OfficialDocument) -> set[int]:
    return set(StoredFile.objects.filter(kind=FILE_KIND, subject=str(document.pk)).values_list("pk", flat=True))


def test_a_draft_made_again_keeps_its_newest_file_alone(drafted, again):
    document, other = drafted(), drafted()
    names = [one.file.content.name for one in (document, other)]
    made = again(document)
    assert made.job.state == JobState.DONE, made.job.error
    assert stored_of(made) == {made.file_id}
    assert stored_of(other) == {other.file_id}
    assert [default_storage.exists(name) for name in (*names, made.file.content.name)] == [False, True, True]


def test_a_page_that_was_open_before_leads_to_the_newest_file(client, officer, secretary, drafted, again):
    document = drafted()
    client.force_login(secretary)
    assert client.get(f"/documents/{document.pk}/pdf/").status_code == 404
    client.force_login(officer)
    address = f"/documents/{document.pk}/pdf/"
    assert f'href="{address}"' in client.get(f"/documents/{document.pk}/").content.decode()
    made = again(document)
    answer = client.get(address, follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(f"/files/{made.file_id}/", 302)])
    OfficialDocument.objects.update(file=None)
    assert client.get(address).status_code == 404


def test_what_a_worker_left_that_died_is_taken_with_it(drafted, again):
    document = drafted()
    left = files.store(
        kind=FILE_KIND, subject=str(document.pk), name="x.pdf", content=b"%PDF", content_type="application/pdf"
    )
    made = again(document)
    assert stored_of(made) == {made.file_id}
    assert not default_storage.exists(left.content.name)


def test_where_making_it_again_fails_the_earlier_file_stays(drafted, again, monkeypatch):
    document = drafted()

    def fails(*_args: object) -> None:
        raise jobs.JobFailed("Không lập được.")

    monkeypatch.setattr(services, "_tell_ready", fails)  # the last step, after the earlier file was taken away
    made = again(document)
    assert (made.job.state, made.file) == (JobState.FAILED, document.file)
    assert document.file_id in stored_of(made)
    assert default_storage.exists(document.file.content.name)


def test_of_an_issued_document_the_issued_file_stays_whatever_comes_after(
    drafted, leader, officer, again, django_capture_on_commit_callbacks
):
    document = drafted()
    draft = document.file.content.name
    with django_capture_on_commit_callbacks(execute=True):
        issue(document, leader, number=5)
    issued = OfficialDocument.objects.select_related("file").get(pk=document.pk)
    assert (issued.state, stored_of(issued)) == ("issued", {issued.file_id})
    assert not default_storage.exists(draft)
    replacing = run(request_replacement(actor=officer, document=issued), django_capture_on_commit_callbacks)
    again(replacing)
    assert stored_of(issued) == {issued.file_id}
    assert default_storage.exists(issued.file.content.name)


def test_who_has_a_draft_made_again_has_one_unread_line_of_it(drafted, officer, again):
    document = drafted()
    address = f"/documents/{document.pk}/"
    for hours in range(3):
        with clock.travel_to(MORNING + timedelta(hours=hours)):
            again(document)
    told = Notice.objects.get(recipient=officer)
    assert (told.url, told.created_at) == (address, MORNING + timedelta(hours=2))
    notices.mark_read(officer)
    again(document)
    assert Notice.objects.filter(recipient=officer, url=address).count() == 2
    assert notices.unread_count(officer) == 1
