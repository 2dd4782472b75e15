"""Sections of a draft in and out by Excel, and the pages of all of a plan's workbooks."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from core.models import StoredFile
from core.workbooks import apply, preview, write_workbook
from plans.enums import Topic
from plans.excel.cells import ChoicesCell, FigureCell, WordsCell
from plans.excel.resources import SectionResource
from plans.selectors import sections_of
from plans.services import add_section, send_to_leader
from targets.enums import Carrier
from tests.making import draft, target
from units.enums import Kind

from ...core.workbook_samples import workbook

HEAD = ["Đường dẫn mục", "Số của mục", "Tiêu đề mục", "Nội dung", "Thuộc phần nào của báo cáo", "Mã văn bản trên cổng"]


@pytest.fixture
def plan(province):
    plan = draft(province.bloc_union)
    third = add_section(plan=plan, number="III", heading="Chỉ tiêu", topic="movements")
    one = add_section(plan=plan, number="1", heading="Cấp Khối", parent=third)
    add_section(plan=plan, number="1.7", heading="", text="Hiến 150 - 200 đơn vị máu\n- gồm hai đợt", parent=one)
    return plan


def states(user, plan, *rows, head=HEAD):
    found = preview(SectionResource(plan), io.BytesIO(workbook(head, *rows)), user=user)
    return [(row.number, str(row.state)) for row in found.rows], [
        (row.number, error.label, error.words) for row in found.errors for error in row.errors
    ]


def bring_in(user, plan, *rows):
    content = workbook(HEAD, *rows)
    shown = preview(SectionResource(plan), io.BytesIO(content), user=user)
    assert shown.errors == []
    return apply(SectionResource(plan), io.BytesIO(content), user=user, fingerprint=shown.fingerprint)


def test_a_row_of_the_workbook(client, officer, plan):
    client.force_login(officer)
    response = client.get(f"/plans/{plan.pk}/excel/sections/")
    assert response["Content-Disposition"] == f'attachment; filename="sections-{plan.pk}.xlsx"'
    rows = [list(row) for row in load_workbook(io.BytesIO(response.content)).active.values]
    assert rows == [
        HEAD,
        ["III", "III", "Chỉ tiêu", None, "Các phong trào hành động cách mạng", plan.pk],
        ["III/1", "1", "Cấp Khối", None, None, plan.pk],
        ["III/1/1.7", "1.7", None, "Hiến 150 - 200 đơn vị máu\n- gồm hai đợt", None, plan.pk],
    ]
    empty = client.get(f"/plans/{plan.pk}/excel/sections/?empty=1")
    assert [list(row) for row in load_workbook(io.BytesIO(empty.content)).active.values] == [HEAD]


def test_what_was_taken_out_comes_in_without_a_difference(officer, plan):
    content = write_workbook(SectionResource(plan), sections_of(plan), title="Mục")
    found = preview(SectionResource(plan), io.BytesIO(content), user=officer)
    assert len(found.unchanged) == len(found.rows) == 3


def test_texts_that_a_cell_cannot_hold_stay_as_they_are(officer, plan):
    long = add_section(plan=plan, number="IV", heading="Dài", text="chữ " * 9000)
    odd = add_section(plan=plan, number="V", heading="Lạ", text="#N/A\n\n  thụt  vào\t\n#REF!")
    content = write_workbook(SectionResource(plan), sections_of(plan), title="Mục")
    assert [row[3] for row in list(load_workbook(io.BytesIO(content)).active.values)[4:]] == [
        None,
        "#N/A\n\nthụt vào\n#REF!",
    ]
    assert len(preview(SectionResource(plan), io.BytesIO(content), user=officer).unchanged) == 5
    bring_in(officer, plan, ["IV", None, "Rất dài", None, None, None], ["V", None, "Rất lạ", None, None, None])
    before = (long.text, odd.text)
    for section in (long, odd):
        section.refresh_from_db()
    assert ((long.text, odd.text), long.heading, odd.heading) == (before, "Rất dài", "Rất lạ")


def test_text_can_never_become_a_formula(officer, plan):
    add_section(plan=plan, number="=1", heading="=HYPERLINK(1)", text="+84\n=1+1")
    content = write_workbook(SectionResource(plan), sections_of(plan), title="Mục")
    cells = list(load_workbook(io.BytesIO(content)).active.iter_rows())[-1]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells[:4]] == [
        ("=1", "s", True),
        ("=1", "s", True),
        ("=HYPERLINK(1)", "s", True),
        ("+84\n=1+1", "s", True),
    ]
    assert len(preview(SectionResource(plan), io.BytesIO(content), user=officer).unchanged) == 4


def test_sections_are_changed_and_added_all_at_once(officer, plan):
    bring_in(
        officer,
        plan,
        ["III/1", "2", "Cấp cơ sở", None, None, plan.pk],
        ["III/1/1.7", None, "Hiến máu", None, "Công tác tuyên truyền, giáo dục", plan.pk],
        ["III/1/1.8", None, None, "Trồng cây", None, None],
        ["IV", None, "Giải pháp", None, None, None],
        ["IV/-", None, None, "một ý", None, None],
    )
    rows = list(plan.sections.order_by("order").values_list("address", "heading", "text", "topic"))
    assert rows == [
        ("III", "Chỉ tiêu", "", "movements"),
        ("III/2", "Cấp cơ sở", "", ""),
        ("III/2/1.7", "Hiến máu", "Hiến 150 - 200 đơn vị máu\n- gồm hai đợt", "propaganda"),
        ("III/2/1.8", "", "Trồng cây", ""),
        ("IV", "Giải pháp", "", ""),
        ("IV/-", "", "một ý", ""),
    ]


def test_errors_name_row_and_column_in_words(officer, plan):
    other = draft(plan.unit, title="Văn bản khác")
    assert states(
        officer,
        plan,
        ["V/1", None, "Lạc", None, None, None],
        ["IV", "5", "Giải pháp", None, None, None],
        ["III/2", None, None, None, None, None],
        ["III", None, "Khác", None, None, other.pk],
        ["VI", None, "Mới", None, None, other.pk],
        ["III/1", None, None, None, "Thể thao", None],
        ["III/1", None, "Lặp", None, None, None],
    )[1] == [
        (2, "Đường dẫn mục", "Văn bản không có mục “V”. Mục cấp trên phải đứng ở dòng phía trên."),
        (3, "Số của mục", "Đường dẫn của mục mới phải kết thúc bằng số của mục."),
        (4, "Tiêu đề mục", "Hãy ghi tiêu đề hoặc nội dung."),
        (5, "Mã văn bản trên cổng", "Dòng này thuộc văn bản khác. Hãy tải tệp Excel của chính văn bản này."),
        (6, "Mã văn bản trên cổng", "Dòng này thuộc văn bản khác. Hãy tải tệp Excel của chính văn bản này."),
        (
            7,
            "Thuộc phần nào của báo cáo",
            "“Thể thao” không phải là một trong: " + ", ".join(str(label) for label in Topic.labels) + ".",
        ),
        (8, "", "Dòng này lặp lại dòng 7."),
    ]
    assert plan.sections.count() == 3


@pytest.mark.parametrize("key", ["sections", "targets", "activities"])
def test_from_the_upload_over_the_differences_to_the_plan(key, client, officer, plan):
    client.force_login(officer)
    target(plan, code="1.7")
    exported = client.get(f"/plans/{plan.pk}/excel/{key}/?empty=1").content
    head = [cell.value for cell in next(load_workbook(io.BytesIO(exported)).active.iter_rows())]
    new = {
        "sections": {"Đường dẫn mục": "IV", "Tiêu đề mục": "Giải pháp"},
        "targets": {
            "Mã chỉ tiêu": "1.8",
            "Chỉ tiêu": "Hiến máu",
            "Chỉ số": "máu hiến tình nguyện",
            "Ai thực hiện": "Toàn đơn vị",
            "Tối thiểu": 10,
        },
        "activities": {"Hoạt động": "Ngày hội", "Cấp thực hiện": "Cấp ban hành", "Thời gian": "Quý II"},
    }[key]
    assert set(new) <= set(head)
    content = workbook(head, [new.get(name) for name in head])
    address = f"/plans/{plan.pk}/excel/{key}/import/"
    response = client.post(address, {"file": SimpleUploadedFile("x.xlsx", content)})
    file = StoredFile.objects.get()
    assert response.url == f"{address}{file.pk}/"
    page = client.get(response.url)
    assert [str(row.state) for row in page.context["preview"].rows] == ["new"]
    counts = (plan.sections.count(), plan.targets.count(), plan.activities.count())
    done = client.post(response.url, {"fingerprint": page.context["preview"].fingerprint})
    assert (done.status_code, done.url) == (302, f"/plans/{plan.pk}/")
    more = tuple(int(key == name) for name in ("sections", "targets", "activities"))
    assert (plan.sections.count(), plan.targets.count(), plan.activities.count()) == tuple(
        before + one for before, one in zip(counts, more, strict=True)
    )
    assert not StoredFile.objects.exists()


def test_only_a_draft_is_written(client, officer, plan):
    client.force_login(officer)
    content = workbook(HEAD, ["IV", None, "Giải pháp", None, None, None])
    address = f"/plans/{plan.pk}/excel/sections/import/"
    check = client.post(address, {"file": SimpleUploadedFile("x.xlsx", content)}).url
    fingerprint = client.get(check).context["preview"].fingerprint
    send_to_leader(actor=None, plan=plan)
    assert client.post(check, {"fingerprint": fingerprint}).status_code == 403
    assert client.get(address).status_code == 403
    assert plan.sections.count() == 3
    assert client.get(f"/plans/{plan.pk}/excel/sections/").status_code == 200
    found = preview(SectionResource(plan), io.BytesIO(content), user=officer)
    assert [error.words for row in found.errors for error in row.errors] == ["Chỉ sửa được khi văn bản còn là dự thảo."]


def test_an_unknown_workbook_does_not_exist(client, officer, plan):
    client.force_login(officer)
    for address in ("", "import/", "import/1/"):
        assert client.get(f"/plans/{plan.pk}/excel/people/{address}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "figure"),
    [(150, "150"), (12.5, "12.5"), ("1.500", "1500"), ("12,5", "12.5"), ("100%", "100"), ("0", "0")],
)
def test_figures_as_people_type_them(typed, figure):
    assert FigureCell().clean(typed) == Decimal(figure)


@pytest.mark.parametrize("typed", [-1, True, 0.00001, 10**13, "1,500", "nhiều", "#REF!"])
def test_what_is_no_figure(typed):
    with pytest.raises(ValueError, match=r"."):
        FigureCell().clean(typed)


@pytest.mark.parametrize(
    ("typed", "carrier"),
    [
        ("Toàn đơn vị", "pooled"),
        ("toàn đơn vị, cộng chung", "pooled"),
        ("chinh cap ban hanh", "issuer_own"),
        ("Mỗi đơn vị", "each_unit"),
        ("each_bloc", "each_bloc"),
    ],
)
def test_a_choice_by_its_first_words(typed, carrier):
    assert WordsCell(Carrier.choices).clean(typed) == carrier


@pytest.mark.parametrize("typed", ["Mỗi", "To", "Sở"])
def test_first_words_that_say_too_little(typed):
    with pytest.raises(ValueError, match="không phải là một trong"):
        WordsCell(Carrier.choices).clean(typed)


def test_several_kinds_in_one_cell():
    cell = ChoicesCell(Kind.choices)
    assert cell.clean("chi đoàn cơ sở; Đoàn cơ sở") == ["grassroots_union", "grassroots_branch"]
    assert cell.show(["grassroots_union", "grassroots_branch"]) == "Đoàn cơ sở, Chi đoàn cơ sở"
