"""The tests of carriers, completion, pace and status: domain "Numbers" and "Status of a target for a period".

Examples E8 to E12 need stored entries and are proved through the rollup, in tests/reports.
"""

from dataclasses import replace
from datetime import date

import pytest

from targets import compliance, enums
from targets.calendar import Month
from targets.compliance import (
    Commitment,
    DatedBounds,
    PhaseStep,
    Range,
    Status,
    StatusCase,
    bounds_in_force,
    carrier_on_pace,
    carrier_reached,
    completion,
    done_in_time,
    expected,
    phased_minimum,
    target_status,
    within_bounds,
)
from targets.figures import Figure, Ratio, add_amounts, add_ratios, display_percent

from .cases import (
    APP_USERS,
    BLOOD,
    CONGRESS,
    EACH_ONE,
    NO_RELAPSE,
    ONE_CLASS,
    STUDIED,
    TITLE,
    D,
    case_of,
    of,
    over,
    status_of,
)


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "where"),
    [
        (149, 150, 200, Range.BELOW),
        ("149.9999", 150, 200, Range.BELOW),
        (150, 150, 200, Range.WITHIN),
        (200, 150, 200, Range.WITHIN),
        ("200.0001", 150, 200, Range.ABOVE),
        (0, None, 0, Range.WITHIN),
        (1, None, 0, Range.ABOVE),
        (10**9, 150, None, Range.WITHIN),
    ],
)
def test_rule_06_range(value: str | int, minimum: int | None, maximum: int | None, where: Range) -> None:
    bounds = (None if minimum is None else D(minimum), None if maximum is None else D(maximum))
    assert within_bounds(D(value), *bounds) is where


@pytest.mark.parametrize(
    ("commitment", "value", "percent"),
    [
        (BLOOD, 203, D("135.3")),
        (BLOOD, 0, D(0)),
        (BLOOD, None, None),
        (NO_RELAPSE, 0, None),
        (replace(BLOOD, minimum=D(0), maximum=None), 5, None),
        (replace(STUDIED, minimum=D(80)), 60, D(75)),
        (CONGRESS, 90, D(90)),
        (replace(EACH_ONE, required_share=D(80)), 60, D(75)),
        (replace(EACH_ONE, minimum=None, maximum=D(0)), 100, None),
    ],
)
def test_rule_06_completion_is_against_the_minimum_and_not_capped(
    commitment: Commitment, value: int | None, percent: D | None
) -> None:
    found = completion(commitment, of(value))
    assert (None if found is None else display_percent(found)) == percent


@pytest.mark.parametrize(
    ("commitment", "figure", "reached"),
    [
        (EACH_ONE, of(1), True),
        (EACH_ONE, of("0.9999"), False),
        (EACH_ONE, of(None), False),
        (EACH_ONE, of(0), False),
        (replace(EACH_ONE, maximum=D(2)), of(3), True),  # above the maximum still reaches the minimum
        (replace(EACH_ONE, minimum=None, maximum=D(2)), of(2), True),
        (replace(EACH_ONE, minimum=None, maximum=D(2)), of(3), False),
        (replace(EACH_ONE, minimum=None, maximum=D(2)), of(None), True),
        (replace(EACH_ONE, minimum=D(0), maximum=D(2)), of(3), False),
        (CONGRESS, Figure.of_share(1, reported=1, required=1), True),
        (CONGRESS, Figure.of_share(0, reported=1, required=1), False),
        (replace(STUDIED, carried_by="each_unit", required_share=D(80)), of(100), True),
        (replace(STUDIED, carried_by="each_unit", required_share=D(80)), of(90), False),
        # rule 8 inside the carrier: one of its branches is silent
        (replace(STUDIED, carried_by="each_unit"), of(100, reported=2, required=3), False),
    ],
)
def test_rule_07_each_carrier_is_held_against_the_bounds_by_itself(
    commitment: Commitment, figure: Figure, reached: bool
) -> None:
    assert carrier_reached(commitment, figure) is reached


