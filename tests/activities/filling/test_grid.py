"""The arithmetic of the filling map. No database."""

from datetime import date
from decimal import Decimal

from activities.filling.grid import Amount, Cell, Column, Grid, Group, Recorded, Row
from targets.models import Indicator
from units.models import Bloc, Unit

TREES = Indicator(pk=1, name="Cây xanh", measure="cây")
PAST, COMING = Column(1, "1", "ngày 7/1/2024", True), Column(2, "2", "ngày 1/12/2024", False)


def held(people: int | None, trees: int | None = None) -> Recorded:
    amounts = [] if trees is None else [Amount(TREES, Decimal(trees))]
    return Recorded(1, people, date(2024, 1, 7), 5, amounts)


def row(pk: int, first: Recorded | None = None, second: Recorded | None = None, *, is_asked: bool = True) -> Row:
    return Row(Unit(pk=pk), [Cell(PAST, first), Cell(COMING, second)], is_asked)


def grid(*groups: list[Row]) -> Grid:
    return Grid([PAST, COMING], [Group(Bloc(pk=n, number=n), rows) for n, rows in enumerate(groups, start=1)])


def test_what_is_not_due_is_not_missing():
    asked = row(1)
    assert [cell.is_missing for cell in asked.cells] == [True, False]
    assert (asked.is_missing, [column.key for column in asked.missing]) == (True, [1])
    assert row(2, held(5)).is_missing is False
    assert row(3, is_asked=False).missing == []


def test_a_unit_that_recorded_nothing_is_not_complete_even_where_nothing_is_due():
    ahead = Row(Unit(pk=1), [Cell(COMING, None)], is_asked=True)
    assert (ahead.is_missing, ahead.is_complete) == (False, False)
    assert row(1, held(5)).is_complete is True


def test_totals_by_bloc_and_all_say_how_many_they_are_made_of():
    issuer = row(9, held(7), is_asked=False)
    found = grid([row(1, held(10, 3)), row(2)], [row(3, held(None, 4)), row(4, held(0)), issuer])
    first, second = found.groups
    assert [(t.done, t.asked, t.people, dict(t.amounts)) for t in first.totals] == [
        (1, 2, 10, {TREES: Decimal(3)}),
        (0, 2, None, {}),
    ]
    assert (second.totals[0].done, second.totals[0].asked, second.totals[0].people) == (2, 2, 7)
    whole = found.totals[0]
    assert (whole.done, whole.asked, whole.people, dict(whole.amounts)) == (3, 4, 17, {TREES: Decimal(7)})
    assert (found.done, found.asked, first.done, second.done) == (3, 4, 1, 2)


def test_missing_is_not_zero():
    """Nobody counted: no total. Somebody counted none: 0."""
    assert grid([row(1, held(None))]).totals[0].people is None
    assert grid([row(1, held(0))]).totals[0].people == 0


def test_only_those_with_something_missing():
    found = grid([row(1, held(10)), row(2)], [row(3, held(3))])
    assert [(group.bloc.pk, [one.unit.pk for one in rows]) for group, rows in found.shown(only_missing=True)] == [
        (1, [2])
    ]
    assert len(found.shown(only_missing=False)) == 2
    assert [one.unit.pk for one in found.missing] == [2]
