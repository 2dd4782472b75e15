"""The only writers of periods and monthly reports, by concern: calendar, saving, review, reminding."""

from .bounds import move_bounds
from .days import set_deadline
from .evidence import add_evidence, withdraw_evidence
from .extensions import ask_for_time, decline_plea, end_extension, grant_extension
from .periods import create_periods, open_period
from .phrases import drop_phrase, keep_phrase
from .reminding import remind, remind_by_calendar
from .review import approve_report, approve_reports, reopen_report, return_report
from .saving import Draft, save_draft, save_drafts
from .standing_days import keep_rule
from .submitting import submit_report

__all__ = [
    "Draft",
    "add_evidence",
    "approve_report",
    "approve_reports",
    "ask_for_time",
    "create_periods",
    "decline_plea",
    "drop_phrase",
    "end_extension",
    "grant_extension",
    "keep_phrase",
    "keep_rule",
    "move_bounds",
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
