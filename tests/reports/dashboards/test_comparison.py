"""Units side by side: which figures stand where, what differs, whose units can be chosen, and what it costs."""

import re

import lxml.html
import pytest
from django.http import Http404, QueryDict
from django.urls import reverse

from accounts.enums import RoleName
from core import clock
from reports.dashboards.choice import choice_of
from reports.dashboards.comparison import comparison_of, units_beneath
from reports.progress.selectors import periods_of
from tests.reports.dashboards.test_access import MATRIX, reader
from tests.reports.dashboards.test_queries import MOST, body_with, person, queries_of
from units.services import close_unit


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def look(scene, *units, unit=None, basis="official", period="2024-02", plan="", **wishes):
    unit = unit or scene.body
    asked = QueryDict(f"basis={basis}&period={period}&plan={plan}")
    choice = choice_of(asked, list(periods_of(unit)), clock.today())
    codes = [getattr(one, "code", one) for one in units]
    return comparison_of(scene.person(RoleName.LEADER, scene.world.top), unit, choice, codes, **wishes)


def figures(shown):
    """Target's code → figure and status at each unit; null where the target asks nothing of it."""
    return {
        line.target.code: [cell.row and (cell.row.figure, cell.row.result.status) for cell in line.cells]
        for line in shown.lines
    }


def address(scene, *units, **words):
    query = QueryDict(mutable=True)
    query.update({"period": "2024-02", "basis": "official", **words})
    query.setlist("unit", [unit.code for unit in units])
    return f"{reverse('reports:compare', args=[scene.body.code])}?{query.urlencode()}"


def test_each_target_stands_at_each_unit_in_the_order_asked(scene):
    """13 of the 24 handed down to the first, 5 without a share from the second; the dialogue is the body's own."""
    first, second = scene.units[:2]
    shown = look(scene, second, first)
    assert [column.unit for column in shown.columns] == [second, first]
    assert figures(shown) == {
        scene.blood.code: [("5", None), ("13", "on_track")],
        scene.congress.code: [("–", "no_data"), ("Done on 20/1", "met")],
        scene.learned.code: [("–", "no_data"), ("35/40", "not_due")],
        scene.households.code: [("1", None), ("–", None)],
    }
    assert [line.target for line in shown.shared] == [scene.congress, scene.learned]


def test_a_unit_deeper_down_stands_beside_one_above_it(scene):
    shown = look(scene, scene.branch, scene.units[0])
    assert figures(shown)[scene.blood.code] == [("3", None), ("13", "on_track")]
    assert [group.heading for group in shown.offered] == ["Khối 1", "Khối 2", "Other units"]
    assert shown.offered[-1].units == [scene.branch]


def test_the_heads_count_how_the_targets_stand(scene):
    columns = look(scene, scene.units[0], scene.units[3]).columns
    assert [column.counts.by_word for column in columns] == [
        {"on_track": 1, "met": 1, "not_due": 1},
        {"no_data": 2},
    ]
    assert [column.report.state for column in columns] == ["approved", "not_started"]
    assert [column.red for column in columns] == [[], []]


def test_only_what_differs(scene):
    """The first held its congress and learned; of the second and the third nothing was heard of either."""
    first, second, third = scene.units[:3]
    everything, differing = (look(scene, first, third, only_differing=wish) for wish in (False, True))
    assert [line.target for line in everything.wished] == [
        scene.blood,
        scene.congress,
        scene.learned,
        scene.households,
    ]
    assert [line.target for line in differing.wished] == [scene.congress, scene.learned]
    assert (len(differing.shared), differing.alike) == (2, 0)
    same = look(scene, second, third, only_differing=True)
    assert (same.wished, len(same.shared), same.alike) == ([], 2, 2)


def test_a_target_judged_at_one_unit_only_is_neither_alike_nor_different(scene):
    shown = look(scene, scene.units[0], scene.units[1])
    blood = next(line for line in shown.lines if line.target == scene.blood)
    assert (blood.statuses, blood.is_shared, blood.differs) == (["on_track"], False, False)


def test_provisional_figures_and_another_month(scene):
    second, third = scene.units[1:3]
    assert figures(look(scene, second, third, basis="provisional"))[scene.blood.code][0] == ("25", None)
    assert figures(look(scene, second, third, period="2024-01"))[scene.blood.code] == [("5", None), ("0", None)]


def test_the_targets_of_one_plan_alone(scene):
    other = scene.world.target(scene.world.indicator(), "each_unit", minimum="1", required_share="100")
    scene.world.issue()
    shown = look(scene, *scene.units[:2], plan=str(other.plan_id))
    assert ([line.target for line in shown.lines], shown.only_plan) == ([other], other.plan)


def test_one_and_none_ask_for_more_and_more_than_four_are_cut(scene):
    lone, nothing = look(scene, scene.units[0]), look(scene)
    assert [(shown.has_enough, len(shown.columns)) for shown in (lone, nothing)] == [(False, 1), (False, 0)]
    assert nothing.choices == [None] * 4
    many = look(scene, *scene.units, scene.branch)
    assert ([column.unit for column in many.columns], many.is_cut) == (scene.units, True)


