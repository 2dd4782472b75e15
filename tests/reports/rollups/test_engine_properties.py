"""Whatever happens in whatever order: the engine's totals are the oracle's, and a rebuild changes nothing."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.progress.models import Period, ProgressEntry, ProgressReport
from reports.rollups.audit import audit_rollups
from reports.rollups.models import DirtyMark
from reports.rollups.services import drain_dirty, mark_dirty, rebuild
from targets.models import Indicator
from tests.reports.rollups.oracle import expected_rows, stored_rows
from tests.rules.world import OPENED, World
from units.enums import Kind, SuccessionKind
from units.models import Bloc, Unit
from units.services import close_unit, create_bloc, create_unit, join_bloc

MOMENT = datetime(2024, 6, 1, tzinfo=UTC)
MONTHS = range(1, 7)
STATES = ["draft", "submitted", "returned", "approved", "approved"]


class Year:
    """A random organisation and its first half-year, told by a seed; every step marks what it changes."""

    def __init__(self, portal_settings, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a test's dice
        self.world = World(portal_settings)
        self.blocs = [create_bloc(owner=self.world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
        self.open_units = [self.world.body]
        for number in range(self.dice.randint(2, 6)):
            self.add_unit(number, OPENED)
        self.indicators = [
            self.world.indicator("amount", "sum", is_whole=False),
            self.world.indicator("amount", "latest"),
            self.world.indicator("ratio"),
            self.world.indicator("milestone"),
        ]

    def add_unit(self, number: int, opened_on: date) -> Unit:
        parents = [unit for unit in self.open_units if unit.depth < 4]
        parent = Unit.objects.get(pk=self.dice.choice(parents).pk)
        kinds = {2: Kind.DISTRICT_UNION, 3: Kind.GRASSROOTS_UNION, 4: Kind.BRANCH}
        unit = create_unit(
            code=f"U{number}", name=f"Đơn vị {number}", kind=kinds[parent.depth], parent=parent, opened_on=opened_on
        )
        self.open_units.append(unit)
        return unit

    def step(self, number: int) -> None:
        self.dice.choices(
            [self.report, self.turn, self.open_period, self.issue, self.join, self.close, self.drain],
            weights=[10, 6, 2, 2, 2, 1, 3],
        )[0](number)

    def report(self, _number: int) -> None:
        unit, period = self.dice.choice(self.open_units), self.world.periods[self.dice.choice(MONTHS)]
        report, _made = ProgressReport.objects.get_or_create(unit=unit, period=period)
        for indicator in self.dice.sample(self.indicators, self.dice.randint(1, 4)):
            ProgressEntry.objects.update_or_create(report=report, indicator=indicator, defaults=self.figures(indicator))
        self.move(report)

    def figures(self, indicator: Indicator) -> dict:
        if self.dice.random() < 0.1:
            return {"amount": None, "numerator": None, "denominator": None, "is_done": None, "done_on": None}
        if indicator.kind == "ratio":
            whole = self.dice.randint(0, 9)
            return {"numerator": Decimal(self.dice.randint(0, whole)), "denominator": Decimal(whole)}
        if indicator.kind == "milestone":
            is_done = self.dice.random() < 0.6
            return {"is_done": is_done, "done_on": date(2024, self.dice.choice(MONTHS), 9) if is_done else None}
        return {"amount": Decimal(self.dice.randint(0, 99999)) / 10000}

    def move(self, report: ProgressReport) -> None:
        report.state = self.dice.choice(STATES)
        report.submitted_at = report.first_submitted_at = report.approved_at = MOMENT
        report.save()
        mark_dirty(unit=report.unit, period=report.period)

    def turn(self, _number: int) -> None:
        reports = list(ProgressReport.objects.order_by("pk"))
        if reports:
            self.move(self.dice.choice(reports))

    def open_period(self, _number: int) -> None:
        Period.objects.filter(month=self.dice.choice(MONTHS)).update(opened_at=MOMENT)

    def issue(self, _number: int) -> None:
        indicator = self.dice.choice(self.indicators)
        starts_on = date(2024, self.dice.choice(MONTHS), 1)
        carried_by = "issuer_own" if indicator.kind == "milestone" else "pooled"
        minimum = None if indicator.kind == "milestone" else 1
        self.world.target(indicator, carried_by, minimum=minimum, starts_on=starts_on)
        self.world.issue()

    def join(self, _number: int) -> None:
        direct = [unit for unit in self.open_units if unit.parent_id == self.world.body.pk]
        unit, day = self.dice.choice(direct or [None]), date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 15]))
        if unit is not None and not unit.bloc_memberships.filter(starts_on__gte=day).exists():
            join_bloc(unit=unit, bloc=Bloc.objects.get(number=self.dice.choice([1, 2])), on=day)

    def close(self, number: int) -> None:
        unit = self.dice.choice(self.open_units)
        unit = Unit.objects.get(pk=unit.pk)
        day = date(2024, self.dice.choice(MONTHS), self.dice.choice([1, 20]))
        has_later = unit.bloc_memberships.filter(starts_on__gte=day).exists()
        if unit.pk == self.world.body.pk or day <= unit.opened_on or has_later or unit.children.open_on(day).exists():
            return
        self.open_units = [one for one in self.open_units if one.pk != unit.pk]
        heir = self.add_unit(100 + number, day)
        close_unit(unit=unit, on=day, successors=[(heir, SuccessionKind.WHOLE)])

    def drain(self, _number: int) -> None:
        drain_dirty(limit=self.dice.randint(1, 3))


@given(seed=st.integers(0, 2**32), steps=st.integers(1, 40))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_engine_equals_the_oracle_and_the_rebuild(db, settings, seed, steps):
    with transaction.atomic():
        year = Year(settings, seed)
        for number in range(steps):
            year.step(number)
        drain_dirty()

        drained = stored_rows()
        assert drained == expected_rows()
        assert not DirtyMark.objects.exists()
        assert audit_rollups() == []
        rebuild()
        assert stored_rows() == drained
        transaction.set_rollback(True)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_draining_gives_the_same_totals(db, settings, seed):
    """The marks of a year drained one by one, shuffled, against one rebuild."""
    with transaction.atomic():
        year = Year(settings, seed)
        year.drain = lambda _number: None
        for number in range(25):
            year.step(number)
        marks = list(DirtyMark.objects.values_list("unit_id", "period_id"))
        DirtyMark.objects.all().delete()
        year.dice.shuffle(marks)
        for unit_id, period_id in marks + marks[:3]:
            DirtyMark.objects.create(unit_id=unit_id, period_id=period_id)
            drain_dirty()

        drained = stored_rows()
        rebuild()
        assert drained == stored_rows() == expected_rows()
        transaction.set_rollback(True)
