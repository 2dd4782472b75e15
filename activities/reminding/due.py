"""Of what people are to be reminded today: activities that are still to be held, what was recorded, what was told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from units.models import Unit

from ..enums import ActivityState, ReminderStep, Scope
from ..models import Activity, ActivityReminder, Participation, Window
from ..selectors import OPEN_STATES, announced, current_windows, with_details
from ..timing import HasDays
from .recipients import Recipients
from .schedule import FURTHEST_AHEAD, LONGEST_AFTER, Planned, step_on


@dataclass(frozen=True)
class Due:
    """One reminder: of an activity's window to the people (ids) of a unit, its own or one that owes an outcome."""

    activity: Activity
    unit: Unit
    planned: Planned
    people: Sequence[int]

    @property
    def is_own(self) -> bool:
        return self.unit.pk == self.activity.unit_id


def activities_in_sight(today: date) -> QuerySet[Activity]:
    """Return what is announced, still to be held, and has a window near enough to be told of."""
    near = Window.objects.filter(
        superseded=False, starts_on__lte=today + FURTHEST_AHEAD, ends_on__gte=today - LONGEST_AFTER
    )
    return announced().filter(state__in=OPEN_STATES, pk__in=near.values("activity"))


def due_reminders(activities: Iterable[Activity], today: date) -> list[Due]:
    """Return what the calendar has to remind of today and has not yet; five queries, however many activities."""
    return _Reader(list(activities), today).due()


def with_people(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Fetch what ``due_reminders`` reads of activities, in the order of their numbers."""
    return with_details(activities).order_by("pk")


class _Reader:
    """What was recorded and told of these activities, each read once."""

    def __init__(self, activities: list[Activity], today: date) -> None:
        self._activities, self._today = activities, today
        self._recipients = Recipients()
        self._recorded: dict[int, dict[int, date]] = defaultdict(dict)
        rows = Participation.objects.filter(activity__in=activities).order_by("done_on")
        for activity, unit, done_on in rows.values_list("activity", "unit", "done_on"):
            self._recorded[activity][unit] = done_on
        told = ActivityReminder.objects.filter(activity__in=activities).values_list("activity", "unit", "step", "day")
        self._told = set(told)

    def due(self) -> list[Due]:
        found = []
        for activity in self._activities:
            for planned, since in self._steps(activity):
                found += self._own(activity, planned, since)
                if _asks_beneath(activity) and planned.step == ReminderStep.UNRECORDED:
                    found += self._beneath(activity, planned, since)
        return self._with_units(found)

    def _steps(self, activity: Activity) -> Iterable[tuple[Planned, date | None]]:
        """Each window's step of today, with the end of the window before (null: none): after it, outcomes count."""
        before: HasDays | None = None
        for number, window in enumerate(current_windows(activity)):
            planned = step_on(window, self._today)
            has_begun = number == 0 and activity.state == ActivityState.UNDER_WAY
            if planned is not None and not (has_begun and planned.step != ReminderStep.UNRECORDED):
                yield planned, before.ends_on if before else None
            before = window

    def _own(self, activity: Activity, planned: Planned, since: date | None) -> list["_Asked"]:
        if planned.step == ReminderStep.UNRECORDED and self._is_recorded(activity, None, since):
            return []
        return self._untold(activity, activity.unit_id, planned, self._recipients.of(activity))

    def _beneath(self, activity: Activity, planned: Planned, since: date | None) -> list["_Asked"]:
        found = []
        for unit, people in self._recipients.who_record_beneath(activity.unit).items():
            if not self._is_recorded(activity, unit, since):
                found += self._untold(activity, unit, planned, people)
        return found

    def _is_recorded(self, activity: Activity, unit: int | None, since: date | None) -> bool:
        """Whether the unit (null: any) has an outcome after the window before."""
        days = self._recorded.get(activity.pk, {})
        wanted = days.values() if unit is None else [days[unit]] if unit in days else []
        return any(since is None or day > since for day in wanted)

    def _untold(self, activity: Activity, unit: int, planned: Planned, people: Sequence[int]) -> list["_Asked"]:
        key = (activity.pk, unit, planned.step, planned.day)
        if key in self._told:
            return []
        self._told.add(key)
        return [(activity, unit, planned, people)]

    def _with_units(self, asked: Sequence["_Asked"]) -> list[Due]:
        """Without the units that did not exist on the window's last day or are gone."""
        units = {activity.unit_id: activity.unit for activity in self._activities}
        units |= Unit.objects.in_bulk({unit for _a, unit, _p, _u in asked} - set(units))
        return [
            Due(activity, units[unit], planned, people)
            for activity, unit, planned, people in asked
            if unit == activity.unit_id or _owes(units[unit], planned, self._today)
        ]


_Asked = tuple[Activity, int, Planned, Sequence[int]]


def _owes(unit: Unit, planned: Planned, today: date) -> bool:
    return unit.is_open_on(planned.span.ends_on) and unit.is_open_on(today)


def _asks_beneath(activity: Activity) -> bool:
    """Whether units beneath owe an outcome: only of what stands in a plan, without which it does not exist for them."""
    return activity.scope == Scope.ALL_UNITS and activity.plan_id is not None
