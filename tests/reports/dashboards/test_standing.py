"""How a plan and a unit stand, on their own pages: for whom, of which month, and that every number opens."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import RoleName
from plans.enums import PlanState
from plans.models import Plan
from plans.services import close_plan
from plans.versions.amending import amend_plan
from reports.dashboards.standing import plan_part, unit_part
from reports.progress.services import create_periods
from reports.rollups.services import drain_dirty
from tests.reports.dashboards.test_amendment import put_in_place
from tests.reports.dashboards.test_queries import body_with, person, queries_of
from tests.rules.world import amount


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def at_plan(scene, user, plan=None):
    part = plan_part(Plan.objects.get(pk=(plan or scene.blood.plan).pk), user)
    return None if part is None else part.shown


def links_of(text):
    """Number → address of the tally's and the headline's links."""
    found = re.findall(r'<a href="(/dashboard/[^"]+)">(\d+)</a>', text)
    return [(html.unescape(address), int(number)) for address, number in found]


def test_a_plan_stands_at_its_body_as_the_dashboard_counts_it(scene):
    """As the headline of the dashboard: blood at risk, households on track, dialogue silent, two not due."""
    shown = at_plan(scene, scene.person(RoleName.LEADER))
    assert (shown.unit, shown.choice.current.code, shown.choice.basis) == (scene.body, "2024-02", "official")
    assert shown.counts.by_word == {"at_risk": 1, "not_due": 2, "on_track": 1, "no_data": 1}
    assert shown.url == f"/dashboard/QNA/?period=2024-02&basis=official&plan={scene.blood.plan_id}"


def test_a_member_sees_how_the_plan_stands_at_the_own_unit_only(scene):
    """The first unit: its share of blood on track, congress held, learned not due; households without a share."""
    shown = at_plan(scene, scene.person(RoleName.SECRETARY, scene.units[0]))
    assert (shown.unit, shown.counts.by_word) == (scene.units[0], {"on_track": 1, "met": 1, "not_due": 1})
    assert shown.counts.unjudged == 1


@pytest.mark.parametrize("role", [RoleName.ADMINISTRATOR, RoleName.BLOC_HEAD])
def test_who_reads_no_figures_beneath_the_body_sees_nothing(scene, role):
    bloc = scene.blocs[0] if role == RoleName.BLOC_HEAD else None
    assert at_plan(scene, scene.person(role, scene.body, bloc)) is None


def test_nothing_of_a_plan_is_shown_in_another_subtree(scene, client):
    stranger = scene.person(RoleName.LEADER, scene.elsewhere)
    assert at_plan(scene, stranger) is None
    client.force_login(stranger)
    assert client.get(reverse("plans:detail", args=[scene.blood.plan_id])).status_code == 404
    assert client.get(reverse("accounts:unit", args=["QNA"])).status_code == 404
    assert "h-standing" not in client.get(reverse("accounts:unit", args=["KGI"])).text


def test_a_draft_stands_nowhere_and_neither_does_a_version_that_was_replaced(scene, client):
    leader = scene.person(RoleName.LEADER)
    draft = scene.world.target(scene.world.indicator(), minimum="1").plan
    assert (draft.state, at_plan(scene, leader, draft)) == (PlanState.DRAFT, None)
    old = Plan.objects.get(pk=scene.blood.plan_id)
    amended = amend_plan(actor=None, plan=old)
    assert at_plan(scene, leader, amended) is None
    put_in_place(amended)
    amended.refresh_from_db()
    old.refresh_from_db()
    assert at_plan(scene, leader, old) is None
    assert at_plan(scene, leader, amended).counts.total == 5
    client.force_login(leader)
    pages = [client.get(reverse("plans:detail", args=[plan.pk])).text for plan in (draft, old, amended)]
    assert ["h-standing" in page for page in pages] == [False, False, True]


def test_after_its_term_a_plan_stands_as_in_its_last_month(scene):
    create_periods(owner=scene.world.top, year=2025)
    scene.world.on(date(2025, 2, 5))
    plan = Plan.objects.get(pk=scene.blood.plan_id)
    close_plan(actor=None, plan=plan)
    shown = at_plan(scene, scene.person(RoleName.LEADER), plan)
    assert (shown.choice.current.code, shown.counts.total) == ("2024-12", 5)
    assert unit_part(scene.body, scene.person(RoleName.LEADER)) is None


def test_before_its_term_a_plan_stands_nowhere(scene):
    leader, plan = scene.person(RoleName.LEADER), Plan.objects.get(pk=scene.blood.plan_id)
    assert plan_part(plan, leader) is not None
    plan.starts_on = date(2024, 4, 1)
    assert plan_part(plan, leader) is None


def test_every_number_of_a_plan_opens_as_many_targets(scene, client):
    """Of two plans at one body: the dashboard shows the targets of the one asked, with the status asked."""
    world = scene.world
    other = world.target(world.indicator(), minimum="10")
    world.issue()
    world.approve(scene.units[2], 2, {other.indicator: amount(12)})
    drain_dirty()
    world.on(date(2024, 3, 5))
    client.force_login(scene.person(RoleName.LEADER))
    for plan, numbers in ((scene.blood.plan, [1, 1, 1, 2, 1]), (other.plan, [1, 1])):
        text = client.get(reverse("plans:detail", args=[plan.pk])).text
        links = links_of(text)
        assert [number for _address, number in links] == numbers
        for address, number in links[1:]:
            shown = client.get(address.partition("#")[0]).context["shown"]
            rows = [row for group in shown.groups for row in group.rows]
            assert (len(rows), {row.target.plan_id for row in rows}) == (number, {plan.pk})
        assert "month 2/2024, to date, official figures" in text


def test_every_number_at_a_member_opens_as_many_targets(scene, client):
    client.force_login(scene.person(RoleName.SECRETARY, scene.units[0]))
    for page in (reverse("plans:detail", args=[scene.blood.plan_id]), reverse("accounts:unit", args=["QNA-001"])):
        links = [(address, number) for address, number in links_of(client.get(page).text) if "status=" in address]
        assert [number for _address, number in links] == [1, 1, 1]
        for address, number in links:
            groups = client.get(address.partition("#")[0]).context["shown"].groups
            assert sum(len(group.rows) for group in groups) == number


def test_a_unit_stands_in_its_own_plans_and_in_those_above(scene):
    world = scene.world
    own = world.target(world.indicator(), minimum="3", issuer=scene.units[0])
    world.issue()
    shown = unit_part(scene.units[0], scene.person(RoleName.LEADER)).shown
    assert [(one.plan, one.is_of_above, one.counts.by_word) for one in shown.standings] == [
        (own.plan, False, {"no_data": 1}),
        (scene.blood.plan, True, {"on_track": 1, "met": 1, "not_due": 1}),
    ]


def test_a_bloc_head_sees_how_a_member_stands_and_an_administrator_does_not(scene, client):
    head = scene.person(RoleName.BLOC_HEAD, scene.body, scene.blocs[0])
    assert unit_part(scene.units[0], head).shown.standings[0].counts.total == 3
    assert unit_part(scene.units[2], head) is None
    administrator = scene.person(RoleName.ADMINISTRATOR)
    assert unit_part(scene.units[0], administrator) is None
    client.force_login(administrator)
    page = client.get(reverse("accounts:unit", args=["QNA-001"]))
    assert (page.status_code, "h-standing" in page.text) == (200, False)


def test_without_any_month_there_is_nothing_to_show(world):
    target = world.target(world.indicator(), minimum="1")
    world.issue()
    leader = person(RoleName.LEADER, world.body)
    world.on(date(2024, 1, 10))
    assert (plan_part(target.plan, leader), unit_part(world.body, leader)) == (None, None)


# Measured, those of the pages themselves included; more than these is a step back.
PAGES = {"plan": 19, "unit": 18, "member": 16, "plan at a member": 20}


@pytest.mark.parametrize(("units", "targets"), [(3, 3), (20, 3), (3, 20)])
def test_the_pages_ask_the_same_number_of_queries(world, client, units, targets):
    made, found, _blocs = body_with(world, units=units, targets=targets)
    client.force_login(person(RoleName.LEADER, world.body))
    plan = reverse("plans:detail", args=[found[0].plan_id])
    asked = {
        "plan": queries_of(client, plan),
        "unit": queries_of(client, reverse("accounts:unit", args=["QNA"])),
        "member": queries_of(client, reverse("accounts:unit", args=[made[0].code])),
    }
    client.force_login(person(RoleName.SECRETARY, made[0]))
    asked["plan at a member"] = queries_of(client, plan)
    assert asked == PAGES
