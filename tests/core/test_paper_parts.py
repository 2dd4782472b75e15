"""A document set in parts: the pages of the whole, one after the other, in one file with one tree of tags."""

import io
import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from core import paper
from core.paper_parts import Section, render_in_parts

DATED = date(2024, 10, 4)
LINES = 150
PAGES = 8
FRAME = """<html lang="vi"><link rel="stylesheet" href="static:paper/paper.css"><body class="draft">
<div class="mark draft"><span>DỰ THẢO</span></div>{}</body></html>"""
TEXT = '<h1 data-bookmark="Báo cáo">Báo cáo</h1><p>Lời đầu.</p>'
HEAD = '<div class="annex-title"><h2 data-bookmark="Phụ lục">Phụ lục</h2></div><h3>Bảng</h3>'


def table(first: int, last: int) -> str:
    rows = "".join(
        f'<tr id="line-{n}"><th scope="row">Đơn vị {n}</th><td class="n">{n * 7}</td></tr>' for n in range(first, last)
    )
    css = ' class="continued"' if first else ""
    head = "" if first else HEAD
    return f"{head}<table{css}><thead><tr><th>Đơn vị</th><th>Số</th></tr></thead><tbody>{rows}</tbody></table>"


def annex(first: int, last: int) -> str:
    end = '<p class="note">Ghi chú</p>' if last == LINES else ""
    return f'<section class="annex wide">{table(first, last)}{end}</section>'


SECTIONS = (
    Section(lines=0, html=lambda _first, _last: FRAME.format(TEXT)),
    Section(lines=LINES, html=lambda first, last: FRAME.format(annex(first, last))),
)


def in_parts(lines_a_part: int, **more: Any) -> bytes:
    return render_in_parts(sections=SECTIONS, lines_a_part=lines_a_part, title="Báo cáo", dated=DATED, **more)


def whole() -> bytes:
    html = re.sub(' id="line-[0-9]+"', "", FRAME.format(TEXT + annex(0, LINES)))
    return paper.render_pdf(html=html, title="Báo cáo", dated=DATED)


def pictures(pdf: bytes, folder: Path) -> list[bytes]:
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", "50", folder / "paper.pdf", folder / "page"], check=True)
    return [file.read_bytes() for file in sorted(folder.glob("page-*.pgm"))]


def outline(pdf: bytes) -> list[Any]:
    reader = PdfReader(io.BytesIO(pdf))

    def told(items: list[Any]) -> list[Any]:
        return [
            told(item)
            if isinstance(item, list)
            else (item.title, reader.get_destination_page_number(item), round(float(item.top)))
            for item in items
        ]

    return told(reader.outline)


def elements(pdf: bytes) -> tuple[PdfReader, list[Any]]:
    """Every element of the tree of tags, from the root down."""
    reader = PdfReader(io.BytesIO(pdf))
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()]
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += [kid.get_object() for kid in element.get("/K", []) if not isinstance(kid, int)]
    return reader, found


@pytest.mark.parametrize("lines_a_part", [40, 64, 149])
def test_the_pages_look_as_those_of_the_whole(tmp_path: Path, lines_a_part: int) -> None:
    expected = pictures(whole(), tmp_path / "whole")
    assert len(expected) == PAGES
    assert pictures(in_parts(lines_a_part), tmp_path / "parts") == expected


def test_bookmarks_lead_where_those_of_the_whole_do() -> None:
    assert outline(in_parts(40)) == outline(whole()) == [("Báo cáo", 0, 785), ("Phụ lục", 1, 510), [("Bảng", 1, 482)]]


def test_equal_input_gives_equal_bytes_and_another_day_does_not() -> None:
    made = in_parts(64)
    assert in_parts(64) == made
    assert render_in_parts(sections=SECTIONS, lines_a_part=64, title="Báo cáo", dated=date(2024, 10, 5)) != made


@pytest.mark.parametrize("variant", ["pdf/a-3a", "pdf/a-1a", "pdf/ua-1", "pdf/ua-2"])
def test_the_joined_file_says_what_the_whole_says(settings, variant: str) -> None:
    settings.PAPER_PDF_VARIANT = variant
    reader, expected = PdfReader(io.BytesIO(in_parts(64))), PdfReader(io.BytesIO(whole()))
    catalog, other = reader.trailer["/Root"], expected.trailer["/Root"]
    assert set(catalog) == set(other)
    assert catalog["/Lang"] == "vi"
    assert catalog["/MarkInfo"] == other["/MarkInfo"]
    assert catalog["/Metadata"].get_data() == other["/Metadata"].get_data()
    assert (reader.metadata, reader.pdf_header) == (expected.metadata, expected.pdf_header)
    assert len(reader.trailer["/ID"]) == 2
    assert bool(reader.xref_objStm) is (variant != "pdf/a-1a")  # PDF 1.4 has no streams of objects


def test_every_tag_stands_on_its_page_and_every_page_finds_its_tags() -> None:
    reader, found = elements(in_parts(40))
    assert Counter(element["/S"] for element in found) == Counter(element["/S"] for element in elements(whole())[1])
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numbers[0::2] == list(range(PAGES))
    for number, page in enumerate(reader.pages):
        assert page["/StructParents"] == number
        marked = numbers[2 * number + 1].get_object()
        assert len(marked) >= 3
        assert {element.get_object()["/Pg"].raw_get("/StructParents") for element in marked} == {number}


def test_every_cell_is_led_to_heads_that_are_there_once() -> None:
    _reader, found = elements(in_parts(40))
    names = [element["/ID"] for element in found if "/ID" in element]
    assert len(names) == len(set(names)) == LINES + 2 * (PAGES - 1)  # a head a row, two heads a sheet
    led = [name for element in found for name in element.get("/A", {}).get("/Headers", [])]
    assert len(led) == 2 * LINES
    assert set(led) <= set(names)


def test_two_subsets_of_one_face_have_two_names() -> None:
    reader = PdfReader(io.BytesIO(in_parts(40)))
    faces = {
        font.get_object()["/BaseFont"]: None for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    files = {
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].raw_get("/FontFile2").idnum
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(faces) == len(files) > 4


def test_parts_and_pages_are_told() -> None:
    told: list[Any] = []
    pdf = in_parts(64, on_progress=told.append, on_part=lambda part, parts: told.append((part, parts)))
    assert [one for one in told if isinstance(one, tuple)] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert max(one for one in told if isinstance(one, int)) == paper.page_count(pdf) == PAGES


def test_what_is_raised_between_two_parts_stops_the_work_and_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    class Cancelled(Exception):
        pass

    def stop(part: int, _parts: int) -> None:
        if part == 3:
            assert [file.name for folder in tmp_path.iterdir() for file in folder.iterdir()] != []
            raise Cancelled

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Cancelled):
        in_parts(40, on_part=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_fills_no_page_is_an_error_and_no_endless_work() -> None:
    with pytest.raises(paper.PaperError, match="too short"):
        in_parts(10)


def test_links_are_refused_because_the_joined_file_would_lose_them() -> None:
    linked = Section(
        lines=0, html=lambda _first, _last: FRAME.format('<p><a href="http://portal.example/">Một</a></p>')
    )
    with pytest.raises(paper.PaperError, match="links"):
        render_in_parts(sections=[linked], lines_a_part=40, title="Báo cáo", dated=DATED)
