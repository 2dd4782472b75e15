"""Every write to occurrences and their rule.

Whatever changes: an occurrence in which a unit took part stays with what is recorded of it.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User

from ..enums import ActivityState, Every
from ..models import Activity, Occurrence, Participation, Recurrence
from ..rules import can_run
from ..services.life import check_standing, checked_spans, record
from ..timing import Span
from .reconciling import Standing, When, adopted, reconciled
from .recurrence import MOST, Rule, spans_of
from .wording import rule_text

ENDED = (ActivityState.DONE, ActivityState.CANCELLED)
# Above every number that counts, so that rows can be numbered anew without meeting each other.
ASIDE = 1000


def checked_rule(activity: Activity, rule: Rule) -> list[Span]:
    """Return the spans that the rule makes for the activity.

    Raises ValidationError at the rule's field that is wrong: it never ends, makes no day or more than ``MOST``, lies
    outside the plan's term, or an occurrence runs into the next one.
    """
    _check_parts(rule)
    if rule.is_endless:
        raise ValidationError({"until": _("A recurrence without end: say until which day, or how many times.")})
    if rule.until is not None and rule.until < rule.starts_on:
        raise ValidationError({"until": _("The end lies before the start.")})
    spans = spans_of(rule)
    if not spans:
        raise ValidationError({"until": _("No day fits between the start and the end.")})
    if len(spans) > MOST:
        raise ValidationError(
            {"until": _("These are more than %(most)s times. Choose an earlier end.") % {"most": MOST}}
        )
    if any(one.ends_on >= after.starts_on for one, after in pairwise(spans)):
        raise ValidationError({"lasts": _("One would last into the next one.")})
    check_term(activity, spans, "starts_on")
    return spans


def _check_parts(rule: Rule) -> None:
    """What the way of coming back needs is said. Raises ValidationError at the field."""
    if rule.every == Every.MONTH_DAY and rule.day is None:
        raise ValidationError({"day": _("Say on which day of the month.")})
    if rule.every != Every.MONTH_DAY and rule.weekday is None:
        raise ValidationError({"weekday": _("Say on which weekday.")})
    if rule.every == Every.MONTH_WEEKDAY and rule.nth is None:
        raise ValidationError({"nth": _("Say which one of the month.")})


def check_term(activity: Activity, spans: Sequence[Span], field: str) -> None:
    """Raises ValidationError at ``field`` where a span does not lie wholly in the plan's term."""
    plan = activity.plan
    if plan is None:
        return
    outside = [span for span in spans if span.starts_on < plan.starts_on or span.ends_on > plan.ends_on]
    if outside:
        words = {"first": _day(plan.starts_on), "last": _day(plan.ends_on), "day": _day(outside[0].starts_on)}
        raise ValidationError(
            {field: _("%(day)s lies outside the plan's term, %(first)s to %(last)s.") % words}, code="outside"
        )


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


@transaction.atomic
def set_recurrence(*, actor: User | None, activity: Activity, rule: Rule) -> list[Occurrence]:
    """Let the rule make the occurrences; what is recorded already stays. Returns them in order.

    Raises ValidationError at the rule's field, or where the activity has ended or does not count; PermissionDenied for
    who may not run the activity.
    """
    locked = _lock(actor, activity)
    spans = checked_rule(locked, rule)
    rows = _arrange(locked, spans)
    Recurrence.objects.update_or_create(activity=locked, defaults=_columns(rule))
    record(activity=locked, before="", actor=actor, reason=_("Days set: %(rule)s") % {"rule": rule_text(rule)})
    return rows


def _columns(rule: Rule) -> dict[str, Any]:
    return {field: getattr(rule, field) for field in rule.__dataclass_fields__}


@transaction.atomic
def number_occurrences(*, actor: User | None, activity: Activity) -> list[Occurrence]:
    """Divide the activity into as many occurrences as it has times, without days. Raises as ``set_recurrence``."""
    locked = _lock(actor, activity)
    if locked.occurrences.exists():
        raise ValidationError(_("The activity is divided already."))
    if locked.repeats > MOST:
        raise ValidationError(_("At most %(most)s times can be told apart.") % {"most": MOST})
    rows = _arrange(locked, [None] * locked.repeats)
    words = _("Divided into %(n)s times, without days") % {"n": locked.repeats}
    record(activity=locked, before="", actor=actor, reason=words)
    return rows


@transaction.atomic
def add_occurrence(*, actor: User | None, activity: Activity, when: When) -> list[Occurrence]:
    """Add one on days (null: not known yet). Raises as ``set_recurrence``, at ``starts_on``."""
    locked = _lock(actor, activity)
    span = _checked(locked, when)
    standing = [one.when for one in _standing(locked)]
    if span is not None and span in standing:
        raise ValidationError({"starts_on": _("There is one on this day already.")})
    if len(standing) >= MOST:
        raise ValidationError({"starts_on": _("At most %(most)s times can be told apart.") % {"most": MOST}})
    return _arrange(locked, [*standing, span])


