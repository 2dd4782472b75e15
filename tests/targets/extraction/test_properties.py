"""Whatever the text: no exception, places that lie in it, and a time that grows with its length only."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.outline.read import read_outline
from plans.outline.shapes import Block, Head, Nature, Outline, Role, Section
from targets.extraction import read_targets
from tests.counting import calls

PIECES = st.lists(
    st.sampled_from(
        [
            "I. CHỈ TIÊU",
            "\n",
            "1.",
            "05",
            "100%",
            "chi đoàn",
            "ít nhất",
            "mỗi",
            "cây xanh",
            ";",
            ":",
            "(",
            ")",
            "“",
            "”",
            "trước ngày 15/10",
            "/tháng",
            "không có hộ",
            "Stt\tChỉ tiêu\tSố lượng\n",
            "1\tcây\t5\n",
            "một",
            "từ",
            "-",
        ]
    )
)


@given(PIECES.map(" ".join) | st.text())
@settings(deadline=None)
def test_any_text_is_read(text):
    text = unicodedata.normalize("NFC", text)
    reading = read_targets(read_outline(text))
    for found in (*reading.proposals, *reading.contradictions):
        assert 0 <= found.start < found.end <= len(text)
    assert [t.start for t in reading.proposals] == sorted(t.start for t in reading.proposals)
    for index, target in enumerate(reading.proposals):
        assert target.restates is None or reading.proposals[target.restates].restates is None
        assert target.restates != index


@pytest.mark.parametrize("piece", ["7", "từ ", "(", "()", "ít nhất ", "mỗi chi đoàn ", '" ', "một ", "không có hộ "])
def test_the_longest_text_that_is_taken_stays_below_the_limit_of_five_seconds(piece):
    text = piece * (200_000 // len(piece))
    section = Section("I", "Chỉ tiêu", 0, len(text), len(text), 1, None, "I", Nature.TARGETS)
    outline = Outline(text, Head(), (Block(Role.TEXT, 0, len(text), 0),), (section,))
    start = time.process_time()
    read_targets(outline)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("piece", ["5 cây xanh; ", "100% chi đoàn ", "mỗi chi đoàn 5 cây, ", "7 "])
def test_twice_the_text_is_about_twice_the_work(piece):
    assert work_on(piece * 2000) < 3 * work_on(piece * 1000)


def work_on(text: str) -> int:
    section = Section("I", "Chỉ tiêu", 0, len(text), len(text), 1, None, "I", Nature.TARGETS)
    outline = Outline(text, Head(), (Block(Role.TEXT, 0, len(text), 0),), (section,))
    return calls(lambda: read_targets(outline))
