"""The kinds of paper beside reports as they come out of the printer and as copies: measured, read back, attacked."""

import json
import re
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import Any

import lxml.html
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from core.paper import page_count, render_pdf
from reports.documents import papers
from reports.documents.allocations.rendering import allocation_sheet
from reports.documents.calendars.rendering import calendar_sheet
from reports.documents.dispatches.rendering import dispatch_sheet
from reports.documents.plan_papers.context import PlanPart
from reports.documents.plan_papers.rendering import plan_sheet
from reports.documents.scorecards.rendering import card_sheet
from reports.documents.sheets import Sheet, to_word
from reports.documents.snapshot import SnapshotError
from tests.reports.hostile_report import HOSTILE
from tests.reports.paper_readers import (
    letters,
    opened,
    ruled_tables,
    tables_of_page,
    tables_of_word,
    without_drawings,
    words_of_page,
    words_of_word,
)
from tests.reports.sample_papers import NEW, PAPERS, PROOF, allocation, calendar, plan_paper
from tests.reports.test_quarterly_paper import DPI, Printed, Word, ink_box
from tests.reports.test_word_copy import converted, without_furniture

SHEETS: dict[str, Callable[[Any], Sheet]] = {
    "plan": plan_sheet,
    "allocation": allocation_sheet,
    "calendar": calendar_sheet,
    "reminder": dispatch_sheet,
    "scorecard": card_sheet,
}
PAGES = {"plan": 9, "allocation": 11, "calendar": 3}
MARGINS = {"upright": (30, 20, 20, 20), "wide": (20, 30, 20, 20), "board": (12, 12, 12, 12)}  # left, top, right, bottom


def printed(paper: Any, folder: Path) -> Printed:
    pdf, path = papers.render_pdf(paper), folder / "paper.pdf"
    path.write_bytes(pdf)
    return Printed(pdf=pdf, path=path)


@pytest.fixture(scope="module", params=NEW)
def issued(request, tmp_path_factory) -> tuple[str, Printed]:
    return request.param, printed(PAPERS[request.param](), tmp_path_factory.mktemp(request.param))


def test_everything_stands_inside_the_margins(issued: tuple[str, Printed]) -> None:
    kind, document = issued
    pages = list(zip(document.pictures(), document.words, strict=True))
    assert len(pages) == PAGES[kind]
    for number, (picture, words) in enumerate(pages, start=1):
        upright = picture.height > picture.width
        width, height = (210, 297) if upright else (297, 210)
        left, top, right, bottom = MARGINS["upright" if upright else "board" if kind == "calendar" else "wide"]
        # The number of the page stands in the margin: the sheet is looked at without it.
        edge = round((height - bottom + 1) * DPI / 25.4)
        box = ink_box(picture.crop((0, 0, picture.width, edge)))
        assert left - 1 <= box[0], number
        assert box[2] <= width - right + 1, number
        assert top - 1 <= box[1], number
        assert box[3] <= height - bottom + 1, number
        assert all(left - 1 <= word.left and word.right <= width - right + 1 for word in words), number


def test_the_face_is_ours_alone_and_text_comes_back_composed(issued: tuple[str, Printed]) -> None:
    _kind, document = issued
    listing = subprocess.run(["pdffonts", str(document.path)], check=True, capture_output=True, text=True).stdout
    rows = listing.splitlines()[2:]
    assert rows
    assert {row.split()[0].split("+")[-1] for row in rows} <= {
        "Doan-Serif", "Doan-Serif-Bold", "Doan-Serif-Italic", "Doan-Serif-Bold-Italic",
    }  # fmt: skip
    text = document.run("pdftotext", "-layout", "-")
    assert unicodedata.is_normalized("NFC", text)
    assert not [c for c in text if unicodedata.combining(c) or c in "\u00a0\u200b\ufffd"]


def test_the_number_of_the_page_stands_below_from_page_two_on(issued: tuple[str, Printed]) -> None:
    kind, document = issued
    for number, (page, words) in enumerate(zip(document.reader.pages, document.words, strict=True), start=1):
        height = float(page.mediabox.height) * 25.4 / 72
        below = [word.text for word in words if word.top > height - (12 if kind == "calendar" else 20)]
        assert below == ([] if number == 1 else [str(number)])


HEADS = {
    "plan": ["Nội dung chỉ tiêu", "Đơn vị thực hiện"],
    "allocation": ["Nội dung chỉ tiêu", "(đơn vị"],
    "calendar": ["Tháng 10"],
}
ROWS = {"plan": 42, "allocation": 32, "calendar": 0}


