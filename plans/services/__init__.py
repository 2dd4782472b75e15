"""Every write to plans and their sections.

``drafts`` begins a plan and guards its text; ``sections`` writes the numbered parts; ``life`` takes the steps from
draft to closed, and nothing else changes a plan's state. Targets and activities of a plan are written by their own
apps, which ask ``lock_draft`` first.
"""

from .drafts import PlanFacts, create_plan, lock_draft
from .life import close_plan, issue_plan, return_to_draft, send_to_leader
from .sections import (
    add_section,
    delete_section,
    fingerprint_of,
    move_section,
    parts_in_the_way,
    put_section_under,
    renumber,
    renumbered,
    revise_section,
    rewrite_section,
)

__all__ = [
    "PlanFacts",
    "add_section",
    "close_plan",
    "create_plan",
    "delete_section",
    "fingerprint_of",
    "issue_plan",
    "lock_draft",
    "move_section",
    "parts_in_the_way",
    "put_section_under",
    "renumber",
    "renumbered",
    "return_to_draft",
    "revise_section",
    "rewrite_section",
    "send_to_leader",
]
