"""An issued plan of the bloc union with an activity that asks all units, and what is registered under it."""

from datetime import date

from activities.models import Activity, Registration
from activities.registering.services import register_activity
from tests.making import activity, draft, issue

NOVEMBER = (date(2024, 11, 1), date(2024, 11, 30), "month")


def asking(union, name="Ngày Chủ nhật xanh", number=1, **more) -> Activity:
    """An activity of an issued plan that all units do."""
    plan = draft(union)
    windows = [(date(2024, 10, 1), date(2024, 12, 31), "quarter")]
    made = activity(union, name, plan=plan, **{"scope": "all_units", "windows": windows, **more})
    issue(plan, number=number)
    return Activity.objects.get(pk=made.pk)


def registered(item, unit, bloc=None, name="Dọn vệ sinh cơ quan", actor=None, **more) -> Registration:
    facts = {"window": NOVEMBER, "place": "Cơ quan", "people": 40, **more}
    return register_activity(actor=actor, item=item, unit=unit, bloc=bloc, name=name, **facts)
