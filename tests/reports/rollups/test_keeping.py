"""When the lists of kept states and shares are looked at: for plans that are news, and for a calendar that changed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.services import issue_plan, send_to_leader
from plans.versions.amending import amend_plan
from reports.progress.services import move_bounds
from reports.rollups.models import CarrierCase, CarrierCount, KeptPlan, KeptState
from reports.rollups.services import drain_dirty, mark_dirty, rebuild
from reports.rollups.tasks import drain_dirty as drain_task
from targets.services import merge_indicators, revise_target
from tests.rules.world import amount
from units.enums import Kind
from units.models import Unit


@pytest.fixture
def target(world):
    world.unit("QNA-001", kind=Kind.DISTRICT_UNION)
    found = world.target(world.indicator(), "each_unit", minimum=3, required_share=100)
    world.issue()
    world.open(3)
    return found


def reads_of_targets() -> int:
    """How often a drain that brings one mark up to date asks for targets."""
    with CaptureQueriesContext(connection) as queries:
        drain_dirty()
    return sum('FROM "targets_target"' in query["sql"] for query in queries)


def test_a_plan_is_in_the_figures_as_soon_as_it_is_issued(
    target, world, monkeypatch, django_capture_on_commit_callbacks
):
    drain_dirty()
    connection.run_on_commit.clear()  # what was asked for before
    sent: list[float] = []
    monkeypatch.setattr(drain_task, "apply_async", lambda *, retry, countdown: sent.append(countdown))
    world.target(world.indicator(), "each_unit", minimum=1, required_share=100)
    with django_capture_on_commit_callbacks(execute=True):
        world.issue()
    assert sent == [0.1]

    drain_dirty()

    assert set(CarrierCount.objects.filter(unit__code="QNA").values_list("carriers", flat=True)) == {1}
    assert CarrierCase.objects.count() == 2 * CarrierCase.objects.filter(target=target).count()


def test_targets_are_read_only_where_a_plan_is_news(target, world):
    mark_dirty(unit=world.body, period=world.periods[3])
    assert reads_of_targets() == 2  # the states that it needs, and its shares
    mark_dirty(unit=world.body, period=world.periods[3])
    assert reads_of_targets() == 0
    assert list(KeptPlan.objects.values_list("plan", flat=True)) == [target.plan_id]


def test_a_calendar_that_changed_has_all_plans_looked_at(target, world):
    drain_dirty()
    before = set(CarrierCase.objects.values_list("pk", "facts"))
    period = world.periods[2]
    move_bounds(period=period, first_day=period.first_day, last_day=date(2024, 2, 20))
    drain_dirty()
    assert set(CarrierCase.objects.values_list("pk", flat=True)) == {pk for pk, _facts in before}
    assert set(CarrierCase.objects.values_list("pk", "facts")) != before


def test_a_plan_that_was_amended_and_all_built_anew_leaves_none_of_its_shares_behind(target):
    drain_dirty()
    amendment = amend_plan(actor=None, plan=target.plan)
    later = amendment.targets.get()
    revise_target(target=later, minimum=5)
    send_to_leader(actor=None, plan=amendment)
    issue_plan(actor=None, plan=amendment, number=99, issued_on=date(2024, 1, 2), place="Quảng Nam")
    rebuild()
    assert set(CarrierCase.objects.values_list("target", flat=True)) == {later.pk}
    assert list(KeptPlan.objects.values_list("plan", flat=True)) == [amendment.pk]
    assert CarrierCount.objects.filter(case__target=later).exists()
    assert not CarrierCount.objects.exclude(case__target=later).exists()


def test_shares_follow_an_indicator_that_was_merged(target, world):
    into = world.indicator()
    world.target(into, minimum=1)
    world.issue()
    unit = Unit.objects.get(code="QNA-001")
    world.approve(unit, 3, {target.indicator: amount(3), into: amount(4)})
    drain_dirty()
    before = set(CarrierCase.objects.values_list("facts", flat=True))
    merge_indicators(actor=None, source=target.indicator, into=into)
    drain_dirty()
    assert not before & set(CarrierCase.objects.values_list("facts", flat=True))
    reached = CarrierCount.objects.filter(unit=unit, case__period=world.periods[3], basis="official")
    assert list(reached.values_list("reached", flat=True)) == [1]


def test_states_and_shares_are_kept_up_to_the_newest_month(target, world):
    world.target(world.indicator("ratio"), minimum=50)
    world.issue()
    for newest in (4, 5):
        world.open(newest)
        drain_dirty()
        assert set(KeptState.objects.values_list("period__month", flat=True)) == set(range(1, newest + 1))
        assert set(CarrierCase.objects.values_list("period__month", flat=True)) == set(range(1, newest + 1))
