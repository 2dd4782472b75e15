"""Forecasts worked by hand: the arithmetic stands beside each case."""

from datetime import date
from decimal import Decimal

import pytest

from targets.calendar import Month, Window
from targets.compliance import Commitment, PhaseStep
from targets.forecast import ForecastCase, Landing, Reason, Why, planned_months
from tests.targets.cases import APP_USERS, BLOOD, CONGRESS, NO_RELAPSE, ONE_CLASS, STUDIED, TITLE

from .making import case_of, ends, found_for, why_none

D = Decimal
DRIVE = Commitment(kind="amount", over_time="sum", carried_by="pooled", minimum=D(60), in_wholes=True)
HOURS = Commitment(kind="amount", over_time="sum", carried_by="pooled", minimum=D(36))
TWELVE = Commitment(kind="amount", over_time="sum", carried_by="pooled", minimum=D(12), in_wholes=True)
HANDED = Commitment(kind="amount", over_time="sum", carried_by="pooled", minimum=D(8), in_wholes=True)
MOST = Commitment(kind="milestone", over_time="latest", carried_by="each_unit", required_share=D(75), in_wholes=True)

# Last year: drives in January and July, a smaller one in December; 120 in all, a mean month is 10.
CAMPAIGNS = "40 2 2 2 2 2 40 2 2 2 2 22"

PACE = [
    # E1: 118 to September, three months left. Of nine months the worst three are 13 each, the best 14 + 13 + 13, the
    # mean 118 / 9. By chance √118 = 10.8628 more or less in nine months are farther out:
    # (118 ∓ 10.8628) / 9 × 3 = 35.7124, 42.9543.
    (BLOOD, "13 13 13 13 13 13 13 13 14", 3, "153.7124", "157.3333", "160.9543", "32", Landing.REACHES),
    # E2, 104: worst three 8 + 10 + 10 = 28, best three 16 + 14 + 12 = 42, three times the mean 34.6667;
    # (104 ∓ √104) / 3 = 31.3, 38.1 are nearer. Even 146 is below 150.
    (BLOOD, "10 14 8 12 16 10 12 10 12", 3, "132", "138.6667", "146", "46", Landing.BELOW),
    # E2, 70: worst three 6 + 6 + 6, best three 10 + 10 + 8, three times the mean 23.3333.
    (BLOOD, "6 10 6 8 10 6 8 8 8", 3, "88", "93.3333", "98", "80", Landing.BELOW),
    # E2, 150: met. Worst three 48, best three 54, three times the mean 50; √150 = 12.2474: (150 ∓ 12.2474) / 3.
    (BLOOD, "16 16 16 16 16 16 16 16 22", 3, "195.9175", "200", "204.0825", "0", Landing.REACHES),
    # E2, 203: exceeded, and it goes on. Three times the mean 67.6667; √203 = 14.2478: (203 ∓ 14.2478) / 3.
    (BLOOD, "22 22 22 22 22 22 22 22 27", 3, "265.9174", "270.6667", "275.4159", "0", Landing.REACHES),
    # E6: due in June, 120 to May: worst 20, best 28, mean 24; one month left.
    (BLOOD, "28 24 28 20 20", 1, "140", "144", "148", "30", Landing.BELOW),
    # E7, the class held in February: one in two months might as well be none or two: 10 × 0, 0.5, 1 to come.
    (ONE_CLASS, "0 1", 10, "1", "6", "11", "0", Landing.REACHES),
    # E12: the drive from March to May, 30 and 10: the last month as the worse, the mean, the better of the two.
    (DRIVE, "30 10", 1, "50", "60", "70", "20", Landing.UNSURE),
    # E13: 6 of the 8 handed down to September: worst three 0, best three 3, three times the mean 2.
    (HANDED, "0 1 1 0 1 1 1 0 1", 3, "6", "8", "9", "2", Landing.UNSURE),
    # A late start in May: 5 and 7, six months left, mean 6; √12 = 3.4641: (12 ∓ 3.4641) / 2 × 6 = 25.6077, 46.3923.
    (DRIVE, "5 7", 6, "37.6077", "48", "58.3923", "48", Landing.BELOW),
    # Months that are all alike, by chance: 36 ∓ 6 in three months are 10, 12, 14 a month; nine months left.
    (BLOOD, "12 12 12", 9, "126", "144", "162", "114", Landing.UNSURE),
    # Hours are not counted in wholes: like months make no range. One month left.
    (HOURS, "12 12", 1, "36", "36", "36", "12", Landing.REACHES),
    (HOURS, "10 12.5", 1, "32.5", "33.75", "35", "13.5", Landing.BELOW),
    # Campaigns without a last year to compare with: one big month in six. Worse half (0 + 2 + 2) / 3, better half
    # (2 + 4 + 44) / 3, mean 9; six months left: as wide as that.
    (BLOOD, "44 2 0 4 2 2", 6, "62", "108", "154", "96", Landing.UNSURE),
]


