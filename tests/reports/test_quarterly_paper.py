"""The quarterly report as it comes out of the printer: read back with poppler, looked at as pictures."""

import io
import re
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from core import paper
from reports.documents import papers
from reports.documents.context import PeriodicReport, Topic
from reports.documents.render import report_sheet
from tests.reports.sample_report import BLOCS, quarterly_report, reporting_annex, unit_annex, unit_name

POINT = 25.4 / 72
DPI = 100
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ"
)
TESTED_LETTERS = " ".join(re.findall(".{1,12}", LETTERS))


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A PDF and its file, and what poppler reads from it. Lengths are millimetres from the upper left corner."""

    pdf: bytes
    path: Path

    def run(self, *command: str) -> str:
        return subprocess.run(
            [*command[:-1], str(self.path), command[-1]], check=True, capture_output=True, text=True
        ).stdout

    @property
    def pages(self) -> list[str]:
        return self.run("pdftotext", "-layout", "-").split("\f")[:-1]

    @property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pdf))

    @property
    def words(self) -> list[list[Word]]:
        tree = ElementTree.fromstring(self.run("pdftotext", "-bbox", "-"))  # noqa: S314 - poppler's own output
        name = "{http://www.w3.org/1999/xhtml}"
        return [
            [
                Word(w.text or "", *(float(w.attrib[k]) * POINT for k in ("xMin", "yMin", "xMax", "yMax")))
                for w in page.iter(f"{name}word")
            ]
            for page in tree.iter(f"{name}page")
        ]

    def pictures(self) -> list[Image.Image]:
        prefix = self.path.with_suffix("")
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), str(self.path), str(prefix)], check=True)
        return [Image.open(file) for file in sorted(self.path.parent.glob(f"{prefix.name}-*.pgm"))]


def printed(report: PeriodicReport, folder: Path) -> Printed:
    pdf = papers.render_pdf(report)
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return Printed(pdf=pdf, path=path)


def short_report(**changes: object) -> PeriodicReport:
    """No annexes: a second instead of ten."""
    bare = {"target_groups": (), "units": None, "activities": (), "next_activities": (), "reporting": None}
    return quarterly_report(**(bare | changes))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    letters = Topic(code="propaganda", heading="Công tác tuyên truyền", paragraphs=(TESTED_LETTERS,))
    report = quarterly_report()
    return printed(replace(report, topics=(letters, *report.topics[1:])), tmp_path_factory.mktemp("issued"))


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    head = replace(
        quarterly_report().head,
        number=None,
        dated=None,
        issuer_name="Ban Chấp hành Đoàn Khối các cơ quan và Doanh nghiệp",
        place="Thành phố Hồ Chí Minh",
    )
    report = quarterly_report(
        draft=True,
        provisional=True,
        head=head,
        units=unit_annex(columns=13, blocs=BLOCS[:3]),
        reporting=reporting_annex(months=(1, 2, 3, 4, 5, 6, 7, 8, 9)),
        verification=None,
    )
    return printed(report, tmp_path_factory.mktemp("draft"))


def ink_box(picture: Image.Image) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of whatever is printed, in millimetres."""
    box = picture.point(lambda level: 255 if level < 160 else 0).getbbox()
    assert box is not None
    return tuple(edge * 25.4 / DPI for edge in box)  # type: ignore[return-value]


def test_every_vietnamese_letter_comes_back_composed(issued: Printed) -> None:
    text = issued.run("pdftotext", "-layout", "-")
    assert unicodedata.is_normalized("NFC", text)
    assert [part for part in TESTED_LETTERS.split() if part not in text] == []
    assert not [c for c in text if unicodedata.combining(c) or c in "\u00a0\u200b\u2060\ufeff\ufffd"]


def test_the_face_is_ours_alone_and_embedded(issued: Printed, draft: Printed) -> None:
    for document in (issued, draft):
        listing = subprocess.run(["pdffonts", str(document.path)], check=True, capture_output=True, text=True).stdout
        rows = listing.splitlines()[2:]
        assert {row.split()[0].split("+")[-1] for row in rows} <= {
            "Doan-Serif", "Doan-Serif-Bold", "Doan-Serif-Italic", "Doan-Serif-Bold-Italic",
        }  # fmt: skip
        assert rows
        assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, Unicode


