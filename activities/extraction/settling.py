"""When a row of a table takes place: what its time cell says, what the row above says, what its own words say."""

from collections.abc import Sequence
from dataclasses import replace

from plans.outline.shapes import Outline
from plans.vietnamese.times import Precision, Role, Span, Time

from .choosing import Choice, chosen


def cell_choice(times: list[Time]) -> Choice | None:
    """Return the time of a time cell: all that stands there counts, also named days and "thường xuyên"."""
    usable = [time for time in times if time.windows]
    if not usable:
        return None
    fine = [time for time in usable if time.precision is not Precision.YEAR] or usable[:1]
    plain = [replace(time, role=Role.DOING) for time in fine]
    return chosen(plain, bare="", offset=0, calendar=True)


def own_choice(
    outline: Outline, place: tuple[int, int], times: list[Time], *, cell: Choice | None, grouped: bool
) -> Choice | None:
    """Return the time in a row's own words, null for none.

    Where rows are grouped by months a day in brackets is the time, also one that commemorates: "Lễ kỷ niệm Ngày Nhà
    giáo (20/11)".
    """
    bare = outline.bare_text[slice(*place)]
    own = chosen(times, bare=bare, offset=place[0], calendar=cell is None)
    if own is not None or cell is None or not grouped or cell.windows[0].precision is Precision.DAY:
        return own
    single = [time for time in times if len(time.years) < 2]
    named = chosen(single, bare=bare, offset=place[0], calendar=True)
    return named if named and _is_day_within(named, cell) else None


def settled(cell: Choice | None, own: Choice | None, *, alone: bool, inherited: bool) -> tuple[Choice | None, bool]:
    """Return a row's time and whether its cell and its own words contradict each other.

    ``cell`` is the time of its cell, ``inherited`` that it is the row above's; ``alone``: nothing shares the cell.
    What is more exact counts: days below a month, also where they begin before it.
    """
    if cell is None or own is None or inherited:
        return own or cell, False
    if not _overlap(own.windows, cell.windows):
        return (cell, True) if alone else (own, False)
    exact = own.windows[0].precision is Precision.DAY and cell.windows[0].precision is not Precision.DAY
    return (own if exact or not alone or _within(own.windows, cell.windows) else cell), False


def inherits(cell: Choice, *, numbered: bool) -> bool:
    """Tell whether a row without a time of its own has the one of the row above.

    A month's rows share it; a day is the one row's above where each row has a number.
    """
    return not (numbered and cell.windows[0].precision is Precision.DAY)


def _is_day_within(own: Choice, cell: Choice) -> bool:
    return own.windows[0].precision is Precision.DAY and _within(own.windows, cell.windows)


def _within(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    first, last = min(span.starts_on for span in outer), max(span.ends_on for span in outer)
    return all(first <= span.starts_on and span.ends_on <= last for span in inner)


def _overlap(left: Sequence[Span], right: Sequence[Span]) -> bool:
    return any(one.starts_on <= other.ends_on and other.starts_on <= one.ends_on for one in left for other in right)
