"""No text makes the reader fail, places lie in the text, and long texts take linear time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.extraction import read_activities
from plans.outline.read import read_outline
from tests.counting import calls

from .making import HEAD

PIECES = st.sampled_from(
    [
        "* Quý I:\n",
        "Tháng 3:\n",
        "1. ",
        "- ",
        "Tổ chức hội thi ",
        "(tháng 5/2024)",
        "ngày 31/2",
        "; ",
        ". ",
        "\t",
        "\n",
        "\n\n",
        "Stt\tTên hoạt động\tThời gian\n",
        "I. HOẠT ĐỘNG LỚN\n",
        "Thời gian: ",
        "từ 3/3 đến ",
        "26/3/1931 - 26/3/2024",
        "Cả năm",
        "năm 2023",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=25).map("".join))
def test_any_text_is_read(body: str) -> None:
    text = HEAD + body
    reading = read_activities(read_outline(text))
    for one in reading.proposals:
        assert 0 <= one.start < one.end <= len(text)
        assert all(span.starts_on <= span.ends_on for span in one.windows)
        assert one.time is None or 0 <= one.time[0] < one.time[1] <= len(text)
    for clash in reading.contradictions:
        assert text[clash.start : clash.end] == clash.quote


@pytest.mark.parametrize(
    "piece",
    [
        "; tổ chức hội thi tháng 3",
        "tổ chức (Tháng 1). ",
        "- Lễ ra quân tháng 3\n",
        "((ngày 3/3 ",
        "a\tTháng 3\n",
        "Thời gian: 1/3\n",
    ],
)
def test_work_grows_with_the_length_only(piece: str) -> None:
    def work(size: int) -> int:
        outline = read_outline(HEAD + "I. LỊCH HOẠT ĐỘNG\n" + piece * (size // len(piece)))
        return calls(lambda: read_activities(outline))

    assert work(40_000) < 5 * work(10_000)
