"""An activity's history: the steps of its life, with the files that were added and taken away, in order of time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User

from ..history import Line, lines_of
from ..models import ActivityEvent, ActivityFile

# Named of what was added or withdrawn at once.
MOST_NAMES = 3


def history(events: Iterable[ActivityEvent], files: Sequence[ActivityFile]) -> list[Line]:
    """Return all lines, oldest first; what one person did with files within a minute is one line."""
    added = _together((row.added_at, row.added_by, row) for row in files)
    gone = _together((row.withdrawn_at, row.withdrawn_by, row) for row in files if row.withdrawn_at)
    lines = [
        *lines_of(events),
        *(Line(at, _added_words(rows), actor) for at, actor, rows in added),
        *(Line(at, _withdrawn_words(rows), actor) for at, actor, rows in gone),
    ]
    return sorted(lines, key=lambda line: line.at)


Done = tuple[datetime, User | None, ActivityFile]


def _together(done: Iterable[Done]) -> list[tuple[datetime, User | None, list[ActivityFile]]]:
    """What the same person did to the same thing within a minute, under the time of the first."""
    groups: dict[object, list[Done]] = defaultdict(list)
    for at, actor, row in done:
        minute = at.replace(second=0, microsecond=0)
        groups[minute, actor and actor.pk, row.participation_id].append((at, actor, row))
    return [(same[0][0], same[0][1], [row for _at, _actor, row in same]) for same in groups.values()]


def _added_words(rows: Sequence[ActivityFile]) -> str:
    outcome = rows[0].participation
    if outcome is None:
        return _("Added to the activity: %(names)s") % {"names": _names(rows)}
    return _("Added to the outcome of %(unit)s: %(names)s") % {"unit": outcome.unit.name, "names": _names(rows)}


def _withdrawn_words(rows: Sequence[ActivityFile]) -> str:
    outcome = rows[0].participation
    if outcome is None:
        return _("Withdrawn from the activity: %(names)s") % {"names": _names(rows)}
    return _("Withdrawn from the outcome of %(unit)s: %(names)s") % {"unit": outcome.unit.name, "names": _names(rows)}


def _names(rows: Sequence[ActivityFile]) -> str:
    """Return "a.jpg, b.jpg, c.jpg và 5 tệp khác"."""
    named = ", ".join(row.name for row in rows[:MOST_NAMES])
    more = len(rows) - MOST_NAMES
    return named if more <= 0 else _("%(names)s and %(n)s more files") % {"names": named, "n": more}