def test_tables_repeat_their_heads_split_no_row_and_leave_no_heading_behind(issued: tuple[str, Printed]) -> None:
    kind, document = issued
    text = document.pages
    rows = re.findall(r"^ *(\d+) +1\.\d+ ", "\n".join(text), re.MULTILINE)
    assert rows == [str(number) for number in range(1, ROWS[kind] + 1)]
    for head in HEADS[kind]:
        assert sum(head in page for page in text) >= 2
    for page in text:
        lines = [line.strip() for line in page.splitlines() if line.strip() and not re.fullmatch(r"\s*\d+\s*", line)]
        assert not re.match(r"(Khối thi đua số|II\.|III\.|Hoạt động (chỉ đạo|của)|\d\.\d\. Nội dung \d$)", lines[-1])
        assert not lines[0].startswith(("TỔNG MỨC GIAO", "CHỈ TIÊU CỦA"))


@pytest.mark.parametrize("kind", NEW)
def test_the_signature_is_never_alone_on_its_page(kind: str, tmp_path: Path) -> None:
    for more in range(0, 12, 3):
        page = next(p for p in printed(_longer(kind, more), tmp_path).pages if "TM. BAN THƯỜNG VỤ" in p)
        before = [line for line in page[: page.index("Nơi nhận")].splitlines() if line.strip()]
        assert len(before) >= 2, more
        assert page.index("TM. BAN THƯỜNG VỤ") < page.index("Người Ký Mẫu")
        assert "- Lưu: VP." in page


def _longer(kind: str, more: int) -> Any:
    """A short paper, a little longer each time."""
    if kind == "plan":
        part = PlanPart(number="1", heading="", depth=2, paragraphs=("Thực hiện tốt các nội dung được giao.",))
        last = PlanPart(number="II", heading="Tổ chức", depth=1, paragraphs=("Rà soát.", "Thực hiện./."))
        bare: dict[str, Any] = {"target_groups": (), "activity_groups": (), "appendices": ()}
        return plan_paper(parts=(*[part] * (14 + more), last), **bare)
    if kind == "allocation":
        paper = allocation(grid=None, unit="Chi đoàn Sở Tư pháp")
        return replace(paper, groups=(replace(paper.groups[0], rows=paper.groups[0].rows[: 8 + more]),))
    paper = calendar()
    months = tuple(replace(month, events=month.events[: 8 + more]) for month in paper.groups[0].months)
    return replace(paper, groups=(replace(paper.groups[0], months=months),))


def test_a_draft_is_one_on_every_page_and_leaves_room_for_its_number(tmp_path: Path) -> None:
    for kind in NEW:
        paper = PAPERS[kind](draft=True, verification=None)
        head = replace(paper.head, number=None, dated=None)
        document = printed(replace(paper, head=head), tmp_path)
        assert all(re.match(r"\s*DỰ THẢO\s", page) for page in document.pages)
        first = " ".join(document.pages[0].split())
        assert f"Số: -{head.symbol}" in first
        assert "ngày tháng năm" in first


def test_no_line_of_a_plan_is_torn_open(tmp_path: Path) -> None:
    gaps = []
    for words in printed(plan_paper(), tmp_path).words[:5]:
        rows: dict[int, list[Word]] = {}
        for word in words:
            if word.top > 90 and word.bottom - word.top > 5:
                rows.setdefault(round(word.top), []).append(word)
        stretched = [row for row in rows.values() if row[-1].right > 189 and len(row) > 1]
        gaps += [max(b.left - a.right for a, b in pairwise(row)) for row in stretched]
    assert len(gaps) > 40
    assert max(gaps) < 4


@pytest.mark.parametrize("kind", PAPERS)
def test_a_snapshot_comes_back_equal_and_nothing_else_is_read(kind: str) -> None:
    paper = PAPERS[kind](verification=PROOF)
    plain = json.loads(json.dumps(paper.to_snapshot(), ensure_ascii=False))
    assert type(paper).from_snapshot(plain) == paper
    [name] = set(plain) - {"version"}
    for spoilt in (
        plain | {"version": 0},
        {"version": 1},
        plain | {name: plain[name] | {"unknown": 1}},
        plain | {name: {k: v for k, v in plain[name].items() if k != "head"}},
        plain | {name: plain[name] | {"draft": "yes"}},
    ):
        with pytest.raises(SnapshotError):
            type(paper).from_snapshot(spoilt)


@pytest.mark.parametrize("kind", PAPERS)
def test_equal_papers_give_equal_bytes_in_every_form(kind: str) -> None:
    first, again = PAPERS[kind](), PAPERS[kind]()
    assert papers.render_pdf(first) == papers.render_pdf(again)
    for ending in papers.copies_of(kind):
        assert papers.render_copy(first, ending) == papers.render_copy(again, ending)


def test_which_copies_there_are() -> None:
    word, both = frozenset({"docx"}), frozenset({"docx", "xlsx"})
    found = {kind: papers.copies_of(kind) for kind in papers.KINDS}
    assert found.pop("scorecard") == word
    assert set(found.values()) == {both}
    assert len(found) == 9


