"""The only writers of periods and monthly reports, by concern: calendar, saving, review, reminding."""

from .evidence import add_evidence, withdraw_evidence
from .periods import create_periods, open_period, set_deadline
from .phrases import drop_phrase, keep_phrase
from .reminding import remind, remind_by_calendar
from .review import approve_report, approve_reports, reopen_report, return_report
from .saving import Draft, save_draft, save_drafts
from .submitting import submit_report

__all__ = [
    "Draft",
    "add_evidence",
    "approve_report",
    "approve_reports",
    "create_periods",
    "drop_phrase",
    "keep_phrase",
    "open_period",
    "remind",
    "remind_by_calendar",
    "reopen_report",
    "return_report",
    "save_draft",
    "save_drafts",
    "set_deadline",
    "submit_report",
    "withdraw_evidence",
]
