"""Every write to target proposals: storing what was read, and what a person decides on it.

Targets themselves are written by ``targets.services`` alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import Plan, Section
from plans.proposals import by_hand, deciding
from plans.proposals.contradictions import look_at_beside
from plans.proposals.deciding import Step, settle, take
from targets.enums import IndicatorKind
from targets.models import Indicator, Target, TargetProposal
from targets.selectors import known_indicator
from targets.services import add_target, delete_target, propose_indicator
from units.selectors import top_unit

from .finding import values_in
from .keys import TargetValues, typed_of, values_of
from .selectors import TargetItem, code_for, items_of

# What the service of the catalogue calls a field, and what a proposal calls it.
RENAMED = {"name": "indicator_name"}


@transaction.atomic
def accept(
    *, actor: User | None, proposal: TargetProposal, version: str | None, values: TargetValues | None = None
) -> TargetProposal:
    """Make a target of the proposal: of ``values`` where a person corrected it, else as it stands.

    The target's code follows from its section (domain: Targets). Raises as ``plans.proposals.deciding.take``, and
    ValidationError at the field that is wrong; then nothing is changed.
    """
    wish = values.as_json() if values else None
    locked = take(actor=actor, proposal=proposal, step=Step.ACCEPT, version=version, wish=wish)
    if values is None and typed_of(locked.wish):
        raise ValidationError(_("A correction is half typed: finish it first."), code="half_typed")
    if values is None:
        wish = locked.wish
    elif values == values_of(locked.found, None):
        wish = None
    given = values or values_of(locked.found, locked.wish)
    _become_target(actor, locked, given, wish=wish, code=code_for(locked))
    look_at_beside(actor=actor, passage=locked, among=TargetProposal.objects.filter(plan=locked.plan_id))
    return locked


def _become_target(
    actor: User | None,
    proposal: TargetProposal,
    values: TargetValues,
    *,
    wish: Mapping[str, Any] | None,
    code: str,
) -> None:
    target = _make_target(proposal, values, code=code)
    settle(actor=actor, proposal=proposal, step=Step.ACCEPT, fields={"target": target, "wish": wish})


def _make_target(proposal: TargetProposal, values: TargetValues, *, code: str) -> Target:
    return add_target(
        plan=proposal.plan,
        code=code,
        name=values.name,
        indicator=_indicator_of(proposal.plan, proposal.section, values),
        carried_by=values.carried_by,
        carrier_kinds=values.carrier_kinds,
        carrier_reach=values.carrier_reach,
        minimum=values.minimum,
        maximum=values.maximum,
        required_share=values.required_share,
        starts_on=values.starts_on,
        due_on=values.due_on,
        section=proposal.section,
        phases=values.phases,
        quote=proposal.quote,
    )


def _indicator_of(plan: Plan, section: Section | None, values: TargetValues) -> Indicator:
    """Return the catalogue's row, or propose a new one. Raises ValidationError at the proposal's own field names."""
    owner = top_unit(plan.unit)
    if values.indicator is not None:
        known = Indicator.objects.select_related("merged_into").filter(owner=owner, pk=values.indicator).first()
        if known is None:
            raise ValidationError({"indicator": _("This indicator is not in the catalogue any more: choose another.")})
        return known
    try:
        return propose_indicator(
            owner=owner,
            name=values.indicator_name or values.name,
            measure=values.measure,
            kind=values.kind,
            over_time=values.over_time,
            is_whole=_is_whole(values),
            topic=section.topic if section else "",
        )
    except ValidationError as error:
        raise ValidationError({RENAMED.get(name, name): said for name, said in error.error_dict.items()}) from error


def _is_whole(values: TargetValues) -> bool:
    """Whether what is counted comes in wholes, as far as the target's own figures tell."""
    bounds = [bound for bound in (values.minimum, values.maximum) if bound is not None]
    return values.kind != IndicatorKind.AMOUNT or all(bound == bound.to_integral_value() for bound in bounds)


@transaction.atomic
def merge(*, actor: User | None, proposal: TargetProposal, version: str | None) -> TargetProposal:
    """Take the proposal as a repetition of the one that it says again: shown at its section, counted there.

    Raises as ``accept``; ValidationError too where the original has not been accepted yet.
    """
    locked = take(actor=actor, proposal=proposal, step=Step.ACCEPT, version=version)
    values = values_of(locked.found, locked.wish)
    among = TargetProposal.objects.filter(plan=locked.plan).select_related("target__restates")
    first = among.filter(pk=values.restates or 0).first()
    if first is None or first.target is None:
        raise ValidationError(_("Accept the target that it repeats first."), code="no_original")
    target = _make_repetition(locked, first.target.restates or first.target, name=values.name)
    settle(actor=actor, proposal=locked, step=Step.ACCEPT, fields={"target": target})
    look_at_beside(actor=actor, passage=locked, among=among)
    return locked


