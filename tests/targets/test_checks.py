"""The term of a plan and its targets: they follow a corrected term, and what lies outside it is named at issuing."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from plans.checks import problems_of
from plans.models import Plan
from plans.reading.services import correct_head, version_of_head
from targets.checks import outside_the_term
from targets.models import Target
from tests.making import NEW_YEAR, YEAR_END, draft, issue, target

MAY, JUNE, DECEMBER = date(2024, 5, 1), date(2024, 6, 30), date(2024, 12, 1)


@pytest.fixture
def plan(province) -> Plan:
    return draft(province.bloc_union, text="Công tác Đoàn năm 2024")


def correct_term(plan: Plan, starts_on: date, ends_on: date) -> None:
    facts = {"kind": plan.kind, "title": plan.title, "number": None, "issued_on": None, "place": ""}
    version = version_of_head(plan)
    correct_head(actor=None, plan=plan, version=version, starts_on=starts_on, ends_on=ends_on, **facts)
    plan.refresh_from_db()


def spans() -> dict[str, tuple[date, date]]:
    return {row.code: (row.starts_on, row.due_on) for row in Target.objects.all()}


def test_targets_of_the_whole_term_follow_it(plan, province):
    target(plan, "1")
    target(plan, "2", due_on=JUNE)
    target(plan, "3", starts_on=MAY)
    target(plan, "4", starts_on=MAY, due_on=JUNE)
    beside = draft(province.justice)
    target(beside, "5")
    correct_term(plan, date(2024, 2, 1), date(2025, 3, 31))
    assert spans() == {
        "1": (date(2024, 2, 1), date(2025, 3, 31)),
        "2": (date(2024, 2, 1), JUNE),
        "3": (MAY, date(2025, 3, 31)),
        "4": (MAY, JUNE),
        "5": (NEW_YEAR, YEAR_END),
    }
    assert problems_of(plan) == []


def test_the_term_of_another_year_leaves_no_target_of_the_whole_term_behind(plan):
    target(plan, "1")
    correct_term(plan, date(2025, 1, 1), date(2025, 12, 31))
    assert spans() == {"1": (date(2025, 1, 1), date(2025, 12, 31))}
    assert issue(plan).state == "issued"


def test_a_target_never_runs_backwards_and_is_named_before_issuing(plan):
    """What has a day of its own stays where a person put it; the plan is not issued like that."""
    target(plan, "1", due_on=JUNE)
    target(plan, "2", starts_on=DECEMBER)
    correct_term(plan, date(2024, 8, 1), date(2024, 11, 30))
    assert spans() == {"1": (NEW_YEAR, JUNE), "2": (DECEMBER, YEAR_END)}
    says = [
        "Chỉ tiêu 1: thời gian 1/1/2024–30/6/2024 nằm ngoài thời hạn của văn bản (1/8/2024–30/11/2024).",
        "Chỉ tiêu 2: thời gian 1/12/2024–31/12/2024 nằm ngoài thời hạn của văn bản (1/8/2024–30/11/2024).",
    ]
    assert outside_the_term(plan) == says
    with pytest.raises(ValidationError) as refused:
        issue(plan)
    assert refused.value.messages == says


def test_phases_left_outside_their_target_are_named(plan):
    target(plan, "1", phases=[(JUNE, Decimal(75)), (YEAR_END, Decimal(150))])
    correct_term(plan, NEW_YEAR, date(2024, 11, 30))
    assert spans() == {"1": (NEW_YEAR, date(2024, 11, 30))}
    assert outside_the_term(plan) == ["Chỉ tiêu 1: có mốc phân kỳ nằm ngoài thời gian 1/1/2024–30/11/2024."]
