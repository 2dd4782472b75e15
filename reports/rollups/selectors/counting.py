"""How many units stand beneath a unit, and how their reports of one month stand: counted by the database.

One row for each place asked for, not one a unit: what is shown grows with the units shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, DateField, F, FilteredRelation, Max, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from reports.enums import BASIS_STATES, Basis, ReportState
from reports.progress.day_columns import ZONE, came_on, due_day, is_in_time
from reports.progress.deadlines import Deadlines
from reports.progress.models import Period
from units.models import Unit

IN_HAND = BASIS_STATES[Basis.PROVISIONAL]


@dataclass
class ReportingCounts:
    """How many of the ``required`` reports are in hand (``reported``), and how the rest stand.

    ``reported`` splits into ``on_time`` and ``late`` by the first submission, and into ``approved`` and
    ``submitted`` by state. ``missing``: not in hand and past its due moment, a returned one included;
    ``awaited``: not in hand and not due yet. ``returned``: of both, those that were handed in and are being corrected.
    """

    required: int = 0
    approved: int = 0
    submitted: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    awaited: int = 0
    returned: int = 0

    @property
    def reported(self) -> int:
        return self.approved + self.submitted

    def __iadd__(self, more: Mapping[str, int]) -> "ReportingCounts":
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + more[name])
        return self


COUNTED = ("required", "approved", "submitted", "on_time", "late", "missing", "awaited", "returned")


def _tallies(period: Period, deadlines: Deadlines, now: datetime) -> tuple[dict[str, Any], dict[str, Count]]:
    """Columns to judge one report by, and the counts of it."""
    columns = {"due": due_day(period, deadlines, "", "owed"), "came_on": came_on("owed__first_submitted_at")}
    owed, in_hand, first = Q(owed__pk__isnull=False), Q(owed__state__in=IN_HAND), "owed__first_submitted_at"
    owed &= Q(opened_on__lte=period.last_day) & (Q(closed_on__isnull=True) | Q(closed_on__gt=period.last_day))
    is_past_due = Q(due__lt=now.astimezone(ZONE).date())
    kinds = {
        "required": Q(),
        "approved": Q(owed__state=ReportState.APPROVED),
        "submitted": Q(owed__state=ReportState.SUBMITTED),
        "on_time": in_hand & is_in_time(first),
        "late": in_hand & Q(came_on__gt=F("due")),
        "missing": ~in_hand & is_past_due,
        "awaited": ~in_hand & ~is_past_due,
        "returned": ~in_hand & Q(**{f"{first}__isnull": False}),
    }
    return columns, {f"n_{name}": Count("pk", filter=owed & kind) for name, kind in kinds.items()}


@dataclass
class Counts:
    """What stands at and beneath the places asked for. ``standing``: path → (opened, closed) → units that report."""

    standing: dict[str, dict[tuple[date, date | None], int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    reports: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: dict.fromkeys(COUNTED, 0)))

    def reporting_units(self, path: str, day: date) -> int:
        """How many units at or beneath the path are open on the day and report monthly."""
        rows = self.standing[path].items() if path in self.standing else ()
        return sum(n for (opened, closed), n in rows if opened <= day and (closed is None or closed > day))

    def beneath(self, unit: Unit, children: Iterable[Unit] | None = None) -> ReportingCounts:
        """The reports owed beneath the unit; ``children``: by these units and all beneath them."""
        counts = ReportingCounts()
        if children is not None:
            for child in children:
                counts += self.reports[child.path]
            return counts
        own = self.reports[f"{unit.path} own"]
        counts += {name: n - own[name] for name, n in self.reports[unit.path].items()}
        return counts


def read_counts(
    roots: Iterable[str],
    *,
    length: int,
    span: tuple[date, date],
    period: Period | None = None,
    deadlines: Deadlines | None = None,
    now: datetime | None = None,
) -> Counts:
    """Count what stands beneath these paths, at every place of paths up to ``length``. One query.

    ``span``: the first and the last day that is asked for; who opened before or closes after counts alike.
    With a period its reports are counted too, as of ``now``.
    """
    first, last = span
    under = reduce(or_, (Q(path__startswith=root) for root in roots))
    rows: QuerySet[Unit, Any] = Unit.objects.filter(under).order_by()
    more: dict[str, Count] = {}
    if period is not None and deadlines is not None and now is not None:
        rows = rows.annotate(owed=FilteredRelation("reports", condition=Q(reports__period=period)))
        columns, more = _tallies(period, deadlines, now)
        rows = rows.annotate(**columns)
    rows = rows.annotate(
        place=Substr("path", 1, length),
        opened=Case(When(opened_on__lte=first, then=Value(first)), default=F("opened_on")),
        closed=Case(When(closed_on__gt=last, then=Value(None)), default=F("closed_on"), output_field=DateField()),
    )
    counts = Counts()
    grouped = rows.values("place", "opened", "closed").annotate(
        units=Count("pk", filter=Q(is_reporting=True)), longest=Max("depth"), **more
    )
    for row in grouped:
        _book(counts, row)
    return counts


def _book(counts: Counts, row: Mapping[str, Any]) -> None:
    """Add one row to the place itself and to every place above it."""
    place = row["place"]
    for end in range(Unit.steplen, len(place) + 1, Unit.steplen):
        counts.standing[place[:end]][row["opened"], row["closed"]] += row["units"]
    if "n_required" not in row:
        return
    own = [f"{place} own"] if row["longest"] * Unit.steplen == len(place) else []
    for key in [*own, *(place[:end] for end in range(Unit.steplen, len(place) + 1, Unit.steplen))]:
        for name in COUNTED:
            counts.reports[key][name] += row[f"n_{name}"]
