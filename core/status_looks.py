"""How each state of the portal looks: its word, its shape and its colour class, always the three together.

A table of presentation only: what a state means, and which one holds, is decided by the apps that own it. The stored
values are those of the shared vocabularies; shapes are named in ``core.shapes``, classes in ``static/css/status.css``.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class StatusLook:
    """Word (translated when shown), shape and the CSS class that colours both."""

    word: str | Promise
    shape: str
    css: str


TARGET: Final = {
    "exceeded": StatusLook(pgettext_lazy("target status", "Exceeded"), "over", "st-over"),
    "met": StatusLook(pgettext_lazy("target status", "Met"), "met", "st-met"),
    "on_track": StatusLook(pgettext_lazy("target status", "On track"), "pace", "st-pace"),
    "at_risk": StatusLook(pgettext_lazy("target status", "At risk"), "risk", "st-risk"),
    "behind": StatusLook(pgettext_lazy("target status", "Behind"), "behind", "st-behind"),
    "missed": StatusLook(pgettext_lazy("target status", "Missed"), "missed", "st-missed"),
    "not_due": StatusLook(pgettext_lazy("target status", "Not due yet"), "notdue", "st-notdue"),
    "no_data": StatusLook(pgettext_lazy("target status", "Not reported"), "nodata", "st-nodata"),
}

REPORT: Final = {
    "not_started": StatusLook(pgettext_lazy("report state", "Not started"), "nodata", "st-none"),
    "draft": StatusLook(pgettext_lazy("report state", "Draft"), "draft", "st-draft"),
    "submitted": StatusLook(pgettext_lazy("report state", "Awaiting review"), "submitted", "st-submitted"),
    "returned": StatusLook(pgettext_lazy("report state", "Returned"), "returned", "st-returned"),
    "approved": StatusLook(pgettext_lazy("report state", "Approved"), "met", "st-approved"),
}

TIMELINESS: Final = {
    "on_time": StatusLook(pgettext_lazy("timeliness", "On time"), "ontime", "st-ontime"),
    "late": StatusLook(pgettext_lazy("timeliness", "Late"), "late", "st-late"),
    "missing": StatusLook(pgettext_lazy("timeliness", "Missing"), "missing", "st-missing"),
    "not_required": StatusLook(pgettext_lazy("timeliness", "Not required"), "exempt", "st-notrequired"),
}

JOB: Final = {
    "queued": StatusLook(pgettext_lazy("job state", "Waiting its turn"), "notdue", "st-queued"),
    "running": StatusLook(pgettext_lazy("job state", "Running"), "running", "st-running"),
    "done": StatusLook(pgettext_lazy("job state", "Done"), "met", "st-done"),
    "failed": StatusLook(pgettext_lazy("job state", "Failed"), "overdue", "st-failed"),
    "cancelled": StatusLook(pgettext_lazy("job state", "Stopped"), "cancelled", "st-cancelled"),
}

# "overdue" is computed, never stored.
ACTIVITY: Final = {
    "planned": StatusLook(pgettext_lazy("activity state", "Planned"), "planned", "st-planned"),
    "under_way": StatusLook(pgettext_lazy("activity state", "Under way"), "running", "st-running"),
    "done": StatusLook(pgettext_lazy("activity state", "Done"), "met", "st-done"),
    "postponed": StatusLook(pgettext_lazy("activity state", "Postponed"), "postponed", "st-postponed"),
    "cancelled": StatusLook(pgettext_lazy("activity state", "Cancelled"), "cancelled", "st-cancelled"),
    "overdue": StatusLook(pgettext_lazy("activity state", "Overdue"), "overdue", "st-overdue"),
}

REGISTRATION: Final = {
    "registered": StatusLook(pgettext_lazy("registration state", "Waiting for approval"), "submitted", "st-submitted"),
    "approved": StatusLook(pgettext_lazy("registration state", "Approved"), "met", "st-approved"),
    "returned": StatusLook(pgettext_lazy("registration state", "Returned"), "returned", "st-returned"),
    "withdrawn": StatusLook(pgettext_lazy("registration state", "Withdrawn"), "cancelled", "st-cancelled"),
}

PLAN: Final = {
    "draft": StatusLook(pgettext_lazy("plan state", "Draft"), "draft", "st-draft"),
    "in_review": StatusLook(pgettext_lazy("plan state", "With the leader"), "submitted", "st-review"),
    "issued": StatusLook(pgettext_lazy("plan state", "Issued"), "met", "st-issued"),
    "closed": StatusLook(pgettext_lazy("plan state", "Closed"), "locked", "st-closed"),
}

DOCUMENT: Final = {
    "draft": StatusLook(pgettext_lazy("document state", "Draft"), "draft", "st-draft"),
    "issued": StatusLook(pgettext_lazy("document state", "Issued"), "met", "st-issued"),
    "superseded": StatusLook(pgettext_lazy("document state", "Superseded"), "cancelled", "st-superseded"),
}

PROPOSAL: Final = {
    "open": StatusLook(pgettext_lazy("proposal state", "To be judged"), "planned", "st-planned"),
    "accepted": StatusLook(pgettext_lazy("proposal state", "Accepted"), "met", "st-met"),
    "rejected": StatusLook(pgettext_lazy("proposal state", "Rejected"), "cancelled", "st-cancelled"),
    "doubtful": StatusLook(pgettext_lazy("proposal state", "Unsure"), "risk", "st-risk"),
    "clash": StatusLook(pgettext_lazy("proposal state", "Contradiction"), "clash", "st-behind"),
}

BASIS_WORDS: Final[dict[str, str | Promise]] = {
    "official": _("Official"),
    "provisional": _("Provisional"),
}

VOCABULARIES: Final[dict[str, dict[str, StatusLook]]] = {
    "target": TARGET,
    "report": REPORT,
    "timeliness": TIMELINESS,
    "job": JOB,
    "activity": ACTIVITY,
    "registration": REGISTRATION,
    "plan": PLAN,
    "document": DOCUMENT,
    "proposal": PROPOSAL,
}


def look(value: str, vocabulary: str) -> StatusLook:
    """Return how a stored value looks. ``KeyError`` for a value or a vocabulary that does not exist."""
    return VOCABULARIES[vocabulary][value]
