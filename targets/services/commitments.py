"""The targets of a draft: what the plan commits to."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Max, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from core.folding import fold
from plans.enums import ProposalState
from plans.models import Plan, Section
from plans.services import lock_draft
from plans.writing.arranging import Step
from plans.writing.placing import moved
from units.selectors import top_unit

from ..enums import Carrier, Reach
from ..models import Indicator, Phase, Target, TargetProposal
from ..selectors import section_codes
from ..validation import check_target

Phases = Sequence[tuple[date, Decimal]]


class TargetDetails(TypedDict, total=False):
    """What a target may say (domain: Targets). Dates null mean the plan's term.

    ``minimum``/``maximum`` in the indicator's measure, percent for a ratio, null where open, both null for a
    milestone; ``required_share`` in percent, for each_unit and each_bloc.
    """

    starts_on: date | None
    due_on: date | None
    section: Section | None
    minimum: Decimal | None
    maximum: Decimal | None
    required_share: Decimal | None
    carrier_kinds: Sequence[str]
    carrier_reach: Reach | str
    restates: Target | None
    quote: str


class TargetFacts(TargetDetails):
    """What a new target says."""

    code: str
    name: str
    indicator: Indicator
    carried_by: Carrier | str


class TargetChanges(TargetDetails, total=False):
    """What is changed of a target: any of it."""

    code: str
    name: str
    indicator: Indicator
    carried_by: Carrier | str


@transaction.atomic
def add_target(*, plan: Plan, phases: Phases = (), **facts: Unpack[TargetFacts]) -> Target:
    """Add a target at the end of a draft; ``phases`` are (by when, how much in all).

    Raises ValidationError at the field that is wrong, or where the plan is no draft.
    """
    plan = lock_draft(plan=plan)
    target = Target(plan=plan, **{**facts, "carrier_kinds": list(facts.get("carrier_kinds", ()))})
    target.order = _next_order(plan)
    return _write(target, phases)


@transaction.atomic
def revise_target(*, target: Target, phases: Phases | None = None, **changes: Unpack[TargetChanges]) -> Target:
    """Change what is named of a draft's target; the rest stays, also the phases where they are null.

    In another section it comes last. Raises ValidationError at the field that is wrong, or where the plan is no draft.
    """
    target = _lock(target)
    before = target.section_id
    for name, value in changes.items():
        setattr(target, name, list(value) if name == "carrier_kinds" else value)  # type: ignore[call-overload]
    if target.section_id != before:
        target.order = _next_order(target.plan)
    steps = [(phase.due_on, phase.minimum) for phase in target.phases.all()] if phases is None else phases
    return _write(target, steps)


def _next_order(plan: Plan) -> int:
    return (plan.targets.aggregate(last=Max("order"))["last"] or 0) + 1


def _lock(target: Target) -> Target:
    """Return the target as it stands under its plan's lock. Raises ValidationError where the plan is no draft."""
    plan = lock_draft(plan=target.plan)
    rows = Target.objects.select_related("indicator__merged_into", "section", "restates")
    found = rows.filter(pk=target.pk, plan=plan).first()
    if found is None:
        raise ValidationError(_("Somebody else has deleted this meanwhile."), code="gone")
    found.plan = plan
    return found


def _write(target: Target, phases: Phases) -> Target:
    _settle(target)
    check_target(target, phases)
    target.full_clean(exclude=["folded"])
    target.save()
    target.phases.all().delete()
    Phase.objects.bulk_create(Phase(target=target, due_on=day, minimum=least) for day, least in phases)
    return target


def _settle(target: Target) -> None:
    """Fill in what follows from the rest. Raises ValidationError where the indicator is of another catalogue."""
    target.starts_on = target.starts_on or target.plan.starts_on
    target.due_on = target.due_on or target.plan.ends_on
    target.name = target.name.strip()
    target.folded = fold(target.name)[:400]
    target.indicator = target.indicator.merged_into or target.indicator
    if target.indicator.owner_id != top_unit(target.plan.unit).pk:
        raise ValidationError({"indicator": _("The indicator stands in another body's catalogue.")})


@transaction.atomic
def move_target(*, target: Target, step: Step | str) -> Target:
    """Let a draft's target change places with the one before (up) or behind (down) it in its section.

    Raises ValidationError where there is none, or where the plan is no draft.
    """
    target = _lock(target)
    rows = moved(target.plan.targets.select_related("section"), target.pk, Step(step))
    Target.objects.bulk_update(rows, ["order"])
    target.refresh_from_db(fields=["order"])
    return target


def fingerprint_of(codes: Mapping[int, str]) -> str:
    """Return a mark that is equal for two sets of codes exactly when they are the same."""
    return hashlib.sha256(repr(sorted(codes.items())).encode()).hexdigest()


@transaction.atomic
def recode_targets(*, plan: Plan, seen: str) -> int:
    """Name a draft's targets after their sections (``selectors.section_codes``); return how many have a new code.

    ``seen`` is the fingerprint of the codes that the person agreed to. Raises ValidationError where they would be
    others by now, where two would be the same or one too long, and where the plan is no draft.
    """
    plan = lock_draft(plan=plan)
    codes = section_codes(plan)
    if fingerprint_of(codes) != seen:
        raise ValidationError(_("The targets changed since you looked. Look at the new codes again."), code="stale")
    if len(set(codes.values())) != len(codes):
        raise ValidationError(_("Two targets would have the same code. Change the code of one by hand first."))
    changed = [target for target in plan.targets.all() if target.code != codes[target.pk]]
    # Out of the way first: codes are unique, row by row.
    Target.objects.filter(pk__in=[target.pk for target in changed]).update(
        code=Concat(Value("~"), Cast("pk", CharField()))
    )
    for target in changed:
        target.code = codes[target.pk]
        target.clean_fields(exclude=["folded"])
    Target.objects.bulk_update(changed, ["code"])
    return len(changed)


@transaction.atomic
def delete_target(*, target: Target) -> None:
    """Delete a draft's target on which nothing hangs; what was found in the document for it is open again.

    Raises ValidationError where a clause repeats it or a share of it was handed down, or where the plan is no draft.
    """
    target = _lock(target)
    if codes := list(target.restated_by.values_list("code", flat=True)):
        words = _("Other targets repeat this one: %(codes)s. Change or delete those first.")
        raise ValidationError(words % {"codes": ", ".join(codes)}, code="has_restatements")
    if target.allocations.exists():
        raise ValidationError(_("Shares of this target were handed down already. It cannot be deleted."))
    TargetProposal.objects.filter(target=target).update(
        state=ProposalState.OPEN, target=None, decided_by=None, decided_at=None
    )
    target.phases.all().delete()
    target.delete()
