"""Reading activities. ``activities_visible_to`` filters every list and is where every view fetches one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.scope import READING_ROLES, bloc_members_of, grants_of, heads_some_bloc, units_for
from core import clock
from core.folding import fold
from plans.enums import ISSUED_STATES
from plans.models import Plan
from plans.selectors import WORKING_ROLES, plans_visible_to
from targets.models import Indicator
from units.models import Bloc, BlocMembership, Unit
from units.selectors import ancestors_and_self

from .enums import ActivityState, Scope
from .models import Activity, Occurrence, Participation, ParticipationFigure, Registration, Window
from .timing import latest_end
from .wishes import TROUBLED, Wishes

OPEN_STATES = (ActivityState.PLANNED, ActivityState.UNDER_WAY, ActivityState.POSTPONED)


@dataclass(frozen=True)
class Outcome:
    """What a unit did in an activity, as a figure that its monthly report may take over."""

    activity: Activity
    done_on: date
    indicator: Indicator
    amount: Decimal


def activities_visible_to(user: User) -> QuerySet[Activity]:
    """Return every activity that exists for this person.

    Those of units in one's reach (under a draft plan only where the draft exists for one); of readable plans of
    bodies above what the body does itself or all units do at once; what one's blocs do; and what units in one's reach
    are to help with.
    """
    plans = plans_visible_to(user).values("pk")
    own = Q(unit__in=units_for(user, *READING_ROLES)) & (
        Q(plan__isnull=True) | Q(plan__state__in=ISSUED_STATES) | Q(plan__in=plans)
    )
    shared = Q(plan__in=plans, scope__in=[Scope.ISSUER, Scope.ALL_UNITS])
    return Activity.objects.filter(own | shared | _of_blocs(user) | _helped(user))


def _helped(user: User) -> Q:
    issued = Q(plan__isnull=True) | Q(plan__state__in=ISSUED_STATES)
    return issued & helped_by(units_for(user, *READING_ROLES))


def helped_by(units: QuerySet[Unit]) -> Q:
    """Return the condition on ``Activity``: one of the units is named as coordinating it."""
    return Q(pk__in=Activity.coordinating.through.objects.filter(unit__in=units.values("pk")).values("activity"))


def _of_blocs(user: User) -> Q:
    headed = [grant.bloc_id for grant in grants_of(user) if grant.bloc_id is not None]
    mine = BlocMembership.objects.filter(unit__in=units_for(user, *WORKING_ROLES)).values("bloc")
    issued = Q(plan__isnull=True) | Q(plan__state__in=ISSUED_STATES)
    return Q(scope=Scope.BLOC) & issued & (Q(bloc__in=headed) | Q(bloc__in=mine))


def plans_that_ask(paths: Sequence[str]) -> Q:
    """Return the condition on ``Plan``: its simultaneous or bloc activities ask something of units at ``paths``."""
    above = {path[:end] for path in paths for end in range(Unit.steplen, len(path), Unit.steplen)}
    if not above:
        return Q(pk__in=[])
    inside = Q(unit__path__in=above)
    for path in paths:
        inside |= Q(unit__path__startswith=path)
    blocs = BlocMembership.objects.filter(inside).values("bloc")
    asking = Q(scope=Scope.ALL_UNITS) | Q(scope=Scope.BLOC, bloc__in=blocs)
    return Q(pk__in=Activity.objects.filter(asking, unit__path__in=above, plan__isnull=False).values("plan"))


def with_windows(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Fetch what says of an activity what and when it is: unit, bloc, plan, section, and all windows in order."""
    windows = Prefetch("windows", queryset=Window.objects.order_by("starts_on", "pk"), to_attr="all_windows")
    return activities.select_related("unit", "bloc", "plan__unit", "section", "based_on").prefetch_related(windows)


