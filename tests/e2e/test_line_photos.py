"""Photos on a bad line: each goes by itself, what did not arrive is named, and the report waits for what travels."""

import io
import re
import time
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e

INPUT = "#evidence-files"
SENT = "**/evidence/"
SLOW = 20_000


@pytest.fixture
def form(portal: Portal, browser: Browser) -> Iterator[Page]:
    """A secretary's month on a phone; nobody takes its submission."""
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, "bithu")
    yield page
    context.close()


def photo(name: str) -> FilePayload:
    out = io.BytesIO()
    colour = "#" + f"{time.monotonic_ns():x}"[-6:]
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def hold(page: Page) -> list[Route]:
    """The uploads that wait until the test lets them go on."""
    held: list[Route] = []
    page.route(SENT, lambda route: held.append(route))  # noqa: PLW0108 - a builtin is no handler
    return held


def let_go(page: Page, held: list[Route]) -> None:
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()


def test_each_photo_goes_by_itself_and_none_is_chosen_over_one_that_travels(form: Page) -> None:
    held = hold(form)
    form.locator(INPUT).set_input_files([photo("mot.jpg"), photo("hai.jpg")])
    for name, other in (("mot.jpg", "hai.jpg"), ("hai.jpg", "mot.jpg")):
        expect(form.locator(INPUT)).to_be_disabled()
        while not held:
            form.wait_for_timeout(50)
        body = held[0].request.post_data_buffer or b""
        assert (name.encode() in body, other.encode() in body) == (True, False)
        let_go(form, held)
        expect(form.locator("#evidence .files .name", has_text=name).first).to_be_visible(timeout=SLOW)
    expect(form.locator(INPUT)).to_be_enabled()
    assert form.locator("#evidence > .error").count() == 0


def test_what_did_not_arrive_is_named_and_does_not_stay_in_the_form(form: Page) -> None:
    def answer(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if b"lon.jpg" in body:
            route.fulfill(status=413)
        elif b"nho.jpg" in body:
            route.continue_()
        else:
            route.abort()

    form.route(SENT, answer)
    form.locator(INPUT).set_input_files([photo("lon.jpg"), photo("nho.jpg")])
    expect(form.locator("#evidence .files .name", has_text="nho.jpg").first).to_be_visible(timeout=SLOW)
    expect(form.locator("#evidence > .error")).to_have_text(re.compile(r"^Chưa gửi được: lon\.jpg\."))
    form.locator(INPUT).set_input_files([photo("mat.jpg"), photo("mang.jpg")])
    expect(form.locator("#evidence > .error")).to_have_text(re.compile(r"^Chưa gửi được: mat\.jpg, mang\.jpg\."))
    assert form.locator(INPUT).evaluate("input => [input.files.length, input.disabled]") == [0, False]


def test_a_submission_waits_for_photos_that_travel(form: Page) -> None:
    brought: list[str] = []

    def receive(route: Route) -> None:
        brought.append(route.request.headers["content-type"])
        route.fulfill(status=200, content_type="text/html", body="<p>received</p>")

    form.route("**/submit/", receive)
    held = hold(form)
    form.locator(INPUT).set_input_files([photo("truoc.jpg"), photo("sau.jpg")])
    form.locator(".savebar").get_by_role("button", name="Gửi báo cáo").click()
    let_go(form, held)
    expect(form.locator("#evidence .files .name", has_text="truoc.jpg").first).to_be_visible(timeout=SLOW)
    assert brought == []
    let_go(form, held)
    expect(form.get_by_text("received")).to_be_visible(timeout=SLOW)
    assert brought == ["application/x-www-form-urlencoded"]


def test_a_photo_is_withdrawn_although_the_list_came_anew_under_the_question(form: Page) -> None:
    form.locator(INPUT).set_input_files(photo("nham.jpg"))
    withdraw = form.get_by_role("button", name="nham.jpg")
    expect(withdraw).to_be_visible(timeout=SLOW)
    held = hold(form)
    form.locator(INPUT).set_input_files(photo("dung.jpg"))
    withdraw.click()
    let_go(form, held)
    expect(form.locator("#evidence .files .name", has_text="dung.jpg").first).to_be_attached(timeout=SLOW)
    form.locator("#confirm button[value=yes]").click()
    expect(form.get_by_text("Đã gỡ tệp").first).to_be_visible(timeout=SLOW)
    expect(withdraw).to_have_count(0)
