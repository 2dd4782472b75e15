"""Every page that a person comes to by its links holds axe-core's rules, on a phone and at a desk."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
# Where papers of a plan, of targets handed down and of a quarter are asked for: of officers and leaders.
ASKING = ("/documents/plans/2/", "/documents/allocations/2/", "/documents/calendars/")
BEGINNINGS = (
    *ASKING,
    *("/", "/activities/board/", "/activities/month/", "/activities/week/", "/activities/timeline/"),
    *("/activities/list/", "/plans/", "/units/", "/documents/"),
    *("/dashboard/QNA-KCQ/units/", "/dashboard/QNA-KCQ/compare/?unit=QNA-KCQ-001&unit=QNA-KCQ-002"),
)
NO_PAGES = re.compile(r"logout|/admin/|/static/")
FEWEST, MOST = 20, 33  # pages of different shapes for one person


def shape(address: str) -> str:
    """The page that an address leads to, whatever unit, month or number it names."""
    path, _mark, query = address.partition("#")[0].partition("?")
    named = re.sub(r"\b(QNA|KGI|TW)\b[-\w]*", "U", path)
    return re.sub(r"\d+", "0", named) + ("?" if query else "")


def is_opened(page: Page, address: str) -> bool:
    """Go there; false where a file comes instead of a page."""
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return False
    return answer is not None and answer.status == 200


def pages_within_reach(page: Page) -> Iterator[str]:
    """Open one page of each shape, going by the links; yields the address of each while it is open."""
    ahead, seen = list(BEGINNINGS), set[str]()
    while ahead and len(seen) < MOST:
        address = ahead.pop(0)
        if shape(address) in seen or NO_PAGES.search(address):
            continue
        seen.add(shape(address))
        if is_opened(page, address):
            page.wait_for_load_state("networkidle")  # parts that come after the page
            yield address
            ahead += page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")


def serious_faults(page: Page, axe: Axe) -> list[str]:
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(("who", "screen"), [("bithu", PHONE), ("canbo", DESK), ("lanhdao", PHONE)])
def test_every_page_within_reach_is_accessible(portal: Portal, browser: Browser, who: str, screen) -> None:
    if portal.broker == "redis":
        pytest.skip("The pages are the same on both brokers; once is enough.")
    context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport=screen)
    page, axe = context.new_page(), Axe()
    try:
        sign_in(page, who)
        found = {address: serious_faults(page, axe) for address in pages_within_reach(page)}
    finally:
        context.close()
    assert len(found) >= FEWEST
    assert [address in found for address in ASKING] == [who != "bithu"] * len(ASKING)
    assert {address: faults for address, faults in found.items() if faults} == {}
