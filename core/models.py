"""Rows that every app stands on: long jobs, stored files, notices, the worker's sign of life.

Nothing of the domain lives here: a job, a file or a notice names its subject by words that the
owning app registered (``core.jobs``, ``core.files``, ``core.notices``).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class StoredFile(models.Model):
    """A private file, known by its content; it is served only through its owner's scope.

    ``kind`` and ``subject`` say what the file belongs to ("reports.document", "17"); the app that
    registered the kind decides who may read it.
    """

    kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=50, blank=True)
    name = models.CharField(max_length=200)
    content = models.FileField(upload_to="stored/%Y/%m/")
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "subject"])]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One long piece of work: a row, so that a lost message loses nothing.

    ``claim`` is the token of the worker that runs it; every later write is conditional on it.
    """

    kind = models.CharField(max_length=50)
    title = models.CharField(max_length=250)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs"
    )
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_text = models.CharField(max_length=250, blank=True)
    error = models.TextField(blank=True)
    result_url = models.CharField(max_length=250, blank=True)
    result_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "heartbeat_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="core_job_state_known"),
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")), name="core_job_progress_within"
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(claim__isnull=False, heartbeat_at__isnull=False),
                name="core_job_running_is_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Notice(models.Model):
    """A line to one person, in the portal and perhaps by e-mail.

    ``tried_at`` and ``claim``: when, and in which letter, it was last about to be mailed; ``refusals``: how often the
    mail server did not take that letter. ``emailed_at`` is set once it went.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=50)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=250, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True, db_index=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "read_at"]),
            # Looked through every few minutes for what may be mailed: only the newest lines are.
            models.Index(
                fields=["created_at"],
                condition=Q(emailed_at__isnull=True, read_at__isnull=True),
                name="core_notice_not_mailed",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NoticePreference(models.Model):
    """Whether a person wants a kind of notice by e-mail; in the portal they all appear."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=50)
    by_email = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="core_notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class WorkerSign(models.Model):
    """A background worker's last sign of life, read by ``/healthz``."""

    name = models.CharField(max_length=150, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
