"""A resolution of the bloc union for 2024 with one target of each kind, its calendar, and the month asked."""

from datetime import date
from decimal import Decimal

import pytest

from plans.services import create_plan, issue_plan, send_to_leader
from reports.progress.models import Period, ProgressReport
from reports.progress.services import create_periods, open_period
from targets.models import Indicator, Target
from targets.services import add_target
from tests.reports.progress.scenes import Resolution, indicator_of, report_of


@pytest.fixture
def resolution(province) -> Resolution:
    top = province.top
    plan = create_plan(
        actor=None,
        unit=province.bloc_union,
        kind="resolution",
        title="Nghị quyết công tác Đoàn năm 2024",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )

    def target(code: str, indicator: Indicator, carried_by: str, **more) -> Target:
        return add_target(plan=plan, code=code, name=indicator.name, indicator=indicator, carried_by=carried_by, **more)

    grassroots = ("grassroots_union", "grassroots_branch")
    made = Resolution(
        plan=plan,
        blood=target(
            "1.1",
            indicator_of(top, "Máu hiến", measure="đơn vị máu"),
            "pooled",
            minimum=Decimal(150),
            maximum=Decimal(200),
        ),
        study=target(
            "1.2",
            indicator_of(top, "Đoàn viên học tập nghị quyết", "ratio", "latest", measure="đoàn viên"),
            "pooled",
            minimum=Decimal(100),
        ),
        congress=target(
            "1.3",
            indicator_of(top, "Đại hội chi đoàn", "milestone", "latest", topic="organisation"),
            "each_unit",
            required_share=Decimal(100),
            carrier_kinds=("grassroots_branch",),
            due_on=date(2024, 6, 30),
        ),
        dialogue=target("1.4", indicator_of(top, "Hoạt động đối thoại"), "issuer_own", minimum=Decimal(1)),
        households=target(
            "1.5",
            indicator_of(top, "Hộ nghèo được giúp"),
            "each_bloc",
            minimum=Decimal(1),
            maximum=Decimal(2),
            required_share=Decimal(100),
        ),
        works=target(
            "1.6",
            indicator_of(top, "Công trình thanh niên"),
            "each_unit",
            minimum=Decimal(1),
            required_share=Decimal(100),
            carrier_kinds=grassroots,
        ),
        money=target(
            "1.7",
            indicator_of(top, "Quỹ giúp nhau", is_whole=False, measure="triệu đồng"),
            "pooled",
            minimum=Decimal(10),
        ),
        app=target(
            "1.8",
            indicator_of(top, "Đoàn viên dùng ứng dụng", "amount", "latest", measure="đoàn viên"),
            "pooled",
            minimum=Decimal(300),
        ),
    )
    target("2.2", made.congress.indicator, "each_unit", required_share=Decimal(100), restates=made.congress)
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=2, issued_on=date(2024, 1, 15), place="Quảng Nam")
    return made


@pytest.fixture
def periods(province, resolution) -> dict[int, Period]:
    """The calendar of 2024 by month; September is open."""
    calendar = {period.month: period for period in create_periods(owner=province.top, year=2024)}
    open_period(period=calendar[9])
    return calendar


@pytest.fixture
def september(periods) -> Period:
    return periods[9]


@pytest.fixture
def report(province, september) -> ProgressReport:
    """The Department of Justice's report of September, not started."""
    return report_of(province.justice, september)
