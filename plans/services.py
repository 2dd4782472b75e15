"""Every write to plans and their sections. A plan's state changes in ``_step`` and nowhere else.

Targets and activities of a plan are written by their own apps; both ask ``lock_draft`` first.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import RoleName
from accounts.models import User
from core import clock, notices
from core.folding import fold
from core.models import StoredFile
from units.models import Unit
from units.services import hold_unit

from . import checks
from .enums import PLAN_SYMBOLS, PlanKind, PlanState, Topic
from .models import Plan, PlanEvent, Section
from .rules import TRANSITIONS, Action, can_draft_at
from .selectors import IN_FORCE, people_of

# Far above any number of sections: moves rows out of the way of the unique order while others take their place.
_ASIDE = 1_000_000
LONGEST_ADDRESS = 120  # characters, as the column holds


@transaction.atomic
def create_plan(
    *,
    actor: User | None,
    unit: Unit,
    kind: PlanKind | str,
    title: str,
    starts_on: date,
    ends_on: date,
    theme: str = "",
    based_on: Plan | None = None,
    recipients: Sequence[dict[str, str]] = (),
    text: str = "",
    source: StoredFile | None = None,
) -> Plan:
    """Begin a draft of ``unit`` for the term from ``starts_on`` to ``ends_on``, both included.

    ``actor`` null is the machine itself (the demo). ``recipients`` are rows ``{"name": …, "role": …}``.
    Raises PermissionDenied where the actor is no officer there, ValidationError at the field that is wrong.
    """
    if actor is not None and not can_draft_at.test(actor, unit):
        raise PermissionDenied
    _check_term(starts_on=starts_on, ends_on=ends_on)
    _check_base(unit=unit, based_on=based_on)
    title = " ".join(title.split())
    plan = Plan(
        unit=unit,
        kind=kind,
        title=title,
        folded=fold(title)[:400],
        theme=theme,
        starts_on=starts_on,
        ends_on=ends_on,
        based_on=based_on,
        recipients=list(recipients),
        text=text,
        source=source,
        created_by=actor,
    )
    plan.full_clean(exclude=["folded"])
    plan.save()
    _record(plan=plan, action=Action.CREATE, before="", actor=actor)
    return plan


def _check_term(*, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The term ends before it starts.")})


def _check_base(*, unit: Unit, based_on: Plan | None) -> None:
    if based_on is not None and not (based_on.state in IN_FORCE and based_on.unit.is_above(unit)):
        raise ValidationError({"based_on": _("A plan makes an issued plan of a body above it concrete.")})


@transaction.atomic
def lock_draft(*, plan: Plan) -> Plan:
    """Return the plan under a row lock. Raises ValidationError where it is no draft: issuing freezes the text."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    if locked.state != PlanState.DRAFT:
        raise ValidationError(_("The text can be changed in a draft only."), code="not_draft")
    return locked


@transaction.atomic
def add_section(
    *, plan: Plan, number: str, heading: str, text: str = "", parent: Section | None = None, topic: Topic | str = ""
) -> Section:
    """Add a section as the last of ``parent`` (none: of the plan). ``number`` is the document's own, blank for a dash.

    A number that the document repeats is kept as it is. Raises ValidationError where the plan is no draft, the section
    says nothing, or a field is wrong.
    """
    plan = lock_draft(plan=plan)
    if parent is not None and parent.plan_id != plan.pk:
        raise ValidationError({"parent": _("The section above belongs to another plan.")})
    if not (heading.strip() or text.strip()):
        raise ValidationError({"heading": _("Write a heading or a text.")})
    section = Section(
        plan=plan,
        parent=parent,
        depth=parent.depth + 1 if parent else 1,
        order=_make_room(plan=plan, parent=parent),
        number=number.strip(),
        address=_free_address(plan=plan, number=number.strip(), parent=parent),
        heading=heading.strip(),
        text=text.strip(),
        topic=topic,
    )
    section.full_clean(exclude=["address"])
    section.save()
    return section


def _make_room(*, plan: Plan, parent: Section | None) -> int:
    """Return the place after the parent's last descendant, moving what stands there by one."""
    last = plan.sections.aggregate(last=Max("order"))["last"] or 0
    if parent is None:
        return last + 1
    follower = plan.sections.filter(order__gt=parent.order, depth__lte=parent.depth).order_by("order").first()
    if follower is None:
        return last + 1
    behind = plan.sections.filter(order__gte=follower.order)
    behind.update(order=F("order") + _ASIDE)
    plan.sections.filter(order__gte=_ASIDE).update(order=F("order") - _ASIDE + 1)
    return follower.order


def _free_address(*, plan: Plan, number: str, parent: Section | None) -> str:
    """Return the way down to the section; a repeated number gets a running mark ("1.2#2")."""
    stem = f"{parent.address}/{number or '-'}" if parent else number or "-"
    taken = set(plan.sections.filter(address__startswith=stem).values_list("address", flat=True))
    address, count = stem, 1
    while address in taken:
        count += 1
        address = f"{stem}#{count}"
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError({"parent": _("The sections are nested too deeply.")})
    return address


@transaction.atomic
def revise_section(*, section: Section, number: str, heading: str, text: str, topic: Topic | str = "") -> Section:
    """Change a section's words in a draft; its place stays. Raises ValidationError as ``add_section``."""
    lock_draft(plan=section.plan)
    if not (heading.strip() or text.strip()):
        raise ValidationError({"heading": _("Write a heading or a text.")})
    section.number, section.heading, section.text = number.strip(), heading.strip(), text.strip()
    section.topic = topic
    section.full_clean(exclude=["plan", "parent"])
    section.save(update_fields=["number", "heading", "text", "topic"])
    return section


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
    if actor is not None and not rule.test(actor, locked):
        raise PermissionDenied
    for name, value in (fields or {}).items():
        setattr(locked, name, value)
    if action == Action.ISSUE:
        _check_issue(locked)
    locked.state = after
    locked.save(update_fields=["state", *(fields or {})])
    _record(plan=locked, action=action, before=before, actor=actor, reason=reason)
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
    if twins.exclude(pk=plan.pk).exists():
        raise ValidationError({"number": _("A document of this year has this number and symbol already.")})
    plan.clean_fields()
    if problems := checks.problems_of(plan):
        raise ValidationError(problems, code="not_ready")


def _record(*, plan: Plan, action: Action, before: str, actor: User | None, reason: str = "") -> None:
    PlanEvent.objects.create(
        plan=plan,
        action=action,
        from_state=before,
        to_state=plan.state,
        actor=actor,
        at=clock.now(),
        reason=reason,
    )


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
