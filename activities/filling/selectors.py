"""Reading the filling map: never more than the reader's own units, in as many queries at 3 units as at 150."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Substr

from accounts.enums import RoleName
from accounts.models import Role, User
from accounts.scope import bloc_members_of, holds_strictly_above, units_for
from plans.selectors import WORKING_ROLES
from targets.models import Indicator
from units.models import Bloc, BlocMembership, Unit

from ..enums import ActivityState, Scope
from ..models import Activity, OutcomeReminder, Participation, ParticipationFigure
from ..occurrences.wording import short_days
from ..rules import is_standing
from ..selectors import current_windows, occurrences_of, units_read_by, units_taking_part
from .grid import ONLY, Amount, Cell, Column, Grid, Group, Recorded, Row

Key = tuple[str, int | None]


@dataclass(frozen=True)
class Part:
    """The part of the map that one person is shown: ``top``'s, or of its rows ``only`` those of some units."""

    top: Unit
    only: QuerySet[Unit] | None = None


def units_in_reach(user: User, activity: Activity) -> QuerySet[Unit]:
    """Return the units taking part that the person reads with all that is beneath them."""
    return units_taking_part(activity) & units_for(user, *WORKING_ROLES)


def widest_part(user: User, activity: Activity) -> Part | None:
    """Return what the person may see at once: the map of the highest unit in reach; null where no unit is to be read.

    The head of a bloc that takes part sees its members beside each other, and a unit of one's own among them.
    """
    top = units_in_reach(user, activity).order_by("path").first()
    members = units_taking_part(activity) & bloc_members_of(user)
    member = members.select_related("parent").order_by("path").first()
    if member is not None and member.parent is not None and (top is None or top.depth >= member.depth):
        return Part(member.parent, units_read_by(user))
    return Part(top) if top else None


def grid_of(activity: Activity, top: Unit, today: date, only: QuerySet[Unit] | None = None) -> Grid:
    """Return the map of ``top``: the unit itself and those right beneath it that take part, by blocs.

    Of these ``only`` the given ones (null: all).

    Units further down count in the row of the one that they stand under. The issuing body stands in it where it has
    recorded something itself.
    """
    day = min(today, activity.plan.ends_on) if activity.plan else today
    columns = columns_of(activity, today)
    recorded = _recorded(activity, top)
    units = _units(activity, top, day, recorded)
    if only is not None:
        kept = set(only.filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True))
        units = [unit for unit in units if unit.pk in kept]
    rows = [_row(unit, columns, recorded, activity, day) for unit in units]
    if any((unit.path, ONLY) in recorded for unit in units) and columns[0].key is not ONLY:
        columns = [*columns, Column(ONLY, "", "", is_due=False)]
        rows = [_row(row.unit, columns, recorded, activity, day) for row in rows]
    return Grid(columns, _by_bloc(rows, day))


def columns_of(activity: Activity, today: date) -> list[Column]:
    """Return a column for each occurrence, or the one of an activity that takes place once.

    It is time to record one with a day from that day on, one without from the first day of the activity's time on.
    """
    begun = has_begun(activity, today)
    found = [
        Column(one.pk, str(one.number), short_days(one), begun if one.starts_on is None else one.starts_on <= today)
        for one in occurrences_of(activity)
    ]
    return found or [Column(ONLY, "", "", begun)]


def has_begun(activity: Activity, today: date) -> bool:
    """Whether the first of its times has come, or it is marked so; without a time only what is marked."""
    marked = activity.state in (ActivityState.UNDER_WAY, ActivityState.DONE)
    return marked or any(window.starts_on <= today for window in current_windows(activity))


def _row(unit: Unit, columns: Sequence[Column], recorded: dict[Key, Recorded], activity: Activity, day: date) -> Row:
    cells = [Cell(column, recorded.get((unit.path, column.key))) for column in columns]
    return Row(unit, cells, is_asked=unit.is_open_on(day) and _is_asked(activity, unit))


def _is_asked(activity: Activity, unit: Unit) -> bool:
    """Whoever directs the others is not asked beside them."""
    return unit.pk != activity.unit_id or _is_alone(activity)


def _is_alone(activity: Activity) -> bool:
    return activity.scope not in (Scope.ALL_UNITS, Scope.BLOC)