@pytest.mark.parametrize("kind", PAPERS)
def test_word_says_what_the_page_says_in_its_order(kind: str) -> None:
    paper = PAPERS[kind]()
    html, document = SHEETS[kind](paper).html, opened(papers.render_copy(paper, "docx"))
    assert words_of_word(document) == words_of_page(html)
    assert tables_of_word(document) == tables_of_page(html)
    for table in ruled_tables(document):
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        grid = sum(int(column.get(qn("w:w"))) for column in table._tbl.xpath("./w:tblGrid/w:gridCol"))
        assert min(abs(grid - measure * 1440 / 25.4) for measure in (160, 257, 273)) < 9
    sections = document.sections
    sheets = [(round(s.page_width.mm), round(s.left_margin.mm), round(s.top_margin.mm)) for s in sections]
    upright, wide, board = (210, 30, 20), (297, 20, 30), (297, 12, 12)
    assert sheets == {"allocation": [upright, wide], "calendar": [board]}.get(kind, [upright])


@pytest.mark.parametrize("kind", ["plan", "allocation", "reminder"])
def test_libreoffice_prints_the_words_of_our_pdf(kind: str, tmp_path: Path) -> None:
    sheet = SHEETS[kind](PAPERS[kind]())
    theirs = converted(to_word(sheet), "pdf", tmp_path)
    bare, ours = without_drawings(sheet.html), tmp_path / "ours.pdf"
    ours.write_bytes(render_pdf(html=bare, title=sheet.title, dated=sheet.dated))
    tables = lxml.html.fromstring(bare).xpath("//table")
    heads = [letters("".join(head.text_content() for head in table.xpath("./thead"))) for table in tables]
    heads.sort(key=len, reverse=True)
    said = without_furniture(theirs, heads)
    assert said == without_furniture(ours, heads)
    assert said.index("NgườiKýMẫu") > 500


TYPES = {"plan": "Nghị quyết", "reminder": "Công văn", "scorecard": "Phiếu đánh giá"}


@pytest.mark.parametrize("kind", PAPERS)
def test_a_copy_of_an_issued_paper_says_what_it_is_not(kind: str) -> None:
    head = opened(papers.render_copy(PAPERS[kind](), "docx")).sections[0].header.paragraphs[0].text
    assert head.startswith(f"Bản tham khảo của {TYPES.get(kind, 'Thông báo')} số ")
    assert head.endswith("văn bản có giá trị là bản PDF đã ký ban hành.")
    assert (
        not opened(papers.render_copy(_unnumbered(kind), "docx"))
        .sections[0]
        .header.paragraphs[0]
        .text.strip("DỰ THẢO\t")
    )


def _unnumbered(kind: str) -> Any:
    paper = PAPERS[kind](draft=True, verification=None)
    return replace(paper, head=replace(paper.head, number=None, dated=None))


@pytest.mark.parametrize("kind", [kind for kind in PAPERS if kind != "scorecard"])
def test_calc_opens_the_workbook_with_every_cell(kind: str, tmp_path: Path) -> None:
    content = papers.render_copy(PAPERS[kind](), "xlsx")
    sheets = load_workbook(BytesIO(content))
    assert all(sheet.max_row > 5 for sheet in sheets)
    if which("soffice") is None:
        pytest.skip("LibreOffice (libreoffice-calc-nogui) is not installed")
    text = _as_csv(content, tmp_path)
    for row in sheets.worksheets[0].iter_rows(values_only=True):
        for value in row:
            if isinstance(value, str):
                assert value.splitlines()[0].replace('"', '""') in text
    assert not re.search("#REF|#NAME|Err:", text)


def _as_csv(content: bytes, folder: Path) -> str:
    """The first sheet as Calc reads it, in UTF-8."""
    source = folder / "copy.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(folder)]
    command = ["soffice", "--headless", "--norestore", profile, *to, str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "copy.csv").read_text(encoding="utf-8")


def _hostile(value: Any) -> Any:
    """The paper with every text that people write replaced by one that tries to be something else."""
    if isinstance(value, tuple):
        return tuple(_hostile(item) for item in value)
    if isinstance(value, str):
        return " ".join((value, *HOSTILE)) if " " in value else value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _hostile(getattr(value, field.name)) for field in fields(value)})
    return value


SMALL: dict[str, dict[str, Any]] = {
    "plan": {"target_groups": allocation().groups[1:], "parts": plan_paper().parts[:3]},
    "allocation": {"groups": allocation().groups[1:], "grid": None},
    "calendar": {"groups": (replace(calendar().groups[1], months=calendar().groups[1].months[2:] * 3),)},
    "reminder": {"units": PAPERS["reminder"]().units[:2]},
}


@pytest.mark.parametrize("kind", SMALL)
def test_hostile_words_are_words(kind: str) -> None:
    small = PAPERS[kind](**SMALL[kind])
    if kind == "plan":
        small = replace(
            small, activity_groups=(replace(small.activity_groups[0], rows=small.activity_groups[0].rows[:2]),)
        )
    paper = _hostile(small)
    html = SHEETS[kind](paper).html
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert page_count(papers.render_pdf(paper)) >= 1
    assert words_of_word(opened(papers.render_copy(paper, "docx"))) == words_of_page(html)
    for sheet in load_workbook(BytesIO(papers.render_copy(paper, "xlsx"))):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
