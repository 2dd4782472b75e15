"""Every write to the catalogue (``catalogue``), to targets (``commitments``) and to allocations (``shares``)."""

from .catalogue import confirm_indicator, merge_indicators, propose_indicator
from .commitments import (
    TargetChanges,
    TargetFacts,
    add_target,
    delete_target,
    fingerprint_of,
    move_target,
    recode_targets,
    revise_target,
)
from .shares import Share, SharesRefused, allocate, hand_down_many

__all__ = [
    "Share",
    "SharesRefused",
    "TargetChanges",
    "TargetFacts",
    "add_target",
    "allocate",
    "confirm_indicator",
    "delete_target",
    "fingerprint_of",
    "hand_down_many",
    "merge_indicators",
    "move_target",
    "propose_indicator",
    "recode_targets",
    "revise_target",
]
