"""Entering an activity, and changing or deleting it while its plan is a draft."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core.folding import fold
from plans.enums import PlanState, ProposalState
from plans.models import Plan, Section
from plans.rules import can_draft
from plans.selectors import is_superseded
from plans.services import lock_draft
from plans.writing.arranging import Step
from plans.writing.placing import moved
from targets.models import Indicator
from units.models import Bloc, Unit

from ..arranging.checks import check_owner, checked_units, whole_sum
from ..enums import ActivityState, Scope
from ..models import Activity, ActivityProposal
from ..rules import can_plan
from ..timing import Span, touches
from .files import forget_files
from .life import Given, checked_spans, record, write_windows


class ActivityDetails(TypedDict, total=False):
    """What an activity may be. ``repeats``: how often it takes place in its windows; ``bloc`` for a bloc's own only."""

    section: Section | None
    bloc: Bloc | None
    is_tentative: bool
    repeats: int
    place: str
    quote: str
    owner: User | None
    budget: str
    budget_amount: Decimal | None


class ActivityFacts(ActivityDetails):
    """What a new activity is; ``plan`` null or left out for one that stands in no document."""

    name: str
    scope: Scope | str
    plan: NotRequired[Plan | None]


class ActivityChanges(ActivityDetails, total=False):
    """What is changed of an activity: any of it."""

    name: str
    scope: Scope | str


@transaction.atomic
def plan_activity(
    *,
    unit: Unit,
    windows: Sequence[Given] = (),
    indicators: Iterable[Indicator] = (),
    coordinating: Iterable[Unit] = (),
    actor: User | None = None,
    **facts: Unpack[ActivityFacts],
) -> Activity:
    """Enter an activity of ``unit``; ``windows`` are (first day, last day, precision), none where no time is given.

    ``indicators`` are those that its outcome feeds, ``coordinating`` the units that help. ``actor`` null is the machine
    itself. Raises ValidationError at the field that is wrong, PermissionDenied where the actor may not enter such an
    activity.
    """
    activity = Activity(unit=unit, **facts)
    _check_right(actor, activity)
    spans = checked_spans(windows)
    _settle(activity, spans)
    check_owner(activity)
    helping = checked_units(actor, activity, coordinating)
    activity.order = _next_order(activity.plan)
    activity.save()
    activity.indicators.set(indicators)
    activity.coordinating.set(helping)
    write_windows(activity, spans)
    record(activity=activity, before="", actor=actor)
    return activity


@transaction.atomic
def revise_activity(
    *,
    actor: User | None,
    activity: Activity,
    windows: Sequence[Given] | None = None,
    indicators: Iterable[Indicator] | None = None,
    coordinating: Iterable[Unit] | None = None,
    **changes: Unpack[ActivityChanges],
) -> Activity:
    """Change what is named of a draft's activity; the rest stays, also what stands beside it (null).

    In another section it comes last. Raises ValidationError at the field that is wrong, or where it is in no draft;
    PermissionDenied as entering it.
    """
    activity = _lock(actor, activity)
    before, owner = activity.section_id, activity.owner_id
    for name, value in changes.items():
        setattr(activity, name, value)
    _check_right(actor, activity)
    stored = [(row.starts_on, row.ends_on, row.precision) for row in activity.windows.all()]
    spans = checked_spans(stored if windows is None else windows)
    _settle(activity, spans)
    # Who was put in charge once may have left since: that stands until somebody else is named.
    if activity.owner_id != owner:
        check_owner(activity)
    helping = None if coordinating is None else checked_units(actor, activity, coordinating)
    if activity.section_id != before:
        activity.order = _next_order(activity.plan)
    activity.save()
    _write_beside(activity, spans, indicators, helping)
    return activity


def _write_beside(
    activity: Activity, spans: Sequence[Span], indicators: Iterable[Indicator] | None, helping: Iterable[Unit] | None
) -> None:
    """Write what stands beside the activity's own row; what is null stays."""
    if indicators is not None:
        activity.indicators.set(indicators)
    if helping is not None:
        activity.coordinating.set(helping)
    activity.windows.all().delete()
    write_windows(activity, spans)


