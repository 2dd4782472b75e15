"""Lists of a calendar: items with their own times, with a heading's, with none, and several in one item."""

import pytest

from .making import SCHOOL_HEAD, found_in

BIG = "V. MỘT SỐ HOẠT ĐỘNG LỚN\n\n"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Tổ chức Hội thao cán bộ (Tháng 5/2024).", [("Tổ chức Hội thao cán bộ", "01/05/2024 - 31/05/2024")]),
        ("Tổ chức trại kỹ năng (dự kiến từ 10 - 12/7).", [("Tổ chức trại kỹ năng", "10/07/2024 - 12/07/2024")]),
        ("Ngày hội Đoàn viên (26/3/2024).", [("Ngày hội Đoàn viên", "26/03/2024")]),
        (
            "Kỷ niệm 68 năm ngày truyền thống Hội (15/10/1956 - 15/10/2024).",
            [("Kỷ niệm 68 năm ngày truyền thống Hội", "15/10/2024")],
        ),
        (
            "Chuỗi hoạt động mừng ngày thành lập Đoàn (26/3/1931 - 26/3/2024) (Tháng 3/2024).",
            [("Chuỗi hoạt động mừng ngày thành lập Đoàn (26/3/1931 - 26/3/2024)", "01/03/2024 - 31/03/2024")],
        ),
        ("Gặp mặt cán bộ Đoàn qua các thời kỳ - 26/3.", [("Gặp mặt cán bộ Đoàn qua các thời kỳ - 26/3", "26/03/2024")]),
        ("Lễ kỷ niệm Ngày thành lập Đoàn, 26/3.", [("Lễ kỷ niệm Ngày thành lập Đoàn, 26/3", "26/03/2024")]),
        ("Dâng hương nghĩa trang liệt sĩ (27.7).", [("Dâng hương nghĩa trang liệt sĩ", "27/07/2024")]),
        (
            "Đội hình hỗ trợ cử tri (01 - 10/3), phục vụ ngày bầu cử 15/3/2024.",
            [("Đội hình hỗ trợ cử tri (01 - 10/3), phục vụ ngày bầu cử 15/3/2024", "01/03/2024 - 10/03/2024")],
        ),
        ("Hưởng ứng cuộc vận động sống xanh.", [("Hưởng ứng cuộc vận động sống xanh.", "")]),
        (
            "Phát động trồng rừng; 04 Ngày Chủ nhật xanh trong năm.",
            [("Phát động trồng rừng", ""), ("04 Ngày Chủ nhật xanh trong năm", "01/01/2024 - 31/12/2024")],
        ),
        (
            "Ngày hội việc làm; trao học bổng cho học sinh nghèo (Tháng 9).",
            [("Ngày hội việc làm; trao học bổng cho học sinh nghèo", "01/09/2024 - 30/09/2024")],
        ),
        (
            "Lễ ra quân (ngày 02/6), Ngày hội hiến máu (ngày 16/6) và Liên hoan thiếu nhi (tháng 8).",
            [
                ("Lễ ra quân", "02/06/2024"),
                ("Ngày hội hiến máu", "16/06/2024"),
                ("Liên hoan thiếu nhi", "01/08/2024 - 31/08/2024"),
            ],
        ),
        (
            "Ngày cao điểm vì đàn em thân yêu (ngày 02/6) và Ngày cao điểm giữ sạch bờ biển (16/6/2024).",
            [
                ("Ngày cao điểm vì đàn em thân yêu", "02/06/2024"),
                ("Ngày cao điểm giữ sạch bờ biển", "16/06/2024"),
            ],
        ),
        (
            "Hiến máu tình nguyện (tháng 4), ngày cao điểm (07/4).",
            [("Hiến máu tình nguyện (tháng 4), ngày cao điểm", "07/04/2024")],
        ),
        (
            "Hội thi nấu ăn: vòng cụm trong tháng 4, vòng chung kết ngày 18, 19/5.",
            [
                (
                    "Hội thi nấu ăn: vòng cụm trong tháng 4, vòng chung kết ngày 18, 19/5",
                    "01/04/2024 - 30/04/2024; 18/05/2024; 19/05/2024",
                )
            ],
        ),
        (
            "Cuộc thi ảnh: nhận bài từ 02/5, sơ khảo ngày 10/6, chung khảo ngày 25/6.",
            [
                (
                    "Cuộc thi ảnh: nhận bài từ 02/5, sơ khảo ngày 10/6, chung khảo ngày 25/6",
                    "02/05/2024; 10/06/2024; 25/06/2024",
                )
            ],
        ),
        (
            "Hội thi kể chuyện: sơ khảo 20/4; chung kết: 15/5/2024.",
            [("Hội thi kể chuyện: sơ khảo 20/4; chung kết: 15/5/2024", "20/04/2024; 15/05/2024")],
        ),
        (
            "Hội thi kể chuyện: cấp xã tháng 4, cấp huyện ngày 15/5.",
            [("Hội thi kể chuyện: cấp xã tháng 4, cấp huyện ngày 15/5", "01/04/2024 - 30/04/2024; 15/05/2024")],
        ),
        (
            "Lễ phát động ngày 20/4; chung kết hội thi kể chuyện: 15/5/2024.",
            [
                ("Lễ phát động ngày 20/4", "20/04/2024"),
                ("chung kết hội thi kể chuyện: 15/5/2024", "15/05/2024"),
            ],
        ),
        (
            "Phiên trù bị: 14h ngày 05/6. Phiên chính thức: ngày 06/6.",
            [("Phiên trù bị: 14h ngày 05/6", "05/06/2024"), ("Phiên chính thức: ngày 06/6", "06/06/2024")],
        ),
        (
            "Hội thi vẽ tranh mừng ngày 20/11: chấm vào ngày 18/11/2024.",
            [("Hội thi vẽ tranh mừng ngày 20/11: chấm vào ngày 18/11/2024", "18/11/2024")],
        ),
        (
            "Lễ kết nạp đoàn viên (đợt 1: 03/02; đợt 2: 19/5).",
            [("Lễ kết nạp đoàn viên (đợt 1: 03/02; đợt 2: 19/5)", "03/02/2024; 19/05/2024")],
        ),
        (
            "Hội nghị sơ kết công tác Đoàn Quý I và phát động thi đua (Tháng 4/2024).",
            [("Hội nghị sơ kết công tác Đoàn Quý I và phát động thi đua", "01/04/2024 - 30/04/2024")],
        ),
        ("Tổ chức giải chạy việt dã, cao điểm tháng 6, từ tháng 5 đến tháng 7.", None),
    ],
)
def test_items_of_a_list(item: str, expected: list[tuple[str, str]] | None) -> None:
    found = found_in(f"{BIG}1. {item}\n2. Tổ chức Hội thi bí thư chi đoàn giỏi (Tháng 11/2024).\n")
    assert found[-1] == ("Tổ chức Hội thi bí thư chi đoàn giỏi", "01/11/2024 - 30/11/2024")
    if expected is None:
        assert [span for _, span in found[:-1]] == ["01/05/2024 - 31/07/2024"]
    else:
        assert [(words.rstrip("."), span) for words, span in found[:-1]] == [
            (words.rstrip("."), span) for words, span in expected
        ]


