"""Calendars as programs see them: read by two parsers that know nothing of each other."""

from dataclasses import dataclass
from datetime import date, timedelta

import vobject
from django.test import Client
from icalendar import Calendar

from activities.feeds.services import make_feed
from activities.models import Window
from activities.selectors import current_windows


@dataclass(frozen=True)
class Shown:
    """An event in what both parsers agree on; both days included."""

    summary: str
    first: date
    last: date
    status: str


def address(token: str) -> str:
    return f"/activities/feed/{token}.ics"


def fetch(token: str):
    """The answer to a program that brings nothing but the address."""
    return Client().get(address(token))


def feed_of(user, unit=None) -> str:
    return make_feed(actor=user, unit=unit)[1]


def events(content: bytes) -> list[Shown]:
    """What the file shows, by day; both parsers take it without an error and see the same."""
    one, other = _by_icalendar(content), _by_vobject(content)
    assert one == other
    return one


def _by_icalendar(content: bytes) -> list[Shown]:
    calendar = Calendar.from_ical(content)
    found = calendar.walk("VEVENT")
    assert calendar.errors == []
    assert [event.errors for event in found if event.errors] == []
    return _sorted(
        Shown(str(e["SUMMARY"]), e["DTSTART"].dt, e["DTEND"].dt - timedelta(days=1), str(e["STATUS"])) for e in found
    )


def _by_vobject(content: bytes) -> list[Shown]:
    calendar = vobject.readOne(content.decode())
    assert calendar.validate(raiseException=True)
    found = calendar.contents.get("vevent", [])
    return _sorted(
        Shown(e.summary.value, e.dtstart.value, e.dtend.value - timedelta(days=1), e.status.value) for e in found
    )


def _sorted(found) -> list[Shown]:
    return sorted(found, key=lambda shown: (shown.first, shown.last, shown.summary))


def shown(token: str) -> list[Shown]:
    answer = fetch(token)
    assert answer.status_code == 200
    return events(answer.content)


def names(token: str) -> set[str]:
    """Names of what a feed shows, without the times behind them."""
    return {event.summary.split(" · ")[0] for event in shown(token)}


def properties(token: str) -> dict[str, dict[str, str]]:
    """Summary → every property of its event as text, by icalendar."""
    calendar = Calendar.from_ical(fetch(token).content)
    return {str(event["SUMMARY"]): {name: _text(event, name) for name in event} for event in calendar.walk("VEVENT")}


def _text(event, name: str) -> str:
    value = event[name]
    return value.to_ical().decode() if name in {"CATEGORIES", "DTSTAMP", "LAST-MODIFIED"} else str(value)


def window_of(activity) -> Window:
    return current_windows(activity)[0]
