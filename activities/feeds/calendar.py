"""A calendar file (RFC 5545) of activities that are loaded already. Asks no database and no clock.

Every window that holds, and every occurrence with days, is one event of whole days; DTEND is the day after the last
one. What is known to the month, the quarter or the year says so in its title, so that nobody takes a bar over a month
for a month's work.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration, vText

from core.templatetags.portal_numbers import vn_date

from ..enums import ActivityState, Precision
from ..models import Activity, ActivityEvent, Window
from ..selectors import as_window, current_windows, occurrences_of
from ..wording import time_of, time_text

ZONE = "Asia/Ho_Chi_Minh"
REFRESH = timedelta(hours=6)
# Line ends of other systems, and characters that may stand in no calendar file.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Entry:
    """An activity with its windows, and its history by time; ``reads_plan``: its plan's title may be told."""

    activity: Activity
    history: Sequence[ActivityEvent]
    reads_plan: bool


def calendar_file(entries: Iterable[Entry], *, name: str, site: str) -> bytes:
    """Return the file. ``name`` is what programs call the calendar; ``site`` the portal's address, without a slash."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//doan-portal//activities//VI")
    calendar.add("calscale", "GREGORIAN")
    # Of these the library does not know that they are text, and would write commas as they are.
    calendar.add("name", vText(_one_line(name)))
    calendar.add("x-wr-calname", vText(_one_line(name)))
    calendar.add("x-wr-timezone", vText(ZONE))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_time_zone())
    for entry in entries:
        for event in _events(entry, site):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _time_zone() -> Timezone:
    """Vietnam's time. It also keeps a calendar without events lawful: a file holds one component at least."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - the standard wants it in local time
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _events(entry: Entry, site: str) -> Iterator[Event]:
    """Return an event for each occurrence that has days, and for each window while it stands for one without."""
    occurrences = occurrences_of(entry.activity)
    dated = [one for one in occurrences if one.starts_on is not None]
    if not occurrences or len(dated) < len(occurrences):
        for window in current_windows(entry.activity):
            yield _event(entry, f"window-{window.pk}", window, site)
    for one in dated:
        which = _("time %(number)s of %(count)s") % {"number": one.number, "count": len(occurrences)}
        yield _event(entry, f"occurrence-{one.pk}", as_window(entry.activity, one), site, which)


def _event(entry: Entry, name: str, window: Window, site: str, which: str = "") -> Event:
    activity, address = entry.activity, site + reverse("activities:detail", args=[entry.activity.pk])
    changed_at = _changed_at(entry)
    event = Event()
    event.add("uid", f"{name}@{urlsplit(site).hostname}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", max(len(entry.history) - 1, 0))
    event.add("dtstart", window.starts_on)
    event.add("dtend", window.ends_on + timedelta(days=1))
    event.add("summary", _one_line(_title(activity, window, which)))
    event.add("description", _plain("\n".join([*_lines(entry), address])))
    event.add("categories", [activity.get_state_display(), activity.get_scope_display()])
    event.add("status", _status(activity))
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    if activity.place:
        event.add("location", _one_line(activity.place))
    return event


def _changed_at(entry: Entry) -> datetime:
    """When what is told last changed: its last step, or the day on which its plan was issued."""
    moments = [event.at for event in entry.history[-1:]]
    if entry.activity.plan and entry.activity.plan.issued_on:
        moments.append(datetime.combine(entry.activity.plan.issued_on, time.min, ZoneInfo(ZONE)))
    return max(moments, default=datetime(2020, 1, 1, tzinfo=UTC)).astimezone(UTC)


def _status(activity: Activity) -> str:
    if activity.state == ActivityState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if activity.is_tentative else "CONFIRMED"


def _title(activity: Activity, window: Window, which: str) -> str:
    """Return "Ngày hội hiến máu · Dự kiến tháng 3/2024". Many programs show no status: what is off says so first."""
    title = f"{activity.name} ({which})" if which else activity.name
    if window.precision != Precision.DAY or activity.is_tentative:
        title += f" · {time_text([window], is_tentative=activity.is_tentative, with_year=True)}"
    return f"{activity.get_state_display()}: {title}" if activity.state == ActivityState.CANCELLED else title


def _lines(entry: Entry) -> list[str]:
    """What stands on the activity's page, as far as this reader sees it there."""
    activity = entry.activity
    plan, bloc = activity.plan, activity.bloc
    who = [activity.get_scope_display(), bloc.name if bloc else "", activity.unit.name]
    document = [plan.symbol, plan.title if entry.reads_plan else ""] if plan else []
    facts = [
        (_("Time"), [time_of(activity)]),
        (_("Who does it"), who),
        (_("How many times"), [str(activity.repeats) if activity.repeats > 1 else ""]),
        (_("State"), [activity.get_state_display(), _reason(entry)]),
        (_("Done on"), [vn_date(activity.done_on) if activity.done_on else ""]),
        (_("Document"), document),
        (_("Section"), [str(activity.section) if activity.section and entry.reads_plan else ""]),
    ]
    return [f"{label}: {' · '.join(filter(None, words))}" for label, words in facts if any(words)]


def _reason(entry: Entry) -> str:
    """Why it was last postponed or cancelled; blank in every other state."""
    if entry.activity.state not in (ActivityState.POSTPONED, ActivityState.CANCELLED):
        return ""
    steps = (event for event in reversed(entry.history) if event.from_state)
    return next((event.reason for event in steps if event.to_state == entry.activity.state), "")


def _plain(text: str) -> str:
    return _UNWRITABLE.sub(" ", text.replace("\r\n", "\n"))


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())
