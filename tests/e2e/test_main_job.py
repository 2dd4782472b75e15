"""The main job, as five people do it in the browser, on both pairs of database and broker.

A secretary fills and submits a month; an officer returns it with a reason; the secretary corrects;
the officer approves; a worker brings the totals up to date; the leader's dashboard changes; the
leader has the quarterly report made and downloads it.
"""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.running import Portal, ask_for_the_quarter, sign_in

pytestmark = pytest.mark.e2e

MONTH = "2024-09"
BLOOD = "1.7"
REASON = "Số đơn vị máu chưa khớp danh sách, đề nghị kiểm tra lại."
# Two seconds is what the portal promises on a quiet machine; a test machine may be busy.
TOTALS_WITHIN_SECONDS = 60
PAPER_WITHIN_SECONDS = 180

Seat = Callable[[str], Page]


@pytest.fixture
def seat(browser: Browser, portal: Portal) -> Iterator[Seat]:
    """Sign people in, each in a browser window of their own: the secretary on a phone, the others at a desk."""
    contexts = []

    def take(username: str) -> Page:
        size = {"width": 360, "height": 740} if username == "bithu" else {"width": 1440, "height": 900}
        context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport=size, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username)
        return page

    yield take
    for context in contexts:
        context.close()


def blood_entry(page: Page) -> Locator:
    return page.locator("fieldset[data-entry]").filter(has_text=re.compile("đơn vị máu")).locator("input[name$=amount]")


def fill_month(page: Page, *, blood: int) -> None:
    """Answer everything the form asks: blood as given, nothing else happened, nothing more is done."""
    for entry in page.locator("fieldset[data-entry]").all():
        for box in entry.locator("input[name$=amount]").all():
            if not box.input_value():
                box.fill("0")
        if (
            entry.locator("input[name$=numerator]").count()
            and not entry.locator("input[name$=numerator]").input_value()
        ):
            entry.locator("input[name$=numerator]").fill("20")
            entry.locator("input[name$=denominator]").fill("20")
        if entry.locator("input[type=radio]").count() and not entry.locator("input[type=radio]:checked").count():
            entry.get_by_label("Chưa xong").check()
    blood_entry(page).fill(str(blood))


def count_the_trees(page: Page) -> None:
    """Tick what an activity brought: it stands in the figure, and is taken out again, and stands there again."""
    entry = page.locator("fieldset[data-entry]").filter(has_text="Cây xanh")
    tick, figure = entry.get_by_label("Tính vào số của tháng"), entry.locator("input[name$=amount]")
    for steps in ("12", "", "12"):
        tick.click()
        expect(figure).to_have_value(steps)


def submit(page: Page) -> None:
    """Submit, and once more where the form asks to look at something unusual."""
    for _look in range(2):
        page.get_by_role("button", name="Gửi báo cáo").last.click()
        page.wait_for_load_state()
        if page.get_by_role("button", name="Gửi báo cáo").count() == 0:
            break
    expect(page.locator("main").get_by_text("Chờ duyệt").first).to_be_visible()


def open_in_queue(page: Page, unit: str) -> None:
    page.goto("/reports/review/")
    page.locator(".queue").get_by_role("link", name=re.compile(re.escape(unit))).first.click()
    expect(page.locator("#h-u")).to_contain_text(unit)


def blood_to_date(page: Page) -> int:
    """The blood target's figure to date on the leader's dashboard, official."""
    page.goto(f"/dashboard/QNA-KCQ/?period={MONTH}&basis=official")
    row = page.locator("table.targets tr").filter(has=page.locator("td.c-code", has_text=re.compile(rf"^{BLOOD}$")))
    figure = row.locator(".c-v .v").first.inner_text()
    return int(figure.replace(".", ""))


def test_a_month_from_the_secretarys_phone_to_the_leaders_paper(seat: Seat, portal: Portal, tmp_path: Path) -> None:
    leader = seat("lanhdao")
    before = blood_to_date(leader)

    secretary = seat("bithu")
    expect(secretary).to_have_url(re.compile(rf"/reports/QNA-KCQ-\d+/{MONTH}/"))
    address = secretary.url
    count_the_trees(secretary)
    fill_month(secretary, blood=4)
    submit(secretary)
    unit = secretary.locator(".head__sub").first.inner_text().split(" · ")[0]

    officer = seat("canbo")
    officer.goto(address)
    officer.get_by_label("Lý do").fill(REASON)
    officer.get_by_role("button", name="Trả lại").click()
    expect(officer.get_by_text(REASON).first).to_be_visible()
    assert blood_to_date(leader) == before

    secretary.goto("/")
    expect(secretary.get_by_text(REASON)).to_be_visible()
    blood_entry(secretary).fill("3")
    submit(secretary)

    officer.goto(address)
    officer.get_by_role("button", name=re.compile("Duyệt")).click()
    expect(officer.locator("main").get_by_text("Đã duyệt").first).to_be_visible()

    deadline = time.monotonic() + TOTALS_WITHIN_SECONDS
    while blood_to_date(leader) != before + 3 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert blood_to_date(leader) == before + 3

    text = paper_of_the_quarter(leader, tmp_path)
    assert "BÁO CÁO" in text
    assert f"{before + 3}" in text
    assert unit.split(" ", 2)[-1] in text


def paper_of_the_quarter(leader: Page, folder: Path) -> str:
    """Have the official report of the third quarter made, watch its progress, download it; its words."""
    ask_for_the_quarter(leader)
    expect(leader.locator("#job")).to_be_visible()
    leader.get_by_role("link", name="Mở kết quả").click(timeout=PAPER_WITHIN_SECONDS * 1000)
    with leader.expect_download() as download:
        leader.get_by_role("link", name="Tải PDF").click()
    path = folder / "report.pdf"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-1.7")
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
