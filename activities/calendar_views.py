"""Pages of the calendar: quarter board, month, week, time line, list. One activity's pages are ``activities.views``.

All five look at the same choice of activities (``activities.wishes``), each in its own way.
"""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from accounts.gates import signed_in
from accounts.keeping import keeps_for_roles
from accounts.scope import grants_of
from core import clock

from .asked import Asked, asked_of
from .beside import Looked, calendar_links
from .board_page import board_page
from .calendar_page import frame_of
from .clash_marks import Marks, marks_of
from .grid import Month, Stretch, Week, Year, weeks_in
from .models import Activity
from .month_page import month_page
from .pages import card_of, reasons_of
from .rules import RECORDING_ROLES, planning_grants
from .selectors import activities_visible_to, by_time, counts_by_sort, in_plan_order, of_sort, wished, within
from .timeline_page import timeline_page
from .week_page import week_page
from .wishes import TROUBLED, Moment

ACTIVITIES_A_PAGE = 50
LINES_A_PAGE = 60
NAV_KEY = "board"


def _number(request: HttpRequest, word: str, highest: int) -> int | None:
    """The number asked, from 1 to ``highest``; null where none is asked or it is none."""
    text = request.GET.get(word, "")
    number = int(text) if re.fullmatch("[0-9]{1,2}", text) else 0
    return number if 1 <= number <= highest else None


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(19|20|21)[0-9]{2}", text))


def _moment(request: HttpRequest) -> Moment:
    """The year asked, or this one, with the month and the week asked; what is none of them is passed over."""
    text = request.GET.get("year", "")
    year = int(text) if _is_year(text) else clock.today().year
    return Moment(year, _number(request, "month", 12), _number(request, "week", 53))


def _refuse_nonsense(request: HttpRequest, word: str, highest: int) -> None:
    """Raises Http404 where the year or the number of the month or week is given and is none."""
    year = request.GET.get("year", "")
    if (year and not _is_year(year)) or (request.GET.get(word) and _number(request, word, highest) is None):
        raise Http404


def _month_asked(request: HttpRequest) -> Month:
    """The month asked, each part that is not asked being today's. Raises Http404 for what is no month or year."""
    _refuse_nonsense(request, "month", 12)
    moment = _moment(request)
    return Month(moment.year, moment.month or clock.today().month)


def _week_asked(request: HttpRequest) -> Week:
    """The week asked, each part that is not asked being today's; of a year without a week 53 the last one.

    Raises Http404 for what is no week or year.
    """
    _refuse_nonsense(request, "week", 53)
    now = Week.of(clock.today())
    moment = _moment(request)
    year = moment.year if request.GET.get("year") else now.year
    return Week(year, min(moment.week or now.number, len(weeks_in(year))))


def _moment_of_month(request: HttpRequest, month: Month) -> Moment:
    """Where the other views look when one comes from a month: at the week asked or today's, if the month has it."""
    asked = _number(request, "week", 52)
    candidates = [Week(month.year, asked)] if asked else []
    candidates.append(Week.of(clock.today()))
    week = next((week for week in candidates if week.month == month), Week.of_month(month))
    return Moment(month.year, month.month, week.number)


def _look(
    request: HttpRequest, name: str, stretch: Stretch, moment: Moment, *, of_every_sort: bool = False
) -> tuple[Asked, QuerySet[Activity], dict[str, Any]]:
    """Return what is asked of the view, the activities that answer it, and what its page shows around them.

    ``of_every_sort``: the activities whatever their state and scope.
    """
    user = signed_in(request)
    asked = asked_of(user, request.GET, stretch, needs_unit=name != "list")
    wishes = asked.wishes.of_every_sort if of_every_sort else asked.wishes
    found = wished(activities_visible_to(user), wishes, clock.today())
    context = {
        "nav_key": NAV_KEY,
        "unit": asked.wishes.unit,
        "bloc": asked.wishes.bloc,
        "frame": frame_of(asked, name, moment),
        "whole": request.GET.get("whole", ""),
        "may_add": bool(planning_grants(user)),
        "may_record": any(grant.name in RECORDING_ROLES for grant in grants_of(user)),
        "view_name": name,
        "links": calendar_links.of(Looked(asked.wishes.unit, moment.year), user),
    }
    return asked, within(found, stretch.first, stretch.last), context


def rows_of(
    request: HttpRequest, asked: Asked, found: QuerySet[Activity]
) -> tuple[QuerySet[Activity] | list[Activity], Marks | None]:
    """The activities; where those with a mark are wished, which no query knows, they are all fetched and sifted.

    The marks are null unless they had to be looked for.
    """
    if asked.wishes.state != TROUBLED:
        return found, None
    rows = list(found)
    marks = marks_of(signed_in(request), rows)
    return of_sort(rows, asked.wishes, clock.today(), marks), marks