def test_blanks_and_repetitions_do_not_count(scene):
    first, second = scene.units[:2]
    shown = look(scene, "", first, first, "", second)
    assert ([column.unit for column in shown.columns], shown.is_cut) == ([first, second], False)


def test_a_unit_that_was_closed_is_compared_but_not_offered(scene):
    third, fourth = scene.units[2:]
    close_unit(unit=fourth, on=scene.world.periods[2].first_day)
    shown = look(scene, third, fourth)
    assert shown.columns[1].report is None
    assert [group.heading for group in shown.offered] == ["Khối 1", "Khối 2", "Other units"]
    assert shown.offered[1].units == [third]


@pytest.mark.parametrize("place", ["body", "top", "elsewhere", "unknown"])
def test_what_is_no_unit_beneath_is_404(scene, place):
    code = {
        "body": scene.body.code,
        "top": scene.world.top.code,
        "elsewhere": scene.elsewhere.code,
        "unknown": "QNA-999",
    }[place]
    with pytest.raises(Http404):
        units_beneath(scene.body, [scene.units[0].code, code])


# --- The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "answers"), MATRIX.items(), ids=str)
def test_it_opens_to_whom_the_body_s_dashboard_does(scene, client, who, answers):
    client.force_login(reader(scene, *who))
    assert client.get(address(scene, *scene.units[:2])).status_code == answers[0]


@pytest.mark.parametrize("who", [("leader", "body"), ("officer", "body"), ("leader", "top")], ids=str)
def test_units_of_another_subtree_do_not_exist(scene, client, who):
    client.force_login(reader(scene, *who))
    page = client.get(address(scene, scene.units[0], scene.elsewhere))
    assert (page.status_code, scene.elsewhere.name in page.text) == (404, False)


def test_a_member_is_led_to_its_dashboard_and_learns_nothing_of_its_siblings(scene, client):
    client.force_login(reader(scene, "bloc_head", "bloc"))
    own = reverse("reports:compare", args=[scene.units[0].code])
    for unit in (scene.branch, scene.units[2]):
        answer = client.get(own, {"unit": unit.code})
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, f"/dashboard/{scene.units[0].code}/")


def test_where_nothing_stands_beneath_it_leads_to_the_dashboard(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    answer = client.get(reverse("reports:compare", args=[scene.branch.code]), {"period": "2024-01"})
    assert answer.url == f"/dashboard/{scene.branch.code}/?period=2024-01&basis=official"


def test_the_form_keeps_the_view_and_what_was_chosen(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    plan = str(scene.blood.plan_id)
    asked = address(scene, *scene.units[:2], basis="provisional", plan=plan, show="differ")
    form = lxml.html.fromstring(client.get(asked).text).xpath(
        "//form[@method='get'][.//button][.//select[@name='unit']]"
    )
    assert sorted(form[0].form_values()) == [
        ("basis", "provisional"),
        ("period", "2024-02"),
        ("plan", plan),
        ("show", "differ"),
        *sorted(("unit", code) for code in ("", "", *(unit.code for unit in scene.units[:2]))),
    ]


def test_every_figure_opens_in_the_same_view(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    page = client.get(address(scene, *scene.units[:3], basis="provisional", plan=str(scene.blood.plan_id)))
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/(?:targets|dashboard)/\w[^"#]*)', page.text)}
    kept = f"period=2024-02&basis=provisional&plan={scene.blood.plan_id}"
    assert {link.partition("?")[2] for link in links} == {kept}
    assert {client.get(link).status_code for link in links} == {200}
    figures_shown = lxml.html.fromstring(page.text).xpath("//td//*[contains(@class, 'compare__figure')]/a/@href")
    assert len(figures_shown) == sum(
        cell.row is not None for line in page.context["shown"].lines for cell in line.cells
    )


def test_page_and_paper_say_that_figures_are_provisional(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    for page in ("compare", "units", "dashboard"):
        place = reverse(f"reports:{page}", args=[scene.body.code])
        provisional, official = client.get(place, {"basis": "provisional"}).text, client.get(place).text
        for words in ("PROVISIONAL FIGURES", "Provisional figures:"):
            assert (words in provisional, words in official) == (True, False)


# Measured; more than this is a step back.
QUERIES = 13


@pytest.mark.parametrize(("units", "targets", "compared"), [(4, 3, 2), (20, 3, 4), (4, 39, 4)])
def test_it_costs_the_same_whatever_is_compared(world, client, units, targets, compared):
    """The last: forty targets at four units."""
    made, _targets, _blocs = body_with(world, units=units, targets=targets)
    client.force_login(person(RoleName.LEADER, world.body))
    asked = "&".join(f"unit={unit.code}" for unit in made[:compared])
    assert queries_of(client, f"{reverse('reports:compare', args=['QNA'])}?{asked}") == QUERIES
    assert QUERIES <= MOST
