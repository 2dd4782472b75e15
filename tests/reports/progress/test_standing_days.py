"""Standing days: said once, written into the months to come, never into one that is open."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reports.progress.deadlines import deadline_of
from reports.progress.models import DeadlineRule, Period, PeriodDeadline
from reports.progress.services import create_periods, keep_rule, open_period, set_deadline
from reports.progress.services.standing_days import end_rule
from units.enums import Level


def days(unit, period: Period) -> tuple[str, str]:
    found = deadline_of(unit, period)
    return f"{found.due_on:%d/%m}", f"{found.locks_on:%d/%m}"


def test_a_rule_holds_for_months_to_come_and_for_years_made_later(province, periods):
    keep_rule(unit=province.bloc_union, due_day=1, lock_day=10)
    assert days(province.justice, periods[9]) == ("03/10", "15/10")
    assert days(province.justice, periods[10]) == ("01/11", "10/11")
    assert days(province.qna, periods[10]) == ("03/11", "15/11")
    later = create_periods(owner=province.top, year=2025)
    assert days(province.hospital_surgery, later[1]) == ("01/03", "10/03")


def test_the_topmost_unit_says_it_for_a_level(province, periods):
    keep_rule(unit=province.top, level=Level.PROVINCE, due_day=8, lock_day=20)
    assert [days(unit, periods[10]) for unit in (province.qna, province.justice)] == [
        ("08/11", "20/11"),
        ("03/11", "15/11"),
    ]


def test_a_change_and_an_end_leave_open_months_as_they_were(province, periods):
    rule = keep_rule(unit=province.bloc_union, due_day=1, lock_day=10)
    open_period(period=periods[10])
    assert keep_rule(unit=province.bloc_union, due_day=2, lock_day=12) == rule
    assert days(province.justice, periods[10]) == ("01/11", "10/11")
    assert days(province.justice, periods[11]) == ("02/12", "12/12")
    end_rule(rule=DeadlineRule.objects.get())
    assert days(province.justice, periods[10]) == ("01/11", "10/11")
    assert days(province.justice, periods[11]) == ("03/12", "15/12")
    assert PeriodDeadline.objects.get().rule is None


def test_days_that_a_person_gave_one_month_stay(province, periods):
    set_deadline(period=periods[10], unit=province.bloc_union, due_on=date(2024, 11, 2), locks_on=date(2024, 11, 5))
    keep_rule(unit=province.bloc_union, due_day=1, lock_day=10)
    assert days(province.justice, periods[10]) == ("02/11", "05/11")
    assert days(province.justice, periods[11]) == ("01/12", "10/12")


def test_a_rule_cannot_lock_later_than_the_bodies_above(province, periods):
    with pytest.raises(ValidationError) as refused:
        keep_rule(unit=province.bloc_union, due_day=25, lock_day=28)
    assert refused.value.message_dict == {
        "lock_day": ["Cấp trên khóa kỳ 1/2024 sau ngày 15/2/2024; ngày khóa ở cấp dưới không thể muộn hơn."]
    }
    assert not DeadlineRule.objects.exists()
    with pytest.raises(ValueError, match="everyone"):
        keep_rule(unit=province.top, due_day=1, lock_day=10)


@pytest.mark.parametrize(("due_day", "lock_day"), [(0, 10), (1, 32)])
def test_the_database_knows_the_days_of_a_month(due_day, lock_day, province):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineRule.objects.create(unit=province.qna, due_day=due_day, lock_day=lock_day)


def test_the_database_keeps_one_rule_for_a_part(province):
    keep_rule(unit=province.qna, level=Level.BRANCH, due_day=1, lock_day=10)
    keep_rule(unit=province.qna, due_day=1, lock_day=10)
    for level in (None, Level.BRANCH):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeadlineRule.objects.create(unit=province.qna, level=level, due_day=2, lock_day=11)
