"""The annex by unit adds up: rows to the sums of blocs, sums to the totals of the issuer."""

from datetime import date
from decimal import Decimal

import pytest

from plans.services import create_plan, issue_plan, send_to_leader
from reports.documents.building import build_report
from reports.documents.context import Figure, PeriodicReport, UnitAnnex
from reports.documents.models import OfficialDocument
from reports.documents.scorecards.building import build_scorecard
from reports.documents.words import target_text
from reports.progress import services as progress
from reports.rollups.services import drain_dirty
from targets.calendar import Month
from targets.services import add_target
from tests.making import count_queries
from tests.rules.world import END_OF, NOT_DONE, World, amount, done
from units.enums import Kind
from units.models import Unit
from units.services import close_unit, create_bloc, join_bloc, leave_bloc

MARCH = date(2024, 3, 8)


@pytest.fixture
def world(db, settings) -> World:
    return World(settings)


def paper_of(world: World, month: int) -> PeriodicReport:
    """The body's report of one month of 2024, from approved figures."""
    drain_dirty()
    world.on(world.periods[month].due_on)
    return build_report(OfficialDocument(unit=world.body, span=f"2024-{month:02d}", basis="official"))


def annex_of(world: World, month: int) -> UnitAnnex:
    annex = paper_of(world, month).units
    assert annex is not None
    return annex


def column_of(annex: UnitAnnex, target) -> tuple[dict[str, Figure], list[Figure], Figure]:
    """The figures of one target: by unit, the sums of the blocs, the total."""
    place = [column.clause for column in annex.columns].index(target.code)
    rows = {row.name: row.cells[place] for bloc in annex.blocs for row in bloc.rows}
    return rows, [bloc.sums[place] for bloc in annex.blocs], annex.totals[place]


def blocs_of(world: World, *members: list[Unit]) -> list:
    """A bloc for each list of units, from the year's first day on."""
    found = []
    for number, units in enumerate(members, start=1):
        found.append(create_bloc(owner=world.body, number=number, name=f"Khối {number}"))
        for unit in units:
            join_bloc(unit=unit, bloc=found[-1], on=date(2024, 1, 1))
    return found


# --- Units that stand above those who carry a target ---------------------------------------------


@pytest.fixture
def unions(world: World) -> list[Unit]:
    """Two grassroots unions of three branches, each in a bloc of its own."""
    unions = world.units(2)
    for union in unions:
        for number in (1, 2, 3):
            world.unit(f"{union.code}-{number}", parent=union)
    blocs_of(world, unions[:1], unions[1:])
    return unions


def branches_of(union: Unit) -> list[Unit]:
    return list(union.children.order_by("path"))


def of_branches(world: World, indicator, **more):
    return world.target(
        indicator, "each_unit", carrier_reach="all", carrier_kinds=[Kind.BRANCH], required_share=100, **more
    )


def test_a_unit_above_branches_that_did_it_shows_how_many_of_them_did(world, unions):
    congress = world.indicator("milestone")
    target = of_branches(world, congress, due_on=END_OF[6])
    world.issue()
    for union, count in zip(unions, (3, 2), strict=True):
        for place, branch in enumerate(branches_of(union)):
            world.approve(branch, 3, {congress: done(MARCH) if place < count else NOT_DONE})

    rows, sums, total = column_of(annex_of(world, 3), target)

    assert [rows[union.short_name] for union in unions] == [Figure.of_share(3, 3), Figure.of_share(2, 3)]
    assert (sums, total) == ([Figure.of_share(3, 3), Figure.of_share(2, 3)], Figure.of_share(5, 6))


def test_a_unit_above_branches_that_reached_an_amount_shows_no_percentage_for_an_amount(world, unions):
    talks = world.indicator()
    target = of_branches(world, talks, minimum=2)
    world.issue()
    for union, given in zip(unions, ((2, 3, 2), (2, 1, 2)), strict=True):
        for branch, value in zip(branches_of(union), given, strict=True):
            world.approve(branch, 3, {talks: amount(value)})

    rows, sums, total = column_of(annex_of(world, 3), target)

    assert [rows[union.short_name] for union in unions] == [Figure.of_share(3, 3), Figure.of_share(2, 3)]
    assert (sums, total) == ([Figure.of_share(3, 3), Figure.of_share(2, 3)], Figure.of_share(5, 6))


def test_branches_that_are_all_silent_still_count_in_the_sum(world, unions):
    talks = world.indicator()
    target = of_branches(world, talks, minimum=2)
    world.issue()
    world.approve(branches_of(unions[0])[0], 3, {talks: amount(2)})

    rows, sums, total = column_of(annex_of(world, 3), target)

    assert [rows[union.short_name] for union in unions] == [Figure.of_share(1, 3), Figure.missing()]
    assert (sums, total) == ([Figure.of_share(1, 3), Figure.of_share(0, 3)], Figure.of_share(1, 6))


def test_a_unit_that_carries_a_target_as_those_beneath_it_do_counts_with_them(world, unions):
    talks = world.indicator()
    target = world.target(talks, "each_unit", carrier_reach="all", minimum=2, required_share=100)
    world.issue()
    world.approve(branches_of(unions[0])[0], 3, {talks: amount(2)})

    rows, sums, total = column_of(annex_of(world, 3), target)

    assert rows[unions[0].short_name] == Figure.of_amount(Decimal(2))
    assert (sums, total) == ([Figure.of_share(2, 4), Figure.of_share(0, 4)], Figure.of_share(2, 8))


