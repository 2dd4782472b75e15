"""Pages of the organisation: role × unit × action, search, constant queries, granting on the page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from accounts.models import Role
from accounts.services import grant_role
from units.enums import Kind
from units.services import create_unit

from .test_scope import CAST, EXPECTED


@pytest.mark.parametrize("who", CAST)
def test_the_page_of_every_unit_is_there_for_those_who_see_it_and_404_for_the_others(who, request, client, province):
    user = request.getfixturevalue(who)
    client.force_login(user)
    codes = ["TW", "QNA", "QNA-KCQ", "QNA-KCQ-001", "QNA-KCQ-001-01", "QNA-KCQ-003", "QNA-KCQ-004", "KGI"]
    for code in [*codes, "KHONG-CO"]:
        expected = 200 if code in EXPECTED[who] else 404
        assert client.get(f"/units/{code}/").status_code == expected, code


@pytest.mark.parametrize("who", CAST)
def test_the_list_shows_exactly_the_visible_units(who, request, client, province):
    client.force_login(request.getfixturevalue(who))
    response = client.get("/units/")
    assert {row.unit.code for row in response.context["rows"]} == EXPECTED[who]


def test_strangers_are_sent_to_sign_in(client, province):
    response = client.get("/units/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/units/")


def test_search_without_diacritics(client, officer):
    client.force_login(officer)
    rows = client.get("/units/", {"q": "benh vien"}).context["rows"]
    assert [row.unit.code for row in rows] == ["QNA-KCQ-001"]
    response = client.get("/units/", {"q": "khong co don vi nao"})
    assert response.status_code == 200
    assert response.context["rows"] == []


def test_a_longer_list_asks_no_more_of_the_database(client, province, officer):
    client.force_login(officer)
    client.get("/units/")
    with CaptureQueriesContext(connection) as few:
        client.get("/units/", {"q": "tu phap"})
    for number in range(100, 130):
        create_unit(
            code=f"QNA-KCQ-{number}",
            name=f"Chi đoàn Tư pháp {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
    with CaptureQueriesContext(connection) as many:
        response = client.get("/units/", {"q": "tu phap"})
    assert len(response.context["rows"]) == 31
    assert len(many) == len(few)


GRANT = {"name": RoleName.SECRETARY, "bloc": ""}


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("administrator", "QNA-KCQ-004", 302),
        ("officer", "QNA-KCQ-004", 403),
        ("leader", "QNA-KCQ-004", 403),
        ("secretary", "QNA-KCQ-003", 403),
        ("secretary", "QNA-KCQ-004", 404),
        ("administrator", "KGI", 404),
        ("outsider", "QNA-KCQ-004", 404),
    ],
)
def test_only_an_administrator_grants_on_the_page(who, code, status, request, client, nobody):
    client.force_login(request.getfixturevalue(who))
    response = client.post(f"/units/{code}/roles/", {**GRANT, "username": nobody.username})
    assert response.status_code == status
    assert nobody.roles.exists() is (status == 302)


def test_a_wrong_name_keeps_what_was_typed_and_says_so_at_the_field(client, administrator):
    client.force_login(administrator)
    response = client.post("/units/QNA-KCQ-004/roles/", {**GRANT, "username": "khong.co"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["username"]
    assert 'value="khong.co"' in response.content.decode()


def test_ending_a_role_on_the_page(client, administrator, officer, secretary, outsider, province):
    role = secretary.roles.get()
    for user, status in ((outsider, 404), (officer, 403), (secretary, 403), (administrator, 302)):
        client.force_login(user)
        assert client.post(f"/units/QNA-KCQ-003/roles/{role.pk}/end/").status_code == status
    role.refresh_from_db()
    assert role.ended_at is not None


def test_a_role_of_another_unit_is_not_ended_through_this_one(client, administrator, neighbour):
    client.force_login(administrator)
    role = neighbour.roles.get()
    assert client.post(f"/units/QNA-KCQ-003/roles/{role.pk}/end/").status_code == 404
    assert Role.objects.get(pk=role.pk).ended_at is None


def test_an_administrators_own_role_is_refused(client, administrator, province):
    other = grant_role(actor=None, user=administrator, unit=province.bloc_union, name=RoleName.OFFICER)
    client.force_login(administrator)
    assert client.post(f"/units/QNA-KCQ/roles/{other.pk}/end/").status_code == 403


def test_a_bloc_head_reads_of_a_member_what_its_figures_are_and_not_its_people_or_branches(
    client, bloc_head, officer, hospital_secretary
):
    client.force_login(officer)
    shown = client.get("/units/QNA-KCQ-001/").context
    assert [row.unit.code for row in shown["children"]] == ["QNA-KCQ-001-01", "QNA-KCQ-001-02"]
    assert [role.user for role in shown["roles"]] == [hospital_secretary]
    client.force_login(bloc_head)
    shown = client.get("/units/QNA-KCQ-001/").context
    assert (shown["children"], shown["roles"]) == ([], [])


def test_pages_of_a_signed_in_person_are_kept_nowhere(client, officer):
    assert "Cache-Control" not in client.get("/units/").headers
    client.force_login(officer)
    assert client.get("/units/").headers["Cache-Control"] == "private, no-store"
