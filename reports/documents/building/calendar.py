"""The activities of a span, and those that the next one brings."""

from collections.abc import Sequence
from datetime import date

from activities.enums import ActivityState, Scope
from activities.models import Activity, Participation
from activities.selectors import announced, board, current_windows
from activities.wording import time_text
from reports.documents.context import ActivityRow
from targets.calendar import Span
from units.models import Unit

ENDED = (ActivityState.DONE, ActivityState.CANCELLED)


def activities_of(unit: Unit, span: Span) -> list[Activity]:
    """Return what stands on the unit's board of the year with a window in the span, by time."""
    first, last = date(span.year, span.first_month, 1), span.last.plus(1)
    until = date(last.year, last.month, 1)
    found = [
        (windows[0].starts_on, activity)
        for activity in board(unit, span.year, announced())
        if (windows := [w for w in current_windows(activity) if w.starts_on < until and w.ends_on >= first])
    ]
    return [activity for _start, activity in sorted(found, key=lambda item: (item[0], item[1].order))]


def activity_rows(activities: Sequence[Activity]) -> tuple[ActivityRow, ...]:
    """Return the rows of the annex, with what was recorded of each."""
    taking_part: dict[int, set[int]] = {}
    for activity_id, unit_id in Participation.objects.filter(activity__in=activities).values_list("activity", "unit"):
        taking_part.setdefault(activity_id, set()).add(unit_id)
    return tuple(
        ActivityRow(
            name=activity.name,
            time=time_text(current_windows(activity), is_tentative=activity.is_tentative),
            who=_who(activity),
            result=_result(activity, len(taking_part.get(activity.pk, ()))),
        )
        for activity in activities
    )


def upcoming_rows(activities: Sequence[Activity]) -> tuple[ActivityRow, ...]:
    """Return the rows of what is still to come: neither done nor cancelled."""
    return activity_rows([activity for activity in activities if activity.state not in ENDED])


def _who(activity: Activity) -> str:
    if activity.scope == Scope.ALL_UNITS:
        return "Các cơ sở Đoàn"
    return activity.bloc.name if activity.bloc else activity.unit.short_name


def _result(activity: Activity, units: int) -> str:
    words = {
        ActivityState.DONE: "Đã tổ chức",
        ActivityState.CANCELLED: "Không tổ chức",
        ActivityState.POSTPONED: "Lùi thời gian",
        ActivityState.UNDER_WAY: "Đang thực hiện",
        ActivityState.PLANNED: "Chưa có kết quả",
    }
    text = words[ActivityState(activity.state)]
    return f"{text}; {units} đơn vị có kết quả" if units and activity.scope == Scope.ALL_UNITS else text
