"""Plans of events: "Thời gian: …" lines, sentences with an event and a time, and the title of a plan of one event."""

import pytest

from .making import HEAD, found_in

EVENT_HEAD = HEAD.replace(
    "CHƯƠNG TRÌNH\nCông tác Đoàn và phong trào thanh thiếu nhi năm 2024",
    "KẾ HOẠCH\nTổ chức Hội trại thanh niên năm 2024",
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tổ chức lễ khởi động vào ngày 25/02/2024 tại huyện miền núi.", ["25/02/2024"]),
        ("Các đơn vị ra quân đồng loạt ngày 02, 03/3/2024.", ["02/03/2024; 03/03/2024"]),
        ("Phối hợp tổ chức khám bệnh miễn phí trong tháng 7/2024.", ["01/07/2024 - 31/07/2024"]),
        ("Tổ chức cho đoàn viên học nghị quyết. Thời gian: Quý II/2024.", ["01/04/2024 - 30/06/2024"]),
        (
            "Tháng 3: ra quân trồng cây; tháng 5: thăm công nhân khó khăn.",
            ["01/03/2024 - 31/03/2024", "01/05/2024 - 31/05/2024"],
        ),
        ("Tổ chức đại hội từ tháng 6/2024, hoàn thành trong tháng 8/2024.", ["01/06/2024 - 31/08/2024"]),
        ("Tổ chức giải chạy trong Quý II, hoàn thành trước ngày 30/6/2024.", ["01/04/2024 - 30/06/2024"]),
        ("Tổ chức các hoạt động tình nguyện thường xuyên trong năm.", []),
        ("Tuyên truyền kỷ niệm 70 năm chiến thắng (07/5/1954 - 07/5/2024).", []),
        ("Thực hiện Kế hoạch số 60-KH/TWĐTN ngày 27/4/2024 của Trung ương về tổ chức chiến dịch hè.", []),
        ("Hoàn thành đại hội chi đoàn trước ngày 30/6/2024.", []),
        ("Đăng ký tham gia hội thi về Tỉnh đoàn trước ngày 15/3/2024.", []),
        ("100% cơ sở Đoàn tổ chức ra quân trong tháng 3/2024.", []),
        ("Trong tháng 6/2023 đã tổ chức 50 lớp dạy bơi.", []),
        ("Triển khai đề án giai đoạn 2022 - 2030 ở các trường.", []),
    ],
)
def test_sentences_outside_calendars(sentence: str, expected: list[str]) -> None:
    found = found_in(f"II. NỘI DUNG\n1. Công tác giáo dục\n- {sentence}\n- Nâng cao chất lượng sinh hoạt chi đoàn.\n")
    assert [span for _, span in found] == expected


def test_a_time_line_belongs_to_the_item_above_it() -> None:
    body = """III. NỘI DUNG
1. Lễ phát động, Tết trồng cây
- Thời gian: 7 giờ 30, ngày 25/02/2024 (Chủ nhật).
- Địa điểm: Xã vùng cao.
2. Giải bóng đá công nhân
a) Đối tượng: công nhân các khu công nghiệp.
b) Thời gian: từ ngày 15 đến ngày 20/3/2024.
3. Hội nghị tổng kết
Thời gian thực hiện: dự kiến tháng 4/2024.
"""
    assert found_in(body) == [
        ("Lễ phát động, Tết trồng cây", "25/02/2024"),
        ("Giải bóng đá công nhân", "15/03/2024 - 20/03/2024"),
        ("Hội nghị tổng kết", "01/04/2024 - 30/04/2024"),
    ]


def test_the_rounds_of_a_contest_are_the_contests_time() -> None:
    body = """III. NỘI DUNG
1. Cuộc thi viết về quê hương
- Vòng sơ loại: thi trực tuyến từ 04/3 đến 08/3/2024.
- Bán kết: ngày 16/3/2024.
- Chung kết: tối 23/3/2024.
2. Ngày hội hiến máu
- Vòng ngoài: ngày 27/3/2024 tập huấn tình nguyện viên.
"""
    found = dict(found_in(body))
    assert found.pop("Cuộc thi viết về quê hương") == "04/03/2024 - 08/03/2024; 16/03/2024; 23/03/2024"
    assert list(found.values()) == ["27/03/2024"]


def test_a_contest_with_a_time_of_its_own_keeps_it() -> None:
    body = """III. NỘI DUNG
1. Hội thi tin học
- Thời gian: từ ngày 04/3 đến ngày 23/3/2024.
- Vòng chung kết: ngày 23/3/2024.
"""
    assert found_in(body)[0] == ("Hội thi tin học", "04/03/2024 - 23/03/2024")


def test_the_time_of_the_plan_itself_is_no_activity() -> None:
    body = """I. MỤC ĐÍCH
- Tạo sân chơi cho thanh niên.
II. THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: 02 ngày, từ 13h00 ngày 14/4/2024 đến 10h00 ngày 15/4/2024.
2. Địa điểm: Sân vận động.
"""
    assert found_in(body, head=EVENT_HEAD) == []


def test_a_time_line_that_names_its_event_is_that_event() -> None:
    body = "1. Thời gian: Sinh hoạt hè tại khu dân cư từ ngày 01/6 đến hết ngày 15/8/2024.\n2. Chỉ tiêu: 05 lớp bơi.\n"
    assert [span for _, span in found_in(body)] == ["01/06/2024 - 15/08/2024"]


def test_the_time_of_a_years_programme_is_no_activity() -> None:
    assert found_in("II. THỜI GIAN THỰC HIỆN\nThời gian: từ tháng 01/2024 đến tháng 12/2024.\n") == []


@pytest.mark.parametrize("year", ["2024", "2O24"])
def test_the_congress_that_a_resolution_opens_with_is_past(year: str) -> None:
    head = HEAD.replace("ngày 05 tháng 01 năm 2024", f"ngày 15 tháng 9 năm {year}")
    opening = "Đại hội đại biểu Hội xã họp trong hai ngày 14 và 15 tháng 9 năm 2024 với 90 đại biểu.\n"
    body = "I. NỘI DUNG\n1. Tổ chức hội nghị triển khai nghị quyết ngày 14/10/2024 tại xã.\n"
    assert [span for _, span in found_in(opening + body, head=head)] == ["14/10/2024"]


def test_the_order_of_reporting_names_no_activities() -> None:
    body = (
        "1. Thực hiện nghiêm chế độ báo cáo: báo cáo tháng vào ngày 15/5/2024, tổ chức họp giao ban ngày 05/6/2024"
        " và báo cáo năm vào ngày 20/11/2024.\n"
    )
    assert found_in(body) == []
