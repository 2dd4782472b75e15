"""What one stored total is of, as a plain value."""

from typing import Literal, NamedTuple

Owner = Literal["unit", "bloc"]


class Line(NamedTuple):
    """What one stored total is of: ids of its owner (a unit or a bloc), indicator, period and ``since``."""

    owner: int
    indicator: int
    period: int
    basis: str
    since: int | None
