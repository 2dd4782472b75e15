"""Excel in and out: what is refused and in which words, the differences, all or nothing, text that stays text."""

import io
import zipfile
from datetime import date
from typing import Any, ClassVar

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from core.models import NoticePreference, StoredFile
from core.workbooks import (
    ChoiceCell,
    Column,
    DateCell,
    NotApplied,
    Outdated,
    PortalResource,
    RowState,
    TextCell,
    WholeCell,
    WorkbookRefused,
    apply,
    keeping,
    opening,
    preview,
    reading,
    running,
    write_workbook,
)
from core.workbooks.filling import FillCell, FillColumn, FillSheet, write_filling
from core.workbooks.keyed import KeyedResource

from .workbook_samples import sheet_xml, text_row, with_part, workbook

HEAD = ["Loại thông báo", "Gửi thư"]


class PreferenceResource(PortalResource):
    """A small import onto a table of core: which kinds of notices a person wants by e-mail."""

    kind = Column("kind", "Loại thông báo", TextCell(longest=20))
    by_email = Column("by_email", "Gửi thư", ChoiceCell([("yes", "Có"), ("no", "Không")]))

    required = ("kind",)
    max_rows: ClassVar[int] = 5

    class Meta:
        import_id_fields = ("kind",)

    def find(self, key: dict[str, Any]) -> NoticePreference | None:
        return NoticePreference.objects.filter(user=self.user, kind=key["kind"]).first()

    def values_of(self, subject: NoticePreference) -> dict[str, Any]:
        return {"kind": subject.kind, "by_email": "yes" if subject.by_email else "no"}

    def create(self, values: dict[str, Any]) -> None:
        made = NoticePreference.objects.create(
            user=self.user, kind=values["kind"], by_email=values["by_email"] == "yes"
        )
        if made.kind == "xau":
            raise ValidationError({"kind": "Loại này không có."})

    def change(self, subject: NoticePreference, values: dict[str, Any], changed: set[str]) -> None:
        NoticePreference.objects.filter(pk=subject.pk).update(by_email=values["by_email"] == "yes")


@pytest.fixture
def reader(nobody):
    NoticePreference.objects.create(user=nobody, kind="cu", by_email=True)
    NoticePreference.objects.create(user=nobody, kind="nguyen", by_email=True)
    return nobody


def stored(user) -> dict[str, bool]:
    return dict(NoticePreference.objects.filter(user=user).values_list("kind", "by_email"))


def look(content: bytes, user):
    return preview(PreferenceResource(), io.BytesIO(content), user=user)


def refusal(content: bytes, user) -> str:
    with pytest.raises(WorkbookRefused) as error:
        look(content, user)
    return str(error.value)


GOOD = workbook(HEAD, ["moi", "Có"], ["cu", "khong"], ["nguyen", "Có"])


def test_differences_row_by_row_and_nothing_written(reader):
    found = look(GOOD, reader)
    rows = [(row.number, row.name, row.state, [(c.label, c.old, c.new) for c in row.changes]) for row in found.rows]
    assert rows == [
        (2, "moi", RowState.NEW, [("Loại thông báo", "–", "moi"), ("Gửi thư", "–", "Có")]),
        (3, "cu", RowState.CHANGED, [("Gửi thư", "Có", "Không")]),
        (4, "nguyen", RowState.UNCHANGED, []),
    ]
    assert found.may_apply
    assert stored(reader) == {"cu": True, "nguyen": True}


def test_applying_writes_what_was_shown(reader):
    shown = look(GOOD, reader)
    done = apply(PreferenceResource(), io.BytesIO(GOOD), user=reader, fingerprint=shown.fingerprint)
    assert done == shown
    assert stored(reader) == {"cu": False, "nguyen": True, "moi": True}
    assert not look(GOOD, reader).may_apply


