"""What cannot be meant: a time outside its heading's quarter, two times, a year that cannot be, a day that is none.

Flagged, never mended. The sentences are Vietnamese: they are shown beside the document's own words.
"""

import re
from collections.abc import Sequence
from datetime import date

from plans.outline.shapes import Contradiction, Outline
from plans.vietnamese.times import Precision, Role, Span, Time

from .dating import Dating, Period

_YEAR = re.compile(r"(?<![\d/.-])(?<!\d )20\d\d(?![\d/])")
_WORDS_BEFORE = re.compile(r"(?:[a-z]+ ){1,3}$")
_RANGE_AROUND = re.compile(r"\d\s*-\s*$")
# Behind these a year of the past is no slip: the past is what they are about.
_PAST_IS_MEANT = re.compile(
    r"\b(?:tong ket|so ket|danh gia|ket qua|bao cao|tuyen duong|ton vinh|xep loai|khen thuong|binh xet|bieu duong"
    r"|trao giai|trao tang|mua dong|mua he|luat|nghi quyet|chi thi|ket luan|quyet dinh|nghi dinh|ke hoach|chuong trinh"
    r"|khoa|nhiem ky|giai doan|nam hoc|thanh lap|tu nam|ke tu|so voi|chung ket|de an|thong tu|huong dan|cong van"
    r"|hien phap|bo luat|truyen thong)\b"
)


def outside_period(
    outline: Outline, *, place: tuple[int, int], windows: Sequence[Span], period: Period
) -> Contradiction | None:
    """An item under "Quý IV" that is dated September."""
    first = min(span.starts_on for span in period.windows)
    last = max(span.ends_on for span in period.windows)
    if not windows or all(first <= span.starts_on and span.ends_on <= last for span in windows):
        return None
    if any(span.precision is Precision.YEAR for span in windows):
        return None
    if any(span.starts_on <= last and span.ends_on >= first for span in windows):
        return None
    heading = outline.text[slice(*period.place)].strip()
    kind = "outside_quarter" if period.precision is Precision.QUARTER else "outside_period"
    return _made(
        outline, kind, place, f"Hoạt động đặt dưới mục “{heading}” nhưng thời gian ghi là {_said(windows[0])}."
    )


def two_times(outline: Outline, *, place: tuple[int, int]) -> Contradiction:
    """One item with two times of doing."""
    return _made(outline, "two_times", place, "Một hoạt động có hai thời gian khác nhau; cần chọn một.")


def impossible_date(outline: Outline, *, time: Time) -> Contradiction:
    """31/2, and a span that ends before it begins."""
    words = outline.text[time.start : time.end].strip()
    if time.backwards:
        says = f"Thời gian “{words}” kết thúc trước khi bắt đầu."
        return _made(outline, "reversed_dates", (time.start, time.end), says)
    return _made(outline, "impossible_date", (time.start, time.end), f"Không có ngày “{words}” trong lịch.")


def wrong_years(
    outline: Outline, dating: Dating, *, place: tuple[int, int], windows: Sequence[Span]
) -> list[Contradiction]:
    """An event of another year in this year's plan: "Tết Trung thu 2023" in a plan of 2024."""
    year = dating.year
    if year is None:
        return []
    start, end = place
    words = outline.bare_text[start:end]
    found = []
    for match in _YEAR.finditer(words):
        said = int(match.group())
        if not year - 4 <= said < year or any(span.starts_on.year <= said <= span.ends_on.year for span in windows):
            continue
        before = words[max(0, match.start() - 60) : match.start()]
        if (
            _RANGE_AROUND.search(before)
            or re.match(r"\s*-\s*\d", words[match.end() :])
            or _PAST_IS_MEANT.search(before)
        ):
            continue
        led = _WORDS_BEFORE.search(before)
        at = (start + match.start() - (len(led.group()) if led else 0), start + match.end())
        found.append(_made(outline, "wrong_year", at, f"Năm {said} trong văn bản của năm {year}."))
    return found


def wrong_year_of_time(
    outline: Outline, dating: Dating, *, windows: Sequence[Span], place: tuple[int, int]
) -> Contradiction | None:
    """A time of doing that lies in none of the plan's years or the one after."""
    year = dating.year
    if year is None or not windows:
        return None
    head = outline.head
    last = head.ends_on.year if head.ends_on else year
    years = {span.starts_on.year for span in windows} | {span.ends_on.year for span in windows}
    earliest = year - 1 if head.dated and head.dated.year < year else year
    if all(earliest <= said <= max(last, year) + 1 for said in years):
        return None
    said = outline.text[slice(*place)].strip()
    return _made(outline, "wrong_year", place, f"Thời gian “{said}” không thuộc năm {year} của văn bản.")


def impossible(times: Sequence[Time]) -> list[Time]:
    return [time for time in times if (time.impossible or time.backwards) and time.role is not Role.REFERENCE]


def _said(span: Span) -> str:
    if span.precision is Precision.MONTH:
        return f"tháng {span.starts_on.month}/{span.starts_on.year}"
    if span.starts_on == span.ends_on:
        return f"ngày {_day(span.starts_on)}"
    return f"từ {_day(span.starts_on)} đến {_day(span.ends_on)}"


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _made(outline: Outline, kind: str, place: tuple[int, int], says: str) -> Contradiction:
    start, end = place
    return Contradiction(kind, outline.text[start:end], start, end, says)
