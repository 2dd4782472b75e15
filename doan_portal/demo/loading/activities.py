"""The calendars of both plans, what blocs and units hold of their own, and what became of it all month by month."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import User
from activities.enums import Precision, Scope
from activities.models import Activity
from activities.occurrences.services import add_occurrence
from activities.services import cancel, mark_done, plan_activity, postpone, record_participation, start
from activities.timing import Span
from core import clock
from doan_portal.demo.facts.orientation_kgi import ORIENTATION
from doan_portal.demo.facts.resolution_qna import RESOLUTION
from doan_portal.demo.facts.shapes import ActivityFact, PlanFact, WindowFact
from doan_portal.demo.facts.units import KCQ
from doan_portal.demo.generator import LAST_MONTH, OWN_ACTIVITIES, Outcome, OwnActivity
from plans.models import Plan, Section
from units.models import Bloc

from .world import World, at, secretary_of

OFFICERS = {RESOLUTION.issuer: "canbo", ORIENTATION.issuer: "canbo.kg"}
TIMELESS_FROM = date(2024, 3, 2)  # when those without a time in the plan began
PLANNED_BEFORE = timedelta(days=20)
DECIDED_BEFORE = timedelta(days=5)


def plan_activities(world: World, fact: PlanFact, officer: User, plan: Plan, sections: dict[str, Section]) -> None:
    """Enter the plan's activities in its order."""
    for activity in fact.activities:
        plan_activity(
            actor=officer,
            unit=world.units[fact.issuer],
            name=activity.name,
            scope=activity.scope,
            windows=[_window(window) for window in activity.windows],
            plan=plan,
            section=sections[activity.section],
            is_tentative=activity.tentative,
            repeats=activity.repeats,
            indicators=[world.indicators[activity.feeds]] if activity.feeds else [],
        )


def _window(window: WindowFact) -> tuple[date, date, str]:
    return (window.starts_on, window.ends_on, window.precision)


def live_through(world: World, month: int, outcomes: list[Outcome]) -> None:
    """Let the month's activities be entered, begin, end, be put off or called off, and their outcomes be recorded."""
    for own in OWN_ACTIVITIES:
        if _entered_on(own).month == month:
            _plan_own(world, own)
    known = _by_name(world)
    for fact, issuer in _facts():
        turned_on = _turned_on(fact)
        # What began in the first days of October goes with September, the last month that is loaded.
        if turned_on is not None and min(turned_on.month, LAST_MONTH) == month:
            _turn(world, known[fact.code], fact, turned_on, world.people[OFFICERS[issuer]])
    for own in OWN_ACTIVITIES:
        if own.done_on is not None and own.done_on.month == month:
            with clock.travel_to(at(own.done_on, 17, 0)):
                mark_done(actor=_host(world, own), activity=known[own.name], done_on=own.done_on)
    for outcome in outcomes:
        if outcome.done_on.month == month:
            _record(world, known[outcome.activity], outcome)


def _facts() -> Iterator[tuple[ActivityFact, str]]:
    for plan in (RESOLUTION, ORIENTATION):
        for fact in plan.activities:
            yield fact, plan.issuer


def _by_name(world: World) -> dict[str, Activity]:
    """The activities of the plans by their codes, the others by their names."""
    rows = {(row.unit_id, row.name): row for row in Activity.objects.select_related("unit", "bloc")}
    found = {fact.code: rows[world.units[issuer].pk, fact.name] for fact, issuer in _facts()}
    for own in OWN_ACTIVITIES:
        if (activity := rows.get((world.units[own.unit].pk, own.name))) is not None:
            found[own.name] = activity
    return found


def _turned_on(fact: ActivityFact) -> date | None:
    """The day on which the activity came to be as it is on the demo's day; null where it is only planned."""
    if fact.state == "done":
        return fact.done_on
    if fact.state == "under_way":
        return min((window.starts_on for window in fact.windows), default=TIMELESS_FROM)
    if fact.state == "postponed":
        return fact.windows[-1].ends_on - DECIDED_BEFORE
    if fact.state == "cancelled":
        return fact.windows[0].starts_on - DECIDED_BEFORE
    return None


def _turn(world: World, activity: Activity, fact: ActivityFact, turned_on: date, officer: User) -> None:
    with clock.travel_to(at(turned_on, 17, 0)):
        if fact.state == "under_way":
            start(actor=officer, activity=activity)
            _set_days(activity, fact, officer)
        elif fact.state == "postponed":
            assert fact.new_window is not None  # noqa: S101 - the facts' own test sees to it
            postpone(actor=officer, activity=activity, windows=[_window(fact.new_window)], reason=fact.reason)
        elif fact.state == "cancelled":
            cancel(actor=officer, activity=activity, reason=fact.reason)
        else:
            mark_done(actor=officer, activity=activity, done_on=turned_on)
            _record_issuer(world, activity, fact, officer, turned_on)


def _set_days(activity: Activity, fact: ActivityFact, officer: User) -> None:
    """Of an activity with several times those whose days are known, and the others without."""
    days = [Span(day, day, Precision.DAY) for day in fact.held_on]
    for when in [*days, *[None] * (fact.repeats - len(days))] if days else []:
        add_occurrence(actor=officer, activity=activity, when=when)


def _record_issuer(world: World, activity: Activity, fact: ActivityFact, officer: User, done_on: date) -> None:
    """What the issuing body itself can tell of the activity."""
    if not fact.result:
        return
    figures = {}
    if fact.outcome is not None and fact.feeds is not None:
        figures = {world.indicators[fact.feeds]: Decimal(fact.outcome)}
    record_participation(
        actor=officer, activity=activity, unit=activity.unit, done_on=done_on, figures=figures, note=fact.result
    )


def _entered_on(own: OwnActivity) -> date:
    """Some weeks ahead of its time, and in September at the latest."""
    return min(own.window.starts_on - PLANNED_BEFORE, date(2024, 9, 27))


def _host(world: World, own: OwnActivity) -> User:
    """The officer for a bloc's activity, the unit's secretary for its own."""
    return world.people["canbo" if own.bloc is not None else secretary_of(own.unit)]


def _plan_own(world: World, own: OwnActivity) -> None:
    bloc = None if own.bloc is None else Bloc.objects.get(owner__code=KCQ, number=own.bloc)
    with clock.travel_to(at(_entered_on(own), 9, 30)):
        plan_activity(
            actor=_host(world, own),
            unit=world.units[own.unit],
            name=own.name,
            scope=Scope.UNIT if bloc is None else Scope.BLOC,
            bloc=bloc,
            windows=[_window(own.window)],
            place=own.place,
            indicators=[world.indicators[own.feeds]] if own.feeds else [],
        )


def _record(world: World, activity: Activity, outcome: Outcome) -> None:
    with clock.travel_to(at(outcome.done_on, 18, 15)):
        record_participation(
            actor=world.actor(None, outcome.unit),
            activity=activity,
            unit=world.units[outcome.unit],
            done_on=outcome.done_on,
            people=outcome.people,
            figures={world.indicators[key]: Decimal(amount) for key, amount in outcome.figures.items()},
            occurrence=activity.occurrences.filter(starts_on=outcome.done_on).first(),
        )
