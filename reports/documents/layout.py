"""A periodic report cut to the sheet: tables that fit, numbers of annexes and charts, the block of the signature.

Only places are decided here. Words come from `words`, drawings from `charts`; the annex of reporting is cut by
`punctuality`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil
from typing import Any

import segno

from . import charts, words
from .context import (
    ActivityRow,
    Figure,
    MonthlyChart,
    PeriodicReport,
    Status,
    StatusTally,
    TargetRow,
    Topic,
    UnitAnnex,
    UnitColumn,
    Verification,
)

# The landscape sheet measures 257 mm between its margins: number, name and kind, then at most so many targets.
UNIT_COLUMNS_PER_TABLE = 12
WIDE_MEASURE, NUMBER_WIDTH, NAME_WIDTH, KIND_WIDTH, WIDEST_COLUMN = 257.0, 8.0, 56.0, 13.0, 22.0
# A digit of 10.5 points, and what stands to the left and right of a figure.
DIGIT_WIDTH, CELL_PADDING = 1.85, 2.0

# The 20 mm of the column hold "3.389/3.409*".
FRACTION_ON_ONE_LINE = 12

# With its heading and legend the chart of so many targets fills an upright sheet; a longer one runs on.
BARS_PER_PAGE = 44

# Shorter than two lines of text: then the paragraph before it must travel with the signature too.
CLOSING_NEEDS = 150

TALLY_COLUMNS: tuple[tuple[str, tuple[Status, ...]], ...] = (
    ("Vượt", ("exceeded",)),
    ("Đạt", ("met",)),
    ("Đúng tiến độ", ("on_track",)),
    ("Có nguy cơ", ("at_risk",)),
    ("Chậm, không đạt", ("behind", "missed")),
    ("Chưa đến hạn, chưa có số liệu", ("not_due", "no_data")),
)


# Headings, and beneath each its rows with their numbers.
NumberedRows = list[tuple[str, list[tuple[int, Any]]]]


@dataclass(frozen=True, kw_only=True)
class Cell:
    text: str
    css: str  # "n" to the right, "c" centred
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """A target with its place in the annex and its figures as text."""

    number: int
    row: TargetRow
    in_span: str
    to_date: tuple[str, ...]  # a long fraction goes on below its stroke
    percent: str


@dataclass(frozen=True, kw_only=True)
class TargetLines:
    heading: str
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, kw_only=True)
class ActivityTable:
    """Some or all rows of a table: so many stand `before` it in the annex, so many of its own come `first`."""

    heading: str
    last: str  # the head of the last column
    rows: tuple[ActivityRow, ...]
    before: int = 0
    first: int = 0


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """A row of the annex by unit: a bloc's name, a unit, a bloc's sum, the issuer's own work or the total."""

    css: str  # "group", "" for a unit, "sum", "own" or "total"
    number: str
    name: str
    kind_short: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class UnitTable:
    columns: tuple[UnitColumn, ...]
    column_width: str
    name_width: str
    lines: tuple[UnitLine, ...]
    caption: str  # empty where one table holds all targets
    span: int  # how many columns the sheet's table has in all


@dataclass(frozen=True, kw_only=True)
class NumberedChart:
    number: int
    chart: MonthlyChart
    drawing: charts.Columns


@dataclass(frozen=True, kw_only=True)
class NumberedTopic:
    number: int
    topic: Topic
    charts: tuple[NumberedChart, ...]


def numbered_topics(report: PeriodicReport) -> tuple[NumberedTopic, ...]:
    """Topics and charts with their numbers. An issued document has no empty heading; a draft shows what is wanting."""
    kept = [topic for topic in report.topics if report.draft or topic.paragraphs or topic.charts]
    numbered, chart_number = [], 0
    for number, topic in enumerate(kept, start=1):
        drawn = []
        for chart in topic.charts:
            chart_number += 1
            drawn.append(NumberedChart(number=chart_number, chart=chart, drawing=charts.monthly_columns(chart)))
        numbered.append(NumberedTopic(number=number, topic=topic, charts=tuple(drawn)))
    return tuple(numbered)


def annex_numbers(report: PeriodicReport) -> dict[str, int]:
    """The number of each annex that has something in it."""
    present = {
        "targets": bool(report.targets),
        "units": report.units is not None,
        "activities": bool(report.activities or report.next_activities),
        "reporting": report.reporting is not None,
    }
    return {name: number for number, name in enumerate((n for n, there in present.items() if there), start=1)}


