"""Shares of targets handed down the tree; a change is a later row (domain: rule 14)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.templatetags.portal_numbers import vn_date
from plans.enums import PlanState
from plans.models import Plan
from units.models import Unit

from .. import changes
from ..enums import Carrier, IndicatorKind
from ..models import Allocation, Target
from ..rules import can_hand_down
from ..selectors import allocations_in_force
from ..validation import check_bounds
from ..wording import figure_text

Place = tuple[int, int]


@dataclass(frozen=True)
class Share:
    """What one unit is to be handed of one target; bounds as ``Allocation`` has them, null where open."""

    target: Target
    unit: Unit
    minimum: Decimal | None
    maximum: Decimal | None = None

    @property
    def place(self) -> Place:
        """Target id and unit id."""
        return self.target.pk, self.unit.pk


class SharesRefused(Exception):
    """Nothing was handed down. ``errors``: (target id, unit id) → what is wrong there, at an allocation's fields."""

    def __init__(self, errors: dict[Place, ValidationError]) -> None:
        super().__init__("nothing was handed down")
        self.errors = errors


@transaction.atomic
def allocate(
    *,
    actor: User | None,
    target: Target,
    unit: Unit,
    minimum: Decimal | None,
    effective_on: date,
    handed_by: Unit,
    maximum: Decimal | None = None,
) -> Allocation:
    """Hand ``unit`` its share of a target from ``effective_on`` on (domain: rule 14); a change is a later row.

    ``handed_by`` is the plan's unit, or one beneath it that was handed a share itself. The sum of shares may differ
    from the target. Raises ValidationError at the field that is wrong, PermissionDenied where the actor is no
    officer of ``handed_by``.
    """
    plan = _open_plan(actor, target.plan_id, handed_by, effective_on)
    share = Share(target, unit, minimum, maximum)
    try:
        (row,) = _write(plan, [share], actor=actor, effective_on=effective_on, handed_by=handed_by)
    except SharesRefused as refused:
        raise refused.errors[share.place] from refused
    return row


@transaction.atomic
def hand_down_many(
    *,
    actor: User | None,
    plan: Plan,
    shares: Sequence[Share],
    effective_on: date,
    handed_by: Unit,
    seen: int | None = None,
) -> list[Allocation]:
    """Hand down many shares of a plan's targets from one day on, all of them or none, in one set of statements.

    What is in force on that day already writes nothing. ``seen``: the id of the newest allocation that the person had
    before the eyes; a share that was changed since is refused (null: whatever is on record was seen). Raises
    SharesRefused with what is wrong share by share, ValidationError for the day and the plan, PermissionDenied as
    ``allocate``.
    """
    plan = _open_plan(actor, plan.pk, handed_by, effective_on)
    units = {share.unit.pk: share.unit for share in shares}
    targets = {share.target.pk: share.target for share in shares}
    if seen is not None:
        _check_unchanged(list(targets.values()), shares, seen)
    known = allocations_in_force(targets.values(), units.values(), effective_on)
    news = [share for share in shares if not _says(known.get(share.place), share)]
    return _write(plan, news, actor=actor, effective_on=effective_on, handed_by=handed_by)


def _says(row: Allocation | None, share: Share) -> bool:
    return row is not None and (row.minimum, row.maximum) == (share.minimum, share.maximum)


def _open_plan(actor: User | None, plan_id: int, handed_by: Unit, on: date) -> Plan:
    """Lock the plan, whose shares this person may hand down from that day on."""
    if actor is not None and not can_hand_down.test(actor, handed_by):
        raise PermissionDenied
    plan = lock_plan(plan_id)
    if handed_by.pk != plan.unit_id and not plan.unit.is_above(handed_by):
        raise ValidationError({"handed_by": _("Only the issuing body and units beneath it hand its targets down.")})
    if not plan.starts_on <= on <= plan.ends_on:
        words = _("Shares are in force within the plan's term, %(first)s to %(last)s.")
        told = {"first": vn_date(plan.starts_on), "last": vn_date(plan.ends_on)}
        raise ValidationError({"effective_on": words % told})
    return plan


