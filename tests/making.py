"""Short ways to plans, targets and activities for tests, through the services and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.services import plan_activity
from plans.models import Plan
from plans.services import create_plan, issue_plan, send_to_leader
from targets.models import Indicator, Target
from targets.services import add_target, propose_indicator
from units.models import Unit
from units.selectors import top_unit

NEW_YEAR, YEAR_END = date(2024, 1, 1), date(2024, 12, 31)


def draft(unit: Unit, title: str = "Công tác Đoàn năm 2024", **more) -> Plan:
    """A draft for 2024, made by the machine itself."""
    facts = {"kind": "resolution", "starts_on": NEW_YEAR, "ends_on": YEAR_END, "actor": None, **more}
    return create_plan(unit=unit, title=title, **facts)


def issue(plan: Plan, number: int = 1, issued_on: date = date(2024, 1, 2)) -> Plan:
    """The plan, sent and issued by the machine itself."""
    send_to_leader(actor=None, plan=plan)
    return issue_plan(actor=None, plan=plan, number=number, issued_on=issued_on)


def indicator(unit: Unit, name: str = "Máu hiến tình nguyện", measure: str = "đơn vị máu", **more) -> Indicator:
    """An indicator of the catalogue above ``unit``; an amount added up, unless told otherwise."""
    facts = {"kind": "amount", "over_time": "sum", **more}
    return propose_indicator(owner=top_unit(unit), name=name, measure=measure, **facts)


def ratio(unit: Unit, name: str = "Đoàn viên được học tập") -> Indicator:
    return indicator(unit, name, "đoàn viên", kind="ratio", over_time="latest")


def milestone(unit: Unit, name: str = "Đại hội chi đoàn") -> Indicator:
    return indicator(unit, name, "đơn vị", kind="milestone", over_time="latest")


def target(plan: Plan, code: str = "1.7", on: Indicator | None = None, **more) -> Target:
    """A pooled 150..200 on blood, unless told otherwise."""
    facts = {"carried_by": "pooled", "minimum": Decimal(150), "maximum": Decimal(200), **more}
    return add_target(plan=plan, code=code, name=f"Chỉ tiêu {code}", indicator=on or indicator(plan.unit), **facts)


def activity(unit: Unit, name: str = "Ngày hội hiến máu", **more):
    """An activity of March 2024 that the unit does itself, unless told otherwise."""
    facts = {"scope": "issuer", "windows": [(date(2024, 3, 1), date(2024, 3, 31), "month")], **more}
    return plan_activity(unit=unit, name=name, **facts)


def count_queries(act: Callable[[], object]) -> int:
    """How often ``act`` asks the database."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)
