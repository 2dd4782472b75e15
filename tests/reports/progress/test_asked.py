"""Who is asked what (domain: Targets, 2) and who owes a report."""

from datetime import date
from decimal import Decimal

import pytest

from plans.services import create_plan, issue_plan, send_to_leader
from reports.progress.asked import answering_once, asked_of, carriers_of, units_asked, units_that_owe
from reports.progress.models import ProgressReport
from reports.progress.services import create_periods, open_period
from targets.services import add_target
from tests.reports.progress.scenes import indicator_of
from units.services import close_unit, create_unit, join_bloc


def codes(units) -> set[str]:
    return {unit.code for unit in units}


BENEATH = {"QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-001-02", "QNA-KCQ-002", "QNA-KCQ-003", "QNA-KCQ-004"}


def test_issuer_own_asks_the_issuer_alone(resolution, september):
    assert codes(units_asked(resolution.dialogue, september)) == {"QNA-KCQ"}


def test_pooled_asks_the_issuer_and_everyone_beneath(resolution, september):
    assert codes(units_asked(resolution.blood, september)) == BENEATH | {"QNA-KCQ"}


def test_each_unit_milestone_asks_the_carriers_only(resolution, september):
    carriers = {"QNA-KCQ-003", "QNA-KCQ-004"}
    assert codes(units_asked(resolution.congress, september)) == carriers
    assert codes(carriers_of(resolution.congress, september)) == carriers


def test_each_unit_amount_asks_the_reporting_units_beneath_a_carrier_too(resolution, september):
    assert codes(units_asked(resolution.works, september)) == BENEATH
    assert codes(carriers_of(resolution.works, september)) == {f"QNA-KCQ-00{n}" for n in (1, 2, 3, 4)}


def test_each_bloc_asks_the_members_and_those_beneath_them(province, resolution, september):
    assert codes(units_asked(resolution.households, september)) == BENEATH
    assert carriers_of(resolution.households, september) == []


def test_each_bloc_does_not_ask_who_is_in_no_bloc(province, resolution, september):
    alone = create_unit(
        code="QNA-KCQ-009",
        name="Chi đoàn Thanh tra",
        kind="grassroots_branch",
        parent=province.bloc_union,
        opened_on=date(2024, 1, 1),
    )
    assert alone.code not in codes(units_asked(resolution.households, september))
    join_bloc(unit=alone, bloc=province.bloc_1, on=date(2024, 9, 30))
    assert alone.code in codes(units_asked(resolution.households, september))


def test_a_unit_that_does_not_report_is_not_asked_but_carries(province, resolution, september):
    province.hospital.is_reporting = False
    province.hospital.save(update_fields=["is_reporting"])
    assert "QNA-KCQ-001" not in codes(units_asked(resolution.works, september))
    assert {"QNA-KCQ-001-01", "QNA-KCQ-001-02"} <= codes(units_asked(resolution.works, september))
    assert "QNA-KCQ-001" in codes(carriers_of(resolution.works, september))


@pytest.mark.parametrize(
    "unit", ["bloc_union", "hospital", "hospital_surgery", "justice", "college", "qna", "rach_gia"]
)
def test_both_directions_agree(unit, province, resolution, september):
    """What a unit is asked is exactly what asks it."""
    here = getattr(province, unit)
    targets = {target for one in asked_of(here, september) for target in one.targets}
    all_targets = list(resolution.plan.targets.counted().select_related("plan__unit", "indicator"))
    assert targets == {target for target in all_targets if here in units_asked(target, september)}


def test_asked_of_comes_by_topic_and_in_the_order_of_the_plan(province, resolution, september):
    asked = asked_of(province.justice, september)
    assert [one.targets[0].code for one in asked] == ["1.1", "1.2", "1.5", "1.6", "1.7", "1.8", "1.3"]
    assert {one.targets[0].code for one in asked if one.carried} == {"1.6", "1.3"}


