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
