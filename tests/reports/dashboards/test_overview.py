"""The dashboard: what is counted, in which group it stands, what beneath it, and that every link keeps the view."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import create_person, grant_role
from core import clock
from reports.dashboards import units_page
from reports.dashboards.choice import choice_of
from reports.dashboards.overview import Wishes, overview_of
from reports.progress.models import Period, ProgressReport
from reports.progress.selectors import periods_of
from reports.progress.services import (
    create_periods,
    grant_extension,
    open_period,
    save_draft,
    set_deadline,
    submit_report,
)
from reports.rollups.services import drain_dirty, mark_dirty
from tests.rules.world import amount


def look(scene, unit=None, *, user=None, basis="official", period="2024-02", plan="", **wishes):
    unit = unit or scene.body
    asked = QueryDict(f"basis={basis}&period={period}&plan={plan}")
    choice = choice_of(asked, list(periods_of(unit)), clock.today())
    reader = user or scene.person(RoleName.LEADER, scene.world.top)
    return overview_of(reader, unit, choice, Wishes(**wishes), clock.today())


def groups_of(shown):
    return {group.heading: {row.target.code for row in group.rows} for group in shown.groups}


def codes(*targets):
    return {target.code for target in targets}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_headline_counts_every_target_once(scene):
    """Blood 18 of floor(120 × 2/12) = 20: at risk. One bloc of two against 100 × 2/12: on track."""
    shown = look(scene)
    assert shown.headline.counts.by_word == {"at_risk": 1, "not_due": 2, "on_track": 1, "no_data": 1}
    assert (shown.headline.counts.good, shown.headline.counts.total) == (1, 5)
    assert [target.code for target in shown.restating] == [scene.repeated.code]


def test_groups_put_what_needs_attention_first(scene):
    assert list(groups_of(look(scene)).items()) == [
        ("Needs attention", codes(scene.blood, scene.dialogue)),
        ("Met or on track", codes(scene.households)),
        ("Not due yet", codes(scene.congress, scene.learned)),
    ]


def test_attention_shows_only_that_group_and_status_only_that_status(scene):
    assert groups_of(look(scene, show="attention")) == {"Needs attention": codes(scene.blood, scene.dialogue)}
    assert groups_of(look(scene, status="not_due")) == {"Not due yet": codes(scene.congress, scene.learned)}
    assert groups_of(look(scene, show="section")) == {"Under no section": codes(*scene.targets)}


def test_provisional_counts_what_awaits_review(scene):
    """38 with the 20 that await review: beyond the pace of 20."""
    shown = look(scene, basis="provisional")
    blood = next(row for group in shown.groups for row in group.rows if row.target == scene.blood)
    assert (blood.figure, blood.in_period, blood.result.status) == ("38", "+26", "on_track")


def test_moves_name_what_changed_since_the_month_before(scene):
    """January: 12 of 10, on track; February: 18 of 20, at risk. The share of blocs stood well in both months."""
    moves = look(scene).headline.moves
    assert [(move.words, [row.target for row in move.rows]) for move in moves] == [("down to at risk", [scene.blood])]


def test_the_first_month_of_the_calendar_has_no_moves(scene):
    assert look(scene, period="2024-01").headline.moves == []


def test_reports_are_counted_beneath_and_by_bloc(scene):
    beneath = look(scene).beneath
    total = beneath.reporting.total
    assert (total.reported, total.required, total.approved, total.submitted) == (2, 5, 1, 1)
    assert [(str(one.bloc), one.counts.reported, one.counts.required) for one in beneath.dots] == [
        ("Khối 1", 2, 3),
        ("Khối 2", 0, 2),
    ]
    assert beneath.dots[1].squares == ["missing", "missing"]


def test_late_list_names_whose_report_is_not_in_hand(scene):
    """Due on 3/3, seen on 5/3."""
    late = look(scene).beneath.late
    assert [(row.unit.code, row.bloc, row.days) for row in late] == [
        ("QNA-001-01", "Bloc 1", 2),
        ("QNA-003", "Bloc 2", 2),
        ("QNA-004", "Bloc 2", 2),
    ]


def test_who_handed_in_after_the_due_day_is_named_as_late(scene):
    world = scene.world
    world.on(date(2024, 3, 4))
    report = world.report_of(scene.units[2], 2)
    saved = save_draft(
        actor=world.clerk,
        report=report,
        entries={scene.blood.indicator.pk: amount(1)},
        narratives={},
        version=report.version,
    )
    submit_report(actor=world.clerk, report=saved, version=saved.version)
    beneath = look(scene).beneath
    assert [one.report.unit.code for one in beneath.handed_in_late] == ["QNA-003"]
    assert beneath.dots[1].squares == ["late", "missing"]


def test_heat_map_has_the_units_by_bloc_and_leaves_out_what_concerns_none(scene):
    heat = look(scene).beneath.heat
    assert codes(*heat.columns) == codes(scene.blood, scene.congress, scene.learned, scene.households)
    assert [(group.heading, [row.unit.code for row in group.rows]) for group in heat.groups] == [
        ("Khối 1", ["QNA-001", "QNA-002"]),
        ("Khối 2", ["QNA-003", "QNA-004"]),
    ]


def test_heat_cells_say_result_and_share_handed_down(scene):
    """The first unit has 13 of its 24 with its branch; the fourth was never heard of."""
    heat = look(scene).beneath.heat
    place = [target.code for target in heat.columns].index(scene.blood.code)
    cells = {row.unit.code: row.cells[place] for row in heat.rows}
    assert {code: cell.text for code, cell in cells.items()} == {
        "QNA-001": "13/24",
        "QNA-002": "5",
        "QNA-003": "0",
        "QNA-004": "–",
    }
    assert (cells["QNA-001"].result.status, cells["QNA-002"].look) == ("on_track", None)


def test_most_red_first_turns_the_blocs_off(scene):
    world = scene.world
    for month in (3, 4, 5, 6):
        world.open(month)
    world.on(date(2024, 7, 5))
    drain_dirty()
    heat = look(scene, period="2024-06", sort="red").beneath.heat
    assert not heat.has_blocs
    assert [row.unit.code for row in heat.rows][-1] == "QNA-001"
    reds = [row.counts.red for row in heat.rows]
    assert reds == sorted(reds, reverse=True)


def test_blocs_are_ranked_by_the_share_that_stands_well(scene):
    """Bloc 1: its first unit's share of blood is on track and its congress held. Bloc 2: nothing stands well."""
    ranks = look(scene).beneath.ranks
    assert [(str(rank.bloc), rank.place, rank.counts.good) for rank in ranks] == [("Khối 1", 1, 2), ("Khối 2", 2, 0)]
    assert (ranks[0].units, ranks[0].reported, ranks[0].required) == (2, 2, 3)


