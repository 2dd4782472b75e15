"""A plan on paper: its own text, order and numbers; a draft is one on every page; its number is the plan's."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.services import postpone
from plans.models import Plan
from plans.services import issue_plan, send_to_leader
from plans.versions.amending import amend_plan, discard_draft
from reports.documents.models import OfficialDocument
from reports.documents.plan_papers.building import build_plan_paper
from reports.documents.plan_papers.context import PlanPaper
from reports.documents.plan_papers.rendering import Block, blocks_of, closing_of, plan_sheet
from reports.documents.plan_papers.services import request_plan_paper
from reports.documents.services import request_issue, request_replacement
from tests import making
from tests.reports.documents.kinds import made, plan_of
from tests.reports.documents.test_documents import issue, text_of


@pytest.fixture
def plan(province) -> Plan:
    return plan_of(province.bloc_union)


def test_the_text_stands_in_its_order_under_its_own_numbers(plan):
    blocks = blocks_of(build_plan_paper(plan).parts)
    assert [(block.tag, block.text) for block in blocks] == [
        ("p", "Ban Thường vụ ban hành Nghị quyết công tác năm 2024 như sau:"),
        ("h2", "I. CHỦ ĐỀ"),
        ("p", "“Năm Thanh niên tình nguyện”"),
        ("h2", "II. CHỈ TIÊU"),
        ("h3", "1. Cấp Đoàn Khối"),
        ("p", "1.1. Hiến máu đạt 150 đến 200 đơn vị máu."),
        ("h3", "2. Cấp cơ sở"),
        ("p", "2.1. Chỉ tiêu 2.1: 100% đơn vị trực thuộc, mỗi đơn vị từ 1 công trình."),
        ("h2", "III. HOẠT ĐỘNG LỚN"),
        ("p", "- Ngày hội hiến máu (tháng 3)."),
        ("p", "- Tết trồng cây."),
        ("h2", "IV. TỔ CHỨC THỰC HIỆN"),
        ("p", "Các đơn vị thực hiện nghiêm túc./."),
    ]
    # The last paragraph is short: that before it goes along with the heading between.
    assert closing_of(blocks) == blocks[-3:]
    assert closing_of(blocks[:5]) == blocks[2:5]
    assert closing_of([Block("p", "Một. " * 40)]) == [Block("p", "Một. " * 40)]
    assert closing_of([]) == []


def test_its_targets_and_activities_follow_as_tables(plan):
    paper = build_plan_paper(plan)
    assert [(group.heading, [(row.clause, row.who) for row in group.rows]) for group in paper.target_groups] == [
        ("II.1. Cấp Đoàn Khối", [("1.1", "Các đơn vị trực thuộc")]),
        ("II. Chỉ tiêu", [("2.1", "Từng đơn vị trực thuộc")]),
    ]
    first = paper.target_groups[0].rows[0]
    assert (first.minimum, first.maximum, first.due_on) == (Decimal(150), Decimal(200), date(2024, 12, 31))
    assert [
        (group.heading, [(row.name, row.time, row.who) for row in group.rows]) for group in paper.activity_groups
    ] == [
        (
            "III. Hoạt động lớn",
            [
                ("Ngày hội hiến máu", "Tháng 3", "Đoàn Khối các cơ quan"),
                ("Tết trồng cây", "", "Các đơn vị trực thuộc"),
            ],
        )
    ]


def test_what_was_moved_since_stands_where_the_plan_put_it(plan):
    [activity] = plan.activities.filter(name="Ngày hội hiến máu")
    windows = [(date(2024, 11, 1), date(2024, 11, 30), "month")]
    postpone(actor=None, activity=activity, windows=windows, reason="Trùng lịch")
    assert build_plan_paper(plan).activity_groups[0].rows[0].time == "Tháng 3"


def test_head_and_recipients_are_the_plan_s(plan):
    paper = build_plan_paper(plan)
    head = paper.head
    assert (head.number, head.symbol, head.dated, head.place) == (2, "NQ/ĐTN", date(2024, 1, 2), "Quảng Nam")
    assert (paper.draft, paper.type_name, paper.addressed) == (False, "Nghị quyết", "")
    assert [(row.name, row.role) for row in paper.recipients] == [("BTV Tỉnh đoàn", "b/c")]


def test_a_theme_is_named_where_the_text_does_not(plan):
    Plan.objects.filter(pk=plan.pk).update(theme="Năm thanh niên tình nguyện")
    assert build_plan_paper(Plan.objects.get(pk=plan.pk)).theme == ""
    Plan.objects.filter(pk=plan.pk).update(theme="Tuổi trẻ sáng tạo")
    assert "Chủ đề: “Tuổi trẻ sáng tạo”." in plan_sheet(build_plan_paper(Plan.objects.get(pk=plan.pk))).html


def test_a_plan_that_is_a_dispatch_has_no_type_and_says_to_whom(province):
    plan = making.issue(making.draft(province.bloc_union, title="Định hướng hoạt động", kind="dispatch"), number=7)
    paper = build_plan_paper(_with_text(plan))
    html = plan_sheet(paper).html
    assert (paper.type_name, paper.head.symbol) == ("Công văn", "CV/ĐTN")
    assert "“V/v định hướng hoạt động”" in html
    assert "Kính gửi: Các tổ chức Đoàn trực thuộc" in html
    assert "<h1" not in html


def _with_text(plan: Plan) -> Plan:
    plan.sections.create(order=1, number="1", address="1", heading="Trọng tâm", text="Thực hiện tốt.")
    return plan


def test_an_annex_of_the_plan_s_own_stands_behind_the_signature(plan):
    plan.sections.create(order=90, number="Phụ lục", address="PL", heading="Danh mục", text="1. Tết trồng cây.")
    html = plan_sheet(build_plan_paper(plan)).html
    assert html.index("Nơi nhận:") < html.index("1. Tết trồng cây.") < html.index("Biểu 1</h2>")


def test_a_draft_is_one_on_every_page_and_gets_no_number(province, officer, leader, tmp_path):
    plan = plan_of(province.bloc_union, is_issued=False)
    document = made(request_plan_paper(actor=officer, plan=plan))
    pages = text_of(document, tmp_path).rstrip("\f").split("\f")
    assert len(pages) == 3
    assert all("DỰ THẢO" in page for page in pages)
    assert "Số: -NQ/ĐTN" in " ".join(pages[0].split())
    send_to_leader(actor=None, plan=plan)
    with pytest.raises(ValidationError, match="bản in của dự thảo"):
        request_issue(actor=leader, document=document, number=2, dated=date(2024, 1, 2))
    issue_plan(actor=None, plan=plan, number=2, issued_on=date(2024, 1, 2))
    document = OfficialDocument.objects.get(pk=document.pk)  # its plan is issued now, its paper is that of the draft
    with pytest.raises(ValidationError, match="bản in của dự thảo"):
        request_issue(actor=leader, document=document, number=2, dated=date(2024, 1, 2))


def test_an_issued_plan_s_paper_bears_the_plan_s_number_and_no_other(plan, officer, leader, client, tmp_path):
    document = made(request_plan_paper(actor=officer, plan=plan))
    assert (document.title, document.span, document.file.name) == (
        "Nghị quyết: Công tác Đoàn, phong trào thanh niên năm 2024", "2024", "van-ban-QNA-KCQ-2024.pdf",
    )  # fmt: skip
    assert "DỰ THẢO" not in text_of(document, tmp_path)
    with pytest.raises(ValidationError, match="mang đúng số và ngày"):
        request_issue(actor=leader, document=document, number=3, dated=date(2024, 1, 2))
    client.force_login(leader)
    answer = client.post(f"/documents/{document.pk}/issue/", {"number": "99", "dated": "2024-10-05"})
    assert answer.status_code == 302
    document = made(document)
    assert (document.state, document.number, document.symbol, document.dated) == (
        "issued", 2, "NQ/ĐTN", date(2024, 1, 2),
    )  # fmt: skip
    text = text_of(document, tmp_path)
    assert "Số: 02-NQ/ĐTN" in text
    assert document.verify_code in text
    assert client.get(f"/verify/{document.verify_code}/").status_code == 200


def test_an_issued_plan_has_one_issued_paper(plan, officer, leader):
    first, second = (made(request_plan_paper(actor=officer, plan=plan)) for _paper in range(2))
    issue(first, leader, 2, date(2024, 1, 2))
    with pytest.raises(ValidationError, match="2024"):
        request_issue(actor=leader, document=second, number=2, dated=date(2024, 1, 2))


def test_only_an_amended_plan_s_paper_is_replaced_and_then_by_the_version_in_force(plan, officer, leader):
    document = issue(made(request_plan_paper(actor=officer, plan=plan)), leader, 2, date(2024, 1, 2))
    with pytest.raises(ValidationError, match="chưa được sửa đổi"):
        request_replacement(actor=officer, document=document)
    later = amend_plan(actor=None, plan=plan)
    send_to_leader(actor=None, plan=later)
    later = issue_plan(actor=None, plan=later, number=15, issued_on=date(2024, 6, 3))
    draft = made(request_replacement(actor=officer, document=document))
    assert draft.plan_id == later.pk
    paper = PlanPaper.from_snapshot(draft.snapshot)
    assert (paper.head.number, paper.replaces.number) == (15, 2)
    issue(draft, leader, 15, date(2024, 6, 3))
    document.refresh_from_db()
    assert document.state == "superseded"


def test_a_deleted_draft_leaves_its_paper(province, officer):
    plan = plan_of(province.bloc_union, is_issued=False)
    document = made(request_plan_paper(actor=officer, plan=plan))
    discard_draft(actor=officer, plan=plan)
    document.refresh_from_db()
    assert (document.plan_id, document.file_id is not None) == (None, True)
    assert PlanPaper.from_snapshot(document.snapshot).title == "Công tác Đoàn, phong trào thanh niên năm 2024"


def test_a_plan_without_text_is_not_printed(province, officer):
    plan = making.draft(province.bloc_union)
    with pytest.raises(ValidationError, match="chưa có nội dung"):
        request_plan_paper(actor=officer, plan=plan)
    assert not OfficialDocument.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200), ("leader", 200), ("top_officer", 200), ("secretary", 403), ("administrator", 403),
        ("outsider", 404), ("outside_leader", 404), ("nobody", 404),
    ],
)  # fmt: skip
def test_who_has_it_made(who, status, request, plan, client):
    user = request.getfixturevalue(who)
    client.force_login(user)
    address = f"/documents/plans/{plan.pk}/"
    assert client.get(address).status_code == status
    posted = client.post(address).status_code
    assert posted == (302 if status == 200 else status)
    assert OfficialDocument.objects.exists() is (status == 200)
    if status != 200:
        with pytest.raises(PermissionDenied):
            request_plan_paper(actor=user, plan=plan)


def test_the_plan_s_page_leads_there_for_those_who_may(plan, client, officer, secretary):
    for user, leads in ((officer, True), (secretary, False)):
        client.force_login(user)
        assert (f'href="/documents/plans/{plan.pk}/"' in client.get(f"/plans/{plan.pk}/").content.decode()) is leads
