"""Numbers and quantities in Vietnamese words: one table of cases for each phenomenon."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.vietnamese.letters import bare
from plans.vietnamese.numbers import numbers_in
from plans.vietnamese.quantities import quantities_in


def bounds(words: str) -> list[tuple[str, int | float | None, int | float | None]]:
    return [(n.comparator.value, plain(n.low), plain(n.high)) for n in numbers_in(bare(words))]


def plain(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)


def counted(words: str) -> list[tuple[int | float | None, str]]:
    """Low (or high) bound and unit, for percentages their population."""
    found = []
    for quantity in quantities_in(bare(words), words):
        place = quantity.population if quantity.number.is_percent else quantity.unit
        low = quantity.number.low if quantity.number.low is not None else quantity.number.high
        found.append((plain(low), words[slice(*(place or (0, 0)))]))
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("05 lớp", ("exactly", 5, 5)),
        ("1.250 cây", ("exactly", 1250, 1250)),
        ("2.500.000 lượt", ("exactly", 2_500_000, 2_500_000)),
        ("7,5 km", ("exactly", 7.5, 7.5)),
        ("1,2 triệu cây", ("exactly", 1_200_000, 1_200_000)),
        ("30 nghìn lượt", ("exactly", 30_000, 30_000)),
        ("30 ngàn lượt", ("exactly", 30_000, 30_000)),
        ("300 triệu đồng", ("exactly", 300, 300)),
        ("03 (ba) công trình", ("exactly", 3, 3)),
        ("85%", ("percent", 85, 85)),
        ("85 phần trăm", ("percent", 85, 85)),
    ],
)
def test_how_figures_are_written(words, expected):
    assert bounds(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ít nhất 02 buổi", ("at_least", 2, None)),
        ("tối thiểu 02 buổi", ("at_least", 2, None)),
        ("không dưới 02 buổi", ("at_least", 2, None)),
        ("trên 40 em", ("at_least", 40, None)),
        ("hơn 40 em", ("at_least", 40, None)),
        ("ít nhất phải có 02 buổi", ("at_least", 2, None)),
        ("từ 40 em trở lên", ("at_least", 40, None)),
        ("40 em trở lên", ("at_least", 40, None)),
        ("90% trở lên", ("at_least", 90, None)),
        ("≥ 90%", ("at_least", 90, None)),
        ("phấn đấu 40 em", ("exactly", 40, 40)),
        ("đạt khoảng 40 em", ("exactly", 40, 40)),
        ("không quá 3 đợt", ("at_most", None, 3)),
        ("tối đa 3 đợt", ("at_most", None, 3)),
        ("dưới 4%", ("at_most", None, 4)),
        # A grade is no bound of the share.
        ("80% học sinh khá trở lên", ("percent", 80, 80)),
    ],
)
def test_comparators(words, expected):
    assert bounds(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("60-90 em", ("range", 60, 90)),
        ("60 – 90 em", ("range", 60, 90)),
        ("từ 60 đến 90 em", ("range", 60, 90)),
        ("từ 1.500 đến 2.000 cây", ("range", 1500, 2000)),
        ("65% - 75%", ("range", 65, 75)),
        ("65-75%", ("range", 65, 75)),
        ("2 hoặc 3 đợt", ("range", 2, 3)),
        ("1 - 2 triệu cây", ("range", 1_000_000, 2_000_000)),
    ],
)
def test_ranges(words, expected):
    assert bounds(words) == [expected]


@pytest.mark.parametrize(
    ("words", "oddity"),
    [
        ("trên 3-4 đợt", "over_range"),
        ("ít nhất 03 - 04 đợt", "at_least_range"),
        ("tối đa 3-4 đợt", "at_most_range"),
        ("90 - 60 em", "reversed_range"),
        ("từ 3-4 đợt", None),
    ],
)
def test_bounds_that_contradict_themselves(words, oddity):
    assert [number.oddity for number in numbers_in(bare(words))] == [oddity]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ít nhất một sân chơi", [(1, "sân chơi")]),
        ("mở hai lớp kỹ năng", [(2, "lớp kỹ năng")]),
        ("mười lăm câu lạc bộ", [(15, "câu lạc bộ")]),
        ("hai mươi lăm suất quà", [(25, "suất quà")]),
        ("một trăm cây xanh", [(100, "cây xanh")]),
        ("một số hoạt động", []),
        ("trong năm tổ chức các lớp", []),
        ("chăm lo vùng sâu, vùng xa", []),
    ],
)
def test_number_words(words, expected):
    assert counted(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("160m đường bê tông", [(160, "m đường")]),
        ("2.000m2 mặt sân", [(2000, "m2 mặt sân")]),
        ("06công trình măng non", [(6, "công trình măng non")]),
        ("nạo vét300m kênh mương", [(300, "m kênh mương")]),
        ("100%ĐVTN tham gia", [(100, "ĐVTN")]),
        ("12 mô hình, 30 suất quà và 04 buổi đối thoại", [(12, "mô hình"), (30, "suất quà"), (4, "buổi đối thoại")]),
        ("trao 03 nhà nhân ái, nhà tình bạn cho hộ nghèo", [(3, "nhà nhân ái, nhà tình bạn")]),
        ("08 công trình hoặc phần việc thanh niên", [(8, "công trình hoặc phần việc thanh niên")]),
        ("150 đoàn viên ưu tú cho Đảng", [(150, "đoàn viên ưu tú")]),
        ("40 em học sinh có hoàn cảnh khó khăn", [(40, "em học sinh có hoàn cảnh khó khăn")]),
        ("03 “Ngày Chủ nhật xanh”", [(3, "Ngày Chủ nhật xanh")]),
        ("500 ngày công lao động", [(500, "ngày công lao động")]),
        ("2000 cây phi lao", [(2000, "cây phi lao")]),
        ("24/30 chi đoàn đạt vững mạnh", [(24, "chi đoàn")]),
    ],
)
def test_units(words, expected):
    assert counted(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("100% chi đoàn trực thuộc tổ chức sinh hoạt", [(100, "chi đoàn trực thuộc")]),
        ("90% cán bộ, đoàn viên được học tập", [(90, "cán bộ, đoàn viên")]),
        ("100% các tổ chức cơ sở Đoàn có kế hoạch", [(100, "các tổ chức cơ sở Đoàn")]),
        ("tỷ lệ thanh niên tham gia tổ chức đạt 65%", [(65, "thanh niên")]),
        ("100% (24/24) chi đoàn ra quân", [(100, "chi đoàn")]),
        ("1OO% liên đội tham gia", [(100, "liên đội")]),
        ("xếp loại chi đoàn: 70% xuất sắc", [(70, "chi đoàn")]),
    ],
)
def test_populations_of_percentages(words, expected):
    assert counted(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "ngày 14/3/2024",
        "ngày 26/3 đoàn viên ra quân",
        "giải bóng đá U15",
        "ngày 15 /4/ 2019",
        "ngày 02, 03/3/2019",
        "từ 10 – 11/8/2019",
        "tháng 5-6/2024",
        "Tháng02 năm 2022",
        "năm học 2023 - 2024",
        "(22/12/1944 - 22/12/2024)",
        "kỷ niệm 80 năm Ngày thành lập Quân đội",
        "6 tháng đầu năm",
        "đại hội lần thứ 12",
        "Ngày thứ 7 tình nguyện",
        "Quyết định số 1042/QĐ-TTg",
        "Chỉ thị 05-CT/TW",
        "cách mạng công nghiệp 4.0",
        "chủ trương 1 + 2",
        "Sinh viên 5 tốt",
        "thiếu nhi làm theo 5 điều Bác Hồ dạy",
        "đoàn cơ sở “3 chủ động”",
        "cuộc vận động “Mỗi thanh niên một ý tưởng”",
        "giải thưởng “15/10”",
        "https://doan.vn/2024/05 và bcd2024@doan.vn",
        "xe chạy 24/7",
        "Lưu (77b)",
        "thực hiện 03 nhóm nhiệm vụ",
        "đứng trong tốp 3 đơn vị dẫn đầu",
    ],
)
def test_figures_that_count_nothing(words):
    assert counted(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("gây rừng nửa triệu cây keo", [(500_000, "cây keo")]),
        ("hơn nửa nghìn suất cơm", [(500, "suất cơm")]),
        ("gây quỹ nửa tỷ đồng", [(0.5, "tỷ đồng")]),
        ("nửa triệu (500.000) cây keo", [(500_000, "cây keo")]),
        ("ươm 2 vạn cây keo", [(20_000, "cây keo")]),
        ("ươm hai vạn cây keo", [(20_000, "cây keo")]),
        ("phối hợp với 3 ngân hàng", [(3, "ngân hàng")]),
        ("soạn 2 văn bản", [(2, "văn bản")]),
        ("mời 4 vận động viên", [(4, "")]),
        ("nửa đầu nhiệm kỳ", []),
        ("một nửa số đoàn viên", []),
        ("nửa tháng", []),
    ],
)
def test_tens_of_thousands_and_halves_of_millions(words, expected):
    assert counted(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("0l mô hình", ("exactly", 1, 1)),
        ("Ol mô hình", ("exactly", 1, 1)),
        ("l5 đội viên", ("exactly", 15, 15)),
        ("ít nhât 0l\nmô hình", ("at_least", 1, None)),
        ("l00 % liên đội", ("percent", 100, 100)),
        ("2OO suất quà", ("exactly", 200, 200)),
    ],
)
def test_figures_that_a_scanner_took_for_letters(words, expected):
    assert bounds(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tôi thiểu 6 buổi", "at_least"),
        ("tối thiêu 6 buổi", "at_least"),
        ("dưói 6 buổi", "at_most"),
        ("từ 4 đên 6 buổi", "range"),
        ("đầu tư 6 buổi", "exactly"),
        ("tạ đỏ 6 buổi", "exactly"),
    ],
)
def test_a_syllable_that_lost_a_mark_is_the_same_word_and_another_syllable_is_not(words, expected):
    assert [quantity.number.comparator.value for quantity in quantities_in(bare(words), words)] == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("90% hội viên trở lên có thẻ", ("at_least", 90, None)),
        ("95% cán bộ chi hội trở lên có thẻ", ("at_least", 95, None)),
        ("35 đảng viên mới trở lên", ("at_least", 35, None)),
        ("20 hội viên ưu tú trở lên", ("at_least", 20, None)),
        ("80% hội viên đạt khá trở lên", ("percent", 80, 80)),
        ("80% hội viên, thanh niên được khen", ("percent", 80, 80)),
        ("70% từ cấp huyện trở lên", ("percent", 70, 70)),
        ("100% cán bộ từ chi hội trở lên được tập huấn", ("percent", 100, 100)),
        ("60% hội viên được xếp loại B trở lên", ("percent", 60, 60)),
    ],
)
def test_or_more_may_stand_behind_who_is_meant_but_not_behind_a_grade(words, expected):
    assert bounds(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("một phần việc ý nghĩa", [(1, "phần việc ý nghĩa")]),
        ("một phần kinh phí", []),
        ("hai nhà nhân ái", [(2, "nhà nhân ái")]),
        ("anh em một nhà", []),
        ("ống hút dùng một lần", []),
        ("hộp xốp sử dụng 1 lần", []),
        ("gặp mặt mỗi quý một lần", [(1, "lần")]),
        ("gặp mặt 02 lần", [(2, "lần")]),
        ("xuất bản 5 số báo tường", [(5, "số báo tường")]),
        ("12 giải pháp được áp dụng", [(12, "giải pháp")]),
        ("04 giải pháp cải tiến", [(4, "giải pháp cải tiến")]),
        ("với 4 giải pháp chủ yếu", []),
        ("bảo vệ 4 nhóm quyền trẻ em", []),
        ("ở 3 cấp của tổ chức", []),
        ("tỷ lệ cây giống sống đạt 80%", [(80, "cây giống sống")]),
        ("85% hội viên trở lên", [(85, "hội viên")]),
    ],
)
def test_words_that_count_only_in_some_company(words, expected):
    assert counted(words) == expected


def test_millions_are_whole_numbers():
    (quantity,) = quantities_in(bare("1,2 triệu cây keo"))
    assert str(quantity.number.low) == "1200000"


def test_lost_diacritics_change_nothing():
    words = "Phân đâu ket nap it nhât 40 doàn viên, trông 500 cây xanh"
    assert [(plain(q.number.low), q.number.comparator.value) for q in quantities_in(bare(words), words)] == [
        (40, "at_least"),
        (500, "exactly"),
    ]


FIGURES = [
    "1",
    "05",
    "1.500",
    "%",
    "30/36",
    "o1",
    "một",
    "chín",
    "nửa",
    "triệu",
    "0l",
    "U15",
    "-",
    "/",
    "(",
    ")",
    '"',
    ";",
    ".",
]
WORDS = ["từ", "đến", "ít nhất", "cây xanh", "chi đoàn", "mỗi", "trở lên", "tỷ lệ"]
PIECES = st.lists(st.sampled_from([*FIGURES, *WORDS]))


@given(PIECES.map(" ".join) | st.text())
def test_any_text_is_read_and_places_lie_within_it(text):
    words = unicodedata.normalize("NFC", text)
    end = 0
    for quantity in quantities_in(bare(words), words):
        assert end <= quantity.start <= quantity.number.start < quantity.number.end <= len(words)
        assert quantity.start < quantity.end <= len(words)
        end = quantity.number.end
