"""Which units below have made a superior plan's activities concrete; registered with ``plans.versions.coverage``."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import F, Q
from django.urls import reverse
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
    """Activity id → unit id → what of the unit's own names it as its base, in whichever version.

    That is what stands in the unit's own plan, then what the unit registered under it and was approved.
    """
    found: dict[int, dict[int, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    registered = Q(plan__isnull=True, bloc__isnull=True, unit__in=[unit.pk for unit in question.units])
    own = Activity.objects.filter(Q(plan__in=question.plan_ids) | registered, based_on__in=newest)
    rows = with_windows(own.exclude(state=ActivityState.CANCELLED))
    for activity in rows.order_by(F("plan").asc(nulls_last=True), "order", "pk"):
        if activity.based_on_id is not None:
            found[newest[activity.based_on_id]][activity.unit_id].append(_answer(activity))
    return found


def _answer(activity: Activity) -> Answer:
    words = f"{activity.name}: {time_of(activity)}"
    if activity.plan_id is None:
        return Answer(words, reverse("activities:detail", args=[activity.pk]))
    return Answer.in_plan(activity.plan_id, words, f"a-{activity.pk}")


def _members(question: Question) -> dict[int | None, frozenset[int]]:
    """Bloc id → its members among the units; nobody is asked by what the body does itself."""
    day = min(clock.today(), question.plan.ends_on)
    rows = BlocMembership.objects.on(day).filter(unit__in=[unit.pk for unit in question.units])
    members: dict[int | None, frozenset[int]] = defaultdict(frozenset)
    for bloc_id, unit_id in rows.values_list("bloc", "unit"):
        members[bloc_id] |= {unit_id}
    return members
