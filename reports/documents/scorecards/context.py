"""What stands on a scorecard, frozen: no ORM, no clock."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.documents.context import Head, Recipient, Replaced, ReportingMark, Signer, TargetRow, Verification
from reports.documents.snapshot import SnapshotError, from_plain, to_plain

# Raised when stored snapshots could no longer be read by their type hints alone.
SNAPSHOT_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """A target at the unit. ``row`` bears the unit's own bounds; ``judged`` false: it adds to a total without any."""

    row: TargetRow
    judged: bool


@dataclass(frozen=True, kw_only=True)
class TakenPart:
    """An activity in which the unit took part, on its (last) day; ``people`` null where nobody counted them."""

    name: str
    on: date
    people: int | None = None


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The whole page. ``marks`` are one a month of ``months``; activities stand newest first."""

    draft: bool
    provisional: bool
    head: Head
    unit: str
    month_label: str  # "tháng 9/2024"
    year: int
    ends_on: date
    rows: tuple[ScoreRow, ...]
    months: tuple[int, ...]
    marks: tuple[ReportingMark, ...]
    activities: tuple[TakenPart, ...]
    recipients: tuple[Recipient, ...]
    archive: str
    signer: Signer
    verification: Verification | None = None
    replaces: Replaced | None = None

    def __post_init__(self) -> None:
        if len(self.marks) != len(self.months):
            raise ValueError("A scorecard needs one mark a month.")

    @property
    def judged(self) -> int:
        return sum(row.judged for row in self.rows)

    @property
    def reached(self) -> int:
        """Targets met or exceeded in time."""
        return sum(row.judged and row.row.status in ("met", "exceeded") for row in self.rows)

    @property
    def reporting(self) -> dict[str, int]:
        """How many months' reports were on time, late, missing."""
        return dict(Counter(mark.timeliness for mark in self.marks))

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON: Decimals and dates as strings."""
        return {"version": SNAPSHOT_VERSION, "scorecard": to_plain(self)}

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "Scorecard":
        """Equal to what was frozen. Raises SnapshotError for another version or another shape."""
        if snapshot.get("version") != SNAPSHOT_VERSION:
            raise SnapshotError(f"A snapshot of version {SNAPSHOT_VERSION} was expected.")
        card: Scorecard = from_plain(cls, snapshot.get("scorecard"))
        return card
