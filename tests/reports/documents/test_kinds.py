"""What holds for the papers of plans, shares and calendars alike: their jobs, copies, the register."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.utils import timezone

from core import jobs
from core.models import Job, JobState, StoredFile
from plans.models import Plan
from plans.services import add_section
from reports.documents import papers
from reports.documents.models import OfficialDocument
from tests.making import count_queries
from tests.reports.documents.kinds import ASKS, autumn, hand_down, made, plan_of

KINDS = tuple(ASKS)


@pytest.fixture
def plan(province):
    plan = plan_of(province.bloc_union)
    hand_down(plan.targets.get(code="1.1"), {province.justice: 5}, province.bloc_union)
    autumn(province.bloc_union)
    return plan


@pytest.mark.parametrize("kind", KINDS)
def test_a_job_whose_worker_dies_in_the_middle_gives_one_document(kind, plan, officer, monkeypatch):
    document = ASKS[kind](officer, plan)
    document.refresh_from_db()
    render, died = papers.render_pdf, []

    def dies_once(paper, **more):
        pdf = render(paper, **more)
        if not died:  # the worker falls silent, and beat gives the job to another one
            died.append(True)
            Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
            jobs.requeue_silent()
        return pdf

    monkeypatch.setattr(papers, "render_pdf", dies_once)
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert (document.job.state, document.file, document.snapshot) == (JobState.QUEUED, None, None)
    jobs.run(document.job_id)
    document.refresh_from_db()
    assert (document.job.state, document.job.attempts) == (JobState.DONE, 2)
    assert OfficialDocument.objects.count() == 1
    assert [event.action for event in document.events.all()] == ["requested", "rendered"]
    assert document.file == StoredFile.objects.get(pk=document.file_id)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_frozen_stays_whatever_changes_since(kind, plan, officer, client):
    document = made(ASKS[kind](officer, plan))
    client.force_login(officer)
    addresses = [f"/documents/{document.pk}/{ending}/" for ending in ("word", "excel")]
    before = [client.get(address).content for address in addresses]
    Plan.objects.filter(pk=plan.pk).update(title="Tên khác")
    plan.targets.update(name="Chỉ tiêu khác")
    plan.unit.documents.model.objects.filter(pk=document.pk).update(title="Tên khác")
    plan.unit.activities.update(name="Hoạt động khác")
    assert [client.get(address).content for address in addresses] == before
    assert papers.render_pdf(papers.thaw(document, document.snapshot)) == document.file.content.open("rb").read()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("plan", "van-ban-QNA-KCQ-2024.docx"),
        ("allocation", "giao-chi-tieu-QNA-KCQ-2024.docx"),
        ("calendar", "lich-hoat-dong-QNA-KCQ-2024-Q4.docx"),
    ],
)
def test_its_page_offers_copies_to_readers_of_the_pdf_only(kind, name, plan, client, officer, secretary, neighbour):
    document = made(ASKS[kind](officer, plan))
    client.force_login(officer)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert f'href="/documents/{document.pk}/word/"' in page
    assert f'href="/documents/{document.pk}/excel/"' in page
    word = client.get(f"/documents/{document.pk}/word/")
    assert word["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Nơi nhận:" in [
        p.text for t in docx.Document(BytesIO(word.content)).tables for c in t._cells for p in c.paragraphs
    ]
    for person in (secretary, neighbour):
        client.force_login(person)
        for ending in ("", "word/", "excel/"):
            assert client.get(f"/documents/{document.pk}/{ending}").status_code == 404
        assert client.get(f"/files/{document.file_id}/").status_code == 404


def test_the_register_lists_them_by_kind(plan, client, officer):
    for kind in KINDS:
        ASKS[kind](officer, plan)
    client.force_login(officer)
    page = client.get("/documents/?kind=allocation").content.decode()
    assert "Giao chỉ tiêu công tác Đoàn" in page
    assert "Lịch hoạt động quý IV" not in page
    assert "Chính thức</td>" not in page  # no figures, so none that are official or provisional
    assert "<h1>Văn bản chính thức" in " ".join(page.split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_larger_plan_costs_no_more_questions(kind, plan, province):
    document = OfficialDocument(kind=kind, unit=province.bloc_union, plan=plan, span="2024-Q4")
    first = count_queries(lambda: papers.build(document))
    draft = plan.state
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    for number in range(5, 15):
        add_section(plan=plan, number=str(number), heading="Mục", text="Nội dung.")
    Plan.objects.filter(pk=plan.pk).update(state=draft)
    hand_down(
        plan.targets.get(code="1.1"), {unit: 3 for unit in province.grassroots if unit != province.justice}, plan.unit
    )
    autumn(province.bloc_union)
    assert count_queries(lambda: papers.build(document)) == first
