"""Pages of monthly reports, by who works there: the unit, the reviewer, whoever looks after lateness."""

from .evidence import evidence_add, evidence_withdraw
from .lateness import lateness
from .reminding import remind_all, remind_one
from .report import autosave, own, report, save, submit
from .review import approve, approve_many, reopen, review, send_back

__all__ = [
    "approve",
    "approve_many",
    "autosave",
    "evidence_add",
    "evidence_withdraw",
    "lateness",
    "own",
    "remind_all",
    "remind_one",
    "reopen",
    "report",
    "review",
    "save",
    "send_back",
    "submit",
]
