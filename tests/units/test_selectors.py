"""Reading the organisation: members of a unit and of everything beneath it."""

from datetime import date

from tests.making import count_queries
from units.selectors import members_beneath
from units.services import close_unit, set_headcount

JULY = date(2024, 7, 1)


def test_members_beneath_are_those_of_the_unit_and_of_all_under_it_as_last_counted(province):
    set_headcount(unit=province.hospital_surgery, as_of=date(2024, 3, 1), members=25)
    set_headcount(unit=province.justice, as_of=date(2024, 6, 1), members=30)
    set_headcount(unit=province.justice, as_of=date(2024, 8, 1), members=99)  # later than asked
    assert members_beneath(province.bloc_union, JULY) == {
        province.hospital.pk: 240 + 25,
        province.college.pk: 180,
        province.justice.pk: 30,
        province.finance.pk: 40,
    }


def test_who_was_never_counted_is_missing_and_who_is_gone_does_not_count(province):
    set_headcount(unit=province.hospital_surgery, as_of=date(2024, 3, 1), members=25)
    assert members_beneath(province.hospital, JULY) == {province.hospital_surgery.pk: 25}
    close_unit(unit=province.hospital_surgery, on=date(2024, 6, 1))
    assert members_beneath(province.hospital, JULY) == {}
    assert members_beneath(province.bloc_union, JULY)[province.hospital.pk] == 240


def test_members_beneath_ask_the_database_twice(province):
    assert count_queries(lambda: members_beneath(province.top, JULY)) == 2
