"""The annexes as a workbook: numbers one can reckon with, days, empty cells for what is missing, and no formulas."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents import papers
from reports.documents.context import Figure, PeriodicReport
from tests.reports.hostile_report import COMPOSED, hostile_report
from tests.reports.sample_report import quarterly_report, reporting_annex, unit_name

NOTE = "Bản tham khảo của Báo cáo số 86-BC/ĐTN ngày 04/10/2024; văn bản có giá trị là bản PDF đã ký ban hành."


def opened(report: PeriodicReport) -> Workbook:
    return load_workbook(io.BytesIO(papers.render_copy(report, "xlsx")))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(quarterly_report())


def row_where(sheet: Worksheet, column: int, value: object) -> list[object]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[column].value == value)


def test_each_annex_is_a_sheet_with_its_head_and_title(book: Workbook) -> None:
    assert book.sheetnames == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 3", "Phụ lục 4"]
    assert [book["Phụ lục 1"].cell(row, 1).value for row in range(1, 7)] == [
        "TỈNH ĐOÀN QUẢNG NAM",
        "BCH ĐOÀN KHỐI CÁC CƠ QUAN",
        NOTE,
        "PHỤ LỤC 1",
        "Kết quả thực hiện các chỉ tiêu quý III và 9 tháng năm 2024",
        "(Kèm theo Báo cáo số 86-BC/ĐTN ngày 04/10/2024 của Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam)",
    ]


def test_targets_are_numbers_where_they_are_numbers(book: Workbook) -> None:
    sheet = book["Phụ lục 1"]
    assert [cell.value for cell in sheet[8]] == [
        "TT", "Mục", "Nội dung chỉ tiêu", "ĐVT", "Chỉ tiêu", "Trong kỳ", "Lũy kế", "Tỷ lệ (%)", "Đánh giá",
    ]  # fmt: skip
    assert row_where(sheet, 0, 5) == [
        5, "1.5", "Lượt người dân được khám bệnh, cấp thuốc miễn phí", "lượt người", "1.500–2.000", 520, 1240.5, 82.7,
        "Đúng tiến độ",
    ]  # fmt: skip
    assert row_where(sheet, 0, 1)[4:8] == [1, 0, 1, 100]
    assert row_where(sheet, 0, 2)[4:8] == ["100%", "x", "3.389/3.409", 99.4]


def test_what_is_missing_is_an_empty_cell_and_zero_is_zero(book: Workbook) -> None:
    targets, units = book["Phụ lục 1"], book["Phụ lục 2"]
    assert row_where(targets, 0, 35)[5:9] == [None, None, None, "Chưa có số liệu"]
    assert row_where(targets, 0, 18)[5:8] == [0, 0, "x"]
    assert row_where(units, 1, unit_name(23))[3:] == [None] * 38
    assert row_where(units, 1, unit_name(0))[3] == 0
    for sheet in book:
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert "–" not in cells
        # In the annex of reporting every unit has its mark: no cell is empty there.
        assert ("Ô để trống thay cho dấu “–” trên văn bản." in cells) is (sheet.title != "Phụ lục 4")


def test_the_annex_by_unit_is_one_table_of_all_targets(book: Workbook) -> None:
    sheet = book["Phụ lục 2"]
    clauses = [str(cell.value).partition("\n")[0] for cell in sheet[9][3:]]
    assert clauses == [f"{1 + number // 20}.{number % 20 + 1}" for number in range(38)]
    *first, met_on = row_where(sheet, 1, unit_name(1))[:6]
    assert first == [2, unit_name(1), "CĐCS", 37, 77.5]
    assert isinstance(met_on, datetime)
    assert met_on.date() == date(2024, 6, 2)
    assert row_where(sheet, 1, "TỔNG CỘNG (58/60 đơn vị có báo cáo)")[3:6] == [5820, 87.5, "59/60"]
    carried = next(cell for cell in sheet["D"] if cell.number_format.endswith('"*"'))
    assert (carried.value, carried.number_format) == (185, '#,##0"*"')
    day = next(cell for cell in sheet["F"] if isinstance(cell.value, datetime))
    assert day.number_format == "dd/mm/yyyy"


def test_less_than_a_hundred_percent_never_reads_a_hundred() -> None:
    known = quarterly_report()
    group = known.target_groups[0]
    nearly = replace(group.rows[0], to_date=Figure.of_ratio(Decimal(9999), Decimal(10000)), percent=Decimal("99.99"))
    book = opened(quarterly_report(target_groups=(replace(group, rows=(nearly,)),), units=None))
    cell = next(row[7] for row in book["Phụ lục 1"].iter_rows() if row[0].value == 1)
    assert (cell.value, cell.number_format) == (99.9, "#,##0.0")


def test_reports_on_time_are_counted_in_numbers() -> None:
    months = (1, 2, 3, 4, 5, 6, 7, 8, 9)
    sheet = opened(quarterly_report(reporting=reporting_annex(months=months)))["Phụ lục 4"]
    total = row_where(sheet, 1, "Tổng cộng")
    assert total[2:7] == [60, 485, 29, 18, 91.2]
    assert sum(total[3:6]) == 532


def test_sheets_print_on_a4_with_their_heads_on_every_page(book: Workbook) -> None:
    assert [sheet.page_setup.paperSize for sheet in book] == [9, 9, 9, 9]
    assert [sheet.page_setup.orientation for sheet in book] == ["portrait", "landscape", "portrait", "portrait"]
    assert [sheet.print_title_rows for sheet in book] == ["$8:$9", "$8:$9", "$1:$7", "$1:$7"]
    assert [sheet.print_title_cols for sheet in book] == [None, "$A:$C", None, None]
    assert [sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book] == [True, False, True, True]
    assert [sheet.freeze_panes for sheet in book] == ["C10", "C10", None, None]
    assert {sheet.oddHeader.center.text for sheet in book} == {NOTE}


def test_a_draft_of_provisional_figures_says_so_and_names_no_number() -> None:
    known = quarterly_report()
    head = replace(known.head, number=None, dated=None)
    sheet = opened(quarterly_report(draft=True, provisional=True, head=head, units=None))["Phụ lục 1"]
    assert sheet.oddHeader.center.text == "DỰ THẢO – SỐ LIỆU TẠM TÍNH"
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["DỰ THẢO", "SỐ LIỆU TẠM TÍNH", "PHỤ LỤC 1"]


def test_a_report_without_annexes_is_a_workbook_still() -> None:
    bare = quarterly_report(target_groups=(), units=None, activities=(), next_activities=(), reporting=None)
    assert [cell.value for cell in opened(bare)["Phụ lục"]["A"]][:3] == [
        "TỈNH ĐOÀN QUẢNG NAM", "BCH ĐOÀN KHỐI CÁC CƠ QUAN", NOTE,
    ]  # fmt: skip


def test_equal_reports_give_equal_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    first = papers.render_copy(quarterly_report(), "xlsx")
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 126, 0))
    assert papers.render_copy(quarterly_report(), "xlsx") == first
    facts = load_workbook(io.BytesIO(first)).properties
    assert facts.modified.date() == facts.created.date() == date(2024, 10, 4)
    assert facts.title == "Báo cáo kết quả công tác Đoàn và phong trào thanh thiếu nhi quý III năm 2024"


def test_hostile_words_are_words_in_excel() -> None:
    content = papers.render_copy(hostile_report(), "xlsx")
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    names = [row[1] for row in book["Phụ lục 3"].iter_rows() if isinstance(row[0].value, int)]
    assert [cell.value for cell in names] == COMPOSED
    assert [cell.value for cell in book["Phụ lục 2"]["B"] if cell.value in COMPOSED] == COMPOSED[:9]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.quotePrefix for cell in names] == [text.startswith("=") for text in COMPOSED]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name in parts if "external" in name.lower()]
    assert not [name for name, part in parts.items() if b"<f>" in part or b"<f " in part or b"<hyperlink" in part]
