"""From the database to a quarter's calendar."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activities.enums import ActivityState, Precision, Scope
from activities.models import Activity, Window
from activities.selectors import announced, board, calendar_windows, former_windows
from activities.timing import last_of_month, touches
from activities.wording import span_text
from core import clock
from core.jobs import JobFailed
from plans.models import Plan
from reports.documents.building import head_of, plan_reference, signer_of, symbol_of
from reports.documents.context import Recipient
from reports.documents.words import day_text
from reports.progress.deadlines import Deadlines
from reports.progress.models import Period
from targets.calendar import Month, Span
from units.models import Unit
from units.selectors import top_unit

from .context import CalendarGroup, Event, MarkedMonth, MonthEvents, QuarterCalendar

SYMBOL = "TB"
TOGETHER, BLOCS, DEADLINES = "Hoạt động chỉ đạo đồng loạt", "Hoạt động của các khối thi đua", "Hạn gửi báo cáo"
ACROSS = 0  # stands in no single month


def title_of(span: Span) -> str:
    """Return the calendar's title as the register shows it."""
    return f"Lịch hoạt động {span.paper_name}"


@dataclass(frozen=True)
class _Placed:
    """An event in the month (1 to 12) in which it stands, or ``ACROSS``; ``days`` are those that are known."""

    month: int
    starts_on: date
    event: Event
    days: tuple[date, ...] = ()


def build_calendar(*, body: Unit, span: Span) -> QuarterCalendar:
    """Gather what stands on the body's calendar of the quarter now. Raises JobFailed where that is nothing."""
    activities = [row for row in board(body, span.year, announced()) if row.state != ActivityState.CANCELLED]
    groups: dict[str, list[_Placed]] = defaultdict(list)
    for activity in activities:
        groups[_heading(activity, body)].extend(_places(activity, body, span))
    ordered = [heading for heading in (TOGETHER, _own(body), BLOCS) if groups.get(heading)]
    if not ordered:
        raise JobFailed(f"Chưa có hoạt động nào trong {span.paper_name}, nên chưa lập được lịch hoạt động.")
    due = list(_due(body, span))
    plans = {row.plan_id: row.plan for row in activities if row.plan and row.plan.unit_id == body.pk}
    return QuarterCalendar(
        draft=True,
        head=head_of(body, symbol_of(body, SYMBOL)),
        issuer=f"Ban Thường vụ {body.name}",
        issuer_short=f"Ban Thường vụ {body.short_name or body.name}",
        label=span.paper_name,
        as_of=clock.today(),
        plans=tuple(plan_reference(plan) for plan in _in_order(list(plans.values()))),
        months=_marked(span, [place for heading in ordered for place in groups[heading]], due),
        groups=(
            *(_group(heading, groups[heading], span) for heading in ordered),
            *([_group(DEADLINES, due, span)] if due else []),
        ),
        recipients=(Recipient(name="Các đơn vị trực thuộc", role="t/h"),),
        archive="VP",
        signer=signer_of(body),
    )


def _in_order(plans: Sequence[Plan]) -> list[Plan]:
    return sorted(plans, key=lambda plan: (plan.issued_on or date.max, plan.pk))


def _own(body: Unit) -> str:
    return f"Hoạt động của {body.short_name or body.name}"


def _heading(activity: Activity, body: Unit) -> str:
    if activity.scope == Scope.ALL_UNITS:
        return TOGETHER
    return BLOCS if activity.scope == Scope.BLOC else _own(body)


def _places(activity: Activity, body: Unit, span: Span) -> Iterator[_Placed]:
    """Where the activity stands in the quarter; what has no time and is still to come, stands in all of it."""
    windows, note = calendar_windows(activity), _note(activity, body)
    if not windows and activity.state != ActivityState.DONE:
        event = Event(time="Chưa định ngày", name=activity.name, note=note)
        yield _Placed(ACROSS, date.max, event)
    first, last = _days_of(span)
    for window in windows:
        if not touches(window, first, last):
            continue
        month, time = _month_and_time(window)
        event = Event(time=time, name=activity.name, tentative=activity.is_tentative, note=note)
        # What takes all year stands after everything that has its time.
        place = window.ends_on if window.precision == Precision.YEAR else window.starts_on
        yield _Placed(month, place, event, tuple(_days(window, first, last)))