def tally_table(report: PeriodicReport) -> dict[str, Any]:
    lines = [(tally.name, tally.total, _tally_counts(tally)) for tally in report.tallies]
    sums = [sum(counts) for counts in zip(*(line[2] for line in lines), strict=True)]
    return {"heads": [head for head, _ in TALLY_COLUMNS], "lines": lines, "total": len(report.targets), "sums": sums}


def closing_and_tasks(report: PeriodicReport) -> tuple[list[str], list[str]]:
    """The paragraphs that travel with the signature, and the tasks that stay before them, numbered."""
    span, tasks = report.span, [f"{number}. {text}" for number, text in enumerate(report.tasks, start=1)]
    last = f"Trên đây là báo cáo kết quả {report.subject} {span.label}, phương hướng, nhiệm vụ {span.next_label}"
    closing = f"{last} của {report.reporter}./."
    if len(closing) >= CLOSING_NEEDS or not tasks:
        return [closing], tasks
    return [tasks[-1], closing], tasks[:-1]


def numbered_through(groups: Iterable[Any]) -> NumberedRows:
    """Each group's heading and its rows, which are numbered from the first group to the last."""
    numbers = count(1)
    return [(group.heading, [(next(numbers), row) for row in group.rows]) for group in groups]


def needs_wide_date(place: str) -> bool:
    """Whether place and date are wider than the right column of the head (82 mm hold "Quảng Nam, ngày …")."""
    return len(place) > len("Quảng Nam")


def target_lines(report: PeriodicReport) -> tuple[TargetLines, ...]:
    """The annex of targets, numbered through."""
    number, groups = 0, []
    for group in report.target_groups:
        lines = []
        for row in group.rows:
            number += 1
            lines.append(_target_line(number, row))
        groups.append(TargetLines(heading=group.heading, lines=tuple(lines)))
    return tuple(groups)


def activity_tables(report: PeriodicReport) -> list[ActivityTable]:
    """What was done and what comes, lettered; a table without rows is left out."""
    wanted = (
        (f"Hoạt động trong {report.span.label}", "Kết quả", report.activities),
        (f"Hoạt động dự kiến trong {report.span.next_label}", "Ghi chú", report.next_activities),
    )
    present = [part for part in wanted if part[2]]
    return [
        ActivityTable(heading=f"{letter}. {heading}", last=last, rows=rows)
        for letter, (heading, last, rows) in zip("AB", present, strict=False)
    ]


def unit_annex_title(report: PeriodicReport) -> str:
    return f"Kết quả thực hiện chỉ tiêu của từng đơn vị, lũy kế đến ngày {words.date_text(report.span.ends_on)}"


def has_carried(annex: UnitAnnex) -> bool:
    """Whether any unit's figure is an older newest value still used."""
    return any(cell.carried for bloc in annex.blocs for row in bloc.rows for cell in row.cells)


def unit_tables(annex: UnitAnnex, required: int, *, cut: bool = True) -> tuple[UnitTable, ...]:
    """The annex by unit in as many tables of nearly equal width as the sheet asks for, each with every unit.

    Not `cut`, it is one table: a workbook is as wide as it has to be.
    """
    longest = max((len(words.figure_text(total, ratio_in_percent=True)) for total in annex.totals), default=1)
    return column_tables(annex.columns, lambda part: _unit_lines(annex, required, part), longest=longest, cut=cut)


def column_tables(
    columns: Sequence[UnitColumn], lines: Callable[[slice], Iterable[UnitLine]], *, longest: int, cut: bool = True
) -> tuple[UnitTable, ...]:
    """Cut a table of a row a unit and a column a target. `lines` are told which columns they are asked for.

    `longest` is the number of letters of the longest figure.
    """
    number = ceil(len(columns) / (_columns_per_table(longest) if cut else len(columns) or 1))
    tables, start = [], 0
    for part in range(number):
        stop = start + ceil((len(columns) - start) / (number - part))
        caption = f"{part + 1}/{number}" if number > 1 else ""
        tables.append(_unit_table(columns[start:stop], tuple(lines(slice(start, stop))), caption))
        start = stop
    return tuple(tables)


