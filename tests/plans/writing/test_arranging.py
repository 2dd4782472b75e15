"""Moving, renumbering and deleting the sections of a draft."""

import pytest
from django.core.exceptions import ValidationError

from plans import services
from plans.models import Section
from plans.selectors import arrangement_of
from plans.services import add_section
from plans.writing.arranging import Arrangement, Row, Step
from plans.writing.numbering import Manner, Style, manner_of
from tests.making import activity, draft, issue, target


@pytest.fixture
def plan(province):
    """I (1 (1.1, 1.2), 2), II (1), III."""
    plan = draft(province.bloc_union)
    first, second, third = (
        add_section(plan=plan, number=number, heading=f"Phần {number}") for number in ("I", "II", "III")
    )
    one = add_section(plan=plan, number="1", heading="I.1", parent=first)
    add_section(plan=plan, number="2", heading="I.2", parent=first)
    for number in ("1.1", "1.2"):
        add_section(plan=plan, number=number, heading="", text=f"I.{number}", parent=one)
    add_section(plan=plan, number="1", heading="II.1", parent=second)
    assert third.depth == 1
    return plan


def at(plan, address: str) -> Section:
    return plan.sections.get(address=address)


def outline(plan) -> list[tuple[str, str]]:
    """Every section by its address and the words that it had from the beginning; orders run on without a gap."""
    rows = list(plan.sections.order_by("order"))
    assert [row.order for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.depth == (row.parent.depth + 1 if row.parent else 1) for row in rows)
    return [(row.address, row.heading or row.text) for row in rows]


AS_IT_WAS = [
    ("I", "Phần I"),
    ("I/1", "I.1"),
    ("I/1/1.1", "I.1.1"),
    ("I/1/1.2", "I.1.2"),
    ("I/2", "I.2"),
    ("II", "Phần II"),
    ("II/1", "II.1"),
    ("III", "Phần III"),
]


@pytest.mark.parametrize(
    ("address", "step", "expected"),
    [
        ("II", "up", [*AS_IT_WAS[5:7], *AS_IT_WAS[:5], AS_IT_WAS[7]]),
        ("II", "down", [*AS_IT_WAS[:5], AS_IT_WAS[7], *AS_IT_WAS[5:7]]),
        ("I/1", "down", [AS_IT_WAS[0], AS_IT_WAS[4], *AS_IT_WAS[1:4], *AS_IT_WAS[5:]]),
        ("III", "in", [*AS_IT_WAS[:7], ("II/III", "Phần III")]),
        (
            "II",
            "in",
            [*AS_IT_WAS[:5], ("I/II", "Phần II"), ("I/II/1", "II.1"), AS_IT_WAS[7]],
        ),
        ("I/1/1.1", "out", [*AS_IT_WAS[:2], AS_IT_WAS[3], ("I/1.1", "I.1.1"), *AS_IT_WAS[4:]]),
        ("II/1", "out", [*AS_IT_WAS[:6], ("1", "II.1"), AS_IT_WAS[7]]),
    ],
)
def test_one_step_takes_all_that_is_beneath_along(plan, address, step, expected):
    assert outline(plan) == AS_IT_WAS
    services.move_section(section=at(plan, address), step=step)
    assert outline(plan) == expected


@pytest.mark.parametrize(
    ("address", "steps"),
    [
        ("I", {Step.DOWN}),
        ("III", {Step.UP, Step.IN}),
        ("I/1", {Step.DOWN, Step.OUT}),
        ("II/1", {Step.OUT}),
    ],
)
def test_only_steps_that_lead_somewhere_are_open(plan, address, steps):
    section = at(plan, address)
    assert arrangement_of(plan).open_steps(section.pk) == steps
    for step in set(Step) - steps:
        with pytest.raises(ValidationError) as refused:
            services.move_section(section=section, step=step)
        assert refused.value.code == "edge"
    assert outline(plan) == AS_IT_WAS


def test_a_section_goes_under_any_other_with_its_parts(plan):
    services.put_section_under(section=at(plan, "I/1"), parent=at(plan, "II"))
    assert outline(plan) == [
        ("I", "Phần I"),
        ("I/2", "I.2"),
        ("II", "Phần II"),
        ("II/1", "II.1"),
        ("II/1#2", "I.1"),
        ("II/1#2/1.1", "I.1.1"),
        ("II/1#2/1.2", "I.1.2"),
        ("III", "Phần III"),
    ]
    services.put_section_under(section=at(plan, "II/1#2"), parent=None)
    assert outline(plan)[-4:] == [("III", "Phần III"), ("1", "I.1"), ("1/1.1", "I.1.1"), ("1/1.2", "I.1.2")]


