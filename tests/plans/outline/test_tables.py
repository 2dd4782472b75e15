"""Tables of annexes in the shapes that files bring them: what a row holds, and which column each cell is of."""

import pytest

from plans.outline.read import read_outline
from plans.outline.shapes import Nature, Outline, Role

TABBED = """PHỤ LỤC
Các hoạt động năm 2024

Stt	Tên hoạt động	Thời gian
1.	Hội trại thanh niên	Tháng 03
2.	Hội thi tin học	Từ tháng 4 - 5

Stt	Tên hoạt động	Thời gian
3.	Hội thao	Quý III
"""
BARRED = """PHỤ LỤC
Các hoạt động năm 2024

| TT | Nội dung | Thời gian | Đơn vị thực hiện |
|---|---|---|---|
| 1 | Hội trại thanh niên | Tháng 03 | Ban Phong trào |
| 2 | Hội thi tin học | Từ tháng 4 - 5 | |
"""
GAPPED = """PHỤ LỤC
Các hoạt động năm 2024

STT    Nội dung                  Thời gian
1      Hội trại thanh niên       Tháng 03
2      Hội thi tin học           Từ tháng 4 - 5
"""
STACKED = """PHỤ LỤC
Các hoạt động năm 2024
TT
Nội dung
Thời gian
1
Hội trại thanh niên
Tháng 03
2
Hội thi tin học
Từ tháng 4 - 5
"""
BROKEN_CELL = """PHỤ LỤC
Các hoạt động năm 2024
Stt	Tên hoạt động	Thời gian
1.	Hội trại
thanh niên	Tháng 03
2.	Hội thi tin học	Từ tháng 4 - 5
"""
TWO = [
    {"Hội trại thanh niên", "Tháng 03"},
    {"Hội thi tin học", "Từ tháng 4 - 5"},
]


def rows(outline: Outline) -> list[set[str]]:
    """Return the words of each row's cells but its number."""
    counters = {"stt", "tt"}
    return [
        {" ".join(outline.text[cell.start : cell.end].split()) for cell in block.cells if cell.column not in counters}
        for block in outline.blocks
        if block.role is Role.ROW
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABBED, [*TWO, {"Hội thao", "Quý III"}]),
        (BARRED, [{*TWO[0], "Ban Phong trào"}, TWO[1]]),
        (GAPPED, TWO),
        (STACKED, TWO),
        (BROKEN_CELL, TWO),
    ],
    ids=["tabs, head twice", "bars", "wide gaps", "one cell a line", "a cell broken in two"],
)
def test_rows_have_their_cells(text: str, expected: list[set[str]]) -> None:
    outline = read_outline(text)
    assert rows(outline) == expected
    assert {block.section for block in outline.blocks if block.role is Role.ROW} == {0}
    assert outline.sections[0].nature is Nature.CALENDAR


def test_cells_know_their_column() -> None:
    outline = read_outline(BARRED)
    row = next(block for block in outline.blocks if block.role is Role.ROW)
    assert [cell.column for cell in row.cells] == ["tt", "noi dung", "thoi gian", "don vi thuc hien"]


def test_a_head_that_comes_again_on_the_next_page_is_no_row() -> None:
    outline = read_outline(TABBED)
    assert [block.role for block in outline.blocks if block.cells] == [
        *(Role.TABLE_HEAD, Role.ROW, Role.ROW, Role.TABLE_HEAD, Role.ROW),
    ]


def test_a_cell_that_is_a_date_ends_no_table() -> None:
    text = (
        "PHỤ LỤC\nHoạt động\n-----\nTT\nNội dung\nThời gian\n1\nRa quân\nNgày 25/02/2023\n2\nHội trại\nNgày 26/3/2023\n"
    )
    assert rows(read_outline(text)) == [{"Ra quân", "Ngày 25/02/2023"}, {"Hội trại", "Ngày 26/3/2023"}]


