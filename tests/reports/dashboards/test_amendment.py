"""What an amendment does to figures: nothing where it changes nothing, one target where it changes one."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from activities.selectors import board, outcomes_for
from activities.services import mark_done, record_participation
from plans.models import Plan
from plans.services import issue_plan, send_to_leader
from plans.versions.amending import amend_plan
from reports.dashboards.choice import choice_of
from reports.dashboards.selectors import targets_at
from reports.documents.building.report import _plans, _targets
from reports.progress.asked import Organisation, asked_of, targets_in_force, units_asked, units_that_owe
from reports.progress.selectors import periods_of
from reports.progress.services import submit_report
from reports.rollups.audit import audit_rollups
from reports.rollups.selectors import heat_map
from reports.rollups.services import drain_dirty
from targets.models import Target
from tests.making import activity
from tests.rules.world import amount
from units.models import Unit

BASES = ("official", "provisional")


def in_force() -> dict[str, Target]:
    rows = Target.objects.counted().filter(plan__in=Plan.objects.in_force())
    return {target.code: target for target in rows.select_related("plan__unit", "indicator")}


def standing(scene) -> dict[tuple[str, str, int, str], tuple[object, ...]]:
    """How every target in force stands at every unit, in every month opened, on either basis."""
    drain_dirty()
    units, targets = list(Unit.objects.order_by("path")), in_force()
    found = {}
    for month in (1, 2):
        for basis in BASES:
            period = scene.world.periods[month]
            cells = heat_map(targets=list(targets.values()), units=units, period=period, basis=basis).cells
            for code, target in targets.items():
                for unit in units:
                    cell = cells[unit.pk, target.pk]
                    found[code, unit.code, month, basis] = (
                        *(cell.minimum, cell.maximum, cell.value, cell.numerator, cell.denominator, cell.in_period),
                        *(cell.expected, cell.status, cell.completion, cell.reported, cell.required, cell.carried),
                        cell.concerned,
                    )
    return found


def asked(scene) -> dict[tuple[str, int], list[tuple[str, list[str], list[str]]]]:
    """What every unit is asked in every month of the year."""
    return {
        (unit.code, month): [
            (one.indicator.name, [row.code for row in one.targets], [row.code for row in one.carried])
            for one in asked_of(unit, period)
        ]
        for unit in Unit.objects.order_by("path")
        for month, period in scene.world.periods.items()
    }


def owing(scene) -> dict[int, list[str]]:
    return {month: sorted(unit.code for unit in units_that_owe(row)) for month, row in scene.world.periods.items()}


def put_in_place(amendment: Plan) -> Plan:
    send_to_leader(actor=None, plan=amendment)
    return issue_plan(actor=None, plan=amendment, number=99, issued_on=date(2024, 2, 20), place="Quảng Nam")


@pytest.fixture
def plan(scene) -> Plan:
    return scene.blood.plan


def test_an_amendment_that_changes_nothing_changes_nothing(scene, plan):
    before = standing(scene), asked(scene), owing(scene)
    amendment = amend_plan(actor=None, plan=plan)
    assert (standing(scene), asked(scene), owing(scene)) == before
    put_in_place(amendment)
    assert {target.plan for target in in_force().values()} == {amendment}
    assert (standing(scene), asked(scene), owing(scene)) == before
    assert audit_rollups() == []


def test_amended_again_and_again_it_is_still_counted_once(scene, plan):
    before = standing(scene), asked(scene)
    version = plan
    for number in (97, 98):
        version = amend_plan(actor=None, plan=version)
        send_to_leader(actor=None, plan=version)
        version = issue_plan(actor=None, plan=version, number=number, issued_on=date(2024, 2, 20), place="Quảng Nam")
    assert (standing(scene), asked(scene)) == before
    units = {row.pk for target in in_force().values() for row in units_asked(target, scene.world.periods[1])}
    assert units == {unit.pk for unit in [scene.body, *scene.units, scene.branch]}


@pytest.mark.parametrize("name", ["blood", "congress", "learned", "households", "dialogue"])
def test_what_is_changed_in_one_target_changes_that_one_only(scene, plan, name):
    target = getattr(scene, name)
    before, was_asked = standing(scene), asked(scene)
    amendment = amend_plan(actor=None, plan=plan)
    change = {"required_share": Decimal(50)} if name == "congress" else {"minimum": target.minimum * Decimal("0.9")}
    amendment.targets.filter(origin=target).update(**change)
    assert standing(scene) == before
    put_in_place(amendment)
    after = standing(scene)
    assert {key[0] for key in before if before[key] != after[key]} <= {target.code}
    if name != "congress":
        assert before[target.code, "QNA", 1, "official"] != after[target.code, "QNA", 1, "official"]
    assert asked(scene) == was_asked


def test_a_target_left_out_is_asked_no_more_and_what_was_reported_stays(scene, plan):
    amendment = amend_plan(actor=None, plan=plan)
    amendment.targets.filter(origin=scene.households).delete()
    put_in_place(amendment)
    names = {name for found in asked(scene).values() for name, _codes, _carried in found}
    assert scene.households.indicator.name not in names
    assert scene.households.indicator.targets.first().plan == plan
    kept = scene.world.report_of(scene.units[1], 1).entries.get(indicator=scene.households.indicator)
    assert kept.amount == 1


def test_a_report_begun_before_can_be_handed_in_after(scene, plan):
    """With a figure for a target that the amendment leaves out: the form does not show it, and it is kept."""
    unit, gone = scene.units[1], scene.households.indicator
    scene.world.draft(unit, 3, {gone: amount(2), scene.blood.indicator: amount(7)})
    amendment = amend_plan(actor=None, plan=plan)
    amendment.targets.filter(origin=scene.households).delete()
    put_in_place(amendment)
    report = submit_report(actor=scene.world.clerk, report=scene.world.report_of(unit, 3), version=1)
    assert report.state == "submitted"
    assert set(report.entries.values_list("indicator", "amount")) == {(gone.pk, 2), (scene.blood.indicator_id, 7)}
    approved = scene.world.report_of(unit, 1)
    assert scene.world.correct(unit, 1, {scene.blood.indicator: amount(6)}).state == "approved"
    assert approved.entries.get(indicator=gone).amount == 1


def test_the_address_of_an_amended_target_leads_on(client, scene, plan):
    client.force_login(scene.person(RoleName.LEADER))
    amendment = put_in_place(amend_plan(actor=None, plan=plan))
    later = amendment.targets.get(origin=scene.blood)
    answer = client.get(f"/targets/{scene.blood.pk}/at/QNA-001/?period=2024-02&basis=official")
    assert answer["Location"] == f"/targets/{later.pk}/at/QNA-001/?period=2024-02&basis=official"
    assert client.get(answer["Location"]).status_code == 200


def test_the_board_and_dashboard_show_each_thing_once(client, scene, plan):
    activity(scene.body, "Hội trại", plan=plan, windows=[(date(2024, 3, 1), date(2024, 3, 31), "month")])
    client.force_login(scene.person(RoleName.LEADER))
    before = client.get("/dashboard/QNA/?period=2024-02").content.decode()
    put_in_place(amend_plan(actor=None, plan=plan))
    after = client.get("/dashboard/QNA/?period=2024-02").content.decode()
    for words in ("Hội trại", *(target.name for target in scene.targets)):
        assert (words, after.count(words)) == (words, before.count(words))
    for address in ("/activities/board/?unit=QNA&year=2024", "/activities/month/?unit=QNA&year=2024&month=3"):
        assert client.get(address).content.decode().count("Hội trại</") == 1


def test_pages_and_paper_take_the_latest_version(scene, plan):
    leader = scene.person(RoleName.LEADER)
    choice = choice_of({}, list(periods_of(scene.body)), date(2024, 3, 5))
    amendment = put_in_place(amend_plan(actor=None, plan=plan))
    shown = targets_at(leader, scene.body, choice)
    assert {target.plan for target in [*shown.own, *shown.superior, *shown.restating]} == {amendment}
    period = scene.world.periods[2]
    assert _plans(scene.body, period) == [amendment]
    assert {target.plan for target in _targets([amendment])} == {amendment}


def test_an_activity_done_before_is_offered_and_shown_once(scene, plan):
    day = activity(scene.units[0].parent, "Ngày hội", plan=plan, scope="all_units", indicators=[scene.blood.indicator])
    amendment = amend_plan(actor=None, plan=plan)
    facts = {"unit": scene.units[0], "done_on": date(2024, 2, 9), "figures": {scene.blood.indicator: Decimal(47)}}
    record_participation(actor=None, activity=day, **facts)
    mark_done(actor=None, activity=day, done_on=date(2024, 2, 9))
    february = scene.world.periods[2]
    for stage in ("draft", "issued"):
        if stage == "issued":
            put_in_place(amendment)
        offered = outcomes_for(scene.units[0], february.first_day, february.last_day)
        assert [(one.activity.name, one.amount) for one in offered] == [("Ngày hội", Decimal(47))]
        assert [row.name for row in board(scene.body, 2024)] == ["Ngày hội"]
    assert offered[0].activity.plan == amendment


def test_what_is_reported_after_the_amendment_counts_for_it(scene, plan):
    amendment = put_in_place(amend_plan(actor=None, plan=plan))
    scene.world.approve(scene.units[2], 3, {scene.blood.indicator: amount(40)})
    later = amendment.targets.select_related("plan__unit", "indicator").get(origin=scene.blood)
    assert scene.world.result(later, 3).value == 58
    assert len(targets_in_force(scene.world.periods[3], Organisation.on(date(2024, 3, 31), Unit.objects.all()))) == 5
