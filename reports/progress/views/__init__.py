"""Pages of monthly reports, by who works there: the unit, the reviewer, whoever looks after lateness."""

from .approving import approve_many, approve_summary
from .evidence import evidence_add, evidence_withdraw
from .extension import extension, extension_ask, extension_decline, extension_end
from .lateness import lateness
from .phrases import phrase_remove, phrases
from .reminding import remind_all, remind_one
from .report import autosave, own, report, save, submit
from .review import approve, reopen, review, send_back

__all__ = [
    "approve",
    "approve_many",
    "approve_summary",
    "autosave",
    "evidence_add",
    "evidence_withdraw",
    "extension",
    "extension_ask",
    "extension_decline",
    "extension_end",
    "lateness",
    "own",
    "phrase_remove",
    "phrases",
    "remind_all",
    "remind_one",
    "reopen",
    "report",
    "review",
    "save",
    "send_back",
    "submit",
]
