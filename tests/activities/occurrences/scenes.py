"""An activity that all units do again and again: "04 Ngày Chủ nhật xanh"."""

from datetime import date

from activities.enums import Every
from activities.models import Activity
from activities.occurrences.recurrence import Rule
from activities.occurrences.services import set_recurrence
from plans.models import Plan
from tests.making import activity, draft, issue

YEAR = [(date(2024, 1, 1), date(2024, 12, 31), "year")]
# 7/1, 4/2, 3/3, 7/4
FIRST_SUNDAYS = Rule(Every.MONTH_WEEKDAY, date(2024, 1, 1), nth=1, weekday=6, times=4)


def sundays(unit, **more) -> Activity:
    """All units do it four times in 2024, by an issued plan; not divided yet."""
    plan = draft(unit)
    facts = {"scope": "all_units", "windows": YEAR, "repeats": 4, **more}
    event = activity(unit, "Ngày Chủ nhật xanh", plan=plan, **facts)
    issue(plan, Plan.objects.count() + 1)
    event.refresh_from_db()
    return event


def divided(unit, rule: Rule = FIRST_SUNDAYS, **more) -> Activity:
    """The same on the first Sundays of January to April."""
    event = sundays(unit, **more)
    set_recurrence(actor=None, activity=event, rule=rule)
    return event


def days_of(event) -> list[tuple[int, date | None]]:
    return list(event.occurrences.order_by("number").values_list("number", "starts_on"))