@transaction.atomic
def move_activity(*, actor: User | None, activity: Activity, step: Step | str) -> Activity:
    """Let a draft's activity change places with the one before (up) or behind (down) it in its section.

    Also one that has begun: its place says nothing of its life. Raises ValidationError where there is no neighbour or
    it is in no draft, PermissionDenied for who does not write the draft.
    """
    activity, plan = _find(activity)
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    rows = moved(plan.activities.select_related("section"), activity.pk, Step(step))
    Activity.objects.bulk_update(rows, ["order"])
    activity.refresh_from_db(fields=["order"])
    return activity


@transaction.atomic
def delete_activity(*, actor: User | None, activity: Activity) -> None:
    """Delete a draft's activity with its files; what was found in the document for it is open again.

    Raises ValidationError where it is in no draft or units have recorded outcomes of it, PermissionDenied as entering
    it.
    """
    activity = _lock(actor, activity)
    if activity.participations.exists():
        raise ValidationError(_("Units have recorded what they did in this activity. It cannot be deleted."))
    ActivityProposal.objects.filter(activity=activity).update(
        state=ProposalState.OPEN, activity=None, decided_by=None, decided_at=None
    )
    forget_files(Activity.objects.filter(pk=activity.pk))
    activity.delete()


def _lock(actor: User | None, activity: Activity) -> Activity:
    """Return the activity, to be rewritten: it has not begun, and the actor may enter such a one."""
    found, plan = _find(activity)
    _check_right(actor, found)
    if found.state != ActivityState.PLANNED:
        raise ValidationError(_says_begun(plan))
    return found


def _find(activity: Activity) -> tuple[Activity, Plan]:
    """Return the activity as it stands under its plan's lock. Raises ValidationError where that is no draft."""
    if activity.plan is None:
        raise ValidationError(
            _("This activity stands in no document. Postpone it or call it off instead."), code="not_draft"
        )
    plan = lock_draft(plan=activity.plan)
    found = Activity.objects.select_related("unit", "bloc", "section").filter(pk=activity.pk, plan=plan).first()
    if found is None:
        raise ValidationError(_("Somebody else has deleted this meanwhile."), code="gone")
    found.plan = plan
    return found, plan


def _says_begun(plan: Plan) -> str:
    """What is said of an activity that has begun: in an amendment no step is open (``life.check_standing``)."""
    if plan.amends_id is None:
        return _("The activity is under way already. Postpone it or call it off instead.")
    return _(
        "In the version in force this activity has begun, or was postponed or called off. Record there what changes: "
        "it goes over to the amendment when that is issued."
    )


def _check_right(actor: User | None, activity: Activity) -> None:
    if actor is not None and not can_plan(actor, activity.unit, activity.scope, activity.bloc):
        raise PermissionDenied


def _settle(activity: Activity, spans: Sequence[Span]) -> None:
    """Look whether all of it fits before it is written, and fill in what follows from the rest."""
    if activity.repeats < 1:
        raise ValidationError({"repeats": _("It takes place once at least.")})
    _check_bloc(activity)
    _check_plan(activity, spans)
    activity.budget_amount = whole_sum(activity.budget_amount)
    activity.name = " ".join(activity.name.split())
    activity.folded = fold(activity.name)[:400]
    activity.full_clean(exclude=["folded"])


def _next_order(plan: Plan | None) -> int:
    if plan is None:
        return 0
    return (plan.activities.aggregate(last=Max("order"))["last"] or 0) + 1


def _check_bloc(activity: Activity) -> None:
    bloc = activity.bloc
    if (activity.scope == Scope.BLOC) != (bloc is not None):
        raise ValidationError({"bloc": _("Name the bloc for a bloc's own activity, and for no other.")})
    if bloc is not None and bloc.owner_id != activity.unit_id:
        raise ValidationError({"bloc": _("The bloc belongs to another body.")})


def _check_plan(activity: Activity, spans: Sequence[Span]) -> None:
    """The plan is the unit's own or one of a body above it; at least a day of each window lies in its term."""
    plan, section, unit = activity.plan, activity.section, activity.unit
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
    if is_superseded(Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)):
        raise ValidationError({"plan": _("A later version stands in this plan's place.")})
    if any(not touches(span, plan.starts_on, plan.ends_on) for span in spans):
        raise ValidationError({"windows": _("The time lies outside the plan's term.")})
