"""Reading ``Facts``: some ten questions at most, whatever the targets, units and months.

The number does not grow with them. What a page has read already it hands on as ``Known``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from reports.progress.deadlines import Deadlines
from reports.progress.models import Period
from reports.rollups.windows import Calendar
from targets.calendar import Month
from targets.enums import Carrier, IndicatorKind, Reach
from targets.models import Allocation, Phase, Target
from targets.selectors import allocations_to
from units.models import Unit

from .counting import Counts, read_counts
from .facts import Facts
from .places import Places, all_predecessors, read_places
from .stored import Frames, Owners, read_series


@dataclass(frozen=True)
class Known:
    """What the caller has read already; what is null is read here.

    ``targets``: id → the target that counts for it, with plan, unit and indicator; ``phases`` by its id, in time.
    ``more``: units to be read beside. ``children_of``: a unit whose children are read and looked at too. ``own``:
    whose own entries are wanted. ``every_month``: the deadlines of all months. ``reporting``: the moment as of which
    the reports of the month are counted beneath the one unit looked at; null: they are not. ``carriers``: whether each
    carrier of an ``each_unit`` target beneath the units is wanted, and not only how many of them stand how.
    ``year_before``: whether shares of carriers at the units are wanted as they stood in the months of the year before.
    """

    calendar: Calendar | None = None
    targets: dict[int, Target] | None = None
    phases: dict[int, list[Phase]] | None = None
    more: Q | None = None
    children_of: Unit | None = None
    every_month: bool = False
    carriers: bool = False
    own: Sequence[Unit] = ()
    reporting: datetime | None = None
    year_before: bool = False


NOTHING = Known()


def read_facts(
    *, targets: Iterable[Target], units: Sequence[Unit], period: Period, basis: str, known: Known = NOTHING
) -> Facts:
    """Read all that judging these targets at these units takes. A restating target brings its original."""
    originals = _originals(targets) if known.targets is None else known.targets
    counting = list(originals.values())
    calendar = known.calendar or Calendar.read()
    more = known.more if known.children_of is None else Q(parent=known.children_of.pk)
    places = read_places(counting, units, more=more, with_carriers=known.carriers)
    deadlines = _deadlines(calendar, counting, period, units, places, known)
    asked = Frames(calendar, period, counting, basis)
    owners = _owners(counting, units, places, known)
    stored = read_series(asked, owners)
    return Facts(
        calendar=calendar,
        period=period,
        day=period.last_day,
        targets=originals,
        phases=_phases(counting) if known.phases is None else known.phases,
        places=places,
        counts=_counts(asked, units, places, deadlines, known),
        deadlines=deadlines,
        handed=_handed(counting, places, period),
        unit_totals=stored.units,
        bloc_totals=stored.blocs,
        own_totals=stored.own,
        shares=stored.shares,
        shares_before=stored.shares_before,
    )


def _originals(targets: Iterable[Target]) -> dict[int, Target]:
    """Target id → the target that counts for it: itself, or the one that it restates."""
    rows = Target.objects.filter(pk__in=[target.pk for target in targets])
    related = ("plan__unit", "indicator", "restates__plan__unit", "restates__indicator")
    found = rows.select_related(*related).order_by()
    return {row.pk: row.restates or row for row in found}


def _phases(targets: Iterable[Target]) -> dict[int, list[Phase]]:
    """Target id → its phases, in the order of time."""
    found: dict[int, list[Phase]] = defaultdict(list)
    for row in Phase.objects.filter(target__in=[target.pk for target in targets]).order_by("due_on"):
        found[row.target_id].append(row)
    return dict(found)


def _deadlines(
    calendar: Calendar, targets: Iterable[Target], period: Period, units: Sequence[Unit], places: Places, known: Known
) -> Deadlines:
    """Of the months in which a target has come due: before, nothing hangs on a moment; and of the month itself."""
    asked = Month(period.year, period.month)
    due = set(calendar.by_month) if known.every_month else {calendar.window_of(target).last for target in targets}
    months = {month for month in due if month <= asked} | ({asked} if known.reporting else set())
    periods = [calendar.by_month[month] for month in sorted(months) if month in calendar.by_month]
    beneath = [units[0].path] if known.reporting and len(units) == 1 else None
    return Deadlines(periods, of=list(places.units.values()), beneath=beneath)


def _handed(targets: Iterable[Target], places: Places, period: Period) -> list[Allocation]:
    """What was handed down of targets that can be: neither the issuer's own work nor done or not done."""
    shared = [
        target
        for target in targets
        if target.carried_by != Carrier.ISSUER_OWN and target.indicator.kind != IndicatorKind.MILESTONE
    ]
    if not shared:
        return []
    earlier = [row.pk for rows in places.predecessors.values() for row in rows]
    return list(allocations_to(shared, [*places.units, *earlier], period.last_day))


