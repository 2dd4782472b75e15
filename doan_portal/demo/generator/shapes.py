"""The shapes in which the generator tells the year: figures, what became of each report, and single steps."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a unit says of one indicator in one month; the shape follows the indicator's kind.

    Whole numbers, because the two plans count nothing else. All null: left blank.
    """

    amount: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    is_done: bool | None = None
    done_on: date | None = None
    note: str = ""


BLANK = Figure()
Figures = dict[str, Figure]


class End(StrEnum):
    """How a report stands on the day of the demo; the values are those of the report's states."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A figure that was told wrongly first, and the reason with which the report came back.

    ``reopened_on`` null: found in review; a day: found after approval and reopened then.
    """

    key: str
    told: Figure
    reason: str
    reopened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Life:
    """What became of one unit's report for one month of 2024; moments are local time in Việt Nam."""

    unit: str
    month: int
    end: End
    begun_at: datetime | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    reviewer: str = ""
    entered_by: str | None = None
    mistake: Mistake | None = None


class Action(StrEnum):
    """The steps of a report, in the words of its workflow."""

    SAVE = "save"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One person doing one thing with one report. ``actor`` null: the unit's own secretary."""

    at: datetime
    action: Action
    unit: str
    month: int
    actor: str | None = None
    reason: str = ""
    figures: Figures = field(default_factory=dict)
    narratives: dict[str, str] = field(default_factory=dict)
