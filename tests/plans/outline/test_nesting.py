"""Numbers of sections and how they nest: one table of documents, each with the addresses that its items must get."""

import pytest

from plans.outline.read import read_outline

ROMAN_OVER_DOTTED = """I. MỤC TIÊU
1. Mục tiêu chung
1.1. Nâng cao chất lượng sinh hoạt.
1.2. Mở rộng đoàn kết thanh niên.
2. Mục tiêu cụ thể
2.1. Kết nạp 40 đoàn viên.
II. NHIỆM VỤ
1. Công tác giáo dục
- Tuyên truyền.
+ Trên mạng xã hội.
+ Trên bảng tin.
- Học tập.
"""
PARTS_AND_LETTERS = """Phần thứ nhất
TÌNH HÌNH CHUNG
A. Thuận lợi
Chi đoàn đông đoàn viên.
B. Khó khăn
Địa bàn rộng.
Phần thứ hai
PHƯƠNG HƯỚNG
A. Mục tiêu
I. Chỉ tiêu
a) Trồng 200 cây.
b) Hiến 30 đơn vị máu.
"""
QUARTERS = """V. HOẠT ĐỘNG
1. Hoạt động đồng loạt:
1.1. Tết trồng cây.
1.2. Ngày Đoàn viên.
2. Hoạt động cấp huyện:
* Quý I:
1. Hội thi tin học (tháng 2)
2. Hội trại (tháng 3)
3. Hội nghị sơ kết quý.
* Quý II:
1. Tập huấn (tháng 4)
2. Hội thao (tháng 5)
3. Ngày hội thiếu nhi.
3. Hoạt động cấp cơ sở:
- Mỗi chi đoàn tự chọn một hoạt động.
VI. TỔ CHỨC THỰC HIỆN
"""
MONTHS = """III. LỊCH HOẠT ĐỘNG
Tháng 9/2023:
- Khai giảng.
- Đại hội chi đoàn.
Tháng 10/2023:
- Hội thi nét đẹp học đường.
Tháng 11 + 12
- Hội thao.
IV. TỔ CHỨC THỰC HIỆN
- Chi đoàn báo cáo hằng tháng.
"""
RUNNING_ON = """II. NỘI DUNG
1. Công tác chung
2. Lịch hoạt động
THÁNG 9/2023
1. Khai giảng.
2. Đại hội chi đoàn.
THÁNG 10/2023
3. Hội thi nét đẹp học đường.
4. Ngày hội phụ nữ.
THÁNG 01/2024
5. Hội trại.
3. Công tác khác
III. TỔ CHỨC THỰC HIỆN
"""
WAVES = """3. Hoạt động
3.1. Các đợt cao điểm
Đợt 1: Từ 16/02 đến 28/02
+ Tết trồng cây.
Đợt 2 (từ 01/3 đến 15/3)
+ Ngày Chủ nhật xanh.
• Hiến máu.
o Tại huyện.
3.2. Hoạt động khác
"""
BRACKETS = """1/ Công tác giáo dục
a. Học tập nghị quyết
(1) Tổ chức một lớp.
(2) Viết thu hoạch.
b. Tuyên truyền
2/ Phong trào
1) Ra quân
2) Tổng kết
"""
BOLD_WITHOUT_NUMBER = """## **I. NỘI DUNG**

**Cấp tỉnh**

1. Tổ chức hội trại.
2. Tổ chức hội thi.

**Cấp huyện**

1. Tổ chức ra quân.

## **II. TIẾN ĐỘ**

- Tháng 3: ra quân.
"""
MARKED_DOWN = """#### **1. Chủ đề: “Năm tình nguyện”**

### 2. Giải pháp

### **2.1. Giáo dục**

- Học tập.

### ***2.2. Phong trào***

* Ra quân.
* Tổng kết.
"""
ESCAPED = """1\\. Chủ đề năm
\\- Học tập.
2\\. Giải pháp
\\+ Tập huấn.
"""
ARTICLES = """Điều 1. Phạm vi
Áp dụng trong toàn Đoàn.
Điều 2. Giải thưởng
1. Giải tập thể.
2. Giải cá nhân.
Điều 3. Hiệu lực
"""
DASH_THEN_LETTER = """1. Mục đích
- Tạo sân chơi.
2. Yêu cầu
a) Về nội dung
- Thiết thực.
b) Về hình thức
3. Kinh phí
- Tự túc.
c) Quyết toán sau khi kết thúc.
"""
SUBSECTION_AFTER_DASH = """2. Phong trào
2.1. Tình nguyện
- Ra quân.
- Hiến máu.
2.2. Sáng tạo
- Hội thi.
3. Đồng hành
3.1. Học tập
"""
LEAD = """1. Hội trại
Nội dung:
- Dựng trại.
- Thi nấu ăn.
Thời gian:
- Từ 8 giờ.
2. Hội thi
"""
ROMAN_WITH_SLASH = """I/- CHỦ ĐỀ:
1/- Chủ đề năm: Học tốt.
2/- Chủ đề tháng: Rèn luyện.
II/- NHIỆM VỤ:
1. Học tập.
"""
NO_STOP = """I CHỦ ĐỀ NĂM HỌC
Học tốt, rèn nghiêm.
II CÁC CHỈ TIÊU CƠ BẢN
1 Công tác giáo dục
2 Công tác xây dựng Đoàn
III TỔ CHỨC THỰC HIỆN
"""


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (
            ROMAN_OVER_DOTTED,
            [
                "I",
                "I/1",
                "I/1/1.1",
                "I/1/1.2",
                "I/2",
                "I/2/2.1",
                "II",
                "II/1",
                "II/1/-",
                "II/1/-/-",
                "II/1/-/- (2)",
                "II/1/- (2)",
            ],
        ),
        (
            PARTS_AND_LETTERS,
            [
                "Phần thứ nhất",
                "Phần thứ nhất/A",
                "Phần thứ nhất/B",
                "Phần thứ hai",
                "Phần thứ hai/A",
                "Phần thứ hai/A/I",
                "Phần thứ hai/A/I/a",
                "Phần thứ hai/A/I/b",
            ],
        ),
        (
            QUARTERS,
            [
                *("V", "V/1", "V/1/1.1", "V/1/1.2", "V/2"),
                *("V/2/Quý I", "V/2/Quý I/1", "V/2/Quý I/2", "V/2/Quý I/3"),
                *("V/2/Quý II", "V/2/Quý II/1", "V/2/Quý II/2", "V/2/Quý II/3"),
                *("V/3", "V/3/-", "VI"),
            ],
        ),
        (
            MONTHS,
            [
                *("III", "III/Tháng 9-2023", "III/Tháng 9-2023/-", "III/Tháng 9-2023/- (2)"),
                *("III/Tháng 10-2023", "III/Tháng 10-2023/-", "III/Tháng 11 + 12", "III/Tháng 11 + 12/-"),
                *("IV", "IV/-"),
            ],
        ),
        (
            RUNNING_ON,
            [
                *("II", "II/1", "II/2"),
                *("II/2/THÁNG 9-2023", "II/2/THÁNG 9-2023/1", "II/2/THÁNG 9-2023/2"),
                *("II/2/THÁNG 10-2023", "II/2/THÁNG 10-2023/3", "II/2/THÁNG 10-2023/4"),
                *("II/2/THÁNG 01-2024", "II/2/THÁNG 01-2024/5", "II/3", "III"),
            ],
        ),
        (
            WAVES,
            [
                *("3", "3/3.1", "3/3.1/Đợt 1", "3/3.1/Đợt 1/-", "3/3.1/Đợt 2", "3/3.1/Đợt 2/-"),
                *("3/3.1/Đợt 2/-/-", "3/3.1/Đợt 2/-/-/-", "3/3.2"),
            ],
        ),
        (BRACKETS, ["1", "1/a", "1/a/1", "1/a/2", "1/b", "2", "2/1", "2/2"]),
        (
            BOLD_WITHOUT_NUMBER,
            ["I", "I/Cấp tỉnh", "I/Cấp tỉnh/1", "I/Cấp tỉnh/2", "I/Cấp huyện", "I/Cấp huyện/1", "II", "II/-"],
        ),
        (MARKED_DOWN, ["1", "2", "2/2.1", "2/2.1/-", "2/2.2", "2/2.2/-", "2/2.2/- (2)"]),
        (ESCAPED, ["1", "1/-", "2", "2/-"]),
        (ARTICLES, ["Điều 1", "Điều 2", "Điều 2/1", "Điều 2/2", "Điều 3"]),
        (DASH_THEN_LETTER, ["1", "1/-", "2", "2/a", "2/a/-", "2/b", "3", "3/-", "3/c"]),
        (SUBSECTION_AFTER_DASH, ["2", "2/2.1", "2/2.1/-", "2/2.1/- (2)", "2/2.2", "2/2.2/-", "3", "3/3.1"]),
        (LEAD, ["1", "1/Nội dung", "1/Nội dung/-", "1/Nội dung/- (2)", "1/Thời gian", "1/Thời gian/-", "2"]),
        (ROMAN_WITH_SLASH, ["I", "I/1", "I/2", "II", "II/1"]),
        (NO_STOP, ["I", "II", "II/1", "II/2", "III"]),
    ],
    ids=[
        *(
            "roman over dotted",
            "parts and letters",
            "quarters",
            "months",
            "running on",
            "waves",
            "brackets",
            "bold without number",
            "marked down",
        ),
        *("escaped", "articles", "dash then letter", "subsection after dash", "lead", "roman with slash", "no stop"),
    ],
)
def test_nesting_is_found_from_the_markers(text: str, addresses: list[str]) -> None:
    assert [section.address for section in read_outline(text).sections] == addresses