def test_cells_under_each_other_may_be_broken_lines_and_numbers_between_blanks() -> None:
    text = (
        "PHỤ LỤC\nHoạt động\n-----\nSTT\nNội dung\nThời gian\nĐơn vị\n\n1\n\nHội trại chào mừng\nngày thành lập\n\n"
        "Tháng 3\n\nHuyện đoàn\n\n2\n\nHội thi\n\nTháng 4\n\nHuyện đoàn,\nĐoàn trường\nNơi nhận:\n- Lưu VP.\n"
    )
    assert rows(read_outline(text)) == [
        {"Hội trại chào mừng ngày thành lập", "Tháng 3", "Huyện đoàn"},
        {"Hội thi", "Tháng 4", "Huyện đoàn, Đoàn trường"},
    ]


def test_cells_under_each_other_without_numbers_begin_with_a_time() -> None:
    text = (
        "II. LỊCH HOẠT ĐỘNG\nThời gian\nNội dung hoạt động\nĐơn vị thực hiện\nTháng 9\nKhai giảng\nNhà trường\n"
        "Tháng 10\nĐại hội\nBCH Đoàn\nIII. TỔ CHỨC THỰC HIỆN\n"
    )
    outline = read_outline(text)
    assert rows(outline) == [{"Tháng 9", "Khai giảng", "Nhà trường"}, {"Tháng 10", "Đại hội", "BCH Đoàn"}]
    assert [section.address for section in outline.sections] == ["II", "III"]


def test_a_head_that_lost_its_gaps_still_opens_a_table() -> None:
    outline = read_outline(
        "II. LỊCH\nStt Tên hoạt động Thời gian\n1 Hội trại thanh niên\ncấp huyện Tháng 3\n2 Hội thao Tháng 5\n"
    )
    words = [" ".join(outline.readable(block).split()) for block in outline.blocks if block.role is Role.ROW]
    assert words == ["hoi trai thanh nien cap huyen thang 3", "hoi thao thang 5"]


def test_a_row_that_is_a_heading_opens_a_section_inside_the_table() -> None:
    text = (
        "III. CÁC HOẠT ĐỘNG TRỌNG TÂM\nTT\tThời gian\tNội dung\nI\tQUÝ I\t\n1\tTháng 2\tHội trại\n"
        "II\tQUÝ II\t\n1\tTháng 5\tHội thao\nIV. TỔ CHỨC THỰC HIỆN\n"
    )
    outline = read_outline(text)
    assert [section.address for section in outline.sections] == ["III", "III/QUÝ I", "III/QUÝ II", "IV"]
    sections = [
        outline.sections[block.section].heading for block in outline.blocks if block.role is Role.ROW if block.section
    ]
    assert sections == ["QUÝ I", "QUÝ II"]


def test_a_head_in_two_columns_is_no_table() -> None:
    outline = read_outline(
        "BCH ĐOÀN XÃ A\tĐOÀN TNCS HỒ CHÍ MINH\n***\t\nSố: 03-KH/ĐTN\tXã A, ngày 5 tháng 3 năm 2024\n\nKẾ HOẠCH\nTrại\n"
    )
    assert [block.role for block in outline.blocks if block.role is not Role.FURNITURE] == [Role.HEAD, Role.TITLE]


def test_numbered_items_after_a_tab_are_no_table() -> None:
    outline = read_outline("I.\tMỤC ĐÍCH\n1.\tTạo sân chơi.\n2.\tGắn kết đoàn viên.\n")
    assert [section.address for section in outline.sections] == ["I", "I/1", "I/2"]


def cells(text: str) -> list[dict[str, str]]:
    """Return the words of each row's cells by the name of their column."""
    outline = read_outline(text)
    return [
        {cell.column: " ".join(outline.text[cell.start : cell.end].split()) for cell in block.cells}
        for block in outline.blocks
        if block.role is Role.ROW
    ]


