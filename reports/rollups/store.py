"""Reading and writing the stored totals as plain values; only rows that differ are written."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from django.db.models import QuerySet

from reports.rollups.models import Rollup

from .totals import Total

LINE = ("indicator_id", "period_id", "basis", "since_id")
FIGURES = ("amount", "numerator", "denominator", "done_on", "reported", "carried")

Owner = Literal["unit", "bloc"]
Item = TypeVar("Item")


class Line(NamedTuple):
    """What one stored total is of: ids of its owner (a unit or a bloc), indicator, period and ``since``."""

    owner: int
    indicator: int
    period: int
    basis: str
    since: int | None


def chunks(items: Sequence[Item], size: int = 500) -> Iterator[Sequence[Item]]:
    """The items in runs that a database takes as parameters of one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def rows_of_units(
    unit_ids: Sequence[int], period_ids: Sequence[int], *, without: Iterable[int]
) -> Iterator[tuple[Line, Total]]:
    """The stored totals of these units in these periods, but for the indicators ``without``."""
    for some in chunks(unit_ids):
        rows = Rollup.objects.filter(unit__in=some, period__in=period_ids).exclude(indicator__in=list(without))
        yield from _read(rows, "unit_id")


def rows_of_children(
    parent_ids: Sequence[int], period_ids: Sequence[int], *, without: Iterable[int]
) -> Iterator[tuple[Line, Total]]:
    """The stored totals of every unit directly beneath these; the line's owner is the parent."""
    rows = Rollup.objects.filter(unit__parent__in=parent_ids, period__in=period_ids)
    yield from _read(rows.exclude(indicator__in=list(without)), "unit__parent_id")


def rows_for_reading(
    owner: Owner, owner_ids: Sequence[int], *, indicators: Iterable[int], periods: Iterable[int], basis: str
) -> Iterator[tuple[Line, Total]]:
    """The stored totals of these owners for indicators and periods, of one basis, in one query."""
    rows = Rollup.objects.filter(
        indicator__in=list(indicators), period__in=list(periods), basis=basis, **{f"{owner}__in": owner_ids}
    )
    yield from _read(rows, f"{owner}_id")


def _read(rows: QuerySet[Rollup], owner: str) -> Iterator[tuple[Line, Total]]:
    for row in rows.order_by().values_list(owner, *LINE, *FIGURES).iterator():
        yield Line(*row[:5]), Total(*row[5:])


def replace(owner: Owner, owner_ids: Sequence[int], period_ids: Sequence[int], fresh: dict[Line, Total]) -> None:
    """Make the stored totals of these owners in these periods equal to ``fresh``."""
    stored = Rollup.objects.filter(period__in=period_ids, **{f"{owner}__in": owner_ids}).order_by()
    gone: list[int] = []
    changed: list[Rollup] = []
    missing = dict(fresh)
    for pk, *row in stored.values_list("pk", f"{owner}_id", *LINE, *FIGURES).iterator():
        line = Line(*row[:5])
        total = missing.pop(line, None)
        if total is None:
            gone.append(pk)
        elif total != Total(*row[5:]):
            changed.append(_row(owner, line, total, pk=pk))
    for some in chunks(gone):
        Rollup.objects.filter(pk__in=some).delete()
    Rollup.objects.bulk_update(changed, FIGURES, batch_size=200)
    Rollup.objects.bulk_create((_row(owner, line, total) for line, total in missing.items()), batch_size=1000)


def _row(owner: Owner, line: Line, total: Total, *, pk: int | None = None) -> Rollup:
    figures: dict[str, Any] = {name: getattr(total, name) for name in FIGURES}
    figures[f"{owner}_id"] = line.owner
    return Rollup(
        pk=pk, indicator_id=line.indicator, period_id=line.period, basis=line.basis, since_id=line.since, **figures
    )
