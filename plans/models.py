"""Issued documents and their numbered sections, with the history of each document.

A plan changes only through ``plans.services``. Targets and activities hang on sections from
their own apps; this app knows neither.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import StoredFile
from units.models import Unit

from .enums import PlanKind, PlanState, Topic


class Plan(models.Model):
    """A document that a body issues for a term, mostly a year.

    ``number`` is the running number; the symbol beside it ("02-NQ/ĐTN") is ``symbol``. Both are
    blank in a draft. ``text`` is the document as read, NFC; sections are spans of it or words of
    their own.
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
    recipients = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    source = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

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
        ]

    def __str__(self) -> str:
        return self.title


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

    class Meta:
        ordering: ClassVar = ["plan", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "order"], name="plans_section_order_once"),
            models.UniqueConstraint(fields=["plan", "address"], name="plans_section_address_once"),
            models.CheckConstraint(condition=Q(topic="") | Q(topic__in=Topic.values), name="plans_section_topic_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()
