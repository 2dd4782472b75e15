"""What cannot be meant is flagged, and the proposal stays as the document says."""

import pytest

from .making import found_in, kinds_in

BIG = "V. MỘT SỐ HOẠT ĐỘNG LỚN\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "* Quý IV:\n1. Tổ chức liên hoan ca khúc (Dự kiến tháng 9/2024).\n2. Hội nghị tổng kết (Tháng 12/2024).\n",
            [("outside_quarter", "Tổ chức liên hoan ca khúc")],
        ),
        (
            "Tháng 5:\n- Tổ chức hội thi (ngày 12/6/2024).\n- Hội trại.\n",
            [("outside_period", "Tổ chức hội thi")],
        ),
        (
            "1. Hoạt động mừng Ngày truyền thống sinh viên (9/1/2024) tại trường (Tháng 2/2024).\n",
            [("two_times", "Hoạt động mừng Ngày truyền thống sinh viên (9/1/2024) tại trường")],
        ),
        ("1. Các hoạt động hè và Tết Trung thu 2023 (tháng 9/2024).\n", [("wrong_year", "Tết Trung thu 2023")]),
        ("1. Tổ chức hội thao (Tháng 5/2022).\n", [("wrong_year", "Tháng 5/2022")]),
        ("1. Hội nghị tổng kết, ngày 31/11/2024.\n2. Hội trại (tháng 6).\n", [("impossible_date", "ngày 31/11/2024")]),
        (
            "1. Hội trại, từ 20/6 đến 12/6/2024.\n2. Hội thao (tháng 6).\n",
            [("reversed_dates", "từ 20/6 đến 12/6/2024")],
        ),
        ("1. Lễ kỷ niệm ngày thành lập Đoàn (26/3/1931 - 26/3/2024) (Tháng 3/2024).\n", []),
        ("1. Chương trình mùa đông 2023 và xuân tình nguyện 2024 (Tháng 01/2024).\n", []),
        ("1. Hội nghị tổng kết năm 2023 (Tháng 01/2024).\n", []),
        ("1. Đại hội Hội Liên hiệp Thanh niên nhiệm kỳ 2024 - 2029 (Tháng 10/2024).\n", []),
        ("1. Học tập Luật Thanh niên 2020 (Tháng 10/2024).\n", []),
    ],
)
def test_contradictions(body: str, expected: list[tuple[str, str]]) -> None:
    assert kinds_in(BIG + body) == expected


def test_nothing_is_mended() -> None:
    assert found_in(BIG + "* Quý IV:\n1. Liên hoan ca khúc (tháng 9/2024).\n2. Hội nghị tổng kết.\n") == [
        ("Liên hoan ca khúc", "01/09/2024 - 30/09/2024"),
        ("Hội nghị tổng kết", "01/10/2024 - 31/12/2024"),
    ]