def _days_of(span: Span) -> tuple[date, date]:
    return date(span.year, span.first_month, 1), last_of_month(date(span.year, span.last_month, 1))


def _month_and_time(window: Window) -> tuple[int, str]:
    """In which month's column the window stands, and how its time reads there."""
    first, last = window.starts_on, window.ends_on
    in_one = (first.year, first.month) == (last.year, last.month)
    if window.precision == Precision.MONTH:
        return first.month, "Trong tháng"
    if window.precision == Precision.PART_OF_MONTH and in_one:
        part = "Đầu" if last.day <= 10 else "Giữa" if first.day <= 15 and last.day <= 20 else "Cuối"
        return first.month, f"{part} tháng"
    if window.precision == Precision.DAY:
        return first.month if in_one else ACROSS, _days_text(first, last)
    words = span_text(window)
    return ACROSS, words[:1].upper() + words[1:]


def _days_text(first: date, last: date) -> str:
    """ "26/7", "09–10/11", "30/11–02/12"."""
    if first == last:
        return day_text(first)
    start = f"{first.day:02d}" if (first.year, first.month) == (last.year, last.month) else day_text(first)
    return f"{start}–{day_text(last)}"


def _days(window: Window, first: date, last: date) -> Iterator[date]:
    """The days of a window within the quarter, where they are known."""
    if window.precision != Precision.DAY:
        return
    day, until = max(window.starts_on, first), min(window.ends_on, last)
    while day <= until:
        yield day
        day += timedelta(days=1)


def _note(activity: Activity, body: Unit) -> str:
    said = []
    if activity.bloc:
        said.append(activity.bloc.name)
    elif activity.unit_id != body.pk and activity.scope != Scope.ALL_UNITS:
        said.append(f"phối hợp với {activity.unit.short_name or activity.unit.name}")
    former = former_windows(activity)
    if former and activity.state == ActivityState.POSTPONED:
        said.append(f"chuyển từ {' và '.join(_said(window) for window in former)}")
    return "; ".join(said)


def _said(window: Window) -> str:
    """ "tháng 9", "ngày 09–10/11"."""
    if window.precision == Precision.DAY:
        return f"ngày {_days_text(window.starts_on, window.ends_on)}"
    return span_text(window)


def _group(heading: str, places: Sequence[_Placed], span: Span) -> CalendarGroup:
    ordered = sorted(places, key=lambda place: (not place.days, place.starts_on))
    months = (tuple(p.event for p in ordered if p.month == month.month) for month in span.months())
    return CalendarGroup(
        heading=heading,
        months=tuple(MonthEvents(events=events) for events in months),
        across=tuple(place.event for place in ordered if place.month == ACROSS),
    )


def _due(body: Unit, span: Span) -> Iterator[_Placed]:
    """The days on which the units beneath hand in their monthly reports."""
    first, last = _days_of(span)
    years = (span.year - 1, span.year)
    periods = list(Period.objects.filter(owner=top_unit(body), year__in=years).order_by("year", "month"))
    deadlines = Deadlines(periods, of=[], beneath=[body.path])
    units = list(body.children.filter(is_reporting=True).open_on(last)) or [body]
    for period in periods:
        name = Span.of_month(Month(period.year, period.month)).paper_name
        for day in sorted({deadlines.ordinary(unit, period).due_on for unit in units}):
            if first <= day <= last:
                yield _Placed(day.month, day, Event(time=day_text(day), name=f"Báo cáo {name}"), (day,))


def _marked(span: Span, places: Sequence[_Placed], due: Sequence[_Placed]) -> tuple[MarkedMonth, ...]:
    def days_in(month: Month, found: Sequence[_Placed]) -> tuple[int, ...]:
        return tuple(sorted({day.day for place in found for day in place.days if Month.of(day) == month}))

    return tuple(
        MarkedMonth(year=month.year, month=month.month, days=days_in(month, places), due_days=days_in(month, due))
        for month in span.months()
    )
