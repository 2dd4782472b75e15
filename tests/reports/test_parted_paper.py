"""A paper too large to be laid out at once: it comes out of the printer as if it had been."""

import io
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from core import paper
from core.paper_parts import Section
from reports.documents import papers, render, sheets
from reports.documents.allocations.context import Allocation
from reports.documents.allocations.rendering import allocation_sheet
from reports.documents.calendars.context import QuarterCalendar
from reports.documents.calendars.rendering import calendar_sheet
from reports.documents.context import PeriodicReport
from reports.documents.plan_papers.context import PlanPaper
from reports.documents.plan_papers.rendering import plan_sheet
from tests.core.test_paper_parts import elements, outline
from tests.reports import sample_papers
from tests.reports.sample_report import quarterly_report

A_PART = 100


def whole(report: papers.Paper, settings: Any) -> bytes:
    settings.PAPER_ROWS_A_PART = 100_000
    return papers.render_pdf(report)


def in_parts(report: papers.Paper, settings: Any, **more: Any) -> bytes:
    settings.PAPER_ROWS_A_PART = A_PART
    return papers.render_pdf(report, **more)


def pictures(pdf: bytes, folder: Path) -> list[bytes]:
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", "60", folder / "paper.pdf", folder / "page"], check=True)
    return [file.read_bytes() for file in sorted(folder.glob("page-*.pgm"))]


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


def long_allocation() -> Allocation:
    """Three tables of 127 lines: 120 units, five blocs, sums and what the plan asks."""
    paper = sample_papers.allocation(draft=True, units=120)
    assert paper.grid is not None
    blocs = tuple(replace(bloc, rows=bloc.rows * 2) for bloc in paper.grid.blocs)
    return replace(paper, grid=replace(paper.grid, blocs=blocs))


def long_plan() -> PlanPaper:
    """102 targets, and 120 activities in three groups, one of which begins within a part."""
    paper = sample_papers.plan_paper(draft=True, target_groups=sample_papers.groups(100))
    [group] = paper.activity_groups
    rows = tuple(replace(row, time="") for row in group.rows)
    groups = tuple(replace(group, heading=f"{n}. Nhóm", rows=rows[: n * 20]) for n in (1, 2, 3))
    return replace(paper, activity_groups=groups)


def long_calendar() -> QuarterCalendar:
    """151 lines in two groups, the last of them over all months."""
    paper = sample_papers.calendar(draft=True)
    first, last = paper.groups
    months = [replace(month, events=month.events * 3) for month in first.months]
    return replace(paper, groups=(replace(first, months=tuple(months)), replace(last, months=tuple(months))))


LONG: dict[str, Callable[[], papers.Paper]] = {
    "report": lambda: long_report(draft=True, provisional=True),
    "allocation": long_allocation,
    "plan": long_plan,
    "calendar": long_calendar,
}


@pytest.mark.parametrize("kind", LONG)
def test_every_sheet_looks_and_reads_as_in_the_whole_and_bears_its_marks(kind: str, tmp_path: Path, settings) -> None:
    long = LONG[kind]()
    expected, told = whole(long, settings), list[Any]()
    made = in_parts(long, settings, on_part=lambda part, parts: told.append((part, parts)))
    assert len(told) == told[0][1] > 1
    assert pictures(made, tmp_path / "parts") == pictures(expected, tmp_path / "whole")
    found, other = PdfReader(io.BytesIO(made)), PdfReader(io.BytesIO(expected))
    texts = [page.extract_text() for page in found.pages]
    assert texts == [page.extract_text() for page in other.pages]
    assert outline(made) == outline(expected)
    assert found.metadata == other.metadata
    tags, others = (Counter(element["/S"] for element in elements(pdf)[1]) for pdf in (made, expected))
    assert tags == others
    assert {"DỰ THẢO" in text for text in texts} == {True}
    assert {"SỐ LIỆU TẠM TÍNH" in text for text in texts} == {kind == "report"}
    assert sum("QN24-7K3M-Q9TD" in text for text in texts) == 1


def test_equal_reports_give_equal_bytes(settings) -> None:
    report = quarterly_report()
    assert in_parts(report, settings) == in_parts(report, settings)


def test_a_report_within_the_cap_is_made_as_ever(settings, monkeypatch) -> None:
    report = quarterly_report(units=None)
    settings.PAPER_ROWS_A_PART = A_PART
    assert 0 < lines_of(report) <= A_PART
    monkeypatch.setattr(sheets, "render_in_parts", None)
    html, title = render.report_sheet(report).html, render.document_title(report)
    assert papers.render_pdf(report) == paper.render_pdf(html=html, title=title, dated=report.head.dated)


def lines_of(report: PeriodicReport) -> int:
    return sum(section.lines for section in render.report_sheet(report).sections())


def test_the_cap_is_the_last_number_of_rows_that_is_set_whole(settings, monkeypatch) -> None:
    report = quarterly_report(units=None)
    told: list[int] = []
    monkeypatch.setattr(sheets, "render_in_parts", lambda **asked: told.append(asked["lines_a_part"]) or b"")
    monkeypatch.setattr(paper, "render_pdf", lambda **_asked: b"")
    rows = lines_of(report)
    for cap in (rows, rows - 1):
        settings.PAPER_ROWS_A_PART = cap
        papers.render_pdf(report)
    assert told == [rows - 1]


def test_parts_hold_every_row_once_and_headings_and_notes_where_they_belong(settings) -> None:
    sheet = render.report_sheet(long_report())
    sections = sheet.sections()
    assert [section.lines for section in sections] == [0, 0, *[76] * 4, 132, context_faulty(sheet.context)]
    assert_every_line_once(sections[2:])
    units = sections[2].html(0, 20), sections[2].html(20, 76), sections[5].html(20, 76)
    assert [html.count('class="annex-title"') for html in units] == [1, 0, 0]
    assert [html.count("<h3>Bảng 1/4.") for html in units] == [1, 0, 0]
    assert [html.count("Ghi chú:") for html in units] == [0, 0, 1]


def assert_every_line_once(sections: list[Section]) -> None:
    for section in sections:
        pieces = [section.html(first, min(first + 20, section.lines)) for first in range(0, section.lines, 20)]
        ids = [f'id="line-{n}"' for n in range(section.lines)]
        assert [sum(mark in piece for piece in pieces) for mark in ids] == [1] * len(ids)


@pytest.mark.parametrize(
    ("sheet", "lines", "once"),
    [
        (allocation_sheet(long_allocation()), [0, 127, 127, 127], ['class="annex-title"', "Ghi chú: “–”", "Bảng 1/3."]),
        (plan_sheet(long_plan()), [0, 102, 120], ['"Biểu 1.', '"Biểu 2.', "Ghi chú: Mục", ">3. Nhóm<", "II.1. Cấp"]),
        (calendar_sheet(long_calendar()), [151], ["<header", 'class="note key"', "Người Ký Mẫu"]),
    ],
)
def test_the_other_kinds_have_each_line_heading_and_note_once(sheet, lines: list[int], once: list[str]) -> None:
    sections = sheet.sections()
    assert [section.lines for section in sections] == lines
    assert_every_line_once([section for section in sections if section.lines])
    whole_page = "".join(
        section.html(first, min(first + 50, section.lines))
        for section in sections
        for first in range(0, section.lines or 1, 50)
    )
    assert [whole_page.count(words) for words in once] == [1] * len(once)


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
