"""Numbers that come twice or are missing, and two dates of one document: flagged where sure, else silent."""

import pytest

from plans.outline.read import read_outline

TWICE = """V. HOẠT ĐỘNG
1. Đồng loạt:
- Tết trồng cây.
2. Cấp huyện:
* Quý I:
1. Hội trại.
2. Hội thi.
* Quý II:
1. Hội thao.
2. Tập huấn.
2. Cấp cơ sở:
- Mỗi chi đoàn một hoạt động.
VI. TỔ CHỨC THỰC HIỆN
"""


def found(text: str) -> list[tuple[str, str]]:
    """Return kind and quote of each contradiction; every quote stands at its place."""
    outline = read_outline(text)
    assert all(outline.text[one.start : one.end] == one.quote for one in outline.contradictions)
    return [(one.kind, one.quote) for one in outline.contradictions]


def test_a_number_that_comes_twice_is_flagged_at_its_second_place() -> None:
    outline = read_outline(TWICE)
    assert found(TWICE) == [("number_repeated", "2. Cấp cơ sở:")]
    assert outline.contradictions[0].says == "Số mục “2” đã dùng ở “2. Cấp huyện:”."
    assert "V/2 (2)" in [section.address for section in outline.sections]


def test_a_missing_number_is_flagged_where_nothing_else_can_be_the_reason() -> None:
    text = "I. NỘI DUNG\n1. Một.\n2. Hai.\n4. Bốn.\n5. Năm.\n"
    assert found(text) == [("number_skipped", "4. Bốn.")]
    assert read_outline(text).contradictions[0].says == "Thiếu một mục giữa “2” và “4”."


SILENT = [
    ("in order", "I. A LÀ MỘT\n1. Một.\n2. Hai.\n3. Ba.\nII. B LÀ HAI\n1. Một.\n2. Hai.\n"),
    ("dotted and restarting", "1. Một\n1.1. A.\n1.2. B.\n2. Hai\n2.1. C.\n2.2. D.\n"),
    ("too short a list", "I. NỘI DUNG\n1. Một.\n3. Ba.\n"),
    ("the missing one stands inside a line", "I. NỘI DUNG\n1. Một.\n2. Hai. 3. Ba.\n4. Bốn.\n5. Năm.\n"),
    ("damaged numbers", "I. NỘI DUNG\nl. Một.\n2. Hai.\n4. Bốn.\n5. Năm.\n"),
    ("letters left out by custom", "1. Một\na) A.\nb) B.\nc) C.\nd) D.\nđ) Đ.\ne) E.\ng) G.\n"),
    ("all numbers one", "I. NỘI DUNG\n1. Một.\n1. Hai.\n1. Ba.\n1. Bốn.\n1. Năm.\n"),
    ("a heading in between was lost", "I. A LÀ MỘT\n1. Một.\n2. Hai.\n3. Ba.\n1. Một.\n2. Hai.\n3. Ba.\n"),
    (
        "rows of two tables",
        "I. LỊCH\nStt\tNội dung\tThời gian\n1\tA\tTháng 1\n2\tB\tTháng 2\nStt\tNội dung\tThời gian\n1\tC\tTháng 3\n",
    ),
]


@pytest.mark.parametrize("text", [case[1] for case in SILENT], ids=[case[0] for case in SILENT])
def test_what_may_be_right_is_not_flagged(text: str) -> None:
    assert found(text) == []


PLAN = (
    "HUYỆN ĐOÀN A\nSố: 2-KH/HĐTN\nĐOÀN TNCS HỒ CHÍ MINH\nA, ngày 29 tháng 7 năm 2023\n"
    "KẾ HOẠCH\nHội trại\n-----\nI. NỘI DUNG\nHội trại.\n"
)


def test_two_dates_of_one_document_are_flagged() -> None:
    text = f"{PLAN}\nA, ngày 9 tháng 7 năm 2023\nPHỤ LỤC\nHoạt động\n-----\n1. Hội trại.\n"
    assert found(text) == [("two_dates", "A, ngày 9 tháng 7 năm 2023")]
    says = read_outline(text).contradictions[0].says
    assert says == "Ngày ghi ở đây (09/07/2023) khác ngày ở đầu văn bản (29/07/2023)."


def test_one_date_written_twice_is_not_flagged() -> None:
    assert found(f"{PLAN}\nA, ngày 29 tháng 7 năm 2023\nPHỤ LỤC\nHoạt động\n-----\n1. Hội trại.\n") == []
