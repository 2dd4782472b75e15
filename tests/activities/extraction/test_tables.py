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


MONTHS_HEAD = "III. LỊCH HOẠT ĐỘNG THEO THÁNG\nTháng\tChủ điểm\tNội dung trọng tâm\tNgười thực hiện\n"


def test_rows_of_a_month_keep_their_own_times_and_take_the_months_for_the_others() -> None:
    body = (
        "10\t“Chăm ngoan”\t- Hội vui học tập (từ 28/9 đến 05/10);\tKhối 8\n"
        "\t\t- Ngày hội sách (12/10/2024);\tThư viện\n"
        "\t\t- Phát động trồng hoa.\tTPT\n"
        "11\t“Biết ơn”\t- Hội thi “Vui - Khỏe - Sáng tạo” (04 - 18/11);\t24 chi đội\n"
        "\t\t- Lễ kỷ niệm Ngày Nhà giáo (20/11).\t\n"
        "1, 2\t“Mừng xuân”\t- Lễ kỷ niệm ngày thành lập Đảng (3/2/1930 - 3/2/2025).\n"
    )
    assert [(words.rstrip("."), span) for words, span in found_in(MONTHS_HEAD + body, head=SCHOOL_HEAD)] == [
        ("Hội vui học tập", "28/09/2024 - 05/10/2024"),
        ("Ngày hội sách", "12/10/2024"),
        ("Phát động trồng hoa", "01/10/2024 - 31/10/2024"),
        ("Hội thi “Vui - Khỏe - Sáng tạo”", "04/11/2024 - 18/11/2024"),
        ("Lễ kỷ niệm Ngày Nhà giáo", "20/11/2024"),
        (
            "Lễ kỷ niệm ngày thành lập Đảng (3/2/1930 - 3/2/2025)",
            "01/01/2025 - 31/01/2025; 01/02/2025 - 28/02/2025",
        ),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("- Hội vui học tập - Ngày hội sách - Hội diễn", ["Hội vui học tập", "Ngày hội sách", "Hội diễn"]),
        (
            "- Hội thi Sáng tạo trẻ - Bảng A; - Ngày hội sách (04 - 06/10).",
            ["Hội thi Sáng tạo trẻ - Bảng A", "Ngày hội sách"],
        ),
        ("- Ngày hội “Khỏe để học - Học để tiến” (22/10)", ["Ngày hội “Khỏe để học - Học để tiến”"]),
        ("Hội khỏe cấp trường; thăm trạm biên phòng", ["Hội khỏe cấp trường; thăm trạm biên phòng"]),
        ("Hội khỏe cấp trường; Thăm trạm biên phòng", ["Hội khỏe cấp trường", "Thăm trạm biên phòng"]),
    ],
)
def test_dashes_inside_names_and_brackets_part_nothing(cell: str, expected: list[str]) -> None:
    found = found_in(
        f"{MONTHS_HEAD}10\t“Chăm ngoan”\t{cell}\tKhối 8\n11\t“Biết ơn”\tHội trại\tKhối 9\n", head=SCHOOL_HEAD
    )
    assert [words.rstrip(".") for words, _ in found[:-1]] == expected


def test_a_numbered_row_without_time_does_not_share_the_day_above() -> None:
    body = (
        "TT\tThời gian\tNội dung\tChủ trì\n1\t20/6 - 25/7/2024\tChiến dịch hè\tBan Phong trào\n"
        "2\t\tCác hoạt động theo chỉ đạo\tVăn phòng\n3\tTháng 12\tTổng kết năm\tVăn phòng\n"
    )
    assert found_in(TITLE + body)[:2] == [
        ("Chiến dịch hè", "20/06/2024 - 25/07/2024"),
        ("Các hoạt động theo chỉ đạo", ""),
    ]


def test_a_time_that_ran_into_the_name_is_the_rows_own() -> None:
    body = (
        "II. LỊCH HOẠT ĐỘNG\nThời gian       Nội dung công việc                    Phụ trách\n"
        "24 - 26/3/2024  Hội trại truyền thống                 BCH\n"
        "Dự kiến T4/2024 Tư vấn hướng nghiệp                   GVCN\n"
    )
    assert found_in(body) == [
        ("Hội trại truyền thống", "24/03/2024 - 26/03/2024"),
        ("Tư vấn hướng nghiệp", "01/04/2024 - 30/04/2024"),
    ]


@pytest.mark.parametrize("column", ["Quy mô", "Quy định", "Lịch sử"])
def test_a_column_that_only_begins_like_a_time_is_none(column: str) -> None:
    body = f"Stt\tNội dung hoạt động\t{column}\tThời gian\n1\tTết trồng cây\tToàn tỉnh\tTháng 02\n"
    assert found_in(TITLE + body) == [("Tết trồng cây", "01/02/2024 - 29/02/2024")]
