"""Work cut into strides: every id in one of them, none in two."""

import pytest

from reports.rollups import carriers, engine, planning
from reports.rollups.models import CarrierCount, Rollup
from reports.rollups.planning import Counting, strides
from reports.rollups.services import rebuild
from tests.reports.rollups.carriers import kept_counts
from tests.reports.rollups.oracle import stored_rows
from tests.rules.world import amount, ratio


@pytest.mark.parametrize(
    ("asked", "first", "last", "most", "ranges"),
    [
        (10, 1, 10, 10, [(1, 10)]),
        (10, 1, 10, 20, [(1, 10)]),
        (10, 1, 10, 4, [(1, 4), (5, 8), (9, 10)]),
        (10, 101, 200, 5, [(101, 150), (151, 200)]),  # ids with gaps
        (1000, 7, 7, 10, [(7, 7)]),
        (0, None, None, 10, []),
    ],
)
def test_every_id_lies_in_one_stride(asked, first, last, most, ranges):
    assert list(strides(asked, first, last, most=most)) == ranges


def test_a_table_is_counted_again_when_it_has_doubled(monkeypatch):
    counted: list[str] = []
    monkeypatch.setattr(planning, "count_rows", lambda _cursor, table: counted.append(table))
    growing, times = Counting(None, "reports_rollup"), []
    for rows in (20_000, 1, 20_000, 2, 40_000, 4, 10):
        growing.grows_by(rows)
        times.append(len(counted))
    assert times == [0, 1, 1, 2, 2, 3, 3]
    assert set(counted) == {"reports_rollup"}


def test_totals_and_shares_are_the_same_whatever_the_stride(world, monkeypatch):
    blood, studied = world.indicator(), world.indicator("ratio")
    units = world.units(5)
    for indicator, least in ((blood, 3), (studied, 50)):
        world.target(indicator, "each_unit", minimum=least, required_share=100)
    world.issue()
    for place, unit in enumerate(units):
        world.approve(unit, 3, {blood: amount(place), studied: ratio(place, 5)})
    rebuild()
    whole = stored_rows(), kept_counts()
    assert whole[0]
    assert whole[1]
    monkeypatch.setattr(carriers, "CASES_AT_ONCE", 3)
    monkeypatch.setattr(engine, "ASKED_AT_ONCE", 3)
    world.correct(units[0], 3, {blood: amount(9), studied: ratio(5, 5)})
    world.correct(units[0], 3, {blood: amount(0), studied: ratio(0, 5)})
    rebuild()
    assert (stored_rows(), kept_counts()) == whole
    Rollup.objects.all().delete()
    CarrierCount.objects.all().delete()
    rebuild()
    assert (stored_rows(), kept_counts()) == whole
