"""First and last day of a period: no day is missing or counted twice, and what was handed in stays where it is."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError

from reports.progress.deadlines import deadline_of
from reports.progress.models import Period, ProgressReport
from reports.progress.services import keep_rule, move_bounds, open_period, set_deadline
from reports.rollups.audit import audit_rollups
from tests.reports.progress.scenes import amount, bring_to, report_of
from units.enums import Level
from units.services import close_unit, create_unit


def bounds(owner) -> list[tuple[date, date]]:
    return list(Period.objects.filter(owner=owner).values_list("first_day", "last_day"))


def test_a_cut_off_moves_the_months_beside_it(province, periods):
    changed = move_bounds(period=periods[11], first_day=date(2024, 10, 21), last_day=date(2024, 11, 20))
    assert {period.month for period in changed} == {10, 11, 12}
    rows = bounds(province.top)
    assert rows[9:12] == [
        (date(2024, 10, 1), date(2024, 10, 20)),
        (date(2024, 10, 21), date(2024, 11, 20)),
        (date(2024, 11, 21), date(2024, 12, 31)),
    ]
    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(rows))


def test_the_first_and_the_last_month_of_the_calendar(province, periods):
    move_bounds(period=periods[1], first_day=date(2023, 12, 21), last_day=date(2024, 1, 31))
    move_bounds(period=periods[12], first_day=date(2024, 12, 1), last_day=date(2024, 12, 20))
    rows = bounds(province.top)
    assert (rows[0], rows[-1]) == ((date(2023, 12, 21), date(2024, 1, 31)), (date(2024, 12, 1), date(2024, 12, 20)))


def test_nothing_moves_where_nothing_changes(periods):
    assert move_bounds(period=periods[9], first_day=date(2024, 9, 1), last_day=date(2024, 9, 30)) == []


@pytest.mark.parametrize(
    ("first_day", "last_day", "errors"),
    [
        (date(2024, 9, 2), date(2024, 9, 30), {"first_day": ["Ngày đầu phải trong khoảng từ 2/8/2024 đến 1/9/2024."]}),
        (date(2024, 8, 1), date(2024, 9, 30), {"first_day": ["Ngày đầu phải trong khoảng từ 2/8/2024 đến 1/9/2024."]}),
        (
            date(2024, 9, 1),
            date(2024, 10, 1),
            {"last_day": ["Ngày cuối phải nằm trong tháng 9/2024, là tháng của kỳ báo cáo."]},
        ),
    ],
)
def test_days_outside_the_month_are_refused(first_day, last_day, errors, periods):
    with pytest.raises(ValidationError) as refused:
        move_bounds(period=periods[9], first_day=first_day, last_day=last_day)
    assert refused.value.message_dict == errors


def test_once_a_report_of_a_month_it_touches_was_handed_in_it_stays(province, periods, report, secretary, officer):
    bring_to("submitted", report, secretary=secretary, officer=officer)
    for month, first_day, last_day in (
        (9, date(2024, 9, 1), date(2024, 9, 20)),
        (10, date(2024, 9, 21), date(2024, 10, 31)),
        (8, date(2024, 8, 1), date(2024, 8, 20)),
    ):
        with pytest.raises(ValidationError) as refused:
            move_bounds(period=periods[month], first_day=first_day, last_day=last_day)
        assert refused.value.messages == [
            "Đã có báo cáo tháng 9/2024 được nộp nên ngày đầu, ngày cuối của kỳ không đổi được nữa."
        ]
    assert move_bounds(period=periods[10], first_day=date(2024, 10, 1), last_day=date(2024, 10, 20))


def test_a_month_that_would_be_due_before_it_is_over_is_refused(province, periods):
    move_bounds(period=periods[11], first_day=date(2024, 11, 1), last_day=date(2024, 11, 15))
    periods[11].refresh_from_db()
    set_deadline(period=periods[11], unit=province.qna, due_on=date(2024, 11, 20), locks_on=date(2024, 12, 1))
    with pytest.raises(ValidationError) as refused:
        move_bounds(period=periods[12], first_day=date(2024, 12, 1), last_day=date(2024, 12, 31))
    assert refused.value.messages == [
        "Kỳ 11/2024 có hạn nộp 20/11/2024, trước khi kỳ kết thúc. Hãy đổi hạn nộp của kỳ đó trước."
    ]


def test_standing_days_follow_the_new_last_day(province, periods):
    keep_rule(unit=province.top, level=Level.GRASSROOTS, due_day=22, lock_day=28)
    assert deadline_of(province.justice, periods[10]).due_on == date(2024, 11, 22)
    move_bounds(period=periods[10], first_day=date(2024, 10, 1), last_day=date(2024, 10, 20))
    assert deadline_of(province.justice, periods[10]).due_on == date(2024, 10, 22)


def test_an_open_month_asks_whoever_is_there_on_its_new_last_day(province, periods):
    create_unit(
        code="QNA-KCQ-011",
        name="Chi đoàn mới",
        kind="grassroots_branch",
        parent=province.bloc_union,
        opened_on=date(2024, 10, 25),
    )
    move_bounds(period=periods[10], first_day=date(2024, 10, 1), last_day=date(2024, 10, 20))
    periods[10].refresh_from_db()
    open_period(period=periods[10])
    asked = ProgressReport.objects.filter(period=periods[10])
    assert not asked.filter(unit__code="QNA-KCQ-011").exists()
    move_bounds(period=periods[10], first_day=date(2024, 10, 1), last_day=date(2024, 10, 28))
    assert asked.filter(unit__code="QNA-KCQ-011").exists()


def test_totals_count_whoever_is_there_on_the_new_last_day(
    province, periods, resolution, secretary, neighbour, officer
):
    open_period(period=periods[8])
    for unit, who, members in ((province.justice, secretary, 20), (province.finance, neighbour, 40)):
        said = {f"i{resolution.app.indicator_id}": amount(members)}
        bring_to("approved", report_of(unit, periods[8]), secretary=who, officer=officer, **said)
    close_unit(unit=province.finance, on=date(2024, 9, 25))
    assert audit_rollups() == []
    move_bounds(period=periods[9], first_day=date(2024, 9, 1), last_day=date(2024, 9, 20))
    assert audit_rollups() == []
