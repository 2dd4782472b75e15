"""What becomes of arrangements that were changed in the version in force while its amendment was being written."""

from datetime import datetime

from ..models import Activity
from .services import words_of

FIELDS = ("owner", "place", "budget", "budget_amount")


def hand_over_arrangements(activity: Activity, into: Activity, begun_at: datetime) -> None:
    """Let what was changed since ``begun_at`` go over, as far as the amendment did not change the same by itself."""
    drafted = words_of(into)
    moved = [thing for thing, was in _first_changes(activity, begun_at).items() if drafted.get(thing) == was]
    fields = [name for name in FIELDS if name in moved]
    for name in fields:
        setattr(into, name, getattr(activity, name))
    if fields:
        into.save(update_fields=fields)
    if "coordinating" in moved:
        into.coordinating.set(activity.coordinating.all())


def _first_changes(activity: Activity, begun_at: datetime) -> dict[str, str]:
    """Thing → the words that stood when the draft was begun, for what changed since."""
    found: dict[str, str] = {}
    for changes in activity.events.filter(at__gte=begun_at).order_by("at", "pk").values_list("changes", flat=True):
        for thing, was, _now in changes:
            found.setdefault(thing, was)
    return found
