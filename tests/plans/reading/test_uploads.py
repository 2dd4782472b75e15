"""A document sent through the page and read by a job: one plan however often it is tried, nothing left of a refused."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.enums import RoleName
from accounts.models import Role
from accounts.services import grant_role
from core import jobs
from core.models import Job, JobState, Notice, StoredFile
from plans.models import Plan, Reading
from plans.sources import MAX_BYTES

from .scenes import DOCUMENT, done, sent, upload

PAGE = "/plans/from-document/"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def signed_in(client, officer):
    client.force_login(officer)


def _kept(tmp_path) -> list[str]:
    return [path.name for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_becomes_a_plan_and_leads_there(client, province, officer):
    job = done(sent(client, file=upload(name="Chương trình.txt")))
    plan = Plan.objects.get()
    assert (job.state, job.result_url) == (JobState.DONE, f"/plans/{plan.pk}/reading/")
    assert (plan.unit, plan.created_by, plan.text) == (province.bloc_union, officer, DOCUMENT)
    assert (plan.source.name, plan.source.content.read()) == ("Chương trình.txt", DOCUMENT.encode())
    assert [reading.file_kind for reading in plan.readings.all()] == ["txt"]
    assert Notice.objects.get().recipient == officer
    waiting = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert waiting["HX-Redirect"] == job.result_url
    assert client.get(job.result_url).status_code == 200


def test_pasted_text_becomes_a_plan(client):
    done(sent(client, text=DOCUMENT))
    plan = Plan.objects.get()
    assert (plan.text, plan.source.name) == (DOCUMENT, "Văn bản dán")


def test_the_same_job_twice_makes_one_plan(client):
    job = done(sent(client))
    done(job)
    assert (Plan.objects.count(), Reading.objects.count()) == (1, 1)


def test_a_worker_that_was_killed_makes_one_plan_with_the_next(client):
    job = sent(client)
    killed = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    assert jobs.requeue_silent() == 1
    done(job)
    # The first worker was only slow: what it made no longer counts.
    with pytest.raises(jobs.JobLost):
        jobs.finish(killed, jobs.JobOutcome(commit=lambda: Plan.objects.all().delete()))
    assert Plan.objects.count() == 1


def test_the_same_document_sent_twice_is_read_once(client):
    first = sent(client)
    assert sent(client) == first
    assert StoredFile.objects.count() == 1
    done(first)
    assert sent(client) != first  # a person may want to begin anew


@pytest.mark.parametrize(
    ("content", "name"),
    [(PICTURE, "Nghị quyết.docx"), (b"PK\x03\x04 broken", "Nghị quyết.docx"), (b"%PDF-1.7 broken", "Nghị quyết.pdf")],
)
def test_a_refused_file_ends_in_a_sentence_and_leaves_nothing(
    client, tmp_path, content, name, django_capture_on_commit_callbacks
):
    job = sent(client, file=upload(content, name))
    assert len(_kept(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        done(job)
    assert job.state == JobState.FAILED
    assert job.error != ""
    assert (Plan.objects.count(), StoredFile.objects.count(), _kept(tmp_path)) == (0, 0, [])
    page = unescape(client.get(f"/jobs/{job.pk}/").content.decode())
    assert job.error in page
    assert PAGE in page


def test_trying_a_refused_file_again_says_that_it_is_gone(client):
    job = done(sent(client, file=upload(PICTURE)))
    client.post(f"/jobs/{job.pk}/retry/")
    done(job)
    assert (job.state, job.error) == (JobState.FAILED, "Văn bản không còn được giữ. Hãy chọn lại.")


def test_a_job_that_is_called_off_leaves_nothing(client, tmp_path, django_capture_on_commit_callbacks):
    job = sent(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/jobs/{job.pk}/cancel/")
    done(job)
    assert (job.state, Plan.objects.count(), StoredFile.objects.count()) == (JobState.CANCELLED, 0, 0)
    assert _kept(tmp_path) == []


def test_a_file_that_kills_its_workers_leaves_nothing(client, tmp_path, django_capture_on_commit_callbacks):
    job = sent(client)
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(jobs.MOST_ATTEMPTS):
            jobs.claim(job.pk)
            Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=2))
            jobs.requeue_silent()
    job.refresh_from_db()
    assert (job.state, StoredFile.objects.count(), _kept(tmp_path)) == (JobState.FAILED, 0, [])


def test_a_finished_plan_keeps_its_file_whatever_happens_to_the_job(client):
    job = done(sent(client))
    client.post(f"/jobs/{job.pk}/cancel/")
    assert StoredFile.objects.get() == Plan.objects.get().source


def test_who_lost_the_right_meanwhile_gets_no_plan(client, officer, tmp_path, django_capture_on_commit_callbacks):
    job = sent(client)
    Role.objects.filter(user=officer).update(ended_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        done(job)
    assert (job.state, Plan.objects.count(), _kept(tmp_path)) == (JobState.FAILED, 0, [])


def test_a_file_over_the_limit_is_refused_before_it_is_read(client):
    answer = client.post(PAGE, {"file": upload(b"x" * (MAX_BYTES + 1))})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"file"}
    assert (Job.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_errors_stand_at_the_field_and_what_was_typed_is_kept(client):
    nothing = client.post(PAGE, {"text": "  \n "})
    assert (nothing.status_code, set(nothing.context["form"].errors)) == (422, {"file"})
    both = client.post(PAGE, {"file": upload(), "text": "Kế hoạch đã dán"})
    assert (both.status_code, set(both.context["form"].errors)) == (422, {"text"})
    assert "Kế hoạch đã dán</textarea>" in both.content.decode()
    empty = client.post(PAGE, {"file": upload(b"")})
    assert (empty.status_code, empty.context["form"].errors["file"]) == (422, ["Tệp trống."])
    assert Job.objects.count() == 0


def test_an_officer_of_several_units_says_for_which(client, province, officer):
    assert 'name="unit"' in client.get(PAGE).content.decode()
    assert client.get(PAGE).context["form"]["unit"].is_hidden
    grant_role(actor=None, user=officer, unit=province.hospital, name=RoleName.OFFICER)
    assert not client.get(PAGE).context["form"]["unit"].is_hidden
    answer = client.post(PAGE, {"text": DOCUMENT})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"unit"})
    done(sent(client, text=DOCUMENT, unit=province.hospital.pk))
    assert Plan.objects.get().unit == province.hospital


def test_no_one_chooses_a_unit_of_others(client, province, officer):
    grant_role(actor=None, user=officer, unit=province.hospital, name=RoleName.OFFICER)
    answer = client.post(PAGE, {"text": DOCUMENT, "unit": province.kgi.pk})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"unit"})


@pytest.mark.parametrize(
    ("name", "status"), [("officer", 200), ("outsider", 404), ("secretary", 404), ("leader", 404), ("nobody", 404)]
)
def test_the_job_and_its_words_are_for_those_who_draft_there(client, request, name, status):
    job = sent(client)
    client.force_login(request.getfixturevalue(name))
    assert client.get(f"/jobs/{job.pk}/").status_code == status


@pytest.mark.parametrize(
    ("name", "status"), [("officer", 200), ("leader", 200), ("outsider", 404), ("secretary", 404), ("top_officer", 200)]
)
def test_the_file_is_for_those_who_draft_or_sign_there(client, request, name, status):
    done(sent(client))
    file = Plan.objects.get().source
    client.force_login(request.getfixturevalue(name))
    assert client.get(f"/files/{file.pk}/").status_code == status
