"""Which units below have made a superior plan's activities concrete; registered with ``plans.versions.coverage``."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import clock
from plans.versions.coverage import Answer, Group, Item, Question
from units.models import BlocMembership

from .enums import ActivityState, Scope
from .models import Activity
from .selectors import with_windows
from .wording import time_of


def activities_covered(question: Question) -> Group:
    """Return the activities of the plan's own body; one that names it as its base in a unit's plan answers it."""
    rows = with_windows(question.plan.activities.filter(unit=question.plan.unit_id))
    activities = list(rows.exclude(state=ActivityState.CANCELLED).order_by("order", "pk"))
    answers = _answers(question, newest_rows(question.line))
    members = _members(question)
    together = frozenset(unit.pk for unit in question.units)
    items = [
        Item(
            key=f"a{activity.pk}",
            code="",
            name=activity.name,
            words=time_of(activity),
            asked=together if activity.scope == Scope.ALL_UNITS else members[activity.bloc_id],
            answers=answers.get(activity.pk, {}),
        )
        for activity in activities
    ]
    return Group(_("Activities"), items)


def newest_rows(line: Sequence[int]) -> dict[int, int]:
    """Return id of an activity in any version of ``line`` → id of the newest row that came of it."""
    rows = list(Activity.objects.filter(plan__in=line).values_list("pk", "origin"))
    later = {origin: pk for pk, origin in rows if origin is not None}
    found = {}
    for first, _origin in rows:
        newest = first
        while newest in later:
            newest = later[newest]
        found[first] = newest
    return found


def _answers(question: Question, newest: dict[int, int]) -> dict[int, dict[int, list[Answer]]]:
    """Activity id → unit id → what in the unit's own plan names it as its base, in whichever version."""
    found: dict[int, dict[int, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    own = Activity.objects.filter(plan__in=question.plan_ids, based_on__in=newest)
    for activity in with_windows(own.exclude(state=ActivityState.CANCELLED)).order_by("plan", "order", "pk"):
        if activity.based_on_id is not None and activity.plan_id is not None:
            answer = Answer(activity.plan_id, f"{activity.name}: {time_of(activity)}", f"a-{activity.pk}")
            found[newest[activity.based_on_id]][activity.unit_id].append(answer)
    return found


def _members(question: Question) -> dict[int | None, frozenset[int]]:
    """Bloc id → its members among the units; nobody is asked by what the body does itself."""
    day = min(clock.today(), question.plan.ends_on)
    rows = BlocMembership.objects.on(day).filter(unit__in=[unit.pk for unit in question.units])
    members: dict[int | None, frozenset[int]] = defaultdict(frozenset)
    for bloc_id, unit_id in rows.values_list("bloc", "unit"):
        members[bloc_id] |= {unit_id}
    return members
