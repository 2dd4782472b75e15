"""The page of one's calendars: an address is shown once, by the answer that made it, and kept nowhere."""

import re

import pytest
from django.core.cache import cache

from accounts.models import Role
from accounts.services import end_role
from activities.feeds.services import make_feed, renew_feed
from activities.models import CalendarFeed
from tests.activities.feeds.scenes import feed_of, fetch
from tests.making import count_queries

PAGE = "/activities/feeds/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def token_in(page: str) -> str:
    """The one secret on a page."""
    found = set(re.findall(r"/activities/feed/([\w-]+)\.ics", page))
    assert len(found) == 1
    return found.pop()


def test_an_address_is_made_shown_once_and_works(client, secretary, settings):
    settings.PORTAL_URL = "https://portal.example"
    client.force_login(secretary)
    assert "Chưa có lịch nào." in client.get(PAGE).content.decode()
    made = client.post(PAGE, {"unit": ""})
    token = token_in(made.content.decode())
    assert (made.status_code, made["Cache-Control"]) == (200, "private, no-store")
    assert f'readonly value="https://portal.example/activities/feed/{token}.ics"' in made.content.decode()
    assert fetch(token).status_code == 200
    again = client.get(PAGE).content.decode()
    assert (token in again, "Hoạt động liên quan đến tôi" in again) == (False, True)
    assert token not in str(dict(client.session))


def test_a_calendar_of_a_unit_is_offered_where_one_came_from(client, officer, province):
    """Two levels below the role's unit: not among those offered otherwise."""
    client.force_login(officer)
    code = province.hospital_surgery.code
    assert client.post(PAGE, {"unit": code}).status_code == 422
    page = client.get(PAGE, {"unit": code}).content.decode()
    assert f'<option value="{code}" selected>Chi đoàn Khối Ngoại</option>' in page
    assert client.post(f"{PAGE}?unit={code}", {"unit": code}).status_code == 200
    assert CalendarFeed.objects.get().unit == province.hospital_surgery


def test_what_is_out_of_reach_does_not_exist(client, secretary, province):
    client.force_login(secretary)
    assert client.get(PAGE, {"unit": province.finance.code}).status_code == 404
    assert client.post(PAGE, {"unit": province.finance.code}).status_code == 422
    assert CalendarFeed.objects.count() == 0


def test_a_second_one_is_refused_in_words(client, secretary):
    client.force_login(secretary)
    client.post(PAGE, {"unit": ""})
    answer = client.post(PAGE, {"unit": ""})
    assert answer.status_code == 422
    assert "Bạn đã có lịch này." in answer.content.decode()


def test_a_new_address_is_shown_once_too(client, secretary):
    feed, old = make_feed(actor=secretary, unit=None)
    client.force_login(secretary)
    token = token_in(client.post(f"{PAGE}{feed.pk}/renew/").content.decode())
    assert [fetch(one).status_code for one in (old, token)] == [404, 200]
    assert token not in client.get(PAGE).content.decode()


def test_it_is_revoked(client, secretary):
    feed, token = make_feed(actor=secretary, unit=None)
    client.force_login(secretary)
    answer = client.post(f"{PAGE}{feed.pk}/revoke/", follow=True)
    assert "Đã thu hồi lịch." in answer.content.decode()
    assert (CalendarFeed.objects.count(), fetch(token).status_code) == (0, 404)


def test_another_s_calendar_does_not_exist(client, secretary, officer):
    feed, token = make_feed(actor=secretary, unit=None)
    client.force_login(officer)
    assert [client.post(f"{PAGE}{feed.pk}/{step}/").status_code for step in ("renew", "revoke")] == [404, 404]
    assert fetch(token).status_code == 200


def test_the_list_says_when_each_was_fetched(client, secretary, province):
    client.force_login(secretary)
    token = feed_of(secretary)
    make_feed(actor=secretary, unit=province.justice)
    fetch(token)
    page = client.get(PAGE).content.decode()
    assert (page.count("cập nhật gần nhất"), page.count("chưa có thiết bị nào cập nhật")) == (1, 1)


def test_the_list_says_what_is_out_of_reach_by_now(client, secretary, officer, province):
    make_feed(actor=officer, unit=province.justice)
    make_feed(actor=officer, unit=None)
    role = Role.objects.get(user=officer)
    client.force_login(officer)
    Role.objects.filter(pk=role.pk).update(unit=province.finance)
    page = client.get(PAGE).content.decode()
    assert page.count("không còn thuộc phạm vi của bạn") == 1
    assert (page.count("/renew/"), page.count("/revoke/")) == (1, 2)
    end_role(actor=None, role=role)
    assert client.get(PAGE).status_code == 403


def test_a_long_list_asks_no_more(client, officer, province):
    client.force_login(officer)
    make_feed(actor=officer, unit=province.hospital)
    client.get(PAGE)
    few = count_queries(lambda: client.get(PAGE))
    for unit in (None, province.college, province.justice, province.finance, province.bloc_union):
        make_feed(actor=officer, unit=unit)
    many = count_queries(lambda: client.get(PAGE))
    assert (few == many, many <= 15) == (True, True)


def test_a_new_address_has_not_been_fetched(secretary, client):
    feed, token = make_feed(actor=secretary, unit=None)
    fetch(token)
    renew_feed(actor=secretary, feed=feed)
    client.force_login(secretary)
    assert "chưa có thiết bị nào cập nhật" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["board", "month", "list"])
def test_the_calendar_leads_there(client, secretary, name):
    client.force_login(secretary)
    code = "" if name == "list" else "?unit=QNA-KCQ-003"
    assert f'href="{PAGE}{code}"' in client.get(f"/activities/{name}/").content.decode()


def test_the_words_of_the_page_are_translated(client, secretary):
    client.force_login(secretary)
    client.post(PAGE, {"unit": ""})
    page = client.get(PAGE).content.decode()
    assert re.findall(r"\b(calendar of|Revoke|address|Withdraw|phone)\b(?![^<]*>)", page.partition("<main")[2]) == []
