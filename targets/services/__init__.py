"""Every write to the catalogue (``catalogue``), to targets (``commitments``), to allocations (``shares``) and to what
units propose instead (``adjustments``).
"""

from .adjustments import accept_adjustment, decline_adjustment, propose_adjustment, withdraw_adjustment
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
    "accept_adjustment",
    "add_target",
    "allocate",
    "confirm_indicator",
    "decline_adjustment",
    "delete_target",
    "fingerprint_of",
    "hand_down_many",
    "merge_indicators",
    "move_target",
    "propose_adjustment",
    "propose_indicator",
    "recode_targets",
    "revise_target",
    "withdraw_adjustment",
]
