"""The steps of an activity's life: the state changes in ``_step`` alone; and its windows of time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_date
from units.models import Unit

from .. import corrections
from ..enums import ActivityState, Precision
from ..history import Changes, changes_between
from ..models import Activity, ActivityEvent, Recurrence, Window
from ..rules import TRANSITIONS, Action, is_standing
from ..said_times import written_times
from ..timing import Span, agrees

Given = tuple[date, date, Precision | str]


def checked_spans(windows: Sequence[Given]) -> list[Span]:
    """Raises ValidationError at ``windows`` for an end before its start, or days that the precision does not name."""
    spans = [Span(*window) for window in windows]
    for span in spans:
        if span.ends_on < span.starts_on:
            raise ValidationError({"windows": _("The end lies before the start.")})
        if span.precision not in Precision.values or not agrees(span):
            raise ValidationError({"windows": _("The days do not make up what was chosen (month, quarter, year).")})
    if len(set(spans)) != len(spans):
        raise ValidationError({"windows": _("The same time is given twice.")})
    return sorted(spans)


def write_windows(activity: Activity, spans: Sequence[Span]) -> None:
    """Write the windows that hold from now on."""
    Window.objects.bulk_create(Window(activity=activity, **span._asdict()) for span in spans)


def start(*, actor: User | None, activity: Activity) -> Activity:
    """Mark that the activity has begun. Raises ValidationError (wrong state), PermissionDenied."""
    return _step(actor=actor, activity=activity, action=Action.START)


def mark_done(*, actor: User | None, activity: Activity, done_on: date) -> Activity:
    """Mark the activity done on a day, not a future one. Raises ValidationError, PermissionDenied."""
    if done_on > clock.today():
        raise ValidationError({"done_on": _("The day lies in the future.")})
    day = changes_between({}, {"done_on": vn_date(done_on)})
    return _step(actor=actor, activity=activity, action=Action.DONE, fields={"done_on": done_on}, changes=day)


@transaction.atomic
def postpone(*, actor: User | None, activity: Activity, windows: Sequence[Given], reason: str) -> Activity:
    """Move the activity to new windows; the old ones stay on record. Raises ValidationError, PermissionDenied."""
    spans = checked_spans(windows)
    if not spans:
        raise ValidationError({"windows": _("Say to when it is postponed.")})
    _check_reason(reason)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    was = {"time": written_times(list(Window.objects.filter(activity=activity, superseded=False)))}
    moved = changes_between(was, {"time": written_times(spans)})
    locked = _step(actor=actor, activity=activity, action=Action.POSTPONE, reason=reason.strip(), changes=moved)
    locked.windows.filter(superseded=False).update(superseded=True)
    release_days(locked)
    write_windows(locked, spans)
    return locked


def release_days(activity: Activity) -> None:
    """Take their days from the occurrences that nobody has recorded: the new time holds for them now."""
    Recurrence.objects.filter(activity=activity).delete()
    open_ones = activity.occurrences.filter(participations__isnull=True).values_list("pk", flat=True)
    activity.occurrences.filter(pk__in=list(open_ones)).update(starts_on=None, ends_on=None, precision="")


@transaction.atomic
def cancel(*, actor: User | None, activity: Activity, reason: str) -> Activity:
    """Call the activity off, with the reason; what was recorded in it counts no more.

    Raises ValidationError, PermissionDenied.
    """
    _check_reason(reason)
    called_off = _step(actor=actor, activity=activity, action=Action.CANCEL, reason=reason.strip())
    corrections.tell_all(list(called_off.participations.order_by("pk")))
    return called_off


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})


@transaction.atomic
def _step(
    *,
    actor: User | None,
    activity: Activity,
    action: Action,
    reason: str = "",
    fields: dict[str, Any] | None = None,
    changes: Changes | None = None,
) -> Activity:
    """Take one step of the table: lock, look, check the actor, write, record."""
    # Only the activity's own row is locked: a null bloc or plan cannot be.
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit", "bloc").get(pk=activity.pk)
    before = ActivityState(locked.state)
    if (before, action) not in TRANSITIONS:
        raise ValidationError(
            _("The activity is “%(state)s”: this step is not open.") % {"state": before.label}, code="wrong_state"
        )
    after, rule = TRANSITIONS[before, action]
    if actor is not None and not rule.test(actor, locked):
        raise PermissionDenied
    check_standing(locked)
    for name, value in (fields or {}).items():
        setattr(locked, name, value)
    locked.state = after
    locked.save(update_fields=["state", *(fields or {})])
    record(activity=locked, before=before, actor=actor, reason=reason, changes=changes)
    return locked


def check_standing(activity: Activity) -> None:
    """Raises ValidationError where the activity stands in a version of its plan that does not count."""
    if not is_standing(activity):
        raise ValidationError(_("This version of the plan is not the one in force."), code="not_in_force")


def record(
    *,
    activity: Activity,
    before: str,
    actor: User | None,
    reason: str = "",
    changes: Changes | None = None,
    unit: Unit | None = None,
) -> None:
    """Write a step, or another thing worth remembering (``before`` blank), into the activity's history.

    ``unit``: whose outcome it tells of (null: nobody's).
    """
    facts = {"from_state": before, "to_state": activity.state, "actor": actor, "reason": reason, "unit": unit}
    ActivityEvent.objects.create(activity=activity, at=clock.now(), changes=changes or [], **facts)
