"""Numbers, dates and spans as a Vietnamese office writes them: 1.500 and 12,5, 26/3/2024, quý III/2024.

Pure formatting: what is rounded here is rounded for the eye only (domain: rule 17). Words are translated, the way of
writing figures and dates is the same in every language. Attributes of SVG take their numbers from ``core.charts``.
"""

import re
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()

Number = Decimal | int | float
NOTHING = "–"
_TENTH = Decimal("0.1")
_QUARTERS = ("I", "II", "III", "IV")
_SPAN = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9M)))?")


def _decimal(value: object) -> Decimal | None:
    """Return the value as a number; None for what is no number (an empty cell, a word)."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _written(number: Decimal) -> str:
    """Write a number with points between thousands and a comma before decimals, without trailing zeros."""
    whole, _point, fraction = f"{abs(number):,f}".partition(".")
    fraction = fraction.rstrip("0")
    text = whole.replace(",", ".") + (f",{fraction}" if fraction else "")
    return f"−{text}" if number < 0 and text != "0" else text


@register.filter
def vn_number(value: Number | str | None, places: int = 4) -> str:
    """Write 1500 as "1.500" and 12.50 as "12,5"; None as "–" (missing is not zero). Rounds half up to ``places``.

    A word comes back as it is: an unbound form field shows what was typed.
    """
    number = _decimal(value)
    if number is None:
        return NOTHING if value in (None, "") else str(value)
    return _written(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@register.filter
def vn_signed(value: Number | None) -> str:
    """Write a change: "+19", "−3", "0"; None as "–"."""
    number = _decimal(value)
    return f"+{vn_number(number)}" if number is not None and number > 0 else vn_number(value)


@register.filter
def vn_percent(value: Number | None) -> str:
    """Write percent (78.66 as "78,7%") to at most 1 place; below 100 it never shows 100% (domain: rule 17)."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    shown = number.quantize(_TENTH, ROUND_HALF_UP)
    if number < 100 <= shown:
        shown = number.quantize(_TENTH, ROUND_DOWN)
    return f"{_written(shown)}%"


@register.filter
def vn_share(numerator: Number | None, denominator: Number | None) -> str:
    """Write "2.704/2.860"; "–" where the numerator is missing."""
    return NOTHING if numerator is None else f"{vn_number(numerator)}/{vn_number(denominator)}"


@register.simple_tag
def vn_range(minimum: Number | None, maximum: Number | None, unit: str = "") -> str:
    """Write bounds: "150–200 cây", "từ 1.500 cây", "không quá 3", "100%"; "–" without any. ``unit`` may be "%"."""
    tail = unit if unit in ("", "%") else f" {unit}"
    if minimum is None and maximum is None:
        return NOTHING
    if maximum is None or minimum == maximum:
        figure = f"{vn_number(minimum)}{tail}"
        whole = unit == "%" and minimum == 100
        return figure if whole or minimum == maximum else _("from %(figure)s") % {"figure": figure}
    if minimum is None:
        return _("at most %(figure)s") % {"figure": f"{vn_number(maximum)}{tail}"}
    return f"{vn_number(minimum)}–{vn_number(maximum)}{tail}"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """Write a day as 26/3/2024, a moment as its day in Việt Nam; None as "–"."""
    if not value:
        return NOTHING
    day = _local(value)
    return f"{day.day}/{day.month}/{day.year}"


@register.filter
def vn_day(value: date | datetime | None) -> str:
    """Write a day of a year that the page already names: 26/3; None as "–"."""
    return vn_date(value).rpartition("/")[0] or NOTHING


@register.filter
def vn_time(value: datetime | None) -> str:
    """Write the time of day in Việt Nam: 9:15; None as "–"."""
    if not value:
        return NOTHING
    moment = _local(value)
    return f"{moment.hour}:{moment.minute:02}" if isinstance(moment, datetime) else NOTHING


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """Write a moment: "9:15 ngày 4/10/2024"; None as "–"."""
    return _("%(time)s on %(day)s") % {"time": vn_time(value), "day": vn_date(value)} if value else NOTHING


@register.filter
def vn_size(size: int | None) -> str:
    """Write a file's size in bytes: "820 KB", "1,8 MB" (1 KB = 1024 bytes); None as "–"."""
    if size is None:
        return NOTHING
    kilobytes = Decimal(size) / 1024
    if kilobytes < 1024:
        return f"{vn_number(max(kilobytes, Decimal(1)), 0)} KB"
    return f"{vn_number(kilobytes / 1024, 1)} MB"


@register.filter
def span_name(code: str) -> str:
    """Name a span by its code: 2024-09 "tháng 9/2024", 2024-Q3 "quý III/2024", 2024-H1, 2024-9M, 2024 "năm 2024".

    What is no span code comes back as it is.
    """
    found = _SPAN.fullmatch(code)
    if found is None:
        return code
    year = found["year"]
    if found["month"]:
        return pgettext("span", "month %(month)s/%(year)s") % {"month": int(found["month"]), "year": year}
    if found["quarter"]:
        return pgettext("span", "quarter %(quarter)s/%(year)s") % {
            "quarter": _QUARTERS[int(found["quarter"]) - 1],
            "year": year,
        }
    if found["half"] == "1":
        return pgettext("span", "first half of %(year)s") % {"year": year}
    if found["half"] == "2":
        return pgettext("span", "second half of %(year)s") % {"year": year}
    pattern = pgettext("span", "first nine months of %(year)s") if found["nine"] else pgettext("span", "year %(year)s")
    return pattern % {"year": year}


@register.filter
def period_name(value: str | date) -> str:
    """Name the month of a day, or of a code such as 2024-09: "tháng 9/2024". Other objects speak for themselves."""
    return span_name(f"{value:%Y-%m}" if isinstance(value, date) else str(value))
