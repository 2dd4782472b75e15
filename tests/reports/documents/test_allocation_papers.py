"""Targets handed down on paper: to one unit with its own bounds, to all units as a grid."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from openpyxl import load_workbook

from core.jobs import JobFailed
from plans.versions.amending import amend_plan
from reports.documents import papers
from reports.documents.allocations.building import build_allocation
from reports.documents.allocations.rendering import allocation_sheet, grid_tables, share_text
from reports.documents.allocations.services import request_allocation
from reports.documents.asked import Share
from reports.documents.models import OfficialDocument
from targets.services import allocate
from tests import making
from tests.reports.documents.kinds import hand_down, made, plan_of
from tests.reports.documents.test_documents import issue, text_of

ONE_FROM = Share(minimum=Decimal(1))


@pytest.fixture
def plan(province):
    """Blood handed down: the hospital 40, the college 30, Justice 5; Finance nothing."""
    plan = plan_of(province.bloc_union)
    shares = {province.hospital: 40, province.college: 30, province.justice: 5}
    hand_down(plan.targets.get(code="1.1"), shares, province.bloc_union)
    return plan


@pytest.fixture
def of_all(plan, province):
    return build_allocation(plan=plan, body=province.bloc_union, unit=None)


def rows_of(paper) -> list[tuple[str, str]]:
    return [(row.clause, share_text(row)) for group in paper.groups for row in group.rows]


def test_a_unit_reads_its_own_bounds_in_the_plan_s_order(plan, province):
    paper = build_allocation(plan=plan, body=province.bloc_union, unit=province.justice)
    assert [(group.heading, [row.clause for row in group.rows]) for group in paper.groups] == [
        ("II.1. Cấp Đoàn Khối", ["1.1"]),
        ("II. Chỉ tiêu", ["2.1"]),
    ]
    assert rows_of(paper) == [("1.1", "5"), ("2.1", "1")]
    blood = paper.groups[0].rows[0]
    assert (blood.minimum, blood.maximum, blood.share) == (Decimal(150), Decimal(200), Share(minimum=Decimal(5)))
    assert (paper.unit, paper.grid, paper.plan.number) == ("Chi đoàn Sở Tư pháp", None, "01-NQ/ĐTN".replace("01", "02"))


def test_what_was_not_handed_to_it_is_not_on_its_paper(plan, province):
    paper = build_allocation(plan=plan, body=province.bloc_union, unit=province.finance)
    assert rows_of(paper) == [("2.1", "1")]


def test_a_share_is_the_one_in_force_today(plan, province, settings):
    target = plan.targets.get(code="1.1")
    for day, minimum in ((date(2024, 7, 1), 8), (date(2024, 12, 1), 12)):
        allocate(
            actor=None,
            target=target,
            unit=province.justice,
            minimum=Decimal(minimum),
            effective_on=day,
            handed_by=province.bloc_union,
        )
    assert rows_of(build_allocation(plan=plan, body=province.bloc_union, unit=province.justice))[0] == ("1.1", "8")
    settings.PORTAL_TODAY = date(2024, 12, 2)
    assert rows_of(build_allocation(plan=plan, body=province.bloc_union, unit=province.justice))[0] == ("1.1", "12")


def test_all_units_stand_in_the_grid_by_bloc_with_the_sum(of_all):
    grid = of_all.grid
    assert [column.clause for column in grid.columns] == ["1.1"]
    assert [
        (bloc.name, [(row.name, row.kind_short, row.shares[0].minimum) for row in bloc.rows]) for bloc in grid.blocs
    ] == [
        ("Khối thi đua số 1", [("Đoàn cơ sở Bệnh viện Đa khoa", "ĐCS", 40), ("Chi đoàn Sở Tư pháp", "CĐCS", 5)]),
        (
            "Khối thi đua số 2",
            [("Đoàn cơ sở Trường Cao đẳng Y tế", "ĐCS", 30), ("Chi đoàn Sở Tài chính", "CĐCS", None)],
        ),
    ]
    assert grid.sums == (Share(minimum=Decimal(75)),)
    assert rows_of(of_all) == [("1.1", "75"), ("2.1", "1")]
    [table] = grid_tables(grid, plan="Nghị quyết", cut=True)
    assert [(line.name, [cell.text for cell in line.cells]) for line in table.lines[-3:]] == [
        ("Chi đoàn Sở Tài chính", ["–"]),
        ("TỔNG MỨC GIAO", ["75"]),
        ("CHỈ TIÊU CỦA NGHỊ QUYẾT", ["150–200"]),
    ]


def test_many_targets_are_cut_to_the_sheet_and_one_table_in_excel(of_all):
    grid = of_all.grid
    row = replace(grid.blocs[0].rows[0], shares=(ONE_FROM,) * 26)
    bloc = replace(grid.blocs[0], rows=(row,))
    wide = replace(grid, columns=grid.columns * 26, blocs=(bloc,), sums=(ONE_FROM,) * 26)
    tables = grid_tables(wide, plan="Nghị quyết", cut=True)
    assert [(len(table.columns), table.caption) for table in tables] == [
        (9, "Bảng 1/3. Các chỉ tiêu mục 1.1 đến 1.1"),
        (9, "Bảng 2/3. Các chỉ tiêu mục 1.1 đến 1.1"),
        (8, "Bảng 3/3. Các chỉ tiêu mục 1.1 đến 1.1"),
    ]
    book = load_workbook(BytesIO(papers.render_copy(replace(of_all, grid=wide), "xlsx")))
    assert book["Phụ lục"].max_column == 29


def test_the_workbook_holds_numbers(of_all):
    book = load_workbook(BytesIO(papers.render_copy(of_all, "xlsx")))
    assert book.sheetnames == ["Chỉ tiêu", "Phụ lục"]
    cells = {row[1]: row for row in book["Chỉ tiêu"].iter_rows(values_only=True)}
    assert cells["1.1"][3:6] == ("đơn vị máu", "150–200", 75)
    assert cells["2.1"][4:6] == ("100%", "Từng đơn vị")
    units = {row[1]: row for row in book["Phụ lục"].iter_rows(values_only=True)}
    assert (units["Chi đoàn Sở Tư pháp"][3], units["Chi đoàn Sở Tài chính"][3]) == (5, None)


def test_the_paper_of_one_unit_names_it_and_hides_the_others(plan, province, officer, leader, tmp_path):
    document = made(request_allocation(actor=officer, plan=plan, body=province.bloc_union, unit=province.justice))
    assert (document.about, document.file.name) == (province.justice, "giao-chi-tieu-QNA-KCQ-003-2024.pdf")
    issue(document, leader, number=12)
    assert (document.state, document.number, document.symbol) == ("issued", 12, "TB/ĐTN")
    words = " ".join(text_of(document, tmp_path).split())
    for part in (
        "Số: 12-TB/ĐTN",
        "THÔNG BÁO",
        "Giao chỉ tiêu công tác Đoàn và phong trào thanh thiếu nhi năm 2024",
        "Thực hiện Nghị quyết số 02-NQ/ĐTN ngày 02/01/2024",
        "đề nghị Chi đoàn Sở Tư pháp xây dựng kế hoạch",
        "- Chi đoàn Sở Tư pháp (t/h);",
    ):
        assert part in words
    assert "Bệnh viện" not in words
    assert "DỰ THẢO" not in words


def test_a_unit_further_down_hands_down_its_own_share(plan, province, officer):
    blood = plan.targets.get(code="1.1")
    hand_down(blood, {province.hospital_surgery: 25}, province.hospital)
    paper = build_allocation(plan=plan, body=province.hospital, unit=None)
    assert [[(row.name, row.shares[0].minimum) for row in bloc.rows] for bloc in paper.grid.blocs] == [
        [("Chi đoàn Khối Ngoại", 25), ("Chi đoàn Khối Nội", None)]
    ]
    assert rows_of(paper) == [("1.1", "25")]


def test_where_nothing_was_handed_down_there_is_no_paper(province, officer):
    plan = making.draft(province.bloc_union)
    making.target(plan, "1.7")
    plan = making.issue(plan)
    with pytest.raises(JobFailed, match="Chưa giao chỉ tiêu nào"):
        build_allocation(plan=plan, body=province.bloc_union, unit=None)


def test_only_from_a_plan_in_force_and_to_a_unit_directly_beneath(plan, province, officer):
    draft = amend_plan(actor=None, plan=plan)
    body = province.bloc_union
    with pytest.raises(ValidationError, match="đã ban hành và đang có hiệu lực"):
        request_allocation(actor=officer, plan=draft, body=body, unit=None)
    for unit in (province.hospital_surgery, province.kgi, body):
        with pytest.raises(ValidationError, match="không trực thuộc"):
            request_allocation(actor=officer, plan=plan, body=body, unit=unit)
    assert not OfficialDocument.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200), ("leader", 200), ("top_officer", 200), ("secretary", 403), ("hospital_secretary", 403),
        ("administrator", 404), ("outsider", 404), ("nobody", 404),
    ],
)  # fmt: skip
def test_who_has_it_made(who, status, request, plan, province, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    address = f"/documents/allocations/{plan.pk}/"
    assert client.get(address).status_code == status
    assert client.post(address, {"unit": "QNA-KCQ-003"}).status_code == (302 if status == 200 else status)
    assert client.post(address, {"unit": "KGI"}).status_code == (422 if status == 200 else status)
    assert OfficialDocument.objects.count() == (status == 200)
    if status != 200:
        with pytest.raises(PermissionDenied):
            request_allocation(actor=user, plan=plan, body=province.bloc_union, unit=None)


def test_the_page_of_shares_leads_there_for_those_who_may(plan, client, officer, secretary):
    for user, leads in ((officer, True), (secretary, False)):
        client.force_login(user)
        page = client.get(f"/allocations/{plan.pk}/").content.decode()
        assert (f'href="/documents/allocations/{plan.pk}/"' in page) is leads


def test_shares_are_told_as_they_were_handed_down(of_all):
    row = of_all.groups[0].rows[0]
    for share, text in (
        (Share(minimum=Decimal(150), maximum=Decimal(200)), "150–200"),
        (Share(maximum=Decimal(3)), "≤ 3"),
        (Share(minimum=Decimal("12.5")), "12,5"),
        (Share(), "–"),
    ):
        assert share_text(replace(row, share=share)) == text
    assert share_text(replace(row, measured="ratio", share=Share(minimum=Decimal(95)))) == "95%"
    assert share_text(replace(row, measured="milestone", share=Share())) == "Hoàn thành"
    assert "Hoàn thành" not in allocation_sheet(of_all).html
