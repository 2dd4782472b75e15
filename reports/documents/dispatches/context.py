"""What stands in a reminder dispatch, frozen: no ORM, no clock."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.documents.context import Head, Recipient, Replaced, Signer, Verification
from reports.documents.snapshot import SnapshotError, from_plain, to_plain

# Raised when stored snapshots could no longer be read by their type hints alone.
SNAPSHOT_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class LateUnit:
    """A unit without a report so many days after its own due day; ``bloc`` is empty where it is in none."""

    unit: str
    bloc: str
    due_on: date
    days_late: int


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """The whole dispatch. ``as_of`` is the day on which the list was drawn up."""

    draft: bool
    provisional: bool
    head: Head
    sender: str  # "Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam"
    sender_short: str
    month_label: str  # "tháng 9/2024"
    as_of: date
    units: tuple[LateUnit, ...]
    recipients: tuple[Recipient, ...]
    archive: str
    signer: Signer
    verification: Verification | None = None
    replaces: Replaced | None = None

    @property
    def due_on(self) -> date | None:
        """The due day of all of them; null where they differ."""
        days = {row.due_on for row in self.units}
        return days.pop() if len(days) == 1 else None

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON: dates as strings."""
        return {"version": SNAPSHOT_VERSION, "dispatch": to_plain(self)}

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "Dispatch":
        """Equal to what was frozen. Raises SnapshotError for another version or another shape."""
        if snapshot.get("version") != SNAPSHOT_VERSION:
            raise SnapshotError(f"A snapshot of version {SNAPSHOT_VERSION} was expected.")
        dispatch: Dispatch = from_plain(cls, snapshot.get("dispatch"))
        return dispatch
