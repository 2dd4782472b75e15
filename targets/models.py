"""The indicator catalogue, targets of plans, their phases and their allocations.

Rows change only through ``targets.services``. What a target has reached is not here: that is
``reports.rollups``; how a value is judged is ``targets.compliance``.
"""

from typing import ClassVar, TypedDict

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.enums import Topic
from plans.models import Plan, Proposal, Section
from units.models import Unit

from .enums import AdjustmentState, Carrier, IndicatorKind, OverTime, Reach


class Digits(TypedDict):
    max_digits: int
    decimal_places: int


# Exact decimals of at most 4 places (domain: rule 17).
FIGURE: Digits = {"max_digits": 18, "decimal_places": 4}


class Indicator(models.Model):
    """What is counted, in a catalogue of the topmost unit that outlives one plan.

    ``folded`` and ``folded_measure`` are the names without diacritics, by which a proposal finds
    a known indicator. A merged indicator keeps its row and points to the one that took over.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=250, editable=False)
    measure = models.CharField(_("unit of measure"), max_length=60)
    folded_measure = models.CharField(max_length=80, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=IndicatorKind)
    over_time = models.CharField(_("over time"), max_length=10, choices=OverTime)
    is_whole = models.BooleanField(_("counted in wholes"), default=True)
    topic = models.CharField(_("topic"), max_length=15, choices=Topic, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")

    class Meta:
        ordering: ClassVar = ["topic", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "folded", "folded_measure"],
                condition=Q(merged_into__isnull=True),
                name="targets_indicator_one_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind=IndicatorKind.AMOUNT, over_time__in=OverTime.values)
                | Q(kind__in=[IndicatorKind.RATIO, IndicatorKind.MILESTONE], over_time=OverTime.LATEST),
                name="targets_indicator_kind_and_time_agree",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="targets_indicator_not_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorMerge(models.Model):
    """The record of one merging: which indicator went into which, by whom, how many entries followed."""

    source = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entries_moved = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.source_id} → {self.into_id}"


class TargetQuerySet(models.QuerySet["Target"]):
    def counted(self) -> "TargetQuerySet":
        """Targets that count: a restatement of another is shown but not counted twice."""
        return self.filter(restates__isnull=True)


class Target(models.Model):
    """What a plan commits to on an indicator.

    ``minimum``/``maximum`` are in the indicator's measure, in percent for a ratio, null where open;
    a milestone has neither. ``required_share`` is percent of carriers, for ``each_*`` only.
    ``carrier_kinds`` lists ``units.Kind`` values (empty: every kind).
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=400, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    carried_by = models.CharField(_("carried by"), max_length=10, choices=Carrier)
    carrier_kinds = models.JSONField(default=list, blank=True)
    carrier_reach = models.CharField(max_length=6, choices=Reach, default=Reach.DIRECT)
    minimum = models.DecimalField(_("minimum"), null=True, blank=True, **FIGURE)
    maximum = models.DecimalField(_("maximum"), null=True, blank=True, **FIGURE)
    required_share = models.DecimalField(_("required share"), null=True, blank=True, max_digits=7, decimal_places=4)
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    restates = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="restated_by")
    quote = models.TextField(blank=True)
    # The same target in the version of the plan that this one amends.
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later_versions")

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["plan", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="targets_target_code_once"),
            models.UniqueConstraint(fields=["plan", "origin"], name="targets_target_origin_once"),
            models.CheckConstraint(condition=Q(carried_by__in=Carrier.values), name="targets_target_carrier_known"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(minimum__gte=0), name="targets_target_minimum_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="targets_target_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gte=0), name="targets_target_maximum_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(carried_by__in=["each_unit", "each_bloc"], required_share__gt=0, required_share__lte=100)
                | Q(carried_by__in=["issuer_own", "pooled"], required_share__isnull=True),
                name="targets_target_share_for_each_only",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="targets_target_due_after_start"),
            models.CheckConstraint(
                condition=Q(restates__isnull=True) | ~Q(restates=F("id")), name="targets_target_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Phase(models.Model):
    """By ``due_on`` the target asks ``minimum`` in all (cumulative): phasing in steps."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="phases")
    due_on = models.DateField(_("by"))
    minimum = models.DecimalField(_("minimum by then"), **FIGURE)

    class Meta:
        ordering: ClassVar = ["target", "due_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "due_on"], name="targets_phase_once_a_day"),
            models.CheckConstraint(condition=Q(minimum__gte=0), name="targets_phase_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.due_on}: {self.minimum}"


class Allocation(models.Model):
    """The share of a target handed to ``unit``, in force from ``effective_on``.

    Bounds in the indicator's measure, in percent for a ratio, either may be null: of a limit only a maximum is handed
    down. A change is a new row with a later date; rows are never edited (domain: rule 14).
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="allocations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="allocations")
    minimum = models.DecimalField(_("minimum"), null=True, blank=True, **FIGURE)
    maximum = models.DecimalField(_("maximum"), null=True, blank=True, **FIGURE)
    effective_on = models.DateField(_("in force from"))
    handed_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["target", "unit", "effective_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "unit", "effective_on"], name="targets_allocation_once_a_day"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=False) | Q(maximum__isnull=False), name="targets_allocation_has_a_bound"
            ),
            models.CheckConstraint(
                condition=(Q(minimum__isnull=True) | Q(minimum__gte=0)) & (Q(maximum__isnull=True) | Q(maximum__gte=0)),
                name="targets_allocation_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="targets_allocation_bounds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.unit_id}: {self.minimum}–{self.maximum}"


class Adjustment(models.Model):
    """Another figure that a unit proposes for its share, with a reason, and how the body that handed down settled it.

    One is open for a unit and target at a time; all stay. ``asked_of`` is the body. ``answer`` is its reason,
    blank where the proposed figure was taken; ``allocation`` is the share that came of it, null where none did.
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="adjustments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="adjustments")
    asked_of = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    minimum = models.DecimalField(_("minimum"), null=True, blank=True, **FIGURE)
    maximum = models.DecimalField(_("maximum"), null=True, blank=True, **FIGURE)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AdjustmentState, default=AdjustmentState.OPEN)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    allocation = models.OneToOneField(
        Allocation, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustment"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "unit"], condition=Q(state="open"), name="targets_adjustment_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AdjustmentState.values), name="targets_adjustment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=False) | Q(maximum__isnull=False), name="targets_adjustment_has_a_bound"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="targets_adjustment_settled_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "changed"], allocation__isnull=False)
                | (~Q(state__in=["accepted", "changed"]) & Q(allocation__isnull=True)),
                name="targets_adjustment_gives_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.unit_id}: {self.minimum}–{self.maximum}"

    @property
    def is_open(self) -> bool:
        """Whether it waits to be settled."""
        return self.state == AdjustmentState.OPEN


class TargetProposal(Proposal):
    """A target found in a document, or marked there by hand; ``target`` once it was accepted.

    ``found`` and ``wish`` have the keys of ``targets.proposals.KEYS``.
    """

    target = models.OneToOneField(Target, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal")

    class Meta(Proposal.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "rejected"]), name="targets_proposal_state"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="targets_proposal_has_words"),
        ]
