"""Occurrences and their rule in words."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from core.templatetags.portal_numbers import vn_date, vn_day

from ..enums import Every
from ..models import Occurrence
from ..timing import Span
from ..wording import span_text
from .recurrence import LAST, Rule

NTH_NAMES = {
    1: pgettext_lazy("weekday of a month", "first"),
    2: pgettext_lazy("weekday of a month", "second"),
    3: pgettext_lazy("weekday of a month", "third"),
    4: pgettext_lazy("weekday of a month", "fourth"),
    LAST: pgettext_lazy("weekday of a month", "last"),
}


def occurrence_text(occurrence: Occurrence) -> str:
    """Return "Lần 2 (ngày 4/2/2024)", without a day "Lần 2"."""
    words = _("Time %(number)s") % {"number": occurrence.number}
    when = days_text(occurrence)
    return f"{words} ({when})" if when else words


def days_text(occurrence: Occurrence) -> str:
    """Return "ngày 4/2/2024"; blank without a day."""
    if occurrence.starts_on is None or occurrence.ends_on is None:
        return ""
    return span_text(Span(occurrence.starts_on, occurrence.ends_on, occurrence.precision), with_year=True)


def short_days(occurrence: Occurrence) -> str:
    """Return "4/2", "4/2–5/2", for the head of a column; blank without a day."""
    if occurrence.starts_on is None:
        return ""
    days = [vn_day(occurrence.starts_on), vn_day(occurrence.ends_on)]
    return "–".join(dict.fromkeys(days))


def rule_text(rule: Rule) -> str:
    """Return "Chủ nhật đầu tiên hằng tháng, từ ngày 1/1/2024, 4 lần"."""
    parts = [_every(rule), _("from %(day)s") % {"day": vn_date(rule.starts_on)}]
    if rule.until is not None:
        parts.append(_("until %(day)s") % {"day": vn_date(rule.until)})
    if rule.times is not None:
        parts.append(ngettext("%(n)s time", "%(n)s times", rule.times) % {"n": rule.times})
    return ", ".join(parts)


def _every(rule: Rule) -> str:
    weekday = str(WEEKDAYS[rule.weekday or 0])
    if rule.every == Every.WEEK:
        return _("%(weekday)s of each week") % {"weekday": weekday}
    if rule.every == Every.MONTH_WEEKDAY:
        return _("%(nth)s %(weekday)s of each month") % {"weekday": weekday, "nth": str(NTH_NAMES[rule.nth or 1])}
    return _("day %(day)s of each month") % {"day": rule.day}
