"""The steps of a plan's life. Its state changes in ``_step`` and nowhere else."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import RoleName
from accounts.models import User
from core import clock, notices
from units.services import hold_unit

from .. import changes, checks
from ..enums import PLAN_SYMBOLS, PlanKind, PlanState
from ..models import Plan
from ..rules import TRANSITIONS, Action
from ..selectors import is_superseded, people_of
from .drafts import record
from .succession import problems_of_amendment, take_place


def send_to_leader(*, actor: User | None, plan: Plan) -> Plan:
    """Hand a draft to the unit's leaders. Raises ValidationError (wrong state), PermissionDenied (no officer)."""
    return _step(actor=actor, plan=plan, action=Action.SEND)


def return_to_draft(*, actor: User | None, plan: Plan, reason: str) -> Plan:
    """Give a plan back to the officers. Raises ValidationError (wrong state; no reason), PermissionDenied."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that the officer knows what to change.")})
    return _step(actor=actor, plan=plan, action=Action.RETURN, reason=reason.strip())


def issue_plan(
    *, actor: User | None, plan: Plan, number: int, issued_on: date, place: str = "", symbol: str | None = None
) -> Plan:
    """Issue a plan: from here on its text stands. ``symbol`` null makes "02-NQ/ĐTN" of number, kind and unit.

    ``place`` blank is the unit's own. Asks every registered check; raises ValidationError with all that is wrong,
    PermissionDenied where the actor is no leader of the unit.
    """
    fields = {
        "number": number,
        "symbol": symbol or f"{number:02d}-{PLAN_SYMBOLS[PlanKind(plan.kind)]}/{plan.unit.symbol_suffix}",
        "issued_on": issued_on,
        "place": place or plan.unit.place_of_issue,
    }
    return _step(actor=actor, plan=plan, action=Action.ISSUE, fields=fields)


def close_plan(*, actor: User | None, plan: Plan, reason: str = "") -> Plan:
    """End a plan's life after its term; it stays readable. Raises ValidationError (wrong state), PermissionDenied."""
    return _step(actor=actor, plan=plan, action=Action.CLOSE, reason=reason)


@transaction.atomic
def _step(
    *, actor: User | None, plan: Plan, action: Action, reason: str = "", fields: dict[str, Any] | None = None
) -> Plan:
    """Take one step of the table: lock, look, check the actor, write, record, tell."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    before = PlanState(locked.state)
    if (before, action) not in TRANSITIONS:
        raise ValidationError(
            _("The plan is “%(state)s”: this step is not open.") % {"state": before.label}, code="wrong_state"
        )
    after, rule = TRANSITIONS[before, action]
    if is_superseded(locked):
        raise ValidationError(_("A later version stands in this plan's place."), code="superseded")
    if actor is not None and not rule.test(actor, locked):
        raise PermissionDenied
    for name, value in (fields or {}).items():
        setattr(locked, name, value)
    if action == Action.ISSUE:
        _check_issue(locked)
    locked.state = after
    locked.save(update_fields=["state", *(fields or {})])
    record(plan=locked, action=action, before=before, actor=actor, reason=reason)
    if action == Action.ISSUE:
        take_place(plan=locked, actor=actor)
        changes.tell_issued(locked)
    transaction.on_commit(lambda: _tell(plan=locked, action=action, reason=reason))
    return locked


def _check_issue(plan: Plan) -> None:
    """Raises ValidationError at the fields of number, date and symbol, or with what the checks found."""
    if plan.number is None or plan.number < 1:
        raise ValidationError({"number": _("Numbers start at 1.")})
    if plan.issued_on is None or plan.issued_on > clock.today():
        raise ValidationError({"issued_on": _("The date lies in the future.")})
    hold_unit(plan.unit_id)
    twins = Plan.objects.filter(unit=plan.unit_id, symbol=plan.symbol, issued_on__year=plan.issued_on.year)
    if twins.exclude(pk=plan.pk).exists() or checks.is_number_given(plan):
        raise ValidationError({"number": _("A document of this year has this number and symbol already.")})
    plan.clean_fields()
    if problems := [*problems_of_amendment(plan), *checks.problems_of(plan)]:
        raise ValidationError(problems, code="not_ready")


def _tell(*, plan: Plan, action: Action, reason: str) -> None:
    """Tell those whose turn it is: leaders of a sent plan, officers of one returned or issued."""
    words = {
        Action.SEND: _("“%(plan)s” awaits your issuing."),
        Action.RETURN: _("“%(plan)s” was returned: %(reason)s"),
        Action.ISSUE: _("“%(plan)s” was issued as %(symbol)s."),
    }
    if action not in words:
        return
    role = RoleName.LEADER if action == Action.SEND else RoleName.OFFICER
    notices.tell(
        recipients=people_of(plan, role),
        kind="plans.life",
        text=(words[action] % {"plan": plan.title, "reason": reason, "symbol": plan.symbol})[:500],
        url=reverse("plans:detail", args=[plan.pk]),
    )
