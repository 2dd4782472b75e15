"""A report too large to be laid out at once: it comes out of the printer as if it had been."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from core import paper
from reports.documents import parts, render
from reports.documents.context import PeriodicReport
from tests.reports.sample_report import quarterly_report

A_PART = 100


def whole(report: PeriodicReport, settings: Any) -> bytes:
    settings.PAPER_ROWS_A_PART = 100_000
    return render.render_document_pdf(report)


def in_parts(report: PeriodicReport, settings: Any, **more: Any) -> bytes:
    settings.PAPER_ROWS_A_PART = A_PART
    return render.render_document_pdf(report, **more)


def pictures(pdf: bytes, folder: Path) -> list[bytes]:
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", "60", folder / "paper.pdf", folder / "page"], check=True)
    return [file.read_bytes() for file in sorted(folder.glob("page-*.pgm"))]


def titles(outline: list[Any]) -> list[Any]:
    return [titles(item) if isinstance(item, list) else item.title for item in outline]


def long_report(**changes: Any) -> PeriodicReport:
    """Every annex that is divided has more rows than a part: units in four tables, activities in two, late reports."""
    report = quarterly_report()
    reporting = report.reporting
    assert reporting is not None
    late = [row for row in reporting.rows if any(mark.timeliness == "late" for mark in row.marks)]
    blocs = sorted({row.bloc for row in late})
    rows = tuple(replace(row, bloc=bloc) for bloc in blocs for row in late * 3)
    many = tuple(replace(row, name=f"{row.name} ({n})") for n in range(22) for row in report.activities)
    changed = {
        "activities": many[:90],
        "next_activities": many[90:],
        "reporting": replace(reporting, rows=rows),
    }
    return replace(report, **{**changed, **changes})


def test_every_sheet_looks_as_in_the_whole_and_bears_its_marks(tmp_path: Path, settings) -> None:
    report = long_report(draft=True, provisional=True)
    expected = whole(report, settings)
    made = in_parts(report, settings)
    assert pictures(made, tmp_path / "parts") == pictures(expected, tmp_path / "whole")
    found, other = PdfReader(io.BytesIO(made)), PdfReader(io.BytesIO(expected))
    assert [page.extract_text() for page in found.pages] == [page.extract_text() for page in other.pages]
    assert titles(found.outline) == titles(other.outline)
    assert found.metadata == other.metadata
    texts = [page.extract_text() for page in found.pages]
    assert {"DỰ THẢO" in text and "SỐ LIỆU TẠM TÍNH" in text for text in texts} == {True}
    assert sum("QN24-7K3M-Q9TD" in text for text in texts) == 1


def test_equal_reports_give_equal_bytes(settings) -> None:
    report = quarterly_report()
    assert in_parts(report, settings) == in_parts(report, settings)


def test_a_report_within_the_cap_is_made_as_ever(settings, monkeypatch) -> None:
    report = quarterly_report(units=None)
    settings.PAPER_ROWS_A_PART = A_PART
    assert parts.lines_in(render.template_context(report)) <= A_PART
    monkeypatch.setattr(render, "render_in_parts", None)
    html, title = render.render_html(report), render.document_title(report)
    assert render.render_document_pdf(report) == paper.render_pdf(html=html, title=title, dated=report.head.dated)


def test_the_cap_is_the_last_number_of_rows_that_is_set_whole(settings, monkeypatch) -> None:
    report = quarterly_report(units=None)
    told: list[int] = []
    monkeypatch.setattr(render, "render_in_parts", lambda **asked: told.append(asked["lines_a_part"]) or b"")
    monkeypatch.setattr(paper, "render_pdf", lambda **_asked: b"")
    rows = parts.lines_in(render.template_context(report))
    for cap in (rows, rows - 1):
        settings.PAPER_ROWS_A_PART = cap
        render.render_document_pdf(report)
    assert told == [rows - 1]


def test_parts_hold_every_row_once_and_headings_and_notes_where_they_belong(settings) -> None:
    context = render.template_context(long_report())
    sections = parts.sections_of(context, render._html)
    assert [section.lines for section in sections] == [0, 0, *[76] * 4, 132, context_faulty(context)]
    for section in sections[2:]:
        pieces = [section.html(first, first + 20) for first in range(0, section.lines, 20)]
        ids = [f'id="line-{n}"' for n in range(section.lines)]
        assert [sum(mark in piece for piece in pieces) for mark in ids] == [1] * len(ids)
    units = sections[2].html(0, 20), sections[2].html(20, 76), sections[5].html(20, 76)
    assert [html.count('class="annex-title"') for html in units] == [1, 0, 0]
    assert [html.count("<h3>Bảng 1/4.") for html in units] == [1, 0, 0]
    assert [html.count("Ghi chú:") for html in units] == [0, 0, 1]


def context_faulty(context: dict[str, Any]) -> int:
    faulty = len(context["reporting"].faulty)
    assert faulty > A_PART
    return faulty


def test_parts_are_told_and_what_is_raised_between_them_stops_the_work(settings) -> None:
    class Cancelled(Exception):
        pass

    told = []

    def stop(part: int, of: int) -> None:
        told.append((part, of))
        if part == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        in_parts(long_report(), settings, on_part=stop)
    assert told == [(1, 10), (2, 10), (3, 10)]