@pytest.mark.parametrize("under", ["I", "I/1", "I/1/1.2"])
def test_a_section_never_goes_under_itself(plan, under):
    with pytest.raises(ValidationError) as refused:
        services.put_section_under(section=at(plan, "I"), parent=at(plan, under))
    assert set(refused.value.error_dict) == {"parent"}
    assert outline(plan) == AS_IT_WAS


def test_a_section_of_another_plan_takes_none_in(plan, province):
    stranger = add_section(plan=draft(province.kgi), number="I", heading="Chủ đề")
    with pytest.raises(ValidationError) as refused:
        services.put_section_under(section=at(plan, "III"), parent=stranger)
    assert set(refused.value.error_dict) == {"parent"}


def test_a_deep_way_is_refused_and_nothing_moves(province):
    plan = draft(province.bloc_union)
    parent = None
    for _level in range(6):
        parent = add_section(plan=plan, number="x" * 19, heading="Sâu", parent=parent)
    last = add_section(plan=plan, number="y" * 3, heading="Cuối")
    before = outline(plan)
    with pytest.raises(ValidationError) as refused:
        services.put_section_under(section=last, parent=parent)
    assert set(refused.value.error_dict) == {"parent"}
    assert outline(plan) == before


def test_the_whole_plan_is_numbered_in_its_own_style(plan):
    services.move_section(section=at(plan, "II"), step="up")
    services.move_section(section=at(plan, "I/1"), step="down")
    add_section(plan=plan, number="", heading="", text="gạch đầu dòng", parent=at(plan, "I/2"))
    shown = services.renumbered(plan=plan)
    assert services.renumber(plan=plan, seen=services.fingerprint_of(shown)) == 6
    assert outline(plan) == [
        ("I", "Phần II"),
        ("I/1", "II.1"),
        ("II", "Phần I"),
        ("II/1", "I.2"),
        ("II/1/-", "gạch đầu dòng"),
        ("II/2", "I.1"),
        ("II/2/2.1", "I.1.1"),
        ("II/2/2.2", "I.1.2"),
        ("III", "Phần III"),
    ]
    again = services.fingerprint_of(services.renumbered(plan=plan))
    assert services.renumber(plan=plan, seen=again) == 0


def test_one_group_is_numbered_in_a_style_and_its_parts_follow(plan):
    services.move_section(section=at(plan, "I/1"), step="down")
    seen = services.fingerprint_of(services.renumbered(plan=plan, section=at(plan, "I/1")))
    services.renumber(plan=plan, section=at(plan, "I/1"), seen=seen)
    assert outline(plan)[:5] == [
        ("I", "Phần I"),
        ("I/1", "I.2"),
        ("I/2", "I.1"),
        ("I/2/2.1", "I.1.1"),
        ("I/2/2.2", "I.1.2"),
    ]
    seen = services.fingerprint_of(services.renumbered(plan=plan, section=at(plan, "I"), style=Style.CAPITAL))
    services.renumber(plan=plan, section=at(plan, "I"), style=Style.CAPITAL, seen=seen)
    assert [row.number for row in plan.sections.filter(depth=1)] == ["A", "B", "C"]
    assert at(plan, "A/2/2.1").text == "I.1.1"


def test_numbers_are_not_written_that_nobody_saw(plan):
    services.move_section(section=at(plan, "II"), step="up")
    seen = services.fingerprint_of(services.renumbered(plan=plan))
    add_section(plan=plan, number="9", heading="Vừa thêm")
    with pytest.raises(ValidationError) as refused:
        services.renumber(plan=plan, seen=seen)
    assert refused.value.code == "stale"
    assert at(plan, "II").heading == "Phần II"


@pytest.mark.parametrize(
    ("numbers", "manner"),
    [
        (["I", "II", "III"], Manner(Style.ROMAN)),
        (["I"], Manner(Style.ROMAN)),
        (["A", "B", "C"], Manner(Style.CAPITAL)),
        (["C", "D", "Đ"], Manner(Style.CAPITAL)),
        (["1", "2", "4"], Manner(Style.ARABIC)),
        (["1.", "2.", "3"], Manner(Style.ARABIC, ".")),
        (["1.1", "1.2", "l.3"], Manner(Style.COMPOUND)),
        (["a)", "b)", "đ)"], Manner(Style.LETTER, ")")),
        (["", "", ""], None),
        (["Phần thứ nhất", "Phần thứ hai"], None),
    ],
)
def test_the_style_is_that_of_most_numbers(numbers, manner):
    assert manner_of(numbers) == manner


