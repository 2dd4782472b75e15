"""The calendar's views of a province, held against the bare page: alone, in use, and anew.

    python -m benchmarks.calendar --activities 500 --units 151

A resolution of the province plans the activities of the year: single days, spans, months and quarters, its own, those
of all units and of blocs, some done, some overdue. Servers as in ``benchmarks.pages``, whose manners these are.
"""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks import make_province
from benchmarks.make_province import Place
from benchmarks.pages import Page, measure
from benchmarks.servers import databases, portal

if TYPE_CHECKING:
    from activities.models import Activity, Window
    from plans.models import Plan

FIRST = date(2024, 1, 1)
QUARTERS = ((date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 7, 1), date(2024, 9, 30)))
VIEWS = {
    "board": ("", 'class="board'),
    "month": ("month=9&", 'class="month'),
    "week": ("week=39&", 'class="week'),
    "timeline": ("", "Việc số"),
    "list": ("", "Việc số"),
}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--activities", type=int, default=500, help="how many the province plans for the year")
    words.add_argument("--units", type=int, default=151, help="size of the organisation")
    words.add_argument("--times", type=int, default=30, help="how often each page is opened in each manner")
    asked = words.parse_args()
    with databases() as folder:
        made = make_province.make_province(units=asked.units, months=0)
        body = made.places[1]
        _plan(body, asked.activities)
        with portal(folder, worker=False) as port:
            measure(list(_pages(body)), port, asked.times, units=asked.units, activities=asked.activities)


def _plan(body: Place, number: int) -> None:
    """The activities of the body's plan for the year, with one window each."""
    from django.db import connection

    from activities.models import Activity, Window
    from plans.models import Plan

    plan = Plan.objects.filter(unit=body.number).order_by("pk").first() or Plan.objects.earliest("pk")
    rows = Activity.objects.bulk_create(_activity(plan, body, order) for order in range(number))
    Window.objects.bulk_create(_window(row, order) for order, row in enumerate(rows))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _activity(plan: "Plan", body: Place, order: int) -> "Activity":
    from activities.models import Activity

    name = f"Việc số {order + 1} của năm"
    return Activity(
        plan=plan,
        unit_id=body.number,
        order=order,
        name=name,
        folded=f"viec so {order + 1} cua nam",
        scope="all_units" if order % 3 else "issuer",
        state="done" if order % 4 == 0 else "planned",
        done_on=FIRST + timedelta(days=order % 270) if order % 4 == 0 else None,
    )


def _window(activity: "Activity", order: int) -> "Window":
    """A day, three days, a month or a quarter, by turns through the year."""
    from activities.models import Window

    day = FIRST + timedelta(days=(order * 7) % 360)
    month = (day.replace(day=1), (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    spans = (
        (day, day, "day"),
        (day, day + timedelta(days=2), "day"),
        (*month, "month"),
        (*QUARTERS[order % len(QUARTERS)], "quarter"),
    )
    starts_on, ends_on, precision = spans[order % len(spans)]
    return Window(activity=activity, starts_on=starts_on, ends_on=ends_on, precision=precision)


def _pages(body: Place) -> Iterator[Page]:
    leader = make_province.username("leader", body.code)
    for view, (wish, says) in VIEWS.items():
        yield Page(view, leader, f"/activities/{view}/?{wish}unit={body.code}&year=2024", says)


if __name__ == "__main__":
    main()
