"""A report on several plans at once, and which plans a month whose days are not those of the calendar tells of."""

from datetime import date
from decimal import Decimal

import pytest

from plans.models import Plan
from plans.services import create_plan, issue_plan, send_to_leader
from reports.documents.building import build_report, plans_told_in
from reports.documents.context import PeriodicReport
from reports.documents.models import OfficialDocument
from reports.documents.scheduling import drafts_wanted
from reports.progress.models import Period
from reports.progress.services import create_periods, open_period
from targets.services import add_target
from tests.reports.progress.scenes import indicator_of


@pytest.fixture
def campaign(province, reported) -> Plan:
    """A plan of the same body, of spring to autumn, that numbers its one target as the resolution numbers blood."""
    plan = create_plan(
        actor=None,
        unit=province.bloc_union,
        kind="plan",
        title="ATGT mùa hè năm 2024",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 10, 31),
    )
    trees = indicator_of(province.top, "CLB an toàn giao thông", topic="support", measure="câu lạc bộ")
    add_target(plan=plan, code="1.1", name=trees.name, indicator=trees, carried_by="pooled", minimum=Decimal(900))
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=7, issued_on=date(2024, 2, 20), place="Quảng Nam")
    plan.refresh_from_db()
    return plan


def figures_told(report: PeriodicReport) -> dict[str, str]:
    """Topic → its first paragraph."""
    return {topic.code: topic.paragraphs[0] for topic in report.topics if topic.paragraphs}


def test_targets_of_two_plans_with_one_clause_keep_their_own_figures(campaign, drafted, hospital_secretary):
    report = build_report(OfficialDocument.objects.get(pk=drafted("provisional").pk))
    assert "máu hiến đạt 32 đơn vị máu" in figures_told(report)["movements"]
    assert "CLB" not in figures_told(report)["movements"]
    assert [(row.clause, row.short_name) for row in report.targets if row.clause == "1.1"] == [
        ("1.1", "Máu hiến"),
        ("1.1", "CLB an toàn giao thông"),
    ]


def test_the_clauses_of_another_plan_stand_under_its_name(campaign, drafted):
    groups = PeriodicReport.from_snapshot(drafted().snapshot).target_groups
    assert [(group.heading, group.other_plan) for group in groups] == [
        ("Các chỉ tiêu khác", ""),
        (f"Kế hoạch số {campaign.symbol}: Các chỉ tiêu khác", f"Kế hoạch số {campaign.symbol}"),
    ]


@pytest.fixture
def cut_off(province, periods) -> dict[str, Period]:
    """The months of 2025, each from the 21st to the 20th, but for January, which begins where 2024 ends."""
    return {str(row): row for row in create_periods(owner=province.top, year=2025, cut_off=20)}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), (1, 12)),
        (date(2025, 2, 1), date(2025, 6, 30), (2, 6)),  # 21/6 to 30/6 lie in period July, and yet June is meant
        (date(2025, 2, 25), date(2025, 6, 25), (3, 7)),
        (date(2025, 2, 20), date(2025, 6, 20), (2, 6)),
        (date(2025, 3, 31), date(2025, 7, 1), (3, 7)),
    ],
)
def test_a_term_covers_the_periods_that_its_days_mean(resolution, cut_off, starts_on, ends_on, months):
    Plan.objects.filter(pk=resolution.plan.pk).update(starts_on=starts_on, ends_on=ends_on)
    told = [row.month for row in cut_off.values() if plans_told_in(row).exists()]
    assert told == list(range(months[0], months[1] + 1))


def test_a_year_that_is_over_gives_no_draft_in_the_year_that_begins_before_it_ends(
    settings, resolution, cut_off, officer
):
    january = cut_off["2025-01"]
    january.first_day = date(2024, 12, 21)  # as in a portal that has closed on the 20th for years
    january.save()
    settings.PORTAL_TODAY = date(2025, 2, 10)
    open_period(period=january)
    assert drafts_wanted(date(2025, 2, 10)) == []
    Plan.objects.filter(pk=resolution.plan.pk).update(ends_on=date(2025, 12, 31))
    assert [str(wanted.span) for wanted in drafts_wanted(date(2025, 2, 10))] == ["2025-01"]
