"""From the database to a periodic report's frozen context: what is said, not how it looks.

One module a part: ``spans`` (which months), ``told_plans`` (which plans), ``targets`` (annex of targets, annex by
unit), ``reporting`` (who reported when), ``calendar`` (activities), ``narrative`` (the words).
"""

from .report import (
    REPORT_SYMBOL,
    build_report,
    head_of,
    plan_reference,
    recipients_of,
    signer_of,
    symbol_of,
)
from .spans import kind_of, spans_up_to, title_of
from .told_plans import plans_told_in

__all__ = [
    "REPORT_SYMBOL",
    "build_report",
    "head_of",
    "kind_of",
    "plan_reference",
    "plans_told_in",
    "recipients_of",
    "signer_of",
    "spans_up_to",
    "symbol_of",
    "title_of",
]
