"""A secretary on a bad line: what is typed stays on the telephone and goes later; nothing stays after signing out."""

import re
import time
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e

KEPT = "Object.keys(localStorage).filter(name => name.startsWith('report:')).length"


def kept(page: Page) -> int:
    return int(page.evaluate(KEPT))


def test_what_is_typed_without_a_line_is_kept_sent_later_and_gone_after_signing_out(
    portal: Portal, browser: Browser
) -> None:
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    text = f"Đợt sóng mất, chữ vẫn còn ({time.monotonic_ns()})."
    try:
        sign_in(page, "bithu")
        address = page.url
        words = page.locator("#report textarea:not([name$=note])").first
        saved = page.locator("[data-saved]")

        context.set_offline(True)
        words.fill(text)
        expect(saved).to_have_text(re.compile("^Mất kết nối"))
        assert kept(page) == 1

        # The browser is closed without a line, and opened again with one.
        page.close(run_before_unload=False)
        context.set_offline(False)
        page = context.new_page()
        page.goto(address)
        words = page.locator("#report textarea:not([name$=note])").first
        expect(page.locator("#kept")).to_contain_text("đã được đưa lại vào biểu")
        expect(words).to_have_value(text)
        expect(page.locator("[data-saved]")).to_have_text(re.compile("^Đã lưu"))
        page.reload()
        expect(page.locator("#report textarea:not([name$=note])").first).to_have_value(text)
        assert kept(page) == 0

        # The line drops once more, and comes back while the page is open.
        context.set_offline(True)
        page.locator("#report textarea:not([name$=note])").first.fill("Có mạng lại là gửi.")
        expect(page.locator("[data-saved]")).to_have_text(re.compile("^Mất kết nối"))
        context.set_offline(False)
        expect(page.locator("[data-saved]")).to_have_text(re.compile("^Đã lưu"), timeout=15_000)

        # Of another report, so that only signing out takes it away.
        page.evaluate("localStorage.setItem('report:0:0', '{}')")
        assert kept(page) == 1
        page.locator("form[data-forget] button").first.evaluate("button => button.click()")
        page.wait_for_url(re.compile("/accounts/"))
        assert kept(page) == 0
    finally:
        context.close()


def test_a_submission_waits_for_the_save_that_travels(portal: Portal, browser: Browser) -> None:
    """Once its answer comes late, once it is lost on the way. The report stays a draft: nobody takes the submission."""
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    held: list[tuple[Route, APIResponse]] = []
    brought: list[str] = []

    def hold(route: Route) -> None:
        held.append((route, route.fetch()))
        page.unroute("**/autosave/")

    def receive(route: Route) -> None:
        brought.extend(parse_qs(str(route.request.post_data))["version"])
        route.fulfill(status=200, content_type="text/html", body="<p>received</p>")

    try:
        sign_in(page, "bithu")
        address = page.url
        page.route("**/submit/", receive)
        for is_lost in (False, True):
            page.goto(address)
            page.route("**/autosave/", hold)
            page.locator("#report textarea:not([name$=note])").first.fill(f"Gửi ngay sau khi gõ {time.monotonic_ns()}.")
            expect(page.locator("[data-saved]")).to_have_text(re.compile("^Đang lưu"))
            while not held:
                page.wait_for_timeout(50)
            page.locator(".savebar").get_by_role("button", name="Gửi báo cáo").click()
            page.wait_for_timeout(500)
            assert len(brought) == is_lost
            route, answer = held.pop()
            version = str(answer.json()["version"])
            if is_lost:
                route.abort()
            else:
                route.fulfill(response=answer)
            expect(page.get_by_text("received")).to_be_visible()
            assert brought[-1] == version
    finally:
        context.close()
