"""Things of another subtree named inside a lawful form: nothing of them is read or written."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from accounts.models import Role
from activities.models import Activity
from core import files
from core.models import Job
from core.workbooks import XLSX
from reports.documents.models import OfficialDocument
from reports.progress.models import ProgressReport
from targets.models import Allocation, Target
from units.models import Unit


def browser(place, who: str) -> Client:
    client = Client()
    client.force_login(place.people[who])
    return client


def test_approving_many_leaves_foreign_reports_alone(place):
    """An officer of another province, and one of a unit beside."""
    for who in ("outsider", "sibling"):
        asked = browser(place, who).post("/reports/review/approve/", {"report": [place.report.pk, "9" * 18]})
        assert asked.status_code == 302
        assert ProgressReport.objects.get(pk=place.report.pk).state == "submitted"


def test_foreign_choices_are_refused(place):
    """Units, blocs, plans, sections and indicators that exist, in forms of people who do not reach them."""
    here, words = place.province, place.words
    plan = {"kind": "resolution", "title": "T", "starts_on": "1/1/2025", "ends_on": "31/12/2025"}
    own_activity = {"name": "n", "scope": "unit", "precision": "day", "repeats": 1}
    outcome = {"unit": here.finance.pk, "done_on": "1/10/2024"}
    closing = {"closed_on": "2024-10-05", "kind": "merged"}
    paper = {"unit": "QNA-KCQ", "span": "2024-09", "basis": "official"}
    for who, address, form in [
        ("outsider", "/plans/new/", {**plan, "unit": here.bloc_union.pk}),
        ("outsider", "/plans/new/", {**plan, "unit": here.kgi.pk, "based_on": words["plan_id"]}),
        ("officer", f"/plans/{words['draft_id']}/base/", {"based_on": 10**6}),
        ("outsider", "/activities/new/", {**own_activity, "unit": here.justice.pk}),
        ("neighbour", "/activities/new/", {**own_activity, "unit": here.justice.pk}),
        ("secretary", f"/activities/{words['activity_id']}/comments/", {"text": "t", "answers": 10**6}),
        ("secretary", f"/activities/{words['activity_id']}/record/", outcome),
        ("secretary", "/activities/feeds/", {"unit": "QNA-KCQ-004"}),
        ("outsider", "/activities/feeds/", {"unit": "QNA-KCQ-003"}),
        ("outsider", "/documents/ask/", paper),
        ("sibling", "/documents/ask/", paper),
        ("outsider", "/documents/calendars/", {"unit": "QNA-KCQ", "quarter": "2024-Q4"}),
        ("sibling", "/documents/calendars/", {"unit": "QNA-KCQ", "quarter": "2024-Q4"}),
        ("officer", f"/documents/allocations/{words['plan_id']}/", {"unit": "KGI"}),
        ("administrator", "/units/QNA-KCQ/roles/", {"username": "khach", "name": "bloc_head", "bloc": 10**6}),
        ("administrator", "/units/QNA-KCQ-003/close/", {**closing, "successor": here.kgi.pk}),
        ("administrator", "/units/QNA-KCQ-001/bloc/", {"bloc": 10**6, "starts_on": "2024-10-01"}),
    ]:
        assert (who, address, browser(place, who).post(address, form).status_code) == (who, address, 422)
    assert OfficialDocument.objects.count() == 1
    assert Activity.objects.count() == 5
    assert Unit.objects.get(code="QNA-KCQ-003").closed_on is None


def test_things_of_one_plan_are_not_reached_through_another(place):
    """The section, target and activity of the draft under the address of the issued plan, and the other way round."""
    issued, ours = place.words["plan_id"], place.draft_words["plan_id"]
    section, wish, hearts = place.words["section_id"], place.draft_words["target_id"], place.words["target_id"]
    officer = browser(place, "officer")
    for address in (
        f"/plans/{issued}/sections/{section}/",
        f"/plans/{issued}/sections/{section}/delete/",
        f"/plans/{issued}/sections/{section}/move/",
        f"/plans/{issued}/targets/{wish}/",
        f"/plans/{issued}/targets/{wish}/delete/",
        f"/plans/{ours}/targets/{hearts}/",
        f"/plans/{ours}/targets/{hearts}/move/",
        f"/plans/{ours}/targets/{hearts}/delete/",
    ):
        assert (address, officer.post(address, {"step": "up"}).status_code) == (address, 404)
    assert Target.objects.filter(pk__in=[wish, hearts]).count() == 2


def test_a_workbook_of_another_plan_changes_nothing(place):
    """The rows of the issued plan, brought into the draft: each says whose it is."""
    officer = browser(place, "officer")
    ours = place.draft_words["plan_id"]
    for sheet in ("sections", "targets"):
        taken = officer.get(f"/plans/{place.words['plan_id']}/excel/{sheet}/").content
        upload = SimpleUploadedFile("x.xlsx", taken, content_type=XLSX)
        page = officer.post(f"/plans/{ours}/excel/{sheet}/import/", {"file": upload}, follow=True)
        assert [str(row.state) for row in page.context["preview"].rows] == ["error"]
        fingerprint = page.context["preview"].fingerprint
        assert officer.post(page.request["PATH_INFO"], {"fingerprint": fingerprint}).status_code == 409
    stranger = browser(place, "outsider").post(f"/plans/{ours}/excel/sections/import/", {"file": upload})
    assert stranger.status_code == 404
    assert Target.objects.filter(plan=ours).count() == 1


def test_shares_of_foreign_units_are_not_handed_down(place):
    here, words = place.province, place.words
    for who, unit in [("officer", here.rach_gia), ("sibling", here.justice), ("outsider", here.justice)]:
        address = f"/allocations/{words['plan_id']}/"
        form = {f"c{words['target_id']}-{unit.pk}": "5", "effective_on": "1/10/2024", "seen": "0"}
        assert browser(place, who).post(address, form).status_code == 404
    assert list(Allocation.objects.values_list("unit", "minimum", "effective_on")) == [
        (here.finance.pk, Decimal(5), date(2024, 2, 1))
    ]


def test_roles_are_not_granted_outside_or_to_oneself(place):
    admin = browser(place, "administrator")
    for code in ("QNA", "TW", "KGI-RACHGIA"):
        assert admin.post(f"/units/{code}/roles/", {"username": "khach", "name": "leader"}).status_code == 404
    mine = admin.post("/units/QNA-KCQ/roles/", {"username": "quan.tri", "name": "leader"})
    assert mine.status_code == 403
    elsewhere = Role.objects.get(user=place.people["outsider"])
    assert admin.post(f"/units/QNA-KCQ/roles/{elsewhere.pk}/end/").status_code == 404
    assert Role.objects.filter(ended_at__isnull=False).count() == 0


def test_a_workbook_does_not_change_foreign_units(place):
    book = Workbook()
    book.active.append(["Mã đơn vị", "Tên đơn vị"])
    book.active.append(["KGI-RACHGIA", "Tên khác"])
    content = BytesIO()
    book.save(content)
    admin = browser(place, "administrator")
    upload = SimpleUploadedFile("don-vi.xlsx", content.getvalue(), content_type=XLSX)
    page = admin.post("/units/excel/import/", {"file": upload}, follow=True)
    assert page.status_code == 200
    fingerprint = page.context["preview"].fingerprint
    assert admin.post(page.request["PATH_INFO"], {"fingerprint": fingerprint}).status_code == 409
    assert Unit.objects.get(code="KGI-RACHGIA").name == "Thành đoàn Rạch Giá"
    assert "Rạch Giá" not in page.content.decode()


def test_a_document_s_file_and_job_are_its_readers_only(place):
    file = files.store(
        kind="reports.document",
        subject=str(place.words["document_id"]),
        name="bao-cao.pdf",
        content=b"%PDF",
        content_type="application/pdf",
    )
    for who in place.people:
        wished = 200 if who in {"officer", "leader", "top_officer"} else 404
        found = browser(place, who).get(f"/files/{file.pk}/")
        assert (who, found.status_code) == (who, wished)
        if wished == 200:
            assert found["Cache-Control"] == "private, no-store"
            assert found["X-Content-Type-Options"] == "nosniff"
            assert found["Content-Disposition"].startswith("attachment")
    assert Job.objects.get(pk=place.words["job_id"]).state == "queued"


def test_next_leads_nowhere_else(place):
    officer = browser(place, "officer")
    for wished in ("//evil.vn", "https://evil.vn", "javascript:alert(1)", r"\\evil.vn", r"/\evil.vn", "evil", "0001"):
        answer = officer.post("/reports/QNA-KCQ-003/2024-09/approve/", {"next": wished})
        assert (wished, answer["Location"]) == (wished, "/reports/QNA-KCQ-003/2024-09/")
        assert "evil.vn" not in officer.post("/i18n/setlang/", {"language": "vi", "next": wished})["Location"]