def test_one_wrong_row_and_nothing_is_written(reader):
    content = workbook(HEAD, ["moi", "Có"], ["xau", "Có"], ["cu", "chắc"], [None, "Có"], ["moi", "Không"])
    found = look(content, reader)
    assert [(row.number, [(e.label, e.words) for e in row.errors]) for row in found.errors] == [
        (3, [("Loại thông báo", "Loại này không có.")]),
        (4, [("Gửi thư", "“chắc” không phải là một trong: Có, Không.")]),
        (5, [("Loại thông báo", "Hãy điền ô này: ô cho biết dòng thuộc về đâu.")]),
        (6, [("", "Dòng này lặp lại dòng 2.")]),
    ]
    assert [error.cell for row in found.errors for error in row.errors] == ["A3", "B4", "A5", ""]
    with pytest.raises(NotApplied) as refused:
        apply(PreferenceResource(), io.BytesIO(content), user=reader, fingerprint=found.fingerprint)
    assert refused.value.preview.errors == found.errors
    assert stored(reader) == {"cu": True, "nguyen": True}


def test_what_changed_since_the_preview_is_not_written_over(reader):
    shown = look(GOOD, reader)
    NoticePreference.objects.filter(user=reader, kind="cu").update(by_email=False)
    with pytest.raises(NotApplied) as refused:
        apply(PreferenceResource(), io.BytesIO(GOOD), user=reader, fingerprint=shown.fingerprint)
    assert [row.state for row in refused.value.preview.rows] == [RowState.NEW, RowState.UNCHANGED, RowState.UNCHANGED]
    assert stored(reader) == {"cu": False, "nguyen": True}


def test_an_empty_cell_changes_nothing(reader):
    found = look(workbook(HEAD, ["cu", None], ["nguyen", "  "]), reader)
    assert [row.state for row in found.rows] == [RowState.UNCHANGED, RowState.UNCHANGED]


def test_headings_are_found_beneath_a_title_in_any_spelling_and_order(reader):
    content = workbook(["DANH SÁCH"], ["gui thu", "Ghi chú", "LOẠI  THÔNG BÁO"], ["Có", "x", "moi"], before=3)
    found = look(content, reader)
    assert [(row.number, row.name, row.state) for row in found.rows] == [(6, "moi", RowState.NEW)]
    assert found.notes == ("Các cột này không được đọc: “Ghi chú”.",)


def test_only_the_first_sheet_is_read_and_says_so(reader):
    found = look(workbook(HEAD, ["moi", "Có"], more_sheets=("Khác",)), reader)
    assert found.notes == ("Chỉ đọc trang tính đầu tiên, “Sheet”.",)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [["Gửi thư"], ["Có"]],
            "Không tìm thấy dòng tiêu đề trong trang tính đầu tiên. Thiếu các cột: “Loại thông báo”.",
        ),
        ([], "Không tìm thấy dòng tiêu đề trong trang tính đầu tiên. Thiếu các cột: “Loại thông báo”."),
        ([HEAD], "Không có dòng nào dưới dòng tiêu đề."),
        ([[*HEAD, "gửi thư"], ["moi", "Có", "Có"]], "Tiêu đề “gửi thư” xuất hiện hai lần."),
        (
            [HEAD, *(["k" + str(n), "Có"] for n in range(6))],
            "Trang tính có hơn 5 dòng. Hãy tách thành nhiều tệp.",
        ),
    ],
)
def test_a_sheet_that_is_no_such_table_is_refused_in_words(rows, words, reader):
    assert refusal(workbook(*rows), reader) == words


