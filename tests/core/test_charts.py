"""Geometry of the charts (core.charts), their drawings, and that their colours are those of the style sheet."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

from core import charts
from core.status_looks import TARGET, TIMELINESS
from core.templatetags import portal_charts

CSS = Path(__file__).parents[2] / "static" / "css"


def bar(
    value: str | None, minimum: str | None, maximum: str | None, expected: str | None = None, whole: str | None = None
) -> charts.RangeBar:
    numbers = [None if text is None else Decimal(text) for text in (value, minimum, maximum, expected, whole)]
    return charts.range_bar(
        value=numbers[0], minimum=numbers[1], maximum=numbers[2], expected=numbers[3], whole=numbers[4]
    )


class TestRangeBar:
    def test_minimum_stands_at_64_percent_and_all_else_is_to_its_scale(self) -> None:
        drawn = bar("131", "150", "200", "112")
        assert drawn.value == "55.89"
        assert drawn.pace == "47.79"
        assert drawn.marks == ("64", "85.33")
        assert drawn.zone == ("64", "21.33")
        assert drawn.track == "100"

    @pytest.mark.parametrize(("value", "place"), [("0", "0"), ("150", "64"), ("203", "86.61"), ("9000", "100")])
    def test_rule_06_only_the_bar_stops_at_the_edge(self, value: str, place: str) -> None:
        assert bar(value, "150", "200").value == place

    def test_rule_02_no_value_is_no_bar(self) -> None:
        assert bar(None, "150", "200").value is None

    def test_without_maximum_there_is_one_mark_and_no_zone(self) -> None:
        drawn = bar("84", "100", None)
        assert (drawn.marks, drawn.zone) == (("64",), None)
        assert drawn.labels == (charts.Label("64", "middle", Decimal(100)),)

    def test_maximum_equal_to_the_minimum_is_one_mark(self) -> None:
        assert bar("1", "2", "2").marks == ("64",)

    def test_maximum_beyond_the_edge_is_said_in_words_at_the_edge(self) -> None:
        drawn = bar("3", "1", "2")
        assert drawn.value == "100"
        assert drawn.zone == ("64", "36")
        assert drawn.marks == ("64",)
        assert drawn.labels[1] == charts.Label("100", "end", Decimal(2), says_most=True)

    def test_labels_too_close_lean_apart(self) -> None:
        assert [(label.x, label.anchor) for label in bar("1", "150", "160").labels] == [
            ("64", "end"),
            ("68.27", "start"),
        ]

    def test_limit_puts_its_maximum_at_64_percent(self) -> None:
        drawn = bar("2", None, "5")
        assert (drawn.value, drawn.marks, drawn.zone) == ("25.6", ("64",), ("0", "64"))
        assert drawn.labels == (charts.Label("64", "middle", Decimal(5), says_most=True),)

    @pytest.mark.parametrize(("value", "place"), [("0", "0"), ("1", "100")])
    def test_limit_of_nothing_is_whole_or_passed(self, value: str, place: str) -> None:
        assert bar(value, None, "0").value == place

    def test_percent_track_ends_at_the_whole(self) -> None:
        assert bar("97.6", "100", None, whole="100").track == "64"
        assert bar("97.6", "100", None, whole="100").value == "62.46"
        assert bar("50", "80", None, whole="100").track == "80"

    def test_without_bounds_there_is_only_a_track(self) -> None:
        assert bar("5", None, None) == charts.RangeBar(track="100")


class TestSpark:
    def test_points_rise_from_the_foot_to_the_top(self) -> None:
        line = charts.spark([Decimal(0), Decimal(5), Decimal(10)])
        assert line.runs == ("3,27 48,15 93,3",)
        assert (line.lone, line.reference, line.last) == ((), "", ("93", "3"))

    def test_rule_02_missing_points_are_gaps(self) -> None:
        line = charts.spark([Decimal(0), Decimal(2), None, Decimal(4), None, None, Decimal(8)])
        assert line.runs == ("3,27 18,21",)
        assert line.lone == (("48", "15"), ("93", "3"))
        assert line.last == ("93", "3")

    def test_no_points_at_all(self) -> None:
        assert charts.spark([None, None]) == charts.Spark(runs=(), lone=(), reference="", last=None)

    def test_expectation_shares_the_scale(self) -> None:
        line = charts.spark([Decimal(2), Decimal(4)], [Decimal(4), Decimal(8)])
        assert (line.runs, line.reference) == (("3,21 93,15",), "3,15 93,3")

    def test_one_expectation_is_a_level_line(self) -> None:
        assert charts.spark([Decimal(0), Decimal(50)], Decimal(100)).reference == "3,3 93,3"

    def test_a_fan_reaches_on_to_where_the_line_leads(self) -> None:
        """Two steps so far and two to come: the whole width is four, and the upper end is the top."""
        fan = charts.Fan(left=2, low=Decimal(4), likely=Decimal(6), high=Decimal(8), aim=Decimal(4))
        line = charts.spark([Decimal(0), Decimal(1), Decimal(2)], None, fan)
        assert line.runs == ("3,27 25.5,24 48,21",)
        assert (line.fan, line.likely) == ("48,21 93,15 93,3", "48,21 93,9")
        assert line.aim == ("87", "93", "15")

    def test_a_fan_without_a_point_to_start_from_is_not_drawn(self) -> None:
        fan = charts.Fan(left=2, low=Decimal(4), likely=Decimal(6), high=Decimal(8), aim=Decimal(4))
        assert charts.spark([None], None, fan) == charts.Spark(runs=(), lone=(), reference="", last=None)


class TestColumns:
    def test_columns_stand_on_the_foot_and_the_last_is_marked(self) -> None:
        assert charts.columns([Decimal(0), Decimal(6), None, Decimal(12)]) == charts.Columns(
            before="M0 25h8v1h-8zM11 14h8v12h-8z", last=charts.Column(x="33", y="2", height="24")
        )

    def test_a_last_month_without_amount_is_not_marked(self) -> None:
        assert charts.columns([Decimal(2), None]) == charts.Columns(before="M0 2h8v24h-8z", last=None)
        assert charts.columns([]) == charts.Columns(before="", last=None)

    def test_width(self) -> None:
        assert [charts.columns_width(count) for count in (0, 1, 9)] == [1, 8, 96]


class TestStrip:
    def test_parts_fill_the_width_with_gaps(self) -> None:
        assert charts.strip({"met": 13, "on_track": 7, "at_risk": 0, "behind": 10}) == (
            charts.Part("0", "43.03", "met", 13),
            charts.Part("43.33", "23.03", "on_track", 7),
            charts.Part("66.67", "33.33", "behind", 10),
        )

    def test_nothing_counted_is_nothing_drawn(self) -> None:
        assert charts.strip({"met": 0}) == ()


class TestDotsAndProgress:
    def test_dots_run_in_rows(self) -> None:
        assert charts.dots(["on_time", "late", "missing"], per_row=2) == (
            charts.Dot(0, 0, "on_time"),
            charts.Dot(19, 0, "late"),
            charts.Dot(0, 19, "missing"),
        )

    def test_size_is_a_full_row_wide(self) -> None:
        assert [charts.dots_size(count, per_row=10) for count in (0, 7, 10, 11)] == [
            (185, 14),
            (185, 14),
            (185, 14),
            (185, 33),
        ]

    @pytest.mark.parametrize(
        ("done", "total", "percent"), [(0, 0, 0), (38, 60, 63), (59, 60, 98), (60, 60, 100), (0, 60, 0)]
    )
    def test_progress_is_rounded_down(self, done: int, total: int, percent: int) -> None:
        assert charts.progress(done, total) == percent


def drawings() -> dict[str, str]:
    """Each chart once in each of its looks, drawn in Vietnamese, where a comma could slip into an attribute."""
    some = [Decimal("1.5"), None, Decimal(3), Decimal("4.25")]
    with translation.override("vi"):
        drawn: dict[str, str] = {
            f"range_bar {name}": portal_charts.range_bar(Decimal("131.5"), 150, 200, Decimal("112.5"), name)
            for name in TARGET
        }
        drawn["spark"] = portal_charts.spark(some, some, "at_risk")
        fan = charts.Fan(left=3, low=Decimal("4.5"), likely=Decimal(6), high=Decimal("7.25"), aim=Decimal("6.5"))
        drawn["fan"] = portal_charts.spark(some, None, "at_risk", fan)
        drawn["columns"] = portal_charts.columns(some, "behind")
        drawn["strip"] = portal_charts.strip(dict.fromkeys(TARGET, 3))
        drawn["dots"] = portal_charts.bloc_dots(list(TIMELINESS) * 700)
        drawn["progress"] = portal_charts.progress_bar(1, 3, "PDF")
    return drawn


DRAWINGS = [*(f"range_bar {name}" for name in TARGET), "spark", "fan", "columns", "strip", "dots", "progress"]


def parsed(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawings()[name])  # noqa: S314 - our own drawing


PLACES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_are_well_formed_and_their_places_have_no_comma(name: str) -> None:
    root = parsed(name)
    places = [value for node in root.iter() for key, value in node.attrib.items() if key in PLACES]
    assert places
    assert [value for value in places if not re.fullmatch(r"\d*\.?\d+%?", value)] == []
    assert [node.attrib["style"] for node in root.iter() if "style" in node.attrib] == []


def title_of(drawing: str) -> str | None:
    return ElementTree.fromstring(drawing).findtext("title")  # noqa: S314 - our own drawing


def test_drawings_say_in_words_what_they_show() -> None:
    with translation.override("en"):
        shown = title_of(portal_charts.range_bar(Decimal(131), 150, 200, Decimal(112), "on_track", "%"))
        parts = title_of(portal_charts.strip({"met": 12, "missed": 1}))
        squares = title_of(portal_charts.bloc_dots(["on_time", "missing", "on_time"]))
        line = title_of(portal_charts.spark([Decimal(1500), None]))
    assert shown == "131%; target: 150–200%; On track"
    assert parts == "Met 12, Missed 1"
    assert squares == "On time 2, Missing 1"
    assert line == "To date by month: 1.500; –"


def test_words_of_others_are_escaped() -> None:
    drawn = portal_charts.range_bar(Decimal(1), 2, None, None, "on_track", "<b>")
    assert title_of(drawn) == "1; chỉ tiêu: từ 2 <b>; Đúng tiến độ"
    assert "<b>" not in drawn
    named = portal_charts.progress_bar(1, 3, 'Tệp "a" & b')
    assert ElementTree.fromstring(named).attrib["aria-label"] == 'Tệp "a" & b'  # noqa: S314 - our own drawing


def test_figures_stand_under_their_marks_or_nowhere() -> None:
    drawn = portal_charts.range_bar(Decimal(131), 150, 200, Decimal(112), "on_track")
    texts = [(node.attrib["x"], node.text) for node in ElementTree.fromstring(drawn).iter("text")]  # noqa: S314 - ours
    assert texts == [("64%", "150"), ("85.33%", "200")]
    low = portal_charts.range_bar(Decimal(131), 150, 200, Decimal(112), "on_track", "", labels=False)
    assert ElementTree.fromstring(low).attrib["height"] == "18"  # noqa: S314 - our own drawing
    assert "<text" not in low


def tokens() -> dict[str, str]:
    return dict(re.findall(r"--(c-[a-z-]+):\s*(#[0-9a-f]{6});", (CSS / "tokens.css").read_text()))


def test_paint_of_attributes_is_the_paint_of_the_style_sheet() -> None:
    assert {f"c-{name.replace('_', '-')}": colour for name, colour in charts.PAINT.items()} == tokens()


def rules() -> dict[tuple[str, str], str]:
    """(selector, fill or stroke) → colour of ``charts.css``, with the tokens put in."""
    found: dict[tuple[str, str], str] = {}
    text = (CSS / "charts.css").read_text()
    for selectors, body in re.findall(r"^\s*([.\w][^{}@]*)\{([^{}]*)\}", text, re.MULTILINE):
        for selector in selectors.split(","):
            for word, token in re.findall(r"\b(fill|stroke):\s*var\(--(c-[a-z-]+)\)", body):
                found[selector.strip(), word] = tokens()[token]
    return found


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_attribute_colour_equals_its_class_colour(name: str) -> None:
    root = parsed(name)
    status_class = root.attrib["class"].removeprefix("chart").strip()
    known = rules()
    checked = 0
    for node in root.iter():
        css = node.attrib.get("class", "")
        for word in ("fill", "stroke"):
            drawn = node.attrib.get(word)
            if not css.startswith("c-") or drawn in (None, "none"):
                continue
            styled = known.get((f".{status_class} .{css}", word)) or known[f".{css}", word]
            assert drawn == styled, (css, word)
            checked += 1
    assert checked > 0