def with_details(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Fetch what cards and rows show: as ``with_windows``, and all occurrences in order."""
    occurrences = Prefetch("occurrences", queryset=Occurrence.objects.order_by("number"), to_attr="all_occurrences")
    return with_windows(activities).prefetch_related(occurrences)


def for_page(activities: QuerySet[Activity], user: User) -> QuerySet[Activity]:
    """Fetch what the page of one activity shows: as ``with_details``, its indicators, ``stands``, ``reads_plan``.

    ``stands``: whether its plan is the version that counts (``rules.is_standing``); ``reads_plan``: whether the person
    may open the plan. Both are false where there is none.
    """
    current = Plan.objects.current().filter(pk=OuterRef("plan"))
    readable = plans_visible_to(user).filter(pk=OuterRef("plan"))
    facts = (
        with_details(activities)
        .select_related("recurrence")
        .annotate(stands=Exists(current), reads_plan=Exists(readable))
    )
    return facts.prefetch_related("indicators")


def with_standing(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Fetch along with each whether it ``stands``, as ``for_page`` does; false where there is no plan."""
    return activities.annotate(stands=Exists(Plan.objects.current().filter(pk=OuterRef("plan"))))


def current_windows(activity: Activity) -> list[Window]:
    """Return the windows that hold, in order of time; those before a postponement left out."""
    return [window for window in _all_windows(activity) if not window.superseded]


def former_windows(activity: Activity) -> list[Window]:
    """Return the windows that a postponement left behind, in order of time."""
    return [window for window in _all_windows(activity) if window.superseded]


def _all_windows(activity: Activity) -> list[Window]:
    known: list[Window] | None = getattr(activity, "all_windows", None)
    return list(activity.windows.order_by("starts_on", "pk")) if known is None else known


def occurrences_of(activity: Activity) -> list[Occurrence]:
    """Return the times at which it takes place, by number; none where it was not divided."""
    known: list[Occurrence] | None = getattr(activity, "all_occurrences", None)
    return list(activity.occurrences.order_by("number")) if known is None else known


def calendar_windows(activity: Activity) -> list[Window]:
    """Return the times at which it stands on the calendar, in order: the days of its occurrences, as unsaved windows.

    The windows that hold stand where there are no occurrences, and beside them while one has no day yet.
    """
    occurrences = occurrences_of(activity)
    dated = [as_window(activity, one) for one in occurrences if one.starts_on is not None]
    if occurrences and len(dated) == len(occurrences):
        return dated
    return sorted([*dated, *current_windows(activity)], key=lambda window: (window.starts_on, window.ends_on))


def as_window(activity: Activity, occurrence: Occurrence) -> Window:
    """Return an occurrence that has days as an unsaved window."""
    days = {"starts_on": occurrence.starts_on, "ends_on": occurrence.ends_on}
    return Window(activity_id=activity.pk, precision=occurrence.precision, **days)


def is_overdue(activity: Activity, today: date) -> bool:
    """Whether all its times are over and it is neither done nor cancelled; never where no time was given."""
    end = latest_end(calendar_windows(activity))
    return activity.state in OPEN_STATES and end is not None and end < today


def standing(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Narrow to what stands in no plan, or in the version of its plan that counts: each activity once.

    What a list, a board or a paper shows starts from here; a page of one activity does not.
    """
    return activities.filter(Q(plan__isnull=True) | Q(plan__in=Plan.objects.current()))


def announced() -> QuerySet[Activity]:
    """Return what may be told on paper: activities of no plan, or of a plan in force."""
    return Activity.objects.filter(Q(plan__isnull=True) | Q(plan__in=Plan.objects.in_force()))


def concerning(activities: QuerySet[Activity], unit: Unit, *, whole: bool = False) -> QuerySet[Activity]:
    """Narrow to what concerns one unit: its own, its blocs', what it helps with, and what all do at once above it.

    The ``whole`` subtree: what the units beneath planned themselves, too.
    """
    return activities.filter(concerns(unit, whole=whole))


def concerns(unit: Unit, *, whole: bool = False) -> Q:
    """Return the condition on ``Activity`` by which ``concerning`` narrows, to be joined with others."""
    above = ancestors_and_self(unit).exclude(pk=unit.pk)
    blocs = BlocMembership.objects.filter(unit=unit).values("bloc")
    own = Q(unit__path__startswith=unit.path) if whole else Q(unit=unit)
    helped = helped_by(Unit.objects.under(unit) if whole else Unit.objects.filter(pk=unit.pk))
    return own | Q(scope=Scope.ALL_UNITS, unit__in=above) | Q(bloc__in=blocs) | helped


def of_bloc(activities: QuerySet[Activity], bloc: Bloc, day: date, *, whole: bool = False) -> QuerySet[Activity]:
    """Narrow to what a bloc does; the ``whole`` of it: what its members on ``day`` planned themselves, too."""
    members = BlocMembership.objects.on(day).filter(bloc=bloc).values("unit") if whole else []
    return activities.filter(Q(bloc=bloc) | Q(unit__in=members))


def within(activities: QuerySet[Activity], first: date, last: date) -> QuerySet[Activity]:
    """Narrow to those with a time from ``first`` to ``last``; without any time, to those whose plan runs then."""
    days = {"starts_on__lte": last, "ends_on__gte": first}
    inside = Q(pk__in=Window.objects.filter(**days).values("activity"))
    again = Q(pk__in=Occurrence.objects.filter(**days).values("activity"))
    timeless = ~Q(pk__in=Window.objects.values("activity")) & ~Q(pk__in=_dated().values("activity"))
    planned = Q(plan__isnull=True) | Q(plan__starts_on__lte=last, plan__ends_on__gte=first)
    return activities.filter(inside | again | (timeless & planned))


def _dated() -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(starts_on__isnull=False)


def reached(activities: QuerySet[Activity], wishes: Wishes, today: date) -> QuerySet[Activity]:
    """Narrow to whose activities are wished: a bloc's, a unit's or its subtree's; each activity once.

    Among a unit's stands what was registered under an activity of its own, and approved.
    """
    known = standing(activities)
    if wishes.bloc is not None:
        return of_bloc(known, wishes.bloc, today, whole=wishes.whole)
    if wishes.unit is None:
        return known
    under = Q(pk__in=Registration.objects.filter(item__unit=wishes.unit, activity__isnull=False).values("activity"))
    return known.filter(concerns(wishes.unit, whole=wishes.whole) | under)


def wished(activities: QuerySet[Activity], wishes: Wishes, today: date) -> QuerySet[Activity]:
    """Narrow to what a view of the calendar is asked for, at whatever time ("overdue" is as of ``today``).

    An activity belongs to a target when it names the target's indicator.
    """
    found = reached(activities, wishes, today)
    if wishes.plan is not None:
        found = found.filter(plan=wishes.plan)
    if wishes.target is not None:
        found = found.filter(indicators=wishes.target.indicator_id)
    return search_activities(found, wish=wishes.q, state=wishes.state, scope=wishes.scope, today=today)


def in_plan_order(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return them in their plans' order, with what cards show."""
    return with_details(activities).order_by("plan", "order", "pk")


def by_time(activities: QuerySet[Activity], *before: str) -> QuerySet[Activity]:
    """Return them by the first day that holds, those without a time last, with what cards show.

    ``before`` names what they are ordered by first.
    """
    first = Min("windows__starts_on", filter=Q(windows__superseded=False))
    timed = with_details(activities).annotate(first=first)
    return timed.order_by(*before, F("first").asc(nulls_last=True), "plan", "order", "pk")


def counts_by_sort(activities: Iterable[Activity], today: date) -> dict[str, int]:
    """Return how many there are: "all", "overdue" on ``today``, and of each ``Scope``."""
    rows = list(activities)
    scopes = Counter(row.scope for row in rows)
    overdue = sum(is_overdue(row, today) for row in rows)
    return {"all": len(rows), "overdue": overdue, **{scope.value: scopes[scope.value] for scope in Scope}}


def of_sort(activities: Iterable[Activity], wishes: Wishes, today: date, marked: Collection[int]) -> list[Activity]:
    """Return those of the state ("overdue" as of ``today``, "troubled": ``marked`` by id) and the scope wished.

    Agrees with ``wished``, for activities that were fetched whatever their state and scope.
    """
    rows = [row for row in activities if wishes.scope in ("", row.scope)]
    match wishes.state:
        case "overdue":
            return [row for row in rows if is_overdue(row, today)]
        case "troubled":
            return [row for row in rows if row.pk in marked]
    return [row for row in rows if wishes.state in ("", row.state)]


def _overdue(today: date) -> Q:
    """The condition that agrees with ``is_overdue``."""
    undated = Occurrence.objects.filter(starts_on__isnull=True).values("activity")
    whole = _dated().exclude(activity__in=undated).values("activity")  # their windows hold no more
    windows = Window.objects.filter(superseded=False).exclude(activity__in=whole)
    timed = Q(pk__in=windows.values("activity")) | Q(pk__in=_dated().values("activity"))
    ahead = [rows.filter(ends_on__gte=today).values("activity") for rows in (windows, _dated())]
    return Q(state__in=OPEN_STATES) & timed & ~Q(pk__in=ahead[0]) & ~Q(pk__in=ahead[1])


def board(unit: Unit, year: int, activities: QuerySet[Activity] | None = None) -> list[Activity]:
    """Return what stands on the unit's board of the year, in the plan's order, with windows loaded.

    ``activities`` is what the reader may see (null: everything).
    """
    known = standing(Activity.objects.all() if activities is None else activities)
    return list(in_plan_order(within(concerning(known, unit), date(year, 1, 1), date(year, 12, 31))))


def search_activities(
    activities: QuerySet[Activity], *, wish: str = "", state: str = "", scope: str = "", today: date | None = None
) -> QuerySet[Activity]:
    """Narrow to words of the name (diacritics or not), a state or "overdue" (as of ``today``), a scope.

    What is marked ("troubled") is found by ``activities.clash_marks``, not here.
    """
    for word in fold(wish).split():
        activities = activities.filter(folded__contains=word)
    if state == "overdue":
        activities = activities.filter(_overdue(today or clock.today()))
    elif state and state != TROUBLED:
        activities = activities.filter(state=state)
    return activities.filter(scope=scope) if scope else activities


def units_taking_part(activity: Activity) -> QuerySet[Unit]:
    """Return the units whose outcome may be recorded: all beneath (simultaneous), the bloc's members, or the owner."""
    if activity.scope == Scope.ALL_UNITS:
        return Unit.objects.under(activity.unit)
    if activity.bloc_id is not None:
        members = BlocMembership.objects.filter(bloc=activity.bloc_id).values("unit")
        return Unit.objects.filter(Q(pk__in=members) | Q(pk=activity.unit_id))
    return Unit.objects.filter(pk=activity.unit_id)


def units_read_by(user: User) -> QuerySet[Unit]:
    """Return the units whose outcomes the person reads, as their reports: one's reach, the members of one's blocs.

    What stands beneath a member of a bloc is not the head's to read.
    """
    reach = units_for(user, *WORKING_ROLES)
    return reach | bloc_members_of(user) if heads_some_bloc(user) else reach


def participations_visible_to(user: User) -> QuerySet[Participation]:
    """Return the outcomes of the units that one reads."""
    return Participation.objects.filter(unit__in=units_read_by(user))


def outcomes_for(unit: Unit, period_first: date, period_last: date) -> list[Outcome]:
    """Return the figures that the unit recorded from ``period_first`` to ``period_last``, both included, by day.

    They are offered as the month's entries and never added by themselves (domain: Activities). Cancelled activities
    offer nothing.
    """
    return outcomes_by_unit([unit.pk], period_first, period_last).get(unit.pk, [])


def outcomes_by_unit(unit_ids: Iterable[int], period_first: date, period_last: date) -> dict[int, list[Outcome]]:
    """Unit id → what ``outcomes_for`` says of it, for many units in one query; units without outcomes are left out."""
    figures = ParticipationFigure.objects.filter(
        offered_in(period_first, period_last), participation__unit__in=list(unit_ids)
    )
    found: dict[int, list[Outcome]] = defaultdict(list)
    rows = figures.select_related("participation__activity", "indicator").order_by()
    for row in sorted(rows, key=lambda row: (row.participation.done_on, row.pk)):
        taken_part = row.participation
        found[taken_part.unit_id].append(Outcome(taken_part.activity, taken_part.done_on, row.indicator, row.amount))
    return dict(found)


def offered_in(period_first: date, period_last: date) -> Q:
    """Which ``ParticipationFigure`` a report of these days, both included, may take over.

    Those of cancelled activities are not among them.
    """
    return Q(participation__done_on__range=(period_first, period_last)) & ~Q(
        participation__activity__state=ActivityState.CANCELLED
    )