def test_the_map_counts_by_unit_by_target_and_by_bloc(scene):
    """The first unit has a share of blood and held its congress; the others said nothing of what is asked of each."""
    heat = look(scene).beneath.heat
    at_units = {row.unit.code: (row.counts.by_word, row.counts.unjudged) for row in heat.rows}
    assert at_units == {
        "QNA-001": ({"on_track": 1, "met": 1, "not_due": 1}, 1),
        "QNA-002": ({"no_data": 2}, 2),
        "QNA-003": ({"no_data": 2}, 2),
        "QNA-004": ({"no_data": 2}, 2),
    }
    assert {target: (counts.good, counts.judged, counts.unjudged) for target, counts in heat.foot} == {
        scene.blood: (1, 1, 3),
        scene.congress: (1, 4, 0),
        scene.learned: (0, 3, 0),
        scene.households: (0, 0, 4),
    }
    assert {str(bloc): (counts.good, counts.judged, counts.total) for bloc, counts in heat.blocs.items()} == {
        "Khối 1": (2, 4, 5),
        "Khối 2": (0, 4, 4),
    }
    assert [(target, counts.judged) for target, counts in heat.first(1).foot] == [
        (target, counts.judged) for target, counts in heat.foot
    ]


def test_one_plan_alone_is_counted_and_shown(scene):
    other = scene.world.target(scene.world.indicator(), "issuer_own", minimum="1")
    scene.world.issue()
    both, one = look(scene), look(scene, plan=str(other.plan_id))
    assert (both.headline.counts.total, both.only_plan) == (6, None)
    assert (groups_of(one), one.only_plan) == ({"Needs attention": codes(other)}, other.plan)
    assert one.headline.counts.by_word == {"no_data": 1}
    assert (one.beneath.heat.columns, one.restating) == ([], [])
    unknown = look(scene, plan="100000")
    assert (unknown.headline.counts, unknown.only_plan) == (both.headline.counts, None)


def test_a_unit_without_a_plan_sees_the_targets_that_concern_it_held_at_itself(scene):
    shown = look(scene, scene.units[0])
    assert shown.is_of_superiors
    rows = {row.target: row for group in shown.groups for row in group.rows}
    assert set(rows) == {scene.blood, scene.congress, scene.learned, scene.households}
    assert (rows[scene.blood].figure, rows[scene.blood].result.minimum) == ("13", 24)
    assert (rows[scene.congress].figure, rows[scene.congress].result.status) == ("Done on 20/1", "met")