@login_required
@require_safe
@keeps_for_roles(NAV_KEY)
def board_view(request: HttpRequest) -> HttpResponse:
    """The year of a unit by quarters, as the resolution prints it; ``?year=``."""
    moment = _moment(request)
    year = Year(moment.year)
    asked, found, context = _look(request, "board", year, moment, of_every_sort=True)
    every = list(in_plan_order(found))
    marks = marks_of(signed_in(request), every)
    activities = of_sort(every, asked.wishes, clock.today(), marks)
    unit = asked.wishes.unit
    context |= {
        "board": board_page(
            activities,
            year=year.year,
            today=clock.today(),
            whole=context["whole"],
            clashes=marks,
        ),
        "sorts": counts_by_sort(every, clock.today()),
        "sort": asked.wishes.sort,
        "plans": {a.plan_id: a.plan for a in activities if a.plan and a.plan.unit == unit}.values(),
    }
    return render(request, "activities/board.html", context)


@login_required
@require_safe
@keeps_for_roles(NAV_KEY)
def month_view(request: HttpRequest) -> HttpResponse:
    """A month of a unit as a grid of days; ``?year=&month=``. What is given less exactly stands above it."""
    month = _month_asked(request)
    asked, found, context = _look(request, "month", month, _moment_of_month(request, month))
    rows = list(rows_of(request, asked, in_plan_order(found))[0])
    context |= {
        "month": month,
        "beside": [near if _is_year(str(near.year)) else None for near in (month.moved(-1), month.moved(1))],
        "weekdays": list(WEEKDAYS.values()),
        "page": month_page(rows, month=month, today=clock.today(), whole=context["whole"]),
    }
    return render(request, "activities/month.html", context)


@login_required
@require_safe
@keeps_for_roles(NAV_KEY)
def week_view(request: HttpRequest) -> HttpResponse:
    """A week of a unit, from Monday, by days; ``?year=&week=`` (ISO 8601). What is given less exactly stands above."""
    week = _week_asked(request)
    asked, found, context = _look(request, "week", week, Moment(week.year, week.month.month, week.number))
    rows = list(rows_of(request, asked, in_plan_order(found))[0])
    context |= {
        "week": week,
        "beside": [near if _is_year(str(near.year)) else None for near in (week.moved(-1), week.moved(1))],
        "this_week": Week.of(clock.today()),
        "page": week_page(rows, week=week, today=clock.today(), whole=context["whole"]),
    }
    return render(request, "activities/week.html", context)


@login_required
@require_safe
@keeps_for_roles(NAV_KEY)
def timeline_view(request: HttpRequest) -> HttpResponse:
    """The year of a unit with a line for each activity, by the units that do them; ``?year=``."""
    moment = _moment(request)
    asked, found, context = _look(request, "timeline", Year(moment.year), moment)
    rows, _marks = rows_of(request, asked, by_time(found, "unit__path"))
    page = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "timeline": timeline_page(list(page.object_list), year=moment.year, today=clock.today()),
    }
    return render(request, "activities/timeline.html", context)


@login_required
@require_safe
@keeps_for_roles(NAV_KEY)
def list_view(request: HttpRequest) -> HttpResponse:
    """The year's activities as a list, by time; without a unit all that exist for the person; ``?year=``."""
    moment = _moment(request)
    asked, found, context = _look(request, "list", Year(moment.year), moment)
    every, marks = rows_of(request, asked, by_time(found))
    page = Paginator(every, ACTIVITIES_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    reasons = reasons_of(rows)
    marks = marks_of(signed_in(request), rows) if marks is None else marks
    context |= {
        "page": page,
        "cards": [card_of(row, clock.today(), reasons.get(row.pk, ""), clashes=marks.get(row.pk, ())) for row in rows],
        "year": moment.year,
    }
    return render(request, "activities/activity_list.html", context)


def look_at(request: HttpRequest, name: str) -> tuple[Asked, QuerySet[Activity], str]:
    """Return what a view is asked for, the activities that answer it, and the time looked at ("2024-10"), for a file.

    A name that is no view's is the list. Raises Http404 as the views do.
    """
    if name == "month":
        month = _month_asked(request)
        asked, found, _context = _look(request, name, month, _moment_of_month(request, month))
        return asked, found, f"{month.year}-{month.month:02d}"
    if name == "week":
        week = _week_asked(request)
        asked, found, _context = _look(request, name, week, Moment(week.year, week.month.month, week.number))
        return asked, found, f"{week.year}-tuan-{week.number}"
    moment = _moment(request)
    known = name if name in ("board", "timeline") else "list"
    asked, found, _context = _look(request, known, Year(moment.year), moment)
    return asked, found, str(moment.year)
