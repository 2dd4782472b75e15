"""Geometry and colours of our charts: range bar, sparkline, monthly columns, strip of counts, squares, progress.

Pure: numbers in, places out. Places are texts with a decimal point ("64", "55.89"), ready for SVG attributes, so that
no language setting can turn them into "55,89". They are drawn in ``core.drawings``, the tags are
``core.templatetags.portal_charts``. The colours repeat the ``--c-*`` tokens of ``static/css/tokens.css``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

# The minimum stands here, in percent of the track, in every row: one line down the column says who has arrived.
AIM: Final = Decimal(64)
EDGE: Final = Decimal(100)

PAINT: Final[dict[str, str]] = {
    "track": "#e7ecf1",
    "zone": "#a9cdee",
    "val": "#0d5aa7",
    "val_risk": "#d99e00",
    "val_behind": "#b3261e",
    "val_none": "#7b8896",
    "ink": "#17212b",
    "lab": "#435160",
    "ref": "#7b8896",
    "met": "#0d5aa7",
    "pacefill": "#a9cdee",
    "risk": "#f5c518",
    "behind": "#dd6e66",
    "missed": "#8c1d17",
    "notdue": "#cfd7df",
    "nodata": "#ffffff",
    "ontime": "#0d5aa7",
    "late": "#f5c518",
    "late_ink": "#6b4700",
    "missing": "#b3261e",
}

# Which paint the value of a bar takes, by the class of its status.
VALUE_PAINT: Final[dict[str, str]] = {
    "st-risk": "val_risk",
    "st-behind": "val_behind",
    "st-missed": "val_behind",
    "st-nodata": "val_none",
    "st-notdue": "val_none",
}


def place(number: Decimal | float) -> str:
    """Write a place for an SVG attribute: at most 2 decimals, a point, no trailing zeros."""
    text = f"{Decimal(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Label:
    """A figure under the bar. ``says_most``: the mark alone does not show that this is a maximum, so words must."""

    x: str
    anchor: str
    value: Decimal
    says_most: bool = False


@dataclass(frozen=True)
class RangeBar:
    """Places in percent of the bar's width; None or empty where there is nothing to draw."""

    track: str
    value: str | None = None
    zone: tuple[str, str] | None = None
    marks: tuple[str, ...] = ()
    pace: str | None = None
    labels: tuple[Label, ...] = field(default=())


def range_bar(
    *,
    value: Decimal | None,
    minimum: Decimal | None,
    maximum: Decimal | None,
    expected: Decimal | None = None,
    whole: Decimal | None = None,
) -> RangeBar:
    """Lay out a value against its bounds. The minimum (or, for a limit, the maximum) stands at 64 %.

    ``value`` None draws no bar, which is not the bar of 0. ``whole`` is the most there can be (100 for percent): the
    track ends there. Bars and marks stop at the edge; the numbers printed beside them never do (domain: rule 6).
    """
    aim = minimum if minimum else maximum
    if aim is None:
        return RangeBar(track=place(EDGE))
    is_limit = not minimum

    def at(number: Decimal) -> Decimal:
        if aim == 0:
            return EDGE if number > 0 else Decimal(0)
        return min(max(AIM * number / aim, Decimal(0)), EDGE)

    far = maximum if maximum is not None and not is_limit and maximum > aim else None
    end = AIM if is_limit else at(far) if far is not None else None
    start = Decimal(0) if is_limit else AIM
    return RangeBar(
        track=place(at(whole) if whole is not None else EDGE),
        value=None if value is None else place(at(value)),
        zone=None if end is None else (place(start), place(end - start)),
        marks=(place(AIM),) if far is None or end == EDGE else (place(AIM), place(at(far))),
        pace=None if expected is None else place(at(expected)),
        labels=_labels(aim=aim, far=far, far_at=end, is_limit=is_limit),
    )


def _labels(*, aim: Decimal, far: Decimal | None, far_at: Decimal | None, is_limit: bool) -> tuple[Label, ...]:
    """Figures under the marks; two that would touch lean away from each other, one beyond the edge leans inward."""
    if far is None or far_at is None:
        return (Label(place(AIM), "middle", aim, says_most=is_limit),)
    if far_at == EDGE:
        return (
            Label(place(AIM), "middle", aim),
            Label(place(EDGE), "end", far, says_most=True),
        )
    if far_at - AIM < 14:
        return Label(place(AIM), "end", aim), Label(place(far_at), "start", far)
    return Label(place(AIM), "middle", aim), Label(place(far_at), "middle", far)


@dataclass(frozen=True)
class Fan:
    """Where a line is expected to lead ``left`` steps on: between ``low`` and ``high``, most likely to ``likely``.

    ``aim`` is what it has to reach there.
    """

    left: int
    low: Decimal
    likely: Decimal
    high: Decimal
    aim: Decimal


@dataclass(frozen=True)
class Spark:
    """A line in a box of 96 × 30: runs without gaps, single points between gaps, the expectation, the last point.

    Where it is expected to lead: the area from the last point to the range, the likely way, and the aim as a short line
    (from x to x, at y) over the last step.
    """

    runs: tuple[str, ...]
    lone: tuple[tuple[str, str], ...]
    reference: str
    last: tuple[str, str] | None
    fan: str = ""
    likely: str = ""
    aim: tuple[str, str, str] | None = None


SPARK_WIDTH: Final = 96
SPARK_HEIGHT: Final = 30
_PAD: Final = Decimal(3)


