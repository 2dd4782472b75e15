"""What becomes of activities when a plan is amended; registered with ``plans.versions.copiers``.

What was done was done once: when the amendment is issued, the life of each activity (its state, its occurrences, what
the units did in it, its history, its files, what was said about it) goes over to its row in the new version. The
earlier version keeps its row as it stood.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Min, Q

from plans.models import Plan, Section
from plans.versions.copiers import Copier

from .arranging.versions import hand_over_arrangements
from .enums import ActivityState
from .models import (
    Activity,
    ActivityEvent,
    ActivityFile,
    ActivityReminder,
    Comment,
    Occurrence,
    OutcomeReminder,
    Participation,
    Recurrence,
    Window,
)
from .registering.services import follow_item
from .services.files import forget_files
from .timing import Span

# What hangs on the activity because it lived.
_LIVED = (Recurrence, Occurrence, OutcomeReminder, ActivityReminder, Participation, ActivityFile, Comment)
COPIED = (
    "unit_id",
    "bloc_id",
    "order",
    "name",
    "folded",
    "scope",
    "state",
    "is_tentative",
    "repeats",
    "place",
    "owner_id",
    "budget",
    "budget_amount",
    "done_on",
    "quote",
    "based_on_id",
)
BEGUN = (ActivityState.UNDER_WAY, ActivityState.DONE)


def copy(source: Plan, amendment: Plan, sections: Mapping[int, Section]) -> None:
    """Copy the activities of the plan's own body; what units below hang on the plan goes over when it is issued."""
    for activity in source.activities.filter(unit=source.unit_id):
        _copy_of(activity, amendment, sections)


def _copy_of(activity: Activity, amendment: Plan, sections: Mapping[int, Section]) -> Activity:
    facts = {name: getattr(activity, name) for name in COPIED}
    section = sections.get(activity.section_id) if activity.section_id is not None else None
    made = Activity.objects.create(plan=amendment, origin=activity, section=section, **facts)
    made.indicators.set(activity.indicators.all())
    made.coordinating.set(activity.coordinating.all())
    _copy_windows(activity, made)
    return made


def _copy_windows(activity: Activity, into: Activity) -> None:
    fields = ("starts_on", "ends_on", "precision", "superseded")
    rows = activity.windows.order_by("pk").values(*fields)
    Window.objects.bulk_create(Window(activity=into, **row) for row in rows)


def hand_over(source: Plan, amendment: Plan) -> None:
    """Let what was done go over, and with it what was entered since the amendment was begun.

    An activity that the amendment leaves out is dropped, unless it has begun: what was done cannot be undone by a
    document. Activities of units below hang on the new version from now on.
    """
    begun_at = amendment.events.aggregate(at=Min("at"))["at"]
    sections = {row.origin_id: row for row in amendment.sections.filter(origin__isnull=False) if row.origin_id}
    copies = {row.origin_id: row for row in amendment.activities.filter(origin__isnull=False)}
    # Locked, so that nobody records an outcome meanwhile that would stay behind.
    for activity in list(source.activities.select_for_update(of=("self",))):
        if activity.unit_id != source.unit_id:
            _hang_on(amendment, activity, sections)
            continue
        made = copies.get(activity.pk)
        if made is None and _stays(activity, begun_at):
            made = _copy_of(activity, amendment, sections)
        if made is not None:
            _hand_over_life(activity, made, begun_at)


def _hang_on(amendment: Plan, activity: Activity, sections: Mapping[int, Section]) -> None:
    activity.plan = amendment
    activity.section = sections.get(activity.section_id) if activity.section_id is not None else None
    activity.save(update_fields=["plan", "section"])


def _stays(activity: Activity, begun_at: datetime) -> bool:
    """Whether an activity without a copy goes over all the same: it has begun, or is younger than the draft."""
    entered_at = activity.events.aggregate(at=Min("at"))["at"]
    is_younger = entered_at is not None and entered_at > begun_at
    return activity.state in BEGUN or is_younger or activity.participations.exists()


def _hand_over_life(activity: Activity, into: Activity, begun_at: datetime) -> None:
    if _was_only_postponed(activity, into, begun_at):
        into.windows.all().delete()
        _copy_windows(activity, into)
    hand_over_arrangements(activity, into, begun_at)
    into.state, into.done_on = activity.state, activity.done_on
    # A base may be named in the issued version at any time; what the draft names itself stands.
    if into.based_on_id is None:
        into.based_on_id = activity.based_on_id
    into.save(update_fields=["state", "done_on", "based_on"])
    for model in _LIVED:
        model.objects.filter(activity=activity).update(activity=into)
    _release_days_outside(into, before=_spans_of(activity))
    follow_item(activity, into)
    fields = ("from_state", "to_state", "actor_id", "at", "reason", "unit_id", "changes")
    rows = activity.events.order_by("at", "pk").values(*fields)
    ActivityEvent.objects.bulk_create(ActivityEvent(activity=into, **row) for row in rows)


def _spans_of(activity: Activity) -> set[Span]:
    rows = activity.windows.filter(superseded=False).values_list("starts_on", "ends_on", "precision")
    return {Span(*row) for row in rows}


def _release_days_outside(activity: Activity, *, before: set[Span]) -> None:
    """Where the amendment moved an activity, take their days from the times outside it that nobody has recorded."""
    now = _spans_of(activity)
    if now == before or not now:
        return
    inside = Q()
    for span in now:
        inside |= Q(starts_on__lte=span.ends_on, ends_on__gte=span.starts_on)
    open_ones = activity.occurrences.filter(participations__isnull=True, starts_on__isnull=False)
    outside = list(open_ones.exclude(inside).values_list("pk", flat=True))
    if outside:
        Recurrence.objects.filter(activity=activity).delete()
        activity.occurrences.filter(pk__in=outside).update(starts_on=None, ends_on=None, precision="")


def _was_only_postponed(activity: Activity, into: Activity, begun_at: datetime) -> bool:
    """Whether the activity was postponed since the draft was begun, and the draft did not move it by itself."""
    if not activity.events.filter(to_state=ActivityState.POSTPONED, at__gte=begun_at).exists():
        return False
    spans = ("starts_on", "ends_on", "precision")
    written = set(into.windows.filter(superseded=False).values_list(*spans))
    return written <= set(activity.windows.filter(superseded=True).values_list(*spans))


def discard(amendment: Plan) -> None:
    """Delete the draft's activities with their files."""
    forget_files(amendment.activities.all())
    amendment.activities.all().delete()


COPIER = Copier(copy=copy, hand_over=hand_over, discard=discard)