@pytest.mark.parametrize(("commitment", "months", "left", "low", "likely", "high", "needed", "landing"), PACE)
def test_pace(commitment, months, left, low, likely, high, needed, landing):
    outlook = found_for(case_of(commitment, months, left))
    assert ends(outlook) == (D(low), D(likely), D(high))
    assert (outlook.needed, outlook.landing, outlook.reason) == (D(needed), landing, Reason.PACE)


REPORTS = [
    # Nobody reported February: three months are heard. Worse 10, better 14, mean 12; eight months left. What February
    # may still bring counts for the upper end only: 36 + 8 × 14 + 14.
    ("10 - 14 12", 8, "116", "132", "162", 3),
    # 3 of 4 reported March, so it may be 12. Worse 9, mean 33 / 3; (33 + √33) / 3 = 12.9149 is more than the better 12;
    # nine months left, and for the upper end 3 still to come.
    ("12:4/4 12:4/4 9:3/4", 9, "114", "132", "152.2337", 3),
    # 1 of 4 reported March: its 2 count, but say nothing of the pace, 12 ∓ √24 / 2 = 9.5505, 14.4495. It is the newest,
    # so that what it lacks is likely to come: 26 + 9 × 12 + 10; at the lower end it does not, at the upper 12.4495 do.
    ("12:4/4 12:4/4 2:1/4", 9, "111.9546", "144", "168.4949", 2),
    # The same month, but an older one: likely does not wait for it. Heard are 12, 12, 12 (36 ∓ 6 in three months);
    # eight months left: 38 + 80, 96, 112, and 12 for the upper end.
    ("12:4/4 12:4/4 2:1/4 12:4/4", 8, "118", "134", "162", 3),
    # At most doubled: half of the reports, 6, may be 12. Worse 6, mean 8, better 12; one month left, and 12 silent.
    ("12 6:2/4 6:2/4", 1, "30", "32", "48", 3),
]


@pytest.mark.parametrize(("months", "left", "low", "likely", "high", "heard"), REPORTS)
def test_reports_that_are_not_in_hand_widen_the_range(months, left, low, likely, high, heard):
    outlook = found_for(case_of(BLOOD, months, left))
    assert ends(outlook) == (D(low), D(likely), D(high))
    assert outlook.months == heard


def test_reports_behind_the_newest_month_are_told():
    outlook = found_for(case_of(BLOOD, "12:4/4 12:4/4 9:3/4", 9))
    assert (outlook.reported, outlook.required, outlook.is_rough) == (3, 4, False)


def test_two_months_are_rough():
    assert found_for(case_of(BLOOD, "12 12", 10)).is_rough


