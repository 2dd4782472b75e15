"""Periods and monthly reports: what a unit said, when, and every step of its review.

Only ``reports.progress.services`` writes these rows.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import ParticipationFigure
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


class DeadlineRule(models.Model):
    """Standing days of a body: what the months to come ask of the unit and all beneath it, or of one level there.

    ``due_day`` is the first such day of a month after a period's last day, ``lock_day`` the first after the due day.
    A rule writes ``PeriodDeadline`` rows of the periods that are not open yet; what is open keeps its days.
    ``said_by``: the body whose word it is; null where nobody in particular said it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="deadline_rules")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    due_day = models.PositiveSmallIntegerField(_("due day"))
    lock_day = models.PositiveSmallIntegerField(_("lock day"))
    said_by = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["unit__path", F("level").asc(nulls_first=True)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(level__isnull=True), name="reports_deadline_rule_all_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "level"], condition=Q(level__isnull=False), name="reports_deadline_rule_level_once"
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=31, lock_day__gte=1, lock_day__lte=31),
                name="reports_deadline_rule_days_of_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.level}: {self.due_day}, {self.lock_day}"


class PeriodDeadline(models.Model):
    """Other days in one period for a unit and all beneath it, or for one level there.

    ``rule``: the standing rule that wrote the row; null where a person gave this month its days. ``said_by``: as there.
    What holds for a unit of several such rows is ``reports.progress.deadlines``.
    """

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="deadlines")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    due_on = models.DateField(_("due on"))
    locks_on = models.DateField(_("locks on"))
    rule = models.ForeignKey(DeadlineRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="rows")
    said_by = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period", "unit"], condition=Q(level__isnull=True), name="reports_deadline_all_once"
            ),
            models.UniqueConstraint(
                fields=["period", "unit", "level"],
                condition=Q(level__isnull=False),
                name="reports_deadline_level_once",
            ),
            models.CheckConstraint(condition=Q(locks_on__gte=F("due_on")), name="reports_deadline_locks_after_due"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.unit_id}/{self.level}: {self.due_on}"


class ProgressReport(models.Model):
    """One unit's report for one period.

    ``version`` grows with every save, so that the second of two people is told.
    ``first_submitted_at`` decides timeliness and never changes once set. ``sent_back`` is the return
    that the unit has to answer now, ``extension`` the exception in force.
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
    sent_back = models.ForeignKey("ReportEvent", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    extension = models.ForeignKey("Extension", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["period", "unit"]
        indexes: ClassVar = [
            models.Index(fields=["period", "state"]),
            models.Index(
                fields=["submitted_at", "id"], condition=Q(state=ReportState.SUBMITTED), name="reports_report_waiting"
            ),
        ]
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


class Extension(models.Model):
    """More time for one report: asked for by the unit, granted by an officer above, taken back. No row is ever deleted.

    Not ``granted_at``: the unit asked and waits, or was declined (``ended_at``, for the ``reason``). ``locks_on`` is
    the new lock day; ``due_on`` is set where what comes by then counts as in time. What is in force is
    ``ProgressReport.extension``.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="extensions")
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    plea = models.TextField(blank=True)
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    locks_on = models.DateField(_("locks on"), null=True, blank=True)
    reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True) | (Q(locks_on__isnull=False) & ~Q(reason="")),
                name="reports_extension_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=False) | (Q(asked_at__isnull=False) & ~Q(plea="")),
                name="reports_extension_asked_or_granted",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(locks_on__gte=F("due_on")),
                name="reports_extension_locks_after_due",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(granted_at__isnull=False, ended_at__isnull=True),
                name="reports_extension_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(granted_at__isnull=True, ended_at__isnull=True),
                name="reports_extension_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.locks_on}"


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


class TakenOutcome(models.Model):
    """The figure of an outcome that a report's entry holds, as whoever entered it confirmed.

    ``amount``: as it was then. A figure stands in one report at most, so that nothing is counted twice.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="taken_outcomes")
    figure = models.OneToOneField(ParticipationFigure, on_delete=models.PROTECT, related_name="taken")
    amount = models.DecimalField(**FIGURE)

    def __str__(self) -> str:
        return f"{self.report_id} {self.figure_id}"


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
