"""Deciding on target proposals: exact targets, every state × step, nothing lost, nobody overwritten."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from plans.enums import ProposalState
from plans.services import send_to_leader
from targets.models import Indicator, Target, TargetProposal
from targets.proposals import services
from targets.proposals.keys import TargetValues, values_of
from targets.proposals.selectors import items_of
from targets.services import merge_indicators, revise_target
from tests.making import indicator
from tests.targets.proposals.scenes import (
    AGAIN,
    BLOOD,
    CARE,
    CONGRESS,
    DRIVES,
    HOMES,
    TREES,
    WORKS,
    document,
    everything,
    found,
    item,
    keep,
    known,
    labels,
    place,
    proposal,
    read_document,
    version,
)


@pytest.fixture
def plan(province):
    return read_document(province.bloc_union)


def accept(plan, words, actor=None, values=None):
    return services.accept(actor=actor, proposal=proposal(plan, words), version=version(plan, words), values=values)


def refusal(act) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value


def test_an_accepted_range_is_a_pooled_amount(plan, officer):
    row = accept(plan, BLOOD, actor=officer)
    target = Target.objects.select_related("indicator", "section").get()
    assert (row.state, row.target, row.decided_by) == (ProposalState.ACCEPTED, target, officer)
    assert (target.code, target.name, target.section.number, target.quote) == (
        "1.7",
        "Hiến máu tình nguyện",
        "1.7",
        BLOOD,
    )
    assert (target.carried_by, target.minimum, target.maximum, target.required_share) == ("pooled", 150, 200, None)
    assert (target.starts_on, target.due_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (target.indicator.name, target.indicator.measure, target.indicator.kind) == (
        "Máu hiến",
        "đơn vị máu",
        "amount",
    )
    assert (target.indicator.over_time, target.indicator.is_whole, target.indicator.confirmed_at) == ("sum", True, None)


def test_an_accepted_congress_is_each_branch_s_milestone(plan):
    accept(plan, CONGRESS)
    target = Target.objects.select_related("indicator").get()
    assert (target.carried_by, target.carrier_kinds, target.carrier_reach) == (
        "each_unit",
        ["grassroots_branch"],
        "direct",
    )
    assert (target.minimum, target.maximum, target.required_share) == (None, None, 100)
    assert (target.indicator.kind, target.indicator.over_time, target.due_on) == (
        "milestone",
        "latest",
        date(2024, 6, 30),
    )


def test_carriers_of_a_kind_that_stands_deeper_are_all_units_beneath(province):
    plan = read_document(province.qna)
    accept(plan, CONGRESS)
    assert Target.objects.get().carrier_reach == "all"


def test_a_known_indicator_is_taken(province):
    blood = indicator(province.bloc_union)
    plan = document(province.bloc_union)
    keep(plan, found(BLOOD, indicator=known(blood)))
    accept(plan, BLOOD)
    assert Target.objects.get().indicator == blood
    assert Indicator.objects.count() == 1


def test_an_indicator_that_is_gone_is_named_at_its_field(plan):
    values = replace(values_of(proposal(plan, BLOOD).found, None), indicator=10**6)
    assert set(refusal(lambda: accept(plan, BLOOD, values=values)).message_dict) == {"indicator"}
    assert Target.objects.count() == 0
    assert proposal(plan, BLOOD).state == ProposalState.OPEN


def test_an_indicator_of_another_catalogue_s_kind_is_refused_at_the_proposal_s_own_field(plan, province):
    indicator(province.bloc_union, "Máu hiến", "đơn vị máu", over_time="latest")
    assert set(refusal(lambda: accept(plan, BLOOD)).message_dict) == {"kind"}
    assert (Target.objects.count(), Indicator.objects.count()) == (0, 1)


def test_several_in_a_section_get_letters_and_what_is_left_out_gives_its_letter_back(plan):
    assert labels(plan) == {
        CONGRESS: "1.2", DRIVES: "1.3a", CARE: "1.3b", TREES: "1.3c", BLOOD: "1.7", AGAIN: "2.2", HOMES: "II.3",
    }  # fmt: skip
    accept(plan, TREES)
    services.reject(actor=None, proposal=proposal(plan, DRIVES), version=None)
    assert {words: labels(plan)[words] for words in (DRIVES, CARE, TREES)} == {DRIVES: "–", CARE: "1.3a", TREES: "1.3c"}
    accept(plan, CARE)
    assert set(Target.objects.values_list("code", flat=True)) == {"1.3a", "1.3c"}


def test_a_code_that_stands_in_the_plan_already_is_not_given_again(plan, province):
    from tests.making import target

    target(plan, code="1.7", on=indicator(province.bloc_union))
    accept(plan, BLOOD)
    assert proposal(plan, BLOOD).target.code == "1.7a"


def test_a_correction_is_what_counts_and_is_kept(plan, officer):
    values = replace(
        values_of(proposal(plan, BLOOD).found, None), name="Hiến máu", minimum=Decimal(160), due_on=date(2024, 10, 31)
    )
    row = accept(plan, BLOOD, actor=officer, values=values)
    target = row.target
    assert (target.name, target.minimum, target.maximum, target.due_on) == ("Hiến máu", 160, 200, date(2024, 10, 31))
    assert values_of(row.found, row.wish) == values
    assert row.found["minimum"] == "150"


def test_a_correction_that_says_what_was_found_is_none(plan):
    row = accept(plan, BLOOD, values=values_of(proposal(plan, BLOOD).found, None))
    assert row.wish is None


def test_figures_with_decimals_make_an_indicator_that_is_not_whole(plan):
    values = replace(values_of(proposal(plan, BLOOD).found, None), minimum=Decimal("12.5"), maximum=None)
    accept(plan, BLOOD, values=values)
    assert Indicator.objects.get().is_whole is False


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minimum": Decimal(300)}, "maximum"),
        ({"minimum": None, "maximum": None}, "minimum"),
        ({"carried_by": "each_bloc"}, "required_share"),
        ({"due_on": date(2025, 3, 1)}, "due_on"),
        ({"measure": ""}, "measure"),
        ({"name": ""}, "name"),
        ({"kind": "milestone", "over_time": "latest", "carried_by": "issuer_own"}, "minimum"),
    ],
)
def test_what_is_no_target_is_refused_at_its_field_and_changes_nothing(plan, wrong, field):
    values = replace(values_of(proposal(plan, BLOOD).found, None), **wrong)
    assert field in refusal(lambda: accept(plan, BLOOD, values=values)).message_dict
    assert (Target.objects.count(), Indicator.objects.count()) == (0, 0)
    assert proposal(plan, BLOOD).state == ProposalState.OPEN


def test_a_repetition_is_merged_into_its_original_and_counted_once(plan):
    assert item(plan, AGAIN).may_merge is False
    early = refusal(lambda: services.merge(actor=None, proposal=proposal(plan, AGAIN), version=None))
    assert early.code == "no_original"
    original = accept(plan, CONGRESS).target
    assert item(plan, AGAIN).may_merge is True
    row = services.merge(actor=None, proposal=proposal(plan, AGAIN), version=version(plan, AGAIN))
    assert (row.target.code, row.target.restates, row.target.indicator) == ("2.2", original, original.indicator)
    assert (row.target.due_on, row.target.required_share) == (original.due_on, original.required_share)
    assert list(Target.objects.counted()) == [original]


def test_what_a_person_keeps_beside_its_original_is_a_target_of_its_own(plan):
    accept(plan, CONGRESS)
    assert accept(plan, AGAIN).target.restates is None
    assert Target.objects.counted().count() == 2


def test_what_repeats_a_rejected_one_repeats_none(plan):
    assert item(plan, AGAIN).mark == "clash"
    services.reject(actor=None, proposal=proposal(plan, CONGRESS), version=None)
    assert item(plan, AGAIN).mark == "open"


STEPS = {
    "accept": services.accept,
    "merge": services.merge,
    "reject": services.reject,
    "reopen": services.reopen,
    "wish": lambda **given: services.save_wish(wish=TargetValues(name="x").as_json(), **given),
}
NEXT = {
    ("open", "accept"): "accepted",
    ("open", "merge"): "accepted",
    ("open", "reject"): "rejected",
    ("open", "wish"): "open",
    ("accepted", "reopen"): "open",
    ("rejected", "reopen"): "open",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ["open", "accepted", "rejected"])
def test_every_state_and_step(plan, state, step):
    accept(plan, CONGRESS)
    if state == "accepted":
        services.merge(actor=None, proposal=proposal(plan, AGAIN), version=None)
    if state == "rejected":
        services.reject(actor=None, proposal=proposal(plan, AGAIN), version=None)
    before = proposal(plan, AGAIN)

    def act():
        return STEPS[step](actor=None, proposal=before, version=version(plan, AGAIN))

    wished = NEXT.get((state, step))
    if wished is None:
        assert refusal(act).code == "wrong_state"
        assert proposal(plan, AGAIN).state == state
    else:
        act()
        after = proposal(plan, AGAIN)
        assert (after.state, after.target is not None) == (wished, wished == "accepted")
        assert (after.decided_at is None) == (wished == "open")


@pytest.mark.parametrize("step", STEPS)
def test_who_may(plan, step, officer, leader, secretary, administrator, outsider, top_officer, nobody):
    accept(plan, CONGRESS)
    for person in (leader, secretary, administrator, outsider, nobody):
        if step == "reopen":
            services.reject(actor=None, proposal=proposal(plan, AGAIN), version=None)
        with pytest.raises(PermissionDenied):
            STEPS[step](actor=person, proposal=proposal(plan, AGAIN), version=None)
        if step == "reopen":
            services.reopen(actor=None, proposal=proposal(plan, AGAIN), version=None)
    for person in (officer, top_officer):
        if step == "reopen":
            services.reject(actor=None, proposal=proposal(plan, AGAIN), version=None)
        STEPS[step](actor=person, proposal=proposal(plan, AGAIN), version=None)
        if step not in ("reopen", "wish"):
            services.reopen(actor=None, proposal=proposal(plan, AGAIN), version=None)


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_decided_once_the_plan_is_no_draft(plan, step, officer):
    services.accept_sure(actor=None, plan=plan)
    before = list(TargetProposal.objects.order_by("pk").values())
    send_to_leader(actor=None, plan=plan)
    for words in (AGAIN, BLOOD):
        act = STEPS[step]
        assert refusal(lambda: act(actor=officer, proposal=proposal(plan, words), version=None)).code == "not_draft"  # noqa: B023
    start, end = place(WORKS)
    assert refusal(lambda: services.accept_sure(actor=officer, plan=plan)).code == "not_draft"
    adding = refusal(lambda: services.add_from_selection(actor=officer, plan=plan, start=start, end=end))
    assert adding.code == "not_draft"
    assert list(TargetProposal.objects.order_by("pk").values()) == before


def test_a_clause_that_holds_two_targets_is_split(plan, officer):
    first = proposal(plan, BLOOD)
    read = first.found
    twin = services.split(actor=officer, proposal=first, version=version(plan, BLOOD))
    first.refresh_from_db()
    assert (first.wish, first.found, first.state) == (read, read, "open")
    assert (twin.start, twin.end, twin.section, twin.quote, twin.found) == (
        first.start, first.end, first.section, first.quote, None,
    )  # fmt: skip
    assert values_of(None, twin.wish) == replace(values_of(read, None), figure={})
    assert [(one.label, one.is_sure) for one in items_of(plan) if one.proposal.quote == first.quote] == [
        ("1.7a", False),
        ("1.7b", False),
    ]
    keep(plan, *everything())
    assert [row.pk for row in TargetProposal.objects.filter(quote=first.quote).order_by("pk")] == [first.pk, twin.pk]
    other = replace(values_of(None, twin.wish), name="Người hiến máu", indicator_name="Người hiến máu")
    services.accept(actor=officer, proposal=twin, version=None, values=other)
    services.accept(actor=officer, proposal=first, version=None)
    assert set(Target.objects.values_list("code", "name")) == {
        ("1.7a", "Hiến máu tình nguyện"),
        ("1.7b", "Người hiến máu"),
    }


def test_what_is_decided_or_seen_otherwise_is_not_split(plan, officer):
    seen = version(plan, BLOOD)
    services.reject(actor=officer, proposal=proposal(plan, BLOOD), version=seen)
    for late, code in ((seen, "stale"), (None, "wrong_state")):
        said = refusal(lambda: services.split(actor=officer, proposal=proposal(plan, BLOOD), version=late))  # noqa: B023
        assert said.code == code
    assert TargetProposal.objects.filter(quote=BLOOD).count() == 1


def test_a_stale_save_is_told_by_whom_and_changes_nothing(plan, officer, top_officer):
    seen = version(plan, BLOOD)
    services.reject(actor=officer, proposal=proposal(plan, BLOOD), version=seen)
    late = refusal(lambda: services.accept(actor=top_officer, proposal=proposal(plan, BLOOD), version=seen))
    assert late.code == "stale"
    assert "Cán bộ Đoàn Khối" in late.messages[0]
    assert (proposal(plan, BLOOD).state, Target.objects.count()) == ("rejected", 0)


def test_two_corrections_of_one_proposal_do_not_erase_each_other(plan):
    seen = version(plan, BLOOD)
    mine = TargetValues(name="Của tôi").as_json()
    services.save_wish(actor=None, proposal=proposal(plan, BLOOD), wish=mine, version=seen)
    other = TargetValues(name="Của người khác").as_json()
    late = refusal(lambda: services.save_wish(actor=None, proposal=proposal(plan, BLOOD), wish=other, version=seen))
    assert late.code == "stale"
    assert proposal(plan, BLOOD).wish == mine


def test_a_save_that_arrives_twice_is_no_conflict(plan):
    """The answer to the first was lost on the way: the same correction comes again with the version before it."""
    seen = version(plan, BLOOD)
    values = replace(values_of(proposal(plan, BLOOD).found, None), name="Hiến máu")
    for _time in range(2):
        services.save_wish(actor=None, proposal=proposal(plan, BLOOD), wish=values.as_json(), version=seen)
    row = services.accept(actor=None, proposal=proposal(plan, BLOOD), version=seen, values=values)
    assert row.target.name == "Hiến máu"


def test_a_half_typed_correction_is_not_accepted_as_it_stands(plan):
    wish = {**TargetValues(name="Hiến máu", measure="cái").as_json(), "typed": {"due_on": "31/1"}}
    services.save_wish(actor=None, proposal=proposal(plan, BLOOD), wish=wish, version=None)
    assert refusal(lambda: accept(plan, BLOOD)).code == "half_typed"
    assert Target.objects.count() == 0


def test_taking_back_keeps_what_was_typed(plan):
    values = replace(values_of(proposal(plan, BLOOD).found, None), name="Hiến máu", minimum=Decimal(160))
    accept(plan, BLOOD, values=values)
    row = services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=version(plan, BLOOD))
    assert (row.state, row.target, row.decided_by) == (ProposalState.OPEN, None, None)
    assert values_of(row.found, row.wish) == values
    assert Target.objects.count() == 0


def test_taking_back_keeps_what_was_changed_by_hand_since(plan):
    target = accept(plan, BLOOD).target
    target.name, target.minimum = "Đổi tay", Decimal(170)
    target.save()
    row = services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
    values = values_of(row.found, row.wish)
    assert (values.name, values.minimum, values.maximum, values.due_on) == ("Đổi tay", 170, 200, None)
    assert row.found["minimum"] == "150"


def test_taking_back_an_untouched_one_leaves_no_correction(plan):
    accept(plan, BLOOD)
    assert services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None).wish is None


def test_taking_back_keeps_changed_phases(plan):
    steps = [(date(2024, 6, 30), Decimal(75)), (date(2024, 9, 30), Decimal(120))]
    revise_target(target=accept(plan, BLOOD).target, phases=steps)
    row = services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
    assert values_of(row.found, row.wish).phases == tuple(steps)
    assert list(accept(plan, BLOOD).target.phases.values_list("due_on", "minimum")) == steps


def test_taking_back_leaves_no_correction_where_the_phases_are_those_found(province):
    plan = document(province.bloc_union)
    steps = ((date(2024, 6, 30), Decimal("75.5")), (date(2024, 9, 30), Decimal(120)))
    keep(plan, found(BLOOD, phases=steps))
    accept(plan, BLOOD)
    assert services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None).wish is None


@pytest.mark.parametrize("named", [True, False], ids=["of the catalogue", "a new one"])
def test_taking_back_keeps_a_changed_indicator(province, named):
    plan = document(province.bloc_union)
    keep(plan, found(BLOOD, indicator=known(indicator(province.bloc_union, "Máu hiến")) if named else None))
    other = indicator(province.bloc_union, "Máu hiến của đoàn viên")
    revise_target(target=accept(plan, BLOOD).target, indicator=other)
    row = services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None)
    assert values_of(row.found, row.wish).indicator == other.pk
    assert accept(plan, BLOOD).target.indicator == other


@pytest.mark.parametrize("named", [True, False], ids=["of the catalogue", "a new one"])
def test_a_merge_of_indicators_is_no_correction(province, named):
    plan = document(province.bloc_union)
    source, into = (indicator(province.bloc_union, name) for name in ("Máu hiến", "Máu hiến tình nguyện"))
    keep(plan, found(BLOOD, indicator=known(source) if named else None))
    assert accept(plan, BLOOD).target.indicator == source
    merge_indicators(actor=None, source=source, into=into)
    assert services.reopen(actor=None, proposal=proposal(plan, BLOOD), version=None).wish is None


def test_what_others_repeat_is_not_taken_back(plan):
    accept(plan, CONGRESS)
    services.merge(actor=None, proposal=proposal(plan, AGAIN), version=None)
    with pytest.raises(ValidationError, match=r"2\.2"):
        services.reopen(actor=None, proposal=proposal(plan, CONGRESS), version=None)
    assert (proposal(plan, CONGRESS).state, Target.objects.count()) == ("accepted", 2)