LAST_YEAR = [
    # 54 to June where last year had 50: likely 1 + 4/120 of the 70 that last year's rest brought. March fell 2 short;
    # January and April went 4 + 2 beyond. Against 40 + 5 × 10 and one mean month of 10, 100 in all:
    # low 1 − (2 × 2 + 1)/100 − 0.15 = 0.80, high 1 + (2 × 6 + 1)/100 + 0.15 = 1.28.
    ("44 2 0 4 2 2", 6, CAMPAIGNS, "110", "126.3333", "143.6"),
    # January alone: likely 1 + 4/120 of 80. Against 40 + 10: low 1 − 1/50 − 0.15, high 1 + 9/50 + 0.15.
    ("44", 11, CAMPAIGNS, "110.4", "126.6667", "150.4"),
    # The same months as last year: as last year, 70 of 120 to come; (0 + 1)/100 and 0.15 to each side.
    ("40 2 2 2 2 2", 6, CAMPAIGNS, "108.8", "120", "131.2"),
    # Nothing so far, of 50 last year: 1 − 50/120 of 70; low 1 − 101/100 is nothing, high 1 + 1/100 + 0.15.
    ("0 0 0 0 0 0", 6, CAMPAIGNS, "0", "40.8333", "81.2"),
    # One month left, the one with 22: 98 to November as last year; 40 + 40 + 9 × 10 + 10 = 180: 1/180 and 0.15.
    ("40 2 2 2 2 2 40 2 2 2 2", 1, CAMPAIGNS, "116.5778", "120", "123.4222"),
    # Last year nothing before July: a mean month is 10, 1 + 6/120 of 120; against 3 × 10 + 10: 13/40 and 0.15.
    ("2 2 2", 9, "0 0 0 0 0 0 60 0 0 0 0 60", "105", "132", "183"),
    # A late start in October: the same three months of last year, 10, 10, 30: likely 1 + 2/50 of 40.
    # A mean month is 16.6667: against two of them 33.3333: low 1 − 1/33.3333 − 0.15 = 0.82, high 1 + 5/33.3333 + 0.15.
    ("12", 2, "10 10 30", "44.8", "53.6", "64"),
]


@pytest.mark.parametrize(("months", "left", "last_year", "low", "likely", "high"), LAST_YEAR)
def test_last_year(months, left, last_year, low, likely, high):
    outlook = found_for(case_of(BLOOD, months, left, last_year=last_year))
    assert ends(outlook) == (D(low), D(likely), D(high))
    assert outlook.reason == Reason.LAST_YEAR


@pytest.mark.parametrize("last_year", ["40 2 2 2 2 2 40 2 2 - 2 22", "0 0 0 0 0 0 0 0 0 0 0 0", ""])
def test_a_last_year_that_says_nothing_is_as_none(last_year):
    outlook = found_for(case_of(BLOOD, "44 2 0 4 2 2", 6, last_year=last_year))
    assert ends(outlook) == (D(62), D(108), D(154))
    assert outlook.reason == Reason.PACE


PHASES = [
    # 30 by June, then 60 more: 5 and 10 a month; a mean month is 7.5. To April 16 of the 20 asked: 0.8 of the 70 to
    # come. Behind 1 + 2 + 2, beyond 1, against 5 × 7.5: low 1 − 11/37.5 − 0.15, high 1 + 3/37.5 + 0.15.
    (DRIVE, "4 6 3 3", 8, "5 5 5 5 5 5 10 10 10 10 10 10", "54.9667", "72", "102.1"),
    # Once a month: two of three. Likely 2/3 of nine; behind 1 against 4: low 1 − 3/4 − 0.15, high 1 + 1/4 + 0.15.
    (TWELVE, "1 1 0", 9, "1 1 1 1 1 1 1 1 1 1 1 1", "2.9", "8", "14.6"),
]


@pytest.mark.parametrize(("commitment", "months", "left", "planned", "low", "likely", "high"), PHASES)
def test_phases(commitment, months, left, planned, low, likely, high):
    outlook = found_for(case_of(commitment, months, left, planned=planned))
    assert ends(outlook) == (D(low), D(likely), D(high))
    assert outlook.reason == Reason.PHASES