def test_tabs_in_front_are_empty_cells() -> None:
    text = (
        "III. LỊCH HOẠT ĐỘNG\nTháng\tChủ điểm\tNội dung trọng tâm\tNgười thực hiện\n"
        "10\t“Chăm ngoan”\t- Hội vui học tập;\tKhối 8\n\t\t- Ngày hội sách.\tThư viện\n\t\t- Trồng hoa.\t\n"
        "11\t“Biết ơn”\t- Hội diễn\n\t\tcấp trường.\tKhối 9\n"
    )
    assert cells(text) == [
        {
            "thang": "10",
            "chu diem": "“Chăm ngoan”",
            "noi dung trong tam": "- Hội vui học tập;",
            "nguoi thuc hien": "Khối 8",
        },
        {"noi dung trong tam": "- Ngày hội sách.", "nguoi thuc hien": "Thư viện"},
        {"noi dung trong tam": "- Trồng hoa."},
        {"thang": "11", "chu diem": "“Biết ơn”", "noi dung trong tam": "- Hội diễn"},
        {"noi dung trong tam": "cấp trường.", "nguoi thuc hien": "Khối 9"},
    ]


def test_a_paragraph_that_begins_with_a_tab_is_no_row() -> None:
    text = "II. LỊCH\nStt\tNội dung\tThời gian\n1\tHội trại\tTháng 3\n\tTrong năm có thêm các hoạt động khác.\n"
    assert cells(text) == [{"stt": "1", "noi dung": "Hội trại", "thoi gian": "Tháng 3"}]


def test_a_head_between_bars_is_told_by_the_strokes_below_it() -> None:
    text = "IV. PHÂN BỔ\n\n| Khu | Cây trồng | Thư viện |\n|---|:--|--:|\n| Khu A (4 trường) | 90 | 2 |\n"
    assert cells(text) == [{"khu": "Khu A (4 trường)", "cay trong": "90", "thu vien": "2"}]


def test_a_head_is_told_by_the_figures_below_it() -> None:
    text = "IV. PHÂN BỔ\nKhu\tCây trồng\tThư viện\nKhu A (4 trường)\t90\t2\nKhu B (3 trường)\t1.200\t1\n"
    assert [row["khu"] for row in cells(text)] == ["Khu A (4 trường)", "Khu B (3 trường)"]


def test_years_and_their_sum_may_be_columns() -> None:
    text = "BIỂU\nSTT\tChỉ tiêu\tĐVT\t2025\t2026\t2027\t2028\tCả nhiệm kỳ\n1\tCây trồng\tCây\t5\t6\t7\t8\t26\n"
    (row,) = cells(text)
    assert (row["2025"], row["ca nhiem ky"]) == ("5", "26")


ON_TWO_PAGES = """PHỤ LỤC
Hoạt động
-----
TT
Nội dung
Thời gian
1
Ra quân
Tháng 2
                    {page}
{title}
TT
Nội dung
Thời gian
2
Hội trại
Tháng 3
"""


@pytest.mark.parametrize("page", ["1", "2", "3"])
def test_a_page_number_and_a_running_title_between_rows_are_no_row(page: str) -> None:
    text = ON_TWO_PAGES.format(page=page, title="Kế hoạch công tác năm")
    assert rows(read_outline(text)) == [{"Ra quân", "Tháng 2"}, {"Hội trại", "Tháng 3"}]


def test_a_number_left_out_or_written_twice_opens_a_row() -> None:
    text = (
        "PHỤ LỤC\nHoạt động\n-----\nTT\nNội dung\nThời gian\n1\nRa quân\nTháng 2\n3\nHội trại\nTháng 3\n"
        "3\nHội thao\nTháng 4\nC. GIẢI PHÁP CHUNG\nLàm tốt.\n"
    )
    assert rows(read_outline(text)) == [{"Ra quân", "Tháng 2"}, {"Hội trại", "Tháng 3"}, {"Hội thao", "Tháng 4"}]
