"""Official documents: frozen snapshots, numbered, issued, kept as files.

Only ``reports.documents.services`` writes these rows.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Job, StoredFile
from plans.models import Plan
from reports.enums import Basis, DocumentAction, DocumentKind, DocumentState
from units.models import Unit

WITHOUT_FIGURES = (DocumentKind.PLAN, DocumentKind.ALLOCATION, DocumentKind.CALENDAR, DocumentKind.REMINDER)


class OfficialDocument(models.Model):
    """A printed result. ``snapshot`` is the frozen context; ``file`` the very bytes that were made.

    ``span`` is written as in "2024-Q3". ``verify_code`` leads strangers to the public page. ``about``: the unit beneath
    that a scorecard tells of, or to which targets are handed down; else null. ``plan``: what the paper of a plan
    prints, or whose targets are handed down; null for other kinds, and where a draft was deleted. ``automatic``: the
    calendar asked for it, no person did.
    ``folded`` is what the register is searched by: the title, and the number once it has one.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    about = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    span = models.CharField(_("span"), max_length=10)
    title = models.CharField(_("title"), max_length=300)
    folded = models.CharField(max_length=400, editable=False)
    basis = models.CharField(max_length=12, choices=Basis)
    state = models.CharField(max_length=12, choices=DocumentState, default=DocumentState.DRAFT)
    automatic = models.BooleanField(default=False)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    dated = models.DateField(_("dated"), null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verify_code = models.CharField(max_length=40, unique=True, null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="reports_document_kind_known"),
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="reports_document_state_known"),
            models.CheckConstraint(
                condition=Q(state=DocumentState.DRAFT)
                | (
                    Q(number__isnull=False, dated__isnull=False, file__isnull=False, snapshot__isnull=False)
                    & ~Q(symbol="")
                ),
                name="reports_document_issued_is_whole",
            ),
            models.UniqueConstraint(
                fields=["unit", "symbol", "number", "dated"],
                condition=Q(number__isnull=False),
                name="reports_document_number_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "span"], condition=Q(automatic=True), name="reports_document_automatic_once"
            ),
            models.UniqueConstraint(
                fields=["supersedes"], condition=~Q(state=DocumentState.DRAFT), name="reports_document_replaced_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_figures(self) -> bool:
        """Whether it tells results, on one basis or the other: reports and scorecards do."""
        return self.kind not in WITHOUT_FIGURES


class DocumentEvent(models.Model):
    """One step in a document's life: made, rendered, issued, superseded. ``wording``: the version of the words made."""

    document = models.ForeignKey(OfficialDocument, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=12, choices=DocumentAction)
    wording = models.PositiveIntegerField(null=True, blank=True)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.document_id}"
