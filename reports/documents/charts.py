"""Geometry of the paper's charts: black, greys and hatching, never colour alone. The SVG itself is a template.

Lengths are in the units of each drawing's viewBox (millimetres on the sheet), as text with two places: they never pass
through the page's number format. 100 % stands at the same place in every bar.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from .context import MonthlyChart, TargetRow
from .words import number_text

BAR_HUNDRED = 38.0  # where 100 % stands
BAR_END = 57.0  # 150 %: a longer bar ends in a break and an arrow
BAR_TOP, BAR_HEIGHT, HATCH_STEP = 1.2, 2.0, 1.3

PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 10.0, 126.0, 3.0, 48.0
DIGIT_WIDTH, LABEL_ROOM, LABEL_DROP = 1.8, 0.8, 1.19


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One target: `fill` is solid, grey or hatched (empty without a figure); `minimum` and `maximum` are marks."""

    fill: str
    width: str
    hatching: str
    cut: bool
    has_hundred: bool
    maximum: str
    room: str
    maximum_cut: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    y: str
    text_y: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A month: what stood before in grey, what the month added in black, the total above on white."""

    middle: str
    label: str
    left: str
    width: str
    before_y: str
    before_height: str
    month_y: str
    month_height: str
    total: str
    total_y: str
    plate_left: str
    plate_y: str
    plate_width: str


@dataclass(frozen=True, kw_only=True)
class Columns:
    grid: tuple[Line, ...]
    minimum: Line | None
    maximum: Line | None
    columns: tuple[Column, ...]
    summary: str
    in_words: str  # every figure of the drawing, for where it cannot be drawn


def target_bar(row: TargetRow) -> Bar:
    """The bar of one target against its minimum; no minimum above 0, or no figure, leaves it empty (domain: rule 6)."""
    reach = float(row.percent) / 100 * BAR_HUNDRED if row.percent is not None else 0.0
    width = min(reach, BAR_END)
    fill = _fill(row) if width > 0 else ""
    ceiling = _maximum_of(row)
    return Bar(
        fill=fill,
        width=_mm(width),
        hatching=hatching(width=width, top=BAR_TOP, height=BAR_HEIGHT) if fill == "hatched" else "",
        cut=reach > BAR_END,
        has_hundred=row.percent is not None,
        maximum=_mm(min(ceiling, BAR_END)) if ceiling else "",
        room=_mm(min(ceiling, BAR_END) - BAR_HUNDRED) if ceiling else "",
        maximum_cut=ceiling > BAR_END,
    )


def hatching(*, width: float, top: float, height: float, left: float = 0.0) -> str:
    """Strokes at 45°, clipped by arithmetic: a pattern fill would be drawn as a picture."""
    right, strokes, start = left + width, [], left - height + HATCH_STEP
    while start < right:
        x1, x2 = max(start, left), min(start + height, right)
        y1, y2 = top + height - (x1 - start), top + height - (x2 - start)
        strokes.append(f"M{_mm(x1)} {_mm(y1)}L{_mm(x2)} {_mm(y2)}")
        start += HATCH_STEP
    return "".join(strokes)


def monthly_columns(chart: MonthlyChart) -> Columns:
    """Cumulative columns of the year; a month without any figure has none, though later months may."""
    total = sum((m.amount for m in chart.months if m.amount is not None), Decimal(0))
    step, count = _grid(max(total, chart.maximum or Decimal(0), chart.minimum or Decimal(0), Decimal(1)))
    scale = (PLOT_BOTTOM - PLOT_TOP) / float(step * count)
    return Columns(
        grid=tuple(_line(step * i, scale, number_text(step * i)) for i in range(count + 1)),
        minimum=_bound(chart.minimum, scale, "tối thiểu"),
        maximum=_bound(chart.maximum, scale, "tối đa"),
        columns=_columns(chart, scale),
        summary=f"Lũy kế {number_text(total)} {chart.measure}",
        in_words=_in_words(chart),
    )


def _in_words(chart: MonthlyChart) -> str:
    """Số trong tháng (lũy kế): tháng 1: 96 (96); tháng 2: 0 (96). Mức tối thiểu: 150; tối đa: 200."""
    total, months = Decimal(0), []
    for entry in chart.months:
        if entry.amount is not None:
            total += entry.amount
            months.append(f"tháng {entry.month}: {number_text(entry.amount)} ({number_text(total)})")
    bounds = [
        f"{word}: {number_text(value)}"
        for word, value in (("tối thiểu", chart.minimum), ("tối đa", chart.maximum))
        if value is not None
    ]
    sentences = [f"Số trong tháng (lũy kế): {'; '.join(months) or 'chưa có số liệu'}."]
    return " ".join(sentences + ([f"Mức {'; '.join(bounds)}."] if bounds else []))


def _columns(chart: MonthlyChart, scale: float) -> tuple[Column, ...]:
    pitch = (PLOT_RIGHT - PLOT_LEFT) / 12
    columns, before = [], Decimal(0)
    for entry in chart.months:
        columns.append(_column(entry.month, entry.amount, before, pitch, scale))
        before += entry.amount or Decimal(0)
    return tuple(columns)


def _column(month: int, amount: Decimal | None, before: Decimal, pitch: float, scale: float) -> Column:
    middle, width = PLOT_LEFT + pitch * (month - 0.5), pitch * 0.64
    added = amount or Decimal(0)
    before_height, height = float(before) * scale, float(added) * scale
    total = "" if amount is None else number_text(before + added)
    top = PLOT_BOTTOM - before_height - height
    plate = len(total) * DIGIT_WIDTH + LABEL_ROOM
    return Column(
        middle=_mm(middle),
        label=f"T{month}",
        left=_mm(middle - width / 2),
        width=_mm(width),
        before_y=_mm(PLOT_BOTTOM - before_height),
        before_height=_mm(before_height if amount is not None else 0.0),
        month_y=_mm(top),
        month_height=_mm(height),
        total=total,
        total_y=_mm(top - 0.9),
        plate_left=_mm(middle - plate / 2),
        plate_y=_mm(top - 3.9),
        plate_width=_mm(plate),
    )


def _fill(row: TargetRow) -> str:
    if row.status in ("met", "exceeded"):
        return "solid"
    return "hatched" if row.status in ("at_risk", "behind", "missed") else "grey"


def _maximum_of(row: TargetRow) -> float:
    # For each_* targets the percentage is a share of carriers; a carrier's own maximum has no place on that scale.
    if row.carried_by in ("each_unit", "each_bloc") or not row.minimum or row.maximum is None:
        return 0.0
    return float(row.maximum / row.minimum) * BAR_HUNDRED if row.maximum > row.minimum else 0.0


def _bound(value: Decimal | None, scale: float, word: str) -> Line | None:
    return None if value is None else _line(value, scale, f"{word} {number_text(value)}")


def _line(value: Decimal, scale: float, label: str) -> Line:
    y = PLOT_BOTTOM - float(value) * scale
    return Line(y=_mm(y), text_y=_mm(y + LABEL_DROP), label=label)


def _grid(highest: Decimal) -> tuple[Decimal, int]:
    """A round step (1, 2 or 5 times a power of ten, at least 1) and how many of them, with room for the top label."""
    step = next(factor * 10**power for power in range(18) for factor in (1, 2, 5) if highest <= 5 * factor * 10**power)
    count = ceil(highest / step)
    return Decimal(step), count + 1 if highest > (count - Decimal("0.25")) * step else count


def _mm(value: float) -> str:
    return f"{value:.2f}"
