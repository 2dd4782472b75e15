"""The whole month's workbook: what it shows to whom, what comes in, what is refused and at which cell."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.workbooks import NotApplied, WorkbookRefused, apply, preview
from reports.progress.entries import EntryInput
from reports.progress.models import ProgressEntry, ProgressReport, ReportEvent
from reports.progress.services import open_period, save_draft
from tests.reports.progress.excel.filled import Filled
from tests.reports.progress.scenes import amount, bring_to, report_of

JUSTICE, FINANCE, HOSPITAL = "QNA-KCQ-003", "QNA-KCQ-004", "QNA-KCQ-001"


@pytest.fixture
def keys(resolution) -> dict[str, str]:
    """What a figure is called in the tests → its column."""
    fields = {"study": ("numerator", "denominator"), "congress": ("done_on",)}
    found = {}
    for name in ("blood", "study", "congress", "dialogue", "households", "works", "money", "app"):
        for field in fields.get(name, ("amount",)):
            short = name if field in ("amount", "done_on") else f"{name}_{field}"
            found[short] = f"i{getattr(resolution, name).indicator.pk}_{field}"
    return found


def errors(resource, book: Filled, user) -> list[tuple[str, str]]:
    found = preview(resource, book.file(), user=user)
    return [(error.cell, error.words) for row in found.errors for error in row.errors]


def test_what_the_sheet_looks_like(officer, keys, month_book):
    book = month_book(officer)
    sheet = book.sheet
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "Số liệu tháng 9/2024 của các đơn vị",
        "Chỉ nhập vào các ô màu vàng. Ô để trống là chưa báo cáo và không làm thay đổi gì; không phát sinh thì ghi 0.",
        "Chỉ số tỷ lệ ghi hai số tính đến ngày 30/9/2024: số đạt và tổng số; không ghi phần trăm.",
        "Việc cần hoàn thành thì ghi ngày đã xong (26/3/2024), chưa xong thì ghi “chưa”. Không dùng công thức.",
    ]
    assert [sheet.row_dimensions[row].hidden for row in (4, 5, 6, 7)] == [False, True, True, False]
    assert [cell.value for cell in sheet[5] if cell.value] == ["doan-portal", "reports.month", "2024-09"]
    headings = {key: sheet.cell(7, column).value for key, column in book.keys.items()}
    assert headings["unit_code"] == "Mã đơn vị"
    assert headings[keys["blood"]] == "Máu hiến (đơn vị máu)"
    assert headings[keys["study_numerator"]] == "Đoàn viên học tập nghị quyết: số đạt (đoàn viên)"
    assert headings[keys["study_denominator"]] == "Đoàn viên học tập nghị quyết: tổng số (đoàn viên)"
    assert headings[keys["congress"]] == "Đại hội chi đoàn: ngày hoàn thành"
    assert (sheet.protection.sheet, sheet.freeze_panes, sheet.auto_filter.ref[:2]) == (True, "D8", "A7")
    assert sheet.cell(7, 1).protection.locked


def test_rows_are_the_units_in_reach_in_the_order_of_the_tree(officer, secretary, month_book):
    assert list(month_book(officer).rows()) == [
        *("QNA-KCQ", "QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-001-02", "QNA-KCQ-002", "QNA-KCQ-003", "QNA-KCQ-004"),
    ]
    assert list(month_book(secretary).rows()) == [JUSTICE]


def test_only_cells_that_the_person_may_fill_in_are_open(
    officer, leader, secretary, province, report, keys, month_book
):
    bring_to("submitted", report_of(province.finance, report.period), secretary=officer, officer=officer)
    book = month_book(officer)
    opened = {(row, key) for row in book.rows() for key in book.keys if not book.cell(row, key).protection.locked}
    asked = {keys[name] for name in ("blood", "study_numerator", "study_denominator", "congress", "households")}
    asked |= {keys[name] for name in ("works", "money", "app")}
    assert {key for row, key in opened if row == JUSTICE} == asked
    assert {key for row, key in opened if row in ("QNA-KCQ", FINANCE)} == set()
    assert (HOSPITAL, keys["congress"]) not in opened
    assert all(cell.protection.locked for row in month_book(leader).sheet.iter_rows() for cell in row)


def test_null_is_blank_and_zero_is_0(officer, secretary, report, keys, month_book, resolution):
    said = {
        resolution.blood.indicator.pk: amount(0),
        resolution.money.indicator.pk: amount("12.5"),
        resolution.congress.indicator.pk: EntryInput(is_done=False),
        resolution.study.indicator.pk: EntryInput(numerator=Decimal(30), denominator=Decimal(32)),
    }
    save_draft(actor=secretary, report=report, entries=said, narratives={}, version=0)
    book = month_book(officer)
    names = ("blood", "money", "congress", "study_numerator", "study_denominator", "works")
    assert [book.cell(JUSTICE, keys[name]).value for name in names] == [0, 12.5, "chưa", 30, 32, None]


def test_out_and_in_again_changes_nothing(officer, secretary, province, report, resolution, month_of, month_book):
    said = {resolution.blood.indicator.pk: amount(7), resolution.congress.indicator.pk: EntryInput(is_done=False)}
    entries = {f"i{key}": entry for key, entry in said.items()}
    bring_to("approved", report, secretary=secretary, officer=officer, **entries)
    found = preview(month_of(officer), month_book(officer).file(), user=officer)
    assert (len(found.unchanged), len(found.rows), found.notes, found.may_apply) == (7, 7, (), False)


def test_figures_come_in_as_drafts_on_behalf(officer, province, report, keys, month_book, bring_month, resolution):
    book = month_book(officer)
    for key, value in (
        ("blood", 12),
        ("money", "1.500,5"),
        ("study_numerator", 30),
        ("study_denominator", "32"),
        ("congress", date(2024, 6, 20)),
    ):
        book.put(JUSTICE, keys[key], value)
    book.put(FINANCE, keys["blood"], 0)
    book.put(FINANCE, keys["congress"], "Chưa")
    done = bring_month(book, officer)
    assert [(row.name, len(row.changes)) for row in done.changed] == [
        ("Chi đoàn Sở Tư pháp", 5),
        ("Chi đoàn Sở Tài chính", 2),
    ]
    rows = ProgressEntry.objects.order_by("report__unit__path", "indicator")
    assert {(row.report.unit.code, row.indicator.name): EntryInput.of(row) for row in rows} == {
        (JUSTICE, "Máu hiến"): amount(12),
        (JUSTICE, "Quỹ giúp nhau"): amount("1500.5"),
        (JUSTICE, "Đoàn viên học tập nghị quyết"): EntryInput(numerator=Decimal(30), denominator=Decimal(32)),
        (JUSTICE, "Đại hội chi đoàn"): EntryInput(is_done=True, done_on=date(2024, 6, 20)),
        (FINANCE, "Máu hiến"): amount(0),
        (FINANCE, "Đại hội chi đoàn"): EntryInput(is_done=False),
    }
    assert {row.entered_by for row in rows} == {officer}
    events = ReportEvent.objects.values_list("report__unit__code", "action", "to_state", "on_behalf", "actor")
    assert set(events) == {(code, "save", "draft", True, officer.pk) for code in (JUSTICE, FINANCE)}
    assert report_of(province.justice, report.period).version == 1
    assert report_of(province.hospital, report.period).state == "not_started"


def test_differences_are_shown_as_people_read_them(officer, keys, month_of, month_book):
    book = month_book(officer)
    book.put(JUSTICE, keys["money"], 1500.5)
    book.put(JUSTICE, keys["congress"], "chưa")
    found = preview(month_of(officer), book.file(), user=officer)
    assert [(change.label, change.old, change.new) for change in found.changed[0].changes] == [
        ("Quỹ giúp nhau (triệu đồng)", "–", "1.500,5"),
        ("Đại hội chi đoàn: ngày hoàn thành", "–", "chưa"),
    ]
    assert ProgressEntry.objects.count() == 0


def test_a_blank_cell_takes_nothing_out_and_says_so(officer, report, keys, month_of, month_book, resolution):
    save_draft(
        actor=officer, report=report, entries={resolution.blood.indicator.pk: amount(7)}, narratives={}, version=0
    )
    book = month_book(officer)
    book.put(JUSTICE, keys["blood"], None)
    found = preview(month_of(officer), book.file(), user=officer)
    assert (found.may_apply, found.notes) == (
        False,
        (
            "Có 1 ô để trống mà trong cổng đang có số liệu. Ô trống không làm thay đổi gì; "
            "muốn bỏ một số đã nhập, hãy xóa trong trang báo cáo.",
        ),
    )


FORMULA = "Ô này chứa công thức. Hãy ghi chính con số (trong Excel: Dán đặc biệt, chọn Giá trị)."
NO_NUMBER = "Ô này chỉ ghi số, ví dụ 12 hoặc 1.500 hoặc 12,5. Chưa có số thì để trống."
WRONG = [
    ("blood", "=1+1", FORMULA),
    ("congress", "=TODAY()", FORMULA),
    ("blood", -1, "Số liệu không thể âm."),
    ("blood", 1e30, "Số quá lớn, đề nghị kiểm tra lại."),
    ("blood", "10^30", NO_NUMBER),
    ("blood", "N/A", NO_NUMBER),
    ("blood", "#N/A", "Ô đang hiện lỗi #N/A."),
    ("blood", 1.5, "Nội dung này đếm bằng số nguyên. Một nghìn năm trăm viết là 1500 hoặc 1.500."),
    ("money", 0.00001, "Nhiều nhất 4 chữ số sau dấu phẩy."),
    ("blood", True, NO_NUMBER),
    ("blood", date(2024, 9, 1), NO_NUMBER),
    ("congress", date(1900, 1, 1), "Ngày này trước ngày bắt đầu tính, 1/1/2024."),
    (
        "congress",
        "1/10/2024",
        "Ngày này nằm sau kỳ báo cáo, kỳ kết thúc ngày 30/9/2024. Xin báo cáo vào tháng sau.",
    ),
    ("congress", "xong", "“xong” không phải là ngày (viết như 26/3/2024), cũng không phải chữ “chưa”."),
    ("study_numerator", -1, "Số liệu không thể âm."),
    ("study_numerator", 40, "Cần cả hai số. Còn thiếu số thứ nhất."),
    ("dialogue", 1, "Tháng này đơn vị không phải báo cáo nội dung này."),
]


def test_a_wrong_cell_is_named_and_nothing_is_done(officer, keys, month_of, month_book, bring_month):
    content = month_book(officer).content()
    for name, value, words in WRONG:
        book = Filled(content)
        book.put(FINANCE, keys["blood"], 5)
        cell = book.put(JUSTICE, keys[name], value)
        if words.startswith("Cần cả hai số"):
            cell = book.put(JUSTICE, keys["study_numerator"], None)
            book.put(JUSTICE, keys["study_denominator"], value)
        assert errors(month_of(officer), book, officer) == [(cell, words)], (name, value)
        with pytest.raises(NotApplied):
            bring_month(book, officer)
    assert (ProgressEntry.objects.count(), ReportEvent.objects.count()) == (0, 0)


def test_a_numerator_above_its_denominator(officer, keys, month_of, month_book):
    book = month_book(officer)
    cell = book.put(JUSTICE, keys["study_numerator"], 40)
    book.put(JUSTICE, keys["study_denominator"], 32)
    assert errors(month_of(officer), book, officer) == [(cell, "Số đạt được không thể lớn hơn tổng số.")]


def test_all_that_is_wrong_in_a_row_is_told_at_once(officer, keys, month_of, month_book):
    book = month_book(officer)
    wrong = {
        book.put(JUSTICE, keys["blood"], -1): "Số liệu không thể âm.",
        book.put(JUSTICE, keys["money"], "=1+1"): FORMULA,
        book.put(JUSTICE, keys["congress"], date(1900, 1, 1)): "Ngày này trước ngày bắt đầu tính, 1/1/2024.",
    }
    found = errors(month_of(officer), book, officer)
    assert (dict(found), len(found)) == (wrong, 3)


def test_a_row_twice(officer, keys, month_of, month_book):
    book = month_book(officer)
    above = book.rows()[JUSTICE]
    book.put(FINANCE, "unit_code", JUSTICE)
    assert errors(month_of(officer), book, officer) == [("", f"Dòng này lặp lại dòng {above}.")]


def test_units_out_of_reach_are_as_unknown_as_any(officer, month_of, month_book):
    book = month_book(officer)
    words = "Trong phạm vi của bạn không có đơn vị mang mã này phải báo cáo trong tháng."
    strange = dict(zip(("KGI", "TW", "QNA", "KHONG-CO"), list(book.rows())[1:5], strict=True))
    cells = [book.put(row, "unit_code", code) for code, row in strange.items()]
    assert errors(month_of(officer), book, officer) == [(cell, words) for cell in cells]


def test_code_and_name_have_to_agree(officer, month_of, month_book):
    book = month_book(officer)
    cell = book.put(JUSTICE, "unit_name", "Chi đoàn Sở Nội vụ")
    assert errors(month_of(officer), book, officer) == [
        (
            cell,
            "Đơn vị mang mã này là “Chi đoàn Sở Tư pháp”. Không được sửa mã và tên đơn vị; hãy tải lại tệp mẫu.",
        )
    ]


@pytest.mark.parametrize(("state", "word"), [("submitted", "Chờ duyệt"), ("approved", "Đã duyệt")])
def test_a_report_that_is_handed_in_stays_as_it_is(
    state, word, secretary, officer, report, keys, month_of, month_book, resolution
):
    blood = f"i{resolution.blood.indicator.pk}"
    bring_to(state, report, secretary=secretary, officer=officer, **{blood: amount(7)})
    book = month_book(officer)
    cell = book.put(JUSTICE, keys["blood"], 8)
    assert errors(month_of(officer), book, officer) == [
        (cell, f"Báo cáo của Chi đoàn Sở Tư pháp đang ở trạng thái “{word}” nên không sửa được số liệu.")
    ]


def test_a_returned_report_is_open_again(secretary, officer, report, keys, month_book, bring_month, resolution):
    blood = f"i{resolution.blood.indicator.pk}"
    bring_to("returned", report, secretary=secretary, officer=officer, **{blood: amount(7)})
    book = month_book(officer)
    book.put(JUSTICE, keys["blood"], 8)
    bring_month(book, officer)
    assert ProgressReport.objects.get(pk=report.pk).state == "draft"


def test_one_reads_more_than_one_enters(officer, secretary, province, report, keys, month_of, month_book):
    """The officer's own unit: its secretary enters it, he does not."""
    book = month_book(officer)
    cell = book.put("QNA-KCQ", keys["blood"], 8)
    assert errors(month_of(officer), book, officer) == [(cell, "Bạn không nhập số liệu cho Đoàn Khối các cơ quan.")]