def _units(activity: Activity, top: Unit, day: date, recorded: dict[Key, Recorded]) -> list[Unit]:
    """The rows in the order of the tree: who is open and asked, and whoever has recorded something."""
    here = units_taking_part(activity).filter(Q(pk=top.pk) | Q(parent=top.pk))
    done = {path for path, _key in recorded}
    return [
        unit
        for unit in here.order_by("path")
        if unit.path in done or (unit.is_open_on(day) and _is_asked(activity, unit))
    ]


def _recorded(activity: Activity, top: Unit) -> dict[Key, Recorded]:
    """(path of a row, occurrence) → what was recorded there and beneath, added up by the database."""
    amounts = _amounts(activity, top)
    row = Substr("unit__path", 1, len(top.path) + Unit.steplen)
    outcomes = Participation.objects.filter(activity=activity, unit__path__startswith=top.path)
    per_row = outcomes.annotate(row=row).order_by().values("row", "occurrence")
    added: Iterable[dict[str, Any]] = per_row.annotate(  # type: ignore[assignment]
        count=Count("pk"),
        people_sum=Sum("people"),
        last_on=Max("done_on"),
        own=Min("pk", filter=Q(unit__path=F("row"))),
    )
    return {
        (one["row"], one["occurrence"]): Recorded(
            one["count"], one["people_sum"], one["last_on"], one["own"], amounts[one["row"], one["occurrence"]]
        )
        for one in added
    }


def _amounts(activity: Activity, top: Unit) -> dict[Key, list[Amount]]:
    """(path of a row, occurrence) → the figures recorded there and beneath, in one query."""
    row = Substr("participation__unit__path", 1, len(top.path) + Unit.steplen)
    figures = ParticipationFigure.objects.filter(
        participation__activity=activity, participation__unit__path__startswith=top.path
    )
    named = ("indicator", "indicator__name", "indicator__measure")
    per_row = figures.annotate(row=row).order_by().values("row", "participation__occurrence", *named)
    added: Iterable[dict[str, Any]] = per_row.annotate(sum=Sum("amount")).order_by("indicator")
    found: dict[Key, list[Amount]] = defaultdict(list)
    for one in added:
        key = (one["row"], one["participation__occurrence"])
        pk, name, measure = (one[field] for field in named)
        found[key].append(Amount(Indicator(pk=pk, name=name, measure=measure), one["sum"]))
    return found


def _by_bloc(rows: Sequence[Row], day: date) -> list[Group]:
    """The rows by the blocs in which the units are on that day, those in none last."""
    members = BlocMembership.objects.on(day).filter(unit__in=[row.unit.pk for row in rows]).select_related("bloc")
    blocs: dict[int, Bloc] = {one.unit_id: one.bloc for one in members}
    found: dict[Bloc | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[blocs.get(row.unit.pk)].append(row)
    order = sorted((bloc for bloc in found if bloc is not None), key=lambda bloc: (bloc.number, bloc.pk))
    return [*(Group(bloc, found[bloc]) for bloc in order), *([Group(None, found[None])] if found[None] else [])]


def is_open(activity: Activity) -> bool:
    """Whether something may still be recorded of the activity."""
    return activity.state != ActivityState.CANCELLED and is_standing(activity)


def remindable_by(user: User, grid: Grid) -> list[Row]:
    """Return the rows with something missing of which the person may remind, as an officer of a body above.

    Only while the activity ``is_open``.
    """
    return [row for row in grid.missing if holds_strictly_above(user, row.unit, RoleName.OFFICER)]


def reminded_on(activity: Activity, day: date) -> set[int]:
    """Return the units that somebody reminded of the activity on that day."""
    return set(OutcomeReminder.objects.filter(activity=activity, day=day).values_list("unit", flat=True))


def secretaries_of(units: Sequence[Unit]) -> dict[int, list[User]]:
    """Unit id → those who record its outcomes and whom a notice reaches, in one query; nobody is an empty list."""
    found: dict[int, list[User]] = defaultdict(list)
    roles = Role.objects.filter(
        unit__in=units, name=RoleName.SECRETARY, ended_at__isnull=True, user__is_active=True
    ).select_related("user")
    for role in roles.order_by("pk"):
        if role.user.email or role.user.has_usable_password():
            found[role.unit_id].append(role.user)
    return found