# What scanners make of numbers: each line of the left column must be read as the number beside it.
DAMAGED = [
    ("Một chữ số đọc thành chữ", "l. Mục đích\n2. Yêu cầu\n3. Nội dung\n", ["l", "2", "3"]),
    ("Số La Mã lẫn chữ thường", "I. MỤC ĐÍCH\nIl. NỘI DUNG\nIII. TỔ CHỨC\n", ["I", "Il", "III"]),
    ("Số La Mã lẫn chữ số", "I. MỤC ĐÍCH\nI1. NỘI DUNG\nIII. TỔ CHỨC\n1V. KINH PHÍ\n", ["I", "I1", "III", "1V"]),
    ("Toàn chữ l", "I. MỤC ĐÍCH\nll. NỘI DUNG\nlll. TỔ CHỨC\n", ["I", "ll", "lll"]),
    (
        "Chấm rời khỏi số",
        "1. Giáo dục\n1 .1. Học tập.\n1. 2. Tuyên truyền.\n1.3 Rèn luyện.\n2. Phong trào\n",
        ["1", "1/1.1", "1/1.2", "1/1.3", "2"],
    ),
    (
        "Số đếm ngay sau số mục",
        "2. Cơ sở\n2.1. 3 lớp bơi.\n2.2. 01 ngày hội.\n2.3. 5 em.\n",
        ["2", "2/2.1", "2/2.2", "2/2.3"],
    ),
    ("Phẩy thay chấm", "1. Giáo dục\n1.1. Học tập.\n1,2. Tuyên truyền.\n", ["1", "1/1.1", "1/1.2"]),
    ("Mất dấu cách", "I.MỤC ĐÍCH\n1.Học tập.\n2.Rèn luyện.\nII.NỘI DUNG\n", ["I", "I/1", "I/2", "II"]),
    (
        "Mất một đề mục lớn",
        "I. MỤC ĐÍCH\n1. Một.\n2. Hai.\nIII. TỔ CHỨC\n1. Ba.\n",
        ["I", "I/1", "I/2", "III", "III/1"],
    ),
]


