"""Reminding by the calendar: a row a reminder, and a line to whom it reaches.

Rows and lines are written in one transaction that holds the activities, so that what runs twice tells once.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from core import clock, collisions, notices

from ..models import Activity, ActivityReminder
from .due import Due, activities_in_sight, due_reminders, with_people
from .lines import lines_after, lines_ahead
from .recipients import users_of

AHEAD = "activities.ahead"
UNRECORDED = "activities.unrecorded"


def register() -> None:
    """Name the kinds of notices of this room; called once when the app is ready."""
    notices.register(AHEAD, gettext_lazy("Activities of mine that are near"))
    notices.register(UNRECORDED, gettext_lazy("Activities of which nothing has been recorded"))


@collisions.atomic
def remind_of_activities() -> int:
    """Tell people what the calendar of activities has for today; returns of how many windows and units.

    May be repeated: what was told is not told again, also by two at once.
    """
    today = clock.today()
    due = due_reminders(with_people(Activity.objects.filter(pk__in=_hold())), today)
    users = users_of(person for one in due for person in one.people)
    _keep(due)
    notices.tell_each(kind=AHEAD, lines=lines_ahead(due, users, today))
    notices.tell_each(kind=UNRECORDED, lines=lines_after(due, users))
    return len(due)


def _hold() -> list[int]:
    """Return the ids of the activities in sight that are so once nobody else has them in hand."""
    near = list(activities_in_sight(clock.today()).values_list("pk", flat=True))
    held = Activity.objects.select_for_update(no_key=True).filter(pk__in=near).order_by("pk")
    list(held.values_list("pk"))
    # What was postponed, done or called off while it was waited for is out of sight now.
    return list(activities_in_sight(clock.today()).filter(pk__in=near).values_list("pk", flat=True))


def _keep(due: Sequence[Due]) -> None:
    moment = clock.now()
    ActivityReminder.objects.bulk_create(
        ActivityReminder(
            activity=one.activity,
            unit=one.unit,
            step=one.planned.step,
            day=one.planned.day,
            at=moment,
            people=len(one.people),
        )
        for one in due
    )
