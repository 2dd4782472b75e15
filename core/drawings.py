"""The charts as SVG text: places of ``core.charts`` in, a drawing out. The words beside come from ``portal_charts``.

Written as text and not as templates: a page draws dozens of them. Words are escaped here; all else is ours.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.charts import COLUMNS_HEIGHT, PAINT, SPARK_HEIGHT, SPARK_WIDTH, VALUE_PAINT, Columns, Dot, RangeBar, Spark
from core.charts import Part as StripPart

_LABEL = {"font_family": "Doan Serif, sans-serif", "font_size": "11", "fill": PAINT["lab"]}
# The triangle of the pace: four lines, each shorter and further down, so that it keeps its form at any width.
_PACE = (("8", "1.25"), ("6", "2.5"), ("4", "3.75"), ("2", "5"))


def _element(name: str, css: str = "", inside: str = "", **attributes: str) -> str:
    """One element; ``font_size="11"`` becomes ``font-size="11"``."""
    written = f' class="{css}"' if css else ""
    written += "".join([f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items()])
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _chart(parts: Iterable[str], title: str, css: str = "", **attributes: str) -> SafeString:
    """The whole drawing; its title says in words what it shows."""
    inside = f"<title>{escape(title)}</title>\n" + "\n".join(filter(None, parts)) + "\n"
    return mark_safe(_element("svg", f"chart {css}".rstrip(), inside, **attributes, role="img"))  # noqa: S308 - escaped


def _boxed(parts: Iterable[str], title: str, size: tuple[int, int], css: str = "") -> SafeString:
    """A drawing of a size of its own, which does not stretch."""
    width, height = map(str, size)
    return _chart(parts, title, css, width=width, height=height, viewBox=f"0 0 {width} {height}")


def _value_paint(css: str) -> str:
    return PAINT[VALUE_PAINT.get(css, "val")]


def _upright(x: str, *, width: str, y1: str, y2: str, css: str) -> str:
    at = f"{x}%"
    return _element("line", css, stroke=PAINT["ink"], stroke_width=width, x1=at, x2=at, y1=y1, y2=y2)


def range_bar(bar: RangeBar, figures: Sequence[str], *, css: str, title: str) -> SafeString:
    """Draw a bar with its ``figures`` under its labels; without figures it is lower."""

    def lying(name: str, paint: str, x: str, width: str, **more: str) -> str:
        return _element("rect", name, fill=paint, x=x, y="5", width=f"{width}%", height="8", **more)

    parts = [lying("c-track", PAINT["track"], "0", bar.track, rx="2")]
    if bar.zone:
        parts.append(lying("c-zone", PAINT["zone"], f"{bar.zone[0]}%", bar.zone[1]))
    if bar.value is not None:
        parts.append(lying("c-val", _value_paint(css), "0", bar.value, rx="2"))
    parts += [_upright(x, width="2", y1="1", y2="17", css="c-mark") for x in bar.marks]
    if bar.pace:
        parts += [_upright(bar.pace, width=width, y1="0", y2=foot, css="c-pace") for width, foot in _PACE]
    parts += [
        _element("text", "c-lab", escape(figure), **_LABEL, x=f"{label.x}%", y="30", text_anchor=label.anchor)
        for label, figure in zip(bar.labels, figures, strict=False)
    ]
    return _chart(parts, title, css, width="100%", height="34" if figures else "18")


def spark(line: Spark, *, css: str, title: str) -> SafeString:
    """Draw values by month, the way expected so far as a dotted line, and where it leads as an area."""
    thin = {"fill": "none", "stroke_width": "1"}
    parts = []
    if line.fan:
        parts.append(_element("polygon", "c-fan", fill=PAINT["zone"], points=line.fan))
        parts.append(_element("polyline", "c-likely", stroke=PAINT["val"], points=line.likely, **thin))
    if line.aim:
        x1, x2, y = line.aim
        parts.append(_element("line", "c-mark", stroke=PAINT["ink"], stroke_width="1", x1=x1, x2=x2, y1=y, y2=y))
    if line.reference:
        dotted = {**thin, "stroke_dasharray": "2 3"}
        parts.append(_element("polyline", "c-ref", stroke=PAINT["ref"], points=line.reference, **dotted))
    ink = {"fill": "none", "stroke": PAINT["ink"], "stroke_width": "1.5"}
    parts += [_element("polyline", "c-spark", **ink, points=run) for run in line.runs]
    parts += [_element("circle", "c-lone", fill=PAINT["ink"], cx=x, cy=y, r="1.5") for x, y in line.lone]
    if line.last:
        parts.append(_element("circle", "c-val", fill=_value_paint(css), cx=line.last[0], cy=line.last[1], r="2.5"))
    return _boxed(parts, title, (SPARK_WIDTH, SPARK_HEIGHT), css)


def columns(drawn: Columns, width: int, *, css: str, title: str) -> SafeString:
    """Draw one column a month, the last in the colour of its status."""
    parts = []
    if drawn.before:
        parts.append(_element("path", "c-notdue", fill=PAINT["notdue"], d=drawn.before))
    if drawn.last:
        last = drawn.last
        paint = _value_paint(css)
        parts.append(_element("rect", "c-val", fill=paint, x=last.x, y=last.y, width="8", height=last.height))
    return _boxed(parts, title, (width, COLUMNS_HEIGHT), css)


def strip(parts: Iterable[tuple[StripPart, str]], *, title: str) -> SafeString:
    """Draw parts of a whole side by side, each with the name of its paint."""
    dashed = {"stroke": PAINT["ref"], "stroke_dasharray": "2 2"}
    drawn = []
    for part, paint in parts:
        place = {"x": f"{part.x}%", "y": "2", "width": f"{part.width}%", "height": "12", "rx": "1"}
        more = dashed if paint == "nodata" else {}
        drawn.append(_element("rect", f"c-{paint}", fill=PAINT[paint], **more, **place))
    return _chart(drawn, title, width="100%", height="16")


_NONE = {"fill": "none"}
# By timeliness; what is none of them owes nothing.
_SQUARES = {
    "on_time": _element("rect", "c-ontime", fill=PAINT["ontime"], width="14", height="14", rx="2"),
    "late": _element(
        "rect",
        "c-late",
        fill=PAINT["late"],
        stroke=PAINT["late_ink"],
        stroke_width="1.2",
        x=".7",
        y=".7",
        width="12.6",
        height="12.6",
        rx="1.5",
    )
    + _element("path", "c-late-hand", **_NONE, stroke=PAINT["late_ink"], stroke_width="1.4", d="M7 3.5V7l2.3 1.5"),
    "missing": _element(
        "rect",
        "c-missing",
        **_NONE,
        stroke=PAINT["missing"],
        stroke_width="1.6",
        x=".9",
        y=".9",
        width="12.2",
        height="12.2",
        rx="1.5",
    ),
}
_EXEMPT = _element("path", "c-exempt", **_NONE, stroke=PAINT["ref"], stroke_width="1.6", d="M3.5 7h7")


def squares(dots: Iterable[Dot], size: tuple[int, int], *, title: str) -> SafeString:
    """Draw one square a unit."""
    parts = [
        _element("g", "", _SQUARES.get(dot.name, _EXEMPT), transform=f"translate({dot.x} {dot.y})") for dot in dots
    ]
    return _boxed(parts, title, size, "dots")


def progress(percent: int, *, label: str, is_known: bool) -> SafeString:
    """Draw how far a long work is, for the eye and for readers of screens."""
    now = {"aria_valuenow": str(percent)} if is_known else {}
    spoken = {"role": "progressbar", **now, "aria_valuemin": "0", "aria_valuemax": "100", "aria_label": escape(label)}
    room = {"height": "8", "rx": "4"}
    track = _element("rect", "c-track", fill=PAINT["track"], width="100%", **room)
    done = _element("rect", "c-val", fill=PAINT["val"], width=f"{percent}%", **room)
    return mark_safe(_element("svg", "chart", track + done, width="100%", height="8", **spoken))  # noqa: S308 - escaped
