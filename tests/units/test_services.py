"""Openings, closings, successions, blocs and headcounts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from units import selectors
from units.enums import Kind, Level, SuccessionKind
from units.models import BlocMembership, Succession, Unit
from units.services import (
    close_unit,
    create_unit,
    join_bloc,
    leave_bloc,
    rename_unit,
    set_headcount,
    split_off,
)

MAY = date(2024, 5, 1)
JUNE = date(2024, 6, 1)


def opened_in_may(province, code="QNA-KCQ-090"):
    return create_unit(
        code=code, name="Chi đoàn mới", kind=Kind.GRASSROOTS_BRANCH, parent=province.bloc_union, opened_on=MAY
    )


def test_levels_may_be_skipped_but_not_turned_round(province):
    unit = create_unit(code="QNA-X", name="Đoàn xã", kind=Kind.GRASSROOTS_UNION, parent=province.qna, opened_on=MAY)
    assert (unit.level, unit.parent) == (Level.GRASSROOTS, province.qna)
    with pytest.raises(ValidationError) as error:
        create_unit(code="QNA-Y", name="Y", kind=Kind.BLOC_UNION, parent=province.hospital, opened_on=MAY)
    assert set(error.value.message_dict) == {"parent"}


@pytest.mark.parametrize("code", ["qna", "QNA KCQ", "QNA-", "ĐK", ""])
def test_a_code_is_upper_case_ascii(province, code):
    with pytest.raises(ValidationError) as error:
        create_unit(code=code, name="X", kind=Kind.BRANCH, parent=province.hospital, opened_on=MAY)
    assert set(error.value.message_dict) == {"code"}


def test_a_code_is_used_once(province):
    with pytest.raises(ValidationError) as error:
        opened_in_may(province, code="QNA-KCQ-001")
    assert set(error.value.message_dict) == {"code"}


def test_parent_and_path_agree_in_the_whole_tree(province):
    for unit in Unit.objects.all():
        by_path = unit.get_parent()
        assert unit.parent_id == (by_path.pk if by_path else None)
    assert Unit.find_problems() == ([], [], [], [], [])


def test_search_finds_without_diacritics_and_after_renaming(province):
    found = selectors.search_units(Unit.objects.all(), "tu phap")
    assert [unit.code for unit in found] == ["QNA-KCQ-003"]
    rename_unit(unit=province.justice, name="Chi đoàn Sở Nội vụ")
    assert not selectors.search_units(Unit.objects.all(), "tu phap").exists()
    assert selectors.search_units(Unit.objects.all(), "NOI VU").get() == province.justice


def test_closing_ends_bloc_membership_on_that_day_and_keeps_the_unit(province):
    successor = opened_in_may(province)
    close_unit(unit=province.justice, on=MAY, successors=[(successor, SuccessionKind.WHOLE)])
    province.justice.refresh_from_db()
    assert (province.justice.is_open_on(date(2024, 4, 30)), province.justice.is_open_on(MAY)) == (True, False)
    assert BlocMembership.objects.get(unit=province.justice).ends_on == MAY
    assert set(selectors.members_on(province.bloc_1, date(2024, 4, 30))) == {province.hospital, province.justice}
    assert set(selectors.members_on(province.bloc_1, MAY)) == {province.hospital}


def test_a_unit_closes_once_and_after_those_beneath_it(province):
    with pytest.raises(ValidationError):
        close_unit(unit=province.hospital, on=MAY)
    with pytest.raises(ValidationError, match="Ngày giải thể phải sau ngày thành lập"):
        close_unit(unit=province.justice, on=province.justice.opened_on)
    close_unit(unit=province.justice, on=MAY)
    with pytest.raises(ValidationError):
        close_unit(unit=province.justice, on=date(2024, 6, 1))


def test_a_sole_successor_opens_on_the_closing_day_a_merged_one_may_be_older(province):
    with pytest.raises(ValidationError):
        close_unit(unit=province.justice, on=MAY, successors=[(province.finance, SuccessionKind.WHOLE)])
    close_unit(unit=province.justice, on=MAY, successors=[(province.finance, SuccessionKind.MERGED)])
    assert selectors.predecessors_of([province.finance]) == {province.finance.pk: [province.justice]}


def test_inheritance_runs_through_several_steps_but_not_through_a_split(province):
    first = opened_in_may(province, "QNA-KCQ-091")
    close_unit(unit=province.justice, on=MAY, successors=[(first, SuccessionKind.WHOLE)])
    second = create_unit(
        code="QNA-KCQ-092",
        name="Chi đoàn sau",
        kind=Kind.GRASSROOTS_BRANCH,
        parent=province.bloc_union,
        opened_on=date(2024, 8, 1),
    )
    close_unit(unit=first, on=date(2024, 8, 1), successors=[(second, SuccessionKind.WHOLE)])
    young = opened_in_may(province, "QNA-KCQ-093")
    split_off(unit=young, origin=province.finance)
    found = selectors.predecessors_of([second, young, province.college])
    assert {pk: {unit.code for unit in units} for pk, units in found.items()} == {
        second.pk: {"QNA-KCQ-003", "QNA-KCQ-091"}
    }
    assert selectors.split_off_units([second, young]) == {young.pk}


def test_who_was_split_off_may_take_over_its_origin_later_and_the_other_way_round(province):
    young, other = opened_in_may(province, "QNA-KCQ-091"), opened_in_may(province, "QNA-KCQ-092")
    split_off(unit=young, origin=province.justice)
    split_off(unit=other, origin=province.finance)
    close_unit(unit=province.justice, on=JUNE, successors=[(young, SuccessionKind.MERGED)])
    close_unit(unit=other, on=JUNE, successors=[(province.finance, SuccessionKind.MERGED)])
    assert selectors.predecessors_of([young, province.finance]) == {
        young.pk: [province.justice],
        province.finance.pk: [other],
    }
    assert selectors.split_off_units([young, other, province.finance]) == {young.pk, other.pk}


def test_one_succession_is_recorded_once(province):
    heir = opened_in_may(province)
    for kind in (SuccessionKind.SPLIT, SuccessionKind.MERGED):
        Succession.objects.create(predecessor=province.justice, successor=heir, kind=kind)
    for again in SuccessionKind:  # whole and merged are both a taking over
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.create(predecessor=province.justice, successor=heir, kind=again)


def test_who_takes_over_stands_on_that_day(province):
    close_unit(unit=province.justice, on=MAY)
    with pytest.raises(ValidationError, match="Đơn vị kế thừa phải đang hoạt động vào ngày đó"):
        close_unit(unit=province.finance, on=MAY, successors=[(province.justice, SuccessionKind.MERGED)])
    later = create_unit(
        code="QNA-KCQ-091", name="Sau", kind=Kind.GRASSROOTS_BRANCH, parent=province.bloc_union, opened_on=JUNE
    )
    with pytest.raises(ValidationError, match="Đơn vị kế thừa phải đang hoạt động vào ngày đó"):
        close_unit(unit=province.finance, on=MAY, successors=[(later, SuccessionKind.MERGED)])
    province.finance.refresh_from_db()
    assert (province.finance.closed_on, Succession.objects.count()) == (None, 0)


def test_nobody_takes_over_from_whom_it_left_its_place_to(province):
    """Closed on a day before that on which it took over itself, a unit would inherit from its own heir."""
    close_unit(unit=province.justice, on=JUNE, successors=[(province.finance, SuccessionKind.MERGED)])
    for day in (MAY, JUNE):
        with pytest.raises(ValidationError, match="Đơn vị này còn tiếp nhận đơn vị khác vào ngày đó hoặc sau đó"):
            close_unit(unit=province.finance, on=day, successors=[(province.justice, SuccessionKind.MERGED)])
    close_unit(unit=province.finance, on=date(2024, 6, 2))
    assert selectors.predecessors_of([province.finance, province.justice]) == {province.finance.pk: [province.justice]}


def test_a_unit_is_in_one_bloc_at_a_time(province):
    join_bloc(unit=province.justice, bloc=province.bloc_2, on=date(2024, 7, 1))
    assert selectors.bloc_by_unit(province.bloc_union, date(2024, 6, 30))[province.justice.pk] == province.bloc_1
    assert selectors.bloc_by_unit(province.bloc_union, date(2024, 7, 1))[province.justice.pk] == province.bloc_2
    with pytest.raises(IntegrityError), transaction.atomic():
        BlocMembership.objects.create(unit=province.justice, bloc=province.bloc_1, starts_on=date(2024, 8, 1))
    with pytest.raises(ValidationError):
        join_bloc(unit=province.justice, bloc=province.bloc_1, on=date(2024, 6, 1))


def test_who_was_to_leave_later_and_moves_earlier_is_in_one_bloc_all_the_time(province):
    leave_bloc(unit=province.justice, on=date(2024, 9, 1))
    join_bloc(unit=province.justice, bloc=province.bloc_2, on=date(2024, 7, 1))
    rows = province.justice.bloc_memberships.order_by("starts_on").values_list("bloc", "ends_on")
    assert list(rows) == [(province.bloc_1.pk, date(2024, 7, 1)), (province.bloc_2.pk, None)]
    leave_bloc(unit=province.justice, on=date(2024, 10, 1))
    leave_bloc(unit=province.justice, on=date(2024, 8, 1))
    assert [day for _bloc, day in rows.all()] == [date(2024, 7, 1), date(2024, 8, 1)]


def test_only_siblings_under_the_owner_join_a_bloc(province):
    with pytest.raises(ValidationError):
        join_bloc(unit=province.rach_gia, bloc=province.bloc_1, on=MAY)


def test_headcount_is_the_newest_on_or_before_the_day(province):
    set_headcount(unit=province.justice, as_of=date(2024, 6, 1), members=30)
    assert [selectors.headcount_on(province.justice, day) for day in (date(2023, 12, 31), MAY, date(2024, 6, 1))] == [
        None,
        32,
        30,
    ]
    with pytest.raises(ValidationError):
        set_headcount(unit=province.justice, as_of=MAY, members=-1)


def test_the_way_from_the_top(province):
    way = selectors.ancestors_and_self(province.hospital_surgery)
    assert [unit.code for unit in way] == ["TW", "QNA", "QNA-KCQ", "QNA-KCQ-001", "QNA-KCQ-001-01"]
    assert selectors.top_unit(province.hospital_surgery) == province.top
