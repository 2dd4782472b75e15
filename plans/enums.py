"""Vocabularies of issued documents (contracts: Vocabularies; official-documents: Body)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    RESOLUTION = "resolution", _("Resolution")
    PROGRAMME = "programme", _("Programme")
    ORIENTATION = "orientation", _("Orientation")
    PLAN = "plan", _("Plan")
    GUIDELINE = "guideline", _("Guideline")
    DISPATCH = "dispatch", _("Dispatch")
    REPORT = "report", _("Report")
    DECISION = "decision", _("Decision")


PLAN_SYMBOLS: dict[PlanKind, str] = {
    PlanKind.RESOLUTION: "NQ",
    PlanKind.PROGRAMME: "CTr",
    PlanKind.ORIENTATION: "ĐH",
    PlanKind.PLAN: "KH",
    PlanKind.GUIDELINE: "HD",
    PlanKind.DISPATCH: "CV",
    PlanKind.REPORT: "BC",
    PlanKind.DECISION: "QĐ",
}


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("With the leader")
    ISSUED = "issued", _("Issued")
    CLOSED = "closed", _("Closed")


# From here on a plan's text stands. Whether a later version has taken its place says ``Plan.objects.in_force()``.
ISSUED_STATES = (PlanState.ISSUED, PlanState.CLOSED)


class Topic(models.TextChoices):
    """The headings under which a periodic report tells its results."""

    PROPAGANDA = "propaganda", _("Propaganda and education")
    MOVEMENTS = "movements", _("Revolutionary action movements")
    SUPPORT = "support", _("Programmes that accompany young people")
    CHILDREN = "children", _("Pioneers and children")
    ORGANISATION = "organisation", _("Building the Union and the Party")
    ADVISORY = "advisory", _("Advice, coordination and direction")


class ProposalState(models.TextChoices):
    """What became of something the reader found."""

    OPEN = "open", _("To look at")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
