"""A report's words, edited in a browser: on the paper, whatever dies meanwhile, and accessible on every screen."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.e2e.running import Portal, ask_for_the_quarter, sign_in
from tests.e2e.test_accessibility import DESK, PHONE, serious_faults

pytestmark = pytest.mark.e2e

WORDS = "Một số đơn vị chưa bố trí cán bộ theo dõi số liệu hằng tháng."
COUNT_RESULTS = (
    "from core.models import StoredFile; from reports.documents.models import DocumentEvent, OfficialDocument; "
    "print(OfficialDocument.objects.count(), "
    "DocumentEvent.objects.filter(document={0}, action='rendered').count(), "
    "StoredFile.objects.filter(kind='reports.document', subject='{0}').count())"
)


def make_a_draft(page: Page) -> str:
    """Have the quarter's report made; the address of its page."""
    ask_for_the_quarter(page)
    page.get_by_role("link", name="Mở kết quả").click(timeout=60_000)
    expect(page.get_by_role("link", name="Biên tập lời văn")).to_be_visible()
    return page.url


def checksum_of(page: Page, document: str) -> str:
    page.goto(document)
    return page.locator(".checksum").inner_text()


def edit_causes(page: Page, document: str, text: str) -> None:
    page.goto(f"{document}words/")
    page.get_by_label("3. Nguyên nhân").fill(text)
    page.get_by_role("button", name="Lưu và lập lại bản dự thảo").click()
    expect(page.get_by_text(re.compile(r"Đã lưu bản \d+"))).to_be_visible()


def wait_until_set(page: Page, document: str) -> None:
    deadline = time.monotonic() + 60
    page.goto(document)
    while page.get_by_text("Đang lập văn bản.").count():
        assert time.monotonic() < deadline
        time.sleep(0.5)
        page.reload()


def test_words_that_are_saved_get_onto_the_paper_though_the_worker_is_killed(
    page: Page, portal: Portal, tmp_path: Path
) -> None:
    sign_in(page, "canbo")
    count = int(portal.manage("shell", "-c", COUNT_RESULTS.format(0)).split()[-3])
    document = make_a_draft(page)
    before = checksum_of(page, document)
    edit_causes(page, document, WORDS)
    page.get_by_role("link", name="Xem tiến độ").click()
    expect(page.locator("#job").get_by_text(re.compile(r"Trang \d+"))).to_be_visible(timeout=60_000)
    os.killpg(portal.processes["worker"].pid, signal.SIGKILL)
    portal.processes["worker"].wait()
    assert checksum_of(page, document) == before

    portal.start("worker")
    wait_until_set(page, document)
    assert checksum_of(page, document) != before
    number = document.rstrip("/").rpartition("/")[2]
    counted = portal.manage("shell", "-c", COUNT_RESULTS.format(number)).split()[-3:]
    assert counted == [str(count + 1), "2", "1"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải PDF").click()
    download.value.save_as(tmp_path / "a.pdf")
    text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert WORDS in " ".join(text.split())


def test_unsaved_words_are_not_left_by_accident(page: Page, portal: Portal) -> None:
    sign_in(page, "canbo")
    document = make_a_draft(page)
    page.goto(f"{document}words/")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("3. Nguyên nhân").fill("Gõ dở.")
    page.get_by_role("link", name="Về bản dự thảo").click(no_wait_after=True)
    expect(page.get_by_label("3. Nguyên nhân")).to_have_value("Gõ dở.")
    page.wait_for_timeout(500)
    assert (asked, page.url) == (["beforeunload"], f"{document}words/")
    page.get_by_role("button", name="Lưu và lập lại bản dự thảo").click()
    expect(page.get_by_text("Đã lưu bản 2.")).to_be_visible()
    assert asked == ["beforeunload"]


def test_the_pages_of_the_words_are_accessible(page: Page, portal: Portal, browser: Browser) -> None:
    if portal.broker == "redis":
        pytest.skip("The pages are the same on both brokers; once is enough.")
    sign_in(page, "canbo")
    document = make_a_draft(page)
    edit_causes(page, document, WORDS)
    addresses = [f"{document}{rest}" for rest in ("", "words/", "words/1/", "words/2/", "words/1/changes/")]
    state = page.context.storage_state()
    for screen in (PHONE, DESK):
        context = browser.new_context(locale="vi-VN", viewport=screen, storage_state=state)
        other, axe = context.new_page(), Axe()
        found = {}
        for address in addresses:
            answer = other.goto(address)
            assert answer is not None
            assert answer.status == 200
            found[address] = serious_faults(other, axe)
            assert other.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        context.close()
        assert {address: faults for address, faults in found.items() if faults} == {}
