"""Which figures of a plan are targets."""

import pytest

from .papers import figures, read, targets, whole


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
            "Mỗi liên đội có ít nhất 02 sân chơi hoặc 03 câu lạc bộ.",
            [("at_least", 2, None, "sân chơi"), ("exactly", 3, 3, "câu lạc bộ")],
        ),
        ("Mỗi lớp đăng ký 30 giờ học tốt.", [("exactly", 30, 30, "giờ học tốt")]),
        ("Tỷ lệ thanh niên kết hôn khi chưa đủ tuổi dưới 2%.", [("at_most", None, 2, "thanh niên kết hôn khi chưa")]),
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
        ("TỔ CHỨC THỰC HIỆN", "Mỗi đơn vị gửi 02 tin, 05 ảnh về Tỉnh đoàn trước ngày 15 hằng tháng."),
        ("TỔ CHỨC THỰC HIỆN", "Các đơn vị gửi 05 hình ảnh kèm báo cáo trước 15/11."),
    ],
)
def test_sections_whose_figures_are_no_targets(heading, item):
    assert figures(item, heading=heading) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "Làm 40 công trình cấp xã, 03 cấp huyện, ít nhất 01 cấp tỉnh.",
            [
                ("exactly", 40, 40, "công trình"),
                ("exactly", 3, 3, "công trình"),
                ("at_least", 1, None, "công trình"),
            ],
        ),
        ("Tổ chức 5 hội thi ở 3 cấp tỉnh, huyện, xã.", [("exactly", 5, 5, "hội thi")]),
        (
            "Tặng 20 suất quà, 6 góc sách, 3 xe đạp.",
            [("exactly", 20, 20, "suất quà"), ("exactly", 6, 6, "góc sách"), ("exactly", 3, 3, "xe đạp")],
        ),
    ],
)
def test_a_list_goes_on_without_saying_its_noun_again(item, expected):
    assert figures(item) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "Giữ sạch 100% sân chơi hiện có và làm thêm ít nhất 03 sân chơi.",
            [("percent", 100, 100, "sân chơi"), ("at_least", 3, None, "sân chơi")],
        ),
        (
            "100% liên đội đăng ký việc tốt, Đoàn xã 02 công trình.",
            [("percent", 100, 100, "liên đội"), ("exactly", 2, 2, "công trình")],
        ),
        ("100% công trình có ít nhất 01 biển tên.", [("percent", 100, 100, "công trình")]),
        ("100% liên đội, chi đội có ít nhất 01 mô hình.", [("percent", 100, 100, "liên đội, chi đội")]),
        (
            "Số hội viên mới tăng 15% so với năm trước, đạt 2.000 hội viên.",
            [("percent", 15, 15, "hội viên mới"), ("exactly", 2000, 2000, "hội viên")],
        ),
    ],
)
def test_what_the_carriers_of_a_share_owe_ends_with_another_body_or_a_growth(item, expected):
    assert figures(item) == expected


