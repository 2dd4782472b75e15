"""Every write to the catalogue, to targets and to allocations."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.folding import fold
from plans.enums import PlanState, Topic
from plans.models import Plan, Section
from plans.services import lock_draft
from units.models import Unit
from units.selectors import top_unit
from units.services import hold_unit

from .enums import Carrier, IndicatorKind, OverTime, Reach
from .merging import follow_all
from .models import Allocation, Indicator, IndicatorMerge, Phase, Target
from .rules import can_hand_down, can_keep_catalogue
from .selectors import allocation_in_force, known_indicator
from .validation import check_bounds, check_carrier, check_phases, check_place, check_term


@transaction.atomic
def propose_indicator(
    *,
    owner: Unit,
    name: str,
    measure: str,
    kind: IndicatorKind | str,
    over_time: OverTime | str,
    is_whole: bool = True,
    topic: Topic | str = "",
) -> Indicator:
    """Return the known indicator of that name and measure (diacritics or not), else a new unconfirmed one.

    ``owner`` is the topmost unit. Raises ValidationError at the field that is wrong, and where the known one is of
    another kind: two rows for one thing would break "report once" (domain: Targets, 1).
    """
    if owner.depth != 1:
        raise ValidationError({"owner": _("The catalogue belongs to the topmost unit.")})
    name, measure = " ".join(name.split()), " ".join(measure.split())
    known = known_indicator(owner=owner, name=name, measure=measure)
    if known is None:
        hold_unit(owner.pk)
        known = known_indicator(owner=owner, name=name, measure=measure)
    if known is not None:
        if (known.kind, known.over_time) != (kind, over_time):
            raise ValidationError({"kind": _("The catalogue knows “%(name)s” as another kind.") % {"name": known.name}})
        return known
    if kind in (IndicatorKind.RATIO, IndicatorKind.MILESTONE) and over_time != OverTime.LATEST:
        raise ValidationError({"over_time": _("A ratio or a milestone is told as it stands now.")})
    indicator = Indicator(
        owner=owner,
        name=name,
        folded=fold(name)[:250],
        measure=measure,
        folded_measure=fold(measure)[:80],
        kind=kind,
        over_time=over_time,
        is_whole=is_whole,
        topic=topic,
    )
    indicator.full_clean(exclude=["folded", "folded_measure"])
    indicator.save()
    return indicator


@transaction.atomic
def confirm_indicator(*, actor: User | None, indicator: Indicator) -> Indicator:
    """Take an indicator into the catalogue for good; a second time changes nothing.

    Raises PermissionDenied where the actor does not keep the catalogue, ValidationError where it was merged.
    """
    locked = Indicator.objects.select_for_update(of=("self",)).select_related("owner").get(pk=indicator.pk)
    _check_keeper(actor, locked.owner)
    if locked.merged_into_id is not None:
        raise ValidationError(_("“%(name)s” was merged into another indicator.") % {"name": locked.name})
    if locked.confirmed_at is None:
        locked.confirmed_by, locked.confirmed_at = actor, clock.now()
        locked.save(update_fields=["confirmed_by", "confirmed_at"])
    return locked


@transaction.atomic
def merge_indicators(*, actor: User | None, source: Indicator, into: Indicator) -> IndicatorMerge:
    """Let ``source`` go over into ``into``: targets and everything registered follow; the merge is on record.

    Raises ValidationError where the two are not of one kind or one of them was merged already, PermissionDenied
    where the actor does not keep the catalogue.
    """
    pair = Indicator.objects.select_for_update(of=("self",)).select_related("owner").in_bulk([source.pk, into.pk])
    source, into = pair[source.pk], pair[into.pk]
    _check_keeper(actor, source.owner)
    _check_mergeable(source, into)
    Target.objects.filter(indicator=source).update(indicator=into)
    moved = follow_all(source, into)
    Indicator.objects.filter(merged_into=source).update(merged_into=into)
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    return IndicatorMerge.objects.create(source=source, into=into, actor=actor, at=clock.now(), entries_moved=moved)


def _check_keeper(actor: User | None, owner: Unit) -> None:
    if actor is not None and not can_keep_catalogue.test(actor, owner):
        raise PermissionDenied


def _check_mergeable(source: Indicator, into: Indicator) -> None:
    if source.pk == into.pk:
        raise ValidationError({"into": _("Choose another indicator: this is the same one.")})
    if source.merged_into_id is not None or into.merged_into_id is not None:
        raise ValidationError({"into": _("One of the two was merged already.")})
    first = (source.owner_id, source.kind, source.over_time)
    if first != (into.owner_id, into.kind, into.over_time):
        raise ValidationError({"into": _("Only indicators of one kind and one rule over time can be merged.")})


@transaction.atomic
def add_target(
    *,
    plan: Plan,
    code: str,
    name: str,
    indicator: Indicator,
    carried_by: Carrier | str,
    starts_on: date | None = None,
    due_on: date | None = None,
    section: Section | None = None,
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
    required_share: Decimal | None = None,
    carrier_kinds: Sequence[str] = (),
    carrier_reach: Reach | str = Reach.DIRECT,
    restates: Target | None = None,
    phases: Sequence[tuple[date, Decimal]] = (),
    quote: str = "",
) -> Target:
    """Add a target at the end of a draft (domain: Targets). Dates null mean the plan's term.

    ``minimum``/``maximum`` in the indicator's measure, percent for a ratio, null where open, both null for a
    milestone; ``required_share`` in percent, for each_unit and each_bloc; ``phases`` are (by when, how much in all).
    Raises ValidationError at the field that is wrong, or where the plan is no draft.
    """
    plan = lock_draft(plan=plan)
    starts_on, due_on = starts_on or plan.starts_on, due_on or plan.ends_on
    indicator = indicator.merged_into or indicator
    if indicator.owner_id != top_unit(plan.unit).pk:
        raise ValidationError({"indicator": _("The indicator stands in another body's catalogue.")})
    check_place(plan=plan, code=code, section=section, restates=restates, indicator=indicator)
    check_carrier(
        kind=indicator.kind, carried_by=carried_by, required_share=required_share, carrier_kinds=carrier_kinds
    )
    check_bounds(kind=indicator.kind, minimum=minimum, maximum=maximum)
    check_term(plan=plan, starts_on=starts_on, due_on=due_on)
    check_phases(phases=phases, kind=indicator.kind, minimum=minimum, starts_on=starts_on, due_on=due_on)
    target = Target(
        plan=plan,
        section=section,
        order=(plan.targets.aggregate(last=Max("order"))["last"] or 0) + 1,
        code=code,
        name=name.strip(),
        folded=fold(name.strip())[:400],
        indicator=indicator,
        carried_by=carried_by,
        carrier_kinds=list(carrier_kinds),
        carrier_reach=carrier_reach,
        minimum=minimum,
        maximum=maximum,
        required_share=required_share,
        starts_on=starts_on,
        due_on=due_on,
        restates=restates,
        quote=quote,
    )
    target.full_clean(exclude=["folded"])
    target.save()
    Phase.objects.bulk_create(Phase(target=target, due_on=day, minimum=least) for day, least in phases)
    return target


@transaction.atomic
def allocate(
    *,
    actor: User | None,
    target: Target,
    unit: Unit,
    minimum: Decimal,
    effective_on: date,
    handed_by: Unit,
    maximum: Decimal | None = None,
) -> Allocation:
    """Hand ``unit`` its share of a target from ``effective_on`` on (domain: rule 14); a change is a later row.

    ``handed_by`` is the plan's unit, or one beneath it that was handed a share itself. The sum of shares may differ
    from the target. Raises ValidationError at the field that is wrong, PermissionDenied where the actor is no
    officer of ``handed_by``.
    """
    if actor is not None and not can_hand_down.test(actor, handed_by):
        raise PermissionDenied
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=target.plan_id)
    if plan.state == PlanState.CLOSED:
        raise ValidationError(_("The plan is closed: nothing can be handed down any more."))
    _check_shareable(target)
    _check_line(plan=plan, target=target, unit=unit, handed_by=handed_by, on=effective_on)
    if Allocation.objects.filter(target=target, unit=unit, effective_on=effective_on).exists():
        raise ValidationError({"effective_on": _("A share from this day is on record already: choose a later day.")})
    check_bounds(kind=target.indicator.kind, minimum=minimum, maximum=maximum)
    allocation = Allocation(
        target=target,
        unit=unit,
        minimum=minimum,
        maximum=maximum,
        effective_on=effective_on,
        handed_by=handed_by,
        actor=actor,
        at=clock.now(),
    )
    allocation.full_clean()
    allocation.save()
    return allocation


def _check_shareable(target: Target) -> None:
    if target.restates_id is not None:
        raise ValidationError({"target": _("This clause repeats another: hand down the original.")})
    if target.carried_by == Carrier.ISSUER_OWN or target.indicator.kind == IndicatorKind.MILESTONE:
        raise ValidationError({"target": _("Only figures that units below carry are handed down.")})


def _check_line(*, plan: Plan, target: Target, unit: Unit, handed_by: Unit, on: date) -> None:
    """Raises ValidationError where the share does not go down the tree, or outside the time of target and unit."""
    if handed_by.pk != plan.unit_id:
        if not plan.unit.is_above(handed_by):
            raise ValidationError({"handed_by": _("Only the issuing body and units beneath it hand its targets down.")})
        if allocation_in_force(target, handed_by, on) is None:
            raise ValidationError({"handed_by": _("This unit was handed no share that it could hand down further.")})
    if not handed_by.is_above(unit):
        raise ValidationError({"unit": _("Shares go to units beneath the one that hands them down.")})
    if not unit.is_open_on(on):
        raise ValidationError({"unit": _("The unit does not stand on that day.")})
    if on > target.due_on:
        raise ValidationError({"effective_on": _("The target is due before that day.")})
