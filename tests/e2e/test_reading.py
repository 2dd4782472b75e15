"""A document becomes a plan, as an officer and a leader do it in the browser, on both pairs of database and broker.

The officer drops a Word file, has its targets and activities read, accepts the sure ones, corrects, leaves out, adds
what the machine did not see, and sends; the leader issues; the plan shows targets and calendar.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e

NUMBER = 77  # of the document: no other of the year has it
READ_WITHIN_SECONDS = 60
CLAUSES = [
    "I. MỤC TIÊU CHUNG",
    "Đưa hoạt động về cơ sở, gắn với nhiệm vụ của từng cơ quan.",
    "II. HỆ THỐNG CHỈ TIÊU",
    "1. Cấp Đoàn Khối:",
    "1.1. Vận động hiến máu tình nguyện đạt từ 170 - 220 đơn vị máu.",
    "1.2. Trồng mới ít nhất 800 cây xanh.",
    "1.3. Tổ chức trên 1-2 đợt tình nguyện về vùng cao.",
    "1.4. Giúp đỡ ít nhất 60 em thiếu nhi có hoàn cảnh khó khăn.",
    "1.5. Duy trì tủ sách thanh niên tại trụ sở Đoàn Khối.",
    "III. CÁC HOẠT ĐỘNG LỚN",
    "* Quý I:",
    "1. Tổ chức Ngày hội hiến máu tình nguyện (tháng 3/2025).",
    "2. Tổ chức Lễ ra quân Tháng Thanh niên (tháng 3/2025).",
    "* Quý III:",
    "1. Tổ chức Hội thi tiếng Anh cán bộ trẻ (tháng 8/2025).",
]

Seat = Callable[[str], Page]


@pytest.fixture
def seat(browser: Browser, portal: Portal) -> Iterator[Seat]:
    """Sign people in, each in a browser window of their own; what the pages' scripts complain of fails the test."""
    contexts, complaints = [], []

    def take(username: str) -> Page:
        context = browser.new_context(base_url=portal.url, locale="vi-VN", viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        sign_in(page, username)
        return page

    yield take
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The programme as a Word file, made here."""
    word = docx.Document()
    for line in ("BCH ĐOÀN KHỐI CÁC CƠ QUAN", "Số: 77 - CTr/ĐTN", "Quảng Nam, ngày 01 tháng 10 năm 2024"):
        word.add_paragraph(line)
    word.add_paragraph("CHƯƠNG TRÌNH")
    word.add_paragraph("Công tác Đoàn và phong trào thanh niên năm 2025")
    for line in CLAUSES:
        word.add_paragraph(line)
    path = tmp_path / "Chuong trinh 2025.docx"
    word.save(path)
    return path


def entry(page: Page, words: str) -> Locator:
    """The proposal that was read from the words, as the mark over them in the document names it."""
    key = page.locator("[data-paper] mark[data-hit]", has_text=words).first.get_attribute("data-hit")
    return page.locator(f'[data-prop="{key}"]')


def drop(page: Page, document: Path) -> str:
    """Have the document read; the address of the plan's first step."""
    page.goto("/plans/from-document/")
    page.set_input_files("input[type=file]", document)
    page.get_by_role("button", name="Đọc văn bản").click()
    result = page.get_by_role("link", name="Mở kết quả")
    heading = page.get_by_role("heading", name="Chỉ tiêu", exact=False)
    expect(result.or_(heading).first).to_be_visible(timeout=READ_WITHIN_SECONDS * 1000)
    if "/reading/" not in page.url:
        result.click()
    page.wait_for_url(re.compile(r"/plans/\d+/reading/$"))
    return page.url


def mark_words(page: Page, words: str) -> None:
    """Select the words in the document, as a mouse does."""
    page.evaluate(
        """(words) => {
          const spans = [...document.querySelectorAll("[data-paper] [data-start]")];
          const span = spans.find((one) => one.textContent.includes(words));
          const from = span.firstChild.data.indexOf(words);
          window.getSelection().setBaseAndExtent(span.firstChild, from, span.firstChild, from + words.length);
        }""",
        words,
    )
    expect(page.locator("[data-addbar]")).to_be_visible()


def decide_on_targets(page: Page) -> None:
    expect(page.locator("[data-prop]")).to_have_count(4)
    page.get_by_role("button", name="Nhận 3 mục đọc chắc chắn").click()
    expect(page.get_by_text("Đã nhận 3 chỉ tiêu.")).to_be_visible()

    # The unsure one is corrected: its form is kept while it is typed, then accepted; the mark in the paper follows.
    unsure = entry(page, "trên 1-2 đợt")
    unsure.get_by_text("Sửa").click()
    unsure.get_by_label("Tối thiểu").fill("2")
    expect(page.locator("[data-saved]")).to_contain_text("đã lưu")
    unsure.get_by_label("Hạn hoàn thành").fill("30/9/2025")
    unsure.get_by_role("button", name="Nhận").click()
    expect(unsure).to_have_attribute("data-mark", "accepted")
    expect(unsure).to_contain_text("hạn 30/9/2025")
    expect(page.locator("[data-paper] mark.is-ok[data-hit]")).to_have_count(4)

    # By keyboard: the helped children are taken back, then left out.
    children = entry(page, "60 em thiếu nhi")
    children.get_by_role("button", name="Lấy lại").click()
    expect(children).to_have_attribute("data-mark", "open")
    children.click(position={"x": 4, "y": 4})
    page.keyboard.press("x")
    expect(children).to_have_attribute("data-mark", "rejected")

    mark_words(page, "Duy trì tủ sách thanh niên")
    page.keyboard.press("n")
    added = entry(page, "Duy trì tủ sách thanh niên")
    expect(added.get_by_label("Đơn vị tính")).to_be_visible()
    added.get_by_label("Đơn vị tính").fill("tủ sách")
    added.get_by_label("Tối thiểu").fill("1")
    added.get_by_label("Ai thực hiện").select_option("issuer_own")
    added.get_by_role("button", name="Nhận").click()
    expect(added).to_have_attribute("data-mark", "accepted")
    expect(page.get_by_text("Đã xét 5 trong 5 chỉ tiêu tìm thấy")).to_be_visible()


def test_a_document_becomes_a_plan(seat: Seat, document: Path) -> None:
    officer = seat("canbo")
    address = drop(officer, document)
    officer.get_by_role("link", name="Sang Chỉ tiêu").click()
    decide_on_targets(officer)

    officer.get_by_role("link", name="Sang Hoạt động").click()
    expect(officer.locator("[data-prop]")).to_have_count(3)
    officer.locator("[data-prop]").first.click(position={"x": 4, "y": 4})
    officer.keyboard.press("a")
    expect(officer.locator("[data-prop]").first).to_have_attribute("data-mark", "accepted")
    officer.get_by_role("button", name="Nhận 2 mục đọc chắc chắn").click()
    expect(officer.get_by_text("Đã xét 3 trong 3 hoạt động tìm thấy")).to_be_visible()

    officer.get_by_role("link", name="Sang Ban hành").click()
    expect(officer.get_by_text("Đã xét hết các mục tìm thấy.")).to_be_visible()
    officer.get_by_role("button", name="Gửi lãnh đạo").click()
    officer.get_by_role("button", name="Tiếp tục").click()
    plan = address.removesuffix("reading/")
    officer.wait_for_url(plan)

    leader = seat("lanhdao")
    leader.goto(plan)
    leader.get_by_label("Số", exact=True).fill(str(NUMBER))
    leader.get_by_role("button", name="Ban hành").click()
    for words in ("170–220 đơn vị máu", "từ 800 cây", "từ 1 tủ sách", "30/9/2025"):
        expect(leader.locator(".plantext").get_by_text(words).first).to_be_visible()
    expect(leader.locator(".plantext").get_by_text("60 em", exact=False)).to_have_count(1)  # the text's own words only
    leader.goto("/activities/board/?unit=QNA-KCQ&year=2025")
    expect(leader.get_by_text("Hội thi tiếng Anh cán bộ trẻ").first).to_be_visible()
