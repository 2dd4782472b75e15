"""The leader's pages on a phone: what is touched is as high as a thumb, and the page does not slide sideways."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e

THUMB = 44
TOUCHED = ".tally a, .big a, .moves a, .bloc-dots a, .targets tbody a, .heat a"


def test_what_a_leader_touches_is_as_high_as_a_thumb(portal: Portal, browser: Browser) -> None:
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    try:
        sign_in(page, "lanhdao")
        page.goto("/dashboard/QNA-KCQ/")
        page.locator(".heat a").first.wait_for()  # units and targets come after the page
        heights = page.locator(TOUCHED).evaluate_all(
            "links => links.map(link => [link.textContent.trim(), link.getBoundingClientRect().height])"
        )
        shown = [(words, height) for words, height in heights if height > 0]
        assert len(shown) > 100
        assert [(words, height) for words, height in shown if height < THUMB] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    finally:
        context.close()


def test_every_page_on_the_way_down_to_a_report_fits_a_phone(portal: Portal, browser: Browser) -> None:
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    try:
        sign_in(page, "lanhdao")
        page.goto("/units/QNA-KCQ/")
        page.get_by_role("link", name="Nghị quyết 02-NQ/ĐTN").click()
        page.locator(".big a").click()
        steps = [
            page.get_by_role("link", name="Hiến máu tình nguyện").first,
            page.locator(".parts tr:not(.is-now) th a").first,
            page.locator(".months__table .c-st a").first,
        ]
        widths = []
        for step in steps:
            step.click()
            page.wait_for_load_state()
            place = page.url.removeprefix(portal.url).split("/")[1]
            widths.append((place, page.evaluate("document.documentElement.scrollWidth")))
            heights = page.locator(".parts tbody a, .months__table a, .figure__facts a").evaluate_all(
                "links => links.map(link => link.getBoundingClientRect().height)"
            )
            assert [height for height in heights if 0 < height < THUMB] == []
        assert widths == [("targets", 360), ("targets", 360), ("reports", 360)]
    finally:
        context.close()
