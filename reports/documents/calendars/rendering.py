"""A quarter's calendar as a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import Any

from core.paper_parts import Section
from reports.documents import layout, parts, words
from reports.documents.context import PlanReference
from reports.documents.sheets import Sheet, sheet_of

from .context import CalendarGroup, Event, QuarterCalendar
from .drawing import month_drawing, weeks_of

TEMPLATE, TYPE_NAME = "reports/paper/calendar.html", "Thông báo"
MEASURE, MONTHS = 273.0, 3


@dataclass(frozen=True)
class Row:
    """One line of the table: an event a month (null: none), or one event over all of them."""

    cells: tuple[Event | None, ...]
    is_across: bool = False


@dataclass(frozen=True)
class Rows:
    """The lines of one side."""

    heading: str
    rows: tuple[Row, ...]


def calendar_sheet(calendar: QuarterCalendar) -> Sheet:
    """The calendar as it is printed."""
    return sheet_of(
        TEMPLATE,
        template_context(calendar),
        title=document_title(calendar),
        dated=calendar.head.dated or calendar.as_of,
        head=calendar.head,
        type_name=TYPE_NAME,
        sections_of=sections_of,
    )


def document_title(calendar: QuarterCalendar) -> str:
    """The title of the file, as its bookmark and the archive show it."""
    return f"Lịch hoạt động {calendar.label}"


def template_context(calendar: QuarterCalendar) -> dict[str, Any]:
    """What the template needs beyond the calendar itself."""
    lines = max(weeks_of(month) for month in calendar.months)
    return {
        "report": calendar,
        "title": document_title(calendar),
        "type_name": TYPE_NAME,
        "months": [(month, month_drawing(month, lines)) for month in calendar.months],
        "column_width": f"{MEASURE / MONTHS:.3f}",
        "groups": layout.numbered_through(Rows(group.heading, tuple(_rows(group))) for group in calendar.groups),
        "plans": "; ".join(_named(plan) for plan in calendar.plans),
        "closing": [
            f"“Trong tháng”: chưa định ngày. Lịch lập ngày {words.date_text(calendar.as_of)};"
            " nếu có thay đổi sẽ thông báo sau."
            f" {calendar.issuer_short} đề nghị các đơn vị chủ động sắp xếp thời gian và tổ chức thực hiện./."
        ],
        "qr": layout.qr_drawing(calendar.verification) if calendar.verification else None,
        **parts.whole("quarter"),
    }


def sections_of(context: parts.Context, html: parts.Html) -> list[Section]:
    """The whole calendar is one table; what stands above and below it goes with its first and its last lines."""
    return [parts.by_group(context, html, "quarter", "groups")]


def _rows(group: CalendarGroup) -> Iterator[Row]:
    for events in zip_longest(*(month.events for month in group.months)):
        yield Row(tuple(event and _told(event) for event in events))
    for _time, same in groupby(group.across, key=lambda event: (event.time, event.tentative)):
        yield Row((_told(_joined(list(same))),), is_across=True)


def _told(event: Event) -> Event:
    """The event with its time as it is read: "Dự kiến trong tháng" where that is not certain yet."""
    time = event.time
    return replace(event, time=f"Dự kiến {words.lowered(time)}") if event.tentative else event


def _joined(events: list[Event]) -> Event:
    """Events of one time as one line: each with its own note."""
    names = (f"{event.name} ({event.note})" if event.note else event.name for event in events)
    return replace(events[0], name="; ".join(names), note="")


def _named(plan: PlanReference) -> str:
    number = f" số {plan.number}" if plan.number else ""
    dated = f" ngày {words.date_text(plan.dated)}" if plan.dated else ""
    return f"{plan.type_name}{number}{dated}"