def qr_drawing(verification: Verification) -> dict[str, str]:
    """The QR code as one path of filled runs: stroked rows can show hairlines. Four modules of quiet zone around."""
    matrix = segno.make(verification.url, error="m", micro=False, boost_error=False).matrix
    size, runs = len(matrix) + 8, []
    for y, row in enumerate(matrix):
        for x, length in _runs(row):
            runs.append(f"M{x + 4} {y + 4}h{length}v1h-{length}z")
    return {"size": str(size), "path": "".join(runs)}


def _runs(row: Any) -> Iterator[tuple[int, int]]:
    start = None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None


def _target_line(number: int, row: TargetRow) -> TargetLine:
    if row.percent is not None:
        percent = words.percent_text(row.percent)
    else:
        # A limit has no completion (domain: rule 6); elsewhere a missing percentage is a missing figure.
        percent = words.NOT_APPLICABLE if row.to_date.kind not in ("missing", "ratio") else words.MISSING
    return TargetLine(
        number=number,
        row=row,
        in_span=words.figure_text(row.in_span),
        to_date=_in_lines(words.figure_text(row.to_date)),
        percent=percent,
    )


def _in_lines(text: str) -> tuple[str, ...]:
    above, stroke, below = text.partition("/")
    return (text,) if len(text) <= FRACTION_ON_ONE_LINE or not stroke else (above + stroke, below)


def _columns_per_table(longest: int) -> int:
    """As many as the longest total leaves room for: 12 up to 106.000, fewer for millions."""
    room = WIDE_MEASURE - NUMBER_WIDTH - NAME_WIDTH - KIND_WIDTH
    return min(UNIT_COLUMNS_PER_TABLE, int(room / (longest * DIGIT_WIDTH + CELL_PADDING)))


def _unit_table(columns: Sequence[UnitColumn], lines: tuple[UnitLine, ...], part: str) -> UnitTable:
    fixed = NUMBER_WIDTH + NAME_WIDTH + KIND_WIDTH
    width = min((WIDE_MEASURE - fixed) / len(columns), WIDEST_COLUMN)
    name_width = WIDE_MEASURE - NUMBER_WIDTH - KIND_WIDTH - width * len(columns)
    clauses = f"{columns[0].clause} đến {columns[-1].clause}" if len(columns) > 1 else columns[0].clause
    return UnitTable(
        columns=tuple(columns),
        column_width=f"{width:.3f}",
        name_width=f"{name_width:.3f}",
        lines=lines,
        caption=f"Bảng {part}. Các chỉ tiêu mục {clauses}" if part else "",
        span=len(columns) + 3,
    )


def _unit_lines(annex: UnitAnnex, required: int, part: slice) -> Iterator[UnitLine]:
    def line(css: str, name: str, figures: tuple[Figure, ...], number: str = "", kind: str = "") -> UnitLine:
        cells = _cells(figures[part], annex.totals[part])
        return UnitLine(css=css, number=number, name=name, kind_short=kind, cells=cells)

    number = 0
    for bloc in annex.blocs:
        if bloc.name:
            yield UnitLine(css="group", number="", name=bloc.name, kind_short="", cells=())
        for row in bloc.rows:
            number += 1
            yield line("", row.name, row.cells, str(number), row.kind_short)
        if bloc.name:
            yield line("sum", f"Cộng khối ({bloc.reported}/{bloc.owing} đơn vị)", bloc.sums)
    if annex.own_cells:
        yield line("own", annex.own_name, annex.own_cells)
    reported = sum(bloc.reported for bloc in annex.blocs)
    yield line("total", f"TỔNG CỘNG ({reported}/{required} đơn vị có báo cáo)", annex.totals)


def _cells(figures: tuple[Figure, ...], totals: tuple[Figure, ...]) -> tuple[Cell, ...]:
    """Numbers stand to the right; a missing figure stands where the column's total does."""
    return tuple(
        Cell(
            figure=figure,
            text=words.figure_text(figure, ratio_in_percent=True),
            css="n" if words.is_numeric(total if figure.kind == "missing" else figure) else "c",
        )
        for figure, total in zip(figures, totals, strict=True)
    )


def _tally_counts(tally: StatusTally) -> list[int]:
    return [sum(tally.counts.get(status, 0) for status in statuses) for _, statuses in TALLY_COLUMNS]