def test_there_is_no_raster_in_the_file(issued: Printed) -> None:
    listing = subprocess.run(
        ["pdfimages", "-list", str(issued.path)], check=True, capture_output=True, text=True
    ).stdout
    assert listing.splitlines()[2:] == []


def test_everything_stands_inside_the_margins(issued: Printed, draft: Printed) -> None:
    for document in (issued, draft):
        for number, (picture, words) in enumerate(zip(document.pictures(), document.words, strict=True), start=1):
            upright = picture.height > picture.width
            width, height = (210, 297) if upright else (297, 210)
            left, top = (30, 20) if upright else (20, 30)
            # Marks of state and the page number stand in the margins: the sheet is looked at without them.
            body = picture.crop((0, round((top - 4) * DPI / 25.4), picture.width, round((height - 19) * DPI / 25.4)))
            box = ink_box(body)
            assert left - 1 <= box[0], number
            assert box[2] <= width - 20 + 1, number
            assert top - 1 <= box[1] + top - 4, number
            assert box[3] + top - 4 <= height - 20 + 1, number
            assert all(left - 1 <= word.left and word.right <= width - 20 + 1 for word in words), number


def test_the_number_of_the_page_stands_below_from_page_two_on(issued: Printed) -> None:
    sizes = [(float(page.mediabox.width) * POINT, float(page.mediabox.height) * POINT) for page in issued.reader.pages]
    assert len(sizes) == paper.page_count(issued.pdf) == 26
    for number, ((width, height), words) in enumerate(zip(sizes, issued.words, strict=True), start=1):
        below = [word for word in words if word.top > height - 20]
        assert [word.text for word in below] == ([] if number == 1 else [str(number)])
        for word in below:  # centred on the measure, which lies 5 mm to the right on the upright sheet
            assert (word.left + word.right) / 2 == pytest.approx(width / 2 + (5 if width < height else 0), abs=1)


def test_a_draft_of_provisional_figures_says_both_on_every_page(draft: Printed) -> None:
    pages = draft.pages
    assert len(pages) >= 9
    for page in pages:
        assert re.match(r"\s*DỰ THẢO\s+SỐ LIỆU TẠM TÍNH\n", page)


def test_an_issued_official_document_says_neither(issued: Printed) -> None:
    assert not [page for page in issued.pages if "DỰ THẢO" in page or "TẠM TÍNH" in page]


@pytest.mark.parametrize(
    ("state", "words"),
    [({"draft": True}, ("DỰ THẢO", None)), ({"provisional": True}, (None, "SỐ LIỆU TẠM TÍNH"))],
)
def test_each_mark_stands_by_itself(
    state: dict[str, bool], words: tuple[str | None, str | None], tmp_path: Path
) -> None:
    for page in printed(short_report(**state), tmp_path).pages:
        assert ("DỰ THẢO" in page, "SỐ LIỆU TẠM TÍNH" in page) == (words[0] is not None, words[1] is not None)


def test_the_head_leaves_room_for_a_number_and_a_date(draft: Printed, issued: Printed) -> None:
    first = " ".join(draft.pages[0].split())
    assert "Số: -BC/ĐTN Thành phố Hồ Chí Minh, ngày tháng năm BÁO CÁO" in first
    assert "CỘNG HÒA XÃ HỘI" not in first
    assert "Số: 86-BC/ĐTN Quảng Nam, ngày 04 tháng 10 năm 2024" in " ".join(issued.pages[0].split())


def test_the_annex_of_targets_repeats_its_head_on_every_page(issued: Printed) -> None:
    pages = issued.pages
    first = next(n for n, page in enumerate(pages) if "PHỤ LỤC 1" in page)
    last = next(n for n, page in enumerate(pages) if "Ghi chú: Mục (2)" in page)
    assert last > first
    assert all("Nội dung chỉ tiêu" in page and "(1)" in page for page in pages[first : last + 1])
    rows = re.findall(r"^\s*(\d+) +\d\.\d+ ", "\n".join(pages[first : last + 1]), re.MULTILINE)
    assert rows == [str(number) for number in range(1, 39)]


