"""Buttons as impatient hands and old browsers press them."""

import contextlib

import pytest
from playwright.sync_api import APIResponse, Error, Page, Route, expect

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e
WORDS = "Đề nghị các chi đoàn đăng ký trước ngày 20."


def test_two_presses_send_one_comment(page: Page, portal: Portal) -> None:
    sign_in(page, "canbo")
    page.goto("/activities/list/")
    page.locator("main a[href^='/activities/']").filter(has_text="Ngày hội").first.click()
    page.locator("#say textarea").fill(WORDS)

    held: list[tuple[Route, APIResponse]] = []  # the portal has what was sent, and its answer is long in coming
    page.route("**/comments/**", lambda route: held.append((route, route.fetch(max_redirects=0))))
    page.locator("#say button[type=submit]").hover()
    for _press in range(2):
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(500)
    for route, answer in held:
        with contextlib.suppress(Error):  # of an earlier press, for whose answer nobody waits any more
            route.fulfill(response=answer)
    page.wait_for_url("**#c-*")
    expect(page.locator("li.word").filter(has_text=WORDS)).to_have_count(1)


def test_a_choice_that_sends_itself_does_so_in_an_old_browser(page: Page, portal: Portal) -> None:
    page.add_init_script("delete HTMLFormElement.prototype.requestSubmit")
    sign_in(page, "lanhdao")
    page.goto("/dashboard/QNA-KCQ/?period=2024-09")
    page.locator("form[data-autosubmit] select[name=period]").first.select_option("2024-08")
    page.wait_for_url("**period=2024-08*")