def test_rule_08_ratio_is_met_only_when_every_unit_has_reported() -> None:
    assert status_of(case_of(STUDIED, of(100, reported=59, required=60))) is Status.NOT_DUE
    assert status_of(case_of(STUDIED, of(100, reported=60, required=60))) is Status.MET
    phased = case_of(STUDIED, of(100, reported=59, required=60), phase_expected=D(50))
    assert status_of(phased) is Status.ON_TRACK
    assert status_of(over(STUDIED, of(100, reported=59, required=60))) is Status.MISSED


def test_rule_08_share_of_carriers_is_met_while_others_are_silent() -> None:
    """The silent already count against the share, so it can be reached without them."""
    ratio_of_each = replace(STUDIED, carried_by="each_unit", required_share=D(80))
    assert status_of(case_of(ratio_of_each, Figure.of_share(8, reported=8, required=10))) is Status.MET


def test_rule_08_ratio_with_a_limit_is_not_met_before_every_unit_has_reported() -> None:
    at_most_5 = Commitment(kind="ratio", over_time="latest", carried_by="pooled", maximum=D(5))
    assert status_of(over(at_most_5, of(4, reported=2, required=3))) is Status.ON_TRACK
    assert status_of(over(at_most_5, of(4))) is Status.MET
    assert status_of(case_of(at_most_5, of("5.0001", reported=2, required=3))) is Status.MISSED


def test_rule_17_nearly_all_is_not_met() -> None:
    """No rounding lies between the division and the test."""
    nearly = Figure.of_ratio(Ratio(D(99_999_999), D(100_000_000)), reported=3, required=3)
    assert status_of(case_of(STUDIED, nearly)) is Status.NOT_DUE


def test_example_e01_on_track_by_linear_pace_in_wholes() -> None:
    result = target_status(case_of(BLOOD, of(118)))
    assert (result.status, result.expected) == (Status.ON_TRACK, D(112))
    assert result.completion is not None
    assert display_percent(result.completion) == D("78.7")


@pytest.mark.parametrize(
    ("value", "status"),
    [(104, Status.AT_RISK), (70, Status.BEHIND), (150, Status.MET), (203, Status.EXCEEDED)],
)
def test_example_e02_by_value(value: int, status: Status) -> None:
    assert status_of(case_of(BLOOD, of(value))) is status


def test_example_e03_ratio_with_a_silent_unit() -> None:
    figure = Figure.of_ratio(add_ratios([Ratio(D(40), D(40)), Ratio(D(10), D(20)), None]), reported=2, required=3)
    assert figure.made_of == Ratio(D(50), D(60))
    assert status_of(case_of(STUDIED, figure)) is Status.NOT_DUE
    assert status_of(over(STUDIED, figure)) is Status.MISSED


def test_example_e04_one_of_sixty_is_not_a_hundred_percent() -> None:
    figure = Figure.of_ratio(Ratio(D(50), D(50)), reported=1, required=60)
    assert (figure.value, figure.is_complete) == (D(100), False)
    assert status_of(case_of(STUDIED, figure)) is Status.NOT_DUE


def test_example_e05_congress_done_late_stays_missed() -> None:
    due_on = date(2024, 6, 30)
    days = [date(2024, 6, 30)] * 9 + [date(2024, 7, 3)]
    in_time = Figure.of_share(sum(done_in_time(day, due_on) for day in days), reported=10, required=10)
    all_done = Figure.of_share(10, reported=10, required=10)
    assert in_time.value == D(90)

    june = target_status(case_of(CONGRESS, in_time, elapsed=6, total=6, ended=True, passed=True))
    assert (june.status, june.completion, june.done_late) == (Status.MISSED, D(90), False)

    july = target_status(case_of(CONGRESS, in_time, elapsed=6, total=6, ended=True, passed=True, later=all_done))
    assert (july.status, july.completion, july.done_late) == (Status.MISSED, D(90), True)


def test_example_e06_amount_after_the_due_period_does_not_count() -> None:
    in_window = Figure(add_amounts([D(100), D(40)]), 3, 3)
    july = target_status(case_of(BLOOD, in_window, elapsed=6, total=6, ended=True, passed=True, later=of(160)))
    assert (july.status, july.done_late) == (Status.MISSED, True)


def test_example_e07_one_class_a_year_asks_nothing_in_january() -> None:
    entered_zero = target_status(case_of(ONE_CLASS, of(0), elapsed=1))
    assert (entered_zero.status, entered_zero.expected) == (Status.ON_TRACK, D(0))
    assert status_of(case_of(ONE_CLASS, of(None), elapsed=1)) is Status.NO_DATA


