"""A target as a plan asks it, frozen: no ORM, no clock. What has been reached of it is not here.

Shared by the paper of a plan and by the papers that hand its targets down.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .context import CarriedBy, Measured


@dataclass(frozen=True, kw_only=True)
class Share:
    """Bounds in the indicator's measure, in percent for a ratio; null where open. Both null: none was handed down."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def is_given(self) -> bool:
        return self.minimum is not None or self.maximum is not None


@dataclass(frozen=True, kw_only=True)
class AskedTarget:
    """A target with the bounds of the plan. ``share``: what it comes to for those whom the paper is about."""

    clause: str
    content: str
    measure: str
    measured: Measured
    carried_by: CarriedBy
    minimum: Decimal | None
    maximum: Decimal | None
    required_share: Decimal | None
    who: str  # "Chi đoàn cơ sở"
    due_on: date
    carriers: int | None = None
    share: Share = Share()


@dataclass(frozen=True, kw_only=True)
class AskedGroup:
    """The targets under one heading of the plan."""

    heading: str
    rows: tuple[AskedTarget, ...]
