"""What the portal makes of the words (domain: Targets, 3)."""

from datetime import date
from decimal import Decimal

import pytest

from plans.outline.read import read_outline
from targets.extraction import Known, read_targets

from .papers import paper, read, targets, whole


@pytest.mark.parametrize(
    ("item", "kind", "carried_by", "minimum", "maximum", "share"),
    [
        ("Hiến máu đạt từ 150 - 200 đơn vị máu.", "amount", "pooled", 150, 200, None),
        ("Đoàn Khối thực hiện ít nhất 01 công trình thanh niên.", "amount", "issuer_own", 1, None, None),
        ("Khám bệnh miễn phí cho 1.000 lượt người.", "amount", "pooled", 1000, None, None),
        ("Toàn tỉnh thực hiện 12 công trình măng non.", "amount", "pooled", 12, None, None),
        ("100% cán bộ, đoàn viên được học tập nghị quyết.", "ratio", "pooled", 100, None, None),
        ("100% chi đoàn cơ sở tổ chức Đại hội.", "milestone", "each_unit", None, None, 100),
        ("100% cơ sở Đoàn có ít nhất 01 hoạt động.", "amount", "each_unit", 1, None, 100),
        ("Mỗi Khối thi đua hỗ trợ 01 - 02 hộ gia đình.", "amount", "each_bloc", 1, 2, 100),
        ("Mỗi đoàn xã nhận đỡ đầu 03 em học sinh.", "amount", "each_unit", 3, None, 100),
        ("Không có hộ tái nghèo.", "amount", "pooled", None, 0, None),
        ("Phấn đấu đạt danh hiệu Xuất sắc tiêu biểu.", "milestone", "issuer_own", None, None, None),
        ("Không quá 5% đoàn viên xếp loại trung bình.", "ratio", "pooled", None, 5, None),
        ("Thực hiện 02 công trình/chi đoàn.", "amount", "each_unit", 2, None, 100),
    ],
)
def test_the_table_of_encodings(item, kind, carried_by, minimum, maximum, share):
    (target,) = targets(item)
    assert (
        target.kind,
        target.carried_by,
        whole(target.minimum),
        whole(target.maximum),
        whole(target.required_share),
    ) == (
        kind,
        carried_by,
        minimum,
        maximum,
        share,
    )


@pytest.mark.parametrize(
    ("population", "kinds"),
    [
        ("chi đoàn cơ sở", ("grassroots_branch",)),
        ("Đoàn cơ sở", ("grassroots_union",)),
        ("các tổ chức cơ sở Đoàn", ("grassroots_union", "grassroots_branch")),
        ("Đoàn xã, phường, thị trấn", ("grassroots_union",)),
        ("huyện đoàn, đoàn trực thuộc", ("district_union", "attached_union")),
        ("đơn vị", ()),
    ],
)
def test_the_kinds_that_a_population_names(population, kinds):
    (target,) = targets(f"100% {population} có công trình thanh niên.")
    assert target.carrier_kinds == kinds


def test_figures_under_a_heading_of_the_grassroots_are_each_units_own():
    text = paper("Đối với các chi đoàn:\n1.1. Tổ chức 02 buổi sinh hoạt chuyên đề.")
    (target,) = read(text).proposals
    assert (target.carried_by, target.carrier_kinds) == ("each_unit", ("grassroots_branch", "branch"))


def test_each_reaches_to_the_semicolon_or_through_a_list_after_a_colon():
    ended = targets("Mỗi đoàn xã giúp 01 hộ nghèo; kết nạp 500 đoàn viên.")
    listed = targets("Mỗi đoàn xã: giúp 01 hộ nghèo; kết nạp 12 đoàn viên.")
    assert [target.carried_by for target in ended] == ["each_unit", "pooled"]
    assert [target.carried_by for target in listed] == ["each_unit", "each_unit"]


@pytest.mark.parametrize(
    ("item", "minimum", "steps", "first"),
    [
        ("Mỗi đơn vị tổng vệ sinh 01 lần/tháng.", 12, 12, (date(2024, 1, 31), Decimal(1))),
        ("Mỗi quý tổ chức 02 buổi sinh hoạt.", 8, 4, (date(2024, 3, 31), Decimal(2))),
    ],
)
def test_a_rhythm_makes_phases_over_the_term(item, minimum, steps, first):
    (target,) = targets(item)
    assert (whole(target.minimum), len(target.phases), target.phases[0]) == (minimum, steps, first)
    assert target.phases[-1] == (date(2024, 12, 31), Decimal(minimum))


@pytest.mark.parametrize(
    ("item", "due"),
    [
        ("100% chi đoàn tổ chức Đại hội, hoàn thành trong Quý II/2024.", date(2024, 6, 30)),
        ("Hiến 60 đơn vị máu trước ngày 15/10.", date(2024, 10, 15)),
        ("Trong năm 2024, trồng 900 cây xanh.", None),
        ("Trồng 900 cây xanh.", None),
    ],
)
def test_due_days(item, due):
    (target,) = targets(item)
    assert target.due_on == due


def test_a_count_that_is_kept_up_is_taken_as_it_stands():
    (kept,) = targets("Duy trì 05 câu lạc bộ kỹ năng.")
    (made,) = targets("Thành lập 05 câu lạc bộ kỹ năng.")
    assert (kept.over_time, made.over_time) == ("latest", "sum")


def test_what_is_said_again_links_to_the_first():
    found = targets(
        "100% chi đoàn cơ sở tổ chức thành công Đại hội chi đoàn.",
        "Trồng 900 cây xanh.",
        "100% chi đoàn cơ sở tổ chức Đại hội chi đoàn, hoàn thành trong Quý II/2024.",
    )
    assert [target.restates for target in found] == [None, None, 0]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("Tổ chức trên 3-4 đợt tình nguyện.", "over_range"),
        ("Giúp ít nhất 03 - 04 hộ nghèo.", "at_least_range"),
        ("Hiến 60 đơn vị máu trước ngày 05/01/2024.", "due_before_document"),
    ],
)
def test_contradictions_are_flagged_with_their_words(item, kind):
    text = paper(item)
    (found,) = read_targets(read_outline(text)).contradictions
    assert (found.kind, found.quote) == (kind, text[found.start : found.end])
    (target,) = read(text).proposals
    assert kind in [doubt.code for doubt in target.doubts]


def test_a_known_indicator_is_proposed_by_name_and_measure():
    blood = Known(7, "Máu hiến tình nguyện", "đơn vị máu", "amount")
    trees = Known(8, "Cây xanh trồng mới", "cây", "amount")
    reading = read_targets(
        read_outline(paper("Vận động hiến máu tình nguyện đạt 80 đơn vị máu.")), known=[blood, trees]
    )
    (target,) = reading.proposals
    assert (target.indicator, target.indicator_name, target.measure) == (blood, "Máu hiến tình nguyện", "đơn vị máu")


def test_an_unknown_thing_is_named_after_its_words():
    (target,) = targets("Phấn đấu trồng mới 900 cây xanh ven biển.")
    assert (target.indicator, target.indicator_name, target.measure) == (
        None,
        "Trồng mới cây xanh ven biển",
        "cây xanh ven biển",
    )