def lock_plan(plan_id: int) -> Plan:
    """Lock the plan, so that of two changes to its shares one comes after the other.

    Raises ValidationError where it is closed or a later version stands in its place.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan_id)
    if plan.state == PlanState.CLOSED:
        raise ValidationError(_("The plan is closed: nothing can be handed down any more."))
    if not Plan.objects.current().filter(pk=plan.pk).exists():
        raise ValidationError(_("This version of the plan is not the one in force."), code="not_in_force")
    return plan


def _check_unchanged(targets: Sequence[Target], shares: Sequence[Share], seen: int) -> None:
    """Raises SharesRefused where somebody else has handed down one of these shares since."""
    places = {share.place: share for share in shares}
    errors: dict[Place, ValidationError] = {}
    for row in Allocation.objects.filter(target__in=targets, pk__gt=seen).order_by("pk"):
        share = places.get((row.target_id, row.unit_id))
        if share is not None:
            figure = figure_text(share.target.indicator, row.minimum, row.maximum)
            words = _("Somebody else has handed down %(figure)s from %(day)s meanwhile. Look at it again.")
            told = {"figure": figure, "day": vn_date(row.effective_on)}
            errors[share.place] = ValidationError(words % told, code="stale")
    if errors:
        raise SharesRefused(errors)


def _write(
    plan: Plan, shares: Sequence[Share], *, actor: User | None, effective_on: date, handed_by: Unit
) -> list[Allocation]:
    """Check every share, then make all rows by one statement. Raises SharesRefused."""
    facts = _Facts.read(plan, shares, handed_by, effective_on)
    moment = clock.now()
    rows, errors = [], {}
    for share in shares:
        row = Allocation(target=share.target, unit=share.unit, minimum=share.minimum, maximum=share.maximum)
        row.effective_on, row.handed_by, row.actor, row.at = effective_on, handed_by, actor, moment
        try:
            facts.check(share)
            row.clean_fields(exclude=("target", "unit", "handed_by", "actor"))
        except ValidationError as wrong:
            errors[share.place] = wrong
        rows.append(row)
    if errors:
        raise SharesRefused(errors)
    made = Allocation.objects.bulk_create(rows)
    changes.tell((row.unit, effective_on) for row in made)
    return made


@dataclass(frozen=True)
class _Facts:
    """What shares are checked against: the day, what the giver has itself, and the later days on record."""

    plan: Plan
    giver: Unit
    on: date
    given: set[int]
    days: dict[Place, list[date]]

    @classmethod
    def read(cls, plan: Plan, shares: Sequence[Share], giver: Unit, on: date) -> "_Facts":
        targets = {share.target.pk: share.target for share in shares}
        days: dict[Place, list[date]] = defaultdict(list)
        later = Allocation.objects.filter(target__in=list(targets), effective_on__gte=on)
        later = later.filter(unit__in={share.unit.pk for share in shares})
        for target_id, unit_id, day in later.values_list("target_id", "unit_id", "effective_on"):
            days[target_id, unit_id].append(day)
        given = set(targets)
        if giver.pk != plan.unit_id:
            given = {target_id for target_id, _unit in allocations_in_force(targets.values(), [giver], on)}
        return cls(plan, giver, on, given, days)

    def check(self, share: Share) -> None:
        """Raises ValidationError at the field that is wrong."""
        _check_shareable(self.plan, share.target)
        if share.target.pk not in self.given:
            raise ValidationError({"handed_by": _("This unit was handed no share that it could hand down further.")})
        if not self.giver.is_above(share.unit):
            raise ValidationError({"unit": _("Shares go to units beneath the one that hands them down.")})
        if not share.unit.is_open_on(self.on):
            raise ValidationError({"unit": _("The unit does not stand on that day.")})
        self._check_day(share)
        check_bounds(kind=share.target.indicator.kind, minimum=share.minimum, maximum=share.maximum)

    def _check_day(self, share: Share) -> None:
        if self.on > share.target.due_on:
            raise ValidationError({"effective_on": _("The target is due before that day.")})
        days = self.days[share.place]
        if self.on in days:
            words = _("A share from this day is on record already: choose a later day.")
            raise ValidationError({"effective_on": words})
        overtaken = [day for day in days if day <= clock.today()]
        if overtaken:
            words = _("The share from %(day)s on counts already: choose a later day.")
            raise ValidationError({"effective_on": words % {"day": vn_date(max(overtaken))}})


def _check_shareable(plan: Plan, target: Target) -> None:
    if target.plan_id != plan.pk:
        raise ValidationError({"target": _("The target stands in another plan.")})
    if target.restates_id is not None:
        raise ValidationError({"target": _("This clause repeats another: hand down the original.")})
    if target.carried_by == Carrier.ISSUER_OWN or target.indicator.kind == IndicatorKind.MILESTONE:
        raise ValidationError({"target": _("Only figures that units below carry are handed down.")})