def test_a_chart_that_a_sheet_can_hold_is_not_split(issued: Printed) -> None:
    page = next(page for page in issued.pages if "Biểu đồ 2. Mức độ hoàn thành" in page)
    assert re.findall(r"^\s*(\d\.\d+) ", page, re.MULTILINE)[-38:] == [f"{1 + n // 20}.{n % 20 + 1}" for n in range(38)]


def test_the_annex_by_unit_repeats_its_head_and_names_each_unit_in_each_table(issued: Printed) -> None:
    wide = [page for page in issued.pages if re.search(r"TT +Đơn vị +hình|Loại", page) and "Tháng" not in page]
    assert len(wide) == 16
    assert all("Học tập" in page and "(lượt)" in page for page in wide)
    text = "\n".join(wide)
    assert [text.count(f"Bảng {part}/4.") for part in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert text.count("TỔNG CỘNG (58/60 đơn vị có báo cáo)") == 4
    assert text.count(unit_name(0)) == 4


def test_no_bloc_name_ends_a_page_and_no_sum_begins_one(issued: Printed) -> None:
    for page in issued.pages:
        lines = [line.strip() for line in page.splitlines() if line.strip() and not re.fullmatch(r"\s*\d+\s*", line)]
        assert not lines[-1].startswith("Khối thi đua số")
        heads = [n for n, line in enumerate(lines) if "(lượt)" in line]
        if heads:
            assert not lines[heads[0] + 1].startswith(("Cộng khối", "TỔNG CỘNG"))


def test_missing_zero_and_not_applicable_stand_in_the_sheet(issued: Printed) -> None:
    text = "\n".join(issued.pages)
    silent = next(line for line in text.splitlines() if unit_name(23) in line and "–" in line)
    assert silent.split()[-10:] == ["–"] * 10
    assert re.search(r"18 +1\.18 .* 0 +0 +x +", text)


def test_the_quoted_counts_are_those_of_the_annex(issued: Printed) -> None:
    text = " ".join(" ".join(issued.pages).split())
    assert "đạt và vượt 11/38 chỉ tiêu; 8 chỉ tiêu đang thực hiện đúng tiến độ" in text
    assert "của 58/60 tổ chức cơ sở Đoàn trực thuộc, tính đến hết ngày 30/9/2024" in text
    assert re.search(r"Tổng cộng 38 5 6 8 4 10 5", text)


def test_bookmarks_lead_to_sections_annexes_and_charts(issued: Printed) -> None:
    titles = [item.title for item in issued.reader.outline if not isinstance(item, list)]
    assert titles[0] == "Báo cáo quý III năm 2024"
    assert [title for title in titles if title.startswith("Phụ lục")] == [
        "Phụ lục 1. Kết quả thực hiện các chỉ tiêu quý III và 9 tháng năm 2024",
        "Phụ lục 2. Kết quả thực hiện chỉ tiêu của từng đơn vị, lũy kế đến ngày 30/9/2024",
        "Phụ lục 3. Hoạt động trong quý III năm 2024 và dự kiến quý IV năm 2024",
        "Phụ lục 4. Chấp hành chế độ báo cáo tháng trong quý III năm 2024",
    ]


def test_recipients_bear_their_roles_and_the_signature_its_capacity(issued: Printed) -> None:
    page = next(page for page in issued.pages if "Nơi nhận" in page)
    for line in ("- BTV Đảng ủy Khối (b/c);", "- Các đồng chí UV BCH Đoàn Khối;", "- Lưu: VP.", "QN24-7K3M-Q9TD"):
        assert line in page
    assert page.index("TM. BAN THƯỜNG VỤ") < page.index("BÍ THƯ\n") < page.index("Người Ký Mẫu")


@pytest.mark.parametrize("tasks", [4, 6, 8, 9, 10, 11, 12])
def test_the_signature_is_never_alone_on_its_page(tasks: int, tmp_path: Path) -> None:
    report = short_report(tasks=("Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia.",) * tasks)
    document = printed(report, tmp_path)
    page = next(page for page in document.pages if "TM. BAN THƯỜNG VỤ" in page)
    before = [line for line in page[: page.index("Nơi nhận")].splitlines() if line.strip()]
    assert len(before) >= 2
    assert "Trên đây là báo cáo" in page
    assert "Người Ký Mẫu" in page
    assert "- Lưu: VP." in page


def test_no_line_of_text_is_torn_open(draft: Printed) -> None:
    """A line that the layout engine ends early is stretched to the measure: no gap may be wider than 4 mm."""
    gaps = []
    for words in draft.words[:3]:
        rows: dict[int, list[Word]] = {}
        for word in words:
            if word.top > 20 and word.bottom - word.top > 5:  # text of 14 points, without the tables
                rows.setdefault(round(word.top), []).append(word)
        stretched = [row for row in rows.values() if row[-1].right > 189 and len(row) > 1]
        gaps += [max(b.left - a.right for a, b in pairwise(row)) for row in stretched]
    assert len(gaps) > 40
    assert max(gaps) < 4


def test_equal_reports_give_equal_bytes() -> None:
    assert papers.render_pdf(short_report()) == papers.render_pdf(short_report())


def test_progress_is_told_page_by_page() -> None:
    pages: list[int] = []
    pdf = papers.render_pdf(short_report(), on_progress=pages.append)
    assert pages[: paper.page_count(pdf)] == list(range(1, paper.page_count(pdf) + 1))


def test_text_of_people_is_text_and_fetches_nothing() -> None:
    topic = Topic(code="propaganda", heading="Một", paragraphs=('<img src="http://127.0.0.1:9/x.png"> & “Hai”',))
    html = report_sheet(short_report(topics=(topic,))).html
    assert "&lt;img src=&quot;http://127.0.0.1:9/x.png&quot;&gt; &amp; “Hai”" in html
    assert papers.render_pdf(short_report(topics=(topic,)))[:5] == b"%PDF-"


def test_an_address_that_slips_into_the_page_stops_the_document() -> None:
    html = report_sheet(short_report()).html.replace("</main>", '<img src="http://127.0.0.1:9/x.png"></main>')
    report = short_report()
    with pytest.raises(paper.RefusedAddress):
        paper.render_pdf(html=html, title="Báo cáo", dated=report.span.ends_on)


def test_decomposed_letters_are_composed_before_they_are_printed() -> None:
    words = unicodedata.normalize("NFD", "Tuổi trẻ xung kích bảo vệ Tổ quốc")
    html = report_sheet(short_report(strengths=(words,))).html
    assert "Tuổi trẻ xung kích bảo vệ Tổ quốc" in html
    assert unicodedata.is_normalized("NFC", html)


def test_a_draft_shows_what_is_wanting_and_an_issued_document_has_no_empty_heading() -> None:
    topics = (
        Topic(code="propaganda", heading="Công tác tuyên truyền"),
        Topic(code="movements", heading="Các phong trào", paragraphs=("Đã tổ chức.",)),
    )
    draft_html = report_sheet(short_report(topics=topics, draft=True)).html
    issued_html = report_sheet(short_report(topics=topics)).html
    assert '<h3>1. Công tác tuyên truyền</h3>\n<p class="wanting">[Chưa có nội dung]</p>' in draft_html
    assert "Công tác tuyên truyền" not in issued_html
    assert "<h3>1. Các phong trào</h3>" in issued_html


def test_annexes_that_are_empty_are_left_out_and_the_rest_numbered_in_order() -> None:
    html = report_sheet(quarterly_report(units=None, activities=(), next_activities=())).html
    assert re.findall(r"<h2 data-bookmark=\"(Phụ lục \d)", html) == ["Phụ lục 1", "Phụ lục 2"]
    assert "Chấp hành chế độ báo cáo" in html
    assert "phụ lục kèm theo" not in report_sheet(short_report()).html
