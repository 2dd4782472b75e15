"""Many shares in one step: all or none, in one set of statements, dated, and nothing written for what stands."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from plans.services import close_plan
from plans.versions.amending import amend_plan
from targets.models import Allocation
from targets.selectors import allocation_in_force
from targets.services import Share, SharesRefused, hand_down_many
from tests.making import count_queries, draft, issue, target
from tests.targets.sharing.scenes import JULY, NEW_YEAR, TODAY, D, give, give_many, issued_targets
from units.enums import Kind
from units.services import create_unit


@pytest.fixture
def goals(province):
    return issued_targets(province)


def wrong_places(refused) -> dict:
    return {place: set(error.message_dict) for place, error in refused.value.errors.items()}


def rows():
    return set(Allocation.objects.values_list("target__code", "unit__code", "minimum", "maximum", "effective_on"))


def test_all_shares_are_rows_of_one_day_by_one_person(province, goals, officer):
    made = give_many(
        [
            (goals["blood"], province.justice, D(40), D(50)),
            (goals["blood"], province.finance, D(60)),
            (goals["trees"], province.justice, D(500)),
            (goals["relapse"], province.justice, None, D(0)),
            (goals["studied"], province.justice, D(90)),
        ],
        actor=officer,
    )
    assert rows() == {
        ("1.1", "QNA-KCQ-003", D(40), D(50), TODAY),
        ("1.1", "QNA-KCQ-004", D(60), None, TODAY),
        ("1.2", "QNA-KCQ-003", D(500), None, TODAY),
        ("1.3", "QNA-KCQ-003", None, D(0), TODAY),
        ("1.4", "QNA-KCQ-003", D(90), None, TODAY),
    }
    assert {(row.actor, row.handed_by, row.at) for row in made} == {(officer, province.bloc_union, made[0].at)}
    assert all(row.pk for row in made)


def test_what_stands_already_writes_nothing(province, goals):
    give(goals["blood"], province.justice, 40, maximum=50)
    made = give_many(
        [(goals["blood"], province.justice, D("40.0000"), D(50)), (goals["blood"], province.finance, D(7))], on=JULY
    )
    assert [(row.unit, row.minimum) for row in made] == [(province.finance, 7)]
    assert give_many([(goals["blood"], province.justice, D(40), D(50))], on=NEW_YEAR) == []


def test_one_wrong_share_hands_down_none_and_every_wrong_one_is_named(province, goals, officer):
    give(goals["blood"], province.finance, 6, on=TODAY)
    unopened = create_unit(
        code="QNA-KCQ-099",
        name="Mới",
        kind=Kind.GRASSROOTS_BRANCH,
        parent=province.bloc_union,
        opened_on=date(2024, 11, 1),
    )
    own = target(draft(province.bloc_union, "Kế hoạch khác"), "9")
    with pytest.raises(SharesRefused) as refused:
        give_many(
            [
                (goals["blood"], province.justice, D(5)),
                (goals["blood"], province.finance, D(7)),
                (goals["blood"], province.college, D(9), D(8)),
                (goals["studied"], province.college, D(101)),
                (goals["trees"], province.college, D("0.00001")),
                (goals["trees"], unopened, D(1)),
                (goals["trees"], province.rach_gia, D(1)),
                (own, province.justice, D(1)),
            ],
            actor=officer,
        )
    blood, trees = goals["blood"].pk, goals["trees"].pk
    assert wrong_places(refused) == {
        (blood, province.finance.pk): {"effective_on"},
        (blood, province.college.pk): {"maximum"},
        (goals["studied"].pk, province.college.pk): {"minimum"},
        (trees, province.college.pk): {"minimum"},
        (trees, unopened.pk): {"unit"},
        (trees, province.rach_gia.pk): {"unit"},
        (own.pk, province.justice.pk): {"target"},
    }
    assert Allocation.objects.count() == 1


def test_example_e13_many_from_july_on(province, goals):
    give(goals["blood"], province.justice, 5)
    give_many([(goals["blood"], province.justice, D(8))], on=JULY)
    assert allocation_in_force(goals["blood"], province.justice, date(2024, 6, 30)).minimum == 5
    assert allocation_in_force(goals["blood"], province.justice, date(2024, 9, 30)).minimum == 8


def test_a_share_that_counts_already_is_not_overtaken_from_behind(province, goals):
    """A row of March under one of July would change what past months were judged by, and would not count today."""
    give(goals["blood"], province.justice, 5)
    give(goals["blood"], province.justice, 8, on=JULY)
    with pytest.raises(SharesRefused) as refused:
        give_many([(goals["blood"], province.justice, D(6))], on=date(2024, 3, 1))
    (error,) = refused.value.errors.values()
    assert error.message_dict == {"effective_on": ["Mức giao từ ngày 1/7/2024 đã có hiệu lực: hãy chọn ngày muộn hơn."]}
    # One that is yet to come does not stand in the way.
    give(goals["blood"], province.finance, 5, on=date(2024, 12, 1))
    give_many([(goals["blood"], province.finance, D(3))])
    assert allocation_in_force(goals["blood"], province.finance, TODAY).minimum == 3
    assert allocation_in_force(goals["blood"], province.finance, date(2024, 12, 1)).minimum == 5


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1)])
def test_the_day_lies_in_the_plan_s_term(province, goals, day):
    with pytest.raises(ValidationError) as refused:
        give_many([(goals["blood"], province.justice, D(5))], on=day)
    assert set(refused.value.message_dict) == {"effective_on"}


def test_what_somebody_else_changed_since_it_was_seen_is_refused(province, goals):
    seen = give(goals["blood"], province.justice, 5).pk
    give(goals["blood"], province.justice, 8, on=JULY)
    give(goals["trees"], province.justice, 9)
    with pytest.raises(SharesRefused) as refused:
        give_many([(goals["blood"], province.justice, D(7)), (goals["blood"], province.finance, D(1))], seen=seen)
    (place,) = refused.value.errors
    assert place == (goals["blood"].pk, province.justice.pk)
    assert "từ 8 đơn vị máu" in refused.value.errors[place].messages[0]
    assert give_many([(goals["blood"], province.finance, D(1))], seen=seen)[0].minimum == 1


@pytest.mark.parametrize("name", ["secretary", "leader", "administrator", "outsider", "bloc_head", "nobody"])
def test_only_officers_hand_many_down(province, goals, request, name):
    with pytest.raises(PermissionDenied):
        give_many([(goals["blood"], province.justice, D(5))], actor=request.getfixturevalue(name))
    assert Allocation.objects.count() == 0


def test_only_of_the_version_in_force(province, goals):
    plan = goals["blood"].plan
    amendment = amend_plan(actor=None, plan=plan)
    copied = amendment.targets.get(code="1.1")
    with pytest.raises(ValidationError) as refused:
        give_many([(copied, province.justice, D(5))])
    assert refused.value.code == "not_in_force"
    issue(amendment, 2, JULY)
    with pytest.raises(ValidationError) as refused:
        give_many([(goals["blood"], province.justice, D(5))])
    assert refused.value.code == "not_in_force"
    assert len(give_many([(copied, province.justice, D(5))])) == 1
    close_plan(actor=None, plan=amendment)
    with pytest.raises(ValidationError):
        give_many([(copied, province.finance, D(5))])


def test_further_down_only_what_the_unit_was_handed_on_that_day(province, goals):
    give(goals["blood"], province.hospital, 10, on=JULY)
    shares = [(goals[key], province.hospital_surgery, D(2)) for key in ("blood", "trees")]
    with pytest.raises(SharesRefused) as refused:
        give_many(shares, by=province.hospital)
    assert wrong_places(refused) == {(goals["trees"].pk, province.hospital_surgery.pk): {"handed_by"}}
    with pytest.raises(SharesRefused):
        give_many(shares[:1], by=province.hospital, on=NEW_YEAR)
    assert give_many(shares[:1], by=province.hospital)[0].handed_by == province.hospital
    with pytest.raises(ValidationError) as refused:
        give_many(shares[:1], by=province.qna)
    assert set(refused.value.message_dict) == {"handed_by"}


def test_a_hundred_shares_ask_no_more_of_the_database_than_two(province, goals):
    def hand(shares):
        return count_queries(lambda: give_many(shares))

    few = [(goals["blood"], province.justice, D(1)), (goals["trees"], province.finance, D(1))]
    before = hand(few)
    units = [
        create_unit(
            code=f"QNA-KCQ-1{n:02d}", name=f"Chi đoàn {n}", kind=Kind.GRASSROOTS_BRANCH, parent=province.bloc_union,
            opened_on=NEW_YEAR,
        )
        for n in range(25)
    ]  # fmt: skip
    many = [(goals[key], unit, D(3)) for unit in units for key in ("blood", "trees", "studied", "classes")]
    assert len(many) == 100
    assert hand(many) == before == 9  # one asks for the months
    assert Allocation.objects.count() == 102


def test_the_database_itself_refuses_a_share_without_bounds(province, goals):
    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.create(
            target=goals["blood"],
            unit=province.justice,
            effective_on=TODAY,
            handed_by=province.bloc_union,
            at="2024-10-05T08:00+07:00",
        )


def test_nothing_to_hand_down_is_no_error(province, goals):
    nothing: list[Share] = []
    assert (
        hand_down_many(
            actor=None,
            plan=goals["blood"].plan,
            shares=nothing,
            effective_on=TODAY,
            handed_by=province.bloc_union,
            seen=0,
        )
        == []
    )
