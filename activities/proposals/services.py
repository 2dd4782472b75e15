"""Every write to activity proposals: what a person decides on what was read.

Activities themselves are written by ``activities.services`` alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Activity, ActivityProposal
from activities.services import delete_activity, plan_activity
from plans.enums import ProposalState
from plans.models import Plan
from plans.proposals import deciding
from plans.proposals.contradictions import look_at_beside
from plans.proposals.deciding import Step, settle, take
from plans.proposals.selecting import selection_of
from units.models import Bloc

from .finding import values_in
from .keys import ActivityValues, typed_of, values_of
from .selectors import items_of, values_of_activity


@transaction.atomic
def accept(
    *, actor: User | None, proposal: ActivityProposal, version: str | None, values: ActivityValues | None = None
) -> ActivityProposal:
    """Make an activity of the proposal: of ``values`` where a person corrected it, else as it stands.

    Raises as ``plans.proposals.deciding.take``, and ValidationError at the field that is wrong.
    """
    wish = values.as_json() if values else None
    locked = take(actor=actor, proposal=proposal, step=Step.ACCEPT, version=version, wish=wish)
    if values is None and typed_of(locked.wish):
        raise ValidationError(_("A correction is half typed: finish it first."), code="half_typed")
    if values is None:
        wish = locked.wish
    elif values == values_of(locked.found, None):
        wish = None
    _become_activity(actor, locked, values or values_of(locked.found, locked.wish), wish=wish)
    look_at_beside(actor=actor, passage=locked, among=ActivityProposal.objects.filter(plan=locked.plan_id))
    return locked


def _become_activity(
    actor: User | None, proposal: ActivityProposal, values: ActivityValues, *, wish: Mapping[str, Any] | None
) -> None:
    activity = _make_activity(actor, proposal, values)
    settle(actor=actor, proposal=proposal, step=Step.ACCEPT, fields={"activity": activity, "wish": wish})


def _make_activity(actor: User | None, proposal: ActivityProposal, values: ActivityValues) -> Activity:
    return plan_activity(
        actor=actor,
        unit=proposal.plan.unit,
        plan=proposal.plan,
        section=proposal.section,
        name=values.name,
        scope=values.scope,
        bloc=_bloc_of(proposal.plan, values),
        windows=values.windows,
        is_tentative=values.is_tentative,
        repeats=values.repeats,
        place=values.place,
        quote=proposal.quote,
    )


def _bloc_of(plan: Plan, values: ActivityValues) -> Bloc | None:
    """Return the plan's unit's own bloc; null where none is named. Raises ValidationError for one that is not there."""
    if values.bloc is None:
        return None
    bloc = Bloc.objects.filter(owner=plan.unit_id, pk=values.bloc).first()
    if bloc is None:
        raise ValidationError({"bloc": _("The bloc belongs to another body.")})
    return bloc


@transaction.atomic
def reject(*, actor: User | None, proposal: ActivityProposal, version: str | None) -> ActivityProposal:
    """Set the proposal aside. Raises as ``plans.proposals.deciding.take``."""
    locked = deciding.reject(actor=actor, proposal=proposal, version=version)
    look_at_beside(actor=actor, passage=locked, among=ActivityProposal.objects.filter(plan=locked.plan_id))
    return locked


@transaction.atomic
def reopen(*, actor: User | None, proposal: ActivityProposal, version: str | None) -> ActivityProposal:
    """Take a decision back; the activity of an accepted one goes out of the plan again, its wording stays as a wish.

    Raises as ``plans.proposals.deciding.take``; ValidationError too where something hangs on the activity already.
    """
    locked = take(actor=actor, proposal=proposal, step=Step.REOPEN, version=version)
    wish = locked.wish
    if locked.activity is not None:
        wish = _wish_after(locked, locked.activity)
        delete_activity(actor=actor, activity=locked.activity)
    settle(actor=actor, proposal=locked, step=Step.REOPEN, fields={"activity": None, "wish": wish})
    return locked


def _wish_after(proposal: ActivityProposal, activity: Activity) -> Mapping[str, Any] | None:
    """Return what is kept of an activity that goes out: what was changed in it by hand since it was accepted."""
    values = values_of(proposal.found, proposal.wish)
    stands = replace(values_of_activity(activity), time_quote=values.time_quote)
    as_accepted = replace(values, name=" ".join(values.name.split()), windows=tuple(sorted(values.windows)))
    return proposal.wish if stands == as_accepted else stands.as_json()


def save_wish(
    *, actor: User | None, proposal: ActivityProposal, wish: Mapping[str, Any] | None, version: str | None
) -> ActivityProposal:
    """Keep a correction as far as it is typed; null forgets it. Raises as ``plans.proposals.deciding.take``."""
    return deciding.save_wish(actor=actor, proposal=proposal, wish=wish, version=version)


@transaction.atomic
def accept_sure(*, actor: User | None, plan: Plan) -> list[ActivityProposal]:
    """Accept all that was read without doubt, at once; return them. Raises as ``deciding.hold_plan``.

    One that cannot be an activity as it stands stays undecided, with the reason as a doubt; the others are accepted.
    """
    held = deciding.hold_plan(actor=actor, plan=plan)
    accepted = []
    for item in items_of(held):
        if not item.is_sure:
            continue
        try:
            with transaction.atomic():
                locked = take(actor=actor, proposal=item.proposal, step=Step.ACCEPT, version=None)
                # Nothing contradicts what is sure: there is nothing beside it to be looked at.
                _become_activity(actor, locked, item.values, wish=None)
                accepted.append(locked)
        except ValidationError as error:
            doubts = [*item.proposal.doubts, {"code": "refused", "says": " ".join(error.messages)}]
            ActivityProposal.objects.filter(pk=item.proposal.pk).update(doubts=doubts)
    return accepted


@transaction.atomic
def add_from_selection(*, actor: User | None, plan: Plan, start: int, end: int) -> ActivityProposal:
    """Propose what a person marked in the document, from ``start`` to ``end`` (excluded), blanks at its ends left off.

    It is undecided, with what can be read out of the words as a beginning. The same words a second time give the
    proposal that is there. Raises as ``deciding.hold_plan``; ValidationError for a place that holds no words.
    """
    held = deciding.hold_plan(actor=actor, plan=plan)
    place = selection_of(held, start, end)
    there = ActivityProposal.objects.filter(plan=held, start=place.start, end=place.end).order_by("pk").last()
    if there is not None and there.state != ProposalState.REJECTED:
        return there
    return ActivityProposal.objects.create(
        plan=held,
        section=place.section,
        start=place.start,
        end=place.end,
        quote=place.quote,
        wish=values_in(held, place).as_json(),
    )
