"""What becomes of occurrences when the days change: none in which somebody took part is lost. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..timing import Span

When = Span | None


@dataclass(frozen=True)
class Standing:
    """An occurrence as it stands; ``when`` is null without a day."""

    pk: int
    when: When
    is_recorded: bool


@dataclass(frozen=True)
class Changes:
    """``order`` is what shall stand, in order of time: each the pk of a row (null: a new one) with its days.

    ``gone`` are the rows that go.
    """

    order: list[tuple[int | None, When]]
    gone: list[int]


def reconciled(standing: Sequence[Standing], wished: Sequence[When]) -> Changes:
    """Return how what stands becomes what is wished.

    A row keeps a day that is wished again. Of the others, those that are not recorded take the days that are left, the
    first the first; a recorded one stays as it is, for it took place. The rest goes.
    """
    left = list(wished)
    kept: list[tuple[int | None, When]] = []
    free = []
    for row in standing:
        if row.when in left:
            left.remove(row.when)
            kept.append((row.pk, row.when))
        elif row.is_recorded:
            kept.append((row.pk, row.when))
        else:
            free.append(row.pk)
    taken: list[tuple[int | None, When]] = list(zip(free, left, strict=False))
    new: list[tuple[int | None, When]] = [(None, when) for when in left[len(free) :]]
    return Changes(sorted([*kept, *taken, *new], key=lambda one: _in_time(one[1])), free[len(left) :])


def _in_time(when: When) -> tuple[date, date]:
    return (date.max, date.max) if when is None else (when.starts_on, when.ends_on)


def adopted(
    days: Mapping[int, date | None], taken: Iterable[tuple[int, int]], loose: Iterable[tuple[int, int, date]]
) -> dict[int, int]:
    """Return for outcomes that belong to no occurrence yet to which they shall: outcome → occurrence.

    ``days`` is occurrence → its first day, in their order; ``taken`` says (unit, occurrence) that is recorded;
    ``loose`` are (outcome, unit, day). Each goes to the nearest free one; what finds none is left out.
    """
    busy: dict[int, set[int]] = defaultdict(set)
    for unit, occurrence in taken:
        busy[unit].add(occurrence)
    found = {}
    for outcome, unit, day in sorted(loose, key=lambda one: (one[2], one[0])):
        free = [pk for pk in days if pk not in busy[unit]]
        if free:
            found[outcome] = min(free, key=lambda pk: _distance(days[pk], day))
            busy[unit].add(found[outcome])
    return found


def _distance(day: date | None, other: date) -> int:
    return 10**6 if day is None else abs((day - other).days)
