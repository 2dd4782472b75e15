"""Who opens the leader's pages: role × unit for both, and what is asked of them that does not exist."""

import pytest
from django.urls import reverse

from accounts.enums import RoleName
from accounts.services import grant_role
from reports.dashboards.rules import can_read_figures
from reports.dashboards.selectors import own_unit

# Who (role, at which unit) → the answers in the order of LOOKED_AT.
MATRIX = {
    ("leader", "top"): [200, 200, 200, 200, 200, 200],
    ("leader", "body"): [200, 200, 200, 200, 404, 404],
    ("officer", "body"): [200, 200, 200, 200, 404, 404],
    ("secretary", "body"): [200, 200, 200, 200, 404, 404],
    ("administrator", "body"): [403, 403, 403, 403, 404, 404],
    ("secretary", "unit"): [404, 200, 200, 404, 404, 404],
    ("leader", "unit"): [404, 200, 200, 404, 404, 404],
    ("bloc_head", "bloc"): [404, 200, 404, 404, 404, 404],
    ("officer", "elsewhere"): [404, 404, 404, 404, 200, 404],
    (None, None): [404, 404, 404, 404, 404, 404],
}


def places(scene):
    return {
        "top": scene.world.top,
        "body": scene.body,
        "unit": scene.units[0],
        "branch": scene.branch,
        "other": scene.units[2],
        "elsewhere": scene.elsewhere,
    }


def reader(scene, role, place):
    if role is None:
        return scene.person(None)
    if role == "bloc_head":
        return scene.person(RoleName.BLOC_HEAD, scene.body, scene.blocs[0])
    return scene.person(RoleName(role), places(scene)[place])


LOOKED_AT = ("body", "unit", "branch", "other", "elsewhere", "top")


@pytest.mark.parametrize(("who", "answers"), MATRIX.items(), ids=str)
def test_dashboard_for_role_and_unit(scene, client, who, answers):
    user = reader(scene, *who)
    client.force_login(user)
    found = [
        client.get(reverse("reports:dashboard", args=[places(scene)[name].code])).status_code for name in LOOKED_AT
    ]
    assert found == answers


@pytest.mark.parametrize(("who", "answers"), MATRIX.items(), ids=str)
def test_units_and_bloc_of_the_body_open_to_whom_its_dashboard_does(scene, client, who, answers):
    client.force_login(reader(scene, *who))
    addresses = (
        reverse("reports:units", args=[scene.body.code]),
        reverse("reports:bloc", args=[scene.body.code, scene.blocs[0].number]),
    )
    assert [client.get(address).status_code for address in addresses] == [answers[0]] * 2


@pytest.mark.parametrize(("who", "answers"), MATRIX.items(), ids=str)
def test_drilldown_for_role_and_unit(scene, client, who, answers):
    """The blood target of the body: it is nothing of units elsewhere and above, whoever asks."""
    client.force_login(reader(scene, *who))
    expected = [*answers[:4], *(404 if answer == 200 else answer for answer in answers[4:])]
    found = [
        client.get(reverse("reports:target", args=[scene.blood.pk, places(scene)[name].code])).status_code
        for name in LOOKED_AT
    ]
    assert found == expected


@pytest.mark.parametrize("who", MATRIX, ids=str)
def test_rule_agrees_with_the_page(scene, client, who):
    user = reader(scene, *who)
    client.force_login(user)
    for unit in places(scene).values():
        opened = client.get(reverse("reports:dashboard", args=[unit.code])).status_code == 200
        assert can_read_figures(user, unit) is opened


def test_strangers_sign_in_first(scene, client):
    for address in (
        reverse("reports:dashboard-own"),
        reverse("reports:dashboard", args=["QNA"]),
        reverse("reports:target", args=[scene.blood.pk, "QNA"]),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize("period", ["2024-13", "2024-9", "tháng 2", "2024-Q1", "2023-12", "2024-03", ""])
@pytest.mark.parametrize("page", ["dashboard", "target"])
def test_a_month_that_is_none_or_not_over_is_404(scene, client, page, period):
    client.force_login(scene.person(RoleName.LEADER))
    args = ["QNA"] if page == "dashboard" else [scene.blood.pk, "QNA"]
    assert client.get(reverse(f"reports:{page}", args=args), {"period": period}).status_code == 404


def test_an_unknown_basis_is_404(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    assert client.get(reverse("reports:dashboard", args=["QNA"]), {"basis": "guessed"}).status_code == 404


def test_an_unknown_target_or_one_of_a_draft_is_404(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    draft = scene.world.target(scene.world.indicator(), minimum="1")
    for target_id in (draft.pk, 10_000):
        assert client.get(reverse("reports:target", args=[target_id, "QNA"])).status_code == 404


def test_only_reading_is_allowed(scene, client):
    client.force_login(scene.person(RoleName.LEADER))
    assert client.post(reverse("reports:dashboard", args=["QNA"])).status_code == 405


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [("leader", "body", "QNA"), ("secretary", "unit", "QNA-001"), ("bloc_head", "bloc", "QNA-001")],
)
def test_own_dashboard_is_that_of_ones_unit_at_the_newest_month(scene, client, role, place, code):
    client.force_login(reader(scene, role, place))
    assert client.get(reverse("reports:dashboard-own")).url == f"/dashboard/{code}/?period=2024-02&basis=official"


@pytest.mark.parametrize("who", [("administrator", "body"), (None, None)], ids=str)
def test_who_reads_no_figures_has_no_own_dashboard(scene, client, who):
    client.force_login(reader(scene, *who))
    assert client.get(reverse("reports:dashboard-own")).status_code == 403


def test_who_leads_one_unit_and_works_for_another_begins_where_they_lead(scene):
    user = scene.person(RoleName.SECRETARY, scene.body)
    grant_role(actor=None, user=user, unit=scene.units[1], name=RoleName.LEADER)
    assert own_unit(user) == scene.units[1]


def test_a_bloc_head_does_not_see_beneath_the_member(scene, client):
    client.force_login(reader(scene, "bloc_head", "bloc"))
    page = client.get(reverse("reports:target", args=[scene.blood.pk, "QNA-001"]))
    assert page.context["shown"].parts == []
    assert scene.branch.name not in page.text
    board = client.get(reverse("reports:dashboard", args=["QNA-001"]))
    assert board.context["shown"].beneath is None
    assert scene.branch.name not in board.text
