"""The first thing anyone sees: the portal answers, and asks in Vietnamese who is there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.running import Portal, sign_in

pytestmark = pytest.mark.e2e


def test_healthz_names_database_broker_and_worker(portal: Portal) -> None:
    assert portal.health() == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok"}


def test_a_stranger_is_asked_to_sign_in_in_vietnamese(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    assert page.get_attribute("html", "lang") == "vi"
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()


def test_a_wrong_password_gets_a_vietnamese_sentence_and_keeps_the_name(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "bithu")
    page.fill("input[name=password]", "sai-mat-khau")
    page.click("main button[type=submit]")
    expect(page.get_by_text("Tên đăng nhập hoặc mật khẩu không đúng.")).to_be_visible()
    assert page.input_value("input[name=login]") == "bithu"


def test_a_secretary_signs_in_and_sees_own_work(page: Page) -> None:
    sign_in(page, "bithu")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