def test_a_body_above_without_a_plan_says_so_and_leads_to_its_units(scene, client):
    client.force_login(scene.person(RoleName.LEADER, scene.world.top))
    page = client.get(reverse("reports:dashboard", args=["TW"]))
    assert "No targets to show" in page.text
    assert 'href="/dashboard/QNA/?period=2024-02&amp;basis=official"' in page.text


def test_a_body_with_one_target_and_many_units(scene):
    world = scene.world
    units = [world.unit(f"KGI-{n}", parent=scene.elsewhere) for n in range(1, 4)]
    only = world.target(world.indicator(), issuer=scene.elsewhere, minimum="10")
    world.issue()
    world.approve(units[0], 3, {only.indicator: amount(4)})
    world.on(date(2024, 4, 5))
    drain_dirty()
    shown = look(scene, scene.elsewhere, period="2024-03")
    assert (shown.headline.counts.total, len(shown.beneath.heat.rows), shown.beneath.heat.columns) == (1, 3, [only])
    assert not shown.beneath.heat.has_blocs


def test_a_plan_of_another_year_is_not_shown(scene):
    create_periods(owner=scene.world.top, year=2025)
    scene.world.on(date(2025, 2, 5))
    shown = look(scene, period="2025-01")
    assert (shown.headline.counts.total, shown.groups, shown.has_targets) == (0, [], False)


def test_without_any_month_the_page_says_why(world, client):
    Period.objects.all().delete()
    user = create_person(username="lanh.dao", full_name="Lãnh đạo", password=None)
    grant_role(actor=None, user=user, unit=world.body, name=RoleName.LEADER)
    client.force_login(user)
    page = client.get(reverse("reports:dashboard-own"), follow=True)
    assert (page.status_code, "No month can be looked at yet" in page.text) == (200, True)


def test_the_map_by_name(scene):
    for unit, name in zip(scene.units, ("Sở Y tế", "Ưu tiên", "Đài", "Ban Dân vận"), strict=True):
        unit.short_name = name
        unit.save(update_fields=["short_name"])
    heat = look(scene, sort="name").beneath.heat
    assert [row.unit.short_name for row in heat.rows] == ["Ban Dân vận", "Đài", "Sở Y tế", "Ưu tiên"]
    assert not heat.has_blocs


def test_the_map_by_one_target_puts_the_worst_first_and_contributions_last(scene):
    """Of the congress: three were not heard of, the first is done. Of blood: the first is judged, by its share."""
    by_congress = look(scene, sort=str(scene.congress.pk)).beneath.heat
    assert [row.unit.code for row in by_congress.rows] == ["QNA-002", "QNA-003", "QNA-004", "QNA-001"]
    by_blood = look(scene, sort=str(scene.blood.pk)).beneath.heat
    assert [row.unit.code for row in by_blood.rows] == ["QNA-001", "QNA-003", "QNA-004", "QNA-002"]


@pytest.mark.parametrize("sort", ["", "100000", "blocs"])
def test_an_order_that_is_none_leaves_the_map_by_bloc(scene, sort):
    assert [group.heading for group in look(scene, sort=sort).beneath.heat.groups] == ["Khối 1", "Khối 2"]


def test_a_cell_says_what_is_asked_apart_from_what_is_reached(scene):
    heat = look(scene).beneath.heat
    cells = {cell.result.target: cell for cell in heat.rows[0].cells}
    parts = {target: (cell.reached, cell.asked) for target, cell in cells.items()}
    assert parts == {
        scene.blood: ("13", "/24"),
        scene.congress: ("20/1", ""),
        scene.learned: ("87,5", ""),
        scene.households: ("–", ""),
    }


@pytest.mark.parametrize(("columns", "density"), [(12, "few"), (13, "some"), (20, "some"), (26, "many"), (27, "dense")])
def test_the_closer_the_columns_the_denser_the_paper(scene, columns, density):
    heat = look(scene).beneath.heat
    assert replace(heat, columns=[scene.blood] * columns).density == density


def test_a_part_of_the_map_says_on_paper_that_it_is_one(scene, client, monkeypatch):
    client.force_login(scene.person(RoleName.LEADER))
    address = reverse("reports:units", args=["QNA"])
    assert "These are" not in client.get(address).text
    monkeypatch.setattr(units_page, "ROWS_SHOWN", 3)
    assert "These are 3 of 4 units" in client.get(address).text
    assert "These are" not in client.get(address, {"all": "1"}).text


