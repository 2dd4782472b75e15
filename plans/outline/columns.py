"""What a table's columns are called, and what one row of it is; ``tables`` and ``stacked`` find where tables are."""

import re
from dataclasses import dataclass

# Bare words of a table's head: a cell is a column's name when it begins with one of these.
COLUMNS = (
    "stt", "tt", "so tt", "ten hoat dong", "hoat dong", "noi dung", "ten noi dung", "ten chuong trinh",
    "chuong trinh", "cong viec", "ten cong viec", "thoi gian", "thoi diem", "ngay", "thang", "tuan", "don vi",
    "dia diem", "ghi chu", "chi tieu", "dvt", "so luong", "ket qua", "phu trach", "nguoi phu trach", "phan cong",
    "chu tri", "bo phan", "ban phu trach", "thuc hien", "doi tuong", "thanh phan", "du kien", "tien do", "chu de",
    "hinh thuc", "kinh phi", "nguoi thuc hien", "chu diem", "nhiem vu", "muc tieu", "co quan", "trong tam",
    "don vi tinh",
)  # fmt: skip
COUNTERS = frozenset({"stt", "tt", "so tt", "so"})
TIMES = frozenset({"thoi gian", "thoi diem", "thang", "ngay", "tuan", "thoi gian thuc hien", "thoi gian to chuc"})
# Names that hardly stand together by chance.
SURE = frozenset({
    "stt", "tt", "so tt", "thoi gian", "noi dung", "don vi thuc hien", "ghi chu", "ten hoat dong", "dvt",
    "don vi chu tri", "noi dung trong tam", "nguoi thuc hien", "chu diem", "noi dung hoat dong",
})  # fmt: skip
COUNT = re.compile(r"\s*([\dlIO]{1,3}|[ivx]{1,5})\s*[.)/]?\s*")
# What a head may name besides: the parts of a term, and all of it together.
_PHASES = re.compile(
    r"(?:nam )?20\d\d(?: ?[-/] ?20\d\d)?|quy [ivx1-4]{1,3}|hoc ky [i12]{1,2}|thang \d{1,2}|6 thang (?:dau|cuoi) nam"
)
TOTALS = frozenset({
    "tong", "tong so", "tong cong", "cong", "tong chi tieu", "toan tinh", "toan huyen", "ca nam", "ca nhiem ky",
    "ca giai doan", "toan nhiem ky", "toan khoa", "ca khoa", "ca nam hoc", "luy ke",
})  # fmt: skip
LONGEST_NAME = 45
MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """Lines ``first`` to ``last`` are one row. ``cells`` are places in the text with the bare name of their column.

    ``head`` for a table's head, ``group`` for a row that is a heading inside the table ("Quý I").
    """

    first: int
    last: int
    cells: tuple[tuple[int, int, str], ...]
    head: bool = False
    group: bool = False


def column_name(words: str) -> str:
    """Return the name of a column from the bare words of its head."""
    return " ".join(words.split()).strip(" .:*")


def is_column(words: str) -> bool:
    """Tell whether bare words are a column's name; "Tháng 9" is a cell, "Tháng" a name."""
    name = column_name(words)
    if any(map(str.isdigit, name)):
        return False
    known = any(name == column or name.startswith(column + " ") for column in COLUMNS)
    return 0 < len(name) <= LONGEST_NAME and known


def is_phase(name: str) -> bool:
    """Tell whether a column's bare name is a part of the plan's term: a year, a quarter."""
    return bool(_PHASES.fullmatch(name))
