"""When an activity takes place, in words exactly as precise as the document gave it, for pages and paper alike."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.portal_numbers import vn_date, vn_day

from .enums import Precision
from .models import Activity, Window
from .selectors import current_windows
from .timing import Span, quarter_of

ROMAN = ("I", "II", "III", "IV")
MOST_DAYS = 4


def span_text(span: Span | Window, *, with_year: bool = False) -> str:
    """Return "ngày 26/7", "từ 10/8 đến 11/8", "tháng 3", "tháng 5–6", "cuối tháng 10", "quý III", "cả năm".

    The year is named ``with_year``, and where the span runs over its end.
    """
    text = _span_words(span)
    if not with_year and span.starts_on.year == span.ends_on.year:
        return text
    return f"{text}{' ' if span.precision == Precision.YEAR else '/'}{span.ends_on.year}"


def _span_words(span: Span | Window) -> str:
    first, last = span.starts_on, span.ends_on
    match span.precision:
        case Precision.YEAR:
            return _("all year")
        case Precision.QUARTER:
            return _("quarter %(number)s") % {"number": ROMAN[quarter_of(first) - 1]}
        case Precision.MONTH:
            return _("month %(number)s") % {"number": first.month}
        case Precision.MONTHS:
            start = str(first.month) if first.year == last.year else f"{first.month}/{first.year}"
            return _("months %(first)s–%(last)s") % {"first": start, "last": last.month}
        case Precision.PART_OF_MONTH:
            return _part_of_month(span)
    return _days(first, last)


def _days(first: date, last: date) -> str:
    if first == last:
        return _("day %(day)s") % {"day": vn_day(first)}
    start = vn_day(first) if first.year == last.year else vn_date(first)
    return _("from %(first)s to %(last)s") % {"first": start, "last": vn_day(last)}


def _part_of_month(span: Span | Window) -> str:
    words = {"number": span.starts_on.month}
    if span.ends_on.day <= 10:
        return _("beginning of month %(number)s") % words
    if span.starts_on.day <= 15 and span.ends_on.day <= 20:
        return _("middle of month %(number)s") % words
    return _("end of month %(number)s") % words


def time_text(windows: Sequence[Span | Window], *, is_tentative: bool = False, with_year: bool = False) -> str:
    """Return all windows in one phrase: "Tháng 1, tháng 3 và tháng 7", "Dự kiến tháng 5–6".

    None: "Không ghi thời gian".
    """
    if not windows:
        return _("No time given")
    *first, last = (span_text(window, with_year=with_year) for window in windows)
    text = _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    if is_tentative:
        text = _("tentatively %(time)s") % {"time": text}
    return text[:1].upper() + text[1:]


def calendar_text(windows: Sequence[Span | Window], *, is_tentative: bool = False, with_year: bool = False) -> str:
    """Return as ``time_text``; of many days only the first and the last: "12 lần, từ 7/1 đến 1/12"."""
    days = [window for window in windows if window.precision == Precision.DAY]
    if len(days) < len(windows) or len(days) <= MOST_DAYS:
        return time_text(windows, is_tentative=is_tentative, with_year=with_year)
    whole = Span(days[0].starts_on, days[-1].ends_on, Precision.DAY)
    words = {"n": len(days), "span": span_text(whole, with_year=with_year)}
    return ngettext("%(n)s time, %(span)s", "%(n)s times, %(span)s", len(days)) % words


def time_of(activity: Activity) -> str:
    """Return when an activity takes place, with the year: "Dự kiến tháng 5–6/2024"."""
    return time_text(current_windows(activity), is_tentative=activity.is_tentative, with_year=True)
