"""Heads of documents: the two columns beside each other, one after the other, interleaved, and with mark-up."""

from datetime import date

import pytest

from plans.outline.read import read_outline
from plans.outline.shapes import Head, Role

BODY = "\nThực hiện chương trình công tác năm, Đoàn xã xây dựng kế hoạch như sau:\nI. MỤC ĐÍCH\nTạo sân chơi.\n"
TITLE = "KẾ HOẠCH\nTổ chức Tháng Thanh niên năm 2024\n-------\n"
ONE_AFTER_THE_OTHER = f"""HUYỆN ĐOÀN AN BIÊN
BCH ĐOÀN XÃ ĐÔNG YÊN
***
Số: 03-KH/ĐTN

ĐOÀN TNCS HỒ CHÍ MINH

Đông Yên, ngày 05 tháng 02 năm 2024

{TITLE}"""
BESIDE_BY_TABS = f"""HUYỆN ĐOÀN AN BIÊN\tĐOÀN TNCS HỒ CHÍ MINH
BCH ĐOÀN XÃ ĐÔNG YÊN
***
Số: 03 - KH/ĐTN\tĐông Yên, ngày 05 tháng 02 năm 2024

{TITLE}"""
BESIDE_BY_SPACES = f"""   HUYỆN ĐOÀN AN BIÊN              ĐOÀN TNCS HỒ CHÍ MINH
  BCH ĐOÀN XÃ ĐÔNG YÊN
          ***
   Số:  03 -KH/ĐTN                 Đông Yên, ngày   05   tháng 02 năm 2024

{TITLE}"""
BESIDE_BY_ONE_SPACE = f"""HUYỆN ĐOÀN AN BIÊN ĐOÀN TNCS HỒ CHÍ MINH
BCH ĐOÀN XÃ ĐÔNG YÊN
*** Đông Yên, ngày 05 tháng 02 năm 2024
Số: 03-KH/ĐTN
{TITLE}"""
NUMBER_AND_DATE_IN_ONE = f"""HUYỆN ĐOÀN AN BIÊN ĐOÀN TNCS HỒ CHÍ MINH
BCH ĐOÀN XÃ ĐÔNG YÊN
Số: 03-KH/ĐTN Đông Yên, ngày 05 tháng 02 năm 2024
{TITLE}"""
INTERLEAVED = f"""HUYỆN ĐOÀN AN BIÊN
ĐOÀN TNCS HỒ CHÍ MINH
BCH ĐOÀN XÃ ĐÔNG YÊN
Đông Yên, ngày 05 tháng 02 năm 2024
Số: 03-KH/ĐTN
{TITLE}"""
MARKED_DOWN = """**HUYỆN ĐOÀN AN BIÊN**

**BCH ĐOÀN XÃ ĐÔNG YÊN**

\\*\\*\\*

Số: 03-KH/ĐTN

**ĐOÀN TNCS HỒ CHÍ MINH**

*Đông Yên, ngày 05 tháng 02 năm 2024*

## **KẾ HOẠCH**

### **Tổ chức Tháng Thanh niên năm 2024**

-----
"""
AFTER_A_WEB_PAGES_HEAD = f"""Trang chủ
Thứ hai, 05/02/2024
{ONE_AFTER_THE_OTHER}"""


@pytest.mark.parametrize(
    "text",
    [
        *(ONE_AFTER_THE_OTHER, BESIDE_BY_TABS, BESIDE_BY_SPACES, BESIDE_BY_ONE_SPACE, NUMBER_AND_DATE_IN_ONE),
        *(INTERLEAVED, MARKED_DOWN, AFTER_A_WEB_PAGES_HEAD),
    ],
    ids=[
        *("one after the other", "tabs", "wide gaps", "one space", "number and date in one"),
        *("interleaved", "marked down", "on a web page"),
    ],
)
def test_a_head_is_found_however_its_columns_come(text: str) -> None:
    outline = read_outline(text + BODY)
    assert outline.head == Head(
        issuer="BCH ĐOÀN XÃ ĐÔNG YÊN",
        superior="HUYỆN ĐOÀN AN BIÊN",
        number="03-KH/ĐTN",
        place="Đông Yên",
        dated=date(2024, 2, 5),
        kind="plan",
        title="Tổ chức Tháng Thanh niên năm 2024",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    assert outline.head.year == 2024
    assert [section.address for section in outline.sections] == ["I"]
    assert [block.role for block in outline.blocks if block.role is not Role.FURNITURE] == [
        *(Role.HEAD, Role.TITLE, Role.TEXT, Role.HEADING, Role.TEXT),
    ]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Số: 02-NQ/ĐTN", "02-NQ/ĐTN"),
        ("Số: 02 - NQ/ĐTN", "02-NQ/ĐTN"),
        ("Số 347-CV/TĐTN-VP", "347-CV/TĐTN-VP"),
        ("Số: 115 – KH/TĐTN – PTTN", "115-KH/TĐTN-PTTN"),
        ("Số:        -CTr/ĐTN", "-CTr/ĐTN"),
        ("Số: ......-KH/ĐTN", "-KH/ĐTN"),
        ("Sô: 12-KH/HĐTN", "12-KH/HĐTN"),
        ("Số: 07/KH-ĐTN", "07/KH-ĐTN"),
        ("Số: 15/2024/KH-ĐTN", "15/2024/KH-ĐTN"),
    ],
)
def test_numbers_are_read_without_their_spaces(written: str, number: str) -> None:
    text = f"BCH ĐOÀN XÃ ĐÔNG YÊN\n***\n{written}\nĐông Yên, ngày 5 tháng 2 năm 2024\n{TITLE}{BODY}"
    assert read_outline(text).head.number == number


