"""What a person's own units have to record: activities whose time has come, without an outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scope import grants_of
from units.models import BlocMembership, Unit

from ..enums import ActivityState, Scope
from ..filling.selectors import has_begun
from ..models import Activity, Occurrence, Participation, Window
from ..occurrences.wording import occurrence_text
from ..rules import RECORDING_ROLES
from ..selectors import (
    activities_visible_to,
    announced,
    calendar_windows,
    current_windows,
    occurrences_of,
    with_details,
)
from ..wording import calendar_text

# In January the end of the last year is still being recorded.
LOOKS_BACK = timedelta(days=60)


@dataclass(frozen=True)
class ToRecord:
    """An outcome that is missing: of a unit in an activity, or in one occurrence of it.

    ``day`` is when it began or begins, null where no time was given.
    """

    activity: Activity
    unit: Unit
    occurrence: Occurrence | None
    day: date | None

    @property
    def when(self) -> str:
        """Which time it was, or when the activity takes place."""
        if self.occurrence is not None:
            return occurrence_text(self.occurrence)
        return calendar_text(calendar_windows(self.activity), is_tentative=self.activity.is_tentative, with_year=True)


def recording_units(user: User, today: date) -> list[Unit]:
    """Return the units at which the person records, those right at the role alone, open today."""
    own = {grant.unit_id for grant in grants_of(user) if grant.name in RECORDING_ROLES and grant.bloc_id is None}
    return list(Unit.objects.filter(pk__in=own).open_on(today).order_by("path")) if own else []


def to_record(user: User, today: date) -> list[ToRecord]:
    """Return what is missing of this year, the latest first, in six queries however many units."""
    units = recording_units(user, today)
    if not units:
        return []
    activities = list(with_details(_begun(user, units, today)))
    taken = Participation.objects.filter(activity__in=activities, unit__in=units)
    recorded: set[tuple[int, int, int | None]] = set(taken.values_list("activity", "unit", "occurrence"))
    blocs = set(BlocMembership.objects.on(today).filter(unit__in=units).values_list("bloc", "unit"))
    found = [
        one
        for activity in activities
        for unit in units
        if _takes_part(activity, unit, blocs)
        for one in _missing(activity, unit, recorded, today)
    ]
    return sorted(found, key=lambda one: (one.day or date.min, one.activity.pk), reverse=True)


def _begun(user: User, units: Sequence[Unit], today: date) -> QuerySet[Activity]:
    """Activities of this year that concern the units and whose time has come."""
    since = date((today - LOOKS_BACK).year, 1, 1)
    above = {unit.path[:end] for unit in units for end in range(Unit.steplen, len(unit.path), Unit.steplen)}
    blocs = BlocMembership.objects.on(today).filter(unit__in=units).values("bloc")
    own = Q(unit__in=units, scope__in=[Scope.ISSUER, Scope.UNIT])
    asked = own | Q(scope=Scope.ALL_UNITS, unit__path__in=above) | Q(scope=Scope.BLOC, bloc__in=blocs)
    days = {"starts_on__lte": today, "ends_on__gte": since}
    windows = Window.objects.filter(superseded=False, **days).values("activity")
    again = Occurrence.objects.filter(**days).values("activity")
    come = Q(pk__in=windows) | Q(pk__in=again) | Q(state=ActivityState.DONE, done_on__gte=since)
    known = (activities_visible_to(user) & announced()).exclude(state=ActivityState.CANCELLED)
    return known.filter(asked, come).order_by("pk")


def _takes_part(activity: Activity, unit: Unit, blocs: set[tuple[int, int]]) -> bool:
    if activity.scope == Scope.ALL_UNITS:
        return activity.unit.is_above(unit)
    if activity.bloc_id is not None:
        return (activity.bloc_id, unit.pk) in blocs
    return activity.unit_id == unit.pk


def _missing(
    activity: Activity, unit: Unit, recorded: set[tuple[int, int, int | None]], today: date
) -> Iterator[ToRecord]:
    """Occurrences whose day has come and, of those without a day, the next one; or the activity as a whole."""
    first = min((window.starts_on for window in current_windows(activity)), default=activity.done_on)
    occurrences = occurrences_of(activity)
    if not occurrences and not any(key[:2] == (activity.pk, unit.pk) for key in recorded):
        yield ToRecord(activity, unit, None, first)
    open_ones = [one for one in occurrences if (activity.pk, unit.pk, one.pk) not in recorded]
    for one in open_ones:
        if one.starts_on is not None and one.starts_on <= today:
            yield ToRecord(activity, unit, one, one.starts_on)
    undated = [one for one in open_ones if one.starts_on is None]
    if undated and has_begun(activity, today):
        yield ToRecord(activity, unit, undated[0], first)