def test_units_that_keep_within_a_limit_are_counted_as_the_total_counts_them(world):
    units, relapses = world.units(2), world.indicator()
    blocs_of(world, units)
    target = world.target(relapses, "each_unit", minimum=None, maximum=5, required_share=100)
    world.issue()
    for unit, value in zip(units, (2, 6), strict=True):
        world.approve(unit, 3, {relapses: amount(value)})

    _rows, sums, total = column_of(annex_of(world, 3), target)

    assert sums == [total] == [Figure.of_share(1, 2)]


def test_the_scorecard_of_a_unit_above_branches_counts_them(world, unions):
    congress, talks = world.indicator("milestone"), world.indicator()
    of_branches(world, congress, due_on=END_OF[6])
    of_branches(world, talks, minimum=2)
    world.issue()
    for branch, value in zip(branches_of(unions[0]), (2, 1, 2), strict=True):
        world.approve(branch, 3, {congress: done(MARCH), talks: amount(value)})
    drain_dirty()

    card = build_scorecard(issuer=world.body, unit=unions[0], month=Month(2024, 3), basis="official")

    rows = [score.row for score in card.rows]
    assert [row.to_date for row in rows] == [Figure.of_share(3, 3), Figure.of_share(2, 3)]
    assert [target_text(row) for row in rows] == ["100%", "3 × 2"]


# --- Targets that each bloc carries ----------------------------------------------------------------


def test_a_bloc_has_what_its_members_gave_while_they_were_in_it(world):
    """A unit moves to another bloc between two gifts (design/domain.md: E10)."""
    mover, stays, other = world.units(3)
    _first, second = blocs_of(world, [mover, stays], [other])
    households = world.indicator()
    target = world.target(households, "each_bloc", minimum=1, required_share=100)
    world.issue()
    world.approve(mover, 3, {households: amount(1)})
    join_bloc(unit=mover, bloc=second, on=date(2024, 7, 1))
    world.approve(mover, 8, {households: amount(1)})
    world.open(9)

    _rows, sums, total = column_of(annex_of(world, 9), target)

    assert sums == [Figure.of_amount(Decimal(1)), Figure.of_amount(Decimal(1))]
    assert total == Figure.of_share(2, 2)


def test_more_units_and_blocs_ask_no_more_of_the_database(world):
    units = world.units(6)
    blocs_of(world, units[:1], units[1:2])
    world.target(world.indicator(), "each_bloc", minimum=1, required_share=100)
    world.issue()
    world.open(3)
    annex_of(world, 3)
    few = count_queries(lambda: annex_of(world, 3))
    for number, unit in enumerate(units[2:], start=3):
        join_bloc(
            unit=unit, bloc=create_bloc(owner=world.body, number=number, name=f"Khối {number}"), on=date(2024, 1, 1)
        )
    annex_of(world, 3)
    assert count_queries(lambda: annex_of(world, 3)) == few


# --- Plans of several years ------------------------------------------------------------------------


@pytest.fixture
def two_years(world: World):
    """A plan of 2023 and 2024; one unit gave 40 in 2023 and closed, the other gave 10 in 2024. Each in its bloc."""
    blood = world.indicator()
    closed, stays = world.units(2)
    blocs = [create_bloc(owner=world.body, number=number, name=f"Khối {number}") for number in (1, 2)]
    for unit, bloc in ((closed, blocs[0]), (stays, blocs[1])):
        join_bloc(unit=unit, bloc=bloc, on=date(2023, 1, 1))
    year_before = {row.month: row for row in progress.create_periods(owner=world.top, year=2023)}
    plan = create_plan(
        actor=None,
        unit=world.body,
        kind="resolution",
        title="Nghị quyết nhiệm kỳ",
        starts_on=date(2023, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    facts = {"code": "1", "name": "Hiến máu", "indicator": blood, "carried_by": "pooled", "minimum": Decimal(100)}
    target = add_target(plan=plan, **facts)
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=1, issued_on=date(2023, 1, 2), place="Quảng Nam")
    this_year, world.periods = world.periods, year_before
    world.approve(closed, 3, {blood: amount(40)})
    world.periods = this_year
    close_unit(unit=closed, on=date(2023, 7, 1))
    world.approve(stays, 3, {blood: amount(10)})
    return target, closed, stays


def test_a_unit_that_closed_in_an_earlier_year_of_the_plan_is_there_with_what_it_gave(world, two_years):
    target, closed, stays = two_years
    annex = annex_of(world, 3)

    rows, sums, total = column_of(annex, target)

    assert rows == {
        closed.short_name: Figure.of_amount(Decimal(40)),
        stays.short_name: Figure.of_amount(Decimal(10)),
    }
    assert [bloc.name for bloc in annex.blocs] == ["Khối 1", "Khối 2"]
    assert sums == [Figure.of_amount(Decimal(40)), Figure.of_amount(Decimal(10))]
    assert total == Figure.of_amount(Decimal(50))


def test_a_unit_that_closed_in_an_earlier_year_without_a_figure_is_not_there(world, two_years):
    silent = world.unit("QNA-009")
    close_unit(unit=silent, on=date(2023, 9, 1))

    rows, _sums, _total = column_of(annex_of(world, 3), two_years[0])

    assert silent.short_name not in rows


def test_an_open_unit_is_not_put_back_into_a_bloc_that_it_left_in_an_earlier_year(world, two_years):
    _target, _closed, stays = two_years
    leave_bloc(unit=stays, on=date(2023, 6, 1))

    annex = annex_of(world, 3)

    assert [[row.name for row in bloc.rows] for bloc in annex.blocs if bloc.name != "Khối 1"] == [[stays.short_name]]
    assert "Khối 2" not in [bloc.name for bloc in annex.blocs]
