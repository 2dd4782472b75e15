"""The paper as a Word file: the same words in the same order, under real styles, and steady."""

import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from shutil import which

import lxml.html
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Pt

from core import paper
from reports.documents import papers
from reports.documents.context import PeriodicReport
from reports.documents.render import report_sheet
from reports.documents.words import tied
from tests.reports.hostile_report import COMPOSED, hostile_report
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
from tests.reports.sample_report import BLOCS, quarterly_report, reporting_annex, unit_annex

SHORT = {"target_groups": (), "units": None, "activities": (), "next_activities": (), "reporting": None}
NOTE = "Bản tham khảo của Báo cáo số 86-BC/ĐTN ngày 04/10/2024; văn bản có giá trị là bản PDF đã ký ban hành."


def draft_report() -> PeriodicReport:
    head = replace(quarterly_report().head, number=None, dated=None, place="Thành phố Hồ Chí Minh")
    return quarterly_report(
        draft=True,
        provisional=True,
        head=head,
        causes=(),
        units=unit_annex(columns=13, blocs=BLOCS[:3]),
        reporting=reporting_annex(months=(1, 2, 3, 4, 5, 6, 7, 8, 9)),
        verification=None,
    )


REPORTS = {"issued": quarterly_report, "draft": draft_report, "short": lambda: quarterly_report(**SHORT)}


@pytest.mark.parametrize("which_one", REPORTS)
def test_word_says_what_the_page_says_in_its_order(which_one: str) -> None:
    report = REPORTS[which_one]()
    html, document = report_sheet(report).html, opened(papers.render_copy(report, "docx"))
    assert words_of_word(document) == words_of_page(html)
    assert tables_of_word(document) == tables_of_page(html)


def test_charts_are_said_in_words_with_every_figure() -> None:
    text = " ".join(words_of_word(opened(papers.render_copy(quarterly_report(), "docx"))))
    assert (
        "Biểu đồ 1. Máu hiến tình nguyện lũy kế theo tháng năm 2024 (đơn vị máu) Số trong tháng (lũy kế): "
        "tháng 1: 96 (96); tháng 2: 0 (96); tháng 3: 22 (118); tháng 4: 14 (132); tháng 5: 9 (141); tháng 6: 11 (152); "
        "tháng 7: 8 (160); tháng 8: 23 (183); tháng 9: 4 (187). Mức tối thiểu: 150; tối đa: 200. 3. Các chương trình"
    ) in text
    assert "1.2 Học tập nghị quyết Đúng tiến độ, 99,4% mức tối thiểu 99,4%" in text
    assert "Phần đen" not in text
    assert "│" not in text


def test_sheets_stand_upright_and_the_annex_by_unit_lies() -> None:
    sections = opened(papers.render_copy(quarterly_report(), "docx")).sections
    assert [section.orientation == WD_ORIENTATION.LANDSCAPE for section in sections] == [False, True, False]
    for section in sections:
        wide = section.orientation == WD_ORIENTATION.LANDSCAPE
        edges = (section.page_width, section.page_height, section.top_margin, section.left_margin)
        wanted = (297, 210, 30, 20) if wide else (210, 297, 20, 30)
        assert [round(edge.mm) for edge in edges] == list(wanted)
        assert (round(section.right_margin.mm), round(section.bottom_margin.mm)) == (20, 20)


def test_the_number_of_the_page_begins_on_the_second() -> None:
    sections = opened(papers.render_copy(quarterly_report(), "docx")).sections
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]
    assert "".join(p._p.xml for p in sections[0].first_page_footer.paragraphs).count("fldSimple") == 0
    for section in sections:
        [line] = section.footer.paragraphs
        assert 'w:instr=" PAGE "' in line._p.xml
        assert line.style.name == "Footer"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"draft": True, "head": draft_report().head}, ["DỰ THẢO\t"]),
        ({"draft": True, "provisional": True, "head": draft_report().head}, ["DỰ THẢO\tSỐ LIỆU TẠM TÍNH"]),
        ({"provisional": True}, [NOTE, "\tSỐ LIỆU TẠM TÍNH"]),
        ({}, [NOTE]),
    ],
)
def test_the_head_of_every_sheet_says_what_it_is(state: dict[str, object], said: list[str]) -> None:
    sections = opened(papers.render_copy(quarterly_report(**state), "docx")).sections
    heads = [sections[0].first_page_header, *(section.header for section in sections)]
    assert [[line.text for line in head.paragraphs] for head in heads] == [said] * 4


