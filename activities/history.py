"""An activity's history in words: what changed, from what to what.

A change is kept as [thing, words before, words after], the thing by its name in ``THINGS``: its label is in the
reader's language, the words are in the documents'.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User

from .enums import ActivityState
from .models import ActivityEvent

THINGS: dict[str, str | Promise] = {
    "time": gettext_lazy("Time"),
    "done_on": gettext_lazy("Done on"),
    "owner": gettext_lazy("Person in charge"),
    "place": gettext_lazy("Place"),
    "coordinating": gettext_lazy("Coordinating units"),
    "budget": gettext_lazy("Budget"),
    "budget_amount": gettext_lazy("Sum budgeted"),
}
Facts = Mapping[str, str]
Changes = list[list[str]]


@dataclass(frozen=True)
class Changed:
    """One thing that changed; ``before`` and ``after`` are blank where there was or is none."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the history. ``what`` is blank where ``reason`` says it all; ``who`` null: the portal itself."""

    at: datetime
    what: str
    who: User | None
    reason: str = ""
    changes: Sequence[Changed] = ()


def changes_between(before: Facts, after: Facts) -> Changes:
    """Return what differs between two states of the same things, in the order of ``THINGS``."""
    pairs = ((thing, before.get(thing, ""), after.get(thing, "")) for thing in THINGS)
    return [[thing, was, now] for thing, was, now in pairs if was != now]


def lines_of(events: Iterable[ActivityEvent]) -> list[Line]:
    """Return the lines of the events, in their order."""
    return [
        Line(
            event.at,
            _what(event),
            event.actor,
            event.reason,
            [Changed(THINGS.get(thing, thing), was, now) for thing, was, now in event.changes],
        )
        for event in events
    ]


def _what(event: ActivityEvent) -> str:
    after = str(ActivityState(event.to_state).label)
    if event.from_state:
        return f"{ActivityState(event.from_state).label} → {after}"
    if event.changes:
        return _("Arrangements changed")
    return "" if event.reason else _("Entered into the calendar")
