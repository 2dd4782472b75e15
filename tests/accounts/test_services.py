"""Granting and ending roles: who may, what is logged, who is told."""

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.demo_guard import refuse_demo_accounts
from accounts.enums import RoleName
from accounts.models import Role, RoleEvent
from accounts.services import create_person, end_role, grant_role
from core.models import Notice


def test_a_grant_is_logged_and_told_to_the_units_leaders(province, administrator, leader, nobody):
    Notice.objects.all().delete()
    role = grant_role(actor=administrator, user=nobody, unit=province.bloc_union, name=RoleName.OFFICER)
    event = RoleEvent.objects.get(role=role)
    assert (event.action, event.actor) == (RoleEvent.GRANTED, administrator)
    assert {notice.recipient for notice in Notice.objects.all()} == {leader}


def test_an_administrator_never_changes_their_own_roles(province, administrator):
    with pytest.raises(PermissionDenied):
        grant_role(actor=administrator, user=administrator, unit=province.bloc_union, name=RoleName.LEADER)
    with pytest.raises(PermissionDenied):
        end_role(actor=administrator, role=administrator.roles.get())


@pytest.mark.parametrize("who", ["secretary", "officer", "leader", "bloc_head", "outsider", "nobody"])
def test_nobody_but_an_administrator_grants(who, request, province, neighbour):
    with pytest.raises(PermissionDenied):
        grant_role(actor=request.getfixturevalue(who), user=neighbour, unit=province.justice, name=RoleName.SECRETARY)


def test_an_administrator_grants_only_beneath_their_own_unit(province, administrator, nobody):
    with pytest.raises(PermissionDenied):
        grant_role(actor=administrator, user=nobody, unit=province.kgi, name=RoleName.OFFICER)
    with pytest.raises(PermissionDenied):
        grant_role(actor=administrator, user=nobody, unit=province.qna, name=RoleName.OFFICER)


def test_the_same_role_twice_is_refused_by_words_and_by_the_database(province, secretary):
    with pytest.raises(ValidationError):
        grant_role(actor=None, user=secretary, unit=province.justice, name=RoleName.SECRETARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=secretary, unit=province.justice, name=RoleName.SECRETARY)


def test_a_bloc_head_names_the_bloc_and_nobody_else_does(province, nobody):
    with pytest.raises(ValidationError):
        grant_role(actor=None, user=nobody, unit=province.bloc_union, name=RoleName.BLOC_HEAD)
    with pytest.raises(ValidationError):
        grant_role(actor=None, user=nobody, unit=province.bloc_union, name=RoleName.OFFICER, bloc=province.bloc_1)
    with pytest.raises(ValidationError):
        grant_role(actor=None, user=nobody, unit=province.kgi, name=RoleName.BLOC_HEAD, bloc=province.bloc_1)


def test_ending_a_role_twice_is_logged_once(province, administrator, secretary):
    role = secretary.roles.get()
    end_role(actor=administrator, role=role)
    end_role(actor=administrator, role=role)
    assert [event.action for event in role.events.order_by("pk")] == [RoleEvent.GRANTED, RoleEvent.ENDED]


@pytest.mark.django_db
def test_production_refuses_to_start_beside_a_demo_account(settings):
    create_person(username="bithu", full_name="Bí thư", password="demo-2024", is_demo=True)
    settings.PRODUCTION = False
    refuse_demo_accounts()
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="bithu"):
        refuse_demo_accounts()


@pytest.mark.parametrize(("demo", "enters"), [(True, True), (False, False)])
@pytest.mark.django_db
def test_demo_accounts_sign_in_only_in_the_demo(settings, client, demo, enters):
    settings.DEMO = demo
    create_person(username="bithu", full_name="Bí thư", password="demo-2024", is_demo=True)
    assert client.login(username="bithu", password="demo-2024") is enters


@pytest.mark.django_db
def test_a_demo_session_ends_with_the_demo(settings, client):
    settings.DEMO = True
    create_person(username="bithu", full_name="Bí thư", password="demo-2024", is_demo=True)
    client.login(username="bithu", password="demo-2024")
    settings.DEMO = False
    assert client.get("/notices/").status_code == 302
