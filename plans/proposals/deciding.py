"""Deciding on what the reader found: the one table of a proposal's life, and the door through which every step goes.

What accepting makes of a proposal (a target, an activity) is the apps' own; they call ``take`` first and ``settle``
last, in one transaction.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from plans.enums import ProposalState
from plans.models import Plan, Proposal
from plans.rules import can_draft
from plans.services import lock_draft

from .shelf import Item

P = TypeVar("P", bound=Proposal)
ItemT = TypeVar("ItemT", bound=Item[Any])


class Step(StrEnum):
    """What a person does with a proposal. ``wish`` writes a correction down and decides nothing."""

    ACCEPT = "accept"
    REJECT = "reject"
    REOPEN = "reopen"
    WISH = "wish"


TRANSITIONS: dict[tuple[ProposalState, Step], ProposalState] = {
    (ProposalState.OPEN, Step.ACCEPT): ProposalState.ACCEPTED,
    (ProposalState.OPEN, Step.REJECT): ProposalState.REJECTED,
    (ProposalState.OPEN, Step.WISH): ProposalState.OPEN,
    (ProposalState.ACCEPTED, Step.REOPEN): ProposalState.OPEN,
    (ProposalState.REJECTED, Step.REOPEN): ProposalState.OPEN,
}


def version_of(proposal: Proposal) -> str:
    """Return a mark of the proposal as it stands; it is another one after every save by anybody."""
    moment = proposal.decided_at.isoformat() if proposal.decided_at else ""
    stands = json.dumps([proposal.state, proposal.wish, proposal.found, moment], sort_keys=True)
    return hashlib.sha256(stands.encode()).hexdigest()[:16]


@transaction.atomic
def hold_plan(*, actor: User | None, plan: Plan) -> Plan:
    """Return the plan under its row lock: decisions on one plan come one after another.

    ``actor`` null is the machine itself. Raises PermissionDenied where the actor does not draft the plan,
    ValidationError (code ``not_draft``) where it is no draft any more.
    """
    if actor is not None and not can_draft.test(actor, plan):
        raise PermissionDenied
    return lock_draft(plan=plan)


@transaction.atomic
def take(
    *, actor: User | None, proposal: P, step: Step, version: str | None, wish: Mapping[str, Any] | None = None
) -> P:
    """Return the proposal locked for ``step``, its plan too, both as the database has them now.

    ``version`` is what the person saw (``version_of``), null where nobody looked at it one by one; ``wish`` is the
    correction that comes with the step: where just that was saved meanwhile, nothing is lost. Raises as ``hold_plan``,
    and ValidationError with the code ``stale`` where the proposal was changed since, ``wrong_state`` where the step is
    not open.
    """
    plan = hold_plan(actor=actor, plan=proposal.plan)
    locked: P = type(proposal)._default_manager.select_for_update(of=("self",)).get(pk=proposal.pk, plan=plan)
    locked.plan = plan
    is_own = wish is not None and locked.wish == wish and locked.state == ProposalState.OPEN
    if version is not None and version != version_of(locked) and not is_own:
        raise ValidationError(_stale_words(locked), code="stale")
    if (ProposalState(locked.state), step) not in TRANSITIONS:
        words = _("This entry is “%(state)s” already: take it back first.")
        raise ValidationError(words % {"state": ProposalState(locked.state).label}, code="wrong_state")
    return locked


def _stale_words(proposal: Proposal) -> str:
    if proposal.decided_by is None:
        return _("Someone has changed this entry meanwhile. Nothing was saved over it; it is shown as it stands now.")
    words = {"who": proposal.decided_by, "state": ProposalState(proposal.state).label}
    return _("%(who)s has decided on this entry meanwhile: “%(state)s”. Nothing was saved over it.") % words


def settle(*, actor: User | None, proposal: Proposal, step: Step, fields: Mapping[str, Any] | None = None) -> None:
    """Write the step's outcome on a proposal that ``take`` returned, with the ``fields`` that go with it."""
    proposal.state = TRANSITIONS[ProposalState(proposal.state), step]
    is_open = proposal.state == ProposalState.OPEN
    proposal.decided_by = None if is_open else actor
    proposal.decided_at = None if is_open else clock.now()
    for name, value in (fields or {}).items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", "decided_by", "decided_at", *(fields or {})])


@transaction.atomic
def accept_sure(
    *,
    actor: User | None,
    plan: Plan,
    items_of: Callable[[Plan], Iterable[ItemT]],
    become: Callable[[Any, ItemT], object],
) -> list[Any]:
    """Accept all that was read without doubt, at once; return the proposals. Raises as ``hold_plan``.

    ``become(proposal, item)`` makes of one what it stands for, and settles it. One that cannot be that stays undecided,
    with the reason as a doubt; the others are accepted.
    """
    accepted = []
    for item in items_of(hold_plan(actor=actor, plan=plan)):
        if not item.is_sure:
            continue
        try:
            with transaction.atomic():
                locked = take(actor=actor, proposal=item.proposal, step=Step.ACCEPT, version=None)
                # Nothing contradicts what is sure: there is nothing beside it to be looked at.
                become(locked, item)
        except ValidationError as error:
            _doubt(item.proposal, " ".join(error.messages))
        else:
            accepted.append(locked)
    return accepted


def _doubt(proposal: Proposal, says: str) -> None:
    doubts = [*proposal.doubts, {"code": "refused", "says": says}]
    type(proposal)._default_manager.filter(pk=proposal.pk).update(doubts=doubts)


@transaction.atomic
def reject(*, actor: User | None, proposal: P, version: str | None) -> P:
    """Set a proposal aside; it stays in the list and can be taken back. Raises as ``take``."""
    locked = take(actor=actor, proposal=proposal, step=Step.REJECT, version=version)
    settle(actor=actor, proposal=locked, step=Step.REJECT)
    return locked


@transaction.atomic
def save_wish(*, actor: User | None, proposal: P, wish: Mapping[str, Any] | None, version: str | None) -> P:
    """Keep a correction as far as it is typed; null forgets it. Nothing is decided. Raises as ``take``."""
    kept = dict(wish) if wish is not None else None
    locked = take(actor=actor, proposal=proposal, step=Step.WISH, version=version, wish=kept)
    settle(actor=actor, proposal=locked, step=Step.WISH, fields={"wish": kept})
    return locked
