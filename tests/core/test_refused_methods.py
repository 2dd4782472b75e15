"""An address that only buttons send to, opened as a page, is answered in words; no way of the portal leads there."""

import re
from http import HTTPStatus

import pytest
from django.http import HttpResponseNotAllowed
from django.test import RequestFactory

from core.middleware import refused_methods

STEP = "/notices/read/"
TITLE = "Địa chỉ này không mở trực tiếp được"


def test_who_opens_the_address_of_a_button_reads_so(client, officer):
    client.force_login(officer)
    answer = client.get(STEP, headers={"accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST")
    page = answer.content.decode()
    assert TITLE in page
    assert 'href="/">Về công việc của tôi</a>' in page


@pytest.mark.parametrize("headers", [{"hx-request": "true"}, {"x-autosave": "1"}, {"accept": "application/json"}])
def test_what_is_no_page_stays_short(client, officer, headers):
    client.force_login(officer)
    answer = client.get(STEP, headers=headers)
    assert (answer.status_code, answer["Allow"], answer.content) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST", b"")


def test_what_a_view_says_itself_stays():
    refused = HttpResponseNotAllowed(["POST"], "in its own words")
    request = RequestFactory().get("/")
    request.htmx = False
    assert refused_methods(lambda _request: refused)(request).content == b"in its own words"


def test_the_other_language_leads_to_a_page_that_opens(client, officer):
    """A page that answered a step stands under the step's address, which may take nothing else."""
    client.force_login(officer)
    switch = re.compile(r'<form method="post" action="/i18n/setlang/">.*?name="next" value="([^"]*)"')
    assert set(switch.findall(client.get("/plans/?page=1").content.decode())) == {"/plans/?page=1"}
    answer = client.post("/plans/new/", {})
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY}
    assert set(switch.findall(answer.content.decode())) == {"/"}
