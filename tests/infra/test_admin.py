"""Django's admin: the short list of what can be changed there, who gets in, and the log of reference data."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.first_people import create_administrator
from accounts.models import Role, User
from reports.models import DeadlineRule, Period, PeriodDeadline
from targets.models import Indicator
from units.enums import Kind
from units.models import Bloc, BlocMembership, Headcount, Succession, Unit
from units.services import create_unit

from ..conftest import PASSWORD

OURS = ("core", "units", "accounts", "plans", "targets", "activities", "reports")
# (may add, may change, may delete)
EDITABLE = {
    User: (True, True, False),
    Unit: (False, True, False),
    Bloc: (False, True, False),
    Authenticator: (False, False, True),
}
EDITABLE_FIELDS = {
    User: {"username", "password", "full_name", "title", "email", "is_active"},
    Unit: {"paper_name", "superior_paper_name", "place_of_issue", "symbol_suffix"},
    Bloc: {"name"},
}


@pytest.fixture
def operator(province) -> User:
    return create_administrator(username="van.hanh", full_name="Vận hành", password=PASSWORD, unit=province.top)


@pytest.fixture
def asked(operator):
    request = RequestFactory().get("/admin/")
    request.user = operator
    return request


def test_every_model_of_ours_is_there():
    ours = {model for name in OURS for model in apps.get_app_config(name).get_models()}
    assert ours - set(admin.site._registry) == set()


def test_only_the_listed_models_can_be_changed(asked):
    found = {
        model: (
            page.has_add_permission(asked),
            page.has_change_permission(asked),
            page.has_delete_permission(asked),
        )
        for model, page in admin.site._registry.items()
    }
    assert len(found) > 30
    assert {model: rights for model, rights in found.items() if any(rights)} == EDITABLE


@pytest.mark.parametrize("model", EDITABLE_FIELDS)
def test_only_the_listed_fields_can_be_changed(model, asked, province):
    page = admin.site._registry[model]
    row = model.objects.first()
    readonly = set(page.get_readonly_fields(asked, row))
    assert set(page.get_form(asked, row).base_fields) - readonly == EDITABLE_FIELDS[model]


def test_what_gives_nothing_or_shows_secrets_is_not_there():
    assert not {Group, EmailAddress} & set(admin.site._registry)


@pytest.mark.parametrize("who", ["administrator", "leader", "officer", "secretary", "nobody"])
def test_roles_of_the_portal_do_not_open_the_admin(who, request, client):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/units/unit/").status_code == 302


def test_strangers_sign_in_at_the_portals_own_door(client, province):
    response = client.get("/admin/", follow=True)
    assert [address for address, _status in response.redirect_chain] == [
        "/admin/login/?next=/admin/",
        "/accounts/login/?next=%2Fadmin%2F",
    ]


def test_every_list_and_page_opens(client, operator, province):
    client.force_login(operator)
    assert "Cổng công tác Đoàn" in client.get("/admin/").content.decode()
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(address).status_code == 200, address
        searched = bool(admin.site._registry[model].search_fields)
        assert client.get(address, {"q": "doan"} if searched else {}).status_code == 200, address
        row = model.objects.first()
        if row is not None:
            assert client.get(f"{address}{row.pk}/change/").status_code == 200, address


@pytest.mark.parametrize("verb", ["add", "1/change", "1/delete"])
@pytest.mark.parametrize("name", ["reports/progressentry", "reports/progressreport", "plans/plan", "targets/indicator"])
def test_facts_and_workflows_take_no_post(name, verb, client, operator):
    client.force_login(operator)
    assert client.post(f"/admin/{name}/{verb}/", {}).status_code in (302, 403)
    assert client.get(f"/admin/{name}/add/").status_code == 403


def test_editing_what_stands_on_paper_writes_only_that(client, operator, province):
    client.force_login(operator)
    address = f"/admin/units/unit/{province.justice.pk}/change/"
    form = {
        "paper_name": "CHI ĐOÀN SỞ TƯ PHÁP",
        "superior_paper_name": "",
        "place_of_issue": "",
        "symbol_suffix": "ĐTN",
    }
    Unit.objects.filter(pk=province.justice.pk).update(is_reporting=False)
    assert client.post(address, {**form, "name": "Tên khác", "code": "X"}).status_code == 302
    province.justice.refresh_from_db()
    assert (province.justice.paper_name, province.justice.name) == ("CHI ĐOÀN SỞ TƯ PHÁP", "Chi đoàn Sở Tư pháp")
    assert (province.justice.code, province.justice.is_reporting) == ("QNA-KCQ-003", False)


def test_a_person_is_made_and_switched_off(client, operator, province):
    client.force_login(operator)
    form = {
        "username": "nguoi.moi",
        "usable_password": "true",
        "password1": "mot-mat-khau-2024",
        "password2": "mot-mat-khau-2024",
        "full_name": "Người mới",
        "title": "Bí thư",
        "email": "moi@example.vn",
    }
    assert client.post("/admin/accounts/user/add/", form).status_code == 302
    made = User.objects.get(username="nguoi.moi")
    assert (made.full_name, made.is_staff, made.is_superuser) == ("Người mới", False, False)
    assert made.check_password("mot-mat-khau-2024")
    change = {"username": "nguoi.moi", "full_name": "Người mới", "is_superuser": "on", "is_staff": "on"}
    assert client.post(f"/admin/accounts/user/{made.pk}/change/", change).status_code == 302
    made.refresh_from_db()
    assert (made.is_active, made.is_staff, made.is_superuser) == (False, False, False)


def test_a_longer_list_asks_no_more_of_the_database(client, operator, province):
    client.force_login(operator)
    client.get("/admin/units/unit/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/units/unit/")
    for number in range(100, 130):
        create_unit(
            code=f"QNA-KCQ-{number}",
            name=f"Chi đoàn {number}",
            kind=Kind.GRASSROOTS_BRANCH,
            parent=province.bloc_union,
            opened_on=date(2020, 1, 1),
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/units/unit/")
    assert len(many) == len(few)


def test_reference_data_is_logged():
    people = {User, Role}
    logged = {
        Unit,
        Bloc,
        BlocMembership,
        Headcount,
        Succession,
        Indicator,
        Period,
        PeriodDeadline,
        DeadlineRule,
        *people,
    }
    assert {model for model in logged if auditlog.contains(model)} == logged


def test_a_rename_is_logged_with_who_did_it(client, administrator, province):
    client.force_login(administrator)
    client.post("/units/QNA-KCQ-003/rename/", {"name": "Chi đoàn Sở Nội vụ", "short_name": "Sở Nội vụ"})
    entry = LogEntry.objects.get_for_object(province.justice).first()
    assert (entry.action, entry.actor) == (LogEntry.Action.UPDATE, administrator)
    assert entry.changes == {
        "name": ["Chi đoàn Sở Tư pháp", "Chi đoàn Sở Nội vụ"],
        "short_name": ["Chi đoàn Sở Tư pháp", "Sở Nội vụ"],
    }


def test_a_move_into_another_bloc_is_logged_on_both_sides(client, administrator, province):
    client.force_login(administrator)
    before = set(LogEntry.objects.values_list("pk", flat=True))
    client.post("/units/QNA-KCQ-003/bloc/", {"bloc": province.bloc_2.pk, "starts_on": "2024-07-01"})
    entries = LogEntry.objects.exclude(pk__in=before).filter(content_type__model="blocmembership")
    assert sorted(entry.action for entry in entries) == [LogEntry.Action.CREATE, LogEntry.Action.UPDATE]
    assert {entry.actor for entry in entries} == {administrator}


def test_passwords_and_sign_ins_are_not_logged(client, nobody):
    before = LogEntry.objects.count()
    nobody.set_password("mot-mat-khau-khac")
    nobody.save()
    client.login(username=nobody.username, password="mot-mat-khau-khac")
    assert LogEntry.objects.count() == before
