"""Reading the stored totals as plain values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from reports.rollups.models import Rollup

from .statements import FIGURES, LINE
from .totals import Total

Owner = Literal["unit", "bloc"]


class Line(NamedTuple):
    """What one stored total is of: ids of its owner (a unit or a bloc), indicator, period and ``since``."""

    owner: int
    indicator: int
    period: int
    basis: str
    since: int | None


def rows_for_reading(
    owner: Owner, owner_ids: Sequence[int], *, indicators: Iterable[int], periods: Iterable[int], basis: str
) -> Iterator[tuple[Line, Total]]:
    """The stored totals of these owners for indicators and periods, of one basis, in one query."""
    rows = Rollup.objects.filter(
        indicator__in=list(indicators), period__in=list(periods), basis=basis, **{f"{owner}__in": owner_ids}
    )
    for row in rows.order_by().values_list(f"{owner}_id", *LINE, *FIGURES).iterator():
        yield Line(*row[:5]), Total(*row[5:])