def test_every_way_on_keeps_the_plan(scene, client):
    """From the dashboard to the map, to figures, to other months and back; only “Show all” lets go of it."""
    plan = str(scene.blood.plan_id)
    scene.world.target(scene.world.indicator(), "issuer_own", minimum="1")
    scene.world.issue()
    client.force_login(scene.person(RoleName.LEADER))
    bloc = reverse("reports:bloc", args=["QNA", 1])
    target = reverse("reports:target", args=[scene.blood.pk, "QNA"])
    for address in (reverse("reports:dashboard", args=["QNA"]), reverse("reports:units", args=["QNA"]), bloc, target):
        text = client.get(address, {"period": "2024-01", "plan": plan}).text
        links = re.findall(r'(?:href|hx-get)="(/(?:targets/\d+/at|dashboard)/[^"#]+)', text)
        ways = {link.partition("?")[2] for link in links if link != "/dashboard/"}
        assert {way for way in ways if f"plan={plan}" not in way} == set()
        assert len(ways) > 0
        dropping = [link for link in re.findall(r'href="(\?[^"#]*)', text) if "plan=" not in link]
        assert len(dropping) <= 1


@pytest.mark.parametrize("basis", ["official", "provisional"])
def test_links_to_figures_keep_month_and_basis(scene, client, basis):
    client.force_login(scene.person(RoleName.LEADER))
    page = client.get(reverse("reports:dashboard", args=["QNA"]), {"period": "2024-01", "basis": basis})
    links = re.findall(r'href="(/(?:targets/\d+/at|dashboard)/[^"#]+)', page.text)
    assert len(links) > 20
    assert {link.partition("?")[2] for link in links if link != "/dashboard/"} == {f"period=2024-01&amp;basis={basis}"}


def test_every_link_of_the_page_opens(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    page = client.get(reverse("reports:dashboard", args=["QNA"]), {"basis": "provisional"})
    own = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*|\?[^"#]*)', page.text)}
    pages = [link for link in own if not link.startswith("/static")]
    answers = {link: client.get(link if link[0] == "/" else f"/dashboard/QNA/{link}").status_code for link in pages}
    assert {link: code for link, code in answers.items() if code not in (200, 302)} == {}


def test_provisional_says_so_and_official_does_not(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    address = reverse("reports:dashboard", args=["QNA"])
    assert "Provisional figures:" in client.get(address, {"basis": "provisional"}).text
    assert "Provisional figures:" not in client.get(address, {"basis": "official"}).text


def test_marks_that_wait_are_told_until_they_are_drained(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    address = reverse("reports:dashboard", args=["QNA"])
    assert "being added up" not in client.get(address).text
    mark_dirty(unit=scene.branch, period=scene.world.periods[2])
    assert "being added up" in client.get(address).text
    assert "being added up" not in client.get(reverse("reports:dashboard", args=["QNA-003"])).text
    drain_dirty()
    assert "being added up" not in client.get(address).text


def test_a_page_that_waits_is_changed_once_the_figures_are_there(scene, client):
    """As often as it asks before, it is left as the reader has it: nothing jumps, no list closes."""
    client.force_login(scene.person(RoleName.LEADER))
    pages = [
        reverse("reports:dashboard", args=["QNA"]),
        reverse("reports:target", args=[scene.blood.pk, "QNA"]),
    ]
    by_itself = {"HX-Request": "true", "HX-Target": "main"}
    mark_dirty(unit=scene.branch, period=scene.world.periods[2])
    assert [client.get(page, headers=by_itself).status_code for page in pages] == [204, 204]
    drain_dirty()
    told = [client.get(page, headers=by_itself) for page in pages]
    assert [page.status_code for page in told] == [200, 200]
    assert all('<main id="main"' in page.text and "being added up" not in page.text for page in told)


def test_updated_at_is_the_newest_change_of_the_basis(scene):
    """The second unit handed in after the first was approved, which official figures do not know."""
    official, provisional = look(scene), look(scene, basis="provisional")
    first, second = (scene.world.report_of(unit, 2) for unit in scene.units[:2])
    assert official.changed_at == first.events.get(action="approve").at
    assert provisional.changed_at == second.events.get(action="submit").at


def test_the_days_told_are_those_that_hold_for_the_unit(scene):
    def days(unit) -> list[str]:
        return [line.when for line in look(scene, unit).agenda.items if "reports" in line.title.lower()]

    first, second = scene.units[:2]
    march = Period.objects.get(year=2024, month=3)
    ordinary = ["15/3", "3/4"]
    assert days(scene.body) == days(first) == ordinary
    due_on, locks_on = date(2024, 4, 1), date(2024, 4, 4)
    set_deadline(period=march, unit=scene.body, due_on=due_on, locks_on=locks_on)
    assert days(scene.elsewhere) == ordinary
    assert days(scene.body) == days(first) == ["15/3", "1/4", "4/4"]
    open_period(period=march)
    report = ProgressReport.objects.get(unit=second, period=march)
    more = {"due_on": date(2024, 4, 2), "locks_on": locks_on}
    grant_extension(actor=scene.world.officer, report=report, reason="Bão.", **more)
    assert days(second) == ["15/3", "2/4", "4/4"]
