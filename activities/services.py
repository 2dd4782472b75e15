"""Every write to activities, their windows and what units did in them. The state changes in ``_step`` alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.folding import fold
from plans.enums import PlanState
from plans.models import Plan, Section
from targets.enums import IndicatorKind
from targets.models import Indicator
from units.models import Bloc, Unit

from .enums import ActivityState, Precision, Scope
from .models import Activity, ActivityEvent, Participation, ParticipationFigure, Window
from .rules import TRANSITIONS, Action, can_plan, can_record
from .selectors import units_taking_part
from .timing import Span, agrees, touches

Given = tuple[date, date, Precision | str]


@transaction.atomic
def plan_activity(
    *,
    unit: Unit,
    name: str,
    scope: Scope | str,
    windows: Sequence[Given] = (),
    plan: Plan | None = None,
    section: Section | None = None,
    bloc: Bloc | None = None,
    is_tentative: bool = False,
    repeats: int = 1,
    place: str = "",
    indicators: Iterable[Indicator] = (),
    quote: str = "",
    actor: User | None = None,
) -> Activity:
    """Enter an activity of ``unit``; ``windows`` are (first day, last day, precision), none where no time is given.

    ``indicators`` are those that its outcome feeds. ``actor`` null is the machine itself. Raises ValidationError at
    the field that is wrong, PermissionDenied where the actor may not enter such an activity.
    """
    if actor is not None and not can_plan(actor, unit, scope, bloc):
        raise PermissionDenied
    spans = _checked_spans(windows)
    if repeats < 1:
        raise ValidationError({"repeats": _("It takes place once at least.")})
    _check_owner(unit=unit, scope=scope, bloc=bloc)
    _check_plan(unit=unit, plan=plan, section=section, spans=spans)
    name = " ".join(name.split())
    activity = Activity(
        plan=plan,
        section=section,
        unit=unit,
        bloc=bloc,
        order=_next_order(plan),
        name=name,
        folded=fold(name)[:400],
        scope=scope,
        is_tentative=is_tentative,
        repeats=repeats,
        place=place,
        quote=quote,
    )
    activity.full_clean(exclude=["folded"])
    activity.save()
    activity.indicators.set(indicators)
    Window.objects.bulk_create(Window(activity=activity, **span._asdict()) for span in spans)
    _record(activity=activity, before="", actor=actor)
    return activity


def _next_order(plan: Plan | None) -> int:
    if plan is None:
        return 0
    return (plan.activities.aggregate(last=Max("order"))["last"] or 0) + 1


def _checked_spans(windows: Sequence[Given]) -> list[Span]:
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


def _check_owner(*, unit: Unit, scope: Scope | str, bloc: Bloc | None) -> None:
    if (scope == Scope.BLOC) != (bloc is not None):
        raise ValidationError({"bloc": _("Name the bloc for a bloc's own activity, and for no other.")})
    if bloc is not None and bloc.owner_id != unit.pk:
        raise ValidationError({"bloc": _("The bloc belongs to another body.")})


def _check_plan(*, unit: Unit, plan: Plan | None, section: Section | None, spans: Sequence[Span]) -> None:
    """The plan is the unit's own or one of a body above it; at least a day of each window lies in its term."""
    if plan is None:
        if section is not None:
            raise ValidationError({"section": _("A section is named together with its plan.")})
        return
    if section is not None and section.plan_id != plan.pk:
        raise ValidationError({"section": _("The section belongs to another plan.")})
    if plan.unit_id != unit.pk and not (plan.unit.is_above(unit) and plan.state == PlanState.ISSUED):
        raise ValidationError({"plan": _("The plan is not this unit's, nor an issued one of a body above it.")})
    if plan.state == PlanState.CLOSED:
        raise ValidationError({"plan": _("The plan is closed.")})
    if any(not touches(span, plan.starts_on, plan.ends_on) for span in spans):
        raise ValidationError({"windows": _("The time lies outside the plan's term.")})


def start(*, actor: User | None, activity: Activity) -> Activity:
    """Mark that the activity has begun. Raises ValidationError (wrong state), PermissionDenied."""
    return _step(actor=actor, activity=activity, action=Action.START)


def mark_done(*, actor: User | None, activity: Activity, done_on: date) -> Activity:
    """Mark the activity done on a day, not a future one. Raises ValidationError, PermissionDenied."""
    if done_on > clock.today():
        raise ValidationError({"done_on": _("The day lies in the future.")})
    return _step(actor=actor, activity=activity, action=Action.DONE, fields={"done_on": done_on})


