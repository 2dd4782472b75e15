"""Roles turned into units: who sees what, and that list and object agree."""

from datetime import date

import pytest

from accounts import scope
from accounts.enums import RoleName
from accounts.services import end_role
from units.models import Unit
from units.services import join_bloc

CAST = [
    "secretary",
    "neighbour",
    "hospital_secretary",
    "officer",
    "leader",
    "administrator",
    "bloc_head",
    "top_leader",
    "outsider",
    "outside_leader",
    "nobody",
]


def codes(units) -> set[str]:
    return set(units.values_list("code", flat=True))


KCQ = {"QNA-KCQ", *(f"QNA-KCQ-00{n}" for n in range(1, 5)), "QNA-KCQ-001-01", "QNA-KCQ-001-02"}
EXPECTED = {
    "secretary": {"QNA-KCQ-003"},
    "neighbour": {"QNA-KCQ-004"},
    "hospital_secretary": {"QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-001-02"},
    "officer": KCQ,
    "leader": KCQ,
    "administrator": KCQ,
    "bloc_head": {"QNA-KCQ-001", "QNA-KCQ-003"},
    "top_leader": KCQ | {"TW", "QNA", "KGI", "KGI-RACHGIA"},
    "outsider": {"KGI", "KGI-RACHGIA"},
    "outside_leader": {"KGI", "KGI-RACHGIA"},
    "nobody": set(),
}


@pytest.mark.parametrize("who", CAST)
def test_visible_units_are_exactly_the_subtrees_of_ones_roles(who, request):
    assert codes(scope.visible_units(request.getfixturevalue(who))) == EXPECTED[who]


@pytest.mark.parametrize("who", CAST)
def test_list_filter_and_object_check_agree_on_every_unit(who, request):
    user = request.getfixturevalue(who)
    listed = codes(scope.visible_units(user))
    assert {unit.code for unit in Unit.objects.all() if scope.can_see(user, unit)} == listed


def test_a_path_that_begins_alike_is_not_the_subtree(province, secretary):
    """The hospital's branches lie under the hospital's path, not under the branch next to it."""
    assert not scope.can_see(secretary, province.hospital_surgery)


def test_units_for_counts_only_the_named_roles(province, officer, bloc_head):
    assert codes(scope.units_for(officer, RoleName.OFFICER)) == KCQ
    assert codes(scope.units_for(officer, RoleName.LEADER)) == set()
    assert codes(scope.units_for(bloc_head, RoleName.BLOC_HEAD)) == set()


def test_strictly_above_excludes_ones_own_unit(province, officer):
    assert scope.holds(officer, province.bloc_union, RoleName.OFFICER)
    assert not scope.holds_strictly_above(officer, province.bloc_union, RoleName.OFFICER)
    assert scope.holds_strictly_above(officer, province.justice, RoleName.OFFICER)
    assert not scope.holds_strictly_above(officer, province.rach_gia, RoleName.OFFICER)
    assert scope.holds_at(officer, province.bloc_union, RoleName.OFFICER)
    assert not scope.holds_at(officer, province.justice, RoleName.OFFICER)


def test_an_ended_role_reaches_nothing(province, secretary):
    end_role(actor=None, role=secretary.roles.get())
    assert codes(scope.visible_units(secretary)) == set()


def test_someone_switched_off_sees_nothing(province, officer):
    officer.is_active = False
    assert codes(scope.visible_units(officer)) == set()


def test_a_bloc_head_loses_sight_of_a_unit_that_moved_away(province, bloc_head):
    join_bloc(unit=province.justice, bloc=province.bloc_2, on=date(2024, 7, 1))
    assert codes(scope.visible_units(bloc_head)) == {"QNA-KCQ-001"}
    assert codes(scope.bloc_members_of(bloc_head, date(2024, 6, 30))) == {"QNA-KCQ-001", "QNA-KCQ-003"}
