"""Items whose words go on over lines and pages: one block with holes, and what ends it."""

import pytest

from plans.outline.read import read_outline
from plans.outline.shapes import Outline, Role

WRAPPED = """I. MỤC ĐÍCH
1. Tạo đợt sinh hoạt chính trị sâu rộng trong đoàn viên, thanh niên toàn
huyện nhân kỷ niệm ngày thành lập Đoàn; phát huy vai trò xung kích của tuổi
trẻ trong xây dựng nông thôn mới và đô thị văn minh. Mỗi chi đoàn trồng mới
100 cây xanh, mỗi đoàn viên tham gia ít nhất một hoạt động tình nguyện. Toàn
huyện phấn đấu hiến 200 đơn vị máu.
2. Các hoạt động bảo đảm thiết thực, hiệu quả, tiết kiệm, phù hợp với điều
kiện của từng chi đoàn.
"""


def words(outline: Outline) -> list[str]:
    """Return the words of each block but furniture, spaces made one."""
    return [" ".join(outline.readable(block).split()) for block in outline.blocks if block.role is not Role.FURNITURE]


def test_lines_broken_at_the_pages_edge_are_one_item() -> None:
    outline = read_outline(WRAPPED)
    assert [section.address for section in outline.sections] == ["I", "I/1", "I/2"]
    heading, first, second = words(outline)
    assert heading == "muc dich"
    assert first.startswith("tao dot sinh hoat")
    assert first.endswith("hien 200 don vi mau.")
    assert second == "cac hoat dong bao dam thiet thuc, hieu qua, tiet kiem, phu hop voi dieu kien cua tung chi doan."


@pytest.mark.parametrize(
    ("line", "items"),
    [
        (
            "- Hội thi cắm hoa (8/3). - Thăm mẹ liệt sĩ; - 02 buổi đọc sách.",
            ["hoi thi cam hoa (8/3).", "tham me liet si;", "02 buoi doc sach."],
        ),
        ("• Vẽ tranh. • Trồng cây.", ["ve tranh.", "trong cay."]),
        ("- Giao lưu khối 6 - 7. Chung kết.", ["giao luu khoi 6 - 7. chung ket."]),
        ("- Trại hè; - đêm lửa trại.", ["trai he; - dem lua trai."]),
        ("Dự trại hè. - Ghi chú.", ["du trai he. - ghi chu."]),
        ("- Trại hè. + Lều trại.", ["trai he. + leu trai."]),
    ],
    ids=["dashes", "dots", "a span", "small letters", "no sign in front", "another sign"],
)
def test_a_list_that_lost_its_line_breaks(line: str, items: list[str]) -> None:
    assert words(read_outline(f"I. NỘI DUNG\n{line}\n"))[1:] == items


@pytest.mark.parametrize(
    "between",
    ["\n\n3\n\n", "\n3\n", "\n\n- 3 -\n\n", "\n\n\n\n", "\n\nTrang 3/12\n\n"],
    ids=["page number", "page number alone", "page number in dashes", "blank page end", "page of pages"],
)
def test_a_page_that_ends_inside_a_sentence_leaves_one_block(between: str) -> None:
    before, after = (
        "- Chủ động phối hợp trong công tác hỗ trợ, giáo dục thanh thiếu niên chậm tiến,",
        "phòng chống ma túy.",
    )
    outline = read_outline(f"I. NỘI DUNG\n{before}{between}{after}\n- Hết.\n")
    assert words(outline) == [
        "noi dung",
        "chu dong phoi hop trong cong tac ho tro, giao duc thanh thieu nien cham tien, phong chong ma tuy.",
        "het.",
    ]


def test_a_page_that_ends_inside_a_span_of_dates_leaves_one_block() -> None:
    text = "I. NỘI DUNG\n- Hội trại mừng ngày thành lập Hội (15/10/1956 -\n4\n15/10/2024): ngày 12/10.\n- Hết.\n"
    assert words(read_outline(text)) == [
        "noi dung",
        "hoi trai mung ngay thanh lap hoi (15/10/1956 - 15/10/2024): ngay 12/10.",
        "het.",
    ]