NOT_EXCEL = "Đây không phải là tệp Excel (.xlsx), dù tên tệp ghi gì."
DAMAGED = "Tệp Excel bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ma,ten\n1,2\n", NOT_EXCEL),
        (b"%PDF-1.7", NOT_EXCEL),
        (_zip(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), NOT_EXCEL),
        (GOOD[:-200], DAMAGED),
        (GOOD[:3000] + b"\0" * 200 + GOOD[3200:], DAMAGED),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), DAMAGED),
        (with_part(GOOD, "xl/workbook.xml", b"<workbook"), DAMAGED),
        (with_part(GOOD, "xl/workbook.xml", b"<nothing/>"), "Tệp Excel không có trang tính nào."),
        (
            with_part(GOOD, "xl/sharedStrings.xml", b'<!DOCTYPE s [<!ENTITY a "aaaa">]><sst>&a;</sst>'),
            DAMAGED,
        ),
        (
            opening.OLE_MAGIC + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "Tệp Excel có đặt mật khẩu. Hãy gỡ mật khẩu trong Excel, lưu lại rồi chọn lại.",
        ),
        (
            opening.OLE_MAGIC + b"\0" * 600,
            "Đây là tệp Excel cũ (.xls) hoặc tệp Office khác. Hãy lưu lại trong Excel dạng .xlsx rồi chọn lại.",
        ),
        (b"PK" + b"\0" * opening.MAX_BYTES, "Tệp lớn hơn 20 MB. Hãy tách thành nhiều tệp."),
    ],
    ids=[
        "csv",
        "pdf",
        "word",
        "cut",
        "scribbled",
        "half a sheet",
        "no workbook",
        "no sheet",
        "entities",
        "password",
        "xls",
        "large",
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content, words, reader):
    assert refusal(content, reader) == words


TOO_MUCH = "Tệp Excel khi giải nén sẽ lớn hơn nhiều so với một bảng cần có nên không được mở."


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(reader):
    whole = with_part(GOOD, "xl/sharedStrings.xml", b" " * (opening.MAX_UNPACKED_WHOLE + 1))
    streamed = with_part(GOOD, "xl/worksheets/sheet2.xml", b" " * (opening.MAX_UNPACKED + 1))
    many = with_part(GOOD, "xl/media/x", opening.CENTRAL_ENTRY * opening.MAX_PARTS)
    assert max(len(whole), len(streamed)) < 1024 * 1024
    assert [refusal(content, reader) for content in (whole, streamed)] == [TOO_MUCH] * 2
    many = GOOD + opening.CENTRAL_ENTRY * opening.MAX_PARTS
    assert refusal(many, reader) == TOO_MUCH


@pytest.mark.parametrize(
    "rows",
    [
        text_row(1, *HEAD) + text_row(2, "moi", "Có") + "".join(f'<row r="{n}"/>' for n in range(3, 1_048_577)),
        text_row(1, *HEAD) + text_row(2, "moi", "Có") + text_row(1_048_576, "xa", "Có"),
    ],
    ids=["a million rows without cells", "a last row far below"],
)
def test_a_million_empty_rows_are_not_walked_through(rows, reader, monkeypatch):
    walked = []
    original = reading._until_empty

    def counting(sheet_rows, note):
        return original((walked.append(None) or row for row in sheet_rows), note)

    monkeypatch.setattr(reading, "_until_empty", counting)
    found = look(with_part(GOOD, "xl/worksheets/sheet1.xml", sheet_xml(rows)), reader)
    assert [row.name for row in found.rows] == ["moi"]
    assert found.notes == ("Đã dừng đọc ở dòng 202, sau 200 dòng trống; phía dưới không được đọc.",)
    assert len(walked) == 202


def test_a_million_empty_rows_and_nothing_else_are_refused(reader):
    rows = "".join(f'<row r="{number}"/>' for number in range(1, 1_048_577))
    assert refusal(with_part(GOOD, "xl/worksheets/sheet1.xml", sheet_xml(rows)), reader) == (
        "Không tìm thấy dòng tiêu đề trong trang tính đầu tiên. Thiếu các cột: “Loại thông báo”."
    )


