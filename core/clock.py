"""The portal's own day and time: the only place where domain code asks what day it is.

``PORTAL_TODAY`` pins the day (a demo, a rehearsal); the time of day runs on. ``travel_to`` puts one
piece of work at a moment of the past. Machine matters (heartbeats, sessions, tokens) use
``django.utils.timezone`` and not this module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_travelled_to: ContextVar[datetime | None] = ContextVar("core_clock_travelled_to", default=None)


def now() -> datetime:
    """Return the aware moment now, on the pinned day where one is set."""
    if (travelled := _travelled_to.get()) is not None:
        return travelled
    moment = timezone.localtime()
    pinned = settings.PORTAL_TODAY
    if pinned is None:
        return moment
    return moment.replace(year=pinned.year, month=pinned.month, day=pinned.day)


def today() -> date:
    """Return the day in Asia/Ho_Chi_Minh, or the pinned one."""
    if (travelled := _travelled_to.get()) is not None:
        return timezone.localdate(travelled)
    return settings.PORTAL_TODAY or timezone.localdate()


@contextmanager
def travel_to(moment: datetime) -> Iterator[None]:
    """Let this context live at ``moment`` (aware), where time then stands still: for loading history.

    Other threads and requests are not touched; journeys may be nested. Raises ValueError for a naive
    moment.
    """
    if timezone.is_naive(moment):
        raise ValueError("a journey goes to an aware moment")
    token = _travelled_to.set(moment)
    try:
        yield
    finally:
        _travelled_to.reset(token)