def spark(
    points: Sequence[Decimal | None],
    expected: Sequence[Decimal | None] | Decimal | None = None,
    fan: Fan | None = None,
) -> Spark:
    """Lay out values over equal steps of time, from 0 at the foot to the highest value or expectation at the top.

    A None is a gap: the line stops and starts again. ``expected`` is one number for the whole span, or one a step.
    With ``fan`` the box reaches on to where the line leads.
    """
    pace = [expected] * len(points) if not isinstance(expected, Sequence) else list(expected)
    ahead = [] if fan is None else [fan.high, fan.aim]
    known = [number for number in (*points, *pace, *ahead) if number is not None]
    top = max([*known, Decimal(0)]) or Decimal(1)
    step = (SPARK_WIDTH - 2 * _PAD) / max(len(points) - 1 + (fan.left if fan else 0), 1)
    room = SPARK_HEIGHT - 2 * _PAD

    def at(index: int, number: Decimal) -> tuple[str, str]:
        return place(_PAD + step * index), place(SPARK_HEIGHT - _PAD - room * max(number, Decimal(0)) / top)

    runs = _runs(points)
    placed = [[at(index, number) for index, number in run] for run in runs]
    reference = [at(index, number) for run in _runs(pace) for index, number in run]
    line = Spark(
        runs=tuple(_polyline(run) for run in placed if len(run) > 1),
        lone=tuple(run[0] for run in placed if len(run) == 1),
        reference=_polyline(reference) if len(reference) > 1 else "",
        last=placed[-1][-1] if placed else None,
    )
    return line if fan is None else _with_fan(line, fan, len(points) - 1 + fan.left, at)


def _with_fan(line: Spark, fan: Fan, end: int, at: Callable[[int, Decimal], tuple[str, str]]) -> Spark:
    if line.last is None:
        return line
    x, y = at(end, fan.aim)
    return replace(
        line,
        fan=_polyline([line.last, at(end, fan.low), at(end, fan.high)]),
        likely=_polyline([line.last, at(end, fan.likely)]),
        aim=(place(Decimal(x) - 2 * _PAD), x, y),
    )


def _runs(points: Sequence[Decimal | None]) -> list[list[tuple[int, Decimal]]]:
    """Split into runs of neighbours that have a value."""
    runs: list[list[tuple[int, Decimal]]] = []
    for index, number in enumerate(points):
        if number is None:
            continue
        if runs and runs[-1][-1][0] == index - 1:
            runs[-1].append((index, number))
        else:
            runs.append([(index, number)])
    return runs


def _polyline(places: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


@dataclass(frozen=True)
class Column:
    x: str
    y: str
    height: str


@dataclass(frozen=True)
class Columns:
    """One column a month: those before the last as one path, which is quick to write and to read; the last alone.

    ``last`` is None where the last month has no amount.
    """

    before: str
    last: Column | None


COLUMNS_HEIGHT: Final = 26
_COLUMN_STEP: Final = 11


def columns(amounts: Sequence[Decimal | None]) -> Columns:
    """Lay out one column a month, 8 wide in steps of 11, 26 high. 0 is a line of 1 at the foot, None is nothing."""
    top = max([amount for amount in amounts if amount is not None], default=Decimal(0)) or Decimal(1)
    laid = [None if amount is None else _column(index, amount / top) for index, amount in enumerate(amounts)]
    before = "".join(f"M{one.x} {one.y}h8v{one.height}h-8z" for one in laid[:-1] if one is not None)
    return Columns(before, laid[-1] if laid else None)


def _column(index: int, share: Decimal) -> Column:
    height = max((COLUMNS_HEIGHT - 2) * share, Decimal(1))
    return Column(x=place(_COLUMN_STEP * index), y=place(COLUMNS_HEIGHT - height), height=place(height))


def columns_width(count: int) -> int:
    """Width of ``count`` columns with the gaps between them."""
    return max(_COLUMN_STEP * count - 3, 1)


@dataclass(frozen=True)
class Part:
    x: str
    width: str
    name: str
    count: int


_STRIP_GAP: Final = Decimal("0.3")


def strip(counts: Mapping[str, int]) -> tuple[Part, ...]:
    """Divide 100 % among counts by name, in their order, with a gap of 0.3 between; a count of 0 takes no room."""
    present = {name: count for name, count in counts.items() if count > 0}
    total = sum(present.values())
    parts: list[Part] = []
    before = 0
    for name, count in present.items():
        start = EDGE * before / total
        before += count
        end = EDGE if before == total else EDGE * before / total - _STRIP_GAP
        parts.append(Part(place(start), place(max(end - start, _STRIP_GAP)), name, count))
    return tuple(parts)


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    name: str


DOT: Final = 14
_DOT_STEP: Final = 19


def dots(names: Sequence[str], *, per_row: int) -> tuple[Dot, ...]:
    """Place one square of 14 a unit, in steps of 19, row under row."""
    return tuple(
        Dot(_DOT_STEP * (index % per_row), _DOT_STEP * (index // per_row), name) for index, name in enumerate(names)
    )


def dots_size(count: int, *, per_row: int) -> tuple[int, int]:
    """Width (of a full row, so that rows of different blocs stand under each other) and height of the squares."""
    rows = max(-(-count // per_row), 1)
    return _DOT_STEP * per_row - (_DOT_STEP - DOT), _DOT_STEP * rows - (_DOT_STEP - DOT)


def progress(done: int, total: int) -> int:
    """Whole percent done, rounded down: 100 only when all is done. 0 while the total is not known (0)."""
    return 0 if total <= 0 else min(100 * done // total, 100)
