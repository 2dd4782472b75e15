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
from plans.models import Plan
from plans.proposals import by_hand, deciding
from plans.proposals.contradictions import look_at_beside
from plans.proposals.deciding import Step, settle, take
from units.models import Bloc

from .finding import values_in
from .keys import ActivityValues, typed_of, values_of
from .selectors import ActivityItem, items_of, values_of_activity


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


def accept_sure(*, actor: User | None, plan: Plan) -> list[ActivityProposal]:
    """Accept all that was read without doubt (``deciding.accept_sure``)."""

    def become(proposal: ActivityProposal, item: ActivityItem) -> None:
        _become_activity(actor, proposal, item.values, wish=None)

    return deciding.accept_sure(actor=actor, plan=plan, items_of=items_of, become=become)


def add_from_selection(*, actor: User | None, plan: Plan, start: int, end: int) -> ActivityProposal:
    """Propose what a person marked in the document (``by_hand.add_from_selection``)."""
    return by_hand.add_from_selection(
        model=ActivityProposal,
        actor=actor,
        plan=plan,
        start=start,
        end=end,
        read=lambda held, place: values_in(held, place).as_json(),
    )


def split(
    *, actor: User | None, proposal: ActivityProposal, version: str | None, wish: Mapping[str, Any] | None = None
) -> ActivityProposal:
    """Put a second activity of the same words beside the proposal (``by_hand.split``); ``wish`` null: as it is."""
    says = wish or proposal.wish or proposal.found or {}
    return by_hand.split(actor=actor, proposal=proposal, version=version, wish=says, twin=says)
