"""Where things stand in the board's small drawings: the three months of a quarter, and the lane of a year.

Pure: days in, places out, written by ``core.charts.place`` so that no language setting turns a point into a comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts import place

from .enums import Precision
from .timing import HasDays, Span, touches

MONTH_WIDTH, MONTH_STEP = 12, 13
ROW_HEIGHT, HEAD_HEIGHT, FOOT_HEIGHT = 28, 28, 22
# How much of the lane's width (which is never under 1000 px) a letter of 13 px and the gap between two items take, in
# percent: generous, because a fallback face may be wider.
LETTER, GAP = 0.75, 2.2


@dataclass(frozen=True)
class Mark:
    """A rectangle of the when-box, 38 × 10."""

    x: str
    y: str
    width: str
    height: str
    css: str


def when_marks(
    windows: Sequence[HasDays], precisions: Sequence[str], *, year: int, quarter: int, tentative: bool
) -> list[Mark]:
    """Return the marks of windows that touch the quarter: stroke (day), third (part of a month), boxes (months)."""
    marks = []
    for window, precision in zip(windows, precisions, strict=True):
        first = max(_month_index(window.starts_on, year, quarter), 0)
        last = min(_month_index(window.ends_on, year, quarter), 2)
        if first > last:
            continue
        marks.append(_mark(window, precision, first, last, tentative))
    return marks


def _month_index(day: date, year: int, quarter: int) -> int:
    """Return 0 to 2 within the quarter, below or above outside."""
    return (day.year - year) * 12 + day.month - (3 * quarter - 2)


def _mark(window: HasDays, precision: str, first: int, last: int, tentative: bool) -> Mark:
    x = first * MONTH_STEP
    if precision == Precision.DAY and window.starts_on == window.ends_on:
        stroke = x + Decimal(window.starts_on.day - 1) * 9 / 30
        return Mark(place(stroke), "0", "3", "10", "w-on")
    if precision == Precision.PART_OF_MONTH:
        x += 4 * min((window.starts_on.day - 1) // 10, 2)
        return Mark(place(x), "1", "4", "8", "w-on")
    width = (last - first) * MONTH_STEP + MONTH_WIDTH
    if tentative:
        return Mark(place(x + Decimal("0.6")), "1.6", place(width - Decimal("1.2")), "6.8", "w-tent")
    return Mark(place(x), "1", place(width), "8", "w-on")


@dataclass(frozen=True)
class LaneItem:
    """What to place in the lane: a span of the year with its label."""

    key: int
    span: Span
    label: str


@dataclass(frozen=True)
class Placed:
    """An item's place. ``x``/``width`` in percent; ``width`` is blank for a single day, which is a shape with a label.

    ``anchor`` is "end" where the label stands left of its shape; ``inside``: the label fits into its bar.
    """

    key: int
    label: str
    x: str
    width: str
    row_y: str
    anchor: str


def place_lane(items: Sequence[LaneItem], year: int) -> tuple[list[Placed], int]:
    """Return every item placed so that no two overlap, and the lane's height in px with a foot for today's label."""
    rows: list[list[tuple[float, float]]] = []
    placed = []
    for item in sorted(items, key=lambda item: (item.span.starts_on, item.span.ends_on, item.key)):
        start = day_share(item.span.starts_on, year)
        end = day_share(item.span.ends_on, year, ending=True)
        is_day = item.span.starts_on == item.span.ends_on
        label = len(item.label) * LETTER + GAP
        anchor = "end" if start + label > 100 and start - label > 0 else "start"
        taken = (
            (start - label, max(end + 0.5, start + GAP))
            if anchor == "end"
            else (start - 0.8, max(end + 0.5, start + label))
        )
        row = next((n for n, spans in enumerate(rows) if all(_apart(taken, other) for other in spans)), len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(taken)
        width = "" if is_day else place(end - start)
        placed.append(Placed(item.key, item.label, place(start), width, place(HEAD_HEIGHT + row * ROW_HEIGHT), anchor))
    return placed, HEAD_HEIGHT + max(len(rows), 1) * ROW_HEIGHT + FOOT_HEIGHT


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def day_share(day: date, year: int, *, ending: bool = False) -> float:
    """Return where a day stands in the year in percent, its end with ``ending``; days of other years stand at the edge.

    Months are drawn equally wide, as in the head of the lane.
    """
    if day.year != year:
        return 0.0 if day.year < year else 100.0
    length = 31 if day.month in {1, 3, 5, 7, 8, 10, 12} else 30 if day.month != 2 else 29
    return 100 / 12 * (day.month - 1 + min((day.day - (0 if ending else 1)) / length, 1))


@dataclass(frozen=True)
class Bar:
    """A time on the line of a year; ``x``/``width`` in percent, ``width`` blank for a single day, which is a dot."""

    x: str
    width: str
    css: str


def bars_of(windows: Sequence[HasDays], precisions: Sequence[str], *, year: int, tentative: bool) -> list[Bar]:
    """Return the bars of windows that touch the year: solid where days were given, else a frame over the whole span.

    A month is a frame over the month, never a mark on its first day. ``tentative`` ones are dashed.
    """
    bars = []
    for window, precision in zip(windows, precisions, strict=True):
        if not touches(window, date(year, 1, 1), date(year, 12, 31)):
            continue
        start, end = day_share(window.starts_on, year), day_share(window.ends_on, year, ending=True)
        is_day = precision == Precision.DAY
        sure = "w-on" if is_day else "w-sim"
        if is_day and window.starts_on == window.ends_on:
            bars.append(Bar(place((start + end) / 2), "", "w-sim-t" if tentative else sure))
        else:
            bars.append(Bar(place(start), place(end - start), "w-sim-t" if tentative else sure))
    return bars
