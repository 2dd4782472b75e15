"""What the bodies above ask is read once for all who are beneath them, and anew as soon as it is another."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.services import create_plan, issue_plan, send_to_leader
from reports.progress.asked import answering_once, asked_of
from reports.progress.models import Period
from targets.services import add_target
from tests.keeping import own_caches

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _caches(settings):
    own_caches(settings)


def asked(unit, period) -> list[str]:
    with answering_once():
        return [target.name for one in asked_of(unit, period) for target in one.targets]


def reads_targets(unit, period) -> bool:
    with CaptureQueriesContext(connection) as queries:
        asked(unit, period)
    return any('FROM "targets_target"' in query["sql"] for query in queries)


def plan_of(unit, indicator):
    plan = create_plan(
        actor=None,
        unit=unit,
        kind="programme",
        title="Chương trình",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    add_target(plan=plan, code="1", name="Của riêng", indicator=indicator, carried_by="pooled", minimum=Decimal(5))
    send_to_leader(actor=None, plan=plan)
    return plan


def issue(plan):
    issue_plan(actor=None, plan=plan, number=9, issued_on=date(2024, 1, 10), place="Quảng Nam")


def test_who_is_beneath_the_same_bodies_is_asked_from_memory(province, resolution, september):
    assert reads_targets(province.justice, september)
    assert not reads_targets(province.justice, september)
    assert not reads_targets(province.finance, september)


def test_memory_asks_what_the_database_asks(province, resolution, september):
    for unit in (province.justice, province.finance, province.hospital, province.hospital_surgery):
        plain = [target.name for one in asked_of(unit, september) for target in one.targets]
        assert asked(unit, september) == plain
        assert asked(unit, september) == plain


def test_a_plan_issued_above_asks_at_once(province, resolution, september):
    plan = plan_of(province.qna, resolution.blood.indicator)
    assert "Của riêng" not in asked(province.justice, september)
    issue(plan)
    assert "Của riêng" in asked(province.justice, september)


def test_a_plan_of_its_own_asks_the_unit_alone(province, resolution, september):
    assert "Của riêng" not in asked(province.justice, september)
    issue(plan_of(province.justice, resolution.blood.indicator))
    assert "Của riêng" in asked(province.justice, september)
    assert "Của riêng" not in asked(province.finance, september)
    assert not reads_targets(province.college, september)


def test_a_calendar_that_moves_is_asked_anew(province, resolution, september):
    """Which month a target begins in hangs on the calendar, whose days are no part of the word."""
    assert not reads_targets_twice(province.justice, september)
    Period.objects.filter(pk=september.pk).update(last_day=date(2024, 9, 24))
    Period.objects.filter(year=2024, month=10).update(first_day=date(2024, 9, 25))
    assert reads_targets(province.justice, Period.objects.get(pk=september.pk))


def reads_targets_twice(unit, period) -> bool:
    asked(unit, period)
    return reads_targets(unit, period)