def test_a_pages_last_line_that_is_written_again_is_said_once() -> None:
    text = (
        "I. MỤC TIÊU\nTrồng 300 cây xanh, làm 02 sân chơi; giúp 10 thanh niên lập nghiệp; cả năm không để xảy ra cháy\n"
        "rừng, không có đoàn viên bỏ sinh hoạt; xếp loại vững mạnh.\n\nrừng, không có đoàn viên bỏ sinh hoạt;\n\n"
        "II. GIẢI PHÁP\nLàm tốt.\n"
    )
    said = " ".join(words(read_outline(text)))
    assert said.count("khong co doan vien bo sinh hoat") == 1
    assert "xep loai vung manh." in said


def test_a_short_line_that_comes_again_stays() -> None:
    text = "I. PHÂN CÔNG\n- Làm sân khấu: các chi đoàn khối 9;\n- Trang trí: các chi đoàn khối 9;\n"
    assert " ".join(words(read_outline(text))).count("cac chi doan khoi 9") == 2


def test_a_span_of_years_over_two_pages_is_one_block() -> None:
    outline = read_outline(
        "I. NỘI DUNG\n- Thực hiện Nghị quyết Đại hội Đoàn, nhiệm kỳ 2022 –\n\n\n\n2027. Tăng cường chuyển đổi số.\n"
    )
    assert words(outline)[1] == "thuc hien nghi quyet dai hoi doan, nhiem ky 2022 - 2027. tang cuong chuyen doi so."


def test_a_head_that_comes_again_on_each_page_is_no_text() -> None:
    text, pages = "I. NỘI DUNG\n", []
    places = ("thôn", "xóm", "tổ dân phố", "khu phố")
    for place in places:
        text += f"- Tổ chức một hoạt động cho thiếu nhi trong {place} và các\n"
        pages.append(len(text))
        text += "ĐOÀN XÃ A - KẾ HOẠCH HÈ 2024\nthôn lân cận.\n"
    outline = read_outline(text, pages=pages)
    expected = ("thon", "xom", "to dan pho", "khu pho")
    assert words(outline)[1:] == [
        f"to chuc mot hoat dong cho thieu nhi trong {place} va cac thon lan can." for place in expected
    ]
    assert all(len(block.holes) == 2 for block in outline.blocks[1:])


def test_holes_hold_numbers_marks_and_page_numbers() -> None:
    text = "### **1.2. Công tác *Đội*, phong trào\n\n7\n\nthiếu nhi\n"
    outline = read_outline(text)
    (block,) = outline.blocks
    assert [text[start:end] for start, end in block.holes] == ["### **1.2. ", "*", "*", "7"]
    assert " ".join(outline.readable(block).split()) == "cong tac doi , phong trao thieu nhi"
    assert len(outline.readable(block)) == len(text)


def test_a_heading_in_capitals_goes_on_in_capitals_only() -> None:
    outline = read_outline("III. HỆ THỐNG CÁC CHỈ TIÊU\nVÀ HOẠT ĐỘNG\nToàn Đoàn phấn đấu:\n1. Trồng 100 cây.\n")
    assert outline.sections[0].heading == "HỆ THỐNG CÁC CHỈ TIÊU VÀ HOẠT ĐỘNG"
    assert words(outline)[1] == "toan doan phan dau:"


def test_a_number_alone_takes_its_words_from_the_next_line() -> None:
    outline = read_outline("Phần thứ hai\nPHƯƠNG HƯỚNG NĂM 2024\nI.\nMỤC TIÊU\nVững mạnh.\n")
    assert [(section.number, section.heading) for section in outline.sections] == [
        *(("Phần thứ hai", "PHƯƠNG HƯỚNG NĂM 2024"), ("I", "MỤC TIÊU")),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1. CÔNG TÁC GIÁO DỤC:\nHọc tập.", "CÔNG TÁC GIÁO DỤC"),
        ("1. Công tác giáo dục\n- Học tập.", "Công tác giáo dục"),
        ("**1. Chủ đề: Học tốt**", "Chủ đề: Học tốt"),
        ("1. Tổ chức một lớp tập huấn.", ""),
        ("1. Tổ chức một lớp tập huấn;", ""),
        ("1. Tổ chức một lớp tập huấn (tháng 3)\n2. Tổ chức hội thao (tháng 4)", ""),
    ],
)
def test_a_heading_is_told_from_an_item(line: str, heading: str) -> None:
    assert read_outline(f"I. NỘI DUNG\n{line}\n").sections[1].heading == heading
