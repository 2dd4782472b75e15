"""Whatever the text: no exception, places that lie in it, and a time that grows with its length only."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.outline.read import read_outline
from plans.outline.shapes import Block, Head, Nature, Outline, Role, Section
from targets.extraction import read_targets

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
def test_three_hundred_thousand_letters_of_one_kind_are_read_at_once(piece):
    text = piece * (300_000 // len(piece))
    section = Section("I", "Chỉ tiêu", 0, len(text), len(text), 1, None, "I", Nature.TARGETS)
    outline = Outline(text, Head(), (Block(Role.TEXT, 0, len(text), 0),), (section,))
    start = time.process_time()
    read_targets(outline)
    assert time.process_time() - start < 4


@pytest.mark.parametrize("piece", ["5 cây xanh; ", "100% chi đoàn ", "mỗi chi đoàn 5 cây, ", "7 "])
def test_twice_the_text_takes_about_twice_the_time(piece):
    assert spent(piece * 4000) < 6 * spent(piece * 2000) + 0.2


def spent(text: str) -> float:
    section = Section("I", "Chỉ tiêu", 0, len(text), len(text), 1, None, "I", Nature.TARGETS)
    outline = Outline(text, Head(), (Block(Role.TEXT, 0, len(text), 0),), (section,))
    start = time.process_time()
    read_targets(outline)
    return time.process_time() - start