@transaction.atomic
def move_occurrence(*, actor: User | None, occurrence: Occurrence, when: When) -> list[Occurrence]:
    """Give an occurrence other days (null: none); what is recorded of it stays. Raises as ``add_occurrence``."""
    locked = _lock(actor, occurrence.activity)
    span = _checked(locked, when)
    row = _still_there(locked, occurrence)
    others = locked.occurrences.exclude(pk=row.pk)
    if span is not None and others.filter(starts_on=span.starts_on, ends_on=span.ends_on).exists():
        raise ValidationError({"starts_on": _("There is one on this day already.")})
    row.starts_on, row.ends_on, row.precision = _days(span)
    row.save(update_fields=["starts_on", "ends_on", "precision"])
    return _arrange(locked, [one.when for one in _standing(locked)])


@transaction.atomic
def remove_occurrence(*, actor: User | None, occurrence: Occurrence) -> None:
    """Remove one in which nobody took part. Raises ValidationError, PermissionDenied."""
    locked = _lock(actor, occurrence.activity)
    row = _still_there(locked, occurrence)
    if row.participations.exists():
        raise ValidationError(_("Units have recorded what they did this time. It cannot be removed."))
    row.delete()
    _arrange(locked, [one.when for one in _standing(locked)])


def _lock(actor: User | None, activity: Activity) -> Activity:
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit", "bloc", "plan").get(pk=activity.pk)
    if actor is not None and not can_run.test(actor, locked):
        raise PermissionDenied
    check_standing(locked)
    if locked.state in ENDED:
        raise ValidationError(_("The activity is done or cancelled: its times stay as they are."))
    return locked


def _still_there(activity: Activity, occurrence: Occurrence) -> Occurrence:
    row = activity.occurrences.filter(pk=occurrence.pk).first()
    if row is None:
        raise ValidationError(_("Somebody else has deleted this meanwhile."), code="gone")
    return row


def _checked(activity: Activity, when: When) -> When:
    """Raises ValidationError at ``ends_on`` or ``starts_on``."""
    if when is None:
        return None
    if when.ends_on < when.starts_on:
        raise ValidationError({"ends_on": _("The end lies before the start.")})
    span = checked_spans([when])[0]
    check_term(activity, [span], "starts_on")
    return span


def _standing(activity: Activity) -> list[Standing]:
    recorded = set(activity.participations.filter(occurrence__isnull=False).values_list("occurrence", flat=True))
    return [Standing(row.pk, _when(row), row.pk in recorded) for row in activity.occurrences.order_by("number")]


def _when(row: Occurrence) -> When:
    if row.starts_on is None or row.ends_on is None:
        return None
    return Span(row.starts_on, row.ends_on, row.precision)


def _days(when: When) -> tuple[date | None, date | None, str]:
    return (None, None, "") if when is None else (when.starts_on, when.ends_on, str(when.precision))


def _arrange(activity: Activity, wished: Sequence[When]) -> list[Occurrence]:
    """Write what is wished over what stands, number it in order of time, and let loose outcomes go to it."""
    changes = reconciled(_standing(activity), wished)
    if len(changes.order) > MOST:
        words = _("With what is recorded already these are more than %(most)s times.") % {"most": MOST}
        raise ValidationError(words)
    activity.occurrences.filter(pk__in=changes.gone).delete()
    activity.occurrences.update(number=F("number") + ASIDE)
    rows = []
    for number, (pk, when) in enumerate(changes.order, start=1):
        first, last, precision = _days(when)
        days = {"starts_on": first, "ends_on": last, "precision": precision}
        rows.append(Occurrence(pk=pk, activity=activity, number=number, **days))
    Occurrence.objects.bulk_update([row for row in rows if row.pk], ["number", "starts_on", "ends_on", "precision"])
    Occurrence.objects.bulk_create([row for row in rows if row.pk is None])
    _adopt(activity)
    return list(activity.occurrences.order_by("number"))


def _adopt(activity: Activity) -> None:
    """Outcomes recorded before the activity was divided belong to the nearest of its times from now on."""
    known = activity.participations.all()
    loose = list(known.filter(occurrence__isnull=True).values_list("pk", "unit", "done_on"))
    if not loose:
        return
    days = dict(activity.occurrences.order_by("number").values_list("pk", "starts_on"))
    taken = known.filter(occurrence__isnull=False).values_list("unit", "occurrence")
    homes = adopted(days, taken, loose)
    rows = [Participation(pk=outcome, occurrence_id=occurrence) for outcome, occurrence in homes.items()]
    Participation.objects.bulk_update(rows, ["occurrence"])