def test_report_once_one_indicator_of_two_plans_is_asked_once(province, resolution, september):
    plan = create_plan(
        actor=None,
        unit=province.qna,
        kind="orientation",
        title="Định hướng",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
    )
    target = add_target(
        plan=plan,
        code="A",
        name="Máu",
        indicator=resolution.blood.indicator,
        carried_by="pooled",
        minimum=Decimal(5000),
    )
    draft = [one for one in asked_of(province.justice, september) if one.indicator == resolution.blood.indicator]
    assert [one.targets for one in draft] == [(resolution.blood,)]
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=1, issued_on=date(2024, 1, 10), place="Quảng Nam")
    issued = [one for one in asked_of(province.justice, september) if one.indicator == resolution.blood.indicator]
    assert [one.targets for one in issued] == [(target, resolution.blood)]


def test_a_target_is_asked_from_its_first_period_to_the_end_of_the_plan(province, resolution, periods):
    """The congress was due in June; it is asked on, so that a late one can be reported; what starts later not yet."""
    late = [month for month, period in periods.items() if resolution.congress in units_asking(province.justice, period)]
    assert late == list(range(1, 13))
    campaign = indicator_of(province.top, "Trồng cây")
    plan = create_plan(
        actor=None,
        unit=province.bloc_union,
        kind="plan",
        title="Kế hoạch hè",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 8, 31),
    )
    target = add_target(
        plan=plan,
        code="1",
        name="Cây",
        indicator=campaign,
        carried_by="pooled",
        minimum=Decimal(1),
        starts_on=date(2024, 6, 1),
        due_on=date(2024, 7, 31),
    )
    send_to_leader(actor=None, plan=plan)
    issue_plan(actor=None, plan=plan, number=9, issued_on=date(2024, 1, 10), place="Quảng Nam")
    asked = [month for month, period in periods.items() if target in units_asking(province.justice, period)]
    assert asked == [6, 7, 8]


def units_asking(unit, period) -> set:
    return {target for one in asked_of(unit, period) for target in one.targets}


def test_a_restatement_asks_nothing_of_its_own(province, resolution, september):
    restated = resolution.plan.targets.get(code="2.2")
    assert restated.restates == resolution.congress
    asked = [one for one in asked_of(province.justice, september) if one.indicator == resolution.congress.indicator]
    assert [one.targets for one in asked] == [(resolution.congress,)]


def test_who_is_closed_on_the_last_day_is_asked_nothing_and_owes_nothing(province, resolution, periods):
    close_unit(unit=province.justice, on=date(2024, 9, 30))
    justice = type(province.justice).objects.get(code="QNA-KCQ-003")
    assert asked_of(justice, periods[9]) == []
    assert justice not in units_that_owe(periods[9])
    assert justice in units_that_owe(periods[8])


def test_a_unit_split_off_carries_only_targets_that_start_after_it_opened(province, resolution, september):
    young = create_unit(
        code="QNA-KCQ-010",
        name="Chi đoàn Sở Nội vụ",
        kind="grassroots_branch",
        parent=province.bloc_union,
        opened_on=date(2024, 5, 1),
    )
    from units.enums import SuccessionKind
    from units.models import Succession

    assert young in carriers_of(resolution.congress, september)
    Succession.objects.create(predecessor=province.justice, successor=young, kind=SuccessionKind.SPLIT)
    assert young not in carriers_of(resolution.congress, september)
    assert young not in units_asked(resolution.congress, september)
    assert young in units_asked(resolution.blood, september)


def test_the_number_of_queries_does_not_grow_with_targets(province, resolution, september, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(asked_of(province.justice, september)) == 7


def test_opening_makes_a_report_for_everyone_who_owes(province, resolution):
    first = create_periods(owner=province.top, year=2024)[0]
    assert open_period(period=first) == 7
    made = set(ProgressReport.objects.filter(period=first).values_list("unit__code", "state"))
    assert made == {(code, "not_started") for code in BENEATH | {"QNA-KCQ"}}
    assert first.opened_at is not None
    opened = first.opened_at
    create_unit(
        code="QNA-KCQ-011",
        name="Chi đoàn mới",
        kind="grassroots_branch",
        parent=province.bloc_union,
        opened_on=date(2024, 1, 31),
    )
    assert open_period(period=first) == 1
    assert first.opened_at == opened


def test_within_one_request_it_is_read_once(province, resolution, september, django_assert_num_queries):
    justice, finance = province.justice, province.finance
    with answering_once():
        first = asked_of(justice, september)
        with django_assert_num_queries(0):
            assert asked_of(justice, september) == first
        assert asked_of(finance, september) == asked_of(finance, september)
    assert asked_of(justice, september) == first