def test_last_year_is_experience_and_goes_before_phases():
    outlook = found_for(case_of(BLOOD, "44", 11, last_year=CAMPAIGNS, planned="10 " * 12))
    assert outlook.reason == Reason.LAST_YEAR


def test_no_forecast_before_the_phases_ask_something():
    assert why_none(case_of(DRIVE, "0 0 0", 3, planned="0 0 0 20 20 20")) == Why.TOO_EARLY


STATES = [
    # 300, 340, 400 of 500: changes 0 (a month without), 40, 60: worse 0, mean 100/3, better 60; nine months left bring
    # 0.8 + 0.64 + … = 4 × (1 − 0.8⁹) = 3.463129 of it.
    (APP_USERS, "300 340 400", 9, None, "400", "515.4376", "607.7877", "100"),
    # Changes 0, 10, 20, 30: the worst 0, the mean 15, the best 30; one month of 0.8.
    (APP_USERS, "300 310 330 360", 1, None, "360", "372", "384", "140"),
    # It falls: 0 and −40: worse −40, mean −20, better 0; ten months left: 4 × (1 − 0.8¹⁰) = 3.570503.
    (APP_USERS, "500 460", 10, None, "317.1799", "388.5899", "460", "40"),
    # March is unknown: 60 in two months are 30 a month; 0, 30, 30: worse 0, mean 20, better 30; 0.8 + 0.64 = 1.44.
    (APP_USERS, "400 - 460", 2, None, "460", "488.8", "503.2", "40"),
    # E3: 48 of 60 people, two of three units: the silent one has nothing of it, 80 × 2/3, or all: + 100/3. Changes 0
    # and 30, one month of 0.8: likely 80 + 12, and nothing is above 100%. 12 people are missing.
    (STUDIED, "50:2/3 80:2/3", 1, "60", "53.3333", "92", "100", "12"),
    # All have reported, 90% and then 92%: changes 0, 2; 0.8 + 0.64 + 0.512 = 1.952. Of 50 people 4 are missing.
    (STUDIED, "90:3/3 92:3/3", 3, "50", "92", "93.952", "95.904", "4"),
]


@pytest.mark.parametrize(("commitment", "months", "left", "whole", "low", "likely", "high", "needed"), STATES)
def test_states(commitment, months, left, whole, low, likely, high, needed):
    outlook = found_for(case_of(commitment, months, left, whole=whole))
    assert ends(outlook) == (D(low), D(likely), D(high))
    assert outlook.needed == D(needed)


THINGS_DONE = [
    # E5: of ten carriers 3 in April, 4 more in May, one month left: 7 + (7 − √7) / 2 = 2.1771, 3.5, or more: no more
    # than all.
    (CONGRESS, "3 7", "10", "9.1771", "10", "10", "3", Landing.UNSURE),
    # 0, 0, 2, 3, 5: added 0 0 2 1 2; worst 0, mean 1, best 2; one month left.
    (CONGRESS, "0 0 2 3 5", "10", "5", "6", "7", "5", Landing.BELOW),
    # 75% of ten are eight carriers.
    (MOST, "0 0 2 3 5", "10", "5", "6", "7", "3", Landing.BELOW),
    # 9 of 10 have reported: 3 and 3 more; (6 ∓ √6) / 2 = 1.7753, 4.2247 to come, and where the silent one is as the
    # others 2 × 1/3 more, in all no more than ten.
    (CONGRESS, "3:9/10 6:9/10", "10", "7.7753", "9", "10", "4", Landing.UNSURE),
]


