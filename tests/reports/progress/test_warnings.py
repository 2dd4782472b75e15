"""What looks odd and warns, and what does not (domain: It warns on)."""

from datetime import date
from decimal import Decimal

import pytest

from activities.services import plan_activity, record_participation
from reports.progress.entries import EntryInput
from reports.progress.services import open_period, save_draft
from reports.progress.sheet import sheet_of
from reports.progress.standing import Past
from reports.progress.warnings import odd_denominator, odd_fall, odd_history, warnings_for, warnings_for_many
from targets.calendar import Month
from targets.models import Indicator
from tests.reports.progress.scenes import amount, bring_to, report_of


def past(*values) -> list[Past]:
    """Earlier months from January on, as amounts, pairs or null."""
    return [Past(Month(2024, month), said(value)) for month, value in enumerate(values, start=1)]


def said(value) -> EntryInput:
    if isinstance(value, tuple):
        return EntryInput(numerator=Decimal(value[0]), denominator=Decimal(value[1]))
    if isinstance(value, date):
        return EntryInput(is_done=True, done_on=value)
    if isinstance(value, bool):
        return EntryInput(is_done=value)
    return EntryInput() if value is None else amount(value)


SUM = Indicator(pk=1, kind="amount", over_time="sum", folded_measure="cay")
LATEST = Indicator(pk=2, kind="amount", over_time="latest", folded_measure="doan vien")
RATIO = Indicator(pk=3, kind="ratio", over_time="latest", folded_measure="doan vien")
OF_THINGS = Indicator(pk=4, kind="ratio", over_time="latest", folded_measure="ho")
DONE = Indicator(pk=5, kind="milestone", over_time="latest", folded_measure="viec")


@pytest.mark.parametrize(
    ("now", "before", "odd"),
    [
        (120, (0, 20, 10), True),
        (9, (1, 0, 1, 1, 0, 0, 1), True),
        (60, (20, 10), True),  # three times the largest month
        (59, (20, 10), False),
        (3, (1, 1), False),  # two more is no news
        (4, (1, 1), True),
        (500, (20,), False),  # one month is no history
        (500, (20, None), False),
        (3, (0, 0), True),
        (4, (20, 10), False),
        (None, (20, 10), False),
    ],
)
def test_far_above_history(now, before, odd):
    assert (odd_history(SUM, said(now), past(*before)) is not None) is odd


@pytest.mark.parametrize(
    ("now", "before", "odd"),
    [
        (3, (20, 10), True),
        (4, (20, 10), False),  # more than a third of the smallest month
        (0, (3, 5), True),
        (0, (2, 5), False),  # two fewer is no news
        (0, (0, 50), False),  # nothing happened before, too
        (0, (50,), False),
    ],
)
def test_far_below_history(now, before, odd):
    assert (odd_history(SUM, said(now), past(*before)) is not None) is odd
    assert odd_history(LATEST, said(now), past(*before)) is None  # that is a fall, told once


def test_the_past_figures_stand_beside_what_is_odd():
    found = odd_history(SUM, said(90), past(5, None, 12, 10, 14))
    assert (found.lead, found.reason) == (
        "90, cao hơn hẳn các tháng trước.",
        "Các tháng trước: T1: 5; T3: 12; T4: 10; T5: 14.",
    )
    fallen = odd_fall(RATIO, said((196, 238)), past((205, 238), (211, 238)))
    assert fallen.reason == "Các tháng trước: T1: 205/238; T2: 211/238. Số liệu này thường chỉ tăng."
    far = odd_denominator(RATIO, said((1, 40)), 32, past((1, 32)))
    assert far.reason == "Đơn vị đang có 32 đoàn viên. Các tháng trước: T1: 1/32."
    assert "T1:" not in odd_history(SUM, said(90), past(1, 2, 3, 4, 5, 6, 7)).reason  # the last six are enough


@pytest.mark.parametrize(
    ("indicator", "now", "before", "odd"),
    [
        (LATEST, 28, (20, 29), True),
        (LATEST, 29, (20, 29), False),
        (LATEST, None, (29,), False),
        (LATEST, 28, (29, None), True),
        (SUM, 1, (29,), False),
        (RATIO, (196, 238), ((211, 238),), True),
        (RATIO, (211, 230), ((211, 238),), False),
        (DONE, False, (date(2024, 1, 20),), True),
        (DONE, date(2024, 1, 20), (date(2024, 1, 20),), False),
    ],
)
def test_a_latest_value_that_falls(indicator, now, before, odd):
    assert (odd_fall(indicator, said(now), past(*before)) is not None) is odd


