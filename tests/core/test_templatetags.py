"""How numbers, dates, spans, statuses and links of lists are written (core.templatetags)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core import shapes
from core.status_looks import VOCABULARIES
from core.templatetags import portal_numbers as numbers
from core.templatetags.portal_pages import page_numbers
from core.templatetags.portal_status import shape_drawn, sprite, status, status_css, status_mark, status_shape

STATUS_CSS = Path(__file__).parents[2] / "static" / "css" / "status.css"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Words are tested as they stand in the code; the way of writing figures is the same in every language."""
    with translation.override("en"):
        yield


def render(source: str, path: str = "/", **context: object) -> str:
    loads = "{% load portal_numbers portal_pages portal_status %}"
    return Template(loads + source).render(Context({"request": RequestFactory().get(path), **context}))


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (None, "–"),
            ("", "–"),
            (0, "0"),
            (Decimal("0.0000"), "0"),
            (Decimal("1500.0000"), "1.500"),
            (1234567, "1.234.567"),
            (Decimal("12.50"), "12,5"),
            (Decimal("0.3333"), "0,3333"),
            (Decimal("-3"), "−3"),
            (Decimal("1E+3"), "1.000"),
            (12.5, "12,5"),
            ("chưa", "chưa"),
        ],
    )
    def test_vn_number(self, value: Decimal | float | str | None, written: str) -> None:
        assert numbers.vn_number(value) == written

    def test_vn_number_rounds_half_up_to_the_places_asked(self) -> None:
        assert numbers.vn_number(Decimal("2.45"), 1) == "2,5"
        assert numbers.vn_number(Decimal("-0.04"), 1) == "0"

    @pytest.mark.parametrize(("value", "written"), [(19, "+19"), (0, "0"), (Decimal("-2.5"), "−2,5"), (None, "–")])
    def test_vn_signed(self, value: Decimal | int | None, written: str) -> None:
        assert numbers.vn_signed(value) == written

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("78.6666", "78,7%"),
            ("100", "100%"),
            ("99.94", "99,9%"),
            ("99.95", "99,9%"),
            ("99.96", "99,9%"),
            ("99.9999", "99,9%"),
            ("135.3333", "135,3%"),
            ("100.04", "100%"),
            ("0", "0%"),
            ("83.3333", "83,3%"),
        ],
    )
    def test_rule_17_percent_has_at_most_one_place_and_below_100_never_shows_100(
        self, value: str, written: str
    ) -> None:
        assert numbers.vn_percent(Decimal(value)) == written

    def test_rule_02_percent_of_no_value_is_a_dash(self) -> None:
        assert numbers.vn_percent(None) == "–"

    def test_vn_share(self) -> None:
        assert numbers.vn_share(2704, 2860) == "2.704/2.860"
        assert numbers.vn_share(None, 20) == "–"

    @pytest.mark.parametrize(
        ("minimum", "maximum", "unit", "written"),
        [
            (150, 200, "cây", "150–200 cây"),
            (Decimal("1000.0000"), None, "", "from 1.000"),
            (None, 3, "hộ", "at most 3 hộ"),
            (None, 0, "", "at most 0"),
            (2, 2, "lớp", "2 lớp"),
            (100, None, "%", "100%"),
            (80, None, "%", "from 80%"),
            (80, 90, "%", "80–90%"),
            (None, None, "cây", "–"),
        ],
    )
    def test_vn_range(self, minimum: int | None, maximum: int | None, unit: str, written: str) -> None:
        assert numbers.vn_range(minimum, maximum, unit) == written

    def test_figures_are_the_same_in_vietnamese(self) -> None:
        with translation.override("vi"):
            assert render("{{ value|vn_number }} {{ value|vn_percent }}", value=Decimal("1234.5")) == "1.234,5 1.234,5%"

    @pytest.mark.parametrize(
        ("size", "written"), [(None, "–"), (0, "1 KB"), (820 * 1024, "820 KB"), (1887437, "1,8 MB")]
    )
    def test_vn_size(self, size: int | None, written: str) -> None:
        assert numbers.vn_size(size) == written


class TestDates:
    def test_days_have_no_leading_zeros(self) -> None:
        assert numbers.vn_date(date(2024, 3, 6)) == "6/3/2024"
        assert numbers.vn_day(date(2024, 3, 26)) == "26/3"

    def test_a_moment_is_shown_in_viet_nam(self) -> None:
        moment = datetime(2024, 10, 3, 18, 5, tzinfo=UTC)
        assert numbers.vn_date(moment) == "4/10/2024"
        assert numbers.vn_time(moment) == "1:05"
        assert numbers.vn_datetime(moment) == "1:05 on 4/10/2024"

    def test_none_is_a_dash(self) -> None:
        assert [write(None) for write in (numbers.vn_date, numbers.vn_day, numbers.vn_time, numbers.vn_datetime)] == (
            ["–"] * 4
        )

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("2024-09", "month 9/2024"),
            ("2024-Q3", "quarter III/2024"),
            ("2024-H1", "first half of 2024"),
            ("2024-H2", "second half of 2024"),
            ("2024-9M", "first nine months of 2024"),
            ("2024", "year 2024"),
            ("sometime", "sometime"),
            ("2024-Q5", "2024-Q5"),
        ],
    )
    def test_span_name(self, code: str, name: str) -> None:
        assert numbers.span_name(code) == name

    def test_period_name_of_a_day(self) -> None:
        assert numbers.period_name(date(2024, 9, 30)) == "month 9/2024"
        assert numbers.period_name("2024-10") == "month 10/2024"


