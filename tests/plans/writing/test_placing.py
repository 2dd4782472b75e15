"""The order of what hangs on a draft's sections: as the sections run, then by hand."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError

from plans.models import Section
from plans.writing.arranging import Step
from plans.writing.placing import by_section, moved, open_steps


@dataclass
class Thing:
    pk: int
    order: int
    section: Section | None = None


FIRST, SECOND = Section(pk=8, order=1), Section(pk=7, order=2)


def things() -> list[Thing]:
    """In the second section 1 and 4, in the first 2, in none 3 and 5."""
    return [Thing(1, 1, SECOND), Thing(2, 2, FIRST), Thing(3, 3), Thing(4, 4, SECOND), Thing(5, 4)]


def order_after(rows: list[Thing]) -> list[int]:
    return [row.pk for row in sorted(rows, key=lambda row: row.order)]


def test_things_stand_as_the_sections_run():
    found = [(section, [row.pk for row in rows]) for section, rows in by_section(things())]
    assert found == [(FIRST, [2]), (SECOND, [1, 4]), (None, [3, 5])]


def test_steps_lead_to_neighbours_of_the_same_section():
    rows = things()
    assert open_steps(rows[1], [rows[1]]) == set()
    assert open_steps(rows[0], [rows[0], rows[3]]) == {Step.DOWN}
    assert open_steps(rows[3], [rows[0], rows[3]]) == {Step.UP}


@pytest.mark.parametrize(
    ("pk", "step", "order"),
    [(4, Step.UP, [2, 4, 1, 3, 5]), (1, Step.DOWN, [2, 4, 1, 3, 5]), (5, "up", [2, 1, 4, 5, 3])],
)
def test_a_step_changes_places_and_all_follow_the_sections(pk, step, order):
    rows = things()
    changed = moved(rows, pk, step)
    assert order_after(rows) == order
    assert sorted(row.order for row in rows) == [1, 2, 3, 4, 5]
    before = {row.pk: row.order for row in things()}
    assert {row.pk for row in changed} == {row.pk for row in rows if row.order != before[row.pk]}


@pytest.mark.parametrize(("pk", "step"), [(2, Step.UP), (2, Step.DOWN), (1, Step.UP), (5, Step.DOWN), (4, Step.IN)])
def test_beyond_the_edge_of_its_section_nothing_moves(pk, step):
    rows = things()
    with pytest.raises(ValidationError) as refused:
        moved(rows, pk, step)
    assert refused.value.code == "edge"
    assert order_after(rows) == [1, 2, 3, 4, 5]
