"""The days of the lunar new year, as a quiet note beside the days of a calendar. Pure.

Only the years of a table of facts have notes (``activities.extraction.lunar_year``): rather no note than a wrong one.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from .extraction.lunar_year import NEW_YEARS, name_of

DAYS_NAMED = 3
DAY = timedelta(days=1)


def new_year_note(day: date) -> str:
    """Return "Giao thừa Tết Giáp Thìn", "Mùng 1 Tết Giáp Thìn" to "Mùng 3 …"; blank for other days."""
    first = NEW_YEARS.get((day + DAY).year)
    if first is None:
        return ""
    number = (day - first).days + 1
    if number == 0:
        return _("Eve of Tết %(name)s") % {"name": name_of(first.year)}
    if 1 <= number <= DAYS_NAMED:
        return _("Day %(number)s of Tết %(name)s") % {"number": number, "name": name_of(first.year)}
    return ""


def new_year_days(year: int) -> tuple[date, date] | None:
    """Return the first and the last day with a note in a year; null for a year that is not in the table."""
    first = NEW_YEARS.get(year)
    return None if first is None else (first - DAY, first + (DAYS_NAMED - 1) * DAY)
