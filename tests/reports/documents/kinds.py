"""A plan with text, shares and a calendar, and its papers: for the tests of the kinds that stand beside reports."""

from datetime import date
from decimal import Decimal
from typing import Any

from activities.models import Activity
from activities.services import plan_activity
from core import jobs
from plans.models import Plan
from plans.services import add_section
from reports.documents.allocations.services import request_allocation
from reports.documents.calendars.services import request_calendar
from reports.documents.models import OfficialDocument
from reports.documents.plan_papers.services import request_plan_paper
from targets.calendar import Span
from targets.models import Target
from targets.services import allocate
from tests import making
from units.models import Unit

Q4 = Span.parse("2024-Q4")
NEW_YEAR = date(2024, 1, 15)


def sectioned(plan: Plan) -> dict[str, Any]:
    """Write the text of the plan; the sections by their addresses."""
    opening = add_section(
        plan=plan, number="", heading="", text="Ban Thường vụ ban hành Nghị quyết công tác năm 2024 như sau:"
    )
    theme = add_section(plan=plan, number="I", heading="Chủ đề", text="“Năm Thanh niên tình nguyện”")
    targets = add_section(plan=plan, number="II", heading="Chỉ tiêu")
    own = add_section(plan=plan, parent=targets, number="1", heading="Cấp Đoàn Khối")
    blood = add_section(plan=plan, parent=own, number="1.1", heading="", text="Hiến máu đạt 150 đến 200 đơn vị máu.")
    base = add_section(plan=plan, parent=targets, number="2", heading="Cấp cơ sở")
    events = add_section(plan=plan, number="III", heading="Hoạt động lớn")
    closing = add_section(
        plan=plan, number="IV", heading="Tổ chức thực hiện", text="Các đơn vị thực hiện nghiêm túc./."
    )
    return {
        "opening": opening,
        "theme": theme,
        "targets": targets,
        "own": own,
        "blood": blood,
        "base": base,
        "events": events,
        "closing": closing,
    }


def plan_of(unit: Unit, *, is_issued: bool = True) -> Plan:
    """A resolution of the unit: blood 150..200 together, a plan of work of each unit, two activities."""
    recipients = [{"name": "BTV Tỉnh đoàn", "role": "b/c"}, {"name": "Lưu: VP", "role": ""}]
    plan = making.draft(unit, title="Công tác Đoàn, phong trào thanh niên năm 2024", recipients=recipients)
    places = sectioned(plan)
    making.target(plan, "1.1", making.indicator(unit), section=places["blood"])
    each = {"carried_by": "each_unit", "minimum": Decimal(1), "maximum": None, "required_share": Decimal(100)}
    making.target(plan, "2.1", making.indicator(unit, "Công trình", "công trình"), section=places["base"], **each)
    march = [(date(2024, 3, 1), date(2024, 3, 31), "month")]
    for name, scope, windows in (("Ngày hội hiến máu", "issuer", march), ("Tết trồng cây", "all_units", ())):
        plan_activity(unit=unit, plan=plan, section=places["events"], name=name, scope=scope, windows=windows)
    return making.issue(plan, number=2) if is_issued else plan


def hand_down(target: Target, shares: dict[Unit, int], by: Unit) -> None:
    for unit, minimum in shares.items():
        allocate(actor=None, target=target, unit=unit, minimum=Decimal(minimum), effective_on=NEW_YEAR, handed_by=by)


def autumn(body: Unit) -> list[Activity]:
    """Activities of the last quarter, of every scope and precision that a calendar tells apart."""

    def add(name: str, scope: str, *windows: tuple[date, date, str], **more: Any) -> Activity:
        return plan_activity(unit=body, name=name, scope=scope, windows=list(windows), **more)

    return [
        add("Hưởng ứng Ngày Chuyển đổi số", "all_units", (date(2024, 10, 10), date(2024, 10, 10), "day")),
        add("Vệ sinh công sở", "all_units", (date(2024, 11, 1), date(2024, 11, 30), "month")),
        add("Hội thao", "issuer", (date(2024, 11, 9), date(2024, 11, 10), "day")),
        add("Tập huấn", "issuer", (date(2024, 12, 1), date(2024, 12, 31), "month"), is_tentative=True),
        add("Tình nguyện mùa đông", "issuer", (date(2024, 10, 1), date(2024, 12, 31), "quarter")),
        add("Xuân tình nguyện", "issuer", (date(2024, 3, 1), date(2024, 3, 31), "month")),
    ]


def made(document: OfficialDocument) -> OfficialDocument:
    """The document after its job, run in place of the worker."""
    document.refresh_from_db()
    jobs.run(document.job_id)
    document.refresh_from_db()
    return document


ASKS = {
    "plan": lambda actor, plan: request_plan_paper(actor=actor, plan=plan),
    "allocation": lambda actor, plan: request_allocation(actor=actor, plan=plan, body=plan.unit, unit=None),
    "calendar": lambda actor, plan: request_calendar(actor=actor, body=plan.unit, span=Q4),
}