def test_example_e13_allocation_in_force_on_the_day_of_judgement() -> None:
    handed = [DatedBounds(date(2024, 7, 1), D(8)), DatedBounds(date(2024, 1, 1), D(5))]
    september = bounds_in_force(handed, date(2024, 9, 30))
    assert september == DatedBounds(date(2024, 7, 1), D(8))
    assert bounds_in_force(handed, date(2024, 6, 30)) == DatedBounds(date(2024, 1, 1), D(5))
    assert bounds_in_force(handed, date(2024, 7, 1)) == september
    assert bounds_in_force(handed, date(2023, 12, 31)) is None
    assert status_of(case_of(replace(BLOOD, minimum=D(8), maximum=None), of(6))) is Status.ON_TRACK


def test_example_e14_limit_is_missed_once_broken() -> None:
    assert status_of(case_of(NO_RELAPSE, of(0), elapsed=6)) is Status.ON_TRACK
    assert status_of(case_of(NO_RELAPSE, of(1), elapsed=7)) is Status.MISSED
    assert status_of(over(NO_RELAPSE, of(1))) is Status.MISSED
    assert status_of(over(NO_RELAPSE, of(0))) is Status.MET


# --- The table of status, in the order of the rules ---

CASES = [
    # 1. limits
    ("limit kept at its edge", case_of(replace(NO_RELAPSE, maximum=D(3)), of(3)), Status.ON_TRACK),
    ("limit broken by the last place", case_of(replace(NO_RELAPSE, maximum=D(3)), of("3.0001")), Status.MISSED),
    ("limit, due period ended, moment not passed", case_of(NO_RELAPSE, of(0), ended=True), Status.ON_TRACK),
    ("limit without data", case_of(NO_RELAPSE, of(None)), Status.NO_DATA),
    ("limit without data after its end", over(NO_RELAPSE, of(None)), Status.NO_DATA),
    ("minimum of 0 asks nothing: a limit", case_of(replace(NO_RELAPSE, minimum=D(0)), of(0)), Status.ON_TRACK),
    ("limit on each, kept by all", case_of(replace(EACH_ONE, minimum=None, maximum=D(0)), of(100)), Status.ON_TRACK),
    ("limit on each, broken by one", case_of(replace(EACH_ONE, minimum=None, maximum=D(0)), of(90)), Status.MISSED),
    ("limit on each, kept to the end", over(replace(EACH_ONE, minimum=None, maximum=D(0)), of(100)), Status.MET),
    # 2. reached
    ("exactly the minimum", case_of(BLOOD, of(150)), Status.MET),
    ("exactly the maximum", case_of(BLOOD, of(200)), Status.MET),
    ("above the maximum by the last place", case_of(BLOOD, of("200.0001")), Status.EXCEEDED),
    ("no maximum is never exceeded", case_of(replace(BLOOD, maximum=None), of(10**9)), Status.MET),
    ("reached, then due", over(BLOOD, of(150)), Status.MET),
    ("minimum 0 with an entered 0", case_of(replace(BLOOD, minimum=D(0), maximum=None), of(0)), Status.MET),
    ("milestone of the issuer, done", case_of(TITLE, Figure.of_share(1, reported=1, required=1)), Status.MET),
    ("share of carriers above what is required", case_of(replace(EACH_ONE, required_share=D(80)), of(90)), Status.MET),
    ("share of carriers knows no maximum", case_of(replace(EACH_ONE, maximum=D(2)), of(100)), Status.MET),
    ("no required share said means all", case_of(replace(EACH_ONE, required_share=None), of(100)), Status.MET),
    # 3. over
    ("missed by the last place", over(BLOOD, of("149.9999")), Status.MISSED),
    ("missed without data", over(BLOOD, of(None)), Status.MISSED),
    ("milestone not done", over(TITLE, Figure.of_share(0, reported=1, required=1)), Status.MISSED),
    ("due period ended, moment not passed", case_of(BLOOD, of(149), elapsed=12, ended=True), Status.AT_RISK),
    ("moment passed, an earlier period asked", case_of(BLOOD, of(118), passed=True), Status.ON_TRACK),
    # 4. no data, not due
    ("amount without data", case_of(BLOOD, of(None)), Status.NO_DATA),
    ("milestone without data", case_of(TITLE, of(None)), Status.NO_DATA),
    ("milestone entered as not done", case_of(TITLE, Figure.of_share(0, reported=1, required=1)), Status.NOT_DUE),
    ("milestone of carriers", case_of(CONGRESS, of(40)), Status.NOT_DUE),
    ("milestone of carriers, phased", case_of(CONGRESS, of(40), share_on_pace=D(40)), Status.NOT_DUE),
    ("ratio", case_of(STUDIED, of(10)), Status.NOT_DUE),
    ("ratio of 0 / 0", case_of(STUDIED, Figure.of_ratio(Ratio(D(0), D(0)), reported=1, required=1)), Status.NO_DATA),
    ("latest", case_of(APP_USERS, of(3)), Status.NOT_DUE),
    ("latest on each", case_of(replace(EACH_ONE, over_time="latest"), of(10)), Status.NOT_DUE),
    ("before the first period", case_of(BLOOD, of(None), elapsed=0), Status.NOT_DUE),
    # 5. pace
    ("exactly as expected", case_of(BLOOD, of(112)), Status.ON_TRACK),
    ("below by the last place", case_of(BLOOD, of("111.9999")), Status.AT_RISK),
    ("exactly 0.7 of what is expected", case_of(BLOOD, of("78.4")), Status.AT_RISK),
    ("below 0.7 by the last place", case_of(BLOOD, of("78.3999")), Status.BEHIND),
    ("not in wholes, not rounded down", case_of(replace(BLOOD, in_wholes=False), of(112)), Status.AT_RISK),
    ("not in wholes, as expected", case_of(replace(BLOOD, in_wholes=False), of("112.5")), Status.ON_TRACK),
    (
        "0.7 of 10/7 is exactly 1",
        case_of(replace(BLOOD, minimum=D(10), in_wholes=False), of(1), elapsed=1, total=7),
        Status.AT_RISK,
    ),
    (
        "pace of a third is not rounded up",
        case_of(replace(BLOOD, minimum=D(1), in_wholes=False), of("0.3333"), elapsed=4),
        Status.AT_RISK,
    ),
    ("an entered 0 when 112 are expected", case_of(BLOOD, of(0)), Status.BEHIND),
    ("share on linear pace", case_of(EACH_ONE, of(75)), Status.ON_TRACK),
    ("share is not rounded down", case_of(EACH_ONE, of("58.3333"), elapsed=7), Status.AT_RISK),
    ("share behind", case_of(EACH_ONE, of(52), elapsed=9), Status.BEHIND),
    ("bloc's share on linear pace", case_of(replace(EACH_ONE, carried_by="each_bloc"), of(75)), Status.ON_TRACK),
    ("phased ratio on pace", case_of(STUDIED, of(60), phase_expected=D(60)), Status.ON_TRACK),
    ("phased ratio at risk", case_of(STUDIED, of(42), phase_expected=D(60)), Status.AT_RISK),
    ("phased latest behind", case_of(APP_USERS, of(100), phase_expected=D(200)), Status.BEHIND),
    ("phases replace linear pace", case_of(BLOOD, of(60), phase_expected=D(60)), Status.ON_TRACK),
    ("phases ask nothing yet", case_of(BLOOD, of(0), phase_expected=D(0)), Status.ON_TRACK),
    (
        "phases are not rounded down",
        case_of(BLOOD, of(60), phase_expected=D("60.5")),
        Status.AT_RISK,
    ),
    ("each on the phases' pace", case_of(EACH_ONE, of(0), share_on_pace=D(100)), Status.ON_TRACK),
    ("not each on the phases' pace", case_of(EACH_ONE, of(0), share_on_pace=D(70)), Status.AT_RISK),
    ("few on the phases' pace", case_of(EACH_ONE, of(0), share_on_pace=D("69.9999")), Status.BEHIND),
]


