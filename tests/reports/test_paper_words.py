"""How figures read on paper, and where a target's bounds, a bar and a table are cut."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.documents import charts, layout, punctuality, words
from reports.documents.context import (
    Figure,
    MonthlyAmount,
    MonthlyChart,
    PlanReference,
    ReportingMark,
    TargetRow,
    Verification,
)
from tests.reports.sample_report import quarterly_report, reporting_annex, unit_annex


def target(**changes: object) -> TargetRow:
    row = {
        "clause": "1.7", "content": "Máu hiến tình nguyện", "short_name": "Máu hiến", "measure": "đơn vị máu",
        "measured": "amount", "carried_by": "pooled", "minimum": Decimal(150), "maximum": Decimal(200),
        "required_share": None, "carriers": None, "in_span": Figure.of_amount(Decimal(35)),
        "to_date": Figure.of_amount(Decimal(118)), "percent": Decimal("78.7"), "status": "on_track",
    }  # fmt: skip
    return TargetRow(**(row | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("1500.0000", "1.500"),
        ("12.5", "12,5"),
        ("1240567.25", "1.240.567,25"),
        ("0.0001", "0,0001"),
        ("100", "100"),
    ],
)
def test_numbers_are_vietnamese_and_exact(value: str, text: str) -> None:
    assert words.number_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("99.96", "99,9"),
        ("99.94", "99,9"),
        ("100", "100,0"),
        ("100.04", "100,0"),
        ("78.66", "78,7"),
        ("0", "0,0"),
        ("1240", "1.240,0"),
    ],
)
def test_percentages_have_one_place_and_99_96_is_not_100(value: str, text: str) -> None:
    assert words.percent_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2024, 1, 2), "02/01/2024", "ngày 02 tháng 01 năm 2024"),
        (date(2024, 3, 26), "26/3/2024", "ngày 26 tháng 3 năm 2024"),
        (date(2024, 10, 4), "04/10/2024", "ngày 04 tháng 10 năm 2024"),
    ],
)
def test_days_below_10_and_months_1_and_2_have_a_leading_zero(day: date, short: str, long: str) -> None:
    assert (words.date_text(day), words.long_date_text(day)) == (short, long)


@pytest.mark.parametrize(
    ("figure", "text", "in_percent"),
    [
        (Figure.missing(), "–", "–"),
        (Figure.not_applicable(), "x", "x"),
        (Figure.of_amount(Decimal(0)), "0", "0"),
        (Figure.of_amount(Decimal(1385), carried=True), "1.385*", "1.385*"),
        (Figure.of_ratio(Decimal(3389), Decimal(3409)), "3.389/3.409", "99,4"),
        (Figure.of_ratio(Decimal(0), Decimal(0)), "0/0", "–"),
        (Figure.of_share(5, 7), "5/7", "5/7"),
        (Figure.done(), "Đạt", "Đạt"),
        (Figure.done(date(2024, 5, 19)), "19/5", "19/5"),
        (Figure.not_done(), "Chưa", "Chưa"),
    ],
)
def test_missing_zero_and_not_applicable_are_told_apart(figure: Figure, text: str, in_percent: str) -> None:
    assert words.figure_text(figure) == text
    assert words.figure_text(figure, ratio_in_percent=True) == in_percent


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "150–200"),
        ({"minimum": Decimal(1000), "maximum": None}, "1.000"),
        ({"minimum": Decimal(2), "maximum": Decimal(2)}, "2"),
        ({"minimum": None, "maximum": Decimal(0)}, "0"),
        ({"minimum": None, "maximum": Decimal(5)}, "≤ 5"),
        ({"measured": "ratio", "minimum": Decimal(100), "maximum": None}, "100%"),
        ({"measured": "milestone", "carried_by": "issuer_own", "minimum": None, "maximum": None}, "Đạt"),
        ({"measured": "milestone", "carried_by": "each_unit", "minimum": None, "maximum": None,
          "required_share": Decimal(100), "carriers": 38}, "100%"),
        ({"carried_by": "each_unit", "minimum": Decimal(1), "maximum": None, "required_share": Decimal(100),
          "carriers": 60}, "100%"),
        ({"carried_by": "each_bloc", "minimum": Decimal(1), "maximum": Decimal(2), "required_share": Decimal(100),
          "carriers": 7}, "7 × 1–2"),
        ({"carried_by": "each_unit", "minimum": Decimal(12), "maximum": None, "required_share": Decimal(80),
          "carriers": 60}, "80% × 12"),
    ],
)  # fmt: skip
def test_bounds_read_as_the_plan_says_them(changes: dict[str, object], text: str) -> None:
    assert words.target_text(target(**changes)) == text


def test_a_target_done_after_its_day_says_so_though_it_is_missed() -> None:
    assert words.verdict_text(target(status="missed", done_late=True)) == "Hoàn thành muộn"
    assert words.verdict_text(target(status="missed")) == "Không đạt"
    assert set(words.VERDICTS) == {"no_data", "not_due", "on_track", "at_risk", "behind", "met", "exceeded", "missed"}


def test_numbers_are_tied_to_one_neighbour_each() -> None:
    text = (
        "Đến hết ngày 30/9/2024, quý III năm 2024 có 187 đơn vị máu tại 58/60 tổ chức (Phụ lục 4); năm 2024 và 12 lớp."
    )
    assert words.tied(text).replace(words.NBSP, "~") == (
        "Đến hết ngày~30/9/2024, quý~III năm~2024 có 187~đơn vị máu tại 58/60~tổ chức (Phụ~lục~4); năm~2024 và 12~lớp."
    )


def test_a_plan_without_number_or_date_is_named_without_them() -> None:
    plan = PlanReference(
        type_name="Chương trình", number=None, dated=None, issued_by="Tỉnh Đoàn", about="công tác Đoàn"
    )
    assert words.plan_text(plan) == "Chương trình của Tỉnh Đoàn"


@pytest.mark.parametrize(
    ("mark", "full", "short"),
    [
        (ReportingMark(timeliness="on_time"), "Đúng hạn", "Đ"),
        (ReportingMark(timeliness="late", days_late=3), "Muộn 3 ngày", "M3"),
        (ReportingMark(timeliness="missing"), "Chưa gửi", "C"),
        (ReportingMark(timeliness="not_due"), "Chưa đến hạn", "H"),
        (ReportingMark(timeliness="not_required"), "x", "x"),
    ],
)
def test_every_timeliness_reads_differently(mark: ReportingMark, full: str, short: str) -> None:
    assert (words.mark_text(mark), words.short_mark_text(mark)) == (full, short)


def test_the_address_to_type_has_neither_scheme_nor_code() -> None:
    verification = Verification(code="QN24-7K3M", url="https://portal.example/verify/QN24-7K3M/")
    assert words.address_text(verification) == "portal.example/verify"


@pytest.mark.parametrize(
    ("changes", "width", "fill", "cut"),
    [
        ({}, "29.91", "grey", False),
        ({"percent": Decimal(100), "status": "met"}, "38.00", "solid", False),
        ({"percent": Decimal(300), "status": "exceeded"}, "57.00", "solid", True),
        ({"percent": Decimal(50), "status": "behind"}, "19.00", "hatched", False),
        ({"percent": Decimal(0), "status": "at_risk"}, "0.00", "", False),
        ({"percent": None, "status": "met"}, "0.00", "", False),
    ],
)
def test_only_a_bars_length_is_capped(changes: dict[str, object], width: str, fill: str, cut: bool) -> None:
    bar = charts.target_bar(target(**changes))
    assert (bar.width, bar.fill, bar.cut, bar.has_hundred) == (width, fill, cut, target(**changes).percent is not None)
    assert bar.maximum == f"{200 / 150 * 38:.2f}"


def test_hatching_stays_inside_its_bar() -> None:
    drawing = charts.hatching(width=25.0, top=1.2, height=2.0)
    points = [tuple(map(float, point.split())) for point in drawing.replace("M", "L").split("L")[1:]]
    assert len(points) >= 30
    assert all(0 <= x <= 25.0 and 1.2 <= y <= 3.2 for x, y in points)


def test_columns_are_cumulative_and_a_month_without_figures_has_none() -> None:
    months = tuple(MonthlyAmount(month=m, amount=a) for m, a in ((1, Decimal(96)), (2, None), (3, Decimal(22))))
    chart = MonthlyChart(title="Máu", measure="đơn vị", minimum=Decimal(150), maximum=Decimal(200), months=months)
    drawing = charts.monthly_columns(chart)
    assert [column.total for column in drawing.columns] == ["96", "", "118"]
    assert [line.label for line in drawing.grid] == ["0", "50", "100", "150", "200", "250"]
    assert (drawing.minimum.label, drawing.maximum.label) == ("tối thiểu 150", "tối đa 200")  # type: ignore[union-attr]
    assert drawing.summary == "Lũy kế 118 đơn vị"


@pytest.mark.parametrize(("columns", "sizes"), [(38, [10, 10, 9, 9]), (13, [7, 6]), (12, [12]), (1, [1]), (0, [])])
def test_the_annex_by_unit_is_cut_into_tables_that_fit_the_sheet(columns: int, sizes: list[int]) -> None:
    tables = layout.unit_tables(unit_annex(columns=columns), 60)
    assert [len(table.columns) for table in tables] == sizes
    for table in tables:
        measure = 8 + float(table.name_width) + 13 + float(table.column_width) * len(table.columns)
        assert measure == pytest.approx(257, abs=0.01)
        assert float(table.name_width) >= 55.9
        assert [line.number for line in table.lines if line.number] == [str(n) for n in range(1, 61)]
        assert all(len(line.cells) == len(table.columns) for line in table.lines if line.css != "group")
    assert all(bool(table.caption) == (len(sizes) > 1) for table in tables)


def test_wide_totals_get_wider_columns() -> None:
    annex = unit_annex(columns=12)
    in_millions = replace(annex, totals=(Figure.of_amount(Decimal(1234567)), *annex.totals[1:]))
    assert [len(table.columns) for table in layout.unit_tables(annex, 60)] == [12]
    assert [len(table.columns) for table in layout.unit_tables(in_millions, 60)] == [6, 6]


def test_a_body_without_blocs_has_neither_bloc_lines_nor_bloc_sums() -> None:
    (table,) = layout.unit_tables(unit_annex(columns=3, blocs=(("", 5),)), 5)
    assert [line.css for line in table.lines] == ["", "", "", "", "", "own", "total"]
    assert table.lines[-1].name == "TỔNG CỘNG (5/5 đơn vị có báo cáo)"


def test_a_row_with_too_few_cells_is_refused() -> None:
    annex = unit_annex(columns=3)
    with pytest.raises(ValueError, match="one cell a column"):
        type(annex)(columns=annex.columns, blocs=annex.blocs, own_name="", own_cells=(), totals=annex.totals[:2])


def test_a_quarter_shows_three_counts_a_month_and_a_half_year_three_in_all() -> None:
    quarter = punctuality.reporting_tables(reporting_annex(months=(7, 8, 9)))
    half = punctuality.reporting_tables(reporting_annex(months=(1, 2, 3, 4, 5, 6)))
    assert (quarter.in_full, len(quarter.columns), quarter.total.counts) == (True, 9, (54, 3, 2, 54, 3, 2, 55, 3, 2))
    assert (half.in_full, half.columns) == (False, ("Đúng hạn", "Muộn", "Chưa gửi"))
    assert sum(half.total.counts) == 60 * 6 - 6  # one unit owed nothing for these six months
    assert half.total.counts[2] == 2 * 6
    assert [bloc.units for bloc in half.blocs] == [9, 9, 9, 9, 8, 7, 9]
    assert quarter.blocs[0].name == "Số 1 – Đảng, Mặt trận, đoàn thể"


def test_a_long_fraction_goes_on_below_its_stroke() -> None:
    lines = [line for group in layout.target_lines(quarterly_report()) for line in group.lines]
    assert lines[1].to_date == ("3.389/3.409",)
    report = quarterly_report()
    row = target(to_date=Figure.of_ratio(Decimal(123456), Decimal(234567)))
    group = type(report.target_groups[0])(heading="I", rows=(row,))
    (group_lines,) = layout.target_lines(quarterly_report(target_groups=(group,)))
    assert group_lines.lines[0].to_date == ("123.456/", "234.567")


def test_the_last_task_travels_with_a_closing_too_short_to_stand_by_itself() -> None:
    report = quarterly_report(subject="công tác Đoàn", reporter="BTV", tasks=("Một.", "Hai."))
    assert layout.closing_and_tasks(report) == (
        [
            "2. Hai.",
            "Trên đây là báo cáo kết quả công tác Đoàn quý III năm 2024, phương hướng, nhiệm vụ quý IV năm 2024 "
            "của BTV./.",
        ],
        ["1. Một."],
    )
    closing, tasks = layout.closing_and_tasks(quarterly_report())
    assert (len(closing), len(tasks)) == (1, 3)


def test_the_qr_path_draws_exactly_the_dark_modules() -> None:
    import re

    import segno

    verification = Verification(code="QN24", url="https://portal.example/verify/QN24/")
    drawing = layout.qr_drawing(verification)
    matrix = segno.make(verification.url, error="m", micro=False, boost_error=False).matrix
    dark = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawing["path"])
    assert {(int(x) + i, int(y)) for x, y, length, _ in runs for i in range(int(length))} == dark
    assert drawing["size"] == str(len(matrix) + 8)


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Máu hiến", "máu hiến"),
        ("Ý thức chấp hành", "ý thức chấp hành"),
        ("CLB kỹ năng", "CLB kỹ năng"),
        ("BHYT toàn dân", "BHYT toàn dân"),
        ("Đoàn viên mới", "đoàn viên mới"),
        ("", ""),
    ],
)
def test_a_name_within_a_sentence_begins_small_unless_it_is_an_abbreviation(name: str, within: str) -> None:
    assert words.lowered(name) == within
