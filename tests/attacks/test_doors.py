"""Signing in, what is closed, and what every answer carries."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.conftest import PASSWORD

ENTRANCE = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def test_guessing_is_stopped_in_words(officer):
    client = Client()
    for number in range(5):
        client.post(ENTRANCE, {"login": "can.bo", "password": f"sai-{number}"})
    right = client.post(ENTRANCE, {"login": "can.bo", "password": PASSWORD})
    assert right.status_code == 200
    assert "Nhập sai quá nhiều lần. Hãy thử lại sau năm phút." in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_session_is_another_one_after_signing_in(officer):
    client = Client()
    client.get(ENTRANCE)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post(ENTRANCE, {"login": "can.bo", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["httponly"] is True
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_signing_in_leads_nowhere_else(officer):
    for wished in ("//evil.vn", "https://evil.vn", "javascript:alert(1)", r"\\evil.vn", r"/\evil.vn"):
        answer = Client().post(ENTRANCE, {"login": "can.bo", "password": PASSWORD, "next": wished})
        assert (wished, answer["Location"]) == (wished, "/")


def test_looking_at_the_way_out_signs_nobody_out(client, officer):
    client.force_login(officer)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/plans/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/plans/").status_code == 302


def test_demo_accounts_do_not_exist_outside_the_demo(client, officer, settings):
    officer.is_demo = True
    officer.save(update_fields=["is_demo"])
    settings.DEMO = False
    client.force_login(officer)
    assert client.get("/plans/").status_code == 302
    refused = Client().post(ENTRANCE, {"login": "can.bo", "password": PASSWORD})
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in refused.content.decode()


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_what_is_closed(client, officer, who):
    if who == "officer":
        client.force_login(officer)
    for address in ("email/", "confirm-email/", "confirm-email/abc/"):
        assert client.get(f"/accounts/{address}").status_code == 404
        assert client.post(f"/accounts/{address}", {"email": "x@example.vn", "action_add": ""}).status_code == 404
    for address in ("/admin/", "/admin/reports/progressreport/", "/admin/accounts/user/"):
        assert client.get(address)["Location"] == f"/admin/login/?next={address}"


def test_nobody_makes_an_account(client, django_user_model):
    form = {"username": "moi", "password1": "abcDEF123!", "password2": "abcDEF123!"}
    assert "cổng không mở đăng ký" in client.post("/accounts/signup/", form).content.decode()
    assert django_user_model.objects.filter(username="moi").count() == 0


def test_a_new_password_says_nothing_of_who_exists(officer):
    answers = [
        Client().post("/accounts/password/reset/", {"email": address})["Location"]
        for address in ("can.bo@example.vn", "khong.co@example.vn")
    ]
    assert answers == ["/accounts/password/reset/done/"] * 2
    assert [message.to for message in mail.outbox] == [["can.bo@example.vn"]]


def test_a_second_factor_can_be_set_up(client, officer):
    """The address that the administrator wrote down need not be confirmed first: there is no page for that."""
    client.post(ENTRANCE, {"login": "can.bo", "password": PASSWORD})
    address = "/accounts/2fa/totp/activate/"
    page = client.post(
        f"/accounts/reauthenticate/?next={address}", {"password": PASSWORD, "next": address}, follow=True
    )
    assert (page.request["PATH_INFO"], page.status_code) == (address, 200)


def test_checking_codes_is_limited_and_says_so(client, db):
    statuses = [client.get("/verify/ABCDEFGHJKLMNP/").status_code for _time in range(61)]
    assert statuses == [404] * 60 + [429]
    assert "Gửi yêu cầu quá nhiều" in client.get("/verify/ABCDEFGHJKLMNP/").content.decode()


def test_every_page_carries_its_guards(client, officer):
    client.force_login(officer)
    for address in (ENTRANCE, "/plans/", "/no-such-page/", "/reports/review/", "/verify/ABC/"):
        headers = client.get(address, follow=True).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
