"""Vocabularies of reporting (contracts: Vocabularies)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class Timeliness(models.TextChoices):
    ON_TIME = "on_time", _("On time")
    LATE = "late", _("Late")
    MISSING = "missing", _("Missing")
    NOT_REQUIRED = "not_required", _("Not required")


class ReminderStep(models.TextChoices):
    """Why a unit was reminded of its report: a day of the calendar had come, or an officer asked."""

    BEFORE = "before", _("Before the due day")
    DUE = "due", _("On the due day")
    AFTER = "after", _("After the due day")
    LOCKS = "locks", _("Before the lock day")
    BY_HAND = "by_hand", _("By an officer")


class Basis(models.TextChoices):
    """Official counts approved reports only; provisional submitted and approved ones (rule 9)."""

    OFFICIAL = "official", _("Official")
    PROVISIONAL = "provisional", _("Provisional")


BASIS_STATES: dict[Basis, tuple[ReportState, ...]] = {
    Basis.OFFICIAL: (ReportState.APPROVED,),
    Basis.PROVISIONAL: (ReportState.SUBMITTED, ReportState.APPROVED),
}


class DocumentKind(models.TextChoices):
    PLAN = "plan", _("Plan")
    ALLOCATION = "allocation", _("Targets handed down")
    CALENDAR = "calendar", _("Calendar")
    MONTHLY = "monthly", _("Monthly report")
    QUARTERLY = "quarterly", _("Quarterly report")
    HALF_YEAR = "half-year", _("Half-year report")
    NINE_MONTH = "nine-month", _("Nine-month report")
    ANNUAL = "annual", _("Annual report")
    SCORECARD = "scorecard", _("Scorecard")
    REMINDER = "reminder", _("Reminder dispatch")


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    SUPERSEDED = "superseded", _("Superseded")


class DocumentAction(models.TextChoices):
    """A step in a document's life, as its history names it."""

    REQUESTED = "requested", _("Asked for")
    SCHEDULED = "scheduled", _("Asked for by the calendar")
    RENDERED = "rendered", _("Draft made")
    ISSUED = "issued", _("Issued under its number")
    SUPERSEDED = "superseded", _("Superseded by another")
    REWORDED = "reworded", _("Words edited")
    RESTORED = "restored", _("Earlier words restored")
    REGATHERED = "regathered", _("Asked for anew, with new figures")


class WordingCause(models.TextChoices):
    """Why a version of a document's words was made."""

    PREFILLED = "prefilled", _("Put together by the portal")
    EDITED = "edited", _("Edited")
    RESTORED = "restored", _("An earlier version restored")
    GATHERED = "gathered", _("Figures gathered anew")
