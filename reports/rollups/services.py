"""The doors of the totals: mark what changed, bring marked totals up to date, rebuild all.

Entries are the truth, so every step may be repeated. Writers call ``mark_dirty`` in their own
transaction; readers use ``reports.rollups.selectors``.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.cache import cache
from django.db import connection, transaction

from reports.enums import BASIS_STATES, Basis
from reports.progress.models import Period, ProgressEntry
from reports.rollups.models import DirtyMark, Rollup
from units.models import Unit

from . import engine
from .windows import Calendar, latest_windows

log = logging.getLogger(__name__)

# The name of PostgreSQL's advisory lock: any number that nothing else in the portal uses.
DRAIN_LOCK = 7_418_203

# In the cache while a drain is asked for and has not begun; a lost message is forgotten after so many seconds.
DRAIN_ASKED = "reports.drain_asked"
DRAIN_ASKED_SECONDS = 10
# What changes within so long is added up together. An approval is in the figures within two seconds all the same.
DRAIN_AFTER_SECONDS = 0.5


def mark_dirty(*, unit: Unit, period: Period) -> None:
    """Note, in the writer's transaction, that the totals of this unit from this period on have changed.

    They are brought up to date once the transaction is committed.
    """
    mark_many_dirty([(unit, period)])


def mark_many_dirty(places: Iterable[tuple[Unit, Period]]) -> None:
    """``mark_dirty`` for many units and periods, in one statement."""
    DirtyMark.objects.bulk_create(DirtyMark(unit=unit, period=period) for unit, period in places)
    _drain_on_commit()


def mark_changed_from(unit: Unit, day: date) -> None:
    """Note that the unit was closed, or put into another bloc, on ``day``: its totals from then on change.

    Registered with ``units.changes``.
    """
    period = Period.objects.filter(last_day__gte=day).order_by("year", "month").first()
    if period is not None:
        mark_dirty(unit=unit, period=period)


def _drain_on_commit() -> None:
    """Ask for one drain after the commit, however many marks the transaction makes."""
    if all(waiting[1] is not send_drain for waiting in connection.run_on_commit):
        transaction.on_commit(send_drain, robust=True)


def send_drain() -> None:
    """Hand the drain to a worker soon, unless one is asked for already that has not begun: it finds these marks too.

    So a thousand who report at once cause two drains a second and not a thousand. A broker that is down is no error:
    beat drains periodically.
    """
    from .tasks import drain_dirty as task  # tasks import this module

    if not cache.add(DRAIN_ASKED, True, timeout=DRAIN_ASKED_SECONDS):
        return
    try:
        task.apply_async(retry=False, countdown=DRAIN_AFTER_SECONDS)
    except task.OperationalError:
        cache.delete(DRAIN_ASKED)
        log.warning("The totals wait for the next round: the broker does not answer.")


def drain_dirty(*, limit: int = 1000) -> int:
    """Bring everything that is marked up to date, ``limit`` marks to a transaction; return how many marks there were.

    Two workers may drain at once: they take turns. A worker that dies leaves its marks, and readers
    see the totals from before.
    """
    cache.delete(DRAIN_ASKED)  # first: what is marked from here on asks anew
    drained = 0
    while some := _drain_batch(limit):
        drained += some
    return drained


@transaction.atomic
def _drain_batch(limit: int) -> int:
    take_turn()
    marks = list(DirtyMark.objects.order_by("pk").values_list("pk", "unit_id", "period_id")[:limit])
    calendar = Calendar.read()
    windows = latest_windows(calendar)
    units = {unit_id for _pk, unit_id, _period in marks}
    places = {calendar.place[period_id] for _pk, _unit, period_id in marks}
    for unit_id, place in _lacking(calendar, windows):
        units.add(unit_id)
        places.add(place)
    if units:
        reported = [row for row in calendar.periods if calendar.place[row.pk] in places]
        periods = {row.pk: row for row in [*reported, *calendar.live_from(min(places))]}
        engine.refresh(engine.Frame(calendar, windows, tuple(periods.values())), units)
    # By primary key, so that a mark made meanwhile stays for the next batch.
    DirtyMark.objects.filter(pk__in=[pk for pk, _unit, _period in marks]).delete()
    return len(marks)


@transaction.atomic
def rebuild() -> None:
    """Compute all totals of all units and periods anew from the entries."""
    take_turn()
    marks = list(DirtyMark.objects.values_list("pk", flat=True))
    calendar = Calendar.read()
    frame = engine.Frame(calendar, latest_windows(calendar), tuple(calendar.periods))
    engine.refresh(frame, Unit.objects.order_by().values_list("pk", flat=True))
    DirtyMark.objects.filter(pk__in=marks).delete()


def take_turn() -> None:
    """Wait until no other transaction writes totals; ends with the transaction. SQLite has one writer anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DRAIN_LOCK])


def _lacking(calendar: Calendar, windows: dict[int, set[int]]) -> set[tuple[int, int]]:
    """(unit, place of the first period) whose ``latest`` states are wanted and not there at all.

    So it is when a plan was issued, which begins windows, or a period was opened, to which states
    are carried over. States that no target asks for any more are taken out.
    """
    wanted = {
        (indicator_id, since_id, period.pk)
        for indicator_id, sinces in windows.items()
        for since_id in sinces
        for period in calendar.live_from(calendar.place[since_id])
    }
    states = Rollup.objects.filter(since__isnull=False).order_by()
    stored = set(states.values_list("indicator_id", "since_id", "period_id").distinct())
    _forget({(indicator_id, since_id) for indicator_id, since_id, _period in stored - wanted}, windows)
    lacking: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for indicator_id, since_id, period_id in wanted - stored:
        lacking[indicator_id].add((calendar.place[since_id], calendar.place[period_id]))
    return _who_said_something(calendar, lacking) if lacking else set()


def _forget(kept: set[tuple[int, int]], windows: dict[int, set[int]]) -> None:
    for indicator_id, since_id in kept:
        if since_id not in windows.get(indicator_id, ()):
            Rollup.objects.filter(indicator_id=indicator_id, since_id=since_id).delete()


def _who_said_something(calendar: Calendar, lacking: dict[int, set[tuple[int, int]]]) -> set[tuple[int, int]]:
    """(unit, place) of those states lacking that an entry of a unit still open then would fill."""
    last_days = [period.last_day for period in calendar.periods]
    rows = ProgressEntry.objects.filter(
        indicator__in=list(lacking), report__state__in=BASIS_STATES[Basis.PROVISIONAL]
    ).exclude(amount__isnull=True, numerator__isnull=True, is_done__isnull=True)
    found: set[tuple[int, int]] = set()
    for indicator_id, unit_id, closed_on, period_id in rows.order_by().values_list(
        "indicator_id", "report__unit_id", "report__unit__closed_on", "report__period_id"
    ):
        said_at = calendar.place[period_id]
        found |= {
            (unit_id, at)
            for since, at in lacking[indicator_id]
            if since <= said_at <= at and (closed_on is None or closed_on > last_days[at])
        }
    return found


__all__ = ["drain_dirty", "mark_changed_from", "mark_dirty", "mark_many_dirty", "rebuild"]
