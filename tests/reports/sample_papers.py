"""A paper of each kind beside reports, made up: long enough for several sheets, and issued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.documents.allocations.context import Allocation, Grid, GridBloc, GridRow
from reports.documents.asked import AskedGroup, AskedTarget, Share
from reports.documents.calendars.context import CalendarGroup, Event, MarkedMonth, MonthEvents, QuarterCalendar
from reports.documents.context import Recipient, Verification
from reports.documents.dispatches.context import Dispatch, LateUnit
from reports.documents.plan_papers.context import ActivityGroup, PlanActivity, PlanPaper, PlanPart
from reports.documents.scorecards.context import Scorecard, ScoreRow, TakenPart
from tests.reports.sample_report import quarterly_report

REPORT = quarterly_report()
FOOT: dict[str, Any] = {
    "recipients": (Recipient(name="Các đơn vị trực thuộc", role="t/h"),),
    "archive": "VP",
    "signer": REPORT.signer,
    "verification": REPORT.verification,
}
AS_OF = date(2024, 10, 4)
LONG = "Tổ chức các hoạt động tình nguyện vì cộng đồng, hướng về cơ sở, vùng sâu, vùng xa và hải đảo của tỉnh. " * 3


def asked(number: int, **more: Any) -> AskedTarget:
    facts: dict[str, Any] = {
        "clause": f"1.{number}",
        "content": f"Nội dung chỉ tiêu thứ {number} của chương trình công tác năm",
        "measure": "đơn vị máu",
        "measured": "amount",
        "carried_by": "pooled",
        "minimum": Decimal(1500),
        "maximum": Decimal(2000),
        "required_share": None,
        "who": "Các đơn vị trực thuộc",
        "due_on": date(2024, 12, 31),
        "share": Share(minimum=Decimal(number)),
    }
    return AskedTarget(**(facts | more))


def groups(many: int) -> tuple[AskedGroup, ...]:
    each = asked(1, carried_by="each_unit", minimum=Decimal(4), maximum=None, required_share=Decimal(100))
    return (
        AskedGroup(heading="II.1. Cấp Đoàn Khối", rows=tuple(asked(n) for n in range(1, many + 1))),
        AskedGroup(heading="II.2. Cấp cơ sở", rows=(each, asked(2, measured="ratio", maximum=None))),
    )


def plan_paper(**changes: Any) -> PlanPaper:
    head = replace(REPORT.head, symbol="NQ/ĐTN", number=2, dated=date(2024, 1, 2))
    sections = [
        PlanPart(number=f"2.{n}", heading=f"Nội dung {n}", depth=3, paragraphs=(LONG.strip(), LONG.strip()))
        for n in range(1, 9)
    ]
    facts: dict[str, Any] = {
        "draft": False,
        "head": head,
        "type_name": "Nghị quyết",
        "addressed": "",
        "title": "Công tác Đoàn và phong trào thanh niên năm 2024",
        "issuer": REPORT.reporter,
        "theme": "Tuổi trẻ tình nguyện",
        "as_of": AS_OF,
        "parts": (
            PlanPart(number="", heading="", depth=1, paragraphs=("Ban Thường vụ ban hành Nghị quyết như sau:",)),
            PlanPart(number="I", heading="Nhiệm vụ", depth=1, paragraphs=(LONG.strip(),)),
            PlanPart(number="1", heading="Cấp Khối", depth=2),
            *sections,
            PlanPart(number="a)", heading="", depth=4, paragraphs=("Rà soát, báo cáo.",)),
            PlanPart(number="II", heading="Tổ chức thực hiện", depth=1, paragraphs=("Thực hiện nghiêm túc./.",)),
        ),
        "appendices": (PlanPart(number="Phụ lục", heading="Danh mục", depth=1, paragraphs=("1. Tết trồng cây.",)),),
        "target_groups": groups(40),
        "activity_groups": (
            ActivityGroup(
                heading="III. Hoạt động lớn",
                rows=tuple(PlanActivity(name=f"Hoạt động {n}", time="Tháng 3", who="Đoàn Khối") for n in range(60)),
            ),
        ),
        **FOOT,
    }
    return PlanPaper(**(facts | changes))


def allocation(**changes: Any) -> Allocation:
    columns = tuple(asked(n) for n in range(1, 19))
    rows = tuple(
        GridRow(
            name=f"Chi đoàn cơ quan số {n}",
            kind_short="CĐCS",
            shares=tuple(Share(minimum=Decimal(n)) if n % 7 else Share() for _column in columns),
        )
        for n in range(60)
    )
    facts: dict[str, Any] = {
        "draft": False,
        "head": replace(REPORT.head, symbol="TB/ĐTN"),
        "issuer": REPORT.reporter,
        "issuer_short": REPORT.reporter_short,
        "unit": "",
        "units": 60,
        "as_of": AS_OF,
        "year_label": "năm 2024",
        "plan": REPORT.plan,
        "groups": groups(30),
        "grid": Grid(
            columns=columns,
            blocs=tuple(GridBloc(name=f"Khối thi đua số {n + 1}", rows=rows[n * 12 : n * 12 + 12]) for n in range(5)),
            sums=(Share(minimum=Decimal(1600)),) * len(columns),
            kinds_note="CĐCS: chi đoàn cơ sở.",
        ),
        **FOOT,
    }
    return Allocation(**(facts | changes))


def calendar(**changes: Any) -> QuarterCalendar:
    events = tuple(Event(time=f"{n:02d}/10", name=f"Hoạt động thứ {n} của quý", note="cơ sở") for n in range(1, 26))
    months = (MonthEvents(events=events), MonthEvents(events=events[:4]), MonthEvents())
    facts: dict[str, Any] = {
        "draft": False,
        "head": replace(REPORT.head, symbol="TB/ĐTN"),
        "issuer": REPORT.reporter,
        "issuer_short": REPORT.reporter_short,
        "label": "quý IV năm 2024",
        "as_of": AS_OF,
        "plans": (REPORT.plan,),
        "months": tuple(MarkedMonth(year=2024, month=n, days=(9, 20), due_days=(3,)) for n in (10, 11, 12)),
        "groups": (
            CalendarGroup(heading="Hoạt động chỉ đạo đồng loạt", months=months),
            CalendarGroup(
                heading="Hoạt động của Đoàn Khối",
                months=months,
                across=(Event(time="Quý IV", name="Tình nguyện mùa đông", tentative=True),),
            ),
        ),
        **FOOT,
    }
    return QuarterCalendar(**(facts | changes))


def dispatch(**changes: Any) -> Dispatch:
    units = tuple(
        LateUnit(unit=f"Chi đoàn số {n}", bloc="Khối số 1", due_on=date(2024, 10, 3), days_late=n) for n in range(1, 51)
    )
    facts: dict[str, Any] = {
        "draft": False,
        "provisional": False,
        "head": replace(REPORT.head, symbol="CV/ĐTN"),
        "sender": REPORT.reporter,
        "sender_short": REPORT.reporter_short,
        "month_label": "tháng 9/2024",
        "as_of": AS_OF,
        "units": units,
        **FOOT,
    }
    return Dispatch(**(facts | changes))


def scorecard(**changes: Any) -> Scorecard:
    facts: dict[str, Any] = {
        "draft": False,
        "provisional": False,
        "head": replace(REPORT.head, symbol="PĐG/ĐTN"),
        "unit": "Chi đoàn Sở Tư pháp",
        "month_label": "tháng 9/2024",
        "year": 2024,
        "ends_on": date(2024, 9, 30),
        "rows": tuple(ScoreRow(row=row, judged=True) for row in REPORT.targets[:10]),
        "months": (7, 8, 9),
        "marks": REPORT.reporting.rows[0].marks if REPORT.reporting else (),
        "activities": (TakenPart(name="Ngày hội hiến máu", on=date(2024, 3, 14), people=20),),
        **FOOT,
    }
    return Scorecard(**(facts | changes))


PAPERS: dict[str, Callable[..., Any]] = {
    "plan": plan_paper,
    "allocation": allocation,
    "calendar": calendar,
    "reminder": dispatch,
    "scorecard": scorecard,
}
NEW = ("plan", "allocation", "calendar")
PROOF = Verification(code="QN247K3MQ9TDXY", url="https://congtacdoan.example/verify/QN247K3MQ9TDXY/")