@pytest.mark.parametrize(
    ("commitment", "months", "carriers", "low", "likely", "high", "needed", "landing"), THINGS_DONE
)
def test_things_done(commitment, months, carriers, low, likely, high, needed, landing):
    outlook = found_for(case_of(commitment, months, 1, whole=carriers, due_on=date(2024, 6, 30)))
    assert ends(outlook) == (D(low), D(likely), D(high))
    assert (outlook.needed, outlook.landing, outlook.needed_by) == (D(needed), landing, date(2024, 6, 30))


NONE = [
    (NO_RELAPSE, "0 0 0", 9, Why.LIMIT),  # E14
    (TITLE, "0 0 0", 9, Why.ONE_THING),
    (BLOOD, "", 12, Why.NOT_STARTED),
    (BLOOD, "28 24 28 20 20 20", 0, Why.DUE_OVER),  # E6, asked for June
    (BLOOD, "- - -", 9, Why.NO_DATA),
    (BLOOD, "12", 11, Why.TOO_EARLY),
    (ONE_CLASS, "0", 11, Why.TOO_EARLY),  # E7 with an entered 0
    (BLOOD, "12 -", 10, Why.TOO_EARLY),
    (ONE_CLASS, "0 0", 10, Why.NOT_BEGUN),  # E7, later
    (CONGRESS, "0 0 0", 3, Why.NOT_BEGUN),  # E5 in March
    (STUDIED, "100:1/60 100:1/60", 9, Why.FEW_REPORTS),  # E4
    (BLOOD, "3:1/4 4:1/4 5:1/4", 9, Why.FEW_REPORTS),
]


@pytest.mark.parametrize(("commitment", "months", "left", "why"), NONE)
def test_no_forecast(commitment, months, left, why):
    assert why_none(case_of(commitment, months, left)) == why


def test_nothing_at_all_is_no_forecast_though_last_year_is_known():
    assert why_none(case_of(BLOOD, "-", 11, last_year=CAMPAIGNS)) == Why.NO_DATA


def test_what_is_needed_is_spread_over_the_months_left():
    outlook = found_for(case_of(BLOOD, "10 14 8 12 16 10 12 10 12", 4))
    assert (outlook.needed, outlook.needed_a_month) == (D(46), D("11.5"))


def test_inherited_amounts_are_reached_but_no_pace():
    case = case_of(DRIVE, "5 7", 6)
    inherited = ForecastCase(
        commitment=DRIVE, months=case.months, months_left=6, due_on=case.due_on, reached=D(12 + 40)
    )
    # As the late start above, and 40 that others left.
    assert ends(found_for(inherited)) == (D("77.6077"), D(88), D("98.3923"))


@pytest.mark.parametrize(("last_year", "planned"), [("1 2 3", ""), ("", "1 2 3")])
def test_a_shape_has_a_place_for_every_month(last_year, planned):
    with pytest.raises(ValueError, match="3 months of shape for 2 \\+ 2"):
        case_of(BLOOD, "1 1", 2, last_year=last_year, planned=planned)


def test_months_left_are_never_negative():
    with pytest.raises(ValueError, match="-1 months left"):
        case_of(BLOOD, "1 1", -1)


YEAR = Window(Month(2024, 1), Month(2024, 12))


@pytest.mark.parametrize(
    ("steps", "months"),
    [
        ([], ""),
        # 30 by June in six even parts, 60 more by December.
        ([("2024-06", 30), ("2024-12", 90)], "5 5 5 5 5 5 10 10 10 10 10 10"),
        # Nothing is asked after the last step.
        ([("2024-02", 8)], "4 4 0 0 0 0 0 0 0 0 0 0"),
        # A step beyond the window belongs to its last month; one before it has no month, what it asks is asked later.
        ([("2023-11", 2), ("2025-01", 24)], "2 2 2 2 2 2 2 2 2 2 2 2"),
    ],
)
def test_planned_months(steps, months):
    found = planned_months([PhaseStep(Month.parse(name), D(least)) for name, least in steps], YEAR)
    assert found == tuple(D(word) for word in months.split())
