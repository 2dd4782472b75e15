"""Beginning a plan, and the lock under which a draft is written."""

from collections.abc import Sequence
from datetime import date
from typing import Required, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.folding import fold
from core.models import StoredFile
from units.models import Unit

from ..enums import ISSUED_STATES, PlanKind, PlanState
from ..models import Plan, PlanEvent
from ..rules import Action, can_draft_at


class PlanFacts(TypedDict, total=False):
    """What a plan begins with. The term includes both days; ``recipients`` are rows ``{"name": …, "role": …}``."""

    kind: Required[PlanKind | str]
    title: Required[str]
    starts_on: Required[date]
    ends_on: Required[date]
    theme: str
    based_on: Plan | None
    recipients: Sequence[dict[str, str]]
    text: str
    source: StoredFile | None


@transaction.atomic
def create_plan(*, actor: User | None, unit: Unit, **facts: Unpack[PlanFacts]) -> Plan:
    """Begin a draft of ``unit``. ``actor`` null is the machine itself (the demo).

    Raises PermissionDenied where the actor is no officer there, ValidationError at the field that is wrong.
    """
    if actor is not None and not can_draft_at.test(actor, unit):
        raise PermissionDenied
    plan = Plan(unit=unit, created_by=actor, **{**facts, "recipients": list(facts.get("recipients", ()))})
    _check_term(plan)
    _check_base(plan)
    plan.title = " ".join(plan.title.split())
    plan.folded = fold(plan.title)[:400]
    plan.full_clean(exclude=["folded"])
    plan.save()
    record(plan=plan, action=Action.CREATE, before="", actor=actor)
    return plan


def _check_term(plan: Plan) -> None:
    if plan.ends_on < plan.starts_on:
        raise ValidationError({"ends_on": _("The term ends before it starts.")})


def _check_base(plan: Plan) -> None:
    base = plan.based_on
    if base is not None and not (base.state in ISSUED_STATES and base.unit.is_above(plan.unit)):
        raise ValidationError({"based_on": _("A plan makes an issued plan of a body above it concrete.")})


@transaction.atomic
def lock_draft(*, plan: Plan) -> Plan:
    """Return the plan under a row lock. Raises ValidationError where it is no draft: issuing freezes the text."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    if locked.state != PlanState.DRAFT:
        raise ValidationError(_("The text can be changed in a draft only."), code="not_draft")
    return locked


def record(*, plan: Plan, action: Action, before: str, actor: User | None, reason: str = "") -> None:
    """Write one step into the plan's history; ``before`` blank: no state came before."""
    PlanEvent.objects.create(
        plan=plan,
        action=action,
        from_state=before,
        to_state=plan.state,
        actor=actor,
        at=clock.now(),
        reason=reason,
    )
