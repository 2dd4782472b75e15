"""Sections of a draft: the document's order, its own numbers, addresses that stay unique."""

import pytest
from django.core.exceptions import ValidationError

from plans import services
from plans.services import add_section
from tests.making import draft, issue


def order_of(plan):
    return list(plan.sections.order_by("order").values_list("address", "depth"))


def test_sections_follow_in_the_order_in_which_they_come(province):
    plan = draft(province.bloc_union)
    third = add_section(plan=plan, number="III", heading="Chỉ tiêu")
    one = add_section(plan=plan, number="1", heading="Cấp Khối", parent=third)
    add_section(plan=plan, number="1.7", heading="", text="Hiến 150 - 200 đơn vị máu", parent=one)
    add_section(plan=plan, number="IV", heading="Giải pháp")
    assert order_of(plan) == [("III", 1), ("III/1", 2), ("III/1/1.7", 3), ("IV", 1)]


def test_a_late_section_takes_its_place_under_its_parent(province):
    plan = draft(province.bloc_union)
    first = add_section(plan=plan, number="I", heading="Chủ đề")
    add_section(plan=plan, number="1", heading="Một", parent=first)
    add_section(plan=plan, number="II", heading="Nhiệm vụ")
    add_section(plan=plan, number="III", heading="Chỉ tiêu")
    add_section(plan=plan, number="2", heading="Hai", parent=first)
    assert order_of(plan) == [("I", 1), ("I/1", 2), ("I/2", 2), ("II", 1), ("III", 1)]
    assert list(plan.sections.order_by("order").values_list("order", flat=True)) == [1, 2, 3, 4, 5]


def test_a_number_that_the_document_repeats_is_kept(province):
    plan = draft(province.bloc_union)
    fifth = add_section(plan=plan, number="V", heading="Hoạt động")
    for heading in ("Của Đoàn Khối", "Của khối thi đua"):
        add_section(plan=plan, number="2", heading=heading, parent=fifth)
    for text in ("một ý", "một ý nữa"):
        add_section(plan=plan, number="", heading="", text=text, parent=fifth)
    assert [address for address, _depth in order_of(plan)] == ["V", "V/2", "V/2#2", "V/-", "V/-#2"]
    assert list(plan.sections.filter(number="2").values_list("heading", flat=True)) == [
        "Của Đoàn Khối",
        "Của khối thi đua",
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"heading": " ", "text": ""}, "heading"),
        ({"number": "x" * 21}, "number"),
        ({"heading": "x" * 501}, "heading"),
        ({"topic": "sport"}, "topic"),
    ],
)
def test_a_wrong_field_is_named(province, facts, field):
    plan = draft(province.bloc_union)
    with pytest.raises(ValidationError) as refused:
        add_section(plan=plan, **{"number": "I", "heading": "Chủ đề", **facts})
    assert set(refused.value.error_dict) == {field}
    assert plan.sections.count() == 0


def test_a_section_of_another_plan_is_no_parent(province):
    stranger = add_section(plan=draft(province.kgi), number="I", heading="Chủ đề")
    with pytest.raises(ValidationError) as refused:
        add_section(plan=draft(province.bloc_union), number="1", heading="Một", parent=stranger)
    assert set(refused.value.error_dict) == {"parent"}


def test_the_text_is_frozen_once_it_is_sent(province):
    plan = draft(province.bloc_union)
    section = add_section(plan=plan, number="I", heading="Chủ đề")
    services.send_to_leader(actor=None, plan=plan)
    for write in (
        lambda: add_section(plan=plan, number="II", heading="Nhiệm vụ"),
        lambda: services.revise_section(section=section, number="I", heading="Khác", text=""),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "not_draft"
    section.refresh_from_db()
    assert (section.heading, plan.sections.count()) == ("Chủ đề", 1)


def test_revising_changes_the_words_and_the_address_follows_the_number(province):
    plan = draft(province.bloc_union)
    section = add_section(plan=plan, number="I", heading="Chủ đề")
    services.revise_section(section=section, number="1", heading="Chủ đề năm", text="Tình nguyện", topic="movements")
    section.refresh_from_db()
    words = (section.number, section.heading, section.text, section.topic, section.order, section.address)
    assert words == ("1", "Chủ đề năm", "Tình nguyện", "movements", 1, "1")
    issue(plan)
