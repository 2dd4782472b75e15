"""A secretary's year at a glance: each month of each own unit with its state and timeliness."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from reports.enums import Timeliness
from reports.progress.models import ProgressReport
from units.models import Unit

from .deadlines import Deadline, Deadlines, timeliness
from .selectors import own_reports


@dataclass(frozen=True)
class GlanceMonth:
    """One month: the report, its days, and whether it came in time (null: not due yet)."""

    report: ProgressReport
    deadline: Deadline
    timeliness: Timeliness | None


@dataclass(frozen=True)
class Glance:
    """One unit's months of a year, newest first."""

    unit: Unit
    months: tuple[GlanceMonth, ...]


def years_at_a_glance(user: User, year: int, now: datetime) -> list[Glance]:
    """The opened months of a year of every unit whose secretary this person is: two queries."""
    reports = list(own_reports(user).filter(period__year=year))
    deadlines = Deadlines({report.period for report in reports}, of=[report.unit for report in reports])
    found: dict[Unit, list[GlanceMonth]] = defaultdict(list)
    for report in reports:
        days = deadlines.of(report.unit, report.period)
        found[report.unit].append(GlanceMonth(report, days, timeliness(report, days, now)))
    return [Glance(unit, tuple(months)) for unit, months in found.items()]
