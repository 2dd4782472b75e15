"""The frame's context (core.context): whose entries show, in which order, and which is the current one."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from core import context
from core.context import NavItem, Portal

ITEMS = [
    NavItem(key="units", label="Units", url="/units/", order=70),
    NavItem(key="review", label="Review", url="/reports/review/", order=30, count=7),
    NavItem(key="home", label="Mine", url="/", order=5),
]
REPORTS = [NavItem(key="reports", label="Reports", url="/reports/?year=2024", order=20)]


def first(request: HttpRequest) -> list[NavItem]:
    return ITEMS


def second(request: HttpRequest) -> list[NavItem]:
    return REPORTS


@pytest.fixture(autouse=True)
def _providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_providers", [])
    context.register_nav(first)
    context.register_nav(second)


def portal(path: str, *, signed_in: bool = True) -> Portal:
    request = RequestFactory().get(path)
    request.user = get_user_model()() if signed_in else AnonymousUser()
    return Portal(request)


def test_entries_of_all_providers_stand_in_order() -> None:
    assert [item.key for item in portal("/").nav] == ["home", "reports", "review", "units"]


@pytest.mark.parametrize(("count", "counted"), [(0, ""), (7, "7"), (999, "999"), (1000, "999+")])
def test_what_waits_is_counted_so_far(count: int, counted: str) -> None:
    assert NavItem(key="review", label="Review", url="/", count=count).counted == counted


def test_registering_twice_shows_once() -> None:
    context.register_nav(second)
    assert [item.key for item in portal("/").nav].count("reports") == 1


def test_strangers_get_no_entries_and_no_count() -> None:
    stranger = portal("/reports/", signed_in=False)
    assert (stranger.nav, stranger.current_key, stranger.unread_notices) == ([], "", 0)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "home"),
        ("/reports/", "reports"),
        ("/reports/QNA-KCQ-017/2024-09/", "reports"),
        ("/reports/review/", "review"),
        ("/reports/review/12/", "review"),
        ("/reportsx/", ""),
        ("/plans/", ""),
    ],
)
def test_the_longest_address_above_the_page_is_current(path: str, key: str) -> None:
    assert portal(path).current_key == key
