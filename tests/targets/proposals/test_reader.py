"""From a document to targets and activities through the readers: what is stored, and what reading again leaves."""

from datetime import date

import pytest

from activities.models import Activity
from activities.proposals import services as activities
from activities.proposals.selectors import items_of as activity_items
from plans.reading.services import read_again
from targets.models import Target
from targets.proposals import services
from targets.proposals.selectors import items_of
from tests.making import indicator
from tests.plans.reading.scenes import read_plan

TEXT = """BCH ĐOÀN KHỐI CÁC CƠ QUAN
Số: 05 - CTr/ĐTN
Quảng Nam, ngày 10 tháng 01 năm 2024

CHƯƠNG TRÌNH
Công tác Đoàn và phong trào thanh niên năm 2024

I. HỆ THỐNG CHỈ TIÊU
1. Cấp Đoàn Khối:
1.1. Vận động hiến máu tình nguyện đạt từ 120 - 160 đơn vị máu.
1.2. Trồng mới ít nhất 900 cây xanh; chăm sóc 05 công trình thanh niên.
2. Cấp cơ sở:
2.1. 100% chi đoàn cơ sở tổ chức Đại hội trong Quý II/2024.
2.2. Duy trì tủ sách, mỗi tủ có nội quy riêng.

II. CÁC HOẠT ĐỘNG LỚN
* Quý I:
1. Tổ chức Ngày hội hiến máu tình nguyện (tháng 3/2024).
* Quý IV:
1. Tổ chức Liên hoan ca khúc cách mạng (tháng 9/2024).
"""


@pytest.fixture
def plan(province, officer):
    return read_plan(province.bloc_union, officer, TEXT)


def test_a_document_s_targets_become_targets(plan, officer, province):
    assert [(one.label, one.mark) for one in items_of(plan)] == [
        ("1.1", "open"), ("1.2a", "open"), ("1.2b", "open"), ("2.1", "open"),
    ]  # fmt: skip
    services.accept_sure(actor=officer, plan=plan)
    rows = Target.objects.order_by("order").select_related("indicator")
    assert [(row.code, row.minimum, row.maximum, row.indicator.kind) for row in rows] == [
        ("1.1", 120, 160, "amount"),
        ("1.2a", 900, None, "amount"),
        ("1.2b", 5, None, "amount"),
        ("2.1", None, None, "milestone"),
    ]
    blood, congress = rows[0], rows[3]
    assert (blood.carried_by, congress.carried_by) == ("pooled", "each_unit")
    assert (congress.carrier_kinds, congress.required_share, congress.due_on) == (
        ["grassroots_branch"], 100, date(2024, 6, 30),
    )  # fmt: skip
    assert [row.quote in TEXT for row in rows] == [True] * 4


def test_a_document_s_activities_become_activities_and_the_odd_one_is_held_back(plan, officer):
    assert [(one.label, one.mark) for one in activity_items(plan)] == [("Quý I.1", "open"), ("Quý IV.1", "clash")]
    activities.accept_sure(actor=officer, plan=plan)
    activity = Activity.objects.get()
    window = activity.windows.get()
    assert (window.starts_on, window.ends_on, window.precision) == (date(2024, 3, 1), date(2024, 3, 31), "month")


def test_a_known_indicator_of_the_catalogue_is_proposed(province, officer):
    blood = indicator(province.bloc_union, "Máu hiến tình nguyện", "đơn vị máu")
    plan = read_plan(province.bloc_union, officer, TEXT)
    assert items_of(plan)[0].indicator == blood


def test_words_marked_by_hand_are_read_as_a_beginning(plan, officer):
    start = TEXT.index("Duy trì tủ sách")
    empty = services.add_from_selection(actor=officer, plan=plan, start=start, end=start + len("Duy trì tủ sách"))
    assert (empty.wish["name"], empty.wish["minimum"]) == ("Duy trì tủ sách", None)
    for item in items_of(plan)[1:3]:
        services.reject(actor=officer, proposal=item.proposal, version=None)
    quote = "chăm sóc 05 công trình thanh niên"
    start = TEXT.index(quote)
    read = services.add_from_selection(actor=officer, plan=plan, start=start, end=start + len(quote))
    assert (read.wish["minimum"], read.wish["maximum"], read.found) == ("5", None, None)


def test_reading_again_twice_leaves_every_decision(plan, officer):
    first, second, third, fourth = (item.proposal for item in items_of(plan))
    services.accept(actor=officer, proposal=first, version=None)
    services.reject(actor=officer, proposal=second, version=None)
    services.save_wish(actor=officer, proposal=third, wish={**third.found, "name": "Sửa dở"}, version=None)
    activities.accept(actor=officer, proposal=activity_items(plan)[0].proposal, version=None)
    for _time in range(2):
        read_again(actor=officer, plan=plan)
    after = items_of(plan)
    assert [(item.proposal.pk, item.proposal.state, item.values.name == "Sửa dở") for item in after[:3]] == [
        (first.pk, "accepted", False), (second.pk, "rejected", False), (third.pk, "open", True),
    ]  # fmt: skip
    assert (after[3].proposal.quote, len(after)) == (fourth.quote, 4)
    assert (Target.objects.count(), Activity.objects.count(), len(activity_items(plan))) == (1, 1, 2)
    assert [item.proposal.section.number for item in after] == ["1.1", "1.2", "1.2", "2.1"]
