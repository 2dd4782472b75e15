"""What a figure is made of: its parts make it up, its months lead to reports, and words say what is missing."""

import html
import re
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.enums import RoleName
from core import clock, files
from reports.dashboards import composition
from reports.dashboards.choice import choice_of
from reports.dashboards.composition import composition_of
from reports.progress.models import Evidence
from reports.progress.selectors import periods_of
from reports.progress.services import save_draft, submit_report
from reports.progress.services.evidence import FILE_KIND
from reports.rollups.services import drain_dirty
from tests.rules.world import amount
from units.services import leave_bloc


def open_figure(scene, target, unit=None, *, user=None, basis="official", period="2024-02"):
    unit = unit or scene.body
    choice = choice_of(QueryDict(f"basis={basis}&period={period}"), list(periods_of(unit)), clock.today())
    return composition_of(user or scene.person(RoleName.LEADER), unit, target, choice)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def evidence(scene) -> bytes:
    """Paper that was laid under the first unit's report of January; what it holds."""
    content, clerk = b"%PDF-1.7 list of donors", scene.world.clerk
    report = scene.world.report_of(scene.units[0], 1)
    stored = files.store(
        kind=FILE_KIND,
        subject=str(report.pk),
        name="donors.pdf",
        content=content,
        content_type="application/pdf",
        created_by=clerk,
    )
    Evidence.objects.create(report=report, file=stored, caption="Donors", added_by=clerk, added_at=clock.now())
    return content


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
        ("Khối 1", "1", f"/dashboard/QNA/blocs/1/?period=2024-02&basis=official&target={scene.households.pk}"),
        ("Khối 2", "–", f"/dashboard/QNA/blocs/2/?period=2024-02&basis=official&target={scene.households.pk}"),
    ]


