"""Signed out meanwhile: back to the page of the button after signing in, with a word that nothing was done."""

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.conftest import PASSWORD

ENTRANCE = "/accounts/login/"
OWN = "http://testserver"
STEP = "/reports/QNA-KCQ-003/2024-09/submit/"
SENTENCE = "Phiên làm việc đã hết hạn nên thao tác vừa rồi chưa được thực hiện."


def wished(address: str) -> str:
    """Where signing in will lead to."""
    place = urlsplit(address)
    assert place.path == ENTRANCE
    return parse_qs(place.query)["next"][0]


def sign_in(client: Client, entrance: str):
    form = {"login": "can.bo", "password": PASSWORD, "next": wished(entrance)}
    return client.post(entrance, form, follow=True)


def test_a_step_leads_back_to_its_page_and_says_once_that_it_was_not_done(client, officer):
    client.force_login(officer)
    client.session.flush()
    refused = client.post(STEP, headers={"referer": f"{OWN}/plans/?page=1"})
    assert SENTENCE not in client.get(refused["Location"]).content.decode()
    page = sign_in(client, refused["Location"])
    assert (page.status_code, page.request["PATH_INFO"], page.request["QUERY_STRING"]) == (200, "/plans/", "page=1")
    assert page.content.decode().count(SENTENCE) == 1
    assert SENTENCE not in client.get("/plans/").content.decode()


def test_the_sentence_waits_for_a_page(client, officer):
    """What else is asked for with the new session could not show it: a step, a part of a page, what scripts save."""
    client.post(STEP)
    client.force_login(officer)
    client.post("/notices/read/")
    client.get("/plans/", headers={"hx-request": "true"})
    assert SENTENCE in client.get("/plans/").content.decode()


def test_a_form_of_one_address_says_so_too(client, officer):
    refused = client.post("/plans/new/", headers={"referer": f"{OWN}/plans/new/"})
    assert wished(refused["Location"]) == "/plans/new/"
    assert SENTENCE in sign_in(client, refused["Location"]).content.decode()


def test_looking_is_no_step(client, officer):
    refused = client.get("/plans/?page=1", headers={"referer": f"{OWN}/notices/"})
    assert wished(refused["Location"]) == "/plans/?page=1"
    assert SENTENCE not in sign_in(client, refused["Location"]).content.decode()


@pytest.mark.parametrize(
    "referer",
    [
        *("", "https://evil.vn/plans/", "http://testserver.evil.vn/", "http://testserver:81/", "plans/", "//evil.vn/"),
        *(f"{OWN}//evil.vn/", rf"{OWN}/\evil.vn/", "javascript:alert(1)", "http://[", f"{OWN}{ENTRANCE}?next=/x/", OWN),
    ],
)
def test_only_pages_of_the_portal_are_led_back_to(db, referer):
    assert wished(Client().post(STEP, headers={"referer": referer})["Location"]) == "/"


def test_signing_out_is_signing_out(client, officer):
    client.force_login(officer)
    left = client.post("/accounts/logout/", headers={"referer": f"{OWN}/plans/"})
    assert (left.status_code, left["Location"]) == (HTTPStatus.FOUND, ENTRANCE)
    client.force_login(officer)
    assert SENTENCE not in client.get("/plans/").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_htmx_has_the_whole_page_led_to_signing_in(client, officer, method):
    headers = {"hx-request": "true", "hx-current-url": f"{OWN}/plans/?page=1#end", "referer": f"{OWN}/notices/"}
    answer = getattr(client, method)(STEP, headers=headers)
    assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")
    assert "Location" not in answer
    assert wished(answer["HX-Redirect"]) == "/plans/?page=1"
    assert (SENTENCE in sign_in(client, answer["HX-Redirect"]).content.decode()) == (method == "post")


def test_htmx_is_led_to_no_foreign_page(db):
    for current in ("https://evil.vn/plans/", f"{OWN}//evil.vn/", ""):
        answer = Client().get("/plans/", headers={"hx-request": "true", "hx-current-url": current})
        assert wished(answer["HX-Redirect"]) == "/"


def test_what_saves_by_itself_is_told_by_the_status(client, officer):
    answer = client.post("/reports/QNA-KCQ-003/2024-09/autosave/", headers={"x-autosave": "1"})
    assert (answer.status_code, answer.content) == (HTTPStatus.UNAUTHORIZED, b"")
    client.force_login(officer)
    assert SENTENCE not in client.get("/plans/").content.decode()
