"""Texts that nobody meant to write: words of the genre in any order, and one pattern many times over."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.reading import as_json, read_text
from plans.sources import read_pasted
from plans.sources.shapes import MAX_LINES

MOST_SECONDS = 5
WORDS = [
    "Tổ chức", "Phấn đấu", "Mỗi", "toàn tỉnh", "ít nhất", "tối thiểu", "trên", "từ", "đến", "không quá", "dưới", "đạt",
    "trở lên", "hoặc", "và", "01", "02 - 03", "1.500", "12,5", "100%", "240m", "hai mươi", "mười hai (12)", "một nửa",
    "cây xanh", "đoàn viên", "chi đoàn", "công trình thanh niên", "đơn vị máu", "triệu đồng", "%", "26/3", "15/10/2024",
    "ngày 31/02/2024", "tháng 13", "Tháng02", "quý III/2024", "dự kiến", "trước ngày 20 hằng tháng", "cả năm",
    "03/3, 10/3, 17/3", "năm học 2023 - 2024", "giai đoạn 2022 - 2027", "Nghị quyết số 35-NQ/TW", "kỷ niệm 93 năm",
    "Ngày hội", "Hội trại", "báo cáo", "gửi", "Kết quả đạt được", "Chỉ tiêu", "“3 chủ động”", "(", ")", "“", '"', ";",
    ",", ".", ":", "-", "+", "*", "…", "/", "⁄", "**", "###",
]  # fmt: skip
STARTS = [
    "", "I. ", "II. ", "IV. ", "1. ", "1.1. ", "1.1.1 ", "2- ", "a) ", "- ", "+ ", "* Quý I:", "PHỤ LỤC",
    "THÁNG 10/2023", "KẾ HOẠCH", "HỆ THỐNG CHỈ TIÊU", "Nơi nhận:", "TM. BAN THƯỜNG VỤ", "Số: 02 - NQ/ĐTN",
    "Huế, ngày 02 tháng 01 năm 2024", "Stt\tTên hoạt động\tThời gian", "1.\t", "STT\tChỉ tiêu\tĐVT\tSố lượng",
    "\t\t", "12", "Trang 3", "99999999999999. ",
]  # fmt: skip
LINES = st.tuples(
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=14),
    st.sampled_from([" ", " ", " ", "", "\t"]),
).map(lambda line: line[0] + line[2].join(line[1]))
TEXTS = st.tuples(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\n", "\n\n", "\r\n", "\f"])).map(
    lambda text: text[1].join(text[0])
)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check(text):
    began = time.process_time()
    answer = as_json(read_text(text))
    assert time.process_time() - began < MOST_SECONDS
    json.dumps(answer, allow_nan=False)
    assert answer["text"] == text
    for sort in ("targets", "activities", "deadlines", "contradictions"):
        for item in answer[sort]:
            assert 0 <= item["start"] < item["end"] <= len(text)
            assert text[item["start"] : item["end"]] == item["quote"]
    for sort in ("targets", "activities"):
        assert all(item["section"] is None or 0 <= item["section"] < len(answer["sections"]) for item in answer[sort])
    for section in answer["sections"]:
        assert 0 <= section["start"] <= section["end"] <= len(text)


@settings(quick, max_examples=150)
@given(TEXTS)
def test_words_of_the_genre_in_any_order(letters):
    if letters.strip():
        check(read_pasted("KẾ HOẠCH\n" + letters).text)
    check(letters)


@settings(quick, max_examples=100)
@given(st.text(max_size=400))
def test_any_text(letters):
    check(letters)


@pytest.mark.parametrize(
    "pattern",
    [
        "Tháng 3:\n", "* Quý I:\n", "1. a\n", "I. A\n", "- a\n", "1.1.1.", "a\tTháng 3\n", "1.\ta\tTháng 3\n",
        "A\n", "\n", "100% ", "1.500 cây xanh; ", "ít nhất 01 ", "từ 2 ", "một ", "3/3, ", "trước 15/10 ", "(", "“",
        '"', "a ",
        "tổ chức 01 ngày hội tháng 3. ", "Nơi nhận:\n", "năm 2024 - ", "mỗi chi đoàn có ",
    ],
)  # fmt: skip
def test_one_pattern_many_times_over(pattern):
    # As many lines or letters as sources take, within what a machine with other work does in a test.
    check((pattern * MAX_LINES)[:60_000])