@pytest.mark.parametrize(
    ("heads", "issuer", "superior"),
    [
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN CHẤP HÀNH TRUNG ƯƠNG", ""),
        ("BAN CHẤP HÀNH\nĐOÀN PHƯỜNG 5", "BAN CHẤP HÀNH ĐOÀN PHƯỜNG 5", ""),
        (
            "TỈNH ĐOÀN B\nBCH ĐOÀN KHỐI CÁC CƠ QUAN\nVÀ DOANH NGHIỆP",
            "BCH ĐOÀN KHỐI CÁC CƠ QUAN VÀ DOANH NGHIỆP",
            "TỈNH ĐOÀN B",
        ),
        ("TỈNH ĐOÀN BẮC B\nBAN THƯỜNG VỤ", "BAN THƯỜNG VỤ TỈNH ĐOÀN BẮC B", ""),
        ("ĐẢNG ỦY CÔNG TY C\nĐOÀN THANH NIÊN CÔNG TY C", "ĐOÀN THANH NIÊN CÔNG TY C", "ĐẢNG ỦY CÔNG TY C"),
        ("BCH ĐOÀN TNCS HỒ CHÍ MINH TỈNH D", "BCH ĐOÀN TNCS HỒ CHÍ MINH TỈNH D", ""),
    ],
)
def test_bodies_are_told_apart(heads: str, issuer: str, superior: str) -> None:
    text = f"{heads}\n***\nSố: 03-KH/ĐTN\nĐOÀN TNCS HỒ CHÍ MINH\nĐông Yên, ngày 5 tháng 2 năm 2024\n{TITLE}{BODY}"
    head = read_outline(text).head
    assert (head.issuer, head.superior) == (issuer, superior)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NGHỊ QUYẾT", "resolution"),
        ("CHƯƠNG TRÌNH", "programme"),
        ("ĐỊNH HƯỚNG", "orientation"),
        ("KẾ HOẠCH", "plan"),
        ("KÉ HOẠCH", "plan"),
        ("HƯỚNG DẪN", "guideline"),
        ("BÁO CÁO", "report"),
        ("QUYẾT ĐỊNH", "decision"),
    ],
)
def test_kinds_are_known_by_their_name(name: str, kind: str) -> None:
    text = f"ĐOÀN XÃ A\nXã A, ngày 5 tháng 2 năm 2024\n{name}\nCông tác Đoàn năm 2024\n{BODY}"
    head = read_outline(text).head
    assert (head.kind, head.title) == (kind, "Công tác Đoàn năm 2024")


@pytest.mark.parametrize(
    ("title", "starts_on", "ends_on"),
    [
        ("Công tác Đoàn năm 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("Công tác Đoàn\nNăm học 2023 – 2024", date(2023, 9, 1), date(2024, 8, 31)),
        ("Thực hiện Nghị quyết Đại hội, nhiệm kỳ 2022 - 2027", date(2022, 1, 1), date(2027, 12, 31)),
        ("Tháng Thanh niên 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("Công tác Đoàn năm 2O25", date(2025, 1, 1), date(2025, 12, 31)),
        ("Chiến dịch hè", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_the_term_is_the_titles_year_or_the_dates(title: str, starts_on: date, ends_on: date) -> None:
    text = f"ĐOÀN XÃ A\nSố: 1-KH/ĐTN\nXã A, ngày 15 tháng 12 năm 2023\nKẾ HOẠCH\n{title}\n-----\n{BODY}"
    head = read_outline(text).head
    assert (head.starts_on, head.ends_on) == (starts_on, ends_on)


def test_a_year_with_a_letter_for_its_nought_is_one() -> None:
    head = read_outline(f"ĐOÀN XÃ A\nSố: 1-KH/ĐTN\nXã A, ngày l7 tháng O9 năm 2O25\nKẾ HOẠCH\nTrại\n-----\n{BODY}").head
    assert head.dated == date(2025, 9, 17)


def test_a_day_left_open_is_no_date_but_its_year_counts() -> None:
    head = read_outline(
        f"ĐOÀN XÃ A\nSố: 1-KH/ĐTN\nXã A, ngày     tháng 3 năm 2024\nKẾ HOẠCH\nHội trại\n-----\n{BODY}"
    ).head
    assert (head.dated, head.year) == (None, 2024)


def test_a_dispatch_is_known_by_its_subject_and_addressee() -> None:
    text = (
        "HUYỆN ĐOÀN A\n***\nSố: 21-CV/HĐTN\n“V/v tổ chức\nhội trại năm 2024”\nĐOÀN TNCS HỒ CHÍ MINH\n"
        "A, ngày 3 tháng 3 năm 2024\nKính gửi: Các Đoàn cơ sở.\nĐể chuẩn bị hội trại, mời các đơn vị đăng ký.\n"
    )
    outline = read_outline(text)
    assert (outline.head.kind, outline.head.title) == ("dispatch", "V/v tổ chức hội trại năm 2024")
    assert [block.role for block in outline.blocks] == [Role.HEAD, Role.TEXT]


def test_a_text_without_head_has_none() -> None:
    outline = read_outline("Chúng tôi họp chi đoàn vào thứ bảy.\nAi bận thì báo trước.\n")
    assert outline.head == Head()
    assert [block.role for block in outline.blocks] == [Role.TEXT, Role.TEXT]


def test_a_title_without_head_is_found() -> None:
    head = read_outline("Kế hoạch Tháng Thanh niên năm 2021\n\nCăn cứ tình hình, Đoàn trường xây dựng kế hoạch.\n").head
    assert (head.kind, head.title, head.year) == ("plan", "Kế hoạch Tháng Thanh niên năm 2021", 2021)
