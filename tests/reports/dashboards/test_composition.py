"""What a figure is made of: its parts make it up, its months lead to reports, and words say what is missing."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.enums import RoleName
from core import clock
from reports.dashboards.choice import choice_of
from reports.dashboards.composition import composition_of
from reports.progress.selectors import periods_of


def open_figure(scene, target, unit=None, *, user=None, basis="official", period="2024-02"):
    unit = unit or scene.body
    choice = choice_of(QueryDict(f"basis={basis}&period={period}"), list(periods_of(unit)), clock.today())
    return composition_of(user or scene.person(RoleName.LEADER), unit, target, choice)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_units_make_up_a_pooled_figure(scene):
    shown = open_figure(scene, scene.blood)
    assert (shown.row.figure, shown.parts_kind) == ("18", "children")
    values = {part.name: part.result.value for part in shown.parts}
    assert values == {
        "Đoàn cơ sở QNA-001": 13,
        "Đoàn cơ sở QNA-002": 5,
        "Đoàn cơ sở QNA-003": 0,
        "Đoàn cơ sở QNA-004": None,
    }
    assert sum(value or 0 for value in values.values()) == shown.result.value


def test_own_work_and_children_make_up_a_units_figure(scene):
    shown = open_figure(scene, scene.blood, scene.units[0])
    assert (shown.own.result.value, [part.result.value for part in shown.parts], shown.result.value) == (10, [3], 13)
    assert shown.own_report_url == "/reports/QNA-001/2024-02/"


def test_carriers_are_shown_one_by_one(scene):
    shown = open_figure(scene, scene.congress)
    assert (shown.row.figure, shown.parts_kind, shown.own) == ("1/4", "carriers", None)
    assert {part.name: part.row.figure for part in shown.parts} == {
        "Đoàn cơ sở QNA-001": "Done on 20/1",
        "Đoàn cơ sở QNA-002": "–",
        "Đoàn cơ sở QNA-003": "–",
        "Đoàn cơ sở QNA-004": "–",
    }


def test_blocs_are_shown_one_by_one_and_lead_to_their_members(scene):
    shown = open_figure(scene, scene.households)
    assert (shown.row.figure, shown.parts_kind) == ("1/2", "blocs")
    assert [(part.name, part.row.figure, part.row.url) for part in shown.parts] == [
        ("Khối 1", "1", "/dashboard/QNA/?period=2024-02&basis=official#bloc-1"),
        ("Khối 2", "–", "/dashboard/QNA/?period=2024-02&basis=official#bloc-2"),
    ]


def test_ratios_show_both_numbers_and_how_many_reported(scene):
    shown = open_figure(scene, scene.learned)
    assert (shown.row.figure, shown.row.beside) == ("35/40", "87,5%")
    assert (shown.result.reported, shown.result.required) == (2, 6)


def test_months_show_to_date_and_lead_to_the_units_reports(scene):
    shown = open_figure(scene, scene.blood, scene.branch)
    assert [(row.code, row.added, row.figure, row.report_url) for row in shown.months] == [
        ("2024-01", "+3", "3", "/reports/QNA-001-01/2024-01/"),
        ("2024-02", "–", "3", "/reports/QNA-001-01/2024-02/"),
    ]
    assert (shown.parts, shown.own) == ([], None)


def test_what_was_handed_down_is_held_against_the_target(scene):
    shares = open_figure(scene, scene.blood).shares
    assert (shares.handed, shares.due, shares.gap, shares.units) == (24, 120, -96, 1)


def test_shares_of_carriers_do_not_add_up(scene):
    assert open_figure(scene, scene.congress).shares is None


def test_a_restatement_shows_the_figure_of_its_original(scene):
    shown = open_figure(scene, scene.repeated)
    assert (shown.row.figure, shown.target) == ("18", scene.repeated)


def test_the_issuers_own_target_asks_nothing_of_units_and_says_so(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    page = client.get(reverse("reports:target", args=[scene.dialogue.pk, "QNA-002"]))
    assert (page.status_code, "This target asks nothing of the unit" in page.text) == (200, True)


def test_the_source_leads_to_the_plan_where_it_can_be_read(scene):
    assert open_figure(scene, scene.blood).plan == scene.blood.plan
    member = scene.person(RoleName.SECRETARY, scene.units[1])
    assert open_figure(scene, scene.blood, scene.units[1], user=member).plan == scene.blood.plan


@pytest.mark.parametrize("basis", ["official", "provisional"])
def test_every_figure_page_beneath_the_body_opens(scene, client, basis):
    client.force_login(scene.person(RoleName.LEADER))
    for target in [*scene.targets, scene.repeated]:
        for unit in [scene.body, scene.units[0], scene.branch, scene.units[3]]:
            page = client.get(reverse("reports:target", args=[target.pk, unit.code]), {"basis": basis})
            assert page.status_code == 200
