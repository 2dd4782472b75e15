"""Targets in the rows of tables."""

from .papers import HEAD, read, whole

TABLE = (
    HEAD
    + "II. HỆ THỐNG CHỈ TIÊU\n"
    + "Stt\tNội dung chỉ tiêu\tĐơn vị tính\tSố lượng\n"
    + "1\tĐoàn viên kết nạp mới\tđoàn viên\t1.200\n"
    + "2\tTỷ lệ chi đoàn vững mạnh\t%\t60\n"
    + "3\tNhà nhân ái xây mới\tnhà\t≥ 5\n"
)


def test_a_row_says_name_unit_and_figure():
    found = read(TABLE).proposals
    assert [(t.name, t.figure.comparator, whole(t.figure.low), whole(t.figure.high), t.figure.unit) for t in found] == [
        ("Đoàn viên kết nạp mới", "exactly", 1200, 1200, "đoàn viên"),
        ("Tỷ lệ chi đoàn vững mạnh", "percent", 60, 60, "%"),
        ("Nhà nhân ái xây mới", "at_least", 5, None, "nhà"),
    ]


def test_a_row_lies_where_it_stands_in_the_text():
    first = read(TABLE).proposals[0]
    assert TABLE[first.start : first.end] == "Đoàn viên kết nạp mới\tđoàn viên\t1.200"


def test_rows_of_a_calendar_hold_no_targets():
    text = (
        HEAD
        + "PHỤ LỤC\nMột số hoạt động lớn\n"
        + "Stt\tTên hoạt động\tThời gian\n"
        + "1\tTổ chức 04 Ngày Chủ nhật xanh\tCả năm\n"
        + "2\tHội thi tin học trẻ\tTháng 5\n"
    )
    assert read(text).proposals == ()


def stated(*rows: str, head: str, heading: str = "HỆ THỐNG CHỈ TIÊU") -> list[tuple[str, str, int | None, int | None]]:
    """Return name, unit and bounds of what the rows of a table state."""
    table = "\n".join([head, *rows]).replace(" | ", "\t")
    return [
        (target.name, target.figure.unit, whole(target.figure.low), whole(target.figure.high))
        for target in read(f"{HEAD}II. {heading}\n{table}\n").proposals
    ]


def test_of_two_figures_the_one_that_is_aimed_at_counts():
    found = stated(
        "1 | Cây xanh trồng mới | Cây | 800 | 1.100",
        "2 | Tỷ lệ hội viên có thẻ | % | 85 | ≥ 90",
        "3 | Nhà nhân ái | Nhà | - | 02",
        head="STT | Chỉ tiêu | ĐVT | Cấp trên giao | Đơn vị phấn đấu",
    )
    assert found == [
        ("Cây xanh trồng mới", "Cây", 1100, 1100),
        ("Tỷ lệ hội viên có thẻ", "%", 90, None),
        ("Nhà nhân ái", "Nhà", 2, 2),
    ]


def test_what_was_reached_before_is_no_target():
    head = "STT | Nội dung | ĐVT | Thực hiện 2023 | Chỉ tiêu 2024"
    assert stated("1 | Cây xanh trồng mới | Cây | 700 | 900", head=head) == [("Cây xanh trồng mới", "Cây", 900, 900)]


def test_a_row_shared_out_among_years_or_units_states_its_sum():
    by_years = "STT | Chỉ tiêu | ĐVT | 2024 | 2025 | 2026 | 2027 | Cả nhiệm kỳ"
    by_units = "STT | Chỉ tiêu | ĐVT | Tổng | Khu A | Khu B | Khu C"
    row = "1 | Cây xanh trồng mới | Cây | "
    assert stated(f"{row}10 | 20 | 30 | 40 | 100", head=by_years) == [("Cây xanh trồng mới", "Cây", 100, 100)]
    assert stated(f"{row}60 | 10 | 20 | 30", head=by_units) == [("Cây xanh trồng mới", "Cây", 60, 60)]


def test_a_row_shared_out_without_its_sum_states_nothing():
    by_years = "STT | Chỉ tiêu | ĐVT | 2024 | 2025 | 2026"
    by_units = "STT | Chỉ tiêu | ĐVT | Khu A | Khu B | Khu C"
    row = "1 | Cây xanh trồng mới | Cây | 10 | 20 | 30"
    assert (stated(row, head=by_years), stated(row, head=by_units)) == ([], [])


def test_rows_of_units_with_their_shares_are_no_targets():
    head, row = "Khu | Cây xanh | Câu lạc bộ", "Khu A (4 trường) | 90 | 2"
    assert stated(row, row.replace("A", "B"), head=head, heading="PHÂN BỔ CHỈ TIÊU") == []


def test_the_unit_above_is_meant_by_as_above():
    found = stated(
        "1 | Hội viên có thẻ | % | 90",
        "2 | Hội viên học nghị quyết | nt | 95",
        "3 | Điểm vui chơi sửa mới | Điểm | 04",
        "4 | Tỷ lệ tập hợp thanh niên |  | ≥ 70",
        head="STT | Chỉ tiêu | ĐVT | Số lượng",
    )
    assert [(unit, low, high) for _, unit, low, high in found] == [
        ("%", 90, 90),
        ("%", 95, 95),
        ("Điểm", 4, 4),
        ("%", 70, None),
    ]
