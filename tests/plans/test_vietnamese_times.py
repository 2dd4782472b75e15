"""Dates and spans in Vietnamese: one table a phenomenon. The sentences are our own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.vietnamese.letters import bare
from plans.vietnamese.times import Bound, Role, times_in
from tests.counting import calls

YEAR = 2024


def windows(words: str, *, year: int | None = YEAR, opens: int = 1) -> list[tuple[str, str, str]]:
    """The windows of all times of doing, as they would be written."""
    return [
        (f"{span.starts_on:%d/%m/%Y}", f"{span.ends_on:%d/%m/%Y}", str(span.precision))
        for found in times_in(bare(words), year=year, opens=opens)
        if found.role is Role.DOING
        for span in found.windows
    ]


def quotes(words: str) -> list[str]:
    return [words[found.start : found.end] for found in times_in(bare(words), year=YEAR)]


def day(first: str, last: str | None = None) -> tuple[str, str, str]:
    return first, last or first, "day"


DAYS = [
    ("Khai mạc ngày 15/4/2019", [day("15/04/2019")]),
    ("Khai mạc ngày 15/4", [day("15/04/2024")]),
    ("ngày 5 tháng 9 năm 2023", [day("05/09/2023")]),
    ("sáng 12.5.2024 tại nhà văn hoá", [day("12/05/2024")]),
    ("Ngày 20-10-2024", [day("20/10/2024")]),
    ("họp ngày 21-11", [day("21/11/2024")]),
    ("Ngày 04/3/24", [day("04/03/2024")]),
    ("(15/8)", [day("15/08/2024")]),
    ("Thắp nến: tối 26/7.", [day("26/07/2024")]),
    ("sáng ngày 24/2 tại quảng trường", [day("24/02/2024")]),
    ("Viếng nghĩa trang (28.7)", [day("28/07/2024")]),
    ("khai giảng ngày 5.9 tại trường", [day("05/09/2024")]),
]
SEVERAL_DAYS = [
    ("Ngày 02, 03/3/2019", [day("02/03/2019"), day("03/03/2019")]),
    ("03/3, 10/3, 17/3", [day("03/03/2024"), day("10/03/2024"), day("17/03/2024")]),
    ("các ngày 5, 12 và 19 tháng 5", [day("05/05/2024"), day("12/05/2024"), day("19/05/2024")]),
    ("ngày 12 hoặc 13/8/2023", [day("12/08/2023"), day("13/08/2023")]),
    ("ngày 6/4 và ngày 13/4/2023", [day("06/04/2023"), day("13/04/2023")]),
]
SPANS_OF_DAYS = [
    ("từ 10 – 11/8/2019", [day("10/08/2019", "11/08/2019")]),
    ("từ ngày 15/3 đến 26/3", [day("15/03/2024", "26/03/2024")]),
    ("từ ngày 15 đến ngày 26 tháng 3 năm 2023", [day("15/03/2023", "26/03/2023")]),
    ("01/6 - 31/8/2025", [day("01/06/2025", "31/08/2025")]),
    ("từ ngày 30/11/2024 đến hết ngày 5/2", [day("30/11/2024", "05/02/2025")]),
    ("từ 15/12 đến 15/01/2025", [day("15/12/2024", "15/01/2025")]),
    ("từ 13h00 ngày 14/4 đến 10h30 ngày 15/4/2023", [day("14/04/2023", "15/04/2023")]),
    ("ngày 6/7 (thứ bảy) đến 8/7", [day("06/07/2024", "08/07/2024")]),
]
MONTHS = [
    ("Tháng 02", [("01/02/2024", "29/02/2024", "month")]),
    ("trong tháng 3/2023", [("01/03/2023", "31/03/2023", "month")]),
    ("tháng 9 năm 2025", [("01/09/2025", "30/09/2025", "month")]),
    ("T4/2024", [("01/04/2024", "30/04/2024", "month")]),
    ("trong tháng mười hai", [("01/12/2024", "31/12/2024", "month")]),
    ("Tháng 03 và tháng 07", [("01/03/2024", "31/03/2024", "month"), ("01/07/2024", "31/07/2024", "month")]),
    (
        "tháng 4, 6 và 10/2022",
        [(f"01/{m}/2022", f"{d}/{m}/2022", "month") for m, d in (("04", 30), ("06", 30), ("10", 31))],
    ),
    ("Từ tháng 01 - 02", [("01/01/2024", "29/02/2024", "months")]),
    ("Tháng 04 - 06", [("01/04/2024", "30/06/2024", "months")]),
    ("tháng 5-6/2023", [("01/05/2023", "30/06/2023", "months")]),
    ("từ tháng 3 đến hết tháng 5", [("01/03/2024", "31/05/2024", "months")]),
    ("tháng 3, 10 đội hình ra quân", [("01/03/2024", "31/03/2024", "month")]),
]
OVER_THE_YEARS_END = [
    ("tháng 12/2024 - 01/2025", [("01/12/2024", "31/01/2025", "months")]),
    ("từ tháng 11 - 02", [("01/11/2024", "28/02/2025", "months")]),
    ("Tháng 12 - tháng 02/2023", [("01/12/2022", "28/02/2023", "months")]),
    ("Tháng 9/2023 đến tháng 5", [("01/09/2023", "31/05/2024", "months")]),
]
PARTS_OF_MONTHS = [
    ("đầu tháng 10", [("01/10/2024", "10/10/2024", "part_of_month")]),
    ("trung tuần tháng 10", [("11/10/2024", "20/10/2024", "part_of_month")]),
    ("giữa tháng 4", [("11/04/2024", "20/04/2024", "part_of_month")]),
    ("cuối tháng 2/2023", [("21/02/2023", "28/02/2023", "part_of_month")]),
    ("hạ tuần tháng 6", [("21/06/2024", "30/06/2024", "part_of_month")]),
    ("nửa đầu tháng 7", [("01/07/2024", "15/07/2024", "part_of_month")]),
    ("tuần thứ hai của tháng 9", [("08/09/2024", "14/09/2024", "part_of_month")]),
    ("tuần 3/4/2023", [("15/04/2023", "21/04/2023", "part_of_month")]),
    ("tuần 2, 3 tháng 11", [("08/11/2024", "21/11/2024", "part_of_month")]),
]
QUARTERS_AND_YEARS = [
    ("Quý III", [("01/07/2024", "30/09/2024", "quarter")]),
    ("trong quý 1/2023", [("01/01/2023", "31/03/2023", "quarter")]),
    ("quý IV năm 2022", [("01/10/2022", "31/12/2022", "quarter")]),
    ("Quý I, II", [("01/01/2024", "31/03/2024", "quarter"), ("01/04/2024", "30/06/2024", "quarter")]),
    ("quý II - III/2024", [("01/04/2024", "30/09/2024", "months")]),
    ("Kiểm tra các chi hội quý III", [("01/07/2024", "30/09/2024", "quarter")]),
    ("Kiểm tra công tác Hội tại cơ sở quý III", [("01/07/2024", "30/09/2024", "quarter")]),
    ("Kiểm tra công tác Hội (quý III)", [("01/07/2024", "30/09/2024", "quarter")]),
    ("6 tháng cuối năm", [("01/07/2024", "31/12/2024", "months")]),
    ("Cả năm", [("01/01/2024", "31/12/2024", "year")]),
    ("04 lần trong năm", [("01/01/2024", "31/12/2024", "year")]),
    ("Thường xuyên", [("01/01/2024", "31/12/2024", "year")]),
    ("Hằng tháng", [("01/01/2024", "31/12/2024", "year")]),
    ("Năm 2025", [("01/01/2025", "31/12/2025", "year")]),
]
DAMAGE = [
    ("Tháng02", [("01/02/2024", "29/02/2024", "month")]),
    ("ngay 15 /4/ 2019", [day("15/04/2019")]),
    ("ngày 15⁄4⁄2019", [day("15/04/2019")]),
    ("ngày 1O/3/2O24", [day("10/03/2024")]),
    ("Ngày O5/3/2023", [day("05/03/2023")]),
    ("tháng l0", [("01/10/2024", "31/10/2024", "month")]),
    ("Tháng 0l", [("01/01/2024", "31/01/2024", "month")]),
    ("Tháng0l/2023", [("01/01/2023", "31/01/2023", "month")]),
    ("ngày l9/5", [day("19/05/2024")]),
    ("QuýII/2024", [("01/04/2024", "30/06/2024", "quarter")]),
    ("từ ngày 01/3\n\n      đến 05/3", [day("01/03/2024", "05/03/2024")]),
]
HOURS = [
    ("7 giờ 30 ngày 9/3", [day("09/03/2024")]),
    ("07h30, thứ bảy, ngày 23/3/2024", [day("23/03/2024")]),
    ("Từ 7h30 - 11h00, chủ nhật (ngày 24/3)", [day("24/03/2024")]),
    ("19 giờ 30 phút, ngày 25/4/2023", [day("25/04/2023")]),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *DAYS,
        *SEVERAL_DAYS,
        *SPANS_OF_DAYS,
        *MONTHS,
        *OVER_THE_YEARS_END,
        *PARTS_OF_MONTHS,
        *QUARTERS_AND_YEARS,
        *DAMAGE,
        *HOURS,
    ],
)
def test_time_of_doing(words: str, expected: list[tuple[str, str, str]]) -> None:
    assert windows(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "kỷ niệm ngày thành lập (26/3/1931 - 26/3/2024)",
        "trao giải thưởng “15/10” cho cán bộ tiêu biểu",
        "thực hiện Kết luận số 7-KL/TW ngày 25/10/2021 của Ban Bí thư",
        "theo Công văn số 12 ngày 3/1/2024 của Tỉnh đoàn",
        "giai đoạn 2022 - 2030",
        "nhiệm kỳ 2022-2027",
        "chương trình “Tháng 3 biên giới”",
        "chào mừng ngày 20/10 ở các chi đoàn",
        "Hội thi làm báo mừng ngày 21/6",
        "nhân dịp 27/7 và 22/12",
        "hoàn thành 12/12 chỉ tiêu",
        "sơ kết công tác Đoàn quý I và quý II",
        "Kiểm tra công tác Hội 6 tháng cuối năm",
        "Giám sát việc thực hiện nhiệm vụ quý III",
        "Cách mạng tháng Tám thành công",
        "đoàn viên 16 - 30 tuổi",
        "ngày 15 tháng 7 âm lịch",
        "ngày sinh của Bác 19/5/1890",
        "trong năm qua",
        "trực 24/7 tại trụ sở",
        "điểm trung bình từ 3,2/4,0",
        "xem mục (2.3.1)",
        "đoạn đường 2.5 km",
        "Ra quân hỗ trợ cử tri, phục vụ ngày bầu cử 15/3/2024",
    ],
)
def test_named_days_and_references_are_no_times_of_doing(words: str) -> None:
    assert windows(words) == []


def test_an_anniversary_means_its_last_day() -> None:
    (found,) = times_in(bare("(03/02/1930 - 03/02/2024)"), year=YEAR)
    assert (found.role, found.starts_on, found.ends_on) == (Role.NAMED, date(2024, 2, 3), date(2024, 2, 3))


def test_a_decree_is_a_reference_for_good() -> None:
    (found,) = times_in(bare("Nghị quyết số 25-NQ/TW ngày 25/7/2023 về công tác thanh niên"), year=YEAR)
    assert (found.role, found.is_reference) == (Role.REFERENCE, True)


@pytest.mark.parametrize(
    ("words", "tentative"),
    [
        ("dự kiến tháng 5", True),
        ("Dự kiến tổ chức vào ngày 5/5", True),
        ("khoảng giữa tháng 5", True),
        ("tháng 5 (dự kiến)", True),
        ("dự kiến 30 đội, tháng 5", False),
        ("tháng 5", False),
    ],
)
def test_tentative(words: str, tentative: bool) -> None:
    (found,) = times_in(bare(words), year=YEAR)
    assert found.tentative is tentative


@pytest.mark.parametrize(
    ("words", "bound", "due_on"),
    [
        ("trước ngày 15/10", Bound.BY, date(2024, 10, 15)),
        ("trước tháng 6", Bound.BY, date(2024, 5, 31)),
        ("đến hết tháng 6", Bound.BY, date(2024, 6, 30)),
        ("chậm nhất là ngày 5/9/2024", Bound.BY, date(2024, 9, 5)),
        ("trong Quý II/2024", Bound.WITHIN, date(2024, 6, 30)),
        ("từ ngày 3/6", Bound.SINCE, date(2024, 6, 3)),
        ("từ tháng 3 đến tháng 5", Bound.WITHIN, date(2024, 5, 31)),
        ("hạn cuối là 11 giờ ngày 9/4", Bound.BY, date(2024, 4, 9)),
        ("hạn nộp: 15/5", Bound.BY, date(2024, 5, 15)),
        ("thời hạn từ ngày 2/5 đến ngày 9/5", Bound.WITHIN, date(2024, 5, 9)),
        ("chấm ngày 12/6/2024", Bound.WITHIN, date(2024, 6, 12)),
    ],
)
def test_bounds_and_due_days(words: str, bound: Bound, due_on: date) -> None:
    found = times_in(bare(words), year=YEAR)[-1]
    assert (found.bound, found.due_on) == (bound, due_on)


@pytest.mark.parametrize("words", ["ngày 31/2/2024", "ngày 31/11", "từ 29/2/2023 đến 2/3/2023"])
def test_impossible_dates_are_told_and_get_no_window(words: str) -> None:
    (found,) = times_in(bare(words), year=YEAR)
    assert (found.impossible, found.windows) == (True, ())


@pytest.mark.parametrize("words", ["từ 20/3 đến 12/3", "từ ngày 15 đến ngày 10/8/2025", "25 - 21/6"])
def test_a_span_that_ends_before_it_begins_in_its_month_is_told_and_gets_no_window(words: str) -> None:
    (found,) = times_in(bare(words), year=YEAR)
    assert (found.backwards, found.windows) == (True, ())


def test_a_span_over_the_years_end_does_not_run_backwards() -> None:
    (found,) = times_in(bare("từ 20/12 đến 12/01"), year=YEAR)
    assert (found.backwards, found.starts_on, found.ends_on) == (False, date(2024, 12, 20), date(2025, 1, 12))


def test_without_a_year_there_is_a_time_but_no_window() -> None:
    (found,) = times_in(bare("trong tháng 5"), year=None)
    assert (found.windows, found.impossible) == ((), False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ngày 5/9", day("05/09/2024")),
        ("ngày 26/3", day("26/03/2025")),
        ("tháng 12 - 01", ("01/12/2024", "31/01/2025", "months")),
        ("cả năm học", ("01/09/2024", "31/08/2025", "year")),
    ],
)
def test_a_school_year_begins_in_september(words: str, expected: tuple[str, str, str]) -> None:
    assert windows(words, opens=9) == [expected]


def test_a_heading_month_completes_a_day() -> None:
    (found,) = times_in(bare("ngày 15: ra quân"), year=YEAR, month=3)
    assert found.starts_on == date(2024, 3, 15)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Hội thao (Dự kiến tháng 5/2024).", ["Dự kiến tháng 5/2024"]),
        ("Họp lúc 14 giờ 00, thứ Sáu, ngày 6/9 tại trụ sở", ["lúc 14 giờ 00, thứ Sáu, ngày 6/9"]),
        ("Ra quân từ ngày 1/6 – 3/6; tổng kết cuối tháng 8", ["từ ngày 1/6 – 3/6", "cuối tháng 8"]),
    ],
)
def test_places_are_those_of_the_words(words: str, expected: list[str]) -> None:
    assert quotes(words) == expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789/-–.,;:()\"' thángquýtừđếnngàynămIVX\n", max_size=80), st.sampled_from([None, 2024]))
def test_any_text_is_read_and_places_lie_in_it(words: str, year: int | None) -> None:
    last = 0
    for found in times_in(bare(words), year=year):
        assert last <= found.start < found.end <= len(words)
        assert all(span.starts_on <= span.ends_on for span in found.windows)
        last = found.end


@pytest.mark.parametrize(
    "piece", ["1/", "tháng tháng ", "12/3/2024, ", "1 - 2 - ", "ngày 2, ", "từ quý I đến ", "((7h30 "]
)
def test_work_grows_with_the_length_only(piece: str) -> None:
    def work(size: int) -> int:
        words = bare(piece * (size // len(piece)))
        return calls(lambda: times_in(words, year=YEAR))

    assert work(80_000) < 5 * work(20_000)
