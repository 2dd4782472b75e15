"""Targets of a draft changed, ordered, named after their sections and deleted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from plans.services import add_section, send_to_leader
from targets.coding import codes_of
from targets.models import Target, TargetProposal
from targets.phasing import phases_text, read_phases
from targets.selectors import section_codes
from targets.services import (
    allocate,
    delete_target,
    fingerprint_of,
    move_target,
    recode_targets,
    revise_target,
)
from tests.making import draft, indicator, milestone, target


@pytest.fixture
def plan(province):
    return draft(province.bloc_union)


def codes(plan) -> list[str]:
    return list(plan.targets.order_by("order").values_list("code", flat=True))


def test_only_what_is_named_changes(plan, province):
    section = add_section(plan=plan, number="1.7", heading="Hiến máu")
    steps = [(date(2024, 6, 30), Decimal(75))]
    hearts = target(plan, section=section, phases=steps)
    revise_target(target=hearts, minimum=Decimal(160), name="  Hiến máu  ")
    hearts = Target.objects.get()
    facts = (hearts.code, hearts.name, hearts.folded, hearts.minimum, hearts.maximum, hearts.section)
    assert facts == ("1.7", "Hiến máu", "hien mau", Decimal(160), Decimal(200), section)
    assert list(hearts.phases.values_list("due_on", "minimum")) == [(date(2024, 6, 30), Decimal(75))]
    revise_target(target=hearts, phases=[], due_on=date(2024, 11, 30))
    hearts = Target.objects.get()
    assert (hearts.phases.count(), hearts.due_on, hearts.starts_on) == (0, date(2024, 11, 30), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "1.8"}, "code"),
        ({"minimum": Decimal(201)}, "maximum"),
        ({"carried_by": "each_unit"}, "required_share"),
        ({"due_on": date(2025, 1, 1)}, "due_on"),
        ({"minimum": Decimal(50), "maximum": None}, "phases"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_change_is_named_and_nothing_changes(plan, changes, field):
    hearts = target(plan, phases=[(date(2024, 6, 30), Decimal(75))])
    target(plan, code="1.8")
    with pytest.raises(ValidationError) as refused:
        revise_target(target=hearts, **changes)
    assert set(refused.value.error_dict) == {field}
    assert list(Target.objects.filter(pk=hearts.pk).values_list("code", "minimum", "due_on", "carried_by")) == [
        ("1.7", Decimal(150), date(2024, 12, 31), "pooled")
    ]


def test_another_indicator_asks_for_other_figures(plan, province):
    hearts = target(plan)
    with pytest.raises(ValidationError) as refused:
        revise_target(target=hearts, indicator=milestone(province.bloc_union))
    assert set(refused.value.error_dict) == {"carried_by"}
    revise_target(
        target=hearts, indicator=milestone(province.bloc_union), carried_by="issuer_own", minimum=None, maximum=None
    )
    assert Target.objects.get().indicator.kind == "milestone"


def test_an_original_becomes_no_restatement(plan):
    first, second = target(plan), target(plan, code="2")
    target(plan, code="3", restates=first)
    for changed, restates in ((first, second), (second, second)):
        with pytest.raises(ValidationError) as refused:
            revise_target(target=changed, restates=restates)
        assert set(refused.value.error_dict) == {"restates"}


def test_in_another_section_a_target_comes_last(plan):
    one, two = (add_section(plan=plan, number=number, heading="Mục") for number in ("1", "2"))
    first = target(plan, code="a", section=one)
    target(plan, code="b", section=two)
    revise_target(target=first, name="Vẫn ở mục 1")
    assert codes(plan) == ["a", "b"]
    revise_target(target=first, section=two)
    assert codes(plan) == ["b", "a"]


def test_targets_change_places_with_their_neighbours(plan):
    first, second, third = (target(plan, code=code) for code in ("1", "2", "3"))
    move_target(target=first, step="down")
    assert codes(plan) == ["2", "1", "3"]
    move_target(target=third, step="up")
    assert codes(plan) == ["2", "3", "1"]
    for edge, step in ((second, "up"), (first, "down")):
        with pytest.raises(ValidationError) as refused:
            move_target(target=edge, step=step)
        assert refused.value.code == "edge"
    assert codes(plan) == ["2", "3", "1"]


@pytest.mark.parametrize(
    ("ways", "named"),
    [
        ([("III", "1", "1.7")], ["1.7"]),
        ([("III", "1", "1.3"), ("III", "1", "1.3"), ("III", "1", "1.3")], ["1.3a", "1.3b", "1.3c"]),
        ([("II", "1"), ("III", "1"), ("III", "2")], ["II.1", "III.1", "2"]),
        ([("II", "5"), ("III", "5", "5.1")], ["5", "5.1"]),
        ([("II", "1", ""), ("II", "1", ""), ("II", "2", "")], ["1a", "1b", "2"]),
        ([("I", "1)")], ["1"]),
        ([None, ("", ""), ("I",)], [None, None, "I"]),
        ([("1",)] * 28, [f"1{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"] + ["1aa", "1ab"]),
    ],
)
def test_codes_after_sections(ways, named):
    assert codes_of(ways) == named


def test_all_targets_are_named_after_their_sections(plan):
    third = add_section(plan=plan, number="III", heading="Chỉ tiêu")
    one = add_section(plan=plan, number="1", heading="Cấp Khối", parent=third)
    drives = add_section(plan=plan, number="1.3", heading="Tình nguyện", parent=one)
    blood = add_section(plan=plan, number="1.7", heading="Hiến máu", parent=one)
    target(plan, code="1.3a", section=blood)
    target(plan, code="x", section=drives)
    target(plan, code="y", section=drives)
    target(plan, code="khác")
    seen = fingerprint_of(section_codes(plan))
    assert recode_targets(plan=plan, seen=seen) == 3
    assert codes(plan) == ["1.7", "1.3a", "1.3b", "khác"]
    target(plan, code="9")
    with pytest.raises(ValidationError) as refused:
        recode_targets(plan=plan, seen=seen)
    assert refused.value.code == "stale"


def test_two_targets_never_get_one_code(plan):
    section = add_section(plan=plan, number="1.7", heading="Hiến máu")
    target(plan, code="a", section=section)
    target(plan, code="1.7")
    with pytest.raises(ValidationError) as refused:
        recode_targets(plan=plan, seen=fingerprint_of(section_codes(plan)))
    assert refused.value.messages == ["Sẽ có hai chỉ tiêu trùng mã. Hãy sửa mã của một chỉ tiêu trước."]
    assert codes(plan) == ["a", "1.7"]


def test_deleting_opens_what_was_found_in_the_document_again(plan, officer):
    hearts = target(plan, phases=[(date(2024, 6, 30), Decimal(75))])
    found = TargetProposal.objects.create(
        plan=plan, start=0, end=3, quote="150", state="accepted", target=hearts, decided_by=officer
    )
    delete_target(target=hearts)
    found.refresh_from_db()
    assert (found.state, found.target, found.decided_by, Target.objects.count()) == ("open", None, None, 0)


def test_what_others_stand_on_is_not_deleted(plan, province):
    original, handed = target(plan), target(plan, code="1.8")
    repeat = target(plan, code="2.1", restates=original)
    allocate(
        actor=None,
        target=handed,
        unit=province.justice,
        handed_by=province.bloc_union,
        minimum=Decimal(5),
        effective_on=date(2024, 2, 1),
    )
    with pytest.raises(ValidationError) as refused:
        delete_target(target=original)
    assert refused.value.messages == [
        "Có chỉ tiêu khác nhắc lại chỉ tiêu này: 2.1. Hãy sửa hoặc xóa các chỉ tiêu đó trước."
    ]
    with pytest.raises(ValidationError) as refused:
        delete_target(target=handed)
    assert refused.value.messages == ["Chỉ tiêu này đã được giao cho đơn vị nên không xóa được."]
    delete_target(target=repeat)
    delete_target(target=original)
    assert codes(plan) == ["1.8"]


def test_what_was_sent_is_frozen(plan):
    hearts, seen = target(plan), fingerprint_of({})
    target(plan, code="1.8")
    send_to_leader(actor=None, plan=plan)
    for write in (
        lambda: revise_target(target=hearts, minimum=Decimal(1)),
        lambda: move_target(target=hearts, step="down"),
        lambda: recode_targets(plan=plan, seen=seen),
        lambda: delete_target(target=hearts),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "not_draft"
    assert codes(plan) == ["1.7", "1.8"]


def test_phases_as_they_are_written():
    phases = [(date(2024, 6, 30), Decimal(75)), (date(2024, 9, 30), Decimal("1500.5"))]
    assert phases_text(phases) == "30/6/2024: 75\n30/9/2024: 1.500,5"
    assert read_phases(" 30/6/2024 : 75;\n30/9/2024: 1.500,5 ") == phases
    assert read_phases(" ") == []


@pytest.mark.parametrize("text", ["75", "30/6/2024", "31/2/2024: 5", "30/6/2024: nhiều", "1/1/2024: 1\n" * 61])
def test_what_is_no_phase(text):
    with pytest.raises(ValidationError):
        read_phases(text)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_target_is_changed_in_the_browser(client, officer, plan, province):
    hearts = target(plan)
    client.force_login(officer)
    address = f"/plans/{plan.pk}/targets/{hearts.pk}/"
    form = client.get(address).context["form"]
    now = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in now.items()}
    assert (sent["code"], sent["minimum"], sent["phases"]) == ("1.7", "150", "")
    sent |= {"minimum": "1.60", "starts_on": "1/1/2024", "due_on": "30/11/2024", "maximum": "200"}
    refused = client.post(address, sent)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"minimum"})
    done = client.post(address, {**sent, "minimum": "160", "phases": "30/6/2024: 80"})
    assert (done.status_code, done.url) == (302, f"/plans/{plan.pk}/targets/")
    hearts.refresh_from_db()
    assert (hearts.minimum, hearts.due_on, hearts.phases.get().minimum) == (160, date(2024, 11, 30), 80)


def test_buttons_move_a_target_without_a_script(client, officer, plan):
    first, second = target(plan, code="1"), target(plan, code="2")
    client.force_login(officer)
    page = client.get(f"/plans/{plan.pk}/targets/").content.decode()
    assert page.count('name="step" value="up"') == page.count('name="step" value="down"') == 2
    done = client.post(f"/plans/{plan.pk}/targets/{second.pk}/move/", {"step": "up"})
    assert done.url == f"/plans/{plan.pk}/targets/?moved={second.pk}&step=up"
    assert codes(plan) == ["2", "1"]
    again = client.post(f"/plans/{plan.pk}/targets/{second.pk}/move/", {"step": "up"}, follow=True)
    assert "Không chuyển theo hướng đó được" in again.content.decode()
    client.post(f"/plans/{plan.pk}/targets/{first.pk}/move/", {"step": "sideways"})
    assert codes(plan) == ["2", "1"]


def test_codes_are_shown_before_they_are_written(client, officer, plan):
    section = add_section(plan=plan, number="1.7", heading="Hiến máu")
    target(plan, code="x", section=section)
    client.force_login(officer)
    address = f"/plans/{plan.pk}/targets/codes/"
    page = client.get(address)
    assert [(change.target.code, change.new) for change in page.context["changes"]] == [("x", "1.7")]
    assert client.post(address, {"fingerprint": "0" * 64}).url == address
    assert codes(plan) == ["x"]
    client.post(address, {"fingerprint": page.context["fingerprint"]})
    assert codes(plan) == ["1.7"]


def test_deleting_asks_first(client, officer, plan):
    hearts = target(plan, on=indicator(plan.unit))
    client.force_login(officer)
    address = f"/plans/{plan.pk}/targets/{hearts.pk}/delete/"
    assert "Xóa chỉ tiêu" in client.get(address).content.decode()
    assert codes(plan) == ["1.7"]
    assert client.post(address).url == f"/plans/{plan.pk}/targets/"
    assert codes(plan) == []


def test_what_somebody_else_deleted_is_told(plan):
    hearts = target(plan)
    Target.objects.filter(pk=hearts.pk).delete()
    for write in (
        lambda: revise_target(target=hearts, name="Khác"),
        lambda: move_target(target=hearts, step="up"),
        lambda: delete_target(target=hearts),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "gone"
