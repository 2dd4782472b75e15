"""Due and lock days as columns, for those who count or choose reports in the database; the rules are ``deadlines``."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, DateField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, TruncDate

from reports.progress.models import Period

from .deadlines import Deadlines

ZONE = ZoneInfo(settings.TIME_ZONE)


def due_day(period: Period, deadlines: Deadlines, unit: str = "unit", report: str = "") -> Combinable:
    """The due day of a unit's report as a column: the words of the bodies above it, then its own exception.

    ``unit``, ``report``: the way from the rows to the unit and to its report of the period ("" where they are it).
    """
    return _with_exception(_ordinary("due_on", period, deadlines, unit), "due_on", report)


def lock_day(period: Period, deadlines: Deadlines, unit: str = "unit", report: str = "") -> Combinable:
    """Its lock day likewise; an exception never locks before the day on which the report is due."""
    own = _with_exception(_ordinary("locks_on", period, deadlines, unit), "locks_on", report)
    return Greatest(own, due_day(period, deadlines, unit, report), output_field=DateField())


def _ordinary(day: str, period: Period, deadlines: Deadlines, unit: str) -> Combinable:
    way = f"{unit}__" if unit else ""
    said = [
        When(
            Q(**{f"{way}path__startswith": path}) & (Q() if level is None else Q(**{f"{way}level": level})),
            then=Value(getattr(days, day)),
        )
        for path, level, days in deadlines.said_beneath(period)
    ]
    return Case(*said, default=Value(getattr(period, day)), output_field=DateField())


def _with_exception(ordinary: Combinable, day: str, report: str) -> Combinable:
    own = f"{report}__" if report else ""
    return Greatest(ordinary, Coalesce(F(f"{own}extension__{day}"), ordinary), output_field=DateField())


def is_in_time(first_submission: str) -> Q:
    """Whether rows with a ``due`` and a ``came_on`` came by the end of the due day, in the portal's time."""
    return Q(came_on__lte=F("due"), **{f"{first_submission}__isnull": False})


def came_on(first_submission: str) -> Combinable:
    """The day, in the portal's time, on which a report came first."""
    return TruncDate(first_submission, tzinfo=ZONE)
