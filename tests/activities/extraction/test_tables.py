"""Tables of a calendar."""

import pytest

from .making import SCHOOL_HEAD, found_in

HEAD_ROW = "Stt\tTên hoạt động\tThời gian\n"
TITLE = "PHỤ LỤC\nMột số hoạt động trọng tâm năm 2024\n\n"


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("Tháng 03 và tháng 07", "01/03/2024 - 31/03/2024; 01/07/2024 - 31/07/2024"),
        ("Từ tháng 11 - 02", "01/11/2024 - 28/02/2025"),
        ("09/01", "09/01/2024"),
        ("26/7/2024", "26/07/2024"),
        ("Quý III", "01/07/2024 - 30/09/2024"),
        ("Cả năm", "01/01/2024 - 31/12/2024"),
        ("Thường xuyên", "01/01/2024 - 31/12/2024"),
        ("Tháng 5, 6", "01/05/2024 - 31/05/2024; 01/06/2024 - 30/06/2024"),
        ("7h30, ngày 03/3 tại công viên", "03/03/2024"),
        ("Theo kế hoạch của Trung ương", ""),
    ],
)
def test_the_time_cell_tells(time: str, expected: str) -> None:
    rows = f"1.\tTổ chức Ngày hội thanh niên công nhân\t{time}\n2.\tDiễn đàn khởi nghiệp\tTháng 08\n"
    assert found_in(TITLE + HEAD_ROW + rows) == [
        ("Tổ chức Ngày hội thanh niên công nhân", expected),
        ("Diễn đàn khởi nghiệp", "01/08/2024 - 31/08/2024"),
    ]


def test_a_row_is_one_activity_however_it_is_pointed_and_an_award_is_no_time() -> None:
    row = '1.\tNgày hội non sông; Trao giải thưởng "15/10" và tuyên dương điển hình\tTháng 10\n'
    assert found_in(TITLE + HEAD_ROW + row) == [
        ('Ngày hội non sông; Trao giải thưởng "15/10" và tuyên dương điển hình', "01/10/2024 - 31/10/2024")
    ]


def test_a_head_said_again_on_the_next_page_is_no_activity() -> None:
    rows = f"1.\tHội thi tin học trẻ\tTháng 04\n\n\n{HEAD_ROW}2.\tChiến dịch biển sạch\tTháng 06\n"
    assert [words for words, _ in found_in(TITLE + HEAD_ROW + rows)] == ["Hội thi tin học trẻ", "Chiến dịch biển sạch"]


def test_rows_below_a_quarters_row_take_its_time_and_an_empty_time_in_front_the_one_above() -> None:
    body = (
        "TT\tThời gian\tNội dung hoạt động\tChủ trì\n"
        "I\tQUÝ I\n"
        "1\tTháng 01/2024\tTổ chức phiên chợ tết\tBan Phong trào\n"
        "2\t\tGiao lưu bóng chuyền\tVăn phòng\n"
        "II\tQUÝ II\n"
        "1\t15/4\tNgày hội sách\tBan Trường học\n"
        "2\tCuối tháng 5\tTổng kết năm học\tBan Trường học\n"
    )
    assert found_in(TITLE + body) == [
        ("Tổ chức phiên chợ tết", "01/01/2024 - 31/01/2024"),
        ("Giao lưu bóng chuyền", "01/01/2024 - 31/01/2024"),
        ("Ngày hội sách", "15/04/2024"),
        ("Tổng kết năm học", "21/05/2024 - 31/05/2024"),
    ]


def test_a_column_of_months_may_hold_bare_numbers_and_several_activities_each() -> None:
    body = (
        "III. LỊCH CÔNG TÁC\n"
        "Tháng\tNội dung\tPhụ trách\n"
        "9/2024\t- Đón tân học sinh. - Sinh hoạt đầu khóa.\tBCH\n"
        "12 - 01\tChiến dịch xuân tình nguyện\tĐội tình nguyện\n"
        "3\tHội thao học sinh; Cuộc thi học thuật\tBCH\n"
        "4\tNgày hội hiến máu (20/4/2025)\tBCH\n"
    )
    assert [(words.rstrip("."), span) for words, span in found_in(body, head=SCHOOL_HEAD)] == [
        ("Đón tân học sinh", "01/09/2024 - 30/09/2024"),
        ("Sinh hoạt đầu khóa", "01/09/2024 - 30/09/2024"),
        ("Chiến dịch xuân tình nguyện", "01/12/2024 - 31/01/2025"),
        ("Hội thao học sinh", "01/03/2025 - 31/03/2025"),
        ("Cuộc thi học thuật", "01/03/2025 - 31/03/2025"),
        ("Ngày hội hiến máu", "20/04/2025"),
    ]


def test_a_column_of_days_below_a_months_heading() -> None:
    body = (
        "IV. LỊCH CÔNG TÁC THÁNG 6 NĂM 2024\n"
        "Ngày\tNội dung\tĐịa điểm\n"
        "01/6\tLễ khai mạc hè\tNhà Thiếu nhi\n"
        "07 - 08\tTập huấn cán bộ Hội\tHội trường\n"
        "15\tHọp Ban Thường vụ\tTrụ sở\n"
    )
    assert found_in(body) == [
        ("Lễ khai mạc hè", "01/06/2024"),
        ("Tập huấn cán bộ Hội", "07/06/2024 - 08/06/2024"),
        ("Họp Ban Thường vụ", "15/06/2024"),
    ]


def test_tables_of_targets_and_of_people_give_none() -> None:
    body = (
        "II. GIAO CHỈ TIÊU\nStt\tNội dung chỉ tiêu\tSố lượng\tThời gian\n1\tTrồng cây xanh\t1.500\tTháng 5\n"
        "IV. BAN TỔ CHỨC\nStt\tHọ và tên\tChức vụ\tNgày sinh\n1\tNguyễn Văn Bình\tBí thư\t12/5/1995\n"
    )
    assert found_in(body) == []


def test_a_table_with_one_cell_a_line() -> None:
    body = (
        "STT\n\tNội dung\n\tThời gian\n\tGhi chú\n\n"
        "1\n\tTổ chức phiên chợ tết\n\tTháng 01\n\t\n\n"
        "2\n\tLễ ra quân Tháng Thanh niên\n\tDự kiến ngày 03/3\n\tBan Phong trào\n\n"
        "3\n\tNgày hội việc làm\n\tTheo kế hoạch riêng\n\n"
    )
    assert found_in(TITLE + body) == [
        ("Tổ chức phiên chợ tết", "01/01/2024 - 31/01/2024"),
        ("Lễ ra quân Tháng Thanh niên", "03/03/2024"),
        ("Ngày hội việc làm", ""),
    ]