def test_a_milestone_is_reported_once(officer, secretary, province, periods, keys, month_of, month_book, resolution):
    open_period(period=periods[8])
    august = report_of(province.justice, periods[8])
    congress = f"i{resolution.congress.indicator.pk}"
    done = EntryInput(is_done=True, done_on=date(2024, 6, 20))
    bring_to("approved", august, secretary=secretary, officer=officer, **{congress: done})
    book = month_book(officer)
    cell = book.cell(JUSTICE, keys["congress"])
    assert (cell.value.date(), cell.protection.locked) == (date(2024, 6, 20), True)
    assert preview(month_of(officer), book.file(), user=officer).errors == []
    cell.value = date(2024, 6, 21)
    assert errors(month_of(officer), book, officer) == [
        (cell.coordinate, "Báo cáo tháng 8/2024 đã ghi việc này xong ngày 20/6/2024. Nếu sai, hãy sửa ở báo cáo đó.")
    ]


def refusal(resource, content: bytes, user) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        preview(resource, io.BytesIO(content), user=user)
    return str(refused.value)


def test_changed_headings_refuse_the_workbook(officer, keys, month_of, month_book):
    book = month_book(officer)
    cell = book.sheet.cell(book.heading_row, book.keys[keys["blood"]])
    cell.value = "Máu hiến (lít)"
    assert refusal(month_of(officer), book.content(), officer) == (
        f"Ô {cell.coordinate} phải là tiêu đề “Máu hiến (đơn vị máu)”, nhưng nay ghi “Máu hiến (lít)”. "
        "Không được sửa dòng tiêu đề; hãy tải lại tệp mẫu."
    )


