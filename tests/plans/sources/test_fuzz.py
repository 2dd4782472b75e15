"""Files that nobody meant to make: mutated Word, PDF and text bytes. Nothing escapes, nothing takes long."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.sources import Refused, read_source
from plans.sources.__main__ import answer
from plans.sources.refusals import SENTENCES
from tests.plans.sources.samples import WORDML, level, list_of, paragraph, pdf, run, with_part, word

MOST_SECONDS = 5
PIECES = [
    b"<w:p>", b"</w:p>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:del>", b'<w:numId w:val="1"/>', b"<w:br/>",
    b'<w:ilvl w:val="99"/>', b'<w:gridSpan w:val="999999999"/>', b'<w:gridSpan w:val="-1"/>', b"&a;", b"\xff", b"<!--",
    b"<w:txbxContent>", b"/Length 99999999", b"/Pages", b"endobj", b"stream\n", b"\x00\x00", b"PK\x05\x06", b"%PDF-1.7",
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "flip", "repeat", "insert", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 400),
        st.sampled_from(PIECES) | st.binary(max_size=12),
    ),
    min_size=1,
    max_size=6,
)


def mutated(content, changes):
    content = bytearray(content)
    for change, where, length, piece in changes:
        place = int(where * max(len(content), 1))
        if change == "cut":
            del content[place : place + length]
        elif change == "flip" and content:
            content[min(place, len(content) - 1)] ^= length % 255 + 1
        elif change == "repeat":
            content[place:place] = content[place : place + length] * 3
        elif change == "insert":
            content[place:place] = piece
        elif change == "end":
            del content[max(place, 1) :]
    return bytes(content)


def word_sample():
    cell = f"<w:tc>{paragraph('Tháng 3', number=(1, 1))}</w:tc>"
    return word(
        paragraph("KẾ HOẠCH", number=(1, 0)),
        paragraph(run("Trồng ") + '<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>' + run("1.500 cây")),
        f"<w:tbl><w:tr>{cell * 3}</w:tr></w:tbl>",
        numbering=list_of(level(0, "%1.", "upperRoman"), level(1, "%1.%2.")),
    )


WORD = word_sample()
with zipfile.ZipFile(BytesIO(WORD)) as archive:
    PARTS = {name: archive.read(name) for name in ("word/document.xml", "word/numbering.xml", "word/styles.xml")}
PDF = pdf(
    "<p>Kế hoạch công tác Đoàn năm 2024</p><table><tr><td>1.</td><td>Lễ</td><td>Tháng 3</td></tr></table>",
    style="table { width: 100% }",
)
# Uncompressed, so that what is changed is what is read.
PLAIN_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 91>>stream\nBT /F 12 Tf 20 250 Td (Ke hoach cong tac 2024) Tj 0 -20 Td (1. Trong 1.500 cay) Tj"
    b" 99 0 Td (x) Tj ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)
TEXT = "KẾ HOẠCH\r\nI. Chỉ tiêu\r\n1. Trồng 1.500 cây\tTháng 3\r\n".encode()
quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def check(content):
    began = time.monotonic()
    said = answer(content)
    assert time.monotonic() - began < MOST_SECONDS
    if "refused" in said:
        assert said["refused"] in SENTENCES
        return
    assert said["text"].strip()
    assert list(said["pages"]) == sorted(said["pages"])
    assert all(0 <= start <= len(said["text"]) for start in said["pages"])


def test_the_samples_are_read():
    assert answer(WORD)["text"] == "I. KẾ HOẠCH\nTrồng 1.500 cây\nI.1. Tháng 3\tI.2. Tháng 3\tI.3. Tháng 3"
    assert answer(PDF)["text"] == "Kế hoạch công tác Đoàn năm 2024\n1.\tLễ\tTháng 3"
    assert answer(PLAIN_PDF)["text"].startswith("Ke hoach cong tac 2024\n1. Trong 1.500 cay")


@settings(quick, max_examples=80)
@given(st.sampled_from(sorted(PARTS)), CHANGES)
def test_word_parts(part, changes):
    check(with_part(WORD, part, mutated(PARTS[part], changes)))


@settings(quick, max_examples=100)
@given(st.sampled_from([WORD, PDF, PLAIN_PDF, TEXT, TEXT.decode().encode("utf-16")]), CHANGES)
def test_bytes(content, changes):
    check(mutated(content, changes))


@settings(quick, max_examples=80)
@given(CHANGES)
def test_pdf_objects(changes):
    check(mutated(PLAIN_PDF, changes))


@settings(quick, max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes(content):
    check(content)


def read_or_refused(content):
    began = time.monotonic()
    try:
        read_source(content=content, name="x.docx")
    except Refused as refused:
        return refused.code
    finally:
        assert time.monotonic() - began < MOST_SECONDS
    return "read"


@settings(quick, max_examples=30)
@given(st.sampled_from([WORD, PDF, PLAIN_PDF, TEXT]), CHANGES)
def test_through_the_process(content, changes):
    assert read_or_refused(mutated(content, changes)) in {*SENTENCES, "read"}


@pytest.mark.parametrize(
    "inner",
    [
        "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 60_000 + "</w:tr></w:tbl>",
        "<w:p>" + "<w:r><w:tab/></w:r>" * 100_000 + "</w:p>",
        "<w:tbl><w:tr><w:tc>" * 30 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 30,
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 30_000,
        "<w:p><w:r><w:t>" + "- " * 99_000 + "</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>" + "e\u0323\u0302" * 60_000 + "</w:t></w:r></w:p>",
    ],
    ids=["cells", "tabs", "nesting", "numbers", "dashes", "marks"],
)
def test_heaps(inner):
    document = f"<w:document {WORDML}><w:body>{inner}</w:body></w:document>".encode()
    content = with_part(WORD, "word/document.xml", document)
    assert read_or_refused(content) in {"read", "empty", "too_heavy", "too_long", "broken"}
