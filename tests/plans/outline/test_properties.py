"""What holds for every text: blocks cover it once, sections nest, nothing fails, time grows with the length only."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.outline.read import read_outline
from plans.outline.shapes import Outline
from tests.counting import calls

PIECES = st.sampled_from([
    "I. ", "II. ", "1. ", "1.1. ", "2. ", "a) ", "- ", "+ ", "* ", "• ", "Quý I:", "Tháng 3: ", "\n", "\n\n",
    "\t", "  ", "   ", "KẾ HOẠCH", "PHỤ LỤC", "Số: 02-NQ/ĐTN", "Stt", "TT", "Nội dung",
    "Hà Nội, ngày 3 tháng 2 năm 2024", "Thời gian", "Nơi nhận:", "TM. BAN THƯỜNG VỤ", "BÍ THƯ", "- Lưu", "**",
    "#", "\\*", "***", "Tổ chức", "hội thi", "năm 2024", ".", ";", ":", "1", "3", "l. ", "Il. ",
    "Phần thứ nhất", "ĐOÀN TNCS HỒ CHÍ MINH", "Kính gửi:", "V/v", "(", ")", "“", "”", "\f", "\r", "é", "\u0301",
    "e\u0301", "Nguyễn Văn A", "Trên đây là",
])  # fmt: skip
BARS = st.sampled_from(
    ["| a | b |\n", "|---|---|\n", "|", "| TT | Nội dung | Thời gian |\n", "| 1 | Hội trại | Tháng 3 |\n", "x"]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.one_of(PIECES, BARS), max_size=30).map("".join),
)


def check(outline: Outline) -> None:
    """Raise where a promise of ``Outline`` does not hold."""
    text = outline.text
    assert "".join(text[block.start : block.end] for block in outline.blocks) == text
    for block in outline.blocks:
        assert block.start < block.end
        assert len(outline.readable(block)) == block.end - block.start
        assert all(block.start <= start < end <= block.end for start, end in block.holes)
        assert all(before[1] < after[0] for before, after in pairwise(block.holes))
        assert all(block.start <= cell.start < cell.end <= block.end for cell in block.cells)
        if block.section is not None:
            section = outline.sections[block.section]
            assert section.start <= block.start
            assert block.end <= section.end
    for index, section in enumerate(outline.sections):
        assert section.start <= section.own_end <= section.end
        assert section.start < section.end
        if section.parent is None:
            assert section.depth == 0
        else:
            above = outline.sections[section.parent]
            assert section.parent < index
            assert above.own_end <= section.start
            assert section.end <= above.end
            assert section.depth == above.depth + 1
    for before, after in pairwise(outline.sections):
        assert before.start < after.start
        assert after.start >= before.end or after.end <= before.end
    addresses = [section.address for section in outline.sections]
    assert len(set(addresses)) == len(addresses)
    assert all(text[found.start : found.end] == found.quote for found in outline.contradictions)


@given(TEXTS, st.lists(st.integers(0, 400), max_size=5))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_an_outline(text: str, pages: list[int]) -> None:
    check(read_outline(text, pages=pages))


def test_no_text_has_no_blocks() -> None:
    assert read_outline("") == Outline("", read_outline("").head, (), ())


LONG = {
    "one letter": "a" * 200_000,
    "one digit": "1" * 200_000,
    "spaces": " " * 200_000,
    "line breaks": "\n" * 200_000,
    "stars": "*" * 200_000,
    "dashes": "-" * 200_000,
    "numbers without end": "1." * 100_000,
    "tabs": "\t" * 200_000,
    "cells": "x\t" * 100_000,
    "bars": "|" * 200_000,
    "barred cells": "x|" * 100_000,
    "marks between letters": "**a" * 66_000,
    "the word for date": "ngày " * 40_000,
    "the word for number": "Số: " * 50_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_the_longest_line_that_is_taken_stays_far_below_the_limit_of_five_seconds(text: str) -> None:
    began = time.process_time()
    outline = read_outline(text)
    assert time.process_time() - began < 5
    check(outline)


LINES = {
    "items": "1. Tổ chức hội trại.\n",
    "dashes": "- Tổ chức hội trại.\n",
    "rows": "1\tHội trại\tTháng 3\n",
    "heads of tables": "Stt\tNội dung\tThời gian\n",
    "annexes": "PHỤ LỤC\n",
    "feet": "Nơi nhận:\nTM. BAN THƯỜNG VỤ\n",
    "dates": "Hà Nội, ngày 1 tháng 2 năm 2024\n",
    "numbers alone": "1\n2\n",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_work_grows_with_the_length_only(line: str) -> None:
    def work(times: int) -> int:
        return calls(lambda: read_outline(line * times))

    work(100)  # what is remembered from line to line
    assert work(2_000) < 5 * work(500)