def test_a_workbook_of_another_month(officer, periods, month_of, month_book):
    book = month_book(officer)
    book.sheet.cell(book.key_row - 1, 3).value = "2024-08"
    assert refusal(month_of(officer), book.content(), officer) == (
        "Đây không phải tệp mẫu của tháng 9/2024. Hãy tải tệp mẫu của tháng đó rồi điền vào."
    )


def test_a_workbook_of_another_kind(officer, month_of, month_book, unit_book):
    words = (
        "Đây không phải tệp mẫu tải từ trang này, hoặc các dòng ẩn của tệp đã bị xóa. "
        "Hãy tải tệp mẫu ở đây, điền vào rồi chọn lại."
    )
    assert refusal(month_of(officer), unit_book(officer).content(), officer) == words
    book = month_book(officer)
    book.sheet.delete_rows(book.key_row)
    assert refusal(month_of(officer), book.content(), officer) == words
    book = month_book(officer)
    book.sheet.cell(book.key_row - 1, 2).value = "reports.other"
    assert refusal(month_of(officer), book.content(), officer) == (
        "Đây là tệp mẫu của trang khác. Hãy tải tệp mẫu ở trang này rồi điền vào."
    )


def test_a_figure_that_is_not_asked_any_more(officer, keys, month_of, month_book):
    book = month_book(officer)
    column = book.keys[keys["blood"]]
    book.sheet.cell(book.key_row, column).value = "#i999999_amount"
    cell = book.sheet.cell(book.heading_row, column).coordinate
    assert refusal(month_of(officer), book.content(), officer) == (
        f"Cột của ô {cell}, “Máu hiến (đơn vị máu)”, nay không còn phải báo cáo. Hãy tải lại tệp mẫu."
    )


