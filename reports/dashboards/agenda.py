"""What is due around today for a unit: activities overdue and of the next 30 days, days of the reporting calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activities.enums import Precision, Scope
from activities.models import Activity, Occurrence, Window
from activities.pages import Card, card_of
from activities.selectors import (
    OPEN_STATES,
    activities_visible_to,
    calendar_windows,
    concerning,
    is_overdue,
    standing,
)
from activities.timing import touches
from core.templatetags.portal_numbers import span_name, vn_day
from reports.progress.deadlines import Deadline
from reports.progress.models import Period
from units.models import Unit

AHEAD = timedelta(days=30)
AGAIN = ("again_number", "again_starts_on", "again_ends_on", "again_precision")
# An activity that was never closed is shown for a year, then it is history.
BEHIND = timedelta(days=366)
OVERDUE_SHOWN = 6


@dataclass(frozen=True)
class AgendaItem:
    """One line: when, what, and how it stands: an activity's ``state`` or "overdue"; blank for calendar days."""

    when: str
    title: str
    note: str = ""
    url: str = ""
    state: str = ""
    state_text: str = ""


@dataclass(frozen=True)
class Agenda:
    """The lines of the next 30 days in order of time, those overdue first; how many more are overdue; until when."""

    items: list[AgendaItem]
    overdue_left_out: int
    until: date


def agenda_of(user: User, unit: Unit, calendar: Iterable[tuple[Period, Deadline]], today: date) -> Agenda:
    """Return what concerns the unit and exists for the person, as of ``today``: one query.

    ``calendar``: the months with the days that hold for the unit.
    """
    until = today + AHEAD
    open_ones = _open_activities(user, unit, today, until)
    overdue = [activity for activity in open_ones if is_overdue(activity, today)]
    overdue.sort(key=lambda activity: max(window.ends_on for window in calendar_windows(activity)))
    ahead = [(_begins(activity, today, until), activity) for activity in open_ones if activity not in overdue]
    lines = [(day, _line(activity, today)) for day, activity in ahead if day is not None]
    lines += _calendar_days(calendar, today, until)
    lines.sort(key=lambda one: one[0])
    shown = [_line(activity, today) for activity in overdue[-OVERDUE_SHOWN:]]
    return Agenda([*shown, *(line for _day, line in lines)], len(overdue) - len(shown), until)


def _open_activities(user: User, unit: Unit, today: date, until: date) -> list[Activity]:
    near = Window.objects.filter(superseded=False, starts_on__lte=until, ends_on__gte=today - BEHIND)
    wanted = concerning(standing(activities_visible_to(user)), unit).filter(
        state__in=OPEN_STATES, pk__in=near.values("activity")
    )
    # One query: each window with each occurrence of its activity, if there is any.
    windows = Window.objects.filter(activity__in=wanted.values("pk")).select_related("activity__bloc")
    again = {name: F(f"activity__occurrences__{name.removeprefix('again_')}") for name in AGAIN}
    found: dict[int, Activity] = {}
    order = ("activity__plan", "activity__order", "activity", "starts_on", "pk", "again_number")
    for window in windows.annotate(**again).order_by(*order):
        activity = found.setdefault(window.activity_id, window.activity)
        _note_times(activity, window)
    return list(found.values())


def _note_times(activity: Activity, window: Window) -> None:
    """Keep what a row tells where ``calendar_windows`` looks for it, each window and each occurrence once."""
    known = vars(activity)
    windows: list[Window] = known.setdefault("all_windows", [])
    occurrences: list[Occurrence] = known.setdefault("all_occurrences", [])
    if window not in windows:
        windows.append(window)
    facts = {name.removeprefix("again_"): getattr(window, name) for name in AGAIN}
    if facts["number"] is not None and facts["number"] not in {one.number for one in occurrences}:
        occurrences.append(Occurrence(activity_id=activity.pk, **facts))


def _begins(activity: Activity, today: date, until: date) -> date | None:
    """The day to sort by: when it begins, or today where it runs already; null: nothing of it is near.

    What runs the whole year is no news on any day.
    """
    days = [
        max(window.starts_on, today)
        for window in calendar_windows(activity)
        if touches(window, today, until) and window.precision != Precision.YEAR
    ]
    return min(days, default=None)


def _line(activity: Activity, today: date) -> AgendaItem:
    card: Card = card_of(activity, today)
    return AgendaItem(
        when=card.when,
        title=activity.name,
        note=_note(activity),
        url=reverse("activities:detail", args=[activity.pk]),
        state=card.look,
        state_text=card.text,
    )


def _note(activity: Activity) -> str:
    parts = [str(Scope(activity.scope).label)]
    if activity.bloc is not None:
        parts = [str(activity.bloc)]
    if activity.repeats > 1:
        parts.append(ngettext("%(n)s time", "%(n)s times", activity.repeats) % {"n": activity.repeats})
    return " · ".join(parts)


def _calendar_days(
    calendar: Iterable[tuple[Period, Deadline]], today: date, until: date
) -> list[tuple[date, AgendaItem]]:
    lines = []
    for period, deadline in calendar:
        month = {"month": span_name(str(period))}
        for day, words in (
            (deadline.due_on, _("Reports of %(month)s are due") % month),
            (deadline.locks_on, _("Reports of %(month)s are locked") % month),
        ):
            if today <= day <= until:
                lines.append((day, AgendaItem(when=vn_day(day), title=words)))
    return lines
