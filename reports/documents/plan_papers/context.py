"""What stands on the paper of a plan, frozen: no ORM, no clock."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.documents.asked import AskedGroup
from reports.documents.context import Head, Recipient, Replaced, Signer, Verification
from reports.documents.snapshot import freeze, thaw


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """A section in its own words. ``number`` is blank for a dash and for what stands before all numbers.

    ``depth`` counts from 1. ``items`` are the targets and activities of a section that says nothing itself.
    """

    number: str
    heading: str
    depth: int
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanActivity:
    """``time`` and ``who`` as they are to be read: "Tháng 3", "Đoàn Khối"; no time: ""."""

    name: str
    time: str
    who: str


@dataclass(frozen=True, kw_only=True)
class ActivityGroup:
    """The activities that hang on one section."""

    heading: str
    rows: tuple[PlanActivity, ...]


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """The whole document. ``as_of`` is the day on which it was read; ``theme`` is empty where the text says it.

    ``addressed``: to whom a plan goes that is a dispatch; empty for every other type. ``appendices``: annexes that the
    plan has of its own.
    """

    draft: bool
    head: Head
    type_name: str  # "Nghị quyết"
    addressed: str
    title: str
    issuer: str  # "Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam"
    theme: str
    as_of: date
    parts: tuple[PlanPart, ...]
    appendices: tuple[PlanPart, ...]
    target_groups: tuple[AskedGroup, ...]
    activity_groups: tuple[ActivityGroup, ...]
    recipients: tuple[Recipient, ...]
    archive: str
    signer: Signer
    verification: Verification | None = None
    replaces: Replaced | None = None

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON: Decimals and dates as strings."""
        return freeze("plan", self)

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "PlanPaper":
        """Equal to what was frozen. Raises SnapshotError for another version or another shape."""
        paper: PlanPaper = thaw("plan", cls, snapshot)
        return paper
