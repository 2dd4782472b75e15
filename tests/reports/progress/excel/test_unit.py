"""One unit's workbook: a row for each figure, as in the form, with the figure to date and a note."""

import io
from datetime import date
from decimal import Decimal

import pytest

from core.workbooks import NotApplied, WorkbookRefused, preview
from reports.progress.entries import EntryInput
from reports.progress.excel.export import unit_workbook
from reports.progress.excel.resources import UnitResource
from reports.progress.models import ProgressEntry, ProgressReport, ReportEvent
from reports.progress.services import open_period, save_draft
from tests.reports.progress.excel.filled import Filled
from tests.reports.progress.scenes import amount, bring_to, report_of

BLOOD, STUDY, CONGRESS = "Máu hiến", "Đoàn viên học tập nghị quyết", "Đại hội chi đoàn"


def errors(report, book: Filled, user) -> list[tuple[str, str]]:
    found = preview(UnitResource(user, report), book.file(), user=user)
    return [(error.cell, error.words) for row in found.errors for error in row.errors]


def test_what_the_sheet_looks_like(secretary, officer, province, periods, report, unit_book, resolution):
    open_period(period=periods[8])
    said = {
        f"i{resolution.blood.indicator.pk}": amount(7),
        f"i{resolution.study.indicator.pk}": EntryInput(numerator=Decimal(20), denominator=Decimal(32)),
    }
    bring_to("approved", report_of(province.justice, periods[8]), secretary=secretary, officer=officer, **said)
    book = unit_book(secretary)
    sheet = book.sheet
    assert sheet.cell(1, 1).value == "Báo cáo tháng 9/2024: Chi đoàn Sở Tư pháp"
    assert [cell.value for cell in sheet[5] if cell.value] == ["doan-portal", "reports.unit", "2024-09", "QNA-KCQ-003"]
    assert [cell.value for cell in sheet[7]] == [
        *("TT", "Nội dung", "Đơn vị tính", "Lũy kế hết tháng 8/2024", "Số trong tháng (tỷ lệ: số đạt)"),
        *("Tổng số (chỉ với tỷ lệ)", "Ngày xong (việc cần hoàn thành)", "Ghi chú", "Số hiệu chỉ số"),
    ]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=8)}
    assert [cell.value for cell in rows[BLOOD][2:8]] == ["đơn vị máu", 7, None, None, None, None]
    assert [cell.value for cell in rows[STUDY][2:8]] == ["đoàn viên", "20/32", None, None, None, None]
    opened = {name: [cell.column_letter for cell in row if not cell.protection.locked] for name, row in rows.items()}
    assert (opened[BLOOD], opened[STUDY], opened[CONGRESS]) == (["E", "H"], ["E", "F", "H"], ["G", "H"])
    assert sheet.column_dimensions["I"].hidden


def test_figures_and_notes_come_in_as_one_draft_of_the_secretary(secretary, unit_book, bring_unit, report):
    book = unit_book(secretary)
    book.put(BLOOD, "figure", 12)
    book.put(BLOOD, "note", "Ngày hội tháng 9")
    book.put(STUDY, "figure", 30)
    book.put(STUDY, "denominator", 32)
    book.put(CONGRESS, "done_on", date(2024, 6, 20))
    assert len(bring_unit(book, secretary).changed) == 3
    assert {row.indicator.name: EntryInput.of(row) for row in ProgressEntry.objects.all()} == {
        BLOOD: EntryInput(amount=Decimal(12), note="Ngày hội tháng 9"),
        STUDY: EntryInput(numerator=Decimal(30), denominator=Decimal(32)),
        CONGRESS: EntryInput(is_done=True, done_on=date(2024, 6, 20)),
    }
    event = ReportEvent.objects.get()
    assert (event.action, event.actor, event.on_behalf, event.to_state) == ("save", secretary, False, "draft")
    assert ProgressReport.objects.get(pk=report.pk).version == 1


def test_out_and_in_again_changes_nothing(secretary, report, unit_book, resolution):
    said = {
        resolution.money.indicator.pk: EntryInput(amount=Decimal("12.5"), note="=SUM(A1)"),
        resolution.congress.indicator.pk: EntryInput(is_done=False),
    }
    save_draft(actor=secretary, report=report, entries=said, narratives={}, version=0)
    book = unit_book(secretary)
    assert book.cell("Quỹ giúp nhau", "note").data_type == "s"
    found = preview(UnitResource(secretary, report), book.file(), user=secretary)
    assert (len(found.unchanged), len(found.rows), found.notes) == (7, 7, ())


def test_a_wrong_cell_is_named_and_nothing_is_done(secretary, report, unit_book, bring_unit):
    book = unit_book(secretary)
    book.put(BLOOD, "figure", 12)
    wrong = [
        (book.put(STUDY, "figure", 40), "Số đạt được không thể lớn hơn tổng số."),
        (book.put(CONGRESS, "figure", 1), f"Với “{CONGRESS}”, ô này để trống."),
        (book.put("Quỹ giúp nhau", "denominator", 1), "Với “Quỹ giúp nhau”, ô này để trống."),
    ]
    book.put(STUDY, "denominator", 32)
    assert sorted(errors(report, book, secretary)) == sorted(wrong)
    with pytest.raises(NotApplied):
        bring_unit(book, secretary)
    assert (ProgressEntry.objects.count(), ReportEvent.objects.count()) == (0, 0)


def test_rows_are_known_by_their_number_and_name(secretary, report, unit_book):
    book = unit_book(secretary)
    cell = book.put(BLOOD, "name", "Máu hiến tình nguyện")
    key = book.put(CONGRESS, "indicator", 10**9)
    named = key.replace("I", "B")
    assert errors(report, book, secretary) == [
        (cell, "Dòng này phải là “Máu hiến”. Không được sửa cột nội dung; hãy tải lại tệp mẫu."),
        (named, "Tháng này đơn vị không phải báo cáo nội dung này."),
    ]


def test_another_units_workbook_is_refused(officer, province, september, report):
    other = report_of(province.finance, september)
    content = unit_workbook(UnitResource(officer, other), other, officer)
    with pytest.raises(WorkbookRefused) as refused:
        preview(UnitResource(officer, report), io.BytesIO(content), user=officer)
    assert str(refused.value) == (
        "Đây không phải tệp mẫu của Chi đoàn Sở Tư pháp, tháng 9/2024. Hãy tải tệp mẫu đó rồi điền vào."
    )