@pytest.mark.parametrize(
    ("widget", "cell", "value"),
    [
        (TextCell(longest=9), "  a \n b ", "a b"),
        (TextCell(longest=9), 12.0, "12"),
        (TextCell(longest=9), "Hiê\u0309n", "Hiển"),
        (WholeCell(), 47, 47),
        (WholeCell(), 47.0, 47),
        (WholeCell(), "1.500", 1500),
        (WholeCell(), "0", 0),
        (DateCell(), date(2024, 3, 26), date(2024, 3, 26)),
        (DateCell(), "26/3/2024", date(2024, 3, 26)),
        (DateCell(), "2024-03-26", date(2024, 3, 26)),
        (ChoiceCell([("a", gettext_lazy("Grassroots branch"))]), "CHI DOAN CO SO", "a"),
        (ChoiceCell([("a", gettext_lazy("Grassroots branch"))]), "grassroots branch", "a"),
    ],
)
def test_cells_are_read_as_people_write_them(widget, cell, value):
    assert widget.clean(cell) == value


@pytest.mark.parametrize(
    ("widget", "cell"),
    [
        (TextCell(longest=3), "dài quá"),
        (TextCell(longest=9), "#REF!"),
        (WholeCell(), "12,5"),
        (WholeCell(), 12.5),
        (WholeCell(), -1),
        (WholeCell(), "mười"),
        (WholeCell(), True),
        (WholeCell(), "9" * 5000),
        (WholeCell(), "²"),
        (DateCell(), "31/2/2024"),
        (DateCell(), "tháng 3"),
        (DateCell(), 45000),
        (ChoiceCell([("a", "A")]), "b"),
    ],
)
def test_a_cell_that_makes_no_sense_is_a_value_error(widget, cell):
    with pytest.raises(ValueError, match=r"\w"):
        widget.clean(cell)


