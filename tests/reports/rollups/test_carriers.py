"""Shares of carriers that are kept with the totals are those that come out carrier by carrier."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from plans.versions.amending import amend_plan
from reports.rollups.audit import audit_rollups
from reports.rollups.models import CarrierCase, CarrierCount, DirtyMark
from reports.rollups.nightly import keep_audit
from reports.rollups.services import drain_dirty, rebuild
from targets.models import Indicator, Target
from targets.services import allocate, revise_target
from tests.reports.dashboards.test_amendment import put_in_place
from tests.reports.rollups.carriers import kept_counts, worked_out_counts
from tests.reports.rollups.oracle import stored_rows
from tests.reports.rollups.test_engine import CONSTANT, Killed, before, die
from tests.reports.rollups.trying import tried
from tests.reports.rollups.year import MONTHS, Year
from tests.rules.world import amount
from units.enums import Kind, SuccessionKind
from units.models import Unit
from units.services import close_unit, split_off


class CarriersYear(Year):
    """A year whose targets are all held at each unit, in every shape that there is."""

    def steps(self) -> dict[str, int]:
        return {
            **super().steps(),
            "issue": 5,
            "allocate": 6,
            "close": 3,
            "merge": 3,
            "split": 2,
            "found": 2,
            "report": 14,
        }

    def found(self, number: int) -> None:
        """A unit opens in the course of the year."""
        self.add_unit(300 + number, date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 15])))

    def issue(self, _number: int) -> None:
        indicator = self.dice.choice(self.indicators)
        first = self.dice.choice(MONTHS)
        more: dict[str, Any] = {"starts_on": date(2024, first, 1), "required_share": self.dice.choice([50, 100])}
        if self.dice.random() < 0.6:
            more["due_on"] = date(2024, self.dice.randint(first, 6) + 1, 1) - timedelta(days=1)
        more["carrier_reach"] = self.dice.choice(["direct", "all", "all"])
        if self.dice.random() < 0.4:
            kinds = sorted({unit.kind for unit in self.open_units if unit.depth > 2})
            more["carrier_kinds"] = self.dice.sample(kinds, self.dice.randint(0, min(len(kinds), 2)))
        with suppress(ValidationError), transaction.atomic():  # nobody carries it: none of the kind is directly beneath
            self.world.target(indicator, "each_unit", **more, **self.bounds(indicator, more))
            self.world.issue()
        self.world._drafts = {}

    def amend(self, number: int) -> None:
        with suppress(ValidationError), transaction.atomic():  # its phases do not go with it any more
            super().amend(number)

    def bounds(self, indicator: Indicator, window: dict[str, Any]) -> dict[str, Any]:
        if indicator.kind == "milestone":
            return {"minimum": None}
        lowest, highest = (10, 100) if indicator.kind == "ratio" else (1, 9)
        minimum = self.dice.randint(lowest, highest)
        shape = self.dice.choice(["minimum", "minimum", "range", "limit", "phases"])
        if shape == "limit":
            return {"minimum": None, "maximum": minimum}
        if shape == "range":
            return {"minimum": minimum, "maximum": highest}
        if shape == "phases":
            ends = [date(2024, month + 1, 1) - timedelta(days=1) for month in MONTHS]
            steps = [(day, (Decimal(minimum * day.month) / 6).quantize(Decimal("0.0001"), ROUND_DOWN)) for day in ends]
            within = [step for step in steps if window["starts_on"] <= step[0] <= window.get("due_on", step[0])]
            return {"minimum": minimum, "phases": within}
        return {"minimum": minimum}


@given(seed=st.integers(0, 2**32), steps=st.integers(10, 60))
@tried(15)
def test_kept_shares_equal_those_worked_out_and_the_rebuild(db, settings, seed, steps):
    with transaction.atomic():
        year = CarriersYear(settings, seed)
        for number in range(steps):
            year.step(number)
        drain_dirty()

        drained = kept_counts()
        assert drained == worked_out_counts()
        assert audit_rollups() == []
        CarrierCount.objects.all().delete()
        rebuild()
        assert kept_counts() == drained
        assert not CarrierCase.objects.filter(is_said=False).exists()
        transaction.set_rollback(True)


def test_the_audit_tells_counts_that_were_tampered_with(world):
    """At the unit itself, and above it where it is added up."""
    units = world.units(2)
    target = world.target(world.indicator(), "each_unit", minimum=1, required_share=100)
    world.issue()
    for unit in units:
        world.approve(unit, 3, {target.indicator: amount(1)})
    assert audit_rollups() == []
    row = CarrierCount.objects.filter(unit=units[0], case__period=world.periods[3], basis="official")
    assert row.update(reached=0) == 1

    found = sorted(audit_rollups(), key=lambda one: one.owner_id != world.body.pk)

    key = (target.pk, target.indicator_id, world.periods[3].pk, "official", False)
    assert [(one.owner_id, tuple(one.key), one.stored.reached, one.expected.reached) for one in found] == [
        (world.body.pk, key, 2, 1),
        (units[0].pk, key, 0, 1),
    ]
    assert keep_audit(found, date(2024, 5, 1)).listed[0] == {
        "unit": world.body.pk,
        "indicator": target.indicator_id,
        "period": world.periods[3].pk,
        "basis": "official",
    }
    rebuild()
    assert audit_rollups() == []


def test_the_audit_tells_counts_of_cases_that_are_gone(world):
    CarrierCount.objects.create(
        unit=world.body, case_id=0, basis="official", carriers=1, reached=1, reported=1, carried=0, on_pace=1
    )
    assert [(one.owner_id, one.stored, one.expected) for one in audit_rollups()] == [
        (world.body.pk, (1, 1, 1, 0, 1), None)
    ]


def counts_of(target: Target, unit: Unit, month: int = 3) -> tuple[int, int]:
    """Of the official basis: how many carriers, and how many have reached it."""
    drain_dirty()
    row = CarrierCount.objects.get(
        unit=unit, case__target=target, case__period__month=month, case__is_late=False, basis="official"
    )
    return row.carriers, row.reached


@pytest.fixture
def held(world):
    """A target that each of two units has reached in March."""
    world.carriers = world.units(2)
    world.open(5)
    target = world.target(world.indicator(), "each_unit", minimum=3, required_share=100)
    world.issue()
    for unit in world.carriers:
        world.approve(unit, 3, {target.indicator: amount(3)})
    assert counts_of(target, world.body) == (2, 2)
    return target


def test_what_is_handed_down_counts_from_its_day_on(world, held):
    allocate(
        actor=None,
        target=held,
        unit=world.carriers[0],
        minimum=Decimal(4),
        effective_on=date(2024, 3, 15),
        handed_by=world.body,
    )
    assert [counts_of(held, world.body, month) for month in (2, 3, 4)] == [(2, 0), (2, 1), (2, 1)]


def test_a_unit_that_opens_is_one_carrier_more_unless_it_was_split_off(world, held):
    young = world.unit("QNA-900", opened_on=date(2024, 3, 20))
    assert [counts_of(held, world.body, month) for month in (2, 3)] == [(2, 0), (3, 2)]
    split_off(unit=young, origin=world.carriers[0])
    assert counts_of(held, world.body) == (2, 2)


def test_an_amended_plan_is_counted_by_its_own_bounds(world, held):
    amendment = amend_plan(actor=None, plan=held.plan)
    later = amendment.targets.get(origin=held)
    revise_target(target=later, minimum=Decimal(4))
    put_in_place(amendment)
    assert DirtyMark.objects.filter(unit=world.body).exists()  # so the worker is asked at once
    assert counts_of(later, world.body) == (2, 0)
    assert not CarrierCount.objects.filter(case__target=held).exists()


def test_a_late_report_of_one_that_is_gone_reaches_its_heir(world, held):
    gone = world.carriers[0]
    heir = world.unit("QNA-901", opened_on=date(2024, 4, 1))
    close_unit(unit=gone, on=date(2024, 4, 1), successors=[(heir, SuccessionKind.WHOLE)])
    assert counts_of(held, world.body, 4) == (2, 2)
    world.correct(gone, 3, {held.indicator: amount(1)})
    assert [counts_of(held, heir, month) for month in (4, 5)] == [(1, 0), (1, 0)]


def test_one_approval_takes_one_statement_a_depth_more_where_carriers_are_counted(world):
    """Beside a number that is the same for every depth: finding the carriers, and judging them."""
    district = world.unit("QNA-3", kind=Kind.DISTRICT_UNION)
    branch = world.unit("QNA-4", parent=district, kind=Kind.GRASSROOTS_UNION)
    target = world.target(world.indicator(), "each_unit", minimum=3, required_share=100, carrier_reach="all")
    world.issue()
    found = []
    for unit in (district, branch):
        for value in (1, 3):
            (world.approve if value == 1 else world.correct)(unit, 3, {target.indicator: amount(value)})
            with CaptureQueriesContext(connection) as queries:
                drain_dirty()
        found.append(len(queries))
    assert found[1] - found[0] == 6
    constant = CONSTANT[connection.vendor] + {"sqlite": 14, "postgresql": 21}[connection.vendor]
    assert found[0] == constant + 5 * 3 + 2  # three depths of totals, two of carriers: nothing is held at the top


def test_a_worker_that_dies_while_carriers_are_counted_leaves_everything_from_before(world, held):
    counts, totals = kept_counts(), stored_rows()
    world.correct(world.carriers[0], 3, {held.indicator: amount(1)})
    marks = DirtyMark.objects.count()
    with before("INSERT INTO reports_carriercount", die), pytest.raises(Killed):
        drain_dirty()
    assert (kept_counts(), stored_rows(), DirtyMark.objects.count()) == (counts, totals, marks)
    assert counts_of(held, world.body) == (2, 1)
