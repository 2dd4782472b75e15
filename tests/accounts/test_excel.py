"""Units in and out by Excel: who may, what each column does, the pages from upload to applying."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.resources import UnitResource
from core.models import StoredFile
from core.workbooks import apply, preview, write_workbook
from units.enums import Kind
from units.models import BlocMembership, Unit
from units.selectors import bloc_by_unit, headcount_on
from units.services import close_unit, create_unit

from ..core.workbook_samples import workbook
from .test_scope import CAST, EXPECTED

TODAY = date(2024, 10, 5)
HEAD = [
    "Mã đơn vị",
    "Tên đơn vị",
    "Tên ngắn",
    "Loại hình đơn vị",
    "Mã đơn vị cấp trên",
    "Ngày thành lập",
    "Số đoàn viên",
    "Khối thi đua số",
]
NEW = ["QNA-KCQ-090", "Chi đoàn Sở Y tế", None, "Chi đoàn cơ sở", "QNA-KCQ", "1/5/2024", 25, 2]
JUSTICE = ["QNA-KCQ-003", "Chi đoàn Sở Nội vụ", None, None, None, None, 35, 2]


def upload(client, content: bytes, name="don-vi.xlsx"):
    return client.post("/units/excel/import/", {"file": SimpleUploadedFile(name, content)})


def errors_of(user, *rows) -> list[tuple[int, str, str]]:
    found = preview(UnitResource(), io.BytesIO(workbook(HEAD, *rows)), user=user)
    return [(row.number, error.label, error.words) for row in found.errors for error in row.errors]


@pytest.mark.parametrize("who", CAST)
def test_everyone_takes_out_exactly_the_units_that_they_see(who, request, client, province):
    client.force_login(request.getfixturevalue(who))
    response = client.get("/units/excel/")
    assert response.status_code == 200
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert list(rows[0]) == HEAD
    assert {row[0] for row in rows[1:]} == EXPECTED[who]


def test_a_row_of_the_export(client, officer, province):
    close_unit(unit=province.finance, on=date(2024, 5, 1))
    client.force_login(officer)
    response = client.get("/units/excel/")
    assert response["Content-Disposition"] == 'attachment; filename="don-vi-2024-10-05.xlsx"'
    rows = {row[0]: list(row[1:]) for row in load_workbook(io.BytesIO(response.content)).active.values}
    assert "QNA-KCQ-004" not in rows
    opened = rows["QNA-KCQ-003"].pop(4)
    assert opened.date() == date(2020, 1, 1)
    assert rows["QNA-KCQ-003"] == ["Chi đoàn Sở Tư pháp", "Chi đoàn Sở Tư pháp", "Chi đoàn cơ sở", "QNA-KCQ", 32, 1]


@pytest.mark.parametrize("who", [*CAST, "strangers"])
def test_only_administrators_bring_units_in(who, request, client, province):
    if who != "strangers":
        client.force_login(request.getfixturevalue(who))
    status = {"administrator": 200, "strangers": 302}.get(who, 403)
    assert client.get("/units/excel/import/").status_code == status
    assert client.get("/units/excel/import/1/").status_code == {200: 302}.get(status, status)
    response = upload(client, workbook(HEAD, NEW))
    assert response.status_code == {200: 302}.get(status, status)
    assert StoredFile.objects.exists() is (who == "administrator")


def test_what_was_taken_out_comes_in_without_a_difference(administrator, province):
    units = Unit.objects.filter(code__startswith="QNA-KCQ").select_related("parent")
    content = write_workbook(UnitResource(), units, title="Đơn vị")
    found = preview(UnitResource(), io.BytesIO(content), user=administrator)
    assert len(found.unchanged) == len(found.rows) == 7


def test_from_the_upload_over_the_differences_to_the_units(client, administrator, province):
    client.force_login(administrator)
    response = upload(client, workbook(HEAD, NEW, JUSTICE))
    file = StoredFile.objects.get()
    assert response.url == f"/units/excel/import/{file.pk}/"
    page = client.get(response.url)
    assert [(row.name, row.state) for row in page.context["preview"].rows] == [
        ("QNA-KCQ-090", "new"),
        ("QNA-KCQ-003", "changed"),
    ]
    assert "Chi đoàn Sở Tư pháp" in page.content.decode()
    assert not Unit.objects.filter(code="QNA-KCQ-090").exists()
    done = client.post(response.url, {"fingerprint": page.context["preview"].fingerprint})
    assert (done.status_code, done.url) == (302, "/units/")
    new = Unit.objects.get(code="QNA-KCQ-090")
    assert (new.name, new.kind, new.parent, new.opened_on) == (
        "Chi đoàn Sở Y tế",
        Kind.GRASSROOTS_BRANCH,
        province.bloc_union,
        date(2024, 5, 1),
    )
    assert headcount_on(new, TODAY) == 25
    province.justice.refresh_from_db()
    assert (province.justice.name, province.justice.short_name) == ("Chi đoàn Sở Nội vụ",) * 2
    assert [headcount_on(province.justice, day) for day in (date(2024, 10, 4), TODAY)] == [32, 35]
    blocs = {day: bloc_by_unit(province.bloc_union, day) for day in (date(2024, 10, 4), TODAY)}
    assert [blocs[day][province.justice.pk] for day in blocs] == [province.bloc_1, province.bloc_2]
    assert blocs[TODAY][new.pk] == province.bloc_2
    assert not StoredFile.objects.exists()


def test_a_change_in_between_asks_to_look_again(client, administrator, province):
    client.force_login(administrator)
    address = upload(client, workbook(HEAD, JUSTICE)).url
    fingerprint = client.get(address).context["preview"].fingerprint
    Unit.objects.filter(pk=province.justice.pk).update(name="Chi đoàn khác")
    response = client.post(address, {"fingerprint": fingerprint})
    assert response.status_code == 409
    assert "Chi đoàn khác" in response.content.decode()
    province.justice.refresh_from_db()
    assert province.justice.name == "Chi đoàn khác"
    assert client.post(address, {}).status_code == 409
    assert client.post(address, {"fingerprint": response.context["preview"].fingerprint}).status_code == 302


def test_an_upload_is_its_uploaders_alone(client, administrator, province, top_leader, nobody):
    client.force_login(administrator)
    address = upload(client, workbook(HEAD, JUSTICE)).url
    file = StoredFile.objects.get()
    assert client.get(f"/files/{file.pk}/").status_code == 200
    from accounts.enums import RoleName
    from accounts.services import grant_role

    grant_role(actor=None, user=nobody, unit=province.bloc_union, name=RoleName.ADMINISTRATOR)
    client.force_login(nobody)
    assert client.get(f"/files/{file.pk}/").status_code == 404
    assert client.get(address).url == "/units/excel/import/"


def test_the_scope_is_asked_again_when_applying(client, administrator, province):
    from accounts.services import end_role

    client.force_login(administrator)
    address = upload(client, workbook(HEAD, JUSTICE)).url
    fingerprint = client.get(address).context["preview"].fingerprint
    end_role(actor=None, role=administrator.roles.get())
    assert client.post(address, {"fingerprint": fingerprint}).status_code == 403
    province.justice.refresh_from_db()
    assert province.justice.name == "Chi đoàn Sở Tư pháp"


def test_giving_up_removes_the_file_and_a_new_upload_the_old_one(client, administrator, province):
    client.force_login(administrator)
    upload(client, workbook(HEAD, NEW))
    address = upload(client, workbook(HEAD, JUSTICE)).url
    assert StoredFile.objects.count() == 1
    assert client.post(address, {"give_up": "1"}).url == "/units/excel/import/"
    assert not StoredFile.objects.exists()
    assert client.get(address).url == "/units/excel/import/"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "Tệp trống."), (b"ma;ten", "Đây không phải là tệp Excel (.xlsx), dù tên tệp ghi gì.")],
)
def test_a_wrong_file_is_refused_at_the_field(content, words, client, administrator):
    client.force_login(administrator)
    response = upload(client, content)
    assert response.status_code == 422
    assert response.context["form"].errors["file"] == [words]
    assert client.post("/units/excel/import/").context["form"].errors["file"] == ["Hãy chọn tệp trước."]


def test_errors_name_row_and_column_in_words(administrator, province):
    fixed = "Nội dung này giữ nguyên: không thay đổi bằng danh sách vì gắn với lịch sử của đơn vị."
    needed = "Đơn vị mới phải có nội dung ô này."
    no_parent = "Đồng chí không quản trị đơn vị nào có mã này. Đơn vị cấp trên phải đứng ở dòng phía trên."
    no_bloc = "Đơn vị cấp trên không có khối thi đua số này, hoặc đồng chí không quản trị đơn vị đó."
    assert errors_of(
        administrator,
        ["QNA-KCQ-003", None, None, "Đoàn cơ sở", None, None, None, None],
        ["QNA-KCQ-091", "Mới", None, None, None, None, None, None],
        ["QNA-KCQ-092", "Mới", None, "Chi đoàn cơ sở", "KGI", "1/5/2024", None, None],
        ["QNA-KCQ-093", "Mới", None, "Chi đoàn cơ sở", "QNA-KCQ", "1/5/2024", "nhiều", 1],
        ["QNA-KCQ-094", "Mới", None, "Chi đoàn cơ sở", "QNA-KCQ", "1/5/2024", 5, 9],
        ["qna x", "Mới", None, "Chi đoàn cơ sở", "QNA-KCQ", "1/5/2024", 5, 1],
        ["KGI", "Mới", None, "Chi đoàn cơ sở", "QNA-KCQ", "1/5/2024", 5, 1],
        ["QNA-KCQ-095", "Mới", None, "Đoàn Khối", "QNA-KCQ", "1/5/2024", 5, 1],
    ) == [
        (2, "Loại hình đơn vị", fixed),
        (3, "Loại hình đơn vị", needed),
        (3, "Mã đơn vị cấp trên", needed),
        (3, "Ngày thành lập", needed),
        (4, "Mã đơn vị cấp trên", no_parent),
        (5, "Số đoàn viên", "“nhiều” không phải là số nguyên."),
        (6, "Khối thi đua số", no_bloc),
        (7, "Mã đơn vị", "Chỉ dùng chữ hoa không dấu, chữ số và gạch nối."),
        (8, "Mã đơn vị", "Đã có đơn vị mang mã này."),
        (9, "Mã đơn vị cấp trên", "Đơn vị phải trực thuộc đơn vị cấp cao hơn."),
    ]
    assert Unit.objects.count() == 11
    assert BlocMembership.objects.count() == 4


def test_a_unit_and_the_one_beneath_it_in_one_workbook(administrator, province):
    union = ["QNA-KCQ-080", "Đoàn cơ sở mới", "ĐCS mới", "Đoàn cơ sở", "QNA-KCQ", "1/5/2024", None, None]
    branch = ["QNA-KCQ-080-01", "Chi đoàn mới", None, "Chi đoàn", "QNA-KCQ-080", "1/5/2024", 12, None]
    content = workbook(HEAD, union, branch)
    shown = preview(UnitResource(), io.BytesIO(content), user=administrator)
    apply(UnitResource(), io.BytesIO(content), user=administrator, fingerprint=shown.fingerprint)
    made = Unit.objects.get(code="QNA-KCQ-080-01")
    assert made.parent.code == "QNA-KCQ-080"
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_a_longer_export_asks_no_more_of_the_database(client, province, officer):
    client.force_login(officer)
    client.get("/units/excel/")
    with CaptureQueriesContext(connection) as few:
        client.get("/units/excel/")
    for number in range(100, 130):
        create_unit(
            code=f"QNA-KCQ-{number}",
            name=f"Chi đoàn {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/units/excel/")
    assert len(many) == len(few)