@pytest.mark.parametrize(
    ("manner", "position", "above", "number"),
    [
        (Manner(Style.ROMAN), 4, "", "IV"),
        (Manner(Style.ROMAN), 49, "", "XLIX"),
        (Manner(Style.ROMAN), 100, "", ""),
        (Manner(Style.LETTER, ")"), 5, "1", "đ)"),
        (Manner(Style.LETTER), 24, "1", ""),
        (Manner(Style.COMPOUND), 3, "1.2", "1.2.3"),
        (Manner(Style.COMPOUND), 3, "1.", "1.3"),
        (Manner(Style.COMPOUND), 2, "III", "3.2"),
        (Manner(Style.COMPOUND), 2, "", "2"),
        (Manner(Style.ARABIC, "."), 7, "II", "7."),
    ],
)
def test_a_number_at_its_place(manner, position, above, number):
    assert manner.written(position, above) == number


def test_an_empty_section_is_deleted(plan):
    services.delete_section(section=at(plan, "I/2"))
    assert [address for address, _words in AS_IT_WAS if address != "I/2"] == list(
        plan.sections.order_by("order").values_list("address", flat=True)
    )


def test_a_section_with_parts_stays(plan):
    with pytest.raises(ValidationError) as refused:
        services.delete_section(section=at(plan, "I/1"), moves=True)
    assert refused.value.messages == ["Có 2 mục nằm dưới mục này. Hãy chuyển hoặc xóa các mục đó trước."]
    assert outline(plan) == AS_IT_WAS


def test_what_hangs_on_a_section_is_named_and_moves_along(plan, province):
    section, other = at(plan, "III"), at(plan, "II/1")
    hearts = target(plan, section=section)
    day = activity(province.bloc_union, plan=plan, section=section)
    with pytest.raises(ValidationError) as refused:
        services.delete_section(section=section)
    assert refused.value.messages == [
        "Mục này đang có: 1 chỉ tiêu, 1 hoạt động. Hãy cho biết chuyển các nội dung đó sang mục nào."
    ]
    services.delete_section(section=section, into=other, moves=True)
    for thing in (hearts, day):
        thing.refresh_from_db()
        assert thing.section == other
    services.delete_section(section=other, moves=True)
    for thing in (hearts, day):
        thing.refresh_from_db()
        assert thing.section is None


def test_what_hangs_on_a_section_goes_into_no_other_plan(plan, province):
    target(plan, section=at(plan, "III"))
    stranger = add_section(plan=draft(province.kgi), number="I", heading="Chủ đề")
    for into in (stranger, at(plan, "III")):
        with pytest.raises(ValidationError) as refused:
            services.delete_section(section=at(plan, "III"), into=into, moves=True)
        assert set(refused.value.error_dict) == {"into"}
    assert outline(plan) == AS_IT_WAS


def test_the_text_is_frozen_once_it_is_issued(plan):
    seen = services.fingerprint_of(services.renumbered(plan=plan))
    issue(plan)
    section = at(plan, "III")
    for write in (
        lambda: services.move_section(section=section, step="up"),
        lambda: services.put_section_under(section=section, parent=at(plan, "I")),
        lambda: services.renumber(plan=plan, seen=seen),
        lambda: services.delete_section(section=section),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "not_draft"
    assert outline(plan) == AS_IT_WAS


def test_an_address_that_is_not_touched_stays():
    rows = [Row(1, None, "I", "I"), Row(2, 1, "", "I/-#7"), Row(3, 1, "", "I/-"), Row(4, None, "II", "II")]
    arrangement = Arrangement(rows)
    arrangement.take(4, Step.IN)
    assert [(place.pk, place.address) for place in arrangement.places()] == [
        (1, "I"),
        (2, "I/-#7"),
        (3, "I/-"),
        (4, "I/II"),
    ]


def test_what_somebody_else_deleted_is_told(plan):
    section = at(plan, "III")
    Section.objects.filter(pk=section.pk).delete()
    for write in (
        lambda: services.move_section(section=section, step="up"),
        lambda: services.put_section_under(section=section, parent=at(plan, "I")),
        lambda: services.revise_section(section=section, number="III", heading="Khác", text=""),
        lambda: services.delete_section(section=section),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "gone"
