"""The charts as tags, for pages and for paper alike. Geometry: ``core.charts``; drawings: ``parts/charts``."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import charts
from core.status_looks import TARGET, TIMELINESS, look
from core.templatetags.portal_numbers import vn_number, vn_percent, vn_range

register = template.Library()

# Colour class of a status in a strip; exceeded counts with met in one colour, its own word stays.
_STRIP_PAINT = {
    "exceeded": "met",
    "met": "met",
    "on_track": "pacefill",
    "at_risk": "risk",
    "behind": "behind",
    "missed": "missed",
    "not_due": "notdue",
    "no_data": "nodata",
}


def _value_paint(css: str) -> str:
    return charts.PAINT[charts.VALUE_PAINT.get(css, "val")]


def _label_text(label: charts.Label, figure: str) -> str:
    """A bare figure under its mark; in words where the mark alone would be taken for a minimum, or is off the track."""
    return pgettext("chart", "at most %(figure)s") % {"figure": figure} if label.says_most else figure


def _exact(number: Decimal | int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


@register.inclusion_tag("parts/charts/range_bar.svg")
def range_bar(
    value: Decimal | int | None,
    minimum: Decimal | int | None,
    maximum: Decimal | int | None,
    expected: Decimal | int | None = None,
    status: str = "on_track",
    unit: str = "",
    labels: bool = True,
) -> dict[str, Any]:
    """Draw a value against its bounds. ``unit`` "%" means percent: the track ends at 100 %.

    ``expected`` is the pace on the day of judgement, None draws no triangle; ``status`` a target's stored status.
    """
    this = look(status, "target")
    percent = unit == "%"
    bar = charts.range_bar(
        value=_exact(value),
        minimum=_exact(minimum),
        maximum=_exact(maximum),
        expected=_exact(expected),
        whole=Decimal(100) if percent else None,
    )
    write = vn_percent if percent else vn_number
    told = {"value": write(value), "bounds": vn_range(minimum, maximum, unit), "status": this.word}
    return {
        "bar": bar,
        "labels": [(label, _label_text(label, write(label.value))) for label in bar.labels] if labels else [],
        "height": "34" if labels else "18",
        "css": this.css,
        "value_paint": _value_paint(this.css),
        "paint": charts.PAINT,
        "title": _("%(value)s; target: %(bounds)s; %(status)s") % told,
    }


@register.inclusion_tag("parts/charts/spark.svg")
def spark(
    points: Sequence[Decimal | None],
    expected: Sequence[Decimal | None] | Decimal | None = None,
    status: str = "on_track",
    fan: charts.Fan | None = None,
) -> dict[str, Any]:
    """Draw to-date values by month, None as a gap; ``expected`` (one number, or one a month) as a dotted line.

    ``fan``: where it is expected to lead, as an area that ends at the due month.
    """
    css = look(status, "target").css
    return {
        "line": charts.spark(points, expected, fan),
        "width": str(charts.SPARK_WIDTH),
        "height": str(charts.SPARK_HEIGHT),
        "css": css,
        "value_paint": _value_paint(css),
        "paint": charts.PAINT,
        "title": _("To date by month: %(values)s") % {"values": "; ".join(map(vn_number, points))},
    }


@register.inclusion_tag("parts/charts/columns.svg")
def columns(amounts: Sequence[Decimal | None], status: str = "on_track") -> dict[str, Any]:
    """Draw each month's own amount as a column, the last one in the colour of ``status``."""
    css = look(status, "target").css
    return {
        "columns": charts.columns(amounts),
        "width": str(charts.columns_width(len(amounts))),
        "height": str(charts.COLUMNS_HEIGHT),
        "css": css,
        "value_paint": _value_paint(css),
        "paint": charts.PAINT,
        "title": _("Month by month: %(values)s") % {"values": "; ".join(map(vn_number, amounts))},
    }


@register.inclusion_tag("parts/charts/strip.svg")
def strip(counts: Mapping[str, int]) -> dict[str, Any]:
    """Draw how many targets have each status (stored value to count); drawn from met to missed."""
    ordered = {name: counts.get(name, 0) for name in TARGET}
    parts = charts.strip(ordered)
    return {
        "parts": [(part, _STRIP_PAINT[part.name], charts.PAINT[_STRIP_PAINT[part.name]]) for part in parts],
        "paint": charts.PAINT,
        "title": ", ".join(f"{TARGET[part.name].word} {part.count}" for part in parts) or _("Nothing to show"),
    }


@register.inclusion_tag("parts/charts/bloc_dots.svg")
def bloc_dots(timeliness: Iterable[str], per_row: int = 10) -> dict[str, Any]:
    """Draw one square a unit by the timeliness of its report, in the order given."""
    names = list(timeliness)
    width, height = charts.dots_size(len(names), per_row=per_row)
    counts = [(TIMELINESS[name].word, names.count(name)) for name in TIMELINESS]
    return {
        "dots": charts.dots(names, per_row=per_row),
        "width": str(width),
        "height": str(height),
        "paint": charts.PAINT,
        "title": ", ".join(f"{word} {count}" for word, count in counts if count) or _("Nothing to show"),
    }


@register.inclusion_tag("parts/charts/progress_bar.svg")
def progress_bar(done: int, total: int, label: str) -> dict[str, Any]:
    """Draw how far a long work is; ``label`` names the work. A total of 0 is not known yet."""
    return {
        "percent": str(charts.progress(done, total)),
        "known": total > 0,
        "label": label,
        "paint": charts.PAINT,
    }