@pytest.mark.parametrize(
    ("indicator", "whole", "members", "odd"),
    [
        (RATIO, 40, 32, True),
        (RATIO, 38, 32, False),
        (RATIO, 25, 32, True),
        (RATIO, 26, 32, False),
        (RATIO, 40, None, False),
        (OF_THINGS, 400, 32, False),
    ],
)
def test_a_denominator_far_from_the_headcount(indicator, whole, members, odd):
    assert (odd_denominator(indicator, said((1, whole)), members) is not None) is odd


def test_an_outcome_that_is_not_taken_over(report, resolution, province, secretary):
    blood = resolution.blood.indicator
    festival = plan_activity(
        actor=None, unit=province.justice, name="Ngày hội hiến máu", scope="unit",
        windows=[(date(2024, 9, 14), date(2024, 9, 14), "day")],
    )  # fmt: skip
    record_participation(
        actor=None, activity=festival, unit=province.justice, done_on=date(2024, 9, 14), figures={blood: Decimal(2)}
    )
    assert [(odd.kind, odd.indicator_id, odd.reason) for odd in warnings_for(report)] == [
        ("outcome", blood.pk, "Ngày hội hiến máu 14/9: 2.")
    ]
    report = save_draft(actor=secretary, report=report, entries={blood.pk: amount(1)}, narratives={}, version=0)
    assert [odd.kind for odd in warnings_for(report)] == ["outcome"]
    report = save_draft(
        actor=secretary, report=report, entries={blood.pk: amount(2)}, narratives={}, version=report.version
    )
    assert warnings_for(report) == []


def test_many_reports_are_judged_like_one(
    province, periods, resolution, officer, top_officer, django_assert_num_queries
):
    blood, study = resolution.blood.indicator_id, resolution.study.indicator_id
    for month in (7, 8):
        open_period(period=periods[month])
    reports = []
    for unit in (province.justice, province.finance):
        for month, count in ((7, 1), (8, 2)):
            bring_to(
                "approved",
                report_of(unit, periods[month]),
                secretary=top_officer,
                officer=officer,
                **{f"i{blood}": amount(count)},
            )
        odd = {f"i{blood}": amount(40), f"i{study}": said((10, 100))}
        reports.append(
            bring_to("submitted", report_of(unit, periods[9]), secretary=top_officer, officer=officer, **odd)
        )
    alone = {report.pk: warnings_for(report) for report in reports}
    assert [odd.kind for odd in alone[reports[0].pk]] == ["history", "headcount"]
    assert warnings_for_many(reports) == alone
    with django_assert_num_queries(6):
        warnings_for_many(reports)
    with django_assert_num_queries(6):
        warnings_for_many(reports[:1])


def test_earlier_months_that_were_not_handed_in_are_no_history(province, periods, resolution, secretary, officer):
    blood = resolution.blood.indicator_id
    for month in (7, 8):
        open_period(period=periods[month])
        bring_to(
            "draft",
            report_of(province.justice, periods[month]),
            secretary=secretary,
            officer=officer,
            **{f"i{blood}": amount(1)},
        )
    report = bring_to(
        "draft",
        report_of(province.justice, periods[9]),
        secretary=secretary,
        officer=officer,
        **{f"i{blood}": amount(90)},
    )
    assert warnings_for(report) == []


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        ({"app": (40, 30), "study": ((20, 32), (18, 32))}, {"app": 35, "study": (19, 32)}, []),
        ({"app": (40, 30), "study": ((20, 32), (18, 32))}, {"app": 29, "study": (17, 32)}, ["falls", "falls"]),
        ({"blood": (30, 20)}, {"blood": 4}, ["history"]),
        ({"blood": (30,)}, {"blood": 500}, []),
        ({"congress": (date(2024, 6, 1),)}, {"congress": False}, ["falls"]),
        ({}, {"blood": 500, "app": 3}, []),
    ],
)
def test_the_months_themselves_decide(before, now, kinds, province, periods, resolution, secretary, officer):
    """Many reports are first held against the least and the largest figure; nothing is added or lost by that."""

    def key(indicator: str) -> str:
        return f"i{getattr(resolution, indicator).indicator_id}"

    for place, month in enumerate((7, 8)):
        open_period(period=periods[month])
        told = {key(name): said(values[place]) for name, values in before.items() if place < len(values)}
        bring_to("approved", report_of(province.justice, periods[month]), secretary=secretary, officer=officer, **told)
    told = {key(name): said(value) for name, value in now.items()}
    report = bring_to("draft", report_of(province.justice, periods[9]), secretary=secretary, officer=officer, **told)
    assert sorted(odd.kind for odd in warnings_for(report)) == kinds
    assert sorted(odd.kind for odd in sheet_of(report).oddities) == kinds
