"""Which figures of a plan are targets."""

import pytest

from .papers import figures, read, targets


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "Mở 03 lớp kỹ năng cho 120 em thiếu nhi.",
            [("exactly", 3, 3, "lớp kỹ năng"), ("exactly", 120, 120, "em thiếu nhi")],
        ),
        (
            "Trồng 2.000 cây xanh, thu gom 3 tấn rác; trao 60 suất quà và sửa 02 nhà tình nghĩa.",
            [
                ("exactly", 2000, 2000, "cây xanh"),
                ("exactly", 3, 3, "tấn rác"),
                ("exactly", 60, 60, "suất quà"),
                ("exactly", 2, 2, "nhà tình nghĩa"),
            ],
        ),
        (
            "Tổ chức 01 hội trại, 02 diễn đàn và 03 buổi tọa đàm.",
            [("exactly", 1, 1, "hội trại"), ("exactly", 2, 2, "diễn đàn"), ("exactly", 3, 3, "buổi tọa đàm")],
        ),
        ("Kết nạp đoàn viên mới: 350.", [("exactly", 350, 350, "đoàn viên mới")]),
        (
            "95% cán bộ đoàn, 70% thanh niên được học tập nghị quyết.",
            [("percent", 95, 95, "cán bộ đoàn"), ("percent", 70, 70, "thanh niên")],
        ),
        ("Tỷ lệ tập hợp thanh niên đạt từ 60% đến 65%.", [("range", 60, 65, "thanh niên")]),
        ("Không quá 3% chi đoàn yếu kém.", [("at_most", None, 3, "chi đoàn yếu kém")]),
        ("Không có đoàn viên vi phạm pháp luật.", [("exactly", 0, 0, "đoàn viên vi phạm pháp luật")]),
        ("Giới thiệu ít nhất 25 đoàn viên ưu tú/năm cho Đảng.", [("at_least", 25, None, "đoàn viên ưu tú/năm")]),
        (
            "Thực hiện 12 công trình, trong đó có 04 công trình số hóa.",
            [("exactly", 12, 12, "công trình"), ("exactly", 4, 4, "công trình số hóa")],
        ),
        ("Thực hiện 12 công trình (05 cấp tỉnh, 07 cấp huyện).", [("exactly", 12, 12, "công trình")]),
        ("Vận động 400 triệu đồng giúp học sinh nghèo.", [("exactly", 400, 400, "triệu đồng")]),
    ],
)
def test_quantities_of_a_section_of_targets(item, expected):
    assert figures(item) == expected


def test_twenty_quantities_in_one_sentence():
    clauses = "; ".join(f"trao {number} suất quà cho hộ nghèo xã số {number % 3}" for number in range(20, 40))
    assert [low for _, low, _, unit in figures(f"Phấn đấu {clauses}.") if unit == "suất quà"] == list(range(20, 40))


@pytest.mark.parametrize(
    "item",
    [
        "Năm qua, các đơn vị đã tổ chức 40 buổi sinh hoạt cho 900 em thiếu nhi.",
        "Trao 01 giải Nhất, 02 giải Nhì và 03 giải Ba.",
        "Chào mừng 93 năm Ngày thành lập Đoàn (26/3/1931 - 26/3/2024).",
        "Thực hiện Nghị quyết số 25-NQ/TW, Chương trình 135 và Chỉ thị 42.",
        "Xây dựng đoàn cơ sở “3 chủ động”, danh hiệu Sinh viên 5 tốt, chủ trương 1 + 1.",
        "Đẩy mạnh tuyên truyền về 20 mốc giới, 5 cửa khẩu.",
        "Trao giải thưởng “15/10” dịp 15/10.",
        "Thực hiện 04 nhóm giải pháp, 02 khâu đột phá.",
        "Triển khai 3 tiết kiệm, phong trào 5 xung kích.",
        "Thành lập tổ công tác gồm 07 đồng chí.",
    ],
)
def test_what_is_no_target_anywhere(item):
    assert figures(item) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Mỗi Đoàn phường đảm nhận 05 tuyến phố.", [("exactly", 5, 5, "tuyến phố")]),
        ("Phấn đấu có 08 mô hình sinh kế.", [("exactly", 8, 8, "mô hình sinh kế")]),
        ("100% đoàn viên cài đặt ứng dụng.", [("percent", 100, 100, "đoàn viên")]),
        ("Tổ chức ít nhất 02 hội thi.", [("at_least", 2, None, "hội thi")]),
        ("Trao 40 suất học bổng cho học sinh.", [("exactly", 40, 40, "suất học bổng")]),
        ("Mỗi đơn vị cử 02 thí sinh dự thi.", []),
        ("Ra quân tại 10 xã biên giới.", []),
        ("Tổ chức 01 hội trại (tháng 5/2024).", []),
        ("Đối tượng: 50 thanh niên tiêu biểu.", []),
        ("Tập trung cho 41 xã, phường và 2 huyện miền núi.", []),
        ("Xây dựng một mô hình dân vận khéo.", [("exactly", 1, 1, "mô hình dân vận khéo")]),
        ("Mỗi chi đoàn gửi 4 tin bài.", [("exactly", 4, 4, "tin bài")]),
        ("Xóa 50 điểm ô nhiễm.", [("exactly", 50, 50, "điểm ô nhiễm")]),
        ("Đạt tối đa 10 điểm mỗi vòng.", []),
        ("Nữ chiếm 40% lực lượng.", []),
    ],
)
def test_outside_the_sections_of_targets_something_must_speak_for_it(item, expected):
    assert figures(item, heading="NỘI DUNG") == expected


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("KHEN THƯỞNG", "Khen thưởng 05 tập thể, 10 cá nhân."),
        ("MỘT SỐ HOẠT ĐỘNG LỚN TRONG NĂM", "Tổ chức 01 hội thi, 04 Ngày Chủ nhật xanh."),
        ("KẾT QUẢ ĐẠT ĐƯỢC NĂM 2023", "100% chi đoàn ra quân, trồng 900 cây xanh."),
        ("CƠ CẤU GIẢI THƯỞNG", "01 giải tập thể và 10 suất quà."),
        ("TỔ CHỨC THỰC HIỆN", "Các đơn vị gửi 05 hình ảnh kèm báo cáo trước 15/11."),
    ],
)
def test_sections_whose_figures_are_no_targets(heading, item):
    assert figures(item, heading=heading) == []


def test_a_line_that_names_itself_targets_is_read_as_such():
    assert figures("Chỉ tiêu: 06 tuyến đường hoa, 300 mét hàng rào.", heading="NỘI DUNG") == [
        ("exactly", 6, 6, "tuyến đường hoa"),
        ("exactly", 300, 300, "mét hàng rào"),
    ]


def test_clauses_do_not_overlap_and_hold_their_figure():
    item = "Trồng 2.000 cây xanh, thu gom 3 tấn rác; trao 60 suất quà và sửa 02 nhà tình nghĩa."
    found = targets(item)
    text = read_paper(item)
    assert [text[target.start : target.end] for target in found] == [
        "Trồng 2.000 cây xanh",
        "thu gom 3 tấn rác",
        "trao 60 suất quà",
        "sửa 02 nhà tình nghĩa",
    ]


def read_paper(item: str) -> str:
    from .papers import paper

    return paper(item)


def test_nothing_is_read_in_an_empty_text():
    assert read("").proposals == ()
