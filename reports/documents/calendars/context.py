"""What stands in a quarter's calendar, frozen: no ORM, no clock."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.documents.context import Head, PlanReference, Recipient, Replaced, Signer, Verification
from reports.documents.snapshot import freeze, thaw

MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class Event:
    """``time`` as it stands before the name: "10/10", "Trong tháng", "Cả năm". ``tentative``: not certain yet.

    ``note`` follows in brackets: "chuyển từ tháng 9"; empty for none.
    """

    time: str
    name: str
    tentative: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MonthEvents:
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarGroup:
    """What one side does: the events of each month, and ``across`` what runs over several or has no time."""

    heading: str
    months: tuple[MonthEvents, ...]
    across: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS:
            raise ValueError("A group of a quarter's calendar needs three months.")


@dataclass(frozen=True, kw_only=True)
class MarkedMonth:
    """A month with the days on which something takes place, and those on which reports are due."""

    year: int
    month: int
    days: tuple[int, ...] = ()
    due_days: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuarterCalendar:
    """The whole sheet. ``plans``: those of the body that it carries out; ``as_of``: the day it was drawn up."""

    draft: bool
    head: Head
    issuer: str
    issuer_short: str
    label: str  # "quý IV năm 2024"
    as_of: date
    plans: tuple[PlanReference, ...]
    months: tuple[MarkedMonth, ...]
    groups: tuple[CalendarGroup, ...]
    recipients: tuple[Recipient, ...]
    archive: str
    signer: Signer
    verification: Verification | None = None
    replaces: Replaced | None = None

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS:
            raise ValueError("A quarter has three months.")

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON: dates as strings."""
        return freeze("calendar", self)

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "QuarterCalendar":
        """Equal to what was frozen. Raises SnapshotError for another version or another shape."""
        calendar: QuarterCalendar = thaw("calendar", cls, snapshot)
        return calendar
