"""Evidence under a report: who adds, who sees, who withdraws, and that nothing is left of what was withdrawn."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.attachments import Attachment, AttachmentRefused
from core.models import StoredFile
from reports.progress.errors import WrongState
from reports.progress.models import Evidence
from reports.progress.services import add_evidence, withdraw_evidence
from reports.progress.services.evidence import MOST_A_REPORT
from tests.reports.progress.scenes import bring_to

ADDRESS = "/reports/QNA-KCQ-003/2024-09/"
PEOPLE = [
    *("secretary", "neighbour", "hospital_secretary", "officer", "leader", "administrator"),
    *("bloc_head", "top_leader", "top_officer", "outsider", "nobody"),
]
SEEN_BY = {"secretary", "officer", "leader", "bloc_head", "top_leader", "top_officer"}
ENTERED_BY = {"secretary", "officer", "top_officer"}
KNOWN_TO = SEEN_BY | {"administrator"}


def photo(colour: str = "red", name: str = "ngay-hoi.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


def paper(text: str = "Biên bản") -> Attachment:
    return Attachment("bien-ban.pdf", b"%PDF-1.7 " + text.encode(), "application/pdf")


def files_on_disk() -> list[str]:
    found = []
    folders = ["stored"]
    while folders:
        folder = folders.pop()
        if default_storage.exists(folder):
            inside, names = default_storage.listdir(folder)
            folders += [f"{folder}/{name}" for name in inside]
            found += names
    return found


@pytest.fixture
def kept(report, secretary) -> Evidence:
    return add_evidence(actor=secretary, report=report, attachment=paper())


def test_a_photo_from_the_telephone_stands_in_the_form(client, report, secretary):
    client.force_login(secretary)
    answer = client.post(ADDRESS + "evidence/", {"evidence": photo()}, headers={"hx-request": "true"})
    evidence = Evidence.objects.get(report=report)
    assert (evidence.caption, evidence.added_by, evidence.file.content_type) == (
        "ngay-hoi.jpg",
        secretary,
        "image/jpeg",
    )
    assert f'src="/files/{evidence.file_id}/"' in answer.content.decode()
    assert f'src="/files/{evidence.file_id}/"' in client.get(ADDRESS).content.decode()
    served = client.get(f"/files/{evidence.file_id}/")
    with Image.open(io.BytesIO(b"".join(served.streaming_content))) as image:
        assert image.size == (60, 40)
    assert served["Content-Disposition"].startswith("inline")
    assert served["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_saved_and_not_opened(client, kept, officer):
    client.force_login(officer)
    assert client.get(f"/files/{kept.file_id}/")["Content-Disposition"].startswith("attachment")


def test_files_come_with_any_button_where_there_is_no_javascript(client, report, secretary):
    client.force_login(secretary)
    client.post(ADDRESS + "save/", {"version": report.version, "evidence": [photo(), photo("blue", "hai.jpg")]})
    assert set(report.evidence.values_list("caption", flat=True)) == {"ngay-hoi.jpg", "hai.jpg"}


def test_each_refused_file_is_named_and_the_others_are_kept(client, report, secretary):
    client.force_login(secretary)
    chosen = [SimpleUploadedFile("la.exe", b"MZ"), photo()]
    page = client.post(ADDRESS + "evidence/", {"evidence": chosen}, headers={"hx-request": "true"}).content.decode()
    assert "“la.exe” không phải là ảnh" in page
    assert list(report.evidence.values_list("caption", flat=True)) == ["ngay-hoi.jpg"]


def test_the_same_file_twice_is_kept_once(report, secretary, kept):
    assert add_evidence(actor=secretary, report=report, attachment=paper()) == kept
    assert len(files_on_disk()) == 1


def test_one_file_too_many_leaves_nothing_behind(report, secretary):
    for number in range(MOST_A_REPORT):
        add_evidence(actor=secretary, report=report, attachment=paper(str(number)))
    with pytest.raises(AttachmentRefused) as refused:
        add_evidence(actor=secretary, report=report, attachment=paper("x"))
    assert refused.value.sentence == "Mỗi báo cáo chỉ lưu tối đa 20 tệp."
    assert len(files_on_disk()) == StoredFile.objects.count() == MOST_A_REPORT


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_nothing_is_added_to_what_was_handed_in(client, report, secretary, officer, state):
    handed_in = bring_to(state, report, secretary=secretary, officer=officer)
    with pytest.raises(WrongState):
        add_evidence(actor=secretary, report=handed_in, attachment=paper())
    client.force_login(secretary)
    page = client.post(ADDRESS + "evidence/", {"evidence": photo()}, follow=True).content.decode()
    assert "Báo cáo vừa được nộp, nên không thêm tệp được nữa." in page
    assert files_on_disk() == []


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved"])
def test_a_photo_is_withdrawn_in_any_state_and_only_the_note_stays(
    client, report, secretary, officer, kept, state, django_capture_on_commit_callbacks
):
    bring_to(state, report, secretary=secretary, officer=officer)
    client.force_login(secretary)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"{ADDRESS}evidence/{kept.pk}/withdraw/", follow=True).content.decode()
    assert "Bí thư Chi đoàn Sở Tư pháp đã gỡ ngày 5/10/2024" in page
    assert (StoredFile.objects.count(), files_on_disk()) == (0, [])
    kept.refresh_from_db()
    assert (kept.file, kept.withdrawn_by, kept.caption) == (None, secretary, "bien-ban.pdf")


def test_withdrawing_twice_changes_nothing(report, secretary, officer, kept):
    withdraw_evidence(actor=secretary, evidence=kept)
    assert withdraw_evidence(actor=officer, evidence=kept).withdrawn_by == secretary


@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_adds_and_withdraws(client, request, report, kept, who):
    client.force_login(request.getfixturevalue(who))
    seen = client.get(f"/files/{kept.file_id}/").status_code
    added = client.post(ADDRESS + "evidence/", {"evidence": photo()}).status_code
    withdrawn = client.post(f"{ADDRESS}evidence/{kept.pk}/withdraw/").status_code
    enters = 302 if who in ENTERED_BY else 403 if who in KNOWN_TO else 404
    assert (seen, added, withdrawn) == (200 if who in SEEN_BY else 404, enters, enters)
    assert Evidence.objects.count() == (2 if who in ENTERED_BY else 1)


def test_evidence_of_another_report_is_not_found(client, report, periods, province, secretary, neighbour, kept):
    client.force_login(neighbour)
    other = reverse("reports:evidence-withdraw", args=["QNA-KCQ-004", "2024-09", kept.pk])
    assert client.post(other).status_code == 404
    kept.refresh_from_db()
    assert kept.file is not None


def test_the_reviewer_sees_it_beside_the_figures(client, report, secretary, officer, kept):
    bring_to("submitted", report, secretary=secretary, officer=officer)
    client.force_login(officer)
    assert f'href="/files/{kept.file_id}/"' in client.get("/reports/review/").content.decode()
