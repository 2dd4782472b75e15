"""The grid of units and targets as an officer fills it in: sums while typing, cells by keys, a block from Excel.

What the server makes of the figures has tests of its own; here is what the page does by itself.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.running import sign_in

pytestmark = pytest.mark.e2e

TREES, BLOOD = "1.3c", "1.7"


def column(page: Page, code: str) -> Locator:
    return page.locator("th[data-column]").filter(has=page.locator(".code", has_text=re.compile(rf"^{code}$")))


def cell(page: Page, code: str, row: int) -> Locator:
    key = column(page, code).get_attribute("data-column")
    return page.locator("form[data-sharing] tbody tr").nth(row).locator(f'input[name^="c{key}-"]')


def handed(page: Page, code: str) -> int:
    return int(column(page, code).locator("[data-handed]").inner_text().split(" ")[0].replace(".", ""))


def paste(field: Locator, text: str) -> None:
    """As Ctrl+V does with a block that was copied in Excel."""
    field.evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


@pytest.fixture
def grid(page: Page) -> Page:
    sign_in(page, "canbo")
    page.goto("/plans/")
    plan = page.get_by_role("link", name="Công tác Đoàn, phong trào thanh niên của Khối năm 2024").get_attribute("href")
    page.goto(f"/allocations/{str(plan).split('/')[2]}/")
    return page


def test_the_grid_adds_up_as_one_types_and_sends_what_changed(grid: Page) -> None:
    told, before = grid.locator("[data-changes]"), handed(grid, TREES)
    first = cell(grid, TREES, 0)
    was = int(first.input_value())

    first.fill(str(was + 6))
    assert handed(grid, TREES) == before + 6
    expect(column(grid, TREES).locator("[data-gap]")).to_have_text("vượt 6")
    expect(told).to_contain_text("1")
    expect(grid.locator("td.is-changed")).to_have_count(1)

    first.press("Escape")
    assert (first.input_value(), handed(grid, TREES)) == (str(was), before)
    expect(told).to_have_text("")

    first.press("Enter")
    expect(cell(grid, TREES, 1)).to_be_focused()
    cell(grid, TREES, 1).press("ArrowUp")
    expect(first).to_be_focused()

    first.fill("mười")
    expect(first).to_have_attribute("aria-invalid", "true")
    first.press("Escape")
    expect(first).not_to_have_attribute("aria-invalid", "true")

    paste(cell(grid, BLOOD, 0), "5\n\n7")
    assert [cell(grid, BLOOD, row).input_value() for row in (0, 2)] == ["5", "7"]
    expect(told).to_contain_text("2")

    with grid.expect_request(lambda request: request.method == "POST") as sent:
        grid.get_by_role("button", name="Giao", exact=True).click()
    grid.wait_for_load_state()
    fields = re.findall(r"(?:^|&)(c\d+-\d+)=", sent.value.post_data or "")
    assert len(fields) == 2
    assert [cell(grid, BLOOD, row).input_value() for row in (0, 2)] == ["5", "7"]
    expect(told).to_have_text("")


def test_the_page_of_a_leader_keeps_its_own_title(page: Page) -> None:
    """What the page fetches afterwards, the table of units and targets, is a page too and has another."""
    sign_in(page, "lanhdao")
    page.goto("/dashboard/QNA-KCQ/")
    expect(page.locator("#units-and-targets table").first).to_be_visible()
    assert page.title().startswith("Đoàn Khối các cơ quan · tháng 9/2024")
