"""Activities found in a document."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from plans.models import Proposal

from .activity import Activity


class ActivityProposal(Proposal):
    """An activity found in a document, or marked there by hand; ``activity`` once it was accepted.

    ``found`` and ``wish`` have the keys of ``activities.proposals.KEYS``.
    """

    activity = models.OneToOneField(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal")

    class Meta(Proposal.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "rejected"]), name="activities_proposal_state"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="activities_proposal_has_words"),
        ]
