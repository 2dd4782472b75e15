"""Vocabularies of the calendar (contracts: Vocabularies; domain: Activities)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Scope(models.TextChoices):
    ISSUER = "issuer", _("The issuing body")
    ALL_UNITS = "all_units", _("All units at once")
    BLOC = "bloc", _("A bloc")
    UNIT = "unit", _("A unit")


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    MONTHS = "months", _("Several months")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Whole year")
    PART_OF_MONTH = "part_of_month", _("Part of a month")


class Every(models.TextChoices):
    """How an activity comes back; which day it is stands beside it (``activities.models.Recurrence``)."""

    MONTH_DAY = "month_day", _("Each month on a day of the month")
    MONTH_WEEKDAY = "month_weekday", _("Each month on a weekday")
    WEEK = "week", _("Each week on a weekday")


class ReminderStep(models.TextChoices):
    """When people are reminded of a window of time: before it, and after it if nothing was recorded."""

    WEEK_AHEAD = "week_ahead", _("A week before")
    DAY_AHEAD = "day_ahead", _("The day before")
    BEGINS = "begins", _("At the beginning of the month or quarter")
    UNRECORDED = "unrecorded", _("Over, nothing recorded")


class RegistrationState(models.TextChoices):
    """How what a unit or bloc registered under a superior body's activity stands."""

    REGISTERED = "registered", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
