"""Proposals that a person makes: of words marked in the document, and of a clause that holds two things."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import User
from plans.enums import ProposalState
from plans.models import Plan, Proposal

from .deciding import Step, hold_plan, settle, take
from .selecting import Selection, selection_of

P = TypeVar("P", bound=Proposal)


@transaction.atomic
def add_from_selection(
    *,
    model: type[P],
    actor: User | None,
    plan: Plan,
    start: int,
    end: int,
    read: Callable[[Plan, Selection], dict[str, Any]],
) -> P:
    """Propose what was marked in the document, from ``start`` to ``end`` (excluded), blanks at its ends left off.

    It is undecided, with what ``read`` makes of the words as a beginning. The same words a second time give the
    proposal that is there. Raises as ``deciding.hold_plan``; ValidationError for a place that holds no words.
    """
    held = hold_plan(actor=actor, plan=plan)
    place = selection_of(held, start, end)
    there = model._default_manager.filter(plan=held, start=place.start, end=place.end).order_by("pk").last()
    if there is not None and there.state != ProposalState.REJECTED:
        return there
    return model._default_manager.create(
        plan=held, section=place.section, start=place.start, end=place.end, quote=place.quote, wish=read(held, place)
    )


@transaction.atomic
def split(
    *, actor: User | None, proposal: P, version: str | None, wish: Mapping[str, Any], twin: Mapping[str, Any]
) -> P:
    """Put a second proposal of the same words beside an undecided one, and return it: the clause holds two things.

    The first keeps ``wish`` and the second ``twin``, both as corrections: neither is taken for surely read before a
    person has told them apart, and reading the document again leaves both. Raises as ``deciding.take``.
    """
    kept = dict(wish)
    locked = take(actor=actor, proposal=proposal, step=Step.WISH, version=version, wish=kept)
    settle(actor=actor, proposal=locked, step=Step.WISH, fields={"wish": kept})
    return type(locked)._default_manager.create(
        plan=locked.plan,
        section=locked.section,
        start=locked.start,
        end=locked.end,
        quote=locked.quote,
        wish=dict(twin),
    )