def test_items_without_time_take_the_quarter_or_month_above_them() -> None:
    body = f"""{BIG}* Quý I:
1. Tổ chức chương trình xuân yêu thương.
2. Tết trồng cây (Tháng 02/2024).
* Quý II:
1. Hội trại cán bộ Đoàn.
Tháng 7:
- Thăm, tặng quà gia đình chính sách.
- Ra quân ngày cao điểm: ngày 14.
"""
    assert found_in(body) == [
        ("Tổ chức chương trình xuân yêu thương", "01/01/2024 - 31/03/2024"),
        ("Tết trồng cây", "01/02/2024 - 29/02/2024"),
        ("Hội trại cán bộ Đoàn", "01/04/2024 - 30/06/2024"),
        ("Thăm, tặng quà gia đình chính sách", "01/07/2024 - 31/07/2024"),
        ("Ra quân ngày cao điểm: ngày 14", "14/07/2024"),
    ]


def test_items_without_time_take_the_week_above_them() -> None:
    body = """IV. NỘI DUNG
1. Tuần 1 (từ 01 - 09/3): Chủ đề “Tự hào”
- Lễ ra quân Tháng Thanh niên.
- Thăm gia đình chính sách: 05/3.
2. Tuần 2 (từ 10 - 16/3): Chủ đề “Sáng tạo”
- Hội thi kỹ năng số.
"""
    assert [(words.rstrip("."), span) for words, span in found_in(body)] == [
        ("Lễ ra quân Tháng Thanh niên", "01/03/2024 - 09/03/2024"),
        ("Thăm gia đình chính sách: 05/3", "05/03/2024"),
        ("Hội thi kỹ năng số", "10/03/2024 - 16/03/2024"),
    ]


def test_a_heading_of_what_is_done_all_year() -> None:
    body = f"""{BIG}* Quý I:
1. Tết trồng cây (Tháng 02/2024).
* Thường xuyên:
1. Sinh hoạt câu lạc bộ lý luận trẻ.
VI. CÁC HOẠT ĐỘNG TRONG NĂM 2024
1. Hội thi ca khúc.
2. Giải cầu lông (Tháng 8).
"""
    assert found_in(body) == [
        ("Tết trồng cây", "01/02/2024 - 29/02/2024"),
        ("Sinh hoạt câu lạc bộ lý luận trẻ", "01/01/2024 - 31/12/2024"),
        ("Hội thi ca khúc", ""),
        ("Giải cầu lông", "01/08/2024 - 31/08/2024"),
    ]


