"""The two real documents with labels made by hand, as text and as the Word and PDF files they may have been."""

from html import escape
from pathlib import Path

import docx
import pytest

from activities.reading import read_text
from activities.reading.evaluation import evaluate
from activities.reading.folders import labelled_documents
from activities.reading.labels import labels_of
from plans.sources import read_source
from tests.plans.sources.samples import pdf, saved

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "documents"
pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the real documents are not beside this repository")

RESOLUTION, DISPATCH = "000_9fbbae45f2c0925f.txt", "004_12ba76813e760e73.txt"
STYLE = (
    "p { text-align: justify; text-indent: 1.27cm } td { border: 1px solid; padding: 2pt 4pt }"
    "table { width: 100%; border-collapse: collapse } @page { @top-center { content: counter(page) } }"
)


def as_word(text):
    document = docx.Document()
    for kind, lines in pieces(text):
        if kind == "table":
            made = document.add_table(len(lines), 3, style="Table Grid")
            for cells, line in zip(made.rows, lines, strict=True):
                for cell, words in zip(cells.cells, line.split("\t"), strict=True):
                    cell.text = words
        else:
            document.add_paragraph(lines[0].strip())
    return saved(document)


def as_pdf(text):
    html = []
    for kind, lines in pieces(text):
        if kind == "table":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
            html.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif lines[0].strip():
            html.append(f"<p>{escape(lines[0].strip())}</p>")
    return pdf("".join(html), style=STYLE)


def pieces(text):
    """Paragraphs one by one, rows of a table together."""
    rows = []
    for line in text.split("\n"):
        if line.strip() and line.count("\t") == 2:
            rows.append(line)
            continue
        if rows:
            yield "table", rows
            rows = []
        yield "paragraph", [line]


def evaluated(content, name):
    labels = {path.name: written for path, written in labelled_documents(DOCUMENTS)}
    source = read_source(content=content, name=name)
    return evaluate(
        name=name, reading=read_text(source.text, pages=source.pages), labels=labels_of(source.text, labels[name])
    )


@pytest.mark.parametrize("form", [None, as_word, as_pdf], ids=["text", "Word", "PDF"])
@pytest.mark.parametrize(("name", "targets", "activities"), [(RESOLUTION, 31, 34), (DISPATCH, 0, 29)])
def test_what_a_careful_reader_marked_is_found(name, targets, activities, form):
    content = (DOCUMENTS / name).read_bytes()
    evaluation = evaluated(form(content.decode()) if form else content, name)
    assert [line for line in evaluation.misses() if not line.startswith("unit of")] == []
    assert (evaluation.targets.figures.matched, evaluation.activities.figures.matched) == (targets, activities)
    assert evaluation.targets.figures.traps == 0
    assert evaluation.targets.figures.units is None or evaluation.targets.figures.units >= 0.95


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        (RESOLUTION, "outside_quarter", "tháng 9/2024"),
        (RESOLUTION, "two_times", "9/1/2024"),
        (RESOLUTION, "over_range", "trên 1-2"),
        (RESOLUTION, "at_least_range", "ít nhất 01 - 02"),
        (RESOLUTION, "number_repeated", "2."),
        (DISPATCH, "two_dates", "ngày 9 tháng 7 năm 2023"),
        (DISPATCH, "wrong_year", "Trung thu 2023"),
    ],
)
def test_contradictions_are_flagged_at_their_words(name, kind, words):
    text = (DOCUMENTS / name).read_text()
    found = [one for one in read_text(text).contradictions if one.kind == kind]
    assert any(words.lower() in text[max(0, one.start - 40) : one.end + 40].lower() for one in found), found
    assert all(one.says and one.quote == text[one.start : one.end] for one in found)


def test_the_labels_belong_to_the_documents():
    names = [path.name for path, _written in labelled_documents(DOCUMENTS)]
    assert names == [RESOLUTION, DISPATCH]
