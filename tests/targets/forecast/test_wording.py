"""Forecasts in words, in Vietnamese as the screens write them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from targets.forecast import Forecast, Reason, Why
from targets.forecast.wording import footing_text, landing_text, sentence, verdict_text, why_text
from tests.targets.cases import APP_USERS, BLOOD, CONGRESS, ONE_CLASS, STUDIED

from .making import case_of, found_for

D = Decimal

BASE = Forecast(
    low=D("140.4"),
    likely=D("150"),
    high=D("164.2"),
    bar=D(150),
    needed=D(12),
    needed_by=date(2024, 6, 30),
    months_left=3,
    reason=Reason.PACE,
    months=3,
    reported=4,
    required=4,
    in_wholes=True,
)


@pytest.fixture(autouse=True)
def in_vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("changes", "measure", "said"),
    [
        (
            {},
            "đơn vị máu",
            "Dự kiến đến 30/6: 140–165 đơn vị máu; cần thêm 12 đơn vị máu trước 30/6 (khoảng 4 đơn vị máu mỗi tháng).",
        ),
        # 10 in three months are 3.33 a month: four, so that it is enough.
        (
            {"needed": D(10)},
            "hộ",
            "Dự kiến đến 30/6: 140–165 hộ; cần thêm 10 hộ trước 30/6 (khoảng 4 hộ mỗi tháng).",
        ),
        ({"needed": D(2)}, "hộ", "Dự kiến đến 30/6: 140–165 hộ; cần thêm 2 hộ trước 30/6."),
        ({"months_left": 1}, "hộ", "Dự kiến đến 30/6: 140–165 hộ; cần thêm 12 hộ trước 30/6."),
        ({"needed": D(0)}, "hộ", "Dự kiến đến 30/6: 140–165 hộ; đã đạt mức tối thiểu."),
        (
            {"needed_by": date(2026, 12, 31), "needed": D(0)},
            "hộ",
            "Dự kiến đến 31/12/2026: 140–165 hộ; đã đạt mức tối thiểu.",
        ),
        (
            {"in_wholes": False, "low": D("1040.25"), "high": D("1040.26"), "needed": D("7.04")},
            "giờ",
            "Dự kiến đến 30/6: 1.040,2–1.040,3 giờ; cần thêm 7,1 giờ trước 30/6 (khoảng 2,4 giờ mỗi tháng).",
        ),
        ({"low": D(8), "high": D(8), "needed": D(0)}, "lớp", "Dự kiến đến 30/6: 8 lớp; đã đạt mức tối thiểu."),
    ],
)
def test_sentence(changes, measure, said):
    assert sentence(replace(BASE, **changes), measure, 2024) == said


def test_shares_name_their_carriers():
    outlook = found_for(case_of(CONGRESS, "0 0 2 3 5", 1, whole="10", due_on=date(2024, 6, 30)))
    said = sentence(outlook, "chi đoàn cơ sở", 2024)
    assert said == "Dự kiến đến 30/6: 5–7/10 chi đoàn cơ sở; cần thêm 5 chi đoàn cơ sở trước 30/6."


def test_ratios_are_in_percent_and_what_is_missing_in_people():
    outlook = found_for(case_of(STUDIED, "90:3/3 92:3/3", 2, whole="51"))
    said = sentence(outlook, "đoàn viên", 2024)
    # 8% of 51 are 4.08 people: five, three a month.
    assert said == (
        "Dự kiến đến 31/12: 92–94,9% đoàn viên; cần thêm 5 đoàn viên trước 31/12 (khoảng 3 đoàn viên mỗi tháng)."
    )


def test_states():
    assert landing_text(found_for(case_of(APP_USERS, "300 340 400", 1)), "người") == "400–448 người"


def test_one_more_class_may_come():
    assert landing_text(found_for(case_of(ONE_CLASS, "1 0 0 0 0 0 0 0 0", 3)), "lớp") == "1–2 lớp"


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ("12 12", "Ước tính theo nhịp độ của 2 tháng đã báo cáo; ít tháng nên chỉ là ước tính sơ bộ."),
        ("12 12 12", "Ước tính theo nhịp độ của 3 tháng đã báo cáo."),
        ("12 12 9:3/4", "Ước tính theo nhịp độ của 3 tháng đã báo cáo; mới có 3/4 đơn vị báo cáo."),
    ],
)
def test_footing_says_what_it_stands_on(months, said):
    assert footing_text(found_for(case_of(BLOOD, months, 9))) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.LAST_YEAR, "Ước tính theo các tháng năm trước và mức chênh lệch của năm nay."),
        (Reason.PHASES, "Ước tính theo tiến độ đã giao và phần đã thực hiện."),
        (Reason.CARRIERS, "Ước tính riêng từng đơn vị, theo nhịp độ của mỗi đơn vị."),
    ],
)
def test_footing_names_its_reason(reason, said):
    assert footing_text(replace(BASE, reason=reason)) == said


def test_footing_of_blocs_speaks_of_blocs():
    said = "Ước tính riêng từng khối, theo nhịp độ của mỗi khối."
    assert footing_text(replace(BASE, reason=Reason.CARRIERS), by_bloc=True) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("150", "165", "Theo đà này, dự kiến đạt mức tối thiểu"),
        ("140", "150", "Theo đà này, có thể không đạt mức tối thiểu"),
        ("140", "149", "Theo đà này, dự kiến không đạt mức tối thiểu"),
    ],
)
def test_verdict(low, high, said):
    assert verdict_text(replace(BASE, low=D(low), high=D(high))) == said


def test_why_there_is_none():
    assert {why: why_text(why) for why in Why} == {
        Why.NOT_STARTED: "",
        Why.DUE_OVER: "",
        Why.LIMIT: "",
        Why.ONE_THING: "",
        Why.NO_DATA: "Chưa ước tính được: chưa có số liệu báo cáo.",
        Why.FEW_REPORTS: "Chưa ước tính được: chưa tháng nào có từ một nửa số báo cáo trở lên.",
        Why.TOO_EARLY: "Chưa ước tính được: cần ít nhất hai tháng có số liệu.",
        Why.NOT_BEGUN: "Chưa ước tính được: chưa có kết quả thực hiện.",
    }
