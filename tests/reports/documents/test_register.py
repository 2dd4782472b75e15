"""The register: found without diacritics, narrowed, paged, taken out to Excel; few questions however long it is."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core import clock
from core.folding import fold
from core.models import StoredFile
from reports.documents.models import OfficialDocument
from tests.making import count_queries

NUMBERED = {"state": "issued", "symbol": "BC/ĐTN", "snapshot": {}}


@pytest.fixture
def paper(province):
    """Put a document into the register as the services leave it."""
    stored = StoredFile.objects.create(kind="reports.document", name="a.pdf", size=1, sha256="0" * 64)

    def put(title: str, *, unit=None, number: int | None = None, dated: date | None = None, **more):
        facts = {"kind": "monthly", "span": "2024-09", "basis": "official", "created_at": clock.now(), **more}
        if number:
            facts = {**NUMBERED, "number": number, "dated": dated or date(2024, 10, 1), "file": stored, **facts}
        folded = fold(f"{title} {number}-BC/ĐTN" if number else title)
        return OfficialDocument.objects.create(unit=unit or province.bloc_union, title=title, folded=folded, **facts)

    return put


@pytest.fixture
def register(paper, province):
    """Four documents of the bloc union and its hospital, and one of another province."""
    paper("Báo cáo tháng 9", number=86)
    paper("Báo cáo quý III", number=12, dated=date(2023, 10, 2), kind="quarterly", span="2023-Q3")
    paper("Báo cáo tháng 8", span="2024-08")
    paper("Phiếu đánh giá", unit=province.hospital, kind="scorecard", number=3)
    paper("Báo cáo của tỉnh khác", unit=province.kgi, number=86)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["Phiếu đánh giá", "Báo cáo tháng 8", "Báo cáo quý III", "Báo cáo tháng 9"]),
        ({"q": "quy iii"}, ["Báo cáo quý III"]),
        ({"q": "QUÝ"}, ["Báo cáo quý III"]),
        ({"q": "86-bc/dtn"}, ["Báo cáo tháng 9"]),
        ({"q": "86"}, ["Báo cáo tháng 9"]),
        ({"q": "benh vien"}, ["Phiếu đánh giá"]),
        ({"q": "bao cao khoi cac co quan 12"}, ["Báo cáo quý III"]),
        ({"year": "2023"}, ["Báo cáo quý III"]),
        ({"year": "2024", "kind": "monthly"}, ["Báo cáo tháng 8", "Báo cáo tháng 9"]),
        ({"state": "draft"}, ["Báo cáo tháng 8"]),
        ({"state": "superseded"}, []),
        ({"kind": "scorecard", "state": "issued"}, ["Phiếu đánh giá"]),
        ({"year": "nay", "kind": "x", "state": "y"}, 4),
        ({"q": "tinh khac"}, []),
    ],
)
def test_what_is_found(asked, titles, register, leader, client):
    client.force_login(leader)
    page = client.get("/documents/", asked).context["page"].object_list
    found = [document.title for document in page]
    assert (len(found) if isinstance(titles, int) else found) == titles


def test_what_is_offered_is_what_occurs(register, leader, client):
    client.force_login(leader)
    offered = client.get("/documents/").context["offered"]
    assert offered.years == [("2024", "2024"), ("2023", "2023")]
    assert [kind for kind, _word in offered.kinds] == ["monthly", "quarterly", "scorecard"]


def test_the_filters_stay_on_every_page_and_in_the_workbook_s_address(paper, leader, client):
    for number in range(1, 33):
        paper(f"Báo cáo số {number}", number=number)
    client.force_login(leader)
    page = client.get("/documents/", {"q": "bao cao", "kind": "monthly"}).content.decode()
    assert 'href="/documents/excel/?q=bao+cao&amp;kind=monthly"' in page
    assert "q=bao+cao&amp;kind=monthly&amp;page=2" in page
    second = client.get("/documents/", {"q": "bao cao", "page": "2"})
    assert len(second.context["page"].object_list) == 2


def test_five_hundred_documents_ask_no_more_than_two(paper, leader, client):
    client.force_login(leader)
    old = paper("Báo cáo cũ", number=1, state="superseded")
    paper("Báo cáo mới", number=2, supersedes=old)
    client.get("/documents/")
    few = count_queries(lambda: client.get("/documents/"))
    few_rows = count_queries(lambda: client.get("/documents/excel/"))
    for number in range(3, 501):
        paper(f"Báo cáo số {number}", number=number)
    assert count_queries(lambda: client.get("/documents/")) == few <= 15
    assert count_queries(lambda: client.get("/documents/excel/")) == few_rows <= 8


def test_the_workbook_holds_what_is_looked_at(register, paper, leader, client):
    old = paper("Báo cáo cũ", number=87, state="superseded")
    paper("Báo cáo mới", number=88, supersedes=old, issued_by=leader)
    client.force_login(leader)
    answer = client.get("/documents/excel/", {"q": "bao cao", "year": "2024"})
    assert answer["Content-Disposition"] == 'attachment; filename="so-van-ban-2024-10-05.xlsx"'
    rows = [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert rows[0][:4] == ["TT", "Số, ký hiệu", "Ngày", "Loại văn bản"]
    assert [(row[1], row[4], row[7], row[8], row[9], row[11]) for row in rows[1:]] == [
        ("88-BC/ĐTN", "Báo cáo mới", "Đã ban hành", "87-BC/ĐTN", None, "Bí thư Đoàn Khối"),
        ("87-BC/ĐTN", "Báo cáo cũ", "Đã được thay thế", None, "88-BC/ĐTN", None),
        (None, "Báo cáo tháng 8", "Dự thảo", None, None, None),
        ("86-BC/ĐTN", "Báo cáo tháng 9", "Đã ban hành", None, None, None),
    ]


@pytest.mark.parametrize(("who", "status", "count"), [("outside_leader", 200, 1), ("secretary", 403, 0)])
def test_the_workbook_holds_nothing_beyond_one_s_reach(who, status, count, request, register, client):
    client.force_login(request.getfixturevalue(who))
    answer = client.get("/documents/excel/")
    assert answer.status_code == status
    if status == 200:
        assert load_workbook(BytesIO(answer.content)).active.max_row == count + 1