@pytest.mark.parametrize(("case", "status"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_status_table(case: StatusCase, status: Status) -> None:
    assert status_of(case) is status


def test_every_status_has_a_case() -> None:
    assert {status for _name, _case, status in CASES} == set(Status)


def test_done_late_needs_the_miss_the_minimum_and_every_unit() -> None:
    assert not target_status(over(BLOOD, of(140), later=of(149))).done_late
    assert not target_status(over(BLOOD, of(150), later=of(170))).done_late
    assert not target_status(over(NO_RELAPSE, of(1), later=of(0))).done_late
    assert not target_status(over(STUDIED, of(90), later=of(100, reported=2))).done_late
    broken_limit_of_each = replace(EACH_ONE, minimum=None, maximum=D(0))
    assert not target_status(over(broken_limit_of_each, of(90), later=of(100))).done_late
    assert target_status(over(STUDIED, of(90), later=of(100))).done_late
    assert target_status(over(BLOOD, of(None), later=of(150))).done_late


def test_expected_is_linear_and_rounded_down_only_in_wholes() -> None:
    asked = [expected(D(150), elapsed=k, total=12, in_wholes=True) for k in range(13)]
    assert asked == [D(n) for n in (0, 12, 25, 37, 50, 62, 75, 87, 100, 112, 125, 137, 150)]
    assert expected(D(150), elapsed=9, total=12, in_wholes=False) == D("112.5")


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (case_of(NO_RELAPSE, of(0)), None),
        (case_of(CONGRESS, of(90)), None),
        (case_of(STUDIED, of(90)), None),
        (case_of(STUDIED, of(90), phase_expected=D(60)), D(60)),
        (case_of(EACH_ONE, of(90), elapsed=6), D(50)),
        (case_of(replace(EACH_ONE, required_share=D(80)), of(0), share_on_pace=D(70)), D(80)),
    ],
)
def test_status_says_what_is_expected(case: StatusCase, found: D | None) -> None:
    assert target_status(case).expected == found