@pytest.mark.parametrize(
    "item",
    [
        "Năm 2022, các xã trồng 40.000 cây xanh.",
        "Giai đoạn 2019 - 2022 làm mới 120 nhà nhân ái.",
        "Trong nhiệm kỳ 2019 - 2024, kết nạp 900 hội viên.",
        "Ghi chú: 12 công trình trên do cấp huyện đăng ký.",
        "Mỗi mục được tính 5 điểm, vượt 10% cộng thêm 02 điểm cho 03 đơn vị đầu.",
        "Ban Chấp hành gồm 21 ủy viên, nữ ít nhất 30%, dưới 35 tuổi tối thiểu 40%.",
        "Triệu tập 150 đại biểu dự đại hội.",
        "Cứ 40 hội viên bầu 01 đại biểu.",
        "Mỗi đội có 01 đội trưởng, 01 thư ký.",
        "Năm học trước, các chi đội tặng 40 suất quà.",
        "Hiện có 45 chi đoàn, 12 câu lạc bộ.",
        "Tỷ lệ hội viên sinh hoạt mới chỉ đạt 50%.",
        "Đại biểu chính thức được bầu từ 20 chi hội.",
    ],
)
def test_the_past_the_scores_and_the_structure_are_no_targets_even_among_targets(item):
    assert figures(item) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Năm 2024 trồng 50.000 cây xanh.", [("exactly", 50_000, 50_000, "cây xanh")]),
        (
            "Năm 2022 trồng 40.000 cây xanh, năm 2024 phấn đấu trồng 60.000 cây xanh.",
            [("exactly", 60_000, 60_000, "cây xanh")],
        ),
        (
            "Năm trước tặng 30 suất quà; năm nay tặng 40 suất quà.",
            [("exactly", 40, 40, "suất quà")],
        ),
        ("So với năm trước, trồng thêm 900 cây xanh.", [("exactly", 900, 900, "cây xanh")]),
        ("Kết nạp đoàn viên mới đạt 120 đoàn viên.", [("exactly", 120, 120, "đoàn viên")]),
        ("Kết nạp từ 20 hội viên.", [("at_least", 20, None, "hội viên")]),
        ("Gặp mặt 120 đại biểu thanh niên tiêu biểu.", [("exactly", 120, 120, "đại biểu thanh niên tiêu biểu")]),
        ("Sửa 10 điểm vui chơi.", [("exactly", 10, 10, "điểm vui chơi")]),
        (
            "Giúp 4.000 thí sinh qua 30 đội hình tình nguyện.",
            [("exactly", 4000, 4000, "thí sinh"), ("exactly", 30, 30, "đội hình tình nguyện")],
        ),
        ("Chi đoàn có trên 40 hội viên: 02 mô hình.", [("exactly", 2, 2, "mô hình")]),
        ("Đối với xã có từ 90 hội viên trở lên, mở 03 lớp.", [("exactly", 3, 3, "lớp")]),
        ("Phấn đấu có trên 40 hội viên mới.", [("at_least", 40, None, "hội viên mới")]),
        ("Không có hội viên vi phạm (0 trường hợp).", [("exactly", 0, 0, "hội viên vi phạm")]),
        ("Không để xảy ra tai nạn giao thông.", [("exactly", 0, 0, "tai nạn giao thông")]),
        ("120 hội viên được công nhận danh hiệu.", [("exactly", 120, 120, "hội viên")]),
    ],
)
def test_what_looks_alike_and_is_a_target(item, expected):
    assert figures(item) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Toàn huyện có 30 chi đoàn với 900 đoàn viên.", []),
        ("Sau sắp xếp, toàn tỉnh có 90 Đoàn xã và 12 đoàn trực thuộc.", []),
        ("Hồ sơ: 02 bản thành tích; mỗi huyện giới thiệu tối đa 05 tập thể.", []),
        ("Mỗi đơn vị đăng ký không quá 03 tiết mục.", []),
        ("Nghị quyết được 98% đại biểu biểu quyết thông qua.", []),
        ("Khen thưởng: tặng quà cho 10 chi hội.", []),
        ("Hạn chế ống hút dùng một lần.", []),
        ("Mỗi đơn vị được hỗ trợ 3.000.000 đồng.", []),
        ("Mỗi mô hình 05 triệu đồng.", []),
        ("Mỗi chi đoàn tiết kiệm 02 triệu đồng.", [("exactly", 2, 2, "triệu đồng")]),
        ("Phấn đấu không quá 05 chi đoàn yếu.", [("at_most", None, 5, "chi đoàn yếu")]),
        ("Đoàn trường học: 01 công trình măng non.", [("exactly", 1, 1, "công trình măng non")]),
        ("Cây trồng được chăm sóc; tỷ lệ cây sống đạt từ 70% trở lên.", [("at_least", 70, None, "cây sống")]),
        ("Mỗi thôn có 01 sân chơi.", [("exactly", 1, 1, "sân chơi")]),
    ],
)
def test_what_there_is_and_what_is_allowed_is_no_target_outside_their_sections(item, expected):
    assert figures(item, heading="GIẢI PHÁP") == expected


def test_how_a_congress_is_made_up_is_no_target_below_one():
    text = read_paper("Kết nạp 50 hội viên.") + "2. Số lượng, cơ cấu Ban Chấp hành\n- Từ 15 đến 21 đồng chí.\n"
    assert [whole(target.figure.low) for target in read(text).proposals] == [50]


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
