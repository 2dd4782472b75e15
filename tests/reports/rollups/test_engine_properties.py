"""Whatever happens in whatever order: totals and verdicts are the oracles', and a rebuild changes nothing.

``PROPERTY_EXAMPLES`` multiplies how many years are tried.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from unittest import mock

from django.db import transaction
from django.db.models import Max, Q
from hypothesis import given
from hypothesis import strategies as st

from plans.models import Plan
from reports.enums import Basis
from reports.progress.models import Period, ProgressEntry, ProgressReport
from reports.rollups import audit
from reports.rollups.audit import audit_rollups
from reports.rollups.keeping import look_again
from reports.rollups.models import DirtyMark
from reports.rollups.selectors import target_results
from reports.rollups.services import drain_dirty, mark_dirty, rebuild
from targets.models import Target
from tests.reports.rollups.carriers import kept_counts, worked_out_counts
from tests.reports.rollups.oracle import expected_rows, stored_rows
from tests.reports.rollups.states import state_verdict_of
from tests.reports.rollups.trying import tried
from tests.reports.rollups.verdicts import Verdict, verdict_of
from tests.reports.rollups.year import MOMENT, MONTHS, STATES, Year
from tests.rules.world import OPENED
from units.enums import SuccessionKind
from units.services import close_unit, create_unit, join_bloc


@given(seed=st.integers(0, 2**32), steps=st.integers(1, 50))
@tried(12)
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
        assert audited_in_parts_of(1 + seed % 4) == []
        rebuild()
        assert stored_rows() == drained
        transaction.set_rollback(True)


def audited_in_parts_of(units: int) -> list[audit.Difference]:
    with mock.patch.object(audit, "PART", units):
        return audit_rollups()


class ToldYear(Year):
    """A year in which much is asked and told, so that most targets have a figure."""

    def steps(self) -> dict[str, int]:
        told = {"report": 40, "issue": 8, "allocate": 6, "join": 5, "close": 3, "merge": 3, "split": 2, "end_plan": 0}
        return {**super().steps(), **told}


@given(seed=st.integers(0, 2**32), steps=st.integers(40, 90))
@tried(6)
def test_verdicts_equal_the_oracle(db, settings, seed, steps):
    """Through amendments, shares handed down, successions and moves between blocs.

    What stands as of a month is asked of months that have begun; before, there is nothing to stand.
    """
    with transaction.atomic():
        year = Year(settings, seed)
        for number in range(steps):
            year.step(number)
        drain_dirty()
        targets = list(
            Target.objects.filter(plan__in=Plan.objects.in_force()).select_related("plan__unit", "indicator")
        )
        begun = Period.objects.filter(Q(opened_at__isnull=False) | Q(reports__isnull=False))
        newest = begun.aggregate(month=Max("month", default=0))["month"]
        for month in (2, 4, 6):
            period = Period.objects.get(month=month)
            asked = [one for one in targets if one.indicator.over_time == "sum" or month <= newest]
            for basis in Basis.values:
                for found in target_results(targets=asked, unit=year.world.body, period=period, basis=basis):
                    said = (found.value, found.numerator, found.denominator, found.reported, found.required)
                    oracle = verdict_of if found.target.indicator.over_time == "sum" else state_verdict_of
                    assert Verdict(*said) == oracle(found.target, period, basis), (found.target, month, basis)
        transaction.set_rollback(True)


@given(seed=st.integers(0, 2**32))
@tried(4)
def test_any_order_of_draining_gives_the_same_totals(db, settings, seed):
    """The marks of a year drained one by one, shuffled and some twice, against one rebuild."""
    with transaction.atomic():
        year = Year(settings, seed)
        year.drain = year.rebuild = lambda _number: None
        for number in range(25):
            year.step(number)
        marks = list(DirtyMark.objects.values_list("unit_id", "period_id"))
        DirtyMark.objects.all().delete()
        year.dice.shuffle(marks)
        for unit_id, period_id in marks + marks[:3]:
            DirtyMark.objects.create(unit_id=unit_id, period_id=period_id)
            drain_dirty()

        drained, carriers = stored_rows(), kept_counts()
        rebuild()
        assert drained == stored_rows() == expected_rows()
        assert carriers == kept_counts() == worked_out_counts()
        transaction.set_rollback(True)


@given(seed=st.integers(0, 2**32))
@tried(4)
def test_any_order_of_events_gives_the_same_totals(db, settings, seed):
    """Reports, closings, moves between blocs, plans, opened months: one after the other, drained now and then."""
    with transaction.atomic():
        year = Year(settings, seed)
        events = _events(year)
        found = []
        for _order in range(3):
            year.dice.shuffle(events)
            with transaction.atomic():
                for event in events:
                    event()
                    if year.dice.random() < 0.3:
                        drain_dirty(limit=2)
                drain_dirty()
                found.append((stored_rows(), kept_counts()))
                transaction.set_rollback(True)
        assert found[0] == found[1] == found[2]
        transaction.set_rollback(True)


def _events(year: Year) -> list[Callable[[], object]]:
    """Events of which none needs another one first; the world that they happen in is made at once."""
    dice, body = year.dice, year.world.body
    leavers = [_leaver(year, number) for number in range(2)]
    for _times in range(3):
        year.issue(0)
        year.world.issue()
    states = {
        target.pk: date(2024, dice.choice([month for month in MONTHS if month <= target.due_on.month]), 1)
        for target in Target.objects.all()
    }
    joining = [unit for unit in year.open_units if unit.parent_id == body.pk]
    reported = random.Random(dice.random()).sample(  # noqa: S311 - a test's dice
        [(unit, month) for unit in year.open_units for month in MONTHS], k=min(12, 6 * len(year.open_units))
    )
    return [
        *(partial(_tell, unit.pk, month, _said(year), dice.choice(STATES)) for unit, month in reported),
        *(partial(close_unit, unit=unit, on=day, successors=[heir]) for unit, day, heir in leavers),
        *(
            partial(join_bloc, unit=unit, bloc=dice.choice(year.blocs), on=date(2024, dice.choice(MONTHS), 1))
            for unit in joining
        ),
        *(partial(_begin, pk, day) for pk, day in states.items()),
        partial(Period.objects.filter(month=dice.choice(MONTHS)).update, opened_at=MOMENT),
    ]


def _begin(target_id: int, day: date) -> None:
    """As nobody can do with a plan in force, and so nobody says that it must be looked at."""
    Target.objects.filter(pk=target_id).update(starts_on=day)
    look_again()


def _leaver(year: Year, number: int):
    """A unit that is to close, its last day, and who comes after it: both are there from the beginning."""
    day = date(2024, year.dice.choice(MONTHS[1:]), 1)
    parent, kind = year.world.body, "district_union"
    gone, heir = (
        create_unit(code=code, name=code, kind=kind, parent=parent, opened_on=opened_on)
        for code, opened_on in ((f"GONE{number}", OPENED), (f"HEIR{number}", day))
    )
    join_bloc(unit=gone, bloc=year.dice.choice(year.blocs), on=day - timedelta(days=20))
    for month in MONTHS:
        _tell(gone.pk, month, _said(year), "approved")
    return gone, day, (heir, SuccessionKind.WHOLE)


def _said(year: Year) -> dict:
    return {indicator: year.figures(indicator) for indicator in year.indicators}


def _tell(unit_id: int, month: int, said: dict, state: str) -> None:
    period = Period.objects.get(month=month)
    moments = {"submitted_at": MOMENT, "first_submitted_at": MOMENT, "approved_at": MOMENT}
    report = ProgressReport.objects.create(unit_id=unit_id, period=period, state=state, **moments)
    for indicator, figures in said.items():
        ProgressEntry.objects.create(report=report, indicator=indicator, **figures)
    mark_dirty(unit=report.unit, period=period)
