"""The term that a title names: a year, a school year, a span of years. Its months and quarters are not looked at."""

import re
from datetime import date

_SCHOOL_YEAR = re.compile(r"nam hoc\s*(\d{4})\s*[-/]\s*(\d{4})")
_YEAR = re.compile(r"nam\s*(20\d{2})(?!\s*[-/]\s*\d)|(?<=/)(20\d{2})")
_SPAN = re.compile(r"(?:nhiem ky|giai doan|khoa|nam)[^\d]{0,12}(20\d{2})\s*[-/]\s*(20\d{2})")
# "2O24", as scanners write it.
_LETTER_O = re.compile(r"(?<=\d)o(?=\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def term_of(title: str) -> tuple[date, date] | None:
    """Return the first and the last day of the term named in a bare title; none where it names none.

    A school year runs from 1 September to 31 August.
    """
    title = _LETTER_O.sub("0", title)
    if found := _SCHOOL_YEAR.search(title):
        return date(int(found[1]), 9, 1), date(max(int(found[1]), min(int(found[2]), int(found[1]) + 1)), 8, 31)
    if found := _YEAR.search(title):
        return whole_year(int(found[1] or found[2]))
    if (found := _SPAN.search(title)) and int(found[1]) <= int(found[2]):
        return date(int(found[1]), 1, 1), date(int(found[2]), 12, 31)
    if found := _ANY_YEAR.search(title):
        return whole_year(int(found[1]))
    return None


def whole_year(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