def test_its_parts_have_styles_of_their_own() -> None:
    document = opened(papers.render_copy(quarterly_report(), "docx"))
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["Báo cáo"] == "Title"
    assert styles["và phương hướng, nhiệm vụ quý\u00a0IV năm\u00a02024"] == "Trích yếu"
    assert styles["I. KẾT QUẢ THỰC HIỆN QUÝ III NĂM 2024"] == "Heading 1"
    assert styles["1. Công tác tuyên truyền, giáo dục"] == "Heading 2"
    assert styles["A. Hoạt động trong quý III năm 2024"] == "Heading 3"
    assert styles["Phụ lục 2"] == "Số phụ lục"
    in_tables = {p.text: p.style.name for t in document.tables for c in t._cells for p in c.paragraphs}
    assert in_tables["BCH Đoàn Khối các cơ quan"] == "Cơ quan ban hành"
    assert in_tables["Nơi nhận:"] == "Nơi nhận"
    assert in_tables["TM. BAN THƯỜNG VỤ"] == "Chức vụ người ký"
    assert in_tables["Người Ký Mẫu"] == "Họ tên người ký"
    body = document.styles["Body Text"]
    assert (body.font.name, body.font.size, round(body.paragraph_format.first_line_indent.mm, 1)) == (
        "Times New Roman", Pt(14), 12.7,
    )  # fmt: skip
    assert {s.font.name for s in document.styles if s.type == 1 and s.font.name} == {"Times New Roman"}


def test_tables_repeat_their_heads_split_no_row_and_fill_the_measure() -> None:
    document = opened(papers.render_copy(quarterly_report(), "docx"))
    ruled = ruled_tables(document)
    assert [sum(bool(r._tr.xpath("./w:trPr/w:tblHeader")) for r in t.rows) for t in ruled] == [
        1, 2, 1, 2, 2, 2, 2, 1, 1, 2, 1,
    ]  # fmt: skip
    for table in ruled:
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        grid = sum(int(column.get(qn("w:w"))) for column in table._tbl.xpath("./w:tblGrid/w:gridCol"))
        assert grid == pytest.approx(160 * 1440 / 25.4, abs=8) or grid == pytest.approx(257 * 1440 / 25.4, abs=8)
        for row in table.rows:
            assert sum(int(cell.get(qn("w:w"))) for cell in row._tr.xpath("./w:tc/w:tcPr/w:tcW")) == grid


def test_figures_stand_to_the_right() -> None:
    document = opened(papers.render_copy(quarterly_report(), "docx"))
    annex = next(t for t in ruled_tables(document) if len(t.columns) == 9)
    row = next(r for r in annex.rows if r.cells[1].text == "1.5")
    assert [(c.text, c.paragraphs[0]._p.xpath("string(./w:pPr/w:jc/@w:val)")) for c in row.cells] == [
        ("5", "center"), ("1.5", "center"), ("Lượt người dân được khám bệnh, cấp thuốc miễn phí", ""),
        ("lượt người", "center"), ("1.500–2.000", "right"), ("520", "right"), ("1.240,5", "right"), ("82,7", "right"),
        ("Đúng tiến độ", "center"),
    ]  # fmt: skip


def test_the_file_is_vietnamese_and_says_what_it_is() -> None:
    document = opened(papers.render_copy(quarterly_report(), "docx"))
    facts = document.core_properties
    assert facts.title == "Báo cáo kết quả công tác Đoàn và phong trào thanh thiếu nhi quý III năm 2024"
    assert (facts.author, facts.language, facts.created.date()) == (
        "BCH Đoàn Khối các cơ quan", "vi-VN", quarterly_report().head.dated,
    )  # fmt: skip
    assert document.styles.element.xpath("string(./w:docDefaults//w:lang/@w:val)") == "vi-VN"


def test_equal_reports_give_equal_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = papers.render_copy(quarterly_report(), "docx")
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 126, 0))
    assert papers.render_copy(quarterly_report(), "docx") == first
    with zipfile.ZipFile(BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in file.namelist() if "thumbnail" in name]


