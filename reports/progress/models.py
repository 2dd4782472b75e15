"""Periods and monthly reports: what a unit said, when, and every step of its review.

Only ``reports.progress.services`` writes these rows.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import StoredFile
from plans.enums import Topic
from reports.enums import ReminderStep, ReportState
from targets.models import FIGURE, Indicator
from units.enums import Level
from units.models import Unit


class Period(models.Model):
    """A named month of the one calendar, owned by the topmost unit.

    ``first_day``/``last_day`` are its own cut-offs; ``due_on`` is the last day in time,
    ``locks_on`` the last day on which a report is taken at all. Not open until ``opened_at``.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="periods")
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    due_on = models.DateField(_("due on"))
    locks_on = models.DateField(_("locks on"))
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["year", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "year", "month"], name="reports_period_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="reports_period_month"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="reports_period_runs_on"),
            models.CheckConstraint(condition=Q(locks_on__gte=F("due_on")), name="reports_period_locks_after_due"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


class PeriodDeadline(models.Model):
    """Other days for one level or one unit in one period; the unit's row wins over its level's."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="deadlines")
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField(_("due on"))
    locks_on = models.DateField(_("locks on"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__isnull=True, unit__isnull=False) | Q(level__isnull=False, unit__isnull=True),
                name="reports_deadline_level_or_unit",
            ),
            models.UniqueConstraint(
                fields=["period", "level"], condition=Q(unit__isnull=True), name="reports_deadline_level_once"
            ),
            models.UniqueConstraint(
                fields=["period", "unit"], condition=Q(level__isnull=True), name="reports_deadline_unit_once"
            ),
            models.CheckConstraint(condition=Q(locks_on__gte=F("due_on")), name="reports_deadline_locks_after_due"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}: {self.due_on}"


class ProgressReport(models.Model):
    """One unit's report for one period.

    ``version`` grows with every save, so that the second of two people is told.
    ``first_submitted_at`` decides timeliness and never changes once set.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.NOT_STARTED)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["period", "unit"]
        indexes: ClassVar = [models.Index(fields=["period", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "period"], name="reports_report_once"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="reports_report_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
                | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
                name="reports_report_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.APPROVED) | Q(approved_at__isnull=False),
                name="reports_report_approved_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_id}"


class ReportEvent(models.Model):
    """One transition of a report. ``on_behalf`` is set where an officer acted for the unit."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=12)
    from_state = models.CharField(max_length=12, choices=ReportState)
    to_state = models.CharField(max_length=12, choices=ReportState)
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.report_id}"


class ProgressEntry(models.Model):
    """One indicator in one report. No figure at all is "not reported"; 0 is an entered zero.

    Amount: ``amount`` of this period. Ratio: ``numerator`` of ``denominator`` as they stand now.
    Milestone: ``is_done``, and ``done_on`` where it is.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="entries")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="entries")
    amount = models.DecimalField(null=True, blank=True, **FIGURE)
    numerator = models.DecimalField(null=True, blank=True, **FIGURE)
    denominator = models.DecimalField(null=True, blank=True, **FIGURE)
    is_done = models.BooleanField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "indicator"], name="reports_entry_once"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True, is_done__isnull=True)
                | Q(amount__isnull=True, numerator__isnull=False, denominator__isnull=False, is_done__isnull=True)
                | Q(amount__isnull=True, numerator__isnull=True, denominator__isnull=True, is_done__isnull=False),
                name="reports_entry_one_shape",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="reports_entry_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0, numerator__lte=F("denominator")),
                name="reports_entry_part_within_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_done=True, done_on__isnull=False)
                | (Q(done_on__isnull=True) & (Q(is_done=False) | Q(is_done__isnull=True))),
                name="reports_entry_done_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.indicator_id}"


class Narrative(models.Model):
    """A report's own words under one of the plan's headings."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="narratives")
    topic = models.CharField(max_length=15, choices=Topic)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "topic"], name="reports_narrative_once"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="reports_narrative_topic_known"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.topic}"


class Evidence(models.Model):
    """A photo or file under a report. Withdrawn: the file is gone, the row says that it was there."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="evidence")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["report", "added_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(file__isnull=True), name="reports_evidence_withdrawn_is_gone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.caption}"

    @property
    def is_photo(self) -> bool:
        return self.file is not None and self.file.content_type.startswith("image/")


class Reminder(models.Model):
    """A unit was reminded of a report: by the calendar, or by an officer (``actor``).

    ``day``: the calendar's day that the step is for, which may be told later; by hand the day itself. One row a step
    and day, so that nobody is told twice. ``people``: how many were told; 0 where nobody reports for the unit.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=8, choices=ReminderStep)
    day = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "step", "day"], name="reports_reminder_once"),
            models.CheckConstraint(condition=Q(step__in=ReminderStep.values), name="reports_reminder_step_known"),
            models.CheckConstraint(
                condition=Q(step=ReminderStep.BY_HAND, actor__isnull=False)
                | (~Q(step=ReminderStep.BY_HAND) & Q(actor__isnull=True)),
                name="reports_reminder_by_hand_has_actor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.report_id}"


class ReasonPhrase(models.Model):
    """A reason for returning a report that a reviewing body keeps, offered to all who review for it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("sentence"), max_length=300)
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["unit", "added_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "text"], name="reports_phrase_once"),
            models.CheckConstraint(condition=~Q(text=""), name="reports_phrase_not_blank"),
        ]

    def __str__(self) -> str:
        return self.text
