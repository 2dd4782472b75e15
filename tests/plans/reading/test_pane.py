"""The document as drawn: every letter once, marks cut where they overlap, nothing but text inside the nodes."""

from itertools import chain

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from plans.outline.read import read_outline
from plans.reading.pane import Label, Mark, Node, document_pane

from .scenes import DOCUMENT


def _nodes(blocks) -> list[Node]:
    nodes = []
    for block in blocks:
        nodes += [*block.number, *block.nodes]
        nodes += chain.from_iterable(cell for row in block.rows for cell in row.cells)
    return nodes


def _letters(text: str) -> str:
    return "".join(text.split())


def _pane(text: str, *marks: Mark, pages=()) -> list:
    return document_pane(read_outline(text, pages=pages), marks, pages)


def _mark(words: str, key: str, state: str = "open", label: str = "", text: str = DOCUMENT) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), key, state, label)


def test_every_letter_is_drawn_once_and_in_order():
    nodes = _nodes(_pane(DOCUMENT, _mark("120 - 160 đơn vị máu", "t1"), _mark("900 cây xanh", "t2")))
    assert _letters("".join(node.text for node in nodes)) == _letters(DOCUMENT)
    assert [node.start for node in nodes] == sorted(node.start for node in nodes)


def test_every_node_stands_at_its_offset():
    for node in _nodes(_pane(DOCUMENT, _mark("Vận động hiến máu", "t1"), _mark("hiến máu đạt từ", "t2"))):
        assert DOCUMENT[node.start : node.start + len(node.text)] == node.text


@given(st.lists(st.tuples(st.integers(0, len(DOCUMENT) + 20), st.integers(0, 90)), max_size=12))
def test_whatever_is_marked_no_letter_is_lost(places):
    marks = [Mark(start, start + length, f"t{n}") for n, (start, length) in enumerate(places)]
    nodes = _nodes(_pane(DOCUMENT, *marks))
    assert _letters("".join(node.text for node in nodes)) == _letters(DOCUMENT)
    for mark in marks:
        marked = "".join(node.text for node in nodes if mark.key in node.keys)
        assert _letters(marked) == _letters(DOCUMENT[mark.start : mark.end])


def test_overlapping_marks_are_cut_and_the_shortest_colours_the_words():
    long = _mark("hiến máu đạt từ 120 - 160 đơn vị máu", "t1", "open", "1.1")
    short = _mark("120 - 160", "t2", "clash", "2")
    marked = [node for node in _nodes(_pane(DOCUMENT, long, short)) if node.keys]
    assert [(node.text, node.hit, node.css) for node in marked] == [
        ("hiến máu đạt từ ", "t1", ""),
        ("120 - 160", "t2 t1", "is-clash"),
        (" đơn vị máu", "t1", ""),
    ]
    assert [node.labels for node in marked] == [(), (Label("t2", "2"),), (Label("t1", "1.1"),)]
    assert [node.anchors for node in marked] == [("t1",), ("t2",), ()]


@pytest.mark.parametrize(
    ("state", "css"),
    [("open", ""), ("doubtful", "is-doubt"), ("clash", "is-clash"), ("accepted", "is-ok"), ("rejected", "is-no")],
)
def test_the_state_of_a_mark_is_its_look(state, css):
    (node,) = [node for node in _nodes(_pane(DOCUMENT, _mark("900 cây xanh", "t1", state))) if node.keys]
    assert node.css == css


def test_a_mark_beyond_the_text_is_cut_and_an_empty_one_is_none():
    end = len(DOCUMENT)
    nodes = _nodes(_pane(DOCUMENT, Mark(end - 4, end + 500, "t1"), Mark(end + 5, end + 9, "t2"), Mark(30, 30, "t3")))
    assert {key for node in nodes for key in node.keys} == {"t1"}


def test_headings_and_items_are_what_they_are():
    drawn = {"".join(n.text for n in block.nodes).strip(): block for block in _pane(DOCUMENT)}
    chapter, section, item = (
        drawn[words] for words in ("HỆ THỐNG CHỈ TIÊU", "Cấp Đoàn Khối:", "Trồng mới 900 cây xanh.")
    )
    assert (chapter.kind, chapter.level, section.kind, section.level) == ("heading", 2, "heading", 3)
    assert (item.kind, "".join(node.text for node in item.number)) == ("clause", "1.2. ")


def test_marks_of_a_writing_program_are_kept_and_not_shown():
    text = "#### **1. Chủ đề công tác**\n\nNăm tình nguyện.\n"
    nodes = _nodes(_pane(text))
    assert _letters("".join(node.text for node in nodes)) == _letters(text)
    shown = " ".join("".join(node.text for node in nodes if not node.is_markup).split())
    assert shown == "1. Chủ đề công tác Năm tình nguyện."


def test_tables_are_tables():
    head = "STT\tTên hoạt động\tThời gian\n"
    text = f"PHỤ LỤC\n{head}1\tHội trại tòng quân\tTháng 2\n2\tNgày hội hiến máu\tTháng 3\n\nHết.\n"
    (table,) = [block for block in _pane(text) if block.kind == "table"]
    rows = [["".join(node.text for node in cell) for cell in row.cells] for row in table.rows]
    assert rows[1] == ["1", "Hội trại tòng quân", "Tháng 2"]
    assert [row.is_head for row in table.rows] == [True, False, False]


def test_a_page_of_a_pdf_is_told_where_it_begins():
    text = "I. MỤC ĐÍCH\nMột đoạn.\nII. YÊU CẦU\nHai đoạn.\n"
    blocks = _pane(text, pages=(0, text.index("II. ")))
    assert [block.page for block in blocks if block.kind == "heading"] == [None, 2]


def test_the_page_escapes_the_document_and_adds_nothing_inside_a_node():
    text = DOCUMENT.replace("& phong", "& <script>alert(1)</script> phong")
    html = render_to_string("plans/reading/pane.html", {"blocks": _pane(text, _mark("<script>", "c1", text=text))})
    start = text.index("<script>")
    assert "<script>" not in html
    assert f'<mark class="hit " data-hit="c1"><span data-start="{start}">&lt;script&gt;</span></mark>' in html
