"""What stands on a paper that hands targets down, frozen: no ORM, no clock."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.documents.asked import AskedGroup, AskedTarget, Share
from reports.documents.context import Head, PlanReference, Recipient, Replaced, Signer, Verification
from reports.documents.snapshot import freeze, thaw


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """A unit and its share of each target of the grid."""

    name: str
    kind_short: str  # "ĐCS"; empty for kinds without a short name
    shares: tuple[Share, ...]


@dataclass(frozen=True, kw_only=True)
class GridBloc:
    """The units of one bloc; an empty name is a body without blocs."""

    name: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A row a unit, a column a target. ``sums``: what the shares of a column add up to, not given where they do not."""

    columns: tuple[AskedTarget, ...]
    blocs: tuple[GridBloc, ...]
    sums: tuple[Share, ...]
    kinds_note: str = ""

    def __post_init__(self) -> None:
        rows = [row.shares for bloc in self.blocs for row in bloc.rows] + [self.sums]
        if any(len(shares) != len(self.columns) for shares in rows):
            raise ValueError("Every row of the grid needs one share a column.")


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """The whole paper. ``unit`` is whom it is about; empty where it is about all units, and then ``grid`` lists them.

    In ``groups`` the share of a target is the unit's own, or what all units were handed together. ``as_of`` is the day
    on which the shares were in force; ``units`` how many there are.
    """

    draft: bool
    head: Head
    issuer: str  # "Ban Thường vụ Đoàn Khối các cơ quan tỉnh Quảng Nam"
    issuer_short: str
    unit: str
    units: int
    as_of: date
    year_label: str  # "năm 2024"
    plan: PlanReference
    groups: tuple[AskedGroup, ...]
    grid: Grid | None
    recipients: tuple[Recipient, ...]
    archive: str
    signer: Signer
    verification: Verification | None = None
    replaces: Replaced | None = None

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON: Decimals and dates as strings."""
        return freeze("allocation", self)

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "Allocation":
        """Equal to what was frozen. Raises SnapshotError for another version or another shape."""
        paper: Allocation = thaw("allocation", cls, snapshot)
        return paper