def _counts(asked: Frames, units: Sequence[Unit], places: Places, deadlines: Deadlines, known: Known) -> Counts:
    """Units beneath those looked at, beneath carriers, and beneath those that were taken over from."""
    earlier = [row.path for rows in places.predecessors.values() for row in rows]
    looked_at = [unit.path for unit in units]
    issuers = [target.plan.unit.path for target in asked.targets]
    roots = {*looked_at, *earlier, *(path for path in issuers if any(path.startswith(one) for one in looked_at))}
    length = max(len(path) for path in (*roots, *(unit.path for unit in places.units.values())))
    days = [row.last_day for row in asked.calendar.periods]
    period = asked.period if known.reporting else None
    return read_counts(
        _topmost(roots),
        length=max(length, len(looked_at[0]) + Unit.steplen if known.reporting else 0),
        span=(days[0], days[-1]),
        period=period,
        deadlines=deadlines,
        now=known.reporting,
    )


def _topmost(paths: set[str]) -> list[str]:
    return [
        path
        for path in sorted(paths)
        if not any(path[:end] in paths for end in range(Unit.steplen, len(path), Unit.steplen))
    ]


def _owners(targets: Iterable[Target], units: Sequence[Unit], places: Places, known: Known) -> Owners:
    """Those looked at, issuers, carriers and whom these inherit from; the blocs of the issuers looked at.

    Own entries: of the issuers of their own work, with their predecessors', and of whom the caller names.
    """
    wanted = {unit.pk for unit in units} | {target.plan.unit_id for target in targets}
    courses = sorted(wanted)
    if known.children_of is not None:
        wanted |= {unit.pk for unit in places.units.values() if unit.parent_id == known.children_of.pk}
    carriers: set[int] = set()
    for target in targets:
        if target.carried_by == Carrier.EACH_UNIT and known.carriers:
            carriers |= {unit.pk for unit in places.units.values() if _may_carry(target, unit)}
    wanted, carriers = (
        some | {row.pk for pk in some for row in all_predecessors(pk, places.predecessors)}
        for some in (wanted, carriers)
    )
    bodies = {target.plan.unit_id for target in targets if target.carried_by == Carrier.EACH_BLOC}
    blocs = {row.bloc_id for row in places.memberships if row.bloc.owner_id in bodies}
    own = {unit.pk: unit for unit in known.own}
    for target in targets:
        if target.carried_by == Carrier.ISSUER_OWN:
            issuer = target.plan.unit
            heritage = all_predecessors(issuer.pk, places.predecessors)
            own |= {row.pk: row for row in (places.units.get(issuer.pk, issuer), *heritage)}
    return Owners(
        units=sorted(wanted),
        courses=courses,
        before=[unit.pk for unit in units] if known.year_before else (),
        carriers=sorted(carriers - wanted),
        blocs=sorted(blocs),
        own=[own[pk] for pk in sorted(own)],
    )


def _may_carry(target: Target, unit: Unit) -> bool:
    issuer = target.plan.unit
    beneath = issuer.is_above(unit) if target.carrier_reach == Reach.ALL else unit.parent_id == issuer.pk
    return beneath and (not target.carrier_kinds or unit.kind in target.carrier_kinds)
