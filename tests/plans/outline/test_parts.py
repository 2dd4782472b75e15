"""Several documents in one text, feet of documents, and what stands outside all sections."""

import pytest

from plans.outline.read import read_outline
from plans.outline.shapes import Nature, Outline, Role

DISPATCH = """HUYỆN ĐOÀN A
***
Số: 21-CV/HĐTN
ĐOÀN TNCS HỒ CHÍ MINH
A, ngày 3 tháng 3 năm 2024
Kính gửi: Các Đoàn cơ sở.
Ban Thường vụ Huyện đoàn gửi định hướng năm 2024 kèm theo.
Nơi nhận:
- Như trên;
- Lưu: VP.
TM. BAN THƯỜNG VỤ
BÍ THƯ

Trần Thị Bình
"""
ANNEX = """
PHỤ LỤC 1
Hoạt động dự kiến năm 2024

Stt\tTên hoạt động\tThời gian
1.\tHội trại\tTháng 03
"""
ORIENTATION = """
A, ngày 3 tháng 3 năm 2024

ĐỊNH HƯỚNG
Công tác Đoàn năm 2024

1. Chủ đề
Học tốt.
2. Chỉ tiêu
- Trồng 100 cây.
"""


def roles(outline: Outline) -> list[str]:
    """Return the roles of the blocks but furniture."""
    return [block.role for block in outline.blocks if block.role is not Role.FURNITURE]


def test_each_document_of_a_file_is_a_part_of_one_outline() -> None:
    outline = read_outline(DISPATCH + ANNEX + ORIENTATION)
    assert [(section.address, section.heading) for section in outline.sections] == [
        ("Phụ lục 1", "Hoạt động dự kiến năm 2024"),
        ("Định hướng", "ĐỊNH HƯỚNG Công tác Đoàn năm 2024"),
        ("Định hướng/1", "Chủ đề"),
        ("Định hướng/2", "Chỉ tiêu"),
        ("Định hướng/2/-", ""),
    ]
    assert [section.nature for section in outline.sections] == [
        *(Nature.CALENDAR, Nature.NARRATIVE, Nature.NARRATIVE, Nature.TARGETS, Nature.TARGETS),
    ]
    assert (outline.head.number, outline.head.kind, outline.head.year) == ("21-CV/HĐTN", "dispatch", 2024)
    assert outline.contradictions == ()


def test_the_first_documents_foot_ends_it() -> None:
    outline = read_outline(DISPATCH + ANNEX + ORIENTATION)
    assert outline.head.recipients == ("Như trên", "Lưu: VP")
    assert outline.head.signer == "Trần Thị Bình"
    assert roles(outline) == [
        *(Role.HEAD, Role.TEXT, Role.RECIPIENTS, Role.SIGNATURE),
        *(Role.TITLE, Role.TABLE_HEAD, Role.ROW),
        *(Role.HEAD, Role.TITLE, Role.HEADING, Role.TEXT, Role.HEADING, Role.HEADING),
    ]


def test_a_file_that_is_only_an_annex_is_one_section() -> None:
    outline = read_outline(ANNEX)
    assert [(section.number, section.nature) for section in outline.sections] == [("Phụ lục 1", Nature.CALENDAR)]


def test_a_sentence_that_speaks_of_an_annex_opens_none() -> None:
    outline = read_outline(
        "I. NỘI DUNG\n1. Các hoạt động lớn.\n(Phụ lục kèm theo)\nPhụ lục 1 ghi rõ thời gian từng hoạt động.\n2. Khác.\n"
    )
    assert [section.address for section in outline.sections] == ["I", "I/1", "I/2"]


FEET = [
    (
        "recipients, then signature",
        "Nơi nhận:\n- Đảng ủy (b/c);\n- Lưu VP.\nTM. BAN CHẤP HÀNH\nBÍ THƯ\n(đã ký)\nLê Văn Cường\n",
        ("Đảng ủy (b/c)", "Lưu VP"),
        "Lê Văn Cường",
    ),
    (
        "signature, then recipients",
        "TM. BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLê Văn Cường\n\nNơi nhận:\n- Đảng ủy (b/c);\n- Lưu VP.\n",
        ("Đảng ủy (b/c)", "Lưu VP"),
        "Lê Văn Cường",
    ),
    (
        "beside each other",
        "Nơi nhận:\tTM. BAN THƯỜNG VỤ\n- Đảng ủy (b/c);\tBÍ THƯ\n- Lưu VP.\n\n\tLê Văn Cường\n",
        ("Đảng ủy (b/c)", "Lưu VP"),
        "Lê Văn Cường",
    ),
    (
        "marked down",
        "***Nơi nhận:***\n\n- Đảng ủy;\n\n**TM. BAN THƯỜNG VỤ**\n\n**BÍ THƯ**\n\n**Lê Văn Cường**\n",
        ("Đảng ủy",),
        "Lê Văn Cường",
    ),
    (
        "in a Markdown table",
        "| **Nơi nhận:**<br>- Đảng ủy;<br>- Lưu VP. | **TM. BAN THƯỜNG VỤ**<br>**BÍ THƯ**<br><br>**Lê Văn Cường** |\n",
        ("Đảng ủy", "Lưu VP"),
        "Lê Văn Cường",
    ),
    ("for the secretary", "KT. BÍ THƯ\nPHÓ BÍ THƯ\n\nLê Văn Cường\n", (), "Lê Văn Cường"),
    ("recipients alone", "\tNơi nhận:\n\n- Đảng ủy;\n\n- Lưu(77b).      \n", ("Đảng ủy", "Lưu(77b)"), ""),
]


@pytest.mark.parametrize(("foot", "recipients", "signer"), [case[1:] for case in FEET], ids=[case[0] for case in FEET])
def test_a_foot_is_read(foot: str, recipients: tuple[str, ...], signer: str) -> None:
    outline = read_outline(
        f"II. TỔ CHỨC THỰC HIỆN\n- Chi đoàn báo cáo trước ngày 20.\nTrên đây là kế hoạch hội trại.\n{foot}"
    )
    assert (outline.head.recipients, outline.head.signer) == (recipients, signer)
    assert [section.address for section in outline.sections] == ["II", "II/-"]
    assert set(roles(outline)) - {Role.RECIPIENTS, Role.SIGNATURE} == {Role.HEADING, Role.TEXT}
    closing = next(block for block in outline.blocks if block.role is Role.TEXT)
    assert closing.section is None
    assert outline.text[closing.start : closing.end] == "Trên đây là kế hoạch hội trại.\n"
