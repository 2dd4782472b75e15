"""What changed in a plan's activities from one version to another; registered with ``plans.versions.differences``."""

from django.utils.translation import gettext as _

from plans.models import Plan
from plans.versions.differences import Described, Part, rows_of

from .arranging.selectors import facts_of, with_arrangements
from .history import THINGS
from .models import Activity
from .selectors import with_details
from .wording import time_of


def activities_part(old: Plan, new: Plan) -> Part:
    """Return the activities of the body's own in both versions: what, when, who, where, what their outcome feeds."""
    origins = dict(Activity.objects.filter(plan__unit=new.unit_id, origin__isnull=False).values_list("pk", "origin"))
    return Part(_("Activities"), list(rows_of(_activities(old), _activities(new), origins, _described)))


def _activities(plan: Plan) -> list[Activity]:
    rows = with_arrangements(with_details(plan.activities.filter(unit=plan.unit_id))).prefetch_related("indicators")
    return list(rows.order_by("order", "pk"))


def _described(activity: Activity) -> Described:
    who = [str(activity.get_scope_display()), *([activity.bloc.name] if activity.bloc else [])]
    return "", [
        ("", activity.name),
        (_("Time"), time_of(activity)),
        (_("Who does it"), " · ".join(who)),
        *((str(THINGS[thing]), words) for thing, words in facts_of(activity, activity.coordinating.all()).items()),
        (_("How many times"), str(activity.repeats) if activity.repeats > 1 else ""),
        (_("Its outcome counts for"), "; ".join(sorted(row.name for row in activity.indicators.all()))),
    ]
