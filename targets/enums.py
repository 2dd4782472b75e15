"""Vocabularies of indicators and targets (contracts: Vocabularies; domain: Targets)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorKind(models.TextChoices):
    AMOUNT = "amount", _("Amount")
    RATIO = "ratio", _("Ratio")
    MILESTONE = "milestone", _("Milestone")


class OverTime(models.TextChoices):
    SUM = "sum", _("Added up over the months")
    LATEST = "latest", _("As it stands now")


class Carrier(models.TextChoices):
    """Who carries a target, hence who is asked and what is tested (domain: Targets, 2)."""

    ISSUER_OWN = "issuer_own", _("The issuing body itself")
    POOLED = "pooled", _("All units together")
    EACH_UNIT = "each_unit", _("Each unit")
    EACH_BLOC = "each_bloc", _("Each emulation bloc")


class Reach(models.TextChoices):
    """Which units of the named kinds carry an ``each_unit`` target."""

    DIRECT = "direct", _("Units directly under the issuing body")
    ALL = "all", _("All units beneath the issuing body")


class AdjustmentState(models.TextChoices):
    """How a unit's proposal of another figure for its share stands."""

    OPEN = "open", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    CHANGED = "changed", _("Another figure was set")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
