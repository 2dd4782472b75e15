"""Proposals that a person makes: of words marked in the document."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import User
from plans.enums import ProposalState
from plans.models import Plan, Proposal

from .deciding import hold_plan
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
