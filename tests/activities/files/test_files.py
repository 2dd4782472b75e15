"""Photos and files of activities and outcomes: who adds, reads and withdraws, and that nothing stays of what went."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from activities.models import Activity, ActivityFile, Participation
from activities.services import delete_activity, record_participation
from activities.services.files import MOST, add_file, add_outcome_file, withdraw_file
from core import clock
from core.attachments import AttachmentRefused
from core.models import StoredFile
from plans.versions.amending import discard_draft
from tests.activities.files.scenes import files_on_disk, paper, photo
from tests.making import activity, count_queries, draft, indicator, issue

PEOPLE = [
    *("secretary", "neighbour", "hospital_secretary", "officer", "leader", "administrator"),
    *("bloc_head", "top_leader", "top_officer", "outsider", "nobody"),
]
SEES = set(PEOPLE) - {"outsider", "nobody"}
RUNS = {"officer", "top_officer"}
READS_OUTCOME = {"secretary", "officer", "leader", "bloc_head", "top_leader", "top_officer"}
RECORDS = {"secretary", "officer", "top_officer"}


@pytest.fixture
def drive(province) -> Activity:
    """A blood drive of all units, of an issued plan."""
    plan = draft(province.bloc_union)
    made = activity(province.bloc_union, plan=plan, scope="all_units", indicators=[indicator(province.qna)])
    issue(plan)
    return made


@pytest.fixture
def outcome(drive, province) -> Participation:
    return record_participation(actor=None, activity=drive, unit=province.justice, done_on=date(2024, 3, 9))


@pytest.fixture
def kept(drive, officer) -> ActivityFile:
    return add_file(actor=officer, activity=drive, attachment=paper())


@pytest.fixture
def shown(outcome, secretary) -> ActivityFile:
    return add_outcome_file(actor=secretary, participation=outcome, attachment=paper("Biên bản", "bien-ban.pdf"))


def page_of(client, user, address: str) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


# --- an activity's own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reads_adds_and_withdraws_an_activity_s_own(client, request, drive, kept, who):
    client.force_login(request.getfixturevalue(who))
    read = client.get(f"/files/{kept.file_id}/").status_code
    added = client.post(f"/activities/{drive.pk}/files/", {"files": photo()}).status_code
    gone = client.post(f"/activities/{drive.pk}/files/{kept.pk}/withdraw/").status_code
    may = 302 if who in RUNS else 403 if who in SEES else 404
    assert (read, added, gone) == (200 if who in SEES else 404, may, may)
    assert ActivityFile.objects.count() == (2 if who in RUNS else 1)


def test_several_come_at_once_and_each_refused_one_is_named(client, drive, officer):
    client.force_login(officer)
    chosen = [photo(), SimpleUploadedFile("la.exe", b"MZ"), photo("blue", "hai.jpg")]
    page = client.post(f"/activities/{drive.pk}/files/", {"files": chosen}, follow=True).content.decode()
    assert "“la.exe” không phải là ảnh" in page
    assert [row.name for row in drive.files.all()] == ["ngay-hoi.jpg", "hai.jpg"]
    for row in drive.files.all():
        assert f'src="/files/{row.file_id}/"' in page
    answer = client.post(f"/activities/{drive.pk}/files/", {"files": photo("green")}, headers={"hx-request": "true"})
    assert (answer.status_code, answer.content.decode().count("<img")) == (200, 3)


def test_a_photo_loses_the_place_where_it_was_taken(client, drive, officer):
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[1] = "N"
    client.force_login(officer)
    client.post(f"/activities/{drive.pk}/files/", {"files": photo(exif=exif)})
    served = client.get(f"/files/{drive.files.get().file_id}/")
    with Image.open(io.BytesIO(b"".join(served.streaming_content))) as image:
        assert (image.size, dict(image.getexif())) == ((60, 40), {})
    assert served["Content-Disposition"].startswith("inline")
    assert served["X-Content-Type-Options"] == "nosniff"


def test_the_same_twice_is_kept_once_and_one_too_many_leaves_nothing(drive, officer, kept):
    assert add_file(actor=officer, activity=drive, attachment=paper()) == kept
    for number in range(MOST - 1):
        add_file(actor=officer, activity=drive, attachment=paper(str(number)))
    with pytest.raises(AttachmentRefused) as refused:
        add_file(actor=officer, activity=drive, attachment=paper("thêm"))
    assert refused.value.sentence == "Không lưu “ke-hoach.pdf”: ở đây chỉ lưu tối đa 20 tệp."
    assert len(files_on_disk()) == StoredFile.objects.count() == MOST


def test_what_is_withdrawn_is_gone_and_the_history_says_so(
    client, drive, officer, leader, kept, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"/activities/{drive.pk}/files/{kept.pk}/withdraw/", follow=True).content.decode()
    assert (StoredFile.objects.count(), files_on_disk()) == (0, [])
    assert "Thêm tài liệu kèm theo: ke-hoach.pdf · Cán bộ Đoàn Khối" in page
    assert "Gỡ tài liệu kèm theo: ke-hoach.pdf · Cán bộ Đoàn Khối" in page
    with pytest.raises(PermissionDenied):
        withdraw_file(actor=leader, file=kept)
    assert withdraw_file(actor=officer, file=kept).withdrawn_by == officer


def test_ten_photos_at_once_are_one_line_of_the_history(client, drive, officer):
    client.force_login(officer)
    chosen = [photo(f"#0000{n}0", f"anh-{n}.jpg") for n in range(10)]
    client.post(f"/activities/{drive.pk}/files/", {"files": chosen})
    ActivityFile.objects.update(added_at=timezone.now().replace(second=0))
    page = page_of(client, officer, f"/activities/{drive.pk}/")
    assert page.count("Thêm tài liệu kèm theo") == 1
    assert "anh-0.jpg, anh-1.jpg, anh-2.jpg và 7 tệp khác" in page


def test_of_a_long_history_the_newest_lines_are_in_sight(client, drive, officer):
    file = add_file(actor=officer, activity=drive, attachment=paper())
    for minute in range(40):
        at = clock.now() - timedelta(minutes=minute + 1)
        ActivityFile.objects.create(activity=drive, name=f"tep-{minute}.pdf", added_by=officer, added_at=at)
    page = page_of(client, officer, f"/activities/{drive.pk}/")
    hidden, sight = page[page.index("dòng trước đó") :].split("</details>", 1)
    assert ("22 dòng trước đó" in page, "tep-39.pdf" in hidden, "tep-1.pdf" in sight) == (True, True, True)
    assert file.name in sight


def test_a_file_belongs_to_one_thing(drive, outcome, kept):
    for more in ({"activity": drive, "participation": outcome}, {"activity": None, "participation": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityFile.objects.create(name="x", added_at=kept.added_at, **more)


# --- what a unit did --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reads_adds_and_withdraws_an_outcome_s(client, request, drive, outcome, shown, who):
    client.force_login(request.getfixturevalue(who))
    address = f"/activities/{drive.pk}/outcomes/{outcome.pk}/files/"
    read = client.get(f"/files/{shown.file_id}/").status_code
    page = client.get(address).status_code
    added = client.post(address, {"files": photo()}).status_code
    gone = client.post(f"{address}{shown.pk}/withdraw/").status_code
    seen = 200 if who in READS_OUTCOME else 404
    may = 302 if who in RECORDS else 403 if who in READS_OUTCOME else 404
    assert (read, page, added, gone) == (seen, seen, may, may)
    assert ActivityFile.objects.count() == (2 if who in RECORDS else 1)


def test_a_sibling_learns_nothing_of_an_outcome_s_files(client, drive, outcome, shown, secretary, neighbour):
    own = page_of(client, secretary, f"/activities/{drive.pk}/")
    assert "Thêm ảnh, tệp vào kết quả của Chi đoàn Sở Tư pháp: bien-ban.pdf" in own
    assert f"/activities/{drive.pk}/outcomes/{outcome.pk}/files/" in own
    other = page_of(client, neighbour, f"/activities/{drive.pk}/")
    assert ("bien-ban" in other, f"outcomes/{outcome.pk}/" in other) == (False, False)


def test_photos_come_with_the_outcome_and_stand_beside_it(client, drive, province, secretary, officer):
    client.force_login(secretary)
    chosen = [photo(f"#{n}00000", f"anh-{n}.jpg") for n in range(1, 6)]
    typed = {"unit": province.justice.pk, "done_on": "14/3/2024", "people": "60"}
    page = client.post(f"/activities/{drive.pk}/record/", {**typed, "files": chosen}, follow=True).content.decode()
    row = Participation.objects.get()
    names = [kept.name for kept in row.files.all()]
    assert names == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg", "anh-4.jpg", "anh-5.jpg"]
    assert [kept.name for kept in row.files.all() if f'src="/files/{kept.file_id}/"' in page] == names[:3]
    assert "2 tệp khác" in page
    all_of_it = page_of(client, officer, f"/activities/{drive.pk}/outcomes/{row.pk}/files/")
    assert all_of_it.count('<img class="thumb"') == 5


def test_a_correction_of_the_outcome_keeps_its_files(drive, province, outcome, shown):
    again = record_participation(actor=None, activity=drive, unit=province.justice, done_on=outcome.done_on, people=12)
    assert list(again.files.all()) == [shown]


def test_a_refused_outcome_keeps_no_file(client, drive, province, secretary):
    client.force_login(secretary)
    typed = {"unit": province.justice.pk, "done_on": "14/3/2030", "files": photo()}
    assert client.post(f"/activities/{drive.pk}/record/", typed).status_code == 422
    assert (ActivityFile.objects.count(), files_on_disk()) == (0, [])


def test_files_are_not_reached_through_another_thing(client, drive, outcome, kept, shown, officer, province):
    other = activity(province.bloc_union, "Khác")
    client.force_login(officer)
    for address in (
        f"/activities/{other.pk}/files/{kept.pk}/withdraw/",
        f"/activities/{drive.pk}/files/{shown.pk}/withdraw/",
        f"/activities/{other.pk}/outcomes/{outcome.pk}/files/",
        f"/activities/{drive.pk}/outcomes/{outcome.pk}/files/{kept.pk}/withdraw/",
    ):
        assert (address, client.post(address).status_code) == (address, 404)
    assert StoredFile.objects.count() == 2


def test_a_unit_that_left_the_bloc_no_longer_reads_its_own_files_there(client, province, secretary):
    """Whoever does not see the activity sees nothing of it, not even what was recorded by the unit itself."""
    event = activity(province.bloc_union, scope="bloc", bloc=province.bloc_1)
    row = record_participation(actor=None, activity=event, unit=province.justice, done_on=date(2024, 3, 9))
    file = add_outcome_file(actor=secretary, participation=row, attachment=paper())
    client.force_login(secretary)
    assert client.get(f"/files/{file.file_id}/").status_code == 200
    Activity.objects.filter(pk=event.pk).update(bloc=province.bloc_2)
    assert client.get(f"/files/{file.file_id}/").status_code == 404


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_s_activity_is_deleted_with_its_files(province, officer, django_capture_on_commit_callbacks):
    event = activity(province.bloc_union, plan=draft(province.bloc_union))
    add_file(actor=officer, activity=event, attachment=paper())
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_file(actor=officer, file=add_file(actor=officer, activity=event, attachment=paper("khác")))
        delete_activity(actor=officer, activity=event)
    assert (ActivityFile.objects.count(), StoredFile.objects.count(), files_on_disk()) == (0, 0, [])


def test_a_discarded_draft_leaves_no_files(province, officer, django_capture_on_commit_callbacks):
    plan = draft(province.bloc_union)
    add_file(actor=officer, activity=activity(province.bloc_union, plan=plan), attachment=paper())
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(actor=officer, plan=plan)
    assert (Activity.objects.count(), StoredFile.objects.count(), files_on_disk()) == (0, 0, [])


# --- how much is asked ------------------------------------------------------------------------------------------------


def test_a_page_asks_the_same_however_many_files_there_are(client, drive, province, officer):
    client.force_login(officer)
    units = province.grassroots

    def add(number: int) -> None:
        unit = units[number % 4]
        row = record_participation(
            actor=None,
            activity=drive,
            unit=unit,
            done_on=date(2024, 3, 1 + number),
            figures={drive.indicators.get(): Decimal(1)},
        )
        add_outcome_file(actor=officer, participation=row, attachment=paper(str(number)))
        add_file(actor=officer, activity=drive, attachment=paper(f"x{number}"))

    add(0)
    addresses = [f"/activities/{drive.pk}/", f"/activities/{drive.pk}/outcomes/{Participation.objects.get().pk}/files/"]
    at_one = [count_queries(lambda a=address: client.get(a)) for address in addresses]
    for number in range(1, 12):
        add(number)
    assert [count_queries(lambda a=address: client.get(a)) for address in addresses] == at_one
    assert max(at_one) <= 15


def test_nothing_is_added_where_the_version_does_not_count(drive, officer, province):
    late = activity(province.bloc_union, plan=draft(province.bloc_union))
    Activity.objects.filter(pk=late.pk).update(plan=drive.plan)
    amended = drive.plan.amendments.create(
        unit=drive.plan.unit, title="Sửa", kind="resolution", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31)
    )
    Activity.objects.filter(pk=late.pk).update(plan=amended)
    late.refresh_from_db()
    with pytest.raises(ValidationError):
        add_file(actor=officer, activity=late, attachment=paper())
    assert files_on_disk() == []