def test_a_bloc_opens_what_its_members_have_of_the_target_alone(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    for part in open_figure(scene, scene.households).parts:
        shown = client.get(part.row.url).context["shown"]
        assert (shown.only_target, shown.heat.columns) == (scene.households, [scene.households])
        members = [row.unit for row in shown.heat.rows]
        assert members == (scene.units[:2] if part.name == "Khối 1" else scene.units[2:])
        values = [row.cells[0].result.value for row in shown.heat.rows]
        assert values == ([None, 1] if part.name == "Khối 1" else [None, None])


def test_a_bloc_that_nobody_is_in_any_more_leads_nowhere(scene):
    for unit in scene.units[2:]:
        leave_bloc(unit=unit, on=date(2024, 2, 1))
    drain_dirty()
    january = open_figure(scene, scene.households, period="2024-01")
    assert [part.name for part in january.parts] == ["Khối 1", "Khối 2"]
    assert all(part.row.url for part in january.parts)
    february = open_figure(scene, scene.households)
    assert [part.name for part in february.parts if part.row.url] == ["Khối 1"]


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


def test_months_say_what_the_unit_itself_entered(scene):
    """The first unit: 4 and 6 of its own, beside what its branch gave."""
    shown = open_figure(scene, scene.blood, scene.units[0])
    report = "/reports/QNA-001/2024-{}/#i" + str(scene.blood.indicator_id)
    assert [(row.code, row.added, row.entered, row.is_missing, row.entry_url) for row in shown.months] == [
        ("2024-01", "+7", "4", False, report.format("01")),
        ("2024-02", "+6", "6", False, report.format("02")),
    ]
    branch = open_figure(scene, scene.blood, scene.branch)
    assert [(row.entered, row.is_missing) for row in branch.months] == [("3", False), ("", True)]


def test_an_entered_zero_is_no_missing_figure_and_what_awaits_review_is_shown_as_entered(scene):
    third = open_figure(scene, scene.blood, scene.units[2])
    assert [(row.entered, row.is_missing) for row in third.months] == [("0", False), ("", True)]
    second = open_figure(scene, scene.blood, scene.units[1])
    assert [(row.figure, row.entered, row.report.state) for row in second.months] == [
        ("5", "5", "approved"),
        ("5", "20", "submitted"),
    ]


def test_what_lies_in_a_draft_is_nobody_elses_to_read_yet(scene):
    scene.world.draft(scene.units[2], 2, {scene.blood.indicator: amount(9)})
    scene.world.on(date(2024, 3, 5))
    february = open_figure(scene, scene.blood, scene.units[2]).months[-1]
    assert (february.report.state, february.entered, february.is_missing) == ("draft", "", True)


def test_ratios_and_milestones_are_shown_as_entered_and_what_is_done_stays_done(scene):
    ratio = open_figure(scene, scene.learned, scene.units[0])
    assert [(row.entered, row.is_missing) for row in ratio.months] == [("30/30", False), ("", True)]
    held = open_figure(scene, scene.congress, scene.units[0])
    assert [(row.entered, row.is_missing) for row in held.months] == [("Done on 20/1", False), ("", False)]
    silent = open_figure(scene, scene.congress, scene.units[3])
    assert [(row.entered, row.is_missing) for row in silent.months] == [("", True), ("", True)]


def test_a_unit_that_a_target_does_not_ask_has_nothing_to_enter(scene, client):
    """The body owes a report, and each unit alone is asked for its congress."""
    shown = open_figure(scene, scene.congress)
    assert ([row.is_missing for row in shown.months], shown.has_entries) == ([False, False], False)
    assert open_figure(scene, scene.blood).has_entries
    client.force_login(scene.person(RoleName.LEADER))
    pages = [client.get(reverse("reports:target", args=[one.pk, "QNA"])).text for one in (scene.congress, scene.blood)]
    assert [">Entered</th>" in page for page in pages] == [False, True]
    assert pages[1].count("Not reported</span>") > 0


def test_parts_say_who_has_reported_who_is_late_and_who_owes(scene):
    """February, due on 3/3 and seen on 5/3: two units in time, the third a day late, the fourth and a branch owe."""
    world = scene.world
    world.on(date(2024, 3, 4))
    entries, report = {scene.blood.indicator.pk: amount(1)}, world.report_of(scene.units[2], 2)
    saved = save_draft(actor=world.clerk, report=report, entries=entries, narratives={}, version=report.version)
    submit_report(actor=world.clerk, report=saved, version=saved.version)
    world.on(date(2024, 3, 5))
    drain_dirty()
    for basis, reported in (("official", [1, 0, 0, 0]), ("provisional", [1, 1, 1, 0])):
        shown = open_figure(scene, scene.blood, basis=basis)
        assert [(part.result.reported, part.result.required) for part in shown.parts] == [
            (reported[0], 2),
            (reported[1], 1),
            (reported[2], 1),
            (reported[3], 1),
        ]
        counts = [part.reports for part in shown.parts]
        assert [(one.reported, one.required, one.late, one.missing) for one in counts] == [
            (1, 2, 0, 1),
            (1, 1, 0, 0),
            (1, 1, 1, 0),
            (0, 1, 0, 1),
        ]
        assert (shown.reporting.required, shown.reporting.late, shown.reporting.missing) == (5, 1, 2)
        assert [one.unit for one in shown.late] == [scene.branch, scene.units[3]]
        assert (shown.silent, shown.result.required) == (6 - sum(reported), 6)


def test_blocs_say_how_the_reports_of_their_members_stand(scene):
    counts = [part.reports for part in open_figure(scene, scene.households).parts]
    assert [(one.reported, one.required, one.missing) for one in counts] == [(2, 3, 1), (0, 2, 2)]


def test_parts_are_counted_by_status(scene):
    assert [(one.status, one.number) for one in open_figure(scene, scene.congress).tally] == [
        ("met", 1),
        ("no_data", 3),
    ]
    assert [(one.status, one.number) for one in open_figure(scene, scene.blood).tally] == [("on_track", 1)]


def test_updated_at_is_when_a_counted_report_last_changed_the_figure_of_the_unit(scene):
    first, second = (scene.world.report_of(unit, 2) for unit in scene.units[:2])
    branch = scene.world.report_of(scene.branch, 1)
    assert open_figure(scene, scene.blood).changed_at == first.events.get(action="approve").at
    assert open_figure(scene, scene.blood, basis="provisional").changed_at == second.events.get(action="submit").at
    assert open_figure(scene, scene.blood, scene.branch).changed_at == branch.events.get(action="approve").at
    assert open_figure(scene, scene.blood, scene.units[3]).changed_at is None


def test_of_very_many_parts_the_red_ones_come_first_until_all_are_asked(scene, client, monkeypatch):
    """Three of four missed the day of the congress; three are shown, and the first, which held it, is left out."""
    world = scene.world
    monkeypatch.setattr(composition, "PARTS_SHOWN", 3)
    for month in (3, 4, 5, 6):
        world.open(month)
    world.on(date(2024, 7, 5))
    drain_dirty()
    few = open_figure(scene, scene.congress, period="2024-06")
    assert [part.result.status for part in few.parts] == ["met", "missed", "missed", "missed"]
    assert [part.result.unit for part in few.parts_shown] == scene.units[1:]
    assert (few.parts_left_out, few.is_whole) == (1, False)
    client.force_login(scene.person(RoleName.LEADER))
    address = reverse("reports:target", args=[scene.congress.pk, "QNA"])
    cut, whole = (client.get(address, {"period": "2024-06", **more}) for more in ({}, {"all": "1"}))
    assert "Show all 4 rows" in cut.text
    assert "Show all 4 rows" not in whole.text
    shown = whole.context["shown"]
    assert ([part.result.unit for part in shown.parts_shown], shown.parts_left_out) == (scene.units, 0)


def test_as_many_parts_as_fit_stay_in_the_order_of_the_tree(scene, monkeypatch):
    monkeypatch.setattr(composition, "PARTS_SHOWN", 4)
    shown = open_figure(scene, scene.blood)
    assert ([part.result.unit for part in shown.parts_shown], shown.parts_left_out) == (scene.units, 0)


def test_the_way_from_a_figure_to_the_evidence(scene, client, evidence):
    """Dashboard → target → unit → month → report → evidence: every step is a link of the page before."""
    client.force_login(scene.person(RoleName.LEADER))

    def follow(address, wanted):
        page = client.get(address.partition("#")[0])
        links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]
        return next(link for link in links if link.startswith(wanted))

    target, unit = f"/targets/{scene.blood.pk}/at/QNA/", f"/targets/{scene.blood.pk}/at/QNA-001/"
    address = follow("/dashboard/QNA/?period=2024-01", target)
    address = follow(address, unit)
    assert "period=2024-01" in address
    report = follow(address, "/reports/QNA-001/2024-01/#i")
    assert follow(address, "/reports/QNA-001/2024-01/#evidence")
    assert report.endswith(f"#i{scene.blood.indicator_id}")
    page = client.get(report.partition("#")[0]).text
    marks = (f'id="i{scene.blood.indicator_id}"', 'href="#evidence"', 'id="evidence"')
    assert [mark in page for mark in marks] == [True] * 3
    assert b"".join(client.get(follow(report, "/files/")).streaming_content) == evidence


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