def _make_repetition(proposal: TargetProposal, original: Target, *, name: str) -> Target:
    """The repetition asks what its original asks, on the same indicator (domain: Targets)."""
    return add_target(
        plan=proposal.plan,
        code=code_for(proposal),
        name=name or original.name,
        indicator=original.indicator,
        carried_by=original.carried_by,
        carrier_kinds=original.carrier_kinds,
        carrier_reach=original.carrier_reach,
        minimum=original.minimum,
        maximum=original.maximum,
        required_share=original.required_share,
        starts_on=original.starts_on,
        due_on=original.due_on,
        section=proposal.section,
        restates=original,
        quote=proposal.quote,
    )


@transaction.atomic
def reject(*, actor: User | None, proposal: TargetProposal, version: str | None) -> TargetProposal:
    """Set the proposal aside. Raises as ``plans.proposals.deciding.take``."""
    locked = deciding.reject(actor=actor, proposal=proposal, version=version)
    look_at_beside(actor=actor, passage=locked, among=TargetProposal.objects.filter(plan=locked.plan_id))
    return locked


@transaction.atomic
def reopen(*, actor: User | None, proposal: TargetProposal, version: str | None) -> TargetProposal:
    """Take a decision back; the target of an accepted one goes out of the plan again, its wording stays as a wish.

    Raises as ``plans.proposals.deciding.take``; ValidationError too where something hangs on the target already.
    """
    locked = take(actor=actor, proposal=proposal, step=Step.REOPEN, version=version)
    wish = locked.wish
    if locked.target is not None:
        wish = _wish_after(locked, locked.target)
        delete_target(target=locked.target)
    settle(actor=actor, proposal=locked, step=Step.REOPEN, fields={"target": None, "wish": wish})
    return locked


def _wish_after(proposal: TargetProposal, target: Target) -> Mapping[str, Any] | None:
    """Return what is kept of a target that goes out: what was changed in it by hand since it was accepted."""
    values = values_of(proposal.found, proposal.wish)
    stands = replace(
        values,
        name=target.name,
        carried_by=target.carried_by,
        carrier_kinds=tuple(target.carrier_kinds),
        carrier_reach=target.carrier_reach,
        minimum=target.minimum,
        maximum=target.maximum,
        required_share=target.required_share,
        starts_on=target.starts_on if target.starts_on != target.plan.starts_on else values.starts_on,
        due_on=target.due_on if target.due_on != target.plan.ends_on else values.due_on,
        phases=tuple((phase.due_on, phase.minimum) for phase in target.phases.order_by("due_on")),
    )
    if target.restates_id is not None or (stands == values and _is_on_named(target, values)):
        return proposal.wish
    return replace(stands, indicator=target.indicator_id).as_json()


def _is_on_named(target: Target, values: TargetValues) -> bool:
    """Whether the target stands on the indicator that the proposal names, or on the one into which that was merged."""
    if values.indicator is None:
        name = values.indicator_name or values.name
        named = known_indicator(owner=top_unit(target.plan.unit), name=name, measure=values.measure)
    else:
        row = Indicator.objects.select_related("merged_into").filter(pk=values.indicator).first()
        named = row and (row.merged_into or row)
    return target.indicator == named


def save_wish(
    *, actor: User | None, proposal: TargetProposal, wish: Mapping[str, Any] | None, version: str | None
) -> TargetProposal:
    """Keep a correction as far as it is typed; null forgets it. Raises as ``plans.proposals.deciding.take``."""
    return deciding.save_wish(actor=actor, proposal=proposal, wish=wish, version=version)


def accept_sure(*, actor: User | None, plan: Plan) -> list[TargetProposal]:
    """Accept all that was read without doubt (``deciding.accept_sure``)."""

    def become(proposal: TargetProposal, item: TargetItem) -> None:
        # Nothing else changes its label meanwhile.
        _become_target(actor, proposal, item.values, wish=None, code=item.label)

    return deciding.accept_sure(actor=actor, plan=plan, items_of=items_of, become=become)


def add_from_selection(*, actor: User | None, plan: Plan, start: int, end: int) -> TargetProposal:
    """Propose what a person marked in the document (``by_hand.add_from_selection``)."""
    return by_hand.add_from_selection(
        model=TargetProposal,
        actor=actor,
        plan=plan,
        start=start,
        end=end,
        read=lambda held, place: values_in(held, place).as_json(),
    )


def split(
    *, actor: User | None, proposal: TargetProposal, version: str | None, wish: Mapping[str, Any] | None = None
) -> TargetProposal:
    """Put a second target of the same words beside the proposal (``by_hand.split``); ``wish`` null: as it is."""
    says = wish or proposal.wish or proposal.found or {}
    return by_hand.split(
        actor=actor, proposal=proposal, version=version, wish=says, twin={**says, "restates": None, "figure": {}}
    )
