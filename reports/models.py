"""Every table of the app, gathered for Django from the rooms that own them."""

from reports.documents.models import DocumentEvent, OfficialDocument
from reports.documents.scorecards.models import ScorecardPiece
from reports.documents.wording.models import WordingVersion
from reports.progress.models import (
    DeadlineRule,
    Evidence,
    Extension,
    Narrative,
    Period,
    PeriodDeadline,
    ProgressEntry,
    ProgressReport,
    ReasonPhrase,
    ReportEvent,
    TakenOutcome,
)
from reports.rollups.models import (
    CarrierCase,
    CarrierCount,
    DirtyMark,
    KeptPlan,
    KeptState,
    LastChange,
    Rollup,
    SelfAudit,
)

__all__ = [
    "CarrierCase",
    "CarrierCount",
    "DeadlineRule",
    "DirtyMark",
    "DocumentEvent",
    "Evidence",
    "Extension",
    "KeptPlan",
    "KeptState",
    "LastChange",
    "Narrative",
    "OfficialDocument",
    "Period",
    "PeriodDeadline",
    "ProgressEntry",
    "ProgressReport",
    "ReasonPhrase",
    "ReportEvent",
    "Rollup",
    "ScorecardPiece",
    "SelfAudit",
    "TakenOutcome",
    "WordingVersion",
]
