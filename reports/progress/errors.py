"""What the services of monthly reports refuse, and why. Every sentence is for a person to read."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User


@dataclass(frozen=True)
class Problem:
    """One thing that blocks: the indicator it is about (null: the whole report), the field, the sentence.

    ``field`` is one of ``amount``, ``numerator``, ``denominator``, ``is_done``, ``done_on``, or blank.
    """

    indicator_id: int | None
    field: str
    message: str


class ReportError(Exception):
    """The base of all refusals of this room."""


class WrongState(ReportError):
    """The report is not in a state from which this step leads on; somebody else may have been faster."""

    def __init__(self, *, state: str, action: str) -> None:
        super().__init__(f"{action} from {state}")
        self.state = state
        self.action = action


class StaleVersion(ReportError):
    """Someone saved or moved the report after this person opened it. ``by`` is null where unknown."""

    def __init__(self, *, by: User | None, at: datetime | None) -> None:
        super().__init__(f"changed by {by} at {at}")
        self.by = by
        self.at = at


class EntriesRefused(ReportError):
    """Figures that cannot be kept at all; nothing of this save was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class SubmissionBlocked(ReportError):
    """The report cannot be submitted; ``problems`` says what stands in the way."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class ReasonMissing(ReportError):
    """Returning and reopening need a reason: the unit must know what to correct."""


class PhraseRefused(ReportError):
    """A sentence is not kept: it is blank or too long (``LENGTH``), or the body keeps too many already (``NUMBER``)."""

    LENGTH, NUMBER = "length", "number"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
