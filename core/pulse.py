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

# Pages that show no figures outlive a report's step: each sort of change has a word of its own.
PULSE, FIGURES_PULSE = "pulse", "pulse:figures"
_WRITES = re.compile(r'\s*(INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What pages show lies in the tables of these apps, in the roles, and in the reports' steps and totals. What is typed
# into a draft counts nowhere until a step is taken, and steps are among them. What units did in an activity stands on
# its own pages; an activity's step writes its row beside its history.
_SHOWN = ("activities_", "plans_", "targets_", "units_", "accounts_role")
_FIGURES = ("reports_",)
_SILENT = (
    *("reports_progressentry", "reports_narrative", "reports_reminder", "reports_takenoutcome", "reports_selfaudit"),
    *("reports_officialdocument", "reports_documentevent", "reports_wordingversion", "reports_scorecardpiece"),
    *("plans_reading", "plans_passage", "activities_calendarfeed"),
    *("activities_participation", "activities_activityevent"),
    *("activities_activityfile", "activities_comment"),
    *("activities_outcomereminder", "activities_activityreminder"),
    "activities_registration",  # what is registered is shown once it is approved, as an activity
)
# A report that is there changes by steps; that it is asked for at all is shown.
_SILENT_UPDATES = ("reports_progressreport",)


def now(*, with_figures: bool = True) -> str | None:
    """The word of the moment; null where the cache does not answer: then nothing is to be kept.

    ``with_figures`` false: for pages that show nothing of reports and totals; theirs is another one less often.
    """
    names = [PULSE, FIGURES_PULSE] if with_figures else [PULSE]
    try:
        known: dict[str, object] = caches["pages"].get_many(names)
        for name in names:
            if name not in known:
                caches["pages"].add(name, secrets.token_hex(16), timeout=None)
                known[name] = caches["pages"].get(name)
    except Exception as error:  # whatever the cache's own library raises
        log.warning("The cache does not answer (%s): pages are not kept.", error)
        return None
    return None if None in known.values() else " ".join(str(known[name]) for name in names)


def change() -> None:
    """Make every kept page void."""
    _renew(PULSE)


def change_figures() -> None:
    """Make the kept pages void that show figures of reports."""
    _renew(FIGURES_PULSE)


def _renew(name: str) -> None:
    try:
        caches["pages"].set(name, secrets.token_hex(16), timeout=None)
    except Exception as error:  # see ``now``
        log.warning("The cache does not answer (%s): pages kept there are void when they expire.", error)


def watch_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Watch what a connection writes; registered with ``connection_created``."""
    if not any(isinstance(wrapper, _Watch) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.insert(0, _Watch())


class _Watch:
    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        step = step_after(sql)
        if step is not None:
            once_committed(step, using=context["connection"].alias)
        return answer


def step_after(sql: str) -> Callable[[], None] | None:
    """What has to be done once the statement is committed; null where pages show nothing of what it writes."""
    written = _WRITES.match(sql)
    if written is None:
        return None
    verb, table = written.groups()
    silent = (*_SILENT, *_SILENT_UPDATES) if verb.upper() == "UPDATE" else _SILENT
    if table.startswith(silent):
        return None
    if table.startswith(_FIGURES):
        return change_figures
    return change if table.startswith(_SHOWN) else None


def register() -> None:
    """Watch this process's connections, those that are open and those to come; called once when the app is ready."""
    from django.db.backends.signals import connection_created

    connection_created.connect(watch_connection, dispatch_uid="core.pulse")
    for connection in connections.all(initialized_only=True):
        watch_connection(connection)
