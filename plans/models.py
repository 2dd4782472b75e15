"""Issued documents and their numbered sections, with the history of each document.

A plan changes only through ``plans.services``. Targets and activities hang on sections from
their own apps; this app knows neither.
"""

import re
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import StoredFile
from units.models import Unit

from .enums import ISSUED_STATES, PlanKind, PlanState, ProposalState, Topic


class PlanQuerySet(models.QuerySet["Plan"]):
    """Which plans count. An earlier version stays readable (``accounts`` decides by whom) and counts nowhere."""

    def issued(self) -> "PlanQuerySet":
        """Plans that were issued, earlier versions included."""
        return self.filter(state__in=ISSUED_STATES)

    def current(self) -> "PlanQuerySet":
        """Each plan once: its latest issued version, or its draft where it was never issued."""
        unissued_amendment = Q(amends__isnull=False) & ~Q(state__in=ISSUED_STATES)
        return self.filter(~unissued_amendment & ~_has_later_version())

    def in_force(self) -> "PlanQuerySet":
        """The latest issued version of each plan: what asks, what is judged, what stands in documents."""
        return self.issued().filter(~_has_later_version())

    def numbered(self, *, unit: int, symbol: str, year: int) -> "PlanQuerySet":
        """Plans that the unit issued in that year under a symbol without number ("NQ/ĐTN"); ``Plan.bare_symbol``."""
        borne = rf"^[^-]*-{re.escape(symbol)}$"
        return self.issued().filter(unit=unit, issued_on__year=year, symbol__regex=borne)

    def with_place(self) -> "PlanQuerySet":
        """Annotate ``is_earlier``: whether a later version stands in the plan's place."""
        return self.annotate(is_earlier=_has_later_version())


def _has_later_version() -> models.Exists:
    """Whether a later version stands in the plan's place."""
    return models.Exists(Plan.objects.filter(state__in=ISSUED_STATES, amends=models.OuterRef("pk")))


class Plan(models.Model):
    """A document that a body issues for a term, mostly a year.

    ``number`` is the running number; the symbol beside it ("02-NQ/ĐTN") is ``symbol``, blank in a
    draft. A draft's number, date and place are those that its document bears, if any. ``text`` is
    the document as read, NFC; sections are spans of it or words of their own.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(_("kind"), max_length=15, choices=PlanKind)
    title = models.CharField(_("title"), max_length=300)
    folded = models.CharField(max_length=400, editable=False, db_index=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    issued_on = models.DateField(_("dated"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    starts_on = models.DateField(_("term starts on"))
    ends_on = models.DateField(_("term ends on"))
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="made_concrete_by"
    )
    # The version before: an amendment is a draft of its own until it is issued, and from then on stands in its place.
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    recipients = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    # Where in the text sections began that were deleted by hand: reading again does not bring them back.
    left_out = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_on", "unit", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plans_plan_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plans_plan_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plans_plan_term_runs_on"),
            models.CheckConstraint(
                condition=~Q(state__in=[PlanState.ISSUED, PlanState.CLOSED])
                | (Q(issued_on__isnull=False) & ~Q(symbol="")),
                name="plans_plan_issued_has_symbol_and_date",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | ~Q(amends=F("id")), name="plans_plan_amends_another"
            ),
            # The versions of a plan are a line: one open amendment at a time, one later version.
            models.UniqueConstraint(fields=["amends"], name="plans_plan_amended_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def bare_symbol(self) -> str:
        """What stands behind the number and its hyphen: "NQ/ĐTN"; empty in a draft."""
        return self.symbol.partition("-")[2]


class PlanEvent(models.Model):
    """One step in a plan's life: who, when, from which state to which, why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=PlanState)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.plan_id}"


class Section(models.Model):
    """A numbered part of a plan. ``number`` is the document's own ("1.7"), blank for a dash;

    ``address`` is the way down to it ("III/1/1.7"), unique even where the document repeats a number.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    order = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(_("number"), max_length=20, blank=True)
    address = models.CharField(max_length=120)
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    topic = models.CharField(_("topic"), max_length=15, choices=Topic, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    # The same section in the version of the plan that this one amends.
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later_versions")

    class Meta:
        ordering: ClassVar = ["plan", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "origin"], name="plans_section_origin_once"),
            models.UniqueConstraint(fields=["plan", "order"], name="plans_section_order_once"),
            models.UniqueConstraint(fields=["plan", "address"], name="plans_section_address_once"),
            models.CheckConstraint(condition=Q(topic="") | Q(topic__in=Topic.values), name="plans_section_topic_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()


class Reading(models.Model):
    """One run of the reader over a plan's document: when, by whom, what kind of file it was, where its pages begin.

    The text read is ``Plan.text``; what was found are the proposals, contradictions and duties of the plan.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="readings")
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file_kind = models.CharField(max_length=10)
    pages = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["plan", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.at}"


class Passage(models.Model):
    """A place in ``Plan.text``, offsets with ``end`` excluded: ``text[start:end] == quote``."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["plan", "start", "pk"]

    def __str__(self) -> str:
        return self.quote[:80]


class Proposal(Passage):
    """What the reader found and a person decides on. Targets and activities keep their own kind of it.

    ``found`` is what the machine made of the words, null for one that a person added from a selection; ``wish`` is
    what the person has typed over it, kept while undecided. ``doubts`` are rows ``{"code": …, "says": …}``.
    """

    found = models.JSONField(null=True, blank=True)
    wish = models.JSONField(null=True, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(Passage.Meta):
        abstract = True


class FoundContradiction(Passage):
    """Two things in the document that cannot both be meant. A person looks at it; nothing is mended silently."""

    kind = models.CharField(max_length=40)
    says = models.TextField()
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)


class ReportDeadline(Passage):
    """A deadline for sending something in, kept apart from targets: on a day, or ``recurring`` ("20 hằng tháng")."""

    due_on = models.DateField(null=True, blank=True)
    recurring = models.CharField(max_length=60, blank=True)