def test_phases_ask_the_newest_step_up_to_the_period() -> None:
    steps = [PhaseStep(Month(2024, 6), D(60)), PhaseStep(Month(2024, 3), D(20))]
    asked = [phased_minimum(steps, Month(2024, number)) for number in (2, 3, 5, 6, 12)]
    assert asked == [D(0), D(20), D(20), D(60), D(60)]
    assert phased_minimum([], Month(2024, 6)) is None


def test_one_a_month_is_held_by_each_carrier_against_its_phase() -> None:
    steps = [PhaseStep(Month(2024, number), D(number)) for number in range(1, 13)]
    march = phased_minimum(steps, Month(2024, 3))
    assert march == D(3)
    assert [carrier_on_pace(of(value), march) for value in (None, 2, 3, 4)] == [False, False, True, True]
    assert carrier_on_pace(of(None), D(0))


def test_milestone_counts_until_its_due_day() -> None:
    due_on = date(2024, 6, 30)
    assert [done_in_time(day, due_on) for day in (None, due_on, date(2024, 7, 1))] == [False, True, False]


def test_words_are_the_stored_values() -> None:
    assert set(enums.IndicatorKind.values) == compliance.KINDS
    assert set(enums.OverTime.values) == compliance.OVER_TIME
    assert set(enums.Carrier.values) == compliance.CARRIERS


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "percent", "over_time": "sum", "carried_by": "pooled"},
        {"kind": "amount", "over_time": "newest", "carried_by": "pooled"},
        {"kind": "amount", "over_time": "sum", "carried_by": "all"},
    ],
)
def test_unknown_words_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="unknown word"):
        Commitment(**words, minimum=D(1))


def test_amount_without_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a minimum or a maximum"):
        replace(BLOOD, minimum=None, maximum=None)


@pytest.mark.parametrize(("elapsed", "total"), [(13, 12), (-1, 12), (0, 0)])
def test_periods_out_of_order_are_refused(elapsed: int, total: int) -> None:
    with pytest.raises(ValueError, match="period"):
        case_of(BLOOD, of(1), elapsed=elapsed, total=total)


def test_pace_of_totals_and_of_shares_are_not_mixed_up() -> None:
    with pytest.raises(ValueError, match="share_on_pace for shares"):
        case_of(EACH_ONE, of(1), phase_expected=D(3))
    with pytest.raises(ValueError, match="share_on_pace for shares"):
        case_of(BLOOD, of(1), share_on_pace=D(3))