@pytest.mark.parametrize(("text", "addresses"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_damaged_numbers_are_read(text: str, addresses: list[str]) -> None:
    assert [section.address for section in read_outline(text).sections] == addresses


NO_NUMBERS = [
    ("hàng nghìn đầu dòng", "I. CHỈ TIÊU\nToàn huyện trồng mới\n1.500 cây xanh và chăm sóc\n2.000 cây đã trồng.\n"),
    ("năm đầu dòng", "I. CHỈ TIÊU\nThực hiện Nghị quyết nhiệm kỳ 2022 -\n2027. Toàn Đoàn phấn đấu vượt.\n"),
    ("khoảng năm bị ngắt", "I. CHỈ TIÊU\nTriển khai đề án giai đoạn 2021\n- 2030 trong toàn huyện.\n"),
    ("ngày đầu dòng", "I. CHỈ TIÊU\nTổ chức ra quân vào các ngày\n15/4/2024 và 20/5/2024 tại các xã.\n"),
    ("khoảng số đầu dòng", "I. CHỈ TIÊU\nMỗi chi đoàn thực hiện từ\n1-2 công trình thanh niên.\n"),
    ("số lượng đầu dòng", "I. CHỈ TIÊU\nTặng quà cho học sinh nghèo, gồm\n12 suất học bổng.\n"),
]


@pytest.mark.parametrize("text", [case[1] for case in NO_NUMBERS], ids=[case[0] for case in NO_NUMBERS])
def test_figures_that_begin_a_line_are_no_numbers_of_sections(text: str) -> None:
    outline = read_outline(text)
    assert [section.address for section in outline.sections] == ["I"]
    assert len([block for block in outline.blocks if block.role == "text"]) == 1
