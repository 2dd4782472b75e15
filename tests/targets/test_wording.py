"""What a target commits to, in the words of an official."""

from decimal import Decimal

import pytest

from targets.wording import bounds_text, carriers_text
from tests.making import draft, indicator, milestone, ratio, target

CASES = [
    (indicator, {}, "150–200 đơn vị máu"),
    (indicator, {"minimum": 1000, "maximum": None}, "từ 1.000 đơn vị máu"),
    (indicator, {"minimum": None, "maximum": 0}, "không quá 0 đơn vị máu"),
    (indicator, {"minimum": Decimal("12.5"), "maximum": None}, "từ 12,5 đơn vị máu"),
    (ratio, {"minimum": 100, "maximum": None}, "100% đoàn viên"),
    (ratio, {"minimum": 80, "maximum": 90}, "80–90% đoàn viên"),
    (milestone, {"carried_by": "issuer_own", "minimum": None, "maximum": None}, "hoàn thành"),
    (
        milestone,
        {
            "carried_by": "each_unit",
            "minimum": None,
            "maximum": None,
            "required_share": 100,
            "carrier_kinds": ["grassroots_branch"],
        },
        "100% chi đoàn cơ sở",
    ),
    (
        indicator,
        {
            "carried_by": "each_unit",
            "minimum": 1,
            "maximum": None,
            "required_share": 90,
            "carrier_kinds": ["grassroots_union", "grassroots_branch"],
        },
        "90% đoàn cơ sở và chi đoàn cơ sở, mỗi đơn vị từ 1 đơn vị máu",
    ),
    (
        indicator,
        {"carried_by": "each_unit", "minimum": 12, "maximum": None, "required_share": 100, "carrier_reach": "all"},
        "100% đơn vị bên dưới, mỗi đơn vị từ 12 đơn vị máu",
    ),
    (
        indicator,
        {"carried_by": "each_bloc", "minimum": 1, "maximum": 2, "required_share": 100},
        "100% khối thi đua, mỗi khối 1–2 đơn vị máu",
    ),
]


@pytest.mark.parametrize(("on", "facts", "words"), CASES)
def test_bounds_in_words(province, on, facts, words):
    made = target(draft(province.bloc_union), on=on(province.qna), **facts)
    assert bounds_text(made) == words


@pytest.mark.parametrize(
    ("carried_by", "words"), [("issuer_own", "chính cấp ban hành"), ("pooled", "toàn đơn vị, cộng chung")]
)
def test_who_carries_it_together(province, carried_by, words):
    assert carriers_text(target(draft(province.bloc_union), carried_by=carried_by)) == words
