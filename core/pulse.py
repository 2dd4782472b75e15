"""A word that is another one after every change to what pages show: pages that were kept under an earlier one are void.

Every statement that Django sends passes ``_Watch``, whoever sends it: the ORM, a bulk operation, hand-written SQL, a
request, a task, a command. One that writes to a table that pages show has the word changed as soon as its transaction
is committed. Whoever keeps a page reads the word before the data, so a page from before the change never bears the
word from after it. What bypasses Django (``psql``, COPY) or dies between commit and change is seen when kept pages
expire.
"""

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from core.commits import once_committed

log = logging.getLogger(__name__)

PULSE = "pulse"
_WRITES = re.compile(r'\s*(INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What pages show lies in the tables of these apps, in the roles, and in the reports' steps and totals. What is typed
# into a draft counts nowhere until a step is taken, and steps are among them.
_SHOWN = ("activities_", "plans_", "targets_", "units_", "reports_", "accounts_role")
_SILENT = (
    *("reports_progressentry", "reports_narrative", "reports_reminder", "reports_takenoutcome", "reports_selfaudit"),
    *("reports_officialdocument", "reports_documentevent", "plans_reading", "plans_passage", "activities_calendarfeed"),
    *("activities_activityfile", "activities_comment"),
    *("activities_outcomereminder", "activities_activityreminder"),
    "activities_registration",  # what is registered is shown once it is approved, as an activity
)
# A report that is there changes by steps; that it is asked for at all is shown.
_SILENT_UPDATES = ("reports_progressreport",)


def now() -> str | None:
    """The word of the moment; null where the cache does not answer: then nothing is to be kept."""
    try:
        known: str | None = caches["pages"].get(PULSE)
        if known is None:
            caches["pages"].add(PULSE, secrets.token_hex(16), timeout=None)
            known = caches["pages"].get(PULSE)
    except Exception as error:  # whatever the cache's own library raises
        log.warning("The cache does not answer (%s): pages are not kept.", error)
        return None
    return known


def change() -> None:
    """Make every kept page void."""
    try:
        caches["pages"].set(PULSE, secrets.token_hex(16), timeout=None)
    except Exception as error:  # see ``now``
        log.warning("The cache does not answer (%s): pages kept there are void when they expire.", error)


def watch_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Watch what a connection writes; registered with ``connection_created``."""
    if not any(isinstance(wrapper, _Watch) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.insert(0, _Watch())


class _Watch:
    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        if is_shown(sql):
            once_committed(change, using=context["connection"].alias)
        return answer


def is_shown(sql: str) -> bool:
    """Whether the statement writes what pages show."""
    written = _WRITES.match(sql)
    if written is None:
        return False
    verb, table = written.groups()
    silent = (*_SILENT, *_SILENT_UPDATES) if verb.upper() == "UPDATE" else _SILENT
    return table.startswith(_SHOWN) and not table.startswith(silent)


def register() -> None:
    """Watch this process's connections, those that are open and those to come; called once when the app is ready."""
    from django.db.backends.signals import connection_created

    connection_created.connect(watch_connection, dispatch_uid="core.pulse")
    for connection in connections.all(initialized_only=True):
        watch_connection(connection)
