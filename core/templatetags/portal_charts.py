"""The charts as tags, for pages and for paper alike. Geometry: ``core.charts``; drawings: ``core.drawings``."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import charts, drawings
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


def _label_text(label: charts.Label, figure: str) -> str:
    """A bare figure under its mark; in words where the mark alone would be taken for a minimum, or is off the track."""
    return pgettext("chart", "at most %(figure)s") % {"figure": figure} if label.says_most else figure


def _exact(number: Decimal | int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


@register.simple_tag
def range_bar(
    value: Decimal | int | None,
    minimum: Decimal | int | None,
    maximum: Decimal | int | None,
    expected: Decimal | int | None = None,
    status: str = "on_track",
    unit: str = "",
    labels: bool = True,
) -> SafeString:
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
    figures = [_label_text(label, write(label.value)) for label in bar.labels] if labels else []
    title = _("%(value)s; target: %(bounds)s; %(status)s") % told
    return drawings.range_bar(bar, figures, css=this.css, title=title)


@register.simple_tag
def spark(
    points: Sequence[Decimal | None],
    expected: Sequence[Decimal | None] | Decimal | None = None,
    status: str = "on_track",
    fan: charts.Fan | None = None,
) -> SafeString:
    """Draw to-date values by month, None as a gap; ``expected`` (one number, or one a month) as a dotted line.

    ``fan``: where it is expected to lead, as an area that ends at the due month.
    """
    title = _("To date by month: %(values)s") % {"values": "; ".join(map(vn_number, points))}
    return drawings.spark(charts.spark(points, expected, fan), css=look(status, "target").css, title=title)


@register.simple_tag
def columns(amounts: Sequence[Decimal | None], status: str = "on_track") -> SafeString:
    """Draw each month's own amount as a column, the last one in the colour of ``status``."""
    title = _("Month by month: %(values)s") % {"values": "; ".join(map(vn_number, amounts))}
    width = charts.columns_width(len(amounts))
    return drawings.columns(charts.columns(amounts), width, css=look(status, "target").css, title=title)


@register.simple_tag
def strip(counts: Mapping[str, int]) -> SafeString:
    """Draw how many targets have each status (stored value to count); drawn from met to missed."""
    ordered = {name: counts.get(name, 0) for name in TARGET}
    parts = charts.strip(ordered)
    title = ", ".join(f"{TARGET[part.name].word} {part.count}" for part in parts) or _("Nothing to show")
    return drawings.strip([(part, _STRIP_PAINT[part.name]) for part in parts], title=title)


@register.simple_tag
def bloc_dots(timeliness: Iterable[str], per_row: int = 10) -> SafeString:
    """Draw one square a unit by the timeliness of its report, in the order given."""
    names = list(timeliness)
    counts = [(TIMELINESS[name].word, names.count(name)) for name in TIMELINESS]
    title = ", ".join(f"{word} {count}" for word, count in counts if count) or _("Nothing to show")
    size = charts.dots_size(len(names), per_row=per_row)
    return drawings.squares(charts.dots(names, per_row=per_row), size, title=title)


@register.simple_tag
def progress_bar(done: int, total: int, label: str) -> SafeString:
    """Draw how far a long work is; ``label`` names the work. A total of 0 is not known yet."""
    return drawings.progress(charts.progress(done, total), label=label, is_known=total > 0)
