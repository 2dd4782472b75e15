"""Reading the photos, files and history of activities. An activity's own are read by whoever sees the activity.

Those of an outcome are read by whoever reads the outcome and sees the activity.
"""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scope import holds
from plans.selectors import WORKING_ROLES

from ..models import Activity, ActivityEvent, ActivityFile
from ..selectors import activities_visible_to, participations_visible_to, units_read_by


def is_read_by(user: User, file: ActivityFile) -> bool:
    """Whether the row exists for the person; agrees with ``files_about`` on the activities that the person sees."""
    seen, outcome = activities_visible_to(user), file.participation
    if outcome is None:
        return seen.filter(files=file).exists()
    return (
        participations_visible_to(user).filter(pk=outcome.pk).exists() and seen.filter(participations=outcome).exists()
    )


def files_about(activity: Activity, user: User) -> list[ActivityFile]:
    """Return the rows of an activity that the person sees, and of its outcomes, oldest first. One query."""
    outcomes = participations_visible_to(user).filter(activity=activity).values("pk")
    rows = ActivityFile.objects.filter(Q(activity=activity) | Q(participation__in=outcomes))
    return list(rows.select_related("file", "participation__unit", "added_by", "withdrawn_by"))


def events_read_by(user: User, activity: Activity) -> QuerySet[ActivityEvent]:
    """Return the steps of the activity's life, and what became of outcomes that the person reads, with their actors."""
    events = activity.events.select_related("actor")
    if holds(user, activity.unit, *WORKING_ROLES):
        return events
    steps = Q(reason="") | ~Q(from_state="")
    return events.filter(steps | Q(unit__in=units_read_by(user)))