ALL_LOOKS = [(name, value) for name, values in VOCABULARIES.items() for value in values]


class TestStatus:
    def test_vocabularies_are_those_of_the_contract(self) -> None:
        assert {name: set(values) for name, values in VOCABULARIES.items()} == {
            "target": {"no_data", "not_due", "on_track", "at_risk", "behind", "met", "exceeded", "missed"},
            "report": {"not_started", "draft", "submitted", "returned", "approved"},
            "timeliness": {"on_time", "late", "missing", "not_required"},
            "job": {"queued", "running", "done", "failed", "cancelled"},
            "activity": {"planned", "under_way", "done", "postponed", "cancelled", "overdue"},
            "plan": {"draft", "in_review", "issued", "closed"},
            "document": {"draft", "issued", "superseded"},
            "registration": {"registered", "approved", "returned", "withdrawn"},
            "proposal": {"open", "accepted", "rejected", "doubtful", "clash"},
        }

    @pytest.mark.parametrize(("vocabulary", "value"), ALL_LOOKS)
    def test_every_state_has_a_drawn_shape_and_a_coloured_class(self, vocabulary: str, value: str) -> None:
        look = VOCABULARIES[vocabulary][value]
        assert look.shape in shapes.SHAPES
        assert re.search(rf"\.{look.css}\b", STATUS_CSS.read_text())

    @pytest.mark.parametrize("vocabulary", VOCABULARIES)
    def test_within_a_vocabulary_shapes_differ_without_colour(self, vocabulary: str) -> None:
        drawn = [shapes.SHAPES[look.shape] for look in VOCABULARIES[vocabulary].values()]
        assert len(set(drawn)) == len(drawn)

    def test_badge_has_word_shape_and_colour(self) -> None:
        assert status("on_track") == (
            '<span class="status st-pace"><svg class="shape" aria-hidden="true"><use href="#s-pace"/></svg>'
            "On track</span>"
        )

    def test_badge_escapes_a_text_of_its_own(self) -> None:
        assert "Quá hạn &lt;5&gt; ngày" in status("overdue", "activity", "Quá hạn <5> ngày")

    def test_same_value_reads_by_its_vocabulary(self) -> None:
        assert [render(f"{{% status 'draft' '{name}' %}}").count("s-draft") for name in ("report", "plan")] == [1, 1]
        assert status_css("cancelled", "job") == "st-cancelled"
        assert status_mark("late", "timeliness") == "late"

    def test_shape_alone_still_says_its_word(self) -> None:
        assert '<span class="visually-hidden">Missed</span>' in status_shape("missed")

    def test_unknown_value_is_a_fault_and_not_an_empty_badge(self) -> None:
        with pytest.raises(KeyError):
            status("on_truck")

    def test_sprite_holds_each_drawing_once(self) -> None:
        ids = re.findall(r'<symbol id="([^"]+)"', sprite())
        assert ids == [f"s-{name}" for name in shapes.SHAPES] + [f"i-{name}" for name in shapes.ICONS]

    def test_shape_for_paper_is_drawn_whole_in_its_own_colour(self) -> None:
        drawn = shape_drawn("met", "#000000", 10)
        assert "currentColor" not in drawn
        assert "<use" not in drawn
        assert 'fill="#000000"' in drawn
        assert 'width="10"' in drawn


class TestPages:
    def test_query_keeps_other_words_and_sets_its_own(self) -> None:
        address = render("{% query page=3 %}", "/?q=hien+mau&page=1&unit=a&unit=b")
        assert address == "?q=hien+mau&amp;unit=a&amp;unit=b&amp;page=3"

    def test_query_takes_a_word_out(self) -> None:
        assert render("{% query basis='' %}", "/?basis=official&period=2024-09") == "?period=2024-09"

    def test_kept_query_leaves_out_what_the_form_sets_and_the_page(self) -> None:
        assert render("{% kept_query 'q' %}", "/?q=a&page=2&unit=%22x") == (
            '<input type="hidden" name="unit" value="&quot;x">'
        )

    def test_page_numbers_leave_gaps(self) -> None:
        pages = Paginator(range(600), 20)
        assert page_numbers(pages.page(7)) == [1, None, 5, 6, 7, 8, 9, None, 30]
        assert page_numbers(pages.page(1)) == [1, 2, 3, None, 30]


@pytest.mark.parametrize(("count", "said"), [(0, None), (1, None), (2, "1–2 of 2"), (30, "1–20 of 30")])
def test_pages_of_a_list_are_counted_from_two_things_on(count, said):
    page = Paginator(range(count), 20).get_page(1)
    bar = render('{% include "parts/pagination.html" with page=page %}', page=page)
    found = re.search(r'<span class="hint">(.*?)</span>', bar)
    assert (found and found[1]) == said
