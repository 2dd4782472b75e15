"""The doors of the totals: mark what changed, bring marked totals up to date, rebuild all.

Entries are the truth, so every step may be repeated. Writers call ``mark_dirty`` in their own
transaction; readers use ``reports.rollups.selectors``.
"""

import logging
import time
from collections.abc import Iterable
from datetime import date

from django.core.cache import cache
from django.db import connection, transaction

from core.commits import once_committed
from plans.models import Plan
from reports.progress.models import Period
from reports.rollups.models import DirtyMark
from units.models import Unit

from . import carriers, engine
from .keeping import keep, look_again
from .windows import Calendar

log = logging.getLogger(__name__)

# The name of PostgreSQL's advisory lock: any number that nothing else in the portal uses.
DRAIN_LOCK = 7_418_203

# In the cache while a drain is asked for and has not begun; a lost message is forgotten after so many seconds.
DRAIN_ASKED = "reports.drain_asked"
DRAIN_ASKED_SECONDS = 10
# What changes within so long is added up together. An approval is in the figures within two seconds all the same.
DRAIN_AFTER_SECONDS = 0.1
# Where many report at once, those who report have the machine before the totals: after a drain of more than a few marks
# the next one waits so many times as long as that one took, as far as it is done within so many seconds; where it takes
# longer anyhow, up to a second.
FEW_MARKS = 3
DRAIN_RESTS = 8
DRAIN_DONE_WITHIN_SECONDS = 1.7
DRAIN_RESTS_AT_MOST_SECONDS = 1.0
DRAIN_TOOK = "reports.drain_took"


def mark_dirty(*, unit: Unit, period: Period) -> None:
    """Note, in the writer's transaction, that what this unit says of this period has changed.

    The totals of the period and the ``latest`` states from then on, the unit's and those of all above
    it, are brought up to date once the transaction is committed.
    """
    mark_many_dirty([(unit, period)])


def mark_many_dirty(places: Iterable[tuple[Unit, Period]]) -> None:
    """``mark_dirty`` for many units and periods, in one statement."""
    if DirtyMark.objects.bulk_create(DirtyMark(unit=unit, period=period) for unit, period in places):
        once_committed(send_drain)


def mark_changed_from(unit: Unit, day: date) -> None:
    """Note that the unit was closed, or put into another bloc, on ``day``: its totals from then on change.

    Registered with ``units.changes``.
    """
    mark_many_dirty((unit, period) for period in Period.objects.filter(last_day__gte=day))


def mark_opened(unit: Unit) -> None:
    """Note that the unit stands, and may carry targets, from its opening on. Registered with ``units.changes``."""
    mark_asked_from([(unit, unit.opened_on)])


def mark_asked_from(places: Iterable[tuple[Unit, date]]) -> None:
    """Note that something else is asked of units from a day on: shares of carriers change, in all later months too.

    Registered with ``targets.changes``.
    """
    periods = list(Period.objects.order_by("last_day"))
    first = {
        (unit.pk, period.pk): (unit, period)
        for unit, day in places
        if (period := next((one for one in periods if one.last_day >= day), None)) is not None
    }
    mark_many_dirty(first.values())


def follow_issue(_plan: Plan) -> None:
    """A plan was issued, and asks from now on: the next drain finds it. Registered with ``plans.changes``."""
    once_committed(send_drain)


def send_drain() -> None:
    """Hand the drain to a worker soon, unless one is asked for already that has not begun: it finds these marks too.

    So a thousand who report at once cause a drain or two a second and not a thousand. A broker that is down is no
    error: beat drains periodically.
    """
    from .tasks import drain_dirty as task  # tasks import this module

    if not cache.add(DRAIN_ASKED, True, timeout=DRAIN_ASKED_SECONDS):
        return
    try:
        task.apply_async(retry=False, countdown=_drain_after())
    except task.OperationalError:
        cache.delete(DRAIN_ASKED)
        log.warning("The totals wait for the next round: the broker does not answer.")


def _drain_after() -> float:
    took: float = cache.get(DRAIN_TOOK, 0.0)
    at_most = max(DRAIN_RESTS_AT_MOST_SECONDS, DRAIN_DONE_WITHIN_SECONDS - took)
    return min(max(DRAIN_AFTER_SECONDS, DRAIN_RESTS * took), at_most)


def drain_dirty(*, limit: int = 1000) -> int:
    """Bring everything that is marked up to date, ``limit`` marks to a transaction; return how many marks there were.

    Two workers may drain at once: they take turns. A worker that dies leaves its marks, and readers
    see the totals from before.
    """
    cache.delete(DRAIN_ASKED)  # first: what is marked from here on asks anew
    began = time.monotonic()
    drained = taken = _drain_batch(limit)
    while taken == limit:
        taken = _drain_batch(limit)
        drained += taken
    if drained > FEW_MARKS:
        cache.set(DRAIN_TOOK, time.monotonic() - began, timeout=DRAIN_ASKED_SECONDS)
    else:
        cache.delete(DRAIN_TOOK)
    return drained


@transaction.atomic
def _drain_batch(limit: int) -> int:
    take_turn()
    kept = keep(Calendar.read())
    if kept.states_after is None and not kept.are_shares_unsaid and not DirtyMark.objects.exists():
        return 0
    with engine.Run() as run:
        taken = run.take_marks(limit=limit)
        run.refresh_marked(newly_kept_after=kept.states_after)
        if kept.are_shares:
            carriers.refresh(are_unsaid=kept.are_shares_unsaid)
    return taken


@transaction.atomic
def rebuild() -> None:
    """Compute all totals of all units and periods, and all shares of carriers, anew from the entries."""
    take_turn()
    look_again()
    kept = keep(Calendar.read())
    with engine.Run() as run:
        run.take_all_marks()
        run.refresh_all()
        if kept.are_shares:
            carriers.rebuild()


def take_turn() -> None:
    """Wait until no other transaction writes totals; ends with the transaction. SQLite has one writer anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DRAIN_LOCK])


__all__ = [
    "drain_dirty",
    "follow_issue",
    "mark_asked_from",
    "mark_changed_from",
    "mark_dirty",
    "mark_many_dirty",
    "mark_opened",
    "rebuild",
]