def converted(content: bytes, to: str, folder: Path) -> Path:
    program = which("soffice")
    if program is None:
        pytest.skip("LibreOffice (libreoffice-writer-nogui) is not installed")
    source = folder / "copy.docx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", "--norestore", profile, "--convert-to", to, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"copy.{to}"


def without_furniture(path: Path, heads: list[str]) -> str:
    """The letters of a PDF, page by page without its margins and without the heads that tables repeat."""
    pages = []
    sizes = subprocess.run(["pdfinfo", "-l", "999", path], check=True, capture_output=True, text=True).stdout
    for number, (width, height) in enumerate(re.findall(r"size:\s+([\d.]+) x ([\d.]+)", sizes), start=1):
        top = 20 if float(height) > float(width) else 30
        box = [0, round((top - 2) / 25.4 * 72), round(float(width)), round(float(height) - (top - 2 + 18) / 25.4 * 72)]
        crop = [word for pair in zip(("-x", "-y", "-W", "-H"), map(str, box), strict=True) for word in pair]
        command = ["pdftotext", "-raw", "-f", str(number), "-l", str(number), *crop, path, "-"]
        text = letters(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        repeated = next((head for head in heads if text.startswith(head)), "")
        pages.append(text.removeprefix(repeated))
    return "".join(pages)


@pytest.mark.parametrize("which_one", REPORTS)
def test_libreoffice_prints_the_words_of_our_pdf(which_one: str, tmp_path: Path) -> None:
    report = REPORTS[which_one]()
    theirs = converted(papers.render_copy(report, "docx"), "pdf", tmp_path)
    html = report_sheet(report).html
    ours = tmp_path / "ours.pdf"
    ours.write_bytes(paper.render_pdf(html=without_drawings(html), title="Báo cáo", dated=report.span.ends_on))
    heads = [
        letters("".join(head.text_content() for head in table.xpath("./thead")))
        for table in lxml.html.fromstring(without_drawings(html)).xpath("//table")
    ]
    heads.sort(key=len, reverse=True)
    said = without_furniture(theirs, heads)
    assert said == without_furniture(ours, heads)
    assert "ĐOÀNTNCSHỒCHÍMINH" in said
    assert said.index("NgườiKýMẫu") > 2000


def test_libreoffice_finds_the_tables_of_our_page(tmp_path: Path) -> None:
    report = quarterly_report()
    page = lxml.html.parse(str(converted(papers.render_copy(report, "docx"), "html", tmp_path))).getroot()
    found = [
        [[" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")] for row in table.xpath(".//tr")]
        for table in page.xpath("//table")
    ]
    head, numbers, foot = found[0], found[1], found[3]
    assert (len(head), len(numbers), len(foot)) == (1, 1, 1)
    assert found[2:3] + found[4:] == tables_of_page(report_sheet(report).html)


def test_hostile_words_are_words_in_word() -> None:
    report = hostile_report()
    document = opened(papers.render_copy(report, "docx"))
    paragraphs = [p.text for p in document.paragraphs]
    start = paragraphs.index(f"1. {COMPOSED[5]}") + 1
    assert paragraphs[start : start + len(COMPOSED)] == [tied(text) for text in COMPOSED]
    assert words_of_word(document) == words_of_page(report_sheet(report).html)
    assert not document.part._element.xpath("//w:hyperlink|//w:drawing|//w:object|//w:instrText")
    assert {relation.is_external for relation in document.part.rels.values()} == {False}
    assert document.core_properties.author == " ".join(COMPOSED)[:255]


def test_hostile_words_are_words_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(papers.render_pdf(hostile_report()))
    text = letters(subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout)
    for words in (*COMPOSED[:5], COMPOSED[7], *COMPOSED[8:]):
        assert letters(words) in text


def test_libreoffice_opens_what_hostile_words_made(tmp_path: Path) -> None:
    pdf = converted(papers.render_copy(hostile_report(), "docx"), "pdf", tmp_path)
    text = letters(subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout)
    for words in (*COMPOSED[:5], COMPOSED[7], *COMPOSED[8:]):
        assert letters(words) in text