@transaction.atomic
def postpone(*, actor: User | None, activity: Activity, windows: Sequence[Given], reason: str) -> Activity:
    """Move the activity to new windows; the old ones stay on record. Raises ValidationError, PermissionDenied."""
    spans = _checked_spans(windows)
    if not spans:
        raise ValidationError({"windows": _("Say to when it is postponed.")})
    _check_reason(reason)
    locked = _step(actor=actor, activity=activity, action=Action.POSTPONE, reason=reason.strip())
    locked.windows.filter(superseded=False).update(superseded=True)
    Window.objects.bulk_create(Window(activity=locked, **span._asdict()) for span in spans)
    return locked


def cancel(*, actor: User | None, activity: Activity, reason: str) -> Activity:
    """Call the activity off, with the reason. Raises ValidationError, PermissionDenied."""
    _check_reason(reason)
    return _step(actor=actor, activity=activity, action=Action.CANCEL, reason=reason.strip())


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
    for name, value in (fields or {}).items():
        setattr(locked, name, value)
    locked.state = after
    locked.save(update_fields=["state", *(fields or {})])
    _record(activity=locked, before=before, actor=actor, reason=reason)
    return locked


def _record(*, activity: Activity, before: str, actor: User | None, reason: str = "") -> None:
    ActivityEvent.objects.create(
        activity=activity, from_state=before, to_state=activity.state, actor=actor, at=clock.now(), reason=reason
    )


@transaction.atomic
def record_participation(
    *,
    actor: User | None,
    activity: Activity,
    unit: Unit,
    done_on: date,
    figures: Mapping[Indicator, Decimal] | None = None,
    people: int | None = None,
    note: str = "",
) -> Participation:
    """Record what ``unit`` did in the activity on a day; the same day again is a correction and stands in the history.

    ``figures`` are amounts by indicator, ``people`` null where they were not counted. Nothing is added to a report by
    this: the figures are offered to it. Raises ValidationError at the field, PermissionDenied where the actor does not
    report for the unit.
    """
    if actor is not None and not can_record(actor, unit):
        raise PermissionDenied
    locked = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    if locked.state == ActivityState.CANCELLED:
        raise ValidationError(_("The activity was cancelled: there is nothing to record."))
    if not units_taking_part(locked).filter(pk=unit.pk).exists() or not unit.is_open_on(done_on):
        raise ValidationError({"unit": _("The unit does not take part in this activity on that day.")})
    if done_on > clock.today():
        raise ValidationError({"done_on": _("The day lies in the future.")})
    if people is not None and people < 0:
        raise ValidationError({"people": _("A number of people cannot be negative.")})
    checked = _checked_figures(figures or {})
    before = Participation.objects.filter(activity=locked, unit=unit, done_on=done_on).first()
    if before is not None:
        _record_correction(activity=locked, participation=before, actor=actor)
    values = {"people": people, "note": note.strip(), "recorded_by": actor, "recorded_at": clock.now()}
    row, _created = Participation.objects.update_or_create(activity=locked, unit=unit, done_on=done_on, defaults=values)
    row.figures.all().delete()
    ParticipationFigure.objects.bulk_create(
        ParticipationFigure(participation=row, indicator=indicator, amount=amount)
        for indicator, amount in checked.items()
    )
    return row


def _checked_figures(figures: Mapping[Indicator, Decimal]) -> dict[Indicator, Decimal]:
    """Raises ValidationError at ``figures``: only amounts are counted, none below 0, wholes where whole."""
    for indicator, amount in figures.items():
        words = {"name": indicator.name}
        if indicator.kind != IndicatorKind.AMOUNT:
            raise ValidationError({"figures": _("“%(name)s” is not counted in amounts.") % words})
        if amount < 0:
            raise ValidationError({"figures": _("“%(name)s” cannot be negative.") % words})
        if indicator.is_whole and amount != amount.to_integral_value():
            raise ValidationError({"figures": _("“%(name)s” is counted in wholes.") % words})
    return dict(figures)


def _record_correction(*, activity: Activity, participation: Participation, actor: User | None) -> None:
    """Keep what stood before a correction, in words; ``from_state`` is blank, for it is no step of a life."""
    figures = "; ".join(
        f"{figure.indicator.name}: {figure.amount.normalize():f}"
        for figure in participation.figures.select_related("indicator")
    )
    people = "–" if participation.people is None else participation.people
    words = _("Outcome of %(unit)s on %(day)s corrected; before: %(people)s people; %(figures)s")
    reason = words % {
        "unit": participation.unit.name,
        "day": date_format(participation.done_on, "SHORT_DATE_FORMAT"),
        "people": people,
        "figures": figures or "–",
    }
    _record(activity=activity, before="", actor=actor, reason=reason)
