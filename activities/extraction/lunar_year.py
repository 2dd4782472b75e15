"""The lunar new year of Vietnam: on which day it falls, and whether words speak of one. Facts and words, no guesses.

"Dịp Tết" names no days: some hold their activity a month before, some the week after. So it becomes no window, but the
person who decides is told the day.
"""

import re
from datetime import date

# The first day, by Hanoi's time (in 2030 it is not China's).
NEW_YEARS = {
    day.year: day
    for day in (
        *(date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5)),
        *(date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10)),
        *(date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13)),
        *(date(2030, 2, 2), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19)),
        date(2035, 2, 8),
    )
}
_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
_BARE_STEMS = ("giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy")
_BARE_BRANCHES = ("ty", "suu", "dan", "mao", "thin", "ty", "ngo", "mui", "than", "dau", "tuat", "hoi")
_NAMED = rf"(?P<stem>{'|'.join(_BARE_STEMS)})\s+(?P<branch>{'|'.join(dict.fromkeys(_BARE_BRANCHES))})\b"
_YEAR = r"(?:[\s,(-]+(?:nam\s+)?(?P<year>20\d\d)\b)?"
# "Tết Nguyên đán (Giáp Thìn) 2024", "Tết Giáp Thìn", "Xuân Giáp Thìn"; not "Tết Trung thu", "Tết trồng cây".
_SAID = re.compile(
    rf"\btet\s+(?:nguyen\s+dan|co\s+truyen|am\s+lich)\b(?:[\s,(-]+(?:nam\s+)?{_NAMED})?\)?{_YEAR}"
    rf"|\b(?:tet|xuan)\s+(?:nam\s+)?{_NAMED.replace('stem', 'stem_2').replace('branch', 'branch_2')}"
    rf"{_YEAR.replace('year', 'year_2')}"
)


def name_of(year: int) -> str:
    """Return "Giáp Thìn" for 2024."""
    return f"{_STEMS[(year - 4) % 10]} {_BRANCHES[(year - 4) % 12]}"


def new_year_in(words: str, *, year: int | None) -> date | None:
    """Return the first day of the new year of which bare words speak; ``year`` is the one in which it falls if unsaid.

    Null where they speak of none, where the year is unknown or beyond the table, and where its name and its number do
    not agree.
    """
    said = _SAID.search(words)
    if said is None:
        return None
    written = said["year"] or said["year_2"]
    stem, branch = said["stem"] or said["stem_2"], said["branch"] or said["branch_2"]
    meant = int(written) if written else year
    if stem is None or meant is None:
        return NEW_YEARS.get(meant or 0)
    # Without a number a plan of one year may speak of the new year at its end.
    near = (meant,) if written else (meant, meant + 1, meant - 1)
    return next((NEW_YEARS.get(one) for one in near if _is_called(one, stem, branch)), None)


def _is_called(year: int, stem: str, branch: str) -> bool:
    return (_BARE_STEMS[(year - 4) % 10], _BARE_BRANCHES[(year - 4) % 12]) == (stem, branch)
