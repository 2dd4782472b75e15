"""The catalogue, the soundness of targets (kind × carrier × bounds × time), and shares handed down."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from plans.services import add_section, close_plan
from targets import merging
from targets.models import Indicator, IndicatorMerge, Target
from targets.selectors import allocation_in_force, allocations_in_force
from targets.services import allocate, confirm_indicator, merge_indicators, propose_indicator
from tests.making import activity, draft, indicator, issue, milestone, ratio, target
from units.enums import Kind, SuccessionKind
from units.services import close_unit, create_unit


def fields_of(refused) -> set[str]:
    return set(refused.value.error_dict)


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_a_known_indicator_is_found_by_its_folded_name_and_measure(province):
    first = indicator(province.qna, "Máu hiến tình nguyện", "đơn vị máu")
    assert first.confirmed_at is None
    assert indicator(province.kgi, "MÁU  HIẾN tình nguyện", "Đơn vị máu") == first
    assert indicator(province.kgi, "Mau hien tinh nguyen", "don vi mau") == first
    assert indicator(province.kgi, "Máu hiến tình nguyện", "người") != first
    assert Indicator.objects.count() == 2


def test_one_thing_is_not_proposed_as_another_kind(province):
    indicator(province.qna)
    with pytest.raises(ValidationError) as refused:
        indicator(province.qna, over_time="latest")
    assert fields_of(refused) == {"kind"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"measure": ""}, "measure"),
        ({"kind": "share"}, "kind"),
        ({"kind": "ratio"}, "over_time"),
        ({"kind": "milestone"}, "over_time"),
        ({"topic": "sport"}, "topic"),
    ],
)
def test_a_wrong_indicator_is_refused_at_its_field(province, facts, field):
    given = {"name": "Cây xanh", "measure": "cây", "kind": "amount", "over_time": "sum", **facts}
    with pytest.raises(ValidationError) as refused:
        propose_indicator(owner=province.top, **given)
    assert fields_of(refused) == {field}
    assert Indicator.objects.count() == 0


def test_the_catalogue_belongs_to_the_topmost_unit(province):
    with pytest.raises(ValidationError) as refused:
        propose_indicator(owner=province.qna, name="Cây xanh", measure="cây", kind="amount", over_time="sum")
    assert fields_of(refused) == {"owner"}


@pytest.mark.parametrize(
    "name", ["officer", "leader", "top_leader", "outsider", "secretary", "administrator", "nobody"]
)
def test_only_an_officer_of_the_top_keeps_the_catalogue(province, request, name):
    person = request.getfixturevalue(name)
    blood, trees = indicator(province.qna), indicator(province.qna, "Cây xanh", "cây")
    with pytest.raises(PermissionDenied):
        confirm_indicator(actor=person, indicator=blood)
    with pytest.raises(PermissionDenied):
        merge_indicators(actor=person, source=blood, into=trees)
    assert Indicator.objects.filter(confirmed_at__isnull=True, merged_into__isnull=True).count() == 2


def test_confirming_says_who_and_happens_once(province, top_officer):
    blood = confirm_indicator(actor=top_officer, indicator=indicator(province.qna))
    assert blood.confirmed_by == top_officer
    assert confirm_indicator(actor=None, indicator=blood).confirmed_by == top_officer


def test_merging_moves_targets_and_keeps_the_record(province, top_officer):
    blood, donated = indicator(province.qna), indicator(province.qna, "Hiến máu", "đơn vị")
    plan = draft(province.bloc_union)
    target(plan, on=donated)
    event = activity(province.bloc_union, indicators=[donated])
    merge = merge_indicators(actor=top_officer, source=donated, into=blood)
    donated.refresh_from_db()
    assert (donated.merged_into, Target.objects.get().indicator) == (blood, blood)
    assert list(event.indicators.all()) == [blood]
    assert (merge.source, merge.into, merge.actor, merge.entries_moved) == (donated, blood, top_officer, 0)
    assert indicator(province.qna, "hien mau", "don vi") == blood


def test_a_chain_of_merges_leads_to_the_last(province):
    first, second, third = (indicator(province.qna, name, "đơn vị") for name in ("Một", "Hai", "Ba"))
    merge_indicators(actor=None, source=first, into=second)
    merge_indicators(actor=None, source=second, into=third)
    first.refresh_from_db()
    assert first.merged_into == third
    assert indicator(province.qna, "Một", "đơn vị") == third


def test_only_two_live_indicators_of_one_kind_can_be_merged(province):
    blood, gone = indicator(province.qna), indicator(province.qna, "Hiến máu", "đơn vị")
    merge_indicators(actor=None, source=gone, into=blood)
    for source, into in ((blood, blood), (gone, blood), (ratio(province.qna), blood)):
        with pytest.raises(ValidationError) as refused:
            merge_indicators(actor=None, source=source, into=into)
        assert fields_of(refused) == {"into"}
    assert IndicatorMerge.objects.count() == 1


def test_a_follower_that_refuses_undoes_the_whole_merge(province, monkeypatch):
    blood, donated = indicator(province.qna), indicator(province.qna, "Hiến máu", "đơn vị")
    target(draft(province.bloc_union), on=donated)

    def refuse(_source, _into):
        raise ValidationError("không gộp được")

    monkeypatch.setattr(merging, "_follows", [*merging._follows, refuse])
    with pytest.raises(ValidationError):
        merge_indicators(actor=None, source=donated, into=blood)
    donated.refresh_from_db()
    assert (donated.merged_into, Target.objects.get().indicator) == (None, donated)


# --- targets ---------------------------------------------------------------------------------------------------------

SHARE = Decimal(100)
SOUND = [
    ("amount", {"carried_by": "issuer_own", "minimum": 1, "maximum": None}),
    ("amount", {"carried_by": "pooled", "minimum": None, "maximum": 0}),
    ("amount", {"carried_by": "each_unit", "minimum": 1, "maximum": None, "required_share": SHARE}),
    ("amount", {"carried_by": "each_bloc", "minimum": 1, "maximum": 2, "required_share": SHARE}),
    ("ratio", {"carried_by": "pooled", "minimum": 100, "maximum": None}),
    ("ratio", {"carried_by": "each_unit", "minimum": 80, "maximum": 100, "required_share": SHARE}),
    ("milestone", {"carried_by": "issuer_own", "minimum": None, "maximum": None}),
    ("milestone", {"carried_by": "each_unit", "minimum": None, "maximum": None, "required_share": SHARE}),
]
UNSOUND = [
    ("amount", {"minimum": None, "maximum": None}, "minimum"),
    ("amount", {"minimum": -1}, "minimum"),
    ("amount", {"minimum": None, "maximum": -1}, "maximum"),
    ("amount", {"minimum": 200, "maximum": 150}, "maximum"),
    ("amount", {"minimum": Decimal("1.00001")}, "minimum"),
    ("amount", {"carried_by": "all"}, "carried_by"),
    ("amount", {"required_share": SHARE}, "required_share"),
    ("amount", {"carried_by": "each_unit"}, "required_share"),
    ("amount", {"carried_by": "each_unit", "required_share": Decimal(101)}, "required_share"),
    ("amount", {"carried_by": "each_bloc", "required_share": Decimal(0)}, "required_share"),
    ("amount", {"carrier_kinds": ["branch"]}, "carrier_kinds"),
    ("amount", {"carried_by": "each_unit", "required_share": SHARE, "carrier_kinds": ["club"]}, "carrier_kinds"),
    ("ratio", {"minimum": 101, "maximum": None}, "minimum"),
    ("ratio", {"minimum": None, "maximum": Decimal("100.5")}, "maximum"),
    ("milestone", {"minimum": 1, "maximum": None, "carried_by": "issuer_own"}, "minimum"),
    ("milestone", {"minimum": None, "maximum": None, "carried_by": "pooled"}, "carried_by"),
    (
        "milestone",
        {"minimum": None, "maximum": None, "carried_by": "each_bloc", "required_share": SHARE},
        "carried_by",
    ),
    ("amount", {"starts_on": date(2024, 7, 1), "due_on": date(2024, 6, 30)}, "due_on"),
    ("amount", {"starts_on": date(2023, 12, 31)}, "starts_on"),
    ("amount", {"due_on": date(2025, 1, 1)}, "due_on"),
    ("amount", {"phases": [(date(2024, 6, 30), 80), (date(2024, 3, 31), 90)]}, "phases"),
    ("amount", {"phases": [(date(2024, 3, 31), 90), (date(2024, 6, 30), 80)]}, "phases"),
    ("amount", {"phases": [(date(2025, 3, 31), 90)]}, "phases"),
    ("amount", {"phases": [(date(2024, 3, 31), 151)]}, "phases"),
    ("amount", {"minimum": None, "maximum": 3, "phases": [(date(2024, 3, 31), 1)]}, "phases"),
]
KINDS = {"amount": indicator, "ratio": ratio, "milestone": milestone}


@pytest.mark.parametrize(("kind", "facts"), SOUND)
def test_what_the_table_of_carriers_and_bounds_knows_is_taken(province, kind, facts):
    made = target(draft(province.bloc_union), on=KINDS[kind](province.qna), **facts)
    assert (made.starts_on, made.due_on, made.order) == (date(2024, 1, 1), date(2024, 12, 31), 1)


@pytest.mark.parametrize(("kind", "facts", "field"), UNSOUND)
def test_what_cannot_be_is_refused_at_its_field(province, kind, facts, field):
    plan = draft(province.bloc_union)
    with pytest.raises(ValidationError) as refused:
        target(plan, on=KINDS[kind](province.qna), **facts)
    assert fields_of(refused) == {field}
    assert Target.objects.count() == 0


def test_a_target_stands_in_its_own_plan_s_section_and_repeats_its_own_plan_s_target(province):
    plan, other = draft(province.bloc_union), draft(province.kgi)
    stranger = add_section(plan=other, number="I", heading="Khác")
    original = target(plan, "1.2")
    copy = target(plan, "2.2", restates=original)
    assert list(Target.objects.counted()) == [original]
    for facts, field in (
        ({"section": stranger}, "section"),
        ({"restates": target(other, "1.2")}, "restates"),
        ({"restates": copy}, "restates"),
        ({"restates": original, "on": indicator(province.qna, "Cây xanh", "cây")}, "restates"),
    ):
        with pytest.raises(ValidationError) as refused:
            target(plan, "3.3", **facts)
        assert fields_of(refused) == {field}


def test_codes_are_unique_in_a_plan_also_for_the_database(province):
    plan = draft(province.bloc_union)
    first = target(plan, "1.7")
    with pytest.raises(ValidationError) as refused:
        target(plan, "1.7")
    assert fields_of(refused) == {"code"}
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_issuing_freezes_the_targets(province):
    plan = issue(draft(province.bloc_union))
    with pytest.raises(ValidationError) as refused:
        target(plan)
    assert refused.value.code == "not_draft"


def test_phases_are_kept_in_order(province):
    steps = [(date(2024, month, 28), Decimal(month)) for month in range(1, 13)]
    made = target(draft(province.bloc_union), minimum=12, maximum=None, phases=steps)
    assert list(made.phases.values_list("due_on", "minimum")) == steps


# --- shares handed down ----------------------------------------------------------------------------------------------


def give(goal, unit, minimum, on=date(2024, 1, 1), actor=None, by=None, maximum=None):
    handed_by = by or goal.plan.unit
    return allocate(
        actor=actor,
        target=goal,
        unit=unit,
        minimum=Decimal(minimum),
        maximum=maximum,
        effective_on=on,
        handed_by=handed_by,
    )


@pytest.fixture
def blood(province):
    goal = target(draft(province.bloc_union))
    issue(goal.plan)
    return goal


def test_example_e13_the_share_in_force_on_the_day_counts(province, blood):
    give(blood, province.justice, 5)
    give(blood, province.justice, 8, on=date(2024, 7, 1))
    for day, share in ((date(2024, 6, 30), 5), (date(2024, 7, 1), 8), (date(2024, 9, 30), 8)):
        assert allocation_in_force(blood, province.justice, day).minimum == share
    assert allocation_in_force(blood, province.justice, date(2023, 12, 31)) is None
    assert allocation_in_force(blood, province.finance, date(2024, 9, 30)) is None


def test_rule_14_more_may_be_handed_down_than_the_target(province, blood):
    for unit in province.grassroots:
        give(blood, unit, 60)
    shares = allocations_in_force([blood], province.grassroots, date(2024, 9, 30))
    assert sum(share.minimum for share in shares.values()) == 240
    blood.refresh_from_db()
    assert blood.minimum == 150


def test_a_share_is_handed_down_further_by_who_has_one(province, blood, hospital_secretary):
    with pytest.raises(ValidationError) as refused:
        give(blood, province.hospital_surgery, 2, by=province.hospital)
    assert fields_of(refused) == {"handed_by"}
    give(blood, province.hospital, 10)
    assert give(blood, province.hospital_surgery, 2, by=province.hospital).handed_by == province.hospital
    with pytest.raises(PermissionDenied):
        give(blood, province.hospital_medicine, 2, by=province.hospital, actor=hospital_secretary)


@pytest.mark.parametrize("name", ["secretary", "leader", "administrator", "outsider", "nobody"])
def test_only_officers_hand_down(province, blood, request, name):
    with pytest.raises(PermissionDenied):
        give(blood, province.justice, 5, actor=request.getfixturevalue(name))


def test_what_cannot_be_handed_down(province, officer, blood):
    plan = draft(province.bloc_union)
    own = target(plan, "1.1", carried_by="issuer_own")
    done = target(plan, "1.2", on=milestone(province.qna), carried_by="issuer_own", minimum=None, maximum=None)
    june = target(plan, "1.3", due_on=date(2024, 6, 30))
    again = target(plan, "1.4", restates=june)
    closed = target(draft(province.bloc_union))
    close_plan(actor=None, plan=issue(closed.plan, 2))
    unopened = create_unit(
        code="QNA-KCQ-099", name="Mới", kind=Kind.GRASSROOTS_BRANCH, parent=province.bloc_union, opened_on="2024-11-01"
    )
    unopened.refresh_from_db()
    give(blood, province.justice, 5)
    for case, field in (
        ((own, province.justice, 1), "target"),
        ((done, province.justice, 1), "target"),
        ((again, province.justice, 1), "target"),
        ((june, province.justice, 1, date(2024, 7, 1)), "effective_on"),
        ((blood, province.justice, 6), "effective_on"),
        ((blood, province.justice, -1, date(2024, 2, 1)), "minimum"),
        ((blood, province.kgi, 1), "unit"),
        ((blood, province.bloc_union, 1), "unit"),
        ((blood, unopened, 1), "unit"),
        ((blood, province.rach_gia, 1, date(2024, 1, 1), officer, province.bloc_union), "unit"),
        ((closed, province.justice, 1), "__all__"),
    ):
        with pytest.raises(ValidationError) as refused:
            give(*case)
        assert (set(refused.value.error_dict) if hasattr(refused.value, "error_dict") else {"__all__"}) == {field}


def successor(province, on, kind=SuccessionKind.WHOLE, *closing):
    unit = create_unit(
        code="QNA-KCQ-061", name="Kế thừa", kind=Kind.GRASSROOTS_BRANCH, parent=province.bloc_union, opened_on=on
    )
    for gone in closing:
        close_unit(unit=gone, on=on, successors=[(unit, kind)])
    return unit


def test_a_successor_takes_over_what_its_predecessors_were_handed(province, blood):
    give(blood, province.justice, 5)
    give(blood, province.finance, 7, maximum=Decimal(9))
    heir = successor(province, date(2024, 5, 1), SuccessionKind.MERGED, province.justice, province.finance)
    assert allocation_in_force(blood, heir, date(2024, 4, 30)) is None
    taken = allocation_in_force(blood, heir, date(2024, 5, 31))
    assert (taken.minimum, taken.maximum, taken.unit_id, taken.pk) == (12, None, heir.pk, None)
    give(blood, heir, 10, on=date(2024, 7, 1))
    assert allocation_in_force(blood, heir, date(2024, 7, 31)).minimum == 10


def test_a_unit_split_off_takes_nothing_over(province, blood):
    give(blood, province.justice, 5)
    heir = successor(province, date(2024, 5, 1), SuccessionKind.SPLIT, province.justice)
    assert allocation_in_force(blood, heir, date(2024, 5, 31)) is None
