"""The two real documents that the project was given: heads, sections, tables and contradictions, exactly."""

import textwrap
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plans.outline.read import read_outline
from plans.outline.shapes import Head, Nature, Outline, Role

DOCUMENTS = Path(__file__).resolve().parents[3].parent / "shared" / "documents"


def document(name: str) -> Outline:
    """Return the outline of a real document, or skip the test where it is not there."""
    path = next(DOCUMENTS.glob(f"{name}_*.txt"), None)
    if path is None:
        pytest.skip(f"real document {name} is not on this machine")
    return read_outline(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def resolution() -> Outline:
    return document("000")


@pytest.fixture(scope="module")
def dispatch() -> Outline:
    return document("004")


def test_the_resolutions_head(resolution: Outline) -> None:
    assert resolution.head == Head(
        issuer="BCH ĐOÀN KHỐI CÁC CƠ QUAN",
        number="02-NQ/ĐTN",
        place="Quảng Nam",
        dated=date(2024, 1, 2),
        kind="resolution",
        title="Công tác Đoàn và phong trào thanh niên năm 2024",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        recipients=(
            "BTV Đảng ủy (b/c)",
            "BTV Tỉnh đoàn (b/c)",
            "Các Ban chức năng Đảng ủy Khối (b/c)",
            "Các Ban chức năng, VP Tỉnh đoàn (b/c)",
            "Các cấp ủy, cơ sở Đảng (p/h)",
            "Các tổ chức cơ sở Đoàn trực thuộc (t/h)",
            "Lưu(77b)",
        ),
    )


def numbered(first: int, last: int, *, above: str) -> list[str]:
    """Return the addresses above/first … above/last."""
    return [f"{above}{number}" for number in range(first, last + 1)]


def test_the_resolutions_sections(resolution: Outline) -> None:
    found = [
        section.address
        for section in resolution.sections
        if section.number or not section.address.split("/")[-1].startswith("-")
    ]
    assert found == [
        *("I", "II", *numbered(1, 5, above="II/")),
        *("III", "III/1", *numbered(1, 12, above="III/1/1."), "III/2", *numbered(1, 12, above="III/2/2.")),
        *("IV", "IV/1", "IV/2", *numbered(1, 3, above="IV/2/2."), "IV/3", *numbered(1, 3, above="IV/3/3.")),
        *numbered(4, 6, above="IV/"),
        *("V", "V/1", *numbered(1, 8, above="V/1/1."), "V/2"),
        *("V/2/Quý I", *numbered(1, 8, above="V/2/Quý I/")),
        *("V/2/Quý II", *numbered(1, 6, above="V/2/Quý II/")),
        *("V/2/Quý III", *numbered(1, 6, above="V/2/Quý III/")),
        *("V/2/Quý IV", *numbered(1, 5, above="V/2/Quý IV/")),
        *("V/2 (2)", "VI"),
    ]


def test_the_resolutions_headings_and_natures(resolution: Outline) -> None:
    assert [
        (section.number, section.heading, section.nature) for section in resolution.sections if section.depth == 0
    ] == [
        ("I", "CHỦ ĐỀ CÔNG TÁC NĂM 2024", Nature.NARRATIVE),
        ("II", "MỘT SỐ NHIỆM VỤ TRỌNG TÂM", Nature.NARRATIVE),
        ("III", "HỆ THỐNG CÁC CHỈ TIÊU VÀ HOẠT ĐỘNG", Nature.TARGETS),
        ("IV", "NỘI DUNG VÀ BIỆN PHÁP CƠ BẢN", Nature.NARRATIVE),
        ("V", "DỰ KIẾN MỘT SỐ HOẠT ĐỘNG LỚN", Nature.CALENDAR),
        ("VI", "TỔ CHỨC THỰC HIỆN", Nature.CARRYING_OUT),
    ]
    by_address = {section.address: section for section in resolution.sections}
    assert by_address["IV/3/3.2"].heading == "Chương trình đồng hành với thanh niên khởi nghiệp, lập nghiệp"
    assert by_address["III/1/1.7"].heading == ""
    assert {section.nature for section in resolution.sections if section.address.startswith("V/")} == {Nature.CALENDAR}


def test_the_resolution_bears_one_number_twice(resolution: Outline) -> None:
    assert [(found.kind, found.quote) for found in resolution.contradictions] == [
        ("number_repeated", "2. Hoạt động tại các Khối thi đua:"),
    ]


def test_the_dispatchs_head(dispatch: Outline) -> None:
    # The signer is a person: who it is stays in the document.
    below = dispatch.text.partition("**BÍ THƯ**")[2].split("**")
    assert dispatch.head.signer == below[1]
    assert replace(dispatch.head, signer="") == Head(
        issuer="BCH ĐOÀN TỈNH KIÊN GIANG",
        number="347-CV/TĐTN-VP",
        place="Kiên Giang",
        dated=date(2023, 7, 29),
        kind="dispatch",
        title="V/v ban hành định hướng công tác đoàn và phong trào thanh thiếu nhi năm 2024",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        recipients=("Như trên", "TT Tỉnh đoàn", "Các phòng, ban, đơn vị SN Tỉnh đoàn", "Lưu: VP"),
    )


def test_the_dispatchs_sections(dispatch: Outline) -> None:
    assert [(section.address, section.heading) for section in dispatch.sections if section.number] == [
        ("Phụ lục", "Một số hoạt động lớn dự kiến tổ chức trong năm 2024"),
        ("Định hướng/1", "Chủ đề công tác: “Năm Thanh niên tình nguyện”"),
        ("Định hướng/2", "Trọng tâm công tác"),
        ("Định hướng/3", "Một số giải pháp cơ bản"),
        ("Định hướng/3/3.1", "Công tác tuyên truyền, giáo dục"),
        ("Định hướng/3/3.2", "Triển khai các phong trào hành động cách mạng"),
        ("Định hướng/3/3.3", "Triển khai các chương trình đồng hành với thanh niên"),
        (
            "Định hướng/3/3.4",
            "Công tác phụ trách Đội Thiếu niên Tiền phong Hồ Chí Minh và bảo vệ, chăm sóc,"
            " giáo dục thiếu niên, nhi đồng",
        ),
        ("Định hướng/3/3.5", "Công tác quốc tế thanh niên"),
        ("Định hướng/3/3.6", "Công tác xây dựng Đoàn; mở rộng mặt trận đoàn kết, tập hợp thanh niên"),
        ("Định hướng/3/3.7", "Đoàn tham gia xây dựng, bảo vệ Đảng và hệ thống chính trị"),
        ("Định hướng/3/3.8", "Công tác tham mưu, phối hợp, chỉ đạo"),
        ("Định hướng/4", "Một số hoạt động lớn dự kiến tổ chức trong năm 2024 (có phụ lục kèm theo)"),
    ]


def test_the_annex_has_twenty_nine_rows_and_its_head_twice(dispatch: Outline) -> None:
    rows = [block for block in dispatch.blocks if block.role is Role.ROW]
    assert [dispatch.text[row.cells[0].start : row.cells[0].end] for row in rows] == [
        f"{number}." for number in range(1, 30)
    ]
    assert {tuple(cell.column for cell in row.cells) for row in rows} == {("stt", "ten hoat dong", "thoi gian")}
    assert len([block for block in dispatch.blocks if block.role is Role.TABLE_HEAD]) == 2
    assert {dispatch.sections[row.section].address for row in rows if row.section is not None} == {"Phụ lục"}


def test_the_dispatch_has_two_dates(dispatch: Outline) -> None:
    assert [(found.kind, found.quote) for found in dispatch.contradictions] == [
        ("two_dates", "Kiên Giang, ngày 9 tháng 7 năm 2023"),
    ]


def test_sentences_over_page_ends_are_whole(dispatch: Outline) -> None:
    words = [" ".join(dispatch.readable(block).split()) for block in dispatch.blocks]
    assert len([one for one in words if "thanh thieu nien cham tien, tham gia phong chong ma tuy" in one]) == 1
    assert len([one for one in words if "thanh nien khoi nghiep, lap nghiep toi doanh nghiep" in one]) == 1
    assert len([one for one in words if "khoi tieu hoc va chuong trinh" in one]) == 1
    assert len([one for one in words if "nhiem ky 2022 - 2027. tang cuong ung dung" in one]) == 1


@pytest.mark.parametrize("width", [70, 80, 95])
@pytest.mark.parametrize("name", ["000", "004"])
def test_lines_broken_at_the_pages_edge_change_no_section(name: str, width: int) -> None:
    whole = document(name)
    lines = [
        part
        for line in whole.text.split("\n")
        for part in (
            textwrap.wrap(line, width, break_on_hyphens=False) if "\t" not in line and line.strip() else [line]
        )
    ]
    pages = [lines[at : at + 45] for at in range(0, len(lines), 45)]
    broken = read_outline(
        "\n".join("\n".join([*page, "", str(number), ""]) for number, page in enumerate(pages, start=1))
    )
    assert [section.address for section in broken.sections] == [section.address for section in whole.sections]
    assert [found.kind for found in broken.contradictions] == [found.kind for found in whole.contradictions]
