"""HTML to PDF: what may be fetched, what the file promises, and that nothing of the machine gets into it."""

import hashlib
import io
import os
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from core import paper, paper_files

DATED = date(2024, 10, 4)
PLAIN = '<html lang="vi"><style>@page { size: A4 }</style><p>Báo cáo</p></html>'
TWO_PAGES = '<html lang="vi"><p>Một</p><p style="break-before: page">Hai</p></html>'


def render(html: str, **changes: object) -> bytes:
    return paper.render_pdf(**{"html": html, "title": "Báo cáo quý III", "dated": DATED, **changes})


@pytest.mark.parametrize(
    "part",
    [
        '<img src="http://127.0.0.1:9/logo.png">',
        '<img src="https://example.org/logo.png">',
        '<img src="file:///etc/hostname">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/paper.css">',
        '<style>p { background: url("http://127.0.0.1:9/x.png") }</style>',
        '<style>@font-face { font-family: X; src: url("font:../../etc/passwd") } p { font-family: X }</style>',
        '<link rel="stylesheet" href="static:../manage.py">',
        '<link rel="stylesheet" href="static:paper/absent.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
    ],
)
def test_any_address_but_static_files_and_the_face_stops_the_document(part: str) -> None:
    with pytest.raises(paper.RefusedAddress):
        render(f"<html><p>Một</p>{part}</html>")


def test_a_relative_address_leaves_no_hole_but_an_error() -> None:
    with pytest.raises(paper.PaperError):
        render('<html><img src="logo.png"></html>')


def test_the_style_sheet_and_the_four_faces_are_found() -> None:
    assert paper.local_file("static:paper/paper.css").name == "paper.css"
    assert [paper.local_file(f"font:{name}").name for name in paper.FACE_FILES] == list(paper.FACE_FILES)


def test_a_missing_face_names_the_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "FACE_ROOTS", (tmp_path,))
    paper.face_file.cache_clear()
    try:
        with pytest.raises(paper.FaceMissing, match="fonts-croscore"):
            paper.face_file("Tinos-Regular.ttf")
    finally:
        paper.face_file.cache_clear()


def test_the_file_is_a_tagged_archive_copy_with_title_language_and_its_own_date() -> None:
    reader = PdfReader(io.BytesIO(render(PLAIN)))
    catalog = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Báo cáo quý III"
    assert reader.metadata["/CreationDate"].startswith("D:20241004")
    assert catalog["/Lang"] == "vi"
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
    xmp = catalog["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in xmp


@pytest.mark.parametrize(
    ("variant", "said", "is_tagged"),
    [
        ("pdf/a-1a", 'pdfaid:part="1" pdfaid:conformance="A"', True),
        ("pdf/a-1b", 'pdfaid:part="1" pdfaid:conformance="B"', False),
        ("pdf/a-2a", 'pdfaid:part="2" pdfaid:conformance="A"', True),
        ("pdf/a-2b", 'pdfaid:part="2" pdfaid:conformance="B"', False),
        ("pdf/a-2u", 'pdfaid:part="2" pdfaid:conformance="U"', False),
        ("pdf/a-3a", 'pdfaid:part="3" pdfaid:conformance="A"', True),
        ("pdf/a-3b", 'pdfaid:part="3" pdfaid:conformance="B"', False),
        ("pdf/a-3u", 'pdfaid:part="3" pdfaid:conformance="U"', False),
        ("pdf/a-4u", 'pdfaid:part="4" pdfaid:conformance="U"', False),
        ("pdf/ua-1", 'pdfuaid:part="1"', True),
        ("pdf/ua-2", 'pdfuaid:part="2"', True),
    ],
)
def test_the_file_says_which_variant_it_is(settings, variant: str, said: str, is_tagged: bool) -> None:
    settings.PAPER_PDF_VARIANT = variant
    catalog = PdfReader(io.BytesIO(render(PLAIN))).trailer["/Root"]
    assert said in catalog["/Metadata"].get_data().decode()
    assert ("/StructTreeRoot" in catalog) is is_tagged
    assert catalog["/Lang"] == "vi"


def test_every_variant_that_may_be_set_is_tried_above(settings) -> None:
    (mark,) = test_the_file_says_which_variant_it_is.pytestmark
    assert [case[0] for case in mark.args[1]] == list(settings.PAPER_PDF_VARIANTS)


@pytest.mark.parametrize(
    ("variant", "standard"), [("pdf/a-3a", "PDF/A-3a"), ("pdf/a-1b", "PDF/A-1b"), ("pdf/ua-1", "PDF/UA-1")]
)
def test_what_a_file_says_of_itself_is_read_back(settings, variant: str, standard: str) -> None:
    settings.PAPER_PDF_VARIANT = variant
    assert paper_files.standard_of(io.BytesIO(render(PLAIN))) == standard


def test_what_is_no_pdf_says_nothing() -> None:
    with pytest.raises(paper_files.NoPdf):
        paper_files.standard_of(io.BytesIO(b"%PDF-1.7"))


def test_equal_input_gives_equal_bytes_and_another_date_does_not() -> None:
    assert render(PLAIN) == render(PLAIN)
    assert render(PLAIN) != render(PLAIN, dated=date(2024, 10, 5))


@pytest.mark.parametrize("before", ["1", None])
def test_the_environment_is_left_as_it_was(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if before is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", before)
    render(PLAIN)
    assert os.environ.get("SOURCE_DATE_EPOCH") == before


def test_progress_tells_each_page() -> None:
    pages: list[int] = []
    render(TWO_PAGES, on_progress=pages.append)
    assert pages == [1, 2]


def test_what_progress_raises_stops_the_work_and_the_next_document_is_made() -> None:
    class Cancelled(Exception):
        pass

    def stop(page: int) -> None:
        raise Cancelled(page)

    with pytest.raises(Cancelled):
        render(TWO_PAGES, on_progress=stop)
    assert paper.page_count(render(TWO_PAGES)) == 2


def test_pages_are_counted_as_a_pdf_library_counts_them() -> None:
    pdf = render("<html>" + '<p style="break-after: page">x</p>' * 12 + "<p>x</p></html>")
    assert paper.page_count(pdf) == len(PdfReader(io.BytesIO(pdf)).pages) == 13


def test_bytes_that_are_no_document_have_no_page_count() -> None:
    with pytest.raises(paper.PaperError):
        paper.page_count(b"%PDF-1.7 not one of ours")


def test_the_checksum_is_sha256_in_hexadecimal() -> None:
    assert paper.sha256(b"paper") == hashlib.sha256(b"paper").hexdigest()
    assert paper.sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