def test_exported_text_never_becomes_a_formula_and_comes_back_as_it_was(reader):
    names = ["=1+1", "+84", "-x", "@SUM(A1)", "thuong\x07"]
    NoticePreference.objects.filter(user=reader).delete()
    rows = [NoticePreference(user=reader, kind=name, by_email=True) for name in names]
    content = write_workbook(PreferenceResource(), rows, title="Thử")
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["=1+1", "+84", "-x", "@SUM(A1)", "thuong"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [True, True, True, True, False]
    NoticePreference.objects.bulk_create(rows[:4])
    assert [row.state for row in look(content, reader).rows[:4]] == [RowState.UNCHANGED] * 4


# --- Rows that are written together, in workbooks that the portal made ------------------------------------------------


class FilledResource(KeyedResource):
    """The same table as a workbook to be filled in: rows are judged, then written at once."""

    product = "test.preferences"
    written_together = True
    by_email = Column("by_email", "Gửi thư", ChoiceCell([("yes", "Có"), ("no", "Không")]), width=12)
    kind = Column("kind", "Loại thông báo", TextCell(longest=20))

    class Meta:
        import_id_fields = ("kind",)

    def __init__(self, *details: str) -> None:
        super().__init__()
        self.details_now = details or ("2024",)
        self.judged: list[dict[str, Any]] = []

    @property
    def details(self) -> tuple[str, ...]:
        return self.details_now

    def wrong_details(self, found: tuple[str, ...]) -> str:
        return f"Không phải {self.details_now}: {found}"

    def find(self, key: dict[str, Any]) -> NoticePreference | None:
        return NoticePreference.objects.filter(user=self.user, kind=key["kind"]).first()

    def values_of(self, subject: NoticePreference) -> dict[str, Any]:
        return {"kind": subject.kind, "by_email": "yes" if subject.by_email else "no"}

    def create(self, values: dict[str, Any]) -> None:
        raise ValidationError({"kind": "Loại này không có."})

    def change(self, subject: NoticePreference, values: dict[str, Any], changed: set[str]) -> None:
        self.judged.append(values)

    def notes(self) -> list[str]:
        return [f"{len(self.judged)} dòng đổi"]

    def write(self) -> None:
        if NoticePreference.objects.filter(user=self.user, kind="khoa").exists():
            raise Outdated
        for values in self.judged:
            NoticePreference.objects.filter(user=self.user, kind=values["kind"]).update(by_email=False)


def filled(*rows: tuple[str, str | None], resource: FilledResource | None = None) -> bytes:
    resource = resource or FilledResource()
    columns = [FillColumn(column.label, 12, key=name) for name, column in resource.columns.items()]
    sheet = FillSheet("Nhận thư", ["Điền ô vàng."], resource.marks, [*columns, FillColumn("Xem", 9)], frozen=1)
    return write_filling(sheet, ([FillCell(mail, True), FillCell(kind), FillCell("=1+1")] for kind, mail in rows))


def test_a_workbook_to_fill_in_comes_back_with_cells_named(reader):
    found = preview(FilledResource(), io.BytesIO(filled(("cu", "Không"), ("la", "Có"), ("nguyen", "ờ"))), user=reader)
    assert [(row.state, [(error.cell, error.words) for error in row.errors]) for row in found.rows] == [
        (RowState.CHANGED, []),
        (RowState.ERROR, [("B7", "Loại này không có.")]),
        (RowState.ERROR, [("A8", "“ờ” không phải là một trong: Có, Không.")]),
    ]
    assert found.notes == ("1 dòng đổi",)


def test_what_is_locked_and_what_is_open():
    sheet = load_workbook(io.BytesIO(filled(("cu", "Không")))).active
    assert [[cell.protection.locked for cell in sheet[row]] for row in (5, 6)] == [[True] * 3, [False, True, True]]
    assert [sheet.row_dimensions[row].hidden for row in (2, 3, 4, 5)] == [False, True, True, False]
    assert (sheet["C6"].data_type, sheet["C6"].value) == ("s", "=1+1")
    assert sheet.protection.sheet


def test_rows_written_together_are_written_once_at_the_end(reader):
    content = filled(("cu", "Không"), ("nguyen", "Không"))
    shown = preview(FilledResource(), io.BytesIO(content), user=reader)
    assert stored(reader) == {"cu": True, "nguyen": True}
    apply(FilledResource(), io.BytesIO(content), user=reader, fingerprint=shown.fingerprint)
    assert stored(reader) == {"cu": False, "nguyen": False}


def test_what_changed_before_the_writing_stops_it(reader):
    content = filled(("cu", "Không"))
    shown = preview(FilledResource(), io.BytesIO(content), user=reader)
    NoticePreference.objects.create(user=reader, kind="khoa")
    with pytest.raises(NotApplied) as refused:
        apply(FilledResource(), io.BytesIO(content), user=reader, fingerprint=shown.fingerprint)
    assert refused.value.preview == shown
    assert stored(reader)["cu"] is True


def test_marks_of_another_workbook_are_told(reader):
    with pytest.raises(WorkbookRefused, match="Không phải"):
        preview(FilledResource("2025"), io.BytesIO(filled(("cu", "Có"))), user=reader)


def test_kept_differences_are_the_same_to_the_letter(reader):
    content = filled(("cu", "Không"), ("la", "Có"))
    found = preview(FilledResource(), io.BytesIO(content), user=reader)
    file = keeping.keep(subject="test", name="a.xlsx", content=content, user=reader)
    keeping.keep_preview(file, found)
    keeping.keep_preview(file, found, stale=True)
    assert keeping.kept_preview(file) == (found, True)
    assert keeping.kept_preview(file)[0].fingerprint == found.fingerprint
    keeping.discard(file)
    assert StoredFile.objects.count() == 0


def test_how_far_reading_and_judging_are_is_told(reader):
    rows = [(f"loai{number}", "Có") for number in range(120)]
    content, seen, judged = filled(*rows), [], []
    table = running.table_of(FilledResource(), io.BytesIO(content), watch=seen.append)
    running.judge(FilledResource(), table, user=reader, watch=judged.append)
    assert (seen, judged) == ([50, 100], [50, 100])