def test_columns_may_be_moved_and_left_out(officer, keys, month_of, month_book):
    book = month_book(officer)
    book.put(JUSTICE, keys["money"], 3)
    book.sheet.delete_cols(book.keys[keys["blood"]])
    found = preview(month_of(officer), book.file(), user=officer)
    assert [len(row.changes) for row in found.changed] == [1]


def test_a_figure_that_somebody_else_typed_meanwhile_is_not_written_over(
    officer, secretary, report, keys, month_of, month_book, resolution
):
    book = month_book(officer)
    book.put(JUSTICE, keys["blood"], 8)
    book.put(FINANCE, keys["blood"], 9)
    shown = preview(month_of(officer), book.file(), user=officer)
    save_draft(
        actor=secretary, report=report, entries={resolution.blood.indicator.pk: amount(7)}, narratives={}, version=0
    )
    with pytest.raises(NotApplied) as refused:
        apply(month_of(officer), book.file(), user=officer, fingerprint=shown.fingerprint)
    assert [change.old for change in refused.value.preview.changed[0].changes] == ["7"]
    assert {row.amount for row in ProgressEntry.objects.all()} == {Decimal(7)}


def test_a_report_that_moved_on_between_judging_and_writing(officer, secretary, report, keys, month_of, month_book):
    book = month_book(officer)
    book.put(JUSTICE, keys["blood"], 8)
    judged = month_of(officer)
    shown = preview(month_of(officer), book.file(), user=officer)
    bring_to("submitted", report, secretary=secretary, officer=officer)
    with pytest.raises(NotApplied):
        apply(judged, book.file(), user=officer, fingerprint=shown.fingerprint)
    assert ProgressEntry.objects.count() == 0


def test_as_many_queries_for_four_units_as_for_two(officer, keys, month_of, month_book, bring_month):
    counts = []
    for codes in ([JUSTICE, "QNA-KCQ-002"], [FINANCE, HOSPITAL, "QNA-KCQ-001-01", "QNA-KCQ-001-02"]):
        book = month_book(officer)
        for code in codes:
            book.put(code, keys["blood"], 3)
        with CaptureQueriesContext(connection) as queries:
            bring_month(book, officer)
        counts.append(len(queries))
    assert counts[0] == counts[1]