def test_one_dated_item_of_three_makes_a_calendar() -> None:
    body = f"{BIG}1. Hội thi ca khúc.\n2. Giải cầu lông (Tháng 8).\n3. Ngày hội hiến máu.\n"
    assert [span for _, span in found_in(body)] == ["", "01/08/2024 - 31/08/2024", ""]
    assert len(found_in(f"{body}4. Hội trại.\n")) == 1


def test_what_is_inspected_is_not_when_it_is_inspected() -> None:
    body = f"{BIG}* Quý II:\n1. Kiểm tra công tác Đoàn 6 tháng đầu năm.\n2. Hội trại cán bộ (tháng 5).\n"
    assert [span for _, span in found_in(body)] == ["01/04/2024 - 30/06/2024", "01/05/2024 - 31/05/2024"]


def test_what_goes_on_with_a_deadline_is_no_activity_of_a_calendar() -> None:
    body = "IV. TIẾN ĐỘ\n1. Hội thi tin học (tháng 3).\n2. Nộp hồ sơ sau hội thi; riêng cụm 2 hạn cuối là ngày 13/4.\n"
    assert [span for _, span in found_in(body)] == ["01/03/2024 - 31/03/2024"]


def test_a_report_that_is_due_is_no_activity_of_a_calendar() -> None:
    body = "IV. TIẾN ĐỘ THỰC HIỆN\n1. Tháng 3: tổ chức các hội thi.\n2. Trước ngày 05/4: báo cáo tổng kết.\n"
    assert [span for _, span in found_in(body)] == ["01/03/2024 - 31/03/2024"]


def test_months_of_a_school_year_run_into_the_next_year() -> None:
    body = """III. CHƯƠNG TRÌNH TỪNG THÁNG
Tháng 9: Truyền thống nhà trường
- Lễ khai giảng (5/9).
Tháng 12
- Hội diễn văn nghệ.
Tháng 01 - Chủ đề: Mừng Đảng, mừng xuân
- Gói bánh chưng tặng người nghèo (trung tuần tháng 01).
Tháng 2 + 3:
- Hội trại truyền thống.
"""
    assert found_in(body, head=SCHOOL_HEAD) == [
        ("Lễ khai giảng", "05/09/2024"),
        ("Hội diễn văn nghệ", "01/12/2024 - 31/12/2024"),
        ("Gói bánh chưng tặng người nghèo", "11/01/2025 - 20/01/2025"),
        ("Hội trại truyền thống", "01/02/2025 - 28/02/2025; 01/03/2025 - 31/03/2025"),
    ]


def test_a_time_in_front_leads_all_that_semicolons_part() -> None:
    body = """V. TIẾN ĐỘ THỰC HIỆN
- Quý I: Hội nghị triển khai; tổ chức Tết trồng cây.
- Quý II: Giải cầu lông; Hội thi nấu ăn.
"""
    assert found_in(body) == [
        ("Quý I: Hội nghị triển khai", "01/01/2024 - 31/03/2024"),
        ("tổ chức Tết trồng cây", "01/01/2024 - 31/03/2024"),
        ("Quý II: Giải cầu lông", "01/04/2024 - 30/06/2024"),
        ("Hội thi nấu ăn", "01/04/2024 - 30/06/2024"),
    ]


@pytest.mark.parametrize(
    "item",
    [
        "Các đồng chí trưởng khối có trách nhiệm họp khối và chọn hoạt động phù hợp.",
        "Đề nghị các đơn vị gửi báo cáo về Tỉnh đoàn.",
        "Các hoạt động gồm:",
        "Địa điểm: Nhà Văn hóa Thanh niên.",
    ],
)
def test_duties_and_details_are_no_activities(item: str) -> None:
    found = found_in(f"{BIG}1. Tổ chức Hội thi tin học (Tháng 6/2024).\n2. {item}\n")
    assert [words for words, _ in found] == ["Tổ chức Hội thi tin học"]


def test_targets_and_results_of_the_past_give_none() -> None:
    body = """I. KẾT QUẢ ĐẠT ĐƯỢC NĂM 2023
1. Tổ chức Hội trại tòng quân (Tháng 2/2023).
II. CHỈ TIÊU
1. 100% cơ sở Đoàn tổ chức đại hội trong Quý II/2024.
2. Trồng 20.000 cây xanh trong tháng 5/2024.
"""
    assert found_in(body) == []
